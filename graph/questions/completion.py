"""What a shell may offer while a named question, or a parameter of one, is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.questions.question import questions
from ontology.bodies import bodies
from ontology.councils import councils
from ontology.vocabulary import schemes, vocabulary


def names(incomplete: str) -> Iterator[tuple[str, str]]:
    """(name, title) of the questions whose name begins with ``incomplete``."""
    for question in questions().values():
        if question.name.startswith(incomplete):
            yield question.name, question.title


def parameters(words: Iterable[str], incomplete: str) -> Iterator[tuple[str, str]]:
    """(text, words) pairs that begin with ``incomplete``: ``NAME=``, then ``NAME=VALUE``.

    ``words`` are those of the command line so far; nothing where none names a question.
    """
    known = next((questions()[word] for word in words if word in questions()), None)
    if known is None:
        return
    name, equals, value = incomplete.partition("=")
    for parameter in known.parameters:
        if not equals and parameter.name.startswith(name):
            yield f"{parameter.name}=", parameter.about
        elif equals and parameter.name == name:
            for given, about in _values(parameter.kind):
                if given.startswith(value):
                    yield f"{name}={given}", about


def _values(kind: str) -> Iterator[tuple[str, str]]:
    """The values of a kind of parameter that has a closed list, with words for each."""
    if kind == "council":
        for council in councils().values():
            yield council.gss, council.name
    elif kind == "body":
        for body in bodies().values():
            yield body.id, body.label
    elif kind in schemes():
        for concept in vocabulary(kind).values():
            yield concept.id, concept.label
