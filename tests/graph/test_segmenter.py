"""Paragraphs, items and sections: continuous numbers, whatever the copy shows."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotADecision
from graph.layouts.document import Document
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument, Unreadable, fingerprint
from graph.sources.records import opened, read_bytes
from graph.sources.source import read

LAYOUTS = Path(__file__).parent / "layouts"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SAME = ("A.txt", "B.txt", "B.html", "C.txt", "D.txt", "H.txt", "plain.txt")
"""One decision in seven forms."""
HEAD = "Saltmarsh Council (24 900 060)\nCategory : Housing > Other\nDecision : Upheld\n"


def _document(name: str) -> Document:
    kind = "html" if name.endswith(".html") else "text"
    data = (LAYOUTS / name).read_bytes()
    (raw,) = read_bytes(name, data, fingerprint(data), kind)
    assert isinstance(raw, RawDocument)
    return parse(opened(raw))


def _parse(text: str) -> Document:
    return parse(RawDocument("x.txt", text, "0" * 64))


def _action(*lines: str) -> list[tuple[str, list[str]]]:
    """Lead-in and items of each paragraph of an action section printed as bullets."""
    text = (
        HEAD
        + "The Ombudsman's final decision:\nSummary: Fault.\nThe complaint\n- Mr X complains.\n"
    )
    document = _parse(text + "Agreed action\n" + "\n".join(f"- {line}" for line in lines))
    return [
        (document.text[b.paragraph.start : b.lead_end], _items(document, b.items))
        for b in document.blocks
        if b.paragraph.section == "action"
    ]


def _items(document: Document, items: tuple[object, ...]) -> list[str]:
    return [document.text[i.start : i.end] for i in items]  # type: ignore[attr-defined]


def _assert_sound(document: Document) -> None:
    """Every span slices back, paragraphs do not overlap and items lie in their paragraph."""
    position = 0
    text = document.text
    assert all(line.strip() for line in text.split("\n"))
    for start, end in document.header_spans.values():
        assert 0 <= start < end <= len(text)
    blocks = [*([document.summary] if document.summary else []), *document.blocks]
    for block in sorted(blocks, key=lambda block: block.paragraph.start):
        paragraph = block.paragraph
        assert text[paragraph.start : paragraph.end] == paragraph.text != ""
        assert position <= paragraph.start < paragraph.end
        position = paragraph.end
        assert paragraph.start <= block.lead_end <= paragraph.end
        inside = block.lead_end
        for item in block.items:
            assert inside <= item.start <= item.end <= paragraph.end
            assert item.level >= 1
            inside = item.end
    numbers = [block.paragraph.number for block in document.blocks]
    report = document.layout.startswith("E")
    assert numbers == ([None] * len(numbers) if report else list(range(1, len(numbers) + 1)))


@pytest.mark.parametrize("name", sorted(p.name for p in LAYOUTS.iterdir() if p.stem not in "GK"))
def test_every_layout_is_sound_and_without_problems(name: str) -> None:
    document = _document(name)
    _assert_sound(document)
    assert document.problems == ()
    assert (document.summary is None) is (name == "E3.txt")


@pytest.mark.parametrize("name", SAME)
def test_one_decision_reads_alike_in_every_form(name: str) -> None:
    def view(document: Document) -> list[object]:
        return [
            (
                b.paragraph.number,
                b.paragraph.section,
                b.paragraph.heading,
                document.text[b.paragraph.start : b.lead_end],
                [(document.text[i.start : i.end], i.level) for i in b.items],
            )
            for b in document.blocks
        ]

    document, first = _document(name), _document(SAME[0])
    assert len(document.blocks) == 19
    assert view(document) == view(first)
    assert document.header.body == "Tarnbeck Metropolitan Borough Council"
    assert document.header.reference == "22 900 014"
    assert document.summary is not None
    assert first.summary is not None
    assert document.summary.paragraph.text == first.summary.paragraph.text


def test_sections_of_a_statement() -> None:
    sections = [b.paragraph.section for b in _document("A.txt").blocks]
    assert sections == (
        ["complaint"] * 3
        + ["role-powers"] * 2
        + ["how-considered"] * 2
        + ["found.law"] * 2
        + ["found.facts"] * 4
        + ["found.findings"] * 2
        + ["action"] * 3
        + ["decision"]
    )


def test_a_bracketed_citation_on_its_own_line_belongs_to_the_paragraph_above() -> None:
    block = _document("A.txt").blocks[4]
    assert block.paragraph.text.endswith(
        "\n(Local Government Act 1974, section 24A(6), as amended)"
    )
    assert len(block.items) == 2


def test_nested_items_have_levels() -> None:
    document = _document("J.txt")
    assert [(i.level, i.marker) for i in document.blocks[5].items] == [
        (1, "•"),
        (2, "-"),
        (2, "-"),
        (1, "•"),
    ]
    assert [(i.level, i.marker) for i in document.blocks[0].items] == [
        (1, "1"),
        (1, "2"),
        (1, "3"),
    ]


def test_reports_have_no_numbers_and_each_lead_in_its_own_items() -> None:
    document = _document("E.txt")
    found = [
        (
            b.paragraph.section,
            [(i.level, document.text[i.start : i.end][:9]) for i in b.items],
        )
        for b in document.blocks
    ]
    assert found == [
        ("complaint", []),
        ("report.finding", []),
        (
            "report.recommendations",
            [
                (1, "Within tw"),
                (2, "clearing "),
                (2, "rebuildin"),
                (1, "Mend the "),
                (1, "Pay the m"),
            ],
        ),
        ("report.recommendations", [(1, "apologise"), (1, "pay him £")]),
        ("report.recommendations", []),
    ]
    assert document.satisfied == date(2020, 10, 9)
    assert document.satisfied_span is not None
    start, end = document.satisfied_span
    assert (
        document.text[start:end] == "Ombudsman satisfied with council's response: 9 October 2020."
    )


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("E2.txt", ["complaint", "report.finding", "report.recommendations"]),
        (
            "E3.txt",
            ["report.key"] * 2 + ["complaint", "report.finding"] + ["report.recommendations"] * 3,
        ),
    ],
)
def test_set_phrases_tell_the_parts_of_a_report_without_headings(
    name: str, sections: list[str]
) -> None:
    assert [b.paragraph.section for b in _document(name).blocks] == sections


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (
            [
                *("The Council has agreed to:", "apologise to Mr X", "pay him £50."),
                "It will report to us.",
            ],
            [("The Council has agreed to:", 2), ("It will report to us.", 0)],
        ),
        (
            ["Within a month it will:", "Apologise. It should do so in writing.", "Pay £50.",
             "Our guidance supports such a sum."],
            [("Within a month it will:", 2), ("Our guidance supports such a sum.", 0)],
        ),
        (
            ["The Council agreed to:", "Apologise;", "Pay £50; and", "Train staff.",
             "By June it will also:", "review its policy", "The Council must send us evidence."],
            [("The Council agreed to:", 3), ("By June it will also:", 1),
             ("The Council must send us evidence.", 0)],
        ),
        (
            ["The Council failed by:", "Ignoring letters.", "Losing papers.", "Mr X was upset."],
            [("The Council failed by:", 2), ("Mr X was upset.", 0)],
        ),
        (
            ["It will pay Mr X £50.", "It will pay Miss Y £60."],
            [("It will pay Mr X £50.", 0), ("It will pay Miss Y £60.", 0)],
        ),
        (
            ["I asked whether the Council", "answered the letter; and", "kept a copy.", "It did."],
            [("I asked whether the Council", 2), ("It did.", 0)],
        ),
    ],
    ids=[
        *("lower case", "imperatives", "two lead-ins", "-ing forms", "no list"),
        "lead without colon",
    ],
)  # fmt: skip
def test_where_a_list_ends_when_all_lines_are_bullets(
    lines: list[str], paragraphs: list[tuple[str, int]]
) -> None:
    assert [(lead, len(items)) for lead, items in _action(*lines)] == paragraphs


def test_lists_counted_at_the_margin_are_told_from_paragraphs() -> None:
    document = _parse(
        HEAD + "The Ombudsman's final decision:\nSummary: Fault.\nThe complaint\n"
        "1. Mrs D says:\n1. The plan was late.\n2. Her son had no school.\n3. Nobody wrote.\n"
        "2. She wants money.\nDecision\n1. We found fault.\n"
    )
    assert [(b.paragraph.number, len(b.items)) for b in document.blocks] == [(1, 3), (2, 0), (3, 0)]


def test_numbered_report() -> None:
    document = _parse(
        HEAD + "The Investigation\nThe complaint\n1. Ms X complained of her mother's home.\n"
        "Legal and administrative background\nThe Ombudsman’s role and powers\n"
        "2. In this report, we call it fault.\n3. We may tell:\na) the regulator; or\nb) no one.\n"
        "What we found\nWhat should have happened\n4. They should have asked.\n"
        "What happened\n5. They did not.\nConclusions\n6. That was fault.\n"
        "Recommendations\n7. The Council must consider this report.\nDecision\n8. We have ended.\n"
    )
    assert (document.layout, document.document_type) == ("B", "report")
    assert [b.paragraph.section for b in document.blocks] == [
        "complaint",
        "role-powers",
        "role-powers",
        "found.law",
        "found.facts",
        "found.findings",
        "action",
        "decision",
    ]
    assert [i.marker for i in document.blocks[2].items] == ["a", "b"]


@pytest.mark.parametrize(
    ("headings", "sections"),
    [
        (["Looked after children", "Key events", "Analysis"], ["law", "facts", "findings"]),
        (["Background", "What happened", "My findings"], ["law", "facts", "findings"]),
        (["Background", "My view on fault"], ["facts", "findings"]),
        (["Law and guidance", "Background", "Findings"], ["law", "facts", "findings"]),
        (["What happened", "Stage 2", "The visit – 3 May 2023"], ["facts"] * 3),
        (["What happened", "Relevant law"], ["facts", "law"]),
        (["Analysis", "Complaint (b): The reply was late", "School transport"], ["findings"] * 3),
        (["Analysis", "What happened"], ["findings", "facts"]),
        (["Was there fault by the Council?", "Did the fault cause injustice?"], ["findings"] * 2),
    ],
)
def test_headings_inside_what_i_found(headings: list[str], sections: list[str]) -> None:
    body = "".join(f"{heading}\n- A paragraph.\n" for heading in headings)
    document = _parse(HEAD + f"The complaint\n- He complains.\nWhat I found\n{body}")
    assert [b.paragraph.section for b in document.blocks[1:]] == [f"found.{s}" for s in sections]
    assert [b.paragraph.heading for b in document.blocks[1:]] == headings


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_do_not_matter(end: str) -> None:
    text = (LAYOUTS / "B.txt").read_text("utf-8")
    assert _parse(text.replace("\n", end)).blocks == _document("B.txt").blocks


def test_markup_inside_the_text_is_text() -> None:
    text = (
        (LAYOUTS / "A.txt").read_text("utf-8").replace("three of her", "<script>x</script> of her")
    )
    assert "<script>x</script>" in _parse(text).text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The complaint\n- The Council was at fault.", "no reference found"),
        (
            HEAD + "The complaint\n- The Council promised Mr X that it would soon",
            "middle of a sentence",
        ),
        (
            HEAD + "The complaint\n- The Council was at fault.",
            "no section for the decision",
        ),
        (HEAD + "Summary: The Council was at fault.", "only a summary"),
        (
            HEAD.replace("Upheld", "Settled") + "The complaint\n- He complains.",
            "outcome not understood",
        ),
        (
            (LAYOUTS / "A.txt").read_text("utf-8")
            + (LAYOUTS / "A-indented.txt").read_text("utf-8"),
            "two decisions in one file",
        ),
    ],
)
def test_oddities_are_said(text: str, problem: str) -> None:
    document = _parse(text)
    for odd in document.problems:
        assert document.text[odd.start : odd.end].strip()
    assert any(problem in said.why for said in _parse(text).problems)


def test_parsing_twice_gives_the_same() -> None:
    assert _document("F2.txt") == _document("F2.txt")


def test_documents_pass_between_processes() -> None:
    document = _document("B.html")
    assert pickle.loads(pickle.dumps(document)) == document


_PIECES = st.sampled_from(
    (LAYOUTS / "A.txt").read_text("utf-8").split("\n")
    + (LAYOUTS / "J.txt").read_text("utf-8").split("\n")
    + (LAYOUTS / "E.txt").read_text("utf-8").split("\n")
    + [
        "",
        " - x",
        "a) y",
        "iv. z:",
        "(f)The Conduct",
        "12) w.",
        "• ",
        ":",
        ">",
        "Decision :",
        "(",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=30)), max_size=40))
def test_any_text_is_answered(lines: list[str]) -> None:
    try:
        document = _parse("\n".join(lines))
    except NotADecision:
        return
    _assert_sound(document)


def test_a_very_long_line_is_answered() -> None:
    text = HEAD + "The complaint\n- " + "The Council was late (again); and " * 200_000
    _assert_sound(_parse(text))


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("21-012-067", 68),
        ("23-016-383", 30),
        ("24-008-464", 22),
        ("24-012-297", 21),
        ("25-000-319", 11),
    ],
)
def test_published_decisions_have_their_own_number_of_paragraphs(stem: str, count: int) -> None:
    path = SHARED / "decisions" / f"{stem}.txt"
    if not path.exists():
        pytest.skip(f"{path.name}: the published decisions are not part of the repository")
    (raw,) = read([path])
    assert isinstance(raw, RawDocument)
    document = parse(raw)
    _assert_sound(document)
    assert len(document.blocks) == count
    assert document.problems == ()


def test_published_headers_agree_with_the_hand_reading() -> None:
    paths = sorted((SHARED / "gold").glob("*.json"))
    if not paths:
        pytest.skip("the hand-read decisions are not part of the repository")
    documents = {}
    for raw in read([SHARED / "decisions"]):
        assert not isinstance(raw, Unreadable)
        documents[Path(raw.name).stem] = parse(raw)
    for path in paths:
        gold = json.loads(path.read_text("utf-8"))
        document = documents[path.stem]
        header = document.header
        assert header.reference == gold["reference"]
        assert (header.category, header.subcategory) == (
            gold["category"],
            gold["subcategory"],
        )
        assert header.outcome == gold["outcome"]
        assert header.date == date.fromisoformat(gold["date"])
        assert document.document_type == gold["document_type"]
        satisfied = document.satisfied.isoformat() if document.satisfied else None
        assert satisfied == gold.get("satisfied")


def test_what_a_copy_adds_below_the_signature_is_left_out() -> None:
    text = (
        HEAD + "The Ombudsman's final decision:\nSummary: We found fault.\nThe complaint\n"
        "- Mr X complains about a form.\nFinal decision\n- I have completed my investigation.\n"
        "Investigator's decision on behalf of the Ombudsman\nCopied by a mirror on a Tuesday."
    )
    assert "mirror" not in _parse(text).text


def test_a_section_below_the_signature_is_kept() -> None:
    text = (
        HEAD + "The Ombudsman's final decision:\nSummary: We found fault.\nThe complaint\n"
        "- Mr X complains about a form.\nFinal decision\n- I have completed my investigation.\n"
        "Investigator's decision on behalf of the Ombudsman\n"
        "Parts of the complaint that I did not investigate\n- I did not look at 2016."
    )
    assert _parse(text).blocks[-1].paragraph.section == "not-investigated"


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What I have looked at", "what-investigated"),
        ("Matters I did not consider", "not-investigated"),
        ("Complaints we did not investigate", "not-investigated"),
        ("What I considered", "how-considered"),
    ],
)
def test_headings_of_scope_in_other_words(heading: str, section: str) -> None:
    text = (
        HEAD + "The Ombudsman's final decision:\nSummary: We found fault.\nThe complaint\n"
        f"- Mr X complains about a form.\n{heading}\n- I looked at the form.\n"
        "Final decision\n- I have completed my investigation."
    )
    assert _parse(text).blocks[1].paragraph.section == section


def test_legal_background_within_the_findings_is_law() -> None:
    text = (
        HEAD + "The Ombudsman's final decision:\nSummary: We found fault.\nThe complaint\n"
        "- Mr X complains about a form.\nWhat I found\nLegal and administrative background\n"
        "- A council must keep a form.\nEvents\n- Mr X sent it in May.\nFinal decision\n- Done."
    )
    sections = [block.paragraph.section for block in _parse(text).blocks]
    assert sections == ["complaint", "found.law", "found.facts", "decision"]
