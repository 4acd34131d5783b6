"""Node-link JSON, as networkx and d3 read it.

networkx: ``nx.node_link_graph(json.load(file), edges="edges")`` gives a MultiDiGraph
(https://networkx.org/documentation/stable/reference/readwrite/generated/networkx.readwrite.json_graph.node_link_graph.html).
d3: ``forceSimulation(data.nodes).force("link", forceLink(data.edges).id(node => node.id))``
(https://d3js.org/d3-force/link). Nodes have ``x`` and ``y`` in pixels, downwards.
"""

from __future__ import annotations

from exports.graph_files.graph_file import GraphFile
from exports.graph_files.json_text import JsonWriter, evidence, json_bytes
from exports.network import Edge, Node


class _Writer(JsonWriter):
    # index, vx, vy, fx and fy are what d3-force writes into a node
    reserved = (
        *("id", "kind", "label", "evidence", "x", "y", "key", "source", "target"),
        *("index", "vx", "vy", "fx", "fy"),
    )

    def start(self) -> bytes:
        title = json_bytes(self.content.title)
        head = b'{"directed":true,"multigraph":true,"graph":{"name":%b},\n"nodes":[\n'
        return head % title

    def node(self, node: Node) -> bytes:
        x, y = node.place
        head = {"id": node.id, "kind": node.kind, "label": node.label, "x": x, "y": y}
        return json_bytes(head | self.attributes(node) | {"evidence": evidence(node)})

    def middle(self) -> bytes:
        return b'\n],\n"edges":[\n'

    def edge(self, edge: Edge) -> bytes:
        head = {"source": edge.source, "target": edge.target, "key": edge.id}
        words = {"kind": edge.kind, "label": edge.label}
        return json_bytes(head | words | self.attributes(edge) | {"evidence": evidence(edge)})

    def end(self) -> bytes:
        return b"\n]}\n"


class NodeLink(GraphFile):
    """Everything a node or an edge says, with all its passages as ``evidence``."""

    name = "node-link"
    extension = "node-link.json"
    media_type = "application/json"
    loses = "Named graphs and paragraphs."
    writer = _Writer
    advice = "export as N-Quads, which carry it"
