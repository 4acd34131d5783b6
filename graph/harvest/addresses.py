"""A list of addresses of decisions, written by a person or another program."""

from __future__ import annotations

from pathlib import Path

from graph.harvest.refusal import Unusable
from graph.harvest.site import Site
from graph.sources.raw import decode


def read_addresses(path: Path, site: Site) -> tuple[str, ...]:
    """The places of the decisions in a file of addresses, one a line, each once.

    Empty lines and those that begin with ``#`` are passed over. Raises
    :class:`~graph.harvest.refusal.Unusable` for a line that is no decision's address.
    """
    found: dict[str, None] = {}
    for number, line in enumerate(decode(path.read_bytes()).splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        place = site.place(words)
        if place is None:
            name = f"{path}, line {number}"
            advice = f"give {site.base}/decisions/CATEGORY/SUBCATEGORY/REFERENCE, one a line"
            raise Unusable(name, f"{words[:100]!r} is no decision's address", advice)
        found[place] = None
    if not found:
        raise Unusable(str(path), "it holds no addresses", "give one a line")
    return tuple(found)
