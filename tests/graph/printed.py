"""PDF files for tests, written by hand: pages of lines, each at its place, with pictures or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Placed(NamedTuple):
    """A line at its place: points from the left and from the top of an A4 page."""

    x: float
    y: float
    text: str
    bold: bool = False


def pdf(*pages: Sequence[str | Placed], scanned: bool = False) -> bytes:
    """A PDF in Helvetica; lines without a place stand 14 points below each other.

    With ``scanned`` each page has a picture, too.
    """
    count = len(pages)
    kids = " ".join(f"{7 + 2 * i} 0 R" for i in range(count))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    picture = "\0" * 12
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        font.format("Helvetica"),
        font.format("Helvetica-Bold"),
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Length 12 >>\nstream\n{picture}\nendstream",
        "<< /Producer (by hand) >>",
    ]
    shown = "/XObject << /I 5 0 R >> " if scanned else ""
    for i, lines in enumerate(pages):
        stream = " ".join(_drawn(number, line) for number, line in enumerate(lines))
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << "
            f"{shown}/Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {8 + 2 * i} 0 R >>"
        )
        length = len(stream.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{stream}\nendstream")
    return _file(objects)


def _drawn(number: int, line: str | Placed) -> str:
    placed = line if isinstance(line, Placed) else Placed(50, 62 + 14 * number, line)
    font = "F2" if placed.bold else "F1"
    escaped = placed.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} 11 Tf 1 0 0 1 {placed.x} {842 - placed.y} Tm ({escaped}) Tj ET"


def _file(objects: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)
