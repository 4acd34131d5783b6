"""The one pass that finds which rules can fire: it never rules out one that matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.folding import fold
from graph.extraction.prefilter import both_literals, required_literals, sufficient_literals
from graph.extraction.reading import Reading
from graph.extraction.rules import names, rules
from graph.extraction.scan import OF_PIECES, candidates_of
from graph.extraction.sentence import LONGEST, sentences, split
from graph.extraction.watching import WATCHED
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from graph.sources.source import read
from tests.test_build import SAMPLE


@pytest.mark.parametrize("name", names())
def test_every_example_contains_what_its_rule_needs(name: str) -> None:
    for rule in rules(name):
        for needed in both_literals(rule.pattern.pattern):
            for example in rule.examples:
                assert needed is None or any(literal in example for literal in needed), rule.id


def test_no_rule_that_matches_a_sentence_is_ruled_out() -> None:
    for raw in read([SAMPLE]):
        assert isinstance(raw, RawDocument)
        reading = Reading.of(parse(raw))
        for sentence in reading.sentences:
            for name in names():
                able = (
                    candidates_of(name, sentence.lower)
                    if name in OF_PIECES
                    else reading.candidates(name, sentence)
                )
                for rule in rules(name):
                    assert rule in able or not rule.pattern.search(sentence.lower), rule.id


def test_what_is_looked_out_for_is_found_where_it_stands() -> None:
    possible = certain = 0
    for raw in read([SAMPLE]):
        assert isinstance(raw, RawDocument)
        reading = Reading.of(parse(raw))
        for sentence in reading.sentences:
            printed = reading.folded[sentence.start : sentence.end]
            for watched in WATCHED:
                if watched.cased:
                    assert watched.possible(sentence) or not watched.pattern.search(printed)
                    continue
                found = watched.pattern.search(sentence.lower)
                assert watched.matches(sentence) == (found is not None), watched.pattern.pattern
                assert (watched.search(sentence) is None) == (found is None)
                possible += watched.possible(sentence)
                certain += found is not None
    assert 0 < certain < possible < len(WATCHED) * certain


def test_before_any_scan_nothing_is_ruled_out() -> None:
    raw = next(iter(read([SAMPLE])))
    assert isinstance(raw, RawDocument)
    document = parse(raw)
    for sentence in sentences(document, fold(document.text)):
        assert all(watched.possible(sentence) for watched in WATCHED)


@pytest.mark.parametrize(
    ("pattern", "first", "second"),
    [
        (r"\bfence\b[^.]{0,40}\b(?:broken|torn)", {"fence"}, None),
        (r"late (?=reply)", {"late reply"}, None),
        (r"\bact\b[^.]{0,40}\bplan", {"plan"}, {"act"}),
        (r"\bplan\b[^.]{0,40}\b(?:overgrown|overlooked)", {"overgrown", "overlooked"}, None),
        (r"\w+|plan", None, None),
    ],
)
def test_what_a_pattern_needs(
    pattern: str, first: set[str] | None, second: set[str] | None
) -> None:
    assert both_literals(pattern) == (first, second)


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


def test_a_look_ahead_says_what_a_pattern_needs() -> None:
    pattern = r",(?<=\w,) (?=(?:and )?there was)|; (?=it did)"
    assert required_literals(pattern) == frozenset({", there was", ", and there was", "; it did"})


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_sentence_longer_than_any_person_writes_is_read_in_pieces() -> None:
    text = "word " * 2000 + "end. Next one. " + "x" * 9000
    pieces = list(split(text, 0, len(text)))
    assert all(0 < end - start <= LONGEST for start, end in pieces)
    joined = "".join(text[start:end] for start, end in pieces)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert "Next one." in [text[start:end] for start, end in pieces]
    assert not any(text[end - 1].isspace() for _, end in pieces)
