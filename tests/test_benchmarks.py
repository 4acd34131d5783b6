"""The benchmarks run and say what they measured; how fast is for people to judge."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import corpus, extraction, questions


def test_extraction_is_told_beside_its_baselines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("NEAREST", "COPIES", "RUNS"):
        monkeypatch.setattr(extraction, name, 1)
    assert command.main(["extraction"]) == 0
    first, own, *baselines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"1 texts of \d\.\d KB each, one process", first)
    assert re.fullmatch(r"faultlines extract: [\d,]+ decisions/s, [\d.]+ MB/s", own)
    assert len(baselines) == 2
    assert all(line.endswith(" times as long") for line in baselines)


def test_the_texts_are_of_usual_size() -> None:
    sizes = [path.stat().st_size for path in extraction.nearest()]
    assert len(sizes) == 6
    assert all(0.8 * extraction.SIZE < size < 1.2 * extraction.SIZE for size in sizes)


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


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["extraction", "twice"]])
def test_other_names_are_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    assert "extraction" in capsys.readouterr().err
