"""Fictional decisions and small graphs for tests.

:func:`decision` is one rich record in our own words: invented council, lettered people,
a serial that the Ombudsman does not use. Every passage is a slice of the decision's own
paragraphs, so that offsets, quotes and paragraphs agree. :func:`build_graph` writes any
records to disk as the build does, without reading a text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.model import (
    Authority,
    Body,
    Category,
    Citation,
    Decision,
    Due,
    Evidence,
    Finding,
    Injustice,
    Paragraph,
    Part,
    Reason,
    Related,
    Remedy,
    Source,
    Unread,
)

if TYPE_CHECKING:
    from graph.knowledge_graph import KnowledgeGraph

TARNBECK = Authority("Tarnbeck Metropolitan Borough Council", "X08000001", "council")
KINGSFERRY = Authority("Kingsferry City Council", "X06000001", "council")
WEXBOROUGH = Authority("London Borough of Wexborough", "X09000001", "council")
PEVERELL = Authority("Peverell District Council", "X07000001", "council")

_GAP = "\n\n"


class Wording:
    """The paragraphs of a fictional decision, and evidence found in them by its words."""

    def __init__(self, *sections: tuple[str, str | None, Sequence[str]]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.text = ""
        for section, heading, texts in sections:
            for text in texts:
                self._add(section, heading, text)

    def _add(self, section: str, heading: str | None, text: str) -> None:
        self.text += _GAP if self.text else ""
        start = len(self.text)
        self.text += text
        number = len(self.paragraphs) + 1
        end = len(self.text)
        self.paragraphs.append(Paragraph(number, section, heading, text, start, end))

    def evidence(self, quote: str, rule: str) -> tuple[Evidence, ...]:
        """The one passage that reads ``quote``; ValueError when the wording has none."""
        start = self.text.index(quote)
        end = start + len(quote)
        inside = next(p for p in self.paragraphs if p.start <= start and end <= p.end)
        return (Evidence(inside.number, start, end, quote, rule),)

    def source(self, name: str) -> Source:
        """A source whose hash is that of the wording."""
        return Source(name, hashlib.sha256(self.text.encode()).hexdigest(), "A")


def text_of(decision: Decision) -> str:
    """The clean text that a factory decision's offsets point into."""
    return _GAP.join(paragraph.text for paragraph in decision.paragraphs)


EDUCATION = Wording(
    (
        "complaint",
        "The complaint",
        [
            "Miss Y complains that the Council: a) gave her son no teaching for two terms "
            "after he stopped attending school; and b) answered her complaint late."
        ],
    ),
    (
        "role-powers",
        "The Ombudsman's role and powers",
        [
            "We look into complaints of fault that caused an injustice, and may suggest how to "
            "put it right. (Local Government Act 1974, sections 26(1) and 26A(1))",
            "We share decisions about education with Ofsted.",
        ],
    ),
    (
        "found.facts",
        "What happened",
        [
            "The Education Act 1996, section 19 expects councils to arrange teaching for "
            "children who cannot attend because of illness.",
            "Between January and July 2021 the Council arranged no teaching at all for Z.",
        ],
    ),
    (
        "found.findings",
        "Findings",
        [
            "The Council delayed arranging alternative provision for Z. This was fault.",
            "Z went without education for two terms, and Miss Y was caused distress.",
            "The Council took eleven weeks longer than its policy allows to answer the "
            "complaint. This was fault and put Miss Y to time and trouble.",
        ],
    ),
    (
        "action",
        "Agreed action",
        [
            "Within one month of my decision the Council has agreed to apologise to Miss Y and "
            "to pay her £1,200 for the education Z missed.",
            "It will also pay £150 for her time and trouble by 14 October 2022.",
            "Within three months it will review its procedure for children who are out of school, "
            "and tell its members in the near future.",
        ],
    ),
    ("decision", "Final decision", ["I found fault causing injustice and closed the case."]),
)


def decision(**changes: Any) -> Decision:
    """One upheld education decision against Tarnbeck with everything a record can hold.

    ``changes`` replace fields, as :func:`dataclasses.replace` does.
    """
    say = EDUCATION.evidence
    made = Decision(
        source=EDUCATION.source("22-900-014.txt"),
        reference="22 900 014",
        url="https://www.lgo.org.uk/decisions/education/alternative-provision/22-900-014",
        authorities=(TARNBECK,),
        category=Category("Education", "Alternative provision"),
        outcome="upheld",
        date=date(2022, 9, 15),
        document_type="statement",
        disposition="investigated",
        summary="The Council left a child without teaching for two terms.",
        complainants=("Miss Y",),
        paragraphs=tuple(EDUCATION.paragraphs),
        parts=(
            Part(
                "a",
                "gave her son no teaching for two terms after he stopped attending school",
                say("gave her son no teaching for two terms", "part.lettered"),
            ),
            Part(
                "b",
                "answered her complaint late",
                say("answered her complaint late", "part.lettered"),
            ),
        ),
        findings=_education_findings(),
        injustices=(
            Injustice(
                "i1",
                "loss-of-education",
                "Z",
                say("Z went without education for two terms", "injustice.education"),
            ),
            Injustice(
                "i2",
                "distress",
                "Miss Y",
                say("Miss Y was caused distress", "injustice.distress"),
            ),
            Injustice(
                "i3",
                "time-and-trouble",
                "Miss Y",
                say("put Miss Y to time and trouble", "injustice.time-and-trouble"),
            ),
        ),
        remedies=_education_remedies(),
        reasons=(),
        citations=_education_citations(),
        bodies=(
            Body(
                "ofsted",
                "Ofsted",
                ("decision-shared-with",),
                say("We share decisions about education with Ofsted.", "body.shared"),
            ),
        ),
        related=(),
        satisfied=date(2023, 1, 9),
        unread=(_unread("in the near future"),),
    )
    return replace(made, **changes)


def _unread(quote: str) -> Unread:
    (found,) = EDUCATION.evidence(quote, "due.unread")
    why = "the words name no event to count from"
    return Unread("due", quote, found.paragraph, found.start, found.end, why)


def _education_findings() -> tuple[Finding, ...]:
    say = EDUCATION.evidence
    return (
        Finding(
            "f1",
            "fault-with-injustice",
            ("delay", "failure-to-provide-service"),
            "a",
            TARNBECK.name,
            ("i1", "i2"),
            ("ukpga/1996/56/section/19",),
            say(
                "The Council delayed arranging alternative provision for Z. This was fault.",
                "fault.delay",
            ),
        ),
        Finding(
            "f2",
            "fault-with-injustice",
            ("poor-complaint-handling",),
            "b",
            TARNBECK.name,
            ("i3",),
            (),
            say("took eleven weeks longer than its policy allows", "fault.complaint-handling"),
        ),
    )


def _education_remedies() -> tuple[Remedy, ...]:
    say = EDUCATION.evidence
    month = Due("Within one month of my decision", date(2022, 10, 15), "relative")
    by_day = Due("by 14 October 2022", date(2022, 10, 14), "absolute")
    quarter = Due("Within three months", date(2022, 12, 15), "assumed")
    name = TARNBECK.name
    return (
        remedy("r1", "apology", say("apologise to Miss Y", "remedy.apology"), due=month),
        remedy(
            "r2",
            "financial-loss-of-education",
            say("pay her £1,200 for the education Z missed", "remedy.payment"),
            amount=Decimal(600),
            currency="GBP",
            per="term",
            count=Decimal(2),
            total=Decimal(1200),
            payer=name,
            purposes=("loss-of-education",),
            remedies=("i1",),
            due=month,
        ),
        remedy(
            "r3",
            "financial-time-and-trouble",
            say("pay £150 for her time and trouble", "remedy.payment"),
            amount=Decimal("150.00"),
            currency="GBP",
            total=Decimal("150.00"),
            payer=name,
            purposes=("time-and-trouble",),
            remedies=("i3",),
            due=by_day,
        ),
        remedy(
            "r4",
            "procedure-review",
            say("review its procedure for children who are out of school", "remedy.procedure"),
            recipient=None,
            due=quarter,
            remedies=("f1",),
        ),
    )


def remedy(id: str, type: str, evidence: tuple[Evidence, ...], **changes: Any) -> Remedy:
    """An agreed remedy for Miss Y without a sum; ``changes`` replace fields."""
    made = Remedy(
        id=id,
        type=type,
        status="agreed",
        amount=None,
        currency=None,
        per=None,
        count=None,
        total=None,
        payer=None,
        recipient="Miss Y",
        purposes=(),
        due=None,
        remedies=(),
        evidence=evidence,
    )
    return replace(made, **changes)


def _education_citations() -> tuple[Citation, ...]:
    say = EDUCATION.evidence
    powers = say("Local Government Act 1974, sections 26(1) and 26A(1)", "statute.act-sections")
    duty = say("Education Act 1996, section 19", "statute.act-sections")
    return (
        Citation("statute", "ukpga/1974/7/section/26/1", "section 26(1)", "jurisdiction", powers),
        Citation("statute", "ukpga/1974/7/section/26A/1", "section 26A(1)", "jurisdiction", powers),
        Citation(
            "statute",
            "ukpga/1996/56/section/19",
            "Education Act 1996, section 19",
            "substantive",
            duty,
        ),
    )


HOUSING = Wording(
    (
        "complaint",
        "The complaint",
        ["Mr X complains that the Council placed his family in a hotel for eighteen weeks."],
    ),
    (
        "found.findings",
        "Findings",
        [
            "The Council kept the family in unsuitable accommodation past the legal limit. "
            "That was fault, and it delayed its decision too.",
            "Mr X was left distressed and had no suitable home.",
            "Mr X may ask the county court to look at the suitability of an offer.",
        ],
    ),
    (
        "action",
        "Agreed action",
        ["The Council will apologise and pay Mr X £200 for each of the twelve weeks."],
    ),
)


def housing_decision(**changes: Any) -> Decision:
    """An upheld homelessness decision against Kingsferry, a year after :func:`decision`."""
    say = HOUSING.evidence
    fault = say("kept the family in unsuitable accommodation", "fault.accommodation")
    made = empty_decision(
        HOUSING,
        reference="23 900 021",
        authorities=(KINGSFERRY,),
        category=Category("Housing", "Homelessness"),
        outcome="upheld",
        date=date(2023, 6, 2),
        disposition="investigated",
        complainants=("Mr X",),
        findings=(
            Finding(
                "f1",
                "fault-with-injustice",
                ("unsuitable-accommodation-or-placement", "delay"),
                None,
                KINGSFERRY.name,
                ("i1", "i2"),
                (),
                fault,
            ),
        ),
        injustices=(
            Injustice("i1", "distress", "Mr X", say("Mr X was left distressed", "injustice.x")),
            Injustice(
                "i2",
                "loss-of-suitable-accommodation",
                "Mr X",
                say("had no suitable home", "injustice.home"),
            ),
        ),
        remedies=(
            remedy(
                "r1",
                "apology",
                say("will apologise", "remedy.apology"),
                recipient="Mr X",
                remedies=("i1",),
            ),
            remedy(
                "r2",
                "financial-unsuitable-accommodation",
                say("pay Mr X £200 for each of the twelve weeks", "remedy.payment"),
                recipient="Mr X",
                amount=Decimal(200),
                currency="GBP",
                per="week",
                count=Decimal(12),
                total=Decimal(2400),
                remedies=("i2",),
            ),
        ),
        bodies=(
            Body(
                "county-court",
                "County Court",
                ("right-of-appeal-to", "better-placed-body"),
                say("may ask the county court", "body.appeal"),
            ),
        ),
        related=(Related("earlier", "22 900 014", "our earlier decision", ()),),
    )
    return replace(made, **changes)


CLOSED = Wording(
    ("complaint", "The complaint", ["Mrs W complains about a parking ticket from 2019."]),
    (
        "assessment",
        "My assessment",
        ["The complaint is late and I see no good reason to look at it now."],
    ),
)


def closed_decision(**changes: Any) -> Decision:
    """A complaint against Wexborough closed at once because it came late."""
    reason = Reason(
        "late",
        None,
        "ukpga/1974/7/section/26B",
        CLOSED.evidence("The complaint is late", "reason.late"),
    )
    made = empty_decision(
        CLOSED,
        reference="24 900 003",
        authorities=(WEXBOROUGH,),
        category=Category("Transport and highways", "Parking and other penalties"),
        outcome="closed-after-initial-enquiries",
        date=date(2024, 3, 20),
        disposition="not-investigated",
        complainants=("Mrs W",),
        reasons=(reason,),
    )
    return replace(made, **changes)


PLANNING = Wording(
    (
        "complaint",
        "The complaint",
        ["Mr V complains about how a planning application was decided."],
    ),
    ("found.findings", "Findings", ["I found no fault in how the Council reached its decision."]),
)


def not_upheld_decision(**changes: Any) -> Decision:
    """A planning decision against Peverell without fault."""
    evidence = PLANNING.evidence("I found no fault", "fault.none")
    made = empty_decision(
        PLANNING,
        reference="22 900 030",
        authorities=(PEVERELL,),
        category=Category("Planning", "Planning applications"),
        outcome="not-upheld",
        date=date(2022, 11, 30),
        disposition="investigated",
        complainants=("Mr V",),
        findings=(Finding("f1", "no-fault", (), None, PEVERELL.name, (), (), evidence),),
    )
    return replace(made, **changes)


HOSTILE_WORDS = (
    "=cmd|' /C calc'!A0 </script><img src=x onerror=\"window.pwned=1\"> "
    "\"quoted\" 'single' & \\ back\nsecond line\tTab \u202eRTL\u202c \U0001f9ee \x08\x1f ]]> end"
)
"""Words that have harmed careless writers of HTML, XML, CSV, RDF and JSON."""

HOSTILE_IN_XML = HOSTILE_WORDS.replace("\x08\x1f", "\r")
"""The same words without the control characters that XML forbids."""


def hostile_decision(hostile: str = HOSTILE_WORDS, **changes: Any) -> Decision:
    """A decision whose names, words and addresses are hostile to every output format."""
    wording = Wording(
        ("complaint", "</title><b>Heading</b>", [f"Mr H complains. {hostile}"]),
        ("found.findings", "Findings", [f"There was fault. {hostile} It caused distress."]),
    )
    words = wording.evidence(f"There was fault. {hostile}", "fault.hostile")
    authority = Authority(f"<script>window.pwned=1</script> {hostile}", None, "school")
    made = empty_decision(
        wording,
        reference="23 900 099",
        url="javascript:window.pwned=1",
        authorities=(authority,),
        category=Category("Education", "School admissions"),
        outcome="upheld",
        date=date(2023, 2, 1),
        disposition="investigated",
        summary=hostile,
        complainants=(hostile,),
        findings=(Finding("f1", "fault", ("delay",), None, authority.name, ("i1",), (), words),),
        injustices=(Injustice("i1", "distress", hostile, wording.evidence("distress", "=1+1")),),
        remedies=(
            remedy(
                "r1",
                "apology",
                words,
                recipient=hostile,
                remedies=("i1",),
                due=Due(hostile, None, "relative"),
            ),
        ),
    )
    return replace(made, **changes)


def empty_decision(wording: Wording, **changes: Any) -> Decision:
    """A decision with that wording of which nothing was read; ``changes`` say the rest."""
    made = Decision(
        source=wording.source("decision.txt"),
        reference=None,
        url=None,
        authorities=(),
        category=Category(None, None),
        outcome=None,
        date=None,
        document_type="statement",
        disposition="not-investigated",
        summary=None,
        complainants=(),
        paragraphs=tuple(wording.paragraphs),
        parts=(),
        findings=(),
        injustices=(),
        remedies=(),
        reasons=(),
        citations=(),
        bodies=(),
        related=(),
        satisfied=None,
        unread=(),
    )
    return replace(made, **changes)


def sample() -> tuple[Decision, ...]:
    """Four well-behaved decisions: two upheld, one not upheld, one closed at once."""
    return (decision(), housing_decision(), closed_decision(), not_upheld_decision())


def many(count: int) -> tuple[Decision, ...]:
    """``count`` copies of :func:`decision` under different references."""
    return tuple(decision(reference=f"22 9{i // 1000:02d} {i % 1000:03d}") for i in range(count))


def build_graph(decisions: Sequence[Decision], folder: Path) -> KnowledgeGraph:
    """Write the decisions to ``folder`` as a build does, and open the graph.

    Without reading any text. The build is imported here, so that tests of records alone
    load no store. Decisions made from one wording get sources of their own.
    """
    from graph.build import build_records
    from graph.knowledge_graph import KnowledgeGraph

    apart: dict[tuple[str, str], Decision] = {}
    for made in decisions:
        source = made.source
        if (source.name, source.sha256) in apart:
            source = replace(source, name=f"{len(apart)}-{source.name}")
        apart[source.name, source.sha256] = replace(made, source=source)
    build_records(apart.values(), folder)
    return KnowledgeGraph.open(folder)
