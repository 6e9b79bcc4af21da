"""What a paper for people says, as plain data: headings, sentences, clauses, tables, the papers of others put into it.

Nothing here says how it looks or is written (`printing.py`). Words are data to the end: none of them is ever read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

A4: Final = "a4"


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a language of their own: a statute's English in a Welsh paper, an order's own words."""

    words: str
    language: str = ""


type Words = str | Said


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Those of level 1 are what an index lists."""

    words: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`keeps_with_next`: what follows stands on the same page, as a signature does below what is signed."""

    words: Words
    is_strong: bool = False
    keeps_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be seen first, in a frame."""

    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands for each, line by line."""

    rows: tuple[tuple[str, tuple[Words, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause under its own number, which is given and never counted here; `parts` are its words and what is said of it."""

    number: str
    title: str
    parts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption and a heading over every column. `widths` are shares of the page, by column; else all are alike."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One share drawn, from 0 to 100, with its interval; `words` says the same, for whoever does not see it."""

    name: str
    words: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares drawn side by side, each below its words. A table of the same stands beside them."""

    caption: str
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """What follows is in this language: the second half of a paper in both."""

    language: str


@dataclass(frozen=True, slots=True)
class Index:
    """Every heading of level 1 with its page."""

    title: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A paper of somebody else, put in page by page under a heading. `said` names a page of it: {page} and {pages} stand in it.

    `content` is a PDF, a PNG or a JPEG. Only what its pages show comes in: no script, no attachment, nothing said about the file.
    """

    title: str
    said: str
    content: bytes = field(repr=False)


type Block = (
    Heading | Paragraph | Notice | Facts | Bullets | Clause | Grid | Bars | NewPage | InLanguage | Index | Enclosed
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `marking` stands at the top and the bottom of every page, `printed` in its foot.

    `page_words` names a page of it ({page} and {pages}). Of `sizes` of letters in points the first is taken with which it has at
    most `pages` pages, otherwise the last; nothing is ever left out. `continues` is said at the foot of each page but the last.
    """

    title: str
    language: str
    marking: str
    reference: str
    printed: str
    page_words: str
    made_at: datetime
    blocks: tuple[Block, ...]
    sizes: tuple[float, ...] = (11.0,)
    pages: int | None = None
    continues: str = ""


def words_of(paper: Paper) -> str:
    """Every word that the paper says of itself, line by line: what is searched before it leaves. Not the papers put into it."""
    return "\n".join(
        [paper.title, paper.reference, paper.printed, *(said for block in paper.blocks for said in _said(block))]
    )


def _said(block: Block) -> Sequence[str]:
    match block:
        case Heading() | Paragraph() | Notice():
            found: list[Words] = [block.words]
        case Facts():
            found = [one for name, values in block.rows for one in (name, *values)]
        case Bullets():
            found = list(block.items)
        case Clause():
            found = [block.number, block.title, *block.parts]
        case Grid():
            found = [block.caption, *block.columns, *(one for row in block.rows for one in row)]
        case Bars():
            found = [block.caption, *(said for row in block.rows for said in (row.name, row.words))]
        case Index() | Enclosed():
            found = [block.title]
        case NewPage() | InLanguage():
            found = []
    return [one.words if isinstance(one, Said) else one for one in found]
