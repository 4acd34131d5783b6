"""Programs find the dataset's description where VoID says it is."""

from __future__ import annotations

import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID
from starlette.testclient import TestClient

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint

HOST = "http://127.0.0.1:8765"
DATASET = rdflib.URIRef(mint.DATASET)


def test_the_description_names_this_endpoint(kg: KnowledgeGraph) -> None:
    with TestClient(create_app(kg), base_url=HOST) as client:
        answer = client.get("/.well-known/void")
        again = client.get("/.well-known/void")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.content == again.content
    said = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert (DATASET, RDF.type, DCAT.Dataset) in said
    assert (DATASET, RDF.type, VOID.Dataset) in said
    assert said.value(DATASET, DCTERMS.license)
    assert list(said.objects(DATASET, VOID.sparqlEndpoint)) == [rdflib.URIRef(f"{HOST}/sparql")]


def test_only_reading_is_allowed(kg: KnowledgeGraph) -> None:
    with TestClient(create_app(kg), base_url=HOST) as client:
        assert client.post("/.well-known/void").status_code == 405


def test_what_it_cannot_be_asked_is_refused(kg: KnowledgeGraph) -> None:
    with TestClient(create_app(kg), base_url=HOST) as client:
        assert client.get("/.well-known/void?format=nt").status_code == 400
