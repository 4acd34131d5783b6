"""One decision as its page shows it: the text with its marks, and what was read from it.

Each passage that says something becomes a mark with a number, in the order of the text;
each thing read (a finding, a remedy, a citation) becomes an item with a code such as
``f1``. Marks and items link to one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from exports.months import month_words
from exports.serve.counts.dimensions import Names, address
from exports.serve.decision.highlight import Piece, Span, pieces
from exports.serve.wording import day_words
from graph.facts import FAULTS, PROMISED
from graph.triples.provision import ancestors
from graph.triples.provision import label as provision_label
from ontology.model import Citation, Decision, Evidence, Finding, Injustice, Paragraph, Remedy

KINDS = {
    "fault": "Fault",
    "no-fault": "No fault, or no finding",
    "injustice": "Injustice",
    "remedy": "Remedy",
    "reason": "Reason for not investigating",
    "law": "Law and guidance",
    "body": "Outside body",
    "part": "Part of the complaint",
    "unread": "Noticed, not understood",
}
"""Kinds of mark, in the order of the legend."""


BASES = {
    "absolute": "a printed date",
    "relative": "counted from the day they name",
    "assumed": "assumed from the date of the decision",
}
"""How a due date was reached, in words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage shown in the text."""

    number: int
    start: int
    end: int
    kind: str
    quote: str
    paragraph: int | None
    rules: tuple[str, ...]
    items: tuple[str, ...]
    """Codes of the items that rest on it."""


@dataclass(slots=True)
class Item:
    """Something that was read, with the passages that say so."""

    code: str
    kind: str
    title: str
    link: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(what, value) lines under the title."""
    titles: list[tuple[str, str | None]] = field(default_factory=list)
    """Further titles with their links: a finding may have several types of fault."""
    counted_as: tuple[str, ...] = ()
    """What lists find it by, as :func:`~exports.serve.counts.dimensions.place_of` names it."""
    marks: list[Mark] = field(default_factory=list)
    caused: list[Item] = field(default_factory=list)
    """Injustices under a finding; remedies under an injustice."""
    answered: list[Item] = field(default_factory=list)
    """Remedies that answer a finding itself."""
    repeated: bool = False
    """Whether it stands in full further up and is only named here."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text, ready to show."""

    number: int | None
    heading: str | None
    """The heading above it, when it is the first paragraph under it."""
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Reading:
    """Everything on a decision's page."""

    decision: Decision
    blocks: list[Block] = field(default_factory=list)
    summary: tuple[Piece, ...] = ()
    """The summary with its marks; empty when there is none or it has no mark."""
    elsewhere: list[Mark] = field(default_factory=list)
    """Marks outside every paragraph and outside the summary: in the header."""
    marks: list[Mark] = field(default_factory=list)
    places: dict[int, list[str]] = field(default_factory=dict)
    """For the first mark of each thing that lists find decisions by, how they name it."""
    chain: list[Item] = field(default_factory=list)
    """Findings of fault, each with what it caused and what puts that right."""
    loose: list[Item] = field(default_factory=list)
    """Injustices and remedies that no finding leads to."""
    clear: list[Item] = field(default_factory=list)
    """Findings without fault."""
    reasons: list[Item] = field(default_factory=list)
    law: list[Item] = field(default_factory=list)
    powers: list[Item] = field(default_factory=list)
    bodies: list[Item] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)

    def kinds(self) -> list[tuple[str, str, int]]:
        """Kinds of mark in this text: id, words, number of marks."""
        counted = [(k, words, sum(m.kind == k for m in self.marks)) for k, words in KINDS.items()]
        return [row for row in counted if row[2]]


def read(decision: Decision, names: Names) -> Reading:
    """The page of a decision."""
    return _Reader(decision, names).read()


class _Reader:
    def __init__(self, decision: Decision, names: Names) -> None:
        self.decision = decision
        self.names = names
        self.evidence: list[tuple[Evidence, Item]] = []
        self.reading = Reading(decision)

    def read(self) -> Reading:
        out, decision = self.reading, self.decision
        injustices = {entry.id: self._injustice(entry) for entry in decision.injustices}
        remedies = {entry.id: self._remedy(entry) for entry in decision.remedies}
        placed: set[str] = set()
        for finding in decision.findings:
            item = self._finding(finding)
            (out.chain if item.kind == "fault" else out.clear).append(item)
            self._link(item, finding, injustices, remedies, placed)
        for entry in decision.injustices:
            if entry.id not in placed:
                item = injustices[entry.id]
                item.caused = self._answers(entry.id, remedies, placed)
                out.loose.append(item)
        out.loose += [item for id, item in remedies.items() if id not in placed]
        self._others()
        self._mark()
        self._text()
        return out

    def _item(
        self,
        code: str,
        kind: str,
        title: str,
        evidence: Iterable[Evidence],
        link: str | None = None,
    ) -> Item:
        item = Item(code, kind, title, link)
        self.evidence += [(passage, item) for passage in evidence]
        return item

    def _finding(self, finding: Finding) -> Item:
        status = self.names.concept("finding-status", finding.status)
        kind = "fault" if finding.types or finding.status in FAULTS else "no-fault"
        item = self._item(finding.id, kind, status, finding.evidence)
        for type_ in finding.types:
            label = self.names.label("fault", type_)
            item.titles.append((label, address("fault", type_)))
        item.counted_as = tuple(f"fault/{type_}" for type_ in finding.types)
        if finding.part:
            item.notes.append(("Part of the complaint", finding.part))
        if finding.authority and len(self.decision.authorities) > 1:
            item.notes.append(("By", finding.authority))
        for path in finding.provisions:
            item.notes.append(("Law", provision_label(path)))
        return item

    def _injustice(self, injustice: Injustice) -> Item:
        label = self.names.label("injustice", injustice.type)
        link = address("injustice", injustice.type)
        item = self._item(injustice.id, "injustice", label, injustice.evidence, link)
        item.counted_as = (f"injustice/{injustice.type}",)
        if injustice.person:
            item.notes.append(("Who", injustice.person))
        return item

    def _remedy(self, remedy: Remedy) -> Item:
        label = self.names.label("remedy", remedy.type)
        item = self._item(
            remedy.id, "remedy", label, remedy.evidence, address("remedy", remedy.type)
        )
        if remedy.status in PROMISED:
            item.counted_as = (f"remedy/{remedy.type}",)
        item.notes.append(("Status", self.names.concept("remedy-status", remedy.status)))
        if sum_ := sum_words(remedy):
            item.notes.append(("Sum", sum_))
        if remedy.payer and len(self.decision.authorities) > 1:
            item.notes.append(("From", remedy.payer))
        if remedy.recipient:
            item.notes.append(("For", remedy.recipient))
        if remedy.due:
            basis = BASES.get(remedy.due.basis, remedy.due.basis)
            when = day_words(remedy.due.date) or "no date could be worked out"
            item.notes.append(("Due", f"{when} (“{month_words(remedy.due.text)}”, {basis})"))
        return item

    def _link(
        self,
        item: Item,
        finding: Finding,
        injustices: dict[str, Item],
        remedies: dict[str, Item],
        placed: set[str],
    ) -> None:
        for id in finding.injustices:
            if id not in injustices:
                continue
            if id in placed:
                item.caused.append(_named_above(injustices[id]))
                continue
            placed.add(id)
            injustices[id].caused = self._answers(id, remedies, placed)
            item.caused.append(injustices[id])
        item.answered = self._answers(finding.id, remedies, placed)

    def _answers(self, id: str, remedies: dict[str, Item], placed: set[str]) -> list[Item]:
        found = []
        for remedy in self.decision.remedies:
            if id in remedy.remedies:
                item = remedies[remedy.id]
                found.append(_named_above(item) if remedy.id in placed else item)
                placed.add(remedy.id)
        return found

    def _others(self) -> None:
        out, decision = self.reading, self.decision
        for index, reason in enumerate(decision.reasons, 1):
            label = self.names.label("reason", reason.type)
            link = address("reason", reason.type)
            item = self._item(f"n{index}", "reason", label, reason.evidence, link)
            item.counted_as = (f"reason/{reason.type}",)
            if reason.scope:
                item.notes.append(("About", reason.scope))
            if reason.provision:
                item.notes.append(("Under", provision_label(reason.provision)))
            out.reasons.append(item)
        for index, citation in enumerate(decision.citations, 1):
            item = self._citation(index, citation)
            (out.powers if citation.role == "jurisdiction" else out.law).append(item)
        for index, body in enumerate(decision.bodies, 1):
            label = self.names.label("body", body.id)
            link = address("body", body.id)
            item = self._item(f"b{index}", "body", label, body.evidence, link)
            item.counted_as = (f"body/{body.id}",)
            for role in body.roles:
                item.notes.append(("Role", self.names.concept("body-role", role)))
            out.bodies.append(item)
        for part in decision.parts:
            self._item(f"part-{part.id}", "part", part.text, part.evidence)
        for index, unread in enumerate(decision.unread, 1):
            passage = Evidence(unread.paragraph, unread.start, unread.end, unread.text, unread.kind)
            item = self._item(f"u{index}", "unread", unread.text, (passage,))
            item.notes.append((unread.kind.capitalize(), unread.why))
            out.unread.append(item)

    def _citation(self, index: int, citation: Citation) -> Item:
        title, link = citation.text, None
        counted: tuple[str, ...] = ()
        if citation.id and citation.kind == "statute":
            title = provision_label(citation.id)
            link = address("provision", citation.id)
            if citation.role != "jurisdiction":
                counted = (citation.id, *ancestors(citation.id))
        elif citation.id and citation.kind == "guidance":
            title = self.names.label("guidance", citation.id)
            link = address("guidance", citation.id)
            counted = (citation.id,)
        item = self._item(f"c{index}", "law", title, citation.evidence, link)
        dimension = "provision" if citation.kind == "statute" else "guidance"
        item.counted_as = tuple(f"{dimension}/{key}" for key in counted)
        if citation.id is None:
            item.notes.append(("Not recognised", "no register has it"))
        return item

    def _mark(self) -> None:
        grouped: dict[tuple[int, int, str], list[tuple[Evidence, Item]]] = {}
        for passage, item in self.evidence:
            key = (passage.start, -passage.end, item.kind)
            grouped.setdefault(key, []).append((passage, item))
        for number, key in enumerate(sorted(grouped), 1):
            entries = grouped[key]
            first = entries[0][0]
            mark = Mark(
                number=number,
                start=first.start,
                end=first.end,
                kind=key[2],
                quote=first.quote,
                paragraph=first.paragraph,
                rules=tuple(dict.fromkeys(passage.rule for passage, _ in entries)),
                items=tuple(dict.fromkeys(item.code for _, item in entries)),
            )
            self.reading.marks.append(mark)
            for _, item in entries:
                if mark not in item.marks:
                    item.marks.append(mark)
        first_marks: dict[str, int] = {}
        for mark in self.reading.marks:
            for _, item in grouped[mark.start, -mark.end, mark.kind]:
                for name in item.counted_as:
                    first_marks.setdefault(name, mark.number)
        for name, number in first_marks.items():
            self.reading.places.setdefault(number, []).append(name)

    def _text(self) -> None:
        out = self.reading
        spans = [Span(mark.number, mark.start, mark.end, mark.kind) for mark in out.marks]
        paragraphs = [p for p in self.decision.paragraphs if p.section != "summary"]
        shown: set[int] = set()
        heading: str | None = None
        for paragraph in paragraphs:
            over = _over(paragraph, spans)
            shown |= {span.id for span in over}
            cut = tuple(pieces(paragraph.text, paragraph.start, over))
            new = paragraph.heading if paragraph.heading != heading else None
            heading = paragraph.heading
            out.blocks.append(Block(paragraph.number, new, cut))
        outside = [mark for mark in out.marks if mark.number not in shown]
        shown |= self._summary(outside, spans)
        out.elsewhere = [mark for mark in out.marks if mark.number not in shown]

    def _summary(self, outside: list[Mark], spans: list[Span]) -> set[int]:
        """Show the summary with its marks; numbers of the marks that it holds.

        A record does not say where its summary stands, but a quote from it does.
        """
        summary = self.decision.summary or ""
        inside = [mark for mark in outside if mark.quote and mark.quote in summary]
        starts = {mark.start - summary.index(mark.quote) for mark in inside}
        if len(starts) != 1:  # none, or quotes that stand there twice
            return set()
        (start,) = starts
        numbers = {mark.number for mark in inside}
        over = [span for span in spans if span.id in numbers]
        self.reading.summary = tuple(pieces(summary, start, over))
        return numbers


def _over(paragraph: Paragraph, spans: list[Span]) -> list[Span]:
    return [s for s in spans if s.start < paragraph.end and s.end > paragraph.start]


def _named_above(item: Item) -> Item:
    return Item(item.code, item.kind, item.title, repeated=True)


def sum_words(remedy: Remedy) -> str | None:
    """A remedy's sum in words: ``£1,200 in all: £600 for each term, 2 times``."""
    if remedy.amount is None and remedy.total is None:
        return None
    currency = "£" if (remedy.currency or "GBP") == "GBP" else f"{remedy.currency} "
    each = f"{currency}{_money(remedy.amount)}" if remedy.amount is not None else ""
    if remedy.per:
        each += " each" if remedy.per == "each" else f" for each {remedy.per}"
        if remedy.count is not None:
            each += f", {remedy.count:f} times"
    if remedy.total is None or (remedy.total == remedy.amount and not remedy.per):
        return each or None
    return f"{currency}{_money(remedy.total)} in all" + (f": {each}" if each else "")


def _money(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
