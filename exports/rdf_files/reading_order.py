"""The order in which a person reads statements: subject by subject, its type first."""

from __future__ import annotations

from collections.abc import Iterable

_TYPE = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "


def in_reading_order(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Sorted lines of N-Triples with the type of each subject before its other statements.

    Holds the statements of one subject at a time.
    """
    subject, types, others = b"", list[bytes](), list[bytes]()
    for line in lines:
        found = line[: line.index(b" ")]
        if found != subject:
            yield from types
            yield from others
            subject, types, others = found, [], []
        (types if line.startswith(_TYPE, len(found)) else others).append(line)
    yield from types
    yield from others
