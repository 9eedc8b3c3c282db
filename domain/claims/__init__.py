"""Claims: sentences that the history can be held against, and what becomes of them."""
