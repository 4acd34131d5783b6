"""What a council promised: the same as the question that everybody can ask."""

from __future__ import annotations

import pytest

from exports.serve.counts.casebook import Casebook
from exports.serve.counts.promises import Promises
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from ontology import iri as mint


@pytest.mark.parametrize("which", ["kg", "sample_kg"])
def test_promises_are_the_rows_of_the_question(which: str, request: pytest.FixtureRequest) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(which)
    book = Casebook(graph)
    question = questions()["remedies-due"]
    names = [column.name for column in question.columns]
    seen = 0
    for key in book.keys("council"):
        if not key.startswith("X"):
            continue
        council = mint.council(key)
        rows = [
            dict(zip(names, row, strict=True))
            for row in graph.select(question.sparql(council=council))
        ]
        wanted = {
            (
                row["due"],
                row["entry"],
                row["decision"],
                row["remedy"].rpartition("/")[2],
                row["words"],
                row["basis"].endswith("/assumed"),
                row["satisfied"],
            )
            for row in rows
        }
        found = Promises(graph.ledger, book, council, book.all)
        assert {
            (one.due, one.entry, one.decision, one.remedy, one.words, one.assumed, one.satisfied)
            for one in found
        } == wanted
        assert len(found) == len(rows)
        assert [one.due for one in found] == sorted((one.due for one in found), reverse=True)
        assert found.kept == sum(bool(row["satisfied"]) for row in rows)
        seen += len(found)
    assert seen > 2


def test_promises_of_some_decisions_are_theirs_alone(sample_kg: KnowledgeGraph) -> None:
    book = Casebook(sample_kg)
    council = mint.council("X08000001")
    every = Promises(sample_kg.ledger, book, council, book.all)
    year = book.chosen((("year", "2022"),))
    some = Promises(sample_kg.ledger, book, council, year)
    inside = {f"{mint.ID}decision/{case.path}" for case in year}
    assert [one.entry for one in some] == [one.entry for one in every if one.decision in inside]
    assert 0 < len(some) < len(every)
