"""Every rule against the examples beside it: they prove a rule, gold measures it."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extraction import rules
from graph.extraction.folding import fold
from graph.extraction.rules import Rule
from ontology.vocabulary import vocabulary

BY_PRECEDENCE = ("fault-types", "remedy-types")
"""Files of which only the first rule that matches counts; in the others all may."""
SCHEMES = {
    "body-roles": "body-role",
    "fault-types": "fault",
    "injustice-types": "injustice",
    "payment-purposes": "injustice",
    "reasons": "reason",
    "remedy-types": "remedy",
}
"""Files whose labels are concepts of a scheme; labels of the others mean a step of reading."""


def _rules(*names: str) -> list[Any]:
    return [
        pytest.param(name, rule, id=f"{name}:{rule.id}")
        for name in names
        for rule in rules.rules(name)
    ]


def test_there_are_rules() -> None:
    assert set(BY_PRECEDENCE) <= set(rules.names())
    assert set(SCHEMES) <= set(rules.names())


@pytest.mark.parametrize(("name", "rule"), _rules(*rules.names()))
def test_a_rule_has_examples_in_folded_form(name: str, rule: Rule) -> None:
    assert rule.examples, f"{name}.toml: {rule.id} has no example"
    for text in (*rule.examples, *rule.counterexamples):
        assert text == fold(text), f"{name}.toml: {rule.id}: write {text!r} in folded lower case"


@pytest.mark.parametrize(("name", "rule"), _rules(*rules.names()))
def test_a_rule_matches_its_examples(name: str, rule: Rule) -> None:
    unmatched = [text for text in rule.examples if not rule.pattern.search(text)]
    assert not unmatched, f"{name}.toml: {rule.id} as {rule.pattern.pattern}"


@pytest.mark.parametrize(("name", "rule"), _rules(*rules.names()))
def test_a_rule_matches_no_counterexample(name: str, rule: Rule) -> None:
    matched = [text for text in rule.counterexamples if rule.pattern.search(text)]
    assert not matched, f"{name}.toml: {rule.id} as {rule.pattern.pattern}"


@pytest.mark.parametrize(("name", "rule"), _rules(*BY_PRECEDENCE))
def test_no_rule_before_it_claims_its_examples(name: str, rule: Rule) -> None:
    claimed = {}
    for text in rule.examples:
        first = rules.first(name, text)
        if first is not rule:
            claimed[text] = first.id if first else None
    assert not claimed, f"{name}.toml: another rule claims examples of {rule.id}"


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_labels_are_concepts(name: str) -> None:
    known = vocabulary(SCHEMES[name])
    unknown = {rule.id: rule.label for rule in rules.rules(name) if rule.label not in known}
    assert not unknown


@pytest.mark.parametrize("name", rules.names())
def test_ids_say_their_entity(name: str) -> None:
    heads = {rule.id.partition(".")[0] for rule in rules.rules(name)}
    assert len(heads) == 1, f"{name}.toml: ids begin differently: {sorted(heads)}"


def test_a_pattern_that_does_not_compile_is_named(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_FOLDER", tmp_path)
    table = '[[rule]]\nid = "x.y"\nlabel = "z"\npattern = "("\nexamples = []\n'
    (tmp_path / "odd-one.toml").write_text(table, encoding="utf-8")
    with pytest.raises(rules.RuleError, match=r"odd-one\.toml: rule x\.y: its pattern"):
        rules.rules("odd-one")


def test_an_unknown_fragment_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_FOLDER", tmp_path)
    table = '[[rule]]\nid = "x.y"\nlabel = "z"\npattern = "{{gone}}"\nexamples = []\n'
    (tmp_path / "odd-two.toml").write_text(table, encoding="utf-8")
    with pytest.raises(rules.RuleError, match=r"there is no fragment \{\{gone\}\}"):
        rules.rules("odd-two")


def test_an_id_that_stands_twice_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_FOLDER", tmp_path)
    table = '[[rule]]\nid = "x.y"\nlabel = "z"\npattern = "z"\nexamples = []\n'
    (tmp_path / "odd-three.toml").write_text(table * 2, encoding="utf-8")
    with pytest.raises(rules.RuleError, match=r"x\.y stands twice"):
        rules.rules("odd-three")
