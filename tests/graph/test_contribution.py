"""What each rule is worth: counted for every rule that read an item, and for one alone."""

from __future__ import annotations

from graph.scoring.contribution import Contribution, contribution_table, contributions
from graph.scoring.scorer import KINDS, Item, Score


def _scores() -> dict[str, Score]:
    scores = {kind: Score() for kind in KINDS}
    scores["faults"] = Score(
        right=[
            Item("1: delay", frozenset({"fault.delay"})),
            Item("2: delay", frozenset({"fault.delay", "fault.time"})),
        ],
        extra=[Item("3: poor-care", frozenset({"fault.time"}))],
        missing=["3: delay"],
    )
    scores["header"].right.append(Item("date"))
    return scores


def test_a_rule_is_right_as_often_as_its_items_are() -> None:
    assert contributions(_scores()) == [
        Contribution("faults", "fault.time", said=2, right=1, alone=0),
        Contribution("faults", "fault.delay", said=2, right=2, alone=1),
    ]


def test_the_table_shows_precision_and_what_only_this_rule_found() -> None:
    header, first, second = contribution_table(_scores()).splitlines()
    assert header.split() == ["kind", "rule", "said", "right", "precision", "alone"]
    assert first.split() == ["faults", "fault.time", "2", "1", "0.500", "0"]
    assert second.split() == ["faults", "fault.delay", "2", "2", "1.000", "1"]
