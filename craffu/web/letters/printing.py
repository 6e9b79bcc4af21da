"""A letter is put together in the language of whom it is for, printed and kept, and only then sent (VIC-06, VIC-09; ADR 40)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common.languages import Language
from craffu.documents.papers import Block, InLanguage, NewPage, Paper, words_of
from craffu.orders.letters.actions import keep_letter
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import Addressee
from craffu.orders.models import LetterWritten, Order
from craffu.orders.printing.actions import seen_of
from craffu.orders.printing.facts import NewPaper
from craffu.orders.printing.rules import Audience, Printed
from craffu.orders.wording.queries import Wording
from craffu.web.court.words import instant_words
from craffu.web.letters.protected import to_protected
from craffu.web.letters.respondent import to_respondent
from craffu.web.letters.sheet import LetterSheet, letter_sheet
from craffu.web.papers.printing import press
from craffu.web.translations import draft_count, is_wording_approved

# In points: large for whom the order protects (page map, section 8).
SIZES: Final = (14.0,)
SIZES_RESPONDENT: Final = (12.0,)


@dataclass(frozen=True, slots=True)
class Half:
    """The letter in one language."""

    language: str
    sheet: LetterSheet
    title: str
    blocks: tuple[Block, ...]

    @property
    def wording(self) -> Wording:
        return self.sheet.sheet.wording


class InOneLanguage(Protocol):
    """What is read of a letter in one language, whatever it is about."""

    @property
    def language(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def blocks(self) -> tuple[Block, ...]: ...

    @property
    def wording(self) -> Wording: ...


def halves(
    by: Acting, order: Order, about: About, to: Addressee | None, languages: Sequence[Language], now: datetime
) -> list[Half]:
    """The letter in each of these languages: nothing is printed or kept."""
    found = []
    for one in languages:
        with translation.override(one.value):
            sheet = letter_sheet(by, order, about, to, now)
            blocks = to_protected(sheet) if to is not None else to_respondent(sheet)
            found.append(Half(one.value, sheet, _("Letter"), blocks))
    return found


def is_draft(made: Sequence[InOneLanguage]) -> bool:
    """BIL-03: whether Welsh of ours in it is not approved by a qualified translator. An order's own words are no translation."""
    welsh = [one for one in made if one.language == Language.WELSH]
    return bool(welsh) and (draft_count() > 0 or not all(_is_approved(one.wording) for one in welsh))


def _is_approved(wording: Wording) -> bool:
    pieces = (wording.pieces[key] for key in wording.used)
    return all(is_wording_approved(one.piece.words["en"], one.words) for one in pieces)


def write_letter(*, by: Acting, order: Order, letter: NewLetter, made: Sequence[Half]) -> tuple[LetterWritten, bytes]:
    """The letter as it leaves, kept and logged. Raises what `keep_letter` does, and NotNow where it cannot be printed."""
    paper = paper_of(by, made)
    first = made[0].sheet.sheet
    is_protected = first.audience == Audience.PROTECTED
    new = NewPaper(
        kind=Printed.LETTER_PROTECTED if is_protected else Printed.LETTER_RESPONDENT,
        audience=first.audience,
        language=paper.language,
        seen=seen_of(first.story),
        terms_number=first.story.standing.number if first.story.standing else None,
        wording=_used(made),
        enclosed=(),
        words=words_of(paper),
        content=press(paper),
    )
    return keep_letter(by=by, order=order.reference, letter=letter, paper=new, now=first.now), new.content


def _used(made: Sequence[Half]) -> dict[str, int]:
    """Which version of each piece stands in it; of the second language under a name of its own."""
    first, *others = made
    found = dict(first.sheet.sheet.wording.used)
    for one in others:
        found |= {f"{key}:{one.language}": number for key, number in one.sheet.sheet.wording.used.items()}
    return found


def paper_of(by: Acting, made: Sequence[Half]) -> Paper:
    """Nothing on its outside, in its title or at its edges says what it is about."""
    first = made[0].sheet
    return Paper(
        title=in_each(made, lambda: _("Letter")),
        language=made[0].language,
        marking=in_each(made, lambda: _("Private")),
        reference=first.sheet.story.order.reference,
        printed=in_each(made, lambda: _written(by, first)),
        page_words=in_each(made, lambda: _("Page {page} of {pages}")),
        made_at=first.sheet.now,
        blocks=tuple(in_turn(made)),
        sizes=SIZES if first.to is not None else SIZES_RESPONDENT,
    )


def _written(by: Acting, sheet: LetterSheet) -> str:
    """Who wrote it is told to whom the order protects, and not to the respondent."""
    said = {"when": instant_words(sheet.sheet.now), "name": by.user.name if by.user else ""}
    if sheet.to is not None:
        return _("Written %(when)s by %(name)s") % said
    return _("Written %(when)s") % said


def in_each(made: Sequence[InOneLanguage], words: Callable[[], str]) -> str:
    """Words in each language of a letter, once where they are the same."""
    found = []
    for one in made:
        with translation.override(one.language):
            found.append(str(words()))
    return " / ".join(dict.fromkeys(found))


def in_turn(made: Sequence[InOneLanguage]) -> Iterator[Block]:
    """The letter in one language after the other, each beginning a page."""
    for place, one in enumerate(made):
        if place:
            yield NewPage()
            yield InLanguage(one.language)
        yield from one.blocks
