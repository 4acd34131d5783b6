"""Pseudonyms of the people who complain, in order of appearance.

The Ombudsman names people by a title and a letter ("Miss Y", "Mr and Mrs B"). Only those
who complain, or for whom somebody complains, are complainants: a person who is the
subject of a verb of complaining, or whom the text introduces as the complainant.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import Watched, watch

_TITLE = r"(?:Mr|Mrs|Miss|Ms|Mx|Dr|Sir|Lady|Reverend|Rev|Cllr|Councillor|Prof|Professor)"
_NAME = r"[A-Z][A-Z]?(?![\w])"
_PERSON = compiled(rf"\b(?P<first>{_TITLE})(?: and (?P<second>{_TITLE}))? (?P<name>{_NAME})")
_COMPLAINS = (
    r"(?:also |has |have |had |now |first |then |jointly |both |originally |still )*"
    r"(?:complain|disagree|is unhappy|are unhappy|was unhappy|were unhappy|is dissatisfied|"
    r"was dissatisfied|disput|say|said|alleg|brought|raise|object|represent|is complaining|"
    r"feel|felt|argue|believe|consider|think|contend|state|told us|want|make|made|describe|wish|"
    r"ask|seek|contacted us|came to us|approached us|is concerned|are concerned|was concerned|"
    r"claim|challenge|report|would like|hopes?\b|expects?\b|remains? |joined|joins|maintain|insist|"
    r"suggest|criticis|question|quer(?:y|ies|ied)|accus|lodged|wrote to us|wrote to the Ombudsman|"
    r"turned to us|acts? (?:for|on)|acted (?:for|on)|is acting|has asked us|has a (?:similar|like|"
    r"separate) complaint|(?:is|are|was|were|feels?|remains?) aggrieved|protest|(?:has "
    r"|have )?(?:takes?|"
    r"took|taken) (?:issue|exception|the view)|grumbl|holds? the|finds? fault|cannot (?:accept|"
    r"understand|see why)|could not (?:accept|understand)|regards?\b|(?:has|have|had) (?:\w+ )?(?:"
    r"complaints|grievances|concerns|objections)\b|resents?\b|blames?\b|doubts?\b|suspects?\b)"
)
_AND = r"(?:,| and|, and|/)(?: from| by)?(?: (?:her|his|their) (?:[a-z-]+,? ){0,2}[a-z-]+,?)?"
"""Between two names: "and", and what the second is to the first."""
_PEOPLE = (
    rf"{_TITLE}(?: and {_TITLE})? {_NAME}"
    rf"(?:{_AND} (?:{_TITLE}(?: and {_TITLE})? )?{_NAME})*"
)
_SUBJECTS = watch(
    rf"(?P<people>{_PEOPLE})(?: (?:on behalf of|for) (?:her|his|their) [^,.;]{{0,40}})?"
    rf"(?:,? (?:who|whom)[^.;]{{0,80}}?,)?(?:,[^,.;]{{0,60}},)?(?: \([^)]*\))?,? {_COMPLAINS}",
    cased=True,
)
_CALL = (
    r"(?:call(?:ing|ed)?|refer(?:red|ring)?(?: to)?(?: \w+){0,2}?(?: as)?|named?|known as|"
    r"describe[d]?(?: as)?)"
)
_INTRODUCED = watch(
    rf"(?:[Cc]omplainants?|woman|man|person|couple|resident|parents?)"
    rf"(?:[^.;]{{0,70}}?{_CALL}(?: her| him| them| here| as| in this \w+){{0,3}}|,| is| are|"
    rf" \()[ '\"]*"
    rf"(?P<people>{_TITLE}(?: and {_TITLE})? {_NAME}(?:{_AND} (?:{_TITLE} )?{_NAME})*)",
    cased=True,
)
_TOGETHER = watch(
    rf"(?P<people>{_TITLE} {_NAME},? (?:and|(?:together |along |jointly )?with) (?:her|his|"
    rf"their) (?:\w+ ){{1,3}}?,? ?{_TITLE} {_NAME})"
    rf",? {_COMPLAINS}"
    rf"|for (?:her|him)self and (?:for )?(?:her|"
    rf"his) (?:\w+ ){{1,3}}?,? ?(?P<other>{_TITLE} {_NAME})",
    cased=True,
)
_CALLED = watch(
    r"(?:called|calling|call|refer to) (?:the complainants?|her|him|them)(?: as)?[ '\"]*"
    rf"(?P<people>{_TITLE}(?: and {_TITLE})? {_NAME}(?:{_AND} (?:{_TITLE} )?{_NAME})*)",
    cased=True,
)
_WHOSE = watch(
    rf"(?P<people>{_TITLE}(?: and {_TITLE})? {_NAME}(?:{_AND} (?:{_TITLE} )?{_NAME})*)'s? "
    r"(?:\w+ )?complaints?\b",
    cased=True,
)
_FROM = watch(
    r"[Cc]omplain(?:ts?|ants)? (?:\w+ )?(?:is |are |was |were |came |comes |come )?(?:from|by|"
    r"made by|brought (?:to us )?by) (?:(?:an?|the|two|three|four|her|his|their) \w+,? )?"
    rf"(?P<people>{_PEOPLE})",
    cased=True,
)
_WITH = watch(
    r"\b(?:brings?|brought|makes?|made) (?:this|the|her|his) complaint (?:together |jointly )?with "
    rf"[^.;]{{0,40}}?(?P<people>{_TITLE} {_NAME}(?:{_AND} (?:{_TITLE} )?{_NAME})*)",
    cased=True,
)
_JOINED = watch(
    r"\bcomplain(?:s|ed)?,? (?:together |jointly |along )?with (?:her|his|their) "
    rf"(?:[a-z-]+,? ){{1,3}}(?P<people>{_PEOPLE})",
    cased=True,
)
_ONE_OF = watch(
    rf"^(?:One|The (?:other|others|first|second|third))(?: complainants?)? (?:is|are) "
    rf"(?P<people>{_PEOPLE})",
    cased=True,
)
_LISTED = watch(
    rf"\b(?:complainants(?::| are)|first complainant is) [^.]{{0,60}}?(?P<people>{_PEOPLE})"
    rf"(?:[^.]{{0,60}}?(?:;| and) (?:[a-z ]{{0,24}} is )?(?P<other>{_TITLE} {_NAME}))?",
    cased=True,
)
_KEY = watch(
    rf"^(?P<people>{_TITLE}(?: and {_TITLE})? {_NAME})[ ,:–-]+(?:is |are )?"
    r"(?:(?:the |a )?(?:\w+ )?complainants?\b|[^.;]{0,70}\b(?:the (?:\w+ )?complainants?\b|"
    r"who (?:also |then |jointly )?complain))",
    cased=True,
)
_ACCORDING = compiled(
    rf"\b[Aa]ccording to (?P<people>{_PEOPLE})"
    rf"|,? (?:says?|said|claims?|argues?) (?P<other>{_TITLE} {_NAME})(?=[,.;]|$)"
)
_CASE_OF = compiled(
    rf"\b[Ii]t is (?P<people>{_PEOPLE})'s? (?:case|contention|belief|view|argument)\b"
    rf"|\b(?:[Ww]e|I) (?:were|was|have been) (?:asked|approached"
    rf"|contacted) by (?P<other>{_TITLE} {_NAME})"
)
_OPENS = compiled(rf"^(?P<people>{_PEOPLE})(?:, [^,.;]{{2,60}},)? (?!and )[a-z]")
"""Whoever the account of the complaint starts with."""
_GROUP = watch(
    r"\b(?:family|couple|household|complainants?|resident|neighbours?|sisters?|brothers?|parents?|"
    rf"tenants?|owners?) \((?P<people>{_PEOPLE})(?:,? (?:and|with) (?:her|his"
    rf"|their) [^()]{{1,40}})?\)"
    rf",? (?:who [^,.;]{{0,60}}, )?{_COMPLAINS}",
    cased=True,
)
"""Somebody who is described, with the name in brackets."""
_PATTERNS = (
    *(_SUBJECTS, _INTRODUCED, _CALLED, _TOGETHER, _WHOSE, _FROM, _WITH),
    *(_JOINED, _ONE_OF, _LISTED, _GROUP),
)
_PLACES = ("summary", "complaint")
_PLAINLY = watch(
    rf"^(?:(?:Lastly|Finally|Also|Separately|In addition),? )?(?:[Tt]he (?:\w+ )?complainant, )?"
    rf"(?:(?:her|his|their) \w+,? )?(?P<people>{_PEOPLE})(?: on behalf of [^,.;]{{0,40}})?"
    r",? (?:\w+ly |also |each |both |then )?(?:complain|alleg|says? (?:that )?the [A-Z])",
    cased=True,
)
"""At the start of a sentence further down under the heading of the complaint."""
_PRESENTED = Watched(
    # seldom asked, and what it needs, a title, stands in every other sentence: not looked out for
    compiled(rf"^(?P<people>{_PEOPLE}),? (?:who [^,.;]{{0,60}}, )?\w+ "),
    cased=True,
)
_COMPLAINT_HEADING = compiled(r"(?:the )?complaints?(?: and (?:its |the )?background)?[ :.]*$")
_THEY_COMPLAIN = compiled(
    r"(?:^|\. )(?:They|She|He|Both|All(?: of them| \w+)?) (?:\w+ly |also |each |both |all |then )?"
    r"complain"
)


def read_complainants(reading: Reading) -> tuple[str, ...]:
    """Complainants of a decision, each once, as printed."""
    found: list[tuple[int, str]] = []
    for sentence in reading.in_sections("report.key", *_PLACES, "found.facts"):
        able = [pattern for pattern in _patterns(reading, sentence) if pattern.possible(sentence)]
        text = reading.folded[sentence.start : sentence.end] if able else ""
        for pattern in able:
            for match in pattern.pattern.finditer(text):
                for group in ("people", "other"):
                    if match.groupdict().get(group):
                        start = sentence.start + match.start(group)
                        found += [(start + at, name) for at, name in _names(match[group])]
    if not found:
        for sentence in reading.in_sections("how-considered", "assessment", "decision"):
            text = reading.folded[sentence.start : sentence.end]
            person = _PERSON.search(text)
            if person:
                found += [(sentence.start + at, name) for at, name in _names(person.group())]
                break
    if not found:
        found = _opening(reading)
    ordered: dict[str, None] = {}
    for _, name in sorted(found):
        ordered.setdefault(name)
    return tuple(ordered)


def _opening(reading: Reading) -> list[tuple[int, str]]:
    """The person with whom the account of the complaint starts, if no words of complaint do."""
    for sentence in reading.in_sections("complaint"):
        text = reading.folded[sentence.start : sentence.end]
        match = _OPENS.match(text) or _ACCORDING.search(text) or _CASE_OF.search(text)
        if match:
            people = match["people"] or match["other"]
            return [(sentence.start + at, name) for at, name in _names(people)]
    return []


def _patterns(reading: Reading, sentence: Sentence) -> tuple[Watched, ...]:
    """The patterns that may read a sentence, by where it stands.

    A report tells the complaint of each household under one heading: only plain words of
    complaining count in what comes after the opening.
    """
    if sentence.section == "report.key":
        return (*_PATTERNS, _KEY)
    opening = sentence.section in _PLACES
    if not opening and not (sentence.section == "found.facts" and _of_complaint(sentence.heading)):
        return ()
    after = reading.sentences[sentence.index + 1 : sentence.index + 2]
    if after and sentence.item is None and _THEY_COMPLAIN.search(after[0].text):
        return (*(_PATTERNS if opening else (_PLAINLY, _GROUP)), _PRESENTED)
    return _PATTERNS if opening else (_PLAINLY, _GROUP)


@lru_cache(maxsize=200)  # a heading stands over many sentences
def _of_complaint(heading: str) -> bool:
    return _COMPLAINT_HEADING.match(heading) is not None


def _names(people: str) -> list[tuple[int, str]]:
    """``Mr and Mrs B`` as two people; ``Ms F and G`` keeps the title for both."""
    names: list[tuple[int, str]] = []
    last_title = ""
    for match in re.finditer(
        rf"(?P<first>{_TITLE}) and (?P<second>{_TITLE}) (?P<both>{_NAME})"
        rf"|(?P<title>{_TITLE}) (?P<one>{_NAME})|(?<=[ ,/])(?!I\b)(?P<bare>{_NAME})",
        people,
    ):
        if match["both"]:
            names.append((match.start(), f"{match['first']} {match['both']}"))
            names.append((match.start(), f"{match['second']} {match['both']}"))
        elif match["one"]:
            last_title = match["title"]
            names.append((match.start(), f"{last_title} {match['one']}"))
        elif last_title:
            names.append((match.start(), f"{last_title} {match['bare']}"))
    return names
