"""Names of external bodies in a decision: the register's, and those the decision defines.

"Elm House (the Home)" makes "the Home" a name for the rest of the text.
"""

from __future__ import annotations

import re
from functools import cache

from graph.lexicon import Lexicon, Name
from graph.reading import Reading
from ontology.bodies import names

Mention = tuple[int, int, list[Name]]
"""Start, end and the names that fit."""

_DEFINITION = re.compile(r"""\(\s*['"]?(?:the )?(?P<short>[A-Z][\w -]{1,30}?)['"]?\s*\)""")
_REACH = 110
"""Characters before a bracket in which the full name that it shortens is looked for."""


@cache
def _lexicon() -> Lexicon:
    table: dict[tuple[str, bool, bool], list[str]] = {}
    for name in names():
        key = (name.text, name.case_sensitive, name.contextual)
        table.setdefault(key, []).append(name.body)
    return Lexicon.of(
        Name(text, tuple(ids), case, contextual) for (text, case, contextual), ids in table.items()
    )


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a name of the register, in order."""
    return list(_lexicon().find(reading.lower, reading.folded))


def defined(reading: Reading, found: list[Mention]) -> dict[str, str]:
    """Folded short name -> body id, for each bracketed short name after a full one."""
    certain = [
        (start, end, ids)
        for start, end, fitting in found
        if len(ids := {id_ for name in fitting if not name.contextual for id_ in name.ids}) == 1
    ]
    short_names: dict[str, str] = {}
    for match in _DEFINITION.finditer(reading.folded):
        for start, end, ids in reversed(certain):
            if match.start() - _REACH < start and end <= match.start():
                short_names.setdefault(match["short"].lower(), next(iter(ids)))
                break
    return short_names
