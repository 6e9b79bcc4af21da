"""The process that prints: reads a paper as JSON, sets it by our one template, puts in papers of others, answers with the PDF.

Imported by no page. It holds no key and no database, works in memory alone and ends with the paper (`printing.py`).
"""

import base64
import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf
import typst
from PIL import Image, ImageOps

from craffu.documents.printing import DONE, MOST_PAGES, NOT_READABLE, TOO_MANY_PAGES

type Values = dict[str, Any]

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
# A picture is read by its place in memory, which is a path like any other.
ROOT: Final = Path("/")
SECONDS: Final = 60
# An A4 page at 200 points an inch: more of a photograph serves nobody who reads it on paper.
WIDEST, HIGHEST = 1654, 2339
# Where a page of somebody else's PDF lies on ours, in points from the bottom left: under its heading, above the foot.
PLACE: Final = pikepdf.Rectangle(57, 79, 538, 730)
PDF: Final = b"%PDF-"
# What says that a paper is damaged, locked or none of the forms we put in.
UNREADABLE: Final = (
    pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
)  # fmt: skip
# What a page may say of its file beside what it shows.
SAID_OF_FILES: Final = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/OPI", "/AF")


class Damaged(Exception):
    """A paper put in cannot be read."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TooMany(Exception):
    """More pages than a paper may have."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(printed(json.load(sys.stdin)))
    except Damaged as fault:
        print(fault.number, file=sys.stderr)
        return NOT_READABLE
    except TooMany:
        return TOO_MANY_PAGES
    return DONE


def printed(paper: Values) -> bytes:
    """The paper with everything put in. Raises Damaged and TooMany."""
    enclosed = list(_opened(paper["blocks"]))
    pdf = _fitting(paper)
    sources = [(number, one) for number, one in enumerate(enclosed) if one is not None]
    return _with_pages(pdf, paper, sources) if sources else pdf


def _opened(blocks: list[Values]) -> Iterator[pikepdf.Pdf | None]:
    """Each paper put in is looked at: a PDF is opened and its pages counted, a picture made anew."""
    pages = 0
    for number, block in enumerate(one for one in blocks if one["kind"] == "enclosed"):
        content = base64.b64decode(block.pop("content"))
        try:
            pdf = pikepdf.Pdf.open(io.BytesIO(content)) if content.startswith(PDF) else None
            block["pages"] = len(pdf.pages) if pdf else 1
            if pdf is None:
                block["path"], block["format"] = _picture(content)
        except UNREADABLE as fault:
            raise Damaged(number) from fault
        pages += block["pages"]
        if not block["pages"]:
            raise Damaged(number)
        if pages > MOST_PAGES:
            raise TooMany
        yield pdf


def _picture(content: bytes) -> tuple[str, str]:
    """A picture made anew, upright, with nothing that a camera wrote beside it (where, when, with what), in memory."""
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as found:
        form = "png" if found.format == "PNG" else "jpg"
        upright = ImageOps.exif_transpose(found)
        plain = upright.convert("RGB")
    plain.thumbnail((WIDEST, HIGHEST))
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    file = io.BytesIO()
    bare.save(file, format="PNG" if form == "png" else "JPEG", quality=85)
    memory = os.memfd_create("page")
    os.write(memory, file.getvalue())
    return f"/proc/self/fd/{memory}", form


def _fitting(paper: Values) -> bytes:
    """Set with the first size of letters with which it has no more pages than wished, otherwise with the last."""
    pdf = b""
    for size in paper["sizes"]:
        pdf = _set(paper | {"size": size})
        if paper["pages"] is None or _pages_of(pdf) <= paper["pages"]:
            break
    return pdf


def _set(paper: Values) -> bytes:
    set_: bytes = typst.compile(
        TEMPLATE, root=ROOT, ignore_system_fonts=True, format="pdf", pdf_standards="ua-1",
        sys_inputs=_inputs(paper), timestamp=paper["made_at"],
    )  # fmt: skip
    return set_


def _inputs(paper: Values) -> dict[str, str]:
    return {"paper": json.dumps(paper, ensure_ascii=False)}


def _pages_of(pdf: bytes) -> int:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as found:
        return len(found.pages)


def _with_pages(pdf: bytes, paper: Values, sources: list[tuple[int, pikepdf.Pdf]]) -> bytes:
    """The pages of others laid on those kept free for them. What comes in is shown only: it is no part of what is read aloud."""
    marks = json.loads(
        typst.query(
            TEMPLATE, "<place>", field="value", root=ROOT, ignore_system_fonts=True,
            sys_inputs=_inputs(paper | {"size": paper["sizes"][-1]}),
        )
    )  # fmt: skip
    pages = [(number, page) for number, source in sources for page in source.pages]
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as target:
        for mark, (number, page) in zip(marks, pages, strict=True):
            try:
                _lay(target, target.pages[mark - 1], page)
            except UNREADABLE as fault:
                raise Damaged(number) from fault
        # It is no longer all ours: nothing is claimed of pages that somebody else made.
        with target.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as said:
            said.pop("pdfuaid:part", None)
        file = io.BytesIO()
        target.save(file, deterministic_id=True)
    return file.getvalue()


def _lay(target: pikepdf.Pdf, on: pikepdf.Page, page: pikepdf.Page) -> None:
    shown = target.copy_foreign(page.as_form_xobject())
    _forget(shown, set())
    name = on.add_resource(shown, pikepdf.Name.XObject)
    placed = on.calc_form_xobject_placement(shown, name, PLACE)
    on.contents_add(b"/Artifact BMC\n" + placed + b"\nEMC\n")


def _forget(shown: Any, seen: set[tuple[int, int]]) -> None:
    """Take out what a drawing says of its file, and of each drawing in it."""
    if shown.objgen in seen:
        return
    seen.add(shown.objgen)
    for name in SAID_OF_FILES:
        if name in shown:
            del shown[name]
    inside = shown.get("/Resources", {}).get("/XObject", {})
    for name in list(inside.keys()):
        _forget(inside[name], seen)


if __name__ == "__main__":
    sys.exit(main())
