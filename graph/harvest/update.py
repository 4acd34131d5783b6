"""A graph and the folder of decisions that it is kept current from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from shlex import quote

from graph.build import Report, build
from graph.harvest.archive import exists
from graph.harvest.news import News, difference
from graph.harvest.refusal import Unusable
from graph.knowledge_graph import KnowledgeGraph, read_manifest

_FILE = "harvest.json"
"""The file in a graph's folder that has the way from there to the folder of decisions."""


def decisions_of(graph: Path, given: Path | None) -> Path:
    """The folder of decisions that a graph is updated from: as given, or as remembered.

    Raises :class:`~graph.harvest.refusal.Unusable` when there is none.
    """
    if given is None:
        given = _remembered(graph)
        if not given.exists():
            reason = f"the folder that {graph} is updated from is not there"
            advice = f"if it was moved, say where to: faultlines update {quote(str(graph))} DIR"
            raise Unusable(str(given), reason, advice)
    if not exists(given):
        reason = "no decisions have been fetched into this folder"
        advice = (
            f"begin with: faultlines fetch --since 2024-01-01 -o {quote(str(given))}; decisions "
            f"of your own are built in with: faultlines build {quote(str(given))} "
            f"-o {quote(str(graph))}"
        )
        raise Unusable(str(given), reason, advice)
    return given


def _remembered(graph: Path) -> Path:
    try:
        way = json.loads((graph / _FILE).read_text(encoding="utf-8"))["decisions"]
        return Path(os.path.normpath(graph / str(way)))
    except FileNotFoundError as error:
        reason = "it is not known from which folder this graph is updated"
        raise Unusable(str(graph), reason, "name the folder of decisions after it, once") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(
            str(graph / _FILE), "it cannot be read", "name the folder of decisions"
        ) from error


def built_in(
    graph: Path,
    decisions: Path,
    *,
    jobs: int | None = None,
    advance: Callable[[str], None] | None = None,
) -> tuple[Report, News]:
    """Build a folder of decisions into a graph, and say what that changed.

    The folder is remembered for the next update. Raises
    :class:`~graph.errors.StoreError` as :func:`graph.build.build` does.
    """
    with ExitStack() as open_graphs:
        # while it is open, the build leaves its generation on disk
        before = None
        if read_manifest(graph) is not None:
            before = open_graphs.enter_context(KnowledgeGraph.open(graph))
        report = build([decisions], graph, jobs=jobs, advance=advance)
        after = open_graphs.enter_context(KnowledgeGraph.open(graph))
        news = difference(before, after)
    part = graph / f"{_FILE}.new"
    way = os.path.relpath(decisions.resolve(), graph.resolve())
    part.write_text(json.dumps({"decisions": Path(way).as_posix()}) + "\n", encoding="utf-8")
    part.replace(graph / _FILE)
    return report, news
