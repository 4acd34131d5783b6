"""One folding of text for matching, which keeps every offset.

Published decisions mix curly and straight quotes, several dashes and either case. Rules
are written once, for the folded form; because folding replaces single code points by
single code points, a span found in the folded text is the same span in the clean text.
"""

from __future__ import annotations

_SAME_WIDTH = {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ",
}  # fmt: skip


def fold_quotes(text: str) -> str:
    """Straight quotes, hyphens for dashes; as long as ``text``."""
    if text.isascii():
        return text
    for character, plain in _SAME_WIDTH.items():
        if character in text:  # a few replacements are far faster than a translation table
            text = text.replace(character, plain)
    return text


def fold(text: str) -> str:
    """Folded quotes and lower case; as long as ``text``."""
    folded = fold_quotes(text)
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    # a few capitals (such as U+0130) become two code points in lower case: leave those
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
