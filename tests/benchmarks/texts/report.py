"""Investigation reports: the pages that have no numbered paragraphs."""

from __future__ import annotations

from datetime import timedelta

from tests.benchmarks.texts.action import Act, improvements, joined, later, personal, settle
from tests.benchmarks.texts.case import Case
from tests.benchmarks.texts.clock import in_full
from tests.benchmarks.texts.draft import Draft
from tests.benchmarks.texts.grammar import sentence
from tests.benchmarks.texts.opening import plainly
from tests.benchmarks.texts.story import events

_ACCEPTED = 0.7
"""Share of reports whose recommendations the authority accepts."""


def report(case: Case) -> Draft:
    """The page of a report on one complaint that was upheld."""
    draft = Draft(case)
    later_kind = case.layout == "E3"
    if later_kind:
        _key(draft)
    name = case.parties[0].name
    about = joined([draft.gist(issue) for issue in case.issues[:3]])
    who = draft.words("{P}") if later_kind else draft.words("{P}").replace("the ", "a ", 1)
    draft.heading("Summary")
    came = draft.words("[complained|came]")
    draft.paragraph(sentence(f"{who} {came} to us about {name}: {about}."))
    draft.heading("The complaint")
    for issue in case.issues:
        told = draft.about(issue, "allege")
        draft.paragraph(plainly(draft, f"{{P}} complained that {draft.noun} {told}."))
    while draft.length < case.size * 0.45:
        draft.paragraph(" ".join(events(draft)))
    draft.clock.told = True
    draft.heading("Finding")
    draft.paragraph(
        "Fault found causing injustice and recommendations made."
        if later_kind
        else draft.pick(
            "The complaint is upheld: there was fault causing injustice.",
            "The Ombudsman found fault causing injustice.",
        )
    )
    _findings(draft)
    _recommendations(draft)
    return draft


def _key(draft: Draft) -> None:
    words, cast = draft.case.cast.words, draft.case.cast
    draft.heading("Key to names used")
    draft.paragraph(f"{words['P']} - the complainant")
    if cast.relation:
        draft.paragraph(f"{words['R']} - {words['his']} {cast.relation}")


def _findings(draft: Draft) -> None:
    for issue in draft.case.issues:
        draft.issue = issue
        if issue.verdict == "fault":
            line = draft.line(issue.table, f"law:{issue.key}")
            words = [draft.said_by(line)] if line else []
            words.append(draft.say(issue.table, f"fault:{issue.key}"))
            if issue.injustice:
                words.append(draft.say(issue.table, f"harm:{issue.key}"))
            draft.paragraph(" ".join(filter(None, words)))
        elif issue.verdict == "clear":
            text = draft.say(issue.table, f"clear:{issue.key}")
            draft.said.clear(text)
            draft.paragraph(text)
    draft.issue = None
    draft.paragraph(draft.say(draft.case.topic, "law"))


def _recommendations(draft: Draft) -> None:
    case = draft.case
    faulty = [issue for issue in case.issues if issue.verdict == "fault"]
    harmed = [issue for issue in faulty if issue.injustice]
    accepted = draft.draw() < _ACCEPTED
    status = "agreed" if accepted else "recommended"
    draft.heading("Recommendations")
    duty = (
        "The Council has three months in which to consider the report and to tell us what it has "
        "done about it, or means to do. (Local Government Act 1974, section 31(2), as amended)"
    ).replace("The Council", sentence(draft.noun))
    draft.said.note("cite", ("ukpga/1974/7/section/31",), duty)
    draft.said.may("remedy", ["consider-report", "report-back", "evidence-to-ombudsman"])
    draft.paragraph(duty)
    first = personal(draft, harmed, status) if harmed else []
    for acts in (first, improvements(draft, faulty, status)):
        if acts:
            _group(draft, acts, accepted=accepted)
    satisfied = case.day + timedelta(days=90 + int(draft.draw() * 300))
    if accepted:
        draft.satisfied = satisfied
        by = "by Council response" if case.layout == "E3" else "with council's response"
        draft.paragraph(f"Ombudsman satisfied {by}: {in_full(satisfied)}")


def _group(draft: Draft, acts: list[Act], *, accepted: bool) -> None:
    case = draft.case
    deadline = later(draft, case.day, dated=case.dated, report=True)
    agreed = "has agreed to" if accepted else "should"
    opening = f"{deadline.words} {draft.noun} {agreed}:"
    items = [f"{act.text};" for act in acts[:-1]] + [f"{acts[-1].text}."]
    draft.paragraph(opening, items)
    settle(draft, acts, deadline, draft.noun)
