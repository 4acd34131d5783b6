"""The pages of a publication that Faultlines writes itself: index, vocabularies, pitfalls.

Each is one file of HTML without a script, which asks for nothing elsewhere; every word that
comes from a graph or from a command line is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.publication.description import Description
from graph.triples.dataset import DESCRIPTION, LICENCE, RIGHTS, TITLE
from ontology.documents import ontology_documents
from ontology.pitfall import Case, check_pitfalls
from ontology.prefixes import PREFIXES, VOCAB, prefixed
from ontology.vocabulary import Concept, schemes, vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as the index names it."""

    name: str
    words: str
    """What it is, in a few plain words."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class _Scheme:
    id: str
    label: str
    definition: str
    concepts: Sequence[Concept]

    @property
    def iri(self) -> str:
        return VOCAB + self.id


def index_page(description: Description, files: Sequence[ListedFile]) -> str:
    """What the dataset is and holds, with links to ``files``, in plain words."""
    said = _said()
    census = description.census
    return _render(
        "index.html",
        title=TITLE,
        words=DESCRIPTION,
        rights=RIGHTS,
        licence=LICENCE,
        decisions=description.counts.get("decisions", 0),
        first=description.first,
        last=description.last,
        census=census,
        version=description.version,
        built=description.built,
        publisher=description.publisher,
        endpoint=description.addresses.endpoint,
        files=files,
        classes=_table(census.classes.items(), said),
        properties=_table(census.properties.items(), said),
        sources=description.sources,
    )


def vocabularies_page() -> str:
    """Every closed list of types, with its concepts."""
    said = _said()
    lists = [
        _Scheme(one, *_label_and_definition(said[VOCAB + one]), tuple(vocabulary(one).values()))
        for one in schemes()
    ]
    return _render("vocabularies.html", schemes=lists)


def pitfalls_page() -> str:
    """The report of the ontology's pitfalls, with reasons for what stays."""
    pitfalls = check_pitfalls()
    queried = [one for one in pitfalls if one.by == "query"]
    return _render("pitfalls.html", pitfalls=pitfalls, queried=queried, grouped=_grouped)


def _grouped(cases: Iterable[Case]) -> list[tuple[str | None, list[str]]]:
    """Elements by the reason they share."""
    by_reason = sorted(cases, key=lambda case: (case.reason or "", case.element))
    return [
        (reason, [case.element for case in some])
        for reason, some in groupby(by_reason, key=lambda case: case.reason)
    ]


def _table(
    counted: Iterable[tuple[str, int]], said: dict[str, dict[str, str]]
) -> list[tuple[str, str, int]]:
    """Prefixed name, definition and count, the most frequent first."""
    rows = sorted(counted, key=lambda item: (-item[1], item[0]))
    return [(prefixed(iri), said.get(iri, {}).get("definition", ""), count) for iri, count in rows]


def _label_and_definition(entry: dict[str, str]) -> tuple[str, str]:
    return entry["prefLabel"], entry["definition"]


def _said() -> dict[str, dict[str, str]]:
    """What the ontology and the vocabularies say of each term: SKOS property to its words."""
    from pyoxigraph import Literal, RdfFormat, parse

    found: dict[str, dict[str, str]] = {}
    for document in ontology_documents():
        for quad in parse(document, format=RdfFormat.TURTLE):
            named = quad.predicate.value
            if isinstance(quad.object, Literal) and named.startswith(PREFIXES["skos"]):
                entry = found.setdefault(getattr(quad.subject, "value", ""), {})
                entry.setdefault(named.removeprefix(PREFIXES["skos"]), quad.object.value)
    return found


def _render(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(**values)


def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
