"""The only place where an IRI is minted.

Every function takes facts of the domain (a GSS code, a reference, a printed name)
and answers one absolute IRI as a string. The same facts always give the same IRI,
whatever else is in the graph. Parts that come from text are reduced to slugs or
percent-encoded (RFC 3987), so that no input can make an IRI that a parser refuses.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

ID = "https://w3id.org/faultlines/id/"
"""Namespace of instances."""
GRAPH = "https://w3id.org/faultlines/graph/"
"""Namespace of named graphs."""
VOCABULARY = "https://w3id.org/faultlines/vocab/"
"""Namespace of the SKOS schemes."""
LEGISLATION = "http://www.legislation.gov.uk/id/"
"""legislation.gov.uk's own namespace of identifiers, which statutes keep."""

REGISTERS_GRAPH = GRAPH + "registers"
ONTOLOGY_GRAPH = GRAPH + "ontology"
INVESTIGATIONS_GRAPH = GRAPH + "investigations"
DATASET_GRAPH = GRAPH + "dataset"
STATISTICS_GRAPH = GRAPH + "statistics"
DATASET = ID + "dataset"

DECISION_GRAPHS = GRAPH + "decision/"
"""What the names of decisions' graphs begin with."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: ``Café & Co.`` becomes ``cafe-co``.

    A text without a single Latin letter or digit keeps its code points, so that two
    different names never share a slug by becoming empty.
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NOT_SLUG.sub("-", folded).strip("-")
    return words or "u" + "-".join(f"{ord(character):x}" for character in text)


@lru_cache(maxsize=65536)
def _part(text: str) -> str:
    """A step of a path: the same few thousand stand in every decision."""
    return quote(text, safe="-._~")


def reference_slug(reference: str) -> str:
    """``21 012 067`` and ``19 018 519c`` as they stand in addresses: ``21-012-067``."""
    return slug(reference)


def council(gss: str) -> str:
    """A council by its GSS code (Office for National Statistics)."""
    return f"{ID}council/{_part(gss)}"


def authority(name: str) -> str:
    """An authority that is not in the council register, by its printed name."""
    return f"{ID}authority/{slug(name)}"


def unnamed_authority(decision_iri: str, index: int) -> str:
    """An authority that a decision does not name; it belongs to that decision alone."""
    return f"{decision_iri}/authority/{index}"


def authority_key(gss: str | None, name: str | None) -> str | None:
    """The part of a decision's IRI that tells pages of one reference apart."""
    return gss or (slug(name) if name else None)


def complaint(reference: str) -> str:
    """A complaint by the Ombudsman's reference."""
    return f"{ID}complaint/{reference_slug(reference)}"


def part(reference: str, letter: str) -> str:
    """One part of a complaint."""
    return f"{complaint(reference)}/part/{_part(letter)}"


def decision(reference: str, key: str | None) -> str:
    """A decision document: its reference and, when the page names it, the authority.

    One complaint may end in several documents under one reference, one for each body
    (the Ombudsman's listings drop the suffix), hence the second part.
    """
    base = f"{ID}decision/{reference_slug(reference)}"
    return f"{base}/{_part(key)}" if key else base


def question(name: str) -> str:
    """A named question, and the answer to it as a table."""
    return f"{ID}question/{_part(name)}"


def unreferenced_decision(sha256: str) -> str:
    """A decision without a reference, known by the hash of its source."""
    return f"{ID}decision/sha256-{_part(sha256)}"


def decision_graph(decision_iri: str) -> str:
    """The named graph that holds one decision's statements."""
    return GRAPH + decision_iri.removeprefix(ID)


def described_by(graph: str) -> str:
    """What a named graph is about: :func:`decision_graph` turned round, for a decision's graph."""
    return ID + graph.removeprefix(GRAPH)


def member(decision_iri: str, kind: str, local_id: str) -> str:
    """A thing that exists only within one decision: a finding, a remedy, a paragraph."""
    return f"{decision_iri}/{kind}/{_part(local_id)}"


def passage(decision_iri: str, start: int, end: int, rule: str) -> str:
    """A quoted passage, as one rule read it."""
    return f"{decision_iri}/passage/{start}-{end}/{_part(rule)}"


def investigation(reference: str) -> str:
    """An investigation, named after the lowest of the references it was decided under."""
    return f"{ID}investigation/{reference_slug(reference)}"


def statistics(name: str) -> str:
    """A dataset of counts over all decisions."""
    return f"{ID}statistics/{_part(name)}"


def extraction(version: str) -> str:
    """The software that read the decisions, at one version."""
    return f"{ID}extraction/{_part(version)}"


@lru_cache(maxsize=65536)
def legislation(path: str) -> str:
    """An Act, an instrument or a provision of one, by its legislation.gov.uk path."""
    return LEGISLATION + "/".join(_part(step) for step in path.split("/"))


def guidance(guidance_id: str) -> str:
    """A guidance document of the register."""
    return f"{ID}guidance/{_part(guidance_id)}"


def court_case(citation: str) -> str:
    """A court case by its citation."""
    return f"{ID}case/{slug(citation)}"


def body(body_id: str) -> str:
    """An external body of the register."""
    return f"{ID}body/{_part(body_id)}"


@lru_cache(maxsize=65536)
def concept(scheme: str, concept_id: str) -> str:
    """A concept of one of the project's SKOS schemes."""
    return f"{VOCABULARY}{_part(scheme)}/" + "/".join(_part(step) for step in concept_id.split("/"))
