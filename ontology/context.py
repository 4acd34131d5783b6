"""The JSON-LD context: short names for everything that the graph says.

``context.jsonld`` beside this module is published with the graph and stands in every
exported document, so that ``"outcome": "upheld"`` is RDF (JSON-LD 1.1,
https://www.w3.org/TR/json-ld11/#the-context). ``python -m ontology.context`` makes it again
from the ontology and its shapes:

- a property has its own name; one whose values are numbers, days or things says so;
- what may have several values is always a list;
- the values of a closed list are their ids, without the list's address;
- an entity that a decision is decided for is its ``complaint``.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ontology.prefixes import ONTOLOGY, PREFIXES, SCHEME_PREFIXES, VOCAB

_FILE = Path(__file__).with_name("context.jsonld")

SCHEMES = {
    "category": "category",
    "citationRole": "citation-role",
    "disposition": "disposition",
    "documentType": "document-type",
    "dueBasis": "due-basis",
    "faultType": "fault",
    "injusticeType": "injustice",
    "outcome": "outcome",
    "period": "period",
    "purpose": "injustice",
    "reasonType": "reason",
    "remedyType": "remedy",
    "role": "body-role",
    "status": "",  # of a finding or of a remedy: the list is part of the value
    "subcategory": "category",
}
"""Property to the scheme of its concepts."""

_OTHERS: dict[str, Any] = {
    "label": {"@id": "rdfs:label", "@language": "en"},
    "quote": {"@id": "oa:exact"},
    "partOf": {"@id": "eli:is_part_of", "@type": "@id", "@container": "@set"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id", "@container": "@set"},
    "value": {"@id": "schema:value", "@type": "xsd:decimal"},
    "currency": {"@id": "schema:currency"},
    "complaint": {"@reverse": "fl:decidedBy", "@type": "@id"},
    "oa:start": {"@id": "oa:start", "@type": "xsd:integer"},
    "oa:end": {"@id": "oa:end", "@type": "xsd:integer"},
}
"""Terms of other vocabularies."""


@cache
def context() -> dict[str, Any]:
    """The value of ``@context``: prefixes first, then terms, each sorted."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))["@context"]
    return found


def make() -> dict[str, Any]:
    """The same, made from the ontology and its shapes."""
    import rdflib
    from rdflib import OWL, RDF, RDFS, SH

    graph = rdflib.Graph()
    for name in ("faultlines.ttl", "shapes.ttl"):
        graph.parse(_FILE.with_name(name))
    single = {
        path
        for shape, path in graph.subject_objects(SH.path)
        if (shape, SH.maxCount, rdflib.Literal(1)) in graph
    }

    def own(kind: rdflib.URIRef) -> list[tuple[str, rdflib.term.Node]]:
        found = (term for term in graph.subjects(RDF.type, kind) if str(term).startswith(ONTOLOGY))
        return sorted((str(term).partition("#")[2], term) for term in found)

    terms: dict[str, Any] = {name: f"fl:{name}" for name, _ in own(OWL.Class) if name}
    for name, term in own(OWL.ObjectProperty):
        terms[name] = {"@id": f"fl:{name}", "@type": "@id"}
        if name in SCHEMES:
            scheme = f"{SCHEMES[name]}/" if SCHEMES[name] else ""
            terms[name] |= {"@type": "@vocab", "@context": {"@vocab": VOCAB + scheme}}
        if term not in single:
            terms[name]["@container"] = "@set"
    for name, term in own(OWL.DatatypeProperty):
        terms[name] = {"@id": f"fl:{name}"}
        kind = str(graph.value(term, RDFS.range) or "").removeprefix(PREFIXES["xsd"])
        if kind != "string":
            terms[name]["@type"] = f"xsd:{kind}"
    terms |= _OTHERS
    prefixes = {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if prefix not in terms and prefix not in SCHEME_PREFIXES.values()
    }
    return {"@version": 1.1, **dict(sorted(prefixes.items())), **dict(sorted(terms.items()))}


def main() -> None:
    """Write ``context.jsonld`` again."""
    text = json.dumps({"@context": make()}, indent=1, ensure_ascii=False)
    _FILE.write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
