"""Names of labels, types and properties."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.content import Schema
from exports.kinds import EDGES, NODES
from exports.network import ATTRIBUTES
from exports.property_graphs.names import Names
from tests.exports.property_graphs import camel, upper_snake

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,70}")


def _names(nodes: dict[str, str] | None = None, edges: tuple[str, ...] = ()) -> Names:
    kinds = {kind: (attribute,) for kind, attribute in (nodes or {}).items()}
    return Names.of(Schema({}, kinds, dict.fromkeys(edges, ())))


def test_the_projects_own_names_stay_what_they_are() -> None:
    names = Names.of(Schema(ATTRIBUTES, NODES, EDGES))
    assert {kind: table.name for kind, table in names.nodes.items()} == {
        kind: camel(kind) for kind in NODES
    }
    assert {kind: table.name for kind, table in names.edges.items()} == {
        kind: upper_snake(kind) for kind in EDGES
    }
    tables = (*names.nodes.values(), *names.edges.values())
    assert {(c.name, c.attribute) for table in tables for c in table.columns} == {
        (c.attribute, c.attribute) for table in tables for c in table.columns
    }
    assert (names.passage.name, names.evidenced_by.name) == ("Passage", "EVIDENCED_BY")


@pytest.mark.parametrize(
    ("kind", "label", "type"),
    [
        ("complaint part", "ComplaintPart", "COMPLAINT_PART"),
        ("eli:is_part_of", "IsPartOf", "IS_PART_OF"),
        ("citesAsJurisdiction", "CitesAsJurisdiction", "CITES_AS_JURISDICTION"),
        ("https://example.org/ns#Größe", "Groe", "GROE"),
        ("http://example.org/HTMLPage/", "HTMLPage", "HTML_PAGE"),
        ("a`b) DETACH DELETE n //", "ABDETACHDELETEN", "A_B_DETACH_DELETE_N"),
        ("2020", "Kind_2020", "RELATED_TO_2020"),
        ("計算", "Kind", "RELATED_TO"),
        ("", "Kind", "RELATED_TO"),
    ],
)
def test_a_foreign_name_becomes_a_plain_one(kind: str, label: str, type: str) -> None:
    names = _names({kind: "x"}, (kind,))
    assert (names.nodes[kind].name, names.edges[kind].name) == (label, type)


def test_names_that_would_be_the_same_are_told_apart() -> None:
    names = _names({"person": "name", "schema:Person": "schema:name", "foaf:Person": "foaf:name"})
    assert [names.nodes[kind].name for kind in ("person", "foaf:Person", "schema:Person")] == [
        "Person",
        "FoafPerson",
        "SchemaPerson",
    ]
    (column,) = (c for c in names.nodes["foaf:Person"].columns if c.attribute == "foaf:name")
    assert column.name == "foaf_name"


def test_what_every_item_has_keeps_its_name() -> None:
    names = _names({"passage": "id", "a": "label"}, ("evidencedBy",))
    assert [table.columns[0].name for table in names.nodes.values()] == ["label_2", "id_2"]
    assert (names.passage.name, names.evidenced_by.name) == ("Passage_2", "EVIDENCED_BY_2")


@given(st.lists(st.text(max_size=20), max_size=12), st.booleans())
def test_names_are_safe_and_each_is_one_things(kinds: list[str], apart: bool) -> None:
    schema = Schema({}, {kind: tuple(kinds) for kind in kinds}, dict.fromkeys(kinds, tuple(kinds)))
    names = Names.of(schema, apart=apart)
    labels = [*(table.name for table in names.nodes.values()), names.passage.name]
    types = [*(table.name for table in names.edges.values()), names.evidenced_by.name]
    for each in (labels, types, [] if apart else labels + types):
        assert len({name.lower() for name in each}) == len(each)
    for table in (*names.nodes.values(), *names.edges.values()):
        properties = [column.name for column in table.properties]
        assert len({name.lower() for name in properties}) == len(properties)
        assert all(_NAME.fullmatch(name) for name in (table.name, *properties))
