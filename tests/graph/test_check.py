"""A whole graph checked: problems with their sentences, gaps, totals, and the same bytes twice."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import faultlines
from graph.checking.agreement import Sample
from graph.checking.check import check
from graph.checking.coverage import Coverage
from graph.checking.gaps import GAPS
from graph.checking.report import CheckReport
from graph.checking.totals import DEFINITIONS, NO_DATE, Totals, ombudsman_year
from graph.extraction.extractors.findings import judgements
from graph.extraction.extractors.injustices import injustices
from graph.extraction.reading import ACTION_SECTIONS
from graph.knowledge_graph import KnowledgeGraph
from graph.summary import Tally
from ontology import iri as mint
from ontology.model import Authority, Decision, Finding, Injustice, Paragraph
from ontology.prefixes import ID, NS, PREFIXES
from tests import factories

EDUCATION = "id/decision/22-900-014/X08000001"
OA = PREFIXES["oa"]


def broken(
    folder: Path, harm: Callable[[ox.Store], None], *decisions: Decision
) -> tuple[CheckReport, str]:
    """The check of a graph whose store was harmed after it was built, and its text."""
    factories.build_graph(decisions or factories.sample(), folder).close()
    store = ox.Store(str(folder / "generation-0001" / "store"))
    harm(store)
    store.flush()
    del store
    with KnowledgeGraph.open(folder) as graph:
        report = check(graph)
    return report, "\n".join(report.lines())


def put(store: ox.Store, subject: str, predicate: str, value: ox.Literal | None) -> None:
    """Give a node of the education decision another value, or none."""
    graph = ox.NamedNode(mint.decision_graph(f"{ID}{EDUCATION.removeprefix('id/')}"))
    node, term = ox.NamedNode(ID + subject.removeprefix("id/")), ox.NamedNode(predicate)
    for quad in list(store.quads_for_pattern(node, term, None, graph)):
        store.remove(quad)
    if value is not None:
        store.add(ox.Quad(node, term, value, graph))


def only(report: CheckReport, severity: str = "Violation") -> tuple[str, str, int]:
    (problem,) = (one for one in report.problems if one.severity == severity)
    return problem.shape, problem.examples[0].focus, problem.count


def test_a_good_graph_passes_and_pyshacl_agrees(kg: KnowledgeGraph) -> None:
    report = check(kg, sample=3)
    assert (report.problems, report.disagreements) == ((), ())
    assert (report.decisions, report.sample) == (4, 3)
    assert report.passes(strict=True)
    assert "pySHACL says the same of 3 of the 3 decisions it judged." in "\n".join(report.lines())


def test_hostile_words_pass_through_as_words(hostile_kg: KnowledgeGraph) -> None:
    report = check(hostile_kg)
    assert report.passes()
    document = json.loads(report.json())
    (gap,) = (one for one in document["coverage"] if one["name"] == "remedies without a finding")
    assert gap["count"] == 0
    assert "\x08" not in report.json()


# Problems, each with its decision and its sentence


def test_a_sum_below_zero_names_the_sentence_that_promised_it(tmp_path: Path) -> None:
    value = ox.Literal("-150", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
    node = f"{EDUCATION}/remedy/r3/amount"
    report, text = broken(
        tmp_path / "kg", lambda store: put(store, node, PREFIXES["schema"] + "value", value)
    )
    assert only(report) == ("MonetaryAmount", ID + node.removeprefix("id/"), 1)
    assert not report.passes()
    assert report.disagreements == ()
    assert (
        "- 22 900 014, Tarnbeck Metropolitan Borough Council (22-900-014.txt), paragraph 10: "
        "“pay £150 for her time and trouble”; it has “-150”" in text
    )


@pytest.mark.parametrize(
    ("node", "predicate", "shape", "said"),
    [
        ("remedy/r1", NS + "remedyType", "Remedy", "paragraph 9: “apologise to Miss Y”"),
        ("unread/1", NS + "why", "UnreadMention", "“in the near future”"),
        ("paragraph/3", NS + "section", "Paragraph", "paragraph 3\n"),
        ("", NS + "sourceHash", "Decision", "(22-900-014.txt)\n"),
    ],
)
def test_what_lacks_a_value_is_named_with_its_place(
    tmp_path: Path, node: str, predicate: str, shape: str, said: str
) -> None:
    whole = f"{EDUCATION}/{node}".rstrip("/")
    report, text = broken(tmp_path / "kg", lambda store: put(store, whole, predicate, None))
    assert only(report) == (shape, ID + whole.removeprefix("id/"), 1)
    assert said in text


def test_a_thing_without_a_passage_keeps_to_its_own_words(tmp_path: Path) -> None:
    part = "id/complaint/22-900-014/part/b"
    report, text = broken(tmp_path / "kg", lambda store: put(store, part, NS + "evidencedBy", None))
    assert only(report)[0] == "ComplaintPart"
    assert "(22-900-014.txt): “answered her complaint late”" in text


def test_the_graphs_that_decisions_share_are_checked(tmp_path: Path) -> None:
    def harm(store: ox.Store) -> None:
        type_ = ox.NamedNode(PREFIXES["rdf"] + "type")
        for graph, name in (
            (mint.INVESTIGATIONS_GRAPH, "Investigation"),
            (mint.DATASET_GRAPH, "Extraction"),
            (mint.REGISTERS_GRAPH, "Guidance"),
        ):
            store.add(
                ox.Quad(ox.NamedNode("urn:x"), type_, ox.NamedNode(NS + name), ox.NamedNode(graph))
            )

    report, text = broken(tmp_path / "kg", harm)
    assert [one.shape for one in report.problems] == [
        *("Extraction", "Guidance", "Guidance", "Investigation")
    ]
    assert f"in the graph {mint.REGISTERS_GRAPH}" in text


def test_store_and_ledger_hold_the_same_decisions(tmp_path: Path) -> None:
    def harm(store: ox.Store) -> None:
        store.remove_graph(ox.NamedNode(mint.decision_graph(ID + EDUCATION.removeprefix("id/"))))
        node = ox.NamedNode("urn:x")
        store.add(ox.Quad(node, node, node, ox.NamedNode(mint.GRAPH + "decision/99-900-001")))

    report, text = broken(tmp_path / "kg", harm)
    assert [(one.shape, one.count) for one in report.problems] == [("Ledger", 1), ("Ledger", 1)]
    assert "the store has no statement of it" in text
    assert "graph/decision/99-900-001" in text
    assert report.sample == 3


def test_one_kind_of_problem_is_counted_once_and_shown_at_first(tmp_path: Path) -> None:
    decisions = tuple(
        factories.decision(reference=f"22 900 0{number}", date=None) for number in range(10, 17)
    )
    with factories.build_graph(decisions, tmp_path / "kg") as graph:
        report = check(graph, examples=2)
        everything = check(graph, examples=100)
    (problem,) = report.problems
    assert (problem.severity, problem.count, problem.graphs) == ("Warning", 7, 7)
    assert [one.place.reference for one in problem.examples] == ["22 900 010", "22 900 011"]
    assert "    and 5 more; name them with --examples" in list(report.lines())
    assert len(everything.problems[0].examples) == 7
    assert (report.passes(), report.passes(strict=True)) == (True, False)


def test_a_disagreement_of_the_checkers_fails_the_check(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.checking import agreement
    from ontology.validate import Violation

    odd = Violation("Violation", "Remedy", "urn:x", "It is odd.", "")
    monkeypatch.setattr(agreement, "validate", lambda _: [odd])
    report = check(kg, sample=1)
    assert report.problems == ()
    assert not report.passes()
    assert "    only pySHACL: Violation urn:x: It is odd." in list(report.lines())


def test_the_report_is_the_same_each_time(kg: KnowledgeGraph) -> None:
    assert check(kg).json() == check(kg).json()


def test_progress_names_every_source(kg: KnowledgeGraph) -> None:
    names: list[str] = []
    check(kg, sample=0, advance=names.append)
    assert len(names) == 4


def test_the_sample_is_spread_and_does_not_depend_on_the_order() -> None:
    names = [f"urn:{number}" for number in range(200)]
    first, second, none = Sample(20), Sample(20), Sample(0)
    for name in names:
        first.offer(name)
        none.offer(name)
    for name in reversed(names):
        second.offer(name)
    assert first.iris() == second.iris()
    places = sorted(names.index(name) for name in first.iris())
    assert len(places) == 20
    assert places[0] < 40
    assert places[-1] > 160
    assert none.iris() == []


def test_the_front_door_has_the_same_defaults() -> None:
    own = inspect.signature(check).parameters
    for door in (faultlines.check, faultlines.check_command):
        offered = inspect.signature(door).parameters
        assert [offered[name].default for name in ("sample", "examples")] == [
            own[name].default for name in ("sample", "examples")
        ]


# Gaps


def gaps_of(decision: Decision) -> dict[str, tuple[int, int]]:
    """Name of each gap that occurs -> how often, and among how many."""
    coverage = Coverage(3)
    coverage.add(decision)
    return {one.name: (one.count, one.total) for one in coverage.counts() if one.count}


def test_what_the_education_decision_leaves_open() -> None:
    assert gaps_of(factories.decision()) == {
        # the apology is tied to nothing; the distress is put right through the fault behind it
        "remedies without a finding": (1, 4),
        "mentions not understood": (1, 1),
        "paragraphs of the reasoning that gave nothing": (1, 7),
    }


def change(**changes: object) -> Decision:
    return factories.decision(**changes)


MADE = factories.decision()
FAULT = Finding("f9", "fault", (), None, None, (), (), MADE.findings[0].evidence)


@pytest.mark.parametrize(
    ("name", "decision", "found"),
    [
        ("authorities not named", change(authorities=()), (1, 1)),
        ("authorities not named", change(authorities=(Authority(None, None, "unknown"),)), (1, 1)),
        (
            "authorities not in the register",
            change(authorities=(factories.TARNBECK, Authority("Nowhere Council", None, "council"))),
            (1, 2),
        ),
        (
            "citations not resolved",
            change(citations=(replace(MADE.citations[0], id=None), *MADE.citations[1:])),
            (1, 3),
        ),
        ("faults of no known type", change(findings=(*MADE.findings, FAULT)), (1, 3)),
        (
            "faults of no known type",
            change(findings=(replace(FAULT, types=("other-fault",)),)),
            (1, 1),
        ),
        (
            "upheld decisions without a fault",
            change(unread=(replace(MADE.unread[0], kind="finding"),)),
            (1, 1),
        ),
        ("injustices without a remedy", change(remedies=()), (3, 3)),
        ("remedies without a finding", change(findings=()), (4, 4)),
        (
            "decisions cut off or otherwise odd",
            change(unread=(replace(MADE.unread[0], kind="document"),) * 2),
            (1, 1),
        ),
        ("decisions without a reference", change(reference=None), (1, 1)),
        ("decisions without a date", change(date=None), (1, 1)),
    ],
)
def test_each_gap_is_found(name: str, decision: Decision, found: tuple[int, int]) -> None:
    assert gaps_of(decision)[name] == found


def test_no_gap_where_nothing_is_to_be_put_right() -> None:
    harmless = Injustice("i1", "no-injustice", None, MADE.injustices[0].evidence)
    made = change(
        injustices=(harmless,), remedies=(replace(MADE.remedies[0], type="none-further"),)
    )
    assert {"injustices without a remedy", "remedies without a finding"}.isdisjoint(gaps_of(made))


def test_a_paragraph_is_looked_at_by_its_section_or_by_what_it_gave() -> None:
    sections = (
        *("role-powers", "how-considered", "found.law", "report.key"),
        *("found.findings", "found.facts", "complaint"),
    )
    text = "Nothing was read from this."
    paragraphs = tuple(
        Paragraph(number, section, None, text, 10_000 * number, 10_000 * number + len(text))
        for number, section in enumerate(sections, 1)
    )
    found = gaps_of(change(paragraphs=paragraphs))
    assert found["paragraphs that no rule looked at"] == (4, 7)
    assert found["paragraphs of the reasoning that gave nothing"] == (1, 1)
    passage = replace(MADE.citations[0].evidence[0], start=10_003, end=10_008)
    cited = (replace(MADE.citations[0], evidence=(passage,)),)
    found = gaps_of(change(paragraphs=paragraphs, citations=cited))
    assert found["paragraphs that no rule looked at"] == (3, 7)


def test_the_sections_of_the_gaps_are_those_that_extractors_read() -> None:
    from graph.checking import gaps

    read = {*judgements.SECTIONS, *injustices.SECTIONS, *ACTION_SECTIONS}
    assert read - {"found.law"} <= set(gaps._READ)
    assert set(gaps._REASONING) <= read


def test_gap_examples_name_decision_and_sentence() -> None:
    coverage = Coverage(1)
    for reference in ("22 900 014", "22 900 015"):
        made = factories.decision(reference=reference)
        coverage.add(made)
    (gap,) = (one for one in coverage.counts() if one.name == "remedies without a finding")
    assert (gap.count, gap.total, gap.decisions, gap.share) == (2, 8, 2, 0.25)
    (example,) = gap.examples
    assert str(example.place) == (
        "22 900 014, Tarnbeck Metropolitan Borough Council (22-900-014.txt), paragraph 9: "
        "“apologise to Miss Y”"
    )


def test_build_and_check_count_the_same_gaps() -> None:
    tally, coverage = Tally(), Coverage(0)
    for made in factories.sample():
        tally.add(made)
        coverage.add(made)
    assert {one.name: one.count for one in coverage.counts()} == dict(tally.gaps)
    assert [gap.name for gap in GAPS] == list(dict.fromkeys(gap.name for gap in GAPS))


def test_a_long_sentence_is_cut_between_words() -> None:
    wordy = factories.Wording(("how-considered", None, ["word " * 100]))
    coverage = Coverage(1)
    made = factories.empty_decision(wordy)
    coverage.add(made)
    quotes = [e.place.quote for one in coverage.counts() for e in one.examples if e.place.quote]
    assert [quote.removeprefix("word ") for quote in quotes] == [("word " * 59).strip() + " …"]


# Totals


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2023, 3, 31), "2022-23"),
        (date(2023, 4, 1), "2023-24"),
        (date(2000, 1, 1), "1999-00"),
        (None, NO_DATE),
    ],
)
def test_a_year_runs_from_april_to_march(day: date | None, year: str) -> None:
    assert ombudsman_year(day) == year


def test_totals_of_the_sample(kg: KnowledgeGraph) -> None:
    first, *rest = check(kg, sample=0).totals
    assert [year.year for year in (first, *rest)] == ["2022-23", "2023-24"]
    assert first.all.counts == {
        "decisions": 2,
        "investigations": 2,
        "upheld": 1,
        "not_upheld": 1,
        "closed": 0,
        "no_outcome": 0,
        "remedied_before": 0,
        "recommendations": 4,
        "service_improvements": 1,
        "with_recommendations": 1,
        "satisfied": 1,
    }
    assert first.all.uphold_rate == 0.5
    assert [name for name, _ in first.categories] == ["Education", "Planning"]
    assert first.categories[0][1].uphold_rate == 1.0
    assert rest[0].all.counts["closed"] == 1
    assert {*first.all.counts} | {"year", "uphold_rate"} == DEFINITIONS.keys()


def test_a_year_of_closed_cases_has_no_uphold_rate() -> None:
    totals = Totals()
    totals.add(factories.closed_decision(outcome=None), first=True)
    totals.add(factories.closed_decision(), first=True)
    (year,) = totals.years()
    assert (year.all.counts["no_outcome"], year.all.counts["closed"]) == (1, 1)
    assert year.all.uphold_rate is None


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"findings": (replace(MADE.findings[0], status="fault-already-remedied"),)}, 1),
        ({"injustices": (replace(MADE.injustices[0], type="injustice-already-remedied"),)}, 1),
        ({"outcome": "not-upheld", "injustices": ()}, 0),
        ({}, 0),
    ],
)
def test_remedied_before_the_ombudsman_asked(changes: dict[str, object], counted: int) -> None:
    totals = Totals()
    totals.add(factories.decision(**changes), first=True)
    assert totals.years()[0].all.counts["remedied_before"] == counted


def test_a_joint_investigation_is_counted_once(tmp_path: Path) -> None:
    """By reference (a suffix, two pages of one reference) and by wording."""
    joint = (
        factories.decision(reference="22 900 014a"),
        factories.decision(reference="22 900 014b"),
        factories.decision(reference="22 900 014", authorities=(factories.PEVERELL,)),
        factories.decision(reference="22 900 100"),
        factories.housing_decision(),
        factories.closed_decision(reference=None),
    )
    with factories.build_graph(joint, tmp_path / "kg") as graph:
        years = {year.year: year for year in check(graph, sample=0).totals}
    education = years["2022-23"]
    assert education.all.counts["decisions"] == 4
    assert education.all.counts["investigations"] == 1
    assert (education.all.counts["upheld"], education.once.counts["upheld"]) == (4, 1)
    assert education.once.counts["decisions"] == 1
    assert [year.all.counts["investigations"] for year in years.values()] == [1, 2]


# The JSON document


README = Path(__file__).parents[2] / "graph" / "checking" / "README.md"


def test_the_json_document_is_as_described(tmp_path: Path) -> None:
    with factories.build_graph((factories.decision(date=None),), tmp_path / "kg") as graph:
        document = json.loads(check(graph, sample=2).json())
    described = README.read_text(encoding="utf-8").split("## The JSON document")[1]
    rows = re.findall(r"^\| `([a-z_.\[\]]+)` \| \S", described, re.MULTILINE)
    totals = DEFINITIONS.keys()
    assert rows == [
        path
        for path in _paths(document)
        if not (path.startswith("totals.years[]") and path.rpartition(".")[2] in totals)
    ]


def _paths(value: object, path: str = "") -> list[str]:
    """Keys of a document and of the first thing in each of its lists, in order."""
    if isinstance(value, list):
        return _paths(value[0], f"{path}[]") if value else []
    if (
        not isinstance(value, dict)
        or path.endswith("definitions")
        or path == "coverage[].examples[]"
    ):
        return []
    found = []
    for key, inner in value.items():
        name = f"{path}.{key}" if path else key
        found += [name, *_paths(inner, name)]
    return found


def test_the_guide_tells_every_gap_and_every_total() -> None:
    described = README.read_text(encoding="utf-8")
    for gap in GAPS:
        assert f"| {gap.name} | {gap.of} | {gap.meaning} |\n" in described
    for name, meaning in DEFINITIONS.items():
        assert f"| `{name}` | {meaning} |\n" in described


def test_the_guide_tells_every_file() -> None:
    table = README.read_text(encoding="utf-8").split("## Shapes")[0]
    files = {path.name for path in README.parent.glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"`(\w+\.py)`", table)) == files
