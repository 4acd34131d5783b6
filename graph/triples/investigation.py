"""Which decisions are one investigation.

A joint investigation is published once for each body, and several complainants about one
event each get a reference: the same text stands under several. Decisions that share
their base reference (the reference without a suffix letter) or their wording are one
investigation, named after its lowest reference, so that what it says is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, Triple, iri
from ontology import iri as mint


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
