"""Results written in every format, and read back by outside readers where there are any."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import Result as RdflibResult

from graph.errors import QueryError
from graph.questions.results import FORMATS, Answer, Rows, Term, Triples, as_rows, shorten, write
from graph.triples.ntriples import XSD

IRI = Term("iri", "https://w3id.org/faultlines/vocab/fault/delay")
HOSTILE = '<b>"x"</b>,\t\r\n\x01 \\ é 😀 =1+1'
ROWS = Rows(
    ("what", "words"),
    (
        (IRI, Term("literal", HOSTILE)),
        (None, Term("literal", "Verzug", None, "de")),
        (Term("blank", "b0"), Term("literal", "5", XSD + "integer")),
    ),
)
STATEMENTS = Triples(
    ((IRI, Term("iri", "http://www.w3.org/2000/01/rdf-schema#label"), Term("literal", HOSTILE)),)
)


def test_json_is_what_the_recommendation_says() -> None:
    found = json.loads(write(ROWS, "json"))
    assert found["head"] == {"vars": ["what", "words"]}
    first, second, third = found["results"]["bindings"]
    assert first["what"] == {"type": "uri", "value": IRI.value}
    assert first["words"]["value"] == HOSTILE
    assert second == {"words": {"type": "literal", "value": "Verzug", "xml:lang": "de"}}
    assert third["words"]["datatype"] == XSD + "integer"
    assert third["what"]["type"] == "bnode"
    assert json.loads(write(Answer(True), "json")) == {"head": {}, "boolean": True}


def test_an_outside_reader_reads_xml_and_json() -> None:
    for format in ("xml", "json"):
        text = write(ROWS, format).encode()
        found = RdflibResult.parse(io.BytesIO(text), format=format)
        assert found.vars == [rdflib.Variable("what"), rdflib.Variable("words")]
        first = found.bindings[0]
        assert first[rdflib.Variable("what")] == rdflib.URIRef(IRI.value)
        words = HOSTILE.replace("\x01", "\ufffd") if format == "xml" else HOSTILE
        assert str(first[rdflib.Variable("words")]) == words
    assert (
        RdflibResult.parse(io.BytesIO(write(Answer(False), "xml").encode()), format="xml")
        is not None
    )


def test_an_outside_reader_reads_tsv() -> None:
    text = write(ROWS, "tsv").encode()
    found = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    terms = [tuple(solution) for solution in found]
    assert terms[0] == (ox.NamedNode(IRI.value), ox.Literal(HOSTILE))
    assert terms[1] == (None, ox.Literal("Verzug", language="de"))
    assert terms[2] == (ox.BlankNode("b0"), ox.Literal(5))


def test_csv_has_one_record_a_row() -> None:
    text = write(ROWS, "csv")
    assert text.startswith("what,words\r\n")
    cells = list(csv.reader(io.StringIO(text, newline="")))
    assert cells[1] == [IRI.value, HOSTILE]
    assert cells[2] == ["", "Verzug"]


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|x", "@x", "\tx"])
def test_formulas_are_defused_only_when_asked(cell: str) -> None:
    rows = Rows(("a",), ((Term("literal", cell),),))
    assert list(csv.reader(io.StringIO(write(rows, "csv"), newline="")))[1] == [cell]
    assert write(rows, "csv", defuse=True).split("\r\n")[1].strip('"') == "'" + cell


def test_negative_numbers_stay_numbers() -> None:
    rows = Rows(("a",), ((Term("literal", "-5.50", XSD + "decimal"),),))
    assert write(rows, "csv", defuse=True) == "a\r\n-5.50\r\n"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader
@pytest.mark.parametrize(
    ("format", "reader"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")]
)
def test_statements_survive_the_trip(format: str, reader: str) -> None:
    graph = rdflib.Graph().parse(data=write(STATEMENTS, format), format=reader)
    assert [(str(s), str(o)) for s, _, o in graph] == [(IRI.value, HOSTILE)]


def test_statements_may_be_had_as_rows() -> None:
    assert as_rows(STATEMENTS).variables == ("subject", "predicate", "object")
    assert as_rows(Answer(True)).rows[0][0] == Term("literal", "true", XSD + "boolean")


def test_rows_are_not_statements() -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        write(ROWS, "turtle")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match="ntriples"):
        write(ROWS, "pdf")


def test_the_table_says_that_it_was_cut() -> None:
    assert write(ROWS, "table").endswith("(3 rows)\n")
    assert "there are more" in write(Rows(("a",), ((IRI,),), truncated=True), "table")
    assert write(Answer(False), "table") == "no\n"


def test_the_table_sends_no_control_character_to_a_terminal() -> None:
    rows = Rows(("a",), ((Term("literal", "x\x1b[2Jy\x9b\n"),),))
    assert "\x1b" not in write(rows, "table")
    assert "\x9b" not in write(rows, "table")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_same_result_gives_the_same_bytes(format: str) -> None:
    result = STATEMENTS if not FORMATS[format].rows else ROWS
    assert write(result, format) == write(result, format)


def test_shorten_uses_the_longest_prefix() -> None:
    assert shorten(IRI.value) == "fault:delay"
    assert shorten("http://example.org/x") == "http://example.org/x"
    assert shorten("https://w3id.org/faultlines/id/a b") == "https://w3id.org/faultlines/id/a b"


def test_rdf_xml_keeps_what_xml_would_lose() -> None:
    statement = (
        Term("iri", "http://e/a"),
        Term("iri", "http://e/b#c"),
        Term("literal", "one\r\ntwo\x01 <&> ]]>"),
    )
    found = rdflib.Graph().parse(data=write(Triples((statement,)), "rdfxml"), format="xml")
    assert [str(value) for value in found.objects()] == ["one\r\ntwo\ufffd <&> ]]>"]


@pytest.mark.parametrize("predicate", ["http://e/1", "http://e/b/", "urn:uuid:1-2"])
def test_a_predicate_that_is_no_name_is_refused_in_rdf_xml(predicate: str) -> None:
    subject = Term("iri", "http://e/a")
    statements = Triples(((subject, Term("iri", predicate), subject),))
    with pytest.raises(QueryError, match=predicate):
        write(statements, "rdfxml")
    assert predicate in write(statements, "turtle")


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml", "xml"])
def test_a_cut_answer_says_so_in_a_comment(format: str) -> None:
    subject = Term("iri", "http://e/a")
    cut = Triples(((subject, Term("iri", "http://e/b"), subject),), truncated=True)
    assert "The first 1; there are more" in write(cut, format)
    assert "there are more" not in write(Triples(cut.triples), format)


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("cell", ["=1+1", "\n=1+1", "@A1", "\uff1d1+1", "-1+cmd", "|x"])
def test_no_cell_is_run_by_a_spreadsheet(cell: str, format: str) -> None:
    rows = Rows(("a",), ((Term("literal", cell),), (Term("literal", "-1"),)))
    _, *written = write(rows, format, defuse=True).splitlines()
    assert written[0].lstrip('"').startswith("'")
    assert written[-1].strip('"') == "-1"
    assert "'" not in write(rows, format)
