"""Named questions: SPARQL queries with a title, an answer in words and typed parameters.

A question is one file, ``queries/<name>.rq``, that begins with comment lines::

    # title: Which faults were found at which council?
    # answers: How often each type of fault was found at each council.
    # param: council council optional A council: its name, its GSS code or its IRI
    # column: council iri The council or other authority at fault
    # column: findings integer All its findings of that type

``# param:`` gives the name, the kind (:data:`graph.questions.parameter.KINDS`),
``required`` or ``optional``, and words; ``# column:`` the name, the type (:data:`TYPES`) and
words. In the query, a line ``#bind NAME rest`` stands for nothing until the parameter is
given; then it becomes ``VALUES ?NAME { term } rest``. The term is written by this project from
a resolved council, a known concept or a parsed date, so that no text of a caller ever becomes
part of the query's grammar. The lines between ``#if NAME...``, ``#elif NAME...``, ``#else`` and
``#end`` stand when any of the parameters named is given: a question about one council is asked
of its decisions, one about all of them of the counts made at build time
(:mod:`graph.statistics`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from graph.errors import QueryError
from graph.questions.parameter import KINDS, Parameter

_HEADER = re.compile(r"# (title|answers|param|column): (.+)")
_BIND = re.compile(r"^( *)#bind (\w+) ?(.*)$", re.MULTILINE)
_BRANCH = re.compile(r" *#(if|elif|else|end)((?: \w+)*)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer."""

    name: str
    type: str
    """One of :data:`TYPES`."""
    about: str
    """What it holds, in words."""


TYPES = ("iri", "text", "integer", "decimal", "date", "boolean")
"""What a column may hold; a cell without a value is unbound."""


@dataclass(frozen=True, slots=True)
class Question:
    """One named question."""

    name: str
    title: str
    answers: str
    """A sentence saying what the answer is and how it counts."""
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    """The columns of the answer, in its order."""
    text: str
    """The query with its ``#`` lines, without the header."""

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
                bound[parameter.name] = parameter.term(self.name, given[parameter.name], known)
            elif parameter.required:
                raise QueryError(
                    self.name, f"it needs {parameter.name!r}", f"give it: {parameter.about}"
                )

        return self.written(given, bound)

    def written(self, given: Collection[str], bound: Mapping[str, str]) -> str:
        """The query with the branches for the parameters ``given`` and the terms ``bound``."""

        def bind(match: re.Match[str]) -> str:
            indent, name, rest = match.groups()
            if name not in bound:
                return ""
            return f"{indent}VALUES ?{name} {{ {bound[name]} }} {rest}".rstrip()

        lines = _BIND.sub(bind, "\n".join(_chosen(self.text, given))).splitlines()
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
    header: dict[str, list[str]] = {"title": [], "answers": [], "param": [], "column": []}
    lines = text.splitlines()
    while lines and (match := _HEADER.fullmatch(lines[0])):
        header[match[1]].append(match[2])
        del lines[0]
    if not (header["title"] and header["answers"] and header["column"]):
        raise ValueError(f"{name}.rq must begin with # title:, # answers: and # column: lines")
    body = "\n".join(lines).strip() + "\n"
    parameters = tuple(_parameter(name, line, body) for line in header["param"])
    return Question(
        name=name,
        title=header["title"][0],
        answers=header["answers"][0],
        parameters=parameters,
        columns=tuple(_column(name, line) for line in header["column"]),
        text=body,
    )


def _parameter(question: str, line: str, body: str) -> Parameter:
    name, kind, need, about = line.split(" ", 3)
    if kind not in KINDS or need not in ("required", "optional"):
        raise ValueError(f"{question}.rq: # param: {line!r} must be NAME KIND required|optional")
    if not any(match[2] == name for match in _BIND.finditer(body)):
        raise ValueError(f"{question}.rq has no line '#bind {name}'")
    return Parameter(name, kind, need == "required", about)


def _column(question: str, line: str) -> Column:
    name, type_, about = line.split(" ", 2)
    if type_ not in TYPES:
        raise ValueError(f"{question}.rq: # column: {line!r} must be NAME TYPE words")
    return Column(name, type_, about)


def _chosen(text: str, given: Collection[str]) -> Iterator[str]:
    """The lines of a query that stand when the parameters ``given`` are."""
    stands, done = True, False
    for line in text.splitlines():
        match = _BRANCH.fullmatch(line)
        if match is None:
            if stands:
                yield line
            continue
        word, names = match[1], match[2].split()
        if word == "if":
            done = False
        stands = word == "end" or (
            not done and (word == "else" or any(name in given for name in names))
        )
        done = done or stands
