"""Requests to the site: one at a time, with pauses, and fewer when it asks for fewer.

Nothing but the given host is visited. What robots.txt disallows is not asked for; what may
pass is asked for again after longer and longer waits; and where the site keeps refusing, the
harvest ends with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from graph.harvest.answer import Answer
from graph.harvest.clock import Clock
from graph.harvest.refusal import Stopped, Unusable
from graph.harvest.rules import AGENT, FRESH, LARGEST, Rules
from graph.harvest.site import Site
from graph.sources.raw import MAX_DOCUMENT
from graph.version import VERSION

if TYPE_CHECKING:
    import httpx2

PAUSE = 5.0
"""Seconds between two requests, unless told."""
LEAST_PAUSE = 1.0
"""Seconds between two requests to another computer, whatever is told."""
LONGEST_PAUSE = 60.0
"""Seconds to which the pause grows when the site says that it is asked too much."""
WAITS: tuple[float, ...] = (10, 30, 90, 270)
"""Seconds before each further try: a schedule without chance, so that runs are alike."""
LONGEST_WAIT = 1800.0
"""Seconds of ``Retry-After`` that are waited; a site that wants more ends the harvest."""
REFUSALS = 3
"""Pages refused or failing one after the other that end the harvest."""
_HOPS = 3
"""Redirects on the same host that are followed."""
_TIMEOUT = 30.0
"""Seconds in which something of an answer has to come."""
_WHOLE = 180.0
"""Seconds in which the whole of an answer has to come."""
_LATER = "try again later: the same command goes on where this one ended"


class Visitor:
    """One visitor of one site; a context manager.

    ``contact`` is an address by which the site's owner reaches whoever runs it; ``pause`` is
    in seconds; ``say`` is told in words of every wait that is longer than a pause.
    """

    def __init__(
        self,
        site: Site,
        contact: str | None,
        *,
        pause: float = PAUSE,
        clock: Clock | None = None,
        say: Callable[[str], None] = lambda _: None,
        timeout: float = _TIMEOUT,
    ) -> None:
        import httpx2

        if pause < LEAST_PAUSE and not site.loopback:
            reason = f"{pause:g} seconds are too short a pause for somebody else's computer"
            raise Unusable("--pause", reason, f"give {LEAST_PAUSE:g} or more")
        self.site = site
        self.pause = pause
        """Seconds between two requests, as it is now."""
        self.requests = 0
        """Requests made so far."""
        self._clock = clock or Clock()
        self._say = say
        self._rules: Rules | None = None
        self._rules_read = 0.0
        self._ended: float | None = None
        self._bad = 0
        self._reached = False
        self._client = httpx2.Client(
            headers={"User-Agent": user_agent(contact), "Accept": "text/html,*/*;q=0.5"},
            timeout=httpx2.Timeout(timeout, connect=min(10.0, timeout)),
            follow_redirects=False,
            trust_env=not site.loopback,  # no proxy stands between this computer and itself
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def allows(self, url: str) -> bool:
        """Whether robots.txt, read now or within a day, allows an address."""
        return self._current_rules().allow(url)

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        once: bool = False,
    ) -> Answer:
        """What the site has at an address that is allowed; asked again while failure may pass.

        With ``etag`` or ``last_modified`` the site may answer 304, not modified (RFC 9110, 13).
        ``once`` asks only once. Raises :class:`~graph.harvest.refusal.Stopped` when the site
        asks for too long a wait, goes on being asked too much, cannot be reached, or has
        refused or failed several addresses in a row.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        if once:
            return self._followed(url, headers)
        answer = self._tried(url, headers)
        self._judge(answer)
        return answer

    def _tried(self, url: str, headers: dict[str, str], *, ruled: bool = True) -> Answer:
        """The answer, asked for again after longer and longer waits while failure may pass."""
        answer = self._followed(url, headers, ruled=ruled)
        for wait in WAITS:
            if not self._may_pass(answer):
                break
            self._wait(answer, wait)
            answer = self._followed(url, headers, ruled=ruled)
        return answer

    def _may_pass(self, answer: Answer) -> bool:
        """Whether waiting may help: hardly where nothing has been reached so far."""
        return answer.passing and (self._reached or not answer.unreachable)

    def _wait(self, answer: Answer, least: float) -> None:
        seconds = max(least, answer.retry_after or 0)
        if seconds > LONGEST_WAIT:
            reason = f"the site asks to come back after {seconds / 60:,.0f} minutes"
            raise Stopped(answer.url, reason, "run the same command then; it goes on from here")
        if answer.pushed_back:
            self.pause = min(max(self.pause * 2, LEAST_PAUSE), max(LONGEST_PAUSE, self.pause))
        self._say(f"{answer.url}: {answer.words}; trying again after {seconds:g} s")
        self._clock.sleep(seconds)

    def _judge(self, answer: Answer) -> None:
        """End the harvest where going on makes no sense."""
        tries = len(WAITS) + 1
        if answer.unreachable:
            raise Stopped(answer.url, answer.failure, f"check the connection, or {_LATER}")
        if answer.pushed_back:
            reason = f"the site says that it is asked too much ({answer.status}), {tries} times"
            raise Stopped(answer.url, reason, f"{_LATER}; give a longer --pause")
        self._bad = self._bad + 1 if answer.refused or answer.passing else 0
        if self._bad >= REFUSALS:
            reason = f"{answer.words}, as did the {REFUSALS - 1} pages asked for before"
            advice = (
                "ask the owner of the site whether programs may fetch from it"
                if answer.refused
                else _LATER
            )
            raise Stopped(answer.url, reason, advice)

    def _current_rules(self) -> Rules:
        if self._rules is None or self._clock.now() - self._rules_read > FRESH:
            self._rules = self._read_rules()
            self._rules_read = self._clock.now()
            self.pause = max(self.pause, self._rules.pause)
        return self._rules

    def _read_rules(self) -> Rules:
        """robots.txt; none, when there is none; where that is not known, nothing is visited."""
        answer = self._tried(self.site.robots, {}, ruled=False)
        if answer.status == 200:
            return Rules(answer.body[:LARGEST].decode("utf-8", errors="replace"))
        if 400 <= answer.status < 500 and not (answer.refused or answer.passing):
            return Rules()
        reason = f"robots.txt cannot be read ({answer.words}), so nothing may be visited"
        raise Stopped(answer.url, reason, _LATER)

    def _followed(self, url: str, headers: dict[str, str], *, ruled: bool = True) -> Answer:
        """The answer, of the same host's other address where it leads to one."""
        answer = self._once(url, headers)
        for _ in range(_HOPS):
            if not answer.location:
                return replace(answer, url=url)
            target = urljoin(answer.url, answer.location)
            if not self.site.owns(target):
                host = urlsplit(target).hostname or "nowhere"
                return _lasting(url, f"it leads to {host}, which is not visited")
            parts = urlsplit(target)
            inside = parts.path + (f"?{parts.query}" if parts.query else "")
            target = f"{self.site.base}{inside}"
            if ruled and not self.allows(target):
                return _lasting(url, f"it leads to {target}, which robots.txt disallows")
            answer = self._once(target, headers)
        return _lasting(url, "it leads from address to address") if answer.location else answer

    def _once(self, url: str, headers: dict[str, str]) -> Answer:
        import httpx2

        if self._ended is not None:
            left = self.pause - (self._clock.now() - self._ended)
            if left > 0:
                self._clock.sleep(left)
        self.requests += 1
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                self._reached = True
                return self._read(url, response)
        except httpx2.ConnectError as error:
            reason = f"no connection can be made ({error})"
            return Answer(url, failure=reason, unreachable=True)
        except httpx2.ConnectTimeout:
            return Answer(url, failure="no connection is made in time", unreachable=True)
        except httpx2.TimeoutException:
            return Answer(url, failure="the answer does not come in time")
        except httpx2.DecodingError:
            return Answer(url, failure="the answer is packed in a way that cannot be unpacked")
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            return Answer(url, failure=f"the answer is not whole ({error})")
        finally:
            self._ended = self._clock.now()

    def _read(self, url: str, response: httpx2.Response) -> Answer:
        body = bytearray()
        until = time.monotonic() + _WHOLE
        for some in response.iter_bytes(65_536):
            body += some
            if len(body) > MAX_DOCUMENT:
                return _lasting(url, f"the answer has over {MAX_DOCUMENT // 1_000_000} MB")
            if time.monotonic() > until:
                return Answer(url, failure=f"the answer is not whole after {_WHOLE:g} s")
        redirect = response.status_code in (301, 302, 303, 307, 308)
        return Answer(
            url,
            response.status_code,
            bytes(body),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            location=response.headers.get("Location", "") if redirect else "",
            retry_after=self._seconds(response.headers.get("Retry-After", "")),
        )

    def _seconds(self, retry_after: str) -> float | None:
        """Seconds that ``Retry-After`` asks for, as a number or as a date (RFC 9110, 10.2.3)."""
        text = retry_after.strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._clock.now())
        except (TypeError, ValueError, OverflowError):
            return None


def user_agent(contact: str | None) -> str:
    """What the site is told of who asks. Raises :class:`~graph.harvest.refusal.Unusable`."""
    if contact is None:
        return f"{AGENT}/{VERSION}"
    named = contact.strip()
    whole = named.isascii() and named.isprintable() and len(named) <= 200
    if not whole or not ("@" in named[1:-1] or named.startswith(("https://", "http://"))):
        reason = f"{contact!r} is no address by which anybody can be reached"
        raise Unusable("--contact", reason, "give an e-mail address or the address of a page")
    return f"{AGENT}/{VERSION} (+{named})"


def _lasting(url: str, failure: str) -> Answer:
    return Answer(url, failure=failure, lasting=True)
