"""A publication says what the graph holds, is the same each time, and comes whole or not at all."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.util
import io
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, VOID
from typer.testing import CliRunner, Result

import faultlines
from exports import ExportError
from exports.publication import Addresses, pages, publication, publish
from exports.publication.census import Census
from exports.publication.description import Description
from exports.publication.sources import SourceList, sources_csv
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.ntriples import serialise
from ontology import iri as mint
from ontology.pitfall import check_pitfalls
from ontology.prefixes import PREFIXES
from ontology.vocabulary import schemes, vocabulary
from tests import factories

BASE = "https://example.org/ombudsman/"
ENDPOINT = "https://example.org/sparql"
PUBLISHER = 'Tarnbeck <Advice> & "Help"'
DATASET = rdflib.URIRef(mint.DATASET)
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pylode") is None, reason="needs pyLODE (the extra publish)"
)


@pytest.fixture(scope="module")
def folder(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("publication") / "out"
    publish(kg, made, addresses=Addresses(BASE, ENDPOINT), publisher=PUBLISHER)
    return made


@pytest.fixture(scope="module")
def described(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "dataset.ttl")


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that say nothing of the graph are left short: making them takes seconds."""
    monkeypatch.setattr(publication, "ontology_page", lambda: "<h1>Ontology</h1>")
    monkeypatch.setattr(pages, "pitfalls_page", lambda: "<h1>Pitfalls</h1>")


def _said(path: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()
    }


def _counts(kg: KnowledgeGraph, query: str) -> dict[str, int]:
    rows: object = kg.query(query)
    return {row[0].value: int(row[1].value) for row in rows}  # type: ignore[attr-defined]


def _partition(described: rdflib.Graph, kind: str, count: rdflib.URIRef) -> dict[str, int]:
    found = {}
    for part in described.objects(DATASET, VOID[f"{kind}Partition"]):
        (named,) = described.objects(part, VOID[kind])
        (number,) = described.objects(part, count)
        found[str(named)] = int(str(number))
    return found


# Counts


def test_classes_are_counted_as_the_store_counts_them(
    kg: KnowledgeGraph, described: rdflib.Graph
) -> None:
    counted = _counts(kg, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert counted[PREFIXES["fl"] + "Decision"] == len(factories.sample())
    assert _partition(described, "class", VOID.entities) == counted


def test_properties_are_counted_as_the_store_counts_them(
    kg: KnowledgeGraph, described: rdflib.Graph
) -> None:
    query = "SELECT ?p (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } } GROUP BY ?p"
    counted = _counts(kg, query)
    assert _partition(described, "property", VOID.triples) == counted
    (triples,) = described.objects(DATASET, VOID.triples)
    assert int(str(triples)) == sum(counted.values()) < len(kg.store)


def test_subjects_and_entities_are_counted_once(
    kg: KnowledgeGraph, described: rdflib.Graph
) -> None:
    found: object = kg.query("SELECT DISTINCT ?s { ?s ?p ?o }")
    subjects = [str(row[0]) for row in found]  # type: ignore[attr-defined]
    own = sum(subject.startswith(f"<{mint.ID}") for subject in subjects)
    counted = [described.value(DATASET, VOID[one]) for one in ("distinctSubjects", "entities")]
    assert [int(str(one)) for one in counted] == [len(subjects), own]


def test_links_are_counted_by_property_and_target(
    kg: KnowledgeGraph, described: rdflib.Graph
) -> None:
    found = {}
    for links in described.subjects(RDF.type, VOID.Linkset):
        (predicate,) = described.objects(links, VOID.linkPredicate)
        (there,) = described.objects(links, VOID.objectsTarget)
        (count,) = described.objects(links, VOID.triples)
        assert described.value(links, VOID.subjectsTarget) == DATASET
        found[str(predicate), str(described.value(there, VOID.uriSpace))] = int(str(count))
    cited, types = (PREFIXES["fl"] + one for one in ("cites", "faultType"))
    expected: dict[tuple[str, str], int] = {}
    for named, space in ((cited, mint.LEGISLATION), (types, PREFIXES["fault"])):
        query = (
            f"SELECT ('n' AS ?n) (COUNT(*) AS ?c) {{ SELECT DISTINCT ?s ?o {{ ?s <{named}> ?o "
            f"FILTER(STRSTARTS(STR(?o), '{space}')) }} }}"
        )
        expected[named, space] = _counts(kg, query)["n"]
    assert min(expected.values()) > 0
    assert expected.items() <= found.items()


def test_what_two_graphs_say_counts_once_and_x1_is_not_within_x() -> None:
    def lines(name: str, *statements: str) -> list[bytes]:
        return [f"{one} <{mint.GRAPH}{name}> .\n".encode() for one in statements]

    shared = f'<{mint.ID}council/X1> <{PREFIXES["fl"]}gss> "X1 a b"'
    beside = f'<{mint.ID}decision/10> <{PREFIXES["fl"]}layout> "A"'
    own = f"<{mint.ID}decision/1/finding/f> <{PREFIXES['rdf']}type> <{PREFIXES['fl']}Finding>"
    census = Census()
    census.count(f"{mint.GRAPH}decision/1", lines("decision/1", shared, beside, own))
    census.count(f"{mint.GRAPH}decision/10", lines("decision/10", shared))
    assert (census.triples, census.subjects, census.entities, census.graphs) == (3, 3, 3, 2)
    assert census.classes == Counter({PREFIXES["fl"] + "Finding": 1})


# The description


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # rdflib's own reader
def test_turtle_and_json_ld_say_the_same(folder: Path, described: rdflib.Graph) -> None:
    other = rdflib.Dataset().parse(folder / "dataset.jsonld", format="json-ld")
    assert len(described) > 300
    assert {quad[:3] for quad in other.quads((None, None, None, None))} == set(described)
    assert not any(isinstance(node, rdflib.BNode) for node in described.all_nodes())


# Each asks for a property that DCAT-AP makes mandatory or that the dataset has to have, of the
# class that DCAT-AP gives its value (https://semiceu.github.io/DCAT-AP/releases/3.0.0/).
ASKED = {
    "title": "?d dcterms:title ?x FILTER(LANG(?x) = 'en')",
    "description": "?d dcterms:description ?x FILTER(LANG(?x) = 'en')",
    "creator": "?d dcterms:creator ?x . ?x a foaf:Agent ; foaf:name ?name",
    "publisher": "?d dcterms:publisher ?x . ?x a foaf:Agent ; foaf:name ?name",
    "theme": "?d dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE>",
    "spatial": "?d dcterms:spatial ?x . ?x a dcterms:Location ; rdfs:label 'England'@en",
    "temporal": (
        "?d dcterms:temporal ?x . ?x a dcterms:PeriodOfTime ; "
        "dcat:startDate ?a ; dcat:endDate ?b FILTER(?a <= ?b)"
    ),
    "licence": "?d dcterms:license <https://creativecommons.org/licenses/by/4.0/>",
    "rights": "?d dcterms:rights ?x . ?x a dcterms:RightsStatement ; rdfs:label ?words "
    "FILTER(CONTAINS(?words, 'acknowledgement of the Ombudsman'))",
    "distribution": (
        "?d dcat:distribution ?x . ?x a dcat:Distribution ; dcterms:license ?l ; "
        f"dcat:accessURL <{BASE}> ; dcat:downloadURL <{BASE}faultlines.nq.gz> ; "
        "dcat:mediaType <https://www.iana.org/assignments/media-types/application/n-quads> ; "
        "dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip>"
    ),
    "dump": f"?d void:dataDump <{BASE}faultlines.nq.gz>",
    "endpoint": f"?d void:sparqlEndpoint <{ENDPOINT}>",
    "service": f"?s a dcat:DataService ; dcat:endpointURL <{ENDPOINT}> ; dcat:servesDataset ?d",
    "vocabulary": "?d void:vocabulary fl: , skos:",
    "example": "?d void:exampleResource ?x FILTER(CONTAINS(STR(?x), '/id/decision/'))",
    "run": "?d prov:wasGeneratedBy ?x . ?x a prov:Activity ; fl:extractorVersion ?v ; "
    "prov:used ?sources . ?sources a prov:Collection",
}


@pytest.mark.parametrize("asked", ASKED)
def test_the_description_has(asked: str, described: rdflib.Graph) -> None:
    query = f"ASK {{ BIND(<{DATASET}> AS ?d) ?d a dcat:Dataset, void:Dataset . {ASKED[asked]} }}"
    answer = described.query(query, initNs=PREFIXES)
    assert answer.askAnswer is True


def test_the_span_is_that_of_the_decisions(described: rdflib.Graph) -> None:
    dates = sorted(one.date for one in factories.sample() if one.date)
    span = described.value(DATASET, DCTERMS.temporal)
    said = [described.value(span, DCAT[one]) for one in ("startDate", "endDate")]
    assert [str(one) for one in said] == [dates[0].isoformat(), dates[-1].isoformat()]


@pytest.mark.usefixtures("short_pages")
def test_without_addresses_none_is_made_up(kg: KnowledgeGraph, tmp_path: Path) -> None:
    publish(kg, tmp_path / "out")
    graph = rdflib.Graph().parse(tmp_path / "out" / "dataset.ttl")
    absent = (VOID.dataDump, VOID.sparqlEndpoint, DCAT.accessURL, DCAT.downloadURL)
    assert [term for term in absent if (None, term, None) in graph] == []
    assert (None, DCTERMS.publisher, None) not in graph
    assert (DATASET, DCAT.distribution, None) in graph


def test_the_time_is_the_one_that_the_build_was_given() -> None:
    def said(built: str | None) -> str:
        one = Description({}, "0.1.0", built, Census(), _sources("0.1.0"), None, None, [], [])
        return serialise(one.triples()).decode()

    time = f'"2026-02-03T04:05:06Z"^^<{PREFIXES["xsd"]}dateTime> .'
    run, dataset = f"<{mint.extraction('0.1.0')}>", f"<{mint.DATASET}>"
    lines = said("2026-02-03T04:05:06Z").splitlines()
    assert f"{run} <{PROV.startedAtTime}> {time}" in lines
    assert f"{dataset} <{DCTERMS.issued}> {time}" in lines
    assert "dateTime" not in said(None)


def _sources(version: str) -> list[SourceList]:
    return [SourceList(version, [("a.txt", "0" * 64, "https://example.org/a")])]


# The files


def test_the_dump_holds_what_the_store_holds(folder: Path, kg: KnowledgeGraph) -> None:
    packed = (folder / "faultlines.nq.gz").read_bytes()
    held = sum(1 for _ in parse(gzip.decompress(packed), format=RdfFormat.N_QUADS))
    assert held == len(kg.store)


def test_the_checksum_and_size_are_those_of_the_dump(folder: Path, described: rdflib.Graph) -> None:
    packed = (folder / "faultlines.nq.gz").read_bytes()
    (file,) = described.objects(DATASET, DCAT.distribution)
    (checksum,) = described.objects(file, SPDX.checksum)
    assert str(described.value(checksum, SPDX.checksumValue)) == hashlib.sha256(packed).hexdigest()
    assert int(str(described.value(file, DCAT.byteSize))) == len(packed)


def test_sources_are_named_with_their_hashes(
    folder: Path, kg: KnowledgeGraph, described: rdflib.Graph
) -> None:
    text = (folder / "sources.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["sha256"], row["decision"]) for row in rows} == {
        (entry.source_sha256, entry.iri) for entry in kg.ledger.entries()
    }
    sums = "".join(f"{one}\n" for one in sorted({row["sha256"] for row in rows}))
    (used,) = described.objects(None, PROV.used)
    (checksum,) = described.objects(used, SPDX.checksum)
    digest = hashlib.sha256(sums.encode()).hexdigest()
    assert str(described.value(checksum, SPDX.checksumValue)) == digest


def test_a_source_whose_name_is_a_formula_is_made_harmless() -> None:
    one = SourceList("0.1.0", [("=1+1", "0" * 64, "https://example.org/a")])
    text = sources_csv([one]).decode()
    assert text.splitlines()[1].startswith("'=1+1,")


def test_the_same_graph_gives_the_same_bytes(
    kg: KnowledgeGraph, folder: Path, tmp_path: Path
) -> None:
    publish(kg, tmp_path / "out", addresses=Addresses(BASE, ENDPOINT), publisher=PUBLISHER)
    assert _said(tmp_path / "out") == _said(folder)


class _Page(HTMLParser):
    """What a page links to, loads and names."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        if tag == "a":
            self.links.append(values.get("href") or "")
        else:
            self.loads += [values[one] or "" for one in ("src", "href", "data") if one in values]


def _pages(folder: Path) -> Mapping[str, _Page]:
    found = {}
    for path in sorted(folder.glob("*.html")):
        found[path.name] = _Page()
        found[path.name].feed(path.read_text(encoding="utf-8"))
    return found


def test_pages_load_nothing_and_their_links_lead_somewhere(folder: Path) -> None:
    read = _pages(folder)
    assert set(read) == {"index.html", "ontology.html", "vocabularies.html", "pitfalls.html"}
    for page in read.values():
        assert [one for one in page.loads if not one.startswith("data:")] == []
        for link in page.links:
            name, _, fragment = link.partition("#")
            if name and not re.match("https?://", link):
                assert (folder / name).is_file(), link
                assert not fragment or fragment in read[name].ids, link
    listed = {link for link in read["index.html"].links if not link.startswith("http")}
    assert listed == set(_said(folder)) - {"index.html"}


def test_the_publishers_words_stay_words(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "Tarnbeck &lt;Advice&gt; &amp; &#34;Help&#34;" in text
    assert "<Advice>" not in text


def test_the_ontologys_page_shows_every_term(folder: Path) -> None:
    ontology = rdflib.Graph().parse(folder / "ontology.ttl")
    text = (folder / "ontology.html").read_text(encoding="utf-8")
    terms = {str(one) for one in ontology.subjects(rdflib.RDFS.isDefinedBy, None)}
    assert len(terms) > 100
    assert sorted(term for term in terms if f"<code>{term}</code>" not in text) == []


def test_the_vocabularies_page_shows_every_concept(folder: Path) -> None:
    ids = _pages(folder)["vocabularies.html"].ids
    wanted = {f"{scheme}/{one}" for scheme in schemes() for one in vocabulary(scheme)}
    assert wanted | set(schemes()) <= ids


def test_the_report_names_every_pitfall_and_every_reason(folder: Path) -> None:
    text = (folder / "pitfalls.html").read_text(encoding="utf-8")
    checked = check_pitfalls()
    assert {f'<tr id="{one.id}">' for one in checked} <= set(re.findall('<tr id="P..">', text))
    reasons = {case.reason for one in checked for case in one.cases}
    assert reasons
    assert "No reason is given" not in text
    shown = pages._templates().from_string("{{ words }}")
    assert [one for one in reasons if shown.render(words=one) not in text] == []


# Whole or not at all


@pytest.mark.usefixtures("short_pages")
def test_an_earlier_publication_makes_way(kg: KnowledgeGraph, tmp_path: Path) -> None:
    made = tmp_path / "out"
    publish(kg, made, publisher="Kingsferry Advice")
    publish(kg, made)
    assert "Kingsferry Advice" not in (made / "dataset.ttl").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_anything_else_is_left_alone(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds something else \(notes\.txt\)"):
        publish(kg, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_page_called_as_one_of_ours_is_left_alone(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my own home page", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds something else \(index\.html\)"):
        publish(kg, tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "my own home page"


@pytest.mark.usefixtures("short_pages")
def test_a_file_added_among_the_vocabularies_is_left_alone(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    publish(kg, tmp_path / "out")
    added = tmp_path / "out" / "vocabularies" / "mine.ttl"
    added.write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds something else \(mine\.ttl\)"):
        publish(kg, tmp_path / "out")
    assert added.exists()


def test_a_file_in_place_of_the_folder_is_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="there is a file of this name; name a folder"):
        publish(kg, tmp_path / "out")


@pytest.mark.usefixtures("short_pages")
def test_a_publication_that_fails_leaves_the_earlier_one(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "out"
    publish(kg, made)
    before = _said(made)

    def fail(*_: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(publication, "ontology_page", fail)
    with pytest.raises(OSError, match="no space"):
        publish(kg, made, publisher="Peverell")
    assert _said(made) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_without_pylode_it_says_how_to_get_it_and_writes_nothing(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.publication.documentation.find_spec", lambda _: None)
    with pytest.raises(ExportError, match=r"pip install 'faultlines\[publish\]'"):
        publish(kg, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_pylode_that_may_not_keep_its_cache_is_named(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("refs.pickle")

    monkeypatch.setattr("pylode.profiles.ontpub.load_background_onts", refuse)
    with pytest.raises(ExportError, match="pyLODE: it cannot work"):
        publish(kg, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "base", ["example.org/", "ftp://example.org/", "https://example.org/a b/", "https://x/<y>/"]
)
def test_what_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(ExportError, match="no web address"):
        Addresses(base)


def test_a_base_that_is_no_folder_is_refused() -> None:
    with pytest.raises(ExportError, match="end it with a slash"):
        Addresses("https://example.org/data")


@pytest.mark.usefixtures("short_pages")
def test_hostile_words_do_no_harm(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    publish(hostile_kg, tmp_path / "out")
    described = rdflib.Graph().parse(tmp_path / "out" / "dataset.ttl")
    assert (DATASET, RDF.type, DCAT.Dataset) in described
    assert (None, FOAF.name, None) in described
    for page in _pages(tmp_path / "out").values():
        assert [one for one in page.loads if not one.startswith("data:")] == []


# The command


def _command(*words: str) -> Result:
    return CliRunner().invoke(faultlines.app, ["publish", *words])


@pytest.mark.usefixtures("short_pages")
def test_the_command_names_the_files(kg: KnowledgeGraph, tmp_path: Path) -> None:
    made = tmp_path / "new" / "out"
    ran = _command(str(kg.folder), "-o", str(made), "--base", BASE)
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.splitlines()[0] == str(made / "index.html")
    assert {str(made / name) for name in _said(made)} == set(ran.stdout.splitlines())


def test_a_wrong_address_is_wrong_usage(kg: KnowledgeGraph, tmp_path: Path) -> None:
    ran = _command(str(kg.folder), "-o", str(tmp_path / "out"), "--base", "example.org")
    assert ran.exit_code == 2
    assert "it is no web address; give one such as" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_a_failure(kg: KnowledgeGraph) -> None:
    ran = _command(str(kg.folder), "-o", str(kg.folder))
    assert ran.exit_code == 1
    assert "holds something else" in ran.stderr
