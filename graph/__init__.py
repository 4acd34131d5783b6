"""Text in, facts out: decisions are read here, stored as triples and asked.

This package depends on :mod:`ontology` alone.
"""
