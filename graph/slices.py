"""What is counted over all decisions: the datasets of observations, by what they are counted.

Declared here, counted by :mod:`graph.statistics`, written by :mod:`graph.observations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ontology import iri as mint

_WHERE = "COUNT(DISTINCT CASE WHEN {condition} THEN investigation END)"
_UPHELD, _NOT_UPHELD = (mint.concept("outcome", id) for id in ("upheld", "not-upheld"))

COUNTS = MappingProxyType(
    {
        "investigationCount": "COUNT(DISTINCT investigation)",
        "decisionCount": "COUNT(DISTINCT decision)",
        # the same text under several references says a thing once
        "entryCount": "COUNT(DISTINCT wording || ' ' || entry)",
        "complaintCount": _WHERE.format(condition="own"),
        "decidedCount": _WHERE.format(condition="kind = 'decided'"),
        "upheldCount": _WHERE.format(condition=f"kind = 'outcome' AND first = '{_UPHELD}'"),
        "notUpheldCount": _WHERE.format(condition=f"kind = 'outcome' AND first = '{_NOT_UPHELD}'"),
        "atFaultCount": _WHERE.format(condition="kind = 'at-fault' AND own"),
    }
)
"""Measure, a local name of the ontology, to how SQL counts it over the facts of a group.

Each is a sum over things that no two unconnected decisions share (:mod:`graph.statistics`).
"""
SUMS = ("sum", "lowest", "lowerQuartile", "median", "upperQuartile", "highest")
"""Measures, in pounds, of the sums that the facts of a group name."""
_ALL = ("investigationCount", "entryCount")
_AUTHORITY = ("decidedCount", "upheldCount", "notUpheldCount", "atFaultCount")


@dataclass(frozen=True, slots=True)
class Slice:
    """One dataset of observations: facts of some kinds, counted by some columns."""

    name: str
    about: str
    """What it counts, in a sentence."""
    kinds: tuple[str, ...]
    by: Mapping[str, str]
    """Dimension, a local name of the ontology, to the column it is counted by."""
    measures: tuple[str, ...]
    """Keys of :data:`COUNTS`, and some of :data:`SUMS`."""
    rated: str | None = None
    """Dataset whose ``fl:decidedCount`` for the same authority (and year) goes with each count."""


def _slice(
    name: str,
    about: str,
    kinds: str,
    measures: tuple[str, ...],
    /,
    *,
    rated: str | None = None,
    **by: str,
) -> Slice:
    return Slice(name, about, tuple(kinds.split()), MappingProxyType(by), measures, rated)


_D, _E, _I = ("decisionCount",), ("entryCount",), ("investigationCount",)
SLICES: tuple[Slice, ...] = (
    _slice("authorities", "Complaints decided by authority.", "decided outcome at-fault",
           _AUTHORITY, ofAuthority="authority"),
    _slice("authorities-by-year", "Complaints decided by authority and year.",
           "decided outcome at-fault", _AUTHORITY, ofAuthority="authority", ofYear="year"),
    _slice("outcomes", "Decisions by year and outcome.", "outcome", _D,
           ofYear="year", ofOutcome="first"),
    _slice("subjects", "Complaints decided by subject and year.", "decided outcome at-fault",
           _AUTHORITY, ofCategory="category", ofYear="year"),
    _slice("subjects-in-detail", "Complaints decided by narrower subject and year.",
           "decided outcome at-fault", _AUTHORITY, ofCategory="subcategory", ofYear="year"),
    _slice("words", "Decisions by outcome, by what was done and by whether fault was found.",
           "words", _D, ofOutcome="first", ofDisposition="second", withFault="entry"),
    _slice("faults", "Findings by type of fault.", "fault", _ALL, ofFault="first"),
    _slice("faults-by-authority", "Findings by authority and type of fault.", "fault",
           (*_ALL, "complaintCount"), rated="authorities",
           ofAuthority="authority", ofFault="first"),
    _slice("faults-by-authority-and-year", "Findings by authority, year and type of fault.",
           "fault", (*_I, "complaintCount"), rated="authorities-by-year",
           ofAuthority="authority", ofYear="year", ofFault="first"),
    _slice("faults-by-year", "Findings by year and type of fault.", "fault", _ALL,
           ofYear="year", ofFault="first"),
    _slice("injustices", "Injustices by type.", "injustice", _ALL, ofInjustice="first"),
    _slice("fault-injustices", "Injustices by the type of fault that caused them.",
           "fault-injustice", _E, ofFault="first", ofInjustice="second"),
    _slice("remedies", "Remedies agreed or recommended, by type.", "remedy", _ALL,
           ofRemedy="first"),
    _slice("fault-remedies", "Remedies by the type of fault that they answer.", "fault-remedy",
           _E, ofFault="first", ofRemedy="second"),
    _slice("reasons", "Reasons for not investigating, by type.", "reason", _I, ofReason="first"),
    _slice("provisions", "Provisions cited for the duties of authorities.", "provision", _I,
           ofProvision="first"),
    _slice("provisions-engaged", "Provisions that findings of fault engage, by type of fault.",
           "engaged", (*_I, *_E), ofProvision="first", ofFault="second"),
    _slice("guidance", "Guidance cited.", "guidance", _I, ofGuidance="first"),
    _slice("bodies", "Other bodies by role.", "body", _I, ofBody="first", ofRole="second"),
    _slice("payments", "Payments by the injustice that they are for.", "payment",
           (*_E, *SUMS), ofInjustice="first"),
    _slice("payments-by-category", "Payments by injustice and by subject.", "payment",
           (*_E, *SUMS), ofInjustice="first", ofCategory="category"),
    _slice("payments-by-subcategory", "Payments by injustice and by narrower subject.",
           "payment", (*_E, *SUMS), ofInjustice="first", ofCategory="subcategory"),
    _slice("paid-by-category", "Payments by subject.", "paid", (*_I, *_E, *SUMS),
           ofCategory="category"),
    _slice("paid-by-category-and-year", "Payments by subject and year.", "paid",
           (*_I, *_E, *SUMS), ofCategory="category", ofYear="year"),
    _slice("paid-by-authority", "Payments by the authority that owes them.", "paid",
           (*_I, *_E, *SUMS), ofAuthority="authority"),
    _slice("rates", "Sums for each week, month or term without their number, by type of remedy.",
           "rate", (*_E, *SUMS[1:]), ofRemedy="first", ofPeriod="second"),
    _slice("due", "Remedies by authority, by the year in which they fell due, and by whether "
           "the Ombudsman was satisfied.", "due", _E,
           ofAuthority="authority", ofYear="substr(first, 1, 4)", satisfied="second"),
)  # fmt: skip
"""Every dataset of observations, but for :data:`graph.observations.REPEATED`.

A rated one stands after the one that it is rated by.
"""
