"""The published decisions beside the checkout: what the project promises about them.

They are no part of the repository; without them these tests are skipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

import faultlines
from graph.scoring.scorer import KINDS, score

SHARED = Path(__file__).resolve().parents[2] / "shared"
DECISIONS = SHARED / "decisions"
GOLD = SHARED / "gold"

pytestmark = pytest.mark.skipif(
    not DECISIONS.is_dir(), reason="needs the published decisions in ../shared/decisions"
)

STATEMENTS = ("21 012 067", "23 016 383", "24 008 464", "24 012 297", "25 000 319")


def _gold() -> dict[str, dict[str, object]]:
    found = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json")))
    return {gold["reference"]: gold for gold in found}


@pytest.mark.parametrize("kind", KINDS)
def test_every_annotated_decision_is_read_right(kind: str) -> None:
    gold = _gold()
    decisions = [d for d in faultlines.extract([DECISIONS]) if d.reference in gold]
    assert {*STATEMENTS} <= {decision.reference for decision in decisions}
    measured = score((d, gold[str(d.reference)]) for d in decisions)[kind]
    assert (measured.extra, measured.missing) == ([], [])


def test_a_build_answers_what_went_wrong_at_wigan(tmp_path: Path) -> None:
    report = faultlines.build([DECISIONS], tmp_path / "kg")
    assert report.counts["decisions"] == 11
    assert report.rejected == ()
    with faultlines.open(tmp_path / "kg") as graph:
        rows = graph.query(
            "SELECT DISTINCT ?reference ?fault WHERE { ?complaint fl:against "
            "<https://w3id.org/faultlines/id/council/E08000010> ; fl:decidedBy ?decision . "
            "?decision fl:reference ?reference ; fl:hasFinding/fl:faultType ?fault }"
        )
        assert isinstance(rows, QuerySolutions)
        found = {(row["reference"].value, row["fault"].value.rsplit("/", 1)[1]) for row in rows}
    assert {
        ("21 012 067", "delay"),
        ("21 012 067", "inadequate-remedy-by-body"),
        ("23 016 383", "poor-communication"),
        ("23 016 383", "lack-of-openness"),
    } <= found


def test_evidence_stands_in_the_text() -> None:
    for decision in faultlines.extract([DECISIONS]):
        by_number = {p.number: p for p in decision.paragraphs}
        for entries in (decision.findings, decision.injustices, decision.remedies,
                        decision.reasons, decision.citations, decision.bodies):  # fmt: skip
            for entry in entries:
                assert entry.evidence
                for evidence in entry.evidence:
                    paragraph = by_number.get(evidence.paragraph)
                    if evidence.paragraph is not None and paragraph is not None:
                        start = evidence.start - paragraph.start
                        quoted = paragraph.text[start : start + len(evidence.quote)]
                        assert quoted == evidence.quote


_ROOT = Path(__file__).parents[1]
_TEXTS = ("*.txt", "*.md", "*.py", "*.json", "*.jsonl", "*.html", "*.toml", "*.ttl", "*.csv")
_AROUND = ("local government act 1974", "these cookies enable")
"""How what is no sentence of a decision begins: citations, and the notice of the site."""
_LEAST = 8
"""Words of a sentence that tells whose it is."""


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9£]+", re.sub(r"['’]", "", text.lower())))


def test_no_sentence_of_a_published_decision_stands_in_the_repository() -> None:
    published: dict[str, list[str]] = {}
    for path in DECISIONS.rglob("*.*"):
        text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8", errors="replace"))
        for sentence in re.split(r"(?<=[.!?:;])\s+|\n+", text):
            said = _words(re.sub(r"\([^()]*\b(?:Act|[Ss]ections?)\b.*", "", sentence))
            if len(said.split()) >= _LEAST and not said.startswith(_AROUND):
                published.setdefault(" ".join(said.split()[:4]), []).append(said)
    assert len(published) > 300
    found: list[tuple[str, str]] = []
    for folder in ("exports", "graph", "ontology", "tests", "README.md", "faultlines.py"):
        start = _ROOT / folder
        for path in [start] if start.is_file() else [p for e in _TEXTS for p in start.rglob(e)]:
            whole = f" {_words(path.read_text(encoding='utf-8'))} "
            words = whole.split()
            begun = {" ".join(words[place : place + 4]) for place in range(len(words) - 3)}
            near = (one for begin in begun & published.keys() for one in published[begin])
            name = path.relative_to(_ROOT).as_posix()
            found += [(name, one) for one in near if f" {one} " in whole]
    assert found == []
