"""Namespace IRIs and prefixes, without any RDF library.

:data:`PREFIXES` is the one table of prefixes: the Turtle writers, the SPARQL
front end and the pages all use it, so that ``fault:delay`` means the same
everywhere. It is kept apart from :mod:`ontology.namespace` because that module
imports rdflib, which the command line need not wait for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

BASE: Final = "https://w3id.org/faultlines/"
"""What every IRI of Faultlines begins with."""

ONTOLOGY: Final = BASE + "ns"
"""The IRI of the ontology itself (no ``#``)."""

NS: Final = ONTOLOGY + "#"
"""Namespace of the classes and properties, prefix ``fl``."""

ID: Final = BASE + "id/"
"""Namespace of the instances: councils, complaints, decisions and all they hold."""

GRAPH: Final = BASE + "graph/"
"""Namespace of the named graphs."""

VOCAB: Final = BASE + "vocab/"
"""Namespace of the concept schemes: ``VOCAB + scheme`` and ``VOCAB + scheme + "/" + id``."""

SCHEME_PREFIXES: Final[dict[str, str]] = {
    "authority-kind": "authoritykind",
    "body-role": "role",
    "category": "category",
    "citation-role": "citationrole",
    "compliance": "compliance",
    "deadline-anchor": "anchor",
    "deadline-unit": "unit",
    "decision-maker": "maker",
    "disposition": "disposition",
    "document-type": "doctype",
    "due-basis": "duebasis",
    "fault": "fault",
    "finding-status": "status",
    "injustice": "injustice",
    "outcome": "outcome",
    "period": "period",
    "reason": "reason",
    "recipient": "recipient",
    "remedy": "remedy",
    "remedy-status": "remedystatus",
    "statement-mode": "mode",
}
"""Scheme id to the prefix of its concepts, such as ``"body-role": "role"``."""

PREFIXES: Final[dict[str, str]] = {
    "fl": NS,
    "id": ID,
    "graph": GRAPH,
    "statistics": ID + "statistics/",
    "vocab": VOCAB,
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "flsh": BASE + "shapes#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{prefix: f"{VOCAB}{scheme}/" for scheme, prefix in SCHEME_PREFIXES.items()},
}
"""Prefix to namespace IRI, for every vocabulary that Faultlines uses."""

LONGEST_FIRST: Final = tuple(sorted(PREFIXES.items(), key=lambda pair: (-len(pair[1]), pair[0])))
"""The same as pairs: the first whose namespace begins an IRI is the one to shorten it with."""


def prefixed(iri: str, pairs: Iterable[tuple[str, str]] = LONGEST_FIRST) -> str:
    """An IRI under the first prefix that fits (``fl:Council``), or whole; to be read by people."""
    for prefix, namespace in pairs:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def sparql_prologue() -> str:
    """Return all of :data:`PREFIXES` as SPARQL ``PREFIX`` lines, each ended by a newline."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
