"""Graphs built in steps say what one built at once says: counts, investigations, names."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from graph.build import build
from graph.knowledge_graph import KnowledgeGraph
from tests.test_build import SAMPLE, _statements

TEXTS = sorted(SAMPLE.glob("*.txt"))
_REFERENCE = re.compile(r"\b(\d\d) (900) (\d{3})\b")


def _versions(path: Path) -> dict[str, list[str]]:
    """Sources made of one, by name, each with what may stand in it.

    Its text as it is and with another outcome of its first sum; the same under a suffix and under
    the reference of another year, which are one investigation with it; and one without reference.
    """
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"£(\d)", r"£1\1", text).replace("apologise", "pay £250")
    return {
        path.name: [text, changed],
        f"a-{path.name}": [_REFERENCE.sub(r"\1 \2 \3a", text), changed],
        f"b-{path.name}": [_REFERENCE.sub(r"12 \2 \3", text), _REFERENCE.sub(r"13 \2 \3", text)],
        f"c-{path.name}": [_REFERENCE.sub("", text)],
    }


def _manifest(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {key: found[key] for key in ("counts", "gaps")}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_changes_and_goes(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    pool = {
        name: versions
        for path in chance.sample(TEXTS, 5)
        for name, versions in _versions(path).items()
    }
    sources = tmp_path / "sources"
    sources.mkdir()
    for step in range(4):
        for name, versions in pool.items():
            match chance.randrange(5):
                case 0:
                    (sources / name).unlink(missing_ok=True)
                case 1 | 2:
                    (sources / name).write_text(chance.choice(versions), encoding="utf-8")
        build([sources], tmp_path / "steps", built="2024-01-01T00:00:00Z" if step else None)
        fresh = tmp_path / f"fresh-{step}"
        build([sources], fresh, built="2024-01-01T00:00:00Z" if step else None)
        assert _statements(tmp_path / "steps") == _statements(fresh)
        assert _manifest(tmp_path / "steps") == _manifest(fresh)
        with KnowledgeGraph.open(fresh) as graph:
            assert graph.manifest.counts["statements"] == len(graph.store)


def test_a_rate_follows_a_decision_without_a_fault(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    shutil.copy(SAMPLE / "18-900-003.txt", sources)
    build([sources], tmp_path / "steps")
    text = (SAMPLE / "22-900-008.txt").read_text(encoding="utf-8")
    assert "Decision : Not upheld" in text
    same = text.replace("North Brackenshire Council", "Brackenshire County Council")
    (sources / "22-900-008.txt").write_text(same, encoding="utf-8")
    build([sources], tmp_path / "steps")
    with KnowledgeGraph.open(tmp_path / "steps") as graph:
        rates = graph.select(
            "SELECT DISTINCT ?decided { GRAPH graph:statistics { ?count a fl:Count ; "
            "fl:ofAuthority ?authority ; fl:ofFault ?fault ; fl:complaintCount ?found ; "
            "fl:entryCount ?entries ; fl:decidedCount ?decided } }"
        )
        assert list(rates) == [("2",)]
    build([sources], tmp_path / "fresh")
    assert _statements(tmp_path / "steps") == _statements(tmp_path / "fresh")
