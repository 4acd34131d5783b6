"""Statements of any decision are RDF whatever its words are: the store takes them unchecked."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from graph.addition import addition
from ontology.model import Decision
from tests import factories
from tests.ontology.test_record import values


def _parsed(quads: bytes) -> int:
    """How many statements a reader finds that checks every IRI, language tag and escape."""
    return len(set(ox.parse(quads, format=ox.RdfFormat.N_QUADS)))


@given(values(Decision))
@settings(max_examples=200, deadline=None)
def test_any_words_become_statements_that_a_strict_reader_reads(decision: Decision) -> None:
    known = tuple(replace(each, kind="school") for each in decision.authorities)
    added, quads = addition(replace(decision, authorities=known), "1.0")
    assert _parsed(quads) == added.counts["statements"]


@pytest.mark.parametrize("words", [factories.HOSTILE_WORDS, "<>", "a\nb", "%zz", "é \x00"])
def test_so_do_hostile_ones(words: str) -> None:
    added, quads = addition(factories.hostile_decision(words), words)
    assert _parsed(quads) == added.counts["statements"]
