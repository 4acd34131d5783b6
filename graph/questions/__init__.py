"""Asking a graph: SPARQL, named questions, results and explanations."""
