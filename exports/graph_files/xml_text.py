"""Text for the graph formats that are XML."""

from __future__ import annotations

import re
from math import isfinite
from xml.sax.saxutils import quoteattr

from exports.graph_files.graph_file import EXACT, NotCarried
from exports.network import Scalar

# XML 1.0, production [2] Char: what no XML document can hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: Scalar) -> str:
    """A scalar as XML text, not yet escaped.

    Raises :class:`~exports.graph_files.graph_file.NotCarried` for a character that XML has no
    way to write, and for a number that readers write in different ways, or round.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not isfinite(value):
        raise NotCarried(f"it holds {value}, which readers do not take for a number")
    if isinstance(value, int) and abs(value) > EXACT:
        raise NotCarried(f"it holds the number {value}, more than programs read exactly")
    text = str(value)
    if not text.isprintable() and (found := _NOT_XML.search(text)):
        raise NotCarried(f"it holds the character U+{ord(found.group()):04X}, which XML forbids")
    return text


def attribute(value: Scalar) -> str:
    """A scalar as an attribute's value with its quotation marks; line breaks survive."""
    return quoteattr(xml_text(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
