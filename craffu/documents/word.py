"""A paper as a file for Word, for whoever has to edit or quote it: the same blocks as in print, in the styles Word knows.

Headings, tables and lists are Word's own, so that a screen reader finds its way. Its library is loaded when one is
written.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image, ImageDraw

from craffu.documents.papers import (
    Bar,
    Bars,
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
    Words,
)

LANGUAGES: Final = {"en": "en-GB", "cy": "cy-GB"}
PAGE, PAGES = "{page}", "{pages}"
# Of a share that is drawn: its width on paper in centimetres, its size in points of the picture, and its colours as in print.
WIDE: Final = 15.0
SIZE: Final = (1200, 36)
FRAME, PART, INK = "#505a5f", "#5694ca", "#0b0c0c"
# How wide names and facts are beside each other.
NAMED: Final = (35, 65)
_FIELDS: Final = {PAGE: "PAGE", PAGES: "NUMPAGES"}


class NotInWord(ValueError):
    """A paper with a paper of somebody else in it is printed, and not written for Word."""


def written(paper: Paper) -> bytes:
    """The file. The same paper makes the same words; Word itself sets the pages. Raises NotInWord."""
    document = Document()
    said = document.core_properties
    said.title, said.language, said.author, said.comments = paper.title, LANGUAGES[paper.language], "", ""
    said.created = said.modified = paper.made_at
    document.styles["Normal"].font.size = Pt(paper.sizes[0])
    _in_language(document.styles["Normal"].element.get_or_add_rPr(), paper.language)
    section = document.sections[0]
    for part in (section.header, section.footer):
        part.paragraphs[0].text = paper.marking
    section.footer.add_paragraph(f"{paper.reference} · {paper.printed}")
    _numbered(section.footer.add_paragraph(), paper.page_words)
    document.add_heading(paper.title, level=0)
    language = paper.language
    for block in paper.blocks:
        if isinstance(block, InLanguage):
            language = block.language
        else:
            _add(document, block, "" if language == paper.language else language)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Any, block: Any, language: str) -> None:
    match block:
        case Heading():
            _run(document.add_heading(level=min(9, block.level)), block.words, language)
        case Paragraph():
            line = document.add_paragraph()
            line.paragraph_format.keep_with_next = block.keeps_with_next
            _run(line, block.words, language).bold = block.is_strong
        case Notice():
            _run(document.add_paragraph(style="Intense Quote"), block.words, language)
        case Bullets():
            for item in block.items:
                _run(document.add_paragraph(style="List Bullet"), item, language)
        case Clause():
            _run(document.add_heading(level=3), f"{block.number} {block.title}".strip(), language)
            for part in block.parts:
                _run(document.add_paragraph(), part, language)
        case Facts():
            _table(document, (), [(name, _lines(values)) for name, values in block.rows], language, NAMED)
        case Grid() | Bars():
            _captioned(document, block, language)
        case NewPage():
            document.add_page_break()
        case Index():
            _run(document.add_heading(level=1), block.title, language)
            _field(document.add_paragraph(), r'TOC \o "1-1" \h \z \u')
        case Enclosed():
            raise NotInWord(block.title)


def _captioned(document: Any, block: Grid | Bars, language: str) -> None:
    """Of shares each is told in words, and below them drawn; the drawing bears the same words for whoever does not see it."""
    line = document.add_paragraph(style="Caption")
    line.paragraph_format.keep_with_next = True
    _run(line, block.caption, language)
    if isinstance(block, Grid):
        _table(document, block.columns, block.rows, language, block.widths)
        return
    for row in block.rows:
        words = document.add_paragraph()
        words.paragraph_format.keep_with_next = True
        _run(words, f"{row.name}: {row.words}", language)
        drawn = document.add_paragraph().add_run().add_picture(_drawn(row), width=Cm(WIDE))
        drawn._inline.docPr.set("descr", f"{row.name}: {row.words}")


def _drawn(row: Bar) -> io.BytesIO:
    """One share as a picture: how much of the whole, and over it the interval."""
    width, height = SIZE
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    if row.value > 0:
        draw.rectangle((0, 0, width * row.value / 100 - 1, height - 1), fill=PART)
    low, high = min(width * row.low / 100, width - 5), width * row.high / 100
    draw.rectangle((low, height // 3, max(high, low + 4), height * 2 // 3), fill=INK)
    draw.rectangle((0, 0, width - 1, height - 1), outline=FRAME, width=2)
    file = io.BytesIO()
    picture.save(file, format="PNG")
    file.seek(0)
    return file


def _lines(values: Iterable[Words]) -> str:
    return "\n".join(one.words if isinstance(one, Said) else one for one in values)


def _run(line: Any, words: Words, language: str) -> Any:
    """Words as they are: nothing in them is read as anything else."""
    said = words.words if isinstance(words, Said) else words
    run = line.add_run(said)
    own = words.language if isinstance(words, Said) and words.language else language
    if own:
        _in_language(run._element.get_or_add_rPr(), own)
    return run


def _table(
    document: Any, columns: tuple[str, ...], rows: Iterable[tuple[Words, ...]], language: str, widths: Sequence[int]
) -> None:
    """With a first row that is a heading on every page, where there are headings; else each row begins with its own.

    Columns are as wide as they are told, alike where they are not: a hash without a space would push a table off the page.
    """
    listed = list(rows)
    width = len(columns) or max((len(row) for row in listed), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    if columns:
        cells = table.add_row().cells
        for cell, name in zip(cells, columns, strict=True):
            _run(cell.paragraphs[0], name, language).bold = True
        _is_heading(table.rows[0])
    for row in listed:
        for place, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=False)):
            _run(cell.paragraphs[0], words, language).bold = not columns and not place
    table.autofit = False
    page, parts = document.sections[0], widths if len(widths) == width else [1] * width
    whole = page.page_width - page.left_margin - page.right_margin
    for column, part in zip(table.columns, parts, strict=True):
        column.width = int(whole * part / sum(parts))
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph()


def _is_heading(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _in_language(properties: Any, language: str) -> None:
    said = properties.find(qn("w:lang"))
    if said is None:
        said = OxmlElement("w:lang")
        properties.append(said)
    said.set(qn("w:val"), LANGUAGES[language])


def _numbered(line: Any, words: str) -> None:
    """`Page {page} of {pages}`, which Word counts."""
    rest = words
    while rest:
        at, mark = min(((rest.find(mark), mark) for mark in _FIELDS if mark in rest), default=(-1, ""))
        if at < 0:
            line.add_run(rest)
            return
        line.add_run(rest[:at])
        _field(line, _FIELDS[mark])
        rest = rest[at + len(mark) :]


def _field(line: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)
