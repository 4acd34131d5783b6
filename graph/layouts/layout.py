"""Which form a text has: recognised from the text itself, never configured.

The codes name the forms in which decisions circulate: A header packed, every
paragraph a bullet; B numbered paragraphs, as the Ombudsman's site prints them; C as
A without the fields of the header; D as B with the cookie notice first; E an
investigation report's page; E2 the same without headings; E3 a later public
interest report; F and F2 plain-line mirrors; H as C after a table of contents.
``plain`` is everything else. A list of decisions and a bulletin are refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from graph.errors import NotADecision
from graph.layouts.cleaning import Line, fold
from graph.layouts.committee import is_committee_paper
from graph.layouts.header import FINAL, TITLE
from graph.layouts.headings import LONGEST, SECTIONS, section
from graph.layouts.marks import Mark

_LISTING = re.compile(
    r"recent statements in this category are shown below|"
    r"(?:archive|your search) has [\d,]+ results?",
)
_LISTED_ITEM = re.compile(
    r"^(?:statement|report)\s+(?:not upheld|upheld|closed after initial)\b.*\d{4}$",
    re.MULTILINE,
)
_BULLETIN = re.compile(r"(?:weekly|e-?mail|e-?) ?(?:bulletin|alert|digest)|govdelivery|unsubscribe")
_ELSEWHERE = re.compile(
    r"housing ombudsman service|scottish public services ombudsman|public services ombudsman for "
    r"wales|ombwdsmon|northern ireland public services ombudsman|legal ombudsman|financial "
    r"ombudsman service|pensions ombudsman|parliamentary and health service ombudsman|"
    r"housing ombudsman"
)
_OURS = re.compile(r"local government|lgsco|\blgo\b|ombudsm[ae]n'?s? role and powers")
_SIGNS = re.compile(r"ombudsm[ae]n|maladministration|council")
_SUBJECT = re.compile(r"complain|fault|injustice|investigat")
_SATISFIED = re.compile(r"ombudsman (?:is |was )?satisfied (?:with|by)\b")
_KEY = "key to names used"
_LIST = "this is a list of decisions, not one of them"
_LONGEST_TITLE = 300
_LINES_PER_ITEM = 4
"""Title, type and outcome, summary, and one to spare."""
_OMBUDSMANS = frozenset({"role-powers", "how-considered"})
"""Sections that nobody but the Ombudsman writes."""
COMMITTEE_PAPER = (
    "this is a council's committee paper, and no decision of the Ombudsman was found in it",
    "give the appendix that has the decision, or the decision's own page",
)
"""Reason and advice where a council's own paper is given."""
_WHOLE_REPORT = 8
"""Numbered paragraphs of a public report as a document; the site's page of it has none."""
_LEAST_HEADINGS = 3
"""Main headings that no other kind of page has."""
HEAD = 3000
"""Characters looked at to tell whose decision a text is."""


def refuse(name: str, lines: Sequence[Line]) -> None:
    """Raise :class:`NotADecision` if ``lines`` cannot be one decision of the Ombudsman."""
    if not lines:
        raise NotADecision(
            name,
            "the text is empty",
            "check that the file was saved or downloaded whole",
        )
    found = [section(line.text) for line in lines if len(line.text) < 60]
    headings = len(found) - found.count(None)
    # a council's report to its members has such headings too, but not those of the Ombudsman alone
    if _OMBUDSMANS.isdisjoint(found) and is_committee_paper("\n".join(one.text for one in lines)):
        raise NotADecision(name, *COMMITTEE_PAPER)
    summaries = sum(1 for line in lines if line.text[:8].lower() == "summary:")
    if headings - summaries >= _LEAST_HEADINGS:
        return
    folded = "\n".join(line.text for line in lines).lower().replace("’", "'")
    head = folded[:HEAD]
    titled = any(len(line.text) < _LONGEST_TITLE and TITLE.match(line.text) for line in lines[:12])
    reason = _another_kind(folded, head, summaries)
    if not reason and not headings and _lists_decisions(lines):
        reason = _LIST
    if reason:
        raise NotADecision(name, reason, "open one of its decisions and save that page")
    elsewhere = _ELSEWHERE.search(head)
    if elsewhere and (not _OURS.search(folded) or _headed_by(elsewhere[0], lines)):
        raise NotADecision(
            name,
            f"this seems to be a decision of another body ({elsewhere[0]})",
            "give decisions of the Local Government and Social Care Ombudsman (England)",
        )
    words = folded.split()
    if len(words) >= 60 and words.count("the") < len(words) / 100:
        raise NotADecision(
            name,
            "the text is not in English",
            "give the English text of the decision, if there is one",
        )
    if not titled and not headings and not (_SIGNS.search(folded) and _SUBJECT.search(folded)):
        raise NotADecision(
            name,
            "nothing of a decision was found: no reference, no heading",
            "check that this is the page of a decision of the Local Government and Social Care "
            "Ombudsman",
        )


def _lists_decisions(lines: Sequence[Line]) -> bool:
    """Whether a page without headings is mostly titles, as the results of a search are.

    An item of a list has a title, the line of its outcome and a summary. A decision of two
    bodies may have two titles too, but "final decision" follows them.
    """
    titles: set[str] = set()
    for line in lines:
        if FINAL.fullmatch(fold(line.text[:60])):
            return False
        match = TITLE.match(line.text) if len(line.text) < _LONGEST_TITLE else None
        if match:
            titles.add(fold(line.text))
    return len(titles) > 1 and _LINES_PER_ITEM * len(titles) >= len(lines)


def _headed_by(name: str, lines: Sequence[Line]) -> bool:
    """Whether a page begins with the name of another ombudsman."""
    return fold(lines[0].text).removeprefix("the ").startswith(name)


def _another_kind(folded: str, head: str, summaries: int) -> str | None:
    """What a page of several decisions is; None if it may be one decision."""
    if len(_LISTED_ITEM.findall(folded)) > 1 or _LISTING.search(head):
        return _LIST
    if summaries > 1 and _BULLETIN.search(folded):
        return "this is a bulletin with summaries only"
    return "this is a list of summaries, not one decision" if summaries > 2 else None


def _is_report(names: Collection[str], lines: Sequence[Line]) -> bool:
    """A long report has the headings of a statement beside its own "Finding".

    A key to the names used and that heading are enough: no statement has both.
    """
    return "finding" in names and (
        _KEY in names or any(_SATISFIED.match(fold(line.text[:60])) for line in lines[-12:])
    )


def _calls_itself_report(lines: Sequence[Line]) -> bool:
    """The end of a report says that the council must consider "this report"."""
    return any("this report" in line.text for line in lines[len(lines) // 2 :])


def recognise(lines: Sequence[Line], marks: Sequence[Mark | None], *, cookies_first: bool) -> str:
    """The code of the layout of ``lines``, whose ``marks`` stand at their starts.

    ``cookies_first`` is True where the site's cookie notice stands above the header.
    """
    top = [fold(line.text) if len(line.text) < 220 else "" for line in lines[:60]]
    final = next((i for i, text in enumerate(top) if text and FINAL.fullmatch(text)), -1)
    numbered = sum(1 for mark in marks if mark and mark.kind == "number")
    bulleted = sum(1 for mark in marks if mark and mark.kind == "bullet")
    short = (fold(line.text).rstrip(" :.") for line in lines if len(line.text) <= LONGEST + 2)
    names = SECTIONS.keys() & set(short)
    powers = any(
        SECTIONS[name] in ("role-powers", "how-considered", "assessment") for name in names
    )
    whole = powers and numbered >= _WHOLE_REPORT
    if final < 0 and not whole and (not powers or _is_report(names, lines)):
        if _KEY in names:
            return "E3"
        satisfied = any(_SATISFIED.match(fold(line.text[:60])) for line in lines[-12:])
        if "finding" in names or (satisfied and names - {"summary"}):
            return "E"
        bare = not names and not numbered and not bulleted
        if satisfied or (bare and _calls_itself_report(lines)):
            return "E2"
    fields = any(
        text.startswith(("category :", "category:", "decision :", "decision:")) for text in top
    )
    if numbered >= 2 or (numbered and numbered >= bulleted):
        titled = final >= 0 and any(
            len(line.text) < _LONGEST_TITLE and TITLE.match(line.text) for line in lines[:final]
        )
        return ("D" if cookies_first else "B") if fields or titled else "plain"
    if bulleted:
        contents = sum(
            1
            for i in range(max(final, 0))
            if (m := marks[i]) and fold(lines[i].text[m.length :]) in SECTIONS
        )
        if contents >= 2:
            return "H"
        plain = sum(
            1 for line, mark in zip(lines, marks, strict=True) if not mark and len(line.text) > 150
        )
        if bulleted * 2 >= plain:
            if fields:
                return "A"
            # the text of a record may begin below the header, which stands in its fields
            headless = powers and bulleted >= plain * 2
            headed = final >= 0 or TITLE.match(lines[0].text[:300])
            return "C" if headed or headless else "plain"
    if any("reference " in text and " sector " in text for text in top[:12]):
        return "F2"
    return "F" if final >= 0 or len(names) >= 3 else "plain"
