"""The history as columns: Parquet files beside the ledger, bound to a position of its log."""
