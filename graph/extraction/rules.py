"""Rules as data: patterns with the examples that prove them.

A file ``rules/<name>.toml`` holds ``[fragments]`` (named pieces of pattern, used as
``{{name}}``) and ``[[rule]]`` tables: ``id``, ``label`` (what a match means, an id of a
vocabulary), ``pattern`` (Python regular expression over folded lower-case text; line
breaks and indentation in it are dropped), ``examples`` that it must match and
``counterexamples`` that it must not. Order in the file is order of precedence. The
examples are written for the project in the idiom of the genre; they prove a rule, and
whole annotated decisions measure it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graph.extraction.first_letters import compiled

_FOLDER = Path(__file__).with_name("rules")
_FRAGMENT = re.compile(r"\{\{(\w+)\}\}")
_LINE_BREAK = re.compile(r"\n\s*")


class RuleError(ValueError):
    """A rule file that cannot be used; the message names the rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern and what a match of it means."""

    id: str
    label: str
    pattern: re.Pattern[str] = field(compare=False)
    """May be narrowed to some of its alternatives: the id alone tells rules apart."""
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of ``rules/<name>.toml``, in order of precedence, compiled on first use.

    Raises :class:`RuleError` for an unknown fragment, a pattern that does not compile
    or an id that stands twice.
    """
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    fragments = _expanded(table.get("fragments", {}))
    found = tuple(_rule(name, entry, fragments) for entry in table["rule"])
    ids = [rule.id for rule in found]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise RuleError(f"{name}.toml: the rule id {rule_id} stands twice")
    return found


def names() -> list[str]:
    """Names of all rule files, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def first(name: str, lower: str) -> Rule | None:
    """The first rule of a file that matches ``lower`` anywhere."""
    for rule in rules(name):
        if rule.pattern.search(lower):
            return rule
    return None


def _expanded(fragments: dict[str, str]) -> dict[str, str]:
    done: dict[str, str] = {}
    for name, pattern in fragments.items():
        done[name] = _fill(f"fragment {name}", pattern, done)
    return done


def _rule(name: str, entry: dict[str, Any], fragments: dict[str, str]) -> Rule:
    where = f"{name}.toml: rule {entry.get('id', '?')}"
    try:
        pattern = compiled(_fill(where, entry["pattern"], fragments))
    except re.error as error:
        raise RuleError(f"{where}: its pattern does not compile ({error})") from error
    return Rule(
        id=entry["id"],
        label=entry["label"],
        pattern=pattern,
        examples=tuple(entry["examples"]),
        counterexamples=tuple(entry.get("counterexamples", ())),
    )


def _fill(where: str, pattern: str, fragments: dict[str, str]) -> str:
    def piece(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise RuleError(f"{where}: there is no fragment {{{{{match[1]}}}}} above it")
        return f"(?:{fragments[match[1]]})"

    return _FRAGMENT.sub(piece, _LINE_BREAK.sub("", pattern).strip())
