"""The page where a reader follows links step by step: ``/explore?start=council/X08000001``.

Every state is an address, so that the browser's Back undoes a step and a view can be sent
on. The table says what is drawn, with the words of decisions; the drawing is the sealed
page (:mod:`exports.page`) in a frame, where there is JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.network import Edge, Network, Node, Passage, edge_id
from exports.page import page_of as sealed_page
from exports.serve.counts.casebook import decision_iri, decision_path
from exports.serve.counts.dimensions import address as page_address
from exports.serve.counts.figures import Count
from exports.serve.explore.ego import (
    ALL,
    LINKS,
    MOST_NEW,
    SAYS,
    Ego,
    Explorer,
    Link,
    Step,
    Thing,
    together,
)
from exports.serve.explore.proof import Proofs
from exports.serve.files.counted import Cell, Keyed, node, rows_as
from exports.serve.files.downloads import exported
from exports.serve.files.formats import format_of
from exports.serve.files.networked import Networked
from exports.serve.paging import page_number, paged
from exports.serve.security import FRAMED
from exports.serve.site import Site
from ontology.model import Evidence
from ontology.register import fold

QUOTES = 2
"""Passages of a link that the table shows."""


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says."""

    start: Thing
    steps: tuple[Step, ...]
    at: Thing | None
    """The thing whose links are offered; None for all decisions shown."""
    open: str | None = None
    """The kind of link whose things are listed to choose from."""

    @classmethod
    def of(cls, request: Request) -> State | None:
        """The state of an address; None without a start.

        Raises an HTTP error 400 for a part that cannot be read.
        """
        query = request.query_params
        if not query.get("start"):
            return None
        start = _thing(query["start"])
        steps = []
        for given in query.getlist("add"):
            step = Step.of(given)
            if step is None:
                raise HTTPException(400, f"A step of this address cannot be read: {given!r}.")
            steps.append(step)
        at = query.get("at") or query["start"]
        open_ = query.get("open")
        if open_ and open_ not in LINKS:
            raise HTTPException(400, f"There is no kind of link {open_!r}.")
        return cls(start, tuple(steps), None if at == ALL else _thing(at), open_ or None)

    def to(
        self,
        *,
        steps: Sequence[Step] | None = None,
        at: Thing | str | None = None,
        open: str | None = None,
        path: str = "/explore",
        **more: str | int,
    ) -> str:
        """The address of another state; without ``open`` the list is closed."""
        steps = self.steps if steps is None else steps
        where = at if at is not None else (self.at or ALL)
        said = where if isinstance(where, str) else where.address
        pairs = [("start", self.start.address), *(("add", step.address) for step in steps)]
        if said != self.start.address:
            pairs.append(("at", said))
        pairs += [("open", open)] if open else []
        pairs += [(name, str(value)) for name, value in more.items()]
        return f"{path}?{urlencode(pairs)}"

    def add(self, link: str) -> str:
        """The address after the first things of a kind of link were added."""
        return self.to(steps=(*self.steps, Step(self.at, link)), at=self.at or ALL)

    def without(self, number: int) -> str:
        """The address without one step, by its place from 0."""
        return self.to(steps=(*self.steps[:number], *self.steps[number + 1 :]), at=self.start)


def _thing(address: str) -> Thing:
    thing = Thing.of(address)
    if thing is None:
        raise HTTPException(400, f"Nothing can be shown at {address!r}.")
    return thing


@dataclass(frozen=True, slots=True)
class Row:
    """A link as the table shows it."""

    source: Thing
    words: str
    target: Thing
    number: int | None
    """Investigations that it stands for, None for a link of one decision."""
    decision: str | None
    """The decision that the passages stand in."""
    cited: Sequence[Evidence]
    """All passages that say what the link says."""

    @property
    def passages(self) -> Sequence[Evidence]:
        """The passages that are shown."""
        return self.cited[:QUOTES]

    @property
    def more(self) -> int:
        """How many passages are not shown."""
        return len(self.cited) - len(self.passages)

    @property
    def list(self) -> str | None:
        """The decisions that it stands for."""
        if self.number is None:
            return None
        return "/decisions?" + urlencode(together(self.source, self.target))


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing to choose."""

    count: Count
    label: str
    value: str
    """The step that adds it."""
    shown: bool
    """Whether it is there already."""


def explore(site: Site, request: Request) -> Response:
    """One state, or the page to start from."""
    state = State.of(request)
    if state is None:
        return _beginning(site, request)
    explorer, ego = _grown(site, state)
    if state.at and state.at not in ego.things:
        raise HTTPException(404, f"{state.at.address!r} is not among what is shown.")
    proofs = Proofs(site.kg, site.figures)
    links = _ordered(ego)
    if format := format_of(request):
        return _download(site, format, explorer, ego)
    rows = paged(links, page_number(request, "row"))
    find = request.query_params.get("find", "")
    choices = _choices(explorer, ego, state, find)
    sizes = [] if state.at is None else list(explorer.sizes(state.at))
    if state.at is None:
        sizes = [(link, n) for link in LINKS if (n := len(explorer.counts(None, link, ego)))]
    return site.page(
        request,
        "explore.html",
        state=state,
        ego=ego,
        explorer=explorer,
        words=LINKS,
        sizes=sizes,
        choices=None if choices is None else paged(choices, page_number(request)),
        choice=lambda count: _choice(explorer, ego, state, count),
        find=find,
        rows=rows,
        told=[_row(explorer, proofs, link) for link in rows.items],
        most=MOST_NEW,
        everything=ALL,
        page_of_thing=page_of_thing,
        there=_There(state),
        listed=_There(state, {"find": find}),
    )


@dataclass(frozen=True, slots=True)
class _There:
    """Addresses of downloads and further pages of a state."""

    state: State
    kept: Mapping[str, Any] = field(default_factory=dict)

    def to(self, **changes: Any) -> str:
        return self.state.to(open=self.state.open, **changes, **self.kept)


def drawing(site: Site, request: Request) -> Response:
    """A state drawn: the sealed page, which stands alone too."""
    state = State.of(request)
    if state is None:
        raise HTTPException(400, "The address does not say where to start.")
    explorer, ego = _grown(site, state)
    content = Networked(
        f"what {explorer.label(state.start)} leads to",
        _network(site, explorer, ego),
        weighs="investigation",
    )
    html = sealed_page(content, title=explorer.label(state.start))
    return HTMLResponse(html, headers=FRAMED)


def page_of_thing(thing: Thing) -> str | None:
    """The page of a thing."""
    if thing.kind == "decision":
        return f"/decision/{thing.key}"
    return page_address(thing.kind, thing.key)


def _grown(site: Site, state: State) -> tuple[Explorer, Ego]:
    explorer = Explorer(site.figures)
    if not explorer.known(state.start):
        raise HTTPException(404, f"No decision here has {state.start.address!r}.")
    return explorer, explorer.grow(state.start, state.steps)


def _ordered(ego: Ego) -> list[Link]:
    """The links in the order in which their ends came."""
    place = {thing: number for number, thing in enumerate(ego.things)}
    return sorted(ego.links, key=lambda link: (place[link.source], place[link.target]))


def _choices(explorer: Explorer, ego: Ego, state: State, find: str) -> list[Count] | None:
    if state.open is None:
        return None
    counts = explorer.counts(state.at, state.open, ego)
    wanted = fold(find).split()
    if not wanted:
        return counts
    if state.open == "decision":
        reference = " ".join(wanted)
        return [c for c in counts if reference in fold(c.key.replace("-", " "))]
    return [c for c in counts if all(w in fold(c.label) for w in wanted)]


def _choice(explorer: Explorer, ego: Ego, state: State, count: Count) -> Choice:
    thing = Thing(state.open or "", count.key)
    step = Step(state.at, thing.kind, thing.key)
    return Choice(count, explorer.label(thing), step.address, thing in ego.things)


def _row(explorer: Explorer, proofs: Proofs, link: Link) -> Row:
    decision, found = proofs.of(link)
    number = None
    if link.source.kind != "decision":
        number = explorer.figures.select(together(link.source, link.target)).investigations
    return Row(link.source, SAYS[link.target.kind], link.target, number, decision, found)


def _network(site: Site, explorer: Explorer, ego: Ego) -> Network:
    proofs = Proofs(site.kg, site.figures)
    nodes = {thing: _node(explorer, thing) for thing in ego.things}
    edges = []
    for link in ego.links:
        row = _row(explorer, proofs, link)
        source, target = nodes[link.source].id, nodes[link.target].id
        decision = decision_iri(row.decision) if row.decision else ""
        cited = tuple(Passage(p.quote, p.paragraph, p.rule, p.start, decision) for p in row.cited)
        attributes: Mapping[str, int] = {} if row.number is None else {"weight": row.number}
        kind = link.target.kind
        id = edge_id(source, kind, target)
        edges.append(Edge(id, source, target, kind, row.words, attributes, cited))
    return Network.of(nodes.values(), edges)


def _node(explorer: Explorer, thing: Thing) -> Node:
    if thing.kind != "decision":
        return node(thing.kind, thing.key, explorer.label(thing))
    case = explorer.case(thing.key)
    given = {"reference": case.reference, "date": case.date} if case else {}
    attributes = {name: value for name, value in given.items() if value}
    label = explorer.label(thing)
    return Node(decision_iri(thing.key), "decision", label, attributes)


_COLUMNS = ("from_kind", "from", "link", "to_kind", "to", "investigations", "decision", "quote")
_STATED = ("from", "from_label", "link", "to", "to_label", "investigations", "decision", "quote")


def _download(site: Site, format: str, explorer: Explorer, ego: Ego) -> Response:
    if format == "graphml":
        content = Networked("links followed step by step", _network(site, explorer, ego))
        return exported(content, format, "explored")
    proofs = Proofs(site.kg, site.figures)
    # a graph needs the things themselves, a table the words for them
    graph = format == "ttl"
    columns = _STATED if graph else _COLUMNS
    rows: list[tuple[Cell, ...]] = []
    for link in _ordered(ego):
        row = _row(explorer, proofs, link)
        ends = [_cells(explorer, thing, graph) for thing in (row.source, row.target)]
        decision = decision_iri(row.decision) if row.decision else None
        quote = row.passages[0].quote if row.passages else None
        rows.append((*ends[0], row.words, *ends[1], row.number, decision, quote))
    return rows_as(site.kg, format, columns, rows, "explored")


def _cells(explorer: Explorer, thing: Thing, graph: bool) -> tuple[Cell, Cell]:
    if not graph:
        return thing.kind, explorer.label(thing)
    named = thing.kind == "decision"
    node = decision_iri(thing.key) if named else Keyed(thing.kind, thing.key)
    return node, explorer.label(thing)


def _beginning(site: Site, request: Request) -> Response:
    """Where to start: what words name, or the councils of most decisions."""
    words = request.query_params.get("q", "").strip()[:200]
    found: list[tuple[Thing, str, int]] = []
    if words:
        found += [
            (Thing("decision", decision_path(entry.iri)), entry.reference or "", 1)
            for entry in site.kg.decisions(words)
        ]
        found += [
            (Thing("council", count.key), count.label, count.number)
            for count in site.figures.authorities_named(words)[:30]
        ]
        found += [
            (Thing(kind, count.key), count.label, count.number)
            for kind, count in site.figures.topics_named(words)[:30]
            if kind in LINKS
        ]
    else:
        counts = site.figures.count(site.figures.book.all, "council")[:12]
        found = [(Thing("council", count.key), count.label, count.number) for count in counts]
    return site.page(
        request,
        "explore_start.html",
        words=words,
        found=found,
        kinds=Explorer(site.figures).kinds,
    )
