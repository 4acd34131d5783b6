"""Exports for property-graph databases: Neo4j, those that speak Cypher, LadybugDB.

A kind of node is a label, a kind of edge a type of relationship. Nothing can hang on a
relationship there, so passages are nodes (:mod:`exports.property_graphs.passages`).
"""
