"""Divisions of legislation in running text: sections, regulations, schedules, parts.

The Ombudsman writes the same number in many ways: ``section 34(B)`` and ``34 B`` are 34B,
``34H(i)`` is 34H(1), ``Schedule 5/5A, paragraph 1/3`` names two schedules, ``section
34B)6)`` is a misprint of 34B(6). The raw words stay beside the canonical path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from string import ascii_uppercase

import ahocorasick_rs

from graph.extraction.first_letters import compiled

_NUMBER = r"\d{1,3}(?!\d)(?: ?[A-Z]{1,3}(?![a-z]))?(?:\d[A-Z]?)?"
_SUBS = r"(?: ?\(\s?[0-9A-Za-z]{1,4}(?:(?:,| and| &| or) ?[0-9A-Za-z]{1,4})*\s?\))*(?:\)\d\))?"
_ONE = rf"{_NUMBER}{_SUBS}"
_JOIN = r"(?:\s?(?:,? and|,? or|,? &|&|,|/| to |-)\s?(?:\([0-9a-z]{1,3}\)|" + _ONE + r"))*"
_SECTION = compiled(
    rf"(?<!['’])\b(?P<word>[Ss]ections?|[Ss]s?\.? ?(?=\d)|[Rr]egulations?|[Rr]egs?\.?|[Aa]rticles?"
    rf"|[Rr]ules?)\s?"
    rf"(?P<list>{_ONE}{_JOIN})"
)
_SCHEDULE = compiled(
    r"\b(?:[Pp]aragraphs? (?P<before>\d+[A-Z]?(?:\(\w+\))*) (?:of |to )?)?[Ss]ch(?:edule)?s?\.? ?"
    r"(?P<list>(?:[A-Z](?=\d))?\d+[A-Z]{0,2}(?:[/.]\d+[A-Za-z]?)?)"
    r"(?:,? ?[Pp]art (?P<part>\d+[A-Z]?|[IVX]+)\b)?"
    r"(?:,? ?(?:paragraphs?|paras?\.?) (?P<after>\d+[A-Z]?(?:\(\w+\))*(?:/\d+[A-Z]?)?(?:(?:,| "
    r"and) \d+[A-Z]?)*))?"
)
_PART = compiled(r"\b(?P<word>Part|Chapter) (?P<list>[0-9]+[A-Z]?|[IVX]+[A-Z]?)\b")
_PIECE = compiled(rf"(?P<number>{_NUMBER})(?P<subs>{_SUBS})|(?P<only>\([0-9a-z]{{1,3}}\))")
_SUB = compiled(r"\(\s?([^()]+?)\s?\)|\)(\d)\)")
_LETTER_IN_BRACKETS = compiled(r"^\(([A-Z]{1,2})\)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}

_KINDS = {"s": "section", "r": "regulation", "a": "article"}


@dataclass(frozen=True, slots=True)
class Division:
    """One mention: its span, its kind and the steps of each path below the Act."""

    start: int
    end: int
    kind: str
    """section, regulation, article, rule, schedule, part or chapter."""
    steps: tuple[str, ...]
    """Path of each division named, such as ``section/26A/1``."""
    certain: bool
    """Whether the words can only mean legislation; "Part 3" may be of a form."""

    @property
    def number(self) -> str:
        """The first number: ``26A``."""
        return self.steps[0].split("/")[1]

    def paths(self, statute_id: str) -> list[str]:
        """Paths within an Act or instrument."""
        return [f"{statute_id}/{step}" for step in self.steps]


def divisions(text: str) -> list[Division]:
    """Every division named in ``text``: sections first, then schedules, then parts."""
    lines = _lines(text)
    sections = [one for span in lines["section"] for one in _sections(text, *span)]
    schedules = [one for span in lines["schedule"] for one in _schedules(text, *span)]
    parts: list[Division] = []
    for start, end in lines["part"]:
        for match in _PART.finditer(text, start, end):
            kind = match["word"].lower()
            if any(one.start <= match.start() < one.end for one in schedules):
                continue  # a part of that schedule
            steps = (f"{kind}/{match['list']}",)
            parts.append(Division(match.start(), match.end(), kind, steps, False))
    return [*sections, *schedules, *parts]


_FIGURES = "0123456789"
_WORDS = ("ection", "egulation", "eg", "rticle", "ule")
_CUES = {
    "section": (
        *("".join(cue) for cue in product(_WORDS, ("", " "), _FIGURES)),
        *("".join(cue) for cue in product(("s", "S", "eg"), ("", " ", ".", ". "), _FIGURES)),
    ),
    "schedule": (
        "chedule",
        *("".join(cue) for cue in product("sS", ("ch",), f"s. {_FIGURES}{ascii_uppercase}")),
    ),
    "part": tuple("".join(cue) for cue in product(("Part ", "Chapter "), f"{_FIGURES}IVX")),
}
"""What a line has that names a division: the end of its word, and mostly a figure."""


def _lines(text: str) -> dict[str, list[tuple[int, int]]]:
    """Spans of the lines that may name a section, a schedule or a part.

    Most lines name no law, and one search for plain strings is many times faster than patterns.
    """
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in _CUES}
    automaton, kinds = _automaton()
    for cue, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        spans = found[kinds[cue]]
        if not spans or start > spans[-1][1]:
            end = text.find("\n", start)
            spans.append((text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end))
    return found


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    """The automaton over the cues, and the kind of each."""
    cues = [(cue, kind) for kind, cues in _CUES.items() for cue in cues]
    automaton = ahocorasick_rs.AhoCorasick(
        [cue for cue, _ in cues],
        implementation=ahocorasick_rs.Implementation.DFA,  # the fastest to search
    )
    return automaton, tuple(kind for _, kind in cues)


def _sections(text: str, start: int, end: int) -> Iterator[Division]:
    for match in _SECTION.finditer(text, start, end):
        word = match["word"].lower()
        kind = "rule" if word.startswith("rule") else _KINDS[word[0]]
        steps = tuple(_steps(kind, match["list"]))
        if steps:
            stop = match.end() - len(match.group()) + len(match.group().rstrip(" ,/-"))
            yield Division(match.start(), stop, kind, steps, True)


def _schedules(text: str, start: int, end: int) -> Iterator[Division]:
    for match in _SCHEDULE.finditer(text, start, end):
        steps = tuple(_schedule(match))
        yield Division(match.start(), match.end(), "schedule", steps, match["after"] is not None)


def _steps(kind: str, listed: str) -> Iterator[str]:
    base = ""
    subsection = ""
    previous: str | None = None
    for piece in _PIECE.finditer(listed):
        joined = listed[: piece.start()].rstrip().endswith((" to", "-"))
        if piece["only"]:
            if base:
                last = piece["only"].strip("()")
                if joined and subsection.isdigit() and last.isdigit():
                    yield from (f"{base}/{n}" for n in range(int(subsection) + 1, int(last)))
                subsection = last
                yield f"{base}/{last}"
            continue
        number = piece["number"].replace(" ", "")
        subs = piece["subs"] or ""
        lettered = _LETTER_IN_BRACKETS.match(subs.strip())
        if lettered and number.isdigit():
            number += lettered[1]
            subs = subs.strip()[lettered.end() :]
        if previous and joined:
            for between in _between(previous, number):
                yield f"{kind}/{between}"
        previous = number
        base = f"{kind}/{number}"
        steps = list(_with_subsections(base, subs))
        subsection = steps[-1].removeprefix(base).removeprefix("/")
        yield from steps


_LETTERED = compiled(r"(?P<number>\d+)(?P<letters>[A-Z]+)")


def _between(first: str, last: str) -> Iterator[str]:
    """The numbers inside a range: 42 to 45, 22A to 22C, 23A to 23CA (which holds 23C)."""
    if first.isdigit() and last.isdigit():
        yield from map(str, range(int(first) + 1, int(last)))
        return
    one, other = _LETTERED.fullmatch(first), _LETTERED.fullmatch(last)
    if one is None or other is None or one["number"] != other["number"]:
        return
    if len(one["letters"]) > 1:
        return
    stop = ord(other["letters"][0]) + (len(other["letters"]) > 1)
    for code in range(ord(one["letters"]) + 1, stop):
        yield f"{one['number']}{chr(code)}"


def _with_subsections(base: str, subs: str) -> Iterator[str]:
    groups = [first or second for first, second in _SUB.findall(subs)]
    if not groups:
        yield base
        return
    path = base
    for position, group in enumerate(groups):
        several = re.split(r",? and |,? or | ?& ?|, ?", group)
        if len(several) > 1 or position == len(groups) - 1:
            for one in several:
                yield f"{path}/{_ROMAN.get(one, one) if position == 0 else one}"
            return
        path = f"{path}/{_ROMAN.get(group, group) if position == 0 else group}"


def _schedule(match: re.Match[str]) -> Iterator[str]:
    numbers = match["list"]
    paragraph = match["before"] or match["after"]
    if "." in numbers:
        number, _, paragraph = numbers.partition(".")
        yield f"schedule/{number}/paragraph/{paragraph}"
        return
    schedules = [n.upper() for n in numbers.split("/")]
    paragraphs = re.split(r"/|, | and ", paragraph) if paragraph else []
    for index, number in enumerate(schedules):
        if not paragraphs:
            yield (
                f"schedule/{number}/part/{match['part']}"
                if match["part"]
                else (f"schedule/{number}")
            )
        elif len(schedules) == len(paragraphs) and len(schedules) > 1:
            yield f"schedule/{number}/paragraph/{_plain(paragraphs[index])}"
        else:
            for one in paragraphs:
                yield f"schedule/{number}/paragraph/{_plain(one)}"


def _plain(paragraph: str) -> str:
    return paragraph.replace("(", "/").replace(")", "")
