"""Records of other projects: their names for the fields, their kinds of file, long ones."""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from graph.extraction.pipeline import extract_all
from graph.sources import json_records
from graph.sources.fields import metadata_of, text_of
from graph.sources.raw import RawDocument, Unreadable
from graph.sources.source import read
from ontology.model import Decision
from ontology.record import dumps

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LAYOUTS = Path(__file__).parent / "layouts"
PAGE = (LAYOUTS / "A.txt").read_text("utf-8")
HTML = (LAYOUTS / "B.html").read_text("utf-8")
BODY = PAGE.split("final decision:\n", 1)[1]
ADDRESS = "https://www.lgo.org.uk/decisions/education/special-educational-needs/22-900-014"
NAME = "Tarnbeck Metropolitan Borough Council"


def _written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), "utf-8")
    return path


def _decision(path: Path) -> Decision:
    (found,) = extract_all([path])
    assert isinstance(found, Decision), found
    return found


def _said(decision: Decision) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(dumps(decision))
    return {
        kind: [one.get("type", one.get("id")) for one in said[kind]]
        for kind in ("findings", "injustices", "remedies", "citations")
    } | {"paragraphs": [(one["number"], one["section"]) for one in said["paragraphs"]]}


RECORDS = {
    "our own names": {
        "reference": "22 900 014",
        "url": ADDRESS,
        "category": "Education",
        "subcategory": "Special educational needs",
        "outcome": "Upheld",
        "date": "2023-02-06",
        "authority": NAME,
        "text": BODY,
    },
    "a collection of case law, whose lines have no marks": {
        "_id": "UK/LGO/22-900-014",
        "_type": "case_law",
        "case_id": "22 900 014",
        "title": "LGSCO decision 22 900 014",
        "text": "\n".join(line.removeprefix("- ") for line in PAGE.split("\n")),
        "date": "2023-02-06",
        "authority": NAME,
        "category": "Education",
        "subcategory": "Special educational needs",
        "outcome": "Upheld",
        "url": ADDRESS,
    },
    "other names": {
        "Reference Number": "22-900-014",
        "Council": NAME,
        "Decision": "Upheld",
        "Decision Date": "2023-02-06T00:00:00",
        "Category": "Education > Special educational needs",
        "link": ADDRESS,
        "full_text": BODY,
    },
    "nested": {
        "text": BODY,
        "metadata": {
            "ref": "22900014",
            "decision_date": "6 February 2023",
            "decision": "Upheld",
            "body": NAME,
            "source": ADDRESS,
        },
    },
    "paragraphs in a list, and a title": {
        "url": ADDRESS,
        "title": f"{NAME} (22 900 014)",
        "text": BODY.split("\n"),
        "date": "06 Feb 2023",
        "outcome": "Upheld",
    },
    "the page": {"id": 7, "source_url": ADDRESS, "html": HTML},
    "the page under a doubtful name": {"id": "x", "result": "ok", "content": HTML},
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_says_what_the_page_says(tmp_path: Path, record: dict[str, Any]) -> None:
    decision = _decision(_written(tmp_path / "a.json", record))
    page = _decision(LAYOUTS / "A.txt")
    assert _said(decision) == _said(page)
    assert decision.reference == "22 900 014"
    assert (str(decision.date), decision.outcome) == ("2023-02-06", "upheld")
    assert [one.name for one in decision.authorities] == [NAME]
    assert decision.category == page.category
    assert decision.url == ADDRESS


@pytest.mark.parametrize(
    ("record", "metadata"),
    [
        ({"id": 17, "decision": "x" * 300}, {}),
        ({"id": "22 900 014"}, {"reference": "22 900 014"}),
        ({"result": "3 rows", "decision": "Not upheld"}, {"outcome": "Not upheld"}),
        ({"source": "a spreadsheet", "link": "ftp://x"}, {}),
        ({"reference": True, "date": None, "council": ["a"]}, {}),
        ({"ref": "22 900 014", "reference": "22 900 015"}, {"reference": "22 900 015"}),
    ],
)
def test_a_name_that_may_mean_something_else_is_believed_where_its_value_fits(
    record: dict[str, Any], metadata: dict[str, str]
) -> None:
    assert metadata_of(record) == metadata


def test_a_short_body_is_no_text() -> None:
    assert text_of({"body": NAME, "decision": "Upheld"}) is None
    assert text_of({"body": BODY}) == BODY
    assert text_of({"decision": "Upheld", "Decision Text": "Short."}) == "Short."


def test_a_record_with_several_decisions_is_several(tmp_path: Path) -> None:
    other = PAGE.replace("22 900 014", "22 900 077")
    path = _written(tmp_path / "a.json", [{"text": PAGE + other, "reference": "22 900 014"}])
    found = [one for one in extract_all([path]) if isinstance(one, Decision)]
    assert [(one.source.name, one.reference) for one in found] == [
        ("a.json#1.1", "22 900 014"),
        ("a.json#1.2", "22 900 077"),
    ]


def test_what_is_lacking_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"ref": "1", "verdict": "x"}\n\n{"text": ""}\n{"a": 1}{\n{}\n', "utf-8")
    found = [one for one in read([path]) if isinstance(one, Unreadable)]
    assert [one.name for one in found] == [f"all.jsonl#{line}" for line in (1, 3, 4, 5)]
    assert found[0].reason == "the record has no \"text\"; its fields are 'ref', 'verdict'"
    assert "its 'text' is empty" in found[1].reason
    assert "not JSON" in found[2].reason
    assert found[3].reason.endswith("its fields are none")
    assert all('"text"' in one.advice for one in found)


@pytest.mark.parametrize(
    "value",
    [
        {"decisions": [{"text": "a"}, {"text": "b"}]},
        {"meta": {"count": 2}, "results": [{"text": "a"}, {"text": "b"}], "errors": []},
        [{"text": "a"}, {"text": "b"}],
    ],
)
def test_a_list_of_records_may_stand_in_an_object(tmp_path: Path, value: object) -> None:
    found = read([_written(tmp_path / "a.json", value)])
    assert [(one.name, getattr(one, "text", "")) for one in found] == [
        ("a.json#1", "a"),
        ("a.json#2", "b"),
    ]


def _rows(path: Path, separator: str, encoding: str) -> None:
    with path.open("w", newline="", encoding=encoding) as out:
        table = csv.writer(out, delimiter=separator)
        table.writerow(["id", "Authority", "Decision", "Date", "Full text"])
        table.writerow([1, f"{NAME} (22 900 014)", "Upheld", "06/02/2023", PAGE])
        table.writerow([])
        table.writerow([2, "Tarnbeck", "Upheld"])


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [
        ("a.csv", ",", "utf-8"),
        ("a.csv", ",", "utf-8-sig"),
        ("a.CSV", ";", "cp1252"),
        ("a.tsv", "\t", "utf-8"),
    ],
)
def test_a_table_with_a_column_of_text(
    tmp_path: Path, name: str, separator: str, encoding: str
) -> None:
    path = tmp_path / name
    _rows(path, separator, encoding)
    read_now, refused = extract_all([path])
    assert isinstance(read_now, Decision)
    assert read_now.source.name == f"{name}#2"
    assert read_now.reference == "22 900 014"
    assert _said(read_now) == _said(_decision(LAYOUTS / "A.txt"))
    assert isinstance(refused, Unreadable)
    assert refused.name == f"{name}#4"
    assert 'has no "text"' in refused.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ref,outcome\n1,2\n", "no column has the text; the columns are 'ref', 'outcome'"),
        (b"", "no column has the text; the columns are none"),
        (b'ref,text\n1,"good"\n2,"open\nx\n', "damaged after row 2 (unexpected end of data)"),
        ("ref,text\n1,2\n".encode("utf-16"), "in UTF-16"),
        (b"ref,text\r1,2\r", "damaged after row 1"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    *_, refused = read([tmp_path / "a.csv"])
    assert isinstance(refused, Unreadable)
    assert refused.name == "a.csv"
    assert reason in refused.reason


def test_packed_files_are_read_as_they_are_unpacked(tmp_path: Path) -> None:
    line = (json.dumps({"text": "a"}) + "\n").encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line * 2))
    (tmp_path / "b.json.zst").write_bytes(zstd.compress(b"[" + line + b"]"))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"text"))
    (tmp_path / "d.csv.gz").write_bytes(gzip.compress(b"text\nrow\n"))
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(line * 9)[:-9])
    (tmp_path / "f.jsonl.zst").write_bytes(b"rubbish")
    found = list(read([tmp_path]))
    assert [one.name for one in found if isinstance(one, RawDocument)] == [
        *(f"a.jsonl.gz#{n}" for n in (1, 2)),
        "b.json.zst#1",
        "c.txt.gz",
        "d.csv.gz#2",
        *(f"e.jsonl.gz#{n}" for n in range(1, 10)),
    ]
    refused = [one for one in found if isinstance(one, Unreadable)]
    assert [one.name for one in refused] == ["e.jsonl.gz", "f.jsonl.zst"]
    assert all("damaged" in one.reason for one in refused)


@pytest.mark.parametrize("chunk", [1, 7, 1_000_000])
def test_a_list_is_read_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(json_records, "CHUNK", chunk)
    monkeypatch.setattr("graph.sources.source._BEGINNING", max(8, chunk))
    records = [{"text": f'‘fault’ {n}, ] and [ " '} for n in range(3)]
    for encoding, ascii_only in (("utf-8", False), ("utf-8-sig", True), ("cp1252", False)):
        text = json.dumps(records, ensure_ascii=ascii_only, indent=1)
        (tmp_path / "a.json").write_bytes(f" {text} \n".encode(encoding))
        found = [one for one in read([tmp_path / "a.json"]) if isinstance(one, RawDocument)]
        assert [one.text for one in found] == [record["text"] for record in records]
        assert [one.name for one in found] == ["a.json#1", "a.json#2", "a.json#3"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"text": "a"}, {"text": }]', "not JSON after record 1"),
        ('[{"text": "a"}, {"text": "b', "not JSON after record 1"),
        ('[{"text": "a"}', "not JSON after record 1"),
    ],
)
def test_a_damaged_list_is_read_as_far_as_it_goes(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    first, refused = read([tmp_path / "a.json"])
    assert isinstance(first, RawDocument)
    assert isinstance(refused, Unreadable)
    assert reason in refused.reason


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "-"])
def test_memory_does_not_grow_with_the_records(tmp_path: Path, name: str) -> None:
    """24 MB of records are never in memory at once."""
    path = tmp_path / name
    record = json.dumps({"text": BODY * 21})
    with path.open("w", encoding="utf-8", newline="") as out:
        if name == "a.csv":
            csv.writer(out).writerows([["text"], *([BODY * 21] for _ in range(400))])
        elif name == "a.jsonl":
            out.writelines(f"{record}\n" for _ in range(400))
        else:
            out.write("[" + record)
            out.writelines(f",\n{record}" for _ in range(399))
            out.write("]")
    assert path.stat().st_size > 23_000_000
    tracemalloc.start()
    try:
        if name == "-":
            with path.open("rb") as stream:
                count = sum(1 for _ in read(["-"], stdin=stream))
        else:
            count = sum(1 for _ in read([path]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 400
    assert most < 12_000_000
