"""Asking a graph: SPARQL, named questions, results, explanations and checks."""
