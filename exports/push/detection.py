"""Which protocol an address speaks, found out by asking what changes nothing.

1. An update that inserts nothing, ``INSERT DATA {}``. If it is done, the address takes
   updates.
2. A GET of a graph that is nowhere. If nothing is found, the address is a graph store.
3. Where both answers could be those of an address that is not there at all, OPTIONS has to
   allow PUT.
"""

from __future__ import annotations

from exports.push.answer import KNOWN
from exports.push.connection import Connection
from exports.push.graph_store import GraphStore, ask_absent, check, is_empty
from exports.push.protocol import Protocol
from exports.push.refusal import PushError, Unusable
from exports.push.update import Update, ask_update

PROTOCOLS = ("auto", GraphStore.name, Update.name)
"""What ``--protocol`` may be."""
_NO_SUCH_PLACE = (404, 405, 410, 501)


def protocol(name: str, connection: Connection, most: int) -> Protocol:
    """The protocol of that name, or of the address when it is ``auto``.

    Raises :class:`PushError` when the address speaks neither, or PUT there is not safe.
    """
    if name == Update.name:
        return Update(connection, most)
    if name == GraphStore.name:
        check(ask_absent(connection), connection)
        return GraphStore(connection, most)
    return _detected(connection, most)


def check_name(name: str) -> None:
    """Raise :class:`Unusable` for a protocol that there is not."""
    if name not in PROTOCOLS:
        choices = ", ".join(PROTOCOLS)
        raise Unusable(f"protocol {name!r}", "there is none", f"use one of {choices}")


def _detected(connection: Connection, most: int) -> Protocol:
    updated = ask_update(connection, b"INSERT DATA {}")
    if updated.good:
        return Update(connection, most)
    if updated.status in (0, 401, 403, 408, 429, 502, 503, 504) or 300 <= updated.status < 400:
        connection.done(updated)
    found = ask_absent(connection)
    if found.status in (401, 403):
        connection.done(found)
    absent = found.status in (404, 410)
    if absent and updated.status in _NO_SUCH_PLACE:
        absent = "PUT" in connection.ask("OPTIONS", connection.address.url).allow
    if absent or (found.good and is_empty(found)):
        return GraphStore(connection, most)
    raise PushError(
        connection.address.shown,
        f"it takes no updates (it answers {updated.status}) and is no graph store "
        f"(it answers {found.status})",
        f"give an address such as these: {KNOWN}; or say which it is with --protocol",
    )
