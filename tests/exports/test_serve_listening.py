"""Where the explorer listens, and whether a browser is opened there."""

from __future__ import annotations

import sys

import pytest

from exports.serve import listening


@pytest.mark.parametrize(
    ("host", "wanted"), [("127.0.0.1", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/")]
)
def test_an_address_can_be_typed_into_a_browser(host: str, wanted: str) -> None:
    assert listening.address(host, 80) == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY", None])
def test_a_browser_is_opened_where_there_is_a_display(
    display: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class AtOnce:
        def __init__(self, _: float, call: object, arguments: tuple[str]) -> None:
            opened.extend(arguments)

        def start(self) -> None:
            pass

    monkeypatch.setattr(listening, "Timer", AtOnce)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv(display, ":0")
    listening.open_browser("http://127.0.0.1:80/")
    assert opened == (["http://127.0.0.1:80/"] if display else [])
