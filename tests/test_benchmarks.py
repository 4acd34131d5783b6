"""The benchmarks run and say what they measured; how fast is for people to judge."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import extraction


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


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["extraction", "twice"]])
def test_other_names_are_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    assert "extraction" in capsys.readouterr().err
