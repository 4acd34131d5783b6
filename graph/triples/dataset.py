"""The dataset's description of itself: DCAT and VoID, with counts and provenance.

Follows DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), VoID
(https://www.w3.org/TR/void/) and PROV-O for the software that read the decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, XSD, Triple, english, integer, iri, literal
from ontology import iri as mint
from ontology.prefixes import NS, PREFIXES

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def _term(prefix: str, name: str) -> str:
    return f"<{PREFIXES[prefix]}{name}>"


def dataset_triples(counts: Mapping[str, int], version: str, built: str | None) -> Iterator[Triple]:
    """What the graph is, how much it holds and which software made it when."""
    node, run = iri(mint.DATASET), iri(mint.extraction(version))
    yield node, TYPE, _term("dcat", "Dataset")
    yield node, TYPE, _term("void", "Dataset")
    yield node, _term("dcterms", "title"), english("Decisions of the Ombudsman as a graph")
    yield (
        node,
        _term("dcterms", "description"),
        english(
            "Councils, complaints, findings, injustices, remedies, statutes and bodies read "
            "by software from published decisions of the Local Government and Social Care "
            "Ombudsman. Every statement leads to the passage that says it."
        ),
    )
    yield node, _term("dcterms", "license"), f"<{_LICENCE}>"
    yield node, _term("dcterms", "source"), "<https://www.lgo.org.uk/decisions>"
    yield node, _term("void", "vocabulary"), f"<{NS}>"
    yield node, _term("void", "documents"), integer(counts.get("decisions", 0))
    yield node, _term("prov", "wasGeneratedBy"), run
    if built:
        yield node, _term("dcterms", "issued"), f"{literal(built)}^^<{XSD}dateTime>"
    yield run, TYPE, fl("Extraction")
    yield run, TYPE, _term("prov", "Activity")
    yield run, fl("extractorVersion"), literal(version)
    yield run, _term("rdfs", "label"), english(f"Faultlines {version}")
