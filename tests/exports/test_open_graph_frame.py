"""Answers as data frames: every column of one type, in pandas and in polars alike."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

import faultlines
from exports.open_graph import OpenGraph
from exports.open_graph import frame as module
from exports.open_graph.frame import frame, value
from graph.errors import FaultlinesError, QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import Rows, Term
from graph.triples.ntriples import XSD

pd = pytest.importorskip("pandas", reason="pandas is not installed")
pl = pytest.importorskip("polars", reason="polars is not installed")

DELAY = "https://w3id.org/faultlines/vocab/fault/delay"
COLUMNS = {
    "thing": (Term("iri", DELAY), None),
    "whole": (Term("literal", "-7", XSD + "integer"), None),
    "sum": (Term("literal", "1200.10", XSD + "decimal"), None),
    "mean": (Term("literal", "3", XSD + "integer"), Term("literal", "2.5", XSD + "decimal")),
    "ratio": (Term("literal", "1.5E1", XSD + "double"), None),
    "day": (Term("literal", "2024-02-29", XSD + "date"), None),
    "at": (Term("literal", "2024-02-29T12:00:00", XSD + "dateTime"), None),
    "at_utc": (Term("literal", "2024-02-29T12:00:00+01:00", XSD + "dateTime"), None),
    "so": (Term("literal", "true", XSD + "boolean"), None),
    "name": (Term("literal", "Tarnbeck", None, "en"), None),
    "mixed": (Term("literal", "2024-02-29", XSD + "date"), Term("iri", DELAY)),
    "wrong": (Term("literal", "soon", XSD + "date"), Term("literal", "2024-02-29", XSD + "date")),
    "huge": (Term("literal", str(10**30), XSD + "integer"), Term("literal", "1", XSD + "integer")),
    "node": (Term("blank", "b0"), None),
    "nothing": (None, None),
}
ROWS = Rows(tuple(COLUMNS), tuple(zip(*COLUMNS.values(), strict=True)))
NOON = datetime(2024, 2, 29, 12)  # noqa: DTZ001 - a time without a zone, as the literal has none
EXPECTED: dict[str, list[Any]] = {
    "thing": [DELAY, None],
    "whole": [-7, None],
    "sum": [1200.1, None],
    "mean": [3.0, 2.5],
    "ratio": [15.0, None],
    "day": [date(2024, 2, 29), None],
    "at": [NOON, None],
    "at_utc": [datetime(2024, 2, 29, 11, tzinfo=UTC), None],
    "so": [True, None],
    "name": ["Tarnbeck", None],
    "mixed": ["2024-02-29", DELAY],
    "wrong": ["soon", "2024-02-29"],
    "huge": [str(10**30), "1"],
    "node": ["_:b0", None],
    "nothing": [None, None],
}


@pytest.fixture(scope="module")
def graph(kg: KnowledgeGraph) -> Iterator[OpenGraph]:
    with faultlines.open(kg.folder) as opened:
        yield opened


def test_columns_of_pandas_are_typed() -> None:
    made = frame(ROWS, "pandas")
    assert {name: str(dtype) for name, dtype in made.dtypes.items()} == {
        **dict.fromkeys(("thing", "name", "mixed", "wrong", "huge", "node", "nothing"), "string"),
        "whole": "Int64",
        **dict.fromkeys(("sum", "mean", "ratio"), "Float64"),
        "day": "datetime64[s]",
        "at": "datetime64[us]",
        "at_utc": "datetime64[us, UTC]",
        "so": "boolean",
    }
    for name, cells in EXPECTED.items():
        for found, cell in zip(made[name], cells, strict=True):
            if cell is None:
                assert pd.isna(found), name
            elif name == "day":
                assert found.date() == cell
            else:
                assert found == cell, name


def test_columns_of_polars_are_typed() -> None:
    made = frame(ROWS, "polars")
    assert dict(made.schema) == {
        **dict.fromkeys(("thing", "name", "mixed", "wrong", "huge", "node", "nothing"), pl.String),
        "whole": pl.Int64,
        **dict.fromkeys(("sum", "mean", "ratio"), pl.Float64),
        "day": pl.Date,
        "at": pl.Datetime("us"),
        "at_utc": pl.Datetime("us", "UTC"),
        "so": pl.Boolean,
    }
    assert made.to_dict(as_series=False) == EXPECTED


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_an_answer_without_rows_keeps_its_columns(engine: str) -> None:
    made = frame(Rows(("council", "faults"), ()), engine)
    assert list(made.columns) == ["council", "faults"]
    assert len(made) == 0


def test_a_question_becomes_a_frame(graph: OpenGraph) -> None:
    made = graph.dataframe("remedies-due", council="Tarnbeck")
    table = graph.ask("remedies-due", council="Tarnbeck")
    assert isinstance(made, pd.DataFrame)
    assert list(made.columns) == list(table.columns)
    assert len(made) == len(table) > 0
    other = graph.dataframe("remedies-due", council="Tarnbeck", engine="polars")
    assert isinstance(other, pl.DataFrame)
    assert other.columns == list(table.columns)


@pytest.mark.parametrize(
    "name",
    [q.name for q in questions().values() if not any(p.required for p in q.parameters)],
)
def test_every_question_that_needs_nothing_makes_a_frame(graph: OpenGraph, name: str) -> None:
    table = graph.ask(name)
    for engine in ("pandas", "polars"):
        made: Any = graph.dataframe(name, engine=engine)
        assert (len(made), list(made.columns)) == (len(table), list(table.columns))


def test_money_adds_up_and_days_are_days(graph: OpenGraph) -> None:
    made = graph.dataframe(
        "SELECT ?total ?due WHERE "
        "{ ?r fl:total/schema:value ?total OPTIONAL { ?r fl:dueDate ?due } }",
        engine="pandas",
    )
    assert made["total"].sum() == 1200 + 150 + 2400
    assert made["due"].dt.year.dropna().unique().tolist() == [2022]
    assert made["due"].isna().sum() == 1


def test_iris_are_full_or_short(graph: OpenGraph) -> None:
    query = "SELECT DISTINCT ?fault WHERE { ?f fl:faultType ?fault } ORDER BY ?fault LIMIT 1"
    assert graph.dataframe(query)["fault"].tolist() == [DELAY]
    assert graph.dataframe(query, short=True)["fault"].tolist() == ["fault:delay"]


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_answers_other_than_rows(graph: OpenGraph, engine: str) -> None:
    asked: Any = graph.dataframe("ASK { ?d a fl:Decision }", engine=engine)
    assert list(asked.columns) == ["answer"]
    assert asked["answer"].to_list() == [True]
    built: Any = graph.dataframe(
        "CONSTRUCT { ?d fl:date ?day } WHERE { ?d fl:date ?day }", engine=engine
    )
    assert list(built.columns) == ["subject", "predicate", "object"]
    assert len(built) == 4
    assert (
        built["object"].dt.year().to_list() if engine == "polars" else built["object"].dt.year.any()
    )


def test_a_cut_answer_makes_no_frame(graph: OpenGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.open_graph.open_graph.MOST", 3)
    with pytest.raises(QueryError, match="cut after 3 rows"):
        graph.dataframe("SELECT ?s WHERE { ?s a fl:Paragraph }")


def _only(monkeypatch: pytest.MonkeyPatch, *installed: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        module, "find_spec", lambda name: found(name) if name in installed else None
    )


def test_polars_alone_is_enough(graph: OpenGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    _only(monkeypatch, "polars")
    assert isinstance(graph.dataframe("ASK { ?s ?p ?o }"), pl.DataFrame)
    with pytest.raises(FaultlinesError, match="pandas is not installed; pip install pandas"):
        graph.dataframe("ASK { ?s ?p ?o }", engine="pandas")


def test_without_an_engine_the_line_for_pip_is_told(
    graph: OpenGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only(monkeypatch)
    with pytest.raises(FaultlinesError, match="pip install pandas or pip install polars"):
        graph.dataframe("ASK { ?s ?p ?o }")


def test_an_unknown_engine_is_told(graph: OpenGraph) -> None:
    with pytest.raises(FaultlinesError, match="choose one of: pandas, polars"):
        graph.dataframe("ASK { ?s ?p ?o }", engine="excel")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (Term("literal", "INF", XSD + "double"), float("inf")),
        (Term("literal", "2024-02-30", XSD + "date"), "2024-02-30"),
        (Term("literal", "2024-02-29Z", XSD + "date"), "2024-02-29Z"),
        (Term("literal", "maybe", XSD + "boolean"), "maybe"),
        (Term("literal", "2024", XSD + "gYear"), "2024"),
        (Term("triple", "<<( <a:b> <a:c> <a:d> )>>"), "<<( <a:b> <a:c> <a:d> )>>"),
    ],
)
def test_a_term_becomes_a_value_or_stays_text(term: Term | None, expected: object) -> None:
    assert value(term) == expected
