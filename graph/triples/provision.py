"""Paths of legislation: the chain from a provision up to its Act, and words for it.

A path is legislation.gov.uk's own: ``ukpga/1974/7/section/26A/1`` is section 26A(1) of
the Act 1974 chapter 7, and ``ukpga/Geo6/12-13-14/55`` chapter 55 of the years 12, 13 and 14
of a reign (https://www.legislation.gov.uk/developer/uris).
"""

from __future__ import annotations

from functools import lru_cache

from ontology.statutes import statutes

_WORDS = {"article": "article", "chapter": "Chapter", "part": "Part", "schedule": "Schedule"}


def act(path: str) -> str:
    """The Act or instrument of a path: ``ukpga/1974/7``."""
    steps = path.split("/")
    return "/".join(steps[: _act_steps(steps)])


def _act_steps(steps: list[str]) -> int:
    """How many steps name the Act: type, year, number; before 1963 type, reign, years, number."""
    return 3 if len(steps) < 2 or steps[1].isdecimal() else 4


@lru_cache(maxsize=8192)
def ancestors(path: str) -> tuple[str, ...]:
    """The provisions that contain this one, nearest first, ending in the Act itself."""
    steps = path.split("/")
    start = _act_steps(steps)
    # "section" and "paragraph" alone name no provision
    found = [
        "/".join(steps[:length])
        for length in range(len(steps) - 1, start, -1)
        if steps[length - 1] not in ("section", "paragraph", "regulation", *_WORDS)
    ]
    if len(steps) > start:
        found.append("/".join(steps[:start]))
    return tuple(found)


def at_section_level(path: str) -> str:
    """The path cut at its first numbered division: section, regulation, schedule, part."""
    steps = path.split("/")
    return "/".join(steps[: _act_steps(steps) + 2])


@lru_cache(maxsize=8192)
def label(path: str) -> str:
    """Words for a path: ``Local Government Act 1974, section 26A(1)``."""
    steps = path.split("/")
    known = statutes().get(act(path))
    words = [known.title if known else act(path)]
    rest = steps[_act_steps(steps) :]
    index = 0
    while index < len(rest):
        if rest[index].isalpha() and len(rest[index]) > 3 and index + 1 < len(rest):
            words.append(f"{_WORDS.get(rest[index], rest[index])} {rest[index + 1]}")
            index += 2
        else:
            words[-1] += f"({rest[index]})"
            index += 1
    return ", ".join(words)
