"""Graph files: nodes and edges for programs that draw and count graphs.

Each format is one module on :mod:`exports.graph_files.graph_file`, which keeps memory small.
"""
