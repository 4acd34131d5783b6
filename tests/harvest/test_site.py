"""Addresses: which are decisions, what they are called here, and what is asked of searches."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graph.harvest.asked import Asked
from graph.harvest.refusal import Unusable
from graph.harvest.site import HOME, Site
from graph.harvest.window import Window

SITE = Site.of()
WEEK = Window(date(2024, 1, 1), date(2024, 1, 7))


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("/decisions/education/school-transport/21-012-067", True),
        ("/Decisions/Education/School-Transport/21-012-067/", True),
        ("https://lgo.org.uk/decisions/education/school-transport/21-012-067?chapter=0", True),
        ("http://www.lgo.org.uk/decisions/education/school-transport/21-012-067#top", True),
        ("education/school-transport/21-012-067", True),
        ("  /decisions/education/school-transport/21-012-067\n", True),
        ("/decisions/education/school-transport", False),
        ("/decisions/education/school-transport/21-012", False),
        ("/decisions/education/../../21-012-067", False),
        ("/decisions/education/%2e%2e/21-012-067", False),
        ("/decisions/education/..%2f..%2fx/21-012-067", False),
        ("/decisions/.faultlines/versions/21-012-067", False),
        ("/decisions/con/school-transport/21-012-067", False),
        ("/decisions/education/nul.x/21-012-067", False),
        ("/decisions/education/" + "s" * 101 + "/21-012-067", False),
        ("/decisions/education/school-transport/٢1-012-067", False),
        ("/decisions/educa\x00tion/school/21-012-067", False),
        ("https://lgo.org.uk.example/decisions/education/school-transport/21-012-067", False),
        ("https://www.lgo.org.uk:99999/decisions/education/school-transport/21-012-067", False),
        ("javascript:alert(1)", False),
        ("http://[/decisions", False),
        ("", False),
    ],
)
def test_links_to_decisions(link: str, place: bool) -> None:
    assert SITE.place(link) == ("education/school-transport/21-012-067" if place else None)


@pytest.mark.parametrize("suffix", ["a", "b", "-c"])
def test_references_with_a_suffix_are_others(suffix: str) -> None:
    place = f"health/other/19-018-519{suffix}"
    assert SITE.place(SITE.decision(place)) == place


@given(some.text(max_size=60))
def test_no_link_leads_out_of_the_folder(link: str) -> None:
    for tried in (link, f"/decisions/{link}/21-012-067", f"/decisions/x/{link}/21-012-067"):
        place = SITE.place(tried)
        if place is not None:
            parts = PurePosixPath(place).parts
            assert len(parts) == 3
            assert not any(part.startswith(".") for part in parts)
            assert SITE.place(SITE.decision(place)) == place


def test_addresses_of_searches() -> None:
    assert SITE.search(Asked(), WEEK, 3) == (
        f"{HOME}/Decisions/SearchResults?fd=2024-01-01&td=2024-01-07&dc=c+nu+u+&page=3"
    )
    asked = Asked.of(council="Kingsferry City Council", outcome="Not upheld")
    assert SITE.search(asked, WEEK, 1).endswith("&dc=nu+&aname=Kingsferry+City+Council&page=1")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.lgo.org.uk",
        "www.lgo.org.uk",
        "https://lgo.org.uk/decisions",
        "https://a@b",
        "ftp://127.0.0.1",
        "https://x:y",
    ],
)
def test_sites_that_are_none(url: str) -> None:
    with pytest.raises(Unusable):
        Site.of(url)


def test_this_computer_needs_no_encryption() -> None:
    assert Site.of("http://127.0.0.1:8000").loopback
    assert Site.of("http://localhost:8000/").base == "http://localhost:8000"
    assert not SITE.loopback


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("Education", "education"),
        ("education", "education"),
        ("Education > School transport", "education/school-transport"),
        ("education/school-transport", "education/school-transport"),
        ("School transport", "education/school-transport"),
        ("Adult care services", "adult-care-services"),
    ],
)
def test_categories(said: str, slug: str) -> None:
    asked = Asked.of(category=said)
    assert asked.category == slug
    assert asked.admits(f"{slug}/x/21-000-001")
    assert not asked.admits(f"{slug}-other/x/21-000-001")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"category": "Educatoin"}, "did you mean education"),
        ({"category": "COVID-19"}, "several have"),
        ({"outcome": "maybe"}, "use one of"),
        ({"council": "Wigan Metropolitan Burrough Council"}, "did you mean .*Wigan Met"),
        ({"council": "E99999999"}, "no code"),
        ({"council": " "}, "empty"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "after"),
    ],
)
def test_what_cannot_be_asked_for(words: dict[str, str], message: str) -> None:
    with pytest.raises(Unusable, match=message):
        Asked.of(**words)  # type: ignore[arg-type]


def test_other_bodies_are_asked_for_as_given() -> None:
    assert Asked.of(council="Care Worldwide (Bradford) Limited").council == (
        "Care Worldwide (Bradford) Limited"
    )
    assert Asked.of(council="E08000010").council == "Wigan Metropolitan Borough Council"
