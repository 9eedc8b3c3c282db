"""The measures over the columns: a second implementation that shares nothing with the first.

DuckDB does what is relational, NumPy what follows the graph of causes. What a rule means stands in
the page; that both implementations mean the same is what `ledger.columns.compare` checks.
"""
