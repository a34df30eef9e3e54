"""Benchmarks: ours, the floor and where possible a peer, in turn in one run; each prints a table with the ratio."""
