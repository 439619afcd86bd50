"""Benchmarks: they measure and print, and never decide whether a change is good."""
