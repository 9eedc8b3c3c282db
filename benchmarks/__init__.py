"""Benchmarks: each measures one thing and writes what it found into docs/benchmarks.md."""
