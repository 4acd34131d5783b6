"""Statutes in running text: titles, divisions, what defines them and what stays unresolved."""

from __future__ import annotations

import pytest

from graph.extraction.extractors.citations.citations import read_statutes
from graph.extraction.extractors.citations.division import divisions
from graph.extraction.reading import Reading
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from graph.triples.provision import at_section_level


def _reading(body: str, category: str = "Education > Special educational needs") -> Reading:
    text = (
        "Tarnbeck Metropolitan Borough Council (22 900 099)\n"
        f"Category : {category}\nDecision : Upheld\nDecision date : 06 Apr 2022\n"
        "The Ombudsman's final decision:\nSummary: A matter was decided.\n"
        f"What I found\n- {body}\nFinal decision\n- I have completed my investigation."
    )
    return Reading.of(parse(RawDocument("made.txt", text, "0" * 64, {})))


def _cited(body: str, category: str = "Education > Special educational needs") -> set[str | None]:
    return {citation.id for citation in read_statutes(_reading(body, category))}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("section 34(B)", ["section/34B"]),
        ("section 34H(i)", ["section/34H/1"]),
        ("sections 26(1) and 26A(1)", ["section/26/1", "section/26A/1"]),
        ("section 26(6)(a)&(b)", ["section/26/6/a", "section/26/b"]),
        ("s.41 of the Highways Act", ["section/41"]),
        ("sections 9 to 11", ["section/9", "section/10", "section/11"]),
        ("sections 22A to 22C", ["section/22A", "section/22B", "section/22C"]),
        ("sections 23A to 23CA", ["section/23A", "section/23B", "section/23C", "section/23CA"]),
        ("Schedule A1", ["schedule/A1"]),
        ("The house stood at G's 0.9 miles and inside the policy's 15 days", []),
        ("Schedule 5, paragraph 5A", ["schedule/5/paragraph/5A"]),
        ("paragraph 5A schedule 5", ["schedule/5/paragraph/5A"]),
        ("Schedule 5/5A, paragraph 1/3", ["schedule/5/paragraph/1", "schedule/5A/paragraph/3"]),
        ("Schedule 5.5", ["schedule/5/paragraph/5"]),
        ("Schedule 2, Part I, para 6", ["schedule/2/paragraph/6"]),
        ("Schedule 2, Part I", ["schedule/2/part/I"]),
        ("section 13(1)-(3)", ["section/13/1", "section/13/2", "section/13/3"]),
        ("regulations 12 and 17", ["regulation/12", "regulation/17"]),
    ],
)
def test_divisions_as_the_ombudsman_writes_them(text: str, steps: list[str]) -> None:
    assert [step for division in divisions(text) for step in division.steps] == steps


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("It acted under section 17 of the Children Act 1989.", {"ukpga/1989/41/section/17"}),
        (
            "It has a duty. (Children and Families Act 2014, section 42)",
            {"ukpga/2014/6/section/42"},
        ),
        ("The Care Act 2014 sets this out.", {"ukpga/2014/23"}),
        (
            "The Children and Families Act 2014 (the Act) applies. Under section 36 of the Act it "
            "decides.",
            {"ukpga/2014/6/section/36"},
        ),
        ("The Council owed a section 19 duty.", {"ukpga/1996/56/section/19"}),
        (
            "The Special Educational Needs and Disability Regulations 2014, regulation 13, say so.",
            {"uksi/2014/1530/regulation/13"},
        ),
        ("Section F of the plan names the therapy.", set()),
        ("The form has a part 3.", set()),
    ],
)
def test_titles_and_sections_resolve(body: str, ids: set[str | None]) -> None:
    assert _cited(body) == ids


def test_a_title_that_the_register_lacks_stays_unresolved() -> None:
    (citation,) = read_statutes(_reading("It relied on the Lighthouse Dues Act 1801."))
    assert citation.id is None
    assert citation.text == "Lighthouse Dues Act 1801"


def test_powers_are_jurisdiction_and_duties_are_substantive() -> None:
    found = read_statutes(
        _reading(
            "We may close it. (Local Government Act 1974, section 24A(6), as amended) "
            "It had a duty under section 17 of the Children Act 1989."
        )
    )
    assert {(c.id, c.role) for c in found} == {
        ("ukpga/1974/7/section/24A/6", "jurisdiction"),
        ("ukpga/1989/41/section/17", "substantive"),
    }


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (  # a bare section goes with the Act that the paragraph last named
            "A council can fell a hedge. (Anti-social Behaviour Act 2003, section 69) Failing to "
            "comply is an offence. (section 75)",
            {"ukpga/2003/38/section/69", "ukpga/2003/38/section/75"},
        ),
        (  # not with a regulation's number
            "Recovery is discretionary. (Housing Benefit Regulations 2006, regulations 17 and 99) "
            "The Children Act 1989 applies too. (section 17)",
            {
                "uksi/2006/213/regulation/17",
                "uksi/2006/213/regulation/99",
                "ukpga/1989/41/section/17",
            },
        ),
        (  # an Act has sections and an instrument has regulations
            "The Care Act 2014 and the Care and Support (Deferred Payment) Regulations 2014 apply. "
            "It must tell people early. (section 34 and regulation 2)",
            {"ukpga/2014/23/section/34", "uksi/2014/2671/regulation/2"},
        ),
        (  # "the Act", never defined, is the one last named
            "The Care Act 2014 governs this. A carer must be assessed. (section 10 of the Act)",
            {"ukpga/2014/23/section/10"},
        ),
        (
            "Its duty is to adjust what it does. (section 20 of the same Act, the Equality Act "
            "2010)",
            {"ukpga/2010/15/section/20"},
        ),
        (  # the year of this decision's own regulations, not of the best known
            "It charges by means. (National Assistance (Assessment of Resources) Regulations 1992, "
            "regulation 20) Capital given away may be counted. (regulation 25 of the 1992 "
            "Regulations)",
            {"uksi/1992/2977/regulation/20", "uksi/1992/2977/regulation/25"},
        ),
        (
            "The Order (Town and Country Planning (General Permitted Development) (England) Order "
            "2015 (Class E of Part 1 of Schedule 2)) allows it.",
            {"uksi/2015/596/schedule/2"},
        ),
        (  # the Act that the sentence has just named, though section 20 was another's before
            "It may house a child. (Children Act 1989, section 20)\n- The duty in section 149 of "
            "the Equality Act 2010 applies, and so do ss. 20-21 on adjustments.",
            {
                "ukpga/1989/41/section/20",
                "ukpga/2010/15/section/149",
                "ukpga/2010/15/section/20",
                "ukpga/2010/15/section/21",
            },
        ),
        (
            "It ranks people. (Housing Act 1996, section 166A)\n- It may help a child under "
            "section 17 of the Children Act 1989. It used its scheme under section 166A(3).",
            {"ukpga/1996/52/section/166A", "ukpga/1989/41/section/17"},
        ),
        (
            "Article 3 of the Homelessness (Suitability of Accommodation) (England) Order 2012 "
            "sets this out. Article 8 of the European Convention on Human Rights is about homes, "
            "and the family's article 8 rights count.",
            {"uksi/2012/2601/article/3"},
        ),
        (
            "The Homelessness (Suitability of Accommodation) (England) Order 2012 applies. The "
            "Invented Reviews (Somewhere) Regulations 2018 set the procedure: see regulation 7(2).",
            {"uksi/2012/2601"},
        ),
        (  # "the Regulations" are the ones last named, known or not
            "The Special Educational Needs and Disability Regulations 2014 apply. The Invented "
            "Reviews (Somewhere) Regulations 2018 do too. Under regulation 7 of the Regulations "
            "it must answer.",
            {"uksi/2014/1530"},
        ),
        (
            "The Care Act 2014 applies. It met its duty under section 42 in its assessment.",
            {"ukpga/2014/23/section/42"},
        ),
        (
            "The Care Act 2014 applies. Rule 3 of the Appeals Code, section 4 of its tenancy "
            "agreement and section 19 of the form do not.",
            {"ukpga/2014/23"},
        ),
        (
            "Appeals rest on section 94 of the School Standards and Framework Act 1998, the School "
            "Admissions (Appeals Arrangements) (England) Regulations 2012 and a code.",
            {"ukpga/1998/31/section/94", "uksi/2012/9"},
        ),
    ],
)
def test_what_a_bare_division_belongs_to(body: str, ids: set[str]) -> None:
    assert {at_section_level(path) for path in _cited(body) if path and "/part/" not in path} == ids
