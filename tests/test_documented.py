"""README.md says what is there, all of it, and its examples run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

import faultlines
from exports import EXPORTERS, Exporter, FileExporter
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.results import FORMATS, Rows
from tests import accuracy, agreement, answers
from tests.generated import replaced, written

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS = {
    str(command.name or getattr(command.callback, "__name__", "")): command
    for command in faultlines.app.registered_commands
}


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def _examples() -> list[str]:
    """Every ``faultlines`` command line of a block, in order."""
    lines = [line for block in _blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("faultlines ")]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples find in a checkout."""
    shutil.copytree(ROOT / "graph" / "sample", tmp_path / "graph" / "sample")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def built(sample_kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample's graph, as the examples name it."""
    (tmp_path / "kg").symlink_to(sample_kg.folder, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(line: str) -> str:
    result = CliRunner().invoke(faultlines.app, shlex.split(line)[1:])
    assert result.exit_code == 0, f"{line}\n{result.output}"
    return result.stdout


def test_the_table_of_commands_is_the_list_of_commands() -> None:
    listed = re.findall(r"^\| `faultlines ([a-z]+)[^`]*` \| \S.* \|$", README, re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_a_help(name: str) -> None:
    result = CliRunner().invoke(faultlines.app, [name, "--help"])
    assert result.exit_code == 0
    assert (COMMANDS[name].callback.__doc__ or "").strip() != ""


def test_the_table_of_formats_is_the_list_of_exporters() -> None:
    def place(one: Exporter) -> str:
        return f"`.{one.extension}`" if isinstance(one, FileExporter) else "folder"

    rows = [f"| `{one.name}` | {place(one)} | {one.loses}".rstrip() for one in EXPORTERS]
    table = "\n".join(f"{row} |" for row in rows)
    assert f"{table}\n\n" in README


def test_every_query_format_is_named() -> None:
    names = {"ntriples": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF/XML"}
    (row,) = re.findall(r"^\| `faultlines query.*$", README, re.MULTILINE)
    for format in FORMATS:
        assert names.get(format, format).lower() in row.lower()


def test_the_examples_run_in_order(workplace: Path) -> None:
    examples = _examples()
    assert len(examples) >= 8
    for line in examples:
        _run(line)
    assert (workplace / "tarnbeck.html").stat().st_size > 10_000
    assert {path.name for path in (workplace / "out").iterdir()} == {
        "faultlines.ttl",
        "faultlines.graphml",
        "ro-crate-metadata.json",
    }
    assert (workplace / "tarnbeck.jsonld.gz").stat().st_size > 1_000
    assert (workplace / "faults.sqlite").stat().st_size > 1_000


def test_the_explanation_reads_as_shown(built: Path) -> None:
    (line,) = (one for one in _examples() if one.startswith("faultlines explain"))
    assert (built / "kg").is_dir()
    assert _run(line) in _blocks("text")


def test_the_sparql_example_answers(built: Path) -> None:
    (sparql,) = _blocks("sparql")
    (built / "distress.rq").write_text(sparql, encoding="utf-8")
    (line,) = re.findall(r"`(faultlines query kg distress\.rq[^`]*)`", README)
    rows = _run(line).splitlines()
    assert rows[0] == "reference,sum,due"
    assert len(rows) > 3


def test_the_python_example_runs(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert workplace.exists()
    (program,) = _blocks("python")
    exec(compile(program, "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 50


def test_the_accuracy_is_what_is_measured_now() -> None:
    assert written(README, "accuracy") == accuracy.table(), "run: python -m tests.accuracy --write"


def test_the_list_of_questions_is_that_of_their_files() -> None:
    listed = written(answers.GUIDE.read_text(encoding="utf-8"), "questions")
    assert listed == answers.guide(), "run: python -m tests.answers --write"


def test_the_query_in_the_list_of_questions_answers(sample_kg: KnowledgeGraph) -> None:
    (sparql,) = re.findall(r"```sparql\n(.*?)```", answers.GUIDE.read_text("utf-8"), re.DOTALL)
    found = ask(sample_kg, sparql)
    assert isinstance(found, Rows)
    assert found.rows


def test_the_agreement_of_annotators_is_what_is_measured_now() -> None:
    readme = agreement.README.read_text(encoding="utf-8")
    made = agreement.table()
    assert written(readme, "agreement") == made, "run: python -m tests.agreement --write"
    assert "| remedies | " in made


def test_annotators_agree_by_any_type_that_both_accept() -> None:
    first = {
        **dict.fromkeys(("category", "subcategory", "outcome", "date", "document_type"), "x"),
        "disposition": "investigated",
        "faults": [["delay", "poor-communication"], ["poor-care"]],
        **{kind: [] for kind in ("injustices", "reasons", "remedies", "guidance", "bodies")},
        **{f"{kind}_optional": [] for kind in ("faults", "injustices", "reasons", "remedies")},
        **{f"{kind}_optional": [] for kind in ("guidance", "bodies", "citations")},
        "citations": [],
        "no_fault_findings": 1,
    }
    second = {**first, "faults": [["poor-communication"]], "no_fault_findings": 2}
    found = agreement.agreement(first, second)
    assert found["faults"] == (1, 2, 1)
    assert found["no-fault findings"] == (1, 1, 2)
    assert found["header"] == (6, 6, 6)
    free = agreement.agreement(first, {**second, "faults_optional": ["poor-care"]})
    assert free["faults"] == (1, 1, 1)


def test_the_committed_counts_are_what_is_measured_now() -> None:
    assert accuracy.committed() == accuracy.totals(), "run: python -m tests.accuracy --write"


def test_a_fall_of_any_figure_is_named() -> None:
    before = accuracy.committed()
    now = {name: dict(kinds) for name, kinds in before.items()}
    assert list(accuracy.falls(before, now)) == []
    right, said, wanted = now["held out"]["remedies"]
    now["held out"]["remedies"] = [right - 3, said, wanted]
    (fall,) = accuracy.falls(before, now)
    assert fall.startswith("held out, remedies: F1 ")
    del now["worked"]
    assert len(list(accuracy.falls(before, now))) > 10


def test_nothing_worse_is_written_without_saying_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scores, readme = tmp_path / "scores.json", tmp_path / "README.md"
    better = accuracy.committed()
    better["sample"]["remedies"] = [10, 10, 10]
    scores.write_text(json.dumps(better), encoding="utf-8")
    readme.write_text(README, encoding="utf-8")
    monkeypatch.setattr(accuracy, "SCORES", scores)
    monkeypatch.setattr(accuracy, "README", readme)
    monkeypatch.setattr(sys, "argv", ["accuracy", "--write"])
    assert accuracy.main() == 1
    assert "sample, remedies: F1 1.000 before" in capsys.readouterr().err
    assert json.loads(scores.read_text(encoding="utf-8")) == better
    monkeypatch.setattr(sys, "argv", ["accuracy", "--write", "--accept-fall"])
    assert accuracy.main() == 0
    assert accuracy.committed() == accuracy.totals()


def test_writing_the_accuracy_changes_nothing_else() -> None:
    for block in ("", "| a |\n"):
        emptied = replaced(README, "accuracy", block)
        assert written(emptied, "accuracy") == block
        assert replaced(emptied, "accuracy", written(README, "accuracy")) == README


def test_every_dependency_is_explained_and_no_other() -> None:
    def name(requirement: str) -> str:
        match = re.match(r"[a-z0-9.-]+", requirement)
        assert match
        return match[0]

    section = README.split("## What it stands on")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z0-9,. -]+) \| \S.* \|$", section, re.MULTILINE)
    explained = [one.strip() for row in rows[1:] for one in row.split(",")]
    assert sorted(explained) == sorted(map(name, PROJECT["dependencies"]))
    typing = ("lxml-stubs", "types-")
    for requirement in PROJECT["optional-dependencies"]["test"]:
        if not requirement.startswith(typing):
            assert re.search(rf"\b{name(requirement)}\b", section), requirement


def test_the_files_that_are_linked_exist() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    here = [target for target in targets if "://" not in target]
    assert [target for target in here if not (ROOT / target).exists()] == []


def test_two_commands_and_no_more_start_it() -> None:
    starts = [block for block in _blocks("sh") if "venv" in block]
    assert len(starts) == 2
    for block in starts:
        assert len(block.splitlines()) == 1
        assert block.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")


def test_the_continuous_check_runs_the_command_of_the_readme() -> None:
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    found = re.search(r"grep -m1 -E '([^']+)' README\.md", check)
    assert found
    shown = subprocess.run(
        ["grep", "-E", found[1], "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (command,) = shown.stdout.splitlines()
    assert command in [block.strip() for block in _blocks("sh")]
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
