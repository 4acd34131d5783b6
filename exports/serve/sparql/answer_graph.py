"""An answer as a graph: what a CONSTRUCT makes, or things that stand in one row linked.

Of a SELECT, the columns whose cells are all things are taken: each is linked to the next.
As many rows are drawn as :data:`exports.page.LIMIT` things allow, and the page says so.
"""

from __future__ import annotations

from itertools import pairwise

from exports.network import Edge, Network, Node, edge_id
from exports.page import LIMIT
from exports.queried.things import OTHER, Things
from exports.serve.files.downloads import content_of
from exports.serve.files.networked import Networked
from exports.serve.wording import counted_words, noun_words
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import Result, Row, Rows, Term, Triples


def drawable(result: Result) -> bool:
    """Whether an answer can be drawn: statements, or two columns of things at least."""
    if isinstance(result, Triples):
        return bool(result.triples)
    return isinstance(result, Rows) and len(_things(result)) > 1


def answer_graph(kg: KnowledgeGraph, result: Result) -> Networked:
    """The graph of an answer that is :func:`drawable`; its title says what was left out."""
    cut = "; the answer itself was cut before that" if getattr(result, "truncated", False) else ""
    if isinstance(result, Triples):
        return _statements(kg, result, cut)
    if not isinstance(result, Rows):
        raise TypeError("an answer of yes or no has no graph")
    return _rows(kg, result, cut)


def _things(rows: Rows) -> list[int]:
    """The columns whose cells are all IRIs or blank nodes, with one at least."""
    found = []
    for place in range(len(rows.variables)):
        terms = [term for row in rows.rows if (term := row[place])]
        if terms and all(term.kind in ("iri", "blank") for term in terms):
            found.append(place)
    return found


def _rows(kg: KnowledgeGraph, rows: Rows, cut: str) -> Networked:
    things, columns = Things(kg), _things(rows)
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    drawn = 0
    for row in rows.rows:
        ends = _linked(row, columns)
        if len(nodes.keys() | {_id(term) for _, term in ends}) > LIMIT:
            break
        drawn += 1
        for _, term in ends:
            if _id(term) not in nodes:
                nodes[_id(term)] = _node(things, term)
        for (_, source), (place, target) in pairwise(ends):
            words = rows.variables[place]
            id = edge_id(_id(source), words, _id(target))
            edges.setdefault(id, Edge(id, _id(source), _id(target), words, words))
    said = counted_words(drawn, "row")
    if drawn < len(rows.rows):
        said = (
            f"the first {drawn:,} of {len(rows.rows):,} rows; {LIMIT} things are drawn at most, "
            "so narrow the query or set a LIMIT to see others"
        )
    return Networked(f"things of {said}{cut}", Network.of(nodes.values(), edges.values()))


def _linked(row: Row, columns: list[int]) -> list[tuple[int, Term]]:
    """(column, thing) of the things of a row, in the order of the columns."""
    return [(place, term) for place in columns if (term := row[place])]


def _statements(kg: KnowledgeGraph, result: Triples, cut: str) -> Networked:
    with content_of(kg, result) as content:
        portions = list(content.portions())
    nodes = {node.id: node for portion in portions for node in portion.nodes}
    edges = [edge for portion in portions for edge in portion.edges]
    total = len(nodes)
    if total > LIMIT:
        # what is linked most says most
        links = dict.fromkeys(nodes, 0)
        for edge in edges:
            links[edge.source] += 1
            links[edge.target] += 1
        kept = sorted(nodes, key=lambda id: (-links[id], id))[:LIMIT]
        nodes = {id: nodes[id] for id in kept}
        edges = [edge for edge in edges if {edge.source, edge.target} <= nodes.keys()]
    number = len(result.triples)
    said = f"what {counted_words(number, 'statement')} {noun_words(number, 'says', 'say')}"
    if total > LIMIT:
        said += f"; of {total:,} things the {LIMIT} with most links are drawn, more are no picture"
    return Networked(f"{said}{cut}", Network.of(nodes.values(), edges))


def _node(things: Things, term: Term) -> Node:
    id = _id(term)
    return Node(id, OTHER, id) if term.kind == "blank" else things.node(id)


def _id(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value
