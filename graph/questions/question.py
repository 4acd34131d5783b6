"""Named questions: SPARQL queries with a title, an answer in words and typed parameters.

A question is one file, ``queries/<name>.rq``, that begins with comment lines::

    # title: Which faults were found at which council?
    # answers: How often each type of fault was found at each council.
    # param: council council optional A council: its name, its GSS code or its IRI
    # columns: council, name, fault, findings

``# param:`` gives the name, the kind (:data:`KINDS`), ``required`` or ``optional``, and
words. In the query, a line ``#bind NAME rest`` stands for nothing until the parameter is
given; then it becomes ``VALUES ?NAME { term } rest``. The term is written by this module
from a resolved council, a known concept or a parsed date, so that no text of a caller
ever becomes part of the query's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from graph.errors import QueryError
from graph.questions.council_name import find_council
from graph.triples.ntriples import day, integer, iri, literal
from ontology.vocabulary import UnknownConcept, vocabulary

_HEADER = re.compile(r"# (title|answers|param|columns): (.+)")
_BIND = re.compile(r"^( *)#bind (\w+) ?(.*)$", re.MULTILINE)
_REFERENCE = re.compile(r"(\d\d)[ -]?(\d\d\d)[ -]?(\d\d\d)([a-z]?)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a question can be asked about."""

    name: str
    kind: str
    """A key of :data:`KINDS`."""
    required: bool
    about: str
    """What to give, in words."""


@dataclass(frozen=True, slots=True)
class Question:
    """One named question."""

    name: str
    title: str
    answers: str
    """A sentence saying what the answer is and how it counts."""
    parameters: tuple[Parameter, ...]
    columns: str
    """The columns of the answer, with words for those that need them."""
    text: str
    """The query with its ``#bind`` lines, without the header."""

    def sparql(self, known: Mapping[str, str] | None = None, /, **parameters: str) -> str:
        """The query with its parameters bound, ready to run or to show.

        ``known`` adds names of authorities outside the register of councils, IRI to name,
        usually the labels of a graph. Raises :class:`~graph.errors.QueryError` for a
        parameter that is missing, unknown or cannot be understood, with the nearest values.
        """
        given = {name: value.strip() for name, value in parameters.items() if value.strip()}
        names = {parameter.name for parameter in self.parameters}
        for name in given:
            if name not in names:
                raise QueryError(
                    self.name,
                    f"it has no parameter {name!r}",
                    f"use {', '.join(sorted(names))}" if names else "ask it without parameters",
                )
        bound: dict[str, str] = {}
        for parameter in self.parameters:
            if parameter.name in given:
                bound[parameter.name] = _term(self.name, parameter, given[parameter.name], known)
            elif parameter.required:
                raise QueryError(
                    self.name, f"it needs {parameter.name!r}", f"give it: {parameter.about}"
                )

        def bind(match: re.Match[str]) -> str:
            indent, name, rest = match.groups()
            if name not in bound:
                return ""
            return f"{indent}VALUES ?{name} {{ {bound[name]} }} {rest}".rstrip()

        lines = _BIND.sub(bind, self.text).splitlines()
        return "\n".join(line for line in lines if line.strip()) + "\n"


@cache
def questions() -> Mapping[str, Question]:
    """Every question by name, sorted."""
    folder = files("graph.questions").joinpath("queries")
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return MappingProxyType(
        {
            name.removesuffix(".rq"): parse(
                name.removesuffix(".rq"), folder.joinpath(name).read_text(encoding="utf-8")
            )
            for name in found
        }
    )


def parse(name: str, text: str) -> Question:
    """The question in the text of a ``.rq`` file; ValueError when its header is not whole."""
    header: dict[str, list[str]] = {"title": [], "answers": [], "param": [], "columns": []}
    lines = text.splitlines()
    while lines and (match := _HEADER.fullmatch(lines[0])):
        header[match[1]].append(match[2])
        del lines[0]
    if not (header["title"] and header["answers"] and header["columns"]):
        raise ValueError(f"{name}.rq must begin with # title:, # answers: and # columns: lines")
    body = "\n".join(lines).strip() + "\n"
    parameters = tuple(_parameter(name, line, body) for line in header["param"])
    return Question(
        name=name,
        title=header["title"][0],
        answers=header["answers"][0],
        parameters=parameters,
        columns=header["columns"][0],
        text=body,
    )


def _parameter(question: str, line: str, body: str) -> Parameter:
    name, kind, need, about = line.split(" ", 3)
    if kind not in KINDS or need not in ("required", "optional"):
        raise ValueError(f"{question}.rq: # param: {line!r} must be NAME KIND required|optional")
    if not any(match[2] == name for match in _BIND.finditer(body)):
        raise ValueError(f"{question}.rq has no line '#bind {name}'")
    return Parameter(name, kind, need == "required", about)


def _term(question: str, parameter: Parameter, value: str, known: Mapping[str, str] | None) -> str:
    try:
        if parameter.kind == "council":
            return iri(find_council(value, known or {}))
        return KINDS[parameter.kind](value)
    except QueryError:
        raise
    except UnknownConcept as error:
        raise QueryError(question, str(error), f"give {parameter.about}") from error
    except ValueError as error:
        raise QueryError(
            question,
            f"{value!r} cannot be read as its {parameter.name}",
            f"give {parameter.about}",
        ) from error


def _concept(scheme: str) -> Callable[[str], str]:
    def term(value: str) -> str:
        known = vocabulary(scheme)
        for concept in known.values():
            if value.casefold() in (concept.iri.casefold(), concept.label.casefold()):
                return iri(concept.iri)
        return iri(known[value.removeprefix(f"{scheme}:")].iri)

    return term


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _number(value: str) -> str:
    return integer(int(value))


def _reference(value: str) -> str:
    match = _REFERENCE.fullmatch(value.lower())
    if match is None:
        raise ValueError(value)
    return literal(f"{match[1]} {match[2]} {match[3]}{match[4]}")


def _council(value: str) -> str:
    return iri(find_council(value, {}))


KINDS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "council": _council,
        "fault": _concept("fault"),
        "injustice": _concept("injustice"),
        "remedy": _concept("remedy"),
        "category": _concept("category"),
        "date": _day,
        "number": _number,
        "reference": _reference,
    }
)
"""Kind of parameter to the function that writes its term; ValueError when it cannot."""
