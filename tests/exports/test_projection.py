"""RDF as nodes and edges: what each view holds, and that nothing is merged or lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from exports.exporter import ExportError
from exports.layout import ROW_HEIGHT, layout
from exports.network import Edge, cells, flatten
from exports.open_graph.typed_network import typed
from exports.projection import VIEWS, portions, project
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from tests import factories

TARNBECK = mint.decision("22 900 014", "X08000001")
EDUCATION = Scope(references=("22 900 014",))


def _count(kg: KnowledgeGraph, pattern: str) -> int:
    ((number,),) = kg.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(number)


@pytest.mark.parametrize(
    ("kind", "class_"),
    [
        ("decision", "Decision"),
        ("complaint", "Complaint"),
        ("complaint part", "ComplaintPart"),
        ("complainant", "Complainant"),
        ("finding", "Finding"),
        ("injustice", "Injustice"),
        ("remedy", "Remedy"),
        ("reason", "Reason"),
        ("unread mention", "UnreadMention"),
        ("investigation", "Investigation"),
    ],
)
def test_the_full_view_has_as_many_nodes_as_the_store(
    kind: str, class_: str, kg: KnowledgeGraph
) -> None:
    nodes = project(kg, Scope(), "full").kinds()[kind]
    assert nodes == _count(kg, f"?node a fl:{class_}") > 0


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("causedInjustice", "?a fl:causedInjustice ?b"),
        ("remedies", "?a fl:remedies ?b"),
        ("faultType", "?a fl:faultType ?b"),
        ("citesAsJurisdiction", "?a a fl:Citation ; fl:citationRole citationrole:jurisdiction"),
        ("sharedWith", "?a fl:sharedWith ?b"),
        ("followsFrom", "?a fl:followsFrom ?b"),
        ("investigatedIn", "?a fl:investigatedIn ?b"),
    ],
)
def test_the_full_view_has_as_many_edges_as_the_store(
    kind: str, pattern: str, kg: KnowledgeGraph
) -> None:
    edges = [edge for edge in project(kg, Scope(), "full").edges if edge.kind == kind]
    assert len(edges) == _count(kg, pattern) > 0


@pytest.mark.parametrize("view", VIEWS)
def test_every_edge_has_two_ends_and_its_own_id(view: str, kg: KnowledgeGraph) -> None:
    network = project(kg, Scope(), view)
    ids = {node.id for node in network.nodes}
    assert {end for edge in network.edges for end in (edge.source, edge.target)} <= ids
    assert len({edge.id for edge in network.edges}) == len(network.edges) > 0


@pytest.mark.parametrize("view", VIEWS)
def test_portions_name_each_node_once_and_no_edge_leads_nowhere(
    view: str, kg: KnowledgeGraph
) -> None:
    told = list(portions(kg, Scope(), view))
    nodes = [node.id for portion in told for node in portion.nodes]
    assert len(nodes) == len(set(nodes)) > 0
    ends = {end for portion in told for edge in portion.edges for end in (edge.source, edge.target)}
    assert ends <= set(nodes)


def test_passages_are_folded_into_what_they_are_evidence_of(kg: KnowledgeGraph) -> None:
    nodes = {node.id: node for node in project(kg, EDUCATION, "full").nodes}
    finding = cells(nodes[f"{TARNBECK}/finding/f1"])
    assert finding["quote"] == (
        "The Council delayed arranging alternative provision for Z. This was fault."
    )
    assert finding["paragraph"] == 6
    assert finding["rule"] == "fault.delay"
    remedy = cells(nodes[f"{TARNBECK}/remedy/r2"])
    assert (remedy["amount"], remedy["total"], remedy["count"]) == (600.0, 1200.0, 2.0)
    assert (remedy["currency"], remedy["due_date"]) == ("GBP", "2022-10-15")
    assert nodes[f"{TARNBECK}/remedy/r2"].label == "Payment for lost education: £1,200"


def test_parallel_edges_are_kept(tmp_path: Path) -> None:
    citations = factories.decision().citations
    twice = factories.decision(citations=citations + citations[2:])
    with factories.build_graph((twice,), tmp_path / "kg") as graph:
        network = project(graph, Scope(), "full")
    law = mint.legislation("ukpga/1996/56/section/19")
    parallel = [e for e in network.edges if (e.source, e.target) == (TARNBECK, law)]
    assert len(parallel) == 2
    assert typed(network).number_of_edges(TARNBECK, law) == 2


def test_an_unresolved_citation_stays_a_node(tmp_path: Path) -> None:
    citation = factories.decision().citations[0]
    from dataclasses import replace

    unknown = replace(citation, id=None, text="the Unknown Act 1066")
    with factories.build_graph((factories.decision(citations=(unknown,)),), tmp_path) as graph:
        labels = {n.label for n in project(graph, Scope(), "full").nodes if n.kind == "citation"}
    assert labels == {"the Unknown Act 1066"}


def test_the_chain_reads_from_council_to_remedy(kg: KnowledgeGraph) -> None:
    edges = {
        (edge.source.removeprefix(TARNBECK), edge.label, edge.target.removeprefix(TARNBECK))
        for edge in project(kg, EDUCATION, "chain").edges
    }
    assert edges >= {
        ("", "is about", mint.council("X08000001")),
        ("", "found", "/finding/f1"),
        ("/finding/f1", "caused", "/injustice/i1"),
        ("/remedy/r2", "puts right", "/injustice/i1"),
        ("/remedy/r4", "puts right", "/finding/f1"),
        ("", "led to", "/remedy/r1"),
    }
    assert ("", "led to", "/remedy/r2") not in edges


def test_the_decisions_view_makes_findings_and_remedies_edges(kg: KnowledgeGraph) -> None:
    network = project(kg, Scope(), "decisions")
    assert not {"injustice", "remedy", "reason", "complaint"} & network.kinds().keys()
    fault = mint.concept("fault", "delay")
    (delay,) = [e for e in network.edges if (e.source, e.target) == (TARNBECK, fault)]
    assert delay.label == "found"
    assert delay.attributes["status"] == "fault-with-injustice"
    assert delay.passages[0].paragraph == 6
    sums = [e.attributes.get("total") for e in network.edges if e.kind == "remedyType"]
    assert 1200.0 in sums
    assert len(sums) == 6


def test_the_summary_counts_investigations(tmp_path: Path) -> None:
    joint = [factories.decision(reference=f"22 900 014{suffix}") for suffix in ("", "a", "b")]
    other = factories.housing_decision(related=())
    with factories.build_graph((*joint, other), tmp_path) as graph:
        network = project(graph, Scope(), "summary")
    weights = {(e.source, e.target): e.attributes for e in network.edges}
    delay = mint.concept("fault", "delay")
    assert weights[mint.council("X08000001"), delay] == {"weight": 1, "decisions": 3}
    assert weights[delay, mint.concept("remedy", "apology")] == {"weight": 2, "decisions": 4}


def test_a_refused_remedy_is_not_counted_as_agreed(tmp_path: Path) -> None:
    from dataclasses import replace

    made = factories.housing_decision()
    refused = tuple(replace(remedy, status="refused") for remedy in made.remedies)
    with factories.build_graph((replace(made, remedies=refused),), tmp_path) as graph:
        kinds = project(graph, Scope(), "summary").kinds()
    assert kinds["fault type"] == 2
    assert "remedy type" not in kinds


def test_flatten_gives_one_scalar() -> None:
    assert flatten("n", "type", ["b", "a", "b"]) == "a | b"
    assert flatten("n", "amount", "150.50") == 150.5
    assert flatten("n", "fictional", "true") is True
    assert flatten("n", "type", None) is None
    assert flatten("n", "type", []) is None


@pytest.mark.parametrize(("name", "value"), [("amount", "a lot"), ("colour", "red")])
def test_what_cannot_be_carried_names_the_node(name: str, value: str) -> None:
    with pytest.raises(ExportError, match="node-7"):
        flatten("node-7", name, value)


def test_the_layout_reads_from_left_to_right(kg: KnowledgeGraph) -> None:
    network = project(kg, Scope(), "chain")
    places = layout(network)
    assert places == layout(network)
    assert len(set(places.values())) == len(network.nodes)
    kinds = {node.id: node.kind for node in network.nodes}
    column = {kinds[id]: x for id, (x, _) in places.items()}
    order = ["council", "decision", "finding", "injustice", "remedy", "law"]
    assert sorted(order, key=column.__getitem__) == order


def test_linked_things_stand_near_each_other(kg: KnowledgeGraph) -> None:
    places = layout(project(kg, Scope(), "chain"))
    for reference, gss in (("22 900 014", "X08000001"), ("23 900 021", "X06000001")):
        council, decision = mint.council(gss), mint.decision(reference, gss)
        assert places[council][1] == places[decision][1]


def test_an_unknown_view_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match="full, chain, decisions, summary"):
        project(kg, Scope(), "everything")


def test_edges_need_no_attributes() -> None:
    assert cells(Edge("e", "a", "b", "kind", "label")) == {}


def test_links_between_shared_nodes_are_not_repeated(tmp_path: Path) -> None:
    with factories.build_graph(factories.many(3), tmp_path) as graph:
        edges = project(graph, Scope(), "full").edges
    parts = [edge for edge in edges if edge.kind == "eli:is_part_of"]
    assert len({edge.id for edge in edges}) == len(edges)
    assert len(parts) == 5


def test_decisions_stand_in_bands_of_their_own(tmp_path: Path) -> None:
    with factories.build_graph(factories.many(3), tmp_path) as graph:
        network = project(graph, Scope(), "chain")
    places = layout(network)
    bands = []
    for decision in [node.id for node in network.nodes if node.kind == "decision"]:
        rows = [y for id, (_, y) in places.items() if id.startswith(decision)]
        bands.append((min(rows), max(rows)))
    for (_, bottom), (top, _) in pairwise(sorted(bands)):
        assert top - bottom > ROW_HEIGHT


def test_nothing_overlaps_in_a_column(tmp_path: Path) -> None:
    with factories.build_graph((*factories.many(12), *factories.sample()[1:]), tmp_path) as graph:
        places = layout(project(graph, Scope(), "chain"))
    columns: dict[float, list[float]] = {}
    for x, y in places.values():
        columns.setdefault(x, []).append(y)
    assert len(columns) == 6
    for rows in columns.values():
        rows.sort()
        assert all(below - above >= ROW_HEIGHT - 0.1 for above, below in pairwise(rows))
