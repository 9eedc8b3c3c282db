"""Every record that is ever stored, one family a file."""
