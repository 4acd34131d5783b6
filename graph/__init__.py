"""Text in, facts out: decisions are read here, stored as triples and asked.

:mod:`graph.sources` opens what decisions come in, :mod:`graph.layouts` cuts one into its
paragraphs, :mod:`graph.extraction` reads a record from it, :mod:`graph.triples` says the
record in RDF, :mod:`graph.questions` asks, :mod:`graph.scoring` measures. The modules
beside them keep a graph on disk. This package depends on :mod:`ontology` alone.
"""
