"""Where lists end: telling the items of a list from the paragraphs after it.

Pages that print every paragraph as a bullet give numbered paragraphs and their
sub-items the same mark, so the words must decide: an item begins in lower case or
follows one that ends with a semicolon; the items of a list are of one form; the
list is over at the first full stop that a capitalised sentence of another form
follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNFINISHED = re.compile(r"(?:[;,:]|[;,]?\s(?:and|or|and/or))[’'\"”]?$")
_STOPPED = re.compile(r"[.!?][)\]’'\"”]*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_PARAGRAPH = re.compile(
    r"(?:The (?:Council|Authority|Care Provider|Trust|Ombudsm[ae]n)(?: has| have)? "
    r"(?:should|will|must|agreed|says|said|accepts|accepted|provides?)\b"
    r"|The (?:two|three) councils\b"
    r"|I (?:am|have|find|found|consider|cannot|do|did|will|would|recommend|therefore|welcome)\b"
    r"|We (?:have|are|find|found|consider|cannot|do|will|would|recommend|therefore|welcome)\b"
    r"|(?:Mr|Mrs|Ms|Miss|Dr|Mx) (?:and (?:Mr|Mrs|Ms|Miss) )?[A-Z]\w* "
    r"(?:says?|said|complain(?:s|ed)?|wants?|would|told|and)\b"
    r"|(?:He|She|They) (?:also )?(?:says?|said|complain(?:s|ed)?|wants?|would|told|feels?)\b"
    r"|This (?:is|was|has|had|means|meant|caused?)\b"
    r"|(?:Our|My) (?:guidance|view|role|findings?|remedies)\b|In (?:recommending|my view|our)\b"
    r"|(?:However|Therefore|Because of|As a result|This means|This is because|Under our|As)\b)"
)
# Verbs that open the items of a remedy ("Apologise to Mr X", "Pay him £300").
_VERBS = """
    acknowledge add adopt advise agree allow amend apologise appoint apply arrange ask assess
    attend award backdate brief calculate cancel carry change check circulate clarify clean clear
    collect commission complete conduct confirm consider contact continue convene correct create
    credit decide deliver demonstrate develop discuss draft draw ensure establish evaluate examine
    explain feed finalise find fund give hold identify implement improve increase inform inspect
    install introduce invite investigate issue keep look make meet monitor move notify obtain offer
    pay place prepare process produce provide publish put reassess recalculate recognise reconsider
    record reduce refer refund reimburse reinstate release remind remove repair repay replace
    report resolve respond restart revisit review revise schedule secure seek send set share show
    source speak start stop take tell train undertake update use visit waive work write
"""
_IMPERATIVES = frozenset(_VERBS.split())
_QUESTIONS = frozenset(
    (
        "how",
        "if",
        "that",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "whose",
        "why",
    )
)
_NEW_LEAD = re.compile(r"\b(?:agreed|agrees|will|should|must|recommend(?:ed|s)?)\b[^.;]*:$")
"""Ends a lead-in of its own, such as "The Borough Council has agreed to:"."""
_LONG = 400
"""Characters beyond which a capitalised line is no item of a list of short ones."""


def is_unfinished(text: str) -> bool:
    """True if ``text`` ends as an item with others to come: ``;``, ``, and``, ``or``."""
    return _UNFINISHED.search(text, max(0, len(text) - 10)) is not None


def is_stopped(text: str) -> bool:
    """True if ``text`` ends a sentence, whatever brackets or quotes close after it."""
    return _STOPPED.search(text, max(0, len(text) - 6)) is not None


def starts_lower(text: str) -> bool:
    """True if the first letter of ``text`` is a small one; figures and quotes are passed over."""
    first = text[0]
    if first.isalpha():
        return first.islower()
    word = _FIRST_WORD.search(text, 0, 24)
    return word is not None and not text[0].isdigit() and word[0][0].islower()


def is_imperative(text: str) -> bool:
    """True if ``text`` begins with a verb that tells the authority what to do."""
    word = _FIRST_WORD.match(text)
    return word is not None and word[0].lower() in _IMPERATIVES


@dataclass(slots=True)
class OpenList:
    """A list whose lead-in has been read and whose end has not."""

    level: int
    indent: int = -1
    """Of its items, where the text indents; -1 until the first item is read."""
    mark: str = ""
    """Kind of its markers: bullet, number, letter or none."""
    count: int = 0
    """Of the items so far."""
    first: str = ""
    last: str = ""
    has_unfinished: bool = False
    has_imperative: bool = False

    def add(self, text: str) -> None:
        """Take ``text`` as the next item."""
        self.first = self.first or text
        self.last = text
        self.count += 1
        self.has_unfinished = self.has_unfinished or is_unfinished(text)
        self.has_imperative = self.has_imperative or is_imperative(text)

    def admits(self, text: str) -> bool:
        """True if ``text`` reads as the next item, judged by the form of those before it."""
        if not self.count:
            return True
        first, previous = self.first, self.last
        if starts_lower(text) or (is_unfinished(previous) and not previous.endswith(":")):
            return True
        if starts_lower(first):
            return False
        if is_imperative(text):
            return True
        if _NEW_LEAD.search(text, max(0, len(text) - _LONG)):
            return False
        if self.has_imperative:
            return not (is_stopped(text) or is_stopped(previous))
        if _PARAGRAPH.match(text) and not self._is_parallel(text):
            return False
        if not is_stopped(previous):
            return len(text) <= _LONG and text.count(". ") <= 1
        if self.has_unfinished:
            return False
        return self._is_parallel(text)

    def _is_parallel(self, text: str) -> bool:
        first, word = _FIRST_WORD.match(self.first), _FIRST_WORD.match(text)
        if first is None or word is None:
            return False
        one, other = first[0].lower(), word[0].lower()
        return one == other or _form(one) == _form(other) != ""


def _form(word: str) -> str:
    """What makes words alike at the starts of items: question, -ing or -ed; else nothing."""
    if word in _QUESTIONS:
        return "question"
    return next((end for end in ("ing", "ed") if word.endswith(end) and len(word) > 4), "")
