"""What the law is and what happened: the sections before anything is concluded."""

from __future__ import annotations

from tests.benchmarks.texts.chance import taken
from tests.benchmarks.texts.draft import Draft
from tests.benchmarks.texts.wording import table

_TAIL = 900
"""Bytes of the sections behind the story, left for them when it is told."""
_ANALYSIS = 750
"""Bytes of what is concluded on one matter."""


def law(draft: Draft) -> None:
    """What the law and the policies are: one paragraph or more."""
    if draft.draw() < 0.75:
        draft.heading(
            draft.pick(
                "[The law|Law and guidance|Relevant law|Legal background|The law and guidance]"
            ),
            2,
        )
    places = [draft.case.topic]
    if len(draft.case.parties) > 1:
        places.append("housing-allocations")
    for place in places:
        lines = list(table(place)["law"])
        for _ in range(min(1 + int(draft.draw() * 4), len(lines))):
            draft.paragraph(draft.said_by(taken(draft.draw, lines)))


def story(draft: Draft) -> None:
    """What happened, as long as the text is to be, with the facts of each matter in it."""
    draft.heading(draft.pick("What happened", "What happened", "Key events", "Background"), 2)
    draft.paragraph(
        draft.pick(
            "I have [set out|summarised] the main events below.",
            "What follows is a summary[ and does not mention every letter|].",
        )
    )
    if draft.draw() < 0.7:
        draft.paragraph(draft.say("narrative", "background"))
    tell(draft, draft.case.size - _TAIL - _ANALYSIS * len(draft.case.issues))


def tell(draft: Draft, room: int) -> None:
    """The story until the text is ``room`` bytes long, with every fact of the matters in it."""
    facts = [
        (issue, line)
        for issue in draft.case.issues
        for line in table(issue.table)[f"fact:{issue.key}"]
    ]
    while facts or draft.length < room:
        words = []
        if facts and draft.draw() < 0.6:
            draft.issue, line = facts.pop(0)
            words.append(draft.said_by(line))
            draft.issue = None
        if draft.length < room and draft.draw() < 0.9:
            words += events(draft)
        if words:
            draft.paragraph(" ".join(words))
    draft.clock.told = True


def events(draft: Draft) -> list[str]:
    """Sentences of the story that say nothing which is read, some of which seem to."""
    words = [draft.say("narrative", "event") for _ in range(1 + int(draft.draw() * 2.5))]
    if draft.draw() < 0.3:
        words.append(draft.say("narrative", "near"))
    return words
