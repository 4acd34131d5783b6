"""What an update changed as an Atom feed (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from graph.harvest.news import Item, News
from graph.version import VERSION
from graph.xml_character import replaced

_AUTHOR = "Local Government and Social Care Ombudsman"


def atom(news: News, site: str, times: Mapping[str, str], last: str) -> str:
    """The feed: an entry for each decision, known by its IRI, so that readers see it change.

    ``site`` is the address of the site, ``times`` has when the page in each file was received
    or found gone, and ``last`` when the site was visited last; times are as xsd:dateTime.
    """
    kinds = (("New", news.new), ("Changed", news.changed), ("Removed", news.removed))
    entries = [
        (kind, item, times.get(item.source, last)) for kind, items in kinds for item in items
    ]
    entries.sort(key=lambda one: one[2], reverse=True)
    updated = max((time for _, _, time in entries), default=last)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        f"<id>{uuid.uuid5(uuid.NAMESPACE_URL, f'{site}#faultlines').urn}</id>",
        "<title>Decisions of the Local Government and Social Care Ombudsman</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_AUTHOR}</name></author>",
        f"<link rel={quoteattr('related')} href={quoteattr(site)}/>",
        f"<generator version={quoteattr(VERSION)}>Faultlines</generator>",
        *(line for entry in entries for line in _entry(*entry)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(kind: str, item: Item, time: str) -> Iterator[str]:
    title = f"{item.authority} ({item.reference})" if item.reference else item.authority
    yield "<entry>"
    yield f"<id>{_text(item.iri)}</id>"
    yield f"<title>{_text(title if kind == 'New' else f'{kind}: {title}')}</title>"
    yield f"<updated>{time}</updated>"
    if item.url:
        yield f'<link rel="alternate" href={quoteattr(replaced(item.url))}/>'
    if item.category:
        yield f"<category term={quoteattr(replaced(item.category))}/>"
    yield f'<content type="text">{_text(item.line())}</content>'
    yield "</entry>"


def _text(words: str) -> str:
    return escape(replaced(words))
