"""The controlled vocabularies are complete, consistent and readable."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from ontology.categories import categories
from ontology.prefixes import VOCAB
from ontology.statutes import statutes
from ontology.vocabulary import (
    Concept,
    UnknownConcept,
    UnknownScheme,
    Vocabulary,
    schemes,
    vocabulary,
)

FOLDER = Path(__file__).parents[2] / "ontology" / "vocabularies"
SHARED = Path(__file__).parents[3] / "shared" / "domain"
GOLD = Path(__file__).parents[3] / "shared" / "gold"
GRAPHS = {scheme: Graph().parse(FOLDER / f"{scheme}.ttl") for scheme in schemes()}
EVERY = [concept for scheme in schemes() for concept in vocabulary(scheme).values()]


def name(concept: Concept) -> str:
    return f"{concept.scheme}:{concept.id}"


def test_there_is_one_file_a_scheme() -> None:
    assert schemes() == tuple(sorted(path.stem for path in FOLDER.iterdir()))
    assert "fault" in schemes()


@pytest.mark.parametrize("scheme", schemes())
def test_a_file_describes_its_scheme(scheme: str) -> None:
    graph = GRAPHS[scheme]
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [URIRef(VOCAB + scheme)]
    assert graph.value(URIRef(VOCAB + scheme), SKOS.prefLabel)
    assert graph.value(URIRef(VOCAB + scheme), SKOS.definition)


@pytest.mark.parametrize("scheme", schemes())
def test_the_fast_reader_sees_what_rdflib_sees(scheme: str) -> None:
    graph = GRAPHS[scheme]
    assert {concept.iri for concept in vocabulary(scheme).values()} == {
        str(subject) for subject in graph.subjects(RDF.type, SKOS.Concept)
    }
    for concept in vocabulary(scheme).values():
        subject = URIRef(concept.iri)
        broader = graph.value(subject, SKOS.broader)
        assert str(graph.value(subject, SKOS.prefLabel)) == concept.label
        assert str(graph.value(subject, SKOS.definition)) == concept.definition
        assert (str(broader) if broader else None) == (
            concept.broader and f"{VOCAB}{scheme}/{concept.broader}"
        )
        assert {str(label) for label in graph.objects(subject, SKOS.altLabel)} == set(
            concept.aliases
        )


@pytest.mark.parametrize("text", ["delay", "Delay", "DELAY", "fault:delay", VOCAB + "fault/delay"])
def test_a_concept_is_meant_by_id_label_or_iri(text: str) -> None:
    assert vocabulary("fault").meant(text) is vocabulary("fault")["delay"]


def test_what_means_no_concept_names_the_nearest() -> None:
    with pytest.raises(UnknownConcept, match="did you mean delay"):
        vocabulary("fault").meant("dellay")


@pytest.mark.parametrize("concept", EVERY, ids=name)
def test_every_concept_is_whole(concept: Concept) -> None:
    graph, subject = GRAPHS[concept.scheme], URIRef(concept.iri)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?", concept.id)
    assert list(graph.objects(subject, SKOS.notation)) == [Literal(concept.id)]
    assert list(graph.objects(subject, SKOS.inScheme)) == [URIRef(VOCAB + concept.scheme)]
    assert concept.definition.endswith(".")
    assert concept.definition.rstrip(".") != concept.label
    for kind in (SKOS.prefLabel, SKOS.definition, SKOS.altLabel, SKOS.scopeNote):
        assert all(getattr(text, "language", None) == "en" for text in graph.objects(subject, kind))
    at_top = list(graph.objects(subject, SKOS.topConceptOf))
    assert at_top == ([] if concept.broader else [URIRef(VOCAB + concept.scheme)])


@pytest.mark.parametrize("scheme", schemes())
def test_labels_are_unique_below_one_concept(scheme: str) -> None:
    labels = [(concept.broader, concept.label) for concept in vocabulary(scheme).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("scheme", schemes())
def test_broader_concepts_exist_and_are_at_the_top(scheme: str) -> None:
    concepts = vocabulary(scheme)
    above = {concept.broader for concept in concepts.values() if concept.broader}
    assert all(concepts[id].broader is None for id in above)


@pytest.mark.parametrize("concept", [c for c in EVERY if c.scheme == "reason"], ids=name)
def test_a_reason_names_the_provision_it_rests_on(concept: Concept) -> None:
    known = "http://www.legislation.gov.uk/id/ukpga/1974/7/"
    links = re.findall(
        rf"<{known}(?:section|schedule)/[^>]+>",
        (FOLDER / "reason.ttl")
        .read_text(encoding="utf-8")
        .partition(f"<{concept.id}> a")[2]
        .partition("\n\n")[0],
    )
    assert "ukpga/1974/7" in statutes()
    assert links
    assert concept.note is not None
    assert concept.note.startswith("Rests on Local Government Act 1974, ")


def test_categories_are_those_of_the_register() -> None:
    concepts = vocabulary("category")
    table = {
        f"{row.slug}/{row.subcategory_slug}": (row.name, row.subcategory) for row in categories()
    }
    assert {
        id: (concepts[concept.broader].label, concept.label)
        for id, concept in concepts.items()
        if concept.broader
    } == table


def test_groups_of_remedies_are_not_remedies() -> None:
    remedies = vocabulary("remedy")
    groups = {"personal", "financial", "service-improvement", "reporting", "none"}
    assert set(remedies) - set(remedies.leaves()) == groups
    assert all(
        remedies[id].broader == "financial" for id in remedies if id.startswith("financial-")
    )


def test_what_cannot_be_placed_has_a_type_of_its_own() -> None:
    assert "other-fault" in vocabulary("fault")
    assert "unspecified" in vocabulary("injustice")
    assert "financial-unspecified" in vocabulary("remedy")


def test_a_misspelt_id_names_the_nearest() -> None:
    with pytest.raises(UnknownConcept, match=r"fault\.ttl.*did you mean delay"):
        vocabulary("fault")["dealy"]
    assert "dealy" not in vocabulary("fault")
    assert vocabulary("fault").get("dealy") is None


def test_an_unknown_scheme_names_the_nearest() -> None:
    with pytest.raises(UnknownScheme, match="did you mean injustice"):
        vocabulary("injustices")


def test_a_vocabulary_is_read_once_and_keeps_the_order_of_its_file() -> None:
    assert vocabulary("period") is vocabulary("period")
    assert isinstance(vocabulary("period"), Vocabulary)
    assert list(vocabulary("period")) == ["week", "month", "term", "each"]


@pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="the reference tables in ../shared/domain are not beside the checkout",
)
@pytest.mark.parametrize(
    ("letter", "scheme", "added"),
    [
        ("a", "fault", set()),
        ("b", "injustice", {"unspecified"}),
        (
            "c",
            "remedy",
            {"personal", "financial", "service-improvement", "reporting", "none"},
        ),
        ("d", "reason", set()),
        ("e", "body-role", set()),
    ],
)
def test_ids_are_those_of_the_reference(letter: str, scheme: str, added: set[str]) -> None:
    text = (SHARED / "VOCABULARY.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## ({letter})")[2].partition("\n## ")[0]
    ids = set(re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)) - {"id"}
    assert set(vocabulary(scheme)) == ids | added


@pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="the reference tables in ../shared/domain are not beside the checkout",
)
def test_every_category_of_the_reference_is_there() -> None:
    with (SHARED / "categories.tsv").open(encoding="utf-8", newline="") as table:
        ids = {
            f"{row['category_slug']}/{row['subcategory_slug']}"
            for row in csv.DictReader(table, delimiter="\t")
        }
    assert ids == {id for id in vocabulary("category") if "/" in id}


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold is not beside the checkout")
def test_the_annotation_uses_ids_of_the_vocabularies() -> None:
    used: set[tuple[str, str]] = set()
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for key, scheme in (
            ("faults", "fault"),
            ("injustices", "injustice"),
            ("reasons", "reason"),
        ):
            used |= {(scheme, id) for ids in gold.get(key, []) for id in ids}
            used |= {(scheme, id) for id in gold.get(f"{key}_optional", [])}
        for remedy in gold["remedies"]:
            used |= {("remedy", id) for id in remedy["type"]}
            used.add(("remedy-status", remedy["status"]))
        used |= {("body-role", role) for body in gold["bodies"] for role in body["roles"]}
        used |= {("citation-role", citation["role"]) for citation in gold["citations"]}
        used |= {(scheme, gold[scheme]) for scheme in ("outcome", "disposition")}
    assert len(used) > 30
    assert [pair for pair in sorted(used) if pair[1] not in vocabulary(pair[0]).leaves()] == []
