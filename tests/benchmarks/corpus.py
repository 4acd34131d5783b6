"""A corpus of made-up decisions of any size, as records, to measure queries with.

Each decision is drawn by a generator seeded with its number, so that the same number gives
the same decision whatever the size of the corpus. Councils, subjects, types, legislation and
bodies come from the registers and vocabularies, and are drawn as unevenly as they occur:
some councils have a hundred times the decisions of others, and delay is found most often.
The wording is ours and says nothing but what the record says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

from ontology.bodies import bodies
from ontology.categories import categories
from ontology.councils import councils
from ontology.guidance import guidance
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
    Reason,
    Remedy,
    Source,
)
from ontology.statutes import statutes
from ontology.vocabulary import vocabulary

FIRST_DAY = date(2016, 4, 1)
DAYS = 3800
"""Days over which decisions are spread: a little over ten years."""
PROVIDERS = 4000
"""Care providers, each the subject of few decisions."""
FILLER = 14
"""Paragraphs that say nothing that is read."""

_T = TypeVar("_T")


def decisions(count: int, start: int = 0) -> Iterator[Decision]:
    """The decisions numbered ``start`` to ``start + count - 1``."""
    for number in range(start, start + count):
        yield _Draft(number).decision()


@cache
def _weights(count: int) -> tuple[float, ...]:
    """Cumulative weights of a Zipf distribution over ``count`` ranks."""
    return tuple(accumulate(1 / (rank + 3) for rank in range(count)))


@cache
def _shuffled(name: str) -> tuple[str, ...]:
    """The keys of a register or scheme in an order that is the same every time."""
    sources = {
        "council": [
            c.gss
            for c in councils().values()
            if not c.fictional and (not c.end or c.end > FIRST_DAY)
        ],
        "provision": [
            f"{s.id}/section/{n}" for s in statutes().values() for n in s.provisions[:12]
        ],
        "guidance": list(guidance()),
        "body": list(bodies()),
        "category": [f"{entry.name}|{entry.subcategory}" for entry in categories()],
    }
    keys = sorted(sources.get(name) or vocabulary(name).leaves())
    Random(name).shuffle(keys)
    return tuple(keys)


@dataclass(slots=True)
class _Draft:
    """One decision while it is drawn: its paragraphs and the passages in them."""

    number: int
    random: Random = field(init=False)
    paragraphs: list[Paragraph] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.number)

    def _pick(self, keys: Sequence[_T]) -> _T:
        return self.random.choices(keys, cum_weights=_weights(len(keys)))[0]

    def _some(self, name: str, most: int) -> list[str]:
        wanted = self.random.randint(0, most)
        return list(dict.fromkeys(self._pick(_shuffled(name)) for _ in range(wanted)))

    def _say(self, text: str, rule: str, section: str = "found.findings") -> tuple[Evidence, ...]:
        number, start = len(self.paragraphs) + 1, self.length
        end = start + len(text)
        self.paragraphs.append(Paragraph(number, section, None, text, start, end))
        self.length = end + 2
        return (Evidence(number, start, end, text, rule),)

    def decision(self) -> Decision:
        random = self.random
        for index in range(FILLER):
            self._say(
                f"Matter {self.number}, note {index}, of no account. " * 6, "none", "background"
            )
        fault = random.random() < 0.55
        investigated = fault or random.random() < 0.4
        authority = self._authority()
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        injustices = self._injustices() if fault else ()
        findings = self._findings(authority, injustices) if investigated else ()
        if not fault:
            findings = tuple(_cleared(finding) for finding in findings)
        remedies = self._remedies(authority, injustices, day) if fault else ()
        reasons = () if investigated else self._reasons()
        citations = self._citations()
        bodies_ = self._bodies()
        name, subcategory = self._pick(_shuffled("category")).split("|")
        wording = " ".join(paragraph.text for paragraph in self.paragraphs)
        year, serial = divmod(self.number, 900_000)
        reference = f"{16 + year:02d} {serial // 1000:03d} {serial % 1000:03d}"
        outcome = "closed-after-initial-enquiries"
        if investigated:
            outcome = "upheld" if fault else "not-upheld"
        return Decision(
            source=Source(
                f"{reference.replace(' ', '-')}.txt",
                hashlib.sha256(f"{self.number} {wording}".encode()).hexdigest(),
                "A",
            ),
            reference=reference,
            url=None,
            authorities=(authority,),
            category=Category(name, subcategory),
            outcome=outcome,
            date=day,
            document_type="statement",
            disposition="investigated" if investigated else "not-investigated",
            summary=f"Complaint {self.number} about {authority.name}.",
            complainants=("Mx A",),
            paragraphs=tuple(self.paragraphs),
            parts=(),
            findings=findings,
            injustices=injustices,
            remedies=remedies,
            reasons=reasons,
            citations=citations,
            bodies=bodies_,
            related=(),
            satisfied=day + timedelta(days=200) if fault and random.random() < 0.3 else None,
            unread=(),
        )

    def _authority(self) -> Authority:
        if self.random.random() < 0.06:
            return Authority(
                f"Alder House {self.random.randrange(PROVIDERS)} Ltd", None, "care-provider"
            )
        gss = self._pick(_shuffled("council"))
        return Authority(councils()[gss].name, gss, "council")

    def _injustices(self) -> tuple[Injustice, ...]:
        return tuple(
            Injustice(
                f"i{index}", type_, "Mx A", self._say(f"There was {type_}.", "injustice.made")
            )
            for index, type_ in enumerate(self._some("injustice", 3), 1)
        )

    def _findings(
        self, authority: Authority, injustices: tuple[Injustice, ...]
    ) -> tuple[Finding, ...]:
        types = self._some("fault", 3) or ["delay"]
        return tuple(
            Finding(
                f"f{index}",
                "fault-with-injustice" if injustices else "fault",
                (type_,),
                None,
                authority.name,
                tuple(one.id for one in injustices[index - 1 : index + 1]),
                (self._pick(_shuffled("provision")),) if self.random.random() < 0.3 else (),
                self._say(f"There was fault: {type_}.", "fault.made"),
            )
            for index, type_ in enumerate(types, 1)
        )

    def _remedies(
        self, authority: Authority, injustices: tuple[Injustice, ...], day: date
    ) -> tuple[Remedy, ...]:
        found = []
        for index, type_ in enumerate(self._some("remedy", 5), 1):
            paid = (
                Decimal(50 * self.random.randint(1, 60)) if type_.startswith("financial") else None
            )
            days = self.random.choice((28, 30, 56, 90))
            found.append(
                Remedy(
                    id=f"r{index}",
                    type=type_,
                    status="agreed",
                    amount=paid,
                    currency="GBP" if paid else None,
                    per=None,
                    count=None,
                    total=paid,
                    payer=authority.name,
                    recipient="Mx A",
                    purposes=(injustices[0].type,) if paid and injustices else (),
                    due=Due(f"within {days} days", day + timedelta(days=days), "assumed"),
                    remedies=(injustices[-1].id,) if injustices else ("f1",),
                    evidence=self._say(f"The Council agreed to {type_}.", "remedy.made", "action"),
                )
            )
        return tuple(found)

    def _reasons(self) -> tuple[Reason, ...]:
        return tuple(
            Reason(type_, None, None, self._say(f"We stop because of {type_}.", "reason.made"))
            for type_ in self._some("reason", 2)
        )

    def _bodies(self) -> tuple[Body, ...]:
        return tuple(
            Body(one, one, ("decision-shared-with",), self._say(f"We name {one}.", "body.named"))
            for one in self._some("body", 2)
        )

    def _citations(self) -> tuple[Citation, ...]:
        powers = ("26/1", "26A/1", "34/3", "24A/6", "30/1B")[: self.random.randint(2, 5)]
        made = [
            Citation(
                "statute",
                f"ukpga/1974/7/section/{step}",
                f"section {step}",
                "jurisdiction",
                self._say(f"Our powers: {step}.", "statute.made", "role-powers"),
            )
            for step in powers
        ]
        made += [
            Citation(
                "statute", path, path, "substantive", self._say(f"Law: {path}.", "statute.made")
            )
            for path in self._some("provision", 3)
        ]
        made += [
            Citation("guidance", one, one, "substantive", self._say(f"See {one}.", "guidance.made"))
            for one in self._some("guidance", 1)
        ]
        return tuple(made)


def _cleared(finding: Finding) -> Finding:
    """The same finding without fault."""
    return Finding(
        finding.id,
        "no-fault",
        (),
        None,
        finding.authority,
        (),
        finding.provisions,
        finding.evidence,
    )
