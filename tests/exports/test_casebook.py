"""The decisions as bits: every count held against counting one by one, and against SPARQL."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from exports.serve.counts.casebook import Casebook
from exports.serve.counts.dimensions import DIMENSIONS
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.graph.test_question_edges import finding, harm, made, paid

OWN = ("fault", "injustice", "remedy")
"""What is counted for the authority whose it is."""


@pytest.fixture(scope="module")
def book(sample_kg: KnowledgeGraph) -> Casebook:
    return Casebook(sample_kg)


def test_the_newest_decision_comes_first(book: Casebook) -> None:
    dates = [case.date or "" for case in book.all]
    assert dates == sorted(dates, reverse=True)
    assert len(book.all) == 26
    assert [case.path for case in book.all[3:6]] == [case.path for case in list(book.all)[3:6]]


def test_every_filter_and_pair_of_filters_chooses_what_looking_at_each_does(
    book: Casebook,
) -> None:
    pairs = [
        (dimension, key)
        for dimension in ("fault", "outcome", "category", "year", "remedy", "disposition")
        for key in book.keys(dimension)
    ]
    assert len(pairs) > 40
    held = [(case, {("year", (case.date or "")[:4])}) for case in book.all]
    for case, tags in held:
        tags.update((name, key) for name, keys in case.tags.items() for key in keys)
    for filters in [(pair,) for pair in pairs] + list(combinations(pairs[::5], 2)):
        wanted = [case.path for case, tags in held if set(filters) <= tags]
        assert [case.path for case in book.chosen(tuple(filters))] == wanted, filters


def test_a_joint_investigation_counts_once(tmp_path: Path) -> None:
    content: dict[str, Any] = {
        "words": "twins",
        "findings": (finding("f1", "delay", factories.TARNBECK),),
    }
    decisions = (
        made("one", "23 900 201", factories.TARNBECK, **content),
        made("two", "23 900 201a", factories.TARNBECK, **content),
        made("three", "23 900 202", factories.TARNBECK, findings=content["findings"]),
    )
    with factories.build_graph(decisions, tmp_path) as graph:
        book = Casebook(graph)
    assert (len(book.all), book.all.investigations) == (3, 2)
    assert book.tally(book.all, "fault") == {"delay": 2}
    assert book.tally(book.all, "fault", "X08000001") == {"delay": 2}


@pytest.mark.parametrize(
    ("dimension", "pattern"),
    [
        ("fault", "?d fl:hasFinding/fl:faultType ?key"),
        ("injustice", "?d fl:hasInjustice/fl:injusticeType ?key"),
        ("reason", "?d fl:hasReason/fl:reasonType ?key"),
        ("body", "?d fl:hasInvolvement/fl:body ?key"),
        ("guidance", "?d fl:citesGuidance ?key"),
        ("outcome", "?d fl:outcome ?key"),
    ],
)
def test_decisions_of_each_key_are_those_that_the_graph_has(
    sample_kg: KnowledgeGraph, book: Casebook, dimension: str, pattern: str
) -> None:
    rows = sample_kg.select(f"SELECT DISTINCT ?d ?key WHERE {{ {pattern} }}")
    wanted = {(d.rpartition("/decision/")[2], key.rpartition("/")[2]) for d, key in rows}
    found = {
        (case.path, key.rpartition("/")[2])
        for key in book.keys(dimension)
        for case in book.chosen(((dimension, key),))
    }
    assert found == wanted
    assert len(found) > 5


def test_what_one_council_did_is_not_counted_for_another(tmp_path: Path) -> None:
    tarnbeck, kingsferry = factories.TARNBECK, factories.KINGSFERRY
    joint = made(
        "joint",
        "23 900 401",
        tarnbeck,
        kingsferry,
        findings=(
            finding("f1", "delay", tarnbeck, "i1"),
            finding("f2", "poor-care", kingsferry, "i2"),
            finding("f3", "other-fault", None),
        ),
        injustices=(
            harm("i1", "distress"),
            harm("i2", "financial-loss"),
            harm("i3", "frustration"),
        ),
        remedies=(paid("r1", "100", tarnbeck, "i1"),),
    )
    with factories.build_graph((joint,), tmp_path) as graph:
        book = Casebook(graph)
    told = {
        council: {name: set(book.tally(book.all, name, council)) for name in OWN}
        for council in ("X08000001", "X06000001")
    }
    assert told == {
        "X08000001": {
            "fault": {"delay", "other-fault"},
            "injustice": {"distress", "frustration"},
            "remedy": {"financial-distress"},
        },
        "X06000001": {
            "fault": {"poor-care", "other-fault"},
            "injustice": {"financial-loss", "frustration"},
            "remedy": set(),
        },
    }
    assert not book.chosen((("council", "X06000001"), ("fault", "delay")))
    assert book.chosen((("council", "X08000001"), ("fault", "delay")))
    assert set(book.tally(book.all, "fault")) == {"delay", "poor-care", "other-fault"}


def test_an_unknown_key_chooses_nothing(book: Casebook) -> None:
    assert not book.chosen((("fault", "nothing-of-this-name"),))
    assert not book.chosen((("council", "X00000000"), ("year", "2022")))
    assert all(book.tally(book.all, name) is not None for name in DIMENSIONS)


def test_the_order_of_what_is_given_is_kept(book: Casebook) -> None:
    base = "https://w3id.org/faultlines/id/decision/"
    some = [case.path for case in book.all][5:0:-2]
    chosen = book.of(base + path for path in some)
    assert [case.path for case in chosen] == some
    assert [case.path for case in chosen & book.all] == some
    assert [case.path for case in chosen.newest_first()] == some[::-1]
