"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import faultlines
from graph.knowledge_graph import KnowledgeGraph
from ontology.model import Decision
from tests import factories
from tests.answers import SAMPLE


@pytest.fixture
def decision() -> Decision:
    """One rich upheld decision."""
    return factories.decision()


@pytest.fixture(scope="session")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """A graph of four decisions on disk, open for reading; never written by a test."""
    with factories.build_graph(factories.sample(), tmp_path_factory.mktemp("kg")) as graph:
        yield graph


@pytest.fixture(scope="session")
def sample_kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """A graph built from the bundled sample of fictional decisions."""
    folder = tmp_path_factory.mktemp("sample")
    faultlines.build([SAMPLE], folder)
    with KnowledgeGraph.open(folder) as graph:
        yield graph


@pytest.fixture(scope="session")
def hostile_kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """A graph of one decision with hostile words in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    with factories.build_graph((factories.hostile_decision(),), folder) as graph:
        yield graph


@pytest.fixture(scope="session")
def hostile_xml_kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """The same with words that XML can carry: without control characters."""
    folder = tmp_path_factory.mktemp("hostile-xml")
    decision = factories.hostile_decision(factories.HOSTILE_IN_XML)
    with factories.build_graph((decision,), folder) as graph:
        yield graph
