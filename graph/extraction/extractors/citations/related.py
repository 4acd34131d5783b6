"""Other decisions that the text speaks of: by reference, or as an earlier complaint to us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from string import digits

import ahocorasick_rs

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from ontology.model import Evidence, Related

_REFERENCE = compiled(
    # the first figure before the word boundary: the search then skips to figures
    r"(?P<reference>[0-9](?<!\w[0-9])[0-9][ -][0-9]{3}[ -][0-9]{3}(?: ?[a-z])?)(?![\w-])"
)


def _references(reading: Reading) -> Iterator[re.Match[str]]:
    """References in the text; nearly every decision has its own alone, in the header."""
    begin = reading.sentences[0].start if reading.sentences else 0
    apart = _figures_apart().find_matches_as_indexes(reading.lower)
    if apart and apart[-1][1] >= begin:
        yield from _REFERENCE.finditer(reading.lower)


@cache
def _figures_apart() -> ahocorasick_rs.AhoCorasick:
    """What every reference has: two figures with a space or a hyphen between them."""
    return ahocorasick_rs.AhoCorasick(map("".join, product(digits, " -", digits)))


def read_related(reading: Reading) -> tuple[Related, ...]:
    """Related decisions, each reference once; an earlier one without a reference once."""
    own = (reading.document.header.reference or "").replace("-", " ").lower()
    found: dict[str | None, tuple[str, str, list[Evidence]]] = {}
    for match in _references(reading):
        sentence = reading.sentence_at(match.start())
        reference = match["reference"].replace("-", " ")
        if sentence is None or reference == own:
            continue
        same_base = reference[:10] == own[:10]
        relation = "joint" if same_base or "joint" in sentence.lower else "earlier"
        text = reading.document.text[match.start() : match.end()]
        _, _, evidence = found.setdefault(reference, (relation, text, []))
        evidence.append(reading.quote(sentence, "related.reference"))
    for sentence, rule in reading.awake("related"):
        if sentence.section in ("role-powers", "found.law"):
            continue
        named = rule.pattern.search(sentence.lower)
        if named is None or _REFERENCE.search(sentence.lower):
            continue
        start = sentence.start
        text = reading.document.text[start + named.start() : start + named.end()]
        _, _, evidence = found.setdefault(None, (rule.label, text, []))
        evidence.append(reading.quote(sentence, rule.id))
    return tuple(
        Related(relation, reference, text, tuple(evidence))
        for reference, (relation, text, evidence) in found.items()
    )
