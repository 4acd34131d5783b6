"""Which decisions are one investigation.

A joint investigation is published once for each body, and several complainants about one
event each get a reference: the same text stands under several. Decisions that share
their base reference (the reference without a suffix letter) or their wording are one
investigation, named after its lowest reference, so that what it says is counted once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, Triple, iri
from ontology import iri as mint
from ontology.model import Decision

_SUFFIX = re.compile(r"(?<=\d)\s?[a-z]$")
_NOT_WORD = re.compile(r"[\W_]+")
_SHORT = 200
"""Characters of wording below which two equal texts prove nothing: a bare closing formula."""


def base_reference(reference: str) -> str:
    """``19 018 519c`` without its suffix."""
    return _SUFFIX.sub("", reference.lower())


def wording_digest(decision: Decision) -> str:
    """A hash of the decision's words, without header, punctuation, case and closing date.

    A text too short to tell investigations apart gets the hash of its source instead.
    """
    said = [
        paragraph.text
        for paragraph in decision.paragraphs
        if paragraph.section != "report.satisfied"
    ]
    words = _NOT_WORD.sub(" ", " ".join(said).casefold())
    if len(words) < _SHORT:
        return decision.source.sha256
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def investigations(
    wordings: Iterable[tuple[str, str | None, str | None, str]],
) -> dict[str, tuple[str, str]]:
    """Decision to (complaint, investigation), all IRIs, from (iri, reference, base, digest) rows.

    A decision without a reference is an investigation of its own, named as its complaint.
    """
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    found: dict[str, tuple[str, str]] = {}
    keys: dict[str, tuple[str, str]] = {}
    for node, reference, base, digest in wordings:
        if reference is None or base is None:
            found[node] = (f"{node}/complaint", f"{node}/complaint")
            continue
        # union by the lower key, so that the result does not depend on the order
        first, second = sorted((find(f"1 {base}"), find(f"2 {digest}")))
        leader[second] = first
        keys[node] = (mint.complaint(reference), f"1 {base}")
    for node, (complaint, key) in keys.items():
        found[node] = (complaint, mint.investigation(find(key).removeprefix("1 ")))
    return found


def investigation_triples(found: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """Complaint to investigation, from the pairs that :func:`investigations` gives."""
    for complaint, investigation in found:
        if complaint != investigation:
            yield iri(complaint), fl("investigatedIn"), iri(investigation)
            yield iri(investigation), TYPE, fl("Investigation")
