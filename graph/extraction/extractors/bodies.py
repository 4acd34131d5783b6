"""External bodies and the roles they have in a decision.

The register names the bodies; the role comes from the sentence that names one, and from
where it stands: a body in the list of the Ombudsman's powers takes no part, unless the
decision will be shared with it or people are sent to it. A mention without a role that
the rules know is not reported: decisions are full of schools and doctors that do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors import body_names, body_roles
from graph.extraction.lexicon import Name
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from ontology import councils
from ontology.bodies import bodies
from ontology.model import Body, Evidence

_Found = dict[str, dict[str, list[Evidence]]]
_TOPICS = {
    "education": ("send-tribunal",),
    "children-s-care-services": ("send-tribunal",),
    "benefits-and-tax": ("ftt-social-entitlement",),
    "housing": ("ftt-property",),
}
_SPECIAL_NEEDS = re.compile(r"special educational|\behc|\bsend\b")


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
    _homes(reading, found, private)
    _other_councils(reading, found, private)
    if reading.document.joint:
        _joint(reading, found)
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
    special = kind == "tribunal" and _SPECIAL_NEEDS.search(reading.lower)
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
    if special and topic != "children-s-care-services":
        return "send-tribunal"
    return next(iter(usual)) if topic != "education" and printed[:5].lower() == "the t" else None


_UNNAMED = re.compile(
    r"\breasonabl\w+[^.]{0,60}\b(?:to (?:have )?appeal|have appealed|us(?:e|ed|ing) (?:that|her|"
    r"his|"
    r"their|this) (?:right|appeal))"
)


def _appeal_unnamed(reading: Reading, found: _Found) -> None:
    """Take "it was reasonable for her to appeal" for a right, if one body of appeal is named."""
    for sentence in reading.sentences:
        if "reasonabl" not in sentence.lower or sentence.section in ("role-powers", "found.law"):
            continue
        if _UNNAMED.search(sentence.lower) and "panel" not in sentence.lower:
            break
    else:
        return
    known = body_names.certain(body_names.mentions(reading))
    appeal = body_names.of_kind(known, "tribunal") | (known.keys() & {"planning-inspectorate"})
    if len(appeal) != 1:
        return
    (body,) = appeal
    if "right-of-appeal-to" not in found.get(body, {}):
        _add(reading, found, body, "right-of-appeal-to", sentence, "role.appeal-unnamed")


_ADVERBS = r"(?:\w+ly |also |then |later |had |has )*"
_HOME_ACTS = re.compile(
    rf"\b(?:home|care provider|provider|agency|care company)(?:'s)? {_ADVERBS}"
    r"(?:invoiced|billed|charged|told|wrote|said|gave|called|closed|recorded|kept|moved|closed|"
    r"found|"
    r"sent|asked|refused|reported|reviewed|stopped|left|replied|responded|arranged|carried)\b"
)
_HOME_NAMED = re.compile(r"\(\s*['\"]?the (?:home|care home|care provider|agency|nursing home)\b")


def _homes(reading: Reading, found: _Found, private: bool) -> None:
    """A home that the text names and that did not act for the council took part in events."""
    if private or "care-provider" in found or not _HOME_NAMED.search(reading.lower):
        return
    for sentence in reading.in_sections("found.facts"):
        if _HOME_ACTS.search(sentence.lower):
            role = "took-part-in-events"
            _add(reading, found, "care-provider", role, sentence, "role.home-took-part")
            return


_BOTH = re.compile(r"\b(?:both|two|the two) councils\b")
_COUNCIL_ACTS = re.compile(
    r"\b(?:rang|told|called|contacted|informed|(?:reported|referred) (?:\w+ ){0,4}to) the "
    r"(?:\w+ )?council\b"
    r"|\b(?:the|local) (?:\w+ )?council(?:'s \w+ (?:enquiry|team))?(?:'s enquiry)? "
    rf"{_ADVERBS}(?:began|started|visited|told|wrote|said|finished|opened|"
    r"investigated|closed|asked|found|held|concluded|agreed|decided|carried|made|took|arranged)\b"
)
_ACTS = re.compile(
    rf"^[^.;]{{0,25}}? {_ADVERBS}(?:began|started|visited|told|wrote|said|"
    r"opened|closed|asked|found|held|concluded|agreed|decided|carried|made|took|accepted|refused|"
    r"sent|"
    r"replied|placed|assessed|objected|arranged|paid)\b"
)


def _other_councils(reading: Reading, found: _Found, private: bool) -> None:
    """A council other than the one complained about that did something in the events."""
    own = {authority.id for authority in reading.authorities}
    opening = reading.in_sections("summary", "complaint", "how-considered", "what-investigated")
    both = any(_BOTH.search(sentence.lower) for sentence in opening)
    for sentence in (*(opening if both else ()), *reading.in_sections("found.facts")):
        if private:
            acted = _COUNCIL_ACTS.search(sentence.lower) is not None
        elif both and _BOTH.search(sentence.lower):
            acted = True
        elif "council" in sentence.lower or "borough" in sentence.lower:
            acted = _acts_elsewhere(reading, sentence, own)
        else:
            continue
        if acted:
            role = "jointly-investigated-body" if both else "took-part-in-events"
            _add(reading, found, "other-council", role, sentence, "role.other-council")
            return


def _acts_elsewhere(reading: Reading, sentence: Sentence, own: set[str | None]) -> bool:
    header = (reading.document.header.body or "").lower()
    for _, end, name in councils.mentions(sentence.text):
        council = councils.resolve(name, reading.date)
        if council is None or council.gss in own or name.lower() in header:
            continue
        if _ACTS.match(sentence.lower[end:]):
            return True
    return False


def _joint(reading: Reading, found: _Found) -> None:
    """A joint investigation: the Health Service Ombudsman, and the NHS bodies looked at."""
    for sentence in reading.sentences:
        if "ombudsmen" in sentence.lower or "health service ombudsman" in sentence.lower:
            _add(reading, found, "phso", "joint-investigator", sentence, "role.joint-investigator")
            break
    for sentence in reading.in_sections("summary", "complaint"):
        for body, pattern in _NHS.items():
            if pattern.search(sentence.lower):
                role = "jointly-investigated-body"
                if role not in found.get(body, {}):
                    _add(reading, found, body, role, sentence, "role.jointly-investigated")


_NHS = {
    "nhs-trust": re.compile(r"\bnhs (?:foundation )?trust\b|\bthe trust\b|hospitals? trust"),
    "icb": re.compile(r"\bintegrated care board\b|\bthe icb\b"),
    "ccg": re.compile(r"\bclinical commissioning group\b|\bthe ccg\b"),
    "gp": re.compile(r"\bgp (?:practice|surgery)\b|\bthe (?:practice|surgery)\b"),
}
