"""Parameters of named questions: what a reader may write for each, and the term it becomes.

Every kind turns words into one RDF term written by this project: a council, a concept, a
provision, a day or a number. What cannot be understood is an error that says what could be
given; no text of a caller ever becomes part of a query's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from graph.errors import QueryError
from graph.questions.council_name import find_council
from graph.questions.provision_name import find_provision
from graph.triples.ntriples import day, decimal, integer, iri, literal
from ontology import bodies
from ontology import iri as mint
from ontology.vocabulary import UnknownConcept, vocabulary

_REFERENCE = re.compile(r"(\d\d)[ -]?(\d\d\d)[ -]?(\d\d\d)([a-z]?)")
_FIRST_YEAR = 1974
"""The Ombudsman's first: Local Government Act 1974."""
_HIGHEST = 1_000_000_000
"""Pounds; no payment comes near, and a store's decimals end somewhere."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a question can be asked about."""

    name: str
    kind: str
    """A key of :data:`KINDS`."""
    required: bool
    about: str
    """What to give, in words."""

    def term(self, question: str, value: str, known: Mapping[str, str] | None) -> str:
        """The RDF term that ``value`` means, as N-Triples writes it.

        ``known`` adds names of authorities outside the register of councils, IRI to name.
        Raises :class:`~graph.errors.QueryError` for what cannot be understood.
        """
        try:
            if self.kind == "council":
                return iri(find_council(value, known or {}))
            return KINDS[self.kind](value)
        except QueryError:
            raise
        except UnknownConcept as error:
            reason = f"{value!r} does not name one {self.kind}"
            raise QueryError(question, reason, error.advice) from error
        except (ValueError, InvalidOperation) as error:
            reason = f"{value!r} cannot be read as its {self.name}"
            raise QueryError(question, reason, f"give {_FORMS[self.kind]}") from error


def _concept(scheme: str) -> Callable[[str], str]:
    return lambda value: iri(vocabulary(scheme).meant(value).iri)


def _body(value: str) -> str:
    found = bodies.resolve(value)
    id = found.id if found else value.removeprefix(mint.body(""))
    if id not in bodies.bodies():
        raise ValueError(value)
    return iri(mint.body(id))


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _year(value: str) -> str:
    if not _FIRST_YEAR <= int(value) <= date.max.year:
        raise ValueError(value)
    return integer(int(value))


def _number(value: str) -> str:
    return integer(int(value))


def _amount(value: str) -> str:
    amount = Decimal(value.removeprefix("£").replace(",", ""))
    if not amount.is_finite() or not 0 <= amount <= _HIGHEST:
        raise ValueError(value)
    return decimal(amount)


def _reference(value: str) -> str:
    match = _REFERENCE.fullmatch(value.lower())
    if match is None:
        raise ValueError(value)
    return literal(f"{match[1]} {match[2]} {match[3]}{match[4]}")


def _council(value: str) -> str:
    return iri(find_council(value, {}))


def _provision(value: str) -> str:
    return iri(mint.legislation(find_provision(value)))


KINDS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "council": _council,
        "fault": _concept("fault"),
        "injustice": _concept("injustice"),
        "remedy": _concept("remedy"),
        "reason": _concept("reason"),
        "category": _concept("category"),
        "outcome": _concept("outcome"),
        "body": _body,
        "provision": _provision,
        "date": _day,
        "year": _year,
        "number": _number,
        "amount": _amount,
        "reference": _reference,
    }
)
"""Kind of parameter to the function that writes its term; ValueError when it cannot."""
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "body": "the name of a body, such as Ofsted, or the id that bodies-by-role shows",
        "date": "a day, such as 2024-01-31",
        "year": "a year, such as 2024",
        "number": "a whole number, such as 5",
        "amount": "a sum in pounds, such as 500",
        "reference": "a reference, such as 22 900 014",
    }
)
"""How to write what raises ValueError when it cannot be read."""
