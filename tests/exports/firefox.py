"""Debian's Firefox driven by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/).

Playwright drives only a Firefox of its own making; this speaks to any that there is, without
another driver. What it sees of a page: requests, complaints, answers of scripts, pictures.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_EVENTS = (
    *("network.beforeRequestSent", "log.entryAdded"),
    *("browsingContext.load", "browsingContext.fragmentNavigated"),
)
_PREFERENCES = {
    # nothing of its own on the network, so that every request seen is the page's
    "remote.active-protocols": 1,
    "app.update.enabled": False,
    "browser.aboutConfig.showWarning": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}
_STILL = '{block: "center", behavior: "instant"}'


class Tab:
    """One page in Firefox, with what it asked for and complained of."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.requests: list[str] = []
        """Addresses that the page asked for, its own among them."""
        self.errors: list[str] = []
        self._arrivals = 0
        self._context = ""
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=list(_EVENTS))
        self._context = self._send("browsingContext.create", type="tab")["context"]

    def open(self, url: str, *, width: int = 1280, height: int = 860) -> None:
        """Load a page in a window of that many pixels."""
        viewport = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self._context, viewport=viewport)
        self._send("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def ask(self, expression: str) -> Any:
        """The value of an expression of JavaScript, carried as JSON."""
        return json.loads(self._evaluate(f"JSON.stringify({expression})").get("value", "null"))

    def click(self, expression: str) -> None:
        """Click with the mouse on what an expression gives; wait for the page that it leads to."""
        found = self._evaluate(f"((node) => (node?.scrollIntoView({_STILL}), node))({expression})")
        assert found["type"] == "node", f"not on {self.ask('location.href')}: {expression}"
        there = {"type": "element", "element": {"sharedId": found["sharedId"]}}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": there},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        source = {"type": "pointer", "id": "mouse", "actions": actions}
        before = self._arrivals
        self._send("input.performActions", context=self._context, actions=[source])
        while self._arrivals == before:
            self._receive(f"a click led nowhere: {expression}")

    def wait(self, expression: str, seconds: float = 15) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not self.ask(expression):
            assert time.monotonic() < end, f"not in {seconds} s: {expression}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press and release keys; those without a letter by their code point (WebDriver)."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("input.performActions", context=self._context, actions=[source])

    def picture(self, path: Path) -> None:
        """Save what is seen as a PNG."""
        found = self._send("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(found["data"]))

    def close(self) -> None:
        """End the session."""
        self._send("browsingContext.close", context=self._context)
        self._send("session.end")

    def _evaluate(self, expression: str) -> Any:
        found = self._send(
            "script.evaluate",
            expression=expression,
            target={"context": self._context},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return found["result"]

    def _send(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            said = self._receive(f"no answer to {method}")
            if said.get("id") == self._number:
                assert said["type"] == "success", said
                return said["result"]

    def _receive(self, otherwise: str) -> dict[str, Any]:
        """The next message; an event is noted. Fails with ``otherwise`` when none comes."""
        try:
            said: dict[str, Any] = json.loads(self._socket.recv(timeout=30))
        except TimeoutError as error:
            raise AssertionError(otherwise) from error
        if said["type"] == "event":
            self._note(said["method"], said["params"])
        return said

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif method.startswith("browsingContext."):
            self._arrivals += params["context"] == self._context
        elif params["level"] == "error":
            self.errors.append(str(params["text"]))


@contextmanager
def firefox(program: str, folder: Path, *, script: bool = True) -> Iterator[Tab]:
    """A tab of a Firefox of its own, with a new profile in ``folder``.

    Without ``script`` no page runs any; what :class:`Tab` asks is answered all the same.
    """
    profile = folder / "profile"
    profile.mkdir()
    wanted = {**_PREFERENCES, "javascript.enabled": script}
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    log = folder / "firefox.log"
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"], stdout=out, stderr=out
        )
    try:
        with connect(f"{_address(log, process)}/session", max_size=None) as socket:
            tab = Tab(socket)
            yield tab
            tab.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where it listens, as it says itself."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8"))
