"""What a decision is about, drawn from its number before a word of it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.benchmarks.texts import bodies, cast
from tests.benchmarks.texts.chance import one_of, taken
from tests.benchmarks.texts.wording import issues, table

FIRST_DAY = date(2014, 4, 1)
DAYS = 4400
"""Days over which decisions are spread."""
BLOCK = 50
"""Numbers in a block; the last two are the two pages of one joint investigation."""
SERIALS = 90_000
"""References of a year: the block from 910 000 on, which the Ombudsman does not use."""
YEARS = tuple(range(14, 26))
COUNTY, DISTRICT = frozenset({"CTY"}), frozenset({"NMD"})

_KINDS = (
    *((0.46, "closed"), (0.50, "closed-remedied"), (0.52, "upheld-not-investigated")),
    *((0.57, "discontinued"), (0.68, "not-upheld"), (1.0, "upheld")),
)
_STATEMENTS = (
    *((0.27, "A"), (0.54, "B"), (0.69, "html"), (0.75, "json"), (0.82, "C"), (0.87, "D")),
    *((0.91, "H"), (0.95, "F"), (1.0, "F2")),
)
_REPORTS = ((0.45, "E"), (0.6, "E2"), (1.0, "E3"))
_REPORT_SHARE = 0.14
"""Share of upheld complaints that end in a report."""
_DATED = frozenset("A B D html json F2 E E2 E3".split())


@dataclass(slots=True)
class Issue:
    """One matter complained of, and what came of it."""

    key: str
    table: str
    verdict: str
    """fault, clear, or left where it was not investigated."""
    noun: str
    """What the decision calls the authority that it is about, such as "the Council"."""
    amount: int
    """Weeks, months, times or miles that the matter is about."""
    part: str = ""
    """Letter; empty where the complaint is not in parts."""
    injustice: bool = True
    """Whether its fault caused injustice."""


@dataclass(slots=True)
class Case:
    """A decision before it is written."""

    number: int
    random: Random
    reference: str
    kind: str
    layout: str
    topic: str
    category: tuple[str, str]
    day: date
    parties: tuple[bodies.Complained, ...]
    """The page's own authority first."""
    cast: cast.Cast
    issues: tuple[Issue, ...]
    size: int
    """Bytes that the text should have, roughly."""
    leads: bool = True
    """Whether the page is that of the authority named first in the text."""

    @property
    def dated(self) -> bool:
        """Whether the text gives its date."""
        return self.layout in _DATED

    @property
    def named(self) -> tuple[bodies.Complained, ...]:
        """The authorities in the order in which the text speaks of them."""
        return self.parties if self.leads else self.parties[::-1]

    @property
    def refused(self) -> bool:
        """Whether the complaint was not investigated."""
        return self.kind in ("closed", "closed-remedied", "upheld-not-investigated")

    @property
    def report(self) -> bool:
        """Whether it is an investigation report."""
        return self.layout.startswith("E")


def case(number: int) -> Case:
    """The decision of this number, always the same."""
    place = number % BLOCK
    if place < BLOCK - 2:
        return _drawn(number, Random(f"decision {number}"), joint=False)
    base = number - place + BLOCK - 2
    return _drawn(base, Random(f"decision {base}"), joint=True, leads=number == base)


def reference(number: int, suffix: str = "") -> str:
    """Such as ``24 910 007``; the numbers of one block are years apart."""
    serial = 910_000 + number // len(YEARS) % SERIALS
    return f"{YEARS[number % len(YEARS)]} {serial // 1000} {serial % 1000:03}{suffix}"


def _drawn(number: int, random: Random, *, joint: bool, leads: bool = True) -> Case:
    draw = random.random
    year = 2000 + YEARS[number % len(YEARS)]
    day = max(FIRST_DAY, date(year, 7, 1)) + timedelta(
        days=int(draw() * (560 if year < 2025 else 330))
    )
    topic = ("care-needs", "children-services", "care-charging")[number // BLOCK % 3]
    if not joint:
        topic = bodies.topic_for(draw)
    kind = "upheld" if joint else _from(draw, _KINDS)
    layout = _from(draw, _STATEMENTS)
    if kind == "upheld" and not joint and draw() < _REPORT_SHARE:
        layout = _from(draw, _REPORTS)
    parties: tuple[bodies.Complained, ...]
    parties = _pair(draw, day) if joint else (bodies.complained(draw, topic, day),)
    relative = table(topic)["relative"][0].text
    people = (cast.unnamed if layout in ("E", "E2") else cast.cast)(draw, relative)
    lines = table(topic)["category"]
    category = lines[bodies.zipf(draw, len(lines), 1.0)].text.split(" > ")
    found = _joint_issues(draw, topic, parties) if joint else _issues(draw, topic, kind, parties)
    parted = joint or draw() < 0.55
    if len(found) > 1 and parted and kind != "discontinued" and layout[0] != "E":
        for letter, issue in zip("abcdefgh", found, strict=False):
            issue.part = letter
    return Case(
        number=number,
        random=random,
        reference=reference(number, "" if leads else "a"),
        kind=kind,
        layout=layout,
        topic=topic,
        category=(category[0], category[1]),
        day=day,
        parties=parties if leads else parties[::-1],
        cast=people,
        issues=found,
        size=_size(draw, kind, layout),
        leads=leads,
    )


def _from(draw: Callable[[], float], shares: tuple[tuple[float, str], ...]) -> str:
    share = draw()
    return next(name for limit, name in shares if share < limit)


def _size(draw: Callable[[], float], kind: str, layout: str) -> int:
    share, rest = draw(), draw()
    if layout.startswith("E"):
        return int(3000 + 7000 * rest)
    if share < 0.02:
        return int(28_000 + 14_000 * rest)
    if kind in ("upheld", "not-upheld"):
        return int(8500 + 6500 * rest)
    return int(3000 + 1500 * rest) if share < 0.2 else int(7000 + 5500 * rest)


def _pair(draw: Callable[[], float], day: date) -> tuple[bodies.Complained, bodies.Complained]:
    found = []
    for kinds, noun in ((COUNTY, "County Council"), (DISTRICT, "District Council")):
        one = bodies.of_kinds(draw, kinds, day)
        found.append(bodies.Complained(one.name, one.id, one.kind, noun))
    return found[0], found[1]


def _issues(
    draw: Callable[[], float], topic: str, kind: str, parties: tuple[bodies.Complained, ...]
) -> tuple[Issue, ...]:
    own = [(key, topic) for key in issues(topic)]
    shared = [(key, "common") for key in issues("common")]
    drawn = _some(draw, own, 1 + int(draw() * len(own)))
    drawn += _some(draw, shared, one_of(draw, (0, 0, 1, 1, 2)))
    if kind.startswith(("closed", "upheld-not", "discontinued")):
        drawn = drawn[:3]
    found = [_issue(draw, key, name, _verdict(draw, kind), parties[0].noun) for key, name in drawn]
    if kind == "upheld" and not any(issue.verdict == "fault" for issue in found):
        found[0].verdict = "fault"
    if kind in ("upheld", "not-upheld") and all(issue.verdict == "left" for issue in found):
        found[0].verdict = "clear"
    return tuple(found)


def _joint_issues(
    draw: Callable[[], float], topic: str, parties: tuple[bodies.Complained, ...]
) -> tuple[Issue, ...]:
    own = _some(draw, [(key, topic) for key in issues(topic)], 2)
    other = _some(draw, [(key, "housing-allocations") for key in ("band", "review", "lost")], 1)
    found = [
        _issue(draw, key, name, _verdict(draw, "upheld"), parties[0].noun) for key, name in own
    ]
    found += [_issue(draw, *one, _verdict(draw, "upheld"), parties[1].noun) for one in other]
    for issue in found:
        if issue.verdict == "left":
            issue.verdict = "clear"
    if not any(issue.verdict == "fault" for issue in found):
        found[0].verdict = "fault"
    return tuple(found)


def _issue(draw: Callable[[], float], key: str, name: str, verdict: str, noun: str) -> Issue:
    if verdict == "fault" and f"fault:{key}" not in table(name):
        verdict = "clear"
    said = noun if noun == "TfL" else f"the {noun}"
    return Issue(key, name, verdict, said, 3 + int(draw() * draw() * 15), injustice=draw() < 0.93)


def _verdict(draw: Callable[[], float], kind: str) -> str:
    share = draw()
    if kind not in ("upheld", "not-upheld"):
        return "clear"
    if kind == "not-upheld":
        return "clear" if share < 0.9 else "left"
    return "fault" if share < 0.66 else "clear" if share < 0.92 else "left"


def _some(
    draw: Callable[[], float], things: list[tuple[str, str]], count: int
) -> list[tuple[str, str]]:
    left = list(things)
    return [taken(draw, left) for _ in range(min(count, len(left)))]
