"""Which kind of remedy an act is: by rules over its main clause, else by the model.

What an act is stands in its verb and object; what follows ("so that ...", "which ...")
says why or for whom. Rules therefore read the main clause first, and the whole act only
when nothing is found there.
"""

from __future__ import annotations

from functools import lru_cache

from graph.extraction.classifier import model
from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.main_act import VERB, main_act
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule, rules

MODEL = "model.remedy"
_LIKELY = -0.5
"""Margin from which the model is believed where no rule matches."""
_NOT_ACTIONS = ("none", "none-further", "none-possible")
_BROAD = ("remedy.improvement-broad",)
"""Rules that speak only when no other does, wherever in the act that matches."""
_OF_THE_WHOLE = ("remedy.consider-report", "remedy.apology")
"""Rules that hold wherever they match: "write to her, explaining this and apologising"."""
_INSERTED = compiled(r",? (?:within|by|before) [^,]{3,60}?, ")
_SUBORDINATE = compiled(
    r",? (?:so that|so as to|in order to|to (?:ensure|make sure|avoid|prevent|show|see)|which|who"
    r"|or (?:else )?(?:explain|say|tell|give)|whose|where|when|until|unless|because|if|since the"
    r"|before|after|in (?:which|whom)"
    r"|on which|for (?:which|whom)|to (?:which|whom))\b"
)
_NEXT_ACT = compiled(rf",? and (?={VERB}\b)|, (?={VERB}\b)")
_SHORT = 2
"""Words that a main clause has at least."""


def remedy_type(reading: Reading, action: Action) -> tuple[str, str] | None:
    """(remedy type, rule or model) of an act, or None when nothing is sure enough."""
    act, inserted = _INSERTED.subn(" ", main_act(action.text))
    head = main_clause(act)
    # what can match was looked up in the words as printed, deadline and all
    printed = not inserted and act in action.text
    able = _able(reading, action) if printed else rules("remedy-types")
    exact = [rule for rule in able if rule.id not in _BROAD]
    whole = [rule for rule in able if rule.id in _OF_THE_WHOLE]
    for tried, text in ((whole, action.text), (exact, head), (able, act), (able, action.text)):
        found = next((rule for rule in tried if rule.pattern.search(text)), None)
        if found:
            return found.label, found.id
    label, margin = _likeliest(act)
    if margin >= _LIKELY and label not in _NOT_ACTIONS and not label.startswith("financial"):
        return label, f"{MODEL}.{label}"
    return None


def _able(reading: Reading, action: Action) -> tuple[Rule, ...]:
    return tuple(reading.candidates("remedy-types", action.sentence))


def main_clause(act: str) -> str:
    """The act without the clauses that say why, for whom or when."""
    for pattern in (_SUBORDINATE, _NEXT_ACT):
        for match in pattern.finditer(act):
            if len(act[: match.start()].split()) > _SHORT:
                act = act[: match.start()]
                break
    return act


@lru_cache(maxsize=8)
def _likeliest(text: str) -> tuple[str, float]:
    """The model's answer, kept because an act is asked about more than once."""
    return model("remedy").best(text)
