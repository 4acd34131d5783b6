"""Flows: the ways of people at work through the explorer, from the front page to a sentence.

A flow is a function that leads a :class:`Reader` by the words that stand on the pages. What a
reader is, is the browser's affair: each test of flows brings one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol


class Reader(Protocol):
    """Somebody who reads the explorer in a browser."""

    def follow(self, css: str, words: str = "") -> None:
        """Click on the first such element whose words fit a pattern, and wait for its page."""

    def write(self, css: str, words: str) -> None:
        """Type words into a field."""

    def read(self, css: str) -> list[str]:
        """The words of each such element."""

    def sentence(self) -> str:
        """The words that the address points at; fails when they are out of sight."""


Flow = Callable[[Reader], None]


def journalist(reader: Reader) -> None:
    """Which council has most of a fault, and where does a decision say so?"""
    reader.follow("table.heat thead a", "^Delay$")
    council = reader.read("table.heat tbody tr:first-child th")[0]
    reader.follow("table.heat tbody tr:first-child td.cell a")
    reader.follow("table.cases th[scope=row] a")
    assert council.split()[0] in reader.read("h1")[0]
    reader.follow('[id^=item-f]:has(a[href="/fault/delay"]) .quotes a')
    said = reader.sentence()
    assert re.search(r"delay|late|long|weeks|months|wait|until", said, re.IGNORECASE), said


def advice_worker(reader: Reader) -> None:
    """What is paid for lost education?"""
    reader.write("header input[type=search]", "payment for lost education")
    reader.follow("header button", "^Search$")
    reader.follow("main a", "^Payment for lost education$")
    assert reader.read("h1") == ["Payment for lost education"]
    reader.follow("table.cases th[scope=row] a")
    reader.follow(".quotes a", "£[0-9]")
    said = reader.sentence()
    assert re.search(r"£[0-9]", said), said


def council_officer(reader: Reader) -> None:
    """What did we promise, and by when?"""
    reader.follow("header nav a", "^Councils$")
    reader.follow("main a", "^Tarnbeck Metropolitan Borough Council$")
    rows = "table.promises tbody tr"
    assert len(reader.read(rows)) >= 3
    assert re.search(r"\d{4}", reader.read(f"{rows}:first-child td:nth-of-type(1)")[0])
    remedy = reader.read(f"{rows}:first-child td:nth-of-type(2)")[0]
    reader.follow(f"{rows}:first-child td:nth-of-type(4) a")
    assert remedy in reader.read(":target")[0]
    reader.follow(":target .quotes a")
    assert len(reader.sentence()) > 20


FLOWS: tuple[Flow, ...] = (journalist, advice_worker, council_officer)
