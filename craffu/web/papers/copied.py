"""The words of an order as plain text for another police system: copied whole, pasted there, and the next extract confirms it.

For the record management system, the national computer and the control room (issue E; systems.md, asks 7 and 8).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from craffu.documents.papers import Bullets, Clause, Facts, Heading, Notice, Paragraph, Said, Words
from craffu.web.papers import card
from craffu.web.papers.sheet import Sheet


def text_of(sheet: Sheet) -> str:
    """The card as text: the same words in the same order, so that no two of ours can differ."""
    lines = [f"{_('Order')}: {sheet.story.order.reference}", *_lines(sheet)]
    return "\n".join(lines).strip() + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    for block in card.blocks(sheet):
        match block:
            case Heading():
                yield from ("", _plain(block.words).upper())
            case Notice() | Paragraph():
                yield _plain(block.words)
            case Facts():
                yield from (f"{name}: {' / '.join(_plain(one) for one in values)}" for name, values in block.rows)
            case Bullets():
                yield from (_plain(one) for one in block.items)
            case Clause():
                yield f"{block.number}. {block.title}: {' / '.join(_plain(one) for one in block.parts)}"


def _plain(words: Words) -> str:
    said = words.words if isinstance(words, Said) else words
    return " ".join(said.split())
