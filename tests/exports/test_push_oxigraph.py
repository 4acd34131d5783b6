"""A push to Oxigraph's own server: it then holds what the graph holds, whatever happened."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import exports
import faultlines
from exports import Scope, Selection
from graph.knowledge_graph import KnowledgeGraph
from ontology.model import Decision
from tests import factories
from tests.endpoints import Reply, Request, canonical, held, listening, oxigraph

ROOT = Path(__file__).parents[2]
SPOKEN = {"graph-store": "/store", "update": "/update"}


@pytest.fixture(params=list(SPOKEN))
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph() as address:
        yield address


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def wanted(kg: KnowledgeGraph, scope: Scope = Scope(), *, full: bool = True) -> ox.Dataset:  # noqa: B008
    content = Selection(kg, scope, full)
    return ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, lines in content.graphs()
        for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    )


def a_graph(folder: Path, *decisions: Decision) -> KnowledgeGraph:
    return factories.build_graph(decisions, folder)


def test_the_server_holds_the_store(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    tally = faultlines.push(
        kg.folder, server + SPOKEN[protocol], full=True, protocol=protocol, journal=journal
    )
    there, here = held(server), ox.Dataset(kg.store.raw)
    assert len(there) == len(here) == tally.sent.statements > 8_000
    assert canonical(there) == canonical(here)


def test_the_protocol_is_found_out(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal)
    assert canonical(held(server)) == canonical(wanted(kg, full=False))


@pytest.mark.parametrize("address", ["/query", "/nowhere", "/"])
def test_another_address_is_refused_and_left_as_it_is(
    kg: KnowledgeGraph, server: str, journal: Path, address: str
) -> None:
    put(server, "urn:theirs", b"<urn:s> <urn:p> <urn:o> .")
    with pytest.raises(exports.push.PushError, match=r"Oxigraph /store or /update.*goes on"):
        faultlines.push(kg.folder, server + address, journal=journal)
    assert len(held(server)) == 1


def put(server: str, name: str, body: bytes) -> None:
    request = urllib.request.Request(
        f"{server}/store?graph={name}", body, {"content-type": "text/turtle"}, method="PUT"
    )
    with urllib.request.urlopen(request, timeout=20):
        pass


def test_a_second_push_sends_nothing(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    first = faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal)
    second = faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal)
    assert (second.sent.graphs, second.removed.graphs) == (0, 0)
    assert second.skipped == first.sent


def test_again_sends_everything_to_a_server_that_lost_it(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    first = faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal)
    clear = urllib.request.Request(f"{server}/store", method="DELETE")
    with urllib.request.urlopen(clear, timeout=20):
        assert len(held(server)) == 0
    again = faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal, again=True)
    assert again.sent == first.sent
    assert canonical(held(server)) == canonical(wanted(kg, full=False))


def test_what_changed_is_sent_and_what_is_gone_removed(
    server: str, journal: Path, protocol: str, tmp_path: Path
) -> None:
    first, gone = factories.decision(), factories.housing_decision()
    changed = factories.decision(outcome="not-upheld")
    untouched = factories.closed_decision()
    put(server, "urn:theirs", b"<urn:s> <urn:p> <urn:o> .")
    url = server + SPOKEN[protocol]
    with a_graph(tmp_path / "old", first, gone, untouched) as old:
        faultlines.push(old.folder, url, journal=journal)
        graphs = {name for name, _ in Selection(old).graphs()}
    with a_graph(tmp_path / "new", changed, untouched) as new:
        tally = faultlines.push(new.folder, url, journal=journal)
        there = held(server)
        assert canonical(ox.Dataset(q for q in there if "theirs" not in str(q))) == canonical(
            wanted(new, full=False)
        )
        (removed,) = graphs - {name for name, _ in Selection(new).graphs()}
    assert tally.removed.graphs == 1
    assert removed not in {str(quad.graph_name)[1:-1] for quad in there}
    assert "urn:theirs" in {str(quad.graph_name)[1:-1] for quad in there}
    assert 1 <= tally.sent.graphs <= 6
    assert tally.skipped.graphs >= 1


def test_a_scope_is_sent_alone_and_then_the_rest(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    url = server + SPOKEN[protocol]
    scope = Scope(council="Kingsferry City Council")
    faultlines.push(kg.folder, url, scope=scope, journal=journal)
    assert canonical(held(server)) == canonical(wanted(kg, scope, full=False))
    faultlines.push(kg.folder, url, journal=journal)
    assert canonical(held(server)) == canonical(wanted(kg, full=False))
    narrowed = faultlines.push(kg.folder, url, scope=scope, journal=journal)
    assert narrowed.removed.graphs > 0
    assert canonical(held(server)) == canonical(wanted(kg, scope, full=False))


@pytest.mark.parametrize("batch_size", [1, 20_000, 100_000_000])
def test_batches_of_any_size_give_the_same(
    kg: KnowledgeGraph, server: str, journal: Path, protocol: str, batch_size: int
) -> None:
    # one statement a request is slow; less will do
    scope = Scope(council="Kingsferry City Council") if batch_size == 1 else Scope()
    full = batch_size > 1
    faultlines.push(
        kg.folder,
        server + SPOKEN[protocol],
        scope=scope,
        full=full,
        batch_size=batch_size,
        journal=journal,
    )
    assert canonical(held(server)) == canonical(wanted(kg, scope, full=full))


def test_hostile_words_arrive(
    hostile_kg: KnowledgeGraph, server: str, journal: Path, protocol: str
) -> None:
    faultlines.push(hostile_kg.folder, server + SPOKEN[protocol], journal=journal, full=True)
    assert canonical(held(server)) == canonical(ox.Dataset(hostile_kg.store.raw))


def test_backslashes_that_look_like_escapes_arrive(
    server: str, journal: Path, protocol: str, tmp_path: Path
) -> None:
    words = r"C:\users \\u0022 \\\u0022 \U0001F9EE \ud800 \u \U } \" . # <x> '''" + "\x00\x01\x7f"
    with a_graph(tmp_path / "kg", factories.hostile_decision(words)) as kg:
        faultlines.push(kg.folder, server + SPOKEN[protocol], journal=journal, full=True)
        there = held(server)
        assert canonical(there) == canonical(ox.Dataset(kg.store.raw))
        assert any(words in str(getattr(quad.object, "value", "")) for quad in there)


class Killer:
    """Stands before a server and ends a process at one of its requests."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.victim: subprocess.Popen[bytes] | None = None
        self.left = -1
        """Requests before the end; negative for never."""
        self.answered = False
        """Whether the server gets the last request."""

    def __call__(self, request: Request) -> Reply:
        self.left -= 1
        if self.left == -1 and not self.answered:
            self._kill()
            return Reply(0)
        kept = {
            name: request.headers[name] for name in ("content-type",) if name in request.headers
        }
        passed = urllib.request.Request(
            self.server + request.path, request.body or None, kept, method=request.method
        )
        try:
            with urllib.request.urlopen(passed, timeout=60) as answer:
                reply = Reply(answer.status, {}, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                reply = Reply(error.code)
        if self.left == -1:
            self._kill()
        return reply

    def _kill(self) -> None:
        assert self.victim is not None
        self.victim.send_signal(signal.SIGKILL)
        self.victim.wait(timeout=20)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_push_that_is_killed_anywhere_is_finished_by_another(
    server: str, journal: Path, protocol: str, tmp_path: Path
) -> None:
    chance = random.Random(protocol)
    killer = Killer(server)
    versions = [
        [factories.decision(), factories.housing_decision(), *factories.many(12)],
        [factories.closed_decision(), *factories.many(9), factories.not_upheld_decision()],
    ]
    ended = 0
    with listening(killer) as address:
        for round_, decisions in enumerate(versions):
            with a_graph(tmp_path / f"kg{round_}", *decisions) as kg:
                command = [sys.executable, "-m", "faultlines", "push", str(kg.folder)]
                command += [address + SPOKEN[protocol], "--protocol", protocol, "--full"]
                command += ["--journal", str(journal), "--batch-size", "150000"]
                for _ in range(5):
                    killer.left, killer.answered = chance.randrange(8), chance.random() < 0.6
                    killer.victim = subprocess.Popen(
                        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
                    )
                    _, said = killer.victim.communicate(timeout=120)
                    assert killer.victim.returncode in (0, -signal.SIGKILL), said
                    ended += killer.victim.returncode < 0
                killer.left = -10
                subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
                there = held(server)
                assert canonical(there) == canonical(ox.Dataset(kg.store.raw))
    assert ended >= 5


def test_the_python_call_and_the_command_do_the_same(
    kg: KnowledgeGraph, server: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "faultlines", "push", str(kg.folder), f"{server}/update"]
    command += ["--journal", str(tmp_path / "one.sqlite"), "--council", "Kingsferry City Council"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    sent, skipped, removed = ran.stdout.splitlines()[-3:]
    scope = Scope(council="Kingsferry City Council")
    tally = faultlines.push(
        kg.folder, f"{server}/update", scope=scope, journal=tmp_path / "two.sqlite"
    )
    assert tally.lines()[-3:] == [sent, skipped, removed]
    assert sent.split()[1] == str(tally.sent.graphs)
    assert ran.stderr == ""
