"""The people of a decision: letters with a title, as in real ones, and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.texts.chance import one_of, taken

_LETTERS = "BCDEFGHJKLMNPQRSTUVWXYZ"
_HE = ("he", "him", "his", "He", "himself")
_SHE = ("she", "her", "her", "She", "herself")
_THEY = ("they", "them", "their", "They", "themselves")
_TITLES = (("Mr", _HE), ("Mrs", _SHE), ("Miss", _SHE), ("Ms", _SHE), ("Mr", _HE), ("Mrs", _SHE))
_CHILD = (("son", _HE), ("daughter", _SHE), ("grandson", _HE), ("niece", _SHE), ("son", _HE))
_ADULT = (
    *(("mother", _SHE), ("father", _HE), ("wife", _SHE), ("husband", _HE)),
    *(("aunt", _SHE), ("brother", _HE), ("sister", _SHE)),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who complains, and for whom."""

    complainants: tuple[str, ...]
    """As the decision prints them: a couple is one entry."""
    optional: tuple[str, ...]
    """The halves of a couple, and those on whose behalf they complain."""
    relation: str
    """Such as "son"; empty where nobody else is concerned."""
    words: dict[str, str]
    """What fills the gaps that stand for people."""
    plural: bool
    """Whether several people complain."""
    they: bool
    """Whether the pronoun takes a plural verb."""


def cast(draw: Callable[[], float], relative: str) -> Cast:
    """People for a decision; ``relative`` is child, adult or none."""
    letters = _letters(draw)
    first = letters()
    choice = draw()
    optional: tuple[str, ...] = ()
    plural = they = False
    pronouns: tuple[str, ...]
    if choice < 0.1:
        name, pronouns, plural, they = f"Mr and Mrs {first}", _THEY, True, True
        optional = (f"Mr {first}", f"Mrs {first}")
    elif choice < 0.14:
        name, pronouns, they = f"Mx {first}", _THEY, True
    else:
        title, pronouns = one_of(draw, _TITLES)
        name = f"{title} {first}"
    words = _words(("P", "Ps"), name, pronouns, "")
    words["hewas"] = "they were" if they else f"{pronouns[0]} was"
    words["hehas"] = "they have" if they else f"{pronouns[0]} has"
    relation, other = _relative(draw, relative, letters())
    if relation:
        words |= other
        optional = (*optional, words["R"])
    return Cast((name,), optional, relation, words, plural, they)


def unnamed(draw: Callable[[], float], relative: str) -> Cast:
    """People whom a report does not name: "a woman", "her son"."""
    noun, pronouns = one_of(draw, (("man", _HE), ("woman", _SHE)))
    words = _words(("P", "Ps"), f"the {noun}", pronouns, "")
    words |= {"hewas": f"{pronouns[0]} was", "hehas": f"{pronouns[0]} has"}
    relation, other = _relative(draw, relative, "")
    if relation:
        words |= other | {"R": f"{pronouns[2]} {relation}", "Rs": f"{pronouns[2]} {relation}’s"}
    return Cast((), (), relation, words, plural=False, they=False)


def _letters(draw: Callable[[], float]) -> Callable[[], str]:
    left = list(_LETTERS)
    return lambda: taken(draw, left)


def _relative(draw: Callable[[], float], relative: str, letter: str) -> tuple[str, dict[str, str]]:
    if relative == "none":
        return "", {}
    kinds = _CHILD if relative == "child" else _ADULT
    relation, pronouns = one_of(draw, kinds)
    if relative == "adult":
        title = "Mr" if pronouns is _HE else ("Mrs", "Miss")[draw() < 0.2]
        letter = f"{title} {letter}"
    return relation, _words(("R", "Rs"), letter, pronouns, "r")


def _words(
    names: tuple[str, str], name: str, pronouns: tuple[str, ...], prefix: str
) -> dict[str, str]:
    keys = ("he", "him", "his", "He", "himself")
    words = {names[0]: name, names[1]: f"{name}’s"}
    for key, pronoun in zip(keys, pronouns, strict=True):
        words[f"R{key.lower()}" if prefix and key == "He" else f"{prefix}{key}"] = pronoun
    return words
