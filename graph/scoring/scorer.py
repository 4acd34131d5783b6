"""Precision, recall and F1 of records against hand-made annotation, for each kind.

Gold files follow the guideline in ``tests/gold/README.md``: an inner list names the
acceptable ids of one fact; optional ids count neither way; citations are compared at
section level; only remedies of the decision itself are scored. Matching is one to one
and as favourable as the annotation allows, so that a record is never punished twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from graph.facts import FAULTS
from graph.triples.provision import act, at_section_level
from ontology.model import Decision, Evidence, Remedy

Gold = Mapping[str, Any]
"""One annotation file, as JSON."""

KINDS = (
    "header", "paragraphs", "complainants", "faults", "no-fault findings", "findings by part",
    "injustices", "remedies", "amounts", "due dates", "remedy status", "reasons", "provisions",
    "guidance", "bodies", "body roles",
)  # fmt: skip
FACTS = (
    "faults", "no-fault findings", "injustices", "remedies", "reasons", "provisions", "guidance",
    "bodies",
)  # fmt: skip
"""The kinds that are facts of a case: the ones counted together."""
SCORED_STATUSES = ("agreed", "recommended", "refused")
"""Statuses of remedies of the decision itself, not of those done or offered before."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a record says, with the rules and models that read it."""

    text: str
    rules: frozenset[str] = frozenset()

    def of(self, reference: str) -> Item:
        """The item, named by its decision."""
        return Item(f"{reference}: {self.text}", self.rules)


@dataclass(slots=True)
class Score:
    """What is right, too much and missing, for one kind."""

    right: list[Item] = field(default_factory=list)
    extra: list[Item] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def said(self) -> int:
        """Items that the records say, without those that annotation leaves open."""
        return len(self.right) + len(self.extra)

    @property
    def wanted(self) -> int:
        """Items that the annotation asks for."""
        return len(self.right) + len(self.missing)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 when nothing was said."""
        return len(self.right) / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of what should be said that was; 1 when nothing should."""
        return len(self.right) / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.said + self.wanted
        return 2 * len(self.right) / total if total else 1.0

    def add(self, other: Score) -> None:
        """Add another score's counts to this one."""
        self.right += other.right
        self.extra += other.extra
        self.missing += other.missing


def score(pairs: Iterable[tuple[Decision, Gold]]) -> dict[str, Score]:
    """Scores by kind over pairs of record and annotation; items are named by reference."""
    totals = {kind: Score() for kind in KINDS}
    for decision, gold in pairs:
        for kind, one in score_decision(decision, gold).items():
            reference = decision.reference or decision.source.name
            one.right = [item.of(reference) for item in one.right]
            one.extra = [item.of(reference) for item in one.extra]
            one.missing = [f"{reference}: {item}" for item in one.missing]
            totals[kind].add(one)
    return totals


def micro(scores: Mapping[str, Score]) -> Score:
    """The facts of the cases, counted together."""
    together = Score()
    for kind in FACTS:
        together.add(scores[kind])
    return together


def score_decision(decision: Decision, gold: Gold) -> dict[str, Score]:
    """Scores by kind for one record."""
    remedies, amounts, due, status = _remedies(decision, gold)
    bodies, roles = _bodies(decision, gold)
    return {
        "header": _header(decision, gold),
        "paragraphs": _paragraphs(decision, gold),
        "complainants": _complainants(decision, gold),
        "faults": _facts(
            [_item(type_, f) for f in decision.findings if f.status in FAULTS for type_ in f.types],
            gold["faults"],
            gold.get("faults_optional", ()),
        ),
        "no-fault findings": _no_fault(decision, gold),
        "findings by part": _by_part(decision, gold),
        "injustices": _facts(
            [_item(injustice.type, injustice) for injustice in decision.injustices],
            gold["injustices"],
            (*gold.get("injustices_optional", ()), "no-injustice", "injustice-already-remedied"),
        ),
        "remedies": remedies,
        "amounts": amounts,
        "due dates": due,
        "remedy status": status,
        "reasons": _facts(
            [_item(reason.type, reason) for reason in decision.reasons],
            gold["reasons"],
            gold.get("reasons_optional", ()),
        ),
        "provisions": _provisions(decision, gold),
        "guidance": _set(
            [_item(c.id, c) for c in decision.citations if c.kind == "guidance" and c.id],
            set(gold["guidance"]),
            set(gold.get("guidance_optional", ())),
        ),
        "bodies": bodies,
        "body roles": roles,
    }


class _Read(Protocol):
    """An entry of a record that has evidence."""

    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


def _item(text: str, read: _Read) -> Item:
    return Item(text, frozenset(e.rule for e in read.evidence))


def _set(said: Iterable[Item], wanted: set[str], optional: set[str]) -> Score:
    """What is named once however often it is said, with the rules of all its entries."""
    rules: dict[str, frozenset[str]] = {}
    for item in said:
        rules[item.text] = rules.get(item.text, frozenset()) | item.rules
    items = [Item(text, rules[text]) for text in sorted(rules)]
    return Score(
        right=[item for item in items if item.text in wanted],
        extra=[item for item in items if item.text not in wanted | optional],
        missing=sorted(wanted - rules.keys() - optional),
    )


def _header(decision: Decision, gold: Gold) -> Score:
    said = {
        "reference": decision.reference,
        "authorities": [authority.id for authority in decision.authorities],
        "category": decision.category.name,
        "subcategory": decision.category.subcategory,
        "outcome": decision.outcome,
        "date": decision.date.isoformat() if decision.date else None,
        "document_type": decision.document_type,
        "disposition": decision.disposition,
        "satisfied": decision.satisfied.isoformat() if decision.satisfied else None,
    }
    result = Score()
    for name, read in said.items():
        value, wanted = read, gold.get(name)
        if name == "authorities" and wanted is not None and len(wanted) != len(read or ()):
            value = sorted(read or (), key=str)
        if value == wanted:
            result.right.append(Item(name))
        else:
            result.extra.append(Item(f"{name} {value!r}"))
            result.missing.append(f"{name} {wanted!r}")
    return result


def _paragraphs(decision: Decision, gold: Gold) -> Score:
    if gold.get("paragraphs") is None:
        return Score()
    count = sum(paragraph.number is not None for paragraph in decision.paragraphs)
    if count == gold["paragraphs"]:
        return Score(right=[Item(f"{count} paragraphs")])
    return Score(extra=[Item(f"{count} paragraphs")], missing=[f"{gold['paragraphs']} paragraphs"])


_COUPLE = re.compile(r"^(\w+) and (\w+) (\w+)$")


def _complainants(decision: Decision, gold: Gold) -> Score:
    def people(names: Iterable[str]) -> set[str]:
        found = set()
        for name in names:
            couple = _COUPLE.match(name)
            found |= {f"{couple[1]} {couple[3]}", f"{couple[2]} {couple[3]}"} if couple else {name}
        return found

    optional = people(gold.get("complainants_optional", ()))
    said = map(Item, people(decision.complainants))
    return _set(said, people(gold["complainants"]), optional)


def _facts(said: Sequence[Item], wanted: Sequence[Sequence[str]], optional: Iterable[str]) -> Score:
    """One-to-one matching of ids to facts, each of which names its acceptable ids."""
    pairs = matched(len(said), len(wanted), lambda i, j: 1.0 if said[i].text in wanted[j] else 0.0)
    free = set(optional)
    return Score(
        right=[said[i] for i in sorted(pairs)],
        extra=[item for i, item in enumerate(said) if i not in pairs and item.text not in free],
        missing=["/".join(w) for j, w in enumerate(wanted) if j not in pairs.values()],
    )


def matched(rows: int, columns: int, fit: Callable[[int, int], float]) -> dict[int, int]:
    """The best one-to-one matching of rows to columns; a fit of 0 never matches."""
    import networkx as nx

    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for row in range(rows):
        for column in range(columns):
            weight = fit(row, column)
            if weight > 0:
                graph.add_edge(("row", row), ("column", column), weight=weight)
    found: dict[int, int] = {}
    for one, other in nx.max_weight_matching(graph, maxcardinality=True):
        row_node, column_node = (one, other) if one[0] == "row" else (other, one)
        found[row_node[1]] = column_node[1]
    return found


def _no_fault(decision: Decision, gold: Gold) -> Score:
    if gold.get("no_fault_findings_optional"):
        return Score()
    said = [_item("no-fault finding", f) for f in decision.findings if f.status == "no-fault"]
    wanted = int(gold.get("no_fault_findings", 0))
    # annotation counts them; of too many, the last are taken to be too much
    return Score(
        right=said[:wanted],
        extra=said[wanted:],
        missing=["no-fault finding"] * (wanted - len(said)),
    )


def _by_part(decision: Decision, gold: Gold) -> Score:
    wanted = {f"{part} {status}" for part, status in gold.get("findings_by_part", {}).items()}
    if not wanted:
        return Score()
    said = [
        _item(f"{f.part} {'fault' if f.status in FAULTS else f.status}", f)
        for f in decision.findings
        if f.part
    ]
    # a part with fault in one respect and none in another is a part with fault
    faulty = {f"{one.text.split()[0]} no-fault" for one in said if one.text.endswith(" fault")}
    return _set((one for one in said if one.text not in faulty), wanted, set())


def _remedies(decision: Decision, gold: Gold) -> tuple[Score, Score, Score, Score]:
    said = [remedy for remedy in decision.remedies if remedy.status in SCORED_STATUSES]
    wanted = gold["remedies"]
    pairs = matched(len(said), len(wanted), lambda i, j: _fit(said[i], wanted[j]))
    optional = set(gold.get("remedies_optional", ()))
    remedies = Score(
        right=[_shown(said[i]) for i in sorted(pairs)],
        extra=[
            _shown(remedy)
            for i, remedy in enumerate(said)
            if i not in pairs and (remedy.type not in optional or _forbidden(remedy, gold))
        ],
        missing=[
            f"{'/'.join(w['type'])} {w.get('amount') or ''}".strip()
            for j, w in enumerate(wanted)
            if j not in pairs.values()
        ],
    )
    due, status = Score(), Score()
    for i, j in sorted(pairs.items()):
        date = said[i].due.date.isoformat() if said[i].due and said[i].due.date else None  # type: ignore[union-attr]
        _compare(due, said[i], date, wanted[j].get("due"))
        _compare(status, said[i], said[i].status, wanted[j].get("status"))
    return remedies, _amounts(said, wanted, optional), due, status


def _compare(score_: Score, remedy: Remedy, value: str | None, wanted: str | None) -> None:
    shown = _shown(remedy)
    if value == wanted:
        score_.right.append(shown)
    else:
        score_.extra.append(Item(f"{shown.text} {value}", shown.rules))
        score_.missing.append(f"{shown.text} {wanted}")


def _shown(remedy: Remedy) -> Item:
    text = f"{remedy.type} {remedy.amount}" if remedy.amount is not None else remedy.type
    return _item(text, remedy)


def _forbidden(remedy: Remedy, gold: Gold) -> bool:
    return remedy.amount is not None and remedy.amount in [
        Decimal(sum_) for sum_ in gold.get("forbidden_amounts", ())
    ]


def _fit(remedy: Remedy, wanted: Mapping[str, Any]) -> float:
    if remedy.type not in wanted["type"]:
        return 0.0
    if not _same_sum(remedy, wanted):
        return 0.0
    fit = 2.0 - 0.1 * wanted["type"].index(remedy.type)
    due = remedy.due.date.isoformat() if remedy.due and remedy.due.date else None
    fit += 0.3 * (due == wanted.get("due"))
    fit += 0.2 * (remedy.status == wanted.get("status"))
    fit += 0.4 * bool(
        remedy.recipient
        and wanted.get("recipient")
        and remedy.recipient.lower() in wanted["recipient"].lower()
    )
    return float(fit)


def _same_sum(remedy: Remedy, wanted: Mapping[str, Any]) -> bool:
    if wanted.get("amount") is None:
        return remedy.amount is None or "amount" not in wanted
    if remedy.amount is None:
        return False
    sums = {remedy.amount, remedy.total}
    if wanted.get("total") is not None:
        return Decimal(wanted["total"]) in sums or (
            remedy.total is None and Decimal(wanted["amount"]) == remedy.amount
        )
    return Decimal(wanted["amount"]) == remedy.amount


def _amounts(
    said: Sequence[Remedy], wanted: Sequence[Mapping[str, Any]], optional: set[str]
) -> Score:
    paid = [remedy for remedy in said if remedy.amount is not None]
    due = [w for w in wanted if w.get("amount") is not None]
    pairs = matched(len(paid), len(due), lambda i, j: 1.0 if _same_sum(paid[i], due[j]) else 0.0)
    return Score(
        right=[_shown(paid[i]) for i in sorted(pairs)],
        extra=[_shown(r) for i, r in enumerate(paid) if i not in pairs and r.type not in optional],
        missing=[str(w["amount"]) for j, w in enumerate(due) if j not in pairs.values()],
    )


def _provisions(decision: Decision, gold: Gold) -> Score:
    def shown(id_: str, role: str) -> str:
        return f"{at_section_level(id_)} ({role})"

    cited = [c for c in decision.citations if c.kind == "statute"]
    paths = [at_section_level(c.id) for c in cited if c.id is not None]
    # a Part is no section: annotation names its Act, unless sections of that are cited
    closer = {act(path) for path in paths if not _is_part(path)}
    said = [
        _item(shown(act(c.id) if _is_part(c.id) else c.id, c.role), c)
        for c in cited
        if c.id is not None and not (_is_part(c.id) and act(c.id) in closer)
    ]
    wanted = {shown(c["id"], c["role"]) for c in gold["citations"]}
    free = {
        shown(id_, role)
        for id_ in gold.get("citations_optional", ())
        for role in ("jurisdiction", "substantive")
        if isinstance(id_, str)
    } | {
        shown(c["id"], c["role"]) for c in gold.get("citations_optional", ()) if isinstance(c, dict)
    }
    return _set(said, wanted, free)


def _is_part(path: str) -> bool:
    return "/part/" in path or "/chapter/" in path


def _bodies(decision: Decision, gold: Gold) -> tuple[Score, Score]:
    optional = set(gold.get("bodies_optional", ()))
    wanted = {body["id"]: set(body["roles"]) for body in gold["bodies"]}
    shared = [body for body in decision.bodies if body.id in wanted]
    roles = _set(
        [_item(f"{body.id} {role}", body) for body in shared for role in body.roles],
        {f"{body.id} {role}" for body in shared for role in wanted[body.id]},
        set(),
    )
    return _set([_item(body.id, body) for body in decision.bodies], set(wanted), optional), roles
