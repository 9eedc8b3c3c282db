"""Importing large files: parsed in worker processes, judged and written batch by batch."""
