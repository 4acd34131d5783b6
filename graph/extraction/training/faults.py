"""The model that tells of which kind a fault is, from labelled sentences in their place.

It is linear (logistic regression), trained on what :mod:`~.paragraphs` and :mod:`~.worked`
read and on single sentences, and kept as whole-number weights.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from graph.extraction.extractors.findings.fault_types import conclusion, typed_by_rule
from graph.extraction.extractors.findings.judgements import Judgement, judgements
from graph.extraction.features import Features, fault_features, folded_parts
from graph.extraction.training.fitting import Example
from graph.extraction.training.paragraphs import Labelled, read_paragraphs, read_sentences
from graph.extraction.training.worked import read_worked

_HERE = Path(__file__).parent


def examples() -> list[Example]:
    """Every labelled conclusion on a fault."""
    judged = _Judged()
    labelled = (
        *read_worked(),
        *read_paragraphs(_HERE / "findings.txt"),
        *read_sentences(_HERE / "faults.tsv", lambda label: f"F:{label.replace('|', '/')}"),
    )
    return [
        Example(_features(one, judged), tuple(types))
        for one in labelled
        for types in one.faults
        if types != ["other-fault"]
    ]


class _Judged:
    """What the rules judge of each sentence, by reading, so that each is judged once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[int, list[Judgement]]] = {}

    def of(self, one: Labelled) -> list[Judgement]:
        """The judgements of a sentence."""
        key = id(one.reading)
        if key not in self._known:
            found = self._known.setdefault(key, defaultdict(list))
            for judgement in judgements(one.reading):
                found[judgement.sentence.index].append(judgement)
        return self._known[key].get(one.sentence.index, [])


def _features(one: Labelled, judged: _Judged) -> Features:
    found = [j for j in judged.of(one) if j.label in ("fault", "shortfall")]
    whole = Judgement(one.sentence, 0, len(one.sentence.lower), "shortfall", "")
    judgement = found[0] if found else whole
    said = [type_ for type_, _ in typed_by_rule(one.reading, judgement)]
    clause = conclusion(judgement)
    return fault_features(one.reading, one.sentence, clause, said, folded_parts(one.parts))
