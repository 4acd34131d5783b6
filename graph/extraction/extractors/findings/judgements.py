"""What the Ombudsman says about fault, clause by clause.

The same words mean different things by who says them and where: an allegation in "The
complaint", an obligation under "Law and guidance", a stage 2 investigator's finding in
"What happened". A judgement is read only where the Ombudsman reasons, and only from a
clause whose speaker is the Ombudsman.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

SECTIONS = (
    "summary",
    "found",
    "found.findings",
    "found.facts",
    "found.law",
    "assessment",
    "decision",
    "report.finding",
    "action",
    "report.recommendations",
)
"""Sections in which a judgement may stand; some of them only in explicit words."""

_REASONING = ("found", "found.findings", "assessment", "summary", "decision", "report.finding")
_CUE = watch(
    r"fault|uph[eo]ld|maladministration|fail|should|ought|expect|short|below|wrong|poor"
    r"|unreasonab|satisf|"
    r"inadequa|delay|breach|contrary|not in line|not good|too long|down|missed|evidence"
    r"|suggest|nothing|anything|"
    r"critici|critical|malicious|fetter|direct|sight|compound|inappropriate|slow|excuse"
    r"|neither|not act|not follow|did not|has not|have not|shows?\b|lack of|drift|confusion"
    r"|weight|reason|entitled|proper|appropriat|prompt|correct|within|accordance|account"
    r"|mistake|error|avoidable|careless|flawed|regrett|disappoint|accept|not meet"
    r"|blame|answer|agree|concur|so do |justif|no |none|nobody|never|neither|nor |misunder|"
    r"misread|"
    r"misappl|mislaid|overlook|unlawful|unsafe|unsuit|useless|too |late|worse|place for|"
    r"without|"
    r"contra|infring|deplore|against|light|worthy|so much|not |mess|muddle"
)
"""What nearly every judgement contains; most sentences have none of it."""
_CLAUSE = watch(
    # each look behind stands after its first letter: the search then skips to such letters
    r";|b(?<!\wb)ut\b(?! for)|h(?<!\wh)owever\b|a(?<!\wa)lthough\b|t(?<!\wt)hough\b|"
    r"w(?<!\ww)hereas\b|e(?<!\we)xcept\b|,(?<=\w,) (?=(?:and |or )?(?:there (?:was|is)|i (?:do"
    r"|did|have|find|found|cannot)|we (?:do|did|have|find|found|cannot)|"
    r"it (?:was|is|did) (?:also |not )?(?:at fault|fault)|the council was)\b)|"
    r" and (?=(?:there (?:was|is) (?:no|also)|i (?:do not|did not|have not|find no)|we (?:do "
    r"not|did not|have not|find no|found no)|(?:do|did) not uphold|no fault|not at fault)\b)",
)
_LISTED = watch(r"\bfault\b[^;]{0,90}:")
_REPORTED = watch(
    r"\b(?:(?:mr|mrs|miss|ms|dr) [a-z]\b(?:'s [\w ]{3,30}?)?(?: and (?:mr|mrs|miss|ms) "
    r"[a-z]\b)?|she|he|they|it|"
    r"(?:the|its|their|both|an?|her|his) (?:[\w'-]+ ){0,3}?(?:council|councils|authority|trust"
    r"|provider|home|officer|officers|manager|"
    r"complainants?|panel|io|investigator|independent investigator|investigating officer"
    r"|adjudicating officer|tribunal|judge|court|inspector|"
    r"school|parents?|family|couple|neighbours?|social worker|stage (?:1|2|3|one|two|three) "
    r"\w+|report|response|"
    r"reply|letter|review|icb|ccg|board|agency|contractor|housing ombudsman|(?:parliamentary"
    r"|health service) [\w ]{0,20}ombudsman|independent person|person|consultant|doctor"
    r"|solicitor|daughter|son|mother|father)|ofsted|cqc) "
    r"(?:has |had |have |also |then |now |later |strongly |clearly |still |both |itself "
    r"|rightly |since |already |partially |partly )*"
    r"(?:sa(?:y|ys|id|ying)|complain(?:s|ed)?|believe[sd]?|feels?|felt|claim(?:s|ed)?"
    r"|argue[sd]?|alleg\w+|think[s]?|thought|"
    r"told(?! (?:him|her|them) so\b)|stated?|states|conclude[sd]?"
    r"|accept(?:s|ed)?|acknowledge[sd]?|recognis\w+|admit(?:s"
    r"|ted)?|denie[sd]|den(?:y|ies)|explain(?:s|ed)?|"
    r"agree[sd]?(?! to\b)|found|finds?|upheld|uphold(?:s)?|decided|apologis\w+|respond(?:s|ed)?"
    r"|replied|recommend\w*|described?|"
    r"considers?|considered|disagree[sd]?|is unhappy|was unhappy|wants?|wanted"
    r"|asked?(?! (?:itself|themselves|himself|herself)\b)"
    r"|suggest(?:s|ed)?|maintain(?:s|ed)?|noted?|notes|regards?)\b"
    r"|(?:\w+, |(?<!')\b(?!i |we |not |cannot |to |also |therefore |would |could |might |can "
    r"|should |must |law |act |code |guidance |policy |scheme |plan |regulations |rules "
    r"|procedures? |protocol |agreement |charter |contract |who )"
    r"[\w-]+ )(?:believes?|says?|thinks?|feels?|argues?|complains?|claims?|alleges?"
    r"|maintains?|insists?) that\b"
    r"|\b(?:guardian|tenant|regulator|inspector|visitor|carer)s? (?:was|were) critical\b"
)
_OWN = compiled(
    r"\b(?:i|we|the ombudsm[ae]n|the investigator|my view|my finding|our view|our finding|"
    r"in my view|in our view|this (?:was|is|amounts)|that (?:was|is)|which (?:was|is))\b"
)
_TURN = watch(
    r"(?:, (?:and |so |but )?|\band (?:so |therefore )?|; ?|: ?)(?:there (?:was|is|were)|i\b"
    r"|we\b|this (?:was|is|too)|that (?:was|is)|it was|which (?:was|is)|in my view|in our "
    r"view)"
)
"""Where a sentence turns from what somebody said or did to what the Ombudsman makes of it."""
_CONCURS = watch(r"\b(?:i|we) (?:also |too |therefore )?(?:agree|accept|concur|share)\b")
_EXPLICIT_ONLY = ("found.facts", "found.law")
_PRESENT = watch(
    r"\b(?:i|we) (?:\w+ )?(?:find|consider|regard|conclude)\b|\bthis (?:was|is) (?:also )?fault\b"
)
_REPORTED_FAILING = watch(
    r"\b(?:it|they|he|she|the (?:[\w'-]+ ){0,2}(?:council|councils|authority|panel|provider"
    r"|school|officers?|staff|contractor)|its (?:[\w'-]+ )?(?:officers?|staff|contractor)) "
    r"(?:also |then |therefore |still )*(?:did not|could not|failed|never|wrongly|lost|delayed"
    r"|took (?:too|more|over)|neglected|ignored|missed|left)\b"
)
"""The finding of a report tells the failings after the formula, without naming each a fault."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One clause that says something about fault."""

    sentence: Sentence
    start: int
    end: int
    """Span of the clause within the sentence's text."""
    label: str
    """fault, shortfall, likely-fault, no-fault, insufficient or proper."""
    rule: str

    @property
    def clause(self) -> str:
        """The clause, folded and lower-case."""
        return self.sentence.lower[self.start : self.end]


def judgements(reading: Reading) -> list[Judgement]:
    """Every judgement of the decision, in order."""
    found: list[Judgement] = []
    awake = set(reading.scan.awake("judgements"))
    for sentence in reading.in_sections(*SECTIONS):
        if sentence.index not in awake and sentence.section != "report.finding":
            continue
        if _CUE.matches(sentence):
            found.extend(_of_sentence(reading.candidates("judgements", sentence), sentence))
    return found


def _of_sentence(rules: Sequence[Rule], sentence: Sentence) -> Iterator[Judgement]:
    lower = sentence.lower
    if (
        sentence.section == "report.finding"
        and "fault" not in lower
        and _REPORTED_FAILING.matches(sentence)
        and not said_by_others(sentence, len(lower))
    ):
        yield Judgement(sentence, 0, len(lower), "shortfall", "judgement.report-narrative")
        return
    offset = 0
    spans: list[tuple[int, int]] = []
    listed = ";" in lower and "fault" in lower and _LISTED.matches(sentence)
    for cut in _CLAUSE.finditer(sentence):
        if listed and cut.group() == ";":
            continue  # "at fault in: failing to ...; failing to ..." is one finding of several
        if cut.start() - offset > 12:
            spans.append((offset, cut.start()))
            offset = cut.start()
    spans.append((offset, len(lower)))
    for start, end in spans:
        found = _of_clause(rules, sentence, start, end)
        if found is not None:
            yield found


def _of_clause(rules: Sequence[Rule], sentence: Sentence, start: int, end: int) -> Judgement | None:
    clause = sentence.lower[start:end]
    for rule in rules:
        match = rule.pattern.search(clause)
        if match is None:
            continue
        label = rule.label
        if label == "none":
            return None
        if label != "insufficient" and said_by_others(sentence, start + match.end()):
            return None
        if not _allowed(sentence, clause, label):
            return None
        # what was not done is a failing where the Ombudsman reasons
        said = "shortfall" if label == "absence" else label
        return Judgement(sentence, start, end, said, rule.id)
    return None


def said_by_others(sentence: Sentence, cue: int) -> bool:
    """Whether the last speaker before the end of the cue is not the Ombudsman."""
    before = sentence.lower[:cue]
    reported = [
        m
        for m in _REPORTED.finditer(sentence, before)
        if not before[: m.start()].endswith(("what ", "whether "))
    ]
    if not reported:
        return False
    last = reported[-1]
    if _TURN.possible(sentence) and _TURN.pattern.search(before, last.end()):
        return False
    own = list(_OWN.finditer(before))
    if own and own[-1].start() > last.start() and not _is_said(before, last.end(), own[-1]):
        return False
    return not _CONCURS.search(sentence, before[: last.start()])


def _is_said(before: str, spoken: int, own: re.Match[str]) -> bool:
    """Whether "this was" only begins what somebody said: "she accepted that this was"."""
    return own.group().startswith(("this", "that", "which")) and before[
        spoken : own.start()
    ].strip() in ("", "that")


def _allowed(sentence: Sentence, clause: str, label: str) -> bool:
    """Whether this section can hold such a judgement in these words."""
    section = sentence.section
    if section in ("action", "report.recommendations"):
        return label == "fault" and "fault" in clause and sentence.item is None
    if section in _EXPLICIT_ONLY:
        own = bool(_OWN.search(clause)) and "fault" in clause
        if section == "found.law":
            own = own and bool(_PRESENT.search(sentence, clause))
        return label in ("fault", "no-fault") and own
    if section in ("summary", "decision", "report.finding"):
        if label == "shortfall":
            return section == "report.finding" or (
                "fault" in sentence.lower
                if section == "decision"
                else sentence.lower.startswith(("the council", "the authority", "there "))
            )
        return True
    if label in ("proper", "absence"):
        return section in ("found.findings", "assessment") or (
            section == "found" and label == "proper"
        )
    return section in _REASONING
