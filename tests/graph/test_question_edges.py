"""Questions where decisions are odd: joint, unnamed, refused, found at fault without complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import Rows, shorten
from graph.questions.runner import answer
from ontology.model import Authority, Category, Decision, Due, Finding, Injustice, Part, Remedy
from tests import factories
from tests.factories import KINGSFERRY, PEVERELL, TARNBECK, Wording

HOME = Authority("Alder Grange", None, "care-provider")
TEXT = [
    "Mr X complains about his care and about how his complaint was answered over many months.",
    "There was delay, which was fault. There was fault of another kind by somebody.",
    "Mr X was distressed and put to trouble. He lost money.",
    "Money will be paid. An apology will be made. Staff will be trained. Something was refused.",
]


def wording(more: str) -> Wording:
    return Wording(("found.findings", None, [*TEXT, f"This is the case of {more}."]))


def made(name: str, reference: str, *against: Authority, **changes: Any) -> Decision:
    """An upheld decision of its own wording, with nothing found but what ``changes`` say."""
    words = wording(changes.pop("words", name))
    values = {
        "category": Category("Adult care services", "Charging"),
        "outcome": "upheld",
        "date": date(2022, 5, 1),
        "disposition": "investigated",
        **changes,
    }
    return factories.empty_decision(words, reference=reference, authorities=against, **values)


EVIDENCE = wording("x").evidence("There was delay", "fault.made")


def finding(id: str, type_: str | None, by: Authority | None, *harms: str) -> Finding:
    types = (type_,) if type_ else ()
    return Finding(id, "fault", types, None, by.name if by else None, harms, (), EVIDENCE)


def harm(id: str, type_: str) -> Injustice:
    return Injustice(id, type_, "Mr X", EVIDENCE)


def paid(id: str, amount: str, by: Authority | None, *remedies: str, **changes: Any) -> Remedy:
    values: dict[str, Any] = {
        "amount": Decimal(amount),
        "total": Decimal(amount),
        "currency": "GBP",
        "purposes": ("distress",),
        **changes,
    }
    payer = by.name if by else None
    return factories.remedy(
        id, "financial-distress", EVIDENCE, payer=payer, remedies=remedies, **values
    )


def promise(id: str, type_: str, by: Authority | None, *remedies: str, **changes: Any) -> Remedy:
    payer = by.name if by else None
    return factories.remedy(id, type_, EVIDENCE, payer=payer, remedies=remedies, **changes)


class Asked:
    """A small graph, asked by the names of questions and the words that a table shows."""

    def __init__(self, folder: Path, decisions: Sequence[Decision]) -> None:
        self.kg: KnowledgeGraph = factories.build_graph(decisions, folder)

    def __call__(self, name: str, *columns: str, **given: str) -> list[tuple[str, ...]]:
        question = questions()[name]
        known = {"https://w3id.org/faultlines/id/authority/alder-grange": "Alder Grange"}
        found = answer(self.kg.store, question.sparql(known, **given), 10_000)
        assert isinstance(found, Rows)
        places = [found.variables.index(column) for column in columns]
        shown = [["" if t is None else shorten(t.value) for t in row] for row in found.rows]
        return [tuple(row[place] for place in places) for row in shown]


def test_a_fault_by_nobody_known_is_nobodys(tmp_path: Path) -> None:
    ask = Asked(
        tmp_path,
        (
            *factories.sample(),
            made(
                "joint",
                "23 900 400",
                TARNBECK,
                KINGSFERRY,
                findings=(finding("f1", "other-fault", None),),
                remedies=(paid("r1", "500", None),),
            ),
        ),
    )
    assert ask("decisions-that-found", "council", "name", fault="other-fault") == [("", "")]
    assert ("500", "", "") in ask("highest-payments", "amount", "council", "name")
    assert len(ask("highest-payments", "amount", least="500", category="adult-care-services")) == 1
    assert ask("what-was-paid", "sum", council="Kingsferry") == [("2400",)]


def test_a_fault_without_remedy_by_nobody_known_is_listed_once(tmp_path: Path) -> None:
    found = finding("f1", None, None)
    ask = Asked(
        tmp_path,
        (
            *factories.sample(),
            made("j", "23 900 400", TARNBECK, PEVERELL, date=None, findings=(found,)),
        ),
    )
    assert ask("faults-without-remedy", "date", "council", "status") == [("", "", "status:fault")]
    assert ("outcome:upheld", "true", "3") in ask(
        "outcome-against-words", "outcome", "fault", "decisions"
    )


def test_what_each_body_owes_in_a_joint_decision_is_its_own(tmp_path: Path) -> None:
    joint = made(
        "joint",
        "23 900 401",
        TARNBECK,
        KINGSFERRY,
        findings=(
            finding("f1", "delay", TARNBECK, "i1"),
            finding("f2", "poor-care", KINGSFERRY, "i2"),
        ),
        injustices=(harm("i1", "distress"), harm("i2", "financial-loss")),
        remedies=(
            paid("r1", "100", TARNBECK, "i1"),
            paid("r2", "900", KINGSFERRY, "i2"),
            promise("r3", "apology", None, status="refused"),
        ),
    )
    ask = Asked(tmp_path, (joint,))
    assert ask("what-was-paid", "payments", "sum", council="Tarnbeck") == [("1", "100")]
    assert ask("payments-by-council", "name", "sum") == [
        ("Kingsferry City Council", "900"),
        ("Tarnbeck Metropolitan Borough Council", "100"),
    ]
    assert ask("refused-remedies", "council", "remedy") == [("", "remedy:apology")]
    assert ask("refused-remedies", "remedy", council="Tarnbeck") == []
    assert ask("injustices-by-type", "injustice", council="Tarnbeck") == [("injustice:distress",)]
    assert ask("faults-injustices-remedies", "amount", council="Tarnbeck") == [("100",)]


def test_a_promise_that_names_nobody_is_that_of_the_only_body_complained_about(
    tmp_path: Path,
) -> None:
    due = Due("within a month", date(2022, 6, 1), "assumed")
    one = made("one", "23 900 402", TARNBECK, remedies=(promise("r1", "apology", None, due=due),))
    ask = Asked(tmp_path, (one,))
    assert ask("remedies-due", "council", "remedy", council="Tarnbeck") == [
        ("id:council/X08000001", "remedy:apology")
    ]
    assert ask("promises-by-council", "council", "due") == [("id:council/X08000001", "1")]


def test_the_same_text_under_two_references_says_a_thing_once(tmp_path: Path) -> None:
    content: dict[str, Any] = {
        "words": "twins",
        "findings": (finding("f1", "delay", TARNBECK, "i1"),),
        "injustices": (harm("i1", "distress"),),
        "remedies": (paid("r1", "500", TARNBECK, "i1"),),
    }
    twins = (
        made("one", "23 900 201", TARNBECK, **content),
        made("two", "23 900 201a", TARNBECK, **content),
    )
    ask = Asked(tmp_path, twins)
    for given in ({}, {"council": "Tarnbeck"}):
        assert ask("what-was-paid", "investigations", "payments", "sum", **given) == [
            ("1", "1", "500")
        ]
        assert ask("payments-by-injustice", "payments", "median", **given) == [("1", "500")]
        assert ask("faults-by-type", "investigations", "findings", **given) == [("1", "1")]
        assert ask("fault-injustice-matrix", "injustices", **given) == [("1",)]
        assert ask("fault-remedy-matrix", "remedies", **given) == [("1",)]
        assert ask("remedies-by-type", "investigations", "remedies", **given) == [("1", "1")]
        assert ask("upheld-by-council", "decided", "upheld", **given) == [("1", "1")]
    assert len(ask("decisions-that-found", "decision", fault="delay")) == 2


def test_two_faults_of_a_type_cause_one_injustice(tmp_path: Path) -> None:
    twice = made(
        "twice",
        "23 900 202",
        TARNBECK,
        findings=(finding("f1", "delay", TARNBECK, "i1"), finding("f2", "delay", TARNBECK, "i1")),
        injustices=(harm("i1", "distress"),),
    )
    ask = Asked(tmp_path, (twice,))
    assert ask("fault-injustice-matrix", "injustices") == [("1",)]
    assert ask("fault-injustice-matrix", "injustices", council="Tarnbeck") == [("1",)]
    assert ask("faults-by-type", "findings") == [("2",)]


def test_what_was_refused_or_done_before_or_is_no_sum_in_pounds_is_no_payment(
    tmp_path: Path,
) -> None:
    one = made(
        "one",
        "23 900 203",
        TARNBECK,
        findings=(finding("f1", "delay", TARNBECK, "i1"),),
        injustices=(harm("i1", "distress"),),
        remedies=(
            paid("r1", "100", TARNBECK, "i1", currency="EUR"),
            paid("r2", "50", TARNBECK, "i1", per="week", total=None),
            paid("r3", "700", TARNBECK, "i1", status="refused"),
            promise("r4", "staff-training", TARNBECK, "i1", status="already-completed"),
            promise("r5", "reimbursement", TARNBECK, amount=Decimal(35), currency="GBP"),
        ),
    )
    ask = Asked(tmp_path, (one,))
    promised = ask("faults-injustices-remedies", "remedy", "amount", council="Tarnbeck")
    assert promised == [("remedy:financial-distress", "")]
    assert ask("payments-by-injustice", "payments") == []
    assert ask("what-was-paid", "sum") == [("35",)]
    assert ask("rates-paid", "remedy", "period", "median") == [
        ("remedy:financial-distress", "period:week", "50")
    ]


def test_no_more_complaints_about_a_council_find_fault_than_were_decided(tmp_path: Path) -> None:
    elsewhere = [
        made(
            f"home {number}",
            f"23 900 50{number}",
            HOME,
            findings=(finding("f1", "delay", TARNBECK),),
        )
        for number in range(3)
    ]
    own = made("own", "23 900 510", TARNBECK, findings=(finding("f1", "delay", TARNBECK),))
    ask = Asked(tmp_path, (*elsewhere, own))
    wanted = ("investigations", "complaints", "decided", "rate")
    assert ("4", "1", "1", "100") in ask("faults-by-council", *wanted, council="Tarnbeck")
    for given in ({}, {"category": "adult-care-services"}):
        rows = ask("upheld-by-council", "council", "decided", "atFault", **given)
        assert ("id:council/X08000001", "1", "1") in rows
        assert ("id:authority/alder-grange", "3", "0") in rows


def test_a_fault_is_repeated_in_another_investigation_after_the_councils_own_promise(
    tmp_path: Path,
) -> None:
    def case(name: str, reference: str, day: date, *remedies: Remedy, **changes: Any) -> Decision:
        against = changes.pop("against", (TARNBECK,))
        found = (finding("f1", "delay", TARNBECK),)
        return made(
            name, reference, *against, date=day, findings=found, remedies=remedies, **changes
        )

    trained = promise("r1", "staff-training", TARNBECK)
    others = promise("r1", "staff-training", KINGSFERRY)
    first = case("first", "22 900 601", date(2022, 1, 10), trained, words="twin")
    twin = case("twin", "22 900 601a", date(2022, 2, 20), trained, words="twin")
    later = case("later", "22 900 700", date(2022, 6, 1))
    ask = Asked(tmp_path / "a", (first, twin))
    assert (
        ask("repeated-faults", "later") == ask("repeated-faults", "later", council="Tarnbeck") == []
    )
    ask = Asked(tmp_path / "b", (first, twin, later))
    for given in ({}, {"council": "Tarnbeck"}):
        assert ask("repeated-faults", "promised", "later", "latest", **given) == [
            ("2022-01-10", "1", "2022-06-01")
        ]
    foreign = case("o", "22 900 650", date(2022, 1, 1), others, against=(TARNBECK, KINGSFERRY))
    ask = Asked(tmp_path / "c", (foreign, later))
    assert (
        ask("repeated-faults", "later") == ask("repeated-faults", "later", council="Tarnbeck") == []
    )


def test_decisions_of_the_same_investigation_are_not_like_it(tmp_path: Path) -> None:
    found = (finding("f1", "delay", TARNBECK),)
    one = made("one", "23 900 801", TARNBECK, findings=found, words="twins")
    ask = Asked(
        tmp_path,
        (
            one,
            made("two", "23 900 801", KINGSFERRY, findings=found, words="other"),
            made("three", "23 900 801a", TARNBECK, findings=found, words="twins"),
            made("four", "23 900 900", TARNBECK, findings=found),
        ),
    )
    assert ask("similar-decisions", "decision", reference="23 900 801") == [
        ("id:decision/23-900-900/X08000001",)
    ]


def test_the_part_with_fault_and_without_is_no_part_without(tmp_path: Path) -> None:
    part = Part("a", "words", EVIDENCE)
    clear = replace(finding("f2", None, TARNBECK), status="no-fault", part="a")
    both = made(
        "both",
        "23 900 810",
        TARNBECK,
        parts=(part, replace(part, id="b")),
        findings=(replace(finding("f1", "delay", TARNBECK), part="a"), clear),
    )
    ask = Asked(tmp_path / "a", (both,))
    assert ask("parts-decided-apart", "withFault") == []
    apart = replace(both, findings=(*both.findings, replace(clear, id="f3", part="b")))
    ask = Asked(tmp_path / "b", (apart,))
    assert ask("parts-decided-apart", "withFault", "withoutFault") == [("a", "b")]


def test_a_complaint_without_authority_is_decided_too(tmp_path: Path) -> None:
    ask = Asked(tmp_path, (made("one", "23 900 820"), made("two", "23 900 821", TARNBECK)))
    assert ask("complaints-by-subject", "decided", "upheld") == [("2", "2")]


def test_a_subject_may_be_asked_for_as_narrow_as_pages_print_it(tmp_path: Path) -> None:
    ask = Asked(tmp_path, (made("one", "23 900 822", TARNBECK),))
    narrow = ask("complaints-by-subject", "category", category="adult-care-services/charging")
    assert narrow == [("category:adult-care-services/charging",)]
    assert ask("complaints-by-subject", "category") == [("category:adult-care-services",)]
