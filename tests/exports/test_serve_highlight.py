"""Marked passages: pieces join to the text, and every span keeps its bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exports.serve.decision.highlight import Span, pieces


def shown(text: str, offset: int, spans: list[Span]) -> list[tuple[str, list[int]]]:
    return [
        (piece.text, [span.id for span in piece.spans]) for piece in pieces(text, offset, spans)
    ]


def test_overlapping_spans_are_cut_at_every_boundary() -> None:
    spans = [Span(1, 10, 14, "fault"), Span(2, 12, 16, "injustice")]
    assert shown("abcdefgh", 10, spans) == [("ab", [1]), ("cd", [1, 2]), ("ef", [2]), ("gh", [])]


def test_the_longer_of_two_spans_from_one_place_stands_outside() -> None:
    spans = [Span(1, 0, 2, "remedy"), Span(2, 0, 4, "fault")]
    assert shown("abcd", 0, spans) == [("ab", [2, 1]), ("cd", [2])]


def test_a_span_beyond_the_text_is_cut_and_still_begins_and_ends() -> None:
    (only,) = pieces("abc", 5, [Span(7, 0, 99, "law")])
    assert [span.id for span in only.begins] == [7]
    assert [span.id for span in only.ends] == [7]


def test_spans_outside_and_empty_ones_are_left_out() -> None:
    spans = [Span(1, 0, 5, "law"), Span(2, 8, 9, "law"), Span(3, 6, 6, "law")]
    assert shown("abc", 5, spans) == [("abc", [])]


def test_offsets_count_code_points() -> None:
    assert shown("😀é fault", 0, [Span(1, 3, 8, "fault")])[-1] == ("fault", [1])


@given(
    st.text(max_size=40),
    st.integers(0, 20),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8),
)
def test_pieces_give_the_text_and_every_span_back(
    text: str, offset: int, bounds: list[tuple[int, int]]
) -> None:
    spans = [Span(index, min(a, b), max(a, b), "fault") for index, (a, b) in enumerate(bounds)]
    found = pieces(text, offset, spans)
    assert "".join(piece.text for piece in found) == text
    for span in spans:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(text))
        covered = "".join(piece.text for piece in found if span in piece.spans)
        assert covered == (text[start:end] if start < end else "")
        assert sum(span in piece.begins for piece in found) == (1 if covered else 0)
        assert sum(span in piece.ends for piece in found) == (1 if covered else 0)
