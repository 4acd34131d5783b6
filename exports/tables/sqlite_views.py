"""Views of the SQLite database: what belongs together, side by side.

``link_named`` and ``passage_named`` are there for all nodes and edges. The others speak of
decisions, and are there where the content has the tables and columns they read: findings and
remedies are nodes in the views ``full`` and ``chain``, edges in the view ``decisions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exports.content import Schema
from exports.tables.tabulation import Tabulation
from graph.facts import FAULTS, PROMISED


@dataclass(frozen=True, slots=True)
class View:
    """The name of a view and what a row of it is."""

    name: str
    about: str


def views(tabulation: Tabulation) -> Iterator[tuple[View, str]]:
    """The views that the tables allow, each with its CREATE VIEW, in an order that works."""
    names = {table.name for table in tabulation.tables}
    if "link" not in names:
        return
    yield from _made(_LINK_NAMED, _link_named(tabulation))
    dated = _has(tabulation, "decision", "date", "outcome", "reference")
    yield from _made(_PASSAGE_NAMED, _passage_named(dated=dated))
    if not (dated and "council" in names):
        return
    yield from _made(_DECISION_COUNCIL, _DECISION_COUNCIL_SQL)
    if _of_edges(tabulation.content.schema):
        findings, remedies = _FINDING_EDGES, _REMEDY_EDGES
    elif _has(tabulation, "finding", *_FINDING) and _has(tabulation, "remedy", *_REMEDY):
        findings, remedies = _nodes("finding", "faultBy"), _nodes("remedy", "owedBy")
    else:
        return
    told = {"finding": _listed("item", _FINDING), "remedy": _listed("item", _REMEDY)}
    yield from _made(_COUNCIL_FINDING, _beside(findings, "finding", "fault", told["finding"]))
    yield from _made(_COUNCIL_REMEDY, _beside(remedies, "remedy", "action", told["remedy"]))
    if _has(tabulation, "council", "council_type", "region"):
        yield from _made(_COUNCIL_TOTAL, _COUNCIL_TOTAL_SQL)


_FINDING = ("status", "type", "part")
_REMEDY = ("status", "type", "payment", "amount", "per", "due_date", "due_text", "recipient")

_LINK_NAMED = View("link_named", "Each link with the names and kinds of both ends.")
_PASSAGE_NAMED = View("passage_named", "Each passage beside the name of what it is evidence of.")
_DECISION_COUNCIL = View(
    "decision_council",
    "Each decision with each council or other authority that its complaint is against.",
)
_COUNCIL_FINDING = View(
    "council_finding",
    "Each finding with its decision, the authority at fault (or each that the complaint is "
    "against, where the finding names none), and the words it was read from.",
)
_COUNCIL_REMEDY = View(
    "council_remedy",
    "Each remedy with its decision, the authority that owes it (or each that the complaint is "
    "against, where none is named), sum, due date, and the words it was read from.",
)
_COUNCIL_TOTAL = View(
    "council_total",
    "Each council with how many decisions are about it, how many findings say that it was at "
    "fault, how many remedies were agreed or recommended, and what their payments come to in "
    "pounds. Decisions of one joint investigation are counted each.",
)


def _made(view: View, select: str) -> Iterator[tuple[View, str]]:
    yield view, f"CREATE VIEW {view.name} AS\n{select.strip()}"


def _has(tabulation: Tabulation, table: str, *columns: str) -> bool:
    """Whether there is a table of that name with those columns."""
    found = next((one for one in tabulation.tables if one.name == table), None)
    return found is not None and set(columns) <= {column.name for column in found.columns}


def _of_edges(schema: Schema) -> bool:
    """Whether findings and remedies are edges."""
    return all(
        set(told) <= set(schema.edges.get(kind, ()))
        for kind, told in (("faultType", _FINDING), ("remedyType", _REMEDY))
    )


def _link_named(tabulation: Tabulation) -> str:
    (link,) = (table for table in tabulation.tables if table.name == "link")
    more = _listed("link", [column.name for column in link.columns[5:]])
    return f"""
SELECT link.id, link.kind, link.source, source.kind AS source_kind, source.label AS source_label,
  link.label, link.target, target.kind AS target_kind, target.label AS target_label{more}
FROM link
JOIN node AS source ON source.id = link.source
JOIN node AS target ON target.id = link.target"""


def _passage_named(*, dated: bool) -> str:
    told = ", decision.reference, decision.date" if dated else ""
    joined = "LEFT JOIN decision ON decision.id = passage.decision" if dated else ""
    return f"""
SELECT passage.id, coalesce(node.kind, link.kind) AS kind,
  coalesce(node.label, link.label) AS label,
  target.label AS target_label, passage.quote, passage.paragraph, passage.rule{told},
  passage.node, passage.link, passage.decision
FROM passage
LEFT JOIN node ON node.id = passage.node
LEFT JOIN link ON link.id = passage.link
LEFT JOIN node AS target ON target.id = link.target
{joined}"""


_DECISION_COUNCIL_SQL = """
SELECT decision.id AS decision, decision.reference, decision.date, decision.outcome,
  council.id AS council_id, council.label AS council, council.kind AS council_kind
FROM (
  SELECT decided.target AS decision, against.target AS council
  FROM link AS decided
  JOIN link AS against ON against.source = decided.source AND against.kind = 'against'
  WHERE decided.kind = 'decidedBy'
  UNION
  SELECT source, target FROM link WHERE kind = 'against'
) AS pair
JOIN decision ON decision.id = pair.decision
JOIN node AS council ON council.id = pair.council"""


def _listed(table: str, columns: Iterable[str]) -> str:
    return "".join(f', {table}."{column}"' for column in columns)


def _among(statuses: Iterable[str]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


def _nodes(kind: str, of: str) -> str:
    """Findings or remedies that are nodes; ``of`` is the edge to the authority."""
    return f"""
SELECT item.*, node.decision AS decision, node.id AS node, NULL AS link,
  authority.target AS authority
FROM {kind} AS item
JOIN node ON node.id = item.id
LEFT JOIN link AS authority ON authority.source = item.id AND authority.kind = '{of}'"""


def _edges(*kinds: str) -> str:
    """Findings or remedies that are edges from the decision to what they are labelled with."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    told = _listed("link", dict.fromkeys((*_FINDING, *_REMEDY)))
    return f"""
SELECT link.id, target.label{told}, link.source AS decision, NULL AS node, link.id AS link,
  NULL AS authority
FROM link
JOIN node AS target ON target.id = link.target
WHERE link.kind IN ({listed})"""


_FINDING_EDGES = _edges("faultType", "hasFinding")
_REMEDY_EDGES = _edges("remedyType")


def _beside(items: str, kind: str, label: str, told: str) -> str:
    """Findings or remedies beside their decision, their authority and their first passage."""
    return f"""
SELECT item.id AS {kind}, item.label AS {label}{told},
  coalesce(item.authority, pair.council_id) AS council_id, council.label AS council,
  decision.id AS decision, decision.reference, decision.date, decision.outcome,
  passage.quote, passage.paragraph
FROM ({items}
) AS item
LEFT JOIN decision ON decision.id = item.decision
LEFT JOIN decision_council AS pair ON pair.decision = item.decision AND item.authority IS NULL
LEFT JOIN node AS council ON council.id = coalesce(item.authority, pair.council_id)
LEFT JOIN passage ON passage.id = coalesce(
  (SELECT min(id) FROM passage WHERE node = item.node),
  (SELECT min(id) FROM passage WHERE link = item.link))"""


_COUNCIL_TOTAL_SQL = f"""
WITH about AS (
  SELECT council_id, count(DISTINCT decision) AS decisions FROM decision_council GROUP BY 1
), fault AS (
  SELECT council_id, count(DISTINCT finding) AS findings_of_fault FROM council_finding
  WHERE status IN ({_among(FAULTS)}) GROUP BY 1
), promise AS (
  SELECT council_id, count(DISTINCT remedy) AS remedies_promised, sum(payment) AS payments
  FROM council_remedy WHERE status IN ({_among(PROMISED)}) GROUP BY 1
)
SELECT council.id AS council_id, council.label AS council, council.council_type, council.region,
  coalesce(about.decisions, 0) AS decisions,
  coalesce(fault.findings_of_fault, 0) AS findings_of_fault,
  coalesce(promise.remedies_promised, 0) AS remedies_promised,
  coalesce(promise.payments, 0.0) AS payments
FROM council
LEFT JOIN about ON about.council_id = council.id
LEFT JOIN fault ON fault.council_id = council.id
LEFT JOIN promise ON promise.council_id = council.id"""
