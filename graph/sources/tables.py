"""Records in CSV and tab-separated files, read row by row however long the file is."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator
from typing import IO

from graph.sources.fields import names_text, read_record
from graph.sources.json_records import bounded_lines
from graph.sources.raw import MAX_DOCUMENT, UTF16, RawDocument, Unreadable, decode

_ADVICE = 'name the columns in the first row, the one with the decision\'s text "text"'
_SEPARATORS = ",;\t|"
_SHOWN = 12
"""Columns that a message lists."""


def read_table(name: str, stream: IO[bytes]) -> Iterator[RawDocument | Unreadable]:
    """The records of a table whose first row names the fields; ``name#2`` is its second row.

    Separators are commas, semicolons, tabs or bars, whichever the first row has most of; quotes
    are as in RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180).
    """
    lines = bounded_lines(stream)
    first = next(lines, b"")
    if first.startswith(UTF16):
        yield Unreadable(name, "this table is in UTF-16", "save it as CSV in UTF-8")
        return
    heading = decode(first)
    separator = max(_SEPARATORS, key=heading.count)
    csv.field_size_limit(MAX_DOCUMENT)
    texts = itertools.chain([heading], map(decode, lines))
    number = 0
    try:
        rows = csv.reader(texts, delimiter=separator, strict=True)
        fields = next(rows, [])
        if not names_text(fields):
            shown = ", ".join(repr(field[:40]) for field in fields[:_SHOWN]) or "none"
            yield Unreadable(name, f"no column has the text; the columns are {shown}", _ADVICE)
            return
        for number, row in enumerate(rows, 2):
            if row:
                record = dict(zip(fields, row, strict=False))
                yield from read_record(f"{name}#{number}", record, json.dumps(record).encode())
    except csv.Error as error:
        reason = f"the table is damaged after row {max(number, 1)} ({error})"
        yield Unreadable(name, reason, "check the quotes and the line ends in the next row")
