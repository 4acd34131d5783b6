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
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from exports.content import Content
from exports.exporter import ExportError
from exports.page.content import PageContent, page_content
from exports.page.drawn import LIMIT, Drawn, drawn
from exports.page.words import clean
from exports.scope import Scope
from exports.selection import Selection
from exports.whole import write_whole_text
from graph.knowledge_graph import KnowledgeGraph
from graph.version import VERSION

_FOLDER = Path(__file__).parent
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTED = 'document.documentElement.classList.add("scripted");'
"""Runs before the body is read, so that rows of later pages are never laid out."""
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
    return page_of(Selection(kg, scope, view="chain"), title=title, limit=limit)


def page_of(content: Content, *, title: str | None = None, limit: int = LIMIT) -> str:
    """The page of any content: decisions in any view, what a CONSTRUCT made, or rows.

    Raises as :func:`page` does.
    """
    shown = drawn(content, title=title, limit=limit)
    facts = {
        "title": clean(shown.title),
        "scope": clean(shown.scope),
        "counts": [(clean(name), number) for name, number in shown.counts],
        "notes": [clean(note) for note in shown.notes],
        "fictional": shown.fictional,
        "caption": "Every link of the drawing, with the words it rests on.",
        "evidence_heading": _evidence_heading(shown),
        "built": clean(shown.built),
    }
    return _render(page_content(shown), facts)


def _evidence_heading(shown: Drawn) -> str:
    if shown.totals:
        return "How often"
    return "Values and words" if shown.foreign else "What the decision says"


def write_page(
    kg: KnowledgeGraph,
    path: str | Path,
    scope: Scope = Scope(),  # noqa: B008 - frozen, so sharing it is safe
    *,
    title: str | None = None,
    limit: int = LIMIT,
) -> None:
    """Write :func:`page` to ``path`` as UTF-8, whole or not at all."""
    write_page_of(Selection(kg, scope, view="chain"), path, title=title, limit=limit)


def write_page_of(
    content: Content, path: str | Path, *, title: str | None = None, limit: int = LIMIT
) -> None:
    """Write :func:`page_of` to ``path`` as UTF-8, whole or not at all."""
    write_whole_text(Path(path), page_of(content, title=title, limit=limit))


def _render(shown: PageContent, facts: dict[str, Any]) -> str:
    style = (_FOLDER / "explorer.css").read_text(encoding="utf-8") + "".join(
        f".kind-{number} {{ --tone: {kind['colour']}; }}\n"
        for number, kind in enumerate(shown.about["kinds"])
    )
    script = (_FOLDER / "explorer.js").read_text(encoding="utf-8")
    library = _library()
    facts = {
        **facts,
        "policy": _policy([_SCRIPTED, library, script], style),
        "scripted": Markup(_SCRIPTED),  # noqa: S704 - our own line
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


def _drawn_by_pyvis(shown: PageContent, facts: dict[str, Any]) -> str:
    """Fill our template through pyvis, whose own template fetches from other hosts."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader
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
