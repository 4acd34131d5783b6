"""The journal of pushes: where it stands, what it keeps, what it refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import faultlines
from exports.push import PushError, Unusable
from exports.push.journal import Journal, Pushed, beside
from exports.push.statements import Statements
from exports.push.update import in_sparql
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.endpoints import GraphStore, listening

HERE, THERE = "http://here.example/store", "http://there.example/store"
LINES = [b"<urn:s> <urn:p> <urn:o> .\n", b'<urn:s> <urn:p> "_:b \\u0000" .\n']


def statements(name: str, lines: list[bytes] = LINES) -> Statements:
    return Statements.of((name, lines), keep=1_000_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kg.push.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path, HERE) as journal:
        yield journal


def test_it_stands_beside_the_graph(tmp_path: Path) -> None:
    (tmp_path / "graphs" / "kg").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "graphs" / "kg")
    wanted = tmp_path.resolve() / "graphs" / "kg.push.sqlite"
    assert beside(tmp_path / "graphs" / "kg") == wanted
    assert beside(tmp_path / "link") == wanted


def test_a_build_leaves_it_alone(tmp_path: Path) -> None:
    with factories.build_graph(factories.sample(), tmp_path / "kg") as graph:
        folder = graph.folder
    with listening(GraphStore()) as address:
        before = faultlines.push(folder, address).sent.graphs
        faultlines.build([], folder)
        after = faultlines.push(folder, address)
    assert before > 0
    assert (after.sent.graphs, after.removed.graphs) == (0, 0)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["kg", "kg.push.sqlite"]


def test_it_keeps_what_was_confirmed(path: Path, journal: Journal) -> None:
    one, two = statements("urn:a"), statements("urn:b", LINES[:1])
    journal.doubt([one, two])
    journal.confirm([two])
    journal.close()
    with Journal(path, HERE) as again:
        assert again.pushed() == {
            "urn:a": Pushed(None, 2, one.size),
            "urn:b": Pushed(two.digest, 1, len(LINES[0])),
        }
        again.doubt_removal(["urn:b", "urn:unknown"])
        assert {held.digest for held in again.pushed().values()} == {None}
        again.forget(["urn:b"])
        assert list(again.pushed()) == ["urn:a"]


def test_endpoints_are_kept_apart(path: Path, journal: Journal) -> None:
    journal.confirm([statements("urn:a")])
    journal.close()
    with Journal(path, THERE) as other:
        assert other.pushed() == {}
        other.confirm([statements("urn:b")])
        other.doubt_all()
        assert other.pushed()["urn:b"].digest is None
    with Journal(path, HERE) as again:
        assert again.pushed()["urn:a"].digest is not None


def test_two_pushes_do_not_share_it(path: Path, journal: Journal) -> None:
    journal.confirm([statements("urn:a")])
    with pytest.raises(PushError, match="another push uses this journal; wait until it has ended"):
        Journal(path, THERE)


def test_what_is_no_journal_is_left_as_it_is(tmp_path: Path) -> None:
    text, foreign = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_text("our notes\n" * 100, encoding="utf-8")
    database = sqlite3.connect(foreign)
    database.execute("CREATE TABLE theirs (x)")
    database.commit()
    database.close()
    for path in (text, foreign):
        before = path.read_bytes()
        with pytest.raises(PushError, match=r"it is no journal of a push .*--journal"):
            Journal(path, HERE)
        assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["absent/journal.sqlite", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(PushError, match=r"no journal can be kept there .*--journal"):
        Journal(tmp_path / name, HERE)


def test_a_generation_takes_none(kg: KnowledgeGraph) -> None:
    with pytest.raises(Unusable, match="in a generation of a graph, which a build deletes"):
        Journal(kg.folder / "generation-0001" / "journal.sqlite", HERE)
    assert not (kg.folder / "generation-0001" / "journal.sqlite").exists()


def test_statements_are_measured() -> None:
    one = statements("urn:a")
    assert (one.count, one.size, one.blank) == (2, sum(map(len, LINES)), False)
    assert one.digest != statements("urn:a", LINES[:1]).digest
    assert one.whole() == b"".join(LINES)


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        (b"_:b <urn:p> <urn:o> .\n", True),
        (b"<urn:s> <urn:p> _:b .\n", True),
        (b'<urn:s> <urn:p> " _:b ." .\n', False),
        (b"<urn:_:b> <urn:_:p> <urn:_:o> .\n", False),
    ],
)
def test_blank_nodes_are_told_from_words(line: bytes, blank: bool) -> None:
    assert statements("urn:a", [line]).blank is blank


@pytest.mark.parametrize("most", [1, 30, 60, 10_000])
def test_parts_are_whole_lines(most: int) -> None:
    parts = list(statements("urn:a", LINES * 5).parts(most))
    assert b"".join(parts) == b"".join(LINES * 5)
    assert all(part.endswith(b" .\n") for part in parts)
    assert all(len(part) <= most or part.count(b"\n") == 1 for part in parts)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (rb'"a\\u0022b"', rb'"a\\\u0075' + rb'0022b"'),
        (rb'"\\\\u"', rb'"\\\\\u0075"'),
        (rb'"\\Users \u0000 \n \" \\"', rb'"\\\u0055sers \u0000 \n \" \\"'),
        (rb'"\\\\\u0000\\v"', rb'"\\\\\u0000\\v"'),
        (rb'"plain"', rb'"plain"'),
    ],
)
def test_escapes_mean_the_same_in_sparql(written: bytes, sent: bytes) -> None:
    assert in_sparql(written) == sent
