"""A push to servers that fail: what passes is waited for, what does not is told in words."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import date
from email.utils import formatdate
from pathlib import Path

import httpx2
import pytest

import faultlines
from exports import Scope, Selection
from exports.push import PushError, Tally
from exports.push.graph_store import ABSENT
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.answers import SAMPLE
from tests.endpoints import GraphStore, Reply, Request, listening

Push = Callable[..., Tally]


@pytest.fixture
def store() -> GraphStore:
    return GraphStore()


@pytest.fixture
def address(store: GraphStore) -> Iterator[str]:
    with listening(store) as address:
        yield f"{address}/store"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a push waits, which then pass at once."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


@pytest.fixture
def push(kg: KnowledgeGraph, tmp_path: Path, pauses: list[float]) -> Push:
    def run(url: str, **options: object) -> Tally:
        return faultlines.push(
            kg.folder,
            url,
            **{"journal": tmp_path / "journal.sqlite", **options},  # type: ignore[arg-type]
        )

    return run


def complete(store: GraphStore, kg: KnowledgeGraph) -> bool:
    return store.graphs == {name: b"".join(lines) for name, lines in Selection(kg).graphs()}


@pytest.mark.parametrize("status", [0, 408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(
    kg: KnowledgeGraph,
    store: GraphStore,
    address: str,
    push: Push,
    pauses: list[float],
    status: int,
) -> None:
    store.replies.extend([Reply(status)] * 5)
    said: list[str] = []
    tally = push(address, say=said.append)
    assert pauses == [1, 2, 4, 8, 16]
    assert len(said) == 5
    assert address in said[0]
    assert complete(store, kg)
    assert tally.sent.graphs == len(store.graphs)


@pytest.mark.parametrize("status", [0, 400, 408, 429, 500, 503, 507])
def test_what_does_not_pass_ends_it_and_the_same_command_goes_on(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push, status: int
) -> None:
    graphs = len(list(Selection(kg).graphs()))
    store.replies.extend([Reply(204)] * 3 + [Reply(status)] * 6)  # one graph a batch
    with pytest.raises(PushError, match="the same command goes on from there") as error:
        push(address, batch_size=1)
    assert error.value.name == address
    assert "nothing was sent before that" in str(error.value)  # the first has many parts
    store.replies.clear()
    store.graphs.clear()
    tally = push(address, batch_size=100_000)
    assert tally.sent.graphs == graphs
    assert complete(store, kg)


def test_confirmed_graphs_are_not_sent_again_after_a_failure(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push
) -> None:
    graphs = [name for name, _ in Selection(kg).graphs()]
    store.instead = lambda request: Reply(400) if request.graph == graphs[3] else None
    with pytest.raises(PushError, match=r"before that, and the same command goes on") as error:
        push(address, batch_size=30_000)
    confirmed = {one.graph for one in store.changes[:-1]}
    sent = sum(body.count(b"\n") for body in store.graphs.values())
    assert confirmed == set(graphs[:3])
    assert f"3 graphs ({sent:,} statements) were sent" in str(error.value)
    store.instead = lambda _: None
    store.requests.clear()
    tally = push(address, batch_size=30_000)
    assert {one.graph for one in store.changes} == set(graphs[3:])
    assert (tally.sent.graphs, tally.skipped.graphs) == (len(graphs) - 3, 3)
    assert complete(store, kg)


@pytest.mark.parametrize("in_words", [False, True])
def test_retry_after_is_obeyed(
    store: GraphStore, address: str, push: Push, pauses: list[float], in_words: bool
) -> None:
    asked = formatdate(time.time() + 60, usegmt=True) if in_words else "60"
    store.replies.append(Reply(429, {"Retry-After": asked}))
    push(address)
    (waited,) = pauses
    assert 55 < waited <= 60


@pytest.mark.parametrize("asked", ["3600", "99999999999999999999", formatdate(4e9, usegmt=True)])
def test_a_wait_that_is_too_long_ends_it(
    store: GraphStore, address: str, push: Push, pauses: list[float], asked: str
) -> None:
    store.replies.append(Reply(503, {"Retry-After": asked}))
    with pytest.raises(PushError, match=r"it answers 503; wait [0-9]+ seconds"):
        push(address)
    assert pauses == []


@pytest.mark.parametrize("asked", ["-5", "soon", "", "1.5", "Wed, 99 Foo 2020 00:00:00 GMT"])
def test_a_retry_after_that_means_nothing_is_passed_over(
    store: GraphStore, address: str, push: Push, pauses: list[float], asked: str
) -> None:
    store.replies.append(Reply(503, {"Retry-After": asked}))
    push(address)
    assert pauses == [1]


def test_a_slow_server_is_given_up(store: GraphStore, address: str, push: Push) -> None:
    store.replies.extend([Reply(204, after=5.0)] * 6)
    begun = time.monotonic()
    with pytest.raises(PushError, match=r"no answer within 0\.2 s; see that the server runs"):
        push(address, timeout=0.2)
    assert time.monotonic() - begun < 20


def test_nobody_there_is_told(push: Push, pauses: list[float]) -> None:
    with listening(GraphStore()) as address:
        pass
    with pytest.raises(PushError, match=r"no connection can be made .*; see that the server runs"):
        push(address)
    assert len(pauses) == 5


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "set the environment variables FAULTLINES_PUSH_USER and FAULTLINES_PUSH_PASSWORD"),
        (403, "or FAULTLINES_PUSH_TOKEN"),
        (404, "Fuseki /DATASET/data or /DATASET/update"),
        (405, "GraphDB /repositories/NAME/rdf-graphs/service or /repositories/NAME/statements"),
        (501, "Virtuoso /sparql-graph-crud or /sparql"),
        (413, "send less at once with --batch-size"),
        (400, "N-Triples"),
        (507, "look into the server's log"),
    ],
)
@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_what_lasts_is_told_at_once(
    push: Push, pauses: list[float], status: int, advice: str, protocol: str
) -> None:
    def answer(request: Request) -> Reply:
        return Reply(
            404 if request.method == "GET" else status, {"Content-Type": "text/plain"}, b"x"
        )

    with listening(answer) as address, pytest.raises(PushError) as error:
        push(address, protocol=protocol)
    assert f"it answers {status} (x)" in str(error.value)
    assert advice in str(error.value)
    assert pauses == []


def test_a_hostile_answer_is_shown_in_one_short_line(push: Push) -> None:
    words = "no\n\x1b[2Jway\u202e" + "<b>" * 500
    reply = Reply(400, {"Content-Type": "text/plain; charset=utf-8"}, words.encode())
    with listening(lambda _: reply) as address, pytest.raises(PushError) as error:
        push(address, protocol="update")
    assert "no [2Jway <b>" in str(error.value)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 600


def test_an_endless_answer_is_not_read_to_its_end(push: Push) -> None:
    reply = Reply(400, {"Content-Type": "text/plain"}, b"a" * 50_000_000)
    with listening(lambda _: reply) as address, pytest.raises(PushError, match=r"aaa \.\.\.\)"):
        push(address, protocol="update")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("protocol", ["auto", "graph-store", "update"])
def test_redirects_are_told_and_not_followed(push: Push, status: int, protocol: str) -> None:
    followed: list[Request] = []

    def there(request: Request) -> Reply:
        followed.append(request)
        return Reply(204)

    with listening(there) as elsewhere:
        place = elsewhere.replace("http://", "http://user:secret@") + "/store?token=hidden"
        reply = Reply(status, {"Location": place})
        with listening(lambda _: reply) as address, pytest.raises(PushError) as error:
            push(address, protocol=protocol)
    assert f"a redirect to {elsewhere}/store, which is not followed" in str(error.value)
    assert "secret" not in str(error.value)
    assert "hidden" not in str(error.value)
    assert followed == []


def test_a_certificate_that_cannot_be_checked_is_told_at_once(
    push: Push, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        try:
            raise ssl.SSLCertVerificationError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")
        except ssl.SSLError as error:
            raise httpx2.ConnectError(str(error)) from error

    monkeypatch.setattr(httpx2.Client, "stream", refuse)
    with pytest.raises(PushError, match="CERTIFICATE_VERIFY_FAILED"):
        push("https://127.0.0.1:1/store")
    assert pauses == []


def test_an_address_that_ignores_the_graph_is_never_put_to(push: Push) -> None:
    asked: list[Request] = []

    def repository(request: Request) -> Reply:
        """RDF4J's ``/statements``: GET gives everything, PUT replaces everything."""
        asked.append(request)
        if request.method == "GET":
            return Reply(
                200, {"Content-Type": "application/n-triples"}, b"<urn:s> <urn:p> <urn:o> .\n"
            )
        return Reply(415)

    with listening(repository) as address:
        for protocol in ("auto", "graph-store"):
            with pytest.raises(PushError, match="no graph store"):
                push(address, protocol=protocol)
    assert {one.method for one in asked} == {"GET", "POST"}
    assert [one.body for one in asked if one.method == "POST"] == [b"INSERT DATA {}"]


@pytest.mark.parametrize(
    "empty", [Reply(204), Reply(200), Reply(200, {"Content-Type": "text/turtle"}, b"# none\n")]
)
def test_an_empty_graph_is_as_good_as_none(
    kg: KnowledgeGraph, store: GraphStore, push: Push, empty: Reply
) -> None:
    def answer(request: Request) -> Reply:
        return empty if request.graph == ABSENT else store(request)

    with listening(answer) as address:
        push(address)
    assert complete(store, kg)


FORM = Reply(200, {"Content-Type": "text/html; charset=UTF-8"}, b"<html><FORM action='/x'>")
"""What Virtuoso's graph store gives for an update."""
REPORT = Reply(200, {"Content-Type": "text/html"}, b"<html><p>COMMIT: totalElapsed=9ms</p></html>")
"""What Blazegraph gives for one."""


def test_a_graph_store_that_gives_a_form_for_an_update_is_one(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push
) -> None:
    store.instead = lambda request: FORM if request.graph is None else None
    push(address)
    assert complete(store, kg)


@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_a_form_is_no_success(push: Push, protocol: str) -> None:
    def answer(request: Request) -> Reply:
        return Reply(404) if request.method == "GET" else FORM

    with listening(answer) as address, pytest.raises(PushError, match="so nothing was done"):
        push(address, protocol=protocol)


def test_success_may_be_told_in_html(push: Push) -> None:
    with listening(lambda _: REPORT) as address:
        assert push(address).sent.graphs > 0


@pytest.mark.parametrize("allowed", ["GET, PUT, DELETE", "GET"])
def test_options_decide_where_nothing_else_does(
    kg: KnowledgeGraph, store: GraphStore, push: Push, allowed: str
) -> None:
    def answer(request: Request) -> Reply:
        if request.method == "OPTIONS":
            return Reply(200, {"Allow": allowed})
        return store(request) if request.graph else Reply(405)

    with listening(answer) as address:
        if "PUT" in allowed:
            push(address)
            assert complete(store, kg)
        else:
            with pytest.raises(PushError, match=r"no updates \(it answers 405\)"):
                push(address)
            assert store.changes == []


def test_a_store_that_takes_turtle_only_gets_turtle(
    kg: KnowledgeGraph, store: GraphStore, push: Push
) -> None:
    def answer(request: Request) -> Reply:
        wrong = request.method == "PUT" and request.headers["content-type"] != "text/turtle"
        return Reply(415) if wrong else store(request)

    with listening(answer) as address:
        push(address)
    assert complete(store, kg)
    assert {one.headers["content-type"] for one in store.changes} == {"text/turtle"}


def test_large_graphs_go_in_parts_and_those_with_blank_nodes_whole(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push
) -> None:
    push(address, full=True, batch_size=2_000)
    sent = {name: b"".join(lines) for name, lines in Selection(kg, Scope(), True).graphs()}
    assert store.graphs == sent
    blank = {name for name, body in sent.items() if b" _:" in body}
    assert blank
    for name, body in sent.items():
        sizes = [len(one.body) for one in store.changes if one.graph == name]
        methods = [one.method for one in store.changes if one.graph == name]
        assert methods == ["PUT"] + ["POST"] * (len(methods) - 1)
        if name in blank:
            assert sizes == [len(body)]
        else:
            longest = max(map(len, body.splitlines(keepends=True)))
            assert max(sizes) <= max(2_000, longest)
    assert all("content-length" in one.headers for one in store.changes)


def test_updates_stay_near_the_size_of_a_batch(kg: KnowledgeGraph, push: Push) -> None:
    bodies: list[bytes] = []

    def answer(request: Request) -> Reply:
        bodies.append(request.body)
        return Reply(204)

    with listening(answer) as address:
        push(address, batch_size=30_000)
        batched = len(bodies)
        push(f"{address}/other", batch_size=10_000_000)
    assert max(map(len, bodies[:batched])) < 33_000
    assert len(bodies) - batched == 2  # the question, and all at once
    assert bodies[-1].count(b"CLEAR SILENT GRAPH") == len(list(Selection(kg).graphs()))


@pytest.mark.parametrize("batch_size", [1_000, 10_000_000])
def test_what_was_half_sent_is_sent_again_even_as_it_was(
    tmp_path: Path, store: GraphStore, address: str, pauses: list[float], batch_size: int
) -> None:
    """The journal knows of the old graph, the server may hold part of the new one."""
    journal = tmp_path / "journal.sqlite"
    with (
        factories.build_graph([factories.decision()], tmp_path / "old") as old,
        factories.build_graph([factories.decision(outcome="not-upheld")], tmp_path / "new") as new,
    ):
        faultlines.push(old.folder, address, journal=journal, batch_size=batch_size)
        left = [1]

        def breaking(request: Request) -> Reply | None:
            if request.method not in ("PUT", "POST") or request.graph is None:
                return None
            left[0] -= 1
            return Reply(400) if left[0] < 0 else None

        store.instead = breaking
        with pytest.raises(PushError, match="it answers 400"):
            faultlines.push(new.folder, address, journal=journal, batch_size=batch_size)
        assert not complete(store, old)
        store.instead = lambda _: None
        faultlines.push(old.folder, address, journal=journal, batch_size=batch_size)
        assert complete(store, old)


def test_a_graph_that_is_gone_already_counts_as_removed(
    store: GraphStore, address: str, push: Push
) -> None:
    push(address)
    store.graphs.clear()
    tally = push(address, scope=Scope(council="Kingsferry City Council"))
    assert tally.removed.graphs > 0
    assert push(address, scope=Scope(council="Kingsferry City Council")).removed.graphs == 0


def test_a_removal_that_fails_is_done_by_the_next_push(
    store: GraphStore, address: str, push: Push
) -> None:
    scope = Scope(council="Kingsferry City Council")
    push(address, scope=scope)
    kept = set(store.graphs)
    push(address)
    removed = set(store.graphs) - kept
    assert removed
    store.instead = lambda request: Reply(403) if request.method == "DELETE" else None
    with pytest.raises(PushError, match="it answers 403"):
        push(address, scope=scope)
    assert set(store.graphs) == kept | removed
    store.instead = lambda _: None
    assert push(address, scope=scope).removed.graphs == len(removed)
    assert set(store.graphs) == kept


def test_a_graph_whose_removal_was_tried_is_sent_again(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push
) -> None:
    """The server may have removed it before it failed to say so."""
    push(address)

    def forgetful(request: Request) -> Reply | None:
        if request.method == "DELETE":
            store.graphs.pop(str(request.graph), None)
            return Reply(400)
        return None

    store.instead = forgetful
    with pytest.raises(PushError, match="it answers 400"):
        push(address, scope=Scope(council="Kingsferry City Council"))
    store.instead = lambda _: None
    push(address)
    assert complete(store, kg)


def test_a_scope_without_decisions_removes_nothing(
    store: GraphStore, address: str, push: Push
) -> None:
    push(address)
    before = dict(store.graphs)
    with pytest.raises(PushError, match="no decision fulfils all conditions, and nothing was sent"):
        push(address, scope=Scope(since=date(2090, 1, 1)))
    assert store.graphs == before


def test_what_was_never_sent_is_never_removed(
    kg: KnowledgeGraph, store: GraphStore, address: str, push: Push
) -> None:
    """It may be somebody else's."""
    store.graphs = {name: b"theirs" for name, _ in Selection(kg).graphs()}
    store.instead = lambda _: Reply(403)
    with pytest.raises(PushError, match="403"):
        push(address)
    store.instead = lambda _: None
    before = set(store.graphs)
    assert push(address, scope=Scope(council="Kingsferry City Council")).removed.graphs == 0
    assert set(store.graphs) == before


def test_the_graph_is_built_again_while_it_is_pushed(
    tmp_path: Path, store: GraphStore, pauses: list[float]
) -> None:
    with factories.build_graph(factories.many(3), tmp_path / "kg") as graph:
        names = {name for name, _ in Selection(graph).graphs()}
    built: list[int] = []

    def answer(request: Request) -> Reply:
        if not built:
            built.append(1)
            faultlines.build([SAMPLE / "16-900-002.txt"], tmp_path / "kg")
        return store(request)

    with listening(answer) as address:
        faultlines.push(tmp_path / "kg", address)
    assert set(store.graphs) == names
    assert (tmp_path / "kg.push.sqlite").exists()
    assert (tmp_path / "kg" / "generation-0002").is_dir()
