"""Which decisions an export is about, and how to say that in words.

A scope narrows by council, category, dates, outcome, types of fault, injustice and remedy,
law, guidance, bodies and references; every condition must hold. What it names must exist: a
misspelt council or an unknown fault type is an error that says what is near, never an empty
export.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exports.condition import READERS, Condition, ScopeError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import nearest_names
from graph.questions.thing_name import unknown_reference
from ontology import councils
from ontology import iri as mint

__all__ = ["Scope", "ScopeError", "authority_label", "find_authority", "in_words"]

_NAMES = """
SELECT ?authority ?name WHERE {
  { GRAPH graph:registers { ?authority rdfs:label|skos:altLabel|fl:gss ?name } }
  UNION { GRAPH graph:statistics { ?authority rdfs:label ?name } }
  UNION { ?authority fl:authorityName ?name }
}"""

_DECISIONS = """
SELECT DISTINCT ?decision WHERE {{
  GRAPH ?graph {{
    ?complaint fl:decidedBy ?decision .
    {conditions}
  }}
}} ORDER BY ?decision"""


@dataclass(frozen=True, slots=True)
class Scope:
    """The decisions that fulfil every condition given; all of them without one."""

    council: str | None = None
    """A council's name, its GSS code or its IRI; also the name of another authority."""
    category: str | None = None
    """Id or label of a category or subcategory: ``education/alternative-provision``."""
    since: date | None = None
    """First day; decisions without a date are left out."""
    until: date | None = None
    """Last day, included."""
    outcome: str | None = None
    fault: str | None = None
    """Id or label of a fault type that a finding names."""
    injustice: str | None = None
    """Id or label of a type of injustice found."""
    remedy: str | None = None
    """Id or label of a type of remedy, or of a group of them, agreed or recommended."""
    provision: str | None = None
    """An Act or a section, cited for the duties of authorities; what lies within it counts:
    ``Care Act 2014, section 9``."""
    guidance: str | None = None
    """Title or id of guidance that is cited."""
    body: str | None = None
    """Name or id of an outside body that is named in any role."""
    references: tuple[str, ...] = ()
    """References of decisions; an IRI means one of the several that a reference may have."""

    @property
    def everything(self) -> bool:
        """Whether the scope leaves nothing out."""
        return self == Scope()

    def decisions(self, kg: KnowledgeGraph) -> list[str]:
        """IRIs of the decisions in scope, sorted; empty when none fulfils the conditions.

        Raises :class:`ScopeError` when a council, concept, provision, document, body or
        reference is unknown, and when the days are the wrong way round.
        """
        named = [condition.pattern for condition in self._named().values()]
        conditions = [*self._council(kg), *named, *self._days()]
        wanted = self._referenced(kg)
        if not conditions:  # the ledger knows them all, and says so in a moment
            return sorted(wanted) if self.references else [iri for iri, *_ in kg.ledger.dated()]
        if self.references:
            listed = " ".join(f"<{iri}>" for iri in sorted(wanted))
            conditions.insert(0, f"VALUES ?decision {{ {listed} }}")
        return _column(kg, _DECISIONS.format(conditions="\n    ".join(conditions)))

    def words(self, kg: KnowledgeGraph) -> str:
        """The scope as a phrase: ``decisions about Tarnbeck ... from 1 March 2022``."""
        names = {name: condition.words for name, condition in self._named().items()}
        said = "decisions"
        if "outcome" in names:
            said += f" with the outcome “{names['outcome'].lower()}”"
        if self.council:
            said += f" about {authority_label(kg, find_authority(kg, self.council))}"
        if "category" in names:
            said += f" on {names['category']}"
        clauses = [words.format(_quoted(name, names)) for name, words in _CLAUSES if name in names]
        if clauses:
            said += f" that {' and '.join(clauses)}"
        if self.since:
            said += f" from {in_words(self.since)}"
        if self.until:
            said += f" up to {in_words(self.until)}"
        if self.references:
            known = {wanted: kg.ledger.entry(wanted) for wanted in self.references}
            shown = {(one and one.reference) or wanted for wanted, one in known.items()}
            said += f" with the reference {', '.join(sorted(shown))}"
        return "all " + said if self.everything else said

    def _council(self, kg: KnowledgeGraph) -> list[str]:
        if self.council is None:
            return []
        return [f"?complaint fl:against <{find_authority(kg, self.council)}> ."]

    def _named(self) -> dict[str, Condition]:
        """The conditions that a register or a vocabulary has the names of, by field."""
        given = ((name, getattr(self, name), read) for name, read in READERS.items())
        return {name: read(wanted) for name, wanted, read in given if wanted is not None}

    def _days(self) -> list[str]:
        conditions = []
        if self.since and self.until and self.since > self.until:
            reason = f"its first day, {self.since}, is after its last, {self.until}"
            raise ScopeError("scope", reason, "change them over")
        if self.since is not None:
            conditions.append(f'FILTER(?date >= "{self.since.isoformat()}"^^xsd:date)')
        if self.until is not None:
            conditions.append(f'FILTER(?date <= "{self.until.isoformat()}"^^xsd:date)')
        return ["?decision fl:date ?date .", *conditions] if conditions else []

    def _referenced(self, kg: KnowledgeGraph) -> set[str]:
        wanted: set[str] = set()
        for reference in self.references:
            one = kg.ledger.entry(reference)
            entries = [one] if one else kg.decisions(reference)
            if not entries:
                unknown = unknown_reference(kg, reference)
                raise ScopeError(f"reference {reference!r}", unknown.reason, unknown.advice)
            wanted.update(entry.iri for entry in entries)
        return wanted


def find_authority(kg: KnowledgeGraph, wanted: str) -> str:
    """The IRI of the council or other authority that ``wanted`` means.

    Tries IRI, code and full name, then the names that the register of councils understands,
    then the one name that contains the words. Raises :class:`ScopeError` when nothing fits, or
    more than one.
    """
    authorities = {authority for _, authority in kg.ledger.decided()}
    if wanted in authorities:
        return wanted
    names = {authority.casefold(): {authority} for authority in authorities}
    for authority, name in kg.select(_NAMES):
        if authority in authorities:
            names.setdefault(name.casefold(), set()).add(authority)
    key = " ".join(wanted.casefold().split())
    found = names.get(key) or names.get(_registered(wanted).casefold())
    if found is None:
        found = {iri for name, iris in names.items() if f" {key} " in f" {name} " for iri in iris}
    if len(found) == 1:
        return found.pop()
    if found:
        several = sorted(authority_label(kg, iri) for iri in found)
        advice = f"say which: {'; '.join(several[:8])}"
        raise ScopeError(f"council {wanted!r}", f"{len(found)} authorities fit", advice)
    labels = (authority_label(kg, iri) for iri in sorted(set[str]().union(*names.values())))
    near = nearest_names(wanted, labels)
    advice = f"did you mean {' or '.join(near)}?" if near else _UNNAMED
    raise ScopeError(f"council {wanted!r}", "no decision in the graph is about it", advice)


_UNNAMED = "give a name or code that faultlines query KG upheld-by-council shows"


def _registered(name: str) -> str:
    """The IRI of the council that the register means by a name; empty when it is unclear."""
    council = councils.resolve(name, None)
    return mint.council(council.gss) if council else ""


def authority_label(kg: KnowledgeGraph, iri: str) -> str:
    """The name of an authority, or its IRI when it has none."""
    found = _column(kg, f"SELECT ?name WHERE {{ <{iri}> rdfs:label ?name }} ORDER BY ?name")
    return found[0] if found else iri


def in_words(day: date) -> str:
    """``1 March 2022``."""
    return f"{day.day} {day:%B %Y}"


_CLAUSES = (
    ("fault", "found {}"),
    ("injustice", "found the injustice {}"),
    ("remedy", "led to the remedy {}"),
    ("provision", "cite {}"),
    ("guidance", "cite {}"),
    ("body", "name {}"),
)
"""Field of a scope to what it says of the decisions."""


def _quoted(name: str, names: Mapping[str, str]) -> str:
    """A type in quotation marks, other names as they are."""
    return f"“{names[name].lower()}”" if name in ("fault", "injustice", "remedy") else names[name]


def _column(kg: KnowledgeGraph, sparql: str) -> list[str]:
    return [row[0] for row in kg.select(sparql)]
