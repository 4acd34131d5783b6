"""Committee papers: the Ombudsman's decisions in them, and nothing of the council's."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.pipeline import extract_all
from graph.layouts.committee import is_committee_paper, signs
from graph.sources.pages import drop_running_lines
from graph.sources.papers import decisions_in
from graph.sources.raw import Unreadable
from ontology.model import Decision
from ontology.record import dumps
from tests.graph.printed import Placed, pdf

ROOT = Path(__file__).parents[2]
PLAIN = (Path(__file__).parent / "layouts" / "plain.txt").read_text("utf-8")
STATEMENT = PLAIN.strip().split("\n")
"""A statement as the Ombudsman sends it to a council, in printed lines."""
OTHER = PLAIN.replace("22 900 014", "22 900 077").replace("Mrs K", "Mr T").replace("her ", "his ")
AGENDA = """
Agenda
Cabinet, 14 March 2023, 6.30 pm, Town Hall
1. Apologies for absence
2. Declarations of interest
3. Ombudsman decisions 22 900 014 and 22 900 077
"""
COVER = """
Report to: Cabinet
Report of: Director of Children's Services
14 March 2023
Wards affected: All
Summary
1. The Ombudsman found fault by the Council in complaint 22 900 014. The Council had already
paid £9,999 to another family.
Recommendations
2. That Cabinet notes the decision and agrees to pay £5,000 within two weeks.
The Ombudsman's decision
3. The complaint was upheld. The Council was at fault for delay and has agreed to pay £700.
Conclusion
4. Members are asked to note the report.
Financial implications
5. The cost of £1,800 is met from the Education budget.
Background papers
None
"""
MINUTES = """
Minutes of the meeting of the Audit Committee
Apologies for absence
There were none.
RESOLVED that the Council was at fault and shall pay £400 to Mr Q within one month.
"""
PLAN = """
What the Council will do
It will pay £777 to everyone who was at fault.
"""
COUNCILS_WORDS = ("9,999", "5,000", "£700", "£400", "£777", "Cabinet", "Education budget", "Mr Q")
REPORT = """
Report by the Local Government and Social Care Ombudsman

Investigation into a complaint against
Tarnbeck Metropolitan Borough Council
(reference number: 22 900 014)
6 February 2023
Key to names used
Mrs K The complainant
Report summary
Mrs K complained that the Council left her son without schooling.
Finding
Fault found causing injustice and recommendations made.
"""
RENAMED = {
    "The Ombudsman’s role and powers": "Legal and administrative background",
    "How I considered this complaint": "How we considered this complaint",
    "What I found": "What we found",
    "Agreed action": "Recommendations",
    "Final decision": "Decision",
}

Pages = Sequence[Sequence[str]]


def _lines(text: str) -> list[str]:
    return text.strip().split("\n")


def _paged(lines: Sequence[str], *, signed: bool = True) -> list[list[str]]:
    """The statement on its pages; its footers say where they end."""
    pages: list[list[str]] = [[]]
    for line in lines:
        if signed or "on behalf of" not in line:
            pages[-1].append(line)
        if line.startswith("Final decision   "):
            pages.append([])
    return [page for page in pages if page]


def _stamped(pages: Pages) -> list[list[str]]:
    """The pages as a council's system stamps them, each item of the agenda at its first page."""
    return [
        [
            f"Agenda Item {9 + i}" if i % 2 else f"Appendix {'ABCDEFGH'[i]}",
            "Cabinet papers of Tarnbeck",
            "",
            *page,
            "",
            f"Page {46 + i}",
        ]
        for i, page in enumerate(pages)
    ]


def _unfooted(pages: Pages) -> list[list[str]]:
    return [[line for line in page if not line.startswith("Final decision  ")] for page in pages]


def _written(folder: Path, pages: Pages, *, as_text: bool = False) -> Path:
    if as_text:
        path = folder / "papers.txt"
        path.write_text("\f".join("\n".join(page) + "\n" for page in pages), "utf-8")
    else:
        path = folder / "papers.pdf"
        path.write_bytes(pdf(*pages))
    return path


def _found(path: Path) -> list[Decision]:
    found = list(extract_all([path]))
    assert [one for one in found if isinstance(one, Unreadable)] == []
    return [one for one in found if isinstance(one, Decision)]


def _said(decision: Decision) -> Any:
    """What a record says, without where."""
    return _without(json.loads(dumps(decision)), {"source", "start", "end"})


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, dict):
        return {k: _without(v, names) for k, v in value.items() if k not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


@pytest.fixture
def alone(tmp_path: Path) -> Any:
    """The record of the statement by itself, as text."""
    path = tmp_path / "alone.txt"
    path.write_text(PLAIN, "utf-8")
    (decision,) = _found(path)
    assert decision.reference == "22 900 014"
    assert len(decision.remedies) == 7
    return _said(decision)


def _around(*pages: Sequence[str]) -> list[list[str]]:
    return _stamped([_lines(AGENDA), _lines(COVER), *pages, _lines(MINUTES)])


def _untitled(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("The Ombudsman’s final decision")]


def _in_columns(lines: list[str]) -> list[str]:
    """The head as a table is printed column by column: both labels, then both values."""
    labels = [line for line in lines if line.startswith("Complaint ") and ": " in line]
    names, values = zip(*(line.split(": ") for line in labels), strict=True)
    first = lines.index(labels[0])
    rest = [line for line in lines if line not in labels]
    return [*rest[:first], *(f"{name}:" for name in names), *values, *rest[first:]]


def _title_first(lines: list[str]) -> list[str]:
    """The head in the order in which some programs print it: the title, then the reference."""
    title = next(i for i, line in enumerate(lines) if line.startswith("The Ombudsman’s final"))
    return [lines[title], *lines[:title], *lines[title + 1 :]]


@pytest.mark.parametrize("as_text", [False, True], ids=["PDF", "pdftotext"])
@pytest.mark.parametrize(
    "pages",
    [
        _around(*_paged(STATEMENT)),
        _around(*_unfooted(_paged(STATEMENT))),
        _around(*_paged(STATEMENT, signed=False)),
        _around(*_unfooted(_paged(STATEMENT, signed=False))),
        [*_stamped([_lines(COVER), *_paged(STATEMENT, signed=False)]), _lines(PLAN)],
        [*_around(*_paged(STATEMENT)), _lines(PLAN), *_around()],
        _around(*_paged(_title_first(STATEMENT))),
        _around(*_paged(_in_columns(STATEMENT))),
        _around(*_paged(_untitled(STATEMENT))),
        _around(*_paged([line.replace("Complaint ref", "Our ref") for line in STATEMENT])),
        _stamped(_paged(STATEMENT)),
        _paged(STATEMENT),
    ],
    ids=[
        "whole",
        "without its page numbers",
        "unsigned",
        "unsigned and without its page numbers",
        "followed by a plan",
        "between many",
        "with the title first",
        "with its head in columns",
        "without its title",
        "with our reference",
        "an appendix by itself",
        "the statement itself",
    ],
)
def test_a_statement_among_papers_says_what_it_says_alone(
    tmp_path: Path, alone: Any, pages: Pages, as_text: bool
) -> None:
    (decision,) = _found(_written(tmp_path, pages, as_text=as_text))
    said = _said(decision)
    assert said == alone
    assert not [words for words in COUNCILS_WORDS if words in json.dumps(said, ensure_ascii=False)]


@pytest.mark.parametrize("as_text", [False, True], ids=["PDF", "pdftotext"])
def test_each_decision_among_papers_is_one(tmp_path: Path, alone: Any, as_text: bool) -> None:
    both = [*_paged(STATEMENT), ["Appendix B", "This page is intentionally left blank"]]
    pages = _around(*both, *_paged(OTHER.strip().split("\n")))
    first, second = _found(_written(tmp_path, pages, as_text=as_text))
    ending = "txt" if as_text else "pdf"
    assert [one.source.name for one in (first, second)] == [f"papers.{ending}#{n}" for n in (1, 2)]
    assert _said(first) == alone
    assert second.reference == "22 900 077"
    assert second.complainants == ("Mr T",)
    assert len(second.remedies) == 7


def test_a_page_of_the_site_among_papers(tmp_path: Path) -> None:
    page = (Path(__file__).parent / "layouts" / "A.txt").read_text("utf-8")
    short = [line[:90] for line in page.split("\n") if line.strip()]
    pages = _around(short[:30], short[30:])
    (decision,) = _found(_written(tmp_path, pages))
    assert (decision.reference, decision.outcome) == ("22 900 014", "upheld")
    assert len(decision.paragraphs) == 19


def test_a_public_report_among_papers(tmp_path: Path) -> None:
    first = STATEMENT.index("The complaint")
    body = [RENAMED.get(line, line) for line in STATEMENT[first:] if "on behalf" not in line]
    pages = _around(_lines(REPORT), *_unfooted(_paged(body)))
    (decision,) = _found(_written(tmp_path, pages))
    assert decision.reference == "22 900 014"
    assert [one.name for one in decision.authorities] == ["Tarnbeck Metropolitan Borough Council"]
    assert (decision.document_type, str(decision.date)) == ("report", "2023-02-06")
    assert [one.amount for one in decision.remedies if one.amount] == [1800]
    said = json.dumps(_said(decision), ensure_ascii=False)
    assert not [words for words in COUNCILS_WORDS if words in said]


@pytest.mark.parametrize("as_text", [False, True], ids=["PDF", "pdftotext"])
@pytest.mark.parametrize(
    "pages",
    [_around(), [_lines(COVER)], [_lines(MINUTES)], [_lines(AGENDA), _lines(COVER)]],
    ids=["all", "a report", "minutes", "agenda and report"],
)
def test_papers_without_a_decision_are_refused(tmp_path: Path, pages: Pages, as_text: bool) -> None:
    (refused,) = extract_all([_written(tmp_path, pages, as_text=as_text)])
    assert isinstance(refused, Unreadable)
    assert refused.reason.startswith("this is a council's committee paper, and no decision")
    assert "hardly any text" not in refused.reason


def test_a_page_of_the_minutes_of_a_meeting_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"<p>{line}</p>" for line in _lines(COVER + MINUTES))
    (tmp_path / "a.html").write_text(f"<html><body><main>{rows}</main></body></html>", "utf-8")
    (refused,) = extract_all([tmp_path / "a.html"])
    assert isinstance(refused, Unreadable)
    assert "committee paper" in refused.reason


def test_papers_in_a_record_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": AGENDA + COVER + MINUTES}), "utf-8")
    (refused,) = extract_all([tmp_path / "a.jsonl"])
    assert isinstance(refused, Unreadable)
    assert (refused.name, "committee paper" in refused.reason) == ("a.jsonl#1", True)


def test_papers_with_scanned_pages_say_so(tmp_path: Path) -> None:
    (refused,) = extract_all([_written(tmp_path, _around([], []))])
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith("2 of its 5 pages have hardly any text")
    assert "text recognition" in refused.advice


def test_a_scanned_document_is_refused_though_it_is_stamped(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*_stamped([[], [], []]), scanned=True))
    (refused,) = extract_all([tmp_path / "a.pdf"])
    assert isinstance(refused, Unreadable)
    assert "only pictures" in refused.reason
    assert "text recognition" in refused.advice


def test_what_is_printed_without_marks_is_put_together_by_its_place(tmp_path: Path) -> None:
    """As a browser prints: bullets are drawn, lines are broken, paragraphs are set apart."""
    path = tmp_path / "print.pdf"
    path.write_bytes(
        pdf(
            [
                Placed(40, 40, "Tarnbeck Metropolitan Borough Council (22 900 014)"),
                Placed(40, 60, "The Ombudsman's final decision:"),
                Placed(40, 80, "The complaint", bold=True),
                Placed(50, 100, "1."),
                Placed(
                    65, 100, "Mrs K says the Council left her son without any teaching in all of"
                ),
                Placed(65, 114, "the spring of 2022."),
                Placed(50, 134, "2."),
                Placed(65, 134, "She says the Council:"),
                Placed(90, 154, "ignored three of her letters, which she had sent to the head of"),
                Placed(90, 168, "its service; and"),
                Placed(90, 182, "gave her wrong advice."),
                Placed(40, 202, "The Ombudsman's role and powers", bold=True),
                Placed(50, 222, "3."),
                Placed(65, 222, "We look into faults. If there has been one which has caused an"),
                Placed(65, 236, "Injustice, we may suggest a remedy."),
                Placed(40, 250, "Investigator’s decision on behalf of the Ombudsman"),
                Placed(40, 264, "Investigator's decision on behalf of the Ombudsman"),
            ]
        )
    )
    (decision,) = _found(path)
    assert [one.text for one in decision.paragraphs] == [
        "Mrs K says the Council left her son without any teaching in all of the spring of 2022.",
        "She says the Council:\n• ignored three of her letters, which she had sent to the head of "
        "its service; and\n• gave her wrong advice.",
        "We look into faults. If there has been one which has caused an Injustice, we may suggest "
        "a remedy.",
    ]
    assert [part.text for part in decision.parts] == [
        "ignored three of her letters, which she had sent to the head of its service",
        "gave her wrong advice",
    ]


def test_running_lines_go_and_words_stay() -> None:
    pages = [
        ["Cabinet 14 March", "Page 1", "One went.", "Two came.", "Final decision 1"],
        ["Agenda Item 9", "Cabinet 14 March", "Three stayed.", "47 children", "2 of 3"],
        ["Cabinet 14 March", "Appendix A", "Four left.", "12", "Final report 3"],
    ]
    kept = drop_running_lines(["\n".join(page) for page in pages])
    assert kept == ["One went.\nTwo came.", "Three stayed.\n47 children", "Four left."]


def test_a_text_with_one_decision_is_left_as_it_is() -> None:
    for name in ("A.txt", "B.txt", "C.txt", "D.txt", "E.txt", "F2.txt", "H.txt", "J.txt"):
        text = (Path(__file__).parent / "layouts" / name).read_text("utf-8")
        assert decisions_in(text) == [text], name


PIECES = (
    *("The Ombudsman's final decision", "Summary: A.", "The complaint", "1. The Council was late."),
    *("Complaint reference:", "22 900 014", "Complaint against: Tarnbeck", "6 February 2023", ""),
    *("The Ombudsman’s role and powers", "Final decision", "Final decision 3", "Agenda item 4"),
    *("Investigator's decision on behalf of the Ombudsman", "Tarnbeck (22 900 014)", "Page 4"),
    *("Category : Housing", "Investigation into a complaint against", "resolved: to pay £9."),
    *("(reference number: 22 900 014)", "Parts of the complaint that I did not investigate"),
)


@given(st.lists(st.sampled_from([*PIECES, "\f"]), max_size=60), st.booleans())
def test_what_is_read_stands_in_the_papers_and_nothing_twice(
    pieces: list[str], paper: bool
) -> None:
    text = "\n".join(pieces)
    found = decisions_in(text, paper=paper)
    words = Counter(text.split())
    kept = Counter(word for one in found for word in one.split())
    assert found or is_committee_paper(text)
    assert kept <= words


def test_no_decision_is_taken_for_a_committee_paper() -> None:
    folders = [ROOT / "tests" / "gold", ROOT / "graph" / "sample" / "decisions"]
    files = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    assert len(files) > 80
    assert [path.name for path in files if is_committee_paper(path.read_text("utf-8"))] == []
    assert signs(COVER) >= {"report", "wards", "implications", "papers", "members"}


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _docx(path: Path, lines: Sequence[str]) -> None:
    """A Word document whose numbers and bullets are Word's own, as ECMA-376 has them."""
    paragraphs = []
    for line in lines:
        mark, _, words = line.partition(" ")
        kind = 1 if mark.rstrip(".").isdigit() and mark.endswith(".") else 2 if mark == "•" else 0
        numbered = f'<w:numPr><w:ilvl w:val="{kind - 1}"/><w:numId w:val="1"/></w:numPr>'
        style = f"<w:pPr>{numbered}</w:pPr>" if kind else ""
        shown = escape(words if kind else line)
        paragraphs.append(f'<w:p>{style}<w:r><w:t xml:space="preserve">{shown}</w:t></w:r></w:p>')
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>'
        for i, form in enumerate(("decimal", "bullet"))
    )
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/numbering" Target="numbering.xml"/>'
        "</Relationships>",
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">'
        f'{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{"".join(paragraphs)}'
        "</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name, text)


def _unwrapped(text: str) -> list[str]:
    """The statement's paragraphs, each a line, as they are typed in Word."""
    whole: list[str] = []
    for line in text.strip().split("\n"):
        mark = line.split(" ", 1)[0].rstrip(".")
        goes_on = whole and line and len(whole[-1]) > 60 and mark != "•" and not mark.isdigit()
        if goes_on and (line[0].islower() or not whole[-1].endswith((".", ";", ":"))):
            whole[-1] += f" {line}"
        elif line and not line.startswith("Final decision  "):
            whole.append(line)
    return whole


def test_a_word_document_says_what_its_text_says(tmp_path: Path) -> None:
    statement = _unwrapped(PLAIN)
    (tmp_path / "alone.txt").write_text("\n".join(statement), "utf-8")
    _docx(tmp_path / "alone.docx", statement)
    papers = [*_lines(COVER), "Appendix A", *statement, "Appendix B", *_lines(MINUTES)]
    _docx(tmp_path / "papers.docx", papers)
    _docx(tmp_path / "unsigned.docx", [line for line in papers if "on behalf of" not in line])
    (as_text,) = _found(tmp_path / "alone.txt")
    for name in ("alone.docx", "papers.docx", "unsigned.docx"):
        (as_word,) = _found(tmp_path / name)
        assert _said(as_word) == _said(as_text)


def test_a_word_document_without_a_decision_is_refused(tmp_path: Path) -> None:
    _docx(tmp_path / "a.docx", _lines(COVER))
    _docx(tmp_path / "b.docx", [])
    reasons = [one.reason for one in extract_all([tmp_path]) if isinstance(one, Unreadable)]
    assert len(reasons) == 2
    assert "committee paper" in reasons[0]
    assert "no text" in reasons[1]
