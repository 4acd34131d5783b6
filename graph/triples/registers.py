"""The registers as RDF: councils, statutes, guidance and bodies, in one named graph.

Facts only, from the tables in ``ontology/registers``; a decision's own graph links to
these nodes and does not repeat their labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.triples.decision import fl
from graph.triples.ntriples import TYPE, Triple, any_uri, boolean, day, english, iri, literal
from ontology import iri as mint
from ontology.bodies import bodies
from ontology.councils import councils
from ontology.guidance import guidance
from ontology.statutes import statutes

_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_ALT_LABEL = "<http://www.w3.org/2004/02/skos/core#altLabel>"
_HOME_PAGE = "<http://xmlns.com/foaf/0.1/homepage>"


def register_triples() -> Iterator[Triple]:
    """Every statement of the registers."""
    yield from _councils()
    yield from _statutes()
    yield from _guidance()
    yield from _bodies()


def _councils() -> Iterator[Triple]:
    for council in councils().values():
        node = iri(mint.council(council.gss))
        yield node, TYPE, fl("Authority")
        yield node, TYPE, fl("Council")
        yield node, _LABEL, english(council.name)
        yield node, fl("gss"), literal(council.gss)
        yield node, fl("councilType"), literal(council.type)
        yield node, fl("region"), literal(council.region)
        yield from _day(node, "inForceFrom", council.start)
        yield from _day(node, "inForceTo", council.end)
        if council.fictional:
            yield node, fl("fictional"), boolean(True)
        for successor in council.successors:
            yield node, fl("successor"), iri(mint.council(successor))
        for alias in council.aliases:
            yield node, _ALT_LABEL, english(alias)


def _day(node: str, term: str, value: date | None) -> Iterator[Triple]:
    if value is not None:
        yield node, fl(term), day(value)


def _statutes() -> Iterator[Triple]:
    for statute in statutes().values():
        node = iri(mint.legislation(statute.id))
        yield node, TYPE, fl("Legislation")
        yield node, _LABEL, english(statute.title)
        yield node, fl("legislationId"), literal(statute.id)


def _guidance() -> Iterator[Triple]:
    for document in guidance().values():
        node = iri(mint.guidance(document.id))
        yield node, TYPE, fl("Guidance")
        yield node, _LABEL, english(document.title)
        yield node, fl("guidanceId"), literal(document.id)
        if document.url:
            yield node, fl("url"), any_uri(document.url)


def _bodies() -> Iterator[Triple]:
    for body in bodies().values():
        node = iri(mint.body(body.id))
        yield node, TYPE, fl("ExternalBody")
        yield node, _LABEL, english(body.label)
        yield node, fl("kind"), literal(body.kind)
        if body.home_page:
            yield node, _HOME_PAGE, any_uri(body.home_page)
