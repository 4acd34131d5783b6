"""What an export folder holds, for people and programs: RO-Crate metadata.

Follows RO-Crate 1.1 (https://www.researchobject.org/ro-crate/specification/1.1): one
``ro-crate-metadata.json`` names every file with its format, size and hash, what it cannot
carry, where the facts come from and under which licence they stand. Nothing is taken from
the clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from exports.exporter import Exporter
from exports.packing import ENDINGS, ending
from exports.whole import write_whole_text
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.dataset import LICENCE
from graph.version import VERSION

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_OMBUDSMAN = "https://www.lgo.org.uk/"
_SOFTWARE = "https://w3id.org/faultlines/"
_MEDIA_TYPES: Mapping[str, str] = {
    ".csv": "text/csv",
    ".cypher": "application/x-cypher-query",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sh": "application/x-sh",
    ".txt": "text/plain",
}
"""Media types of the files that folders hold."""
_LAST_DAY = "SELECT (STR(MAX(?day)) AS ?last) WHERE { ?decision fl:date ?day }"


@dataclass(frozen=True, slots=True)
class Written:
    """A file or folder that an export has made."""

    path: Path
    exporter: Exporter
    about: str
    """What it holds, as a phrase."""


def write_crate(kg: KnowledgeGraph, folder: Path, written: Sequence[Written]) -> Path:
    """Describe what ``written`` names in ``folder``, and what an earlier export left there.

    Returns the file that was written. What an earlier description names is kept as far as it
    is still there, unchanged.
    """
    entities = _earlier(folder)
    for one in written:
        for entity in _described(folder, one):
            entities[entity["@id"]] = entity
    named = {part["@id"] for entity in entities.values() for part in entity.get("hasPart", ())}
    top = [{"@id": id} for id in sorted(entities) if id not in named]
    graph = [_descriptor(), _root(kg, top), *_credits(), *(entities[id] for id in sorted(entities))]
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    write_whole_text(folder / NAME, f"{text}\n")
    return folder / NAME


def _described(folder: Path, one: Written) -> list[dict[str, Any]]:
    """A file, or a folder and its files, as entities of the crate."""
    name, what = one.path.relative_to(folder).as_posix(), one.exporter
    about = f"{one.about}. It cannot carry: {what.loses}" if what.loses else f"{one.about}."
    if one.path.is_file():
        return [_file(folder, one.path, what.media_type, about)]
    files = [_file(folder, each) for each in sorted(one.path.rglob("*")) if each.is_file()]
    whole = {
        "@id": f"{name}/",
        "@type": "Dataset",
        "name": name,
        "description": about,
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    return [whole, *files]


def _file(
    folder: Path, path: Path, media_type: str | None = None, about: str = ""
) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    held = media_type or _MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    packing = ENDINGS.get(ending(path))
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        **({"description": about} if about else {}),
        "encodingFormat": [held, packing] if packing else held,
        "contentSize": str(path.stat().st_size),
        "sha256": _sha256(path),
    }


def _earlier(folder: Path) -> dict[str, dict[str, Any]]:
    """The files that an earlier export described and that are still there."""
    try:
        graph = json.loads((folder / NAME).read_text(encoding="utf-8"))["@graph"]
        files = {
            entity["@id"]: entity
            for entity in graph
            if entity["@type"] == "File" and _is_there(folder, entity)
        }
        folders = {
            entity["@id"]: entity
            for entity in graph
            if entity["@type"] == "Dataset" and entity["@id"] != "./"
            if all(part["@id"] in files for part in entity["hasPart"])
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # none, or none of ours
    return {**files, **folders}


def _is_there(folder: Path, entity: Mapping[str, Any]) -> bool:
    path = folder / unquote(entity["@id"])
    if not path.is_file() or str(path.stat().st_size) != entity.get("contentSize"):
        return False
    return _sha256(path) == entity.get("sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def _descriptor() -> dict[str, Any]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(kg: KnowledgeGraph, parts: list[dict[str, str]]) -> dict[str, Any]:
    counts = kg.manifest.counts
    (last,) = next(kg.select(_LAST_DAY), ("",))
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Decisions of the Local Government and Social Care Ombudsman as a graph",
        "description": (
            f"From a knowledge graph of {counts.get('decisions', 0):,} decisions: councils, "
            "complaints, findings, injustices, remedies, statutes and other bodies, with the "
            "passages they were read from. Each file says which part of the graph it holds."
        ),
        # the time given to the build; without one the day of the latest decision
        "datePublished": (kg.manifest.built or last or "1974-04-01")[:10],
        "license": {"@id": LICENCE},
        "isBasedOn": {"@id": _OMBUDSMAN},
        "hasPart": parts,
    }


def _credits() -> list[dict[str, Any]]:
    return [
        {
            "@id": LICENCE,
            "@type": "CreativeWork",
            "name": "Creative Commons Attribution 4.0 International",
        },
        {
            "@id": _OMBUDSMAN,
            "@type": "Organization",
            "name": "Local Government and Social Care Ombudsman",
            "url": _OMBUDSMAN,
        },
        {
            "@id": "#export",
            "@type": "CreateAction",
            "name": "Export",
            "instrument": {"@id": _SOFTWARE},
            "result": {"@id": "./"},
        },
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": "Faultlines",
            "softwareVersion": VERSION,
            "url": _SOFTWARE,
        },
    ]
