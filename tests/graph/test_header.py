"""The header grammar: titles, labelled fields, dates, outcomes and what the source adds."""

from __future__ import annotations

from datetime import date

import pytest

from graph.layouts.cleaning import clean_lines
from graph.layouts.header import HeaderReader
from graph.layouts.header_values import read_date, read_mirrored, read_outcome, read_reference


def _read(text: str, metadata: dict[str, str] | None = None, name: str = "x.txt") -> HeaderReader:
    lines = clean_lines(text)
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line.text) + 1
    reader = HeaderReader()
    reader.read_lines(lines, starts)
    reader.read_metadata(metadata or {}, name)
    return reader


def test_packed_header() -> None:
    header = _read(
        "Northmoor City Council (23 900 001)\nCategory : Housing > Allocations\n"
        "Decision : Not upheld\nDecision date : 06 Apr 2024"
    ).header()
    assert header.body == "Northmoor City Council"
    assert header.reference == "23 900 001"
    assert (header.category, header.subcategory) == ("Housing", "Allocations")
    assert header.outcome == "not-upheld"
    assert header.date == date(2024, 4, 6)


def test_labels_and_values_on_lines_of_their_own() -> None:
    text = (
        "Category :\nBenefits and tax\n>\nCouncil tax\nDecision :\nUpheld\nDecision date :\n"
        "2 March 2017"
    )
    reader = _read(text)
    header = reader.header()
    assert (header.category, header.subcategory) == ("Benefits and tax", "Council tax")
    assert (header.outcome, header.date) == ("upheld", date(2017, 3, 2))
    clean = "\n".join(line.text for line in clean_lines(text))
    printed = {field: clean[a:b] for field, (a, b) in reader.spans.items()}
    assert printed == {
        "category": "Benefits and tax",
        "subcategory": "Council tax",
        "outcome": "Upheld",
        "date": "2 March 2017",
    }
    assert reader.problems == ["no reference found"]


@pytest.mark.parametrize(
    ("title", "body", "reference"),
    [
        ("Care (Tarn) Limited (24 900 002)", "Care (Tarn) Limited", "24 900 002"),
        ("NHS Tarn Board (TB) (24 900 003a)", "NHS Tarn Board (TB)", "24 900 003a"),
        (
            "Saltmarsh\u00a0Council (24\u00a0900\u00a0004)",
            "Saltmarsh Council",
            "24 900 004",
        ),
        ("Saltmarsh Council (24-900-004 C)", "Saltmarsh Council", "24 900 004c"),
        ("24 900 005", None, "24 900 005"),
        ("Complaint reference: 24 900 006", None, "24 900 006"),
    ],
)
def test_title_line(title: str, body: str | None, reference: str) -> None:
    header = _read(title).header()
    assert (header.body, header.reference) == (body, reference)


def test_source_fills_what_the_text_lacks_and_never_overrules_it() -> None:
    header = _read(
        "Saltmarsh Council (24 900 004)",
        {
            "reference": "11 900 999",
            "outcome": "Upheld",
            "date": "2025-01-31",
            "url": "https://www.lgo.org.uk/decisions/housing/allocations/24-900-004?chapter=0",
        },
    ).header()
    assert header.reference == "24 900 004"
    assert (header.outcome, header.date) == ("upheld", date(2025, 1, 31))
    assert (header.category, header.subcategory) == (None, None)
    assert (header.category_slug, header.subcategory_slug) == ("housing", "allocations")


@pytest.mark.parametrize("name", ["24-900-007.txt", "a.zip!/24-900-007.html", "lgo-24-900-007.txt"])
def test_a_file_named_after_its_reference_gives_it(name: str) -> None:
    assert _read("Category : Housing", name=name).header().reference == "24 900 007"


@pytest.mark.parametrize("name", ["all.jsonl#3", "24-900.txt", "2024-900-007.txt"])
def test_other_names_give_no_reference(name: str) -> None:
    reader = _read("Category : Housing", name=name)
    assert reader.header().reference is None
    assert reader.problems == ["no reference found"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06 Apr 2025", date(2025, 4, 6)),
        ("6 April 2025.", date(2025, 4, 6)),
        ("6th of September, 2025", date(2025, 9, 6)),
        ("05-Jan-2026", date(2026, 1, 5)),
        ("2025-04-06", date(2025, 4, 6)),
        ("06/04/2025", date(2025, 4, 6)),
        ("31 Feb 2025", None),
        ("6 Floreal 2025", None),
        ("soon", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("UPHELD", "upheld"),
        ("Upheld: maladministration and injustice", "upheld"),
        ("Not upheld: no maladministration", "not-upheld"),
        (
            "Closed after initial enquiries: out of jurisdiction",
            "closed-after-initial-enquiries",
        ),
        ("Referred back for local resolution", None),
    ],
)
def test_outcomes(text: str, outcome: str | None) -> None:
    assert read_outcome(text) == outcome


def test_a_field_that_cannot_be_understood_is_a_problem_not_a_guess() -> None:
    reader = _read(
        "Saltmarsh Council (24 900 004)\nDecision : Settled\nDecision date : 31 Feb 2024"
    )
    header = reader.header()
    assert (header.outcome, header.date) == (None, None)
    assert len(reader.problems) == 2


@pytest.mark.parametrize("text", ["24 900 00", "", "24 900 0045"])
def test_no_reference(text: str) -> None:
    assert read_reference(text) is None


def test_line_of_a_listing() -> None:
    reader = _read("Saltmarsh Council (24 900 004)\nReport Not upheld Allocations 05-Jan-2025")
    header = reader.header()
    assert (header.outcome, header.subcategory) == ("not-upheld", "Allocations")
    assert (header.date, reader.type) == (date(2025, 1, 5), "report")


@pytest.mark.parametrize(
    ("sector", "category", "expected"),
    [
        ("Local government", "Benefits and tax", ("Benefits and tax", None)),
        (
            "Transport And Highways",
            "Parking And Other Penalties",
            ("Transport and highways", "Parking and other penalties"),
        ),
        (
            "Local government",
            "Planning > Planning applications",
            ("Planning", "Planning applications"),
        ),
        ("Moon", "Craters", ("Moon", "Craters")),
    ],
)
def test_category_of_a_mirror(sector: str, category: str, expected: tuple[str, str | None]) -> None:
    assert read_mirrored(sector, category) == expected
