"""A paper of the demo as it might have come: one page of text as a PDF, the same bytes every time."""

from collections.abc import Iterator, Sequence
from typing import Final

_LINE: Final = 24


def one_page(*lines: str) -> bytes:
    """A page with these lines, the first the largest. What the page's font lacks is left out."""
    text = b"\n".join(_drawn(lines))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    found, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    size = len(parts) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(found))
    return found + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def _drawn(lines: Sequence[str]) -> Iterator[bytes]:
    yield b"BT"
    for number, line in enumerate(lines):
        said = line.encode("cp1252", "ignore")
        for mark in (b"\\", b"(", b")"):
            said = said.replace(mark, b"\\" + mark)
        yield b"/F %d Tf 1 0 0 1 56 %d Tm (%s) Tj" % (18 if number == 0 else 12, 760 - number * _LINE, said)
    yield b"ET"
