"""The dataset's description of itself: DCAT and VoID, with counts and provenance.

Follows DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), VoID
(https://www.w3.org/TR/void/) and PROV-O for the software that read the decisions. What
every build can say at no cost stands here; what takes a pass over the whole graph is added
when the dataset is published (:mod:`exports.publication`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, XSD, Triple, english, integer, iri, literal
from ontology import iri as mint
from ontology.prefixes import NS, PREFIXES

TITLE = "Decisions of the Ombudsman as a graph"
DESCRIPTION = (
    "Councils, complaints, findings, injustices, remedies, statutes and bodies read "
    "by software from published decisions of the Local Government and Social Care "
    "Ombudsman. Every statement leads to the passage that says it."
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = (
    "Quotations are drawn from decisions of the Local Government and Social Care Ombudsman, "
    "www.lgo.org.uk, whose contents may be re-used with acknowledgement of the Ombudsman as the "
    "source. Names, codes and dates of councils: mySociety, UK local authority names and codes, "
    "CC BY 4.0, and the Office for National Statistics, Open Government Licence v3.0. Titles and "
    "identifiers of legislation: legislation.gov.uk, Crown copyright, Open Government Licence "
    "v3.0. Everything else: the Faultlines authors, CC BY 4.0."
)
"""Whose the parts of the dataset are, as README.md says it too."""

_SOURCE = "https://www.lgo.org.uk/decisions"
_AUTHORS = mint.ID + "authors"
_RIGHTS = mint.DATASET + "/rights"
_ENGLAND = "http://statistics.data.gov.uk/id/statistical-geography/E92000001"
"""England by its GSS code, as the Office for National Statistics names it."""
_EUROPA = "http://publications.europa.eu/resource/authority/"
_THEMES = (_EUROPA + "data-theme/GOVE", _EUROPA + "data-theme/JUST")
"""Government and public sector; justice (the themes that DCAT-AP prescribes)."""
_KEYWORDS = ("ombudsman", "local government", "social care", "complaints", "remedies")


def term(prefix: str, name: str) -> str:
    """A term of a vocabulary in :data:`ontology.prefixes.PREFIXES`."""
    return f"<{PREFIXES[prefix]}{name}>"


def dataset_triples(counts: Mapping[str, int], version: str, built: str | None) -> Iterator[Triple]:
    """What the graph is, how much it holds and which software made it when.

    ``counts`` are those of the manifest, ``built`` is the time that the build was given.
    """
    node, run = iri(mint.DATASET), iri(mint.extraction(version))
    yield node, TYPE, term("dcat", "Dataset")
    yield node, TYPE, term("void", "Dataset")
    yield node, term("dcterms", "title"), english(TITLE)
    yield node, term("dcterms", "description"), english(DESCRIPTION)
    yield node, term("dcterms", "identifier"), f"{literal(mint.DATASET)}^^<{XSD}anyURI>"
    yield node, term("dcterms", "license"), iri(LICENCE)
    yield node, term("dcterms", "rights"), iri(_RIGHTS)
    yield iri(_RIGHTS), TYPE, term("dcterms", "RightsStatement")
    yield iri(_RIGHTS), term("rdfs", "label"), english(RIGHTS)
    yield node, term("dcterms", "source"), iri(_SOURCE)
    yield node, term("dcterms", "creator"), iri(_AUTHORS)
    yield iri(_AUTHORS), TYPE, term("foaf", "Agent")
    yield iri(_AUTHORS), term("foaf", "name"), english("the Faultlines authors")
    yield from _coverage(node)
    yield node, term("void", "vocabulary"), iri(NS)
    yield node, term("void", "uriSpace"), literal(mint.ID)
    yield node, term("void", "documents"), integer(counts.get("decisions", 0))
    yield node, term("prov", "wasGeneratedBy"), run
    if built:
        yield node, term("dcterms", "issued"), f"{literal(built)}^^<{XSD}dateTime>"
    yield from run_triples(version)


def _coverage(node: str) -> Iterator[Triple]:
    yield node, term("dcterms", "language"), iri(_EUROPA + "language/ENG")
    yield node, term("dcterms", "spatial"), iri(_ENGLAND)
    yield iri(_ENGLAND), TYPE, term("dcterms", "Location")
    yield iri(_ENGLAND), term("rdfs", "label"), english("England")
    for theme in _THEMES:
        yield node, term("dcat", "theme"), iri(theme)
    for keyword in _KEYWORDS:
        yield node, term("dcat", "keyword"), english(keyword)


def run_triples(version: str) -> Iterator[Triple]:
    """The reading of decisions by one version of the software (PROV-O)."""
    run = iri(mint.extraction(version))
    yield run, TYPE, fl("Extraction")
    yield run, TYPE, term("prov", "Activity")
    yield run, fl("extractorVersion"), literal(version)
    yield run, term("rdfs", "label"), english(f"Faultlines {version}")
