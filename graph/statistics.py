"""Counts over the whole graph, made at build time: observations of the RDF Data Cube.

Who asks about one council is answered by joins over its decisions; who asks about all of them
would wait seconds for a join over every finding. So each build counts the facts of all
decisions (:mod:`graph.facts`) in the ledger and writes the counts as observations
(https://www.w3.org/TR/vocab-data-cube/) into a named graph of their own, which the named
questions read. A dataset of observations has dimensions (``fl:ofAuthority``, ``fl:ofFault``
...) and measures; ``fl:investigationCount`` counts a joint investigation once.

The dimensions are no properties of decisions, so that a query over the union of all graphs
never takes a count for a finding. The graph also names what it counts by, once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, XSD, Triple, day, english, integer, iri
from graph.triples.provision import label
from ontology import iri as mint
from ontology.councils import councils
from ontology.prefixes import PREFIXES

_QB = PREFIXES["qb"]
_LABEL = f"<{PREFIXES['rdfs']}label>"

_WHERE = "COUNT(DISTINCT CASE WHEN {condition} THEN investigation END)"
_UPHELD, _NOT_UPHELD = (mint.concept("outcome", id) for id in ("upheld", "not-upheld"))

_MEASURES = MappingProxyType(
    {
        "investigationCount": "COUNT(DISTINCT investigation)",
        "decisionCount": "COUNT(DISTINCT decision)",
        # the same text under several references says a thing once
        "entryCount": "COUNT(DISTINCT wording || ' ' || entry)",
        "complaintCount": _WHERE.format(condition="own"),
        "decidedCount": _WHERE.format(condition="kind = 'decided'"),
        "upheldCount": _WHERE.format(condition=f"kind = 'outcome' AND first = '{_UPHELD}'"),
        "notUpheldCount": _WHERE.format(condition=f"kind = 'outcome' AND first = '{_NOT_UPHELD}'"),
        "atFaultCount": _WHERE.format(condition="kind = 'at-fault' AND own"),
        "sum": "SUM(pence)",
        "lowest": "MIN(pence)",
        "highest": "MAX(pence)",
        # nearest rank: the lowest sum that at least a quarter (half, ...) do not exceed
        "lowerQuartile": "MIN(CASE WHEN 4 * place >= size THEN pence END)",
        "median": "MIN(CASE WHEN 4 * place >= 2 * size THEN pence END)",
        "upperQuartile": "MIN(CASE WHEN 4 * place >= 3 * size THEN pence END)",
    }
)
"""Measure, a local name of the ontology, to how SQL counts it over the facts of a group."""
_SUMS = ("sum", "lowest", "lowerQuartile", "median", "upperQuartile", "highest")
_ALL = ("investigationCount", "entryCount")
_AUTHORITY = ("decidedCount", "upheldCount", "notUpheldCount", "atFaultCount")


@dataclass(frozen=True, slots=True)
class Slice:
    """One dataset of observations: facts of some kinds, counted by some columns."""

    name: str
    about: str
    """What it counts, in a sentence."""
    kinds: tuple[str, ...]
    by: Mapping[str, str]
    """Dimension, a local name of the ontology, to the column it is counted by."""
    measures: tuple[str, ...]
    """Keys of :data:`_MEASURES`."""
    rated: str | None = None
    """Dataset whose ``fl:decidedCount`` for the same authority (and year) goes with each count."""


def _slice(
    name: str,
    about: str,
    kinds: str,
    measures: tuple[str, ...],
    /,
    *,
    rated: str | None = None,
    **by: str,
) -> Slice:
    return Slice(name, about, tuple(kinds.split()), MappingProxyType(by), measures, rated)


_D, _E, _I = ("decisionCount",), ("entryCount",), ("investigationCount",)
SLICES: tuple[Slice, ...] = (
    _slice("authorities", "Complaints decided by authority.", "decided outcome at-fault",
           _AUTHORITY, ofAuthority="authority"),
    _slice("authorities-by-year", "Complaints decided by authority and year.",
           "decided outcome at-fault", _AUTHORITY, ofAuthority="authority", ofYear="year"),
    _slice("outcomes", "Decisions by year and outcome.", "outcome", _D,
           ofYear="year", ofOutcome="first"),
    _slice("subjects", "Complaints decided by subject and year.", "decided outcome at-fault",
           _AUTHORITY, ofCategory="category", ofYear="year"),
    _slice("subjects-in-detail", "Complaints decided by narrower subject and year.",
           "decided outcome at-fault", _AUTHORITY, ofCategory="subcategory", ofYear="year"),
    _slice("words", "Decisions by outcome, by what was done and by whether fault was found.",
           "words", _D, ofOutcome="first", ofDisposition="second", withFault="entry"),
    _slice("faults", "Findings by type of fault.", "fault", _ALL, ofFault="first"),
    _slice("faults-by-authority", "Findings by authority and type of fault.", "fault",
           (*_ALL, "complaintCount"), rated="authorities",
           ofAuthority="authority", ofFault="first"),
    _slice("faults-by-authority-and-year", "Findings by authority, year and type of fault.",
           "fault", (*_I, "complaintCount"), rated="authorities-by-year",
           ofAuthority="authority", ofYear="year", ofFault="first"),
    _slice("faults-by-year", "Findings by year and type of fault.", "fault", _ALL,
           ofYear="year", ofFault="first"),
    _slice("injustices", "Injustices by type.", "injustice", _ALL, ofInjustice="first"),
    _slice("fault-injustices", "Injustices by the type of fault that caused them.",
           "fault-injustice", _E, ofFault="first", ofInjustice="second"),
    _slice("remedies", "Remedies agreed or recommended, by type.", "remedy", _ALL,
           ofRemedy="first"),
    _slice("fault-remedies", "Remedies by the type of fault that they answer.", "fault-remedy",
           _E, ofFault="first", ofRemedy="second"),
    _slice("reasons", "Reasons for not investigating, by type.", "reason", _I, ofReason="first"),
    _slice("provisions", "Provisions cited for the duties of authorities.", "provision", _I,
           ofProvision="first"),
    _slice("provisions-engaged", "Provisions that findings of fault engage, by type of fault.",
           "engaged", (*_I, *_E), ofProvision="first", ofFault="second"),
    _slice("guidance", "Guidance cited.", "guidance", _I, ofGuidance="first"),
    _slice("bodies", "Other bodies by role.", "body", _I, ofBody="first", ofRole="second"),
    _slice("payments", "Payments by the injustice that they are for.", "payment",
           (*_E, *_SUMS), ofInjustice="first"),
    _slice("payments-by-category", "Payments by injustice and by subject.", "payment",
           (*_E, *_SUMS), ofInjustice="first", ofCategory="category"),
    _slice("payments-by-subcategory", "Payments by injustice and by narrower subject.",
           "payment", (*_E, *_SUMS), ofInjustice="first", ofCategory="subcategory"),
    _slice("paid-by-category", "Payments by subject.", "paid", (*_I, *_E, *_SUMS),
           ofCategory="category"),
    _slice("paid-by-category-and-year", "Payments by subject and year.", "paid",
           (*_I, *_E, *_SUMS), ofCategory="category", ofYear="year"),
    _slice("paid-by-authority", "Payments by the authority that owes them.", "paid",
           (*_I, *_E, *_SUMS), ofAuthority="authority"),
    _slice("rates", "Sums for each week, month or term without their number, by type of remedy.",
           "rate", (*_E, *_SUMS[1:]), ofRemedy="first", ofPeriod="second"),
    _slice("due", "Remedies by authority, by the year in which they fell due, and by whether "
           "the Ombudsman was satisfied.", "due", _E,
           ofAuthority="authority", ofYear="substr(first, 1, 4)", satisfied="second"),
)  # fmt: skip
"""Every dataset of observations, but for :data:`REPEATED`; rated ones after what they need."""

REPEATED = "repeated-faults"
"""The dataset of faults found again after a promise: see :func:`_repeated`."""

_TEXT = {"withFault": "boolean", "satisfied": "boolean", "ofYear": "integer"}
"""Dimensions whose values are literals, with their datatype."""

_HERE = """
CREATE TEMP TABLE here AS
SELECT given.id, given.iri, given.investigation, decision.date,
       substr(decision.date, 1, 4) AS year, decision.digest AS wording,
       category.first AS category, subcategory.first AS subcategory
FROM temp.given
JOIN decision USING (iri)
LEFT JOIN fact AS category ON category.iri = given.iri AND category.kind = 'category'
LEFT JOIN fact AS subcategory ON subcategory.iri = given.iri AND subcategory.kind = 'subcategory'
"""
"""The decisions with what their facts are counted by."""

_COUNTED = """
CREATE TEMP TABLE counted AS
SELECT kind, fact.first, second, authority, entry, pence, own,
       id AS decision, investigation, wording, date, year, category, subcategory
FROM fact JOIN temp.here USING (iri)
"""
"""The facts, each with its decision. Numbers in place of IRIs count five times as fast."""

_PROMISED = """
CREATE TEMP TABLE promised (
    authority TEXT, first TEXT, promise TEXT, PRIMARY KEY (authority, first)
) WITHOUT ROWID;
INSERT INTO promised SELECT authority, first, MIN(date) AS promise FROM counted
WHERE kind = 'fault' AND authority IS NOT NULL AND date IS NOT NULL
  AND (decision, authority) IN (
    SELECT decision, authority FROM counted WHERE kind = 'improvement'
  )
GROUP BY authority, first
"""
"""For each fault of an authority the day of the first decision in which it promised to improve."""

_PROMISING = """
CREATE TEMP TABLE promising (
    authority TEXT, first TEXT, investigation INTEGER,
    PRIMARY KEY (authority, first, investigation)
) WITHOUT ROWID;
INSERT INTO promising SELECT DISTINCT counted.authority, counted.first, investigation
FROM counted CROSS JOIN promised USING (authority, first)
WHERE kind = 'fault' AND date = promise
"""
"""The investigations decided on that day: theirs are no later findings of the fault."""

_LATER = """
SELECT authority, first, promise, COUNT(DISTINCT investigation), MAX(date)
FROM counted CROSS JOIN promised USING (authority, first)
WHERE kind = 'fault' AND date > promise
  AND NOT EXISTS (
    SELECT 1 FROM promising AS same WHERE same.authority = counted.authority
      AND same.first = counted.first AND same.investigation = counted.investigation
  )
GROUP BY authority, first, promise ORDER BY authority, first
"""


def observations(ledger: sqlite3.Connection, investigations: Mapping[str, str]) -> Iterator[Triple]:
    """Every observation over the facts of a ledger, with the datasets they belong to.

    ``investigations`` gives each decision's investigation, both as IRIs.
    """
    _prepare(ledger, investigations)
    decided: dict[str, dict[tuple[str, ...], int]] = {}
    try:
        for slice_ in SLICES:
            yield from _dataset(slice_.name, slice_.about)
            yield from _observations(slice_, ledger.execute(_sql(slice_)), decided)
        yield from _names(ledger)
        yield from _dataset(REPEATED, "Faults found again after an improvement was promised.")
        yield from _repeated(ledger)
    finally:
        for table in ("promising", "promised", "counted", "here", "given"):
            ledger.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _prepare(ledger: sqlite3.Connection, investigations: Mapping[str, str]) -> None:
    """Make the temporary table ``counted``: every fact with its decision and investigation."""
    numbers: dict[str, int] = {}
    ledger.execute(
        "CREATE TEMP TABLE given (id INTEGER, iri TEXT PRIMARY KEY, investigation INTEGER)"
    )
    ledger.executemany(
        "INSERT INTO given VALUES (?, ?, ?)",
        (
            (id, iri, numbers.setdefault(node, len(numbers)))
            for id, (iri, node) in enumerate(sorted(investigations.items()))
        ),
    )
    ledger.execute(_HERE)
    ledger.execute("CREATE INDEX temp.here_iri ON here (iri)")
    ledger.execute(_COUNTED)
    ledger.execute("CREATE INDEX temp.counted_by ON counted (kind)")


def _sql(slice_: Slice) -> str:
    columns = list(slice_.by.values())
    keys = ", ".join(columns)
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    kinds = ", ".join(f"'{kind}'" for kind in slice_.kinds)
    facts = f"counted WHERE kind IN ({kinds}) AND {known}"
    if "median" in slice_.measures:
        # each sum once, with its place among those of its group
        once = f"SELECT DISTINCT {keys}, investigation, wording, entry, pence FROM {facts}"
        place = f"ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY pence, wording, entry) AS place"
        size = f"COUNT(*) OVER (PARTITION BY {keys}) AS size"
        facts = f"(SELECT *, {place}, {size} FROM ({once}))"
    measures = ", ".join(_MEASURES[measure] for measure in slice_.measures)
    return f"SELECT {keys}, {measures} FROM {facts} GROUP BY {keys} ORDER BY {keys}"


def _observations(
    slice_: Slice,
    rows: Iterable[tuple[str | int, ...]],
    decided: dict[str, dict[tuple[str, ...], int]],
) -> Iterator[Triple]:
    """The observations of a slice; ``decided`` keeps what rated slices are rated with."""
    for row in rows:
        keys = tuple(str(value) for value in row[: len(slice_.by)])
        node = _node(slice_.name, keys)
        yield from _observation(node, slice_.name)
        for dimension, key in zip(slice_.by, keys, strict=True):
            if key:  # a page may give no outcome
                yield node, fl(dimension), _key(dimension, key)
        values = dict(zip(slice_.measures, map(int, row[len(slice_.by) :]), strict=True))
        if "ofAuthority" in slice_.by and "decidedCount" in values:
            decided.setdefault(slice_.name, {})[keys] = values["decidedCount"]
        if slice_.rated:
            values["decidedCount"] = decided[slice_.rated].get(keys[:-1], 0)
        for measure, value in values.items():
            yield node, fl(measure), _pounds(value) if measure in _SUMS else integer(value)


def _names(ledger: sqlite3.Connection) -> Iterator[Triple]:
    """Names of the authorities and provisions counted, each once, and what authorities are.

    Decisions repeat these statements, each in its own graph; a query that joins a name to a
    count would meet them all.
    """
    rows = ledger.execute(
        "SELECT authority, MIN(second), MIN(NULLIF(first, '')) FROM fact "
        "WHERE kind = 'named' AND authority IS NOT NULL GROUP BY authority ORDER BY authority"
    )
    for authority, name, class_ in rows:
        council = councils().get(authority.removeprefix(mint.council("")))
        shown = council.name if council else name or "Authority not named in the decision"
        yield iri(authority), _LABEL, english(shown)
        if class_:
            yield iri(authority), TYPE, iri(class_)
    kinds = "SELECT DISTINCT first FROM fact WHERE kind IN ('provision', 'engaged') ORDER BY first"
    for (provision,) in ledger.execute(kinds):
        yield iri(provision), _LABEL, english(label(provision.removeprefix(mint.LEGISLATION)))


def _repeated(ledger: sqlite3.Connection) -> Iterator[Triple]:
    """Faults found at an authority again after a decision in which it promised an improvement.

    The first such decision counts as the promise; other investigations count by the day of
    their decision.
    """
    ledger.executescript(_PROMISED)
    ledger.executescript(_PROMISING)
    rows = ledger.execute(_LATER)
    for authority, fault, promise, count, latest in rows:
        node = _node(REPEATED, [authority, fault])
        yield from _observation(node, REPEATED)
        yield node, fl("ofAuthority"), iri(authority)
        yield node, fl("ofFault"), iri(fault)
        yield node, fl("promisedOn"), day(date.fromisoformat(promise))
        yield node, fl("latestOn"), day(date.fromisoformat(latest))
        yield node, fl("investigationCount"), integer(count)


def _dataset(name: str, about: str) -> Iterator[Triple]:
    node = iri(mint.statistics(name))
    yield node, TYPE, f"<{_QB}DataSet>"
    yield node, _LABEL, english(about)


def _observation(node: str, name: str) -> Iterator[Triple]:
    yield node, TYPE, fl("Count")
    yield node, TYPE, f"<{_QB}Observation>"
    yield node, f"<{_QB}dataSet>", iri(mint.statistics(name))


def _node(name: str, keys: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return iri(f"{mint.statistics(name)}/{digest[:20]}")


def _key(dimension: str, key: str) -> str:
    datatype = _TEXT.get(dimension)
    return f'"{key}"^^<{XSD}{datatype}>' if datatype else iri(key)


def _pounds(pence: int) -> str:
    pounds, rest = divmod(pence, 100)
    return f'"{pounds}{f".{rest:02d}" if rest else ""}"^^<{XSD}decimal>'
