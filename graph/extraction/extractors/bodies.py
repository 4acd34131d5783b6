"""External bodies and the roles they have in a decision.

The register names the bodies; the role comes from the sentence that names one, and from
where it stands: a body in the list of the Ombudsman's powers takes no part, unless the
decision will be shared with it or people are sent to it. A mention without a role that
the rules know is not reported: decisions are full of schools and doctors that do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors import body_names, body_parties, body_roles
from graph.extraction.lexicon import Name
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from ontology.bodies import bodies
from ontology.model import Body, Evidence

_Found = dict[str, dict[str, list[Evidence]]]
_TOPICS = {
    "education": ("send-tribunal",),
    "children-s-care-services": ("send-tribunal",),
    "benefits-and-tax": ("ftt-social-entitlement",),
    "housing": ("ftt-property",),
}
_SPECIAL_NEEDS = re.compile(r"[Ss]pecial [Ee]ducational|\bEHC|\bSEND\b")


def read_bodies(reading: Reading) -> tuple[Body, ...]:
    """Bodies with at least one role, in order of first mention."""
    own = (reading.document.header.body or "").lower()
    private = any(authority.kind == "care-provider" for authority in reading.authorities)
    found: _Found = {}
    for sentence, start, end, body in _mentions(reading):
        if (own and bodies()[body].label.lower() in own) or (private and body == "care-provider"):
            continue
        following = _following(reading, sentence)
        if body_roles.shares(sentence, following, body):
            _add(reading, found, body, "decision-shared-with", sentence, "role.shared-with")
            continue
        for rule in body_roles.roles(sentence, following, start, end, body):
            _add(reading, found, body, rule.label, sentence, rule.id)
    _declined_to(reading, found)
    _appeal_unnamed(reading, found)
    _appeal_made(reading, found)
    body_parties.read_parties(reading, found, lambda body, *said: _add(reading, found, body, *said))
    _sent_there(found)
    _settle(found)
    return tuple(
        Body(
            id=body,
            name=bodies()[body].label,
            roles=tuple(roles),
            evidence=tuple(dict.fromkeys(e for role in roles.values() for e in role)),
        )
        for body, roles in found.items()
    )


_CONDUCT = re.compile(
    r"\b(?:cannot|can not|will not|not able to|no power to|unable to)\b[^.;]{0,60}\b(?:social "
    r"work(?:ers?'?)?|professional|nurs\w+|officers?'?)\b[^.;]{0,30}\b(?:conduct|standards"
    r"|practice|behaviour|professionalism)"
)


def _declined_to(reading: Reading, found: _Found) -> None:
    """A professional regulator to which the very matter that is declined belongs."""
    regulators = [
        body
        for body, roles in found.items()
        if bodies()[body].kind == "professional-regulator" and "signposted-to" in roles
    ]
    if not regulators:
        return
    for sentence in reading.in_sections("found.findings", "found", "assessment", "decision"):
        if _CONDUCT.search(sentence.lower):
            for body in regulators:
                _add(reading, found, body, "better-placed-body", sentence, "role.better-placed")


def _sent_there(found: _Found) -> None:
    """People who may still make a statement to the centre for penalties are sent to it."""
    late = found.get("tec", {}).get("right-of-appeal-to", [])
    if late and not any("could have" in quote.quote for quote in late):
        found["tec"].setdefault("signposted-to", list(late))


_OPEN = re.compile(
    r"\b(?:appeals? (?:to|against)|rights?|could|can|may|might|reasonabl[ey]|expect)\b"
)
_WEAKER = ("took-part-in-events", "source-of-evidence")


def _settle(found: _Found) -> None:
    """Leave out what a stronger role of the same body already says."""
    for body, roles in found.items():
        if "jointly-investigated-body" in roles:
            for role in _WEAKER:
                roles.pop(role, None)
        if "out-of-jurisdiction-to" in roles and bodies()[body].kind == "panel":
            roles.pop("took-part-in-events", None)
        if "appealed-to" in roles:
            if bodies()[body].kind == "executive-agency":
                roles.pop("took-part-in-events", None)
            quotes = roles.get("right-of-appeal-to", [])
            if quotes and not any(_OPEN.search(quote.quote) for quote in quotes):
                del roles["right-of-appeal-to"]


def _add(
    reading: Reading, found: _Found, body: str, role: str, sentence: Sentence, rule: str
) -> None:
    evidence = found.setdefault(body, {}).setdefault(role, [])
    quote = reading.quote(sentence, rule)
    if quote not in evidence:
        evidence.append(quote)


def _following(reading: Reading, sentence: Sentence) -> str:
    """The next two sentences of the same paragraph, folded."""
    after = reading.sentences[sentence.index + 1 : sentence.index + 3]
    return " ".join(other.lower for other in after if other.block == sentence.block)


def _mentions(reading: Reading) -> Iterator[tuple[Sentence, int, int, str]]:
    """Mentions in sentences, each tied to one body; ambiguous ones by what the text says."""
    mentions = body_names.mentions(reading)
    defined = body_names.defined(reading, mentions)
    known = body_names.certain(mentions)
    for start, end, fitting in mentions:
        sentence = reading.sentence_at(start)
        if sentence is None:
            continue
        body = _meant(reading, start, end, fitting, defined, known)
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


def _of_kind(reading: Reading, kind: str, printed: str, known: dict[str, int]) -> str | None:
    """The one named, or among several the usual one of the subject; without any, that one."""
    topic = reading.category_slug or ""
    special = kind == "tribunal" and _SPECIAL_NEEDS.search(reading.folded)
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


_UNNAMED = re.compile(
    r"\breasonabl\w+[^.]{0,60}\b(?:to (?:have )?appeal|have appealed|us(?:e|ed|ing) (?:that|her|"
    r"his|"
    r"their|this) (?:right|appeal))"
)


_UNREASONABLE = re.compile(
    r"\bnot (?:think|consider|believe|find|regard|see)\b[^.;]{0,20}\breasonabl"
    r"|\b(?:not|nor|never) (?:\w+ ){0,2}reasonabl"
)


def _appeal_unnamed(reading: Reading, found: _Found) -> None:
    """Take "it was reasonable for her to appeal" for a right, if one body of appeal is named."""
    for sentence in reading.sentences:
        if "reasonabl" not in sentence.lower or _UNREASONABLE.search(sentence.lower):
            continue
        if sentence.section in ("role-powers", "found.law"):
            continue
        if _UNNAMED.search(sentence.lower) and "panel" not in sentence.lower:
            break
    else:
        return
    body = _only_appeal(reading)
    if body and "right-of-appeal-to" not in found.get(body, {}):
        _add(reading, found, body, "right-of-appeal-to", sentence, "role.appeal-unnamed")


_APPEALED = re.compile(
    r"\b(?:(?:mr|mrs|miss|ms|dr) \w+|they|she|he|applicants?|owners?|parents?) (?:had |has |have |"
    r"then |later )*appealed\b(?! to the council| to the school)"
)


def _appeal_made(reading: Reading, found: _Found) -> None:
    """Take "they appealed in May" for an appeal to the one body of appeal that is named."""
    if "appealed" not in reading.lower:
        return
    body = _only_appeal(reading)
    if body not in ("send-tribunal", "planning-inspectorate"):
        return  # people speak of an appeal to the council against a fine, too
    if "appealed-to" in found.get(body, {}):
        return
    for sentence in reading.in_sections("found.facts", "what-investigated", "assessment"):
        if _APPEALED.search(sentence.lower) and "panel" not in sentence.lower:
            _add(reading, found, body, "appealed-to", sentence, "role.appeal-unnamed")
            return


def _only_appeal(reading: Reading) -> str | None:
    """The tribunal or inspectorate of a decision that names one only."""
    known = body_names.certain(body_names.mentions(reading))
    appeal = body_names.of_kind(known, "tribunal") | (known.keys() & {"planning-inspectorate"})
    return next(iter(appeal)) if len(appeal) == 1 else None
