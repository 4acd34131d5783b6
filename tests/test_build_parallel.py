"""Builds by several processes: the same graph, whoever reads; a process that dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from pathlib import Path

import pytest

from graph import build as module
from graph.build import build
from graph.errors import StoreError
from graph.workers import available, done
from tests.test_build import SAMPLE, _exported, _kept

TEXTS = sorted(SAMPLE.glob("*.txt"))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches so small that a few decisions are several."""
    monkeypatch.setattr(module, "SIZE", 3)


def test_tasks_are_done_in_their_order_and_no_further_ahead_than_needed() -> None:
    taken: list[int] = []

    def tasks() -> object:
        for number in range(40):
            taken.append(number)
            yield partial(pow, number, 2)

    results = done(tasks(), 2)  # type: ignore[arg-type, var-annotated]
    assert [next(results) for _ in range(5)] == [0, 1, 4, 9, 16]
    assert len(taken) < 12
    assert list(results) == [number**2 for number in range(5, 40)]


def test_one_task_needs_no_process() -> None:
    assert list(done([os.getpid], 4)) == [os.getpid()]
    assert list(done([os.getpid] * 3, 1)) == [os.getpid()] * 3
    assert os.getpid() not in done([os.getpid] * 3, 2)
    assert list(done([], 4)) == []
    assert available() >= 1


def test_an_error_of_a_task_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(done([partial(divmod, 1, 1), partial(divmod, 1, 0), partial(divmod, 2, 1)], 2))


@pytest.mark.usefixtures("small")
def test_several_processes_make_the_same_graph(tmp_path: Path) -> None:
    reports = [build([SAMPLE], tmp_path / str(jobs), jobs=jobs) for jobs in (1, 2)]
    assert reports[0] == reports[1]
    assert reports[0].read > 20
    assert _exported(tmp_path / "1", tmp_path / "a") == _exported(tmp_path / "2", tmp_path / "b")
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("1", "2")]
    assert manifests[0] == manifests[1]


@pytest.mark.usefixtures("small")
def test_rejected_sources_are_named_in_their_order(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number, path in enumerate(TEXTS[:8]):
        shutil.copy(path, sources / f"{number}-a.txt")
        (sources / f"{number}-b.txt").write_text("A shopping list.\n", encoding="utf-8")
    report = build([sources], tmp_path / "kg", jobs=2)
    assert [one.name for one in report.rejected] == [f"{number}-b.txt" for number in range(8)]
    assert report.read == 8


@pytest.mark.usefixtures("small")
def test_duplicates_in_different_batches_are_told_as_ever(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for path in TEXTS[:5]:
        text = path.read_text(encoding="utf-8")
        (sources / f"b-{path.name}").write_text(text, encoding="utf-8")
        (sources / f"a-{path.name}").write_text(text + "\n", encoding="utf-8")
        (sources / f"c-{path.name}").write_text(text + "\n\n", encoding="utf-8")
    report = build([sources], tmp_path / "kg", jobs=2)
    assert (report.read, len(report.duplicates)) == (5, 10)
    assert set(_kept(tmp_path / "kg").values()) == {f"a-{path.name}" for path in TEXTS[:5]}
    for path in sources.glob("[bc]-*"):
        path.unlink()
    build([sources], tmp_path / "alone")
    assert _exported(tmp_path / "kg", tmp_path / "x") == _exported(
        tmp_path / "alone", tmp_path / "y"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that kills")
def test_a_killed_process_ends_the_build_with_an_error() -> None:
    tasks = [partial(_kill, number) for number in (0, signal.SIGKILL.value, 0)]
    with pytest.raises(StoreError, match="ended from outside; see that memory suffices"):
        list(done(tasks, 2))


def _kill(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that kills")
def test_no_process_outlives_the_build(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, signal, sys, time
        from functools import partial
        from graph.workers import done
        found = done([partial(os.getpid)] + [partial(time.sleep, 60)] * 3, 2)
        print(next(found), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL
    worker = int(ran.stdout)
    end = time.monotonic() + 30
    while _runs(worker):
        assert time.monotonic() < end, "a process is left that nobody waits for"
        time.sleep(0.1)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # one that is dead may wait for its parent to take note
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
            from graph import build as module
            module.SIZE = 3
            print(module.build([{str(SAMPLE)!r}], {str(tmp_path / "kg")!r}, jobs=2).read)
        """),
        encoding="utf-8",
    )
    root = Path(__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ran.stdout, ran.stderr) == ("26\n", "")
