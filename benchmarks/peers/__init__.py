"""What a user would pick instead, each written as its users would write it, one a file."""
