"""Sources that are gone: their decisions go too, with a trace, and nothing else does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import faultlines
from exports.serve.app import create_app
from graph import batch
from graph.build import Report, build
from graph.knowledge_graph import KnowledgeGraph
from tests.test_build import ONE, SAMPLE, THREE, TWO, _exported

HOST = "http://127.0.0.1"
REFERENCES = {ONE: "16 900 002", TWO: "18 900 003", THREE: "19 900 004"}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with three decisions."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in (ONE, TWO, THREE):
        shutil.copy(SAMPLE / name, folder / name)
    return folder


def _references(folder: Path) -> list[str]:
    with KnowledgeGraph.open(folder) as graph:
        return sorted(str(entry.reference) for entry in graph.ledger.entries())


def _tombstones(folder: Path) -> list[tuple[str | None, str]]:
    with KnowledgeGraph.open(folder) as graph:
        return [(reference, name) for _, reference, name in graph.ledger.removed()]


def test_a_decision_goes_with_its_source_and_leaves_a_tombstone(
    sources: Path, tmp_path: Path
) -> None:
    build([sources], tmp_path / "kg")
    (sources / TWO).unlink()
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.unchanged, report.removed) == (0, 2, (TWO,))
    assert _references(tmp_path / "kg") == [REFERENCES[ONE], REFERENCES[THREE]]
    assert _tombstones(tmp_path / "kg") == [(REFERENCES[TWO], TWO)]
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        assert graph.ledger.search("18 900 003") == []
    build([sources], tmp_path / "fresh")
    assert _exported(tmp_path / "kg", tmp_path / "a.nq") == _exported(
        tmp_path / "fresh", tmp_path / "b.nq"
    )
    manifests = [json.loads((tmp_path / n / "manifest.json").read_text()) for n in ("kg", "fresh")]
    assert manifests[0]["counts"] == manifests[1]["counts"]
    assert build([sources], tmp_path / "kg").removed == ()


def test_the_explorer_says_that_a_decision_is_gone(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    (sources / TWO).unlink()
    build([sources], tmp_path / "kg")
    with (
        KnowledgeGraph.open(tmp_path / "kg") as graph,
        TestClient(create_app(graph), base_url=HOST) as client,
    ):
        for path in ("18-900-003", "18900003", "18 900 003"):
            answer = client.get(f"/decision/{path}")
            assert answer.status_code == 410
            assert "Its source is gone since" in answer.text
        assert client.get("/decision/18-900-004").status_code == 404


def test_a_decision_that_comes_back_leaves_its_grave(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    (sources / TWO).unlink()
    build([sources], tmp_path / "kg")
    shutil.copy(SAMPLE / TWO, sources / TWO)
    assert build([sources], tmp_path / "kg").read == 1
    assert _tombstones(tmp_path / "kg") == []
    assert len(_references(tmp_path / "kg")) == 3


def test_what_was_built_from_other_paths_stays(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(SAMPLE / "21-900-006.txt", other)
    assert build([other], tmp_path / "kg").removed == ()
    assert len(_references(tmp_path / "kg")) == 4


def test_a_source_under_another_name_is_no_loss(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    (sources / TWO).rename(sources / "renamed.txt")
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.removed) == (1, ())
    assert len(_references(tmp_path / "kg")) == 3


def test_a_folder_that_moved_is_followed(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    moved = tmp_path / "moved"
    sources.rename(moved)
    assert build([moved], tmp_path / "kg").unchanged == 3
    (moved / TWO).unlink()
    assert build([moved], tmp_path / "kg").removed == (TWO,)


def _gone(sources: Path) -> Path:
    shutil.rmtree(sources)
    return sources


def _emptied(sources: Path) -> Path:
    shutil.rmtree(sources)
    sources.mkdir()
    return sources


def _spoiled(sources: Path) -> Path:
    for path in sources.iterdir():
        path.write_text("The page could not be found.\n", encoding="utf-8")
    return sources


@pytest.mark.parametrize("happened", [_gone, _emptied, _spoiled])
def test_a_source_that_cannot_be_read_takes_nothing_away(
    happened: object, sources: Path, tmp_path: Path
) -> None:
    build([sources], tmp_path / "kg")
    report: Report = build([happened(sources)], tmp_path / "kg")  # type: ignore[operator]
    assert report.rejected
    assert report.removed == ()
    assert len(_references(tmp_path / "kg")) == 3


def test_a_damaged_archive_takes_nothing_away(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    archive = Path(shutil.make_archive(str(folder / "all"), "zip", sources))
    build([folder], tmp_path / "kg")
    archive.write_bytes(archive.read_bytes()[:1000])
    report = build([folder], tmp_path / "kg")
    assert [one.name for one in report.rejected] == ["all.zip"]
    assert report.removed == ()
    assert len(_references(tmp_path / "kg")) == 3


def test_a_line_that_left_a_file_of_lines_is_gone(sources: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"text": (sources / name).read_text("utf-8")}) for name in (ONE, TWO)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([tmp_path / "all.jsonl"], tmp_path / "kg")
    (tmp_path / "all.jsonl").write_text(lines[1], encoding="utf-8")
    # the other moved up a line, and stands where the one that is gone stood
    assert build([tmp_path / "all.jsonl"], tmp_path / "kg").removed == ("all.jsonl#1",)
    assert _references(tmp_path / "kg") == [REFERENCES[TWO]]


def test_a_file_that_holds_another_decision_now_has_lost_the_first(
    sources: Path, tmp_path: Path
) -> None:
    build([sources], tmp_path / "kg")
    shutil.copy(SAMPLE / "21-900-006.txt", sources / TWO)
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.removed) == (1, (TWO,))
    assert _references(tmp_path / "kg") == ["16 900 002", "19 900 004", "21 900 006"]


def test_of_two_sources_the_other_stays_when_one_goes(sources: Path, tmp_path: Path) -> None:
    text = (sources / TWO).read_text(encoding="utf-8")
    (sources / "a-copy.txt").write_text(text + "\n", encoding="utf-8")
    build([sources], tmp_path / "kg")
    (sources / TWO).unlink()
    assert build([sources], tmp_path / "kg").removed == ()
    assert len(_references(tmp_path / "kg")) == 3
    shutil.copy(SAMPLE / TWO, sources / TWO)
    (sources / "a-copy.txt").unlink()
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.removed) == (1, ())
    assert len(_references(tmp_path / "kg")) == 3


def test_a_removed_decision_that_another_path_holds_stays(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "kg")
    other = tmp_path / "other"
    other.mkdir()
    shutil.move(sources / TWO, other / "again.txt")
    report = build([sources, other], tmp_path / "kg")
    assert report.removed == ()
    assert len(_references(tmp_path / "kg")) == 3


def test_removal_is_worked_out_without_reading_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources], tmp_path / "kg")
    (sources / TWO).unlink()
    monkeypatch.setattr(batch, "extract", lambda _: pytest.fail("read again"))
    assert build([sources], tmp_path / "kg").removed == (TWO,)


def test_of_many_that_are_gone_ten_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    gone = [f"{number:02d}" for number in range(12)]
    report = Report(0, 0, tuple((name, "kept") for name in gone[:11]), (), tuple(gone))
    faultlines._print_report(report)
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == [
        f"{name}: holds the same decision as kept, which was kept" for name in gone[:2]
    ]
    assert said[10] == "and 1 more duplicates"
    assert said[11] == "00: it is gone, and its decision was removed from the graph"
    assert said[20:] == [
        "09: it is gone, and its decision was removed from the graph",
        "and 2 more that are gone",
    ]
