"""Asking in SPARQL: the endpoint for programs, its page for people, and the named questions."""
