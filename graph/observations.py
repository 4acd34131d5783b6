"""Counts over the whole graph as triples: observations of the RDF Data Cube.

Follows https://www.w3.org/TR/vocab-data-cube/. A dataset of observations has dimensions
(``fl:ofAuthority``, ``fl:ofFault`` ...) and measures; ``fl:investigationCount`` counts a joint
investigation once. The dimensions are no properties of decisions, so that a query over the union
of all graphs never takes a count for a finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from graph.slices import SLICES, SUMS, Slice
from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, XSD, Triple, day, english, integer, iri
from graph.triples.provision import label
from ontology import iri as mint
from ontology.councils import councils
from ontology.prefixes import PREFIXES

REPEATED = "repeated-faults"
"""The dataset of faults found again after a promise."""

_QB = PREFIXES["qb"]
_LABEL = f"<{PREFIXES['rdfs']}label>"
_TEXT = {"withFault": "boolean", "satisfied": "boolean", "ofYear": "integer"}
"""Dimensions whose values are literals, with their datatype."""


def datasets() -> Iterator[Triple]:
    """The datasets that observations belong to."""
    abouts = {slice_.name: slice_.about for slice_ in SLICES}
    abouts[REPEATED] = "Faults found again after an improvement was promised."
    for name, about in abouts.items():
        node = iri(mint.statistics(name))
        yield node, TYPE, f"<{_QB}DataSet>"
        yield node, _LABEL, english(about)


def observation(
    slice_: Slice, keys: tuple[str, ...], measures: Mapping[str, int]
) -> Iterator[Triple]:
    """One observation of a slice: what is counted, by what, and how much; sums are in pence."""
    node = _node(slice_.name, keys)
    yield from _begun(node, slice_.name)
    for dimension, key in zip(slice_.by, keys, strict=True):
        if key:  # a page may give no outcome
            yield node, fl(dimension), _key(dimension, key)
    for measure, value in measures.items():
        yield node, fl(measure), _pounds(value) if measure in SUMS else integer(value)


def repetition(
    authority: str, fault: str, promised: str, count: int, latest: str
) -> Iterator[Triple]:
    """A fault found again at an authority after a decision in which it promised an improvement.

    ``promised`` and ``latest`` are the days of that decision and of the last one since;
    ``count`` is the number of investigations since.
    """
    node = _node(REPEATED, (authority, fault))
    yield from _begun(node, REPEATED)
    yield node, fl("ofAuthority"), iri(authority)
    yield node, fl("ofFault"), iri(fault)
    yield node, fl("promisedOn"), day(date.fromisoformat(promised))
    yield node, fl("latestOn"), day(date.fromisoformat(latest))
    yield node, fl("investigationCount"), integer(count)


def authority_name(authority: str, name: str | None, class_: str | None) -> Iterator[Triple]:
    """What an authority that is counted by is called, once, and what it is.

    Decisions repeat these statements, each in its own graph; a query that joins a name to a
    count would meet them all.
    """
    council = councils().get(authority.removeprefix(mint.council("")))
    shown = council.name if council else name or "Authority not named in the decision"
    yield iri(authority), _LABEL, english(shown)
    if class_:
        yield iri(authority), TYPE, iri(class_)


def provision_name(provision: str) -> Triple:
    """What a provision that is counted by is called."""
    return iri(provision), _LABEL, english(label(provision.removeprefix(mint.LEGISLATION)))


def _begun(node: str, name: str) -> Iterator[Triple]:
    yield node, TYPE, fl("Count")
    yield node, TYPE, f"<{_QB}Observation>"
    yield node, f"<{_QB}dataSet>", iri(mint.statistics(name))


def _node(name: str, keys: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return iri(f"{mint.statistics(name)}/{digest[:20]}")


def _key(dimension: str, key: str) -> str:
    datatype = _TEXT.get(dimension)
    return f'"{key}"^^<{XSD}{datatype}>' if datatype else iri(key)


def _pounds(pence: int) -> str:
    pounds, rest = divmod(pence, 100)
    return f'"{pounds}{f".{rest:02d}" if rest else ""}"^^<{XSD}decimal>'
