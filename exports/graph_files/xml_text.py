"""Text for the graph formats that are XML."""

from __future__ import annotations

import re
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

from exports.graph_files.graph_file import EXACT, NotCarried
from exports.network import Scalar
from graph.xml_character import forbidden

_MARKUP = re.compile('[&<>"\n\r\t]')
"""What has to be escaped somewhere; most texts have none of it."""


def xml_text(value: Scalar) -> str:
    """A scalar as XML text, not yet escaped.

    Raises :class:`~exports.graph_files.graph_file.NotCarried` for a character that XML has no
    way to write, and for a number that readers write in different ways, or round.
    """
    if isinstance(value, str):
        if character := forbidden(value):
            raise NotCarried(f"it holds the character {character}, which XML forbids")
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not isfinite(value):
        raise NotCarried(f"it holds {value}, which readers do not take for a number")
    if isinstance(value, int) and abs(value) > EXACT:
        raise NotCarried(f"it holds the number {value}, more than programs read exactly")
    return str(value)


def element(value: Scalar) -> str:
    """A scalar as the content of an element; every character survives."""
    text = xml_text(value)
    # XML 1.0, section 2.11: a parser makes line feeds of carriage returns
    return text if _MARKUP.search(text) is None else escape(text, {"\r": "&#13;"})


def attribute(value: Scalar) -> str:
    """A scalar as an attribute's value with its quotation marks; line breaks survive."""
    text = xml_text(value)
    if _MARKUP.search(text) is None:
        return f'"{text}"'
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
