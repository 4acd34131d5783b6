"""Statutes cited in a decision, resolved to legislation.gov.uk paths.

Finding and resolving are two steps. First every title of an Act or instrument and every
division ("sections 26(1) and 26A(1)", "Schedule 5, paragraph 3") is found; then each
division is tied to a title: one that follows it ("section 17 of the Children Act 1989"),
one in whose brackets or clause it stands ("Care Act 2014, section 9"), one that the
decision defines ("the Act"), or, for a bare number, the Act that practice means by it in
that subject. What stays without a title is kept, unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from graph.extraction.extractors.citations.division import Division, divisions
from graph.extraction.extractors.citations.title import Title, titles
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.triples.provision import act as act_of
from graph.triples.provision import at_section_level
from ontology import statutes
from ontology.model import Citation, Evidence
from ontology.statutes import Statute

JURISDICTION_ACTS = ("ukpga/1974/7", "ukpga/1993/46", "ukpga/1967/13", "uksi/2007/1889")
"""Acts and the order that the Ombudsmen's own powers and rules rest on."""

_KIND_OF = {"section": "act", "part": "act", "chapter": "act", "regulation": "si", "article": "si"}
"""Kind of legislation that has such divisions; schedules belong to both."""
_PARAGRAPHS_BACK = 3
_POWERS = ("role-powers", "how-considered", "what-investigated")
_OF = compiled(
    r"^(?:\s*,? ?as amended,?)?\s*,?\s*(?:of|in|to|under|from)?\s*(?:the |that |this )?$"
)
_GENERIC = compiled(r"\b(?:the|that|this|same) (?:Act|Regulations|Order|Rules)\b")
_OWNER = r"(?:the |its |their |his |her |my |our |your |a |an |this |that )?"
_PAPERS = r"codes?|polic(?:y|ies)|plan|form|constitution|agreement|contract|lease|handbook|manual"
_MORE_PAPERS = (
    r"guidance|guidelines|charter|procedures?|scheme|framework|report|statement|letter|assessment"
    r"|strategy|template|toolkit|leaflet"
)
"""Papers that a power may also be used in: "under section 42 in its assessment"."""
_HOLDER = re.compile(
    rf" (?:(?:of|in) {_OWNER}(?P<law>(?:European )?Convention|ECHR|First Protocol)"
    rf"|of {_OWNER}(?:[\w'&-]+ ){{0,3}}?(?:{_PAPERS}|{_MORE_PAPERS})"
    rf"|(?:in|from) {_OWNER}(?:[\w'&-]+ ){{0,3}}?(?:{_PAPERS}))\b"
    r"(?! (?:Act|Regulations|Order|Rules)\b)",
    re.IGNORECASE,
)
"""What a division belongs to that is no Act or instrument of the register."""
_UNKNOWN = "unknown "
_DIVISION_OF = {"Act": "section", "Regulations": "regulation", "Order": "article", "Rules": "rule"}


def _unknown_kind(title: str) -> str | None:
    """The word for its kind in a full title, with its year: ``Regulations``."""
    words = title.replace("(", " ").replace(")", " ").split()
    if len(words) < 2 or not words[-1].isdigit():
        return None
    kind = words[-2].rstrip(",")
    return kind if kind in _DIVISION_OF else None


def read_statutes(reading: Reading) -> tuple[Citation, ...]:
    """Citations of legislation, one for each provision and role, in order of first mention."""
    return _Resolver(reading).citations()


_SAME_CLAUSE = re.compile(
    r"(?:[\s,;:()&]|as amended|and|or|to|under|sections?|ss?|regulations?|regs?|"
    r"paragraphs?|schedules?|parts?|articles?|chapters?|also|in|its|"
    r"\d{1,3} ?[A-Z]{0,3}\b(?:\(\w{1,4}\))*(?:[/.]\d+[A-Z]?)*|\(\w{1,4}\)|"
    r"of|class(?:es)? [A-Z]{1,2}\b)*",
    re.IGNORECASE,
)
"""What may stand between a title and a division that belongs to it."""
_BRACKET_ENDS = compiled(r"\)\s*[.]\s")


class _Resolver:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.folded
        self.titles = titles(self.text)
        self.bound: dict[str, str] = {}
        """Number of a section -> the Act that this decision has tied it to first."""
        self.used: set[int] = set()
        """Starts of the titles that a division stands with."""
        self.cited: set[str] = set()
        """Statutes of which a division is cited."""
        self.found: dict[tuple[str | None, str, str], tuple[str, list[Evidence]]] = {}
        self.named: list[tuple[int, str]] = []
        """Where an Act or instrument was named or meant, and which, in order."""

    def citations(self) -> tuple[Citation, ...]:
        """Divisions with their titles first, then bare ones, then titles cited alone."""
        loose = [division for division in divisions(self.text) if not self._tied(division)]
        self.named += [(title.start, title.statute.id) for title in self.titles if title.statute]
        self.named += [
            (title.start, f"{_UNKNOWN}{_DIVISION_OF[kind]}")
            for title in self.titles
            if title.statute is None and (kind := _unknown_kind(title.text))
        ]
        self.named.sort()
        for division in sorted(loose, key=lambda division: division.start):
            self._loose(division)
        for title in self.titles:
            if title.start in self.used or _GENERIC.match(title.text):
                continue
            if title.statute is None or title.statute.id not in self.cited:
                self._keep(title.statute.id if title.statute else None, title)
        return tuple(
            Citation("statute", path, text, role, tuple(evidence))
            for (path, role, _), (text, evidence) in self.found.items()
        )

    def _tied(self, division: Division) -> bool:
        """Keep a division whose title the text shows; False when it shows none."""
        title = self._title_of(division)
        if title is None or not _can_have(title.statute, division):
            return False
        self.used.add(title.start)
        if title.statute is None:
            self._keep(None, division)
            return True
        self.cited.add(title.statute.id)
        for path in division.paths(title.statute.id):
            if division.kind == "section":
                number = at_section_level(path).split("/")[-1]
                self.bound.setdefault(number, title.statute.id)
            self._keep(path, division)
        return True

    def _loose(self, division: Division) -> None:
        """Keep a division without a title, by what practice means by its number."""
        holder = _HOLDER.match(self.text, division.end)
        if holder and not holder["law"]:
            return  # "rule 3 of the Appeals Code", "section 4 of its policy": no law
        statute = None if holder or self._is_convention_right(division) else self._bare(division)
        if statute is not None:
            self.cited.add(statute)
            insort(self.named, (division.start, statute))
            for path in division.paths(statute):
                self._keep(path, division)
        elif division.certain:
            self._keep(None, division)
        # what is left is "section F" of a plan or "part 3" of a form: no law

    def _keep(self, path: str | None, mention: Division | Title) -> None:
        sentence = self.reading.sentence_at(mention.start)
        if sentence is None:
            return  # a heading or the header: not said in the decision's own text
        text = self.reading.document.text[mention.start : mention.end]
        role = self._role(path, sentence.section)
        rule = "citation.statute" if path else "citation.unresolved"
        evidence = self.reading.quote(sentence, rule)
        _, kept = self.found.setdefault((path, role, "" if path else text), (text, []))
        if evidence not in kept:
            kept.append(evidence)

    def _role(self, path: str | None, section: str) -> str:
        if path is not None:
            return "jurisdiction" if act_of(path) in JURISDICTION_ACTS else "substantive"
        return "jurisdiction" if section in ("role-powers", "how-considered") else "substantive"

    def _title_of(self, division: Division) -> Title | None:
        following = [t for t in self.titles if t.start >= division.end]
        if following and _OF.match(self.text[division.end : following[0].start]):
            named = following[1:2] if _GENERIC.match(following[0].text) else []
            if named and re.fullmatch(r", the ", self.text[following[0].end : named[0].start]):
                self.used.add(following[0].start)
                return named[0]  # "section 20 of the same Act, the Equality Act 2010"
            return following[0]
        if not division.certain and division.kind not in ("schedule", "part", "paragraph"):
            return None
        preceding = [t for t in self.titles if t.end <= division.start]
        for title in reversed(preceding[-3:]):
            gap = self.text[title.end : division.start]
            if "\n" in gap or len(gap) > 200:
                break
            opened = self.text.rfind("(", max(0, title.start - 4), title.start)
            in_brackets = (opened >= 0 or "(" in gap or True) and not _BRACKET_ENDS.search(gap)
            same_clause = _SAME_CLAUSE.fullmatch(gap)
            if in_brackets and same_clause:
                return title
        return None

    def _bare(self, division: Division) -> str | None:
        number = division.number
        bound = self.bound.get(number) if division.kind == "section" else None
        beside = self._named_in_sentence(division)
        if beside is not None:
            return beside
        if bound is not None and (bound not in JURISDICTION_ACTS or self._in_powers(division)):
            return bound
        key = number if division.kind == "section" else f"{division.kind.title()} {number}"
        notice = re.match(r" notices?\b", self.text[division.end :])
        if notice:
            key += " notice"
        default = statutes.bare_section(key, self.reading.category_slug)
        listed = division.certain or division.kind == "schedule"
        if listed and self._last_is_unknown(division):
            return None
        near = self._last_named(division) if listed else None
        if near is not None and default is None:
            return near if self._may_be_of(division, near) else self._only_one_cited(division)
        if near is not None and default and self._outweighs(division, near, default):
            return near
        if default is not None:
            return default.statute
        if bound is not None or (division.kind in ("section", "regulation") and division.certain):
            return bound or self._only_one_cited(division)
        return None

    def _last_named(self, division: Division) -> str | None:
        """The Act, or instrument, that this paragraph or the two before it last spoke of."""
        start = division.start
        for _ in range(_PARAGRAPHS_BACK):
            start = self.text.rfind("\n", 0, start)
            if start < 0:
                break
        powers = self._in_powers(division)
        for at, statute_id in reversed(self.named[: bisect_left(self.named, (division.start, ""))]):
            if at <= start:
                return None
            statute = statutes.statutes().get(statute_id)
            if statute is None or not _can_have(statute, division):
                continue
            if division.kind == "article" and "Order" not in statute.title:
                continue
            own = statute_id not in JURISDICTION_ACTS
            if powers or own or _known(statute, division):
                return statute_id
        return None

    def _last_is_unknown(self, division: Division) -> bool:
        """Whether this paragraph last named an instrument that the register does not have."""
        start = self.text.rfind("\n", 0, division.start)
        for at, name in reversed(self.named[: bisect_left(self.named, (division.start, ""))]):
            if at <= start:
                return False
            if name.startswith(_UNKNOWN):
                return name == _UNKNOWN + division.kind
            statute = statutes.statutes().get(name)
            if statute is not None and _can_have(statute, division):
                return False
        return False

    def _named_in_sentence(self, division: Division) -> str | None:
        """The Act that the sentence has just named, if it is known for this section."""
        sentence = self.reading.sentence_at(division.start)
        if sentence is None:
            return None
        for at, name in reversed(self.named[: bisect_left(self.named, (division.start, ""))]):
            if at < sentence.start:
                return None
            statute = statutes.statutes().get(name)
            if statute is not None and _can_have(statute, division):
                return name if _known(statute, division) else None
        return None

    def _is_convention_right(self, division: Division) -> bool:
        """Whether "Article 8 rights" of the European Convention are meant, and no order's."""
        if division.kind != "article":
            return False
        before = self.text[max(0, division.start - 30) : division.start].lower()
        after = self.text[division.end : division.end + 10]
        return after.startswith((" right", " ECHR")) or before.endswith(
            ("rights under ", "rights in ", "rights (", "right under ", "human rights, ")
        )

    def _in_powers(self, division: Division) -> bool:
        sentence = self.reading.sentence_at(division.start)
        return sentence is not None and sentence.section in _POWERS

    def _outweighs(self, division: Division, near: str, default: statutes.BareSection) -> bool:
        """Whether the Act last named is meant rather than the one practice means."""
        if division.kind == "schedule":
            return default.statute in JURISDICTION_ACTS and not self._in_powers(division)
        named = {name for _, name in self.named}
        if default.statute in named and not _known(statutes.statutes()[near], division):
            return False  # both are spoken of, and only one is known for that section
        return self._is_named_beside(division, near)

    def _may_be_of(self, division: Division, near: str) -> bool:
        """Whether no other Act cited here is the one known for a section that ``near`` lacks.

        Every Act has a section 40; few have a 166A.
        """
        lettered = division.kind == "section" and not division.number.isdigit()
        if not lettered or _known(statutes.statutes()[near], division):
            return True
        return not any(
            _known(title.statute, division)
            for title in self.titles
            if title.statute and title.statute.id not in JURISDICTION_ACTS
        )

    def _is_named_beside(self, division: Division, statute: str) -> bool:
        """Whether the same paragraph names a statute before this division."""
        start = self.text.rfind("\n", 0, division.start)
        return any(start < at < division.start and named == statute for at, named in self.named)

    def _only_one_cited(self, division: Division) -> str | None:
        """The Act of this decision known for that section, or the only Act it could be."""
        wanted = "act" if division.kind == "section" else "si"
        cited = {
            title.statute.id: title.statute
            for title in self.titles
            if title.statute
            and title.statute.kind == wanted
            and title.statute.id not in JURISDICTION_ACTS
        }
        known = [
            statute.id
            for statute in cited.values()
            if any(_is_of(listed, division.number) for listed in statute.provisions)
        ]
        if len(known) == 1:
            return known[0]
        return next(iter(cited)) if len(cited) == 1 and not known else None


def _known(statute: Statute, division: Division) -> bool:
    """Whether the register lists the division among those that decisions cite."""
    if division.kind != "section":
        return False
    return any(_is_of(listed, division.number) for listed in statute.provisions)


def _is_of(listed: str, number: str) -> bool:
    """Whether a provision of the register is the division of that number, or in it."""
    return listed.startswith(number) and not listed[len(number) : len(number) + 1].isalnum()


def _can_have(statute: Statute | None, division: Division) -> bool:
    """Acts have sections and instruments regulations; both have schedules."""
    return statute is None or statute.kind == _KIND_OF.get(division.kind, statute.kind)
