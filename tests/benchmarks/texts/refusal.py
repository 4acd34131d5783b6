"""The statement of a complaint that was not investigated, section by section."""

from __future__ import annotations

from tests.benchmarks.texts.action import joined, listed, personal, settle, soon
from tests.benchmarks.texts.case import Case
from tests.benchmarks.texts.chance import one_of
from tests.benchmarks.texts.draft import Draft
from tests.benchmarks.texts.opening import complaint, plainly, powers
from tests.benchmarks.texts.story import tell
from tests.benchmarks.texts.wording import table

_TAIL = 1300
"""Bytes of the reasons and the sections behind them."""
_SECOND = frozenset(
    "better-placed-body complaint-handling-alone personnel staff-discipline social-housing".split()
)
"""Reasons that concern something beside the complaint itself."""
_LONDON = frozenset({"LBO", "tfl"})


def refusal(case: Case) -> Draft:
    """The decision not to investigate a complaint."""
    draft = Draft(case)
    chosen = _chosen(draft)
    complaint(draft)
    draft.heading("The Ombudsman’s role and powers")
    used = [table("reasons")[f"power:{name}"][0].text for name, _ in chosen]
    powers(draft, used, refused=True)
    draft.heading("How I considered this complaint")
    draft.paragraph(draft.say("powers", "assessed"))
    draft.heading(draft.pick("My assessment", "My assessment", "Assessment"))
    _assessment(draft, chosen)
    because = [_because(draft, name, place) for name, place in chosen]
    draft.heading("Final decision")
    closing = f"we will not investigate {{Ps}} complaint because {joined(because)}."
    draft.paragraph(plainly(draft, closing))
    about = joined([draft.gist(issue) for issue in case.issues[:2]])
    draft.summary = plainly(
        draft,
        "[We will not investigate|We will not investigate|The Ombudsman will not investigate] "
        f"[this complaint|{{Ps}} complaint] about {about} because {joined(because[:2])}.",
    )
    for issue in case.issues:
        if issue.part:
            draft.said.parts[issue.part] = "not-investigated"
    return draft


def _chosen(draft: Draft) -> list[tuple[str, str]]:
    """Reasons with the tables that they stand in."""
    case = draft.case
    own = [slot[7:] for slot in table(case.topic) if slot.startswith("reason:")]
    if case.topic == "parking" and case.parties[0].kind in _LONDON:
        own = []  # penalties in London go to another tribunal
    shared = [slot[7:] for slot in table("reasons") if slot.startswith("reason:")]
    shared.remove("council-offered-remedy")
    if case.kind in ("closed-remedied", "upheld-not-investigated"):
        return [("council-offered-remedy", "reasons")]
    places = {**dict.fromkeys(shared, "reasons"), **dict.fromkeys(own, case.topic)}
    main = [name for name in shared if name not in _SECOND] + 2 * own
    found = [one_of(draft.draw, main)]
    for _ in range(one_of(draft.draw, (0, 0, 1, 1, 2))):
        found.append(one_of(draft.draw, [name for name in places if name not in found]))
    found.sort(key=lambda name: name in _SECOND)
    return [(name, places[name]) for name in found]


def _because(draft: Draft, name: str, place: str) -> str:
    line = draft.line(place, f"because:{name}")
    assert line is not None
    return draft.expanded(line)


def _assessment(draft: Draft, chosen: list[tuple[str, str]]) -> None:
    room = draft.case.size - _TAIL
    if draft.draw() < 0.5 and draft.length < room:
        draft.paragraph(draft.say(draft.case.topic, "law"))
    if draft.draw() < 0.6:
        draft.paragraph(draft.say("narrative", "background"))
    apart = draft.length < room and draft.draw() < 0.15
    if apart:
        draft.heading(draft.pick("What happened", "Background"), 2)
    tell(draft, room)
    if apart:
        draft.heading(draft.pick("My view", "Assessment", "My reasons"), 2)
    for name, place in chosen:
        draft.issue = draft.case.issues[0]
        said = draft.say(place, f"reason:{name}")
        draft.issue = None
        draft.paragraph(said)
        if name == "council-offered-remedy":
            _settled(draft)


def _settled(draft: Draft) -> None:
    """What the authority has agreed to so that nothing need be investigated."""
    case = draft.case
    acts = personal(draft, list(case.issues[:1]), "agreed")
    deadline = soon(draft, case.day, dated=case.dated)
    texts = [act.text for act in acts]
    opening = f"{deadline.words} {draft.noun} {draft.pick('will', 'has agreed to')}"
    if len(texts) > 1 and draft.draw() < 0.6:
        draft.paragraph(f"{opening}:", listed(texts, draft.draw))
    else:
        draft.paragraph(f"{opening} {joined(texts)}.")
    settle(draft, acts, deadline, draft.noun)
