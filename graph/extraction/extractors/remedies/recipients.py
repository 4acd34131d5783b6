"""Who gets a remedy: the person or people an action names, as the decision prints them.

A pronoun means the person named before it, or the only complainant.
"""

from __future__ import annotations

import re

from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.money import Sum
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading

_TITLED = r"(?:mr|mrs|miss|ms|mx|dr) [a-z]\b(?:'s)?"
_TITLED_LIST = compiled(
    r"(?:mr|mrs|miss|ms|mx|dr)(?: and (?:mr|mrs|miss|ms|mx|dr))? [a-z]\b(?:(?:,| and|, "
    r"and)(?: to)? (?:(?:mr|mrs|miss|ms|mx|dr) )?[a-z]\b)*"
)
_RECIPIENT_PAY = compiled(
    r"\b(?:pay|paying|pays|award|give|offer|reimburs\w*|refund\w*|repay\w*"
    r"|compensat\w*)\s+(?:each of )?(?P<to>(?:the |her |his |their )?[\w' "
    r",-]{2,60}?)\s+(?:(?:a|an|the|another|further|additional|total|sum|payment|symbolic|of|in"
    r"|amount|extra|and|also|modest|each|up|financial|remedy) )*(?=£|\d|$)"
)
_RECIPIENT_TO = compiled(
    r"^[^£.;]{0,30}?\bto (?P<to>(?:each of )?(?:the |her |his |their )?[\w' -]{2,50}?)(?=$"
    r"|[,.;)]|\s+(?:for|to|in|because|as|and £|within|who|reflect|recognis|which|on)\b)"
)
_ORDINAL = compiled(
    r"(?:^|,|\band\b)\s*(?:to )?(?P<to>(?:the )?(?:first|second|third|fourth|fifth|other"
    r"|oldest|younger|older)(?: \w+)?)\s+$"
)
_NAMED_BEFORE = compiled(
    rf"(?P<to>{_TITLED}(?: and {_TITLED})?|(?:the|her|his|their) [a-z' ]{{3,30}})\s+$"
)
_APOLOGY_TO = compiled(
    r"apolog\w+ (?:in writing |again |fully |sincerely |personally |separately )*(?:to "
    r")(?P<to>[\w' ,-]{2,60}?)(?=$|[.;:(]|\s+(?:for|in|and (?:pay|to|make)|that|because|about"
    r"|as|within|by|in writing|with|to)\b)|(?:write|writ\w+|letter|apology) (?:\w+ ){0,3}?to "
    r"(?P<to2>[\w' ,-]{2,60}?)(?= (?:separately )?to apolog| (?:and|with) (?:an )?apolog|$"
    r"|[.;]| for\b| that\b)"
)
_PRONOUN = compiled(
    r"^(?:him|her|them|they|both|all|each|the complainants?|both of them|each of them)$"
)
_PEOPLE = compiled(
    rf"{_TITLED}|^[a-z]$|\b(?:child|children|sons?|daughters?|mother|father|parents?|carers?|couple"
    rf"|family|families|"
    r"woman|women|man|men|girl|boy|teenager|aunt|uncle|grandparents?|sisters?|brothers?|wife"
    r"|husband|partner|widow|widower|"
    r"estate|residents?|households?|tenants?|complainants?|neighbours?|people|person|pupils?"
    r"|applicants?|first|second|third|"
    r"fourth|fifth|others?|siblings?|students?|staff|executors?|owners?|leaseholders?|group)\b"
)
_SERVICE = compiled(r"\b(?:staff|officers?|policy|procedure|process|training|other|review its)\b")
_TRIM = compiled(r"^(?:the|a|an|to|both) |(?:,| and)$")


def payee(
    reading: Reading, action: Action, main: Sum, begin: int, end: int, last: str | None
) -> str | None:
    """Who is paid a sum that stands in ``action.text`` between ``begin`` and ``end``.

    ``last`` is the recipient named last before it.
    """
    before = action.text[begin : main.start]
    after = action.text[main.end : end]
    for pattern, text in ((_ORDINAL, before), (_RECIPIENT_PAY, before + "£")):
        match = pattern.search(text)
        if match:
            return _named(reading, match["to"], last)
    match = _RECIPIENT_TO.search(after)
    if match:
        return _named(reading, match["to"], last)
    match = _NAMED_BEFORE.search(before)
    if match and begin:
        return _named(reading, match["to"], last)
    return last or _sole(reading)


def recipient(reading: Reading, action: Action, type_: str, last: str | None) -> str | None:
    """Who an action that is no payment is for; None for what only changes a service."""
    if type_ == "apology":
        match = _APOLOGY_TO.search(action.text)
        if match:
            return _named(reading, match["to"] or match["to2"], last)
        return _sole(reading)
    if _SERVICE.search(action.text):
        return None
    match = re.search(_TITLED, action.text)
    if match:
        return _cased(reading, match.group().removesuffix("'s"))
    return None


def _named(reading: Reading, words: str, last: str | None) -> str | None:
    words = words.strip(" ,'")
    titled = _TITLED_LIST.search(words)
    if titled:
        return _cased(reading, titled.group())
    for _ in range(3):
        words = _TRIM.sub("", words).strip()
    if _PRONOUN.match(words) or not _PEOPLE.search(words):
        return last or _sole(reading)
    return _cased(reading, words)


def _cased(reading: Reading, words: str) -> str:
    """The words as the decision prints them, capitals and all."""
    at = reading.lower.find(words)
    return reading.document.text[at : at + len(words)] if at >= 0 else words


def _sole(reading: Reading) -> str | None:
    people = reading.complainants
    return people[0] if len(people) == 1 else " and ".join(people) or None
