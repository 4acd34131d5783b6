"""The command and the Python front door: results, errors in one line, exit status."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from typer.testing import CliRunner, Result

import exports
import faultlines
from exports.projection import VIEWS
from graph.errors import NotADecision, StoreError, UnreadableSource
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import FORMATS
from ontology import record
from ontology.prefixes import NS

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "graph" / "sample"
ONE = SAMPLE / "decisions" / "16-900-002.txt"
REFERENCE = "16 900 002"


def _run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(faultlines.app, [str(one) for one in arguments], input=stdin)


def _process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "faultlines", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample as a graph, built by the command; never changed by a test."""
    folder = tmp_path_factory.mktemp("cli") / "kg"
    result = _run("build", SAMPLE / "decisions", "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


# Python


def test_the_python_front_door(tmp_path: Path) -> None:
    (decision,) = faultlines.extract([ONE])
    assert decision.reference == REFERENCE
    report = faultlines.build([ONE], tmp_path / "kg")
    assert report.counts["decisions"] == 1
    with faultlines.open(tmp_path / "kg") as graph:
        assert [entry.reference for entry in graph.decisions(REFERENCE)] == [REFERENCE]
    scores = faultlines.score(ONE, SAMPLE / "gold" / "16-900-002.json")
    assert scores["header"].wanted == 9


def test_one_path_need_not_be_in_a_list(tmp_path: Path) -> None:
    for path in (ONE, str(ONE)):
        assert [one.reference for one in faultlines.extract(path)] == [REFERENCE]
    assert faultlines.build(str(ONE), tmp_path / "kg").read == 1


def test_extract_raises_at_the_first_input_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        list(faultlines.extract([tmp_path / "absent.txt", ONE]))
    (tmp_path / "list.txt").write_text("eggs, milk", encoding="utf-8")
    with pytest.raises((UnreadableSource, NotADecision), match=r"list\.txt"):
        list(faultlines.extract([tmp_path / "list.txt"]))


def test_extract_tells_of_what_cannot_be_read(tmp_path: Path) -> None:
    told: list[str] = []
    found = faultlines.extract(
        [tmp_path / "absent.txt", ONE], rejected=lambda one: told.append(one.name)
    )
    assert [decision.reference for decision in found] == [REFERENCE]
    assert told == ["absent.txt"]


def test_opening_nothing_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="faultlines build SOURCE"):
        faultlines.open(tmp_path)


# extract


def test_extract_prints_one_record_a_line() -> None:
    result = _run("extract", SAMPLE / "decisions")
    assert (result.exit_code, result.stderr) == (0, "")
    decisions = [record.loads(line) for line in result.stdout.splitlines()]
    assert len(decisions) == 26
    assert decisions[0].reference == "15 900 001"


def test_extract_goes_on_after_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    result = _run("extract", tmp_path / "broken.pdf", tmp_path / "absent.txt", ONE)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    named = result.stderr.splitlines()
    assert [line.partition(":")[0] for line in named] == ["broken.pdf", "absent.txt"]
    assert all("; " in line for line in named), "each says what to do"
    assert "Traceback" not in result.output


def test_extract_reads_standard_input() -> None:
    ran = _process("extract", "-", input=ONE.read_bytes())
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["reference"] == REFERENCE


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "red\x1b[31m.txt").write_text("eggs, milk", encoding="utf-8")
    result = _run("extract", tmp_path)
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    ran = subprocess.run(
        f"{sys.executable} -m faultlines extract {SAMPLE / 'decisions'} | head -c 100",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (len(ran.stdout), ran.stderr) == (100, b"")


# build


def test_build_says_what_it_did_and_what_it_did_not_understand(tmp_path: Path) -> None:
    shutil.copy(ONE, tmp_path / "copy.txt")
    (tmp_path / "bad.txt").write_text("eggs, milk", encoding="utf-8")
    result = _run("build", ONE, tmp_path / "copy.txt", tmp_path / "bad.txt", "-o", tmp_path / "kg")
    assert result.exit_code == 1
    counts = _counts(result.stdout)
    assert counts["decisions read"] == 1
    assert counts["duplicates left out"] == 1
    assert counts["inputs rejected"] == 1
    assert counts["statements"] > 500
    assert {"citations not resolved", "mentions not understood"} <= counts.keys()
    assert result.stderr.startswith("copy.txt: holds the same decision as 16-900-002.txt")
    assert "bad.txt: " in result.stderr


def _counts(shown: str) -> dict[str, int]:
    found = {}
    for line in shown.splitlines():
        number, _, name = line.strip().partition("  ")
        if number.replace(",", "").isdigit():
            found[name] = int(number.replace(",", ""))
    return found


def test_the_time_of_a_build_is_one_that_rdf_can_hold(tmp_path: Path) -> None:
    result = _run("build", ONE, "-o", tmp_path / "kg", "--built", "22/11/2026")
    assert result.exit_code == 2
    assert "write it as 2024-01-31T09:30:00Z" in result.stderr
    assert not (tmp_path / "kg").exists()
    for given, kept in (
        ("2026-11-22", "2026-11-22T00:00:00"),
        ("2026-11-22T09:30Z", "2026-11-22T09:30:00Z"),
    ):
        folder = tmp_path / given[-3:]
        assert _run("build", ONE, "-o", folder, "--built", given).exit_code == 0
        assert json.loads((folder / "manifest.json").read_text("utf-8"))["built"] == kept


def test_build_says_nothing_of_what_it_did_not_count(tmp_path: Path) -> None:
    result = _run("build", tmp_path / "absent", "-o", tmp_path / "kg")
    assert result.exit_code == 1
    assert "Not understood" not in result.stdout
    assert result.stderr == "absent: no such file or folder; check the path\n"


def test_build_again_finds_everything_unchanged(tmp_path: Path) -> None:
    _run("build", ONE, "-o", tmp_path / "kg")
    result = _run("build", ONE, "-o", tmp_path / "kg")
    assert result.exit_code == 0
    assert _counts(result.stdout)["decisions unchanged"] == 1


# query


def test_every_named_question_without_need_answers(built: Path) -> None:
    for question in questions().values():
        if not any(parameter.required for parameter in question.parameters):
            result = _run("query", built, question.name, "--format", "json")
            assert result.exit_code == 0, (question.name, result.output)
            assert json.loads(result.stdout)["head"]["vars"]


def test_query_with_a_parameter(built: Path) -> None:
    result = _run("query", built, "faults-by-council", "--param", "council=Tarnbeck", "-f", "csv")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {row["name"] for row in rows} == {"Tarnbeck Metropolitan Borough Council"}


def test_query_lists_the_questions(built: Path) -> None:
    result = _run("query", built, "--list")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line[0] != " "] == list(questions())


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("ASK { ?d a fl:Decision }", "yes\n"),
        ("ASK { ?d a fl:Nothing }", "no\n"),
    ],
)
def test_query_takes_sparql(built: Path, question: str, answer: str) -> None:
    result = _run("query", built, question)
    assert (result.exit_code, result.stdout) == (0, answer)


def test_query_takes_a_file_and_standard_input(built: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a fl:Decision }"
    (tmp_path / "count.rq").write_text(sparql, encoding="utf-8")
    for result in (
        _run("query", built, tmp_path / "count.rq", "-f", "csv"),
        _run("query", built, "-", "-f", "csv", stdin=sparql.encode()),
    ):
        assert (result.exit_code, result.stdout.split()) == (0, ["n", "26"])


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"


def test_query_that_takes_too_long_is_ended(built: Path) -> None:
    started = time.monotonic()
    result = _run("query", built, ENDLESS, "--timeout", "0.5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "longer than 0.5 seconds; narrow it" in result.stderr
    assert time.monotonic() - started < 10
    within = _run("query", built, "faults-by-type", "--timeout", "30", "-f", "csv")
    assert within.stdout == _run("query", built, "faults-by-type", "-f", "csv").stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("query kg fault-", {"fault-injustice-matrix", "fault-remedy-matrix"}),
        ("query kg faults-by-council --param f", {"fault="}),
        ("query kg faults-by-council --param fault=dol", {"fault=dol-unauthorised"}),
    ],
)
def test_the_shell_completes_questions_and_their_parameters(
    typed: str, offered: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = f"faultlines {typed}"
    monkeypatch.setenv("_FAULTLINES_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    command = [sys.executable, "-m", "faultlines"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert set(shown.stdout.split()) == offered


def test_query_describes_without_braces(built: Path) -> None:
    result = _run(
        "query",
        built,
        "DESCRIBE <https://w3id.org/faultlines/id/council/X08000001>",
        "-f",
        "turtle",
    )
    assert result.exit_code == 0
    assert len(Graph().parse(data=result.stdout, format="turtle")) > 3


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml"])
def test_every_format_of_rows(built: Path, format: str) -> None:
    result = _run("query", built, "upheld-by-council", "--format", format)
    assert result.exit_code == 0
    assert "Tarnbeck" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing is asked"),
        (("faults-by-concil",), "did you mean faults-by-council"),
        (("ASK { ?s ?p",), "line 1, column"),
        (("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",), "SERVICE is refused"),
        (("ASK { ?s ?p ?o }", "--param", "council=Tarnbeck"), "only a named question"),
        (("faults-by-council", "--param", "council=Nowhere-on-Sea"), "Nowhere-on-Sea"),
        (("faults-by-council", "--param", "concil=Tarnbeck"), "no parameter"),
        (("faults-by-council", "--param", "council"), "NAME=VALUE"),
        (("faults-by-council", "--param", "=Tarnbeck"), "NAME=VALUE"),
        (("faults-by-council", "--param", "council= "), "it has no value"),
        (
            ("faults-by-council", "--param", "council=Tarnbeck", "--param", "council=Kingsferry"),
            "council is given twice",
        ),
        ((" ",), "nothing is asked"),
        (("-",), "nothing is asked"),
        (("faults-injustices-remedies",), "it needs 'council'"),
        (("upheld-by-council", "--format", "cvs"), "use one of table, csv"),
        (("upheld-by-council", "--format", "turtle"), "cannot carry"),
    ],
)
def test_wrong_questions_are_told_in_one_line(
    built: Path, arguments: Sequence[str], said: str
) -> None:
    result = _run("query", built, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("faultlines: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("faults-by-council", "--param", "council=Leeds"),
            "no decision of this graph names Leeds",
        ),
        (
            ("faults-by-council", "--param", "council=Tarnbeck", "--param", "fault=staff-conduct"),
            "",
        ),
        (("SELECT ?d { ?d a fl:Decison }",), "fl:Decison; did you mean fl:Decision?"),
        (("ASK { ?r fl:purpose injustice:distres }",), "did you mean injustice:distress?"),
        (("PREFIX x: <https://w3id.org/faultlines/ns#> ASK { ?d a x:Decison }",), "fl:Decison;"),
        (("SELECT ?d { ?d fl:date fl:Decision }",), ""),
        (("ASK { ?d a fl:Decision }",), ""),
        (("SELECT ?d { GRAPH ?g { ?d a fl:Decision } FILTER(?d = fl:Nil) } LIMIT 0",), "fl:Nil"),
    ],
)
def test_an_empty_answer_tells_what_the_graph_does_not_know(
    built: Path, arguments: Sequence[str], said: str
) -> None:
    result = _run("query", built, *arguments)
    assert result.exit_code == 0
    assert said in result.stderr
    assert result.stderr.count("\n") == (1 if said else 0)


def test_a_prefix_that_is_not_declared_is_named(built: Path) -> None:
    result = _run("query", built, "ASK { ?d a law:Act }")
    assert result.exit_code == 2
    assert "the prefix law: is not declared (line 1, column " in result.stderr


def test_the_place_of_a_mistake_begins_with_a_whole_word(built: Path) -> None:
    result = _run("query", built, "SELECT ?d\nWHERE\n{ ?d a fl:Decision ; fl:outcom }")
    assert "near '; fl:outcom }' (line 3, column " in result.stderr


def test_a_cut_answer_is_told(built: Path) -> None:
    result = _run("query", built, "SELECT * WHERE { ?s ?p ?o }", "--limit", "3", "-f", "csv")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4
    assert "cut after 3 rows" in result.stderr


# export and page


def test_export_writes_every_format(built: Path, tmp_path: Path) -> None:
    names = ",".join(one.name for one in exports.EXPORTERS)
    result = _run("export", built, "--format", names, "-o", tmp_path / "out")
    assert result.exit_code == 0
    *written, crate = [Path(line) for line in result.stdout.splitlines()]
    for path, one in zip(written, exports.EXPORTERS, strict=True):
        folder = isinstance(one, exports.FolderExporter)
        wanted = f"faultlines-{one.name}" if folder else f"faultlines.{one.extension}"
        assert path.name == wanted
        files = list(path.rglob("*")) if path.is_dir() else [path]
        assert sum(each.stat().st_size for each in files) > 1000
    assert crate.name == "ro-crate-metadata.json"


def test_export_lists_its_formats_and_what_they_cannot_carry() -> None:
    lines = _run("export", "--list").stdout.splitlines()
    assert lines[::2] == [one.name for one in exports.EXPORTERS]
    assert lines[1] == f"    cannot carry: {exports.exporter('turtle').loses}"
    assert "    carries everything" in lines


def test_export_to_one_file_packed(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt.gz"
    result = _run("export", built, "-o", path)
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert gzip.decompress(path.read_bytes()).startswith(b"<http")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_export_of_a_question(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "faults.jsonld"
    asked = ("--query", "faults-by-council", "--param", "council=Tarnbeck")
    assert _run("export", built, "-o", path, *asked).exit_code == 0
    assert "faults-by-council#findings" in path.read_text(encoding="utf-8")
    nothing = _run("export", built, "-o", path, "--query", "SELECT ?x { ?x a fl:Nothing }")
    assert nothing.exit_code == 0
    assert "the query found nothing" in nothing.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-f", "turtle", "--view", "summary"), "--view: it means nothing for turtle"),
        (("-f", "csv,gexf", "--full"), "--full: it means nothing for csv, gexf"),
        (("-f", "csv", "--compress", "bz2"), "packing 'bz2': there is none; use one of gz, zst"),
        (("-f", "csv", "--query", "SELECT ?x {}", "--fault", "delay"), "--query: it goes with no"),
        (("-f", "csv", "--query", "ASK {}"), "an ASK has nothing to export"),
        (("-f", "csv", "--query", "fault-by-council"), "did you mean faults-by-council"),
        ((), "its ending is of no format; give a format with -f"),
    ],
)
def test_export_options_that_do_not_fit_are_told(
    built: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    result = _run("export", built, "-o", tmp_path / "out", *options)
    assert result.exit_code == (1 if "ASK" in told else 2)
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_export_narrows(built: Path, tmp_path: Path) -> None:
    def size(*options: str) -> int:
        assert _run("export", built, "-f", "nquads", "-o", tmp_path, *options).exit_code == 0
        return (
            (tmp_path / "faultlines.nq")
            .read_bytes()
            .count(b"#type> <" + NS.encode() + b"Decision>")
        )

    assert size() == 26
    assert 0 < size("--council", "Tarnbeck") < 26
    assert (
        0 < size("--since", "2020-01-01", "--until", "2022-12-31") < size("--since", "2020-01-01")
    )
    assert 0 < size("--outcome", "upheld") < 26
    assert size("--reference", REFERENCE) == 1


@pytest.mark.parametrize("command", ["export", "page"])
@pytest.mark.parametrize(
    "option",
    [("--council", "Nowhere"), ("--fault", "rudeness"), ("--since", "1.1.2020"), ("--nonsense",)],
)
def test_a_scope_that_does_not_exist_is_wrong_usage(
    built: Path, tmp_path: Path, command: str, option: tuple[str, ...]
) -> None:
    format = ("--format", "nquads") if command == "export" else ()
    result = _run(command, built, *format, "-o", tmp_path / "out", *option)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not list(tmp_path.rglob("*.nq"))


def test_an_export_of_nothing_says_so(built: Path, tmp_path: Path) -> None:
    arguments = ("export", built, "-f", "turtle", "-o", tmp_path)
    result = _run(*arguments, "--since", "2030-01-01")
    assert result.exit_code == 0
    assert result.stderr.startswith("faultlines: no decision fulfils all conditions")
    assert _run(*arguments, "--since", "2020-01-01").stderr == ""


def test_a_day_is_told_how_to_be_written(built: Path, tmp_path: Path) -> None:
    result = _run("export", built, "-f", "turtle", "-o", tmp_path, "--since", "31/1/2024")
    assert "'31/1/2024' is no day; write it as 2024-01-31" in result.stderr


@pytest.mark.parametrize("format", ["turtle", "graphml"])
def test_an_unknown_view_names_the_known(built: Path, tmp_path: Path, format: str) -> None:
    result = _run("export", built, "-f", format, "--view", "chian", "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "use one of full, chain, decisions, summary" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_export_format_names_the_known(built: Path, tmp_path: Path) -> None:
    result = _run("export", built, "--format", "turtle,gefx", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert ", ".join(each.name for each in exports.EXPORTERS) in result.stderr
    assert not (tmp_path / "out").exists()


def test_page_writes_one_file(built: Path, tmp_path: Path) -> None:
    result = _run("page", built, "--council", "Tarnbeck", "-o", tmp_path / "tarnbeck.html")
    assert result.exit_code == 0
    assert "Tarnbeck" in (tmp_path / "tarnbeck.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "heading"),
    [
        (
            ("--provision", "Care Act 2014, section 9"),
            "Decisions that cite Care Act 2014, section 9",
        ),
        (("--guidance", "lgsco-guidance-on-remedies"), "Decisions that cite Guidance on remedies"),
        (("--body", "SEND tribunal"), "Decisions that name First-tier Tribunal"),
        (("--injustice", "distress"), "Decisions that found the injustice “distress”"),
        (("--remedy", "apology"), "Decisions that led to the remedy “apology”"),
        (("--fault", "delay"), "Decisions that found “delay”"),
        (("--category", "education"), "Decisions on "),
        (("--reference", "21 900 006"), "Decisions with the reference 21 900 006"),
        (("--query", "faults-by-council"), "Which faults were found at which council?"),
        (
            ("--query", "CONSTRUCT WHERE { ?d fl:hasRemedy ?r } LIMIT 9"),
            "Statements made by a query",
        ),
    ],
)
def test_page_of_anything_that_can_be_named(
    options: tuple[str, str], heading: str, built: Path, tmp_path: Path
) -> None:
    result = _run("page", built, *options, "-o", tmp_path / "page.html")
    assert (result.exit_code, result.stderr) == (0, "")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert f"<h1>{heading}" in text
    assert "data-edge=" in text


def test_page_of_a_query_in_a_file_with_a_parameter(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    asked = ("--query", "faults-by-council", "--param", "council=Tarnbeck")
    assert _run("page", built, *asked, "-o", path).exit_code == 0
    assert "Kingsferry" not in path.read_text(encoding="utf-8")
    (tmp_path / "asked.rq").write_text("SELECT ?d { ?d a fl:Decision }", encoding="utf-8")
    assert _run("page", built, "--query", tmp_path / "asked.rq", "-o", path).exit_code == 0
    assert "The rows of a query" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--query", "faults-by-council", "--fault", "delay"), "--query: it goes with no scope"),
        (("--param", "council=Tarnbeck"), "--param: it goes with --query"),
        (("--query", "ASK {}"), "an ASK has nothing to export"),
        (("--provision", "Car Act 2014"), "did you mean Care Act 2014"),
        (("--body", "ofstd"), "did you mean ofsted"),
        (("--limit", "1501"), "a page draws 1 to 1,500 items"),
    ],
)
def test_page_says_what_is_wrong(
    options: tuple[str, ...], said: str, built: Path, tmp_path: Path
) -> None:
    result = _run("page", built, *options, "-o", tmp_path / "page.html")
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert not (tmp_path / "page.html").exists()


def test_a_query_that_finds_nothing_says_so_beside_the_page(built: Path, tmp_path: Path) -> None:
    result = _run("page", built, "--query", "SELECT ?d { ?d a fl:No }", "-o", tmp_path / "p.html")
    assert result.exit_code == 0
    assert "the query found nothing" in result.stderr


def test_exports_are_narrowed_by_law_and_html_is_told_as_a_chain(
    built: Path, tmp_path: Path
) -> None:
    options = ("--provision", "Care Act 2014, section 9")
    assert _run("export", built, *options, "-o", tmp_path / "a.html").exit_code == 0
    assert _run("page", built, *options, "-o", tmp_path / "b.html").exit_code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


# check, explain, score, version


def test_check_passes_the_sample_and_tells_its_gaps(built: Path) -> None:
    result = _run("check", built)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Violation" not in result.stdout
    assert "26 decisions, 0 violations, 5 warnings" in result.stdout
    assert "pySHACL says the same of 26 of the 26 decisions it judged" in result.stdout
    assert re.search(r"^ +5  decisions without a date, 19\.2% of 26", result.stdout, re.MULTILINE)
    assert re.search(r"^  2022-23 +3 +3 +2 +1 .* 66\.7%$", result.stdout, re.MULTILINE)


def test_check_prints_one_json_document(built: Path) -> None:
    first, again = (_run("check", built, "-f", "json", "--sample", n) for n in (2, 2))
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    report = json.loads(first.stdout)
    assert report["sample"] == {"decisions": 2, "disagreements": []}
    assert [len(one["examples"]) for one in report["warnings"]] == [3]
    assert len(report["coverage"]) == 13


def test_check_can_let_warnings_fail(built: Path) -> None:
    result = _run("check", built, "--strict", "--sample", 0, "--examples", 0)
    assert result.exit_code == 1
    assert result.stderr.startswith("faultlines: 0 violations, 5 warnings")


def test_check_refuses_a_format_that_it_does_not_have(built: Path) -> None:
    result = _run("check", built, "--format", "xml")
    assert result.exit_code == 2
    assert "use one of text, json" in result.stderr


def test_check_fails_on_a_graph_that_breaks_a_shape(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.triples import decision as triples

    monkeypatch.setattr(triples, "day", lambda _: '"soon"')
    _run("build", ONE, "-o", tmp_path / "kg")
    result = _run("check", tmp_path / "kg")
    assert result.exit_code == 1
    assert "Violation of the shape Decision: 1 in 1 decision\n" in result.stdout
    assert f"{REFERENCE}, Northmoor City Council (16-900-002.txt); it has “soon”" in result.stdout
    assert "pySHACL says the same of 1 of the 1 decisions" in result.stdout
    assert "violations" in result.stderr


@pytest.mark.parametrize("wanted", [REFERENCE, "16-900-002", "16900002"])
def test_explain_quotes_the_text(built: Path, wanted: str) -> None:
    result = _run("explain", built, wanted)
    assert result.exit_code == 0
    text = " ".join(ONE.read_text(encoding="utf-8").split())
    lines = result.stdout.splitlines()
    quotes = [line.strip().strip("“”") for line in lines if line.startswith("      “")]
    assert len(quotes) > 10
    assert all(" ".join(quote.replace("**", "").split()) in text for quote in quotes)
    assert any("paragraph 1 of 16-900-002.txt, rule " in line for line in lines)


def test_explain_a_shared_thing_lists_what_names_it(built: Path) -> None:
    result = _run("explain", built, "fault:delay")
    assert result.exit_code == 0
    assert "fl:faultType  fault:delay" in result.stdout
    assert "paragraph" in result.stdout


@pytest.mark.parametrize("wanted", ["16 900 999", "nonsense", "id:council/E00000000"])
def test_explain_what_is_not_there(built: Path, wanted: str) -> None:
    result = _run("explain", built, wanted)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("wanted", ["Tarnbeck", "X08000001", "id:council/X08000001"])
def test_explain_a_council_by_its_register_and_its_decisions(built: Path, wanted: str) -> None:
    result = _run("explain", built, wanted)
    assert result.exit_code == 0
    for said in (
        "register: invented councils (ontology/registers/fictional-councils.tsv)",
        "fl:faultBy  id:council/X08000001  (Tarnbeck Metropolitan Borough Council)",
        "\nid:decision/23-900-010/X08000001, 2024-07-11, read from 23-900-010.txt:\n",
    ):
        assert said in result.stdout


def test_explain_tells_programs_the_same(built: Path) -> None:
    shown = json.loads(_run("explain", built, "fault:delay", "--format", "json").stdout)
    assert shown["things"] == ["https://w3id.org/faultlines/vocab/fault/delay"]
    assert shown["shown"] == shown["total"] == len(shown["explanations"]) > 3
    cut = _run("explain", built, "fault:delay", "--format", "json", "--limit", 1)
    assert json.loads(cut.stdout)["explanations"] == shown["explanations"][:2]
    assert cut.exit_code == 0
    expected = f"faultlines: cut: 2 of {shown['total']} things are shown; --limit shows more\n"
    assert cut.stderr == expected


def test_explain_has_two_formats(built: Path) -> None:
    result = _run("explain", built, "fault:delay", "--format", "html")
    assert result.exit_code == 2
    assert "use text or json" in result.stderr


def test_explain_keeps_a_decision_from_steering_the_terminal(hostile_kg: KnowledgeGraph) -> None:
    result = _run("explain", hostile_kg.folder, "23 900 099")
    assert result.exit_code == 0
    assert "window.pwned" in result.stdout
    assert all(line.isprintable() for line in result.stdout.split("\n"))


def test_score_measures_decisions_and_records_alike(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(_run("extract", ONE).stdout, encoding="utf-8")
    gold = SAMPLE / "gold" / "16-900-002.json"
    fresh, kept = _run("score", ONE, gold), _run("score", tmp_path / "records.jsonl", gold)
    assert fresh.exit_code == kept.exit_code == 0
    assert fresh.stdout == kept.stdout
    lines = fresh.stdout.splitlines()
    assert lines[0].split() == ["kind", "precision", "recall", "F1", "n"]
    assert any(line.startswith("all facts (micro)") for line in lines)


def test_score_tells_what_is_missing_and_extra(tmp_path: Path) -> None:
    gold = json.loads((SAMPLE / "gold" / "16-900-002.json").read_text(encoding="utf-8"))
    gold["guidance"] = ["invented-guidance"]
    (tmp_path / "16-900-002.json").write_text(json.dumps(gold), encoding="utf-8")
    result = _run("score", ONE, tmp_path)
    assert result.exit_code == 0
    assert "missing: guidance\n  16 900 002: invented-guidance\n" in result.stdout
    quiet = _run("score", ONE, tmp_path, "--no-items")
    assert "missing:" not in quiet.stdout


def test_score_names_annotation_without_a_record() -> None:
    result = _run("score", ONE, SAMPLE / "gold", "--no-items")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 25


@pytest.mark.parametrize("content", ["{", "[]", '{"reference": "16 900 002"}'])
def test_score_refuses_what_is_no_annotation(content: str, tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text(content, encoding="utf-8")
    result = _run("score", ONE, tmp_path)
    assert result.exit_code == 1
    assert "gold.json" in result.stderr
    assert "tests/gold/README.md" in result.stderr


def test_score_refuses_records_that_break_off(tmp_path: Path) -> None:
    line = _run("extract", ONE).stdout
    (tmp_path / "records.jsonl").write_text(line[:5000], encoding="utf-8")
    result = _run("score", tmp_path / "records.jsonl", SAMPLE / "gold")
    assert result.exit_code == 1
    assert "records.jsonl#1" in result.stderr


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_version_is_the_one_in_the_package(asked: str) -> None:
    result = _run(asked)
    assert (result.exit_code, result.stdout) == (0, f"faultlines {faultlines.__version__}\n")


@pytest.mark.parametrize("command", ["score", "compare"])
def test_a_path_that_is_not_there_is_told_alone(command: str, tmp_path: Path) -> None:
    result = _run(command, tmp_path / "absent", SAMPLE / "gold")
    assert (result.exit_code, result.stdout) == (1, "")
    expected = f"faultlines: {tmp_path / 'absent'}: no such file or folder; check the path\n"
    assert result.stderr == expected


def test_help_names_the_formats_and_the_views() -> None:
    def options(command: str) -> str:
        return " ".join(_run(command, "-h").stdout.split())

    assert f"One of {', '.join(FORMATS)}." in options("query")
    assert "Formats (see --list), with commas between" in options("export")
    assert all(view in options("export") for view in VIEWS)


# the process


@pytest.mark.parametrize("command", ["query", "export", "page", "check", "explain", "serve"])
def test_a_folder_without_a_graph_is_told(command: str, tmp_path: Path) -> None:
    options: dict[str, tuple[object, ...]] = {
        "query": ("ASK { ?s ?p ?o }",),
        "export": ("-f", "turtle", "-o", tmp_path / "out"),
        "page": ("-o", tmp_path / "out.html"),
        "explain": ("16 900 002",),
    }
    result = _run(command, tmp_path, *options.get(command, ()))
    assert result.exit_code == 1
    assert "there is no knowledge graph in this folder; make one with: " in result.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_no_folder_of_a_graph_is_told_by_what_it_is(built: Path, tmp_path: Path) -> None:
    def told(folder: Path) -> str:
        result = _run("query", folder, "ASK {}")
        assert result.exit_code == 1
        return result.stderr

    assert ": no such folder; make one with: faultlines build" in told(tmp_path / "absent")
    assert ": it is no folder; name the folder" in told(ONE)
    assert f"name the folder that it lies in: {built}\n" in told(built / "generation-0001")


def _with_terminal(*arguments: object) -> tuple[bytes, bytes]:
    """Standard output, and what a terminal that is standard error shows."""
    import pty

    ours, theirs = pty.openpty()
    shown = b""
    with subprocess.Popen(
        [sys.executable, "-m", "faultlines", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as running:
        os.close(theirs)
        assert running.stdout
        out = running.stdout.read()
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end has gone
                break
            if not part:
                break
            shown += part
        os.close(ours)
    assert running.returncode == 0
    return out, shown


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_progress_is_shown_beside_the_results() -> None:
    out, shown = _with_terminal("extract", SAMPLE / "decisions")
    assert len(out.splitlines()) == 26
    assert out.count(b'{"schema"') == 26
    assert b"Reading" in shown
    assert b"schema" not in shown
    assert b"Reading" not in _process("extract", ONE).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full is Linux's")
def test_output_that_cannot_be_written_is_told_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "faultlines", "version"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.count(b"\n") == 1
    assert b"No space left on device; " in ran.stderr


@pytest.mark.parametrize("arguments", [("nonsense",), ("build", "x.txt"), ("build", "-o", "kg")])
def test_wrong_usage_ends_with_2(arguments: Sequence[str]) -> None:
    assert _process(*arguments).returncode == 2


def test_help_names_every_command_and_starts_fast() -> None:
    took = []
    for _ in range(5):
        start = time.perf_counter()
        ran = _process("--help")
        took.append(time.perf_counter() - start)
    shown = ran.stdout.decode()
    for command in faultlines.app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        assert f"\n  {name} " in shown
    assert min(took) < 0.6, "help should not wait for heavy libraries"


def test_serving_every_interface_needs_names(built: Path) -> None:
    result = _run("serve", built, "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "--name" in result.stderr


def test_a_port_that_is_taken_is_told(built: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = _run("serve", built, "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "no server can listen there" in result.stderr


def test_demo_builds_the_sample(tmp_path: Path) -> None:
    result = _run("demo", "--no-serve", "-o", tmp_path / "kg")
    assert result.exit_code == 0
    assert "26 fictional decisions" in result.stdout
    assert (tmp_path / "kg" / "manifest.json").is_file()


def test_demo_serves_the_explorer() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    running = subprocess.Popen(
        [sys.executable, "-m", "faultlines", "demo", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert "Faultlines" in _fetched(address, running)
    finally:
        running.terminate()
        out, _ = running.communicate(timeout=30)
    assert address in out.decode()


def _fetched(address: str, running: subprocess.Popen[bytes]) -> str:
    for _ in range(150):
        assert running.poll() is None, "the demo ended early"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answered at {address}")


def test_score_shows_what_each_rule_is_worth() -> None:
    plain = _run("score", ONE, SAMPLE / "gold" / "16-900-002.json", "--no-items")
    ruled = _run("score", ONE, SAMPLE / "gold" / "16-900-002.json", "--no-items", "--by-rule")
    assert ruled.exit_code == 0
    assert ruled.stdout.startswith(plain.stdout)
    added = ruled.stdout.removeprefix(plain.stdout)
    assert re.search(
        r"^provisions +citation\.statute +\d+ +\d+ +[01]\.\d{3} +\d+$", added, re.MULTILINE
    )


def test_score_names_what_it_did_not_score(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(2 * _run("extract", ONE).stdout_bytes)
    result = _run("score", tmp_path / "records.jsonl", SAMPLE / "gold" / "16-900-002.json")
    assert f"{REFERENCE}: not scored" in result.stderr
    assert result.exit_code == 0


def test_compare_lists_gains_and_losses(tmp_path: Path) -> None:
    records = tmp_path / "old.jsonl"
    records.write_bytes(_run("extract", ONE).stdout_bytes)
    same = _run("compare", records, ONE)
    assert same.exit_code == 0
    assert not [line for line in same.stdout.splitlines() if line.startswith(("+", "-"))]
    found = json.loads(records.read_text(encoding="utf-8"))
    gone = found["remedies"].pop()
    records.write_text(json.dumps(found), encoding="utf-8")
    changed = _run("compare", records, ONE)
    assert f"+ {REFERENCE}: remedy: {gone['type']}" in changed.stdout
    assert gone["evidence"][0]["quote"][:30] in changed.stdout


def test_compare_names_a_decision_that_one_side_lacks(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_bytes(_run("extract", SAMPLE / "decisions").stdout_bytes)
    result = _run("compare", tmp_path / "old.jsonl", ONE, "--no-items")
    assert result.exit_code == 1
    assert "has no record of the same text" in result.stderr


WHOLE = ONE.read_text(encoding="utf-8")
LISTING = (
    "Planning\nRecent statements in this category are shown below:\n"
    "Tarnbeck Metropolitan Borough Council (22 900 001)\n"
    "Statement Upheld Enforcement 05-Jan-2026\nSummary: Mr X complained. We found fault.\n"
    "Northmoor City Council (22 900 002)\n"
    "Statement Not upheld Enforcement 06-Jan-2026\nSummary: Ms Y complained.\n"
)
WELSH = "Cwynodd Miss X fod y Cyngor wedi oedi cyn rhoi cymorth iddi, a chanfuom fai. " * 8
FRENCH = "Madame X se plaint que la mairie a tardé à répondre à sa demande et à ses lettres. " * 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the text is empty"),
        (WELSH, "not in English"),
        (FRENCH, "not in English"),
        ("Housing Ombudsman Service\nThe landlord was late. Maladministration.", "another body"),
        (LISTING, "a list of decisions"),
        ("word " * 5_000_000, "20 MB at most"),
    ],
    ids=["empty", "welsh", "french", "other ombudsman", "listing", "one long line"],
)
def test_what_is_no_decision_is_named_with_the_reason(
    text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    shutil.copy(ONE, tmp_path / "good.txt")
    result = _run("extract", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("odd.txt: ")
    assert reason in result.stderr
    assert "; " in result.stderr  # what to do about it
    assert [json.loads(line)["reference"] for line in result.stdout.splitlines()] == [REFERENCE]


@pytest.mark.parametrize("share", [0.5, 0.7])
def test_a_decision_cut_off_is_read_as_far_as_it_goes_and_counted(
    share: float, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.txt"
    cut.write_text(WHOLE[: int(len(WHOLE) * share)].rstrip(" .\n"), encoding="utf-8")
    record = json.loads(_run("extract", cut).stdout)
    assert {one["kind"] for one in record["unread"]} >= {"document"}
    result = _run("build", cut, "-o", tmp_path / "kg")
    assert re.search(r"^ +1  decisions cut off or otherwise odd$", result.stdout, re.MULTILINE)


def test_two_decisions_in_one_file_are_two_records(tmp_path: Path) -> None:
    other = (SAMPLE / "decisions" / "17-900-016.txt").read_text(encoding="utf-8")
    (tmp_path / "two.txt").write_text(f"{WHOLE}\n\n{other}", encoding="utf-8")
    lines = _run("extract", tmp_path / "two.txt").stdout.splitlines()
    assert [json.loads(line)["reference"] for line in lines] == [REFERENCE, "17 900 016"]
