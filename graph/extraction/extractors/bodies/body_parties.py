"""Bodies that the register cannot name: homes, companies, other councils, NHS bodies.

A decision calls them "the Home", "Harrier" or "Oldwater Borough Council"; which kind of body
that is, and for whom it acted, the sentences that introduce it tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from graph.extraction.extractors.bodies import body_panels
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch
from ontology import councils

Add = Callable[[str, str, Sentence, str], None]
"""Takes a body, its role, the sentence that says so and the rule that read it."""

_ADVERBS = r"(?:\w+ly |also |then |later |had |has )*"
_HOME_ACTS = compiled(
    rf"\b(?:home|care provider|provider|agency|care company)(?:'s)? {_ADVERBS}"
    r"(?:invoiced|billed|charged|told|wrote|said|gave|called|closed|recorded|kept|moved|found|"
    r"sent|asked|refused|reported|reviewed|stopped|left|replied|responded|arranged|carried)\b"
)
_HOME_NAMED = compiled(r"\(\s*['\"]?the (?:home|care home|care provider|agency|nursing home)\b")


def read_parties(reading: Reading, known: Collection[str], add: Add) -> None:
    """Add the bodies of these kinds; ``known`` has those read before."""
    private = any(authority.kind == "care-provider" for authority in reading.authorities)
    _companies(reading, private, add)
    if not private and "care-provider" not in known:
        _homes(reading, add)
    _other_councils(reading, private, add)
    body_panels.read_panels(reading, add)
    _schools(reading, add)
    if reading.document.joint:
        _joint(reading, add)


def _homes(reading: Reading, add: Add) -> None:
    """A home that the text names and that did not act for the council took part in events."""
    if not _HOME_NAMED.search(reading.lower):
        return
    for sentence in reading.in_sections("found.facts"):
        if _HOME_ACTS.search(sentence.lower):
            add("care-provider", "took-part-in-events", sentence, "role.home-took-part")
            return


_SCHOOLS_BARRED = watch(
    r"\b(?:cannot|can not|no power|may not|not a body|outside|no jurisdiction)\b[^.;]{0,70}"
    r"\b(?:in|by|of|at|over|at what|what) (?:an? |the |his |her |their |most )?(?:\w+ )?"
    r"(?:schools?|academy|academies|colleges?|head ?teachers?|governors|governing body)\b"
    r"|\b(?:running|management|conduct|discipline|affairs|life) of (?:a |the |most )?(?:schools?"
    r"|academ\w+)\b"
    r"[^.;]{0,40}\b(?:not|outside|beyond|no)\b|\bschools are (?:closed|shut|barred|outside|beyond"
    r"|not)\b"
    r"|\b(?:school|academy|governors)\b[^.;]{0,30}\b(?:not a body|outside (?:our|my|his|her))\b"
)


def _schools(reading: Reading, add: Add) -> None:
    """A school whose conduct the Ombudsman says, of this complaint, that it cannot look at."""
    for sentence in reading.in_sections("not-investigated", "what-investigated", "assessment"):
        if _SCHOOLS_BARRED.matches(sentence):
            add("school", "out-of-jurisdiction-to", sentence, "role.school")
            return


_COMPANY = watch(r"\b(?:ltd|limited|llp|plc)\b")
_FOR_COUNCIL = compiled(
    r"\bunder (?:its|the|their) (?:\w+ )?contract (?:to|with|from) the council\b"
    r"|\b(?:home|placement|house|unit|flat) (?:in|at|to) which the council (?:had |has )?(?:placed|"
    r"moved|sent)\b|"
    r"\b(?:which|who|that) (?:\w+ )?(?:act(?:s|ed)|work(?:s|ed)) for (?:it|the council)\b"
    r"|\b(?:which|whom) the council (?:had|has) (?:under|a) contract\b"
    r"|\b(?:act|work)ing for (?:it|the council)\b"
    r"|\b(?:which|who|that) [^.;]{0,60}\bfor the council\b(?!')"
    r"|\bthe council's (?:\w+ )?(?:agents?|contractors?|providers?|bailiffs)\b"
    r"|\b(?:on behalf of|under (?:a )?contract (?:to|with)|"
    r"(?:engaged|employed|appointed|used|commissioned|hired|paid) by) the council\b"
    r"|\bon (?:its|the council's) behalf\b"
    r"|\b(?:ltd|limited|plc|llp),? [^.;]{0,50}\bfor the council\b(?!')"
    r"|\bthe council (?:\w+ )?(?:bought|buys|purchased|commissioned|contracted|pays|paid|uses?|"
    r"used|employed|employs|engaged|hired) [^.;]{0,50}\b(?:ltd|limited|plc|llp)\b"
)
_AGENTS = compiled(r"\b(?:enforcement|bailiffs?|collections?)\b(?! (?:notice|officer|team))")
_CARERS = compiled(
    r"\b(?:\w*care|carers?|home|homes|nursing|living|pathways|housed|lodg\w+|foster\w*|"
    r"looked after|supported)\b"
)
_A_PROVIDER = watch(r"\b(?:ltd|limited|llp|plc)\b[ (,'-]{1,4}(?:the|a) care provider\b")


def _companies(reading: Reading, private: bool, add: Add) -> None:
    """A company that is said to have acted for the council."""
    own = (reading.document.header.body or "").lower()
    for sentence in reading.possible(_COMPANY):
        lower = sentence.lower
        if sentence.section in _ASIDE or not (named := _COMPANY.search(sentence)):
            continue
        if _A_PROVIDER.matches(sentence) and not private and sentence.section == "report.key":
            add("care-provider", "acting-on-behalf-of", sentence, "role.company")
            continue
        if private or not _FOR_COUNCIL.search(lower) or (own and own in lower):
            continue
        name = lower[max(0, named.start() - 40) : named.end()]
        if _AGENTS.search(name):
            body = "enforcement-agent"
        elif _CARERS.search(name) or _CARERS.search(lower[named.end() : named.end() + 40]):
            body = "care-provider"
        else:
            body = "contractor"
        add(body, "acting-on-behalf-of", sentence, "role.company")


_ASIDE = ("role-powers", "found.law", "action", "report.recommendations", "how-considered")
_BOTH = watch(
    r"\b(?:both|two|the two) councils\b|\b(?:either|each) council\b|\bthe second council\b"
    r"|\bthe councils (?:have|had|has|will|should|were|are|did|must|agreed|failed|each|both)\b"
)
_COUNCIL_ACTS = compiled(
    r"\b(?:rang|told|called|contacted|informed|(?:reported|referred) (?:\w+ ){0,4}to) the "
    r"(?:\w+ )?council\b"
    r"|\b(?:the|local) (?:\w+ )?council(?:'s \w+ (?:enquiry|team))?(?:'s enquiry)? "
    rf"{_ADVERBS}(?:began|started|visited|told|wrote|said|finished|opened|"
    r"investigated|closed|asked|found|held|concluded|agreed|decided|carried|made|took|arranged)\b"
)
_ACTS = compiled(
    rf"^[^.;]{{0,25}}? {_ADVERBS}(?:began|started|visited|told|wrote|said|"
    r"opened|closed|asked|found|held|concluded|agreed|decided|carried|made|took|accepted|refused|"
    r"sent|replied|placed|assessed|objected|arranged|paid|issued|provided|gave|ended|rejected|"
    r"transferred|moved|considered|completed|offered|supplied|reported|referred|granted|confirmed|"
    r"responded|advised|warned|raised|did not (?:object|reply|respond|tell|answer))\b"
)
_OTHER = watch(
    r"\b(?:the (?:other|neighbouring|second|receiving|new)|another|a (?:neighbouring|second)|"
    r"(?:his|her|their) (?:old|former|new|previous|home)) (?:council|authority|borough)\b"
    r"|\bthe council (?:for|of|in) (?:that|the new|the other|another|his new|her new|their new) "
    r"(?:area|district|borough|county|place)\b"
)
_TIER = watch(r"\bthe (county|district|borough) council\b")
"""The council of another tier, where the header's name is not of that tier."""
_OTHER_TOLD = compiled(
    r"\b(?:told|telling|asked|asking|contacted|informed|notified|rang|wrote to|writing to|"
    r"referred (?:\w+ ){1,4}to|notice to|warned|consulted)\s*$"
)
_AGREEMENT = watch(
    r"\b(?:under an agreement|under (?:a )?contract|on (?:its|the authority's) behalf|"
    r"(?:acts|acted|works|acting) for (?:it|the authority|the council))\b"
)


def _other_councils(reading: Reading, private: bool, add: Add) -> None:
    """A council other than the one complained about that did something in the events."""
    own = {authority.id for authority in reading.authorities}
    opening = reading.in_sections("summary", "complaint", "how-considered", "what-investigated")
    both = any(_BOTH.matches(sentence) for sentence in opening)
    if not private and not both and _acts_for(reading, own, add):
        return
    facts = reading.in_sections("found.facts", "complaint", "found.findings")
    for sentence in (*(opening if both else ()), *facts):
        if private:
            acted = sentence.section == "found.facts" and bool(_COUNCIL_ACTS.search(sentence.lower))
        elif both and _BOTH.matches(sentence):
            acted = True
        elif "council" in sentence.lower or "borough" in sentence.lower:
            acted = _acts_elsewhere(reading, sentence, own)
        else:
            continue
        if acted:
            role = "jointly-investigated-body" if both else "took-part-in-events"
            add("other-council", role, sentence, "role.other-council")
            return


def _acts_elsewhere(reading: Reading, sentence: Sentence, own: set[str | None]) -> bool:
    header = (reading.document.header.body or "").lower()
    tiers = (m for m in _TIER.finditer(sentence) if header and m[1] not in header)
    for match in (*_OTHER.finditer(sentence), *tiers):
        if _OTHER_TOLD.search(sentence.lower[: match.start()]):
            return True
        if sentence.section == "found.facts" and _ACTS.match(sentence.lower[match.end() :]):
            return True
    if sentence.section != "found.facts":
        return False
    for start, end, name in councils.mentions(sentence.text):
        council = councils.resolve(name, reading.date)
        if council is None or council.gss in own or name.lower() in header:
            continue
        if _OTHER_TOLD.search(sentence.lower[:start]):
            return True
        if _ACTS.match(sentence.lower[end:]):
            return True
    return False


def _acts_for(reading: Reading, own: set[str | None], add: Add) -> bool:
    """A council that does a task for the authority under an agreement."""
    for sentence in reading.possible(_AGREEMENT):
        if "council" not in sentence.lower or not _AGREEMENT.matches(sentence):
            continue
        for _, _, name in councils.mentions(sentence.text):
            council = councils.resolve(name, reading.date)
            if council is not None and council.gss not in own:
                add("other-council", "acting-on-behalf-of", sentence, "role.other-council")
                return True
    return False


_HOME_AT_FAULT = compiled(
    r"\bfault (?:by|with|in what) (?:the|a) (?:care home|nursing home|home|care provider)\b"
)
_PAYS = compiled(r"^[^.;]{0,20}\b(?:paid|pays|funded|funds|commissioned|met) (?:for |the )?")
_NHS = {
    "nhs-trust": compiled(r"\bnhs (?:foundation )?trust\b|\bthe trust\b|hospitals? trust"),
    "icb": compiled(r"\bintegrated care board\b|\bthe icb\b"),
    "ccg": compiled(r"\bclinical commissioning group\b|\bthe ccg\b"),
    "gp": compiled(r"\bgp (?:practice|surgery)\b|\bthe (?:practice|surgery)\b"),
}


def _joint(reading: Reading, add: Add) -> None:
    """A joint investigation: the Health Service Ombudsman, and the NHS bodies looked at."""
    for sentence in reading.sentences:
        if "ombudsmen" in sentence.lower or "health service ombudsman" in sentence.lower:
            add("phso", "joint-investigator", sentence, "role.joint-investigator")
            break
    for sentence in reading.in_sections("summary"):
        if _HOME_AT_FAULT.search(sentence.lower):
            add("care-provider", "jointly-investigated-body", sentence, "role.jointly-investigated")
            break
    seen: set[str] = set()
    for sentence in reading.in_sections("summary", "complaint"):
        for body, pattern in _NHS.items():
            match = pattern.search(sentence.lower)
            if match is None or body in seen:
                continue
            seen.add(body)
            pays = body in ("ccg", "icb") and _PAYS.match(sentence.lower[match.end() :])
            role = "commissioner-of" if pays else "jointly-investigated-body"
            add(body, role, sentence, "role.commissioner" if pays else "role.jointly-investigated")
