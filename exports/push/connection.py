"""Requests to an endpoint, asked again while what goes wrong may pass.

Credentials go to the address that was given and nowhere else: redirects are not followed.
What a library raises or logs may hold the whole address, so nothing of it leaves here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from exports.push.address import Address
from exports.push.answer import Answer
from exports.push.credentials import Credentials
from exports.push.log_guard import LogGuard
from graph.version import VERSION

if TYPE_CHECKING:
    import httpx2

WAITS: tuple[float, ...] = (1, 2, 4, 8, 16)
"""Seconds before each further try: a schedule without chance, so that runs are alike."""
LONGEST_WAIT = 120.0
"""Seconds of ``Retry-After`` that are waited; an endpoint that wants more ends the push."""
_CONNECT = 10.0
"""Seconds for a connection to be made."""
_BODY = 65_536
"""Bytes of an answer that are read."""
_SHOWN = 200
"""Characters of an answer that an error repeats."""

_LASTING = ("CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER")
"""OpenSSL's words for what waiting does not cure."""

Body = bytes | Iterable[bytes]
"""What a request carries; an iterable can be read again, for a further try."""


class Connection:
    """One endpoint, with the credentials for it; a context manager.

    ``timeout`` is how many seconds an answer may take; ``say`` is told in words of every
    wait before a further try.
    """

    def __init__(
        self,
        address: Address,
        credentials: Credentials,
        *,
        timeout: float,
        say: Callable[[str], None],
    ) -> None:
        import httpx2

        self.address = address
        self._credentials = credentials
        self._timeout = timeout
        self._say = say
        self._client = httpx2.Client(
            auth=self._sign,
            headers={"User-Agent": f"faultlines/{VERSION}", "Accept-Encoding": "identity"},
            timeout=httpx2.Timeout(timeout, connect=min(_CONNECT, timeout)),
            follow_redirects=False,
            trust_env=not address.loopback,  # no proxy stands between this computer and itself
        )
        self._guard = LogGuard(self._holds_secret)

    @property
    def signed(self) -> bool:
        """Whether there are credentials."""
        return self._credentials.header is not None

    def __enter__(self) -> Self:
        self._guard.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
        self._guard.__exit__()

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: Body | None = None,
        size: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a request, whatever it is; repeated while a failure may pass.

        Every request here may be repeated: done twice, it has the effect of once. ``size``
        is the length in bytes of a body that is an iterable.
        """
        given = dict(headers or {})
        if size is not None:
            given["Content-Length"] = str(size)  # some servers take no chunked requests
        answer = self._once(method, url, body, given)
        for wait in WAITS:
            seconds = max(wait, answer.retry_after or 0)
            if not answer.passing or seconds > LONGEST_WAIT:
                break
            what = f"answers {answer.status}" if answer.status else answer.failure
            self._say(f"{self.address.shown}: {what}; trying again after {seconds:g} s")
            time.sleep(seconds)
            answer = self._once(method, url, body, given)
        return answer

    def done(self, answer: Answer) -> Answer:
        """The answer, when it is good. Raises :class:`~exports.push.refusal.PushError`."""
        if not answer.good:
            raise answer.refusal(self.address, signed=self.signed)
        return answer

    def _once(self, method: str, url: str, body: Body | None, headers: Mapping[str, str]) -> Answer:
        import httpx2

        # The error is left behind here: it leads to the request, and so to its header.
        try:
            with self._client.stream(method, url, content=body, headers=headers) as response:
                return self._read(response)
        except httpx2.RequestError as error:
            lasting = any(sign in str(error) for sign in _LASTING)
            return Answer(0, failure=self._words(error), lasting=lasting)

    def _read(self, response: httpx2.Response) -> Answer:
        body = b""
        until = time.monotonic() + self._timeout
        for some in response.iter_raw(_BODY):
            body += some
            if len(body) >= _BODY or time.monotonic() > until:
                break
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        allow = response.headers.get("Allow", "").upper().replace(" ", "").split(",")
        return Answer(
            response.status_code,
            body=body[:_BODY],
            type=media_type,
            said=self._safe(body.decode(errors="replace")) if _is_text(media_type) else "",
            location=self._place(response.headers.get("Location", "")),
            allow=frozenset(filter(None, allow)),
            retry_after=_seconds(response.headers.get("Retry-After", "")),
        )

    def _words(self, error: httpx2.RequestError) -> str:
        import httpx2

        if isinstance(error, httpx2.ConnectError):
            return f"no connection can be made ({self._safe(str(error)) or 'no reason given'})"
        if isinstance(error, httpx2.ConnectTimeout):
            return f"no connection within {min(_CONNECT, self._timeout):g} s"
        if isinstance(error, httpx2.TimeoutException):
            return f"no answer within {self._timeout:g} s"
        return "the connection was closed before it answered"

    def _safe(self, text: str) -> str:
        """The beginning of a foreign text in one line; nothing of one that repeats a secret."""
        if self._holds_secret(text):
            return ""
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} ..."

    def _place(self, location: str) -> str:
        """Where a redirect leads, in a form that is safe to show."""
        if not location:
            return ""
        try:
            parts = urlsplit(urljoin(self.address.shown, location))
            host = parts.netloc.rpartition("@")[2]
        except ValueError:
            return "an address that cannot be read"
        return self._safe(f"{parts.scheme}://{host}{parts.path}")

    def _sign(self, request: httpx2.Request) -> httpx2.Request:
        if self._credentials.header is not None:
            request.headers["Authorization"] = self._credentials.header
        return request

    def _holds_secret(self, text: str) -> bool:
        query = self.address.url.partition("?")[2]
        return self._credentials.shown_in(text) or bool(query and query in text)


def _is_text(media_type: str) -> bool:
    return media_type in ("", "text/plain", "application/json", "application/problem+json")


def _seconds(retry_after: str) -> float | None:
    """Seconds that ``Retry-After`` asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
