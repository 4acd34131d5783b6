"""Paragraphs that are announced as being about what was left out.

"She has not gone into everything." "I take the others in turn." "What we left out": after such
words each paragraph, or each point of a list, leaves one matter out and tells why, in words of
its own that need not say again that it was not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extraction.extractors.complaint.part_names import parts_named
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

_DEALT = (
    r"(?:investigat\w+|look\w* (?:at|into)|go(?:ne|ing)? into|deal\w* with|dealt with|"
    r"consider\w*|examin\w*|pursu\w*|cover\w*|take\w* (?:up|on|further|forward)|tak(?:en|e) up)"
)
_LEAVE = (
    rf"(?:{_DEALT}|say (?:any|no)thing|said (?:any|no)thing|speak|tell|told|touch\w*|enter\w*|"
    r"concern\w*|follow\w*|decid\w*|discuss\w*|report\w* (?:on|about)|fall|ours|mine|here|below|"
    r"(?:be )?for (?:us|me)|(?:in|part of) (?:the|this|our|my) \w+|within|reach|open to|"
    r"properly|gone further|go further|find\w* a place)"
)
_MANY = (
    r"(?:several|some|certain|a number|a few|others?|many|most|much|two|three|four|five|six|seven|"
    r"a good (?:deal|many)|part(?:s)? of|rest|remainder|remaining|further)"
)
_ANNOUNCES = watch(
    rf"\bnot (?:\w+ ){{0,3}}?{_DEALT} (?:everything|all (?:of|that|the)|the whole|every)\b"
    rf"|\b{_MANY}\b[^.]{{0,80}}\b(?:not|nothing|cannot|never|no) (?:\w+ ){{0,3}}?{_LEAVE}\b"
    rf"|\b(?:not|nothing|no) (?:[\w']+ ){{0,4}}?{_LEAVE} (?:[\w']+ ){{0,2}}?(?:several|some|"
    rf"certain|"
    rf"a number of|two|three|four|five|six|other|further|the other|the rest|these|those) "
    rf"(?:[\w']+ )?(?:matters|things|parts|points|complaints|grievances|questions|others)"
    rf"|\bnot (?:all|everything|every \w+|the whole)\b[^.]{{0,70}}\b(?:us|me|ours|mine|here|report|"
    rf"statement|consider\w*|investigat\w+|look\w*)\b"
    rf"|\b(?:{_MANY}|things|matters|what)\b[^.]{{0,70}}\b(?:left|put|set|leave|lay|laid|laying) "
    rf"(?:[\w']+ ){{0,2}}?(?:out|aside|alone|(?:to|on) one side|unexamined|undecided)\b"
    rf"|\bwhat (?:i|we|she|he|the ombudsman) (?:have|has|did|do|does|had|could|can) not "
    rf"(?:\w+ )?{_DEALT}"
    rf"|\b(?:confin\w+|limited|restricted) (?:myself|ourselves|herself|himself|my|our|this|the) "
    rf"|\b(?:take|turn to|come to|deal with) (?:the )?(?:others?|rest|remaining|remainder)\b"
    rf"|\b(?:proceed|go on|continue|carry on) with the (?:other|rest|remaining|remainder)"
    rf"|\b(?:of|as (?:to|for)) the (?:rest|others|remainder),?:?$|^the (?:rest|others|remainder)\b"
    rf"[^.]{{0,60}}:$"
    rf"|\b(?:reasons?|grounds?) (?:\w+ ){{0,3}}?(?:not|leaving|left) (?:\w+ ){{0,2}}?{_DEALT}?"
)
_CUE = watch(
    r"\bnot\b|\bleft\b|aside|outside|no part|\brest\b|\bothers?\b|remain|nothing|confin|"
    r"limited|restrict|one side|cannot"
)
_OWNED = watch(
    r"\b(?:i|we|us|me|our|my|ours|mine|ombudsm[ae]n|here|below|report|statement|she has not|"
    r"he has not|(?:left|put|set) (?:[\w']+ ){0,2}?(?:on|to) one side)\b"
)
_OTHER = watch(
    r"\b(?:council|it|officer|provider|trust|school|panel) (?:has |had |have |did |could |would |"
    r"does )*"
    r"(?:not|left|put|set|dealt|considered)\b|\b(?:told|asked|complain\w*) (?:me|us) that\b"
)
"""The council's own leaving out, which is a matter of the complaint."""
_TURNS = watch(
    r"^(?:i|we|she|he|the ombudsman) (?:now )?(?:turn|come|pass|return) to\b"
    r"|^(?:what|that) (?:remains|leaves|is left)|^(?:legal|relevant|the law|law and|background|"
    r"what happened|how (?:i|we) considered|analysis|findings|conclusions)\b"
    r"|^(?:otherwise|for the rest)\b"
)
"""Words that take the text from what was left out to what was looked at."""
_HEADING = compiled(
    rf"\b(?:left (?:out|aside)|excluded|set aside|(?:have|has|had|did|were|was|are|is|matters|"
    rf"parts|"
    rf"do|cannot|could|can) not? ?(?:been )?{_DEALT}|not {_DEALT})"
)
_BOTH = compiled(r"\b(?:and|or)(?: what)?(?: (?:i|we))?(?: have| has| did)? not\b|\bincluded and\b")
_SCOPE = ("what-investigated", "not-investigated")
_PLACES = ("found", "found.findings", "found.facts", "how-considered", "complaint", "assessment")
_LONGEST_TITLE = 60
_GOES_ON = compiled(
    r"(?:he|she|it|they|that|this|these|those|there|if|but|and|so|nor|his|her|its|their|nothing|"
    r"none|neither|both|who|which|we asked|i asked|in any (?:case|event)|even|still|yet|until|"
    r"whether|to|on that|for that|\()\b"
)
"""First words of a sentence that goes on about the matter of the one before."""


def left_blocks(reading: Reading) -> dict[int, bool]:
    """Blocks announced as left out -> whether they tell of several matters in running prose."""
    found: dict[int, bool] = {}
    open_, under = False, ("", "")
    for block, sentences in reading.blocks.items():
        section, heading = sentences[0].section, sentences[0].heading
        if (section, heading) != under:
            under = (section, heading)
            open_ = section in (*_SCOPE, *_PLACES) and _headed(heading)
        if section not in (*_SCOPE, *_PLACES):
            continue
        if open_ and _titled(sentences[0]):
            open_ = False
        if open_:
            found[block] = False
        at = _announced(sentences)
        if at is not None:
            told = at + 1 < len(sentences) and section not in _SCOPE
            open_ = not told
            if told:
                found[block] = True
        if open_ and any(_TURNS.matches(s) for s in sentences[(at or 0) :]):
            open_ = False
    for block in _lettered(reading):
        found.setdefault(block, False)
    return found


def matters(sentences: list[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """The matters that a paragraph leaves out, each as the sentences that tell of it.

    They stand between what announces them and what turns away; a sentence that begins with
    "she" or "it" goes on about the matter of the one before.
    """
    at = _announced(sentences)
    matter: list[Sentence] = []
    for sentence in sentences[at + 1 :] if at is not None else ():
        if _TURNS.matches(sentence):
            break
        if matter and not _GOES_ON.match(sentence.lower):
            yield tuple(matter)
            matter = []
        matter.append(sentence)
    if matter:
        yield tuple(matter)


_OTHERS = watch(
    rf"\b(?:not|nor) (?:\w+ ){{0,2}}?{_DEALT} (?:\w+ ){{0,2}}?(?:the )?(?:others|other (?:parts|"
    rf"points|"
    rf"matters|complaints)|rest|remaind\w+|remaining)\b"
    rf"|\b(?:others|other (?:parts|points|matters|complaints)|rest|"
    rf"remaining (?:\w+ )?)\b[^.]{{0,40}}"
    rf"\bnot (?:\w+ ){{0,2}}?{_DEALT}"
    rf"|\b(?:discontinued|ended|stopped)\b[^.]{{0,40}}\b(?:others?|rest|remaind\w+|remaining)\b"
)
_MARK = compiled(r"(?:part |complaint |point )?\(?([a-k])\)|(?:part|complaint|point) \(?([a-k])\b")


def others_left(reading: Reading, letters: Sequence[str]) -> dict[str, Sentence]:
    """Parts left out by "I did not investigate the others": part -> the sentence that says so."""
    places = [s for s in reading.sentences if s.section in ("decision", *_SCOPE)]
    said = [s for s in places if "not" in s.lower or "discontin" in s.lower or "rest" in s.lower]
    said = [s for s in said if _OTHERS.matches(s)]
    if not said or not letters:
        return {}
    named = {part for s in places if s not in said for part in parts_named(s.lower, letters)}
    named |= set(parts_named(said[0].lower, letters))
    return {part: said[0] for part in letters if part not in named} if named else {}


def _lettered(reading: Reading) -> Iterator[int]:
    """Paragraphs of reasoning that open with the letter of a part that was left out."""
    opened: dict[int, str] = {}
    for sentence in reading.in_sections("found", "found.findings", "assessment"):
        if sentence.first and sentence.item is None:
            match = _MARK.match(sentence.lower)
            if match:
                opened[sentence.block] = match[1] or match[2]
    if len(opened) < 2:
        return
    left = others_left(reading, sorted(set(opened.values())))
    yield from (block for block, letter in opened.items() if letter in left)


def _announced(sentences: list[Sentence]) -> int | None:
    for at, sentence in enumerate(sentences):
        if not _ANNOUNCES.possible(sentence):
            continue
        if not (
            _CUE.matches(sentence) and _OWNED.matches(sentence) and _ANNOUNCES.matches(sentence)
        ):
            continue
        if not _OTHER.matches(sentence):
            return at
    return None


def _headed(heading: str) -> bool:
    return _HEADING.search(heading) is not None and not _BOTH.search(heading)


def _titled(sentence: Sentence) -> bool:
    """Whether a sentence is a title that the page does not mark as one."""
    return len(sentence.lower) < _LONGEST_TITLE and sentence.lower[-1:].isalpha()
