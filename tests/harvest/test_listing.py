"""Pages of results and of decisions, as small changes of their markup leave them."""

from __future__ import annotations

import pytest

from graph.harvest.clock import spell
from graph.harvest.listing import check_decision, read_listing
from graph.harvest.refusal import Redesigned
from graph.harvest.site import Site

SITE = Site.of()
PLACE = "housing/allocations/19-007-429"
ITEM = f'<a href="/decisions/{PLACE}">Tarnbeck Council (19 007 429)</a> Statement Upheld'
TEXT = "Summary: Mr X complains about how the Council dealt with his application. There was fault."


def _decision(article: str) -> bytes:
    return f"<html><body>{article}</body></html>".encode()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Your search has 1 result", 1),
        ("<h2>Your search has <strong>1,234</strong>\n results</h2>", 1234),
        ("<p>Your&nbsp;search has <b>12</b>&nbsp;results.</p>", 12),
        ("YOUR SEARCH HAS NO RESULTS", 0),
        ("Your search returned 12 results", 12),
        ("Your search has found 7 decisions", 7),
        ("Archive has 96 results", 96),
        ("Your search<!-- --> has <span>3</span><span> results</span>", 3),
    ],
)
def test_counts(words: str, count: int) -> None:
    assert read_listing(f"<body>{words}</body>".encode(), SITE, "u").count == count


@pytest.mark.parametrize(
    "item",
    [
        ITEM,
        ITEM.replace("href=", "HREF ="),
        ITEM.replace('"', ""),
        ITEM.replace("/decisions/", "https://lgo.org.uk/Decisions/"),
        ITEM.replace("429", "429/?displaypref=n&amp;x=1", 1),
        ITEM.upper(),
        f"<table><tr><td><h3>{ITEM}</h3></table><ul class=pager><li><a href='?page=2'>2</a></ul>",
        f"{ITEM}<a href='/decisions/housing'>Housing</a><a>none</a><a href>empty</a>",
    ],
)
def test_links(item: str) -> None:
    page = f"<body>Your search has 1 result {item}".encode()
    assert read_listing(page, SITE, "u").places == (PLACE,)


@pytest.mark.parametrize(
    "article",
    [
        f'<article id="article">Tarnbeck Council (19 007 429) {TEXT}</article>',
        f"<ARTICLE class='a b' ID=article><p>Tarnbeck Council (19-007-429)</p>{TEXT}</ARTICLE>",
        f'<main><article id="article"><div><h1>19 007 429a</h1>{TEXT}</div></article></main>',
        f'<article id="article"><span class="label">Category :</span> Housing {TEXT}</article>',
        f'<article id="article">Care (Tarnbeck) Ltd (19\u00a0007\u00a0429) {TEXT}</article >',
    ],
)
def test_decisions(article: str) -> None:
    check_decision(_decision(article), "u", PLACE)


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (f'<div id="article">{TEXT}</div>', "article#article"),
        (f'<article id="article">{TEXT}', "cut off"),
        ('<article id="article">Loading ...</article>', "without a decision"),
        (f'<article id="article">X (19 007 428) {TEXT}</article>', "decision 19 007 428, not"),
        (f'<article id="article">{"<b>" * 30_000}{TEXT}</article>', "without an end"),
    ],
)
def test_pages_that_hold_none(article: str, reason: str) -> None:
    with pytest.raises(Redesigned, match=reason):
        check_decision(_decision(article), "u", PLACE)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((21, "21 seconds"), (90, "2 minutes"), (5400, "90 minutes"), (7200, "2 hours")),
        *((29_000, "8.1 hours"), (317_000, "3.7 days"), (31_536_000, "365 days")),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert spell(seconds) == words
