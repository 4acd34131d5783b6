"""JSON (RFC 8259) for the graph formats that are JSON: numbers exact, never NaN."""

from __future__ import annotations

import json
from collections.abc import Collection
from math import isfinite
from typing import Any, ClassVar

from exports.content import Content
from exports.graph_files.graph_file import EXACT, GraphWriter, NotCarried
from exports.graph_files.names import JAVASCRIPT, PASSAGE, distinct
from exports.network import Edge, Node, Scalar, cells

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_bytes(value: Any) -> bytes:
    """A value as JSON in UTF-8, keys in their order, without spaces."""
    return _encode(value).encode()


def checked(name: str, value: Scalar, largest: int = EXACT) -> Scalar:
    """The value itself.

    Raises :class:`~exports.graph_files.graph_file.NotCarried` for a number that JSON cannot
    write, or that a reader would round (an integer beyond ``largest``).
    """
    if isinstance(value, float) and not isfinite(value):
        raise NotCarried(f"attribute {name!r} is {value}, a number that JSON cannot write")
    if isinstance(value, int) and abs(value) > largest:
        raise NotCarried(f"attribute {name!r} is {value}, more than programs read exactly")
    return value


def evidence(item: Node | Edge) -> list[dict[str, Any]]:
    """All passages of an item, as objects; the paragraph is null outside the numbered ones."""
    return [
        {
            "quote": passage.quote,
            "paragraph": passage.paragraph,
            "rule": passage.rule,
            "decision": passage.decision,
        }
        for passage in item.passages
    ]


class JsonWriter(GraphWriter):
    """A writer whose items are objects, their attributes under names of their own."""

    between = b",\n"
    reserved: ClassVar[Collection[str]] = ()
    """Keys that mean something to readers of the format, besides those of JavaScript."""
    largest: ClassVar[int] = EXACT

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self.names = distinct({**PASSAGE, **content.schema.types}, JAVASCRIPT.union(self.reserved))

    def attributes(self, item: Node | Edge) -> dict[str, Scalar]:
        """The attributes as the file names them, the first passage among them."""
        names, largest = self.names, self.largest
        return {
            names[name]: value if isinstance(value, str) else checked(name, value, largest)
            for name, value in cells(item).items()
        }
