"""A paper as a file for Word: its words as they are, in Word's own headings, tables and lists, each in its language."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
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
)
from craffu.documents.word import NotInWord, written


def paper(*blocks: Block, marking: str = "OFFICIAL-SENSITIVE") -> Paper:
    return Paper(
        title="A review", language="en", marking=marking, reference="DD-10001", printed="A draft",
        page_words="Page {page} of {pages}", made_at=datetime(2026, 11, 30, 9, tzinfo=UTC), blocks=blocks, sizes=(12.0,),
    )  # fmt: skip


def read(*blocks: Block, **more: Any) -> Any:
    return Document(io.BytesIO(written(paper(*blocks, **more))))


def test_headings_lists_and_tables_are_words_own() -> None:
    found = read(
        Heading("What was found"), Heading("In one place", 2), Paragraph("Strong <b>words</b>", is_strong=True), Notice("First"),
        Bullets(("one", "two")), Clause("1", "No contact", ("By any means",)), NewPage(), Index("Contents"),
    )  # fmt: skip
    said = [(one.style.name, one.text) for one in found.paragraphs if one.text.strip()]
    assert said == [
        ("Title", "A review"), ("Heading 1", "What was found"), ("Heading 2", "In one place"), ("Normal", "Strong <b>words</b>"),
        ("Intense Quote", "First"), ("List Bullet", "one"), ("List Bullet", "two"), ("Heading 3", "1 No contact"),
        ("Normal", "By any means"), ("Heading 1", "Contents"),
    ]  # fmt: skip
    assert found.paragraphs[3].runs[0].bold
    assert found.styles["Normal"].font.size.pt == 12


def test_a_table_has_its_heading_on_every_page_and_facts_begin_with_their_names() -> None:
    found = read(
        Grid("Orders by year", ("Year", "Orders"), (("2025", "9"), ("2026", "12"))),
        Facts((("Frame", ("40 cases", "hashed")), ("Seed", (Said("4 1 6"),)))),
    )
    orders, facts = found.tables
    assert [[cell.text for cell in row.cells] for row in orders.rows] == [
        ["Year", "Orders"],
        ["2025", "9"],
        ["2026", "12"],
    ]
    assert orders.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert orders.rows[1]._tr.trPr is None
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [
        ["Frame", "40 cases\nhashed"],
        ["Seed", "4 1 6"],
    ]
    assert facts.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert not facts.rows[0].cells[1].paragraphs[0].runs[0].bold
    assert found.paragraphs[1].text == "Orders by year"


def languages(found: Any) -> dict[str, str | None]:
    told = {}
    for line in found.paragraphs:
        for run in line.runs:
            mark = run._element.rPr.find(qn("w:lang")) if run._element.rPr is not None else None
            told[run.text] = None if mark is None else mark.get(qn("w:val"))
    return told


def test_a_table_is_as_wide_as_the_page_however_long_a_hash_is() -> None:
    blocks = (
        Facts((("Hash", ("a" * 64,)),)),
        Grid("Rates", ("Of", "Rate", "How sure"), (("A", "1", "2"),), (50, 25, 25)),
    )
    document = read(*blocks)
    page = document.sections[0]
    whole = page.page_width - page.left_margin - page.right_margin
    for table, shares in zip(document.tables, ((0.35, 0.65), (0.5, 0.25, 0.25)), strict=True):
        assert not table.autofit
        for row in table.rows:
            assert [cell.width for cell in row.cells] == pytest.approx([whole * share for share in shares], abs=700)


def test_what_is_in_another_language_says_so() -> None:
    found = read(Paragraph("English"), Paragraph(Said("Cymraeg", "cy")), InLanguage("cy"), Paragraph("Popeth"))
    told = languages(found)
    assert (told["English"], told["Cymraeg"], told["Popeth"]) == (None, "cy-GB", "cy-GB")
    assert found.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert found.core_properties.language == "en-GB"
    assert (found.core_properties.title, found.core_properties.author) == ("A review", "")


@pytest.mark.rule("SEC-07")
def test_the_marking_stands_on_every_page_with_its_number() -> None:
    section = read(Paragraph("x")).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = [one.text for one in section.footer.paragraphs]
    assert foot == ["OFFICIAL-SENSITIVE", "DD-10001 · A draft", "Page  of "]
    codes = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_a_paper_of_somebody_else_is_not_written_for_word() -> None:
    with pytest.raises(NotInWord, match="The sealed order"):
        written(paper(Enclosed("The sealed order", "Page {page}", b"%PDF-")))


def test_shares_are_drawn_and_each_picture_says_what_it_shows() -> None:
    rows = (Bar("E1 Heard", "75%, 95% interval 41% to 93%", 75.0, 41.0, 93.0), Bar("E2 Told", "0%", 0.0, 0.0, 0.0))
    found = read(Bars("Shares", rows))
    assert [one.text for one in found.paragraphs if one.text.strip()][1:] == [
        "Shares", "E1 Heard: 75%, 95% interval 41% to 93%", "E2 Told: 0%",
    ]  # fmt: skip
    said = [one._inline.docPr.get("descr") for one in found.inline_shapes]
    assert said == ["E1 Heard: 75%, 95% interval 41% to 93%", "E2 Told: 0%"]
    pictures = [
        Image.open(io.BytesIO(part.blob)).convert("RGB")
        for part in found.part.package.image_parts
    ]  # fmt: skip
    of_each = [[one.getpixel((at, 6)) for at in range(2, one.width - 2)] for one in pictures]
    drawn = sorted(sum(pixel != (255, 255, 255) for pixel in pixels) / len(pixels) for pixels in of_each)
    assert drawn == [pytest.approx(0.0, abs=0.01), pytest.approx(0.75, abs=0.01)]
