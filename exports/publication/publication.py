"""The folder of a publication: what stands in it, written whole or not at all.

    index.html          what it is, in plain words, with links to all the others
    faultlines.nq.gz    the whole graph, N-Quads
    dataset.ttl, .jsonld   its description: VoID, DCAT, PROV-O
    sources.csv         what was read, with hashes
    ontology.html       classes and properties, by pyLODE
    ontology.ttl, alignment.ttl, shapes.ttl, vocabularies/
    vocabularies.html   the closed lists of types
    pitfalls.html       the ontology against the OOPS! catalogue

The same graph and the same options give the same bytes; nothing comes from the clock.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from exports.exporter import ExportError
from exports.publication import pages
from exports.publication.census import Census
from exports.publication.description import SPDX, Addresses, Description, PublishedFile
from exports.publication.documentation import ontology_page, require_pylode
from exports.publication.sources import source_lists, sources_csv
from exports.rdf_files.node_objects import nodes, reading_order
from exports.rdf_files.quads import nquads
from exports.selection import Selection
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.ntriples import serialise
from ontology.documents import FOLDER as ONTOLOGY
from ontology.prefixes import PREFIXES

_DUMP = "faultlines.nq.gz"
_WORDS = {
    "faultlines.nq.gz": "the whole graph, one named graph for each decision (N-Quads, packed)",
    "dataset.ttl": "this description for programs: VoID, DCAT and PROV-O (Turtle)",
    "dataset.jsonld": "the same as JSON-LD",
    "sources.csv": "what was read: name, SHA-256 and decision of each source",
    "ontology.html": "the classes and properties, to read",
    "ontology.ttl": "the classes and properties (OWL)",
    "alignment.ttl": "how they relate to other vocabularies (OWL)",
    "shapes.ttl": "what a graph must hold (SHACL)",
    "vocabularies.html": "the closed lists of types, to read",
    "pitfalls.html": "the ontology held against a catalogue of common pitfalls",
}
_LISTS = "vocabularies"
"""Folder of the vocabularies as Turtle (SKOS)."""
_MODE = 0o755


def publish(
    kg: KnowledgeGraph,
    folder: str | Path,
    *,
    addresses: Addresses = Addresses(),  # noqa: B008 - frozen, so sharing it is safe
    publisher: str | None = None,
    advance: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write the publication of ``kg`` into ``folder``, in place of an earlier one there.

    ``publisher`` is the name of whoever publishes it; ``advance`` is called with the name
    of each named graph as it is written. Returns the files, the index first. Raises
    :class:`~exports.exporter.ExportError` where pyLODE is missing, and for a folder that holds
    something else or cannot be written; then nothing has changed.
    """
    require_pylode()
    target = Path(folder)
    _refuse_other_contents(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        reason = f"no folder can be made there ({error.strerror})"
        raise ExportError(str(folder), reason, "name a folder you may write to") from error
    try:
        _write(kg, made, addresses, publisher, advance)
        made.chmod(_MODE)
        _put(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    names = ["index.html", *_WORDS, *sorted(f"{_LISTS}/{path.name}" for path in _vocabularies())]
    return [target / name for name in names]


def _write(
    kg: KnowledgeGraph,
    made: Path,
    addresses: Addresses,
    publisher: str | None,
    advance: Callable[[str], None] | None,
) -> None:
    sources = source_lists(kg)
    census, dump = _write_dump(kg, made, advance)
    first, last = _rows(kg, "SELECT (MIN(?day) AS ?a) (MAX(?day) AS ?b) { ?one fl:date ?day }")
    description = Description(
        counts=dict(kg.manifest.counts),
        version=kg.manifest.version,
        built=kg.manifest.built,
        census=census,
        sources=sources,
        first=first,
        last=last,
        examples=[found for found in _rows(kg, _EXAMPLES) if found],
        files=[dump],
        addresses=addresses,
        publisher=publisher,
    )
    lines = serialise(description.triples())
    (made / "dataset.ttl").write_bytes(_turtle(lines))
    (made / "dataset.jsonld").write_bytes(_json_ld(lines))
    (made / "sources.csv").write_bytes(sources_csv(sources))
    _write_ontology(made)
    listed = [pages.ListedFile(n, words, (made / n).stat().st_size) for n, words in _WORDS.items()]
    listed += [
        pages.ListedFile(f"{_LISTS}/{path.name}", "one of the lists (SKOS)", path.stat().st_size)
        for path in _vocabularies()
    ]
    _text(made / "index.html", pages.index_page(description, listed))


_EXAMPLES = """SELECT ?decision ?authority WHERE {
  ?complaint fl:decidedBy ?decision ; fl:against ?authority
} ORDER BY ?decision ?authority LIMIT 1"""


def _write_ontology(made: Path) -> None:
    shutil.copyfile(ONTOLOGY / "faultlines.ttl", made / "ontology.ttl")
    for name in ("alignment.ttl", "shapes.ttl"):
        shutil.copyfile(ONTOLOGY / name, made / name)
    (made / _LISTS).mkdir()
    for path in _vocabularies():
        shutil.copyfile(path, made / _LISTS / path.name)
    _text(made / "ontology.html", ontology_page())
    _text(made / "vocabularies.html", pages.vocabularies_page())
    _text(made / "pitfalls.html", pages.pitfalls_page())


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _vocabularies() -> list[Path]:
    return sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))


def _write_dump(
    kg: KnowledgeGraph, made: Path, advance: Callable[[str], None] | None
) -> tuple[Census, PublishedFile]:
    """Write the whole graph and count it on the way: each statement is read once."""
    census = Census()
    path = made / _DUMP
    with (
        path.open("wb") as out,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as packed,
    ):
        for graph in Selection(kg, full=True).graphs():
            census.count(graph[0], _packed(nquads(graph), packed))
            if advance:
                advance(graph[0])
    with path.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return census, PublishedFile(
        name=_DUMP,
        title="The whole graph as N-Quads",
        media_type="application/n-quads",
        file_type="RDF_N_QUADS",
        compression="application/gzip",
        size=path.stat().st_size,
        sha256=sha256,
    )


def _packed(pieces: Iterable[bytes], packed: gzip.GzipFile) -> Iterator[bytes]:
    """Writes lines many at once and passes them on one by one."""
    for piece in pieces:
        packed.write(piece)
        yield from piece.splitlines(keepends=True)


def _rows(kg: KnowledgeGraph, query: str) -> tuple[str | None, str | None]:
    """The two values of a query's first row; None where there is none."""
    first, second = next(kg.select(query), ("", ""))
    return first or None, second or None


def _turtle(lines: bytes) -> bytes:
    triples = sorted(_triples(lines), key=reading_order)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_prefixes(lines)) or b""


def _json_ld(lines: bytes) -> bytes:
    document = {"@context": _prefixes(lines), "@graph": list(nodes(_triples(lines)))}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _triples(lines: bytes) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))


def _prefixes(lines: bytes) -> dict[str, str]:
    """Those that the statements use."""
    known = {**PREFIXES, "spdx": SPDX}
    return {name: known[name] for name in sorted(known) if f"<{known[name]}".encode() in lines}


def _refuse_other_contents(target: Path) -> None:
    """Raise where ``target`` holds anything that a publication does not."""
    known = {"index.html", _LISTS, *_WORDS}
    try:
        held = {path.name for path in target.iterdir()} if target.exists() else set()
    except NotADirectoryError:
        raise ExportError(str(target), "there is a file of this name", "name a folder") from None
    lists = target / _LISTS
    inside = {path.name for path in lists.iterdir()} if lists.is_dir() else set()
    other = (held - known) | (inside - {path.name for path in _vocabularies()})
    if held and _DUMP not in held:  # a home page of one's own is called index.html too
        other |= held
    if other:
        reason = f"it holds something else ({min(other)})"
        raise ExportError(str(target), reason, "name a new folder, or an earlier publication")


def _put(made: Path, target: Path) -> None:
    """Rename the finished folder to its place; an earlier publication makes way for it."""
    if not target.exists():
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    target.rename(old / target.name)
    try:
        made.rename(target)
    except OSError:
        (old / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
