"""What a build finds in its sources, beside what the graph has read of them before.

A source is one document: a file, an entry of an archive, a record of a file of records. It is
known by its name and the hash of its bytes; where it was found is its place: which of the paths
given, and the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.ledger import Ledger
from graph.sources.raw import RawDocument, Unreadable
from graph.staging import Staging

Source = tuple[str, str]
"""Name and hash of a source."""
Place = tuple[str, str]
"""Root (:func:`graph.sources.source.root`) and name of a source."""


@dataclass(slots=True)
class Inventory:
    """The sources of one build, as they are found one after the other."""

    staging: Staging
    roots: Mapping[str, str]
    """The paths given, each with the name that messages have for it."""
    version: str
    """Of the software that reads."""
    advance: Callable[[str], None] | None
    """Called with the name of each source."""
    known: dict[Source, str] = field(default_factory=dict)
    """Sources that the graph has read by this version, with the decision read in each."""
    held: dict[str, Place] = field(default_factory=dict)
    """The decisions of the graph, with the place of each one's source."""
    rejected: list[tuple[int, Unreadable]] = field(default_factory=list)
    """Sources that are no decisions or could not be read, each with its number."""
    places: dict[Place, int] = field(default_factory=dict)
    """Every place where a source was found, numbered in order."""
    wanted: set[Source] = field(default_factory=set)
    """Sources that were read by this build, or by the one that it goes on with."""
    unchanged: set[Source] = field(default_factory=set)
    _seen: dict[str, Place] = field(default_factory=dict)
    """Where the source of a decision was found that is unchanged."""

    def begin(self, ledger: Ledger) -> None:
        """Take in what the graph has read."""
        self.held = {iri: (root, name) for iri, name, root in ledger.rooted()}
        self.known.update(
            ((name, sha256), iri)
            for (name, sha256, version), iri in ledger.known().items()
            if version == self.version
        )

    def unread(self, documents: Iterable[RawDocument | Unreadable]) -> Iterator[RawDocument]:
        """The documents that no build has read; the others are noted."""
        for raw in documents:
            if self.advance:
                self.advance(raw.name)
            place, source = (raw.root, raw.name), (raw.name, getattr(raw, "sha256", ""))
            number = self.places.setdefault(place, len(self.places))
            if isinstance(raw, Unreadable):
                self.rejected.append((number, raw))
            elif (iri := self.known.get(source)) is not None:
                self.unchanged.add(source)
                self._seen.setdefault(iri, place)
            elif self.staging.has(*source, self.version):
                self.wanted.add(source)
            else:
                yield raw

    def reject(self, rejected: Iterable[Unreadable]) -> None:
        """Note documents that were found, and are no decisions."""
        self.rejected += ((self.places[one.root, one.name], one) for one in rejected)

    def need_not(self) -> dict[str, set[Source]]:
        """Sources that need not be read, by each file and archive that they may stand in."""
        found: dict[str, set[Source]] = {}
        staged = ((name, sha256) for _, name, sha256, _ in self.staging.sources(self.version))
        for source in (*self.known, *staged):
            for file in (source[0], *_containers(source[0])):
                found.setdefault(file, set()).add(source)
        return found

    def moved(self) -> dict[str, str]:
        """Unchanged decisions whose sources are found in another of the paths given by now."""
        return {
            iri: place[0] for iri, place in self._seen.items() if self.held[iri] not in self.places
        }

    def gone(self) -> Iterator[str]:
        """Decisions of the graph whose sources are no longer there, or hold another decision.

        Only of the paths given. One that could not be read whole tells nothing of what is gone.
        """
        unread = {(one.root, one.name) for _, one in self.rejected}
        now = {(root, name): iri for iri, name, _, root in self.staging.sources(self.version)}
        for iri, place in self.held.items():
            root, name = place
            if root not in self.roots:
                continue
            if place in self.places:
                if now.get(place, iri) != iri:
                    yield iri
            elif unread.isdisjoint((root, one) for one in (self.roots[root], *_containers(name))):
                yield iri


def _containers(name: str) -> Iterator[str]:
    """The archive and the file that a source's name says it stands in: ``a.zip!/b.jsonl#3``."""
    for mark in ("!/", "#"):
        if mark in name:
            yield name[: name.rindex(mark)]
