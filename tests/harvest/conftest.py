"""A replica of the site, a folder, and a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.harvest.asked import Asked
from graph.harvest.clock import Clock
from graph.harvest.harvest import harvest
from graph.harvest.site import Site
from graph.harvest.tally import Tally
from tests.harvest.replica import Replica, running


class Hands(Clock):
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.time = datetime(2024, 6, 1, tzinfo=UTC).timestamp()
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def days(self, count: float) -> None:
        self.time += count * 86_400


class Harvester:
    """Fetches from a replica into a folder."""

    def __init__(self, replica: Replica, folder: Path, clock: Hands) -> None:
        self.replica, self.folder, self.clock = replica, folder, clock
        self.said: list[str] = []

    def fetch(self, since: date | None = date(2024, 1, 1), **given: Any) -> Tally:
        words = ("until", "category", "council", "outcome")
        asked = Asked.of(since, **{name: given.pop(name, None) for name in words})
        given.setdefault("contact", "harvest@example.org")
        return harvest(
            self.folder,
            asked,
            site=Site.of(self.replica.base),
            clock=self.clock,
            say=self.said.append,
            **given,
        )

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).with_suffix("").as_posix(): path.read_bytes()
            for path in self.folder.rglob("*.html")
            if ".faultlines" not in path.parts
        }

    def holds_all(self) -> bool:
        return self.files() == {one.place: one.body for one in self.replica.decisions.values()}

    def hidden(self) -> list[str]:
        """Earlier versions, and whatever else is left over."""
        hidden = self.folder / ".faultlines"
        return sorted(
            path.relative_to(hidden).as_posix()
            for path in hidden.rglob("*")
            if path.is_file() and path.name not in ("manifest.sqlite", "site", "asked")
        )


@pytest.fixture
def replica() -> Iterator[Replica]:
    with running(Replica()) as found:
        yield found


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def harvester(replica: Replica, tmp_path: Path, clock: Hands) -> Harvester:
    return Harvester(replica, tmp_path / "decisions", clock)
