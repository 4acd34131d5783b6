"""Another engine, rdflib's own, gives the same rows to every named question.

The questions are SPARQL 1.1 and nothing else: who loads the N-Quads into another store can
ask them there.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
import rdflib
from rdflib.query import ResultRow

from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import Rows
from graph.questions.runner import answer
from ontology.prefixes import sparql_prologue
from tests import answers

NUMBERS = frozenset(rdflib.XSD[name] for name in ("integer", "decimal"))


@pytest.fixture(scope="module")
def dataset(sample_kg: KnowledgeGraph) -> rdflib.Dataset:
    """The sample's statements in rdflib's memory."""
    quads = io.BytesIO()
    sample_kg.store.dump(quads)
    made = rdflib.Dataset(default_union=True)
    made.parse(data=quads.getvalue(), format="nquads")
    return made


def _cell(value: str | None, datatype: str | None) -> object:
    """A term to compare: 25 and 25.0 are one number."""
    if value is not None and datatype is not None and rdflib.URIRef(datatype) in NUMBERS:
        return float(value)
    return value


def _ours(found: Rows) -> list[tuple[object, ...]]:
    return [
        tuple(_cell(term.value, term.datatype) if term else None for term in row)
        for row in found.rows
    ]


def _theirs(found: Iterable[object]) -> list[tuple[object, ...]]:
    rows = []
    for row in found:
        assert isinstance(row, ResultRow)
        rows.append(
            tuple(
                None if term is None else _cell(str(term), getattr(term, "datatype", None))
                for term in row
            )
        )
    return rows


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own query engine
@pytest.mark.parametrize("name", sorted(questions()))
def test_rdflib_gives_the_same_rows(
    sample_kg: KnowledgeGraph, dataset: rdflib.Dataset, name: str
) -> None:
    question = questions()[name]
    for given in answers.asked(question):
        sparql = question.sparql(**given)
        found = answer(sample_kg.store, sparql, 10_000)
        assert isinstance(found, Rows)
        other = dataset.query(sparql_prologue() + sparql)
        assert sorted(_theirs(other), key=repr) == sorted(_ours(found), key=repr)
