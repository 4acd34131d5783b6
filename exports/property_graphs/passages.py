"""Passages as nodes, each once, with the IRI that it has in the graph.

What a node was read from it is ``EVIDENCED_BY``. A relationship cannot have relationships:
its first passage is told in its properties, and the node that it starts from is
``EVIDENCED_BY`` all of them, where the property ``relationship`` has its id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from exports.exporter import ExportError
from exports.network import Passage
from exports.sorted_lines import SortedLines
from ontology import iri as mint

_IN_MEMORY = 50_000


class Passages(SortedLines):
    """Collects passages and gives back the values of their nodes, sorted by IRI."""

    def __init__(self) -> None:
        super().__init__(_IN_MEMORY)

    def take(self, passage: Passage, item: str) -> str:
        """Keep a passage of an item; its IRI."""
        where = passage.decision or item
        id = mint.passage(where, passage.start, passage.start + len(passage.quote), passage.rule)
        values = id, passage.quote, passage.paragraph, passage.rule, passage.start, where
        self.add((json.dumps(values).encode() + b"\n",))
        return id

    def nodes(self) -> Iterator[list[Any]]:
        """Id, quote, paragraph, rule, start and decision of each.

        Raises :class:`~exports.exporter.ExportError` when two that differ have one IRI.
        """
        before = ""
        for line in self:
            values = json.loads(line)
            if values[0] == before:
                reason = "two passages that differ have this address"
                raise ExportError(before, reason, "build the graph anew")
            before = values[0]
            yield values
