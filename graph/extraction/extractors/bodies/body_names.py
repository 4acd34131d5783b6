"""Names of external bodies in a decision: the register's, and those the decision defines.

"Elm House (the Home)" makes "the Home" a name for the rest of the text, and "the tribunal"
is the one tribunal that the text names.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from graph.extraction.first_letters import compiled
from graph.extraction.lexicon import Lexicon, Name
from graph.extraction.reading import Reading
from ontology.bodies import bodies, names

Mention = tuple[int, int, list[Name]]
"""Start, end and the names that fit."""

_DEFINITION = compiled(r"""\(\s*['"]?(?:the )?(?P<short>[A-Z][\w -]{1,30}?)['"]?\s*\)""")
_REACH = 110
"""Characters before a bracket in which the full name that it shortens is looked for."""
_WORDS = {
    "tribunal": "tribunal",
    "the tribunal": "tribunal",
    "adjudicator": "tribunal",
    "the court": "court",
}
"""A word for any body of a kind, used of the one that the text names."""
_OWN = compiled(r"(?:\bhis|\bher|\btheir|'s|\bfamily|\bown) $")
"""Before a doctor who is somebody's own, and not one on a ward or for the Ombudsman."""
_EVERYDAY = {
    "care-provider": (
        "care home", "residential home", "care company", "homecare provider",
        "domiciliary care agency", "home care agency", "care agencies", "children's home",
        "supported living provider", "home care company", "domiciliary care provider",
        "homecare agency", "nursing agency", "care firm", "day centre", "support provider",
    ),
    "contractor": (
        "contractors", "firm", "subcontractor", "sub-contractor", "transport provider",
        "taxi company", "bus operator", "tuition provider", "tuition company", "waste company",
        "removal company", "consultancy",
    ),
    "police": ("constable", "chief constable", "police officer"),
    "enforcement-agent": (
        "bailiff", "enforcement firm", "enforcement agency", "debt collectors", "collection agency",
    ),
}  # fmt: skip
"""Plain words for bodies that decisions rarely name, beside the register's names."""


@cache
def _lexicon() -> Lexicon:
    table: dict[tuple[str, bool, bool], dict[str, None]] = {}

    def put(text: str, case: bool, contextual: bool, *ids: str) -> None:
        table.setdefault((text, case, contextual), {}).update(dict.fromkeys(ids))

    for name in names():
        put(name.text, name.case_sensitive, name.contextual, name.body)
        if name.contextual and name.text.startswith("the "):
            put("T" + name.text[1:], name.case_sensitive, True, name.body)
    for word, kind in _WORDS.items():
        put(word, False, True, *(id_ for id_, body in bodies().items() if body.kind == kind))
    for body, word in (("magistrates-court", "magistrates"), ("police", "police")):
        put(word, False, False, body)
    for body, words in _EVERYDAY.items():
        for word in words:
            put(word, False, True, body)
    _with_article(table)
    return Lexicon.of(
        Name(text, tuple(ids), case, contextual) for (text, case, contextual), ids in table.items()
    )


def _with_article(table: dict[tuple[str, bool, bool], dict[str, None]]) -> None:
    """Give a longer name the article that a shorter one has.

    The lexicon takes the leftmost name: "the court" would hide "Court of Protection".
    """
    short = tuple(text[4:].lower() for text, _, _ in table if text.lower().startswith("the "))
    for (text, case, contextual), ids in list(table.items()):
        if text.lower().startswith(short):
            for article in ("the ", "The "):
                table.setdefault((article + text, case, contextual), {}).update(ids)


_SHORTENING = frozenset(
    "Registry Agency Board Commission Commissioner Society Service Centre Executive Inspectorate "
    "Office Institute Ministry Department Regulator Directorate Guardian".split()
)
"""Last words of names that stand for the whole name after it."""
_LAST_WORDS = compiled(
    rf"(?<![.!?:] )\b[Tt]he ({'|'.join(sorted(_SHORTENING))})\b(?! (?:of|for|and [A-Z]))"
)


def _shortened(reading: Reading, found: list[Mention]) -> list[Mention]:
    """The last word of a full name, used alone after it: "the Registry"."""
    named: dict[str, dict[str, int]] = {}
    for start, end, fitting in found:
        ids = {id_ for name in fitting if not name.contextual for id_ in name.ids}
        if len(ids) == 1:
            word = reading.folded[start:end].split()[-1]
            named.setdefault(word, {}).setdefault(ids.pop(), end)
    short = named.keys() & _SHORTENING
    if not any(f"he {word}" in reading.folded for word in short):
        return []
    taken = [(start, end) for start, end, _ in found]
    added: list[Mention] = []
    for match in _LAST_WORDS.finditer(reading.folded):
        bodies_named = named.get(match[1], {})
        if len(bodies_named) != 1:
            continue
        ((body, first),) = bodies_named.items()
        clear = all(end <= match.start() or start >= match.end() for start, end in taken)
        if first <= match.start() and clear:
            added.append((match.start(), match.end(), [Name(match[0], (body,), True, False)]))
    return added


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a name of the register, in order."""
    found = _full(reading)
    return sorted((*found, *_shortened(reading, found)), key=lambda mention: mention[:2])


def _full(reading: Reading) -> list[Mention]:
    return [
        found
        for found in _lexicon().find(reading.lower, reading.folded)
        if not reading.lower.startswith("doctor", found[0])
        or _OWN.search(reading.lower, max(0, found[0] - 12), found[0])
    ]


def certain(found: list[Mention]) -> dict[str, int]:
    """Bodies that a full name leaves no doubt about, and where they are first named."""
    known: dict[str, int] = {}
    for start, _, fitting in found:
        ids = {id_ for name in fitting if not name.contextual for id_ in name.ids}
        if len(ids) == 1:
            known.setdefault(ids.pop(), start)
    return known


def of_kind(known: Collection[str], kind: str) -> set[str]:
    """The bodies of a kind among those known."""
    return {id_ for id_ in known if bodies()[id_].kind == kind}


def defined(reading: Reading, found: list[Mention]) -> dict[str, str]:
    """Folded short name -> body id, for each bracketed short name after a full one."""
    full = [
        (start, end, ids)
        for start, end, fitting in found
        if len(ids := {id_ for name in fitting if not name.contextual for id_ in name.ids}) == 1
    ]
    short_names: dict[str, str] = {}
    for match in _DEFINITION.finditer(reading.folded):
        for start, end, ids in reversed(full):
            if match.start() - _REACH < start and end <= match.start():
                short_names.setdefault(match["short"].lower(), next(iter(ids)))
                break
    return short_names


_GENERIC = compiled(
    r"\b(?:the|council|borough|city|county|district|metropolitan|royal|london|of|and|authority|"
    r"national|park|unitary|urban|rural|corporation)\b"
)
_NO_NAME = compiled(r"^ (?:(?:county|city|borough|district|town|parish|metropolitan) )*council\b")


def council_named(text: str, authority: str) -> str:
    """``text`` with the bare name of the council complained about ("Oldwater") as "the council"."""
    stem = " ".join(_GENERIC.sub(" ", authority).split())
    if "council" not in authority or len(stem) < 4 or " " in stem or stem not in text:
        return text
    pieces = re.split(rf"\b{re.escape(stem)}\b", text)
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += (stem if _NO_NAME.match(piece) else "the council") + piece
    return joined
