"""The address of an endpoint: where requests go, how messages show it, and its key.

Refuses what would give a secret away: credentials in the address are never taken, and its
query, which may hold a token, is sent and neither shown nor kept.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from exports.push.refusal import Unusable

# RFC 3986, appendix A: the characters of a URI; others are read differently by different
# programs, and then one checks another host than the other asks.
_URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_LONGEST = 8_000
"""Characters; RFC 9110, section 4.1, asks of servers to take as many."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """An endpoint's address, checked. Made with :meth:`parse`."""

    url: str = field(repr=False)
    """All of it, for requests alone."""
    shown: str
    """Without its query."""
    key: str
    """The same for the same endpoint however it is written; a query stands as its SHA-256."""
    encrypted: bool
    loopback: bool
    """Whether it is this computer."""

    @classmethod
    def parse(cls, url: str) -> Address:
        """The address that ``url`` writes.

        Raises :class:`Unusable`, without repeating what may be a password, for one that is
        no http or https URI, holds user information, or names a graph itself.
        """
        parts = _parts(url)
        host = (parts.hostname or "").lower()
        written = f"[{host}]" if ":" in host else host
        port = parts.port or _PORTS[parts.scheme]
        if port != _PORTS[parts.scheme]:
            written += f":{port}"
        shown = f"{parts.scheme}://{written}{parts.path or '/'}"
        query = f"?{parts.query}" if parts.query else ""
        hashed = f"?sha256={hashlib.sha256(query.encode()).hexdigest()}" if query else ""
        encrypted = parts.scheme == "https"
        return cls(f"{shown}{query}", shown, f"{shown}{hashed}", encrypted, _is_loopback(host))

    def of_graph(self, name: str) -> str:
        """The address of one named graph: SPARQL 1.1 Graph Store HTTP Protocol, section 4.2."""
        joined = "&" if "?" in self.url else "?"
        return f"{self.url}{joined}graph={quote(name, safe='')}"


def _parts(url: str) -> SplitResult:
    if not _URI.fullmatch(url) or len(url) > _LONGEST:
        raise _unusable("it is empty, too long or holds characters that no address has")
    try:
        parts = urlsplit(url)
        sound = bool(_HOST.fullmatch(parts.netloc.rpartition("@")[2].removesuffix(_port(parts))))
    except ValueError:  # whose text may hold part of a password
        sound = False
    if "@" in url.partition("?")[0]:
        raise Unusable(
            "the address",
            "it holds an @, as where a user and a password stand in it",
            "leave them out and set FAULTLINES_PUSH_USER and FAULTLINES_PUSH_PASSWORD "
            "(an @ of a path is written %40)",
        )
    if not sound or parts.scheme not in _PORTS:
        raise _unusable("it is no http or https address")
    if "#" in url:
        raise _unusable("it has a fragment (#), which is never sent")
    if {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)} & {"graph", "default"}:
        raise _unusable("it names a graph, and each is named by this command")
    return parts


def _port(parts: SplitResult) -> str:
    """The port as it is written, with its colon; ValueError when it is none."""
    return f":{parts.port}" if parts.port is not None else ""


def _unusable(reason: str) -> Unusable:
    return Unusable("the address", reason, "write it as http://localhost:7878/store")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, section 6.3
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
