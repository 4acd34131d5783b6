"""What a page shows of some content: all of it while it can be drawn, else totals.

A page that had to give totals says how many items there are, and which narrowing fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exports.content import Content
from exports.exporter import ExportError
from exports.network import Edge, Network, Node, edge_id
from exports.page.words import PLURALS, counted, sentence
from exports.projection import project
from exports.queried import Answered
from exports.scope import authority_label, find_authority, in_words
from exports.selection import Selection

LIMIT = 300
"""Items drawn unless asked otherwise: what vis-network moves at full speed."""
HARD_LIMIT = 1500
"""Items that are ever drawn: above it, moving the drawing stutters on an office laptop."""
_MAIN = (
    "The drawing begins with what occurs in most decisions and its main links. Choose any item, "
    "there, by search or in the table, to see all its links."
)
MOST_ROWS = 20_000
"""Links, and so rows of the table, that a page may have."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network and what the page says about it."""

    network: Network
    title: str
    scope: str
    """What the page is about, as a sentence without its full stop."""
    counts: tuple[tuple[str, str], ...] = ()
    """Words and numbers for the head of the page."""
    notes: tuple[str, ...] = ()
    totals: bool = False
    """Whether the network counts what there is in place of showing it."""
    foreign: bool = False
    """Whether kinds and attributes are a query's own."""
    weighs: str = "investigation"
    """What ``weight`` counts, in words for one; empty where it is an attribute like others."""
    fictional: bool = False
    built: str = ""


def drawn(content: Content, *, title: str | None = None, limit: int = LIMIT) -> Drawn:
    """What the page of any content shows, up to ``limit`` items one by one.

    Raises :class:`~exports.exporter.ExportError` for a limit that cannot be drawn, and
    :class:`~exports.scope.ScopeError`.
    """
    if not 1 <= limit <= HARD_LIMIT:
        reason = f"a page draws 1 to {HARD_LIMIT:,} items"
        raise ExportError(f"limit {limit}", reason, "choose one of these")
    if isinstance(content, Selection):
        return _selected(content, title, limit)
    network = _within(content)
    notes: tuple[str, ...] = ()
    whole = network is not None and len(network.nodes) <= limit
    if network is None or not whole:
        notes = (_too_much("The answer", network, limit, _rows_that_fit(content, limit)),)
    shown = network if network is not None and whole else _by_kind(content)
    return Drawn(
        shown,
        title or sentence(content.title),
        sentence(content.title),
        _counts(shown) if whole else (),
        notes if shown.nodes else ("The query found nothing.",),
        totals=not whole,
        foreign=True,
        weighs=content.weighs,
        fictional=any(node.attributes.get("fictional") for node in shown.nodes),
    )


def _selected(content: Selection, title: str | None, limit: int) -> Drawn:
    kg, words = content.kg, sentence(content.title)
    decisions = content.decisions
    network = _within(content) if len(decisions) <= HARD_LIMIT else None
    notes: tuple[str, ...] = ()
    whole = network is not None and len(network.nodes) <= limit
    if network is None or not whole:
        what = f"The {counted('decision', len(decisions))} in scope"
        notes = (_too_much(what, network, limit, _days_that_fit(content, limit)),)
        network, left_out = _heaviest(_told_once(project(kg, content.scope, "summary")))
        notes += (_MAIN,)
        if left_out:
            notes += (left_out,)
    counts = network.kinds()
    counts["decision"] = len(decisions)
    scope = content.scope
    if scope.council:
        named = authority_label(kg, find_authority(kg, scope.council))
    else:
        named = "Decisions of the Ombudsman" if scope.everything else words
    return Drawn(
        network,
        title or named,
        words,
        _shown(counts),
        notes if decisions else ("The graph holds no decision in this scope.",),
        totals=not whole,
        fictional=any(node.attributes.get("fictional") for node in network.nodes)
        or _fictional(content),
        built=kg.manifest.built or "",
    )


def _within(content: Content) -> Network | None:
    """The content's network; None, found out early, when no page can draw it."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for portion in content.portions():
        nodes.update((node.id, node) for node in portion.nodes)
        edges += portion.edges
        if len(nodes) > HARD_LIMIT or len(edges) > MOST_ROWS:
            return None
    return Network.of(nodes.values(), edges)


def _too_much(what: str, network: Network | None, limit: int, fits: str) -> str:
    """Why the page shows totals, and what to do."""
    items = f"more than {HARD_LIMIT:,}" if network is None else f"{len(network.nodes):,}"
    advice = [fits] if fits else []
    if network is not None:
        advice.append(f"--limit {len(network.nodes)} draws them all the same.")
    return (
        f"This page shows totals. {what} {'have' if what.endswith('scope') else 'has'} {items} "
        f"items, and {limit:,} can be drawn so that they stay legible. {' '.join(advice)}"
    ).strip()


def _days_that_fit(content: Selection, limit: int) -> str:
    """Which first day leaves as many decisions as can be drawn one by one."""
    from exports.projector import Projector
    from exports.views import TRANSFORMS

    if content.view not in TRANSFORMS:
        return ""
    day_of = {iri: day for iri, _, day in content.kg.ledger.dated() if day}
    newest = sorted((day_of[iri], iri) for iri in content.decisions if iri in day_of)[::-1]
    projector, transform = Projector(content.kg), TRANSFORMS[content.view]
    nodes = set[str]()
    fitting: list[str] = []
    for day, iri in newest:
        nodes |= transform(projector.fragment(iri)).nodes.keys()
        if len(nodes) > limit:
            whole = [earlier for earlier in fitting if earlier > day]
            if not whole:
                break
            said = in_words(date.fromisoformat(whole[-1]))
            return (
                f"The {counted('decision', len(whole))} since {said} can be drawn one by one: "
                f"--since {whole[-1]}. Or narrow it by council, subject, fault or law."
            )
        fitting.append(day)
    return "To see each decision, narrow it by council, subject, fault, law or reference."


def _rows_that_fit(content: Content, limit: int) -> str:
    """How many rows of an answer can be drawn."""
    if not isinstance(content, Answered):
        return "Let the query ask for less."
    things = set[str]()
    rows = set[str]()
    for edge in (edge for portion in content.portions() for edge in portion.edges):
        things.add(edge.target)
        if len(rows | {edge.source}) + len(things) > limit:
            return f"Let the query ask for less: LIMIT {len(rows) or 1} fits."
        rows.add(edge.source)
    return f"Let the query ask for less: LIMIT {max(1, limit - len(things))} fits."


def _by_kind(content: Content) -> Network:
    """Kinds in place of their items: how many there are, and how often they are linked."""
    kind_of: dict[str, str] = {}
    counts = Counter[str]()
    for node in _nodes(content):
        if node.id not in kind_of:
            kind_of[node.id] = node.kind
            counts[node.kind] += 1
    links = Counter[tuple[str, str, str, str]]()
    for portion in content.portions():
        for edge in portion.edges:
            ends = kind_of[edge.source], kind_of[edge.target]
            links[ends[0], edge.kind, edge.label, ends[1]] += 1
    nodes = [Node(f"kind:{kind}", kind, _many(kind, n)) for kind, n in counts.items()]
    edges = [
        Edge(
            edge_id(f"kind:{source}", f"{kind} {words}", target),
            f"kind:{source}",
            f"kind:{target}",
            kind,
            words,
            {"weight": number},
        )
        for (source, kind, words, target), number in links.items()
    ]
    edges.sort(key=lambda edge: (-int(edge.attributes["weight"]), edge.id))
    return Network.of(nodes, edges[:MOST_ROWS])


def _nodes(content: Content) -> Iterator[Node]:
    for portion in content.portions():
        yield from portion.nodes


def _many(kind: str, number: int) -> str:
    return f"{number:,} of the kind {kind}" if kind not in PLURALS else counted(kind, number)


def _told_once(network: Network) -> Network:
    """The totals without the links from council to remedy that pass through a fault."""
    at_fault = {edge.source for edge in network.edges if edge.kind == "faultType"}
    return Network(
        network.nodes,
        tuple(e for e in network.edges if e.kind == "faultType" or e.source not in at_fault),
    )


def _heaviest(network: Network) -> tuple[Network, str]:
    """The links of most investigations, as many as a page may have, and what is left out."""
    ordered = sorted(network.edges, key=lambda e: (-int(e.attributes["weight"]), e.id))
    nodes = sorted(network.nodes, key=lambda n: (-int(n.attributes["decisions"]), n.id))
    kept = {node.id for node in nodes[:HARD_LIMIT]}
    inside = [edge for edge in ordered if {edge.source, edge.target} <= kept][:MOST_ROWS]
    shown = Network.of((node for node in nodes if node.id in kept), inside)
    items, links = len(network.nodes) - len(kept), len(network.edges) - len(inside)
    if not items + links:
        return shown, ""
    return shown, f"Left out are {items:,} items and {links:,} links, those that occur least."


def _counts(network: Network) -> tuple[tuple[str, str], ...]:
    most = sorted(network.kinds().items(), key=lambda pair: (-pair[1], pair[0]))[:4]
    return tuple((PLURALS.get(kind, kind) if n != 1 else kind, f"{n:,}") for kind, n in most)


def _shown(kinds: Counter[str]) -> tuple[tuple[str, str], ...]:
    """What a reader asks first of decisions, as far as it is there."""
    first = ("decision", "finding", "injustice", "remedy")
    if not any(kinds[kind] for kind in first[1:]):
        first = ("decision", "council", "fault type", "remedy type")
    return tuple(
        (kind if kinds[kind] == 1 else PLURALS[kind], f"{kinds[kind]:,}")
        for kind in first
        if kinds[kind]
    )


def _fictional(content: Selection) -> bool:
    """Whether any council of the scope is invented."""
    wanted = " ".join(f"<{decision}>" for decision in content.decisions[:HARD_LIMIT])
    return bool(
        content.kg.query(
            f"ASK {{ VALUES ?decision {{ {wanted} }} ?complaint fl:decidedBy ?decision ; "
            "fl:against/fl:fictional true }"
        )
    )
