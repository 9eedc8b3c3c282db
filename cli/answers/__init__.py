"""One file an answer: from the rows of `ledger.answers` to what is printed of them."""
