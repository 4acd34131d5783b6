"""Cleaning drops what the page or the copy added and keeps every word of the decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layouts.cleaning import clean_lines, fold


def _texts(text: str) -> list[str]:
    return [line.text for line in clean_lines(text)]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\ufeffA council\u00a0tax\u2009bill", ["A council tax bill"]),
        (
            "one\r\ntwo\rthree\u2028four\x0cfive",
            ["one", "two", "three", "four", "five"],
        ),
        (
            "zero\u200bwidth soft\u00adhyphen \u202eno override",
            ["zerowidth softhyphen no override"],
        ),
        ("bell\x07 null\x00 lone\ud800", ["bell null lone"]),
        ("pays  him   £500", ["pays him £500"]),
        ("‘fault’ – “as it stands”", ["‘fault’ – “as it stands”"]),
        ("\uf0b7 item", ["• item"]),
    ],
    ids=[
        "spaces",
        "breaks",
        "invisible",
        "controls",
        "runs",
        "quotes kept",
        "Symbol bullet",
    ],
)
def test_characters(raw: str, clean: list[str]) -> None:
    assert _texts(raw) == clean


@pytest.mark.parametrize(
    "line",
    [
        "Back to top",
        "Print this page",
        "LGO logogram",
        ";",
        "Privacy settings",
        "We recommend you set these ‘ON’.",
        "Final decision 3",
        "Page 2 of 9",
    ],
)
def test_lines_of_the_page_are_dropped(line: str) -> None:
    assert _texts(f"Before.\n{line}\nAfter.") == ["Before.", "After."]


@pytest.mark.parametrize(
    "line",
    [
        "Investigator's decision on behalf of the Ombudsman",
        "Investigator’s final decision on behalf of the Ombudsmen",
    ],
)
def test_a_decision_ends_at_its_signature(line: str) -> None:
    assert _texts(f"Before.\n{line}\nCopied by an editor.") == ["Before."]
    more = "A second complaint follows."
    assert _texts(f"Before.\n{line}\n{more}") == ["Before.", more]


@pytest.mark.parametrize(
    "line",
    [
        "Final decision",
        "The council should go back to top floor tenants.",
        "Privacy settings on the website were at fault.",
        "These cookies were eaten.",
        "The Investigator’s decision on behalf of the Ombudsman was late.",
    ],
)
def test_words_of_the_decision_are_kept(line: str) -> None:
    assert _texts(line) == [line]


def test_a_sign_off_glued_to_the_last_sentence_goes_alone() -> None:
    glued = "I have ended my investigation. Investigator's decision on behalf of the Ombudsman"
    assert _texts(glued) == ["I have ended my investigation."]


def test_indents_and_gaps_are_noted() -> None:
    lines = clean_lines("a\n    b\n\nc\nBack to top\nd")
    assert [(line.indent, line.gap) for line in lines] == [
        (0, True),
        (4, False),
        (0, True),
        (0, True),
    ]


def test_fold() -> None:
    assert fold("The Ombudsman’s  “role” – and Powers") == 'the ombudsman\'s "role" - and powers'


@given(st.text())
def test_clean_lines_are_printable_and_cleaning_again_changes_nothing(
    text: str,
) -> None:
    once = _texts(text)
    assert all(line and line == line.strip() and "\n" not in line for line in once)
    "\n".join(once).encode("utf-8")
    assert _texts("\n".join(once)) == once
