"""Where the explorer listens: a port that can be had, its address, a browser that opens it."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from threading import Timer

from graph.errors import FaultlinesError

ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - refused, unless the caller names the hosts
"""Hosts that mean every interface."""
_SOON = 1.0
"""Seconds after which the server answers."""


def free_port(host: str, port: int) -> int:
    """``port``, or any free one for 0, after a look whether it can be had.

    Raises :class:`~graph.errors.FaultlinesError` when it cannot.
    """
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if sys.platform != "win32":  # as the server does: a port just left is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            found: int = probe.getsockname()[1]
    except OSError as error:
        where, advice = f"{host}:{port}", "choose another with --host or --port; 0 takes a free one"
        raise FaultlinesError(where, f"no server can listen there ({error})", advice) from error
    return found


def address(host: str, port: int) -> str:
    """The address of the explorer for a browser: ``http://127.0.0.1:8765/``."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def open_browser(at: str) -> None:
    """Open a browser at an address as soon as the server is up, where there is a display."""
    if sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    ):
        Timer(_SOON, webbrowser.open, (at,)).start()
