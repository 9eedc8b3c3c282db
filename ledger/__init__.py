"""The reciprocity ledger: what happened, under whose account; history in, answers out."""
