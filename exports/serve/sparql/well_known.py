"""The dataset's description at ``/.well-known/void``, where programs look for it.

Follows VoID, section 7.2 (https://www.w3.org/TR/void/#well-known), and RFC 8615. Said is what the
build wrote into the graph, with the address of this endpoint; counts by class and property are
made by ``faultlines publish``, since they take a pass over the whole graph.
"""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from exports.rdf_files.node_objects import reading_order
from exports.serve.site import Site
from ontology import iri as mint
from ontology.prefixes import PREFIXES

PATH = "/.well-known/void"


def void(site: Site, request: Request) -> Response:
    """The description of the dataset, as Turtle."""
    graph = ox.NamedNode(mint.DATASET_GRAPH)
    triples = [quad.triple for quad in site.kg.store.raw.quads_for_pattern(None, None, None, graph)]
    endpoint = ox.NamedNode(str(request.url.replace(path="/sparql", query="")))
    triples.append(
        ox.Triple(
            ox.NamedNode(mint.DATASET), ox.NamedNode(PREFIXES["void"] + "sparqlEndpoint"), endpoint
        )
    )
    used = {
        prefix: namespace
        for prefix, namespace in sorted(PREFIXES.items())
        if any(namespace in str(triple) for triple in triples)
    }
    ordered = sorted(triples, key=reading_order)
    turtle = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used)
    return Response(turtle, media_type="text/turtle; charset=utf-8")
