"""What the SPARQL endpoint says of itself: a SPARQL 1.1 Service Description.

Follows https://www.w3.org/TR/sparql11-service-description/ and, for the sizes of graphs,
VoID (https://www.w3.org/TR/void/).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from exports.selection import REFERENCE_GRAPHS
from exports.serve.files.negotiation import ROWS, STATEMENTS
from exports.serve.site import Site
from graph.questions.results import Term, Triples, write
from graph.questions.runner import MAX_CHARACTERS
from graph.triples.ntriples import XSD
from ontology import iri
from ontology.prefixes import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
"""Names of formats (https://www.w3.org/ns/formats/)."""

_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
_COMMENT = (
    "The default graph is the union of all named graphs: one for each decision, and those listed "
    "here. A query may take {seconds:g} seconds; an answer holds at most {rows:,} rows or "
    "statements and {characters:,} characters, and carries the header faultlines-truncated when "
    "it was cut. Nothing can be changed, and no other service is asked."
)


@lru_cache(maxsize=64)  # it counts named graphs, which do not change while they are served
def describe(site: Site, address: str, format: str) -> str:
    """The description of the service at ``address``, in a format of statements."""
    triples = sorted(set(_triples(site, address)), key=lambda made: [t.ntriples() for t in made])
    prefixes = {"sd": SD, **{name: PREFIXES[name] for name in ("rdf", "rdfs", "graph", "void")}}
    return write(Triples(tuple(triples)), format, prefixes=prefixes)


def _triples(site: Site, address: str) -> Iterator[tuple[Term, Term, Term]]:
    service, dataset = _iri(f"{address}#service"), _iri(iri.DATASET)
    default = _iri(f"{address}#default-graph")
    comment = _COMMENT.format(
        seconds=site.runner.timeout, rows=site.runner.max_rows, characters=MAX_CHARACTERS
    )
    yield service, _term("rdf", "type"), _iri(SD + "Service")
    yield service, _term("rdfs", "label"), _text("SPARQL endpoint of Faultlines")
    yield service, _term("rdfs", "comment"), _text(comment)
    yield service, _iri(SD + "endpoint"), _iri(address)
    yield service, _iri(SD + "supportedLanguage"), _iri(SD + "SPARQL11Query")
    yield service, _iri(SD + "feature"), _iri(SD + "UnionDefaultGraph")
    for format in {*ROWS.values(), *STATEMENTS.values()}:
        yield service, _iri(SD + "resultFormat"), _iri(FORMATS + _NAMES[format])
    yield service, _iri(SD + "defaultDataset"), dataset
    yield dataset, _term("rdf", "type"), _iri(SD + "Dataset")
    yield dataset, _term("rdf", "type"), _term("void", "Dataset")
    yield dataset, _term("void", "sparqlEndpoint"), _iri(address)
    yield dataset, _iri(SD + "defaultGraph"), default
    yield default, _term("rdf", "type"), _iri(SD + "Graph")
    for name in REFERENCE_GRAPHS:  # one for each decision would be too many to list
        if name in site.kg.store.names:
            yield from _named_graph(site, address, dataset, name)


def _named_graph(
    site: Site, address: str, dataset: Term, name: str
) -> Iterator[tuple[Term, Term, Term]]:
    short = name.rpartition("/")[2]
    named, graph = _iri(f"{address}#named-{short}"), _iri(f"{address}#{short}")
    found: Any = site.kg.store.query(
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    )
    size = next(iter(found))[0].value
    yield dataset, _iri(SD + "namedGraph"), named
    yield named, _term("rdf", "type"), _iri(SD + "NamedGraph")
    yield named, _iri(SD + "name"), _iri(name)
    yield named, _iri(SD + "graph"), graph
    yield graph, _term("rdf", "type"), _iri(SD + "Graph")
    yield graph, _term("void", "triples"), Term("literal", size, XSD + "integer")


def _iri(value: str) -> Term:
    return Term("iri", value)


def _term(prefix: str, name: str) -> Term:
    return _iri(PREFIXES[prefix] + name)


def _text(value: str) -> Term:
    return Term("literal", value, None, "en")
