"""Where what a graph says is published: decisions on lgo.org.uk, law on legislation.gov.uk."""

from __future__ import annotations

import sqlite3

from exports.page.content import allowed
from graph.knowledge_graph import KnowledgeGraph
from ontology.prefixes import ID


class Published:
    """Looks up addresses; without a graph, or with one that was closed, only those of law."""

    def __init__(self, graph: KnowledgeGraph | None = None) -> None:
        self._graph = graph

    def url(self, text: str) -> str:
        """The address for an IRI, of a decision or of a thing in one, or for an address itself.

        Empty when there is none, and for every site but the two.
        """
        if not text.startswith(f"{ID}decision/"):
            return allowed(text)
        steps = text.split("/")
        try:
            for length in range(len(steps), 0, -1):
                entry = self._graph and self._graph.ledger.entry("/".join(steps[:length]))
                if entry:
                    return allowed(entry.decision().url or "")
        except sqlite3.ProgrammingError:  # the ledger of a graph that was closed
            return ""
        return ""
