"""What an explanation consists of, as text and as JSON.

``--format json`` prints one JSON object::

    {"things": [IRI...], "total": things explained in all, "shown": those in this answer,
     "explanations": [{"iri", "label", "decision": IRI or null, "date", "source",
       "told": [{"statements": [{"predicate", "object", "kind", "label"}],
                 "ground": {"kind", "words", "passages": [
                   {"quote", "before", "after", "place", "start", "end", "rule", "source"}]}}]}]}

Predicates and objects of the kind ``iri`` are IRIs in full; a sum of money has the kind
``sum`` and reads ``1200 GBP``. ``before + quote + after`` is the whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.questions.ground import Ground
from graph.questions.results import shorten


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about the thing that is explained."""

    predicate: str
    """IRI."""
    object: str
    """An IRI, the characters of a literal, or a sum of money with its currency."""
    kind: str
    """iri, literal, blank or sum."""
    label: str | None
    """The name of the object, where it has one that its IRI does not show."""

    def line(self) -> str:
        """The statement as shown to people, prefixes shortened."""
        shown = shorten(self.object) if self.kind == "iri" else self.object
        return f"{shorten(self.predicate)}  {shown}" + (f"  ({self.label})" if self.label else "")

    def json(self) -> dict[str, Any]:
        """The statement as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing of the graph: what is said about it, and what that rests on."""

    iri: str
    label: str | None
    decision: str | None
    """IRI of the decision that says it; None for registers and vocabularies."""
    date: str | None
    """The decision's date, ISO 8601."""
    source: str | None
    """Name of the source that the decision was read from."""
    told: tuple[tuple[tuple[Statement, ...], Ground], ...]
    """Statements that rest on the same ground, and that ground."""

    def lines(self) -> Iterator[str]:
        """The explanation as text; what decisions say in it is as they say it."""
        yield self.iri + (f"  ({self.label})" if self.label else "")
        for statements, ground in self.told:
            for statement in statements:
                yield f"    {statement.line()}"
            for line in ground.lines():
                yield f"      {line}"

    def json(self) -> dict[str, Any]:
        """The explanation as JSON values."""
        told = [
            {"statements": [one.json() for one in statements], "ground": ground.json()}
            for statements, ground in self.told
        ]
        shown = ("iri", "label", "decision", "date", "source")
        return {**{name: getattr(self, name) for name in shown}, "told": told}


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer to what the graph says about a thing, and why."""

    things: tuple[str, ...]
    """IRIs of what was asked about: one, or the several decisions of a reference."""
    explanations: tuple[Explanation, ...]
    total: int
    """How many explanations there are; more than these where a limit cut them."""

    def lines(self) -> Iterator[str]:
        """Everything as text, a heading before each decision where several say something."""
        headed = len({one.decision for one in self.explanations}) > 1
        before: str | None = None
        for one in self.explanations:
            if headed and one.decision and one.decision != before:
                dated = f", {one.date}" if one.date else ""
                yield ""
                yield f"{shorten(one.decision)}{dated}, read from {one.source}:"
            before = one.decision
            yield from one.lines()

    def __str__(self) -> str:
        """The lines, without characters that steer a terminal."""
        return "\n".join(
            "".join(c if c.isprintable() else " " for c in line) for line in self.lines()
        )

    def json(self) -> dict[str, Any]:
        """Everything as JSON values, in the shape that this module describes."""
        return {
            "things": list(self.things),
            "total": self.total,
            "shown": len(self.explanations),
            "explanations": [one.json() for one in self.explanations],
        }
