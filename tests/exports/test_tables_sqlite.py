"""The SQLite database: types, keys, indexes, views, and what it says about itself."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import exports
from exports import ExportError, Scope
from exports.content import Portion, Schema
from exports.network import Edge, Network, Node
from exports.projection import VIEWS, project
from exports.tables import sqlite_file
from graph.facts import FAULTS, PROMISED
from graph.knowledge_graph import KnowledgeGraph
from tests.exports import table_rows


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA foreign_keys = ON")
    return database


@pytest.fixture
def database(sample_kg: KnowledgeGraph, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    exports.export(sample_kg, "sqlite", tmp_path / "full.sqlite")
    with closing(_opened(tmp_path / "full.sqlite")) as opened:
        yield opened


@pytest.fixture(scope="module")
def network(sample_kg: KnowledgeGraph) -> Network:
    return project(sample_kg, Scope(), "full")


def _rows(database: sqlite3.Connection, sql: str, *values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in database.execute(sql, values)]


def test_tables_are_strict_typed_and_keyed(database: sqlite3.Connection) -> None:
    listed = _rows(database, "SELECT * FROM pragma_table_list WHERE schema = 'main'")
    tables = {one["name"] for one in listed if one["type"] == "table" and one["strict"]}
    assert {"remedy", "complaint_part", "fault_type", "node", "link", "passage", "about"} <= tables
    assert {one["name"] for one in listed if one["type"] == "table" and not one["strict"]} == {
        "sqlite_schema",
        "sqlite_stat1",
    } & {one["name"] for one in listed}
    columns = {one["name"]: one for one in _rows(database, "PRAGMA table_info(remedy)")}
    assert (columns["id"]["pk"], columns["id"]["type"]) == (1, "TEXT")
    assert columns["amount"]["type"] == "REAL"
    (council,) = _rows(
        database, "SELECT * FROM pragma_table_info('council') WHERE name='fictional'"
    )
    assert council["type"] == "INTEGER"
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in REAL column"):
        database.execute("UPDATE remedy SET amount = 'many'")


def test_foreign_keys_are_declared_held_and_indexed(database: sqlite3.Connection) -> None:
    keys = {
        (table, one["from"], one["table"], one["to"])
        for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for one in _rows(database, "SELECT * FROM pragma_foreign_key_list(?)", table)
    }
    assert {
        ("remedy", "id", "node", "id"),
        ("node", "decision", "node", "id"),
        ("link", "source", "node", "id"),
        ("link", "target", "node", "id"),
        ("passage", "node", "node", "id"),
        ("passage", "link", "link", "id"),
    } <= keys
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("INSERT INTO link VALUES ('x', 'k', 'no', 'no', '', NULL, NULL, NULL)")
    for table, column, _, _ in keys:
        first = [
            _rows(database, "SELECT name FROM pragma_index_info(?)", index["name"])[0]["name"]
            for index in _rows(database, "SELECT name FROM pragma_index_list(?)", table)
        ]
        assert column in first


def test_everything_is_told_in_the_table_about(database: sqlite3.Connection) -> None:
    told = {
        (row["table"], row["column"]): row["description"]
        for row in _rows(database, "SELECT * FROM about")
    }
    assert "acknowledgement of the Ombudsman" in told["", ""]
    assert "creativecommons.org/licenses/by/4.0" in told["", ""]
    names = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
    for (name,) in database.execute(names):
        if not name.startswith("sqlite_"):
            assert told[name, ""], name
            for (column,) in database.execute(
                "SELECT name FROM pragma_table_info(?) WHERE (SELECT type FROM sqlite_schema "
                "WHERE name = ?) = 'table'",
                (name, name),
            ):
                assert name == "about" or told[name, column], f"{name}.{column}"


_COUNCIL_VIEWS = {"decision_council", "council_finding", "council_remedy", "council_total"}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_queried(view: str, sample_kg: KnowledgeGraph, tmp_path: Path) -> None:
    exports.export(sample_kg, "sqlite", tmp_path / "one.sqlite", view=view)
    with closing(_opened(tmp_path / "one.sqlite")) as database:
        listed = "SELECT name FROM sqlite_schema WHERE type = 'view'"
        names = {name for (name,) in database.execute(listed)}
        wanted = {"link_named", "passage_named"}
        if view != "summary":
            wanted |= {"decision_council", "council_finding", "council_remedy"}
        assert wanted <= names <= wanted | _COUNCIL_VIEWS
        assert ("council_total" in names) == (view != "summary")
        for name in names:
            found = _rows(database, f"SELECT * FROM {name}")
            assert found or (view == "summary" and name == "passage_named"), name


@pytest.mark.parametrize("view", ["full", "chain", "decisions"])
def test_findings_and_remedies_are_told_with_council_and_words(
    view: str, sample_kg: KnowledgeGraph, network: Network, tmp_path: Path
) -> None:
    exports.export(sample_kg, "sqlite", tmp_path / "one.sqlite", view=view)
    nodes = {node.id: node for node in network.nodes}
    by_words = {node.passages[0].quote: node for node in network.nodes if node.passages}
    against, decided = _ends(network, "against"), _ends(network, "decidedBy")
    about = {
        (decision, authority)
        for complaint, decisions in decided.items()
        for decision in decisions
        for authority in against[complaint]
    }
    with closing(_opened(tmp_path / "one.sqlite")) as database:
        pairs = _rows(database, "SELECT * FROM decision_council")
        assert {(row["decision"], row["council_id"]) for row in pairs} == about
        for name, kind, owner in (
            ("finding", "finding", "faultBy"),
            ("remedy", "remedy", "owedBy"),
        ):
            found = _rows(database, f"SELECT * FROM council_{name}")
            told = {row[name] for row in found}
            owners = _ends(network, owner)
            if view != "decisions":
                assert told == {node.id for node in network.nodes if node.kind == kind}
            for row in found:
                decision = nodes[row["decision"]]
                assert row["date"] == decision.attributes.get("date")
                assert row["reference"] == decision.attributes.get("reference")
                assert row["council"] == nodes[row["council_id"]].label
                if view == "decisions":
                    assert (row["decision"], row["council_id"]) in about
                    assert by_words[row["quote"]]
                    continue
                named = owners.get(row[name], set())
                assert row["council_id"] in named or (decision.id, row["council_id"]) in about
                passages = nodes[row[name]].passages
                assert row["quote"] == (passages[0].quote if passages else None)
                assert row["status"] == nodes[row[name]].attributes["status"]


def _ends(network: Network, kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for edge in network.edges:
        if edge.kind == kind:
            found[edge.source].add(edge.target)
    return found


def test_totals_count_what_the_graph_says(database: sqlite3.Connection, network: Network) -> None:
    nodes = {node.id: node for node in network.nodes}
    against, decided = _ends(network, "against"), _ends(network, "decidedBy")
    about: dict[str, set[str]] = defaultdict(set)
    for complaint, decisions in decided.items():
        for decision in decisions:
            about[decision] |= against[complaint]
    totals: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    for kind, owner in (("hasFinding", "faultBy"), ("hasRemedy", "owedBy")):
        owners = _ends(network, owner)
        for decision, items in _ends(network, kind).items():
            for item in items:
                said = nodes[item].attributes
                for authority in owners[item] or about[decision]:
                    if kind == "hasFinding":
                        totals[authority][0] += said["status"] in FAULTS
                    elif said["status"] in PROMISED:
                        totals[authority][1] += 1
                        totals[authority][2] += float(said.get("payment", 0))
    rows = _rows(database, "SELECT * FROM council_total")
    assert {row["council_id"] for row in rows} == {
        node.id for node in network.nodes if node.kind == "council"
    }
    for row in rows:
        faults, promises, payments = totals[row["council_id"]]
        assert (row["findings_of_fault"], row["remedies_promised"]) == (faults, promises)
        assert row["payments"] == pytest.approx(payments)
        assert row["decisions"] == sum(row["council_id"] in found for found in about.values())
    assert sum(row["payments"] for row in rows) > 0


def test_links_and_passages_are_named(database: sqlite3.Connection, network: Network) -> None:
    labels = {node.id: node.label for node in network.nodes}
    found = {row["id"]: row for row in _rows(database, "SELECT * FROM link_named")}
    assert {id: (row["source_label"], row["target_label"]) for id, row in found.items()} == {
        edge.id: (labels[edge.source], labels[edge.target]) for edge in network.edges
    }
    rows = _rows(database, "SELECT * FROM passage_named WHERE node IS NOT NULL")
    assert all(row["label"] == labels[row["node"]] for row in rows)
    assert any(row["date"] for row in rows)
    count = database.execute("SELECT count(*) FROM passage_named").fetchone()[0]
    assert count == sum(len(node.passages) for node in network.nodes) + sum(
        len(edge.passages) for edge in network.edges
    )


def test_foreign_tables_get_the_general_views(tmp_path: Path) -> None:
    exports.write(table_rows.foreign(), "sqlite", tmp_path / "one.sqlite")
    with closing(_opened(tmp_path / "one.sqlite")) as database:
        listed = "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1"
        assert [name for (name,) in database.execute(listed)] == ["link_named", "passage_named"]
        rows = _rows(database, "SELECT * FROM link_named")
        assert len(rows) == len(table_rows.KINDS)
        assert rows[0]["ID_2"] == "not the id"
        assert rows[0]["source_label"] == "=label 0"
        assert len(_rows(database, "SELECT * FROM passage_named")) == 2


def test_an_edge_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    edges = [
        Edge("urn:good", "urn:a", "urn:a", "knows", "knows"),
        Edge("urn:loose", "urn:a", "urn:b", "knows", "knows"),
    ]
    portion = Portion([Node("urn:a", "thing", "a")], edges)
    content = table_rows.Foreign([portion], Schema({}, {"thing": ()}, {"knows": ()}))
    with pytest.raises(ExportError, match="sqlite, urn:loose: it leads to what does not stand"):
        exports.write(content, "sqlite", tmp_path / "one.sqlite")


def test_an_id_that_comes_twice_is_named(tmp_path: Path) -> None:
    twice = [Node("urn:a", "thing", "a"), Node("urn:b", "thing", "b"), Node("urn:a", "thing", "a")]
    content = table_rows.Foreign([Portion(twice)], Schema({}, {"thing": ()}, {}))
    with pytest.raises(ExportError, match=r"sqlite, urn:a: table thing cannot hold it \(UNIQUE"):
        exports.write(content, "sqlite", tmp_path / "one.sqlite")


def test_an_old_sqlite_is_named(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "_STRICT", (99, 0))
    with pytest.raises(ExportError, match=re.escape(f"Python has SQLite {sqlite3.sqlite_version}")):
        exports.export(kg, "sqlite", tmp_path / "one.sqlite")


def test_a_full_disk_is_named(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "_PRAGMAS", ("journal_mode = OFF", "max_page_count = 40"))
    with pytest.raises(ExportError, match=r"'sqlite': database or disk is full; make room"):
        exports.export(kg, "sqlite", tmp_path / "one.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    names = tuple(f"a{number:04d}" for number in range(2_001))
    schema = Schema(dict.fromkeys(names, str), {"thing": names}, {})
    with pytest.raises(ExportError, match="table thing: it has 2,003 columns, SQLite up to 2,000"):
        exports.write(table_rows.Foreign([], schema), "sqlite", tmp_path / "one.sqlite")
