"""The tables of wording in ``wording/``, all of it made up for this benchmark.

A table is a text file. ``[slot] truth ...`` opens the lines of a slot, each of them one
phrase (:mod:`tests.benchmarks.texts.grammar`). What is true where a line is used stands
behind the slot, or behind the line itself, as words such as ``fault:delay/failure-to-act``
(acceptable ids, best first), ``cite:ukpga/1989/41/section/17``, ``guide:send-code`` or
``body:ico=better-placed-body/signposted-to``; with ``?`` the item may be read or not.
A slot may open more than once, with another truth. ``#`` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from tests.benchmarks.texts.grammar import Phrase, parse

FOLDER = Path(__file__).parent / "wording"
TOPICS = (
    *("education-plan", "care-needs", "homelessness", "planning", "children-services"),
    *("care-charging", "council-tax", "school-exclusion", "housing-allocations", "care-home"),
    *("school-transport", "noise", "parking", "refuse", "highways"),
)
"""Subjects, those that most decisions are about first."""
_SLOT = re.compile(r"\[([a-z-]+(?::[a-z-]+)?)\](.*)")
_TRUTH = re.compile(r"(?: (?:cite|guide|body|fault|injustice|reason|remedy)\??:\S+)+$")


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing that a line says."""

    kind: str
    """cite, guide, body, fault, injustice, reason or remedy; with ``?`` where optional."""
    ids: tuple[str, ...]
    """Acceptable ids, best first; of a body its id and the roles it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of saying something."""

    text: str
    phrase: Phrase
    truth: tuple[Truth, ...]
    unit: str = ""
    """week or month where the line is the purpose of a payment for each of them."""


Table: TypeAlias = Mapping[str, Sequence[Line]]


@cache
def table(name: str) -> Table:
    """The lines of ``wording/<name>.txt`` by slot; ValueError for a line outside a slot."""
    slots: dict[str, list[Line]] = {}
    lines: list[Line] | None = None
    behind = ""
    for text in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        opened = _SLOT.fullmatch(text)
        if opened and not text.endswith("."):
            lines = slots.setdefault(opened[1], [])
            behind = opened[2].strip()
        elif text and not text.startswith("#"):
            if lines is None:
                raise ValueError(f"{name}: {text!r} stands in no slot")
            lines.append(_line(text, behind))
    return MappingProxyType(slots)


def issues(name: str) -> tuple[str, ...]:
    """The matters that people complain of under a table's subject."""
    return tuple(slot[5:] for slot in table(name) if slot.startswith("gist:"))


def _line(text: str, behind: str) -> Line:
    own = _TRUTH.search(text)
    words = behind.split() + (own[0].split() if own else [])
    said = text[: own.start()] if own else text
    truth = tuple(_truth(word) for word in words if ":" in word)
    unit = next((word for word in words if ":" not in word), "")
    return Line(said, parse(said), truth, unit)


def _truth(word: str) -> Truth:
    kind, _, value = word.partition(":")
    if kind.startswith("body"):
        id_, _, roles = value.partition("=")
        return Truth(kind, (id_, *filter(None, roles.split("/"))))
    if kind.startswith("cite"):
        return Truth(kind, (value,))
    return Truth(kind, tuple(value.split("/")))
