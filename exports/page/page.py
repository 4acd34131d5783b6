"""One self-contained HTML file: pyvis supplies the network and vis-network, we the rest.

The page asks for nothing: its policy (Content Security Policy Level 3,
https://www.w3.org/TR/CSP3/) allows the scripts and the style by their hashes, no
connection, and no text as markup (Trusted Types). It is drawn up to a number of items;
above that it shows totals and says how to narrow.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from exports.exporter import ExportError
from exports.network import Network
from exports.page.content import Content, content
from exports.page.words import PLURALS, clean
from exports.projection import project
from exports.scope import Scope, authority_label, find_authority
from exports.whole import write_whole
from graph.knowledge_graph import KnowledgeGraph
from graph.version import VERSION

LIMIT = 300
"""Items drawn unless asked otherwise: what vis-network moves at full speed."""
HARD_LIMIT = 1500
"""Items that are ever drawn: above it, moving the drawing stutters on an office laptop."""

_FOLDER = Path(__file__).parent
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SOURCE = (
    "Source: decisions published by the Local Government and Social Care Ombudsman "
    "(www.lgo.org.uk); quotations are the Ombudsman’s words. The data drawn from them is "
    "offered under CC BY 4.0."
)
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": False, "keyboard": False},
    "nodes": {
        "shape": "box",
        "borderWidth": 1.4,
        "borderWidthSelected": 2.6,
        "margin": 8,
        "widthConstraint": 190,
        "font": {"size": 15, "align": "left", "face": "system-ui, sans-serif"},
        "shapeProperties": {"borderRadius": 5},
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 1.2,
        "hoverWidth": 0.6,
        "smooth": {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal",
            "roundness": 0.45,
        },
    },
}


def page(
    kg: KnowledgeGraph,
    scope: Scope = Scope(),  # noqa: B008 - frozen, so sharing it is safe
    *,
    title: str | None = None,
    limit: int = LIMIT,
) -> str:
    """The page of the decisions in scope, as HTML, the same bytes every time.

    Up to ``limit`` items each decision is drawn with what was found, above it the totals
    by council, fault and remedy. Raises :class:`~exports.scope.ScopeError` and, for a
    limit that cannot be drawn, :class:`~exports.exporter.ExportError`.
    """
    if not 1 <= limit <= HARD_LIMIT:
        raise ExportError(
            f"limit {limit}", f"a page draws 1 to {HARD_LIMIT} items", "choose one of these"
        )
    network, notes, about_totals = _network(kg, scope, limit)
    counts = _counts(network) if not about_totals else _totals(kg, scope, network)
    words = scope.words(kg)
    return _render(
        content(network),
        {
            "title": clean(title or _title(kg, scope, words)),
            "scope": clean(words[0].upper() + words[1:]),
            "counts": counts,
            "notes": notes,
            "fictional": any(node.attributes.get("fictional") for node in network.nodes)
            or _fictional(kg, scope),
            "caption": "Every link of the drawing, with the words it rests on.",
            "evidence_heading": "Investigations" if about_totals else "What the decision says",
            "built": clean(kg.manifest.built or ""),
        },
    )


def write_page(
    kg: KnowledgeGraph,
    path: str | Path,
    scope: Scope = Scope(),  # noqa: B008 - frozen, so sharing it is safe
    *,
    title: str | None = None,
    limit: int = LIMIT,
) -> None:
    """Write :func:`page` to ``path`` as UTF-8, whole or not at all."""
    html = page(kg, scope, title=title, limit=limit).encode()
    write_whole(Path(path), lambda out: _put(out, html))


def _put(out: BinaryIO, html: bytes) -> None:
    out.write(html)


def _network(kg: KnowledgeGraph, scope: Scope, limit: int) -> tuple[Network, list[str], bool]:
    """What is drawn, what the page says about it, and whether it is the totals."""
    decisions = scope.decisions(kg)
    if not decisions:
        return Network((), ()), ["The graph holds no decision in this scope."], False
    items = len(decisions)
    if items <= limit:
        network = project(kg, scope, "chain")
        items = len(network.nodes)
        if items <= limit:
            return network, [], False
    network, left_out = _heaviest(_told_once(project(kg, scope, "summary")), limit)
    more = "at least " if len(decisions) > limit else ""
    notes = [
        f"This page shows totals. The {len(decisions):,} decisions in scope have {more}{items:,} "
        f"items, and {limit:,} can be drawn so that they stay legible. To see each decision, "
        "narrow the page by council, category, fault, dates or reference."
    ]
    if left_out:
        notes.append(
            f"Of the councils and types, the {len(network.nodes):,} that occur in most decisions "
            f"are shown; {left_out:,} are left out."
        )
    return network, notes, True


def _told_once(network: Network) -> Network:
    """The totals without the links from council to remedy that pass through a fault."""
    at_fault = {edge.source for edge in network.edges if edge.kind == "faultType"}
    return Network(
        network.nodes,
        tuple(e for e in network.edges if e.kind == "faultType" or e.source not in at_fault),
    )


def _heaviest(network: Network, limit: int) -> tuple[Network, int]:
    """The nodes of most decisions, up to ``limit``, and how many were left out."""
    ordered = sorted(network.nodes, key=lambda n: (-int(n.attributes["decisions"]), n.id))
    kept = {node.id for node in ordered[:limit]}
    inside = [edge for edge in network.edges if {edge.source, edge.target} <= kept]
    nodes = [node for node in network.nodes if node.id in kept]
    return Network.of(nodes, inside), len(network.nodes) - len(nodes)


def _counts(network: Network) -> list[tuple[str, str]]:
    kinds = network.kinds()
    shown = ("decision", "finding", "injustice", "remedy")
    return [(_counted(kind, kinds), f"{kinds[kind]:,}") for kind in shown if kinds[kind]]


def _totals(kg: KnowledgeGraph, scope: Scope, network: Network) -> list[tuple[str, str]]:
    kinds = network.kinds()
    kinds["decision"] = len(scope.decisions(kg))
    shown = ("decision", "council", "fault type", "remedy type")
    return [(_counted(kind, kinds), f"{kinds[kind]:,}") for kind in shown if kinds[kind]]


def _counted(kind: str, kinds: Counter[str]) -> str:
    return kind if kinds[kind] == 1 else PLURALS[kind]


def _fictional(kg: KnowledgeGraph, scope: Scope) -> bool:
    """Whether any council of the scope is invented."""
    wanted = " ".join(f"<{decision}>" for decision in scope.decisions(kg)[:HARD_LIMIT])
    return bool(
        kg.query(
            f"ASK {{ VALUES ?decision {{ {wanted} }} ?complaint fl:decidedBy ?decision ; "
            "fl:against/fl:fictional true }"
        )
    )


def _title(kg: KnowledgeGraph, scope: Scope, words: str) -> str:
    if scope.everything:
        return "Decisions of the Ombudsman"
    if scope.council:
        return authority_label(kg, find_authority(kg, scope.council))
    return words[0].upper() + words[1:]


def _render(shown: Content, facts: dict[str, Any]) -> str:
    style = (_FOLDER / "explorer.css").read_text(encoding="utf-8") + "".join(
        f".kind-{number} {{ --tone: {kind['colour']}; }}\n"
        for number, kind in enumerate(shown.about["kinds"])
    )
    script = (_FOLDER / "explorer.js").read_text(encoding="utf-8")
    library = _library()
    facts = {
        **facts,
        "policy": _policy([library, script], style),
        "style": Markup(style),  # noqa: S704 - our own file and colours
        "script": Markup(script),  # noqa: S704 - our own file
        "library": Markup(library),  # noqa: S704 - pyvis carries it
        "legend": shown.legend,
        "rows": shown.rows,
        "about": shown.about,
        "source": _SOURCE,
        "version": VERSION,
        "notices": library[: library.index("*/") + 2],
    }
    return _drawn_by_pyvis(shown, facts)


def _drawn_by_pyvis(shown: Content, facts: dict[str, Any]) -> str:
    """Fill our template through pyvis, whose own template fetches from other hosts."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True)
    # Filled directly: add_node and add_edge compare every new one with all before it.
    drawing.nodes, drawing.edges = shown.nodes, shown.edges
    drawing.set_options(json.dumps(_OPTIONS))
    loaders = [FileSystemLoader(_FOLDER), FileSystemLoader(drawing.template_dir)]
    drawing.templateEnv = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, keep_trailing_newline=True
    )
    drawing.templateEnv.globals["fl"] = facts
    drawing.path = "explorer.html"
    return str(drawing.generate_html())


def _library() -> str:
    """vis-network as pyvis carries it.

    Raises :class:`ExportError` when the installed pyvis does not carry that version.
    """
    path = files("pyvis").joinpath(_LIBRARY)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ExportError(
            str(_LIBRARY), "pyvis does not carry this file", "install pyvis 0.3.2"
        ) from error
    # HTML parsing turns CR LF into LF before the hash is compared
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {allowed}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
