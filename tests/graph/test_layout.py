"""The layout of a text is recognised from the text itself; what is no decision is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import NotADecision
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument, fingerprint
from graph.sources.records import opened, read_bytes

LAYOUTS = Path(__file__).parent / "layouts"


def _raw(name: str) -> RawDocument:
    kind = "html" if name.endswith(".html") else "text"
    data = (LAYOUTS / name).read_bytes()
    (raw,) = read_bytes(name, data, fingerprint(data), kind)
    assert isinstance(raw, RawDocument)
    return opened(raw)


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("A.txt", "A"),
        ("A-indented.txt", "A"),
        ("B.txt", "B"),
        ("B.html", "B"),
        ("C.txt", "C"),
        ("D.txt", "D"),
        ("E.txt", "E"),
        ("E2.txt", "E2"),
        ("E3.txt", "E3"),
        ("F.txt", "F"),
        ("F2.txt", "F2"),
        ("H.txt", "H"),
        ("J.txt", "B"),
        ("plain.txt", "plain"),
    ],
)
def test_layout_is_recognised(name: str, layout: str) -> None:
    document = parse(_raw(name))
    assert document.layout == layout
    assert document.joint is (name == "J.txt")
    assert document.document_type == ("report" if layout.startswith("E") else "statement")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\n\ufeff", "empty"),
        ((LAYOUTS / "G.txt").read_text("utf-8"), "list of decisions"),
        ("Decisions\n\nX Council (21 000 001)\n\nY Council (21 000 002)\n", "list of decisions"),
        (
            (
                "X Council (21 000 001)\nUpheld, roads, 3 May 2022\nA crossing was left unlit.\n"
                "Y Council (21 000 002)\nNot upheld, trees, 4 May 2022\nA complaint about an oak.\n"
            ),
            "list of decisions",
        ),
        ((LAYOUTS / "K.txt").read_text("utf-8"), "bulletin"),
        ("Apples, 3\nPears, 4\n", "nothing of a decision"),
        (
            (
                "Housing Ombudsman Service\nREPORT\nThe landlord's handling of damp.\n"
                "Determination\n"
                "There was maladministration by the landlord."
            ),
            "another body",
        ),
        (
            (
                "Scottish Public Services Ombudsman\nDecision Report\n"
                "The council replied too late. We upheld the complaint."
            ),
            "another body",
        ),
        (
            (
                "The Scottish Public Services Ombudsman\nSector: Local Government\n"
                "Outcome: Upheld\nThe council replied too late. We upheld the complaint."
            ),
            "another body",
        ),
        (
            "Cwynodd Mrs A fod y Cyngor wedi methu â darparu addysg i'w mab. " * 8,
            "not in English",
        ),
        (
            "Le conseil n'a pas répondu à la plainte de Madame A, ni à ses lettres. " * 8,
            "not in",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "list",
        "titles",
        "results",
        "bulletin",
        "other",
        "housing",
        "scotland",
        "scotland-local",
        "welsh",
        "french",
    ],
)
def test_what_is_no_decision_is_refused_with_advice(text: str, reason: str) -> None:
    with pytest.raises(NotADecision) as caught:
        parse(RawDocument("x.txt", text, "0" * 64))
    assert reason in caught.value.reason
    assert caught.value.name == "x.txt"
    assert caught.value.advice


def test_the_two_titles_of_a_joint_decision_are_no_list() -> None:
    text = (
        "X Council (21 000 001)\nY NHS Trust (21 000 001a)\nThe Ombudsmen's final decision:\n"
        "The Council was at fault for the delay in its care assessment of Mr B."
    )
    assert parse(RawDocument("j.txt", text, "")).header.body == "X Council"


def test_signposting_another_ombudsman_is_no_ground_for_refusal() -> None:
    text = (LAYOUTS / "A.txt").read_text("utf-8")
    text = text.replace(
        "Both had the chance", "The Housing Ombudsman may help. Both had the chance"
    )
    assert parse(RawDocument("a.txt", text, "")).layout == "A"


def test_a_report_without_headings_is_known_by_what_it_calls_itself() -> None:
    text = (
        "London Borough of Wexborough (21 900 098)\nCategory : Housing > Homelessness\n"
        "Decision : Upheld\nDecision date : 16 Sep 2022\n\n"
        "Ms A complained that the Council left her family without heating for a winter.\n"
        "The boiler failed in November and nobody came. This was fault by the Council.\n"
        "It has agreed to apologise to Ms A within six weeks of the date of this report.\n"
        "The Council must put this report before its members."
    )
    document = parse(RawDocument("x.txt", text, ""))
    assert (document.layout, document.document_type) == ("E2", "report")
    statement = text.replace("this report", "this statement")
    assert parse(RawDocument("x.txt", statement, "")).document_type == "statement"
