"""The controlled vocabularies: closed lists of types, read from SKOS Turtle.

The source of each list is one hand-readable file, ``vocabularies/<scheme>.ttl``
(SKOS Reference, https://www.w3.org/TR/skos-reference/). Ids are the contract:
records hold them and concept IRIs end in them. This module only reads: it adds
no concept and guesses none, so an id that is not in the file is an error that
names the ids nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.nearest import did_you_mean, nearest
from ontology.prefixes import PREFIXES, VOCAB

_FOLDER = Path(__file__).with_name("vocabularies")


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a closed list, such as the fault type ``delay``."""

    id: str
    """Kebab-case; a subcategory is ``category/subcategory``."""
    label: str
    """Preferred English label."""
    definition: str
    broader: str | None
    """Id of the concept above it in the same scheme, None at the top."""
    scheme: str
    aliases: tuple[str, ...] = ()
    """Everyday words for the same thing (skos:altLabel)."""
    note: str | None = None
    """When to use it, or what it rests on (skos:scopeNote)."""

    @property
    def iri(self) -> str:
        """The concept's IRI."""
        return f"{VOCAB}{self.scheme}/{self.id}"


class UnknownConcept(KeyError):
    """An id that its scheme does not have; the message names the nearest ids."""

    advice: str
    """What to do: the nearest ids, or those that there are."""

    def __init__(self, scheme: str, id: str, advice: str) -> None:
        where = f"the vocabulary {scheme!r} (ontology/vocabularies/{scheme}.ttl)"
        self.advice = advice
        super().__init__(f"No concept {id!r} in {where}; {advice}")

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownScheme(KeyError):
    """A scheme that has no file in ``vocabularies/``; the message names the nearest schemes."""

    def __str__(self) -> str:
        return str(self.args[0])


class Vocabulary(Mapping[str, Concept]):
    """The concepts of one scheme by id, in the order of the file."""

    def __init__(self, scheme: str, concepts: dict[str, Concept]) -> None:
        self.scheme = scheme
        self._concepts = concepts

    def __getitem__(self, id: str) -> Concept:
        """Return the concept with that id.

        Raises:
            UnknownConcept: the scheme has no such id.
        """
        concept = self._concepts.get(id)
        if concept is None:
            raise UnknownConcept(self.scheme, id, _nearest(id, self._words()))
        return concept

    def meant(self, text: str) -> Concept:
        """Return the concept that a reader means by an id, a label in any case, or an IRI.

        Raises:
            UnknownConcept: nothing in the scheme is called so, or several concepts are.
        """
        found = self.named(text)
        if len(found) > 1:
            ids = ", ".join(concept.id for concept in found)
            raise UnknownConcept(self.scheme, text, f"several have this name: give one of {ids}")
        return found[0] if found else self[text.removeprefix(f"{self.scheme}:")]

    def named(self, text: str) -> tuple[Concept, ...]:
        """Return the concept of an id or IRI; else all with that label, in any case."""
        wanted = " ".join(text.casefold().split())
        for concept in self.values():
            if wanted in (concept.id, f"{self.scheme}:{concept.id}", concept.iri.casefold()):
                return (concept,)
        return tuple(concept for concept in self.values() if concept.label.casefold() == wanted)

    def __contains__(self, id: object) -> bool:
        return id in self._concepts

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def _words(self) -> dict[str, str]:
        """Ids, then everyday words, each with the id that it stands for."""
        found = {id: id for id in self._concepts}
        for concept in self._concepts.values():
            for words in (concept.label, *concept.aliases):
                found.setdefault(words.casefold(), concept.id)
        return found

    def leaves(self) -> tuple[str, ...]:
        """Return the ids that have nothing narrower: the ones a record may use."""
        above = {concept.broader for concept in self._concepts.values()}
        return tuple(id for id in self._concepts if id not in above)


@cache
def schemes() -> tuple[str, ...]:
    """Return the ids of all schemes, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.ttl")))


@cache
def vocabulary(scheme: str) -> Vocabulary:
    """Return the concepts of a scheme, such as ``vocabulary("fault")["delay"]``.

    Raises:
        UnknownScheme: there is no ``vocabularies/<scheme>.ttl``.
    """
    if scheme not in schemes():
        known = {name: name for name in schemes()}
        raise UnknownScheme(f"No vocabulary {scheme!r}; {_nearest(scheme, known)}")
    return Vocabulary(scheme, _read(scheme, _FOLDER / f"{scheme}.ttl"))


_SHOWN = 12
"""Ids that are listed where none is near; a scheme may hold a hundred."""


def _nearest(text: str, known: Mapping[str, str]) -> str:
    ids = list(dict.fromkeys(known.values()))
    broad = [id for id in ids if "/" not in id][:_SHOWN]
    more = f" and {len(ids) - len(broad)} more" if len(ids) > len(broad) else ""
    known_are = f"known are {', '.join(broad)}{more}"
    return did_you_mean(nearest(text.casefold(), known, cutoff=0.5), known_are)


def _read(scheme: str, path: Path) -> dict[str, Concept]:
    # pyoxigraph reads these files some thirty times faster than rdflib loads itself.
    from pyoxigraph import NamedNode, RdfFormat, parse

    base = f"{VOCAB}{scheme}/"
    skos = PREFIXES["skos"]
    found: dict[str, dict[str, list[str]]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(base):
            continue
        term = quad.predicate.value.removeprefix(skos)
        entry = found.setdefault(subject.value.removeprefix(base), {})
        entry.setdefault(term, []).append(getattr(value, "value", "").removeprefix(base))
    return {id: _concept(scheme, id, entry) for id, entry in found.items()}


def _concept(scheme: str, id: str, entry: dict[str, list[str]]) -> Concept:
    return Concept(
        id=id,
        label=entry["prefLabel"][0],
        definition=entry["definition"][0],
        broader=entry.get("broader", [None])[0],
        scheme=scheme,
        aliases=tuple(entry.get("altLabel", ())),
        note=entry.get("scopeNote", [None])[0],
    )
