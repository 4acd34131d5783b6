"""Which decisions a harvest is asked for: days, council, outcome and category."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date

from graph.harvest.refusal import Unusable
from ontology.categories import categories
from ontology.councils import councils, full_names, resolve
from ontology.nearest import did_you_mean, nearest
from ontology.register import fold

OUTCOMES = {
    "closed-after-initial-enquiries": "c",
    "not-upheld": "nu",
    "upheld": "u",
}
"""Outcomes, each with the code that the site's search has for it."""


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
        return self.category is self.council is self.outcome is None

    def admits(self, place: str) -> bool:
        """Whether the category asked for is that of an address: the search has no such filter."""
        return self.category is None or place.startswith(f"{self.category}/")


def _category(text: str) -> str:
    wanted = fold(text).replace(" > ", "/").replace(" / ", "/")
    names: dict[str, str] = {}
    for each in categories():
        slug = f"{each.slug}/{each.subcategory_slug}"
        for spelling in (each.slug, fold(each.name)):
            names[spelling] = each.slug
        names[slug] = names[f"{fold(each.name)}/{fold(each.subcategory)}"] = slug
    for each in categories():  # a subcategory alone, where only one category has it
        for spelling in (each.subcategory_slug, fold(each.subcategory)):
            slug = f"{each.slug}/{each.subcategory_slug}"
            if names.setdefault(spelling, slug) not in (slug, each.slug):
                names[spelling] = ""
    found = names.get(wanted)
    if found:
        return found
    if found == "":
        raise Unusable(
            "--category", f"several have a {text!r}", "give both, such as education/other"
        )
    near = nearest(wanted, {name: slug for name, slug in names.items() if slug})
    raise Unusable(
        "--category", f"there is no {text!r}", did_you_mean(near, "give the name that pages print")
    )


def _council(text: str) -> str:
    """The register's name of a council; that of another body as it was given."""
    value = text.strip()
    if not value:
        raise Unusable("--council", "the name is empty", "give a name or a GSS code")
    if re.fullmatch(r"[A-Z]\d{8}", value.upper()):
        found = councils().get(value.upper())
        if found is None:
            raise Unusable("--council", f"the register has no code {value}", "give the name")
        return found.name
    known = resolve(value, None)
    if known is not None:
        return known.name
    if re.search(r"council|borough|\bcity\b", value, re.IGNORECASE):
        names = {folded: councils()[codes[0]].name for folded, codes in full_names().items()}
        near = nearest(fold(value), names)
        raise Unusable(
            "--council", f"the register has no {value!r}", did_you_mean(near, "give its full name")
        )
    return value


def _outcome(text: str) -> str:
    wanted = fold(text).replace(" ", "-")
    if wanted == "closed":
        return "closed-after-initial-enquiries"
    if wanted not in OUTCOMES:
        raise Unusable("--outcome", f"there is no {text!r}", f"use one of {', '.join(OUTCOMES)}")
    return wanted
