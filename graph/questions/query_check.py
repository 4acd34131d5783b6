"""What a query may not do, found in its words before any store sees it.

The text is split into the tokens of the SPARQL 1.1 grammar
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar, section 19.8), so that a keyword
inside a string, an address or a comment neither hides one nor fakes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from graph.errors import QueryError
from ontology.prefixes import PREFIXES

_TOKEN = re.compile(
    r"(?P<space>\s+|\#[^\n\r]*)"
    r'|(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\')'
    r"|<(?P<iri>[^<>\"{}|^`\\\x00-\x20]*)>"
    r"|(?P<variable>[?$]\w+)"
    # a backslash escapes a mark in a local name, as in ex:a\#b: no comment starts there
    r"|(?P<name>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)"
    r"|(?P<tag>@[\w-]+)"
    r"|(?P<word>\w+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_UPDATES = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)


def check(query: str, graphs: Collection[str]) -> None:
    """Raise :class:`QueryError`, with line and column, when ``query`` goes outside.

    Refused are ``SERVICE``, updates, and ``FROM`` or ``FROM NAMED`` with anything but one
    of ``graphs``, the IRIs of the named graphs at hand.
    """
    tokens = list(_tokens(query))
    prefixes = dict(PREFIXES)
    index = 0
    begun = False
    while index < len(tokens):
        kind, value, start = tokens[index]
        following = tokens[index + 1 : index + 3]
        word = value.upper() if kind == "word" else ""
        if word == "SERVICE":
            raise refusal(
                query,
                start,
                "SERVICE is refused, because a query may not reach outside this graph",
                "load the other data into a store of your own and ask there",
            )
        if word == "PREFIX" and not begun:
            if [token[0] for token in following] == ["name", "iri"]:
                prefixes[following[0][1].rstrip(":")] = following[1][1]
            index += 3
            continue
        if word == "BASE" and not begun:
            index += 2
            continue
        if not begun and word in _UPDATES:
            raise refusal(
                query,
                start,
                f"{word} would change the graph, which can only be read",
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change it with faultlines build",
            )
        begun = True
        if word == "FROM":
            named = bool(following) and following[0][1].upper() == "NAMED"
            _check_graph(query, tokens[index + 1 + named : index + 2 + named], prefixes, graphs)
        index += 1


def refusal(query: str, offset: int, reason: str, advice: str) -> QueryError:
    """A :class:`QueryError` about the token at ``offset``."""
    before = query[:offset]
    column = offset - (before.rfind("\n") + 1) + 1
    line = before.count("\n") + 1
    return QueryError("query", f"{reason} (line {line}, column {column})", advice, (line, column))


def unreadable(query: str, line: int, column: int) -> str:
    """Words for a syntax error at a place, both numbers from 1, instead of a parser's grammar."""
    lines = query.splitlines() or [""]
    here = lines[line - 1] if line <= len(lines) else ""
    near = here[max(0, column - 21) : column + 19].strip()
    return f"it cannot be read as SPARQL 1.1 near {near!r} (line {line}, column {column})"


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield kind, match[kind], match.start()


def _check_graph(
    query: str,
    tokens: list[tuple[str, str, int]],
    prefixes: dict[str, str],
    graphs: Collection[str],
) -> None:
    if not tokens or tokens[0][0] not in ("iri", "name"):
        return  # not SPARQL; the parser says so better
    kind, value, start = tokens[0]
    if kind == "name":
        prefix, _, local = value.partition(":")
        value = prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)
    if value not in graphs:
        raise refusal(
            query,
            start,
            f"there is no named graph <{value}> here, and none is fetched from elsewhere",
            "list the named graphs with: SELECT DISTINCT ?g { GRAPH ?g {} }",
        )
