"""Due dates: the words, the date, and how it was reached."""

from __future__ import annotations

from datetime import date

import pytest

from graph.extraction.extractors.remedies.due import add_working_days, read_due

DECIDED = date(2022, 1, 31)


@pytest.mark.parametrize(
    ("text", "due", "basis"),
    [
        ("by 4 september 2024 the council will:", date(2024, 9, 4), "absolute"),
        ("by the end of october 2023 it will", date(2023, 10, 31), "absolute"),
        ("within four weeks of my final decision", date(2022, 2, 28), "relative"),
        ("within one month of the date of this decision", date(2022, 2, 28), "relative"),
        ("within three months of the final decision", date(2022, 4, 30), "relative"),
        ("within two weeks, the council has agreed to", date(2022, 2, 14), "assumed"),
        ("within 10 working days of this decision", date(2022, 2, 14), "relative"),
        ("within six weeks of receiving her evidence", None, "relative"),
        ("within three months of the owner's answer", None, "relative"),
        ("by the end of 2022 it will trace the others", date(2022, 12, 31), "absolute"),
        ("by 1 march it will pay her", date(2022, 3, 1), "absolute"),
        ("before the end of may it will pay her", date(2022, 5, 31), "absolute"),
        ("by the end of january 2023 it will pay her", date(2023, 1, 31), "absolute"),
        ("it will do so by the close of this year", date(2022, 12, 31), "absolute"),
        ("before six weeks are out it will pay her", date(2022, 3, 14), "relative"),
        ("it will apologise within a fortnight of this decision", date(2022, 2, 14), "relative"),
        (
            "the council, which accepts this, will pay within two weeks",
            date(2022, 2, 14),
            "assumed",
        ),
    ],
)
def test_deadlines(text: str, due: date | None, basis: str) -> None:
    found = read_due(text, DECIDED)
    assert found is not None
    assert (found.date, found.basis) == (due, basis)
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "the council will apologise",
        "she has one month to appeal",
        "write off the bill for the time before 1 october 2019",
        "identify everyone who applied in the two years to march 2021",
        "pay her £50 for each of the eight weeks after the first six",
        "write a procedure which makes sure claims are answered within five working days",
    ],
)
def test_no_deadline(text: str) -> None:
    assert read_due(text, DECIDED) is None


def test_without_a_date_of_decision_the_words_stay() -> None:
    found = read_due("within one month of our final decision", None)
    assert found is not None
    assert (found.date, found.basis) == (None, "relative")


def test_working_days_leave_out_bank_holidays() -> None:
    # the long weekend of the Platinum Jubilee, 2 to 5 June 2022
    assert add_working_days(date(2022, 6, 1), 1) == date(2022, 6, 6)
