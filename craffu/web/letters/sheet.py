"""Everything a letter about an order is put together from, in one language: what a paper knows, and to whom it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.languages import Language
from craffu.documents.papers import Block, Clause, Paragraph, Said, Words
from craffu.orders.drafting.checking import inputs_of
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import (
    Addressee,
    Change,
    Told,
    change_of,
    last_day_to_notify,
    last_review_of,
    names_of_others,
    protected_details,
    reason_in_welsh,
)
from craffu.orders.letters.rules import is_withheld, without_names
from craffu.orders.library.queries import library
from craffu.orders.library.rules import Worded, filled, missing
from craffu.orders.models import Condition, Order
from craffu.orders.printing.rules import Audience, Printed
from craffu.orders.queries import checked
from craffu.orders.terms.rules import Label
from craffu.web.court.words import day_words
from craffu.web.orders import words as order_words
from craffu.web.papers.sheet import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """What one letter knows. `to` is None for the respondent. `details` and `others` are what may stand in no letter."""

    sheet: Sheet
    about: About
    to: Addressee | None
    change: Change | None
    told: Told | None
    notify_by: date | None
    # Why a review decided so, in the language of this letter.
    why: str = field(repr=False)
    library: Mapping[str, Worded] = field(repr=False)
    details: tuple[tuple[str, str], ...] = field(repr=False)
    others: tuple[str, ...] = field(repr=False)

    @property
    def language(self) -> str:
        return self.sheet.language

    def say(self, key: str, **more: str) -> str:
        """A piece of our wording. `officer` is who keeps in touch with whom it goes to."""
        officer = (self.to.terms.officer if self.to else "") or _("the officer who keeps in touch with you")
        return self.sheet.wording.say(key, {**self.sheet.values, "officer": officer, **more})

    def paragraph(self, key: str, **more: str) -> Paragraph:
        return Paragraph(self.say(key, **more))

    def kept_from_others(self, words: str) -> str:
        """Words as they may stand in this letter: without the name of anybody else whom the order protects."""
        return without_names(words, self.others, _("[another person]")) if self.to else words


def letter_sheet(by: Acting, order: Order, about: About, to: Addressee | None, now: datetime) -> LetterSheet:
    """Read for one letter, in the language that is spoken now. A constant number of queries."""
    kind, audience = (
        (Printed.LETTER_PROTECTED, Audience.PROTECTED) if to else (Printed.LETTER_RESPONDENT, Audience.RESPONDENT)
    )
    sheet = sheet_of(by, order, kind, audience, now)
    story = sheet.story
    told = last_review_of(by, order, to) if to is not None and about is About.REVIEW else None
    why = told.why if told is not None else ""
    if told is not None and sheet.language == Language.WELSH:
        why = reason_in_welsh(by, told.review.row)
    return LetterSheet(
        sheet, about, to, change_of(story) if about is About.CHANGED else None,
        told=told,
        notify_by=last_day_to_notify(by, order, now) if to is None else None,
        why=why,
        library=library(by),
        details=tuple(protected_details(by, story)) if to else (),
        others=tuple(names_of_others(by, story, to)) if to else (),
    )  # fmt: skip


def day_said(at: datetime | date | None) -> str:
    return day_words(day_of(at) if isinstance(at, datetime) else at)


def words_prevail(sheet: LetterSheet) -> list[Block]:
    """ORD-20: said while nobody else has compared the words with the sealed order."""
    held = checked(sheet.sheet.story)
    return [sheet.paragraph("letter_words_prevail")] if held is None or held.label == Label.NOT_CHECKED else []


def exact(sheet: LetterSheet, one: Condition) -> Said:
    """The order's own words, in the letter's language where it has them, otherwise in the one it has."""
    terms = sheet.sheet.story.standing
    own = "cy" if terms is not None and terms.language == "cy" else "en"
    if sheet.language == "cy" and one.words_cy:
        return Said(sheet.kept_from_others(one.words_cy), "cy")
    return Said(sheet.kept_from_others(one.words), own)


def translated(sheet: LetterSheet, one: Condition, own: str) -> str:
    """What the library says in the letter's language; empty unless the order's own words are the library's, word for word."""
    worded = sheet.library.get(one.library.partition(":")[0])
    inputs = inputs_of(one)
    if worded is None or own == sheet.language or missing(worded, inputs) or filled(worded, inputs, own) != one.words:
        return ""
    return sheet.kept_from_others(filled(worded, inputs, sheet.language))


def clause(sheet: LetterSheet, one: Condition) -> Clause:
    """A condition word for word; to somebody whom it protects without what tells where anybody is (VIC-09)."""
    title = str(order_words.CONDITION_TYPES.get(one.type, one.type))
    if is_withheld("\n".join((one.words, one.words_cy)), sheet.details):
        return Clause(str(one.number), title, (sheet.say("letter_withheld"), *periods(one)))
    words = exact(sheet, one)
    parts: list[Words] = [words]
    if plain := translated(sheet, one, words.language):
        parts = [plain, _("The order’s own words:"), words]
    return Clause(str(one.number), title, (*parts, *periods(one)))


def periods(one: Condition) -> list[str]:
    said = []
    if one.first_day:
        said.append(_("From %(day)s") % {"day": day_words(one.first_day)})
    if one.last_day:
        said.append(_("Until %(day)s") % {"day": day_words(one.last_day)})
    return said


def is_elsewhere(sheet: LetterSheet, blocks: Iterable[Block]) -> bool:
    """Whether some of the order's own words are in the other language than the letter's."""
    parts = (part for one in blocks if isinstance(one, Clause) for part in one.parts)
    return any(isinstance(part, Said) and part.language != sheet.language for part in parts)


def clauses(sheet: LetterSheet) -> list[Block]:
    standing = sheet.sheet.story.standing
    return [clause(sheet, one) for one in standing.conditions.all()] if standing else [Paragraph(_("None recorded."))]
