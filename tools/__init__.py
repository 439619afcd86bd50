"""What people run by hand on a checkout: `make help` says which target runs what.

Not here: benchmarks (`bench`), and what is installed (`triage`).
"""
