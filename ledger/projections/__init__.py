"""Materialised views of the history, one file each."""
