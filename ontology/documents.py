"""The ontology's own Turtle documents, as they are loaded into every graph."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def ontology_documents() -> list[bytes]:
    """Ontology, alignment and all SKOS schemes, each as Turtle, in a fixed order."""
    paths = [_FOLDER / "faultlines.ttl", _FOLDER / "alignment.ttl"]
    paths += sorted((_FOLDER / "vocabularies").glob("*.ttl"))
    return [path.read_bytes() for path in paths]
