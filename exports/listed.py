"""The very decisions that someone has in view, as a scope: what a page or a search lists."""

from __future__ import annotations

from dataclasses import dataclass

from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Listed(Scope):
    """Decisions named one by one; the conditions of a scope are not used."""

    iris: tuple[str, ...] = ()
    """The decisions, each of which the graph has."""
    phrase: str = "decisions of a list"
    """What they are, in words."""

    @property
    def everything(self) -> bool:
        """Never: a list says nothing of what is not on it."""
        return False

    def decisions(self, _: KnowledgeGraph) -> list[str]:
        """The IRIs, sorted; the graph is not asked."""
        return sorted(self.iris)

    def words(self, _: KnowledgeGraph) -> str:
        """The phrase."""
        return self.phrase
