"""The fast checker says what pySHACL says, and refuses shapes that it does not understand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF, SH

from graph.checking import agreement
from graph.checking.agreement import disagreement
from graph.checking.checker import violations
from graph.checking.shapes import UnknownShape, read_shapes, shapes
from graph.checking.statements import Statements, StoredStatements
from graph.checking.term import datatype, rdflib_literal, text
from graph.triples.decision import decision_triples
from graph.triples.ntriples import TYPE, XSD
from graph.triples.registers import register_triples
from ontology.prefixes import NS, PREFIXES
from ontology.validate import SHAPES, NotValidated, validate
from tests import factories
from tests.ontology.test_shapes import CASES, GOOD, TURTLE_PREFIXES

Triple = tuple[str, str, str]

DECISIONS = (*factories.sample(), factories.hostile_decision())
GRAPHS = [
    *(sorted(set(decision_triples(decision, "0"))) for decision in DECISIONS),
    sorted(
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in ox.parse((TURTLE_PREFIXES + GOOD).encode(), format=ox.RdfFormat.TURTLE)
    ),
]


def agree(triples: list[Triple]) -> int:
    """Hold both checkers to each other; the number of violations."""
    # as the store would have them: in the canonical form of N-Triples
    lines = "".join(" ".join(triple) + " .\n" for triple in triples).encode()
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    graph = Statements.parse(written or b"")
    found = violations(graph)
    assert found == validate(graph.rdflib_graph())
    return len(found)


NO_NUMBER = ("NaN", "decimal")


def literal(words: str, kind: str) -> str:
    return f'"{words}"^^<{XSD}{kind}>'


KINDS = ("integer", "decimal", "date", "boolean", "string", "anyURI", "dateTime", "double")
WORDS = (
    *("", "0", "-1", "01", " 1", "+7", "1_000", "1.50", "-0", "1e3", "NaN", "99999999999999999999"),
    *("2022-09-15", "2022-13-45", "2022-02-30", "2022-09-15Z", "-0044-03-15", "in October"),
    *("true", "1", "TRUE", "soon", "22 900 014", "x\\n", "\\u00E9", "\\\\", "http://a.example/"),
)
ODD = (
    # pySHACL comes to no answer about "not a number": a test of its own
    *(literal(words, kind) for words in WORDS for kind in KINDS if (words, kind) != NO_NUMBER),
    '"GBP"@en',
    '"words"@EN',
    '""@en',
    '"x"^^<urn:no-such-type>',
    "<urn:nowhere>",
    "<http://www.legislation.gov.uk/id/ukpga/1974/7>",
)
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


@st.composite
def broken_graphs(draw: st.DrawFn) -> list[Triple]:
    """A good graph of which some statements are dropped, doubled, retyped or re-pointed."""
    triples = list(draw(st.sampled_from(GRAPHS)))
    nodes = sorted({subject for subject, _, _ in triples})
    predicates = sorted({predicate for _, predicate, _ in triples})
    classes = sorted({value for _, predicate, value in triples if predicate == TYPE})
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(triples) - 1))
        subject, predicate, value = triples[place]
        match draw(st.sampled_from(("drop", "double", "odd", "retype", "re-point", "move", "sub"))):
            case "drop":
                del triples[place]
            case "double":
                triples.append((subject, predicate, draw(st.sampled_from((*ODD, *nodes)))))
            case "odd":
                triples[place] = (subject, predicate, draw(st.sampled_from(ODD)))
            case "retype" if value.startswith('"'):
                kind = draw(st.sampled_from(KINDS))
                # the words as they stood, escapes included
                words = value[1 : value.rindex('"')]
                triples[place] = (subject, predicate, literal(words, kind))
            case "re-point":
                triples[place] = (subject, predicate, draw(st.sampled_from(nodes)))
            case "move":
                triples[place] = (subject, draw(st.sampled_from(predicates)), value)
            case "sub":
                above = draw(st.sampled_from(classes))
                triples += [(subject, TYPE, "<urn:sub>"), ("<urn:sub>", SUBCLASS, above)]
    return triples


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken_graphs())
def test_both_checkers_say_the_same_of_broken_graphs(triples: list[Triple]) -> None:
    if triples:
        agree(triples)


@pytest.mark.parametrize(("shape", "old", "new"), [(case[0], case[2], case[3]) for case in CASES])
def test_both_checkers_say_the_same_of_each_broken_shape(shape: str, old: str, new: str) -> None:
    turtle = TURTLE_PREFIXES + GOOD.replace(old, new, 1)
    quads = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    graph = Statements((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    found = violations(graph)
    assert {one.shape for one in found} == {shape}
    assert found == validate(graph.rdflib_graph())


@pytest.mark.parametrize("kind", KINDS)
def test_both_checkers_judge_odd_literals_alike(kind: str) -> None:
    """Every odd form in every place where a literal is constrained."""
    for predicate in ("fl:number", "fl:date", "schema:value", "oa:start", "fl:url", "fl:fictional"):
        prefix, _, name = predicate.partition(":")
        term = f"<{PREFIXES[prefix]}{name}>"
        triples = [
            (f"<urn:{place}>", one, value)
            for place, words in enumerate(WORDS)
            if (words, kind) != NO_NUMBER
            for one, value in (
                (TYPE, f"<{NS}Paragraph>"),
                (TYPE, f"<{NS}Decision>"),
                (TYPE, f"<{NS}Passage>"),
                (TYPE, f"<{NS}Council>"),
                (TYPE, f"<{PREFIXES['schema']}MonetaryAmount>"),
                (term, literal(words, kind)),
                (f"<{PREFIXES['oa']}end>", literal("7", "integer")),
            )
        ]
        assert agree(triples) > len(WORDS)


def test_not_a_number_is_no_sum_for_the_fast_checker() -> None:
    value = f"<{PREFIXES['schema']}value>"
    graph = Statements(
        [
            ("<urn:s>", TYPE, f"<{PREFIXES['schema']}MonetaryAmount>"),
            ("<urn:s>", value, literal(*NO_NUMBER)),
        ]
    )
    assert any(one.value == "NaN" for one in violations(graph))
    with pytest.raises(NotValidated, match="Invalid"):
        validate(graph.rdflib_graph())


def test_what_pyshacl_cannot_compare_is_an_answer_of_neither() -> None:
    start, end = (f"<{PREFIXES['oa']}{name}>" for name in ("start", "end"))
    graph = Statements(
        [
            ("<urn:p>", TYPE, f"<{NS}Passage>"),
            ("<urn:p>", start, "_:b"),
            ("<urn:p>", end, literal("7", "integer")),
        ]
    )
    assert any("start of this passage" in one.message for one in violations(graph))
    with pytest.raises(NotValidated, match="BlankNode"):
        validate(graph.rdflib_graph())
    told = disagreement("urn:g", graph)
    assert told is not None
    assert "BlankNode" in str(told.failure)


def test_a_difference_of_the_checkers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Statements([("<urn:a>", TYPE, f"<{NS}Authority>"), ("<urn:r>", TYPE, f"<{NS}Remedy>")])
    assert disagreement("urn:g", graph) is None
    found = violations(graph)
    monkeypatch.setattr(agreement, "violations", lambda _: found[1:])
    told = disagreement("urn:g", graph)
    assert told is not None
    assert (told.only_fast, told.only_pyshacl) == ((), (found[0],))


# Reading the shapes


def test_every_shape_and_target_of_the_file_is_read() -> None:
    source = Graph().parse(SHAPES)
    names = {
        str(one).removeprefix(PREFIXES["flsh"]) for one in source.subjects(RDF.type, SH.NodeShape)
    }
    assert {one.shape.name for one in shapes()} == names
    read = [
        one
        for targeted in shapes()
        for one in (*targeted.classes, *targeted.subjects_of, *targeted.objects_of)
    ]
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    assert len(read) == sum(1 for one in targets for _ in source.triples((None, one, None)))
    constraints = [
        check for one in shapes() for inner in one.shape.properties for check in inner.checks
    ]
    assert len(constraints) > 150
    assert sum(inner.least for one in shapes() for inner in one.shape.properties) > 50


HEAD = "@prefix s: <urn:s#> . " + "".join(
    f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("sh", "fl", "xsd")
)


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("s:A a sh:NodeShape ; sh:closed true .", "closed"),
        ('s:A a sh:NodeShape ; sh:message "m" ; sh:targetNode fl:x .', "targetNode"),
        (
            's:A a sh:NodeShape ; sh:property [ sh:path fl:a ; sh:maxLength 3 ; sh:message "m" ] .',
            "maxLength",
        ),
        (
            "s:A a sh:NodeShape ; sh:property [ sh:path ( fl:a fl:b ) ; sh:minCount 1 ] .",
            "path",
        ),
        ("s:A a sh:NodeShape ; sh:property [ sh:path fl:a ; sh:minCount 1 ] .", "no sh:message"),
        (
            's:A a sh:NodeShape ; sh:property [ sh:path fl:a ; sh:minCount "x" ] .',
            "minCount",
        ),
        ('s:A a sh:NodeShape ; sh:nodeKind sh:Thing ; sh:message "m" .', "nodeKind"),
        ('s:A a sh:NodeShape ; sh:message "m", "n" .', "several sh:message"),
        ("s:A sh:targetClass fl:Finding .", "belongs to no sh:NodeShape"),
        ('s:A a sh:NodeShape ; sh:not [ sh:hasValue 1 ] ; sh:message "m" .', "hasValue"),
        ('s:A a sh:NodeShape ; fl:note "x" .', "note"),
    ],
)
def test_what_the_fast_checker_does_not_know_is_refused(turtle: str, said: str) -> None:
    with pytest.raises(UnknownShape, match=said):
        read_shapes((HEAD + turtle).encode())


# Statements, in memory and in the store


def test_the_store_gives_the_same_verdict_as_memory() -> None:
    lines = "".join(" ".join(triple) + " .\n" for triple in register_triples())
    broken = (
        lines.replace('"X08000001"', '"W08000001"', 1).replace("@en", "", 3)
        + "".join(
            f"<urn:{n}> {TYPE} <{NS}{name}> .\n"
            for n in (1, 2)
            for name in ("Investigation", "School", "Authority")
        )
        + f'<urn:1> <{NS}authorityName> "" .\n'
        + f"<urn:sub> {SUBCLASS} <{NS}Guidance> .\n<urn:3> {TYPE} <urn:sub> .\n"
    )
    store = ox.Store()
    store.load(broken.encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("urn:g"))
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode("urn:g"))
    held = violations(Statements.parse(dumped or b""))
    assert violations(StoredStatements(store, "urn:g")) == held
    assert {one.shape for one in held} == {"Council", "Investigation", "Authority", "Guidance"}


@given(
    st.text(st.characters(codec="utf-8")),
    st.sampled_from(("", "@en", f"^^<{XSD}date>")),
)
def test_any_literal_comes_back_from_the_store_as_it_was(words: str, rest: str) -> None:
    kind: dict[str, object] = {}
    if rest:
        kind = {"language": "en"} if rest == "@en" else {"datatype": ox.NamedNode(XSD + "date")}
    made = ox.Literal(words, **kind)  # type: ignore[arg-type]
    node = ox.NamedNode("urn:n")
    written = ox.serialize([ox.Triple(node, node, made)], format=ox.RdfFormat.N_TRIPLES)
    ((_, _, term),) = Statements.parse(written or b"")
    assert text(term) == words
    assert datatype(term) == (None if rest == "@en" else f"<{XSD}{'date' if rest else 'string'}>")
    assert str(rdflib_literal(term)) == words
