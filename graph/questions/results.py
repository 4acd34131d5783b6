"""Answers to SPARQL queries as plain values, and the formats they are written in.

A :class:`Rows`, :class:`Triples` or :class:`Answer` no longer needs the store it came
from: it can cross a process and be written later. Formats of SELECT and ASK follow the
W3C recommendations for SPARQL 1.1 results in JSON, XML, CSV and TSV
(https://www.w3.org/TR/sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/,
https://www.w3.org/TR/sparql11-results-csv-tsv/); statements are written as Turtle,
N-Triples, JSON-LD or RDF/XML, sorted. An answer that was cut says so in a comment where the
format has comments. ``table`` is for reading on a screen.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from graph.errors import QueryError
from graph.triples.ntriples import XSD, iri, literal
from graph.xml_character import replaced
from ontology.prefixes import LONGEST_FIRST, PREFIXES


class Term(NamedTuple):
    """An RDF term. ``kind`` is ``iri``, ``literal``, ``blank`` or ``triple``."""

    kind: str
    value: str
    """The IRI, the characters of the literal, the label, or the triple as N-Triples."""
    datatype: str | None = None
    """IRI of a literal's datatype; None for a plain or a language-tagged one."""
    language: str | None = None

    def ntriples(self) -> str:
        """The term as N-Triples writes it."""
        if self.kind == "iri":
            return iri(self.value)
        if self.kind == "blank":
            return f"_:{self.value}"
        if self.kind == "triple":
            return self.value
        shown = literal(self.value)
        if self.language:
            return f"{shown}@{self.language}"
        return f"{shown}^^<{self.datatype}>" if self.datatype else shown


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: its columns and one tuple of terms a row, None where unbound."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False
    """Whether the query had more rows than the limit that was set."""


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE: distinct statements, sorted."""

    triples: tuple[tuple[Term, Term, Term], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an ASK."""

    value: bool


Result = Rows | Triples | Answer


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a result."""

    name: str
    media_type: str
    extension: str
    rows: bool
    """Whether it carries rows and answers of ASK."""
    triples: bool
    """Whether it carries statements."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.name: made
        for made in (
            Format("table", "text/plain", "txt", rows=True, triples=True),
            Format("csv", "text/csv", "csv", rows=True, triples=True),
            Format("tsv", "text/tab-separated-values", "tsv", rows=True, triples=True),
            Format("json", "application/sparql-results+json", "json", rows=True, triples=True),
            Format("xml", "application/sparql-results+xml", "xml", rows=True, triples=True),
            Format("turtle", "text/turtle", "ttl", rows=False, triples=True),
            Format("ntriples", "application/n-triples", "nt", rows=False, triples=True),
            Format("jsonld", "application/ld+json", "jsonld", rows=False, triples=True),
            Format("rdfxml", "application/rdf+xml", "rdf", rows=False, triples=True),
        )
    }
)
"""Every format by name. Statements asked for as rows have subject, predicate, object."""


def write(
    result: Result,
    format: str,
    *,
    defuse: bool = False,
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """``result`` as text in one of :data:`FORMATS`.

    ``defuse`` puts an apostrophe before cells of CSV and TSV that a spreadsheet would run
    as a formula; leave it off where a program reads the result. ``prefixes``
    are those of Turtle and RDF/XML. Raises
    :class:`~graph.errors.QueryError` for an unknown format, for rows asked for as statements
    and for statements that RDF/XML cannot carry.
    """
    known = FORMATS.get(format)
    if known is None:
        raise QueryError("format", f"{format!r} is unknown", f"use one of {', '.join(FORMATS)}")
    if known.triples and not known.rows:
        if not isinstance(result, Triples):
            raise QueryError(
                "query",
                f"its answer is a table, which {format} cannot carry",
                "ask with CONSTRUCT or DESCRIBE, or take csv, tsv, json or xml",
            )
        return _statements(result, format, prefixes)
    if format in ("csv", "tsv"):
        return _separated(result, format, defuse)
    writers: dict[str, Callable[[Result], str]] = {"table": _table, "json": _json, "xml": _xml}
    return writers[format](result)


def as_rows(result: Result) -> Rows:
    """Any result as rows: statements by subject, predicate, object; an ASK as one cell."""
    if isinstance(result, Rows):
        return result
    if isinstance(result, Triples):
        return Rows(("subject", "predicate", "object"), result.triples, result.truncated)
    value = Term("literal", str(result.value).lower(), XSD + "boolean")
    return Rows(("answer",), ((value,),))


def shorten(value: str) -> str:
    """An IRI with its prefix, such as ``fault:delay``, when one of ours fits."""
    for prefix, namespace in LONGEST_FIRST:
        if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
            return f"{prefix}:{value[len(namespace) :]}"
    return value


_LOCAL = re.compile(r"[\w.~%/-]+", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n|\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula (OWASP, CSV injection)."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def undefused(cell: str) -> str:
    """The cell that :func:`defused` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _defused_term(term: Term | None) -> Term | None:
    # a spreadsheet takes the quotation marks of a literal for its own, and away
    if term is None or term.kind != "literal":
        return term
    return term._replace(value=defused(term.value))


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _separated(result: Result, format: str, defuse: bool) -> str:
    rows = as_rows(result)
    out = io.StringIO()
    if format == "csv":
        writer = csv.writer(out)  # RFC 4180: lines end with CR LF, as the recommendation has it
        writer.writerow(rows.variables)
        for row in rows.rows:
            cells = [_plain(term) for term in row]
            writer.writerow([defused(cell) for cell in cells] if defuse else cells)
        return out.getvalue()
    out.write("\t".join(f"?{name}" for name in rows.variables) + "\n")
    for row in rows.rows:
        # N-Triples escapes tabs and line feeds, so every row stays one line
        terms = [_defused_term(term) for term in row] if defuse else row
        out.write("\t".join("" if term is None else term.ntriples() for term in terms) + "\n")
    return out.getvalue()


def _json(result: Result) -> str:
    if isinstance(result, Answer):
        shown: dict[str, Any] = {"head": {}, "boolean": result.value}
    else:
        rows = as_rows(result)
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(rows.variables, row, strict=True)
                if term is not None
            }
            for row in rows.rows
        ]
        shown = {"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}}
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


_KINDS = {"iri": "uri", "blank": "bnode", "literal": "literal", "triple": "literal"}


def _json_term(term: Term) -> dict[str, str]:
    shown = {"type": _KINDS[term.kind], "value": term.value}
    if term.language:
        shown["xml:lang"] = term.language
    elif term.datatype:
        shown["datatype"] = term.datatype
    return shown


def _xml(result: Result) -> str:
    out = ['<?xml version="1.0"?>']
    if not isinstance(result, Answer) and result.truncated:
        out.append(f"<!-- {_cut(result)} -->")
    out.append('<sparql xmlns="http://www.w3.org/2005/sparql-results#">')
    if isinstance(result, Answer):
        out += ["<head/>", f"<boolean>{str(result.value).lower()}</boolean>"]
    else:
        rows = as_rows(result)
        names = [quoteattr(name) for name in rows.variables]
        out.append("<head>" + "".join(f"<variable name={name}/>" for name in names) + "</head>")
        out.append("<results>")
        for row in rows.rows:
            cells = zip(names, row, strict=True)
            shown = [f"<binding name={n}>{_xml_term(t)}</binding>" for n, t in cells if t]
            out.append(f"<result>{''.join(shown)}</result>")
        out.append("</results>")
    return "\n".join([*out, "</sparql>"]) + "\n"


def _xml_term(term: Term) -> str:
    # XML 1.0 has no way to write most control characters
    value = escape(replaced(term.value)).replace("\r", "&#13;")
    kind = _KINDS[term.kind]
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype:
        attribute = f" datatype={quoteattr(term.datatype)}"
    return f"<{kind}{attribute}>{value}</{kind}>"


def _table(result: Result) -> str:
    if isinstance(result, Answer):
        return "yes\n" if result.value else "no\n"
    rows = as_rows(result)
    shown = [list(rows.variables), *([_cell(term) for term in row] for row in rows.rows)]
    widths = [max(len(line[index]) for line in shown) for index in range(len(rows.variables))]
    shown.insert(1, ["-" * width for width in widths])
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in shown
    ]
    count = len(rows.rows)
    lines.append(f"({count} row{'' if count == 1 else 's'})")
    if rows.truncated:
        lines[-1] = f"(the first {count} rows; there are more: add a LIMIT or narrow the query)"
    return "\n".join(lines) + "\n"


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    shown = shorten(term.value) if term.kind == "iri" else _plain(term)
    # no control character of a decision's text may reach a terminal
    return _CONTROLS.sub(" ", shown)


def _cut(result: Rows | Triples) -> str:
    count = len(result.rows if isinstance(result, Rows) else result.triples)
    return f"The first {count:,}; there are more: add a LIMIT or narrow the query."


def _statements(result: Triples, format: str, prefixes: Mapping[str, str]) -> str:
    triples = map(_xml_triple, result.triples) if format == "rdfxml" else result.triples
    lines = [f"{s.ntriples()} {p.ntriples()} {o.ntriples()} ." for s, p, o in triples]
    text = "".join(f"{line}\n" for line in lines)
    remark = f"# {_cut(result)}\n" if result.truncated else ""
    if format == "ntriples":
        return remark + text
    import pyoxigraph as ox

    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    quads = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    made = ox.serialize(
        (quad.triple for quad in quads), format=formats[format], prefixes=dict(prefixes)
    )
    written = made.decode() if made else ""
    if format == "turtle":
        return remark + written
    if format == "rdfxml":
        written = written.replace("\r", "&#13;")  # a reader of XML takes a bare one for a line feed
        if remark:
            declaration, end, rest = written.partition("?>\n")
            return f"{declaration}{end}<!-- {_cut(result)} -->\n{rest}"
    return written


_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*$", re.ASCII)


def _xml_triple(triple: tuple[Term, Term, Term]) -> tuple[Term, Term, Term]:
    """A statement as RDF/XML can carry it: a predicate is an element, so it ends in a name."""
    subject, predicate, value = triple
    if not _XML_NAME.search(predicate.value) or "triple" in (subject.kind, value.kind):
        raise QueryError(
            "query",
            f"RDF/XML cannot carry a statement of its answer, whose predicate is "
            f"<{predicate.value}>",
            "take Turtle, N-Triples or JSON-LD",
        )
    return subject, predicate, value._replace(value=replaced(value.value))
