"""What is true: records, accounts, worlds and measures; pure, and open to nothing outside."""
