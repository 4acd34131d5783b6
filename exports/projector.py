"""One decision's named graph as nodes and edges, in the full view.

Generic on purpose: classes give kinds, links give edges, everything else gives flat
attributes. Passages are folded into what they are evidence of. A citation or an
involvement whose other end is known becomes an edge with its own words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from exports.network import Edge, Node, Scalar, edge_id, flatten
from exports.statements import Statements
from exports.terms import AUTHORITY_KINDS, KINDS, LINKS, NAMES, SKIPPED, TYPES
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.decision import ROLE_PROPERTIES
from ontology import iri as mint


@dataclass(slots=True)
class Fragment:
    """What one decision adds to a network."""

    decision: str
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)


class Projector:
    """Reads decisions and knows what the reference graphs say about shared nodes."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.reference = Statements(
            kg, mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH, mint.INVESTIGATIONS_GRAPH
        )

    def fragment(self, decision: str) -> Fragment:
        """Everything that one decision says, in the full view."""
        said = Statements(self.kg, mint.decision_graph(decision))
        fragment = Fragment(decision)
        for subject in said.subjects():
            classes = said.classes(subject)
            if "Citation" in classes and said.one(subject, "cites"):
                self._citation(said, fragment, subject)
            elif "Involvement" in classes:
                self._involvement(said, fragment, subject)
            elif kind_of(classes):
                self._node(said, fragment, subject, classes)
        ends = {edge.source for edge in fragment.edges}
        ends.update(edge.target for edge in fragment.edges if edge.kind != "followsFrom")
        for end in sorted(ends - fragment.nodes.keys()):
            fragment.nodes[end] = self.shared(end)
        return fragment

    def _node(self, said: Statements, fragment: Fragment, node: str, classes: set[str]) -> None:
        kind = kind_of(classes) or "thing"
        attributes: dict[str, Scalar] = {}
        for name, values in said.properties(node):
            if name in LINKS and name not in SKIPPED:
                folded = {
                    value for value in values if name == "hasCitation" and said.one(value, "cites")
                }
                for value in values:
                    if value not in folded:
                        fragment.edges.append(_link(node, name, value))
            elif name not in SKIPPED:
                self._attribute(attributes, node, NAMES.get(name, name), values)
        for name in ("amount", "total"):
            for sum_ in said.all(node, name):
                self._attribute(attributes, node, name, said.all(sum_, "schema:value"))
                self._attribute(attributes, node, "currency", said.all(sum_, "schema:currency"))
        for value in self.reference.all(node, "investigatedIn"):
            fragment.edges.append(_link(node, "investigatedIn", value))
        if kind == "authority":
            named = [AUTHORITY_KINDS[class_] for class_ in classes if class_ in AUTHORITY_KINDS]
            self._attribute(attributes, node, "authority_kind", named)
        types = [t for name in TYPES for t in said.all(node, name) if "ategory" not in name]
        self._attribute(attributes, node, "type", [_concept_id(t) for t in types])
        label = said.one(node, "rdfs:label") or self.label(node)
        fragment.nodes[node] = Node(
            node,
            kind,
            self._words(kind, types, attributes) or label or node,
            {**self._registered(node), **attributes},
            said.passages(node),
        )

    def _words(self, kind: str, types: list[str], attributes: dict[str, Scalar]) -> str | None:
        """A label for a node that has no name of its own: what type of thing it is."""
        words = "; ".join(self.label(type_) or _concept_id(type_) for type_ in types)
        if kind == "finding":
            status = mint.concept("finding-status", str(attributes.get("status", "")))
            return words or self.label(status)
        if kind == "remedy":
            total = attributes.get("total", attributes.get("amount"))
            if not isinstance(total, float):
                return words
            shown = f"{total:,.2f}".removesuffix(".00")
            sign = "£" if attributes.get("currency", "GBP") == "GBP" else ""
            return f"{words}: {sign}{shown}"
        if kind in ("citation", "unread mention"):
            return str(attributes.get("text", "")) or None
        if kind == "complaint part":
            return f"Part {attributes.get('letter', '')}".strip()
        return words or None

    def _attribute(
        self,
        attributes: dict[str, Scalar],
        node: str,
        name: str,
        values: list[str],
    ) -> None:
        if name == "kind":
            name = "unread_kind"
        short = [_concept_id(value) for value in values]
        flat = flatten(node, name, short[0] if len(short) == 1 else short)
        if flat is not None:
            attributes[name] = flat

    def _citation(self, said: Statements, fragment: Fragment, citation: str) -> None:
        attributes: dict[str, Scalar] = {}
        self._attribute(attributes, citation, "text", said.all(citation, "rawText"))
        self._attribute(attributes, citation, "citation_role", said.all(citation, "citationRole"))
        for target in said.all(citation, "cites"):
            kind = "citesCase"
            if target.startswith(mint.LEGISLATION):
                powers = attributes.get("citation_role") == "jurisdiction"
                kind = "citesAsJurisdiction" if powers else "citesAsSubstantive"
            elif target.startswith(mint.guidance("")):
                kind = "citesGuidance"
            passages = said.passages(citation)
            edge = Edge(
                citation, fragment.decision, target, kind, LINKS[kind], attributes, passages
            )
            fragment.edges.append(edge)

    def _involvement(self, said: Statements, fragment: Fragment, involvement: str) -> None:
        role = _concept_id(said.one(involvement, "role") or "")
        kind = ROLE_PROPERTIES.get(role, "involves")
        words = LINKS[kind]
        if kind == "involves":
            words += f" ({(self.label(mint.concept('body-role', role)) or role).lower()})"
        for body in said.all(involvement, "body"):
            edge = Edge(
                involvement,
                fragment.decision,
                body,
                kind,
                words,
                {"role": role},
                said.passages(involvement),
            )
            fragment.edges.append(edge)

    def shared(self, node: str) -> Node:
        """A node that no decision owns: of a register, a vocabulary or an investigation."""
        kind = kind_of(self.reference.classes(node))
        if node.startswith(mint.VOCABULARY):
            scheme = node.removeprefix(mint.VOCABULARY).split("/")[0]
            kind = "category" if scheme == "category" else f"{scheme} type"
        elif kind is None and node.startswith(mint.LEGISLATION):
            kind = "law"
        elif node.startswith(mint.investigation("x")[:-1]):
            kind = "investigation"
            reference = node.rsplit("/", 1)[-1].replace("-", " ")
            return Node(node, kind, f"Investigation {reference}", {"reference": reference})
        label = self.label(node) or node.rsplit("/", 1)[-1]
        return Node(node, kind or "thing", label, self._registered(node))

    def stub(self, node: str) -> Node:
        """A complaint that is spoken of but whose decision is not in scope."""
        reference = node.rsplit("/", 1)[-1].replace("-", " ")
        return Node(node, "complaint", f"Complaint {reference}", {"reference": reference})

    def successions(self, seen: Collection[str]) -> Iterator[Edge]:
        """Which council followed which, between councils of the network."""
        for node in sorted(seen):
            for successor in self.reference.all(node, "successor"):
                if successor in seen:
                    yield _link(node, "successor", successor)

    def label(self, node: str) -> str | None:
        """The name of a shared node in the registers or the vocabularies."""
        found = self.reference.one(node, "rdfs:label")
        return found or self.reference.one(node, "skos:prefLabel")

    def _registered(self, node: str) -> dict[str, Scalar]:
        """What the registers say about a node, as attributes."""
        attributes: dict[str, Scalar] = {}
        for name, values in self.reference.properties(node):
            plain = name not in LINKS and name not in SKIPPED and ":" not in name
            if plain and name != "kind":
                self._attribute(attributes, node, NAMES.get(name, name), values)
        if "ExternalBody" in self.reference.classes(node):
            attributes["body_kind"] = self.reference.one(node, "kind") or ""
        return attributes


def kind_of(classes: set[str]) -> str | None:
    """The kind of node for a set of classes; None for what is no node of its own."""
    return next((kind for class_, kind in KINDS.items() if class_ in classes), None)


def _concept_id(value: str) -> str:
    """The id in a concept's IRI; any other value as it is."""
    if not value.startswith(mint.VOCABULARY):
        return value
    return value.removeprefix(mint.VOCABULARY).partition("/")[2]


def _link(source: str, kind: str, target: str) -> Edge:
    return Edge(edge_id(source, kind, target), source, target, kind, LINKS[kind])
