"""A paper as PDF/UA: tagged, with its language, title and marking on every page; every word as data; nothing of a file put in
comes along but what its pages show (SEC-07; T40)."""

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from PIL import Image

from craffu.documents.papers import (
    Bar,
    Bars,
    Block,
    Bullets,
    Clause,
    Enclosed,
    Facts,
    Grid,
    Heading,
    Index,
    InLanguage,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Said,
    words_of,
)
from craffu.documents.printing import NotPrinted, NotReadable, TooManyPages, printed, told

pytestmark = [pytest.mark.rule("SEC-07"), pytest.mark.slow]

AS_MARKUP = "#emph[a] *b* $x$ @c <d> \\ ` // ] ŵŷ"
ALL: tuple[Block, ...] = (
    Notice("Not checked"),
    Index("Contents"),
    Heading("First"),
    Paragraph(AS_MARKUP, is_strong=True),
    Heading("Under it", level=2),
    Facts((("Court", ("Llanelli", Said("PACE s.24", "en"))),)),
    Clause("7", "No contact", ("Not to call\nher",)),
    Bullets(("one", "two")),
    NewPage(),
    Heading("Second"),
    Bars(
        "Shares",
        (Bar("Served", "75%, 95% interval 41% to 93%", 75.0, 41.0, 93.0), Bar("Told", "100%", 100.0, 100.0, 100.0)),
    ),
    Grid("Attempts", ("When", "How"), (("Monday", Said("by hand", "en")),)),
)
PAPER = Paper(
    title="Card of O-10001",
    language="cy",
    marking="OFFICIAL-SENSITIVE",
    reference="O-10001",
    printed="Printed 24 November 2026, 14:32",
    page_words="Page {page} of {pages}",
    made_at=datetime(2026, 11, 24, 14, 32, tzinfo=UTC),
    blocks=ALL,
)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The whole text, from the letters that each font maps to."""
    whole = opened(pdf)
    return "".join(page_text(page) for page in whole.pages)


def page_text(page: pikepdf.Page) -> str:
    """The letters of a page, by the maps of its fonts: enough of a reader for papers that we set ourselves."""
    maps = {str(name): letters_of(font) for name, font in (page.obj.Resources.get("/Font") or {}).items()}
    now: dict[int, str] = {}
    found: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    code = bytes(piece)
                    found += [now.get(int.from_bytes(code[at : at + 2], "big"), "") for at in range(0, len(code), 2)]
    return "".join(found)


def letters_of(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    for line in lines:
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and line.startswith("<"):
            found[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
        elif len(parts) == 3 and line.startswith("<"):
            start, end = int(parts[0], 16), int(parts[1], 16)
            first = bytes.fromhex(parts[2]).decode("utf-16-be")
            found |= {start + step: chr(ord(first) + step) for step in range(end - start + 1)}
    return found


def tags_of(pdf: bytes) -> list[str]:
    """Every structure element in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    whole = opened(pdf)
    walk(whole.Root.StructTreeRoot.K)
    return found


def picture(form: str = "PNG", **saved: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(file, form, **saved)
    return file.getvalue()


def with_secrets() -> bytes:
    """Two pages with a script, an attachment, a note and words about the file: none of them is on a page."""
    pdf = opened(typst.compile(b"#set document(title: [Inner])\n= Inner\n#pagebreak()\nsecond"))
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="SECRET-SCRIPT")
    pdf.attachments["SECRET-FILE.txt"] = b"SECRET-ATTACHED"
    pdf.docinfo["/Author"] = "SECRET-AUTHOR"
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="SECRET-NOTE"
    )
    pdf.pages[0].obj.Annots = pdf.make_indirect([note])
    pdf.pages[0].obj.PieceInfo = pikepdf.Dictionary(Said="SECRET-PIECE")
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def laid_open(pdf: bytes) -> bytes:
    """Everything in the file with its streams unpacked."""
    file = io.BytesIO()
    opened(pdf).save(file, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, compress_streams=False,
                     object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return file.getvalue()


def test_T40_a_paper_is_tagged_and_says_its_language_its_title_and_what_it_is() -> None:
    pdf = opened(pdf_bytes := printed(PAPER))
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("cy-GB", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == PAPER.title
    with pdf.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
    tags = tags_of(pdf_bytes)
    assert [tag for tag in tags if tag in {"/H1", "/H2", "/H3"}]
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/TOC"} <= set(tags)
    fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
    assert all("/FontFile3" in one.DescendantFonts[0].FontDescriptor for one in fonts)


def test_the_marking_and_the_page_stand_on_every_page() -> None:
    pdf = opened(printed(PAPER))
    assert len(pdf.pages) == 2
    for number, page in enumerate(pdf.pages, start=1):
        said = page_text(page)
        assert said.count(PAPER.marking) == 2
        assert f"Page {number} of 2" in said
        assert PAPER.printed in said


def test_every_word_stands_on_the_paper_as_it_was_given_and_is_never_markup() -> None:
    said = text_of(printed(PAPER)).replace(" ", "")
    for line in words_of(PAPER).splitlines():
        assert line.replace(" ", "") in said, line


def test_the_same_paper_is_the_same_file() -> None:
    assert printed(PAPER) == printed(PAPER)


@pytest.mark.rule("ORD-18")
def test_a_paper_that_should_be_one_page_gets_smaller_and_then_longer_and_loses_nothing() -> None:
    def clauses(number: int) -> Paper:
        blocks = tuple(Clause(str(one), "Kind", (f"words{one} " * 30,)) for one in range(number))
        return replace(PAPER, blocks=(Heading("Terms"), *blocks), sizes=(11, 10), pages=1, continues="Continues")

    sizes = {}
    for number in (3, 16, 30):
        pdf = opened(printed(clauses(number)))
        said = [page_text(page) for page in pdf.pages]
        sizes[number] = len(said)
        assert all(f"words{one}" in "".join(said) for one in range(number))
        assert [("Continues" in one) for one in said] == [*(True for _ in said[1:]), False]
    assert sizes[3] == sizes[16] == 1 < sizes[30]
    assert len(opened(printed(replace(clauses(16), sizes=(11,)))).pages) == 2


@pytest.mark.rule("VIC-09")
def test_of_a_paper_put_in_only_what_its_pages_show_comes_along() -> None:
    source = with_secrets()
    assert b"SECRET-SCRIPT" in laid_open(source)
    pdf = printed(
        replace(PAPER, blocks=(Index("Contents"), Enclosed("Evidence A", "Page {page} of {pages} of it", source)))
    )
    assert b"SECRET" not in laid_open(pdf)
    whole = opened(pdf)
    pages = whole.pages
    assert len(pages) == 3
    assert "EvidenceA" in page_text(pages[0]).replace(" ", "")
    for number, page in enumerate(pages[1:], start=1):
        said = page_text(page)
        assert f"Page {number} of 2 of it" in said
        assert f"Page {number + 1} of 3" in said
        assert said.count(PAPER.marking) == 2
        assert len(page.obj.Resources.XObject) == 1
    with opened(pdf).open_metadata() as meta:
        assert "pdfuaid:part" not in meta


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_made_anew_without_what_a_camera_wrote_beside_it(form: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    source = picture(form, exif=exif)
    assert b"SECRET-PLACE" in source
    pdf = printed(replace(PAPER, blocks=(Heading("Photos"), Enclosed("Photo", "Page {page} of {pages}", source))))
    assert b"SECRET" not in laid_open(pdf)
    assert "/Figure" in tags_of(pdf)


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n0000", b"\xff\xd8\xff0", b"GIF89a", b""])
def test_a_paper_that_cannot_be_read_is_named(content: bytes) -> None:
    good = Enclosed("Good", "{page}", picture())
    with pytest.raises(NotReadable) as refused:
        printed(replace(PAPER, blocks=(good, Enclosed("Bad", "{page}", content))))
    assert refused.value.number == 1


def test_a_locked_paper_cannot_be_read() -> None:
    file = io.BytesIO()
    opened(with_secrets()).save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(NotReadable):
        printed(replace(PAPER, blocks=(Enclosed("Locked", "{page}", file.getvalue()),)))


def test_there_is_an_end_to_how_many_pages_one_paper_has() -> None:
    many = pikepdf.Pdf.new()
    for _ in range(201):
        many.add_blank_page()
    file = io.BytesIO()
    many.save(file)
    with pytest.raises(TooManyPages):
        printed(replace(PAPER, blocks=tuple(Enclosed("Long", "{page}", file.getvalue()) for _ in range(2))))


def test_a_process_that_fails_prints_nothing_and_tells_nothing_of_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotPrinted) as refused:
        printed(replace(PAPER, sizes=()))
    assert PAPER.title not in str(refused.value)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(NotPrinted):
        printed(PAPER)


def test_what_sets_a_paper_is_loaded_by_nobody_who_asks_for_one() -> None:
    asks = "import sys, craffu.documents.printing; print(sorted({'typst', 'pikepdf', 'PIL'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_told_to_the_process_has_a_kind_for_every_block() -> None:
    enclosed = Enclosed("A", "b", b"%PDF-")
    kinds = [one["kind"] for one in told(replace(PAPER, blocks=(*ALL, enclosed)))["blocks"]]
    assert kinds == [type(one).__name__.lower() for one in (*ALL, enclosed)]


@pytest.mark.rule("BIL-02")
def test_the_second_half_of_a_paper_in_both_languages_is_marked_as_what_it_is() -> None:
    both = replace(PAPER, blocks=(Paragraph("Llythyr"), NewPage(), InLanguage("en"), Paragraph("Letter")))
    blocks = told(both)["blocks"]
    assert [one.get("language") for one in blocks] == [None, None, "en"]
    assert "Llythyr" in words_of(both)
    pdf = opened(printed(both))
    spoken = [(str(one.S), str(one.get("/Lang", ""))) for one in pdf.Root.StructTreeRoot.K[0].K]
    assert spoken == [("/Title", ""), ("/P", ""), ("/P", "en-GB")]


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed")
def test_T40_a_validator_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(printed(PAPER))
    asks = ["verapdf", "--flavour", "ua1", "--format", "text", str(file)]
    done = subprocess.run(asks, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("PASS"), done.stdout


def test_a_row_of_a_table_stays_on_one_page_unless_it_could_be_longer_than_one() -> None:
    rows = tuple((f"row{number}", "\n".join(f"line{number}-{line}" for line in range(9))) for number in range(30))
    pages = [
        page_text(page)
        for page in opened(printed(replace(PAPER, blocks=(Grid("Table", ("A", "B"), rows, (1, 4)),)))).pages
    ]
    assert len(pages) > 3
    for number in range(30):
        [whole] = [page for page in pages if f"line{number}-0" in page]
        assert all(f"line{number}-{line}" in whole for line in range(9)), number
    long = "\n".join(f"({line})" for line in range(200))
    pages = [
        page_text(page)
        for page in opened(printed(replace(PAPER, blocks=(Grid("Table", ("A", "B"), (("a", long),)),)))).pages
    ]
    assert len(pages) > 2
    assert all(f"({line})" in "".join(pages) for line in range(200)), "nothing of it is lost"


@pytest.mark.deep
def test_a_table_under_a_heading_of_the_same_words_says_them_once_and_no_heading_stands_alone_at_the_foot() -> None:
    grid = Grid("Incidents", ("What",), (("one\n" * 9 + "last",),))
    once = text_of(printed(replace(PAPER, blocks=(Heading("Incidents"), grid))))
    assert once.count("Incidents") == 1
    both = text_of(printed(replace(PAPER, blocks=(Heading("Asked"), grid))))
    assert "Incidents" in both
    assert "Asked" in both
    # Wherever the page ends, whoever reads a heading or a caption reads the first row on the same page.
    for lines in range(24, 44):
        filling = Paragraph("\n".join(["filling"] * lines))
        for above in ("Incidents", "Asked"):
            pages = [
                page_text(page)
                for page in opened(printed(replace(PAPER, blocks=(filling, Heading(above), grid)))).pages
            ]
            [named] = [page for page in pages if above in page]
            assert "Incidents" in named
            assert "last" in named
