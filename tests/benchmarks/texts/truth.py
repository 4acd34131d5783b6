"""What a decision says, gathered while it is written, as an annotation of the gold form.

``tests/gold/README.md`` says what the keys of an annotation mean. Beside them ``passages``
names the words behind each item, and ``made_up`` says that the decision is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.texts.wording import Truth

_OURS = ("ukpga/1974/7/", "ukpga/1993/46/")
"""Acts that say what the Ombudsmen may do."""
_TOLD_AGAIN = frozenset({"fault", "injustice", "reason"})
"""What the summary, the remedies and the decision tell again, perhaps as another of its types."""


@dataclass(slots=True)
class Annotation:
    """The facts of one decision."""

    faults: list[tuple[str, ...]] = field(default_factory=list)
    injustices: list[tuple[str, ...]] = field(default_factory=list)
    reasons: list[tuple[str, ...]] = field(default_factory=list)
    remedies: list[dict[str, Any]] = field(default_factory=list)
    cites: dict[str, None] = field(default_factory=dict)
    guidance: dict[str, None] = field(default_factory=dict)
    bodies: dict[str, dict[str, None]] = field(default_factory=dict)
    optional: dict[str, dict[str, None]] = field(default_factory=dict)
    sums: dict[str, None] = field(default_factory=dict)
    """Sums that are no remedy, as decimal strings."""
    cleared: int = 0
    parts: dict[str, str] = field(default_factory=dict)
    passages: list[dict[str, str]] = field(default_factory=list)

    def add(self, truth: Sequence[Truth], passage: str) -> None:
        """Note what a line says, and where."""
        for one in truth:
            self.note(one.kind, one.ids, passage)

    def note(self, kind: str, ids: tuple[str, ...], passage: str) -> None:
        """Note one thing; ids as in :class:`Truth`."""
        if kind.endswith("?"):
            self.may(kind[:-1], ids[:1] if kind == "body?" else ids)
            return
        self.passages.append({"kind": kind, "id": ids[0], "quote": passage})
        if kind in _TOLD_AGAIN:
            self.may(kind, ids)
        if kind == "cite":
            self.cites[ids[0]] = None
        elif kind == "guide":
            self.guidance[ids[0]] = None
        elif kind == "body":
            self.bodies.setdefault(ids[0], {}).update(dict.fromkeys(ids[1:]))
        elif kind == "fault":
            self.faults.append(ids)
        elif kind == "injustice":
            self._distinct(self.injustices, ids)
        elif kind == "reason":
            self._distinct(self.reasons, ids)

    def may(self, kind: str, ids: Sequence[str]) -> None:
        """Note what may be read or not."""
        self.optional.setdefault(kind, {}).update(dict.fromkeys(ids))

    def clear(self, passage: str) -> None:
        """Note a conclusion that there was no fault."""
        self.cleared += 1
        self.passages.append({"kind": "no-fault", "id": "no-fault", "quote": passage})

    def _distinct(self, known: list[tuple[str, ...]], ids: tuple[str, ...]) -> None:
        """Add one entry a type: what may be the same as one that is known is left out."""
        if not any(set(ids) & set(one) for one in known):
            known.append(ids)

    def gold(self, header: dict[str, Any]) -> dict[str, Any]:
        """The annotation as JSON values, after those that the header gives."""
        paid = {one.get("amount") for one in self.remedies}
        paid |= {one.get("total") for one in self.remedies}
        return {
            **header,
            "faults": [list(ids) for ids in self.faults],
            "faults_optional": self._optional("fault"),
            "no_fault_findings": self.cleared,
            "injustices": [list(ids) for ids in self.injustices],
            "injustices_optional": self._optional("injustice"),
            "remedies": self.remedies,
            "remedies_optional": self._optional("remedy"),
            "forbidden_amounts": [one for one in self.sums if one not in paid],
            "reasons": [list(ids) for ids in self.reasons],
            "reasons_optional": self._optional("reason"),
            "citations": [{"id": id_, "role": _role(id_)} for id_ in self._cited()],
            "citations_optional": self._optional("cite"),
            "guidance": list(self.guidance),
            "guidance_optional": self._optional("guide"),
            "bodies": [{"id": id_, "roles": list(roles)} for id_, roles in self.bodies.items()],
            "bodies_optional": [o for o in self._optional("body") if o not in self.bodies],
            **({"findings_by_part": dict(sorted(self.parts.items()))} if self.parts else {}),
            "passages": self.passages,
            "made_up": "The decision is made up and says nothing about anyone.",
        }

    def _cited(self) -> list[str]:
        """Citations without those of a whole Act or instrument of which sections are cited."""
        return [id_ for id_ in self.cites if not any(o.startswith(f"{id_}/") for o in self.cites)]

    def _optional(self, kind: str) -> list[str]:
        return sorted(self.optional.get(kind, ()))


def _role(path: str) -> str:
    return "jurisdiction" if path.startswith(_OURS) else "substantive"
