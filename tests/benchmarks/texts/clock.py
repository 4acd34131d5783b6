"""The days of a story, in order, and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from exports.months import MONTHS
from tests.benchmarks.texts.chance import one_of

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_LATER = (
    *("the next day", "the following week", "the same week", "a fortnight later"),
    *("before the week was out", "the same afternoon"),
)
_PACE = 26
"""How many steps it takes for the greater part of the time that is left to go by."""


def in_full(day: date) -> str:
    """Such as 4 May 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(number: int) -> str:
    """Up to twelve in letters."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


class Clock:
    """Gives the days on which things happened, each after the last one, all before the end."""

    def __init__(self, draw: Callable[[], float], begin: date, end: date) -> None:
        self._draw = draw
        self.begin = begin
        self.end = end
        self.now = begin
        self.told = False
        """Whether the story is told: then days are looked back at in any order."""

    def day(self) -> date:
        """The next day of the story, or any day of it once it is told."""
        if self.told:
            span = max((self.now - self.begin).days, 1)
            return self.begin + timedelta(days=int(self._draw() * span))
        left = max((self.end - self.now).days, 0)
        self.now += timedelta(days=min(left, 1 + int(self._draw() * left / _PACE)))
        return self.now

    def before(self) -> date:
        """A day of the story that is over."""
        span = max((self.now - self.begin).days, 1)
        return self.now - timedelta(days=int(self._draw() * span))

    def soon(self) -> date:
        """A day that is to come."""
        return self.now + timedelta(days=4 + int(self._draw() * 40))

    def on(self) -> str:
        """When something happened, as the beginning of a sentence."""
        choice, day = self._draw(), self.day()
        if choice < 0.7 or self.told:
            return f"On {in_full(day)}"
        if choice < 0.8:
            part = ("early", "mid", "late")[min((day.day - 1) // 10, 2)]
            gap = "-" if part == "mid" else " "
            return f"In {part}{gap}{self.month_of(day)}"
        if choice < 0.9:
            return f"{in_words(2 + int(self._draw() * 8)).capitalize()} days later"
        return "The following week" if choice < 0.95 else "A fortnight later"

    def later(self) -> str:
        """How much later something happened, as the end of a clause."""
        choice = self._draw()
        if choice < 0.35:
            return f"on {in_full(self.day())}"
        if choice < 0.7:
            unit = "days" if choice < 0.5 else "weeks"
            return f"{in_words(2 + int(self._draw() * 8))} {unit} later"
        return one_of(self._draw, _LATER)

    @staticmethod
    def month_of(day: date) -> str:
        """Such as May 2023."""
        return f"{MONTHS[day.month - 1]} {day.year}"
