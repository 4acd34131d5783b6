"""Parameters of questions: every way of writing one gives its term, everything else an error."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.questions.completion import parameters
from graph.questions.parameter import KINDS, Parameter
from graph.questions.provision_name import find_provision

CARE = "ukpga/2014/23"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Care Act 2014", CARE),
        ("the care act 2014", CARE),
        ("Care Act 2014, section 9(3)", f"{CARE}/section/9/3"),
        ("section 9(3) of the Care Act 2014", f"{CARE}/section/9/3"),
        ("s.9(3) Care Act 2014", f"{CARE}/section/9/3"),
        ("s9 Care Act 2014", f"{CARE}/section/9"),
        ("Housing Act 1996 Part 7", "ukpga/1996/52/part/7"),
        ("Education Act 1996, Schedule 35B", "ukpga/1996/56/schedule/35B"),
        ("s 26A Local Government Act 1974", "ukpga/1974/7/section/26A"),
        ("ukpga/2014/23/section/9/3", f"{CARE}/section/9/3"),
        ("http://www.legislation.gov.uk/id/ukpga/2014/23/section/9", f"{CARE}/section/9"),
        ("https://www.legislation.gov.uk/ukpga/2014/23/section/9", f"{CARE}/section/9"),
        ("https://www.legislation.gov.uk/ukpga/2014/23/section/9/", f"{CARE}/section/9"),
        ("https://www.legislation.gov.uk/ukpga/2014/23/section/9/enacted", f"{CARE}/section/9"),
        ("https://www.legislation.gov.uk/ukpga/2014/23/section/9#section-9-1", f"{CARE}/section/9"),
        ("http://www.legislation.gov.uk/ukpga/2014/23/2020-04-01", CARE),
    ],
)
def test_a_provision_is_found_by_words_path_and_address(words: str, path: str) -> None:
    assert find_provision(words) == path


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("Cair Act 2014", "did you mean Care Act 2014"),
        ("section 9", "give an Act with its year"),
        ("", "give an Act with its year"),
        ("ukpga/2014/23> } DROP", "give an Act"),
    ],
)
def test_a_provision_that_cannot_be_told_is_an_error_with_advice(words: str, advice: str) -> None:
    with pytest.raises(QueryError, match=advice):
        find_provision(words)


@pytest.mark.parametrize(
    ("kind", "words", "term"),
    [
        ("amount", "£1,200.50", '"1200.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("amount", "300", '"300"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("year", "2024", '"2024"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("outcome", "Upheld", "<https://w3id.org/faultlines/vocab/outcome/upheld>"),
        ("reason", "late", "<https://w3id.org/faultlines/vocab/reason/late>"),
        ("body", "Ofsted", "<https://w3id.org/faultlines/id/body/ofsted>"),
        ("body", "county-court", "<https://w3id.org/faultlines/id/body/county-court>"),
    ],
)
def test_words_become_terms(kind: str, words: str, term: str) -> None:
    assert KINDS[kind](words) == term


@pytest.mark.parametrize(
    ("kind", "words", "advice"),
    [
        ("amount", "-5", "give a sum in pounds, such as 500"),
        ("amount", "NaN", "give a sum in pounds"),
        ("amount", "lots", "give a sum in pounds"),
        ("year", "24", "give a year, such as 2024"),
        ("year", "20241", "give a year"),
        ("date", "31/12/2024", "give a day, such as 2024-01-31"),
        ("number", "1.5", "give a whole number"),
        ("body", "nobody at all", "give the name of a body, such as Ofsted"),
        ("reference", "22900014x9", "give a reference, such as 22 900 014"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_give(kind: str, words: str, advice: str) -> None:
    parameter = Parameter("thing", kind, required=False, about="A thing")
    with pytest.raises(QueryError, match=f"cannot be read as its thing; {advice}"):
        parameter.term("question", words, None)


def test_an_unknown_type_is_told_with_the_nearest() -> None:
    parameter = Parameter("thing", "fault", required=False, about="A thing")
    with pytest.raises(QueryError) as told:
        parameter.term("question", "dealy", None)
    assert str(told.value) == "question: 'dealy' does not name one fault; did you mean delay?"


# What a shell is offered


def test_the_shell_is_offered_the_parameters_of_the_question_asked() -> None:
    words = ["kg", "faults-by-council"]
    assert [text for text, _ in parameters(words, "")] == ["council=", "fault=", "least="]
    assert [text for text, _ in parameters(words, "f")] == ["fault="]
    assert not list(parameters(["kg", "SELECT * {}"], ""))


def test_the_shell_is_offered_the_values_of_closed_lists() -> None:
    words = ["kg", "faults-by-council"]
    assert ("fault=delay", "Delay") in set(parameters(words, "fault=de"))
    (tarnbeck,) = parameters(words, "council=X08000001")
    assert tarnbeck[1] == "Tarnbeck Metropolitan Borough Council"
    assert not list(parameters(words, "least=1"))
