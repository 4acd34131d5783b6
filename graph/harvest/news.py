"""What an update changed: decisions that are new, other than they were, or gone, and new faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from graph.entry import Entry
from graph.knowledge_graph import KnowledgeGraph
from ontology.councils import councils
from ontology.model import Decision
from ontology.vocabulary import vocabulary

_UNNAMED = "an authority that is not named"
_SHOWN = 20
"""Decisions of each kind that the text names."""


@dataclass(frozen=True, slots=True)
class Item:
    """One decision, in the words of a list."""

    iri: str
    reference: str | None
    authority: str
    category: str | None
    outcome: str | None
    """Label, such as ``Not upheld``."""
    date: str | None
    url: str | None
    faults: tuple[str, ...]
    """Labels of the types of fault found, each once."""
    source: str
    """Name of its file in the folder of decisions."""

    def line(self) -> str:
        """It in one line."""
        facts = (self.reference, self.authority, self.outcome, self.date)
        line = ", ".join(fact for fact in facts if fact)
        return f"{line}: {', '.join(self.faults)}" if self.faults else line


@dataclass(frozen=True, slots=True)
class News:
    """The difference between two states of a graph."""

    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    removed: tuple[Item, ...]
    faults: Mapping[str, Mapping[str, int]]
    """Faults found by new decisions, and by changed ones that had not found them: how many of
    each type, by authority."""

    def lines(self) -> Iterator[str]:
        """It as text for a terminal."""
        for heading, items in (
            ("New decisions", self.new),
            ("Changed", self.changed),
            ("Removed", self.removed),
        ):
            yield f"{heading}: {len(items):,}"
            yield from (f"  {item.line()}" for item in items[:_SHOWN])
            if len(items) > _SHOWN:
                yield f"  and {len(items) - _SHOWN:,} more"
        if self.faults:
            yield "New faults found:"
        for authority, types in self.faults.items():
            shown = ", ".join(f"{label} {count}" for label, count in types.items())
            yield f"  {authority}: {shown}"

    def json(self) -> str:
        """It as one JSON object: lists of decisions, and counts by authority and type."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def difference(before: KnowledgeGraph | None, after: KnowledgeGraph) -> News:
    """What the decisions of ``after`` are, beside those of ``before``; None held none.

    A page whose bytes are others and which says the same has not changed. Decisions come by
    date, the latest first.
    """
    old, now = _hashes(before), _hashes(after)
    removed = [_item(*_read(before, iri)) for iri in sorted(old.keys() - now.keys())]
    new, changed = [], []
    faults: Counter[tuple[str, str]] = Counter()
    for iri in sorted(now.keys() - old.keys()):
        entry, decision = _read(after, iri)
        new.append(_item(entry, decision))
        faults.update(_faults(decision))
    for iri in sorted(iri for iri in now.keys() & old.keys() if now[iri] != old[iri]):
        (_, was), (entry, decision) = _read(before, iri), _read(after, iri)
        if replace(was, source=decision.source) != decision:
            changed.append(_item(entry, decision))
            faults.update(_faults(decision) - _faults(was))
    return News(_latest(new), _latest(changed), _latest(removed), _by_authority(faults))


def _hashes(graph: KnowledgeGraph | None) -> dict[str, str]:
    known = graph.ledger.known() if graph else {}
    return {iri: sha256 for (_, sha256, _), iri in known.items()}


def _read(graph: KnowledgeGraph | None, iri: str) -> tuple[Entry, Decision]:
    entry = graph.ledger.entry(iri) if graph else None
    if entry is None:
        raise LookupError(iri)  # its ledger has just named it
    return entry, entry.decision()


def _latest(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.date or "", reverse=True))


def _item(entry: Entry, decision: Decision) -> Item:
    labels = (vocabulary("fault")[each].label for one in decision.findings for each in one.types)
    return Item(
        iri=entry.iri,
        reference=decision.reference,
        authority=_name(decision, None),
        category=" > ".join(filter(None, (decision.category.name, decision.category.subcategory)))
        or None,
        outcome=None if decision.outcome is None else decision.outcome.replace("-", " "),
        date=entry.date,
        url=decision.url,
        faults=tuple(dict.fromkeys(labels)),
        source=entry.source_name,
    )


def _faults(decision: Decision) -> Counter[tuple[str, str]]:
    """How often each authority was found to have made each type of fault."""
    return Counter(
        (_name(decision, finding.authority), vocabulary("fault")[each].label)
        for finding in decision.findings
        for each in finding.types
    )


def _name(decision: Decision, printed: str | None) -> str:
    """The register's name of an authority of a decision, else as printed; of its first for None."""
    wanted = printed or next((one.name for one in decision.authorities if one.name), None)
    for one in decision.authorities:
        if one.name == wanted and one.id is not None and one.id in councils():
            return councils()[one.id].name
    return wanted or _UNNAMED


def _by_authority(faults: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (authority, label), count in sorted(faults.items(), key=lambda one: (-one[1], one[0])):
        found.setdefault(authority, {})[label] = count
    return dict(sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0])))
