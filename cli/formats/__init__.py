"""The forms a table is printed in: one file each, each a function from a table to its text."""
