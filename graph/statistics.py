"""Counts over all decisions, kept in the ledger and carried on from build to build.

Who asks about one council is answered by joins over its decisions; who asks about all of them
would wait seconds for a join over every finding. So each build counts the facts of decisions
(:mod:`graph.facts`) by the :data:`~graph.slices.SLICES` and writes the counts as triples
(:mod:`graph.observations`) into a named graph of their own, which the named questions read.

Decisions of one investigation or of one wording are connected: what two of them say is counted
once. Between unconnected decisions every count is a plain sum. So a build that changes some
decisions subtracts what they and those connected with them counted for in the ledger before,
and adds what they count for now: temp.touched names them, and the schema ``past``, where one is
attached, is the ledger before. The median of sums cannot be added up; how often each sum occurs
can, so that is kept.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from graph.observations import (
    authority_name,
    datasets,
    observation,
    provision_name,
    repetition,
)
from graph.slices import COUNTS, SLICES, Slice
from graph.triples.ntriples import Triple

_COLUMNS = ("facts", *COUNTS)
"""What is added up of each group: its facts, so that it goes with the last, and its counts."""
_RATE = _COLUMNS.index("decidedCount")
_NONE = (0,) * len(_COLUMNS)

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS observation (
    dataset TEXT NOT NULL,
    keys TEXT NOT NULL,
    {", ".join(f"{column} INTEGER NOT NULL" for column in _COLUMNS)},
    PRIMARY KEY (dataset, keys)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spread (
    dataset TEXT NOT NULL,
    keys TEXT NOT NULL,
    pence INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (dataset, keys, pence)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fact_again ON fact (authority, kind, first, decision)
    WHERE kind IN ('fault', 'improvement');
"""

_HERE = """
CREATE TEMP TABLE here AS
SELECT id, DENSE_RANK() OVER (ORDER BY investigation) AS investigation,
       DENSE_RANK() OVER (ORDER BY digest) AS wording, substr(date, 1, 4) AS year,
       category.first AS category, subcategory.first AS subcategory
FROM temp.touched JOIN {schema}.decision USING (iri)
LEFT JOIN {schema}.fact AS category
       ON category.decision = id AND category.kind = 'category'
LEFT JOIN {schema}.fact AS subcategory
       ON subcategory.decision = id AND subcategory.kind = 'subcategory';
CREATE UNIQUE INDEX temp.here_id ON here (id);
"""
"""The decisions with what their facts are counted by."""

_COUNTED = """
CREATE TEMP TABLE counted_{schema} AS
SELECT kind, fact.first, second, authority, entry, pence, own,
       decision, investigation, wording, year, category, subcategory
FROM temp.here CROSS JOIN {schema}.fact ON fact.decision = here.id;
CREATE INDEX temp.counted_{schema}_by ON counted_{schema} (kind);
DROP TABLE temp.here;
"""
"""The facts, each with its decision. Numbers in place of IRIs count five times as fast."""

_AGAIN = """
SELECT authority, kind, first, decision, investigation, date
FROM temp.again CROSS JOIN {schema}.fact USING (authority) JOIN {schema}.decision ON id = decision
WHERE kind IN ('fault', 'improvement') AND date IS NOT NULL ORDER BY authority
"""


class Difference(NamedTuple):
    """What is said no longer, and what is said that was not."""

    removed: set[Triple]
    added: set[Triple]

    @classmethod
    def between(cls, before: set[Triple], after: set[Triple]) -> Difference:
        """What differs."""
        return cls(before - after, after - before)


@dataclass(slots=True)
class _Group:
    """What is added up of one group of facts."""

    counts: tuple[int, ...] = _NONE
    """In the order of the columns."""
    sums: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How often each sum occurs, in pence."""

    def measures(self, slice_: Slice) -> dict[str, int]:
        """The measures of the slice, and what they are rated with."""
        known = dict(zip(_COLUMNS, self.counts, strict=True))
        if self.sums:
            known |= _ranked(self.sums)
        names = (*slice_.measures, "decidedCount") if slice_.rated else slice_.measures
        return {name: known[name] for name in names}


def counted(ledger: sqlite3.Connection, schemas: tuple[str, ...]) -> Iterator[Difference]:
    """How the observations change with the decisions in temp.touched, and the counts kept.

    ``schemas`` are those of the ledger that have counts or facts of them: ``main``, after
    ``past`` where there is one; without it everything is counted anew.
    """
    carried = "past" in schemas
    if not carried:
        ledger.execute("DELETE FROM observation")
        ledger.execute("DELETE FROM spread")
        yield Difference(set(), set(datasets()))
    for schema in schemas:
        ledger.executescript(_HERE.format(schema=schema) + _COUNTED.format(schema=schema))
    rates: dict[str, set[str]] = {}
    for slice_ in SLICES:
        yield _slice(ledger, slice_, schemas, rates)
    now = set(_names(ledger, "main"))
    yield Difference.between(set(_names(ledger, "past")) if carried else set(), now)
    yield _repeated(ledger, schemas)
    for schema in schemas:
        ledger.execute(f"DROP TABLE temp.counted_{schema}")


def _slice(
    ledger: sqlite3.Connection,
    slice_: Slice,
    schemas: tuple[str, ...],
    rates: dict[str, set[str]],
) -> Difference:
    """How a slice changes. ``rates`` keeps the groups whose rate did, for slices rated by them."""
    change = _change(ledger, slice_, schemas)
    if slice_.rated:
        for keys in rates[slice_.rated]:
            change.update((key, _Group()) for key in _rated(ledger, slice_, keys) - change.keys())
    removed: set[Triple] = set()
    added: set[Triple] = set()
    rates[slice_.name] = set()
    for keys, by in change.items():
        before = _kept(ledger, slice_, keys) if "past" in schemas else _Group()
        after = _added(before, by)
        if slice_.rated:
            rate = _kept(ledger, slice_, keys.rpartition("\n")[0], slice_.rated).counts[_RATE]
            after.counts = (*after.counts[:_RATE], rate, *after.counts[_RATE + 1 :])
        if before == after:
            continue
        if before.counts[_RATE] != after.counts[_RATE]:
            rates[slice_.name].add(keys)
        _keep(ledger, slice_, keys, before, after)
        parts = tuple(keys.split("\n"))
        if before.counts[0]:
            removed.update(observation(slice_, parts, before.measures(slice_)))
        if after.counts[0]:
            added.update(observation(slice_, parts, after.measures(slice_)))
    return Difference(removed - added, added - removed)


def _change(
    ledger: sqlite3.Connection, slice_: Slice, schemas: tuple[str, ...]
) -> dict[str, _Group]:
    """What is to be added to each group of a slice; negative where less is there."""
    found: dict[str, _Group] = defaultdict(_Group)
    size = len(slice_.by)
    for schema in schemas:
        sign = -1 if schema == "past" else 1
        for row in ledger.execute(_counts(slice_, schema)):
            group = found["\n".join(map(str, row[:size]))]
            added = zip(group.counts, row[size:], strict=True)
            group.counts = tuple(one + sign * other for one, other in added)
        if "median" in slice_.measures:
            for *keys, pence, entries in ledger.execute(_spread(slice_, schema)):
                found["\n".join(map(str, keys))].sums[pence] += sign * entries
    return found


def _added(one: _Group, other: _Group) -> _Group:
    counts = tuple(map(sum, zip(one.counts, other.counts, strict=True)))
    sums = defaultdict(int, one.sums)
    for pence, entries in other.sums.items():
        sums[pence] += entries
    return _Group(counts, defaultdict(int, {pence: n for pence, n in sums.items() if n}))


def _kept(
    ledger: sqlite3.Connection, slice_: Slice, keys: str, dataset: str | None = None
) -> _Group:
    """A group as the ledger has it: of a slice, or of another dataset."""
    where = (dataset or slice_.name, keys)
    columns = ", ".join(_COLUMNS)
    query = f"SELECT {columns} FROM main.observation WHERE dataset = ? AND keys = ?"
    group = _Group(ledger.execute(query, where).fetchone() or _NONE)
    if dataset is None and "median" in slice_.measures:
        query = "SELECT pence, entries FROM main.spread WHERE dataset = ? AND keys = ?"
        group.sums.update(ledger.execute(query, where))
    return group


def _keep(
    ledger: sqlite3.Connection, slice_: Slice, keys: str, before: _Group, after: _Group
) -> None:
    where = (slice_.name, keys)
    if after.counts[0]:
        places = ",".join("?" * (2 + len(_COLUMNS)))
        row = (*where, *after.counts)
        ledger.execute(f"INSERT OR REPLACE INTO observation VALUES ({places})", row)
    else:
        ledger.execute("DELETE FROM observation WHERE dataset = ? AND keys = ?", where)
    ledger.executemany(
        "DELETE FROM spread WHERE dataset = ? AND keys = ? AND pence = ?",
        ((*where, pence) for pence in before.sums.keys() - after.sums.keys()),
    )
    ledger.executemany(
        "INSERT OR REPLACE INTO spread VALUES (?,?,?,?)",
        ((*where, *sum_) for sum_ in after.sums.items() if before.sums.get(sum_[0]) != sum_[1]),
    )


def _rated(ledger: sqlite3.Connection, slice_: Slice, keys: str) -> set[str]:
    """The groups of a slice that a group is the rate of: their keys go on where its keys end."""
    rows = ledger.execute(
        "SELECT keys FROM main.observation WHERE dataset = ? AND keys > ? AND keys < ?",
        (slice_.name, f"{keys}\n", f"{keys}\x0b"),  # the character after the newline
    )
    return {key for (key,) in rows}


def _facts(slice_: Slice, schema: str) -> str:
    """The facts that a slice counts."""
    known = " AND ".join(f"{column} IS NOT NULL" for column in slice_.by.values())
    kinds = ", ".join(f"'{kind}'" for kind in slice_.kinds)
    return f"temp.counted_{schema} WHERE kind IN ({kinds}) AND {known}"


def _counts(slice_: Slice, schema: str) -> str:
    keys = ", ".join(slice_.by.values())
    counts = ", ".join(COUNTS[name] if name in slice_.measures else "0" for name in COUNTS)
    return f"SELECT {keys}, COUNT(*), {counts} FROM {_facts(slice_, schema)} GROUP BY {keys}"


def _spread(slice_: Slice, schema: str) -> str:
    """How often each sum occurs in each group; what is said twice counts once."""
    names = ", ".join(f"k{number}" for number in range(len(slice_.by)))
    keys = ", ".join(f"{key} AS k{number}" for number, key in enumerate(slice_.by.values()))
    once = f"SELECT DISTINCT {keys}, investigation, wording, entry, pence"
    said = f"{once} FROM {_facts(slice_, schema)}"
    return f"SELECT {names}, pence, COUNT(*) FROM ({said}) GROUP BY {names}, pence"


def _ranked(sums: Mapping[int, int]) -> dict[str, int]:
    """The measures of sums, by nearest rank: the lowest that at least a quarter do not exceed."""
    ordered = sorted(sums.items())
    size = sum(sums.values())
    found: dict[str, int] = {}
    place = 0
    for pence, entries in ordered:
        place += entries
        for quarters, name in enumerate(("lowerQuartile", "median", "upperQuartile"), 1):
            if 4 * place >= quarters * size:
                found.setdefault(name, pence)
    total = sum(pence * entries for pence, entries in ordered)
    return {**found, "sum": total, "lowest": ordered[0][0], "highest": ordered[-1][0]}


def _names(ledger: sqlite3.Connection, schema: str) -> Iterator[Triple]:
    """Names of the authorities and provisions counted, each once, and what authorities are."""
    rows = ledger.execute(
        f"SELECT authority, MIN(second), MIN(NULLIF(first, '')) FROM {schema}.fact "
        "WHERE kind = 'named' AND authority IS NOT NULL GROUP BY authority"
    )
    for authority, name, class_ in rows:
        yield from authority_name(authority, name, class_)
    keys = ledger.execute(
        f"SELECT keys FROM {schema}.observation WHERE dataset IN "
        "('provisions', 'provisions-engaged')"
    )
    for provision in {key.partition("\n")[0] for (key,) in keys}:
        yield provision_name(provision)


def _repeated(ledger: sqlite3.Connection, schemas: tuple[str, ...]) -> Difference:
    """How the faults change that were found again after an improvement was promised."""
    facts = " UNION ".join(
        f"SELECT DISTINCT authority FROM temp.counted_{schema} "
        "WHERE kind IN ('fault', 'improvement') AND authority IS NOT NULL"
        for schema in schemas
    )
    ledger.execute(f"CREATE TEMP TABLE again AS {facts}")
    found: dict[str, set[Triple]] = {"past": set()}
    for schema in schemas:
        rows = ledger.execute(_AGAIN.format(schema=schema))
        found[schema] = {
            triple
            for authority, facts_ in groupby(rows, itemgetter(0))
            for later in _later([row[1:] for row in facts_])
            for triple in repetition(authority, *later)
        }
    ledger.execute("DROP TABLE temp.again")
    return Difference.between(found["past"], found["main"])


def _later(
    facts: list[tuple[str, str, int, str, str]],
) -> Iterator[tuple[str, str, int, str]]:
    """Faults found again at one authority: fault, day of the promise, how often, latest day.

    From (kind, first, decision, investigation, date) of its faults and promised improvements. The
    first decision with a fault and a promise counts as the promise; other investigations count by
    the day of their decision. What was decided on the day of the promise is no later finding.
    """
    improved = {decision for kind, _, decision, _, _ in facts if kind == "improvement"}
    faults: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for kind, fault, decision, investigation, day in facts:
        if kind == "fault":
            faults[fault].append((day, investigation, decision))
    for fault, found in faults.items():
        promise = min((day for day, _, one in found if one in improved), default=None)
        if promise is None:
            continue
        same = {investigation for day, investigation, _ in found if day == promise}
        after = [(day, one) for day, one, _ in found if day > promise and one not in same]
        if after:
            yield fault, promise, len({one for _, one in after}), max(after)[0]
