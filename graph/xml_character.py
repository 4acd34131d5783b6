"""Which characters an XML document can hold: XML 1.0, production [2] Char.

https://www.w3.org/TR/xml/#NT-Char; a document cannot hold the others even escaped.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def forbidden(text: str) -> str | None:
    """The first character that XML forbids, as ``U+0000``; None where there is none."""
    # printable text has none, and most text is printable
    if text.isprintable() or not (found := _FORBIDDEN.search(text)):
        return None
    return f"U+{ord(found.group()):04X}"


def replaced(text: str) -> str:
    """The text with U+FFFD, the replacement character, for each that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text)
