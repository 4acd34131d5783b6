"""Full-text search over decisions: an index that SQLite's FTS5 keeps in the ledger.

Indexed are the words of a decision's summary and paragraphs, its reference, its authorities, its
subject and the legislation that it cites. The index holds no text of its own ("contentless",
FTS5, section 4.4.1, https://www.sqlite.org/fts5.html): texts stand in the records, and the words
around a hit are found again in the one decision that is shown.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from graph.triples.provision import label
from ontology.model import Decision

SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    named, text, content='', tokenize="unicode61 remove_diacritics 2"
);
"""
_TOKENS = "unicode61 remove_diacritics 2"
_OPEN, _CLOSE = "\x02", "\x03"
"""Stand around a hit while SQLite hands it over; no text of a decision has them."""
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_AROUND = 40
"""Words of an excerpt."""


class Words(NamedTuple):
    """What a decision is found by."""

    named: str
    """What it is called by: references, authorities, subject, legislation."""
    text: str
    """What it says."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words around the hits in one paragraph."""

    paragraph: int
    pieces: tuple[tuple[str, bool], ...]
    """Pieces of its text in order, each with whether it is a hit."""


def index(db: sqlite3.Connection, number: int, words: Words) -> None:
    """Add the decision of that number, which is not indexed."""
    db.execute("INSERT INTO words (rowid, named, text) VALUES (?,?,?)", (number, *words))


def remove(db: sqlite3.Connection, number: int, words: Words) -> None:
    """Take out the decision of that number, with the words that it was added with."""
    db.execute(
        "INSERT INTO words (words, rowid, named, text) VALUES ('delete',?,?,?)",
        (number, *words),
    )


def clear(db: sqlite3.Connection) -> None:
    """Take out everything."""
    db.execute("INSERT INTO words (words) VALUES ('delete-all')")


def found(db: sqlite3.Connection, words: str) -> list[str]:
    """IRIs of the decisions that hold every word, the most relevant (BM25) first.

    Words in quotation marks have to follow each other; the last word may be the beginning of
    one. Nothing is found for words without a letter or digit.
    """
    query = _query(words)
    if not query:
        return []
    rows = db.execute(
        "SELECT iri FROM words JOIN decision ON decision.id = words.rowid "
        "WHERE words MATCH ? ORDER BY bm25(words, 10.0, 1.0), iri",
        (query,),
    )
    return [iri for (iri,) in rows]


def excerpt(decision: Decision, words: str) -> Excerpt | None:
    """The paragraph of a decision that fits best, around its hits; None where only names fit."""
    query = _query(words, joined=" OR ")
    if not query:
        return None
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE paragraph USING fts5(text, tokenize="{_TOKENS}")')
        db.executemany(
            "INSERT INTO paragraph (rowid, text) VALUES (?,?)",
            ((each.number, each.text) for each in decision.paragraphs),
        )
        row = db.execute(
            f"SELECT rowid, snippet(paragraph, 0, ?, ?, ' … ', {_AROUND}) FROM paragraph "
            "WHERE paragraph MATCH ? ORDER BY rank, rowid LIMIT 1",
            (_OPEN, _CLOSE, query),
        ).fetchone()
    return Excerpt(row[0], tuple(_pieces(row[1]))) if row else None


def indexed_words(decision: Decision) -> Words:
    """What a decision is indexed by."""
    reference = decision.reference or ""
    names = [reference, reference.replace(" ", "")]  # people write it both ways
    names += [each.name or "" for each in decision.authorities]
    names += [decision.category.name or "", decision.category.subcategory or ""]
    cited = (each.id for each in decision.citations if each.kind == "statute" and each.id)
    names += map(label, cited)
    told = [decision.summary or "", *(paragraph.text for paragraph in decision.paragraphs)]
    return Words("\n".join(dict.fromkeys(names)), "\n".join(told))


def _query(words: str, joined: str = " AND ") -> str:
    """Words as a query of FTS5 in which nothing is taken for its syntax."""
    found = list(_phrases(words))
    terms = ['"' + phrase.replace('"', "") + '"' for phrase, _ in found]
    if found and not found[-1][1]:
        terms[-1] += "*"  # still being typed, perhaps
    return joined.join(terms)


def _phrases(words: str) -> Iterator[tuple[str, bool]]:
    # to SQLite a query ends at the first of these
    for match in _PHRASE.finditer(words.replace("\0", " ")):
        quoted, single = match.groups()
        text = quoted if quoted is not None else single
        if any(c.isalnum() for c in text):
            yield text, quoted is not None


def _pieces(marked: str) -> Iterator[tuple[str, bool]]:
    for index, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if piece:
            yield piece, bool(index % 2)
