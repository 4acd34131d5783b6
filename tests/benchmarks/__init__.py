"""Measurements of speed. Run one with ``python -m tests.benchmarks NAME``."""
