"""How far two annotators agree, who read the same decisions without seeing each other's work.

    python -m tests.agreement            print the table of tests/gold/README.md
    python -m tests.agreement --write    put it there, between its markers

Each set of gold holds both annotations beside the settled one: ``first`` and ``second``.
F1 is the share of agreement where nobody counts what neither names: twice the items both
name, by the items each names. A fact is the same when an id that one accepts is accepted by
the other. As scored, what one lists and the other calls optional counts neither way;
strictly, it is a disagreement.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.scoring.gold import read_gold
from graph.scoring.scorer import matched
from tests.accuracy import GOLD
from tests.generated import replaced

README = GOLD / "README.md"
SETS = ("worked", "held-out")
Annotation = Mapping[str, Any]
Agreed = tuple[int, int, int]
"""Items that both name, items of the first, items of the second."""

_HEADER = ("category", "subcategory", "outcome", "date", "document_type", "disposition")


def agreement(first: Annotation, second: Annotation) -> dict[str, Agreed]:
    """Agreement on one decision, by kind."""
    found = {"header": _same(*({name: one[name] for name in _HEADER} for one in (first, second)))}
    for kind in ("faults", "injustices", "reasons"):
        found[kind] = _facts(first, second, kind)
    counts = [int(one["no_fault_findings"]) for one in (first, second)]
    found["no-fault findings"] = (min(counts), counts[0], counts[1])
    found["findings by part"] = _same(
        first.get("findings_by_part", {}), second.get("findings_by_part", {})
    )
    found |= _remedies(first["remedies"], second["remedies"], first, second)
    found["provisions"] = _named(
        {(one["id"], one["role"]) for one in first["citations"]},
        {(one["id"], one["role"]) for one in second["citations"]},
        *(_free_citations(one) for one in (first, second)),
    )
    found["guidance"] = _listed(first, second, "guidance", lambda one: one)
    found["bodies"] = _listed(first, second, "bodies", lambda one: one["id"])
    return found


def _same(first: Mapping[str, Any], second: Mapping[str, Any]) -> Agreed:
    both = sum(name in second and second[name] == value for name, value in first.items())
    return both, len(first), len(second)


def _free_citations(one: Annotation) -> set[tuple[str, str]]:
    """Optional citations: an id in either role, or an id with its role."""
    free: set[tuple[str, str]] = set()
    for citation in one["citations_optional"]:
        if isinstance(citation, dict):
            free.add((citation["id"], citation["role"]))
        else:
            free |= {(citation, "substantive"), (citation, "jurisdiction")}
    return free


def _listed(first: Annotation, second: Annotation, kind: str, name: Callable[[Any], str]) -> Agreed:
    return _named(
        set(map(name, first[kind])),
        set(map(name, second[kind])),
        set(first.get(f"{kind}_optional", ())),
        set(second.get(f"{kind}_optional", ())),
    )


def _named(first: set[Any], second: set[Any], free: set[Any], other_free: set[Any]) -> Agreed:
    both = len(first & second)
    return both, both + len(first - second - other_free), both + len(second - first - free)


def _facts(first: Annotation, second: Annotation, kind: str) -> Agreed:
    one, other = first[kind], second[kind]
    pairs = matched(len(one), len(other), lambda i, j: float(bool({*one[i]} & {*other[j]})))
    return _counted(
        pairs,
        [{*types} & {*second[f"{kind}_optional"]} for types in one],
        [{*types} & {*first[f"{kind}_optional"]} for types in other],
    )


def _counted(pairs: Mapping[int, int], one: Sequence[Any], other: Sequence[Any]) -> Agreed:
    """``one`` and ``other`` tell of each item whether the other annotator calls it optional."""
    mine = sum(not free for i, free in enumerate(one) if i not in pairs)
    yours = sum(not free for j, free in enumerate(other) if j not in pairs.values())
    return len(pairs), len(pairs) + mine, len(pairs) + yours


def _remedies(
    one: Sequence[Annotation], other: Sequence[Annotation], first: Annotation, second: Annotation
) -> dict[str, Agreed]:
    def fit(i: int, j: int) -> float:
        if not {*one[i]["type"]} & {*other[j]["type"]} or not _sums(one[i]) & _sums(other[j]):
            return 0.0
        return 2.0 + 0.3 * (one[i].get("due") == other[j].get("due"))

    pairs = matched(len(one), len(other), fit)
    due = sum(one[i].get("due") == other[j].get("due") for i, j in pairs.items())
    status = sum(one[i]["status"] == other[j]["status"] for i, j in pairs.items())
    remedies = _counted(
        pairs,
        [{*remedy["type"]} & {*second["remedies_optional"]} for remedy in one],
        [{*remedy["type"]} & {*first["remedies_optional"]} for remedy in other],
    )
    return {
        "remedies": remedies,
        "due dates": (due, len(pairs), len(pairs)),
        "remedy status": (status, len(pairs), len(pairs)),
    }


def _sums(remedy: Annotation) -> set[str | None]:
    """A rate and its total are two readings of one sum."""
    sums: set[str | None] = {remedy.get("amount"), remedy.get("total")}
    return sums - {None} or sums


def table() -> str:
    """F1 between the annotators by set and kind, as Markdown: as scored, then strictly."""
    sets = {name: list(_of_set(GOLD / name)) for name in SETS}
    heads = [f"{name} ({len(pairs)} decisions) | strictly" for name, pairs in sets.items()]
    lines = [f"| kind | {' | '.join(heads)} |", "|---" * (2 * len(sets) + 1) + "|"]
    found = {
        name: [
            [agreement(*pair) for pair in pairs],
            [agreement(*map(_without_options, pair)) for pair in pairs],
        ]
        for name, pairs in sets.items()
    }
    for kind in found[SETS[0]][0][0]:
        cells = [_cell([one[kind] for one in way]) for ways in found.values() for way in ways]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "".join(f"{line}\n" for line in lines)


def _of_set(place: Path) -> Iterator[tuple[Annotation, Annotation]]:
    first, second = read_gold(place / "first"), read_gold(place / "second")
    for reference in sorted(first.keys() & second.keys()):
        yield first[reference], second[reference]


def _without_options(annotation: Annotation) -> Annotation:
    return {key: [] if key.endswith("_optional") else value for key, value in annotation.items()}


def _cell(found: Sequence[Agreed]) -> str:
    both, one, other = (sum(column) for column in zip(*found, strict=True))
    return f"{2 * both / (one + other):.3f} ({one}, {other})" if one + other else "-"


def main() -> None:
    """Print the table, or write it into the guideline."""
    if "--write" in sys.argv[1:]:
        text = README.read_text(encoding="utf-8")
        README.write_text(replaced(text, "agreement", table()), encoding="utf-8")
    else:
        sys.stdout.write(table())


if __name__ == "__main__":
    main()
