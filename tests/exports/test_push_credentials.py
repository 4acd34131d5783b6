"""Addresses and credentials: what is refused, and that a secret comes out nowhere."""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

import faultlines
from exports.push import PushError, Unusable
from exports.push.address import Address
from exports.push.credentials import PASSWORD, TOKEN, USER, Credentials
from graph.knowledge_graph import KnowledgeGraph
from tests.endpoints import GraphStore, Reply, Request, listening

ROOT = Path(__file__).parents[2]
SECRETS = {
    "basic": {USER: "editor-of-graphs", PASSWORD: "pa ss/wörd%&?"},
    "bearer": {TOKEN: "ey.J0b2tlbg-_~+/=="},
}
QUERY = "apikey=hidden-in-the-query"


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("exports.push.connection.WAITS", (0.01,))


@pytest.fixture(params=list(SECRETS))
def secret(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in SECRETS[request.param].items():
        monkeypatch.setenv(name, value)
    return SECRETS[request.param]


def forms(secret: dict[str, str]) -> list[str]:
    """The secret as it could come out: as it is, packed, and in a representation."""
    values = list(secret.values())
    packed = base64.b64encode(":".join(values).encode()).decode()
    in_bytes = (repr(value.encode())[2:-1] for value in values)
    return [*values, packed, *in_bytes, "hidden-in-the-query"]


def everything(error: BaseException | None) -> str:
    """All that an exception can show: its chain with its values, and every frame's locals."""
    shown = ""
    while error is not None:
        found = traceback.TracebackException.from_exception(error, capture_locals=True)
        shown += "".join(found.format()) + repr(error) + repr(vars(error))
        error = error.__cause__ or error.__context__
    return shown


def test_basic_credentials_are_sent(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = GraphStore()
    for name, value in SECRETS["basic"].items():
        monkeypatch.setenv(name, value)
    with listening(store) as address:
        faultlines.push(kg.folder, address, journal=tmp_path / "j")
    wanted = base64.b64encode("editor-of-graphs:pa ss/wörd%&?".encode()).decode()
    assert {one.headers.get("authorization") for one in store.requests} == {f"Basic {wanted}"}


def test_a_token_is_sent(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = GraphStore()
    monkeypatch.setenv(TOKEN, "abc")
    with listening(store) as address:
        faultlines.push(kg.folder, f"{address}/store?{QUERY}", journal=tmp_path / "j")
    assert {one.headers.get("authorization") for one in store.requests} == {"Bearer abc"}
    assert all(f"/store?{QUERY}" in one.path for one in store.requests)
    assert all(one.path.startswith(f"/store?{QUERY}&graph=") for one in store.changes)


def test_nothing_is_sent_without_credentials(kg: KnowledgeGraph, tmp_path: Path) -> None:
    store = GraphStore()
    with listening(store) as address:
        faultlines.push(kg.folder, address, journal=tmp_path / "j")
    assert {one.headers.get("authorization") for one in store.requests} == {None}


def echo(request: Request) -> Reply:
    """A server that says what it was sent."""
    said = f"{request.path} {request.headers}".encode()
    return Reply(400, {"Content-Type": "text/plain"}, said)


def unpacked(request: Request) -> Reply:
    """A server that says who it was sent by."""
    sort, _, packed = request.headers["authorization"].partition(" ")
    said = base64.b64decode(packed) if sort == "Basic" else packed.encode()
    return Reply(500, {"Content-Type": "text/plain"}, b"no entry for " + said)


def elsewhere(request: Request) -> Reply:
    """A server that sends on with all that it was sent."""
    packed = request.headers["authorization"].partition(" ")[2]
    return Reply(302, {"Location": f"https://{packed}@example.org/{packed}?{request.path}"})


SERVERS = {
    "echo": echo,
    "unpacked": unpacked,
    "elsewhere": elsewhere,
    "closed": lambda _: Reply(0),
    "denied": lambda _: Reply(401),
    "busy": lambda _: Reply(503, {"Retry-After": "1000"}),
}


@pytest.mark.parametrize("protocol", ["auto", "graph-store", "update"])
@pytest.mark.parametrize("server", list(SERVERS))
def test_secrets_stay_out_of_errors_logs_and_journal(
    kg: KnowledgeGraph,
    tmp_path: Path,
    secret: dict[str, str],
    server: str,
    protocol: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    with listening(SERVERS[server]) as address, pytest.raises(PushError) as error:
        faultlines.push(
            kg.folder,
            f"{address}/store?{QUERY}",
            protocol=protocol,
            journal=tmp_path / "journal.sqlite",
            say=said.append,
        )
    out = everything(error.value) + "".join(said) + caplog.text
    out += "".join(path.read_bytes().decode("latin-1") for path in tmp_path.iterdir())
    # the frame of this test itself and what a caller gave are no business of ours
    out = out.replace(f"{address}/store?{QUERY}", "").replace(repr(secret), "").replace(QUERY, "")
    assert f"{address}/store" in str(error.value)
    assert [form for form in forms(secret) if form in out] == []


@pytest.mark.parametrize("server", [*SERVERS, "good"])
def test_secrets_stay_out_of_what_the_command_prints(
    kg: KnowledgeGraph, tmp_path: Path, secret: dict[str, str], server: str
) -> None:
    program = (
        "import logging, sys; logging.basicConfig(level=logging.DEBUG); "
        "import exports.push.connection as c; c.WAITS = (0.01,); "
        "import faultlines; faultlines.main()"
    )
    journal = tmp_path / "journal.sqlite"
    store = GraphStore()
    with listening(SERVERS.get(server, store)) as address:
        url = f"{address}/store?{QUERY}"
        ran = subprocess.run(
            [sys.executable, "-c", program, "push", str(kg.folder), url, "--journal", str(journal)],
            cwd=ROOT,
            env={**os.environ, **secret},
            capture_output=True,
            timeout=120,
            check=False,
        )
    assert ran.returncode == (0 if server == "good" else 1)
    out = (ran.stdout + ran.stderr + journal.read_bytes()).decode("latin-1")
    assert "Traceback" not in out
    printed = [form.encode().decode("latin-1") for form in forms(secret)]
    assert [form for form in printed if form in out] == []
    if server == "good":
        assert store.graphs
        assert f"{address}/store?sha256=".encode() in journal.read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@example.org/store",
        "https://user:sec/ret@example.org/store",
        "https://secret@example.org/",
        "https://user:secret@[::1]/",
        "http://user:se%20cret@example.org:port/",
        "//user:secret@example.org",
        "user:secret@example.org",
        "ftp://user:secret@example.org",
        "http://user:secret\n@example.org",
        "http://example.org\\@secret.example.org/",
        "http://example.org:secret/",
    ],
)
def test_an_address_with_a_user_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Unusable) as error:
        Address.parse(url)
    assert "secret" not in str(error.value)
    assert "sec/ret" not in str(error.value)
    chain = error.value.__cause__ or error.value.__context__
    assert chain is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "it is empty"),
        ("example.org/store", "no http or https address"),
        ("file:///etc/passwd", "no http or https address"),
        ("http:///store", "no http or https address"),
        ("http://exämple.org/", "characters that no address has"),
        ("http://example.org/a b", "characters that no address has"),
        ("http://example.org:99999/", "no http or https address"),
        ("http://example.org/#store", "fragment"),
        ("http://example.org/?graph=urn:x", "it names a graph"),
        ("http://example.org/?a=b&default", "it names a graph"),
        ("http://example.org/" + "a" * 9_000, "too long"),
    ],
)
def test_what_is_no_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        Address.parse(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTP://Example.ORG:80", "http://example.org/"),
        ("https://example.org:443/a/%41", "https://example.org/a/%41"),
        ("http://example.org:8080/Store?", "http://example.org:8080/Store"),
        ("http://[::1]:7878/store", "http://[::1]:7878/store"),
    ],
)
def test_one_endpoint_has_one_key(url: str, key: str) -> None:
    assert Address.parse(url).key == key == Address.parse(url).shown


def test_a_query_is_part_of_the_key_and_not_shown() -> None:
    first, second = (Address.parse(f"https://example.org/s?token={t}") for t in ("aaa", "bbb"))
    assert first.key != second.key
    assert first.shown == second.shown == "https://example.org/s"
    assert "aaa" not in repr(first) + first.key
    assert first.of_graph("urn:ü&x=1#?") == (
        "https://example.org/s?token=aaa&graph=urn%3A%C3%BC%26x%3D1%23%3F"
    )


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("http://127.0.0.1/", True),
        ("http://127.9.9.9:80/", True),
        ("http://localhost:3030/", True),
        ("http://db.localhost/", True),
        ("http://[::1]:1/", True),
        ("https://example.org/", True),
        ("http://example.org/", False),
        ("http://localhost.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://0.0.0.0/", False),
        ("http://192.168.0.1/", False),
    ],
)
def test_credentials_go_unencrypted_to_this_computer_only(url: str, safe: bool) -> None:
    credentials = Credentials.of({TOKEN: "abc"})
    credentials.check(Address.parse(url), insecure=True)
    Credentials.of({}).check(Address.parse(url), insecure=False)
    if safe:
        credentials.check(Address.parse(url), insecure=False)
    else:
        with pytest.raises(Unusable, match="without encryption; use an https address; --insecure"):
            credentials.check(Address.parse(url), insecure=False)


@pytest.mark.parametrize(
    "environment",
    [
        {USER: "secret"},
        {PASSWORD: "secret"},
        {TOKEN: "secret", USER: "secret"},
        {TOKEN: "secret\r\nX-Injected: 1"},
        {TOKEN: "secret ü"},
        {USER: "secret:x", PASSWORD: "secret"},
        {USER: "secret", PASSWORD: "secret\n"},
    ],
)
def test_credentials_that_cannot_be_meant_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(Unusable) as error:
        Credentials.of(environment)
    assert "FAULTLINES_PUSH_" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "arguments",
    [
        ["http://u:p@example.org/"],
        ["http://example.org/"],
        ["http://localhost/", "--protocol", "ftp"],
        ["http://localhost/", "--council", "Nowhere at all"],
        ["http://localhost/", "--batch-size", "0"],
    ],
)
def test_wrong_usage_ends_with_two(
    kg: KnowledgeGraph, tmp_path: Path, arguments: list[str]
) -> None:
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "faultlines", "push", str(kg.folder), *arguments),
            *("--journal", str(tmp_path / "j")),
        ],
        cwd=ROOT,
        env={**os.environ, TOKEN: "abc"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "j").exists()


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Request]]:
    """The requests that the environment's proxy gets."""
    got: list[Request] = []

    def proxy(request: Request) -> Reply:
        got.append(request)
        return Reply(502)

    with listening(proxy) as address:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        yield got


def test_no_proxy_stands_before_this_computer(
    kg: KnowledgeGraph, tmp_path: Path, proxied: list[Request]
) -> None:
    store = GraphStore()
    with listening(store) as address:
        faultlines.push(kg.folder, address, journal=tmp_path / "j")
    assert store.graphs
    assert proxied == []
    with pytest.raises(PushError, match="502"):
        faultlines.push(kg.folder, "http://store.invalid/", journal=tmp_path / "j")
    assert proxied
