"""Credentials for an endpoint, from the environment alone; nothing here ever shows them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote

from exports.push.address import Address
from exports.push.refusal import Unusable

USER, PASSWORD, TOKEN = (
    "FAULTLINES_PUSH_USER",
    "FAULTLINES_PUSH_PASSWORD",
    "FAULTLINES_PUSH_TOKEN",
)


class Credentials:
    """An ``Authorization`` header (RFC 9110, section 11.6.2), or none."""

    def __init__(self, header: str | None, secrets: tuple[str, ...]) -> None:
        self.header = header
        self._secrets = secrets

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """Those that the environment names: Basic (RFC 7617), Bearer (RFC 6750) or none.

        Raises :class:`Unusable` when they contradict each other or no header can carry them.
        """
        user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
        if token and (user or password):
            raise Unusable(TOKEN, f"{USER} or {PASSWORD} is set too", "set the token or the others")
        if bool(user) != bool(password):
            raise Unusable(f"{USER}, {PASSWORD}", "one is set without the other", "set both")
        if token:
            if not (token.isascii() and token.isprintable() and " " not in token):
                raise Unusable(TOKEN, "it holds characters that no header carries", "set it anew")
            return cls(f"Bearer {token}", (token,))
        if not user:
            return cls(None, ())
        if ":" in user or not (user + password).isprintable():
            reason = "a user with a colon, or a control character, cannot be sent (RFC 7617)"
            raise Unusable(f"{USER}, {PASSWORD}", reason, "set others")
        packed = b64encode(f"{user}:{password}".encode()).decode()
        return cls(f"Basic {packed}", (user, password, packed))

    def shown_in(self, text: str) -> bool:
        """Whether a text, such as what a server answers, repeats any of them."""
        return any(one in text or quote(one, safe="") in text for one in self._secrets)

    def check(self, address: Address, *, insecure: bool) -> None:
        """Raise :class:`Unusable` where everybody on the way could read them."""
        if self.header and not (address.encrypted or address.loopback or insecure):
            raise Unusable(
                address.shown,
                "credentials would be sent without encryption",
                "use an https address; --insecure sends them all the same",
            )

    def __repr__(self) -> str:
        return f"<Credentials {'given' if self.header else 'none'}>"
