"""Forms of a verb: the command in "will have sent", "is to be paid" and "recommends it sends".

What kind of act words ask for is told by the verb in the form of a command; a decision
also writes "It will have sent her a letter" and "£200 is to be paid to her".
"""

from __future__ import annotations

from graph.extraction.first_letters import compiled

_IRREGULAR = {
    "sent": "send", "paid": "pay", "repaid": "repay", "taken": "take", "written": "write",
    "rewritten": "rewrite", "drawn": "draw", "made": "make", "held": "hold", "put": "put",
    "given": "give", "set": "set", "told": "tell", "met": "meet", "found": "find", "begun": "begin",
    "brought": "bring", "built": "build", "bought": "buy", "done": "do", "shown": "show",
    "spent": "spend", "written off": "write off", "got": "get", "gone": "go", "spoken": "speak",
    "lifted": "lift", "credited": "credit", "visited": "visit", "audited": "audit",
    "edited": "edit", "limited": "limit", "monitored": "monitor", "completed": "complete",
    "deleted": "delete", "invited": "invite", "laid": "lay", "taught": "teach", "sought": "seek",
    "read": "read", "cut": "cut", "let": "let", "heard": "hear", "reheard": "rehear",
    "cancelled": "cancel", "compiled": "compile", "promoted": "promote", "agreed": "agree",
    "stored": "store", "restored": "restore", "withdrawn": "withdraw", "remade": "remake",
    "retaken": "retake", "overturned": "overturn",
}  # fmt: skip
_PARTICIPLE = rf"(?:{'|'.join(sorted(_IRREGULAR, key=len, reverse=True))}|\w{{2,}}ed)"
_MUTE = compiled(
    r"(?:[cvuzg]|[aeioulrp]s|[^e]at|[^eo]ar|[^it]or|ur|uir|[iul][d]|ut(?<!out)|ir(?<!air)|pl|bl"
    r"|tl|sol|quot|not)$"
)
"""Endings of a stem that lost its mute e: "apologis-ed", "reimburs-ed", "shar-ed"."""


def command(participle: str) -> str:
    """The bare verb of a past participle: "sent" is of "send", "notified" of "notify"."""
    if participle in _IRREGULAR:
        return _IRREGULAR[participle]
    if participle.endswith("ied"):
        return participle[:-3] + "y"
    stem = participle[:-2]
    if stem[-2:] in ("bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt"):
        return stem[:-1]
    return stem + "e" if _MUTE.search(stem) else stem


_PERFECT = compiled(
    rf"(?:(?:by (?:then|that \w+)|also|then|already|in that time) )*(?:have )(?:(?:by (?:then|that"
    rf" \w+)|also|then|each|both) )*(?P<verb>{_PARTICIPLE})\b"
)


def of_perfect(act: str) -> str:
    """An act as a command: "have also sent a letter" is "send a letter"."""
    match = _PERFECT.match(act) or _BARE_PERFECT.match(act)
    if match is None:
        return _IN_PLACE.sub("put in place", act)
    return command(match["verb"]) + act[match.end() :]


_BARE_PERFECT = compiled(
    r"(?P<verb>sent|paid|taken|written|drawn|made|given|told|begun|brought|shown|gone|done"
    r"|withdrawn"
    r"|refunded|checked|reviewed|apologised|reminded|trained|changed|corrected|amended|arranged)\b"
)
"""What is left of "and will have gone through it" after the cut."""
_IN_PLACE = compiled(r"^have (?:ready|in (?:place|force|use|operation))\b")
_PASSIVE = compiled(
    r"(?:that )?(?P<what>(?!there\b|it\b|they\b|this\b|that\b|these\b|both\b|all (?:of )?(?:this"
    r"|these|that)\b|we\b|i\b|no\b)[^,;:.]{2,120}?),? (?:will"
    r"|should|must|shall|ought to|has to|have to|is to|are to|is now to|are now to)"
    rf" (?:also |then |now |each |both |all |therefore )*be (?:\w+ly )?(?P<verb>{_PARTICIPLE})\b"
)


_EXISTS = compiled(
    r"there (?:should|will|must|shall|is to|are to) (?:also |then |in addition )?be (?=an? |£"
    r"|(?:two|three) )"
)


def of_existence(act: str) -> str:
    """An act as a command: "there is to be a review of it" is "carry out a review of it"."""
    return _EXISTS.sub("carry out ", act, count=1) if act.startswith("there ") else act


_ASKED_FOR = compiled(
    rf".{{0,30}}\b(?:asked|pressed) for (?P<what>[^,;:.]{{2,60}}?) to be (?P<verb>{_PARTICIPLE})\b"
)


def of_passive(act: str) -> str | None:
    """An act as a command: "a letter is to be sent to her" is "send a letter to her"."""
    match = _PASSIVE.match(act) or _ASKED_FOR.match(act)
    if match is None:
        return None
    return f"{command(match['verb'])} {match['what']}{act[match.end() :]}"


def is_passive_act(lower: str) -> bool:
    """Whether a folded sentence asks for something to be done without saying by whom."""
    return "be " in lower and bool(_PASSIVE.search(lower))
