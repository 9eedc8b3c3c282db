"""Formats that go out, one file each."""
