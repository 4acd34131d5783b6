"""What decisions can be counted by: each dimension with its words, addresses and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from exports.serve.wording import quarter_words
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import authority_names
from graph.triples.provision import act
from graph.triples.provision import label as provision_label
from ontology import iri as mint
from ontology.bodies import bodies
from ontology.councils import councils
from ontology.guidance import guidance
from ontology.prefixes import ID, VOCAB
from ontology.statutes import statutes
from ontology.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to count decisions."""

    name: str
    """As in addresses: ``/fault/delay`` and ``?fault=delay``."""
    one: str
    many: str
    about: str
    """What a count by it means, in a sentence."""
    scheme: str | None = None
    """The vocabulary that defines its keys."""
    page: bool = True
    """Whether each key has a page of its own."""


DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {
        made.name: made
        for made in (
            Dimension(
                "council",
                "Council or other authority",
                "Councils and other authorities",
                "The bodies complained about.",
            ),
            Dimension(
                "fault",
                "Type of fault",
                "Types of fault",
                "What the Ombudsman found the authority did wrong.",
                "fault",
            ),
            Dimension(
                "injustice",
                "Type of injustice",
                "Types of injustice",
                "How fault harmed people.",
                "injustice",
            ),
            Dimension(
                "remedy",
                "Type of remedy",
                "Types of remedy",
                "What was agreed or recommended to put things right.",
                "remedy",
            ),
            Dimension(
                "reason",
                "Reason for not investigating",
                "Reasons for not investigating",
                "Why a complaint was not investigated, or an investigation was ended or limited.",
                "reason",
            ),
            Dimension(
                "provision",
                "Provision of law",
                "Provisions of law",
                "Acts, sections and regulations on the duties of authorities; "
                "the Ombudsman's own powers are not counted.",
            ),
            Dimension(
                "guidance",
                "Guidance",
                "Guidance",
                "Statutory and other guidance that decisions cite.",
            ),
            Dimension(
                "body",
                "Outside body",
                "Outside bodies",
                "Regulators, tribunals, courts and others that decisions name, in any role.",
            ),
            Dimension(
                "category",
                "Subject",
                "Subjects",
                "The subject of the complaint, as the Ombudsman's page gives it.",
                "category",
            ),
            Dimension(
                "outcome",
                "Outcome",
                "Outcomes",
                "The outcome as the Ombudsman's page gives it.",
                "outcome",
            ),
            Dimension("year", "Year", "Years", "The year of the decision."),
            Dimension("quarter", "Quarter", "Quarters", "The quarter of the decision.", page=False),
            Dimension(
                "disposition",
                "What was done",
                "What was done",
                "Whether the complaint was investigated, as the words of the decision say.",
                "disposition",
                page=False,
            ),
        )
    }
)
"""Every dimension by name, in the order in which pages show them."""

_BASES = {
    **{f"{VOCAB}{d.scheme}/": d.name for d in DIMENSIONS.values() if d.scheme and d.page},
    mint.LEGISLATION: "provision",
    f"{ID}council/": "council",
    f"{ID}authority/": "council",
    f"{ID}guidance/": "guidance",
    f"{ID}body/": "body",
    f"{ID}complaint/": "decision",
}
_SAID = ("fault", "injustice", "remedy", "reason", "provision", "guidance", "body")
"""Dimensions whose keys passages of a decision say."""
_MEMBERS = ("finding", "injustice", "remedy", "reason", "citation")
_INSIDE = (
    *("paragraph", "part", "passage", "involvement", "unread", "person"),
    "authority",
)
"""What else stands inside a decision."""


class Names:
    """Words for keys and IRIs of one graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._authorities = {gss: council.name for gss, council in councils().items()}
        self.authorities = authority_names(kg)
        """IRI to name of the authorities that decisions name."""
        for node, name in self.authorities.items():
            self._authorities.setdefault(node.rpartition("/")[2], name)

    def label(self, dimension: str, key: str) -> str:
        """Words for a key; the key itself when nothing has a name for it."""
        scheme = DIMENSIONS[dimension].scheme
        if scheme:
            concept = vocabulary(scheme).get(key)
            return concept.label if concept else key.replace("-", " ").capitalize()
        if dimension == "council":
            return self._authorities.get(key, key)
        if dimension == "provision":
            return provision_label(key)
        if dimension == "guidance":
            return guidance()[key].title if key in guidance() else key
        if dimension == "body":
            return bodies()[key].label if key in bodies() else key
        return quarter_words(key) if dimension == "quarter" else key

    def concept(self, scheme: str, key: str) -> str:
        """Words for a concept of a scheme that is no dimension, such as a status."""
        concept = vocabulary(scheme).get(key)
        return concept.label if concept else key

    def known(self, dimension: str, key: str) -> bool:
        """Whether a register or a vocabulary has the key, even if no decision does."""
        if DIMENSIONS[dimension].scheme:
            return self.definition(dimension, key) is not None
        if dimension == "provision":
            return act(key) in statutes()
        return self.label(dimension, key) != key

    def definition(self, dimension: str, key: str) -> str | None:
        """What a concept means, when a vocabulary defines it."""
        scheme = DIMENSIONS[dimension].scheme
        concept = vocabulary(scheme).get(key) if scheme else None
        return concept.definition if concept else None

    def of_iri(self, node: str) -> str | None:
        """Words for an IRI, None when there are none better than itself."""
        for base, dimension in _BASES.items():
            if node.startswith(base) and dimension in DIMENSIONS:
                key = node.removeprefix(base)
                found = self.label(dimension, key)
                return found if found != key else None
        if node.startswith(VOCAB):
            scheme, _, key = node.removeprefix(VOCAB).partition("/")
            try:
                return vocabulary(scheme)[key].label
            except KeyError:
                return None
        return None


def node_of(dimension: str, key: str) -> str:
    """The IRI of a key that has a page."""
    scheme = DIMENSIONS[dimension].scheme
    if scheme:
        return mint.concept(scheme, key)
    if dimension == "provision":
        return mint.legislation(key)
    if dimension == "council":
        known = key in councils() or (key[1:].isdigit() and key[:1].isupper())
        return mint.council(key) if known else f"{ID}authority/{quote(key, safe='-._~')}"
    return f"{ID}{dimension}/{quote(key, safe='-._~')}"


def address(dimension: str, key: str) -> str | None:
    """The page of a key, None when it has none."""
    if not DIMENSIONS[dimension].page:
        return None
    return f"/{dimension}/{quote(key, safe='/-._~')}"


def place_of(filters: Iterable[tuple[str, str]]) -> str:
    """Where on a decision's page the first thing stands that a list is filtered by.

    ``#fault/delay``, to be put after the page's address; empty where no filter is a thing that
    passages say. A page that has no such place opens at its top.
    """
    for dimension, key in filters:
        if dimension in _SAID:
            return f"#{dimension}/{quote(key, safe='/-._~')}"
    return ""


def page_of(node: str) -> str | None:
    """The page of an IRI: a concept, an authority, a decision or something inside one."""
    for base, dimension in _BASES.items():
        if node.startswith(base):
            key = node.removeprefix(base)
            if dimension == "decision":  # a part of a complaint is on the page of its decision
                key = key.partition("/")[0]
            return f"/{dimension}/{quote(key, safe='/-._~%')}"
    base = f"{ID}decision/"
    if not node.startswith(base):
        return None
    steps = node.removeprefix(base).split("/")
    for index, step in enumerate(steps[:-1]):
        # steps before a member's kind are the reference and the authority
        if index and step in (*_MEMBERS, *_INSIDE):
            shown = "/".join(steps[:index])
            if step in _MEMBERS[:3]:
                return f"/decision/{shown}#item-{steps[index + 1]}"
            anchor = f"#p{steps[index + 1]}" if step == "paragraph" else ""
            return f"/decision/{shown}{anchor}"
    return f"/decision/{'/'.join(steps)}"
