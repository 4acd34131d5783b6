"""Which decisions a harvest is asked for: days, council, outcome and category."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date

from graph.errors import QueryError
from graph.harvest.refusal import Unusable
from graph.questions.council_name import find_council
from ontology.categories import categories
from ontology.councils import councils
from ontology.nearest import did_you_mean, nearest
from ontology.register import fold

OUTCOMES = {
    "closed-after-initial-enquiries": "c",
    "not-upheld": "nu",
    "upheld": "u",
}
"""Outcomes, each with the code that the site's search has for it."""
_COUNCIL = re.compile(r"\b(?:council|borough|city|county)\b|^[A-Z]\d{8}$", re.IGNORECASE)
"""What a council's name or code looks like: one that is not known is a mistake."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; None asks for all."""

    since: date | None = None
    until: date | None = None
    category: str | None = None
    """``education`` or ``education/school-transport``, as in the site's addresses."""
    council: str | None = None
    """The name of a body as the site's search is asked for it."""
    outcome: str | None = None
    """One of :data:`OUTCOMES`."""
    places: tuple[str, ...] = ()
    """These decisions and no search, where there are any."""

    @classmethod
    def of(
        cls,
        since: date | None = None,
        until: date | None = None,
        category: str | None = None,
        council: str | None = None,
        outcome: str | None = None,
    ) -> Asked:
        """From the words of a user. Raises :class:`~graph.harvest.refusal.Unusable`."""
        if since and until and since > until:
            raise Unusable("--since", f"{since} is after {until}", "give the earlier day first")
        return cls(
            since,
            until,
            None if category is None else _category(category),
            None if council is None else _council(council),
            None if outcome is None else _outcome(outcome),
        )

    @property
    def key(self) -> str:
        """What tells one harvest's request from another's, as JSON."""
        return json.dumps(asdict(self), default=str, sort_keys=True)

    @property
    def everything(self) -> bool:
        """Whether no filter narrows it, whatever its days."""
        return not self.places and self.category is self.council is self.outcome is None

    def admits(self, place: str) -> bool:
        """Whether the category asked for is that of an address: the search has no such filter."""
        return self.category is None or place.startswith(f"{self.category}/")


def _category(text: str) -> str:
    wanted = fold(re.sub(r"\s*[>/]\s*", "/", text))
    names: dict[str, set[str]] = {}
    for each in categories():
        whole = f"{each.slug}/{each.subcategory_slug}"
        for spelling in (each.slug, each.name):
            names[fold(spelling)] = {each.slug}
        for spelling in (whole, f"{each.name}/{each.subcategory}"):
            names[fold(spelling)] = {whole}
    for each in categories():  # a subcategory alone, where only one category has it
        for spelling in {fold(each.subcategory_slug), fold(each.subcategory)}:
            names.setdefault(spelling, set()).add(f"{each.slug}/{each.subcategory_slug}")
    found = sorted(names.get(wanted, ()), key=len)
    if len(found) == 1 or (found and "/" not in found[0]):
        return found[0]
    if found:
        reason = f"several have a {text!r}"
        raise Unusable("--category", reason, f"give one of {', '.join(found)}")
    near = nearest(wanted, {name: min(slugs, key=len) for name, slugs in names.items()})
    hint = did_you_mean(near, "give the name that pages print")
    raise Unusable("--category", f"there is no {text!r}", hint)


def _council(text: str) -> str:
    """The register's name of a council; that of another body as it was given."""
    value = text.strip()
    try:
        return councils()[find_council(value, {}).rpartition("/")[2]].name
    except (QueryError, KeyError) as error:
        if isinstance(error, QueryError) and (not value or _COUNCIL.search(value)):
            raise Unusable("--council", error.reason, error.advice) from error
    return value


def _outcome(text: str) -> str:
    wanted = fold(text).replace(" ", "-")
    if wanted == "closed":
        return "closed-after-initial-enquiries"
    if wanted not in OUTCOMES:
        raise Unusable("--outcome", f"there is no {text!r}", f"use one of {', '.join(OUTCOMES)}")
    return wanted
