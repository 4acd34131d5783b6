"""Which body a mention means: the one defined, the one named, or the one of the subject.

"The tribunal" is the one tribunal that the text names; where it names none, the one that
hears what the paragraph is about. A firm that collects a council's debts is its agent.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extraction.extractors.bodies import body_names
from graph.extraction.first_letters import compiled
from graph.extraction.lexicon import Name
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from ontology.bodies import bodies

_TOPICS = {
    "education": ("send-tribunal",),
    "children-s-care-services": ("send-tribunal",),
    "benefits-and-tax": ("ftt-social-entitlement",),
    "housing": ("ftt-property",),
}
_SPECIAL_NEEDS = compiled(r"[Ss]pecial [Ee]ducational|\bEHC|\bSEND\b")
_COLLECTS = compiled(
    r"\b(?:collect(?:s|ed|ing)?|recover(?:s|ed|ing)?|chas(?:es|ed|ing)) (?:the |its |unpaid "
    r"|council |"
    r"council's )*(?:tax|debts?|arrears|fines|penalties|sums?|accounts?)\b"
)
"""What a firm does for a council that makes it an enforcement agent."""
_CARES = compiled(
    r"\b(?:care home|nursing home|the home|homecare|care agency|carers?|residential care)\b"
    r"[^.;]{0,40}\b(?:run|owned|managed|provided|operated|employed) by an? (?:private )?(?:company"
    r"|firm)"
)


def meant(reading: Reading) -> Iterator[tuple[Sentence, int, int, str]]:
    """Mentions in sentences, each tied to one body; ambiguous ones by what the text says."""
    mentions = body_names.mentions(reading)
    defined = body_names.defined(reading, mentions)
    known = body_names.certain(mentions)
    for start, end, fitting in mentions:
        sentence = reading.sentence_at(start)
        if sentence is None:
            continue
        body = _meant(reading, start, end, fitting, defined, known) or _by_subject(
            reading, sentence, fitting
        )
        if body == "contractor" and _COLLECTS.search(sentence.lower):
            body = "enforcement-agent"
        if body == "contractor" and _CARES.search(sentence.lower):
            body = "care-provider"
        if body is not None:
            yield sentence, start, end, body


def _meant(
    reading: Reading,
    start: int,
    end: int,
    fitting: list[Name],
    defined: dict[str, str],
    known: dict[str, int],
) -> str | None:
    """The body that a name means: the only one, the one defined, named, or of the subject."""
    possible = {id_ for name in fitting for id_ in name.ids}
    if possible == {"housing-association"} and all(name.contextual for name in fitting):
        return "housing-association" if "housing-association" in known else None
    if len(possible) == 1 and not all(name.contextual for name in fitting):
        return next(iter(possible))
    printed = reading.folded[start:end]
    by_definition = defined.get(printed.lower().removeprefix("the "))
    if by_definition in possible:
        return by_definition
    kinds = {bodies()[id_].kind for id_ in possible}
    if len(kinds) == 1 and kinds <= {"tribunal", "court"}:
        return _of_kind(reading, kinds.pop(), printed, known)
    if len(possible) == 1:
        (only,) = possible
        generic = bodies()[only].kind.endswith("-generic")
        return only if generic or printed == "Inspector" or only in known else None
    met = possible & known.keys()
    return next(iter(met)) if len(met) == 1 else None


_SUBJECTS = (
    ("ftt-mental-health", compiled(r"\bdetention\b|\bdetained\b|mental health act")),
    ("valuation-tribunal", compiled(r"council tax|valuation band|\brateable|tax reduction")),
    ("tpt", compiled(r"penalty charge|\bpcns?\b|parking ticket|bus lane")),
    (
        "ftt-social-entitlement",
        compiled(r"housing benefit|universal credit|department for work|personal independence"),
    ),
    ("ftt-property", compiled(r"improvement notice|rent repayment|service charge|park home")),
    (
        "send-tribunal",
        compiled(r"special educational|\behc|refus\w+ to assess|education, health|\bmediat\w+"),
    ),
    ("employment-tribunal", compiled(r"\bunfair(?:ly)? dismiss|\bher dismissal|\bhis dismissal")),
)
"""What is argued about before which tribunal."""


def _by_subject(reading: Reading, sentence: Sentence, fitting: list[Name]) -> str | None:
    """The one tribunal that hears what this paragraph is about, where none is named."""
    possible = {id_ for name in fitting for id_ in name.ids}
    if not any(bodies()[id_].kind == "tribunal" for id_ in possible):
        return None
    near = reading.sentences[max(0, sentence.index - 2) : sentence.index + 2]
    for said in (sentence.lower, " ".join(s.lower for s in near if s.section == sentence.section)):
        fit = [id_ for id_, words in _SUBJECTS if words.search(said)]
        if len(fit) == 1:
            return fit[0]
    return None


def _of_kind(reading: Reading, kind: str, printed: str, known: dict[str, int]) -> str | None:
    """The one named, or among several the usual one of the subject; without any, that one."""
    topic = reading.category_slug or ""
    text = reading.folded
    speaks = "pecial " in text or "EHC" in text or "SEND" in text  # far faster than the pattern
    special = kind == "tribunal" and speaks and _SPECIAL_NEEDS.search(text)
    usual = set(_TOPICS.get(topic, ())) if kind == "tribunal" else set()
    if special and topic in ("education", ""):
        usual = {"send-tribunal"}
    named = body_names.of_kind(known, kind)
    if len(named) == 1:
        return next(iter(named))
    if named:
        named &= usual
        return next(iter(named)) if len(named) == 1 else None
    if kind == "court" or not usual:
        return None
    if special and (topic == "education" or topic not in _TOPICS):
        return "send-tribunal"
    return next(iter(usual)) if topic != "education" and printed[:5].lower() == "the t" else None
