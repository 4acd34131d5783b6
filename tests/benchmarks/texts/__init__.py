"""Decisions as text, in any number, with what they say known: for runs at scale.

Every decision is drawn and worded from its number alone, so it is the same whatever the
size of the corpus. **The texts are made up and say nothing about anyone.** No sentence is
taken from a published decision. Councils are those of the register because hundreds are
needed, as unevenly frequent as in reality; what is told of them never happened. Care
providers and people are invented, and references stand in a block that the Ombudsman does
not use (serials from 910 000).

Measured on the first 2,000: 9.5 KB and 106 sentences each. Of the sentences 29 % (26 % of the
characters) had been seen before, mostly what the Ombudsman's powers and the law are; of eleven
published decisions read one after another it is 12 %, of eleven of these 5 %. One process
makes 700 to 1,000 a second.
"""

from __future__ import annotations

from tests.benchmarks.texts.made import Made, decision, text, truth

__all__ = ["Made", "decision", "text", "truth"]
