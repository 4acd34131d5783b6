"""The ontology against the catalogue of pitfalls: what is found is mended or has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ontology import pitfall
from ontology.pitfall import Pitfall, check_pitfalls
from ontology.prefixes import PREFIXES

FOLDER = Path(pitfall.__file__).parent / "pitfalls"
PROLOGUE = "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"
    for prefix in ("fl", "cito", "dcterms", "owl", "rdfs", "skos", "xsd")
)
CHECKED = check_pitfalls()

# One small ontology for each query that falls into its pitfall, with the element it names,
# and beside it a term that does not.
FALLEN = {
    "P01": ("fl:a rdfs:domain [ owl:unionOf ( fl:A fl:B ) ] . fl:b rdfs:domain fl:A .", "fl:a"),
    "P02": (
        "fl:Body a owl:Class ; owl:equivalentClass fl:Organ . fl:Sum a owl:Class .",
        "fl:Body fl:Organ",
    ),
    "P03": (
        'fl:isA a owl:ObjectProperty ; rdfs:label "is a" .'
        ' fl:isDue a owl:DatatypeProperty ; rdfs:label "is due" .',
        "fl:isA",
    ),
    "P04": (
        "fl:Alone a owl:Class . fl:Used a owl:Class ."
        " fl:a a owl:ObjectProperty ; rdfs:domain fl:Used .",
        "fl:Alone",
    ),
    "P05": (
        "fl:a owl:inverseOf fl:b ; rdfs:domain fl:A ; rdfs:range fl:B ."
        " fl:b rdfs:domain fl:A ; rdfs:range fl:B .",
        "fl:a fl:b",
    ),
    "P06": ("fl:a rdfs:subPropertyOf fl:a . fl:B rdfs:subClassOf fl:C .", "fl:a"),
    "P07": (
        'fl:StyleAndPeriod a owl:Class ; rdfs:label "style" .'
        ' fl:Brand a owl:Class ; rdfs:label "brand" .',
        "fl:StyleAndPeriod",
    ),
    "P08": (
        'fl:A a owl:Class ; rdfs:label "a"@en .'
        ' fl:B a owl:Class ; rdfs:label "b"@en ; skos:definition "B."@en .',
        "fl:A",
    ),
    "P10": (
        "fl:A a owl:Class . fl:B a owl:Class . fl:C a owl:Class ; rdfs:subClassOf fl:D ."
        " [] a owl:AllDisjointClasses ; owl:members ( fl:B [ owl:unionOf ( fl:D fl:E ) ] ) .",
        "fl:A",
    ),
    "P11": (
        "fl:a a owl:ObjectProperty ; rdfs:domain fl:A ."
        " fl:b a owl:ObjectProperty ; rdfs:domain fl:A ; rdfs:range fl:A .",
        "fl:a",
    ),
    "P12": (
        "fl:cites a owl:ObjectProperty . cito:cites a owl:ObjectProperty ."
        " fl:title a owl:DatatypeProperty ; rdfs:subPropertyOf dcterms:title ."
        " dcterms:title a owl:DatatypeProperty .",
        "fl:cites cito:cites",
    ),
    "P13": (
        "fl:a a owl:ObjectProperty ; rdfs:range fl:A ."
        " fl:b a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:range fl:A ."
        " fl:c a owl:ObjectProperty ; rdfs:range skos:Concept .",
        "fl:a",
    ),
    "P14": ("fl:A rdfs:subClassOf [ owl:onProperty fl:a ; owl:allValuesFrom fl:B ] .", "fl:A"),
    "P15": (
        "fl:A rdfs:subClassOf [ owl:someValuesFrom [ owl:complementOf fl:B ] ] .",
        "fl:A",
    ),
    "P19": ("fl:a rdfs:range fl:A, fl:B . fl:b rdfs:range fl:A .", "fl:a"),
    "P20": (
        'fl:a rdfs:label "a" ; skos:definition "no sentence" .'
        ' fl:b rdfs:label "b" ; skos:definition "A sentence." .',
        "fl:a",
    ),
    "P21": ("fl:OtherBody a owl:Class . fl:Body a owl:Class .", "fl:OtherBody"),
    "P22": ("fl:has_part a owl:ObjectProperty . fl:hasPart a owl:ObjectProperty .", "fl:has_part"),
    "P23": ("fl:Date a owl:Class . fl:Day a owl:Class .", "fl:Date"),
    "P24": (
        "fl:A owl:equivalentClass [ owl:onProperty fl:a ; owl:someValuesFrom fl:A ] .",
        "fl:A",
    ),
    "P25": ("fl:a owl:inverseOf fl:a . fl:b owl:inverseOf fl:c .", "fl:a"),
    "P26": ("fl:a a owl:SymmetricProperty ; owl:inverseOf fl:b .", "fl:a"),
    "P27": (
        "fl:a owl:equivalentProperty fl:b ; rdfs:domain fl:A ; rdfs:range fl:A ."
        " fl:b rdfs:domain fl:A ; rdfs:range fl:B .",
        "fl:a fl:b",
    ),
    "P28": (
        "fl:a a owl:SymmetricProperty ; rdfs:domain fl:A ; rdfs:range fl:B ."
        " fl:b a owl:SymmetricProperty ; rdfs:domain fl:A ; rdfs:range fl:A .",
        "fl:a",
    ),
    "P29": (
        "fl:a a owl:TransitiveProperty ; rdfs:domain fl:A ; rdfs:range fl:B ."
        " fl:b a owl:TransitiveProperty ; rdfs:domain fl:A ; rdfs:range fl:A .",
        "fl:a",
    ),
    "P30": (
        "fl:Citation a owl:Class . cito:Citation a owl:Class .",
        "fl:Citation cito:Citation",
    ),
    "P31": ("fl:A owl:equivalentClass cito:Citation .", "fl:A cito:Citation"),
    "P32": (
        'fl:A a owl:Class ; rdfs:label "sum" . fl:B a owl:Class ; rdfs:label "Sum" .',
        "fl:A fl:B",
    ),
    "P33": (
        "fl:a owl:propertyChainAxiom ( fl:b ) . fl:c owl:propertyChainAxiom ( fl:b fl:b ) .",
        "fl:a",
    ),
    "P34": ("fl:A a owl:Class ; rdfs:subClassOf cito:Citation .", "cito:Citation"),
    "P35": (
        "fl:a a owl:ObjectProperty ; rdfs:subPropertyOf dcterms:relation ; rdfs:range fl:A .",
        "dcterms:relation",
    ),
    "P36": ("<https://w3id.org/faultlines/ns.ttl> a owl:Ontology .", ".ttl"),
    "P38": (
        "fl:A a owl:Class . <https://w3id.org/faultlines/ns> a owl:Ontology ."
        " fl:B a owl:Class ; rdfs:isDefinedBy <https://w3id.org/faultlines/ns> .",
        "fl:A",
    ),
    "P39": ("fl:A rdfs:isDefinedBy <https://w3id.org/faultlines/ns> .", "/ns"),
    "P40": ("cito:Citation a owl:Class . dcterms:date rdfs:range xsd:date .", "dcterms:date"),
    "P41": (
        "<https://w3id.org/faultlines/ns> a owl:Ontology .",
        "/ns",
    ),
}


def name(one: Pitfall) -> str:
    return one.id


def test_the_catalogue_is_whole_and_has_a_query_for_what_one_decides() -> None:
    assert [one.id for one in CHECKED] == [f"P{number:02}" for number in range(1, 42)]
    assert {one.by for one in CHECKED} <= {"query", "reading", "not"}
    queries = {path.stem for path in FOLDER.glob("*.rq")}
    assert queries == {one.id for one in CHECKED if one.by == "query"}
    assert all(one.looks_for.endswith(".") for one in CHECKED)


@pytest.mark.parametrize("found", CHECKED, ids=name)
def test_what_is_found_has_a_reason_and_no_reason_is_stale(found: Pitfall) -> None:
    assert [case.element for case in found.cases if not case.reason] == []
    assert found.stale == ()


def test_only_pitfalls_that_queries_look_for_have_reasons() -> None:
    text = (FOLDER / "catalogue.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'^pitfall = "(\w+)"$', text, re.MULTILINE))
    assert named == {one.id for one in CHECKED if one.cases}


@pytest.mark.parametrize("pitfall_id", [one.id for one in CHECKED if one.by == "query"])
def test_each_query_finds_its_pitfall_and_nothing_beside_it(pitfall_id: str) -> None:
    turtle, element = FALLEN[pitfall_id]
    (found,) = check_pitfalls([(PROLOGUE + turtle).encode()], only=[pitfall_id])
    (case,) = found.cases
    assert case.element.endswith(element)


def test_a_case_without_a_reason_and_a_reason_without_a_case_are_told() -> None:
    turtle = "fl:OtherBody a owl:Class ."
    documents = [(PROLOGUE + turtle).encode()]
    checked = {one.id: one for one in check_pitfalls(documents, only=["P13", "P21"])}
    assert [(case.element, case.reason) for case in checked["P21"].cases] == [
        ("fl:OtherBody", None)
    ]
    assert checked["P21"].stale == ("fl:OtherAuthority",)
    assert checked["P13"].stale == (pitfall.ANY,)
