"""One file a question: a ledger and a reading in, plain frozen rows for printing out."""
