"""External bodies and the roles they have in a decision.

The register names the bodies; the role comes from the sentence that names one, and from
where it stands: a body in the list of the Ombudsman's powers takes no part, unless the
decision will be shared with it or people are sent to it. A mention without a role that
the rules know is not reported: decisions are full of schools and doctors that do nothing.
"""

from __future__ import annotations

from graph.extraction.extractors.bodies import (
    body_agents,
    body_left,
    body_meaning,
    body_names,
    body_parties,
    body_roles,
)
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch
from ontology.bodies import bodies
from ontology.model import Body, Evidence

_Found = dict[str, dict[str, list[Evidence]]]


def read_bodies(reading: Reading) -> tuple[Body, ...]:
    """Bodies with at least one role, in order of first mention."""
    own = (reading.document.header.body or "").lower()
    private = any(authority.kind == "care-provider" for authority in reading.authorities)
    found: _Found = {}
    mentions = list(body_meaning.meant(reading))
    for sentence, start, end, body in mentions:
        if (own and bodies()[body].label.lower() in own) or (private and body == "care-provider"):
            continue
        following = _following(reading, sentence)
        if body_roles.shares(sentence, following, body):
            _add(reading, found, body, "decision-shared-with", sentence, "role.shared-with")
            continue
        for rule in body_roles.roles(sentence, following, start, end, body, own):
            if rule.label == "took-part-in-events" and not body_left.told_of(
                sentence, start, end, body
            ):
                continue
            _add(reading, found, body, rule.label, sentence, rule.id)
    body_left.read_left(
        reading, mentions, found, lambda body, *said: _add(reading, found, body, *said)
    )
    body_agents.read_agents(
        reading, mentions, found, lambda body, *said: _add(reading, found, body, *said)
    )
    _declined_to(reading, found)
    _appeal_unnamed(reading, found)
    _appeal_made(reading, found)
    body_parties.read_parties(reading, found, lambda body, *said: _add(reading, found, body, *said))
    body_left.read_elsewhere(
        reading,
        {a.id for a in reading.authorities},
        lambda body, *said: _add(reading, found, body, *said),
    )
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


_CONDUCT = compiled(
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


_OPEN = compiled(
    r"\b(?:appeals? (?:to|against)|rights?|could|can|may|might|reasonabl[ey]|expect)\b"
)
_WEAKER = ("took-part-in-events", "source-of-evidence")
_NOT_BOTH = ("nhs-trust", "icb", "ccg", "gp", "camhs")
"""Bodies that are answerable for themselves in a joint investigation."""


def _settle(found: _Found) -> None:
    """Leave out what a stronger role of the same body already says."""
    for body, roles in found.items():
        if "jointly-investigated-body" in roles:
            for role in _WEAKER:
                roles.pop(role, None)
            if body in _NOT_BOTH:
                roles.pop("acting-on-behalf-of", None)
        if "out-of-jurisdiction-to" in roles and bodies()[body].kind == "panel":
            roles.pop("took-part-in-events", None)
        if body in _NOT_BOTH and "acting-on-behalf-of" in roles:
            for role in _WEAKER:
                roles.pop(role, None)
        if bodies()[body].kind == "public-body" and "source-of-evidence" in roles:
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


_UNNAMED = watch(
    r"\breasonabl\w+[^.]{0,60}\b(?:to (?:have )?appeal|have appealed|us(?:e|ed|ing) (?:that|her|"
    r"his|"
    r"their|this) (?:right|appeal))"
)


_UNREASONABLE = compiled(
    r"\bnot (?:think|consider|believe|find|regard|see)\b[^.;]{0,20}\breasonabl"
    r"|\b(?:not|nor|never) (?:\w+ ){0,2}reasonabl"
)


def _appeal_unnamed(reading: Reading, found: _Found) -> None:
    """Take "it was reasonable for her to appeal" for a right, if one body of appeal is named."""
    for sentence in reading.possible(_UNNAMED):
        if _UNREASONABLE.search(sentence.lower):
            continue
        if sentence.section in ("role-powers", "found.law"):
            continue
        if _UNNAMED.matches(sentence) and "panel" not in sentence.lower:
            break
    else:
        return
    body = _only_appeal(reading)
    if body and "right-of-appeal-to" not in found.get(body, {}):
        _add(reading, found, body, "right-of-appeal-to", sentence, "role.appeal-unnamed")


_APPEALED = compiled(
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
