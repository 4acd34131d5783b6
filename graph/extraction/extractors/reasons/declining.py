"""Words in which the Ombudsman declines to look at something, or looks all the same."""

from __future__ import annotations

from graph.extraction.first_letters import compiled
from graph.extraction.scan import watch

_ADVERBS = (
    r"(?:(?:have|has|had|did|do|does|am|are|is|will|shall|would|could|can|should|may|also|"
    r"therefore|thus|so|now|then|however|accordingly|still|simply|decided|chosen|only|normally|"
    r"usually),? )*"
)
_LOOK = (
    r"(?:(?:re-?)?investigat\w*|look(?:ed|ing)? (?:at|into|in)|(?:re-?)?examin\w*|pursu\w*|"
    r"go(?:ne|ing)? (?:into|back|over|behind)|deal(?:t|ing)? with|take (?:up|on|this|it)|"
    r"look(?:ed|ing)? (?:behind|again)|re-?visit\w*|repeat\w*|re-?open\w*|"
    r"includ\w*|cover\w*|comment\w* on|exercis\w* (?:\w+ )?discretion|"
    r"consider(?:ed|ing)?(?! (?:that|there|it (?:was|is|to|would|fair|appropriate|necessary|right)|"
    r"any|this (?:was|is|to|caus)|whether)\b))"
)
_US = r"(?:i|we|(?:the )?ombudsm[ae]n)"
DECLINES = watch(
    compiled(
        # "I have not investigated", "we cannot look at"; "we do not consider" is an opinion
        rf"\b(?:i|we|ombudsm[ae]n) (?!do not consider|does not consider){_ADVERBS}"
        rf"(?:not|cannot|unable|never)\b,? (?:[\w,]+ ){{0,3}}?{_LOOK}"
        rf"|\bn(?:or|either) (?:have|has|did|do|does|can|could|will|shall|may|would|am|are) {_US}\b"
        rf"(?! (?:consider|think|find|found|see|saw|agree|accept|believe|say)\b)"
        rf"|\bneither [^.]{{0,40}} nor {_US} can\b"
        rf"|\bwe (?:will not|shall not|cannot|can not) or (?:will|can) ?not\b"
        r"|\b(?:i|we|ombudsman) do(?:es)? not consider (?:[\w'-]+ ){0,3}"
        r"(?:handling|late complaints?)\b(?! (?:was|is))"
        r"|\b(?:was|were|is|are|been|be) not (?:been )?(?:investigated|looked (?:at|into))\b"
        r"|\bcannot be (?:investigated|considered)\b"
        r"|\b(?:outside|beyond|not (?:with)?in|out of|no part of|not part of) "
        r"(?:our|my|the ombudsm[ae]n'?s?'?|the scope of|this investigation|the (?:time limit"
        r"|law))\b"
        r"|\bno (?:powers?|jurisdiction|authority|remit) (?:to (?:look|investigat|consider|deal|go"
        r"|examin)|over)|\bover (?:which|whom) (?:i|we) have no\b"
        r"|\b(?:not|neither|nor) (?:an? )?(?:body|organisation)s? (?:with)?in (?:our|my|the)\b"
        r"|\b(?:has|have|had|is|are|was) (?:been |best )?left to (?:the|it|them|another)\b"
        r"|\b(?:should|must|needs? to|ought to) (?:first|have (?:a|the|its) "
        r"(?:chance|opportunity))\b"
        r"|\bnothing (?:more|further|else) (?:that )?(?:i|we) (?:can|could)\b"
        r"|\b(?:see|seen|is|are|find|be) no (?:good )?(?:grounds?|reasons?) "
        r"(?:to|for|why) (?:\w+ ){0,3}?(?:look|exercis|consider|investigat|accept|discretion)"
        r"|\b(?:i|we) (?:have )?decided against (?:\w+ )?(?:investigat|look|exercis)\w*"
        r"|\b(?:limited|restricted|confined) (?:my|our|the|this) investigation"
        r"|\binvestigation (?:is|was|has been) (?:limited|restricted|confined)"
        r"|\binvestigation (?:does|did|has|will) not (?:cover|includ|extend|go|look)"
        r"|\b(?:left|leav(?:e|ing)) (?:[\w()]+ ){0,4}(?:out|aside|alone|to one side)\b"
        r"|\bno (?:say|voice) (?:in|over|about)\b|\b(?:our|my) authority stops\b"
        r"|\b(?:was|is|were) lost to (?:me|us)\b|\bi express no view\b|\bwe express no view\b"
        r"|\b(?:set (?:\w+ ){0,2}aside|put (?:\w+ ){0,2}to one side)\b"
        r"|\b(?:beyond|outside|out of) (?:my|our) (?:reach|hands|power)|\bnot (?:mine|ours)\b"
        r"|\bnot (?:an? )?(?:something|one|thing|matters?|questions?|things|bod(?:y|ies)|"
        rf"organisations?) (?:that |which )?{_US}\b"
        r"|\bnot for (?:me|us|the ombudsm[ae]n) to (?:look|investigat|consider|examin|go|deal"
        r"|decid|disciplin|re)"
        r"|\bnot (?:be )?for (?:me|us|an? ombudsm[ae]n|the ombudsm[ae]n)\b(?! to\b)"
        r"|\bnot (?:our|my|the ombudsm[ae]n's) (?:role|job|task|function|place) to disciplin"
        r"|\b(?:i|we) have only (?:looked|considered|investigated|gone)\b"
        r"|\b(?:i|we) have (?:looked|considered|investigated|gone) only\b"
        r"|\b(?:looked at|considered|investigated|gone into) (?:[\w()]+ ){1,4}only (?:as far as"
        r"|up to|to|until|from|since)\b"
        r"|\b(?:anything|what (?:happened|came)|the rest|events?|matters?) (?:is|are|earlier"
        r"|before|"
        r"after)"
        r"[^.]{0,40}\b(?:late|too (?:old|long)|out of time)\b"
        r"|\b(?:i|we) have (?:looked at|investigated|considered|gone into) nothing\b"
        r"|\b(?:i|we) (?:say nothing|make no comment|express no view|take no view) (?:on|about)"
        r"|\b(?:i|we) have nothing (?:\w+ )?to add\b"
        r"|\bnothing (?:\w+ )?(?:that )?(?:i|we) (?:can|could) (?:\w+ )?add\b"
        r"|\b(?:gone|go|looked|look|goes) (?:back )?no (?:further|earlier)\b|\bclosed to (?:me"
        r"|us)\b"
        r"|\b(?:prevents?|bars?|stops?|rules? out|forbids?|keeps?) (?:me|us|our|my)\b"
        r"|\b(?:puts?|places?|takes?) (?:this|that|it|these|those|them) (?:out of|beyond|outside)\b"
        r"|\b(?:does|do|did) not (?:allow|let|permit|give) (?:me|us)\b"
        r"|\b(?:i|we) (?:have )?(?:leave|left|must leave) (?:that|this|it|them|those) (?:to|for)\b"
        r"|\bdiscontinued (?:(?:my|our|the) investigation (?:of|into) )?(?:that|this|part)\b"
    )
)
CUE = watch(
    compiled(
        r"\bnot\b|cannot|\bno\b|outside|beyond|against|limited|restricted|confined|unable|left|"
        r"discontin"
        r"|never|out of|aside|to one side|nothing|prevent|\bbar|stops?\b|rule|forbid|closed|leav|"
        r"only|late\b|\btoo\b|\bnor\b|neither|keeps|puts?\b|alone"
    )
)
DONE = watch(
    compiled(
        r"\b(?:i|we) (?:have|did) (?:\w+,? )?not (?:\w+ )?"
        r"(?:investigat|look|exercis|gone|consider(?:ed)? (?!that|there))\w*"
        r"|\b(?:i|we) have (?:\w+ )?decided not to (?:investigat|look|consider|exercis)"
        r"|\bnor (?:have|did) (?:i|we) (?:investigat|look|consider|gone|go )\w*"
        r"|\b(?:since|so|therefore|because)\b[^.]{0,80}\b(?:i|we) (?:have no power|cannot|may not) "
        r"(?:to )?(?:consider|investigat|look)"
        r"|\b(?:for|by) (?:a|the) (?:court|tribunal|judge|inspector)\b[^.]{0,30}\bnot for "
        r"(?:me|us|an? ombudsm[ae]n)"
    )
)
"""A refusal of this case among paragraphs about law or events."""
ACCEPTED = compiled(
    r"\b(?:did|does|do) not (?:stop|prevent|bar|keep) (?:me|us|my|our)\b|"
    r"(?<!not )\b(?:exercised|used) (?:(?:my|our|his|her|the) )?discretion to (?!not)"
    r"|(?<!not )\b(?:nevertheless|nonetheless|all the same|even so),? (?:decided to )?"
    r"(?:investigat|consider|look|gone|includ)\w*"
    r"|\bdecided to (?:investigat|look|consider|accept|includ|exercis|go back)\w*"
    r"|\b(?:i|we) have (?:gone|looked) back\b(?! no)"
    r"|(?<!no )\bgood reasons? to (?:look|investigat|consider|accept|go back|exercise)"
)
"""What could have been refused and was looked at all the same."""
