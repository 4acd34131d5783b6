"""Names that are spelt most like what was written, for errors that say what may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_TRIED = 6
"""Spellings that are looked at; several may be of one name."""
_SHOWN = 3


def nearest(wanted: str, spellings: Mapping[str, str], cutoff: float = 0.6) -> list[str]:
    """Up to three names, the nearest first.

    ``spellings`` gives each spelling its name; those less alike than ``cutoff`` (from 0 to 1,
    as :func:`difflib.get_close_matches` has it) are left out.
    """
    near = get_close_matches(wanted, spellings, n=_TRIED, cutoff=cutoff)
    return list(dict.fromkeys(spellings[spelling] for spelling in near))[:_SHOWN]


def did_you_mean(near: Iterable[str], otherwise: str) -> str:
    """The question that names those that are near; ``otherwise`` where none is."""
    names = " or ".join(near)
    return f"did you mean {names}?" if names else otherwise
