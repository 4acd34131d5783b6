"""What a scope's law, guidance, body or type means: one IRI, the words for it, its pattern.

A name is understood as the named questions understand it. One that means nothing, or
several things, is an error that names the nearest; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.errors import QueryError, WrongUsage
from graph.facts import PROMISED
from graph.questions.provision_name import find_provision
from graph.triples.provision import label as provision_label
from ontology import bodies, guidance
from ontology import iri as mint
from ontology.nearest import did_you_mean, nearest
from ontology.vocabulary import Concept, UnknownConcept, vocabulary

_PROMISED = ", ".join(f"remedystatus:{status}" for status in PROMISED)


class ScopeError(WrongUsage):
    """A scope names something that the graph or its vocabularies do not have."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a decision must have to be in scope."""

    iri: str
    words: str
    """Its name, for people."""
    pattern: str
    """SPARQL inside the decision's graph, with ``?complaint`` and ``?decision``."""


def provision(wanted: str) -> Condition:
    """An Act, a section or anything within it, cited for the duties of authorities."""
    try:
        path = find_provision(wanted)
    except QueryError as error:
        raise ScopeError(error.name, error.reason, error.advice) from error
    iri = mint.legislation(path)
    pattern = (
        "?decision fl:citesAsSubstantive ?provision . "
        f'FILTER(?provision = <{iri}> || STRSTARTS(STR(?provision), "{iri}/"))'
    )
    return Condition(iri, provision_label(path), pattern)


def document(wanted: str) -> Condition:
    """Guidance that the decision cites; an id, an IRI or a title of the register."""
    id = wanted.strip().removeprefix(mint.guidance(""))
    found = guidance.guidance().get(id) or guidance.resolve(wanted)
    if found is None:
        meant = sorted(guidance.titles().get(" ".join(wanted.casefold().split()), ()))
        names = {name: name for name in (*guidance.titles(), *guidance.guidance())}
        raise _unclear("guidance", wanted, meant, names)
    iri = mint.guidance(found.id)
    return Condition(iri, found.title, f"?decision fl:citesGuidance <{iri}> .")


def body(wanted: str) -> Condition:
    """A body that the decision names in any role; an id, an IRI or a name of the register."""
    id = wanted.strip().removeprefix(mint.body(""))
    found = bodies.bodies().get(id) or bodies.resolve(wanted)
    if found is None:
        key = " ".join(wanted.casefold().split())
        meant = sorted({alias.body for alias in bodies.names() if alias.text.casefold() == key})
        names = {alias.text.casefold(): alias.text for alias in bodies.names()}
        raise _unclear("body", wanted, meant, {**names, **{id: id for id in bodies.bodies()}})
    iri = mint.body(found.id)
    return Condition(iri, found.label, f"?decision fl:hasInvolvement/fl:body <{iri}> .")


def concept(scheme: str) -> Callable[[str], Condition]:
    """The reader of a type of ``scheme``, by id, label or IRI; a group means all its types."""

    def read(wanted: str) -> Condition:
        try:
            found = vocabulary(scheme).meant(wanted)
        except UnknownConcept as error:
            reason = f"it does not name one {scheme}"
            raise ScopeError(f"{scheme} {wanted!r}", reason, error.advice) from error
        iris = [one.iri for one in _within(scheme, found.id)]
        types = f"VALUES ?{scheme}Type {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
        return Condition(found.iri, found.label, _PATTERNS[scheme].format(type=found.iri, of=types))

    return read


def _within(scheme: str, id: str) -> list[Concept]:
    """The concept and those that are narrower, at any depth."""
    known = vocabulary(scheme)
    found, waiting = [known[id]], [id]
    while waiting:
        above = waiting.pop()
        below = [one for one in known.values() if one.broader == above]
        found += below
        waiting += [one.id for one in below]
    return found


def _unclear(kind: str, wanted: str, meant: Iterable[str], names: Mapping[str, str]) -> ScopeError:
    """The error for a name that means nothing, or any of ``meant``."""
    if several := list(meant):
        advice = f"give one of {', '.join(several)}"
        return ScopeError(f"{kind} {wanted!r}", "it may mean several", advice)
    advice = did_you_mean(nearest(wanted.casefold(), names), _LISTED[kind])
    return ScopeError(f"{kind} {wanted!r}", "no register knows it by this name", advice)


_LISTED = {
    "body": "give a name that faultlines query KG bodies-by-role shows",
    "guidance": "give a title that faultlines query KG guidance-cited shows",
}
_PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "category": "?complaint fl:category|fl:subcategory <{type}> .",
        "outcome": "?decision fl:outcome <{type}> .",
        "fault": "?decision fl:hasFinding/fl:faultType <{type}> .",
        "injustice": "{of} ?decision fl:hasInjustice/fl:injusticeType ?injusticeType .",
        "remedy": "{of} ?decision fl:hasRemedy ?remedy . ?remedy fl:remedyType ?remedyType ; "
        f"fl:status ?promised . FILTER(?promised IN ({_PROMISED}))",
    }
)

READERS: Mapping[str, Callable[[str], Condition]] = MappingProxyType(
    {
        "outcome": concept("outcome"),
        "category": concept("category"),
        "fault": concept("fault"),
        "injustice": concept("injustice"),
        "remedy": concept("remedy"),
        "provision": provision,
        "guidance": document,
        "body": body,
    }
)
"""Field of a scope to the reader of what is written in it."""
