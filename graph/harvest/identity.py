"""What every request says of who makes it (RFC 9110, 10.1), and which answers it can take."""

from __future__ import annotations

from graph.harvest.refusal import Unusable
from graph.harvest.rules import AGENT
from graph.version import VERSION

_PAGES = ("https://", "http://")


def headers(contact: str | None) -> dict[str, str]:
    """The headers of every request; ``contact`` may be missing where only robots.txt is read.

    Raises :class:`~graph.harvest.refusal.Unusable` as :func:`user_agent` does.
    """
    said = {
        "User-Agent": user_agent(contact),
        "Accept": "text/html,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if contact is not None and not contact.strip().startswith(_PAGES):
        said["From"] = contact.strip()
    return said


def user_agent(contact: str | None) -> str:
    """What the site is told of who asks. Raises :class:`~graph.harvest.refusal.Unusable`."""
    if contact is None:
        return f"{AGENT}/{VERSION}"
    named = contact.strip()
    whole = named.isascii() and named.isprintable() and len(named) <= 200
    if not whole or not ("@" in named[1:-1] or named.startswith(_PAGES)):
        reason = f"{contact!r} is no address by which anybody can be reached"
        raise Unusable("--contact", reason, "give an e-mail address or the address of a page")
    return f"{AGENT}/{VERSION} (+{named})"
