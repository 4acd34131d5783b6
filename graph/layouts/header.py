"""The header of a decision: who was complained about, under which reference, and the outcome.

The grammar is that of the Ombudsman's pages, read tolerantly::

    BODY (REFERENCE)
    Category : MAIN > SUB
    Decision : OUTCOME
    Decision date : DD Mon YYYY

Labels and values may stand on lines of their own, dates in several forms. Nothing
is inferred from the words of the decision. What the text lacks is filled from the
source (a JSON record, the page's address, a file named after the reference).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.layouts.cleaning import Line, fold
from graph.layouts.document import Header
from graph.layouts.header_values import (
    WORDED_DATE,
    read_date,
    read_mirrored,
    read_outcome,
    read_reference,
)

_REFERENCE = r"(?P<reference>\d{2}[ \-/]?\d{3}[ \-/]?\d{3}\s?(?:[a-z]\b)?)"
TITLE = re.compile(r"(?P<body>.*?)\s*[(\[]\s*" + _REFERENCE + r"\s*[)\]]\s*$", re.IGNORECASE)
"""Line 1 of a page; the last bracket holds the reference."""
BARE = re.compile(_REFERENCE + "$", re.IGNORECASE)
FINAL = re.compile(r"the ombudsm[ae]n(?:'?s'?)? (?:final )?decision:?")
"""The line between header and text, folded."""
_LABEL = re.compile(
    r"(?P<label>category|decision date|date of decision|decision|outcome|(?:complaint |our )?"
    r"ref(?:erence)?(?: (?:number|no))?\.?|complaint against|authority|body|council|date|url)"
    r"\s?:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_FIELDS = {
    "category": "category",
    "decision date": "date",
    "date of decision": "date",
    "date": "date",
    "decision": "outcome",
    "outcome": "outcome",
    "complaint against": "body",
    "authority": "body",
    "body": "body",
    "council": "body",
    "url": "url",
}
_LISTED = re.compile(
    r"(?P<type>statement|report)\s+(?P<outcome>not upheld|upheld|closed after initial enquiries)"
    r"\s+(?P<subcategory>.*?)\s+(?P<date>\d{1,2}-[a-z]{3}-\d{4})$",
    re.IGNORECASE,
)
_MIRROR = re.compile(
    r"(?:\)\s+(?P<outcome>[A-Z][A-Za-z :]+?)\s+)?Reference\s+"
    + _REFERENCE
    + r"\s+Sector\s+(?P<category>.+?)\s+Category\s+(?P<subcategory>.+?)"
    r"\s+Decided\s+(?P<date>\d{1,2} [A-Za-z]+ \d{4})"
)
"""The line of fields on a mirror's page; the authority stands on the line above it."""
_NUMBERED = re.compile(
    r"(?:investigations? into (?:a )?complaints? (?:against|about))?\s*(?P<body>.*?)\s*"
    r"\(reference numbers?\s*:?\s*" + _REFERENCE,
    re.IGNORECASE,
)
"""The reference as a public report has it below the name of the authority."""
_LONGEST = 400
"""Characters of a line of the header; longer ones are text."""
_ADDRESS = re.compile(
    r"/decisions/(?P<category>[a-z0-9\-]+)/(?P<subcategory>[a-z0-9\-]+)/"
    r"(?P<reference>\d{2}-\d{3}-\d{3}[a-z]?)\b",
    re.IGNORECASE,
)
_STEM = re.compile(
    r"(?:.*[/!#])?(?:lgo-)?(?P<reference>\d{2}[ \-_]\d{3}[ \-_]\d{3}[a-z]?)(?:\.\w+)*$"
)


class HeaderReader:
    """Collects the fields of a header from its lines, then from the source's metadata."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.spans: dict[str, tuple[int, int]] = {}
        self.type: str | None = None
        self.problems: list[str] = []
        self.mirrored = False
        """True where a mirror's line of fields gave the category."""

    def put(self, field: str, value: str, start: int | None = None) -> None:
        """Keep the first non-empty value of ``field`` and where it stands."""
        if not value or field in self.values:
            return
        self.values[field] = value
        if start is not None:
            self.spans[field] = (start, start + len(value))

    def read_lines(self, lines: Sequence[Line], starts: Sequence[int]) -> None:
        """Read the lines above the text; ``starts`` are their offsets in the clean text."""
        field = ""
        above = ("", 0)
        for line, start in zip(lines, starts, strict=False):
            text = line.text
            if len(text) > _LONGEST:
                field = ""
                continue
            if "Sector" in text and _MIRROR.search(text):
                self.put("body", above[0].partition(": ")[0], above[1])
            if "(" in text and (numbered := _NUMBERED.match(text)):
                beside = (numbered["body"], start + numbered.start("body"))
                self.put("body", *(beside if beside[0] else above))
                self._put_trimmed("reference", numbered["reference"], start + numbered.start(2))
                self.type = "report"
                continue
            above = (text, start)
            label = _LABEL.match(text)
            if label:
                name = fold(label["label"])
                field = _FIELDS.get(name, "reference")
                self._put_value(field, label["value"], start + label.start("value"))
                continue
            if field == "body" and BARE.match(text):  # both labels stand above both values
                self.put("reference", text, start)
                continue
            if field and self._is_value(field, text):
                self._put_value(field, text, start)
                continue
            field = ""
            self._read_free(text, start)

    def _is_value(self, field: str, text: str) -> bool:
        if field == "category":
            return "subcategory" not in self.values and not TITLE.match(text)
        return field not in self.values

    def _put_value(self, field: str, value: str, start: int) -> None:
        if field == "category":
            main, arrow, sub = value.partition(">")
            self._put_trimmed(
                "subcategory" if "category" in self.values else "category", main, start
            )
            if arrow:
                self._put_trimmed("subcategory", sub, start + len(main) + 1)
        elif field == "body" and TITLE.match(value):
            self._read_title(value, start)
        else:
            self._put_trimmed(field, value, start)

    def _put_trimmed(self, field: str, value: str, start: int) -> None:
        self.put(field, value.strip(), start + len(value) - len(value.lstrip()))

    def _read_title(self, text: str, start: int) -> bool:
        title = TITLE.match(text)
        if not title:
            return False
        self._put_trimmed("body", title["body"], start)
        self.put("reference", title["reference"].strip(), start + title.start("reference"))
        return True

    def _read_free(self, text: str, start: int) -> None:
        if self._read_title(text, start):
            return
        if BARE.match(text):
            self.put("reference", text, start)
            return
        listed = _LISTED.match(text)
        mirror = None if listed else _MIRROR.search(text)
        found = listed or mirror
        if found:
            self.mirrored = mirror is not None
            for field, value in found.groupdict().items():
                if value and field != "type" and (field != "outcome" or read_outcome(value)):
                    self.put(field, value.strip(), start + found.start(field))
            if listed:
                self.type = fold(listed["type"])
        elif len(text) < 40 and WORDED_DATE.match(text):
            self.put("date", text, start)
        elif text.startswith(("http://", "https://")) and " " not in text:
            self.put("url", text, start)

    def read_metadata(self, metadata: Mapping[str, str], name: str) -> None:
        """Fill what the text lacks from the source; the text's own words win."""
        for key, field in (
            ("authority", "body"),
            ("reference", "reference"),
            ("category", "category"),
            ("subcategory", "subcategory"),
            ("outcome", "outcome"),
            ("date", "date"),
            ("url", "url"),
        ):
            self.put(field, " ".join(metadata.get(key, "").split()))
        category = self.values.get("category", "")
        if ">" in category and "category" not in self.spans:
            main, _, sub = category.partition(">")
            self.values["category"] = main.strip()
            self.put("subcategory", sub.strip())
        address = _ADDRESS.search(self.values.get("url", ""))
        if address:
            self.put("category_slug", address["category"].lower())
            self.put("subcategory_slug", address["subcategory"].lower())
            self.put("reference", address["reference"])
        stem = _STEM.match(name) if "reference" not in self.values else None
        if stem:
            self.put("reference", stem["reference"])

    def _settle_mirrored(self) -> None:
        if not self.mirrored or not {"category", "subcategory"} <= self.values.keys():
            return
        name, subcategory = read_mirrored(self.values["category"], self.values["subcategory"])
        self.values["category"] = name
        if subcategory is None:
            del self.values["subcategory"]
            if "subcategory" in self.spans:
                self.spans["category"] = self.spans.pop("subcategory")
        else:
            self.values["subcategory"] = subcategory

    def header(self) -> Header:
        """The header as read; a field that cannot be understood is None and a problem."""
        values = self.values
        outcome = read_outcome(values.get("outcome", ""))
        day = read_date(values.get("date", ""))
        reference = read_reference(values.get("reference", ""))
        for field, value in (
            ("outcome", outcome),
            ("date", day),
            ("reference", reference),
        ):
            if field in values and value is None:
                self.problems.append(f"{field} not understood: {values[field][:60]!r}")
                self.spans.pop(field, None)
        if reference is None and "reference" not in values:
            self.problems.append("no reference found")
        self._settle_mirrored()
        return Header(
            body=values.get("body"),
            reference=reference,
            category=values.get("category"),
            subcategory=values.get("subcategory"),
            outcome=outcome,
            date=day,
            url=values.get("url"),
            category_slug=values.get("category_slug"),
            subcategory_slug=values.get("subcategory_slug"),
        )
