"""Builds by the workers of a Dask cluster: the same graph, a worker lost, bad addresses."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from graph import partition
from graph.build import Report, build
from graph.errors import StoreError
from graph.knowledge_graph import KnowledgeGraph
from graph.sources.raw import Unreadable
from graph.staging import Staging
from tests.test_build import SAMPLE, _exported

pytest.importorskip("distributed", reason="the extra [dask] is not installed")
pytest.importorskip("pyarrow", reason="the extra [dask] is not installed")

WORKERS = 2
TIMEOUT = 60
"""Seconds for scheduler and workers to start."""


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler with two workers of one thread each, as processes of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    log = (folder / "cluster.log").open("wb")

    def started(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)

    port = address.rpartition(":")[2]
    running = [started("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    try:
        for _ in range(WORKERS):
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
            running.append(started("worker", address, *options))
        _wait_for_workers(address)
        yield address, running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()
        log.close()


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    # it tries again by itself; one that gave up would leave its event loop running
    with Client(address, timeout=TIMEOUT, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(WORKERS, timeout=TIMEOUT)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster that lives as long as the tests of this module."""
    with _cluster(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Partitions so small that a few decisions are several."""
    monkeypatch.setattr(partition, "BYTES", 20_000)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, bytes]:
    """What a build on this machine alone makes of the sample."""
    folder = tmp_path_factory.mktemp("alone")
    report = build([SAMPLE], folder / "kg", jobs=1)
    return report, _exported(folder / "kg", folder / "a.nq")


def test_a_cluster_makes_the_same_graph(
    cluster: str, alone: tuple[Report, bytes], tmp_path: Path
) -> None:
    location = tmp_path / "parts"
    report = build([SAMPLE], tmp_path / "kg", dask=cluster, location=location.as_uri())
    assert report == alone[0]
    assert _exported(tmp_path / "kg", tmp_path / "b.nq") == alone[1]
    endings = sorted(path.suffix for path in location.iterdir())
    assert endings == [".nq"] * (len(endings) // 2) + [".parquet"] * (len(endings) // 2)
    assert len(endings) > 8
    again = build([SAMPLE], tmp_path / "kg", dask=cluster, location=(tmp_path / "new").as_uri())
    assert (again.read, again.unchanged) == (0, alone[0].read)
    assert not (tmp_path / "new").exists()
    assert build([SAMPLE], tmp_path / "kg").unchanged == alone[0].read


def test_without_a_location_the_workers_write_into_the_graphs_folder(
    cluster: str, alone: tuple[Report, bytes], tmp_path: Path
) -> None:
    build([str(SAMPLE)], tmp_path / "kg", dask=cluster)
    assert _exported(tmp_path / "kg", tmp_path / "b.nq") == alone[1]
    assert sorted(path.name for path in (tmp_path / "kg").iterdir()) == [
        "generation-0001",
        "manifest.json",
    ]
    assert not (tmp_path / "kg" / "generation-0001" / "quads").exists()


def test_what_changed_and_what_went_is_followed(cluster: str, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(SAMPLE, sources)
    build([sources.as_uri()], tmp_path / "kg", dask=cluster)
    text = (sources / "18-900-003.txt").read_text("utf-8")
    (sources / "18-900-003.txt").write_text(text + "\n", "utf-8")
    (sources / "16-900-002.txt").unlink()
    (sources / "list.txt").write_text("A shopping list.\n", "utf-8")
    report = build([sources.as_uri()], tmp_path / "kg", dask=cluster)
    assert (report.read, report.removed) == (1, ("16-900-002.txt",))
    assert [one.name for one in report.rejected] == ["list.txt"]
    build([sources], tmp_path / "fresh")
    assert _exported(tmp_path / "kg", tmp_path / "a.nq") == _exported(
        tmp_path / "fresh", tmp_path / "b.nq"
    )


def test_what_another_version_left_unfinished_is_read_anew(
    cluster: str, alone: tuple[Report, bytes], tmp_path: Path
) -> None:
    build([SAMPLE], tmp_path / "old")
    (tmp_path / "kg").mkdir()
    staging = Staging(tmp_path / "kg" / "staging.sqlite")
    with KnowledgeGraph.open(tmp_path / "old") as graph:
        staging.put(replace(entry, version="0") for entry in graph.ledger.entries())
    staging.close(finished=False)
    assert build([SAMPLE], tmp_path / "kg", dask=cluster) == alone[0]


def test_a_location_of_hidden_files_takes_nothing_away(cluster: str, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(SAMPLE, sources)
    held = build([sources], tmp_path / "kg").counts
    shutil.rmtree(sources)
    (sources / ".faultlines").mkdir(parents=True)
    (sources / ".faultlines" / "site").write_text("https://www.example.org", "ascii")
    assert [type(one) for one in partition.source_files(str(sources))] == [Unreadable]
    report = build([sources], tmp_path / "kg", dask=cluster)
    assert [one.reason for one in report.rejected] == ["there are no files"]
    assert (report.removed, report.counts) == ((), held)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that kills")
def test_a_worker_that_is_killed_half_way_is_made_up_for(
    alone: tuple[Report, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "BYTES", 1)  # a partition for each file
    seen: list[str] = []
    with _cluster(tmp_path) as (address, workers):

        def kill(name: str) -> None:
            seen.append(name)
            if len(seen) == 5:
                workers[0].send_signal(signal.SIGKILL)

        report = build([SAMPLE], tmp_path / "kg", dask=address, advance=kill)
        assert workers[0].wait() == -signal.SIGKILL
    assert report == alone[0]
    assert _exported(tmp_path / "kg", tmp_path / "b.nq") == alone[1]


def test_what_cannot_be_reached_is_named(cluster: str, tmp_path: Path) -> None:
    report = build(["file:///none/such", "nosuch://a/b"], tmp_path / "kg", dask=cluster)
    assert [one.reason.split(" (")[0] for one in report.rejected] == [
        "there are no files",
        "cannot be opened",
    ]
    assert report.read == 0


def test_a_scheduler_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph import cluster as module

    monkeypatch.setattr(module, "_PATIENCE", 1)
    before = set(threading.enumerate())
    with pytest.raises(StoreError, match="no Dask scheduler answers there"):
        build([SAMPLE], tmp_path / "kg", dask="tcp://127.0.0.1:9")
    left = set(threading.enumerate()) - before
    assert not [thread for thread in left if thread.name == "IO loop"]


def test_a_worker_of_another_version_is_refused(cluster: str, tmp_path: Path) -> None:
    from graph import cluster as module

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "VERSION", "999")
        with pytest.raises(StoreError, match="install the same version on both"):
            build([SAMPLE], tmp_path / "kg", dask=cluster)
