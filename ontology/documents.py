"""The ontology's own Turtle documents, as they are loaded into every graph."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where they stand, the shapes with them."""


def ontology_documents() -> list[bytes]:
    """Ontology, alignment and all SKOS schemes, each as Turtle, in a fixed order."""
    paths = [FOLDER / "faultlines.ttl", FOLDER / "alignment.ttl"]
    paths += sorted((FOLDER / "vocabularies").glob("*.ttl"))
    return [path.read_bytes() for path in paths]
