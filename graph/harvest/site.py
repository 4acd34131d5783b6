"""The addresses of lgo.org.uk: its searches and its decisions.

A decision stands at ``/decisions/{category}/{subcategory}/{reference}``; what comes after
``/decisions/`` is its place, by which it is known here and its file is named. Searches are
``/Decisions/SearchResults`` with the days in ``fd`` and ``td``, outcomes in ``dc`` (``c``,
``nu`` and ``u``, each followed by a plus sign), a body in ``aname`` and a number in ``page``.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote, urljoin, urlsplit

from graph.harvest.asked import OUTCOMES, Asked
from graph.harvest.refusal import Unusable
from graph.harvest.window import Window

HOME = "https://www.lgo.org.uk"
_SLUG = (
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/))"  # no file of Windows can be named so
    r"[a-z0-9](?:[a-z0-9 _.,'()+&-]{0,98}[a-z0-9)])?"
)
_PLACE = re.compile(rf"/decisions/({_SLUG}/{_SLUG}/[0-9]{{2}}-[0-9]{{3}}-[0-9]{{3}}(?:-?[a-z])?)/?")


@dataclass(frozen=True, slots=True)
class Site:
    """One host, and nothing beyond it."""

    base: str
    """``https://www.lgo.org.uk``, without a path."""

    @classmethod
    def of(cls, url: str = HOME) -> Site:
        """The site at an address. Raises :class:`~graph.harvest.refusal.Unusable`."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise Unusable(url, f"this is no address ({error})", f"give one like {HOME}") from error
        if not host or parts.path.strip("/") or parts.query or parts.username:
            raise Unusable(url, "this is no address of a site", f"give one like {HOME}")
        site = cls(f"{parts.scheme}://{host}" + (f":{port}" if port else ""))
        if parts.scheme != "https" and not (parts.scheme == "http" and site.loopback):
            raise Unusable(url, "only https is spoken to other computers", f"give one like {HOME}")
        return site

    @property
    def host(self) -> str:
        """Name of the host."""
        return urlsplit(self.base).hostname or ""

    @property
    def loopback(self) -> bool:
        """Whether it is this computer."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def robots(self) -> str:
        """Where its rules for programs stand (RFC 9309)."""
        return f"{self.base}/robots.txt"

    def search(self, asked: Asked, window: Window, page: int) -> str:
        """The address of one page of the results of a window."""
        codes = OUTCOMES.values() if asked.outcome is None else (OUTCOMES[asked.outcome],)
        body = "" if asked.council is None else f"&aname={quote_plus(asked.council)}"
        return (
            f"{self.base}/Decisions/SearchResults?fd={window.first}&td={window.last}"
            f"&dc={''.join(f'{code}+' for code in codes)}{body}&page={page}"
        )

    def decision(self, place: str) -> str:
        """The address of a decision."""
        return f"{self.base}/decisions/{quote(place)}"

    def owns(self, url: str) -> bool:
        """Whether an address is on this host, with or without ``www.``."""
        try:
            ours, theirs = urlsplit(self.base), urlsplit(url)
            return (
                theirs.scheme in ("http", "https")
                and (ours.hostname or "").removeprefix("www.")
                == (theirs.hostname or "").removeprefix("www.")
                and (ours.port or 443) == (theirs.port or ours.port or 443)
            )
        except ValueError:
            return False

    def place(self, link: str) -> str | None:
        """The place of the decision that a link leads to; None when it leads elsewhere."""
        try:
            url = urljoin(f"{self.base}/Decisions/", link.strip())
            if not self.owns(url):
                return None
            path = unquote(urlsplit(url).path, errors="strict").lower()
        except ValueError:
            return None
        found = _PLACE.fullmatch(path)
        return found[1] if found else None
