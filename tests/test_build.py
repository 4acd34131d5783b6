"""Builds: what is read again and what is not, duplicates, crashes, the same bytes twice."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from exports import export
from graph import batch, knowledge_graph
from graph import build as module
from graph.build import build
from graph.errors import StoreError
from graph.extraction import pipeline
from graph.generation import Generation
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.results import Rows
from graph.questions.runner import QueryRunner
from graph.sources import papers
from graph.staging import Staging
from graph.store import Store

SAMPLE = Path(__file__).parents[1] / "graph" / "sample" / "decisions"
ONE, TWO, THREE = "16-900-002.txt", "18-900-003.txt", "19-900-004.txt"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with three decisions."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in (ONE, TWO, THREE):
        shutil.copy(SAMPLE / name, folder / name)
    return folder


def _statements(folder: Path) -> list[bytes]:
    """Everything the store says, sorted; blank nodes, whose names are random, left out."""
    out = io.BytesIO()
    with KnowledgeGraph.open(folder) as graph:
        graph.store.dump(out)
    return sorted(line for line in out.getvalue().splitlines() if b"_:" not in line)


def _exported(folder: Path, path: Path) -> bytes:
    with KnowledgeGraph.open(folder) as graph:
        export(graph, "nquads", path, full=True)
    return path.read_bytes()


def _kept(folder: Path) -> dict[str, str]:
    """Reference to name of the source it came from."""
    with KnowledgeGraph.open(folder) as graph:
        return {str(entry.reference): entry.source_name for entry in graph.ledger.entries()}


def _generation(folder: Path) -> str:
    with KnowledgeGraph.open(folder) as graph:
        return graph.manifest.generation


def test_a_first_build_reads_everything(sources: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    report = build([sources], tmp_path / "kg", advance=seen.append)
    assert (report.read, report.unchanged, report.duplicates, report.rejected) == (3, 0, (), ())
    assert seen == [ONE, TWO, THREE]
    assert report.counts["decisions"] == 3
    assert report.counts["statements"] > 1000
    assert not (tmp_path / "kg" / "staging.sqlite").exists()


def test_an_unchanged_source_is_not_read_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources], tmp_path / "kg")
    monkeypatch.setattr(batch, "extract", lambda _: pytest.fail("read again"))
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.unchanged) == (0, 3)
    assert _generation(tmp_path / "kg") == "generation-0001"


def test_a_known_file_is_not_told_from_committee_papers_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = "".join((sources / name).read_text("utf-8") for name in (ONE, TWO))
    (sources / "both.txt").write_text(both, "utf-8")
    with zipfile.ZipFile(sources / "three.zip", "w") as archive:
        archive.write(SAMPLE / "19-900-005.txt", "in it.txt")
    first = build([sources], tmp_path / "kg")
    looked_at: list[str] = []

    def decisions_in(text: str, *, paper: bool = False) -> list[str]:
        looked_at.append(text)
        return real(text, paper=paper)

    real = papers.decisions_in
    monkeypatch.setattr(papers, "decisions_in", decisions_in)
    again = build([sources], tmp_path / "kg")
    # one that holds several may hold some that are in the graph from elsewhere
    assert looked_at == [both]
    assert (again.read, again.unchanged) == (0, first.read)
    assert again.duplicates == first.duplicates


def test_a_changed_source_takes_the_old_ones_place(sources: Path, tmp_path: Path) -> None:
    first = build([sources], tmp_path / "kg")
    text = (sources / TWO).read_text(encoding="utf-8")
    (sources / TWO).write_text(text.replace("\n", "\n\n", 1), encoding="utf-8")
    second = build([sources], tmp_path / "kg")
    assert (second.read, second.unchanged, second.duplicates) == (1, 2, ())
    assert second.counts["decisions"] == 3
    assert second.counts["findings"] == first.counts["findings"]
    assert [path.name for path in (tmp_path / "kg").glob("generation-*")] == ["generation-0002"]


def test_a_new_version_reads_everything_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources], tmp_path / "kg")
    monkeypatch.setattr(module, "VERSION", "999.0.0")
    report = build([sources], tmp_path / "kg")
    assert (report.read, report.unchanged) == (3, 0)
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        assert graph.manifest.version == "999.0.0"
        assert {entry.version for entry in graph.ledger.entries()} == {"999.0.0"}


def test_in_steps_or_at_once_gives_the_same_graph(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "once")
    for name in (THREE, ONE, TWO):
        build([sources / name], tmp_path / "steps")
    assert _statements(tmp_path / "steps") == _statements(tmp_path / "once")
    assert _exported(tmp_path / "steps", tmp_path / "a.nq") == _exported(
        tmp_path / "once", tmp_path / "b.nq"
    )


def test_two_builds_of_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    build([SAMPLE], tmp_path / "one")
    build([SAMPLE], tmp_path / "two")
    assert _statements(tmp_path / "one") == _statements(tmp_path / "two")
    assert _exported(tmp_path / "one", tmp_path / "a.nq") == _exported(
        tmp_path / "two", tmp_path / "b.nq"
    )
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("one", "two")]
    assert manifests[0] == manifests[1]


def _copies(sources: Path) -> tuple[str, str]:
    """Two sources of one decision, in different bytes; the second replaces the original."""
    text = (sources / TWO).read_text(encoding="utf-8")
    (sources / TWO).unlink()
    (sources / "a-copy.txt").write_text(text + "\n", encoding="utf-8")
    (sources / "b-copy.txt").write_text(text + "\n\n", encoding="utf-8")
    return "a-copy.txt", "b-copy.txt"


def test_of_two_sources_the_first_by_name_is_kept(sources: Path, tmp_path: Path) -> None:
    first, second = _copies(sources)
    report = build([sources / second, sources / first], tmp_path / "kg")
    assert report.duplicates == ((second, first),)
    assert _kept(tmp_path / "kg") == {"18 900 003": first}


def test_duplicates_do_not_take_turns(sources: Path, tmp_path: Path) -> None:
    first, second = _copies(sources)
    for _ in range(3):
        report = build([sources], tmp_path / "kg")
        assert report.duplicates == ((second, first),)
        assert _kept(tmp_path / "kg")["18 900 003"] == first
    assert report.unchanged == 3
    assert _generation(tmp_path / "kg") == "generation-0001"


def test_an_earlier_name_that_comes_later_wins(sources: Path, tmp_path: Path) -> None:
    first, second = _copies(sources)
    build([sources / second], tmp_path / "kg")
    report = build([sources], tmp_path / "kg")
    assert report.duplicates == ((second, first),)
    assert _kept(tmp_path / "kg")["18 900 003"] == first
    build([sources], tmp_path / "at-once")
    assert _statements(tmp_path / "kg") == _statements(tmp_path / "at-once")


def test_a_source_that_is_not_given_makes_way(sources: Path, tmp_path: Path) -> None:
    first, second = _copies(sources)
    build([sources / first], tmp_path / "kg")
    report = build([sources / second], tmp_path / "kg")
    assert report.duplicates == ()
    assert _kept(tmp_path / "kg") == {"18 900 003": second}


@pytest.mark.parametrize("printed", ["0-papers.txt", "z-papers.txt"])
def test_what_says_most_of_a_decision_is_kept(printed: str, sources: Path, tmp_path: Path) -> None:
    text = (sources / TWO).read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("Category", "Decision :"))]
    assert len(text.splitlines()) - len(kept) == 2
    (sources / printed).write_text("\n".join(kept), "utf-8")
    build([sources / TWO], tmp_path / "one")
    build([sources / printed], tmp_path / "two")
    for folder in ("one", "two", "at-once"):
        for _ in range(2):
            report = build([sources], tmp_path / folder)
            assert report.duplicates == ((printed, TWO),)
            assert _kept(tmp_path / folder)["18 900 003"] == TWO
    assert _statements(tmp_path / "one") == _statements(tmp_path / "at-once")
    assert _statements(tmp_path / "two") == _statements(tmp_path / "at-once")


class _Stopped(RuntimeError):
    """Stands for a power cut."""


def _stops_after(count: int) -> Any:
    real = pipeline.extract
    done: list[str] = []

    def extract(raw: Any) -> Any:
        if len(done) == count:
            raise _Stopped
        done.append(raw.name)
        return real(raw)

    return extract


def test_a_crash_while_reading_loses_nothing(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources / ONE], tmp_path / "kg")
    before = _statements(tmp_path / "kg")
    with monkeypatch.context() as patched:
        patched.setattr(module, "SIZE", 1)  # a crash loses the batch that is being read
        patched.setattr(batch, "extract", _stops_after(1))
        with pytest.raises(_Stopped):
            build([sources], tmp_path / "kg", jobs=1)
    assert _statements(tmp_path / "kg") == before
    monkeypatch.setattr(batch, "extract", _stops_after(1))
    report = build([sources], tmp_path / "kg")  # would stop if it read more than the one left
    assert (report.read, report.unchanged, report.counts["decisions"]) == (2, 1, 3)


@pytest.mark.parametrize(
    ("place", "step"), [(Store, "load"), (Generation, "remove"), (Generation, "finish")]
)
def test_a_crash_while_loading_loses_nothing(
    place: type, step: str, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources / ONE], tmp_path / "kg")
    before = _statements(tmp_path / "kg")

    def stopped(*_: object, **__: object) -> None:
        raise _Stopped

    with monkeypatch.context() as patched:
        patched.setattr(place, step, stopped)
        with pytest.raises(_Stopped):
            build([sources], tmp_path / "kg")
    assert _statements(tmp_path / "kg") == before
    with monkeypatch.context() as patched:
        patched.setattr(batch, "extract", lambda _: pytest.fail("read again"))
        report = build([sources], tmp_path / "kg")
    assert (report.read, report.unchanged, report.counts["decisions"]) == (2, 1, 3)
    build([sources], tmp_path / "whole")
    assert _statements(tmp_path / "kg") == _statements(tmp_path / "whole")


def test_a_crash_before_the_manifest_keeps_the_old_graph(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources / ONE], tmp_path / "kg")

    def stopped(*_: object) -> None:
        raise _Stopped

    with monkeypatch.context() as patched:
        patched.setattr(knowledge_graph, "write_manifest", stopped)
        with pytest.raises(_Stopped):
            build([sources], tmp_path / "kg")
    assert list(_kept(tmp_path / "kg").values()) == [ONE]
    assert build([sources], tmp_path / "kg").counts["decisions"] == 3


def test_a_first_build_that_crashes_can_be_repeated(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Generation, "add", lambda *_: (_ for _ in ()).throw(_Stopped()))
        with pytest.raises(_Stopped):
            build([sources], tmp_path / "kg")
    with pytest.raises(StoreError, match="no knowledge graph"):
        KnowledgeGraph.open(tmp_path / "kg")
    assert build([sources], tmp_path / "kg").counts["decisions"] == 3


def test_one_bad_source_does_not_stop_the_others(sources: Path, tmp_path: Path) -> None:
    (sources / "bad.txt").write_text("A shopping list: eggs, milk.\n", encoding="utf-8")
    (sources / "bad.json").write_text('{"reference": ', encoding="utf-8")
    report = build([sources, tmp_path / "absent"], tmp_path / "kg")
    assert [one.name for one in report.rejected] == ["bad.json", "bad.txt", "absent"]
    assert all(one.reason and one.advice for one in report.rejected)
    assert report.read == 3


def test_a_reader_sees_one_whole_graph_throughout(sources: Path, tmp_path: Path) -> None:
    build([sources / ONE], tmp_path / "kg")
    with KnowledgeGraph.open(tmp_path / "kg") as reader:
        build([sources], tmp_path / "kg")
        assert len(list(reader.ledger.entries())) == 1
        (row,) = reader.query("SELECT (COUNT(*) AS ?n) WHERE { ?d a fl:Decision }")  # type: ignore[misc]
        assert row[0].value == "1"
    assert len(_kept(tmp_path / "kg")) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no open file by itself")
def test_a_generation_stays_while_it_is_read(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kg"
    build([sources / ONE], folder)
    with KnowledgeGraph.open(folder) as reader, QueryRunner(reader.store_path) as runner:
        build([sources / TWO], folder)
        build([sources / THREE], folder)
        # its worker starts now, when the folder of the first generation is no longer current
        query = "SELECT (COUNT(*) AS ?n) WHERE { ?d a fl:Decision }"
        found = runner.query(query)
        assert isinstance(found, Rows)
        assert [row[0].value for row in found.rows if row[0]] == ["1"]
        kept = {path.name for path in folder.glob("generation-*")}
        assert kept == {"generation-0001", "generation-0003"}
    shutil.copy(SAMPLE / "21-900-006.txt", sources)
    build([sources], folder)
    assert [path.name for path in folder.glob("generation-*")] == ["generation-0004"]


def test_a_graph_that_is_built_anew_while_it_is_opened_is_opened(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources / ONE], tmp_path / "kg")
    read = knowledge_graph.read_manifest

    def read_late(folder: Path) -> knowledge_graph.Manifest | None:
        manifest = read(folder)
        monkeypatch.setattr(knowledge_graph, "read_manifest", read)
        build([sources], tmp_path / "kg")
        return manifest

    monkeypatch.setattr(knowledge_graph, "read_manifest", read_late)
    assert len(_kept(tmp_path / "kg")) == 3


def test_a_second_build_at_once_is_refused(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "kg").mkdir()
    running = Staging(tmp_path / "kg" / "staging.sqlite")
    with pytest.raises(StoreError, match="another build is running"):
        build([sources], tmp_path / "kg")
    running.close(finished=True)
    assert build([sources], tmp_path / "kg").read == 3


@pytest.mark.parametrize("place", ["", "kg", "deep/kg"])
def test_a_graph_among_its_sources_is_refused(place: str, sources: Path) -> None:
    before = sorted(sources.rglob("*"))
    with pytest.raises(StoreError, match="lies inside the source"):
        build([sources], sources / place)
    assert sorted(sources.rglob("*")) == before


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"format": "something else"}', json.dumps({"format": "faultlines/kg/1"})],
)
def test_a_folder_of_something_else_is_refused(content: str, sources: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        build([sources], tmp_path)
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == content


def test_what_the_counts_say_is_what_the_graph_holds(tmp_path: Path) -> None:
    report = build([SAMPLE], tmp_path / "kg")
    classes = {"findings": "Finding", "injustices": "Injustice", "remedies": "Remedy"}
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        for kind, class_ in classes.items():
            found: Iterable[Any] = graph.query(
                f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a fl:{class_} }}"
            )  # type: ignore[assignment]
            assert [row[0].value for row in found] == [str(report.counts[kind])]


@pytest.mark.parametrize("before", [0, 1], ids=["a new folder", "a graph"])
def test_a_build_that_begins_as_another_ends_adds_to_what_that_one_made(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    folder = tmp_path / "kg"
    if before:
        build([sources / ONE], folder)

    def lock(path: Path) -> Staging:
        monkeypatch.setattr(module, "Staging", Staging)
        build([sources / ONE, sources / TWO], folder)
        return Staging(path)

    monkeypatch.setattr(module, "Staging", lock)
    build([sources / THREE], folder)
    assert len(_kept(folder)) == 3
    assert _generation(folder) == f"generation-000{2 + before}"
    assert sorted(path.name for path in folder.iterdir()) == [_generation(folder), "manifest.json"]


@pytest.mark.parametrize(
    ("sum_", "is_said"),
    [("£90,000,000,000", True), ("£" + "9" * 500, True), ("£" + "9" * 5_000, False)],
)
def test_a_sum_beyond_all_sense_ends_no_build(sum_: str, is_said: bool, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for path in SAMPLE.glob("*.txt"):
        text = re.sub(r"£[\d,]+", sum_, path.read_text(encoding="utf-8"))
        (tmp_path / "sources" / path.name).write_text(text, encoding="utf-8")
    assert build([tmp_path / "sources"], tmp_path / "kg").read > 10
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        said: Iterable[Any] = graph.query("SELECT ?sum { ?r a fl:Remedy ; fl:amount ?sum }")  # type: ignore[assignment]
        counted: Iterable[Any] = graph.query("SELECT ?sum { ?count fl:highest ?sum }")  # type: ignore[assignment]
        assert (
            bool(list(said)) == is_said
        )  # what is longer than a sentence may be is read in pieces
        assert not list(counted)


def test_a_decision_whose_authority_was_corrected_takes_the_old_ones_place(
    sources: Path, tmp_path: Path
) -> None:
    build([sources], tmp_path / "kg")
    path = sources / TWO
    text = path.read_text(encoding="utf-8")
    corrected = text.replace("Brackenshire County Council", "Harrowmere County Council")
    assert corrected != text
    path.write_text(corrected, encoding="utf-8")
    assert build([sources], tmp_path / "kg").counts["decisions"] == 3
    build([sources], tmp_path / "fresh")
    assert _statements(tmp_path / "kg") == _statements(tmp_path / "fresh")


def test_counts_follow_from_the_records_after_a_new_version(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([sources], tmp_path / "kg")
    ledger = tmp_path / "kg" / _generation(tmp_path / "kg") / "ledger.sqlite"
    with sqlite3.connect(ledger) as db:
        db.execute("DELETE FROM fact")
    db.close()
    extra = tmp_path / "extra"
    extra.mkdir()
    shutil.copy(SAMPLE / "19-900-005.txt", extra)
    monkeypatch.setattr(module, "VERSION", "99")
    build([extra], tmp_path / "kg")
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        found = ask(graph, "authorities-by-kind")
    assert isinstance(found, Rows)
    assert [row[1].value for row in found.rows if row[1]] == ["4"]
