"""The RDF formats read back by programs that nobody here wrote, and found isomorphic.

Readers: rdflib and Oxigraph (Python), rapper and serdi (Debian), N3.js, jsonld.js and
rdfxml-streaming-parser (npm). What each reads is held against the store itself, by the
canonical form of RDF Dataset Canonicalization.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from exports import Scope, Selection, export
from exports.rdf_files.quads import nquads
from graph.knowledge_graph import KnowledgeGraph
from tests import factories

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
FORMATS = ("turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld")
KEEP_GRAPHS = ("trig", "nquads", "jsonld")
BIG = "Very long. " * 95_000
"""About a megabyte."""

pytestmark = pytest.mark.filterwarnings(
    # rdflib's own parsers still use names that rdflib has deprecated
    "ignore:.* is deprecated:DeprecationWarning",
)

Reader = Callable[[str, Path], bytes]


def _rdflib(format: str, path: Path) -> bytes:
    names = {"rdfxml": "xml", "jsonld": "json-ld", "ntriples": "nt"}
    dataset = rdflib.Dataset()
    dataset.parse(path, format=names.get(format, format))
    return dataset.serialize(format="nquads", encoding="utf-8")


def _oxigraph(format: str, path: Path) -> bytes:
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    read = ox.parse(path=str(path), format=formats[format])
    return ox.serialize(read, format=ox.RdfFormat.N_QUADS) or b""


def _rapper(format: str, path: Path) -> bytes:
    return _ran("rapper", "-q", "-i", format, "-o", "nquads", str(path))


def _serdi(format: str, path: Path) -> bytes:
    return _ran("serdi", "-i", format, "-o", "nquads", str(path))


def _node(format: str, path: Path) -> bytes:
    if NODE is None or not (ROOT / "node_modules" / "n3").exists():
        pytest.skip("needs Node.js, and n3, jsonld, rdfxml-streaming-parser (npm) as in .ci/run")
    return _ran(NODE, str(Path(__file__).with_name("rdf_readers.cjs")), format, str(path))


def _ran(program: str, *arguments: str) -> bytes:
    if shutil.which(program) is None:
        pytest.skip(f"needs {program} (Debian: raptor2-utils, serdi)")
    ran = subprocess.run([program, *arguments], capture_output=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr[:2000]
    return ran.stdout


READERS: dict[Reader, tuple[str, ...]] = {
    _rdflib: FORMATS,
    _oxigraph: FORMATS,
    _rapper: ("turtle", "trig", "ntriples", "nquads", "rdfxml"),
    _serdi: ("turtle", "trig", "ntriples", "nquads"),
    _node: FORMATS,
}
"""Which formats each reader knows."""
CASES = [(reader, format) for reader, formats in READERS.items() for format in formats]
IDS = [f"{reader.__name__.strip('_')}-{format}" for reader, format in CASES]


def _canonical(quads: bytes, *, graphs: bool) -> set[str]:
    read = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
    dataset = ox.Dataset(
        quad if graphs else ox.Quad(quad.subject, quad.predicate, quad.object) for quad in read
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _held(kg: KnowledgeGraph, *, full: bool) -> bytes:
    return b"".join(line for graph in Selection(kg, full=full).graphs() for line in nquads(graph))


@pytest.fixture(scope="module")
def big_kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    words = factories.HOSTILE_IN_XML
    decision = factories.hostile_decision(words, summary=words + BIG)
    return factories.build_graph((decision,), tmp_path_factory.mktemp("big"))


@pytest.mark.parametrize(("reader", "format"), CASES, ids=IDS)
@pytest.mark.parametrize("graph", ["sample", "hostile"])
def test_what_a_reader_reads_is_what_the_store_holds(
    reader: Reader,
    format: str,
    graph: str,
    kg: KnowledgeGraph,
    big_kg: KnowledgeGraph,
    tmp_path: Path,
) -> None:
    """With the whole registers and the ontology and its blank nodes, and with hostile words."""
    full = graph == "sample"
    asked = kg if full else big_kg
    path = tmp_path / f"graph.{format}"
    export(asked, format, path, full=full)
    keep = format in KEEP_GRAPHS
    wanted = _canonical(_held(asked, full=full), graphs=keep)
    assert len(wanted) > 100
    assert _canonical(reader(format, path), graphs=keep) == wanted


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "rdfxml"])
def test_control_characters_survive_all_but_xml(
    format: str, hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, format, tmp_path / "graph")
    keep = format in KEEP_GRAPHS
    wanted = _canonical(_held(hostile_kg, full=False), graphs=keep)
    for reader in (_rdflib, _oxigraph):
        assert _canonical(reader(format, tmp_path / "graph"), graphs=keep) == wanted


def test_the_store_holds_what_full_quads_hold(kg: KnowledgeGraph) -> None:
    assert len(kg.store) == _held(kg, full=True).count(b"\n")


def test_a_scope_is_a_part_of_the_whole(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "nquads", tmp_path / "all.nq", full=True)
    export(kg, "nquads", tmp_path / "part.nq", scope=Scope(council="Tarnbeck"))
    whole = set((tmp_path / "all.nq").read_bytes().splitlines())
    part = set((tmp_path / "part.nq").read_bytes().splitlines())
    assert part < whole
