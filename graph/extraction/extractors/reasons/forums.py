"""Where an appeal lies, or a reason stands, when the sentence that refuses does not say.

"I have not looked at the refusal because she appealed" leaves it to the rest of the text to
whom; "for the reason in paragraph 6" leaves the reason to the paragraph about the law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

_FORUMS = {
    "tribunal": compiled(r"\btribunals?\b|\badjudicators?\b"),
    "minister": compiled(
        r"\binspectors?\b|planning inspectorate|secretary of state|\bministers?\b"
    ),
    "court": compiled(r"\b(?:county|high|magistrates'?|crown) court\b|\bto (?:the |a )?court\b"),
}
_APPEAL = watch(r"\bappeal")
_LISTS = ("role-powers", "how-considered")
_ELSEWHERE = watch(r"\bparagraphs? (\d{1,3})\b(?!\(| of schedule| to schedule)")
_SCHEDULE = compiled(r"schedule \w+,? $")
_BARRED = compiled(r"\b(?:no|not|nor|cannot|beyond|outside|prevents?|stops?|only|bars?|put)\b")


def forum(reading: Reading, sentence: Sentence) -> str | None:
    """tribunal, minister or court: that which the paragraph or else the text speaks of most."""
    spoken = [s for s in reading.possible(_APPEAL) if _APPEAL.matches(s)]
    appeals = {s.block for s in spoken if s.section not in _LISTS}
    for near in (
        [sentence],
        reading.blocks[sentence.block],
        [s for s in reading.sentences if s.block in appeals],
        spoken,
    ):
        counts: Counter[str] = Counter()
        for one in near:
            named = [name for name, pattern in _FORUMS.items() if pattern.search(one.lower)]
            if len(named) == 1:
                counts[named[0]] += 1
        if counts:
            return counts.most_common(1)[0][0]
    return None


def referred(reading: Reading, sentence: Sentence) -> Iterator[Sentence]:
    """Sentences about the law that a refusal points to: "because of the bar in paragraph 6"."""
    for match in _ELSEWHERE.finditer(sentence):
        if _SCHEDULE.search(sentence.lower[: match.start()]):
            continue  # of the Act, not of this text
        number = int(match[1])
        if number == sentence.number:
            continue
        for one in reading.in_sections("role-powers"):
            if one.number == number and _BARRED.search(one.lower):
                yield one
