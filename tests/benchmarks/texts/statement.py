"""The statement of a complaint that was investigated, section by section."""

from __future__ import annotations

from tests.benchmarks.texts.action import (
    Act,
    improvements,
    joined,
    later,
    listed,
    personal,
    settle,
    soon,
)
from tests.benchmarks.texts.case import Case, Issue
from tests.benchmarks.texts.chance import one_of, taken
from tests.benchmarks.texts.draft import Draft, called
from tests.benchmarks.texts.grammar import sentence
from tests.benchmarks.texts.opening import complaint, powers, reasons_for
from tests.benchmarks.texts.story import law, story
from tests.benchmarks.texts.wording import table


def statement(case: Case) -> Draft:
    """The decision on a complaint that was investigated, whole or in part."""
    draft = Draft(case)
    complaint(draft)
    left = [issue for issue in case.issues if issue.verdict == "left"]
    _scope(draft, left)
    used = reasons_for(draft, left)
    draft.heading("The Ombudsman’s role and powers")
    powers(draft, used)
    _considered(draft)
    draft.heading(draft.pick("What I found", "What I found", "What we found"))
    law(draft)
    story(draft)
    if case.kind == "discontinued":
        _ended(draft)
        return draft
    findings(draft)
    acts = _action(draft) if case.kind == "upheld" else []
    _decision(draft, acts)
    _summary(draft, acts)
    return draft


def _scope(draft: Draft, left: list[Issue]) -> None:
    """What was not looked at, and why; noted with its reasons by the caller's choice."""
    if not left:
        return
    draft.heading(draft.pick("What I have and have not investigated", "What I have investigated"))
    rest = [issue for issue in draft.case.issues if issue.verdict != "left"]
    if rest[0].part:
        kept = joined([f"({issue.part})" for issue in rest])
        draft.paragraph(f"I have investigated {kept}.")
    for issue in left:
        draft.issue = issue
        own = [slot for slot in table(draft.case.topic) if slot.startswith("reason:")]
        own += ["reason:late", "reason:premature", "reason:insufficient-injustice"]
        slot = one_of(draft.draw, own)
        place = draft.case.topic if slot in table(draft.case.topic) else "reasons"
        what = f"({issue.part})" if issue.part else draft.gist(issue)
        opening = f"I have not investigated {what}."
        draft.paragraph(f"{opening} {draft.say(place, slot)}")
        if issue.part:
            draft.said.parts[issue.part] = "not-investigated"
        draft.issue = None


def _considered(draft: Draft) -> None:
    draft.heading("How I considered this complaint")
    draft.paragraph(draft.say("powers", "considered"))
    predecessor = draft.case.parties[0].predecessor
    if predecessor:
        draft.paragraph(
            f"Some of the papers are those of {predecessor}, which the Council has replaced."
        )
        draft.said.may("body", ["other-council"])
    draft.paragraph(draft.say("powers", "draft"))


def findings(draft: Draft) -> None:
    """What is concluded on each matter."""
    draft.heading(draft.pick("Analysis", "My findings", "Findings", "My analysis"), 2)
    apart = draft.draw() < 0.4
    for issue in draft.case.issues:
        if issue.verdict == "left":
            continue
        draft.issue = issue
        if issue.part:
            gist = draft.gist(issue)
            draft.heading(
                draft.pick(
                    f"({issue.part}): {gist}",
                    f"Complaint ({issue.part}): {gist}",
                    f"Part ({issue.part})",
                ),
                2,
            )
        concluded = draft.say(issue.table, f"{issue.verdict}:{issue.key}")
        weighed = _weighed(draft)
        if weighed and draft.draw() < 0.5:
            draft.paragraph(weighed)
            weighed = ""
        if issue.part:
            draft.said.parts[issue.part] = "fault" if issue.verdict == "fault" else "no-fault"
        if issue.verdict == "clear":
            draft.said.clear(concluded)
            draft.paragraph(f"{weighed} {concluded}".strip())
            continue
        harm = _harm(draft, issue)
        if apart:
            draft.paragraph(f"{weighed} {concluded}".strip())
            draft.paragraph(harm)
        else:
            draft.paragraph(f"{weighed} {concluded} {harm}".strip())
    draft.issue = None
    _bands(draft)
    if draft.draw() < 0.2:
        draft.paragraph(
            draft.pick(
                "I do not recommend the {£600-5000} that {P} asked for.",
                "{P} asked for {£600-5000}. I do not think that [a payment of that size|so large a "
                "sum] would be right.",
            )
        )


def _weighed(draft: Draft) -> str:
    """What is considered before a conclusion, and decides nothing."""
    count = int(draft.draw() * 3.5)
    return " ".join(draft.say("narrative", "weigh") for _ in range(count))


def _harm(draft: Draft, issue: Issue) -> str:
    if not issue.injustice:
        return draft.pick(
            "This did not cause {P} [an|a significant] injustice.",
            "I do not consider that {P} [was|were] caused an injustice by this.",
        )
    lines = list(table(issue.table).get(f"harm:{issue.key}", ()))
    words: list[str] = []
    while lines and (not words or draft.draw() < 0.45):
        words.append(draft.said_by(taken(draft.draw, lines)))
    return " ".join(words)


def _bands(draft: Draft) -> None:
    """What our guidance says of usual sums: none of them is awarded."""
    harmed = [i for i in draft.case.issues if i.verdict == "fault" and i.injustice]
    if not harmed or draft.draw() > 0.3:
        return
    low, high = one_of(draft.draw, ((100, 300), (150, 350), (200, 600), (100, 500)))
    text = draft.pick(
        f"Our guidance on remedies suggests a payment of between £{low} and £{high} in "
        "[many|most] cases [like this|of this kind].",
        f"I have considered our guidance on remedies, whose usual range is £{low} to £{high}.",
    )
    draft.said.sums |= {str(low): None, str(high): None}
    draft.said.note("guide", ("lgsco-guidance-on-remedies",), text)
    draft.paragraph(text)


def _action(draft: Draft) -> list[Act]:
    case, done = draft.case, []
    faulty = [issue for issue in case.issues if issue.verdict == "fault"]
    heading = draft.pick("Agreed action", "Agreed actions", "Action", "Agreed remedy")
    said = False
    for noun in dict.fromkeys(issue.noun for issue in faulty):
        own = [issue for issue in faulty if issue.noun == noun]
        harmed = [issue for issue in own if issue.injustice]
        groups = [(personal(draft, harmed, "agreed") if harmed else [], soon)]
        groups.append((improvements(draft, own, "agreed"), later))
        for acts, when in groups:
            if not acts:
                continue
            if not said:
                draft.heading(heading)
                said = True
            deadline = when(draft, case.day, dated=case.dated)
            _group(draft, acts, f"{deadline.words}{draft.pick(',', '')} {noun}")
            settle(draft, acts, deadline, noun)
            done += acts
    if said:
        proof = draft.pick(
            "The Council [should|will] [show|prove to] us by evidence that it has done [all "
            "of this|these things].",
            "The Council will [send us|provide] evidence that it has done this.",
        )
        both = "They will send us evidence that they have done this."
        draft.paragraph(called(proof, draft.noun) if len(case.parties) == 1 else both)
        draft.said.may("remedy", ["evidence-to-ombudsman", "report-back"])
    return done


def _group(draft: Draft, acts: list[Act], opening: str) -> None:
    texts = [act.text for act in acts]
    will = draft.pick("has agreed to", "has agreed to", "will")
    if len(texts) < 3 and draft.draw() < 0.5:
        draft.paragraph(f"{opening} {will} {joined(texts)}.")
        return
    draft.paragraph(f"{opening} {will}:", listed(texts, draft.draw))


def _decision(draft: Draft, acts: list[Act]) -> None:
    draft.heading(draft.pick("Final decision", "Final decision", "Decision"))
    found, cleared = _gists(draft, "fault"), _gists(draft, "clear")
    words = []
    if found:
        harm = any(i.verdict == "fault" and i.injustice for i in draft.case.issues)
        harmed = f" {draft.pick('which caused', 'causing')} injustice" if harm else ""
        by = "the two councils" if len(draft.case.parties) > 1 else draft.noun
        words.append(f"There was fault by {by}{harmed}.")
        if acts:
            agreed = "They have" if len(draft.case.parties) > 1 else f"{sentence(draft.noun)} has"
            words.append(f"{agreed} agreed to {draft.pick('my recommendations', 'remedy this')}.")
        words.append("I have completed my investigation.")
    else:
        words.append(
            draft.pick(
                "I have completed my investigation. I found no fault by the Council.",
                "There was no fault by the Council and I have completed my investigation.",
            ).replace("the Council", draft.noun)
        )
    if found and cleared and draft.draw() < 0.3:
        words.insert(1, "There was no fault in the other matters.")
    draft.paragraph(" ".join(words))
    draft.length += len(found)


def _gists(draft: Draft, verdict: str) -> list[str]:
    return [draft.gist(issue) for issue in draft.case.issues if issue.verdict == verdict]


def _summary(draft: Draft, acts: list[Act]) -> None:
    about = joined([draft.gist(issue) for issue in draft.case.issues[:3]])
    found, cleared = _gists(draft, "fault"), _gists(draft, "clear")
    words = [draft.words(f"{{P}} complained about {about}.")]
    if found and draft.draw() < 0.5:
        words.append(
            draft.pick(
                f"We found {draft.noun} at fault.",
                f"We found {draft.noun} at fault in some respects.",
                f"We found fault by {draft.noun} for part of the complaint.",
            )
            if len(draft.case.parties) == 1
            else "We found fault."
        )
    elif found:
        words.append(f"We found fault in {joined(found)}.")
        if cleared:
            words.append(f"There was no fault in {joined(cleared)}.")
    else:
        words.append(
            draft.pick(
                f"We found no fault by {draft.noun}.", f"{sentence(draft.noun)} was not at fault."
            )
        )
    total = sum(act.total for act in acts)
    if acts:
        will = draft.pick(f"{draft.noun} has agreed to", f"{draft.noun} will")
        if len(draft.case.parties) > 1:
            will = "the councils will"
        does = ["apologise"] if any("apology" in act.gold["type"] for act in acts) else []
        does += ["make a payment"] if total else []
        does += (
            [f"improve {'their' if len(draft.case.parties) > 1 else 'its'} service"]
            if any(a.gold["recipient"] is None for a in acts)
            else []
        )
        words.append(sentence(f"{will} {joined(does or ['put things right'])}."))
    draft.summary = " ".join(words)


def _ended(draft: Draft) -> None:
    """The end of an investigation that was not finished."""
    slots = [slot for slot in table("reasons") if slot.startswith("ended:")]
    slot = one_of(draft.draw, slots)
    draft.heading(draft.pick("Analysis", "My findings"), 2)
    reason = draft.say("reasons", slot)
    draft.paragraph(f"I have considered whether to go on with this investigation. {reason}")
    draft.heading("Final decision")
    closing = draft.pick("I have [discontinued|ended] my investigation.")
    draft.paragraph(f"{closing} {reason}")
    about = joined([draft.gist(issue) for issue in draft.case.issues])
    told = f"{{P}} complained about {about}. We have [discontinued|ended] our investigation."
    draft.summary = f"{draft.words(told)} {reason}"
