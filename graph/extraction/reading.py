"""What every extractor reads: the document, its sentences and the names it defines.

A :class:`Reading` is made once for a decision. It holds the folded text (same offsets as
the clean text), the sentences, and answers for evidence, so that no extractor slices
text on its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from graph.extraction.folding import fold, fold_quotes
from graph.extraction.rules import Rule
from graph.extraction.scan import Scan
from graph.extraction.sentence import Sentence, sentences
from graph.extraction.watching import Watched
from graph.layouts.document import Document
from ontology.iri import slug
from ontology.model import Authority, Evidence

ACTION_SECTIONS = ("action", "report.recommendations")


@dataclass(slots=True)
class Reading:
    """One decision as the extractors see it."""

    document: Document
    sentences: list[Sentence]
    lower: str
    """Folded lower-case text, of the same length as the clean text."""
    folded: str
    """Text with straight quotes, case kept, of the same length as the clean text."""
    scan: Scan
    """Which rules can fire in which sentence."""
    authorities: tuple[Authority, ...] = ()
    complainants: tuple[str, ...] = ()
    parties: dict[str, str] = field(default_factory=dict)
    """Short name -> name of each body that may be at fault."""
    blocks: dict[int, list[Sentence]] = field(default_factory=dict)
    """Index of each block, -1 for the summary -> its sentences, in order of the text."""
    _starts: list[int] = field(default_factory=list)
    _in_sections: dict[tuple[str, ...], list[Sentence]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Reading:
        """The reading of a segmented document, before any extractor has run."""
        lower = fold(document.text)
        found = sentences(document, lower)
        starts = [sentence.start for sentence in found]
        scan = Scan(lower, starts, [sentence.end for sentence in found])
        blocks: dict[int, list[Sentence]] = {}
        for sentence, seen in zip(found, scan.seen(), strict=True):
            sentence.seen = seen
            blocks.setdefault(sentence.block, []).append(sentence)
        return cls(
            document=document,
            sentences=found,
            lower=lower,
            folded=fold_quotes(document.text),
            scan=scan,
            blocks=blocks,
            _starts=starts,
        )

    @property
    def date(self) -> date | None:
        """Date of the decision."""
        return self.document.header.date

    @property
    def category_slug(self) -> str | None:
        """The category as it stands in addresses, such as ``children-s-care-services``."""
        header = self.document.header
        if header.category:
            return slug(re.sub("['’]", "-", header.category))
        return header.category_slug

    def in_sections(self, *sections: str) -> list[Sentence]:
        """Sentences of the sections named, in order."""
        found = self._in_sections.get(sections)
        if found is None:
            blocks = (block for block in self.blocks.values() if block[0].section in sections)
            found = self._in_sections[sections] = list(chain.from_iterable(blocks))
        return found

    def possible(self, pattern: Watched) -> Iterator[Sentence]:
        """Sentences in which a watched pattern can match, in order."""
        return filter(pattern.possible, self.sentences)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that contains an offset of the clean text."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        return sentence if offset < sentence.end else None

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before this one in the same paragraph."""
        if sentence.index == 0:
            return None
        previous = self.sentences[sentence.index - 1]
        return previous if previous.block == sentence.block else None

    def earlier(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before this one in the same paragraph, nearest first."""
        previous = self.before(sentence)
        while previous is not None:
            yield previous
            previous = self.before(previous)

    def evidence(self, start: int, end: int, number: int | None, rule: str) -> Evidence:
        """The passage of a span."""
        return Evidence(number, start, end, self.document.text[start:end], rule)

    def candidates(self, name: str, sentence: Sentence) -> Sequence[Rule]:
        """Rules of a file that can match within a sentence, in order of precedence."""
        return self.scan.candidates(name, sentence.index)

    def awake(self, name: str) -> Iterator[tuple[Sentence, Rule]]:
        """Each sentence with each rule of a file that can match in it, in order."""
        for index in self.scan.awake(name):
            for rule in self.scan.candidates(name, index):
                yield self.sentences[index], rule

    def quote(self, sentence: Sentence, rule: str) -> Evidence:
        """A whole sentence as a passage."""
        return self.evidence(sentence.start, sentence.end, sentence.number, rule)
