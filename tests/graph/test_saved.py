"""Pages saved with a browser: read as the page they are, whatever else the browser saved."""

from __future__ import annotations

import plistlib
import zipfile
from pathlib import Path

import pytest

from graph.layouts.segmenter import parse
from graph.partition import SourceFile, source_files
from graph.sources.raw import RawDocument, Unreadable
from graph.sources.saved import parts_of_pages
from graph.sources.source import read

PAGE = (Path(__file__).parent / "layouts" / "B.html").read_text("utf-8")
ADDRESS = "https://www.lgo.org.uk/decisions/education/special-educational-needs/22-900-014"
UNADDRESSED = PAGE.replace(f'<link rel="canonical" href="{ADDRESS}">', "")
TITLE = "Tarnbeck Metropolitan Borough Council (22 900 014) - Ombudsman"
FRAME = "<html><body><h1>Share</h1><p>The complaint, the Council and its fault</p></body></html>"


def _as_chrome_notes(page: str) -> str:
    note = f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->"
    return page.replace("<!DOCTYPE html>\n", f"<!DOCTYPE html>\n{note}\n")


def _as_single_file_notes(page: str) -> str:
    note = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sun Nov 22\n-->"
    picture = f'<img src="data:image/png;base64,{"A" * 300_000}">'
    return page.replace("<head>", f"{note}<head>").replace("</article>", f"{picture}</article>")


def _mhtml(page: str, *, charset: str = "", located: bool = True) -> bytes:
    """A web archive as Chrome writes one, its frame before the page where nothing is located."""
    head = f"Snapshot-Content-Location: {ADDRESS}\r\n" if located else ""
    said = f"; charset={charset}" if charset else ""
    body = (
        "From: <Saved by Blink>\r\n"
        f"{head}"
        "Subject: Tarnbeck Metropolitan Borough Council (22 900 014)\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B--"\r\n\r\n'
        + (_part("text/html", "cid:frame-1@mhtml.blink", FRAME.encode()) if located else "")
        + _part(f"text/html{said}", ADDRESS, page.encode(charset or "utf-8"))
        + _part("text/css", "cid:css-1@mhtml.blink", b"a { color: red }")
        + ("" if located else _part("text/html", "cid:frame-1@mhtml.blink", FRAME.encode()))
        + "----B----\r\n"
    )
    return body.encode("ascii")


def _part(kind: str, location: str, data: bytes) -> str:
    import quopri

    quoted = quopri.encodestring(data).decode("ascii").replace("\n", "\r\n")
    return (
        f"----B--\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: {location}\r\n\r\n{quoted}\r\n"
    )


def _webarchive(page: bytes, **changed: object) -> bytes:
    main = {
        "WebResourceData": page,
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        **changed,
    }
    script = {"WebResourceData": b"var x", "WebResourceURL": f"{ADDRESS}.js"}
    archive = {"WebMainResource": main, "WebSubresources": [script]}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (f"{TITLE}.html", _as_chrome_notes(UNADDRESSED).encode()),
        (f"{TITLE} (1).htm", b"\xef\xbb\xbf" + _as_chrome_notes(UNADDRESSED).encode()),
        ("windows.html", _as_chrome_notes(UNADDRESSED).encode("cp1252")),
        ("unicode.html", _as_chrome_notes(UNADDRESSED).encode("utf-16")),
        ("single.html", _as_single_file_notes(UNADDRESSED).encode()),
        ("chrome.mhtml", _mhtml(UNADDRESSED)),
        ("explorer.mht", _mhtml(UNADDRESSED, charset="windows-1252", located=False)),
        ("named.html", _mhtml(UNADDRESSED)),
        ("safari.webarchive", _webarchive(UNADDRESSED.encode())),
        ("unnamed", _webarchive(UNADDRESSED.encode())),
        ("no ending", _mhtml(UNADDRESSED).replace(b"html\r\nC", b"html; charset=odd\r\nC")),
    ],
)
def test_a_saved_page_says_what_the_page_says(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / name).write_bytes(data)
    (page,) = read([tmp_path / "a.html"])
    (saved,) = read([tmp_path / name])
    assert isinstance(page, RawDocument)
    assert isinstance(saved, RawDocument)
    assert saved.text == page.text
    assert parse(saved).header == parse(page).header
    assert parse(saved).header.url == ADDRESS


def test_the_page_s_own_address_counts_more_than_the_browser_s_note(tmp_path: Path) -> None:
    other = _as_chrome_notes(PAGE).replace(f"){ADDRESS} -->", ")https://example.org/copy -->")
    (tmp_path / "a.html").write_text(other, "utf-8")
    (saved,) = read([tmp_path / "a.html"])
    assert isinstance(saved, RawDocument)
    assert saved.metadata["url"] == ADDRESS


@pytest.mark.parametrize("note", ["about:internet", "file:///C:/a.html", "javascript:alert(1)"])
def test_a_note_that_is_no_web_address_is_none(tmp_path: Path, note: str) -> None:
    page = _as_chrome_notes(UNADDRESSED).replace(f"){ADDRESS} -->", f"){note} -->")
    (tmp_path / "a.html").write_text(page, "utf-8")
    (saved,) = read([tmp_path / "a.html"])
    assert isinstance(saved, RawDocument)
    assert "url" not in saved.metadata


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.mhtml", _mhtml("x").replace(b"text/html", b"text/css"), "holds no page"),
        ("a.mhtml", _mhtml("", located=False).split(b"----B--")[0], "holds no page"),
        ("a.webarchive", b"bplist00 rubbish", "damaged"),
        ("a.webarchive", b"", "damaged"),
        ("a.webarchive", plistlib.dumps([1], fmt=plistlib.FMT_BINARY), "damaged"),
        ("a.webarchive", _webarchive(b"\x89PNG", WebResourceMIMEType="image/png"), "no page"),
    ],
)
def test_archives_without_a_page_are_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (refused,) = read([tmp_path])
    assert isinstance(refused, Unreadable)
    assert reason in refused.reason
    assert refused.advice


SAVED_FOLDER = {
    f"{TITLE}.html": PAGE.encode(),
    f"{TITLE}_files/saved_resource.html": FRAME.encode(),
    f"{TITLE}_files/main.css": b"a {}",
    f"{TITLE}_files/logo.png": b"\x89PNG\r\n\0",
    f"{TITLE}_files/inner_files/deep.html": FRAME.encode(),
    "moved_files/frame.html": FRAME.encode(),
    "moved_files/jquery.js.download": b"var a",
    "my_files/own.txt": b"A decision of mine",
    "_files/own.txt": b"Another one",
}
OWN = [f"{TITLE}.html", "_files/own.txt", "my_files/own.txt"]


def test_what_a_browser_saved_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    for name, data in SAVED_FOLDER.items():
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_bytes(data)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name, data in SAVED_FOLDER.items():
            archive.writestr(f"pages/{name}", data)
    assert [one.name for one in read([tmp_path / "pages"])] == OWN
    names = [one.name for one in read([tmp_path / "pages.zip"])]
    assert names == [f"pages.zip!/pages/{name}" for name in OWN]


def test_the_workers_of_a_cluster_pass_it_over_too(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    for name, data in SAVED_FOLDER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    files = list(source_files(str(tmp_path)))
    assert all(isinstance(one, SourceFile) for one in files)
    assert [one.name for one in files] == OWN


def test_a_folder_that_only_ends_so_is_read() -> None:
    assert parts_of_pages(["a_files/1.txt", "a/b.html"]) == frozenset()
    assert parts_of_pages(["a_files/1.txt", "a.htm"]) == {"a_files/1.txt"}
