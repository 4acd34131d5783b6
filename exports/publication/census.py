"""How much a graph holds, by class and by property, counted as its statements go by.

What VoID counts (https://www.w3.org/TR/void/#statistics) of the union of all named graphs.
A statement that several decisions make counts once. To tell those apart without keeping
every statement in memory, counting relies on how graphs are made: what is said of a
decision's own nodes stands in that decision's named graph alone, so only statements about
shared nodes (authorities, provisions, complaints) have to be remembered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ontology import iri as mint
from ontology.prefixes import PREFIXES, SCHEME_PREFIXES, VOCAB

_TYPE = f"<{PREFIXES['rdf']}type>"
_OWN = f"<{mint.ID}"
_LEGISLATION = f"<{mint.LEGISLATION}"
_CONCEPTS = f"<{VOCAB}"

TARGETS = {
    "legislation": mint.LEGISLATION,
    **{scheme: f"{VOCAB}{scheme}/" for scheme in SCHEME_PREFIXES},
}
"""What the graph links to: a name for it, and what its IRIs begin with."""


@dataclass(slots=True)
class Census:
    """Counts of distinct things in the union of all named graphs."""

    triples: int = 0
    subjects: int = 0
    entities: int = 0
    """Subjects that bear an IRI of the project (:data:`ontology.iri.ID`)."""
    classes: Counter[str] = field(default_factory=Counter)
    """Class to the number of its instances."""
    properties: Counter[str] = field(default_factory=Counter)
    """Property to the number of statements with it."""
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(property, name in :data:`TARGETS`) to the number of statements that link there."""
    graphs: int = 0
    """Named graphs."""

    _shared: set[tuple[str, str, str]] = field(default_factory=set)
    _shared_subjects: set[str] = field(default_factory=set)

    def count(self, name: str, lines: Iterable[bytes]) -> None:
        """Count the named graph ``name``, whose statements are ``lines`` of N-Quads."""
        self.graphs += 1
        own = f"<{mint.described_by(name)}"
        tail = -len(f" <{name}> .\n")
        own_subjects: set[str] = set()
        for line in lines:
            subject, predicate, rest = line.decode().split(" ", 2)
            said = subject, predicate, rest[:tail]
            if subject.startswith(own) and subject[len(own)] in ">/":  # not x1 for x
                own_subjects.add(subject)
            elif said in self._shared:
                continue
            else:
                self._shared.add(said)
                if subject not in self._shared_subjects:
                    self._shared_subjects.add(subject)
                    self._subject(subject)
            self._statement(*said)
        for subject in own_subjects:
            self._subject(subject)

    def _subject(self, subject: str) -> None:
        self.subjects += 1
        self.entities += subject.startswith(_OWN)

    def _statement(self, subject: str, predicate: str, value: str) -> None:
        self.triples += 1
        self.properties[predicate[1:-1]] += 1
        if not value.startswith("<"):
            return
        if predicate == _TYPE:
            self.classes[value[1:-1]] += 1
        elif value.startswith(_LEGISLATION):
            # the statute book's own order is no link into it
            if not subject.startswith(_LEGISLATION):
                self.links[predicate[1:-1], "legislation"] += 1
        elif value.startswith(_CONCEPTS) and subject.startswith(_OWN):
            scheme, slash, _ = value[len(_CONCEPTS) :].partition("/")
            if slash:
                self.links[predicate[1:-1], scheme] += 1
