"""Guidance documents and court cases that a decision cites.

Titles and their short names come from the register. A name that several documents bear
("the Code") means the one that the decision cites by its full title; without one it is
left unread rather than guessed.
"""

from __future__ import annotations

from functools import cache

from graph.extraction.first_letters import compiled
from graph.extraction.lexicon import Lexicon, Name
from graph.extraction.reading import Reading
from ontology.guidance import ambiguous, guidance
from ontology.model import Citation, Evidence
from ontology.register import fold as fold_title

_ORDINARY = frozenset({"working together", "good administrative practice", "advocacy guidance"})
"""Titles that are ordinary words in lower case; they must be printed with capitals."""

_CASE = compiled(
    r"\[(?P<year>\d{4})\] (?P<court>EWCA Civ|EWHC|UKSC|UKHL|UKUT|EWCOP|EWCA Crim|QB|AC|WLR|1 AC|"
    r"2 AC) "
    r"(?P<number>\d+)(?: \((?P<list>Admin|Ch|QB|AAC|Fam|LC)\))?"
)


@cache
def _lexicon() -> Lexicon:
    shared = ambiguous()
    names: dict[str, list[str]] = {}
    for document in guidance().values():
        for text in (document.title, *document.aliases, *document.contextual):
            names.setdefault(text, []).append(document.id)
            if ": " in text:
                names.setdefault(text.replace(": ", " "), []).append(document.id)
    return Lexicon.of(
        Name(
            text,
            tuple(ids),
            case_sensitive=fold_title(text) in _ORDINARY,
            contextual=len(ids) > 1 or fold_title(text) in shared,
        )
        for text, ids in names.items()
    )


_ITS_OWN = compiled(
    r"(?:\b(?:council|authority|trust|provider|home|school)'s|\bits|\btheir) (?:own |\w+ )?$"
)


def read_guidance(reading: Reading) -> tuple[Citation, ...]:
    """Guidance cited, one citation for each document, in order of first mention."""
    found: dict[str, tuple[str, list[Evidence]]] = {}
    short: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, names in _lexicon().find(reading.lower, reading.folded):
        ids = tuple(dict.fromkeys(id_ for name in names for id_ in name.ids))
        if len(ids) > 1 or names[0].contextual:
            short.append((start, end, ids))
            continue
        if ids[0].startswith("lgsco-") and _ITS_OWN.search(
            reading.lower, max(0, start - 40), start
        ):
            continue  # a council's guidance with the name of one of ours
        _keep(reading, found, ids[0], start, end)
    _described(reading, found)
    _quoted(reading, found)
    _made_under(reading, found)
    for start, end, ids in short:
        meant = [id_ for id_ in ids if id_ in found or _next_volume(id_, found)]
        if len(meant) == 1:
            _keep(reading, found, meant[0], start, end)
    return tuple(
        Citation("guidance", id_, text, _role(id_), tuple(evidence))
        for id_, (text, evidence) in found.items()
    )


def _described(reading: Reading, found: dict[str, tuple[str, list[Evidence]]]) -> None:
    """Guidance that is described by its subject and not by its title."""
    for sentence, rule in reading.awake("guidance"):
        match = None if rule.label in found else rule.pattern.search(sentence.lower)
        if match:
            begin = sentence.start + match.start()
            _keep(reading, found, rule.label, begin, sentence.start + match.end(), rule.id)


_QUOTED = compiled(r"""(?<!\w)['"]([A-Z][^'".;()]{14,90})['"](?!\w)""")
_TITLE_END = compiled(r":| for | from | in England|$")


@cache
def _short_titles() -> dict[str, str]:
    """Folded first parts of titles ("Elective home education"), where only one has it."""
    firsts: dict[str, set[str]] = {}
    for document in guidance().values():
        for title in (document.title, *document.aliases):
            for end in _TITLE_END.finditer(title):
                firsts.setdefault(fold_title(title[: end.start()]), set()).add(document.id)
    return {first: ids.pop() for first, ids in firsts.items() if len(ids) == 1}


def _quoted(reading: Reading, found: dict[str, tuple[str, list[Evidence]]]) -> None:
    """A title in quotation marks without its second half ("'Elective home education' says")."""
    for match in _QUOTED.finditer(reading.folded):
        id_ = _short_titles().get(fold_title(match[1].rstrip(",")))
        if id_ is not None and id_ not in found:
            _keep(reading, found, id_, match.start(1), match.end(1))


_UNNAMED = compiled(
    r"\bcode of (?:practice|guidance)\b"
    r"|\bthe statutory guidance\b(?! (?:on|about|for|in|under|to|issued|called|on)\b)"
)
_ENACTED = compiled(r"\b(?:act|regulations|order)\b[ (]{0,2}(?:england\) )?\d{4}\b")
_NAMED_AFTER = compiled(
    r"(?: \([^)]{1,40}\))? (?:made |issued )?(?:under|to|for) the [a-z ,()]{3,60}"
    r"\b(?:act|regulations)\b"
)
_NOT_LAW = ("summary", "complaint", "action", "report.recommendations", "decision")
_UNDER = (
    ("mental capacity act", "code of practice", "mental-capacity-code"),
    ("mental health act", "code of practice", "mental-health-act-code"),
    ("children and families act", "code of practice", "send-code"),
    ("special educational needs", "code of practice", "send-code"),
    ("housing act 1996", "code of guidance", "homelessness-code"),
    ("homelessness", "code of guidance", "homelessness-code"),
    ("homelessness", "statutory guidance", "homelessness-code"),
    ("care act", "statutory guidance", "care-support-statutory-guidance"),
    ("care and support", "statutory guidance", "care-support-statutory-guidance"),
)
"""Words of an enactment, and what "the code" or "the statutory guidance" after it means."""


def _made_under(reading: Reading, found: dict[str, tuple[str, list[Evidence]]]) -> None:
    """Guidance without a title in an account of the law: that of the Act named last."""
    lower = reading.lower
    if "code of " not in lower and "statutory guidance" not in lower:
        return  # a plain search is far faster
    for match in _UNNAMED.finditer(lower):
        sentence = reading.sentence_at(match.start())
        if sentence is None or sentence.section in _NOT_LAW:
            continue
        if "statutory" in match.group() and sentence.section not in ("found.law", "found"):
            continue
        if any(
            sentence.start <= quote.start < sentence.end
            for _, evidence in found.values()
            for quote in evidence
        ):
            continue
        before = list(_ENACTED.finditer(lower, max(0, match.start() - 1200), match.start()))
        after = _NAMED_AFTER.match(lower, match.end())
        if not before and not after:
            continue
        start = before[-1].start() if before else 0
        enacted = after[0] if after else lower[max(0, start - 60) : before[-1].end()]
        for words, name, id_ in _UNDER:
            if words in enacted and name in match.group():
                _keep(reading, found, id_, match.start(), match.end(), "guidance.made-under")
                break


def _next_volume(id_: str, found: dict[str, tuple[str, list[Evidence]]]) -> bool:
    """Whether another volume of the same work is cited: "Volume 2" alone means this one then."""
    work, volume, _ = guidance()[id_].title.partition(" Volume ")
    return bool(volume) and any(guidance()[other].title.startswith(work) for other in found)


def read_cases(reading: Reading) -> tuple[Citation, ...]:
    """Court cases cited by neutral citation or law report."""
    found: dict[str, tuple[str, list[Evidence]]] = {}
    for match in _CASE.finditer(reading.folded):
        _keep(reading, found, match.group(), match.start(), match.end())
    return tuple(
        Citation("case", id_, text, "substantive", tuple(evidence))
        for id_, (text, evidence) in found.items()
    )


def _keep(
    reading: Reading,
    found: dict[str, tuple[str, list[Evidence]]],
    id_: str,
    start: int,
    end: int,
    rule: str = "citation.guidance",
) -> None:
    sentence = reading.sentence_at(start)
    if sentence is None:
        return
    _, evidence = found.setdefault(id_, (reading.document.text[start:end], []))
    quote = reading.quote(sentence, rule)
    if quote not in evidence:
        evidence.append(quote)


def _role(guidance_id: str) -> str:
    own = guidance_id.startswith(("lgsco-", "phso-"))
    return "jurisdiction" if own else "substantive"
