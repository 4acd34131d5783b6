"""Makes the models in ``graph/extraction/models`` from what is labelled in this folder.

``python -m graph.extraction.training`` writes them and prints what they were made from; for
the model of remedies also its accuracy in five-fold cross-validation beside that of the first
matching rule alone. Needs scikit-learn (the ``train`` extra).
"""

from __future__ import annotations

from pathlib import Path

from graph.extraction.training import faults, injustices, remedies
from graph.extraction.training.fitting import fitted

_MODELS = Path(__file__).parent.parent / "models"


def train(folder: Path) -> list[str]:
    """Write every model into ``folder``; what each is worth, in a line."""
    told = []
    for name, given, strength in (
        ("fault", faults.examples(), 5.0),
        ("injustice", injustices.examples(), 20.0),
    ):
        (folder / f"{name}.json").write_text(fitted(given, strength), encoding="utf-8")
        told.append(f"{name}: {len(given)} sentences")
    acts = remedies.acts()
    (folder / "remedy.json").write_text(remedies.fitted(acts), encoding="utf-8")
    model, rule = remedies.cross_validated(acts)
    told.append(f"remedy: {len(acts)} sentences, model {model:.3f}, first rule {rule:.3f}")
    return told


if __name__ == "__main__":
    print(*train(_MODELS), sep="\n")
