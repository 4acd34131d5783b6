"""What two versions of the extraction read differently from the same decisions.

Records belong together when they were read from the same bytes. What one of them says is
put into statements of one line, and a statement that only the new record makes is a gain,
one that only the old record makes a loss. A changed detail is both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.scoring.table import aligned
from ontology.model import Decision, Evidence, Remedy

_HEADER = ("kind", "same", "gained", "lost")
_QUOTED = 160
"""Characters of a passage that are shown."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a record says, without where it says so."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that only one of two records makes, with the passage it was read from."""

    decision: str
    """Reference, or the source's name."""
    statement: Statement
    gained: bool
    evidence: Evidence | None

    def lines(self) -> Iterator[str]:
        """The change and its passage, for a terminal."""
        sign = "+" if self.gained else "-"
        yield f"{sign} {self.decision}: {self.statement.kind}: {self.statement.text}"
        if self.evidence is not None:
            quote = " ".join(self.evidence.quote.split())
            shown = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
            where = f"paragraph {self.evidence.paragraph}, " if self.evidence.paragraph else ""
            yield f"    “{shown}” ({where}rule {self.evidence.rule})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two sets of records."""

    changes: tuple[Change, ...]
    """By decision; losses before gains."""
    same: Counter[str]
    """By kind, how many statements both make."""
    only_old: tuple[str, ...]
    """Decisions of which there is no new record."""
    only_new: tuple[str, ...]

    def table(self) -> str:
        """One line a kind: statements that are the same, gained and lost."""
        gained = Counter(c.statement.kind for c in self.changes if c.gained)
        lost = Counter(c.statement.kind for c in self.changes if not c.gained)
        kinds = sorted({*self.same, *gained, *lost})
        rows = [(kind, *(str(n[kind]) for n in (self.same, gained, lost))) for kind in kinds]
        return aligned([_HEADER, *rows], texts=1)


def compare(old: Iterable[Decision], new: Iterable[Decision]) -> Comparison:
    """What the new records say that the old do not, and the other way round."""
    waiting: dict[tuple[str, int], Decision] = _by_source(new)
    changes: list[tuple[str, Change]] = []
    same: Counter[str] = Counter()
    only_old = []
    for key, before in _by_source(old).items():
        after = waiting.pop(key, None)
        if after is None:
            only_old.append(_name(before))
            continue
        first, second = _statements(before), _statements(after)
        same.update(_kinds(first, second))
        changes += [(_name(before), change) for change in _changes(before, first, second)]
    changes.sort(key=lambda pair: pair[0])
    return Comparison(
        tuple(change for _, change in changes),
        same,
        tuple(sorted(only_old)),
        tuple(sorted(map(_name, waiting.values()))),
    )


_Said = dict[Statement, list[Evidence | None]]


def _by_source(records: Iterable[Decision]) -> dict[tuple[str, int], Decision]:
    """Records by the bytes they were read from; copies of one text keep their order."""
    copies: Counter[str] = Counter()
    found = {}
    for decision in records:
        found[decision.source.sha256, copies[decision.source.sha256]] = decision
        copies[decision.source.sha256] += 1
    return found


def _name(decision: Decision) -> str:
    return decision.reference or decision.source.name


def _kinds(first: _Said, second: _Said) -> Iterator[str]:
    for statement, places in first.items():
        for _ in range(min(len(places), len(second.get(statement, ())))):
            yield statement.kind


def _changes(decision: Decision, first: _Said, second: _Said) -> Iterator[Change]:
    for one, other, gained in ((first, second, False), (second, first, True)):
        for statement, places in one.items():
            for evidence in places[len(other.get(statement, ())) :]:
                yield Change(_name(decision), statement, gained, evidence)


def _statements(decision: Decision) -> _Said:
    found: _Said = {}
    for kind, text, evidence in (*_of_header(decision), *_of_text(decision)):
        found.setdefault(Statement(kind, text), []).append(evidence[0] if evidence else None)
    return found


_Told = tuple[str, str, tuple[Evidence, ...]]


def _of_header(decision: Decision) -> Iterator[_Told]:
    header = {
        "reference": decision.reference,
        "category": decision.category.name,
        "subcategory": decision.category.subcategory,
        "outcome": decision.outcome,
        "date": decision.date,
        "type": decision.document_type,
        "disposition": decision.disposition,
        "satisfied": decision.satisfied,
        "paragraphs": len(decision.paragraphs),
    }
    for name, value in header.items():
        yield "header", f"{name} {'none' if value is None else value}", ()
    for authority in decision.authorities:
        yield "authority", f"{authority.name} {authority.id} {authority.kind}", ()
    for name in decision.complainants:
        yield "complainant", name, ()


def _of_text(decision: Decision) -> Iterator[_Told]:
    named = {injustice.id: injustice.type for injustice in decision.injustices}
    named |= {finding.id: "/".join(finding.types) for finding in decision.findings}
    for part in decision.parts:
        yield "part", f"{part.id}: {part.text}", part.evidence
    for finding in decision.findings:
        words = (finding.status, *finding.types, finding.part, finding.authority)
        yield "finding", _joined(words), finding.evidence
        for target in (*(named.get(i, i) for i in finding.injustices), *finding.provisions):
            yield "link", f"{'/'.join(finding.types)} -> {target}", finding.evidence
    for injustice in decision.injustices:
        yield "injustice", _joined((injustice.type, injustice.person)), injustice.evidence
    for remedy in decision.remedies:
        yield "remedy", _remedy(remedy), remedy.evidence
        for target in remedy.remedies:
            yield "link", f"{remedy.type} -> {named.get(target, target)}", remedy.evidence
    for reason in decision.reasons:
        yield "reason", _joined((reason.type, reason.scope, reason.provision)), reason.evidence
    for citation in decision.citations:
        words = (citation.kind, citation.id or citation.text, citation.role)
        yield "citation", _joined(words), citation.evidence
    for body in decision.bodies:
        yield "body", _joined((body.id, *body.roles)), body.evidence
    for related in decision.related:
        yield "related", _joined((related.relation, related.reference)), related.evidence
    for unread in decision.unread:
        yield "unread", f"{unread.kind}: {' '.join(unread.text.split())} ({unread.why})", ()


def _remedy(remedy: Remedy) -> str:
    money = [f"£{remedy.amount:f}"] if remedy.amount is not None else []
    if remedy.per:
        times = f" x {remedy.count:f}" if remedy.count is not None else ""
        money.append(f"per {remedy.per}{times}")
    due = remedy.due.date if remedy.due else None
    return _joined(
        (
            remedy.type,
            remedy.status,
            *money,
            f"from {remedy.payer}" if remedy.payer else None,
            f"to {remedy.recipient}" if remedy.recipient else None,
            f"due {due}" if due else None,
        )
    )


def _joined(words: Iterable[str | None]) -> str:
    return " ".join(word for word in words if word)
