"""The ontology as a page of HTML, by pyLODE (https://github.com/RDFLib/pyLODE).

pyLODE is given the ontology and its alignment in a form that it shows well, and always in
the same way: a domain of several classes is handed over as schema:domainIncludes (a range as
schema:rangeIncludes), because it sets the members of an owl:unionOf in an order that changes
from run to run; the vocabulary that a property's values come from becomes a note with a link.
The page asks for nothing elsewhere.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from exports.exporter import ExportError
from ontology.documents import FOLDER
from ontology.prefixes import ID, NS, ONTOLOGY, VOCAB

if TYPE_CHECKING:
    from rdflib import Graph

_ADVICE = "install it with: pip install 'faultlines[publish]'"


def require_pylode() -> None:
    """Raise :class:`~exports.exporter.ExportError` where pyLODE is not installed."""
    if find_spec("pylode") is None:
        raise ExportError("pyLODE", "it writes the ontology's page and is not installed", _ADVICE)


def ontology_page() -> str:
    """The ontology as one page of HTML, the same bytes every time.

    Raises :class:`~exports.exporter.ExportError` where pyLODE is missing or cannot work.
    """
    require_pylode()
    graph = _shown()
    try:
        with _quiet():
            from pylode.profiles.ontpub import OntPub

            page: Any = OntPub(graph, sort_subjects=True).make_html()
    except OSError as error:
        # it keeps a cache inside its own package
        raise ExportError("pyLODE", f"it cannot work ({error})", "check its folder") from error
    return f"{page}\n"


def _shown() -> Graph:
    """Ontology and alignment, as pyLODE is to show them."""
    from rdflib import BNode, Graph, Literal, URIRef
    from rdflib.collection import Collection
    from rdflib.namespace import OWL, RDFS, SDO, SKOS
    from rdflib.term import Node

    whole = Graph().parse(FOLDER / "faultlines.ttl").parse(FOLDER / "alignment.ttl")
    shown = Graph(bind_namespaces="core")
    for prefix, namespace in whole.namespaces():
        shown.bind(prefix, namespace, override=True)
    includes: dict[Node, URIRef] = {RDFS.domain: SDO.domainIncludes, RDFS.range: SDO.rangeIncludes}
    for subject, predicate, value in whole:
        if not str(subject).startswith((NS, ID)) and subject != URIRef(ONTOLOGY):
            continue  # terms of other vocabularies and the alignment's own header
        union = whole.value(value, OWL.unionOf) if isinstance(value, BNode) else None
        if union is not None and predicate in includes:
            for member in Collection(whole, union):
                shown.add((subject, includes[predicate], member))
        elif predicate == RDFS.seeAlso and str(value).startswith(VOCAB):
            name = str(value).removeprefix(VOCAB)
            note = f"Values stand in the vocabulary [{name}](vocabularies.html#{name})."
            shown.add((subject, SKOS.scopeNote, Literal(note, lang="en")))
        elif not isinstance(value, BNode):
            shown.add((subject, predicate, value))
    return shown


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pyLODE does to the process from having effects.

    Importing it sets up logging for everyone, at the lowest level, unless somebody has; it
    leaves files for the garbage collector to close.
    """
    root, silent = logging.getLogger(), logging.NullHandler()
    root.addHandler(silent)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            yield
        finally:
            root.removeHandler(silent)
