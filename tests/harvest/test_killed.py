"""A harvest that is ended anywhere, even by force, is taken up: nothing twice, nothing missed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.harvest.archive import Archive
from graph.harvest.manifest import Manifest
from graph.sources.raw import fingerprint
from tests.harvest.conftest import Hands, Harvester
from tests.harvest.replica import Replica, made

ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """Nothing after it is done, as when the process is gone."""


class Steps:
    """Ends the process, as it were, at the n-th step that leaves something on disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        for owner, names in (
            (Path, ("replace", "unlink", "mkdir")),
            (os, ("fsync", "link")),
            (Manifest, ("_write", "hold", "bury", "begin", "end")),
        ):
            for name in names:
                monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, does: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **given: Any) -> Any:
            self._step()
            found = does(*args, **given)
            self._step()
            return found

        return run

    def _step(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed


def _whole(harvester: Harvester, replica: Replica) -> None:
    """Every file in the folder is a page as the site has it."""
    for place, body in harvester.files().items():
        assert body == replica.decisions[place].body


def test_ended_at_every_step(
    harvester: Harvester, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica.publish(made(14))
    steps = Steps(monkeypatch)
    killed = 0
    for allowed in range(200):
        steps.left = allowed % 37 + 1
        try:
            harvester.fetch()
        except Killed:
            killed += 1
            steps.left = None
            _whole(harvester, replica)
        else:
            break
    steps.left = None
    assert killed > 5
    harvester.fetch()
    assert harvester.holds_all()
    assert harvester.hidden() == []
    # a page is given twice only where the first was not yet noted when the end came
    assert sum(replica.served.values()) <= 14 + killed


@pytest.mark.parametrize("step", range(60))
def test_a_change_and_a_loss_ended_at_one_step(
    harvester: Harvester,
    replica: Replica,
    clock: Hands,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    replica.publish(made(3))
    harvester.fetch()
    changed, lost, _ = sorted(replica.decisions.values(), key=lambda one: one.place)
    first, changed.body = changed.body, changed.body.replace(b"was fault", b"was no fault")
    del replica.decisions[lost.place]
    clock.days(40)
    harvester.fetch(recheck=30)
    clock.days(40)
    second, changed.body = changed.body, changed.body.replace(b"no fault", b"some fault")
    replica.log.clear()
    steps = Steps(monkeypatch)
    steps.left = step
    ended = False
    try:
        harvester.fetch(recheck=30)
    except Killed:
        ended = True
    steps.left = None
    harvester.fetch(recheck=30)
    assert harvester.holds_all()
    kept = [
        f"versions/{place}/{fingerprint(body)}.html"
        for place, body in (
            (changed.place, first),
            (changed.place, second),
            (lost.place, lost.body),
        )
    ]
    assert harvester.hidden() == sorted(kept)
    assert replica.served[changed.place] <= 1 + ended
    with sqlite3.connect(harvester.folder / ".faultlines" / "manifest.sqlite") as db:
        rows = db.execute("SELECT place, sha256 FROM version").fetchall()
        assert db.execute("SELECT count(*) FROM received").fetchone() == (0,)
    db.close()
    assert sorted(f"versions/{place}/{sha256}.html" for place, sha256 in rows) == sorted(kept)


def test_a_page_that_was_cut_off_on_disk_is_fetched_again(
    harvester: Harvester, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica.publish(made(3))
    one = min(replica.decisions.values(), key=lambda one: one.place)

    def ends(self: Archive, page: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "_put", ends)
        with pytest.raises(Killed):
            harvester.fetch()
    (arrived,) = (harvester.folder / ".faultlines" / "incoming").iterdir()
    arrived.write_bytes(one.body[:50])
    harvester.fetch()
    assert harvester.holds_all()
    assert replica.served[one.place] == 2


def _command(harvester: Harvester) -> list[str]:
    return [
        *(sys.executable, "-m", "faultlines", "fetch", "--since", "2024-01-01"),
        *("--until", "2024-06-01", "--pause", "0", "--contact", "a@example.org"),
        *("--site", harvester.replica.base, "-o", str(harvester.folder)),
    ]


def test_ended_by_the_user(harvester: Harvester, replica: Replica) -> None:
    """Control and C: it says what was had, and how to go on."""
    replica.publish(made(300))
    with subprocess.Popen(
        _command(harvester), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while sum(replica.served.values()) < 5 and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        shown, said = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert shown.startswith(f"Fetched into {harvester.folder}:\n")
    assert shown.endswith("There is more: the same command goes on\n")
    _whole(harvester, replica)


def test_killed_by_force_at_random(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(300))
    command = _command(harvester)
    draw = random.Random(8)
    killed = 0
    while killed < 6:
        before = len(replica.log)
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
            wanted = before + draw.randrange(2, 60)
            while len(replica.log) < wanted and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed += 1
        _whole(harvester, replica)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert harvester.holds_all()
    assert sum(replica.served.values()) <= 300 + killed
    assert not list((harvester.folder / ".faultlines" / "incoming").iterdir())
