"""The one pass that finds which rules can fire: it never rules out one that matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.folding import fold
from graph.extraction.prefilter import required_literals, sufficient_literals
from graph.extraction.reading import Reading
from graph.extraction.rules import names, rules
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from graph.sources.source import read
from tests.test_build import SAMPLE


@pytest.mark.parametrize("name", names())
def test_every_example_contains_what_its_rule_needs(name: str) -> None:
    for rule in rules(name):
        needed = required_literals(rule.pattern.pattern)
        for example in rule.examples:
            assert needed is None or any(literal in example for literal in needed), rule.id


def test_no_rule_that_matches_a_sentence_is_ruled_out() -> None:
    for raw in read([SAMPLE]):
        assert isinstance(raw, RawDocument)
        reading = Reading.of(parse(raw))
        for sentence in reading.sentences:
            for name in names():
                able = reading.candidates(name, sentence)
                for rule in rules(name):
                    assert rule in able or not rule.pattern.search(sentence.lower), rule.id


def test_a_pattern_that_leaps_finds_what_the_plain_one_finds() -> None:
    texts = [fold(raw.text) for raw in read([SAMPLE]) if isinstance(raw, RawDocument)]
    for name in names():
        for rule in rules(name):
            plain = re.compile(rule.pattern.pattern)
            for text in (*rule.examples, *rule.counterexamples, *texts[:2]):
                found = [(m.span(), m.groups()) for m in rule.pattern.finditer(text)]
                assert found == [(m.span(), m.groups()) for m in plain.finditer(text)], rule.id


@pytest.mark.parametrize(
    "pattern", [r"\bno\b|fault|uph[eo]ld", r"\bcaus\w+|results?\b", r"too |n't\b|\(a\)"]
)
def test_what_is_enough_for_a_pattern_matches_it(pattern: str) -> None:
    assert sufficient_literals(pattern)
    for literal in sufficient_literals(pattern):
        assert re.search(pattern, literal)


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
