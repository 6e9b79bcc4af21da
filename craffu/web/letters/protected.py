"""A letter to somebody whom an order protects: what happened, what it means, what we do next, their choices (VIC-06, REV-04).

It may be found by somebody else. No place, no telephone and nobody else's name stands in it (VIC-09).
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from craffu.documents.papers import Block, Grid, Heading, Notice, Paragraph, Said, Words
from craffu.orders.catalogue.kinds import Family, KnownFrom
from craffu.orders.letters.kinds import About
from craffu.orders.letters.rules import breaks, is_withheld
from craffu.orders.life.states import OrderStatus
from craffu.orders.reviewing.rules import APPLIES_FOR, Decision, Voice
from craffu.orders.terms.differing import How, Pair, Worded
from craffu.web.letters import words
from craffu.web.letters.sheet import LetterSheet, clauses, day_said, is_elsewhere, words_prevail
from craffu.web.people.presenters import name_shown

# A police notice and conditions of bail or licence are ended by others than a court.
_OF_NO_COURT: Final = frozenset({Family.NOTICE, Family.CONDITIONS})


def to_protected(sheet: LetterSheet) -> tuple[Block, ...]:
    if sheet.to is None:
        raise ValueError("this letter is for somebody whom the order protects")
    return (
        Paragraph(day_said(sheet.sheet.now)),
        Paragraph(_("Dear %(name)s,") % {"name": name_shown(sheet.to.identity)}),
        sheet.paragraph("letter_from"),
        *_BODIES[sheet.about](sheet),
        Heading(_("Your choices")),
        sheet.paragraph("letter_choices"),
        Heading(_("How to reach us")),
        sheet.paragraph("letter_contact"),
        Heading(_("If you are not content with us")),
        sheet.paragraph("letter_complain"),
    )


def _terms(sheet: LetterSheet) -> list[Block]:
    made = sheet.paragraph("letter_made", made=day_said(sheet.sheet.story.order.made_at))
    return [Heading(_("What has happened")), made, *_bound(sheet), *_lasts(sheet), *_means(sheet), *_next(sheet)]


def _bound(sheet: LetterSheet) -> list[Block]:
    """Whether it was served. Whoever has conditions imposed on them was there."""
    order, kind = sheet.sheet.story.order, sheet.sheet.story.kind
    if order.served_at is not None:
        return [sheet.paragraph("letter_served", served=day_said(order.served_at))]
    if order.aware_at is not None:
        return [sheet.paragraph("letter_aware", served=day_said(order.aware_at))]
    return [] if kind.effect.known_from == KnownFrom.PRESUMED else [sheet.paragraph("letter_not_served")]


def _lasts(sheet: LetterSheet) -> list[Block]:
    order = sheet.sheet.story.order
    if order.last_day is not None:
        return [sheet.paragraph("letter_until", until=day_said(order.last_day))]
    return [sheet.paragraph("letter_no_end")] if order.is_indefinite else []


def _means(sheet: LetterSheet) -> list[Block]:
    said = clauses(sheet)
    return [
        Heading(_("What it means")),
        sheet.paragraph("letter_conditions"),
        *said,
        *([sheet.paragraph("letter_other_language")] if is_elsewhere(sheet, said) else []),
        *([sheet.paragraph("letter_brackets")] if _has_brackets(said) else []),
        *words_prevail(sheet),
        sheet.paragraph(f"letter_breach_{breaks(sheet.sheet.story.kind)}"),
        Heading(_("If a condition is broken")),
        Notice(sheet.say("letter_if_broken")),
        sheet.paragraph("letter_tell_us"),
    ]


def _has_brackets(blocks: list[Block]) -> bool:
    return any(_("[another person]") in str(block) for block in blocks)


def _next(sheet: LetterSheet) -> list[Block]:
    return [Heading(_("What we do next")), sheet.paragraph("letter_next")]


def _changed(sheet: LetterSheet) -> list[Block]:
    change = sheet.change
    if change is None:
        raise ValueError("nothing has changed in this order")
    key = "letter_renewed" if change.is_renewal else "letter_changed"
    found: list[Block] = [Heading(_("What has happened")), sheet.paragraph(key, day=day_said(change.at))]
    rows = [_row(sheet, one) for one in change.pairs if one.how is not How.SAME]
    if change.last_day_before != change.last_day:
        rows.append(tuple(_("Last day: %(day)s") % {"day": day_said(one) if one else _("none")}
                          for one in (change.last_day_before, change.last_day)))  # fmt: skip
    if rows:
        found.append(Grid(_("What changed"), (_("Before"), _("Now")), tuple(rows)))
    else:
        found.append(Paragraph(_("Its conditions are the same as before.")))
    return [*found, *_lasts(sheet), *_means(sheet), *_next(sheet)]


def _row(sheet: LetterSheet, pair: Pair) -> tuple[Words, ...]:
    none = {How.ADDED: _("This condition was not there."), How.REMOVED: _("This condition is taken out.")}
    return (
        _worded(sheet, pair.before) if pair.before else none[How.ADDED],
        _worded(sheet, pair.after) if pair.after else none[How.REMOVED],
    )


def _worded(sheet: LetterSheet, one: Worded) -> Words:
    """The words of a condition in one version, with its own days."""
    if is_withheld("\n".join((one.words, one.words_cy)), sheet.details):
        return sheet.say("letter_withheld")
    terms = sheet.sheet.story.standing
    own = "cy" if terms is not None and terms.language == "cy" else "en"
    words_, spoken = (one.words_cy, "cy") if sheet.language == "cy" and one.words_cy else (one.words, own)
    days = [
        _("From %(day)s") % {"day": day_said(one.first_day)} if one.first_day else "",
        _("Until %(day)s") % {"day": day_said(one.last_day)} if one.last_day else "",
    ]
    said = "\n".join(each for each in (sheet.kept_from_others(words_), *days) if each)
    return Said(said, spoken if not any(days) else "")


def _ended(sheet: LetterSheet) -> list[Block]:
    order = sheet.sheet.story.order
    if order.status == OrderStatus.REFUSED:
        happened = [sheet.paragraph("letter_refused")]
    else:
        # Who reads "ended on the 2nd" takes it to hold on the 1st: an order that ran out did so at the end of its last day.
        day = order.last_day if order.status == OrderStatus.EXPIRED and order.last_day else order.ended_at
        happened = [
            sheet.paragraph("letter_ended", day=day_said(day)), Paragraph(str(words.ENDED_BY[OrderStatus(order.status)]))
        ]  # fmt: skip
    return [
        Heading(_("What has happened")),
        *happened,
        Heading(_("What it means")),
        Notice(sheet.say("letter_if_broken")),
        sheet.paragraph("letter_next_over"),
    ]


def _review(sheet: LetterSheet) -> list[Block]:
    told = sheet.told
    if told is None:
        raise ValueError("no review has decided anything that they are told")
    row = told.review.row
    is_kept_back = is_withheld("\n".join((told.why, sheet.why)), sheet.details)
    why = sheet.say("letter_why_withheld") if is_kept_back else sheet.kept_from_others(sheet.why)
    next_ = "letter_next"
    if row.decision in APPLIES_FOR and sheet.sheet.story.kind.family not in _OF_NO_COURT:
        next_ = "letter_court_decides"
    found: list[Block] = [
        Heading(_("What has happened")),
        sheet.paragraph("letter_reviewed", day=day_said(told.on)),
        Heading(_("What you told us")),
        *(Paragraph(one) for one in _heard(sheet)),
        Heading(_("What was decided")),
        Paragraph(str(words.DECIDED[row.decision])),
        Paragraph(_("Why: %(words)s") % {"words": why}),
        *([sheet.paragraph("letter_brackets")] if _("[another person]") in why else []),
        Heading(_("What we do next")),
    ]
    if row.decision != Decision.LET_EXPIRE or sheet.sheet.story.order.last_day is None:
        return [*found, sheet.paragraph(next_), sheet.paragraph("letter_tell_us")]
    return [*found, *_lasts(sheet), sheet.paragraph("letter_tell_us")]


def _heard(sheet: LetterSheet) -> list[str]:
    """What they asked for, or why they were not heard. Their own words are theirs, and are not sent home with them."""
    voice = sheet.told.voice if sheet.told else None
    if voice is None:
        return []
    day = {"day": day_said(voice.said_on)}
    if voice.kind == Voice.GIVEN:
        wanted = words.WANTED.get(voice.wants)
        return [_("You told us on %(day)s what you think.") % day, *([str(wanted)] if wanted else [])]
    if voice.kind == Voice.STANDING_WISH:
        return [str(words.WISHES[voice.wish]) % day]
    return [str(words.UNHEARD[voice.kind]) % day]


_BODIES: Final[Mapping[About, Callable[[LetterSheet], list[Block]]]] = {
    About.TERMS: _terms,
    About.CHANGED: _changed,
    About.ENDED: _ended,
    About.REVIEW: _review,
}
