"""Requests to the site: one at a time, with pauses, and fewer when it asks for fewer.

Nothing but the given host is visited. What robots.txt disallows is not asked for; what may
pass is asked for again after longer and longer waits; and where the site keeps refusing, the
harvest ends with the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from graph.harvest.answer import Answer
from graph.harvest.clock import Clock, spell
from graph.harvest.identity import headers
from graph.harvest.refusal import Stopped, Unusable
from graph.harvest.rules import FRESH, LARGEST, Rules
from graph.harvest.site import Site
from graph.harvest.transfer import Deadline, Untransferable, body
from graph.sources.raw import MAX_DOCUMENT

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
_HOPS = 5
"""Redirects on the same host that are followed, as RFC 9309 (2.3.1.2) asks for."""
_IDLE = 90.0
"""Seconds for which a connection is kept for the next request: a new one costs the site more."""
_TIMEOUT = 30.0
"""Seconds in which something of an answer has to come."""
_WHOLE = 180.0
"""Seconds in which the whole of an answer has to come."""
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')
"""An entity-tag (RFC 9110, 8.8.3) that can be sent back, of a sober length."""
_LATER = "try again later: the same command goes on where this one ended"


class Visitor:
    """One visitor of one site; a context manager.

    ``contact`` is an address by which the site's owner reaches whoever runs it; ``pause`` is
    in seconds; ``say`` is told in words of every wait that is longer than a pause. The time of
    the last request is kept as that of the file ``asked``, where one is given, so that the
    pause lies between two visits, too.
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
        asked: Path | None = None,
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
        self._asked = asked
        self._ended = asked.stat().st_mtime if asked is not None and asked.exists() else None
        self._bad = 0
        self._reached = False
        self._deadline = Deadline()
        self._client = httpx2.Client(
            headers=headers(contact),
            timeout=httpx2.Timeout(timeout, connect=min(10.0, timeout)),
            limits=httpx2.Limits(max_connections=1, keepalive_expiry=_IDLE),
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none is kept
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
        marks = {}
        if etag:
            marks["If-None-Match"] = etag
        if last_modified:
            marks["If-Modified-Since"] = last_modified
        if once:
            return self._followed(url, marks)
        answer = self._tried(url, marks)
        self._judge(answer)
        return answer

    def _tried(self, url: str, marks: dict[str, str], *, ruled: bool = True) -> Answer:
        """The answer, asked for again after longer and longer waits while failure may pass."""
        answer = self._followed(url, marks, ruled=ruled)
        for wait in WAITS:
            if not self._may_pass(answer):
                break
            self._wait(answer, wait)
            answer = self._followed(url, marks, ruled=ruled)
        return answer

    def _may_pass(self, answer: Answer) -> bool:
        """Whether waiting may help: hardly where nothing has been reached so far."""
        return answer.passing and (self._reached or not answer.unreachable)

    def _wait(self, answer: Answer, least: float) -> None:
        seconds = max(least, answer.retry_after or 0)
        if seconds > LONGEST_WAIT:
            reason = f"the site asks to come back after {spell(seconds)}"
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
        if self._rules is None or not 0 <= self._clock.now() - self._rules_read <= FRESH:
            self._rules = self._read_rules()
            self._rules_read = self._clock.now()
            self._slow_down_to(self._rules.pause)
        return self._rules

    def _slow_down_to(self, pause: float) -> None:
        """Keep to the pause that robots.txt asks for, unless nothing could be had so."""
        if pause > LONGEST_WAIT:
            reason = f"it asks for {spell(pause)} between two requests, in which little is had"
            advice = "ask the owner of the site for another way to the decisions"
            raise Stopped(self.site.robots, reason, advice)
        if pause > self.pause:
            self._say(f"{self.site.robots} asks for a pause of {pause:g} s, which is kept")
            self.pause = pause

    def _read_rules(self) -> Rules:
        """robots.txt; none, when there is none; where that is not known, nothing is visited."""
        answer = self._tried(self.site.robots, {}, ruled=False)
        if answer.status == 200:
            return Rules(answer.body.decode("utf-8", errors="replace"))
        if 400 <= answer.status < 500 and not (answer.refused or answer.passing):
            return Rules()
        reason = f"robots.txt cannot be read ({answer.words}), so nothing may be visited"
        raise Stopped(answer.url, reason, _LATER)

    def _followed(self, url: str, marks: dict[str, str], *, ruled: bool = True) -> Answer:
        """The answer, of the same host's other address where it leads to one."""
        answer = self._once(url, marks, ruled=ruled)
        for _ in range(_HOPS):
            if not answer.location:
                break
            target = self._target(answer)
            if target is None:
                return _lasting(url, f"it leads to {answer.location[:100]!r}, which is not visited")
            if ruled and not self.allows(target):
                return _lasting(url, f"it leads to {target}, which robots.txt disallows")
            answer = self._once(target, marks, ruled=ruled)
        if answer.location:
            return _lasting(url, "it leads from address to address")
        return replace(answer, url=url)

    def _target(self, answer: Answer) -> str | None:
        """The address on this host that a redirect leads to; None where it leads elsewhere."""
        try:
            target = urljoin(answer.url, answer.location)
            parts = urlsplit(target)
        except ValueError:
            return None
        if not self.site.owns(target):
            return None
        return self.site.base + parts.path + (f"?{parts.query}" if parts.query else "")

    def _pass_the_pause(self) -> None:
        """Wait until the pause after the last request is over."""
        if self._ended is not None:
            left = self.pause - (self._clock.now() - self._ended)
            if left > 0:
                self._clock.sleep(min(left, self.pause))  # a clock may have been set back

    def _note_the_time(self) -> None:
        self._ended = self._clock.now()
        if self._asked is not None:
            with suppress(OSError):  # a full disk is told of where something is kept
                self._asked.touch()
                os.utime(self._asked, (self._ended, self._ended))

    def _once(self, url: str, marks: dict[str, str], *, ruled: bool) -> Answer:
        import httpx2

        self._pass_the_pause()
        self.requests += 1
        extensions = {"trace": self._deadline.trace}
        try:
            with (
                self._deadline.within(_WHOLE),
                self._client.stream("GET", url, headers=marks, extensions=extensions) as response,
            ):
                self._reached = True
                return self._read(url, response, ruled=ruled)
        except Untransferable as error:
            return Answer(url, failure=str(error), lasting=error.lasting)
        except httpx2.ConnectError as error:
            reason = f"no connection can be made ({error})"
            return Answer(url, failure=reason, unreachable=True)
        except httpx2.ConnectTimeout:
            return Answer(url, failure="no connection is made in time", unreachable=True)
        except httpx2.TimeoutException:
            return Answer(url, failure="the answer does not come in time")
        except (httpx2.RequestError, httpx2.InvalidURL, OSError) as error:
            return Answer(url, failure=f"the answer is not whole ({error})")
        finally:
            self._note_the_time()

    def _read(self, url: str, response: httpx2.Response, *, ruled: bool) -> Answer:
        redirect = response.status_code in (301, 302, 303, 307, 308)
        # nothing is kept of a robots.txt beyond its largest size, nor of what comes with an error
        cut = not ruled or response.status_code != 200
        whole = body(response, LARGEST if cut else MAX_DOCUMENT, cut=cut)
        etag = response.headers.get("ETag", "")
        last_modified = response.headers.get("Last-Modified", "")
        return Answer(
            url,
            response.status_code,
            whole,
            etag=etag if _ETAG.fullmatch(etag) else None,
            last_modified=last_modified if _is_date(last_modified) else None,
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
        except (TypeError, ValueError, OverflowError, OSError):
            return None


def _is_date(text: str) -> bool:
    """Whether a Last-Modified can be sent back."""
    try:
        parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return False
    return text.isascii() and text.isprintable() and len(text) <= 40


def _lasting(url: str, failure: str) -> Answer:
    return Answer(url, failure=failure, lasting=True)
