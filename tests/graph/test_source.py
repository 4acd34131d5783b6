"""Sources: every kind of input, and what cannot be read is named without stopping the rest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from pathlib import Path

import pytest

from graph.layouts.segmenter import parse
from graph.sources import json_records, records, source
from graph.sources import raw as limits
from graph.sources.raw import RawDocument, Unreadable
from graph.sources.records import opened
from graph.sources.source import found, read
from tests.graph.printed import pdf

LAYOUTS = Path(__file__).parent / "layouts"
TEXT = (LAYOUTS / "A.txt").read_text("utf-8")
RECORD = {
    "reference": "24 900 001",
    "category": "Housing",
    "text": "The Council was late.",
}


def _texts(*paths: Path) -> list[tuple[str, str]]:
    return [(d.name, d.text) for d in read(paths) if isinstance(d, RawDocument)]


def _refused(*paths: Path) -> list[tuple[str, str]]:
    found = [d for d in read(paths) if isinstance(d, Unreadable)]
    assert all(d.advice for d in found)
    return [(d.name, d.reason) for d in found]


def test_a_folder_is_read_in_order_with_relative_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, "utf-8")
    assert _texts(tmp_path) == [
        ("a/10.txt", "a/10.txt"),
        ("a/2.txt", "a/2.txt"),
        ("b.txt", "b.txt"),
    ]
    assert _texts(tmp_path / "b.txt") == [("b.txt", "b.txt")]


def test_linked_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [name for name, _ in _texts(tmp_path)] == ["a.txt"]


def test_what_is_missing_or_empty_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "empty").mkdir()
    paths = (tmp_path / "none.txt", tmp_path / "empty", tmp_path / "a.txt")
    assert [name for name, _ in _refused(*paths)] == ["none.txt", "empty"]
    assert _texts(*paths) == [("a.txt", "a")]


@pytest.mark.parametrize(
    "data",
    [
        "‘fault’ £5".encode(),
        b"\xef\xbb\xbf" + "‘fault’ £5".encode(),
        "‘fault’ £5".encode("utf-16"),
        b"\xfe\xff" + "‘fault’ £5".encode("utf-16-be"),
        "‘fault’ £5".encode("cp1252"),
    ],
    ids=["utf-8", "with a mark", "utf-16", "utf-16 big endian", "windows-1252"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (document,) = read([path])
    assert isinstance(document, RawDocument)
    assert document.text == "‘fault’ £5"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_json_record_list_and_lines(tmp_path: Path) -> None:
    line = json.dumps(RECORD)
    (tmp_path / "one.json").write_text(line, "utf-8")
    (tmp_path / "list.json").write_text(json.dumps([RECORD, RECORD]), "utf-8")
    (tmp_path / "all.jsonl").write_text(f"{line}\n\nnot json\n{line}\n[1]\n{{}}\n", "utf-8")
    names = [name for name, _ in _texts(tmp_path)]
    assert names == [
        "all.jsonl#1",
        "all.jsonl#4",
        "list.json#1",
        "list.json#2",
        "one.json",
    ]
    assert [name for name, _ in _refused(tmp_path)] == [
        "all.jsonl#3",
        "all.jsonl#5",
        "all.jsonl#6",
    ]
    document = next(iter(read([tmp_path / "one.json"])))
    assert isinstance(document, RawDocument)
    assert dict(document.metadata) == {"reference": "24 900 001", "category": "Housing"}
    assert document.sha256 == hashlib.sha256(line.encode()).hexdigest()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": 5}', 'no "text"'),
        ('{"schema": "faultlines/decision/1", "summary": "x"}', "extracted already"),
        ('{"text": "x"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("5", "not a record"),
    ],
)
def test_records_that_are_none(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, "utf-8")
    ((name, said),) = _refused(path)
    assert name == "a.json"
    assert reason in said


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT.encode(), ["-"]),
        (json.dumps(RECORD).encode(), ["-"]),
        ((json.dumps(RECORD) + "\n").encode() * 2, ["-#1", "-#2"]),
        (json.dumps([RECORD, RECORD], indent=1).encode(), ["-#1", "-#2"]),
        (pdf(["The Council was late."]), ["-"]),
        ((LAYOUTS / "B.html").read_bytes(), ["-"]),
    ],
    ids=["text", "record", "lines", "list", "pdf", "html"],
)
def test_standard_input_is_recognised_by_its_content(data: bytes, names: list[str]) -> None:
    found = list(read(["-"], stdin=io.BytesIO(data)))
    assert [d.name for d in found] == names
    assert all(isinstance(d, RawDocument) and d.text for d in found)


def test_no_standard_input() -> None:
    (found,) = read(["-"])
    assert isinstance(found, Unreadable)


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_archive(tmp_path: Path) -> None:
    line = json.dumps(RECORD).encode()
    path = _zip(
        tmp_path / "a.zip",
        {
            "x/b.txt": b"b",
            "a.txt": b"a",
            "all.jsonl": line + b"\n" + line,
            "../up.txt": b"up",
            "__MACOSX/a.txt": b"no",
            "in.zip": b"PK\x03\x04",
        },
    )
    assert [name for name, _ in _texts(path)] == [
        "a.zip!/../up.txt",
        "a.zip!/a.txt",
        "a.zip!/all.jsonl#1",
        "a.zip!/all.jsonl#2",
        "a.zip!/x/b.txt",
    ]
    assert [name for name, _ in _refused(path)] == ["a.zip!/in.zip"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_archive_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": b"a" * 3000, "b.txt": b"b"})
    monkeypatch.setattr(source, "MAX_DOCUMENT", 2000)
    assert [name for name, _ in _texts(path)] == ["a.zip!/b.txt"]
    assert [name for name, _ in _refused(path)] == ["a.zip!/a.txt"]
    monkeypatch.setattr(source, "MAX_ARCHIVE", 2500)
    assert _texts(path) == []
    ((name, reason),) = _refused(path)
    assert name == "a.zip"
    assert "2,500 bytes" in reason


def test_damaged_archive(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "a.zip", {"a.txt": os.urandom(5000), "b.txt": b"b"}).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:100] + b"\xff" * 50 + whole[150:])
    (tmp_path / "b.zip").write_bytes(whole[:200])
    names = [name for name, _ in _refused(tmp_path)]
    assert names == ["a.zip!/a.txt", "b.zip"]
    assert zlib.crc32(b"b")
    assert _texts(tmp_path) == [("a.zip!/b.txt", "b")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("b.png", b"\x89PNG\r\n\x1a\n\0\0\0\r", "this is not a text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "this is a document of an old Office"),
        ("a.rtf", b"{\\rtf1\\ansi The complaint}", "this is Rich Text"),
        ("a.parquet", b"PAR1\x15\x04", "this is Parquet"),
    ],
)
def test_files_of_other_kinds_are_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert _refused(tmp_path) == [(name, reason)]


@pytest.mark.parametrize(
    ("name", "entries", "reason"),
    [
        ("a.docx", ("[Content_Types].xml", "word/document.xml"), "the Word document is damaged"),
        ("b.docx", ("[Content_Types].xml", "xl/workbook.xml"), "an Office document, and none of W"),
        ("a.xlsx", ("[Content_Types].xml", "xl/workbook.xml"), "this is an Office document"),
        ("a.odt", ("META-INF/manifest.xml", "content.xml"), "this is an OpenDocument file"),
    ],
)
def test_documents_that_are_not_read(
    tmp_path: Path, name: str, entries: tuple[str, ...], reason: str
) -> None:
    _zip(tmp_path / name, dict.fromkeys(entries, b"<w/>"))
    ((where, said),) = _refused(tmp_path)
    assert where == name
    assert reason in said


def test_documents_over_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (limits, source, records, json_records):
        monkeypatch.setattr(module, "MAX_DOCUMENT", 100)
    (tmp_path / "a.txt").write_text("x" * 101, "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "y" * 300}) + '\n{"text": "z"}', "utf-8")
    assert [name for name, _ in _refused(tmp_path)] == ["a.txt", "b.jsonl#1"]
    assert _texts(tmp_path) == [("b.jsonl#2", "z")]


def test_web_page(tmp_path: Path) -> None:
    (document,) = read([LAYOUTS / "B.html"])
    assert isinstance(document, RawDocument)
    assert document.metadata["url"].endswith(
        "/decisions/education/special-educational-needs/22-900-014"
    )
    for unwanted in ("cookies", "var x", "Home", "<", "logogram"):
        assert unwanted not in document.text
    assert "  2. Mrs K says the Council:\n" in document.text
    assert "    • ignored three of her letters; and\n" in document.text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<html><body><p>a &lt;b&gt; &amp; c</p></body></html>", "a <b> & c\n"),
        (
            "<html><body><ol type=a start=3><li>x<li>y</ol></body></html>",
            "  c) x\n  d) y\n",
        ),
        ("<html><script>alert(1)</script><p>one<br>two", "one\ntwo\n"),
        ("<div>" * 5000 + "deep" + "</div>" * 5000, "deep\n"),
        ("<html></html>", ""),
    ],
)
def test_other_pages(tmp_path: Path, page: str, text: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    assert _texts(path) == [("a.html", text)]


def test_pdf(tmp_path: Path) -> None:
    lines = (LAYOUTS / "plain.txt").read_text("utf-8").split("\n")
    pages = [
        ["A statement of ours", *lines[i : i + 24], f"Final decision   {i}"] for i in (0, 24, 48)
    ]
    pages[-1][1:-1] = lines[48:]
    path = tmp_path / "22-900-014.pdf"
    path.write_bytes(pdf(*pages))
    (raw,) = read([path])
    assert isinstance(raw, RawDocument)
    assert "A statement of ours" not in raw.text
    document = parse(raw)
    assert len(document.blocks) == 19
    assert document.header.reference == "22 900 014"
    assert [len(b.items) for b in document.blocks if b.items] == [3, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"%PDF-1.4\nrubbish", "damaged"), (pdf([]), "no text")],
    ids=["damaged", "pictures"],
)
def test_pdfs_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    ((_, said),) = _refused(path)
    assert reason in said


def test_decisions_joined_in_one_file_are_read_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT + (LAYOUTS / "A-indented.txt").read_text("utf-8"), "utf-8")
    found = [d for d in read([path]) if isinstance(d, RawDocument)]
    assert [d.name for d in found] == ["a.txt#1", "a.txt#2"]
    assert [parse(d).header.reference for d in found] == ["22 900 014", "24 900 050"]
    assert len({d.sha256 for d in found}) == 2


@pytest.mark.parametrize("end", ["\nPrivacy settings", "", "\nAn Ombudsman"])
def test_a_decision_joined_to_a_file_without_a_last_newline_keeps_its_own_name(
    tmp_path: Path, end: str
) -> None:
    second = (LAYOUTS / "A-indented.txt").read_text("utf-8").lstrip()
    path = tmp_path / "a.txt"
    path.write_text(TEXT.rstrip() + end + second, "utf-8")
    found = [d for d in read([path]) if isinstance(d, RawDocument)]
    assert [parse(d).header.reference for d in found] == ["22 900 014", "24 900 050"]
    assert found[1].text == second


def test_a_page_is_found_without_being_read(tmp_path: Path) -> None:
    page = "<html><body><main><p>First &amp; last.</p></main></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (as_found,) = found([tmp_path / "page.html"])
    (as_text,) = read([tmp_path / "page.html"])
    assert isinstance(as_found, RawDocument)
    assert isinstance(as_text, RawDocument)
    assert (as_found.is_page, as_found.text) == (True, page)
    assert (as_text.is_page, as_text.text.strip()) == (False, "First & last.")
    assert opened(as_found) == as_text
    assert opened(as_text) is as_text
