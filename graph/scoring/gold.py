"""Gold: annotation made by hand, and the pairing of records with it.

Gold is one JSON object a decision; ``tests/gold/README.md`` says what its keys mean. A
record and its annotation belong together when they have the same reference.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import UnreadableSource
from graph.extraction.pipeline import extract_all
from graph.scoring.scorer import Gold
from graph.sources.raw import Unreadable
from ontology import record
from ontology.model import SCHEMA, Decision

_LISTS = (
    *("authorities", "complainants", "faults", "injustices", "remedies", "reasons"),
    *("citations", "guidance", "bodies"),
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Records beside their annotation, and what has no partner."""

    pairs: tuple[tuple[Decision, Gold], ...]
    """By reference."""
    without_gold: tuple[str, ...]
    """Records that nobody annotated, or that repeat a reference."""
    without_record: tuple[str, ...]
    """Annotated references of which there is no record."""


def read_gold(path: str | Path) -> dict[str, Gold]:
    """The annotation in a file, or in every ``.json`` file of a folder, by reference.

    Raises :class:`~graph.errors.UnreadableSource` for a file that is no annotation or
    that annotates a reference a second time, and for a folder without any.
    """
    place = Path(path)
    files = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if not files:
        raise UnreadableSource(str(path), "the folder holds no .json files", "name the gold folder")
    found: dict[str, Gold] = {}
    for file in files:
        annotation = _annotation(file)
        reference = _key(annotation["reference"])
        if reference in found:
            raise UnreadableSource(
                str(file), f"{reference} is annotated twice", "keep one annotation of it"
            )
        found[reference] = annotation
    return found


def predicted(path: str | Path) -> Iterator[Decision | Unreadable]:
    """The records in ``path``: JSON Lines of records as they stand, decisions as they are read.

    What cannot be read is yielded with a reason. Raises
    :class:`~graph.errors.UnreadableSource` for a path that is not there, and for a line
    that breaks off or is no record in a file of records.
    """
    place = Path(path)
    if not place.exists():
        raise UnreadableSource(str(path), "no such file or folder", "check the path")
    if place.is_file() and _holds_records(place):
        yield from _records(place)
        return
    yield from extract_all([path])


def pair(decisions: Iterable[Decision], gold: dict[str, Gold]) -> Pairing:
    """Put records and annotation together by reference; the first record of one counts."""
    records: dict[str, Decision] = {}
    left: list[str] = []
    for decision in decisions:
        key = _key(decision.reference) if decision.reference else None
        if key is None or key not in gold or key in records:
            left.append(decision.reference or decision.source.name)
        else:
            records[key] = decision
    return Pairing(
        pairs=tuple((records[key], gold[key]) for key in sorted(records)),
        without_gold=tuple(left),
        without_record=tuple(sorted(gold.keys() - records.keys())),
    )


def _key(reference: str) -> str:
    return reference.strip().replace("-", " ").lower()


def _annotation(file: Path) -> dict[str, Any]:
    advice = "see tests/gold/README.md for the keys of an annotation"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror})"
        raise UnreadableSource(str(file), reason, "check the path") from error
    except ValueError as error:
        raise UnreadableSource(str(file), f"it is not JSON ({error})", advice) from error
    if not isinstance(found, dict) or not isinstance(found.get("reference"), str):
        raise UnreadableSource(str(file), "it is no annotation: it has no reference", advice)
    lacking = [key for key in _LISTS if not isinstance(found.get(key), list)]
    if lacking:
        raise UnreadableSource(str(file), f"it has no list {', '.join(lacking)}", advice)
    return found


def _holds_records(file: Path) -> bool:
    """Whether the first line is a record, or the start of one."""
    with file.open("rb") as lines:
        for line in lines:
            if line.strip():
                return line.lstrip(b" \t\xef\xbb\xbf").startswith(b"{") and SCHEMA.encode() in line
    return False


def _records(file: Path) -> Iterator[Decision]:
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield record.loads(line)
            except ValueError as error:
                raise UnreadableSource(
                    f"{file}#{number}", f"it is no record ({error})", "extract the decisions again"
                ) from error
