"""What databases of property graphs are held against: the network, and SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

import pytest

from exports import Selection
from exports.content import Content
from exports.network import Edge, Network, Node, Passage, Scalar, cells, edge_id
from exports.projection import VIEWS
from exports.property_graphs.names import Names, Table
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.results import Rows, Term
from ontology import iri as mint
from tests.exports.made_content import QUOTE, hostile
from tests.factories import HOSTILE_WORDS

Nodes = dict[str, tuple[str, dict[str, Any]]]
"""Id to label and properties."""
Relationships = dict[str, tuple[str, str, str, dict[str, Any]]]
"""Id to type, source, target and properties."""


def network_of(content: Content) -> Network:
    """All nodes and edges of a content at once."""
    portions = list(content.portions())
    return Network.of(
        (node for portion in portions for node in portion.nodes),
        (edge for portion in portions for edge in portion.edges),
    )


def expected(network: Network, names: Names, content: Content) -> tuple[Nodes, Relationships]:
    """What a database has to hold, by what each format promises."""
    types = content.schema.types
    nodes: Nodes = {}
    edges: Relationships = {}

    def properties(table: Table, values: dict[str, Scalar]) -> dict[str, Any]:
        called = {column.attribute: column.name for column in table.columns}
        return {
            called[name]: date.fromisoformat(str(value)) if types.get(name) is date else value
            for name, value in values.items()
        }

    def evidence(item: Node | Edge, source: str, relationship: str | None) -> None:
        for passage in item.passages:
            id = passage_iri(passage)
            told = {
                "quote": passage.quote,
                "paragraph": passage.paragraph,
                "rule": passage.rule,
                "start": passage.start,
                "decision": passage.decision,
            }
            nodes[id] = names.passage.name, _known({"id": id, **told})
            link = edge_id(item.id, "evidencedBy", id)
            about = _known({"id": link, "relationship": relationship})
            edges[link] = names.evidenced_by.name, source, id, about

    for node in network.nodes:
        table = names.nodes[node.kind]
        own = {"id": node.id, "label": node.label}
        nodes[node.id] = table.name, own | properties(table, dict(node.attributes))
        evidence(node, node.id, None)
    for edge in network.edges:
        table = names.edges[edge.kind]
        values = {"id": edge.id, "label": edge.label} | properties(table, cells(edge))
        edges[edge.id] = table.name, edge.source, edge.target, values
        evidence(edge, edge.source, edge.id)
    return nodes, edges


def passage_iri(passage: Passage) -> str:
    end = passage.start + len(passage.quote)
    return mint.passage(passage.decision, passage.start, end, passage.rule)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def camel(kind: str) -> str:
    """A kind of the project's own as a label, told apart from the exporter's way."""
    return kind.title().replace(" ", "")


def upper_snake(kind: str) -> str:
    """A property of the ontology as a type of relationship."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", kind.removeprefix("eli:")).upper()


def _number(kg: KnowledgeGraph, sparql: str) -> float:
    rows = ask(kg, sparql)
    assert isinstance(rows, Rows)
    ((term,),) = rows.rows
    assert isinstance(term, Term)
    return float(term.value)


class Loaded:
    """KGLite, an embedded database that speaks Cypher, read back as nodes and relationships."""

    def __init__(self) -> None:
        kglite = pytest.importorskip("kglite", reason="kglite is an outside reader")
        self._graph = kglite.KnowledgeGraph()

    def run(self, cypher: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of one statement."""
        return list(self._graph.cypher(cypher, params=parameters))

    def script(self, text: str) -> int:
        """Execute a script, statement by statement as cypher-shell does; how many there were.

        No literal holds a line break, so a semicolon at the end of a line ends a statement.
        """
        statements = [each for each in text.split(";\n") if each.strip()]
        for statement in statements:
            self.run(statement)
        return len(statements)

    def number(self, cypher: str) -> float:
        return float(self.run(cypher)[0]["n"])

    def graph(self) -> tuple[Nodes, Relationships]:
        found = self.run("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")
        nodes = {node["p"]["id"]: (node["l"][0], _own(node["l"][0], node["p"])) for node in found}
        assert all(len(node["l"]) == 1 for node in found)
        told = self.run(
            "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p"
        )
        edges = {
            each["p"]["id"]: (each["t"], each["a"], each["b"], _own(each["t"], each["p"]))
            for each in told
        }
        assert (len(nodes), len(edges)) == (len(found), len(told)), "an id stands twice"
        return nodes, edges


def _own(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Without the ``type`` and ``title`` that KGLite tells of what has none, and without None."""
    added = {"type": name, "title": f"{name}_{properties['id']}"}
    return {
        key: value
        for key, value in properties.items()
        if value is not None and added.get(key) != value
    }


_CLASSES = (
    *("ComplaintPart", "Complainant", "Decision", "Finding", "Injustice", "Remedy", "Reason"),
    "UnreadMention",
)
_LINKS = (
    *("against", "decidedBy", "hasPart", "followsFrom", "complainant", "suffered", "hasFinding"),
    *("hasInjustice", "hasRemedy", "hasReason", "decides", "faultBy", "causedInjustice"),
    *("engages", "remedies", "owedBy", "restsOn", "faultType", "injusticeType", "remedyType"),
    *("reasonType", "category", "subcategory"),
)
_CITED = {
    "evidencedBy": "?c fl:evidencedBy ?p . ?p oa:start ?s ; oa:exact ?q ."
    " BIND(CONCAT(STR(?s), ?q) AS ?b)",
    "citesGuidance": "?c fl:cites ?b . ?b a fl:Guidance",
    "citesAsJurisdiction": "?c fl:cites ?b ; fl:citationRole citationrole:jurisdiction . ?b a ?law"
    " FILTER(?law IN (fl:Legislation, fl:Provision))",
    "sharedWith": "?c fl:body ?b ; fl:role role:decision-shared-with",
}
"""Relationships that are nodes in RDF, with the pattern of these; words that two rules read are
one passage of an item."""


def agrees(
    kg: KnowledgeGraph, number: Callable[[str], float], named: dict[str, str] | None = None
) -> None:
    """Cypher's counts and sums equal SPARQL's; ``named`` has types that are called otherwise."""
    counts = [
        (f"MATCH (n:`{class_}`) RETURN count(n) AS n", f"?c a fl:{class_}") for class_ in _CLASSES
    ]
    counts += [
        (
            f"MATCH ()-[r:`{(named or {}).get(link, upper_snake(link))}`]->() RETURN count(r) AS n",
            _CITED.get(link, f"?c fl:{link} ?b"),
        )
        for link in (*_LINKS, *_CITED)
    ]
    found = {cypher: number(cypher) for cypher, _ in counts}
    wanted = {
        cypher: _number(kg, f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?c ?b {{ {pattern} }} }}")
        for cypher, pattern in counts
    }
    apart = {name: (n, wanted[name]) for name, n in found.items() if n != wanted[name]}
    assert not apart, apart
    assert sum(count > 0 for count in found.values()) > len(found) - 4
    for sum_ in ("amount", "total"):
        sparql = f"SELECT DISTINCT ?r ?v {{ ?r a fl:Remedy ; fl:{sum_}/schema:value ?v }}"
        total = _number(kg, f"SELECT (SUM(?v) AS ?n) {{ {sparql} }}")
        assert total > 0
        assert number(f"MATCH (n:`Remedy`) RETURN sum(n.{sum_}) AS n") == total


def stand_in_the_graph(kg: KnowledgeGraph, nodes: Nodes) -> None:
    """Every passage has the IRI that it has in RDF, and the words."""
    rows = ask(kg, "SELECT DISTINCT ?p ?q { ?p a fl:Passage ; oa:exact ?q }")
    assert isinstance(rows, Rows)
    said = {(passage.value, quote.value) for passage, quote in rows.rows if passage and quote}
    told = {(id, values["quote"]) for id, (label, values) in nodes.items() if label == "Passage"}
    assert len(told) > 10
    assert told <= said, told - said


class Readable(Protocol):
    """A database that has loaded something."""

    def graph(self) -> tuple[Nodes, Relationships]:
        """All that it holds."""


class LoadedWhole:
    """Tests of every format: a module with them has a fixture ``load``, content to database."""

    apart = True
    """Whether the database tells names apart by their case."""

    def wanted(self, content: Content) -> tuple[Nodes, Relationships]:
        """What the database has to hold."""
        return expected(network_of(content), Names.of(content.schema, apart=self.apart), content)

    @pytest.mark.parametrize("view", VIEWS)
    def test_every_node_relationship_and_property_is_there(
        self, view: str, kg: KnowledgeGraph, load: Callable[[Content], Readable]
    ) -> None:
        content = Selection(kg, view=view)
        nodes, edges = load(content).graph()
        assert (nodes, edges) == self.wanted(content)
        assert len(nodes) > 10
        assert len(edges) > 10

    def test_hostile_words_survive(
        self, hostile_kg: KnowledgeGraph, load: Callable[[Content], Readable]
    ) -> None:
        content = Selection(hostile_kg)
        nodes, edges = load(content).graph()
        assert (nodes, edges) == self.wanted(content)
        assert HOSTILE_WORDS in {told.get("summary") for _, told in nodes.values()}
        assert any(HOSTILE_WORDS in told.get("quote", "") for _, told in nodes.values())

    def test_hostile_names_and_a_quotation_of_a_megabyte_survive(
        self, load: Callable[[Content], Readable]
    ) -> None:
        content = hostile(HOSTILE_WORDS)
        nodes, edges = load(content).graph()
        assert (nodes, edges) == self.wanted(content)
        assert QUOTE in {told.get("quote") for _, told in nodes.values()}
