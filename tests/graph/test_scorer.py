"""The scorer: one-to-one, as favourable as the annotation allows, and never silent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.scoring.scorer import Item, Score, micro, score, score_decision
from ontology.model import Decision
from tests import factories


def _gold(decision: Decision) -> dict[str, Any]:
    """An annotation that says exactly what the record says."""
    return {
        "reference": decision.reference,
        "authorities": [authority.id for authority in decision.authorities],
        "category": decision.category.name,
        "subcategory": decision.category.subcategory,
        "outcome": decision.outcome,
        "date": decision.date.isoformat() if decision.date else None,
        "document_type": decision.document_type,
        "disposition": decision.disposition,
        "satisfied": decision.satisfied.isoformat() if decision.satisfied else None,
        "paragraphs": len(decision.paragraphs),
        "complainants": list(decision.complainants),
        "faults": [[type_] for f in decision.findings for type_ in f.types],
        "no_fault_findings": sum(f.status == "no-fault" for f in decision.findings),
        "injustices": [[injustice.type] for injustice in decision.injustices],
        "remedies": [
            {
                "type": [r.type],
                "status": r.status,
                "due": r.due.date.isoformat() if r.due and r.due.date else None,
                **({"amount": f"{r.amount:f}"} if r.amount is not None else {}),
                **({"total": f"{r.total:f}"} if r.total is not None else {}),
            }
            for r in decision.remedies
            if r.status in ("agreed", "recommended", "refused")
        ],
        "reasons": [[reason.type] for reason in decision.reasons],
        "citations": [
            {"id": c.id, "role": c.role} for c in decision.citations if c.kind == "statute" and c.id
        ],
        "guidance": [c.id for c in decision.citations if c.kind == "guidance"],
        "bodies": [{"id": body.id, "roles": list(body.roles)} for body in decision.bodies],
    }


def test_a_record_that_says_what_the_annotation_says_is_right() -> None:
    decision = factories.decision()
    for kind, one in score([(decision, _gold(decision))]).items():
        assert (one.extra, one.missing) == ([], []), kind


@pytest.mark.parametrize("kind", ["injustices", "remedies", "bodies"])
def test_what_is_left_out_is_missing_and_named(kind: str) -> None:
    decision = factories.decision()
    silent = replace(decision, injustices=(), remedies=(), bodies=())
    missing = score_decision(silent, _gold(decision))[kind].missing
    assert len(missing) == len(_gold(decision)[kind])


def test_an_optional_id_counts_neither_way() -> None:
    decision = factories.decision()
    gold = _gold(decision)
    spare = gold["injustices"].pop()
    assert score_decision(decision, gold)["injustices"].extra[0].text == spare[0]
    gold["injustices_optional"] = spare
    assert score_decision(decision, gold)["injustices"].extra == []


def test_two_facts_need_two_entries() -> None:
    decision = factories.decision()
    gold = _gold(decision)
    first = gold["faults"][0]
    gold["faults"] = [first, first]
    measured = score_decision(decision, gold)["faults"]
    assert measured.missing == ["/".join(first)]


def test_precision_recall_and_f1() -> None:
    measured = Score([Item("a"), Item("b"), Item("c")], [Item("x")], ["y", "z"])
    assert (measured.precision, measured.recall) == (0.75, 0.6)
    assert measured.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert Score().f1 == 1.0


def test_the_micro_figure_counts_the_facts_together() -> None:
    decision = factories.decision()
    together = micro(score([(decision, _gold(decision))]))
    assert together.f1 == 1.0
    assert together.wanted > 5
