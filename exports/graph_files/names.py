"""Names of attributes as a format can write them.

Attributes of this project have plain names; those of a foreign vocabulary may hold any
character, and may be called what a format keeps for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

PASSAGE: Mapping[str, type] = {"paragraph": int, "quote": str, "rule": str}
"""The attributes that :func:`exports.network.cells` adds to an item with passages."""

JAVASCRIPT = frozenset({"__proto__", "constructor", "prototype"})
"""Names that an object of JavaScript has already, or loses when it is copied."""

_NOT_PLAIN = re.compile("[^0-9A-Za-z_]")


def distinct(
    names: Iterable[str], reserved: Collection[str] = (), *, plain: bool = False
) -> dict[str, str]:
    """Attribute to its name in the file: the same where it can be, else with ``_`` behind it.

    ``reserved`` are names with a meaning of their own. With ``plain`` names are ASCII letters,
    digits and ``_`` and begin with a letter; other characters become ``_``. No two attributes
    get the same name, whatever the order they are given in.
    """
    given = sorted(set(names))
    written = {name: _plain(name) if plain else name for name in given}
    taken = set(reserved)
    # names that stay as they are come first, so that no changed one can take their place
    for name in sorted(given, key=lambda name: (written[name] != name or name in taken, name)):
        while written[name] in taken:
            written[name] += "_"
        taken.add(written[name])
    return written


def _plain(name: str) -> str:
    text = _NOT_PLAIN.sub("_", name)
    return text if text[:1].isalpha() else f"a{text}"
