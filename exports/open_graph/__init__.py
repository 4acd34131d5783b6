"""A graph opened in Python or a notebook: what :func:`faultlines.open` gives, and in what form.

:class:`~exports.open_graph.open_graph.OpenGraph` has a method for each thing that can be had;
the modules beside it make these, and are loaded when one is asked for:

- :mod:`~exports.open_graph.result_table` and :mod:`~exports.open_graph.frame`: an answer as rows
  of Python's values, and as a data frame of pandas or polars;
- :mod:`~exports.open_graph.rdflib_dataset`: the graph as an rdflib Dataset;
- :mod:`~exports.open_graph.typed_network` and :mod:`~exports.open_graph.raw_pyvis`: a part of it
  as a networkx graph, and as a pyvis Network;
- :mod:`~exports.open_graph.notebook`, :mod:`~exports.open_graph.framed_page` and
  :mod:`~exports.open_graph.published`: what a notebook shows, as tables and as the page, and
  where their links lead.

Nothing else in :mod:`exports` needs any of them.
"""

from exports.open_graph.open_graph import OpenGraph, ReadDecision

__all__ = ["OpenGraph", "ReadDecision"]
