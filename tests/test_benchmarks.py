"""The benchmarks run and say what they measured; how fast is for people to judge."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import building, corpus, extraction, questions, scaling
from tests.generated import written


def test_extraction_is_told_beside_its_baselines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("COUNT", 3), ("RUNS", 1), ("FEW", 1)):
        monkeypatch.setattr(extraction, name, value)
    installed = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name in ("spacy", "eyecite") else installed(name),
    )
    assert command.main(["extraction"]) == 0
    first, own, decoding, searching, *others = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"1 times 3 made-up texts of [\d.]+ KB each, none read .*", first)
    rate = r"[\d,]+ decisions/s, [\d.]+ MB/s"
    assert re.fullmatch(f"faultlines extract: {rate}", own)
    assert re.fullmatch(
        f"reading and decoding alone: {rate}; extraction takes [\\d,]+ times as long", decoding
    )
    assert re.fullmatch(
        f"every rule by re .*: {rate}; extraction is [\\d.]+ times as fast", searching
    )
    assert [line.partition(": ")[2] for line in others] == [
        "spacy is not installed; pip install '.[bench]'",
        "eyecite is not installed; pip install '.[bench]'",
    ]


@pytest.mark.parametrize("name", ["spacy", "eyecite"])
def test_extraction_is_told_beside_other_readers(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip(name, reason=f"needs {name}, of the extra bench")
    for constant, value in (("COUNT", 3), ("RUNS", 1), ("FEW", 1)):
        monkeypatch.setattr(extraction, constant, value)
    assert command.main(["extraction"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.lower().startswith(name)]
    assert re.fullmatch(r".*; extraction is [\d.]+ times as fast, of \d+ asked for", told[0])


def test_the_strings_that_others_look_for_are_those_of_the_rules() -> None:
    cues = extraction.cues()
    assert len(cues) > 5_000
    assert "investigat" in cues


def test_questions_are_told_beside_their_bars(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(questions, "DECISIONS", 60)
    monkeypatch.setattr(questions, "STARTS", 1)
    assert command.main(["questions"]) == 0
    first, *others, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"60 decisions, [\d,]+ statements, built in \d+ s", first)
    assert sum(" ways of asking: median " in line for line in others) == 1
    assert any("asking the decisions takes" in line for line in others)
    assert re.fullmatch(
        r"faultlines query as a whole: [\d.]+ s \([\d.]+ of the bar\), "
        r"[\d.]+ times Python that starts and ends",
        last,
    )


def test_a_build_is_told_beside_the_loader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "FEW", 2)
    assert command.main(["building", "12"]) == 0
    first, own, loader, times, unchanged, more, changed, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"12 decisions of [\d.]+ KB, \d+ processors", first)
    assert all(" decisions/s; processors " in line for line in (own, loader))
    assert re.search(r"takes [\d.]+ times as long as the loader \([\d.]+ of the bar\)", times)
    assert unchanged.endswith("(0 read, 12 unchanged, 0 removed)")
    assert more.endswith("(2 read, 12 unchanged, 0 removed)")
    assert changed.endswith("(2 read, 10 unchanged, 2 removed)")
    assert last == "in steps and afresh: the same statements"


def test_two_sizes_are_built_and_their_costs_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaling, "_TIMES", 2)
    small, small_again, large, large_again, last = scaling.lines(4)
    assert [line.split()[0] for line in (small, large)] == ["2", "4"]
    assert all("unchanged" in line for line in (small_again, large_again))
    said = r"a decision costs [\d.]+ ms .*, then [\d.]+: [\d.]+ times \([\d.]+ of the bar\); memory"
    assert re.match(said, last)


def test_what_was_measured_is_written_with_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "README.md"
    page.write_text("<!-- drawing -->\nold\n<!-- end of drawing -->\n", encoding="utf-8")
    monkeypatch.setattr(command, "RESULTS", page)
    monkeypatch.setattr(command, "BENCHMARKS", {"drawing": lambda: iter(["quick", "quicker"])})
    assert command.main(["drawing", "--write"]) == 0
    _, fence, machine, *said = page.read_text(encoding="utf-8").splitlines()
    assert fence == "```text"
    assert re.match(r"\d+ processors .*Python 3\.\d+", machine)
    assert said == ["quick", "quicker", "```", "<!-- end of drawing -->"]


def test_every_benchmark_has_a_place_for_its_figures() -> None:
    page = command.RESULTS.read_text(encoding="utf-8")
    for name in command.BENCHMARKS:
        written(page, name)


def test_the_corpus_gives_a_number_the_same_decision_whatever_its_size() -> None:
    few = list(corpus.decisions(30))
    assert few[20:] == list(corpus.decisions(10, 20))
    assert len({decision.reference for decision in few}) == 30
    assert {decision.outcome for decision in corpus.decisions(60)} == {
        "upheld",
        "not-upheld",
        "closed-after-initial-enquiries",
    }
    for decision in few:
        text = "\n\n".join(paragraph.text for paragraph in decision.paragraphs)
        passages = [passage for finding in decision.findings for passage in finding.evidence]
        passages += [passage for remedy in decision.remedies for passage in remedy.evidence]
        passages += [passage for citation in decision.citations for passage in citation.evidence]
        assert all(text[one.start : one.end] == one.quote for one in passages)


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["extraction", "twice"], ["questions", "5"], ["building", "few"]]
)
def test_other_names_are_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    assert "tests.benchmarks building|scaling COUNT" in capsys.readouterr().err
