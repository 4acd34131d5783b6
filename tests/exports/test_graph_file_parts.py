"""Names, numbers and places that graph files have in common."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import Scope
from exports.blocks import Blocks
from exports.content import Portion
from exports.graph_files.names import distinct
from exports.graph_files.numbers import Numbers
from exports.layout import COLUMN_WIDTH, ROW_HEIGHT, size
from exports.network import Node
from exports.projection import VIEWS, portions, project
from graph.knowledge_graph import KnowledgeGraph


@given(st.sets(st.text(max_size=4)), st.sets(st.text(max_size=2)), st.booleans())
def test_no_two_attributes_get_one_name(names: set[str], reserved: set[str], plain: bool) -> None:
    written = distinct(names, reserved, plain=plain)
    assert written.keys() == names
    assert len(set(written.values())) == len(names)
    assert not set(written.values()) & reserved
    if plain:
        assert all(name.isascii() and name.isidentifier() for name in written.values())
        assert all(name[0].isalpha() for name in written.values())


def test_names_that_can_stay_stay() -> None:
    given = ("dc_title", "dc:title", "type", "type_", "2nd")
    wanted = {
        "dc_title": "dc_title",
        "dc:title": "dc_title_",
        "type": "type__",
        "type_": "type_",
        "2nd": "a2nd",
    }
    for order in permutations(given):
        assert distinct(order, ("type",), plain=True) == wanted


def test_a_portions_own_ids_are_forgotten_with_it() -> None:
    numbers = Numbers()
    numbers.begin("d/1")
    assert [numbers.of(id) for id in ("d/1/a", "council", "d/1", "d/1/a")] == [0, 1, 2, 0]
    numbers.begin("d/2")
    assert [numbers.of(id) for id in ("d/2/a", "council", "d/1")] == [3, 1, 2]
    assert numbers._own.keys() == {"d/2/a"}
    numbers.begin("")
    assert [numbers.of(id) for id in ("d/3/a", "d/3/a", "council")] == [4, 4, 1]


@pytest.mark.parametrize("view", VIEWS)
def test_no_portion_speaks_of_what_another_owns(sample_kg: KnowledgeGraph, view: str) -> None:
    told: list[Portion] = list(portions(sample_kg, Scope(), view))
    owners = {portion.owner for portion in told if portion.owner}
    for portion in told:
        ends = {end for edge in portion.edges for end in (edge.source, edge.target)}
        for id in ends | {node.id for node in portion.nodes}:
            owner = next((one for one in owners if id.startswith(f"{one}/")), portion.owner)
            assert owner == portion.owner


def test_what_is_shared_stands_no_taller_than_the_blocks() -> None:
    blocks = Blocks(1)  # there is room for two
    own = blocks.placed([Node("d/1", "finding", "f")], ["law/0"])
    laws = [Node(f"law/{number:02}", "law", "l") for number in range(40)]
    placed = blocks.placed_shared([*laws, *(Node(f"c/{n}", "council", "c") for n in range(20))])
    assert max(node.place[1] for node in placed) <= 2 * 8 * ROW_HEIGHT
    assert len({node.place for node in (*own, *placed)}) == 61
    columns = Counter(node.place[0] for node in placed)
    assert sorted(columns.values()) == [10, 10, 13, 13, 14]
    left = [x for x in columns if x < 0]
    assert sorted(left) == [-2 * COLUMN_WIDTH, -COLUMN_WIDTH]
    assert all(x > own[0].place[0] for x in columns if x >= 0)


@pytest.mark.parametrize("view", VIEWS)
def test_no_two_nodes_stand_at_one_place(sample_kg: KnowledgeGraph, view: str) -> None:
    places = Counter(node.place for node in project(sample_kg, Scope(), view).nodes)
    assert places.most_common(1)[0][1] == 1


@pytest.mark.parametrize(("decisions", "diameter"), [(1, 10.0), (8, 22.0), ("several", 10.0)])
def test_a_node_is_as_large_as_decisions_mention_it(decisions: int | str, diameter: float) -> None:
    assert size(Node("n", "council", "n", {"decisions": decisions})) == diameter
