"""Phrases with alternatives and gaps, from which sentences are made.

``[soon|in [time|June]]`` is a choice, ``{P}`` a gap that somebody else fills. Two forms of one
verb, ``[is|are]``, are no choice: they agree with the gap before them. A phrase is parsed
once and expanded many times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.benchmarks.texts.chance import one_of

_TOKEN = re.compile(r"[\[\]|]|\{[^{}]*\}|[^\[\]|{}]+")
_PRONOUNS = frozenset({"he", "He"})
_PAIRS = frozenset({("is", "are"), ("was", "were"), ("has", "have")})
_AFTER_STOP = re.compile(r"[.!?] [a-z]")
_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(\[|]))'")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a phrase that is filled when it is expanded."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, each as likely as the others."""

    options: tuple[Phrase, ...]


Piece: TypeAlias = "str | Gap | Choice"
Phrase: TypeAlias = tuple[Piece, ...]


def parse(text: str) -> Phrase:
    """The phrase that ``text`` writes; its straight quotes and apostrophes become curly.

    Raises :class:`ValueError` for brackets that do not match.
    """
    tokens = _TOKEN.findall(_OPENING.sub("‘", text).replace("'", "’"))
    phrase, rest = _parse(tokens, 0, "")
    if rest != len(tokens):
        raise ValueError(f"unmatched ] in {text!r}")
    return phrase


def _parse(tokens: list[str], at: int, before: str) -> tuple[Phrase, int]:
    pieces: list[Piece] = []
    while at < len(tokens) and tokens[at] not in ("|", "]"):
        token = tokens[at]
        if token == "[":
            options = []
            while at < len(tokens) and tokens[at] != "]":
                option, at = _parse(tokens, at + 1, before)
                options.append(option)
            if at == len(tokens):
                raise ValueError(f"unmatched [ in {''.join(tokens)!r}")
            pieces.append(_agreeing(options, before) or Choice(tuple(options)))
        elif token[0] == "{":
            before = token[1:-1]
            pieces.append(Gap(before))
        else:
            pieces.append(token)
        at += 1
    return tuple(pieces), at


def _agreeing(options: list[Phrase], before: str) -> Gap | None:
    """The gap that two forms of a verb leave; None for other alternatives."""
    words = [option[0] for option in options if len(option) == 1]
    if len(options) != 2 or len(words) != 2:
        return None
    one, many = words
    if not isinstance(one, str) or not isinstance(many, str):
        return None
    if (one, many) not in _PAIRS and one != f"{many}s":
        return None
    return Gap(f"={'he' if before in _PRONOUNS else 'P'} {one} {many}")


def expand(phrase: Phrase, draw: Callable[[], float], fill: Callable[[str], str]) -> str:
    """The words of ``phrase``: ``draw`` gives numbers from 0 to 1, ``fill`` what a gap holds."""
    words: list[str] = []
    _expand(phrase, draw, fill, words)
    return "".join(words)


def _expand(
    phrase: Phrase, draw: Callable[[], float], fill: Callable[[str], str], words: list[str]
) -> None:
    for piece in phrase:
        if isinstance(piece, str):
            words.append(piece)
        elif isinstance(piece, Gap):
            words.append(fill(piece.name))
        else:
            _expand(one_of(draw, piece.options), draw, fill, words)


def tidy(words: str) -> str:
    """``words`` without the spaces that alternatives leave where they are empty."""
    if "  " in words:
        words = " ".join(words.split())
    for mark in ("’", ".", ","):
        words = words.replace(f" {mark}", mark)
    return words.strip()


def sentence(words: str) -> str:
    """``words`` with a capital at the beginning of each sentence."""
    return words[:1].upper() + _AFTER_STOP.sub(lambda found: found[0].upper(), words[1:])
