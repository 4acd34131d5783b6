"""Decisions as they circulate: the forms that ``graph.layouts`` tells apart, and web pages.

The codes are those of :mod:`graph.layouts.layout`. A web page (``html``) has the site's
markup, ``json`` is a record around the text of form B or A.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from html import escape

from ontology.iri import slug
from tests.benchmarks.texts.case import Case
from tests.benchmarks.texts.clock import in_full
from tests.benchmarks.texts.draft import Block, Draft
from tests.benchmarks.texts.wording import FOLDER

_OUTCOMES = {
    "closed": "Closed after initial enquiries",
    "closed-remedied": "Closed after initial enquiries",
    "discontinued": "Not upheld",
    "not-upheld": "Not upheld",
    "upheld": "Upheld",
    "upheld-not-investigated": "Upheld",
}
_FINAL = "The Ombudsman's final decision:"
_SIGNED = "Investigator's decision on behalf of the Ombudsman"
_TOP = "Back to top"
_CONTENTS = 2
"""Least number of headings in a table of contents."""


def page(draft: Draft) -> str:
    """The text of a decision in its own layout."""
    layout = draft.case.layout
    if layout == "html":
        return _html(draft)
    if layout == "json":
        return _json(draft)
    makers = {"A": _a, "B": _b, "C": _c, "D": _d, "H": _h, "F": _f, "F2": _f2}
    lines = makers[layout](draft) if layout in makers else _e(draft)
    return "\n".join(lines) + "\n"


def outcome(draft: Draft) -> str:
    """The outcome as the page prints it, which is that of the page's own authority."""
    case = draft.case
    if len(case.parties) > 1:
        own = case.parties[0].noun
        fault = any(i.verdict == "fault" and i.noun.endswith(own) for i in case.issues)
        return "Upheld" if fault else "Not upheld"
    return _OUTCOMES[case.kind]


def printed(draft: Draft) -> str:
    """The date as the header prints it."""
    return draft.case.day.strftime("%d %b %Y")


def address(case: Case) -> str:
    """Where the site would have the decision."""
    parts = [slug(one) for one in (*case.category, case.reference)]
    return "https://www.lgo.org.uk/decisions/" + "/".join(parts)


def _title(case: Case) -> str:
    return f"{case.parties[0].name} ({case.reference})"


def _fields(draft: Draft) -> list[str]:
    name, sub = draft.case.category
    return [
        f"Category : {name} > {sub}",
        f"Decision : {outcome(draft)}",
        f"Decision date : {printed(draft)}",
    ]


def _bulleted(draft: Draft) -> Iterator[str]:
    yield _FINAL
    yield f"Summary: {draft.summary}"
    for block in draft.blocks:
        if block.level:
            yield block.text
            continue
        yield f"- {block.text}"
        for item in block.items:
            yield f"- {item}"
        if block.tail:
            yield block.tail
    yield _SIGNED


def _a(draft: Draft) -> list[str]:
    return [_title(draft.case), *_fields(draft), *_bulleted(draft)]


def _c(draft: Draft) -> list[str]:
    return [_title(draft.case), *_bulleted(draft)]


def _h(draft: Draft) -> list[str]:
    contents = [f"- {block.text}" for block in draft.blocks if block.level == 1]
    return [_title(draft.case), *contents, *_bulleted(draft)]


def _b(draft: Draft) -> list[str]:
    return [*_numbered(draft), *_cookies(), "Privacy settings"]


def _d(draft: Draft) -> list[str]:
    notice = [line for line in _cookies() if not line.startswith("Print")]
    return ["Privacy settings", "", *notice, "Privacy settings", "", *_numbered(draft)]


def _numbered(draft: Draft) -> list[str]:
    lines = []
    for line in (_title(draft.case), *_fields(draft), _FINAL, f"Summary: {draft.summary}"):
        lines += [line, ""]
    number, first = 0, True
    for block in draft.blocks:
        if block.level:
            if block.level == 1 and not first:
                lines += ["", _TOP]
            lines += ["", block.text, ""]
            number, first = 0, False
            continue
        number += 1
        lines.append(f"  {number}. {block.text}")
        for at, item in enumerate(block.items, 1):
            deeper = block.lettered and draft.case.number % 2
            lines.append(f"      {at}. {_unlettered(item)}" if deeper else f"  • {item}")
        if block.items:
            number = 0
        if block.tail:
            lines.append(block.tail)
    return [*lines, "", _TOP, "", _SIGNED, ""]


def _unlettered(item: str) -> str:
    return item.partition(") ")[2]


@cache
def _cookies() -> tuple[str, ...]:
    return tuple((FOLDER / "cookies.txt").read_text(encoding="utf-8").splitlines())


def _f(draft: Draft) -> list[str]:
    return [_title(draft.case), *_plain(draft)]


def _f2(draft: Draft) -> list[str]:
    case = draft.case
    code = case.reference.replace(" ", "-")
    line = (
        f"Reference {code} Sector Local government Category {case.category[0]} > "
        f"{case.category[1]} Decided {in_full(case.day)}"
    )
    return [f"{case.parties[0].name}: {draft.case.category[1].lower()}", line, *_plain(draft)]


def _plain(draft: Draft) -> Iterator[str]:
    yield "The Ombudsman's final decision"
    yield f"Summary: {draft.summary}"
    for block in draft.blocks:
        yield " ".join(filter(None, (block.text, *block.items, block.tail)))
    yield _SIGNED


def _e(draft: Draft) -> list[str]:
    case = draft.case
    name, sub = case.category
    head = [case.reference] if case.number % 3 else [_title(case)]
    head += ["Category :", name, ">", sub, "Decision :", outcome(draft)]
    lines = [*head, "Decision date :", printed(draft)]
    for block in draft.blocks:
        if block.level and case.layout == "E2":
            lines.append("")
        else:
            lines += [block.text, *block.items]
    return [*lines, "Print this page"]


def _json(draft: Draft) -> str:
    case = draft.case
    lines = _a(draft) if case.number % 2 else _numbered(draft)
    record = {
        "reference": case.reference,
        "url": address(case),
        "category": case.category[0],
        "subcategory": case.category[1],
        "outcome": outcome(draft),
        "date": case.day.isoformat(),
        "text": "\n".join(lines),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _html(draft: Draft) -> str:
    case = draft.case
    name, sub = case.category
    pairs = (("Decision", outcome(draft)), ("Decision date", printed(draft)))
    category = f"<a>{escape(name)}</a> &gt; <a>{escape(sub)}</a>"
    lines = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(_title(case))}</title>",
        f'<link rel="canonical" href="{address(case)}">\n</head>\n<body>',
        '<div class="cookies"><p>Privacy settings</p></div>\n<article id="article">',
        f"<h2>{escape(_title(case))}</h2>",
        f'<p><span class="label">Category :</span> <span class="value">{category}</span></p>',
        *(
            f'<p><span class="label">{label} :</span> <span class="value">{value}</span></p>'
            for label, value in pairs
        ),
        f"<h3>{_FINAL}</h3>\n<p>Summary: {escape(draft.summary, quote=False)}</p>",
        *_sections(draft.blocks),
        f"<p>{_SIGNED}</p>\n</article>",
        "<footer><p>Print this page</p></footer>\n</body>\n</html>\n",
    ]
    return "\n".join(lines)


def _sections(blocks: list[Block]) -> Iterator[str]:
    number, is_open = 0, False
    for block in blocks:
        if block.level:
            if is_open:
                yield "</ol>"
                is_open = False
            tag = "h4" if block.level == 1 else "h5"
            yield f"<{tag}>{escape(block.text, quote=False)}</{tag}>"
            continue
        number += 1
        if not is_open:
            yield f'<ol start="{number}">'
            is_open = True
        yield f"<li><p>{escape(block.text, quote=False)}</p>"
        if block.items:
            items = (_unlettered(i) if block.lettered else i for i in block.items)
            kind = ('<ol type="a">', "</ol>") if block.lettered else ("<ul>", "</ul>")
            inner = "".join(f"<li>{escape(item, quote=False)}</li>" for item in items)
            yield f"{kind[0]}{inner}{kind[1]}"
        if block.tail:
            yield f"<p>{escape(block.tail, quote=False)}</p>"
        yield "</li>"
    if is_open:
        yield "</ol>"
