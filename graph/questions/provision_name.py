"""What a reader means by a provision of law: an address, a path or words give one path.

``Care Act 2014, section 9(3)``, ``section 9(3) of the Care Act 2014``, ``s.9(3) Care Act 2014``,
``ukpga/2014/23/section/9/3`` and its legislation.gov.uk address all mean the same. The Act is
looked up in the register of statutes; a title that fits none, or several, is an error that
names the nearest.
"""

from __future__ import annotations

import re

from graph.errors import QueryError
from ontology import statutes
from ontology.nearest import did_you_mean, nearest

_PATH = re.compile(r"[a-z]+(?:/[\w().-]+){2,12}", re.ASCII)
_ADDRESS = re.compile(r"https?://(?:www\.)?legislation\.gov\.uk/(?:id/)?")
_VERSION = re.compile(r"(?:/(?:enacted|made|contents|\d{4}-\d\d-\d\d))?/?(?:#.*)?$")
"""What an address may add to a path: a version, a slash, a place on the page."""
_DIVISION = re.compile(
    r"(?:^|[\s,])(?P<kind>sections?|ss?\.?|regulations?|regs?\.?|articles?|arts?\.?|"
    r"schedules?|sch\.?|parts?|chapters?)"
    r"\s*(?P<number>\d+[A-Z]*)(?P<steps>(?:\(\w+\))*)(?=$|[\s,])",
    re.IGNORECASE,
)
_KINDS = {
    **dict.fromkeys(("section", "sections", "s", "ss"), "section"),
    **dict.fromkeys(("regulation", "regulations", "reg", "regs"), "regulation"),
    **dict.fromkeys(("article", "articles", "art", "arts"), "article"),
    **dict.fromkeys(("schedule", "schedules", "sch"), "schedule"),
    **dict.fromkeys(("part", "parts"), "part"),
    **dict.fromkeys(("chapter", "chapters"), "chapter"),
}
_JOINTS = re.compile(r"^(?:of|in|to)\s+(?:the\s+)?|[\s,]+$", re.IGNORECASE)


def find_provision(text: str) -> str:
    """The legislation.gov.uk path that ``text`` means, such as ``ukpga/2014/23/section/9/3``.

    Raises :class:`~graph.errors.QueryError` when no statute of the register fits.
    """
    value = " ".join(text.split())
    path = _VERSION.sub("", _ADDRESS.sub("", value))
    if _PATH.fullmatch(path):
        return path
    division = _DIVISION.search(value)
    steps = ""
    if division:
        kind = _KINDS[division["kind"].rstrip(".").lower()]
        inner = re.findall(r"\((\w+)\)", division["steps"])
        steps = "".join(f"/{step}" for step in (kind, division["number"].upper(), *inner))
        value = f"{value[: division.start()]} {value[division.end() :]}".strip(" ,")
    title = _JOINTS.sub("", value)
    statute = statutes.resolve(title, None)
    if statute is None:
        raise _unknown(text, title)
    return statute.id + steps


def _unknown(text: str, title: str) -> QueryError:
    known = {statute.title.casefold(): statute.title for statute in statutes.statutes().values()}
    otherwise = "give an Act with its year and a section, or its legislation.gov.uk address"
    advice = did_you_mean(nearest(title.casefold(), known), otherwise)
    return QueryError("provision", f"{text!r} names no statute of the register", advice)
