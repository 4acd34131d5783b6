"""Every kind of page of the explorer, by name, with an address that shows it.

The addresses are those of :func:`decisions`; ``tests/exports/test_serve_looks.py`` holds the list
against the routes, dimensions and templates of the application, and looks at each page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from graph.knowledge_graph import KnowledgeGraph
from ontology.model import Authority, Decision
from tests import factories

COUNCIL = "X08000001"
LONG_LIST = 10
"""Decisions above which a list of these tests has no graph to download."""
_COUNTED = (
    "SELECT ?council ?fault (COUNT(*) AS ?found) { ?finding fl:faultType ?fault ; "
    "fl:faultBy ?council } GROUP BY ?council ?fault ORDER BY DESC(?found) ?council ?fault"
)
_STEPS = (
    ("start", f"council/{COUNCIL}"),
    ("add", f"council/{COUNCIL}>decision"),
    ("add", "decisions>fault"),
    ("add", f"council/{COUNCIL}>remedy>apology"),
    ("open", "provision"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: an address that shows it, and the status that comes with it."""

    path: str
    status: int = 200


def _sparql(query: str, **more: str) -> str:
    return f"/sparql?{urlencode({'query': query, **more})}"


PAGES: Mapping[str, Kind] = {
    "overview": Kind("/"),
    "overview-rate": Kind("/?by=remedy&show=rate&columns=all"),
    "overview-narrowed": Kind("/?by=year&outcome=upheld&category=education"),
    "decisions": Kind("/decisions"),
    "decisions-narrowed": Kind("/decisions?fault=delay&outcome=upheld"),
    "decisions-none": Kind("/decisions?fault=delay&year=1999"),
    "decision": Kind("/decision/21-900-006/X08000001"),
    "decision-no-fault": Kind("/decision/16-900-015"),
    "decision-choice": Kind("/decision/22-900-014"),
    "decision-drawn": Kind("/drawing/21-900-006/X08000001"),
    "council": Kind(f"/council/{COUNCIL}"),
    "council-provider": Kind("/council/larchfield-care-tarnside-limited"),
    "council-drawn": Kind(f"/council/{COUNCIL}/graph"),
    "report": Kind(f"/council/{COUNCIL}/report"),
    "compare-start": Kind("/compare"),
    "compare": Kind(f"/compare?council={COUNCIL}&council=X06000001&rows=all"),
    "compare-which": Kind("/compare?council=north"),
    "timeline": Kind("/timeline?by=quarter"),
    "flows": Kind("/flows?show=both&links=120"),
    "flow": Kind("/flows/decisions?fault=delay&remedy=apology"),
    "search": Kind("/search?q=council"),
    "search-narrowed": Kind("/search?q=delay&outcome=upheld"),
    "search-none": Kind("/search?q=zebra"),
    "about": Kind("/about"),
    "explore-start": Kind("/explore?q=delay"),
    "explore": Kind(f"/explore?{urlencode(_STEPS)}"),
    "explore-drawn": Kind(f"/explore/drawing?{urlencode(_STEPS)}"),
    "questions": Kind("/questions"),
    "question": Kind("/question/payments-like-this"),
    "question-answered": Kind("/question/decisions-of-a-council?council=Harrowmere"),
    "question-refused": Kind("/question/decisions-of-a-council?council=nowhere", 400),
    "sparql": Kind("/sparql"),
    "sparql-table": Kind(_sparql(_COUNTED)),
    "sparql-chart": Kind(_sparql(_COUNTED, show="chart")),
    "sparql-graph": Kind(_sparql(_COUNTED, show="graph")),
    "sparql-error": Kind(_sparql("SELECT ?s WHERE { ?s ?p }"), 400),
    "sparql-full": Kind(_sparql(_COUNTED, view="full")),
    "councils": Kind("/council/"),
    "faults": Kind("/fault/"),
    "injustices": Kind("/injustice/"),
    "remedies": Kind("/remedy/"),
    "reasons": Kind("/reason/"),
    "provisions": Kind("/provision/"),
    "guidances": Kind("/guidance/"),
    "bodies": Kind("/body/"),
    "categories": Kind("/category/"),
    "outcomes": Kind("/outcome/"),
    "years": Kind("/year/"),
    "fault": Kind("/fault/delay"),
    "injustice": Kind("/injustice/distress"),
    "remedy": Kind("/remedy/apology"),
    "reason": Kind("/reason/late"),
    "provision": Kind("/provision/ukpga/2014/6/section/42"),
    "guidance": Kind("/guidance/lgsco-guidance-on-remedies"),
    "body": Kind("/body/ofsted"),
    "category": Kind("/category/education"),
    "outcome": Kind("/outcome/upheld"),
    "year": Kind("/year/2022"),
    "error-nowhere": Kind("/no/such/page", 404),
    "error-unreadable": Kind("/?by=nothing", 400),
    "error-too-many": Kind("/decisions?format=ttl", 403),
}
"""Each kind of page by a name that can name a file."""

HOSTILE: Mapping[str, str] = {
    "overview": "/",
    "decisions": "/decisions?council={council}",
    "decision": "/decision/23-900-099",
    "council": "/council/{council}",
    "report": "/council/{council}/report",
    "compare": "/compare?council={council}&council=script",
    "timeline": "/timeline?council={council}",
    "flows": "/flows?council={council}",
    "search": "/search?q=fault&outcome=upheld",
    "explore": "/explore?start=fault/delay&add=fault/delay%3Edecision&open=council",
    "councils": "/council/",
    "fault": "/fault/delay",
    "sparql": PAGES["sparql-table"].path,
}
"""Pages of a graph whose only decision has hostile words, by name; its council is filled in."""


def decisions(sample: KnowledgeGraph) -> list[Decision]:
    """The bundled sample and an investigation of a council and a trust under one reference."""
    trust = Authority("Tarrow Vale Trust", None, "nhs-body")
    joint = (factories.decision(), factories.decision(authorities=(trust,)))
    return [*(entry.decision() for entry in sample.ledger.entries()), *joint]
