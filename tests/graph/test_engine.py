"""Where Oxigraph does otherwise than SPARQL 1.1 asks, as README.md tells readers.

Each case is small and our own; its names are those of the W3C's tests of query evaluation
(https://github.com/w3c/rdf-tests, sparql/sparql11) that ask for the right answer. When one
of them is right at last, README.md has to be mended: hence the version.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

VERSION = "0.5.13"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

TWICE = "".join(f'<http://e/a> <http://e/p> "1" <http://e/g{n}> .\n' for n in (1, 2))
"""One statement in two graphs."""
PATHS = {
    "zero_or_more_set_start": "SELECT ?x { :a :p* ?x }",
    "zero_or_more_set_end": "SELECT ?x { ?x :p* :a }",
    "zero_or_one_set_start": "SELECT ?x { :a :p? ?x }",
    "zero_or_one_set_end": "SELECT ?x { ?x :p? :a }",
}
A, G1, G2 = "<http://e/a>", "<http://e/g1>", "<http://e/g2>"

CASES = [
    (("cast-string",), "", "SELECT (xsd:string(1.0E6) AS ?x) {}", ['"1.0E6"']),
    (("graph-minus",), TWICE, "SELECT ?g { GRAPH ?g { :a :p ?x MINUS { :a :p ?y } } }", [G1, G2]),
    (
        ("agg-empty-group-count-graph",),
        TWICE,
        "SELECT ?g { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :nothing ?o } } }",
        [G1, G2],
    ),
    (("graph",), TWICE, "SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }", [G1, G2]),
    *(((name,), "", query, [A]) for name, query in PATHS.items()),
    (
        ("agg-groupconcat-04", "agg-groupconcat-06"),
        "",
        'SELECT (GROUP_CONCAT(?x) AS ?y) { VALUES ?x { "1"@en "2"@en } }',
        ['"1 2"'],
    ),
    (
        ("bnode01",),
        "",
        "SELECT (COUNT(DISTINCT ?y) AS ?n) { VALUES ?x { 1 2 } BIND(BNODE('z') AS ?y) }",
        ['"2"^^<http://www.w3.org/2001/XMLSchema#integer>'],
    ),
    (
        ("issue 1919",),
        TWICE,
        "SELECT (COUNT(*) AS ?n) FROM :g1 FROM :g2 { ?s ?p ?o }",
        ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
    ),
]


@pytest.mark.skipif(ox.__version__ != VERSION, reason=f"README.md tells of Oxigraph {VERSION}")
@pytest.mark.parametrize(
    ("names", "data", "query", "right"), CASES, ids=lambda case: str(case)[:40]
)
def test_what_readme_says_of_the_engine_is_so(
    names: tuple[str, ...], data: str, query: str, right: list[str]
) -> None:
    store = ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.N_QUADS)
    prefixes = {"": "http://e/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
    found = store.query(query, prefixes=prefixes)
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(str(solution[0]) for solution in found) != sorted(right)
    for name in names:
        assert f"`{name}`" in README or f"[{name}]" in README


@pytest.mark.skipif(ox.__version__ != VERSION, reason=f"README.md tells of Oxigraph {VERSION}")
def test_a_statement_in_two_graphs_is_counted_once_when_asked_so() -> None:
    store = ox.Store()
    store.load(TWICE.encode(), format=ox.RdfFormat.N_QUADS)
    for counted, number in (("?s", "2"), ("DISTINCT ?s", "1")):
        found = store.query(
            f"SELECT (COUNT({counted}) AS ?n) {{ ?s ?p ?o }}", use_default_graph_as_union=True
        )
        assert isinstance(found, ox.QuerySolutions)
        assert next(iter(found))[0].value == number
    assert VERSION in README
