"""What the page holds: items, links, rows and counts, as plain values for the template."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any
from urllib.parse import quote

from exports.layout import ROW_HEIGHT, appearance, layout
from exports.network import Edge, Network, Node, Passage
from exports.page.words import PLURALS, clean, facts, line
from exports.scope import in_words
from ontology import iri as mint

_LONGEST_LABEL = 46
"""Characters of a label in the drawing; the panel shows it whole."""

_LINKED_SITES = {
    "https://www.lgo.org.uk/": "Read the published decision",
    "http://www.legislation.gov.uk/": "Read it on legislation.gov.uk",
}
"""The only addresses that the page links to, with the words of the link."""

_ENTRIES = ("finding", "injustice", "remedy", "reason")


@dataclass(frozen=True, slots=True)
class Content:
    """A network ready to be drawn and listed."""

    nodes: list[dict[str, Any]]
    """What vis-network draws: number, label, group and place."""
    edges: list[dict[str, Any]]
    about: dict[str, Any]
    """Kinds, items and links for the panel, the filters and the search."""
    rows: list[dict[str, Any]]
    """The table: one row for each edge."""
    legend: list[dict[str, Any]]


def content(network: Network) -> Content:
    """The page's content for a network; everything sorted as the network is."""
    network = _with_powers(network)
    kinds = sorted(network.kinds(), key=lambda kind: (appearance(kind).column, kind))
    index = {node.id: number for number, node in enumerate(network.nodes)}
    decisions = {node.id: node for node in network.nodes if node.kind == "decision"}
    by_id = {node.id: node for node in network.nodes}
    says = [_says(edge, by_id) for edge in network.edges]
    urls = [_decision_url(edge, decisions) for edge in network.edges]
    about = {
        "kinds": [_kind(kind) for kind in kinds],
        "nodes": [_item(node, kinds.index(node.kind)) for node in network.nodes],
        "edges": [
            _link(edge, index, passages, url)
            for edge, passages, url in zip(network.edges, says, urls, strict=True)
        ],
    }
    rows = [
        _row(number, edge, by_id, passages, url)
        for number, (edge, passages, url) in enumerate(zip(network.edges, says, urls, strict=True))
    ]
    return Content(
        _drawn_nodes(network, kinds), _drawn_edges(network, index), about, rows, _legend(network)
    )


def _with_powers(network: Network) -> Network:
    """Law that is only cited as the Ombudsman's own powers, as a kind of its own.

    Nearly every decision cites the same sections, which tells nothing about a case.
    """
    other = {edge.target for edge in network.edges if edge.kind != "citesAsJurisdiction"}
    cited = {edge.target for edge in network.edges if edge.kind == "citesAsJurisdiction"}
    powers = cited - other
    nodes = [
        Node(node.id, "powers", node.label, node.attributes, node.passages)
        if node.id in powers
        else node
        for node in network.nodes
    ]
    return Network(tuple(nodes), network.edges)


def _kind(kind: str) -> dict[str, str]:
    look = appearance(kind)
    one = "Ombudsman’s powers" if kind == "powers" else kind
    return {"one": one, "sign": look.sign, "colour": look.colour}


def _legend(network: Network) -> list[dict[str, Any]]:
    counts = network.kinds()
    kinds = sorted(counts, key=lambda kind: (appearance(kind).column, kind))
    return [
        {
            "index": index,
            "name": _sentence(PLURALS.get(kind, kind)),
            "sign": appearance(kind).sign,
            "count": f"{counts[kind]:,}",
            "shown": kind != "powers" or len(counts) == 1,
        }
        for index, kind in enumerate(kinds)
    ]


def _drawn_nodes(network: Network, kinds: list[str]) -> list[dict[str, Any]]:
    places = _places(network)
    drawn = []
    for number, node in enumerate(network.nodes):
        x, y = places[node.id]
        label = _label(node)
        if node.kind.endswith("type") and "decisions" in node.attributes:
            label += f" ({node.attributes['decisions']:,})"
        label = short(label, node.kind)
        group = kinds.index(node.kind)
        sign = appearance(node.kind).sign
        drawn.append(
            {"id": number, "label": f"{sign} {label}", "group": f"kind-{group}", "x": x, "y": y}
        )
    return drawn


def _places(network: Network) -> dict[str, tuple[float, float]]:
    """The layout, with the Ombudsman's powers below it: they are hidden at first."""
    powers = [node.id for node in network.nodes if node.kind == "powers"]
    aside = set(powers)
    told = Network(
        tuple(node for node in network.nodes if node.id not in aside),
        tuple(edge for edge in network.edges if edge.target not in aside),
    )
    places = layout(told)
    right = max((x for x, _ in places.values()), default=0.0)
    bottom = max((y for x, y in places.values() if x == right), default=0.0)
    for number, id in enumerate(powers, 1):
        places[id] = (right, bottom + number * ROW_HEIGHT)
    return places


def _drawn_edges(network: Network, index: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "from": index[edge.source],
            "to": index[edge.target],
            "width": min(6.0, round(1.2 + log2(max(1, _weight(edge))), 1)),
        }
        for number, edge in enumerate(network.edges)
    ]


def short(label: str, kind: str) -> str:
    """The label cut to what three lines hold; of a provision, its section stays."""
    if len(label) <= _LONGEST_LABEL:
        return label
    _, comma, section = label.rpartition(", ")
    keeps = comma and kind in ("law", "powers") and len(section) < _LONGEST_LABEL // 2
    tail = f"…, {section}" if keeps else "…"
    kept = label[: _LONGEST_LABEL - len(tail)]
    return kept.rpartition(" ")[0].rstrip(" ,") + tail if " " in kept else kept + tail


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _weight(edge: Edge) -> int:
    return int(edge.attributes.get("weight", 1))


def _item(node: Node, kind: int) -> dict[str, Any]:
    label = _label(node)
    url = allowed(str(node.attributes.get("url", ""))) or allowed(node.id)
    shown = facts(node)
    words = [label, *(value for _, value in shown), *(p.quote for p in node.passages)]
    return {
        "hash": hash_of(node.id),
        "kind": kind,
        "label": label,
        "facts": shown,
        "passages": _passages(node.passages),
        "url": url,
        "source": next((said for site, said in _LINKED_SITES.items() if url.startswith(site)), ""),
        "search": _folded(" ".join(words)),
    }


def _link(
    edge: Edge, index: Mapping[str, int], says: tuple[Passage, ...], url: str
) -> dict[str, Any]:
    return {
        "source": index[edge.source],
        "target": index[edge.target],
        "words": clean(edge.label),
        "passages": _passages(edge.passages),
        "says": _passages(says),
        "numbers": _numbers(edge),
        "url": url,
    }


def _row(
    number: int, edge: Edge, by_id: Mapping[str, Node], says: tuple[Passage, ...], url: str
) -> dict[str, Any]:
    source, target = by_id[edge.source], by_id[edge.target]
    return {
        "edge": number,
        "source": _label(source),
        "source_kind": _kind(source.kind)["one"],
        "source_id": hash_of(source.id),
        "words": clean(edge.label),
        "target": _label(target),
        "target_kind": _kind(target.kind)["one"],
        "target_id": hash_of(target.id),
        "passages": [{"quote": clean(p.quote), "paragraph": p.paragraph} for p in says],
        "numbers": _numbers(edge),
        "url": url,
    }


def _numbers(edge: Edge) -> str:
    """The weight of a summary's edge in words."""
    if "weight" not in edge.attributes:
        return ""
    weight, decisions = _weight(edge), int(edge.attributes.get("decisions", 0))
    said = f"{weight:,} {'investigation' if weight == 1 else 'investigations'}"
    return said if weight == decisions else f"{said} ({decisions:,} decisions)"


def _label(node: Node) -> str:
    """The label on the page; a decision's is its reference and date, not its long title."""
    if node.kind == "decision" and "reference" in node.attributes:
        day = str(node.attributes.get("date", ""))
        dated = f", {in_words(date.fromisoformat(day))}" if day else ""
        return line(f"{node.attributes['reference']}{dated}")
    return line(node.label)


def _passages(passages: tuple[Passage, ...]) -> list[list[Any]]:
    return [[clean(passage.quote), passage.paragraph] for passage in passages]


def _says(edge: Edge, by_id: Mapping[str, Node]) -> tuple[Passage, ...]:
    """The words behind a link: its own, else those of the entry that it leads to or from."""
    source, target = by_id[edge.source], by_id[edge.target]
    if edge.passages:
        return edge.passages
    if source.kind == "remedy" or target.kind not in _ENTRIES:
        return source.passages
    return target.passages


def _decision_url(edge: Edge, decisions: Mapping[str, Node]) -> str:
    """The address of the decision that a link belongs to, when it may be linked to."""
    for end in (edge.source, edge.target):
        for id, decision in decisions.items():
            if end == id or end.startswith(f"{id}/"):
                return allowed(str(decision.attributes.get("url", "")))
    return ""


def allowed(url: str) -> str:
    """The address when it is on a site that the page may link to, else empty."""
    fits = url.startswith(tuple(_LINKED_SITES)) and url.isprintable() and " " not in url
    return url if fits else ""


def hash_of(iri: str) -> str:
    """The part of the address after ``#`` that leads to an item."""
    return quote(iri.removeprefix(mint.ID), safe="/-._~:")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", clean(text))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()
