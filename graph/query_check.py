"""What a query may not do, found in its words before any store sees it.

The text is split into the tokens of the SPARQL 1.1 grammar
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar, section 19.8), so that a keyword
inside a string, an address or a comment neither hides one nor fakes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from graph.errors import QueryError, QueryRefused
from ontology.prefixes import PREFIXES

_TOKEN = re.compile(
    r"(?P<space>\s+|\#[^\n\r]*)"
    r'|(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\''
    # what is not closed goes as a whole, as a run does below
    r'|"""(?:[^"\\]|\\.|"{1,2}(?!"))*+|\'\'\'(?:[^\'\\]|\\.|\'{1,2}(?!\'))*+'
    r'|"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\')'
    r"|<(?P<iri>[^<>\"{}|^`\\\x00-\x20]*)>"
    r"|(?P<variable>[?$]\w+)"
    # a backslash escapes a mark in a local name, as in ex:a\#b: no comment starts there
    r"|(?P<name>[\w.-]*+:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)"
    r"|(?P<tag>@[\w-]+)"
    # what begins like a name or a string and is none goes as a whole: looked at again from its
    # every character, a long one would take minutes
    r"|(?P<run>[\w.-]++)"
    r'|(?P<open>"(?:[^"\\\n\r]|\\.)*+|\'(?:[^\'\\\n\r]|\\.)*+)'
    r"|(?P<other>.)",
    re.DOTALL,
)
_WORD = re.compile(r"(?P<word>\w+)|(?P<other>.)")
_GAP = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
_SERVICE = re.compile(
    rf"SERVICE{_GAP}(?:SILENT{_GAP})?+"
    r"(?:<[^>]*+>|(?=[?$]|[^ \t\r\n{}<>\":]*+:)[^ \t\r\n{}<>\"]++)"
    rf"{_GAP}\{{",
    re.IGNORECASE,
)
"""``SERVICE`` with what it asks and the brace after it, wherever it stands.

A store reads a query by its grammar, not by tokens: to it ``SERVICE:a {`` asks a service, and
``1<'>'`` compares with a string. So this is looked for in the bare text too, where no quotation
mark, comment or address can hide it.
"""
_MOST_SERVICES = 300
"""Times that a query may say "service": each costs a look at what follows."""
_UPDATES = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)


_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Outline:
    """What the words of a query show without a parser."""

    form: str | None
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; None for what is no query."""
    dataset: bool
    """Whether ``FROM`` or ``FROM NAMED`` says what is asked."""


def check(query: str, graphs: Collection[str] | None, base: str = "") -> Outline:
    """The outline of a query; raises when it would change something or go outside.

    ``SERVICE`` raises :class:`~graph.errors.QueryRefused`; updates, and ``FROM`` or
    ``FROM NAMED`` with anything but one of ``graphs``, the IRIs of the named graphs at hand,
    raise :class:`~graph.errors.QueryError`. Each says line and column. Without ``graphs``
    any graph may be named. ``base`` is what relative IRIs are resolved against.
    """
    _check_services(query)
    tokens = list(_tokens(query))
    prefixes = dict(PREFIXES)
    index = 0
    form: str | None = None
    begun = dataset = False
    while index < len(tokens):
        kind, value, start = tokens[index]
        following = tokens[index + 1 : index + 3]
        word = value.upper() if kind == "word" else ""
        if word == "SERVICE":
            raise _service(query, start)
        if word == "PREFIX" and not begun:
            if [token[0] for token in following] == ["name", "iri"]:
                prefixes[following[0][1].rstrip(":")] = _absolute(following[1][1], base)
            index += 3
            continue
        if word == "BASE" and not begun:
            if following and following[0][0] == "iri":
                base = _absolute(following[0][1], base)
            index += 2
            continue
        if not begun and word in _UPDATES:
            raise refusal(
                query,
                start,
                f"{word} would change the graph, which can only be read",
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change it with faultlines build",
            )
        if not begun and word in _FORMS:
            form = word
        begun = True
        if word == "FROM":
            dataset = True
            named = bool(following) and following[0][1].upper() == "NAMED"
            token = tokens[index + 1 + named : index + 2 + named]
            if graphs is not None and token:
                _check_graph(query, token[0], prefixes, graphs, base)
        index += 1
    return Outline(form, dataset)


def refusal(query: str, offset: int, reason: str, advice: str) -> QueryError:
    """A :class:`QueryError` about the token at ``offset``."""
    words, position = _place(query, offset)
    return QueryError("query", reason + words, advice, position)


def _check_services(query: str) -> None:
    if query.upper().count("SERVICE") > _MOST_SERVICES:
        reason = f"it says SERVICE over {_MOST_SERVICES:,} times"
        raise QueryError("query", reason, "ask in several queries")
    if found := _SERVICE.search(query):
        raise _service(query, found.start())


def _service(query: str, offset: int) -> QueryRefused:
    words, position = _place(query, offset)
    return QueryRefused(
        "query",
        f"SERVICE is refused, because a query may not reach outside this graph{words}",
        "load the other data into a store of your own and ask there",
        position,
    )


def unknown_graph(graph: str) -> tuple[str, str]:
    """Words for a graph that the store does not have: what is wrong, and what to do."""
    return (
        f"there is no named graph <{graph}> here, and none is fetched from elsewhere",
        "list the named graphs with: SELECT DISTINCT ?g { GRAPH ?g {} }",
    )


def unreadable(query: str, line: int, column: int) -> str:
    """Words for a syntax error at a place, both numbers from 1, instead of a parser's grammar."""
    lines = query.splitlines() or [""]
    here = lines[line - 1] if line <= len(lines) else ""
    if undeclared := _undeclared(query):
        return (
            f"it cannot be read as SPARQL 1.1: the prefix {undeclared}: is not declared "
            f"(line {line}, column {column})"
        )
    start = max(0, column - 21)
    if start:  # from the next word on, not from the middle of one
        start = here.find(" ", start, column) + 1 or start
    near = here[start : column + 19].strip()
    return f"it cannot be read as SPARQL 1.1 near {near!r} (line {line}, column {column})"


def named_iris(query: str) -> Iterator[str]:
    """The IRIs that a query names, in full or with one of the usual or its own prefixes."""
    prefixes, declaring = dict(PREFIXES), False
    tokens = list(_tokens(query))
    for index, (kind, value, _) in enumerate(tokens):
        before = tokens[index - 1][1].upper() if index else ""
        if before == "PREFIX":
            declaring = True
            continue
        if kind == "iri" and declaring:
            prefixes[tokens[index - 1][1].rstrip(":")] = value
        elif kind == "iri":
            yield value
        elif kind == "name" and value.partition(":")[0] in prefixes:
            prefix, _, local = value.partition(":")
            yield prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        declaring = False


def _undeclared(query: str) -> str | None:
    """The first prefix that a query uses, does not declare and cannot take for granted."""
    tokens = list(_tokens(query))
    declared = {*PREFIXES, "_"}
    for index, (kind, value, _) in enumerate(tokens):
        if kind == "name":
            prefix = value.partition(":")[0]
            if index and tokens[index - 1][1].upper() == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return prefix
    return None


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind == "run":
            for part in _WORD.finditer(match[kind]):
                yield part.lastgroup or "other", part[0], match.start() + part.start()
        elif kind != "space":
            yield kind, match[kind], match.start()


def _place(query: str, offset: int) -> tuple[str, tuple[int, int]]:
    before = query[:offset]
    line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    return f" (line {line}, column {column})", (line, column)


def _absolute(iri: str, base: str) -> str:
    # an IRI with a scheme stays as it is to the last character: urljoin drops an empty fragment
    return iri if not base or _SCHEME.match(iri) else urljoin(base, iri)


def _check_graph(
    query: str,
    token: tuple[str, str, int],
    prefixes: dict[str, str],
    graphs: Collection[str],
    base: str,
) -> None:
    kind, value, start = token
    if kind == "iri":
        value = _absolute(value, base)
    elif kind == "name":
        prefix, _, local = value.partition(":")
        value = prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)
    else:
        return  # not SPARQL; the parser says so better
    if value not in graphs:
        raise refusal(query, start, *unknown_graph(value))
