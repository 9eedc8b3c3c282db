"""One class a kind of action, one family a file."""
