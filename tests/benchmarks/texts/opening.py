"""The sections that every statement opens with: the complaint, and the Ombudsman's powers."""

from __future__ import annotations

from tests.benchmarks.texts.action import joined, listed
from tests.benchmarks.texts.case import Issue
from tests.benchmarks.texts.chance import taken
from tests.benchmarks.texts.draft import Draft, called
from tests.benchmarks.texts.grammar import sentence
from tests.benchmarks.texts.wording import table

_SPLIT = (2020, 2023)
"""First years of the second and of the third wording of each power."""
_SHARED = {"Ofsted": "ofsted", "CQC": "cqc"}


def complaint(draft: Draft) -> None:
    """Who complains of what, and what they want."""
    case = draft.case
    draft.heading("The complaint")
    intro = _introduction(draft)
    said = [draft.about(issue, "allege") for issue in case.issues]
    parties = _parties(draft)
    if case.issues[0].part:
        alone = len(case.named) == 1
        who = f" {draft.noun}" if alone else ""
        texts = [
            told if alone else f"{i.noun} {told}" for i, told in zip(case.issues, said, strict=True)
        ]
        lead = draft.words("{P} [complains|complain] that") + f"{who}:"
        items = listed(texts, lambda: 1.0)
        marks = draft.pick("(X)", "X)")
        lettered = [
            f"{marks.replace('X', i.part)} {t}" for i, t in zip(case.issues, items, strict=True)
        ]
        draft.paragraph(_together(intro, parties, lead), lettered, lettered=True)
    else:
        noun = case.issues[0].noun
        text = draft.words("{P} [complains|complain] that") + f" {noun} {joined(said[:2])}."
        if len(said) > 2:
            more = joined([f"that it {one}" for one in said[2:]])
            text += f" {draft.words('{He} also complained')} {more}."
        draft.paragraph(_together(intro, parties, text))
    if draft.draw() < 0.85:
        draft.paragraph(
            draft.pick(
                "{P} [says|say] this has [caused {him} [stress|great upset|a lot of work]|made "
                "{him} ill|left {him} worse off]. {He} would like [an apology|{£250-5000} in "
                "compensation|the Council to put it right|somebody to take responsibility].",
                "As a result {P} [says|say] {he} [has|have] lost [sleep|confidence in the Council|"
                "{£100-3000}|time off work]. {He} wanted [the decision changed|the Council to pay "
                "{him} {£200-4000}|the Council to learn from this].",
            ).replace("the Council", draft.noun)
        )


def _together(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _introduction(draft: Draft) -> str:
    cast = draft.case.cast
    if not cast.relation:
        return draft.pick(
            "", "", "The complainant, whom I shall call {P}, [lives|live] in the area."
        )
    return draft.pick(
        f"{{P}} [complains|complain] on behalf of {{his}} {cast.relation}, {{R}}.",
        f"This complaint concerns {{P}} and {{his}} {cast.relation}, {{R}}.",
        f"{{P}} [has|have] a {cast.relation}, whom I shall call {{R}}.",
    )


def _parties(draft: Draft) -> str:
    named = draft.case.named
    if len(named) == 1:
        return ""
    both = " and ".join(f"{one.name} (the {one.noun})" for one in named)
    draft.said.may("body", ["other-council"])
    return f"The complaint is about {both}."


def reasons_for(draft: Draft, left: list[Issue]) -> list[str]:
    """The powers that rest behind the reasons noted so far."""
    if not left:
        return []
    given = [one["id"] for one in draft.said.passages if one["kind"] == "reason"]
    slots = (f"power:{id_}" for id_ in given)
    return [table("reasons")[slot][0].text for slot in slots if slot in table("reasons")]


def powers(draft: Draft, used: list[str], *, refused: bool = False) -> None:
    """What the Ombudsman may do: the wordings of the decision's years, word for word."""
    names = ["fault"] if not refused or draft.draw() < 0.8 else []
    names += [name for name in dict.fromkeys(used) if name != "start"]
    if refused and ("start" in used or draft.draw() < 0.5):
        names.insert(1, "start")
        names += ["merits"] if draft.draw() < 0.5 else []
    if not refused:
        names += ["merits"] if draft.draw() < 0.75 else []
        names += ["balance"] if draft.draw() < 0.5 else []
        names += ["late"] if "late" not in names and draft.draw() < 0.25 else []
        names += ["court"] if "court" not in names and draft.draw() < 0.2 else []
        names += ["others"] if draft.draw() < 0.1 else []
        names += ["complete"] if draft.draw() < 0.8 else []
    if draft.case.parties[0].kind == "provider":
        names.append("provider")
    if len(draft.case.parties) > 1:
        names.append("joint")
    names += ["fairness"] if draft.draw() < 0.25 else []
    shared = table(draft.case.topic).get("shared")
    if shared and not refused:
        names.append(_SHARED[shared[0].text])
    era = sum(draft.case.day.year >= year for year in _SPLIT)
    for name in names:
        line = table("powers")[name][era]
        text = draft.said_by(line)
        if name == "start":
            _tests(draft, text)
        else:
            draft.paragraph(text)


def _tests(draft: Draft, text: str) -> None:
    """The list of reasons that may be given, most of which are not."""
    lead, _, cited = text.partition(" (Local")
    if not cited:
        cited = "Government Act 1974, section 24A(6), as amended, section 34(B))"
    lines = list(table("powers")["item"])
    chosen = [taken(draft.draw, lines).text for _ in range(2 + int(draft.draw() * 3))]
    items = [f"{one}, or" for one in chosen[:-1]] + [f"{chosen[-1]}."]
    draft.paragraph(lead, items, tail=f"(Local {cited}")


def plainly(draft: Draft, text: str) -> str:
    """A phrase as a sentence, with the authority's own name."""
    return sentence(called(draft.words(text), draft.noun))
