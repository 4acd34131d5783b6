"""What the named questions are and answer, as files that follow from them.

In ``tests/graph/answers``, what each answers on the bundled sample: each way in which it is
asked, as a comment line, and the whole answer below it as CSV, with IRIs shortened to their
prefixes. In ``graph/questions/README.md``, the list of questions with their parameters and
columns. ``python -m tests.answers --write`` writes both anew, for a reader to look at what
changed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import faultlines
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import Question, questions
from graph.questions.results import Row, Rows, Term, shorten, write
from graph.questions.runner import answer
from tests.generated import replaced

FOLDER = Path(__file__).parent / "graph" / "answers"
GUIDE = Path(__file__).parents[1] / "graph" / "questions" / "README.md"
SAMPLE = Path(__file__).parents[1] / "graph" / "sample" / "decisions"

GIVEN = {
    "council": "Harrowmere",
    "other": "Tarnbeck",
    "category": "education",
    "fault": "delay",
    "injustice": "distress",
    "provision": "Education Act 1996",
    "reference": "22 900 008",
    "outcome": "upheld",
    "year": "2023",
    "day": "2024-01-01",
    "since": "2019-01-01",
    "until": "2022-12-31",
    "least": "2",
    "most": "400",
}
"""A value for each parameter by its name."""
OTHERWISE = {"other-routes": {"category": "transport-and-highways"}}
"""Values for a question that has no answer to those."""


def asked(question: Question) -> list[Mapping[str, str]]:
    """The ways in which a question is asked: with what it needs, then with each thing more."""
    values = {**GIVEN, **OTHERWISE.get(question.name, {})}
    needed = {p.name: values[p.name] for p in question.parameters if p.required}
    more = [p.name for p in question.parameters if not p.required]
    return [needed, *({**needed, name: values[name]} for name in more)]


def answers(kg: KnowledgeGraph, question: Question) -> str:
    """Every answer to a question, as its file holds them."""
    blocks = []
    for given in asked(question):
        shown = " ".join(f"{name}={value}" for name, value in given.items())
        found = answer(kg.store, question.sparql(**given), 10_000)
        if not isinstance(found, Rows):
            raise TypeError(question.name)
        short = Rows(found.variables, tuple(_short(row) for row in found.rows))
        table = write(short, "csv").replace("\r\n", "\n")
        blocks.append(f"# asked with: {shown or 'nothing'}\n{table}")
    return "\n".join(blocks)


def _short(row: Row) -> Row:
    return tuple(
        Term("literal", shorten(term.value)) if term and term.kind == "iri" else term
        for term in row
    )


def guide() -> str:
    """The list of all questions, in Markdown."""
    return "\n".join(_described(question) for question in questions().values())


def _described(question: Question) -> str:
    lines = [f"### `{question.name}`", "", f"**{question.title}** {question.answers}", ""]
    for parameter in question.parameters:
        need = "needed" if parameter.required else "optional"
        lines.append(f"- `{parameter.name}` ({need}): {parameter.about}")
    lines += [""] if question.parameters else []
    lines += ["| column | type | |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.type} | {c.about} |" for c in question.columns]
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Write every file anew; 2 for wrong usage."""
    if arguments != ["--write"]:
        sys.stderr.write("usage: python -m tests.answers --write\n")
        return 2
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.csv"):
        if stale.stem not in questions():
            stale.unlink()
    with TemporaryDirectory() as temporary:
        faultlines.build([SAMPLE], temporary)
        with faultlines.open(temporary) as kg:
            for name, question in questions().items():
                (FOLDER / f"{name}.csv").write_text(answers(kg, question), encoding="utf-8")
    GUIDE.write_text(
        replaced(GUIDE.read_text(encoding="utf-8"), "questions", guide()), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
