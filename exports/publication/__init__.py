"""A dataset ready to be put on the web: the graph, what it is, and what its words mean."""

from exports.publication.description import Addresses
from exports.publication.publication import publish

__all__ = ["Addresses", "publish"]
