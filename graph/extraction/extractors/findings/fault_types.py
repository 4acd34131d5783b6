"""Which kinds of fault a clause speaks of: its own words first, then what it points back to.

"The Council was at fault for its late reply" says it; "This was fault" points to the
sentences before it, and "I uphold part b" to what the part alleges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graph.extraction.classifier import model
from graph.extraction.extractors.findings.judgements import Judgement
from graph.extraction.features import fault_features
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule
from graph.extraction.scan import candidates_of
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

OTHER = "other-fault"
_SHORT = 6
"""Characters below which a piece of text says nothing."""

_SPLIT = compiled(
    r";|,? and (?=(?:also |then |it |that |in |for |by |a |an |the |its |his |her |their "
    r"|with )?(?:\w+ly )?"
    r"(?:fail|delay|did not|didn't|not |poor|lack|wrong|refus|miss|inadequate|took|there "
    r"(?:was|were)|"
    r"had not|has not|no |how|whether|in (?:how|the way|its)|handl|communicat|keep|kept"
    r"|complaint|records?|record-keeping|"
    r"should|could|neglect|gave|giv|without|was at fault|left|charg|put|plac|overlook|ignor))"
    r"|, (?=(?:and |or )?(?:also )?(?:fail|delay|did not|not |poor|lack|wrong|refus|miss"
    r"|inadequate|in (?:how|its)|for (?:its|the|fail|not|delay)|had not|no \w+ record|overlook"
    r"|ignor|keep|kept))"
    r"|\.\s"
)
_ANAPHOR = compiled(
    r"^(?:and |so |but |;|,|\s|therefore|accordingly|overall)*(?:(?:i|we) (?:\w+ ){0,3}(?:find"
    r"|consider|found|conclude|think|view)s? (?:that )?)?"
    r"(?:this|that|these|those|it|all of this|both|which|in this|here|for that|for this|the "
    r"council was(?: therefore)? at fault(?: (?:here|for this|in this|on this|as a "
    r"result)[^.]*)?$|there was fault(?: (?:here|in this|by the council))?[ .,]*(?:$|on this"
    r"|which|causing))"
)
_GENERIC = compiled(
    r"\b(?:was|is|were|are|been) (?:therefore |also |again |clearly )*(?:at )?fault(?: (?:by"
    r"|on the part of) the \w+(?: \w+)?)?"
    r"(?:,? (?:causing|which caused|and this caused|that caused)\b[^.]*)?[. ]*$|"
    r"found fault(?: (?:by|with) the \w+(?: \w+)?)?(?:,? (?:causing|which caused|and this "
    r"caused)\b[^.]*)?[. ]*$"
)
_POINTS_BACK = compiled(
    r"^(?:[\w'-]+ )?(?:[\w'-]+ )?(?:it|this|that|them|so|these|both respects|two respects|the "
    r"matter|doing so|not doing so)[. ]*$"
)
_EFFECT = compiled(
    r",? (?:which|and (?:this|that|it|these)|this|that|and so|so|and as a result|causing"
    r"|leading to|resulting in|leaving|meaning)\b[^.;]{0,25}?(?:caus\w+|led to|meant|left"
    r"|result\w*|injustice|distress|frustrat\w+)\b.*$"
    r"|,? (?:causing|caused|and caused|leading to|resulting in|as a result of which|to remedy"
    r"|has agreed|will now|and will|and has agreed|the council (?:has agreed|will|should now)"
    r"|it (?:has agreed|will|should now)|we recommend|to put)\b.*$"
)
_ASIDE = compiled(
    r",? (?:causing|which caused) (?:[\w'-]+ ){0,3}?injustice(?: to [\w' ]{1,25})?, ?"
)
"""An effect told in passing, before the words that say what the fault was."""
_HEADING_STOP = compiled(
    r"^(?:analysis|findings?|my findings|my analysis|was there fault.*|fault|injustice"
    r"|conclusions?|what i found|"
    r"what we found|my assessment|assessment|finding|the ombudsman's findings?|consideration"
    r"|decision|final decision|summary)[?: ]*$"
)


def types_of(
    reading: Reading, judgement: Judgement, parts: Mapping[str, str]
) -> list[tuple[str, str]]:
    """(fault type, rule or model) of a judgement.

    A narrow rule is believed. Where only broad ones speak, or none, a model weighs the words
    of the conclusion, of the sentences before it, of the heading and of the part (``parts``
    by letter, folded) that it answers. Where a decision sums up, the rules alone speak.
    """
    said = typed_by_rule(reading, judgement)
    sentence = judgement.sentence
    if sentence.section in _SUMMING_UP or any(_is_narrow(*pair) for pair in said):
        return said
    clause = conclusion(judgement)
    if reading.before(sentence) is None and not sentence.heading and not _tells(clause):
        return said  # "We found fault causing injustice." says no more, and nothing does
    known = model("fault")
    types = [type_ for type_, _ in said]
    margins = known.margins(fault_features(reading, sentence, clause, types, parts))
    type_ = known.labels[margins.index(max(margins))]
    return [(type_, dict(said).get(type_, f"{MODEL}.{type_}"))]


MODEL = "model.fault"
_SUMMING_UP = ("summary", "decision", "report.finding", "action", "report.recommendations")
_FORMULA = frozenset(
    "the a an and or of for in on by to with was were is are it its this that there i we find "
    "found fault finding council councils authority trust provider ombudsman made causing caused "
    "injustice recommendations recommended remedy remedies agreed maladministration upheld uphold "
    "complaint both also therefore some partly not no be been at as has have which who".split()
)
"""Words in which fault is found without a word of what it was."""
_CLOSING_WORDS = _FORMULA | frozenset(
    "my our am completed ended closed concluded discontinued investigation complaints mr mrs ms "
    "miss dr mx so on basis".split()
)
"""Words that end an investigation: "complaint" among them tells of no complaint handling."""
_LEAST = 3


_WORD = compiled(r"[a-z]+")


def _is_narrow(type_: str, rule: str) -> bool:
    return type_ != OTHER and rule not in _HOLLOW_RULES


def _only_closes(clause: str) -> bool:
    """Whether a clause ends the investigation, whoever complained, and says no more."""
    return all(len(word) == 1 or word in _CLOSING_WORDS for word in _WORD.findall(clause))


def _tells(clause: str) -> bool:
    """Whether a clause says anything of what the fault was."""
    return sum(word not in _FORMULA for word in _WORD.findall(clause)) >= _LEAST


def conclusion(judgement: Judgement) -> str:
    """The clause of a judgement without the effect that it goes on to tell."""
    return _EFFECT.sub("", _ASIDE.sub(" ", judgement.clause))


def typed_by_rule(reading: Reading, judgement: Judgement) -> list[tuple[str, str]]:
    """Fault types by rule: of the clause's own words, else of what it points back to."""
    clause = conclusion(judgement)
    generic = bool(_GENERIC.search(clause)) or bool(_ANAPHOR.match(clause))
    reason = _reason(clause)
    generic = generic or bool(_POINTS_BACK.search(reason))
    sentence = judgement.sentence
    able = reading.candidates("fault-types", sentence)
    own = [] if _only_closes(clause) else typed(reason, able)
    if generic:
        own = [] if _POINTS_BACK.search(reason) else [p for p in own if p[1] not in _HOLLOW_RULES]
    if own:
        return own
    before = sentence.lower[: judgement.start]
    if before.strip():
        earlier = typed(before, able)
        if earlier:
            return earlier[-1:]
    if sentence.section in ("decision", "action", "report.recommendations"):
        return [(OTHER, judgement.rule)]
    if sentence.lead and (found := typed(sentence.lead)):
        return found
    if _SEVERAL.search(judgement.clause):
        several = _all_said_before(reading, sentence)
        if several:
            return several
    earlier = _said_before(reading, sentence)
    if earlier:
        return earlier
    if sentence.heading and not _HEADING_STOP.match(sentence.heading):
        headed = typed(sentence.heading)
        if headed:
            return headed[:1]
    return [(OTHER, judgement.rule)]


_FAILING = watch(
    r"\b(?:not|n't|no|never|nobody|none|nothing|without|fail\w*|should|ought|late|delay\w*"
    r"|lost|missed|wrong\w*|ignor\w*|"
    r"expected|until|weeks|months|only|instead|left|lack\w*|overlook\w*|poor\w*|inadequa\w*"
    r"|contrary|despite|neither|nor)\b"
)
_BROAD_RULES = ("fault.service-broad", "fault.broad-communication", "fault.decision-making")
"""Rules so wide that a narrower one nearby is to be believed first."""
_HOLLOW_RULES = (
    *_BROAD_RULES,
    *("fault.wrong-basis", "fault.misapplied-law"),
    *("fault.decision-made", "fault.information-not-considered"),
)
"""Rules that "this was wrong" or "that is no answer" would wake, saying little."""
_BACK = 4
"""Sentences before "this was fault" that it may point back to."""


_SEVERAL = compiled(
    r"\b(?:these|those|both|all (?:of )?(?:these|those|this)|the above) (?:[\w'-]+ )?"
    r"(?:matters|complaints?|points|issues|respects|ways|parts|failures|delays|things|aspects)\b"
)


def _all_said_before(reading: Reading, sentence: Sentence) -> list[tuple[str, str]]:
    """Types of all that "these matters" point back to: the sentences of the paragraph before."""
    found: dict[str, str] = {}
    for _, types in _before(reading, sentence):
        for type_, rule in reversed(types):
            if rule not in _BROAD_RULES:
                found.setdefault(type_, rule)
    return list(found.items())[::-1]


def _said_before(reading: Reading, sentence: Sentence) -> list[tuple[str, str]]:
    """Types of the nearest earlier sentence of the paragraph that tells of a failing."""
    broad: list[tuple[str, str]] = []
    plain: list[tuple[str, str]] = []
    for previous, found in _before(reading, sentence):
        narrow = [pair for pair in found if pair[1] not in _BROAD_RULES]
        if _FAILING.matches(previous):
            if narrow:
                return narrow[-1:]
            broad = broad or found[-1:]
        plain = plain or narrow[-1:]
    return broad or plain


def _before(
    reading: Reading, sentence: Sentence
) -> Iterator[tuple[Sentence, list[tuple[str, str]]]]:
    """The few sentences of the paragraph before, nearest first, with their types."""
    for previous in islice(reading.earlier(sentence), _BACK):
        yield previous, typed(previous.lower, reading.candidates("fault-types", previous))


_REASON = compiled(
    r"^.*?\b(?:at fault|in fault|faults?|maladministration|service failure|failings?|uphold"
    r"|upheld)\b"
    r"(?: by the \w+(?: \w+)?| on the part of the \w+(?: \w+)?)?,?\s*"
    r"(?:for|in|because(?: of)?|as|when|by|with|over|about|relating to|regarding|on|due to"
    r"|where|how|:)\s+(?P<reason>.{8,})$"
)
_SUBJECT = compiled(
    r"^(?P<subject>.{12,}?),? (?:(?:this|that|which|these) )?(?:was|were|is|are|amount\w* to"
    r"|constitut\w*|represent\w*)\b[^.]{0,20}\b(?:fault|maladministration|service failure"
    r"|unacceptable|unreasonable|excessive|avoidable|wrong|poor|not (?:good enough"
    r"|acceptable))"
)


def _reason(clause: str) -> str:
    """What the fault was: the words after "at fault for", or the subject of "was fault"."""
    match = _REASON.match(clause)
    if match:
        return match["reason"]
    match = _SUBJECT.match(clause)
    return match["subject"] if match else clause


def typed(clause: str, rules_: Sequence[Rule] | None = None) -> list[tuple[str, str]]:
    """(type, rule) for each piece of a clause, each type once."""
    found: dict[str, str] = {}
    offset = 0
    pieces = []
    for cut in _SPLIT.finditer(clause):
        pieces.append(clause[offset : cut.start()])
        offset = cut.end()
    pieces.append(clause[offset:])
    for piece in pieces:
        rule = fault_rule(piece, rules_)
        if rule is not None:
            found.setdefault(rule.label, rule.id)
    return list(found.items())


def fault_rule(piece: str, rules_: Sequence[Rule] | None = None) -> Rule | None:
    """The first rule that types one piece of text, or None.

    ``rules_`` are the rules that can match, all of them when None.
    """
    if len(piece) < _SHORT:
        return None
    for rule in candidates_of("fault-types", piece) if rules_ is None else rules_:
        if rule.pattern.search(piece):
            return rule
    return None
