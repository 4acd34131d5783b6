"""The published description of a dataset: VoID, DCAT 3 and PROV-O.

Adds to what every build says of itself (:mod:`graph.triples.dataset`) what needs a look at
the whole graph: counts per class and property, links to other datasets, the span of the
decisions' dates, the sources that were read and the files that are published. Follows
VoID (https://www.w3.org/TR/void/), DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), what
DCAT-AP makes mandatory (https://semiceu.github.io/DCAT-AP/) and SPDX for checksums
(https://spdx.org/rdf/terms/). Nothing is taken from the clock, and no node is blank, so that
the same graph gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.exporter import ExportError
from exports.publication.census import TARGETS, Census
from exports.publication.sources import SourceList
from graph.triples.dataset import LICENCE, dataset_triples, run_triples, term
from graph.triples.ntriples import TYPE, XSD, Triple, english, integer, iri, literal
from ontology import iri as mint
from ontology.prefixes import ONTOLOGY, PREFIXES, VOCAB, prefixed

SPDX = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_FORMATS = "http://publications.europa.eu/resource/authority/file-type/"
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+")
"""What RFC 3987 lets an IRI hold, as far as a parser of RDF would refuse the rest."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that holds the dataset."""

    name: str
    """Within the folder: ``faultlines.nq.gz``."""
    title: str
    media_type: str
    """IANA media type of what it holds, after unpacking."""
    file_type: str
    """Its entry in the EU's list of file types (:data:`_FORMATS`): ``RDF_N_QUADS``."""
    compression: str | None
    """Media type of the packing, such as ``application/gzip``."""
    size: int
    """Bytes, as published."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the dataset will be found, as far as the publisher says."""

    base: str | None = None
    """Address of the folder, ending in ``/``."""
    endpoint: str | None = None
    """Address of a SPARQL endpoint."""

    def __post_init__(self) -> None:
        """Raise :class:`~exports.exporter.ExportError` for what cannot stand as an IRI in RDF."""
        for name, address in (("base", self.base), ("endpoint", self.endpoint)):
            if address is not None and not _ADDRESS.fullmatch(address):
                advice = "give one such as https://example.org/data/"
                raise ExportError(f"{name} {address!r}", "it is no web address", advice)
        if self.base and not self.base.endswith("/"):
            advice = "end it with a slash"
            raise ExportError(f"base {self.base!r}", "it is no address of a folder", advice)


@dataclass(frozen=True, slots=True)
class Description:
    """All that is said of a published dataset."""

    counts: dict[str, int]
    version: str
    """Of the software that built the graph."""
    built: str | None
    """The time that the build was given."""
    census: Census
    sources: Sequence[SourceList]
    """One for each version of the software whose readings the graph holds."""
    first: str | None
    """Date of the first decision, ISO 8601."""
    last: str | None
    examples: Sequence[str]
    """IRIs worth looking up."""
    files: Sequence[PublishedFile]
    addresses: Addresses = Addresses()
    publisher: str | None = None
    """Name of whoever publishes it."""

    def triples(self) -> Iterator[Triple]:
        """Every statement of the description; some may come twice."""
        yield from dataset_triples(self.counts, self.version, self.built)
        yield from self._whole()
        yield from self._partitions()
        yield from self._links()
        for source in self.sources:
            yield from self._provenance(source)
        for file in self.files:
            yield from self._file(file)
        yield from self._service()

    def _whole(self) -> Iterator[Triple]:
        node, census = iri(mint.DATASET), self.census
        counted = {
            "triples": census.triples,
            "entities": census.entities,
            "distinctSubjects": census.subjects,
            "classes": len(census.classes),
            "properties": len(census.properties),
        }
        for name, count in counted.items():
            yield node, term("void", name), integer(count)
        for example in self.examples:
            yield node, term("void", "exampleResource"), iri(example)
        for namespace in self._vocabularies():
            yield node, term("void", "vocabulary"), iri(namespace)
        yield node, term("dcterms", "conformsTo"), iri(ONTOLOGY)
        if self.first and self.last:
            span = iri(f"{mint.DATASET}/period")
            yield node, term("dcterms", "temporal"), span
            yield span, TYPE, term("dcterms", "PeriodOfTime")
            yield span, term("dcat", "startDate"), f"{literal(self.first)}^^<{XSD}date>"
            yield span, term("dcat", "endDate"), f"{literal(self.last)}^^<{XSD}date>"
        if self.publisher:
            publisher = iri(f"{mint.DATASET}/publisher")
            yield node, term("dcterms", "publisher"), publisher
            yield publisher, TYPE, term("foaf", "Agent")
            yield publisher, term("foaf", "name"), literal(self.publisher)

    def _vocabularies(self) -> Iterator[str]:
        """Namespaces that classes or properties of the graph come from."""
        used = {*self.census.classes, *self.census.properties}
        for prefix, namespace in PREFIXES.items():
            known = prefix not in ("id", "graph", "vocab") and not namespace.startswith(VOCAB)
            if known and any(each.startswith(namespace) for each in used):
                yield namespace

    def _partitions(self) -> Iterator[Triple]:
        node = iri(mint.DATASET)
        for kind, counted, count in (
            ("class", self.census.classes, "entities"),
            ("property", self.census.properties, "triples"),
        ):
            for named, number in sorted(counted.items()):
                part = iri(f"{mint.DATASET}/{kind}/{mint.slug(prefixed(named))}")
                yield node, term("void", f"{kind}Partition"), part
                yield part, TYPE, term("void", "Dataset")
                yield part, term("void", kind), iri(named)
                yield part, term("void", count), integer(number)

    def _links(self) -> Iterator[Triple]:
        """One linkset for each property and target, as VoID asks (section 5.1)."""
        node = iri(mint.DATASET)
        for (named, target), number in sorted(self.census.links.items()):
            links = iri(f"{mint.DATASET}/links/{mint.slug(prefixed(named))}/{target}")
            there = iri(f"{mint.DATASET}/target/{target}")
            yield node, term("void", "subset"), links
            yield links, TYPE, term("void", "Linkset")
            yield links, term("void", "linkPredicate"), iri(named)
            yield links, term("void", "subjectsTarget"), node
            yield links, term("void", "objectsTarget"), there
            yield links, term("void", "triples"), integer(number)
            yield there, TYPE, term("void", "Dataset")
            yield there, term("void", "uriSpace"), literal(TARGETS[target])
            if target == "legislation":
                page, title = "https://www.legislation.gov.uk/", "legislation.gov.uk"
                yield there, term("foaf", "homepage"), iri(page)
            else:
                title = f"Faultlines vocabulary: {target}"
                yield there, term("dcterms", "source"), iri(VOCAB + target)
            yield there, term("dcterms", "title"), english(title)

    def _provenance(self, source: SourceList) -> Iterator[Triple]:
        run = iri(mint.extraction(source.version))
        used = f"{mint.DATASET}/sources/{mint.slug(source.version)}"
        yield from run_triples(source.version)
        yield iri(mint.DATASET), term("prov", "wasGeneratedBy"), run
        yield run, term("prov", "used"), iri(used)
        if self.built and source.version == self.version:
            yield run, term("prov", "startedAtTime"), f"{literal(self.built)}^^<{XSD}dateTime>"
        yield iri(used), TYPE, term("prov", "Collection")
        yield iri(used), TYPE, term("prov", "Entity")
        yield iri(used), term("dcterms", "title"), english("Sources that were read")
        yield (
            iri(used),
            term("dcterms", "description"),
            english(
                "Each stands in sources.csv with its name and SHA-256; the checksum here is that "
                "of their SHA-256 sums in hexadecimal, sorted, each ended by a line feed."
            ),
        )
        yield iri(used), term("dcterms", "extent"), english(f"{source.count} sources")
        yield from _checksum(used, source.digest)

    def _file(self, file: PublishedFile) -> Iterator[Triple]:
        where = f"{mint.DATASET}/file/{file.name}"
        node = iri(where)
        yield iri(mint.DATASET), term("dcat", "distribution"), node
        yield node, TYPE, term("dcat", "Distribution")
        yield node, term("dcterms", "title"), english(file.title)
        yield node, term("dcterms", "license"), iri(LICENCE)
        yield node, term("dcat", "mediaType"), iri(_MEDIA_TYPES + file.media_type)
        yield node, term("dcterms", "format"), iri(_FORMATS + file.file_type)
        if file.compression:
            yield node, term("dcat", "compressFormat"), iri(_MEDIA_TYPES + file.compression)
        size = f'"{file.size}"^^<{XSD}nonNegativeInteger>'
        yield node, term("dcat", "byteSize"), size
        yield from _checksum(where, file.sha256)
        base = self.addresses.base
        if base:
            yield node, term("dcat", "accessURL"), iri(base)
            yield node, term("dcat", "downloadURL"), iri(base + file.name)
            yield iri(mint.DATASET), term("void", "dataDump"), iri(base + file.name)
            yield iri(mint.DATASET), term("dcat", "landingPage"), iri(base)
            yield iri(base), TYPE, term("foaf", "Document")

    def _service(self) -> Iterator[Triple]:
        address = self.addresses.endpoint
        if not address:
            return
        service = iri(f"{mint.DATASET}/sparql")
        yield iri(mint.DATASET), term("void", "sparqlEndpoint"), iri(address)
        yield service, TYPE, term("dcat", "DataService")
        yield service, term("dcterms", "title"), english("SPARQL endpoint")
        yield service, term("dcat", "endpointURL"), iri(address)
        yield service, term("dcat", "servesDataset"), iri(mint.DATASET)
        standard = iri("https://www.w3.org/TR/sparql11-protocol/")
        yield service, term("dcterms", "conformsTo"), standard


def _checksum(of: str, sha256: str) -> Iterator[Triple]:
    node = iri(f"{of}/checksum")
    yield iri(of), f"<{SPDX}checksum>", node
    yield node, TYPE, f"<{SPDX}Checksum>"
    yield node, f"<{SPDX}algorithm>", f"<{SPDX}checksumAlgorithm_sha256>"
    yield node, f"<{SPDX}checksumValue>", f"{literal(sha256)}^^<{XSD}hexBinary>"
