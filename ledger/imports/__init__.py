"""Formats that come in, one file each."""
