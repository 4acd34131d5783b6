"""One folding of text for matching, which keeps every offset.

Published decisions mix curly and straight quotes, several dashes and either case. Rules
are written once, for the folded form; because folding replaces single code points by
single code points, a span found in the folded text is the same span in the clean text.
"""

from __future__ import annotations

from collections.abc import Mapping

_SAME_WIDTH = {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ",
}  # fmt: skip


def fold_quotes(text: str) -> str:
    """Straight quotes, hyphens for dashes; as long as ``text``."""
    return exchanged(text, _SAME_WIDTH)


def exchanged(text: str, plain: Mapping[str, str]) -> str:
    """``text`` with the ``plain`` form of each character that has one; none of them is ASCII."""
    if text.isascii():
        return text
    for character, form in plain.items():
        if character in text:  # a few replacements are far faster than a translation table
            text = text.replace(character, form)
    return text


def fold(text: str) -> str:
    """Folded quotes and lower case; as long as ``text``."""
    folded = fold_quotes(text)
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    # a few capitals (such as U+0130) become two code points in lower case: leave those
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
