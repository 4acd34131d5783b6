"""The query behind a view: SPARQL that gives the numbers and the list that a page shows.

Pages count from the casebook (:mod:`exports.serve.counts.casebook`), which takes microseconds.
These queries ask the statements themselves, so that a reader can check a number, change
the question and ask on. The same rules hold: a joint investigation counts once, and given a
council, a fault, an injustice or a remedy must be that council's own, or nobody's where
the decision does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exports.serve.counts.casebook import Filters
from exports.serve.counts.dimensions import DIMENSIONS, node_of
from graph.facts import PROMISED
from graph.triples.ntriples import literal
from ontology import iri as mint

_PROMISED = ", ".join(f"remedystatus:{status}" for status in PROMISED)
_INVESTIGATION = """\
  OPTIONAL { GRAPH graph:investigations { ?complaint fl:investigatedIn ?joint } }
  BIND (COALESCE(?joint, ?complaint) AS ?investigation)"""
_DIRECT = {
    "guidance": "?decision fl:citesGuidance {key} .",
    "outcome": "?decision fl:outcome {key} .",
    "disposition": "?decision fl:disposition {key} .",
    "reason": "?decision fl:hasReason/fl:reasonType {key} .",
    "body": "?decision fl:hasInvolvement/fl:body {key} .",
    "category": "?complaint fl:category|fl:subcategory {key} .",
    # what lies within a section or an Act counts for it
    "provision": "?decision fl:citesAsSubstantive/eli:is_part_of* {key} .",
}

_OF_DAY = {
    "year": "SUBSTR(STR({day}), 1, 4)",
    "quarter": 'CONCAT(SUBSTR(STR({day}), 1, 4), "-Q", '
    "STR(xsd:integer(CEIL(xsd:integer(SUBSTR(STR({day}), 6, 2)) / 3))))",
}
"""What the key of a dimension of time is of a day."""


def numbers_query(filters: Filters) -> str:
    """How many decisions and investigations fulfil the filters: one row."""
    return (
        "SELECT (COUNT(DISTINCT ?decision) AS ?decisions)\n"
        "       (COUNT(DISTINCT ?investigation) AS ?investigations)\n"
        f"WHERE {{\n{_selected(filters)}\n{_INVESTIGATION}\n}}\n"
    )


def list_query(filters: Filters) -> str:
    """The decisions that fulfil the filters, the newest first."""
    return (
        "SELECT DISTINCT ?decision ?date\n"
        f"WHERE {{\n{_selected(filters, ['OPTIONAL { ?decision fl:date ?date }'])}\n}}\n"
        "ORDER BY DESC(?date) ?decision\n"
    )


def count_query(filters: Filters, dimension: str, *, council: str | None = None) -> str:
    """Investigations by key of a dimension among the decisions that fulfil the filters.

    Of one council's own when it is given; a filter for a council gives it.
    """
    council = council or dict(filters).get("council")
    inside = _holds(
        dimension, f"?{dimension}", f"<{node_of('council', council)}>" if council else ""
    )
    # counted by council, a fault must be that of each council
    own = "?council" if dimension == "council" else None
    return (
        f"SELECT ?{dimension} (COUNT(DISTINCT ?investigation) AS ?investigations)\n"
        f"WHERE {{\n{_selected(filters, inside, own)}\n{_INVESTIGATION}\n}}\n"
        f"GROUP BY ?{dimension}\nORDER BY DESC(?investigations) ?{dimension}\n"
    )


def heat_query(filters: Filters, dimension: str) -> str:
    """Investigations by council and key of a dimension, among the decisions of the filters."""
    inside = [*_holds("council", "?council", ""), *_holds(dimension, f"?{dimension}", "?council")]
    return (
        f"SELECT ?council ?{dimension} (COUNT(DISTINCT ?investigation) AS ?investigations)\n"
        f"WHERE {{\n{_selected(filters, inside)}\n{_INVESTIGATION}\n}}\n"
        f"GROUP BY ?council ?{dimension}\nORDER BY DESC(?investigations) ?council ?{dimension}\n"
    )


def links_query(filters: Filters, end: str) -> str:
    """Investigations by fault and by an injustice it caused, or a remedy that answers either."""
    council = dict(filters).get("council")
    inside = ["?decision fl:hasFinding ?finding .", "?finding fl:faultType ?fault ."]
    if end == "injustice":
        inside.append("?finding fl:causedInjustice/fl:injusticeType ?injustice .")
    else:
        inside += [
            "{ ?promise fl:remedies ?finding }",
            "UNION { ?finding fl:causedInjustice ?harm . ?promise fl:remedies ?harm }",
            "?promise fl:remedyType ?remedy ; fl:status ?status .",
            f"FILTER (?status IN ({_PROMISED}))",
        ]
    if council:
        mine = f"?finding fl:faultBy <{node_of('council', council)}>"
        inside.append(f"FILTER (EXISTS {{ {mine} }} || NOT EXISTS {{ ?finding fl:faultBy ?by }})")
    return (
        f"SELECT ?fault ?{end} (COUNT(DISTINCT ?investigation) AS ?investigations)\n"
        f"WHERE {{\n{_selected(filters, inside)}\n{_INVESTIGATION}\n}}\n"
        f"GROUP BY ?fault ?{end}\nORDER BY DESC(?investigations) ?fault ?{end}\n"
    )


def statements_query(filters: Filters) -> str:
    """All statements about the decisions that fulfil the filters."""
    return (
        "CONSTRUCT { ?subject ?property ?value }\n"
        f"WHERE {{\n{_selected(filters)}\n"
        "  GRAPH ?document { ?subject ?property ?value }\n}\n"
    )


def without(filters: Mapping[str, str], dimension: str) -> Filters:
    """The filters but the one of a dimension, whose counts show what another would leave."""
    return tuple(sorted(pair for pair in filters.items() if pair[0] != dimension))


def listed_query(decisions: Iterable[str]) -> str:
    """Decisions by their IRIs: what a search found, whose words no statement holds."""
    listed = "\n    ".join(f"<{node}>" for node in decisions)
    return (
        "SELECT ?decision ?date ?summary\nWHERE {\n"
        f"  VALUES ?decision {{\n    {listed}\n  }}\n"
        "  OPTIONAL { ?decision fl:date ?date }\n"
        "  OPTIONAL { ?decision fl:summary ?summary }\n}\n"
    )


def _selected(filters: Filters, inside: Iterable[str] = (), own: str | None = None) -> str:
    """The patterns that choose decisions, each within its own named graph.

    ``own`` is whose a fault, an injustice or a remedy must be, unless a filter says it.
    """
    council = dict(filters).get("council")
    own = f"<{node_of('council', council)}>" if council else own or ""
    lines = ["?complaint fl:decidedBy ?decision ."]
    for number, (dimension, key) in enumerate(filters, 1):
        lines += _holds(dimension, _term(dimension, key), own, f"{number}")
    lines += inside
    return "\n".join(("  GRAPH ?document {", *(f"    {line}" for line in lines), "  }"))


def _term(dimension: str, key: str) -> str:
    if dimension in _OF_DAY:
        return literal(key)
    scheme = DIMENSIONS[dimension].scheme
    iri = mint.concept(scheme, key) if scheme else node_of(dimension, key)
    return f"<{iri}>"


def _holds(dimension: str, key: str, council: str, number: str = "") -> list[str]:
    """The patterns by which a decision has a key; ``council`` restricts to its own.

    ``key`` and ``council`` are terms or variables; ``number`` keeps the variables of several
    conditions apart.
    """
    if dimension in _DIRECT:
        return [_DIRECT[dimension].format(key=key)]
    if dimension == "council":
        # a body that the decision leaves unnamed is nobody that could be counted
        named = "FILTER (!STRSTARTS(STR(?council), STR(?decision)))"
        return [f"?complaint fl:against {key} .", *([named] if key.startswith("?") else [])]
    if dimension in _OF_DAY:
        day = f"?day{number}"
        found = _OF_DAY[dimension].format(day=day)
        last = f"BIND ({found} AS {key})" if key.startswith("?") else f"FILTER ({found} = {key})"
        return [f"?decision fl:date {day} .", last]
    return _owned(dimension, key, council, number)


def _owned(dimension: str, key: str, council: str, number: str) -> list[str]:
    """A fault, an injustice or a remedy, by whom it is somebody's."""
    thing, by = f"?{dimension}Entry{number}", f"?by{dimension.capitalize()}{number}"
    if dimension == "fault":
        lines = [f"?decision fl:hasFinding {thing} .", f"{thing} fl:faultType {key} ."]
        owner = f"{thing} fl:faultBy {{}}"
    elif dimension == "remedy":
        status = f"?status{number}"
        lines = [
            f"?decision fl:hasRemedy {thing} .",
            f"{thing} fl:remedyType {key} ; fl:status {status} .",
            f"FILTER ({status} IN ({_PROMISED}))",
        ]
        owner = f"{thing} fl:owedBy {{}}"
    elif dimension == "injustice":
        finding = f"?finding{number}"
        lines = [f"?decision fl:hasInjustice {thing} .", f"{thing} fl:injusticeType {key} ."]
        # an injustice is of the body whose fault caused it
        owner = f"{finding} fl:causedInjustice {thing} ; fl:faultType [] ; fl:faultBy {{}}"
    else:
        raise KeyError(dimension)
    if council:
        mine, anyones = owner.format(council), owner.format(by)
        lines.append(f"FILTER (EXISTS {{ {mine} }} || NOT EXISTS {{ {anyones} }})")
    return lines
