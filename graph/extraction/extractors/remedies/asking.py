"""Whether a sentence of a remedy section asks for anything to be done.

Between the acts stand reasons, figures, thanks, refusals and what was done before; they
may hold the same verbs, and are told apart by who speaks and what is denied.
"""

from __future__ import annotations

from graph.extraction.extractors.remedies.main_act import VERB, without_letter, without_preface
from graph.extraction.extractors.remedies.verb_forms import is_passive_act
from graph.extraction.first_letters import compiled

_DIRECTIVE = compiled(
    r"\b(?:has|have|had) (?:also |now |since |already |therefore |further )*(?:agreed|accepted"
    r"|offered|proposed|undertaken|committed|promised|consented|pledged)\b"
    r"(?! (?:that|with|our findings)\b)|\b(?:agrees|undertakes|promises|consents|pledges) (?:to"
    r"|that)\b"
    r"|\b(?:is|are) (?:each|both|jointly|also|then|together) to\b|\b(?:has|have) until\b|\bgiven "
    r"(?:us |me )?(?:an|its) (?:undertaking|word|assurance)\b"
    r"|\b(?:is|are) (?:now )?(?:going|prepared|willing|content|ready|bound) to\b|"
    r"\b(?:will|should|shall|must|ought|is to|are to)\b(?! (?:also )?(?:be (?:able|satisfied"
    r"|content"
    r"|aware that)))|\bto remedy\b|\brecommend\w*|\bagree[sd]? (?:to|that)\b|\bwould:"
    r"|\brecommendations?\b.{0,40}\bthat\b"
    r"|\b(?:ask|asked|invited?|urged?) (?:it|them|the \w+) to (?!re-?consider|think|look again)"
)
_DESCRIPTIVE = compiled(
    r"^(?:our (?:guidance|published)|the ombudsman's (?:guidance|published)|in (?:recommending"
    r"|arriving|reaching|deciding|setting|suggesting)|"
    r"i (?:have considered|am satisfied|consider|think|believe|welcome|note|have taken|have "
    r"not|do not|am pleased|took|considered|recognise|would)|"
    r"we (?:have considered|are satisfied|consider|think|believe|welcome|note|have taken|have "
    r"not|do not|are pleased|publish|took|considered|would|usually|normally|will (?:not "
    r")?(?:take|consider|check|monitor))|"
    r"this (?:figure|sum|amount|payment|is (?:in line|a symbolic|the|because|on top|less|to)"
    r"|was|reflects|takes|recognises|makes|would|means)|"
    r"these (?:figures|sums|payments|amounts)|that (?:figure|sum|is)|the (?:figure|sum|amount"
    r"|payment|total|payments|sums) (?:is|are|of|reflects|takes|was|were|recognises|comes"
    r"|should reflect|does|do|includes)|"
    r"it (?:is(?! to\b)|was|has (?:already|since)|told|said|says|explained|confirmed|will be for)"
    r"|(?:mr"
    r"|mrs|miss|ms|dr) \w+\b(?!'s)|she\b|he\b|they (?:do|did|have|had|are|were)|if (?:mr|mrs|miss"
    r"|ms|she"
    r"|he|they)|"
    r"the council (?:says|said|told|has told|has (?:already|since)|had (?:already|since)"
    r"|explained|accepts|accepted|disagreed|questioned|offered|did not|considered|asked)|the "
    r"(?:dates?|deadline|periods?|time) |no remedy|nothing )"
)
_ASKS_NOTHING = compiled(
    r"\b(?:no (?:further |other |separate )?recommendations?|recommend(?:ed|ing)? (?:nothing|no\b)"
    r"|(?:do|did|have|has|need|shall|should|will|would|could) not (?:\w+ )?(?:recommend|ask"
    r"|propose|suggest"
    r"|seek|press|be making)\w*|not (?:a|part of (?:the|our|my)) (?:recommendation|remedy)"
    r"|there is (?:no need|nothing)|nobody left|nothing (?:more|further|else) (?:to|that|is|on)"
    r"|(?:would|should) have (?:recommended|asked|suggested)|considered (?:asking|recommending))"
)
_SPEAKER = compiled(
    r"^(?:(?:in (?:addition|future)|also|finally|under (?:our|the) [^,]{3,90}?),? )?(?:i|we"
    r"|the ombudsm[ae]n)"
    r" (?P<says>(?:[\w'-]+ ){1,6})"
)
_ASKS = compiled(
    r"\b(?:recommend\w*|ask|asked|expect|consider|propose[d]?|suggest\w*|invite[d]?|urge[d]?"
    r"|call on"
    r"|think|want|look to)\b"
)
_NO_ACT = compiled(
    r"^(?:they will (?:then )?receive\b|where (?:a|an|the) (?:council|body|organisation"
    r"|authority)|a (?:council|refusal)\b"
    r"|neither\b"
    r"|nobody|no one|there (?:is|are|was|were|will|would|has|have|need)\b|under our (?:information"
    r"|memorandum)|nothing in|the review is|(?:it|the \w+(?: (?!will|should|must|shall|is"
    r"|are)\w+)?) (?:need not|does not|did not"
    r"|supports?|considers?|believes?|has (?:yet|not yet|recruited|appointed|told|asked|indicated"
    r"|declined|refused|not\b)|had|told|welcomes?|wishes|estimates?|intends? to tell|was|were"
    r"|may (?:wish|want)|can\b)|had\b|in (?:considering|coming to|choosing|fixing)"
    r"|if [^,]{3,80}, (?:she|he|they|mr|mrs|miss|ms)\b|when\b[^,]{3,80}, (?:she|he|mr|mrs|miss"
    r"|ms)\b"
    r"|if [^,.;]{3,80} (?:she|he) (?:will|should|may|can)\b"
    r"|(?:she|he|mr|mrs|miss|ms)\b[^,]{0,20} (?:will|may|should|can|need)\b"
    r"|the (?:\w+ )?(?:£|remed|sums?|payments?|figures?|amounts?|offers?|commissioner|court"
    r"|tribunal)"
    r"|the £)"
)


def _asks_nothing(lower: str) -> bool:
    """Whether a folded sentence of a remedy section asks nobody to do anything."""
    if _ASKS_NOTHING.search(lower) or _NO_ACT.match(lower):
        return True
    speaker = _SPEAKER.match(lower)
    return bool(speaker) and not _ASKS.search(speaker["says"] if speaker else "")


_FURTHER_ACT = compiled(
    rf"(?:it|they|the \w+(?: \w+)?) (?:will|should|has agreed to|have agreed to) also\b"
    rf"|(?:it|they|the \w+(?: \w+)?) (?:will|should) (?:then )?"
    rf"(?:pay|refund|reimburse|apologise|write to|remind)\b"
    rf"|(?:also|then),? {VERB}\b"
    rf"|[^.]{{0,80}}\b(?:will|should) (?:also )?be (?:waived|refunded"
    rf"|repaid|paid|cancelled|written off|reimbursed)\b"
)


def is_further_act(lower: str) -> bool:
    """Whether a further sentence of a list item asks for something more."""
    return _FURTHER_ACT.match(lower) is not None


_BARE_ACT = compiled(rf"(?:(?:within|by) [^,]{{3,60}}, )?(?:to )?{VERB}\b")
_TO_RECEIVE = compiled(
    r"\brecommend\w* (?:a|an|another) (?:\w+ ){0,3}£|\b(?:is|are|should|ought) to (?:receive"
    r"|be paid|have)"
    r" (?:[\w']+ ){0,3}£|\bshould (?:receive|be paid) (?:[\w']+ ){0,3}£"
)
"""A payment named without anybody paying: "She is to receive a further £200"."""


_WAS_ASKED = compiled(
    r"(?:the \w+(?: \w+)?|it|they) (?:was|were) (?:also |then |further )?(?:asked|invited|urged"
    r"|pressed) to"
    rf" (?!re-?consider|comment|say|explain|tell|provide|send (?:us|me)|respond|reply|produce"
    rf"|show)(?:also )?{VERB}\b"
    r"|(?:i|we) (?:had )?(?:hoped|wished|would have liked|should have liked)(?: that)? (?:the \w+"
    r"|it|they)(?: \w+)? (?:would|to)"
    r" (?:also |at least )?(?!have\b|not\b)[a-z]|(?:and |also,? )?(?:i|we) (?:also )?(?:asked"
    r"|pressed) for [^.;]{3,60} to be \w+"
)
"""What a body was asked to do, told in the past because of the answer that follows."""
_SHOULD_RECEIVE = compiled(
    r"(?![^.]*\b(?:in this way|in all|in total|altogether|between them)\b)(?:mr|mrs|miss|ms|she"
    r"|he|each|the \w+)\b"
    r"[^,.;]{0,40} (?:should|will|is to|are to|ought to|must)"
    r" (?:each |also |both )?(?:receive|have|get|be (?:paid|given|sent)) (?:(?:a|an|the|further"
    r"|sum|payment|of|another) )*£"
)
_WILL_BE_GIVEN = compiled(
    r"(?:mr|mrs|miss|ms|she|he|they|her \w+|his \w+|the (?:family|couple|boy|girl|child|parents?"
    r"|children|tenants?|mother|father"
    r"))\b[^,.;]{0,30} (?:will|should|is to|are to|must) (?:also |then |each |both )?be "
    r"(?:offered|given|sent|paid|invited"
    r"|moved|reassessed|refunded|provided|shown|rehoused|reimbursed|placed|put|restored|allowed)\b"
)
"""What a person is to be given, with no word of who gives it."""
_BOTH_AGREE = compiled(
    r"\b(?:recommend|suggest|propos)\w*,? (?:and|to which|which) (?:the \w+|it|they) (?:has "
    r"|have )?(?:now |also )?"
    r"(?:accept|agree)\w*"
)
_TOLD_IT_WILL = compiled(
    r"(?:it|they|the \w+(?: \w+)?) (?:has |have )?(?:now )?(?:told (?:me|us)|confirmed|assured "
    r"(?:me|us)|said|says)"
    r"(?: to (?:me|us))?(?: that)? (?:it|they) (?:will|agrees? to|has agreed to|is going to) "
    r"(?:also |now )?"
    r"(?:pay|refund|write off|waive|apologise|reimburse|repay|cancel|credit)\b"
)
_LETS_OFF = compiled(
    r"\b(?:will|should|is to|must) not (?:now )?(?:pursue|charge|collect|enforce|recover|seek to "
    r"recover|chase|bill|invoice"
    r"|demand|ask for)\b|^no (?:further )?(?:charge|fee|bill|invoice)s? (?:will|should|is to"
    r"|must) be\b"
)
"""A charge or debt that is given up."""
_THERE_SHOULD_BE = compiled(
    r"there (?:should|will|must|shall|is to|are to) (?:also |in addition )?be (?:an? |£|(?:two"
    r"|three) )"
    r"(?!chance|risk|time|need|doubt|difference|question)"
)
_HAS_DONE = compiled(
    r"(?:it|they|the \w+(?: \w+)?) (?:has|have) (?:also |now |since |already |meanwhile )*"
    r"(?!agreed|accepted|offered|proposed|undertaken|committed|promised|consented|pledged|given "
    r"(?:us|me|an|its)|told|said"
    r"|confirmed|indicated|assured|been|asked|already|since|had|until)(?:\w+ed|made|put|paid"
    r"|given|done|begun|taken"
    r"|sent|held|dropped|written|drawn|set|met|brought) (?![^.]*\b(?:agreed|and (?:it )?will)\b)"
)
"""What a body did by itself before the decision: "It has dropped its demand"."""
_THINKS_IT_SHOULD = compiled(
    r"(?:(?:and|but|also|finally|further|in addition),? )?(?:i|we|the ombudsm[ae]n) (?:\w+ )?"
    r"(?:think|consider|believe|suggest(?:ed|s)?|propose[ds]?|ask(?:ed|s)?|urge[ds]?|invite[ds]?"
    r"|want(?:ed)?"
    r"|would like|should like|recommend(?:ed|s)?|press(?:ed)?) (?:that )?(?:for "
    r")?(?:the \w+(?: \w+)?|it|they|its"
    r" [^,;]{3,40}?) "
    r"(?:now )?(?:should|ought to|must|to) (?:now |also |still )?(?!have\b|not\b|be (?:able|aware"
    r"|pleased|content)\b"
    r"|say\b|know\b|think\b|(?:re-?)?consider (?:its|the) (?:view|position|decision)|tell me"
    r"|explain why it)[a-z]"
)
"""What the decision maker thinks that a body should do, whether or not it agrees."""


def is_act_sentence(lower: str) -> bool:
    """Whether a folded sentence of a remedy section asks for something to be done."""
    lower = without_preface(without_letter(lower))
    if _WAS_ASKED.match(lower) or _THERE_SHOULD_BE.match(lower) or _LETS_OFF.search(lower):
        return True
    if _WILL_BE_GIVEN.match(lower) or _BOTH_AGREE.search(lower) or _TOLD_IT_WILL.match(lower):
        return True
    if "£" in lower and _SHOULD_RECEIVE.match(lower):
        return True
    if _asks_nothing(lower):
        return False
    if "£" in lower and _TO_RECEIVE.search(lower):
        return True
    if _HAS_DONE.match(lower):
        return False
    if _THINKS_IT_SHOULD.match(lower):
        return True
    if _DESCRIPTIVE.match(lower) or not _DIRECTIVE.search(lower):
        return bool(_BARE_ACT.match(lower)) and not _DESCRIPTIVE.match(lower)
    if _ANY_VERB.search(lower) or _WILL.search(lower):
        return True
    return is_passive_act(lower)


_ANY_VERB = compiled(rf"\b{VERB}\b")
_WILL = compiled(
    r"\b(?:it|council|trust|authority|provider|board|icb|home|they|both|bodies|organisations"
    r"|officer|manager|director"
    r"|executive|leader|clerk|panel|cabinet|team|staff|chair|service|school|department|head "
    r"of \w+|association"
    r"|councils) (?:will|should|must|shall|(?:is|are) (?:each |both |jointly |also |going )?to"
    r"|has until [^,]{3,25} to)"
    r"(?:, [^,]{2,60},)? (?:also |then |each |in addition |therefore )*(?:(?:within|by|before) "
    r"[^,]{3,50}, )?"
    r"(?!be\b|not\b|need\b|do\b|still\b|have (?:no|to|until|had|known|been|seen|regard)\b|receive\b"
    r"|benefit\b|want\b|wish\b)\w+"
)


def is_descriptive(lower: str) -> bool:
    """Whether a folded sentence only describes or explains."""
    return bool(_DESCRIPTIVE.match(lower))
