"""The page that sets councils side by side: ``/compare?council=E08000025&council=E08000035``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.serve.counts.casebook import Chosen, Filters, authority_key
from exports.serve.counts.comparison import COUNTED, Cell, Comparison, Standing
from exports.serve.counts.figures import Count
from exports.serve.counts.peers import WITHIN, peers_of
from exports.serve.files.counted import Cell as Given
from exports.serve.files.counted import Keyed, rows_as
from exports.serve.files.formats import format_of
from exports.serve.site import Site, filters_of
from graph.errors import QueryError
from graph.questions.council_name import find_council
from ontology.councils import councils

MOST = 6
"""Councils side by side."""
ROWS = 10
"""Rows of a table before it is asked for all."""
NARROWED = ("category", "year")
"""What a comparison can be narrowed by; narrowed by outcome, a rate would say nothing."""
COLUMNS = (
    *("table", "key", "label", "council_key", "council", "number", "out_of", "rate"),
    *("peers", "peers_members", "peers_number", "peers_out_of", "peers_rate"),
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that do not name one council with decisions here."""

    words: str
    nearest: Sequence[Count]


class Address:
    """The addresses of this page with other councils or other choices."""

    def __init__(self, members: Sequence[str], given: dict[str, str]) -> None:
        self._members = tuple(members)
        self._given = given

    def to(self, **changes: str | None) -> str:
        """This page with a choice changed; None takes it back."""
        return self._made(self._members, {**self._given, **changes})

    def having(self, key: str) -> str:
        """This page with one more council."""
        return self._made((*self._members, key), self._given)

    def without(self, key: str) -> str:
        """This page with a council less."""
        return self._made([member for member in self._members if member != key], self._given)

    def kept(self) -> list[tuple[str, str]]:
        """Name and value of what a form has to pass on."""
        chosen = sorted((name, value) for name, value in self._given.items() if value)
        return [*(("council", member) for member in self._members), *chosen]

    @staticmethod
    def _made(members: Sequence[str], given: dict[str, Any]) -> str:
        chosen = sorted((name, value) for name, value in given.items() if value is not None)
        pairs = [*(("council", member) for member in members), *chosen]
        return "/compare" + ("?" + urlencode(pairs) if pairs else "")


def compare(site: Site, request: Request) -> Response:
    """Councils side by side and beside their peers."""
    within = request.query_params.get("peers", WITHIN[0])
    if within not in WITHIN:
        raise HTTPException(400, f"Peers can be councils of one: {', '.join(WITHIN)}.")
    filters = tuple(pair for pair in filters_of(request) if pair[0] in NARROWED)
    asked = [value for value in request.query_params.getlist("council") if value.strip()]
    members, unclear = chosen(site, asked)
    given = {name: request.query_params.get(name) for name in (*NARROWED, "peers", "rows")}
    address = Address(members[:MOST], {name: value for name, value in given.items() if value})
    if members != asked and not unclear and len(members) <= MOST:
        # typed names become keys, so that the address can be sent on
        format = request.query_params.get("format")
        return RedirectResponse(address.to(format=format), 302)
    found = comparison(site, members[:MOST], within, filters)
    format = format_of(request)
    if format:
        return rows_as(site.kg, format, COLUMNS, _flat(site, found), "councils-compared")
    return site.page(
        request,
        "compare.html",
        found=found,
        address_of=address,
        unclear=unclear,
        left_out=members[MOST:],
        names=_offered(site),
        within=within,
        filters=dict(filters),
        facets=_facets(site, members[:MOST], filters),
        counted=COUNTED,
        most=None if request.query_params.get("rows") == "all" else ROWS,
        columns=_columns(found),
        paid=[*found.standings, *(found.among[place] for place in _columns(found))],
        scale=_scale,
    )


def comparison(site: Site, members: Sequence[str], within: str, filters: Filters) -> Comparison:
    """The figures of some councils and of their peers."""
    book = site.figures.book
    groups = [peers_of(book, member, within) for member in members]
    return site.comparisons.compare(members, groups, filters)


def chosen(site: Site, asked: Sequence[str]) -> tuple[list[str], list[Unclear]]:
    """Keys of the councils that an address or a form names, and what names none."""
    members: list[str] = []
    unclear = []
    present = set(site.figures.book.keys("council"))
    for words in asked:
        key = words if words in present else _key(site, words)
        if key not in present:
            near = site.figures.authorities_named(words[:200])
            key = near[0].key if len(near) == 1 else None
            if key is None:
                unclear.append(Unclear(words[:200], near[:8]))
        if key is not None and key not in members:
            members.append(key)
    return members, unclear


def _facets(site: Site, members: Sequence[str], filters: Filters) -> list[tuple[str, list[Count]]]:
    """What choosing a subject or a year would leave of the decisions on these councils."""
    book = site.figures.book
    places = 0
    for member in members:
        places |= book.chosen((("council", member),)).bits
    return site.figures.facets(filters, NARROWED, Chosen(book, places))


def _key(site: Site, words: str) -> str | None:
    try:
        return authority_key(find_council(words, site.figures.names.authorities))
    except QueryError:
        return None


def _offered(site: Site) -> list[str]:
    """Names of the councils that can be added: those in the register with a decision."""
    present = set(site.figures.book.keys("council"))
    return sorted(council.name for key, council in councils().items() if key in present)


def _columns(found: Comparison) -> list[int]:
    """For each peer group, the place of the first council that it belongs to."""
    groups = [group for group in found.groups if group is not None]
    return sorted({found.groups.index(group) for group in groups})


def _scale(rows: Sequence[Any]) -> float:
    """The highest rate of some rows, which their bars are drawn against."""
    cells = [cell for row in rows for cell in (*row.cells, *row.peers) if cell and not cell.few]
    return max((cell.rate or 0.0 for cell in cells), default=1.0) or 1.0


def flat(site: Site, found: Comparison) -> Iterator[dict[str, object]]:
    """A comparison as rows: for each figure and council one, by :data:`COLUMNS`."""
    for row in _flat(site, found):
        values = (cell.key if isinstance(cell, Keyed) else cell for cell in row)
        yield dict(zip(COLUMNS, values, strict=True))


def _flat(site: Site, found: Comparison) -> Iterator[tuple[Given, ...]]:
    label = site.figures.names.label
    for table, rows in found.tables.items():
        for row in rows:
            for place, (cell, peers) in enumerate(zip(row.cells, row.peers, strict=True)):
                key = row.key if row.dimension == table else f"{row.dimension}-{row.key}"
                member = found.councils[place]
                start = (table, key, row.label, Keyed("council", member), label("council", member))
                yield (*start, *_rated(cell), *_group(found, place), *_rated(peers))
    for place, own in enumerate(found.standings):
        member = found.councils[place]
        among = _amounts(found.among[place])
        for (key, words, value), (_, _, other) in zip(_amounts(own), among, strict=True):
            start = ("payments", key, words, Keyed("council", member), label("council", member))
            rest = (value, own.decided, None, *_group(found, place))
            group = found.among[place]
            yield (*start, *rest, other, group.decided if group else None, None)


def _group(found: Comparison, place: int) -> tuple[Given, Given]:
    group = found.groups[place]
    return (group.words, len(group.members)) if group else (None, None)


def _rated(cell: Cell | None) -> tuple[Given, ...]:
    if cell is None:
        return (None, None, None)
    return (cell.number, cell.decided, None if cell.rate is None else round(cell.rate, 4))


def _amounts(standing: Standing | None) -> list[tuple[str, str, Given]]:
    """Key, words and value of each figure on payments, sums in pounds."""
    sums = standing.payments if standing else None
    return [
        ("number", "Payments promised", sums.number if sums else None),
        ("total", "Sum of payments (pounds)", _pounds(sums.total if sums else None)),
        ("median", "Middle payment (pounds)", _pounds(sums.median if sums else None)),
        ("highest", "Highest payment (pounds)", _pounds(sums.highest if sums else None)),
    ]


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100
