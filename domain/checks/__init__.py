"""The invariants, each a function that raises where it does not hold."""
