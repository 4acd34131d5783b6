"""What the page holds: items, links, rows and counts, as plain values for the template."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any
from urllib.parse import quote

from exports.network import Edge, Network, Node, Passage
from exports.page.drawn import Drawn
from exports.page.places import Look, looks, main_part, places
from exports.page.words import PLURALS, clean, facts, line, sentence
from exports.scope import in_words
from ontology import iri as mint

_LONGEST_LABEL = 46
"""Characters of a label in the drawing; the panel shows it whole."""
_LONGEST_QUOTE = 2_000
"""Characters of a quotation in the table; the panel shows it whole."""
_THINNEST, _THICKER = 1.2, 3.8
"""Pixels that a link of one investigation is wide, and how many more the heaviest of all is."""

_LINKED_SITES = {
    "https://www.lgo.org.uk/": "Read the published decision",
    "http://www.legislation.gov.uk/": "Read it on legislation.gov.uk",
}
"""The only addresses that the page links to, with the words of the link."""

_ENTRIES = ("finding", "injustice", "remedy", "reason")


@dataclass(frozen=True, slots=True)
class PageContent:
    """A network ready to be drawn and listed."""

    nodes: list[dict[str, Any]]
    """What vis-network draws: number, label, group and place."""
    edges: list[dict[str, Any]]
    about: dict[str, Any]
    """Kinds, items, links and passages for the panel, the filters and the search."""
    rows: list[dict[str, Any]]
    """The table: one row for each edge."""
    legend: list[dict[str, Any]]


class _Passages:
    """Passages by number, so that one told of several items stands in the page once."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int | None], int] = {}

    def numbers(self, passages: tuple[Passage, ...]) -> list[int]:
        """The numbers of some passages."""
        keys = ((clean(passage.quote), passage.paragraph) for passage in passages)
        return [self.known.setdefault(key, len(self.known)) for key in keys]


def page_content(shown: Drawn) -> PageContent:
    """The page's content; everything sorted as the network is."""
    network = _with_powers(shown.network)
    look = looks(network)
    kinds = list(look)
    index = {node.id: number for number, node in enumerate(network.nodes)}
    by_id = {node.id: node for node in network.nodes}
    passages = _Passages()
    items = [_item(node, kinds, passages, shown.foreign) for node in network.nodes]
    links, rows = [], []
    for number, edge in enumerate(network.edges):
        source, target = by_id[edge.source], by_id[edge.target]
        says, url = _says(edge, source, target), _decision_url(edge, by_id)
        told = _numbers(edge, shown)
        links.append(_link(edge, index, passages.numbers(says), told, url))
        row = {"edge": number, "words": clean(edge.label), "numbers": told, "url": url}
        row |= _end("source", source) | _end("target", target)
        row["passages"] = [{"quote": _cut(p.quote), "paragraph": p.paragraph} for p in says]
        rows.append(row)
    about = {
        "kinds": [
            {"name": kind, "one": _one(kind), "sign": of.sign, "colour": of.colour}
            for kind, of in look.items()
        ],
        "nodes": items,
        "edges": links,
        "passages": list(passages.known),
    }
    nodes, edges = _drawn(network, look, index, totals=shown.totals and not shown.foreign)
    return PageContent(nodes, edges, about, rows, _legend(network, look))


def _with_powers(network: Network) -> Network:
    """Law that is only cited as the Ombudsman's own powers, as a kind of its own.

    Nearly every decision cites the same sections, which tells nothing about a case.
    """
    other = {edge.target for edge in network.edges if edge.kind != "citesAsJurisdiction"}
    cited = {edge.target for edge in network.edges if edge.kind == "citesAsJurisdiction"}
    powers = cited - other
    nodes = [
        Node(node.id, "powers", node.label, node.attributes, node.passages)
        if node.id in powers and node.kind == "law"
        else node
        for node in network.nodes
    ]
    return Network(tuple(nodes), network.edges)


def _one(kind: str) -> str:
    return "Ombudsman’s powers" if kind == "powers" else clean(kind)


def _legend(network: Network, look: Mapping[str, Look]) -> list[dict[str, Any]]:
    counts = network.kinds()
    return [
        {
            "index": index,
            "name": sentence(PLURALS[kind]) if kind in PLURALS else clean(kind),
            "sign": look[kind].sign,
            "count": f"{counts[kind]:,}",
            "shown": kind != "powers" or len(counts) == 1,
        }
        for index, kind in enumerate(look)
    ]


def _drawn(
    network: Network, look: Mapping[str, Look], index: Mapping[str, int], *, totals: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and edges for vis-network; ``aside`` are those that totals draw only when chosen."""
    main = main_part(network) if totals else network
    place = places(network, main, look)
    told = {node.id for node in main.nodes}
    kinds = {kind: number for number, kind in enumerate(look)}
    nodes = []
    for node in network.nodes:
        x, y = place[node.id]
        label = f"{look[node.kind].sign} {short(_label_with_number(node), node.kind)}"
        drawn = {"id": index[node.id], "label": label, "group": f"kind-{kinds[node.kind]}"}
        nodes.append(drawn | {"x": x, "y": y} | ({} if node.id in told else {"aside": True}))
    kept = {edge.id for edge in main.edges}
    edges = []
    heaviest = max((_weight(edge) for edge in network.edges), default=1)
    for number, edge in enumerate(network.edges):
        ends = {"id": number, "from": index[edge.source], "to": index[edge.target]}
        width = round(_THINNEST + _THICKER * sqrt((_weight(edge) - 1) / heaviest), 1)
        edges.append(ends | {"width": width} | ({} if edge.id in kept else {"aside": True}))
    return nodes, edges


def _label_with_number(node: Node) -> str:
    decisions = node.attributes.get("decisions")
    if node.kind.endswith("type") and isinstance(decisions, int):
        return f"{_label(node)} ({decisions:,})"
    return _label(node)


def short(label: str, kind: str) -> str:
    """The label cut to what three lines hold; of a provision, its section stays."""
    if len(label) <= _LONGEST_LABEL:
        return label
    _, comma, section = label.rpartition(", ")
    keeps = comma and kind in ("law", "powers") and len(section) < _LONGEST_LABEL // 2
    tail = f"…, {section}" if keeps else "…"
    kept = label[: _LONGEST_LABEL - len(tail)]
    return kept.rpartition(" ")[0].rstrip(" ,") + tail if " " in kept else kept + tail


def _weight(edge: Edge) -> int:
    weight = edge.attributes.get("weight")  # what a query calls so may be no number
    return max(1, weight) if isinstance(weight, int) else 1


def _item(node: Node, kinds: list[str], passages: _Passages, foreign: bool) -> dict[str, Any]:
    url = allowed(str(node.attributes.get("url", ""))) or allowed(node.id)
    return {
        "hash": hash_of(node.id),
        "kind": kinds.index(node.kind),
        "label": _label(node),
        "facts": facts(node, every=foreign),
        "passages": passages.numbers(node.passages),
        "url": url,
        "source": next((said for site, said in _LINKED_SITES.items() if url.startswith(site)), ""),
    }


def _link(
    edge: Edge, index: Mapping[str, int], says: list[int], numbers: str, url: str
) -> dict[str, Any]:
    link = {"source": index[edge.source], "target": index[edge.target], "words": clean(edge.label)}
    told = {"says": says, "numbers": numbers, "url": url}
    return link | {name: value for name, value in told.items() if value}


def _end(end: str, node: Node) -> dict[str, str]:
    return {end: _label(node), f"{end}_kind": _one(node.kind), f"{end}_id": hash_of(node.id)}


def _numbers(edge: Edge, shown: Drawn) -> str:
    """What a link says beside its words: the weight of totals, a query's values."""
    if shown.totals and shown.foreign:
        return f"{_weight(edge):,} {'link' if _weight(edge) == 1 else 'links'}"
    if not shown.weighs or "weight" not in edge.attributes:
        told = facts(edge, every=shown.foreign)
        return "; ".join(f"{name}: {value}" for name, value in told)
    weight = _weight(edge)
    decisions = edge.attributes.get("decisions", weight)
    said = f"{weight:,} {shown.weighs}{'' if weight == 1 else 's'}"
    return said if weight == decisions else f"{said} ({decisions:,} decisions)"


def _label(node: Node) -> str:
    """The label on the page; a decision's is its reference and date, not its long title."""
    if node.kind != "decision" or "reference" not in node.attributes:
        return line(node.label)
    said = str(node.attributes["reference"])
    with suppress(KeyError, ValueError):  # a query may call anything a date
        said += f", {in_words(date.fromisoformat(str(node.attributes['date'])))}"
    return line(said)


def _cut(text: str) -> str:
    said = clean(text)
    return said if len(said) <= _LONGEST_QUOTE else f"{said[:_LONGEST_QUOTE].rstrip()} …"


def _says(edge: Edge, source: Node, target: Node) -> tuple[Passage, ...]:
    """The words behind a link: its own, else those of the entry that it leads to or from."""
    if edge.passages:
        return edge.passages
    if source.kind == "remedy" or target.kind not in _ENTRIES:
        return source.passages
    return target.passages


def _decision_url(edge: Edge, by_id: Mapping[str, Node]) -> str:
    """The address of the decision that a link belongs to, when it may be linked to."""
    named = [passage.decision for passage in edge.passages if passage.decision]
    for end in (edge.source, edge.target, *named[:1]):
        steps = end.split("/")
        for length in range(len(steps), 0, -1):
            owner = by_id.get("/".join(steps[:length]))
            if owner is not None and owner.kind == "decision":
                return allowed(str(owner.attributes.get("url", "")))
    return ""


def allowed(url: str) -> str:
    """The address when it is on a site that the page may link to, else empty."""
    fits = url.startswith(tuple(_LINKED_SITES)) and url.isprintable() and " " not in url
    return url if fits else ""


def hash_of(iri: str) -> str:
    """The part of the address after ``#`` that leads to an item."""
    return quote(iri.removeprefix(mint.ID), safe="/-._~:")
