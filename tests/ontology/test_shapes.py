"""Each shape lets a good graph pass and stops a small graph that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node

from graph.triples.decision import decision_triples
from graph.triples.registers import register_triples
from ontology.model import Decision
from ontology.prefixes import NS, PREFIXES, SCHEME_PREFIXES, VOCAB
from ontology.validate import Violation, conforms, validate
from ontology.vocabulary import vocabulary
from tests import factories

FOLDER = Path(__file__).parents[2] / "ontology"
SHAPES = Graph().parse(FOLDER / "shapes.ttl")
ONTOLOGY_GRAPH = Graph().parse(FOLDER / "faultlines.ttl")

TURTLE_PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HASH = "0123456789abcdef" * 4

GOOD = f"""
@base <https://w3id.org/faultlines/id/> .
@prefix leg: <http://www.legislation.gov.uk/id/ukpga/1996/56/> .

<council/X08000001> a fl:Authority, fl:Council ; rdfs:label "Tarnbeck"@en ;
    fl:authorityName "Tarnbeck Metropolitan Borough Council" ; fl:gss "X08000001" ;
    fl:inForceFrom "1974-04-01"^^xsd:date ; fl:inForceTo "2021-03-31"^^xsd:date ;
    fl:fictional true ; fl:successor <council/X06000003> .
<council/X06000003> a fl:Authority, fl:Council ; fl:gss "X06000003" .
<c> a fl:Complaint ; fl:reference "22 900 014" ; fl:against <council/X08000001> ;
    fl:decidedBy <d> ; fl:hasPart <c/a> ; fl:investigatedIn <inv> .
<inv> a fl:Investigation .
<c/a> a fl:ComplaintPart ; fl:letter "a" ; fl:partText "no teaching" ; fl:evidencedBy <d/p1> .
<run> a fl:Extraction ; fl:extractorVersion "0.1.0" .
<d> a fl:Decision ; fl:reference "22 900 014" ; fl:date "2022-09-15"^^xsd:date ;
    fl:sourceHash "{HASH}" ; fl:sourceName "a.txt" ; fl:url "https://example.org/"^^xsd:anyURI ;
    fl:outcome outcome:upheld ; fl:disposition disposition:investigated ;
    fl:documentType doctype:statement ; fl:satisfiedOn "2023-01-09"^^xsd:date ;
    fl:complainant <d/person> ; fl:hasParagraph <d/1> ; fl:hasFinding <d/f1> ;
    fl:hasInjustice <d/i1> ; fl:hasRemedy <d/r1> ; fl:hasReason <d/w1> ;
    fl:hasCitation <d/t1> ; fl:hasInvolvement <d/b1> ; fl:hasUnreadMention <d/u1> .
<d/person> a fl:Complainant ; rdfs:label "Miss Y"@en ; fl:suffered <d/i1> .
<d/1> a fl:Paragraph ; fl:number 1 ; fl:section "found" ; fl:heading "Findings" ;
    fl:start 0 ; fl:end 40 .
<d/p1> a fl:Passage ; oa:exact "delayed" ; oa:start 4 ; oa:end 11 ; fl:rule "fault.delay" ;
    fl:quotedFrom <d> ; fl:inParagraph <d/1> .
<d/f1> a fl:Finding ; fl:status status:fault-with-injustice ; fl:faultType fault:delay ;
    fl:decides <c/a> ; fl:faultBy <council/X08000001> ; fl:causedInjustice <d/i1> ;
    fl:engages leg:section19 ; fl:evidencedBy <d/p1> .
<d/i1> a fl:Injustice ; fl:injusticeType injustice:distress ; fl:evidencedBy <d/p1> .
<d/r1> a fl:Remedy ; fl:remedyType remedy:financial-distress ; fl:status remedystatus:agreed ;
    fl:amount <d/r1/amount> ; fl:total <d/r1/total> ;
    fl:period period:month ; fl:periodCount 2.0 ;
    fl:purpose injustice:distress ; fl:dueDate "2022-10-15"^^xsd:date ;
    fl:dueText "within a month" ; fl:dueBasis duebasis:relative ;
    fl:owedBy <council/X08000001> ; fl:remedies <d/i1> ; fl:evidencedBy <d/p1> .
<d/r1/amount> a schema:MonetaryAmount ; schema:value 150.50 ; schema:currency "GBP" .
<d/r1/total> a schema:MonetaryAmount ; schema:value 301.00 ; schema:currency "GBP" .
<d/w1> a fl:Reason ; fl:reasonType reason:late ; fl:restsOn leg:section26B ;
    fl:evidencedBy <d/p1> .
<d/t1> a fl:Citation ; fl:rawText "section 19" ; fl:citationRole citationrole:substantive ;
    fl:cites leg:section19 ; fl:evidencedBy <d/p1> .
leg:section19 a fl:Legislation, fl:Provision ; rdfs:label "section 19"@en ;
    eli:is_part_of <http://www.legislation.gov.uk/id/ukpga/1996/56> .
<guidance/g> a fl:Guidance ; rdfs:label "Guidance"@en ; fl:guidanceId "g" .
<case/k> a fl:CourtCase ; rdfs:label "A case"@en .
<body/ofsted> a fl:ExternalBody ; rdfs:label "Ofsted"@en .
<d/b1> a fl:Involvement ; fl:body <body/ofsted> ; fl:role role:decision-shared-with ;
    fl:evidencedBy <d/p1> .
<d/u1> a fl:UnreadMention ; fl:kind "due" ; fl:rawText "soon" ; fl:why "no event" ;
    fl:start 5 ; fl:end 9 .
<statistics/faults> a qb:DataSet .
<statistics/faults/1> a fl:Count, qb:Observation ; qb:dataSet <statistics/faults> ;
    fl:investigationCount 2 ; fl:decisionCount 3 ; fl:entryCount 4 ; fl:decidedCount 5 .
"""

# Shape that is broken, focus node, words of GOOD, what stands in their place.
BROKEN = [
    ("Count", "statistics/faults/1", "qb:dataSet <statistics/faults> ;", ""),
    ("Count", "statistics/faults/1", "qb:dataSet <statistics/faults>", "qb:dataSet <inv>"),
    ("Count", "statistics/faults/1", "fl:investigationCount 2", "fl:investigationCount -2"),
    ("Count", "statistics/faults/1", "fl:decisionCount 3", "fl:decisionCount 3, 4"),
    ("Count", "statistics/faults/1", "fl:entryCount 4", "fl:entryCount 4.5"),
    ("Count", "statistics/faults/1", "fl:decidedCount 5", 'fl:decidedCount "5"'),
    ("Authority", "council/X08000001", '"Tarnbeck Metropolitan Borough Council"', '""'),
    ("Council", "council/X08000001", 'fl:gss "X08000001"', 'fl:gss "W08000001"'),
    ("Council", "council/X08000001", '"2021-03-31"', '"1970-03-31"'),
    ("Council", "council/X08000001", "fl:fictional true", 'fl:fictional "yes"'),
    ("Council", "council/X08000001", "<council/X06000003> .", "<inv> ."),
    ("Complaint", "c", "fl:decidedBy <d> ;", ""),
    ("Complaint", "c", "fl:hasPart <c/a>", "fl:hasPart <inv>"),
    ("ComplaintPart", "c/a", 'fl:letter "a" ;', ""),
    ("ComplaintPart", "c/a", 'fl:partText "no teaching" ; fl:evidencedBy', "fl:evidencedBy"),
    ("Investigation", "inv", "fl:investigatedIn <inv> .", "rdfs:seeAlso <inv> ."),
    ("Complainant", "d/person", "fl:complainant <d/person> ;", ""),
    ("Complainant", "d/person", 'rdfs:label "Miss Y"@en ;', ""),
    (
        "Decision",
        "d",
        'fl:Decision ; fl:reference "22 900 014"',
        'fl:Decision ; fl:reference "22/900/014"',
    ),
    (
        "Decision",
        "d",
        'fl:Decision ; fl:reference "22 900 014"',
        'fl:Decision ; fl:reference "22 900 014", "22 900 015"',
    ),
    ("Decision", "d", '"2022-09-15"^^xsd:date', '"15 September 2022"'),
    ("Decision", "d", f'fl:sourceHash "{HASH}" ;', ""),
    ("Decision", "d", f'"{HASH}"', '"abc"'),
    ("Decision", "d", 'fl:sourceName "a.txt" ;', ""),
    ("Decision", "d", "outcome:upheld", "outcome:partly-upheld"),
    ("Decision", "d", "fl:disposition disposition:investigated ;", ""),
    ("Decision", "d", "doctype:statement", "outcome:upheld"),
    ("Decision", "d", "fl:hasRemedy <d/r1>", "fl:hasRemedy <d/i1>"),
    ("Paragraph", "d/1", "fl:number 1", "fl:number 0"),
    ("Paragraph", "d/1", 'fl:section "found" ;', ""),
    ("Paragraph", "d/1", "fl:end 40", "fl:end 0"),
    ("Passage", "d/p1", 'oa:exact "delayed"', 'oa:exact ""'),
    ("Passage", "d/p1", 'oa:exact "delayed" ;', ""),
    ("Passage", "d/p1", "oa:start 4", "oa:start 11"),
    ("Passage", "d/p1", "oa:start 4", "oa:start -4"),
    ("Passage", "d/p1", "oa:end 11 ;", ""),
    ("Passage", "d/p1", 'fl:rule "fault.delay" ;', ""),
    ("Passage", "d/p1", "fl:quotedFrom <d> ;", ""),
    ("Passage", "d/p1", "fl:inParagraph <d/1>", "fl:inParagraph <d/2>"),
    ("UnreadMention", "d/u1", 'fl:why "no event" ;', ""),
    ("UnreadMention", "d/u1", "fl:start 5", "fl:start 9"),
    ("Extraction", "run", '"0.1.0"', '""'),
    (
        "Finding",
        "d/f1",
        "fl:status status:fault-with-injustice",
        "fl:status status:fault, status:service-failure",
    ),
    ("Finding", "d/f1", "fl:faultType fault:delay", "fl:faultType fault:dealy"),
    ("Finding", "d/f1", "fl:decides <c/a> ;", ""),
    ("Finding", "d/f1", "fl:faultBy <council/X08000001>", "fl:faultBy <inv>"),
    ("Finding", "d/f1", "fl:causedInjustice <d/i1>", "fl:causedInjustice <d/r1>"),
    ("Finding", "d/f1", "fl:engages leg:section19 ;", "fl:engages <inv> ;"),
    (
        "Finding",
        "d/f1",
        "fl:engages leg:section19 ; fl:evidencedBy <d/p1> .",
        "fl:engages leg:section19 .",
    ),
    ("OnlyFaultHasType", "d/f1", "status:fault-with-injustice", "status:no-fault"),
    ("Injustice", "d/i1", "fl:injusticeType injustice:distress ;", ""),
    ("Injustice", "d/i1", "fl:injusticeType injustice:distress", "fl:injusticeType injustice:sad"),
    ("Remedy", "d/r1", "remedy:financial-distress", "remedy:financial"),
    ("Remedy", "d/r1", "remedystatus:agreed", "status:fault"),
    ("Remedy", "d/r1", "fl:amount <d/r1/amount>", "fl:amount <d/r1/amount>, <d/r1/total>"),
    ("Remedy", "d/r1", "period:month", "period:day"),
    ("Remedy", "d/r1", "fl:periodCount 2.0", "fl:periodCount -2.0"),
    ("Remedy", "d/r1", "fl:purpose injustice:distress", "fl:purpose fault:delay"),
    ("Remedy", "d/r1", '"2022-10-15"^^xsd:date', '"in October"'),
    ("Remedy", "d/r1", "duebasis:relative", "duebasis:guessed"),
    ("Remedy", "d/r1", "fl:owedBy <council/X08000001>", "fl:owedBy <inv>"),
    ("Remedy", "d/r1", "fl:remedies <d/i1> ; fl:evidencedBy <d/p1> .", "fl:remedies <d/i1> ."),
    ("DueDateHasBasis", "d/r1", "fl:dueBasis duebasis:relative ;", ""),
    ("DueDateHasBasis", "d/r1", 'fl:dueText "within a month" ;', ""),
    ("MonetaryAmount", "d/r1/amount", "150.50", "-150.50"),
    ("MonetaryAmount", "d/r1/amount", "150.50", '"a lot"'),
    (
        "MonetaryAmount",
        "d/r1/amount",
        '150.50 ; schema:currency "GBP"',
        '150.50 ; schema:currency "EUR"',
    ),
    ("MonetaryAmount", "d/r1/amount", '150.50 ; schema:currency "GBP"', "150.50"),
    ("Reason", "d/w1", "reason:late", "reason:tardy"),
    ("Reason", "d/w1", "fl:restsOn leg:section26B", "fl:restsOn <inv>"),
    ("Citation", "d/t1", 'fl:rawText "section 19" ;', ""),
    ("Citation", "d/t1", "citationrole:substantive", "role:regulator-of"),
    ("Citation", "d/t1", "fl:cites leg:section19", "fl:cites leg:section19, leg:section20"),
    ("Legislation", "section19", "leg:section19 a", "<section19> a"),
    ("Legislation", "leg:section19", 'rdfs:label "section 19"@en', 'rdfs:label ""'),
    (
        "Provision",
        "leg:section19",
        ";\n    eli:is_part_of <http://www.legislation.gov.uk/id/ukpga/1996/56> .",
        ".",
    ),
    ("Guidance", "guidance/g", ' ; fl:guidanceId "g"', ""),
    ("CourtCase", "case/k", ' ; rdfs:label "A case"@en', ""),
    ("ExternalBody", "body/ofsted", ' ; rdfs:label "Ofsted"@en', ""),
    ("Involvement", "d/b1", "fl:body <body/ofsted> ;", ""),
    ("Involvement", "d/b1", "role:decision-shared-with", "role:friend"),
]

# The same for honest gaps, which are warnings.
GAPS = [
    ("Complaint", "c", "fl:against <council/X08000001> ;", ""),
    ("Decision", "d", 'fl:Decision ; fl:reference "22 900 014" ;', "fl:Decision ;"),
    ("Decision", "d", 'fl:date "2022-09-15"^^xsd:date ;', ""),
    ("FaultHasType", "d/f1", "fl:faultType fault:delay ;", ""),
    ("Citation", "d/t1", "fl:cites leg:section19 ;", ""),
]

CASES = [(*case, "Violation") for case in BROKEN] + [(*case, "Warning") for case in GAPS]


def parse(turtle: str) -> Graph:
    return Graph().parse(data=TURTLE_PREFIXES + turtle, format="turtle")


def focus_iri(focus: str) -> str:
    if focus.startswith("leg:"):
        return "http://www.legislation.gov.uk/id/ukpga/1996/56/" + focus.removeprefix("leg:")
    return PREFIXES["id"] + focus


def test_the_good_graph_conforms() -> None:
    assert validate(parse(GOOD)) == []


def test_the_good_graph_has_a_node_of_every_shape_target() -> None:
    classes = {str(type_) for type_ in parse(GOOD).objects(None, RDF.type)}
    named = {
        str(term)
        for term in ONTOLOGY_GRAPH.subjects(RDF.type, OWL.Class)
        if isinstance(term, URIRef)
    }
    authorities = {
        NS + name
        for name in (
            *("CareProvider", "NhsBody", "School", "TransportAuthority"),
            *("FireAuthority", "ParkAuthority", "OtherAuthority"),
        )
    }
    assert named - authorities <= classes


@pytest.mark.parametrize(
    ("shape", "focus", "old", "new", "severity"),
    CASES,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)],
)
def test_a_broken_graph_is_stopped_by_its_shape(
    shape: str, focus: str, old: str, new: str, severity: str
) -> None:
    assert old in GOOD
    found = validate(parse(GOOD.replace(old, new, 1)))
    assert {(each.shape, each.severity, each.focus) for each in found} == {
        (shape, severity, focus_iri(focus))
    }
    assert all(len(each.message) > 20 for each in found)
    assert conforms(found) is (severity == "Warning")


@pytest.mark.parametrize(
    "subclass",
    ["CareProvider", "NhsBody", "School", "TransportAuthority", "OtherAuthority"],
)
def test_every_kind_of_authority_is_guarded(subclass: str) -> None:
    (found,) = validate(parse(f'<urn:x> a fl:{subclass} ; fl:authorityName "" .'))
    assert (found.shape, found.focus) == ("Authority", "urn:x")


def test_a_violation_says_everything() -> None:
    (found,) = validate(parse(GOOD.replace("150.50", "-150.50")))
    assert found == Violation(
        severity="Violation",
        shape="MonetaryAmount",
        focus="https://w3id.org/faultlines/id/d/r1/amount",
        message=("This sum needs exactly one schema:value, an xsd:decimal that is not below 0."),
        value="-150.50",
    )


def test_violations_are_sorted_and_repeat_exactly() -> None:
    broken = parse("<urn:b> a fl:Finding . <urn:a> a fl:Remedy .")
    assert validate(broken) == sorted(validate(broken))
    assert {each.focus for each in validate(broken)} == {"urn:a", "urn:b"}


# The shapes themselves


def node_shapes() -> list[Node]:
    return sorted(SHAPES.subjects(RDF.type, SH.NodeShape), key=str)


def test_every_shape_is_broken_by_a_case() -> None:
    names = {str(shape).removeprefix(PREFIXES["flsh"]) for shape in node_shapes()}
    assert names == {case[0] for case in CASES}


def test_every_class_is_guarded() -> None:
    classes = {
        term for term in ONTOLOGY_GRAPH.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)
    }
    assert classes <= set(SHAPES.objects(None, SH.targetClass))


def test_every_constraint_has_a_message_in_english() -> None:
    spoken = [node for shape in node_shapes() for node in SHAPES.objects(shape, SH.property)]
    spoken += list(SHAPES.subjects(SH["or"]))
    assert len(spoken) > 80
    for node in spoken:
        messages = [m for m in SHAPES.objects(node, SH.message) if isinstance(m, Literal)]
        assert [message.language for message in messages] == ["en"], SHAPES.value(node, SH.path)
        assert str(messages[0]).endswith(".")


def test_the_shapes_are_shapes() -> None:
    import pyshacl

    ok, _, text = pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert ok, text


def listed_concepts() -> list[tuple[str, list[str]]]:
    """Each sh:in list of concepts, with its scheme; the lists of fault statuses are a choice."""
    lists = []
    for shape in node_shapes():
        for property_ in SHAPES.objects(shape, SH.property):
            head = SHAPES.value(property_, SH["in"])
            if head is None or str(shape).endswith("OnlyFaultHasType"):
                continue
            concepts = [str(each) for each in Collection(SHAPES, head)]
            if concepts[0].startswith(VOCAB):
                scheme = concepts[0].removeprefix(VOCAB).partition("/")[0]
                lists.append(
                    (
                        scheme,
                        [each.removeprefix(f"{VOCAB}{scheme}/") for each in concepts],
                    )
                )
    return sorted(lists)


@pytest.mark.parametrize(("scheme", "ids"), listed_concepts())
def test_a_list_of_concepts_is_its_whole_scheme(scheme: str, ids: list[str]) -> None:
    assert ids == list(vocabulary(scheme).leaves())


def test_concepts_are_listed_for_each_property_that_takes_them() -> None:
    assert {scheme for scheme, _ in listed_concepts()} == {
        *(
            "outcome",
            "disposition",
            "document-type",
            "finding-status",
            "fault",
            "injustice",
        ),
        *(
            "remedy",
            "remedy-status",
            "period",
            "due-basis",
            "reason",
            "citation-role",
            "body-role",
        ),
    } & set(SCHEME_PREFIXES)


# What the project itself makes


def graph_of(decision: Decision) -> Graph:
    lines = (" ".join(triple) + " .\n" for triple in decision_triples(decision, "0"))
    return Graph().parse(data="".join(lines), format="nt")


@pytest.mark.parametrize(
    "decision",
    [*factories.sample(), factories.hostile_decision()],
    ids=["education", "housing", "closed", "not upheld", "hostile"],
)
def test_the_graph_of_a_decision_conforms(decision: Decision) -> None:
    assert validate(graph_of(decision)) == []


def test_what_a_page_does_not_say_is_a_warning() -> None:
    found = validate(graph_of(factories.empty_decision(factories.CLOSED)))
    assert {(each.shape, each.severity) for each in found} == {
        ("Decision", "Warning"),
        ("Complaint", "Warning"),
    }
    assert conforms(found)


def test_the_registers_conform() -> None:
    lines = (" ".join(triple) + " .\n" for triple in register_triples())
    assert validate(Graph().parse(data="".join(lines), format="nt")) == []
