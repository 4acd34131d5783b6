"""The models are those that training makes from what stands in the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.extraction import classifier
from graph.extraction.training import __main__ as training

MODELS = Path(classifier.__file__).with_name("models")
_ROUNDING = 3
"""Units by which a weight may differ on another machine or with another library version."""
_FAINT = 24
"""Weights up to this may be left out of one file and stand in the other."""
_SHARE = 0.01


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every model, trained now."""
    folder = tmp_path_factory.mktemp("models")
    training.train(folder)
    return folder


@pytest.mark.parametrize("name", sorted(path.stem for path in MODELS.glob("*.json")))
def test_a_model_is_what_training_makes(name: str, made: Path) -> None:
    kept, fresh = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for folder in (MODELS, made)
    )
    advice = "run: python -m graph.extraction.training"
    assert kept["labels"] == fresh["labels"], advice
    one, other = _weights(kept), _weights(fresh)
    places = one.keys() | other.keys()
    pairs = [(one.get(place, 0), other.get(place, 0)) for place in places]
    apart = [
        pair
        for pair in pairs
        if abs(pair[0] - pair[1]) > _ROUNDING and max(map(abs, pair)) > _FAINT
    ]
    assert len(apart) <= len(places) * _SHARE, advice


def _weights(table: dict[str, Any]) -> dict[tuple[str, int], int]:
    """Weight by feature and label."""
    return {
        (feature, label): weight
        for feature, pairs in table["weights"].items()
        for label, weight in zip(pairs[::2], pairs[1::2], strict=True)
    }
