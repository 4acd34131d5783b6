"""Two versions of one record: what is gained, what is lost, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph.scoring.comparison import compare
from tests import factories


def test_the_same_records_differ_in_nothing() -> None:
    one = factories.decision()
    found = compare([one, one], [one, one])
    assert found.changes == ()
    assert (found.only_old, found.only_new) == ((), ())
    assert found.same["remedy"] == 2 * len(one.remedies)


def test_a_changed_sum_is_a_loss_and_a_gain_with_its_sentence() -> None:
    old = factories.decision()
    paid = next(remedy for remedy in old.remedies if remedy.amount == 150)
    raised = replace(paid, amount=Decimal(151))
    new = replace(old, remedies=tuple(raised if r is paid else r for r in old.remedies))
    lost, gained = compare([old], [new]).changes
    assert (lost.gained, gained.gained) == (False, True)
    assert "£150" in lost.statement.text
    assert "£151" in gained.statement.text
    sign, quote = gained.lines()
    assert sign.startswith("+ 22 900 014: remedy: ")
    assert paid.evidence[0].quote[:40] in quote
    assert paid.evidence[0].rule in quote


def test_a_link_that_is_gone_is_a_loss() -> None:
    old = factories.decision()
    new = replace(old, findings=tuple(replace(f, injustices=()) for f in old.findings))
    assert {c.statement.kind for c in compare([old], [new]).changes} == {"link"}
    assert not any(change.gained for change in compare([old], [new]).changes)


def test_one_of_two_equal_statements_can_be_lost() -> None:
    old = factories.decision()
    twice = replace(old, remedies=(*old.remedies, old.remedies[0]))
    (change,) = (c for c in compare([twice], [old]).changes if c.statement.kind == "remedy")
    assert not change.gained


def test_decisions_that_only_one_side_has_are_named() -> None:
    one = factories.decision()
    other = replace(one, reference="23 900 001", source=replace(one.source, sha256="0" * 64))
    found = compare([one], [other])
    assert (found.only_old, found.only_new) == (("22 900 014",), ("23 900 001",))
    assert found.changes == ()


def test_the_table_counts_by_kind() -> None:
    old = factories.decision()
    header, *rows = compare([old], [replace(old, bodies=())]).table().splitlines()
    assert header.split() == ["kind", "same", "gained", "lost"]
    counts = {row.split()[0]: row.split()[1:] for row in rows}
    assert counts["body"] == ["0", "0", str(len(old.bodies))]
