"""Who is in the cohort, and how each stay in it went (PRI-10)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.people.queries import Identity
from craffu.prevention.cohort.queries import Membership, Stays
from craffu.prevention.deciding.rules import change
from craffu.prevention.models import (
    CohortReviewed,
)
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Params, Text
from craffu.web.priority.presenters import number_words, priority_link


def member_sentence(stays: Stays) -> str:
    """Since when somebody is in the cohort, and by when they are looked at again; empty where they are not."""
    one = stays.now
    if one is None:
        return ""
    return _("In the cohort since %(day)s. Last looked at on %(seen)s; to be looked at again by %(due)s.") % {
        "day": day_words(day_of(one.entered.known_from)), "seen": day_words(one.last_seen),
        "due": day_words(one.review_due),
    }  # fmt: skip


def members_table(members: Iterable[Membership], known: Mapping[int, Identity], today: date) -> Params | None:
    """The cohort, whoever is looked at next first."""
    head: list[cells.Heading] = [
        _("Person"), _("Since"), _("Last looked at"), _("To be looked at by"), _("Brought in by"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(priority_link(one.person.reference), name_shown(known[one.person.pk])),
            cells.words(day_words(day_of(one.entered.known_from))),
            cells.words(day_words(one.last_seen)),
            cells.lines([day_words(one.review_due), _("Late") if one.review_due < today else ""]),
            cells.words(one.entered.by.name),
        ]
        for one in members
    ]
    return cells.table(_("The cohort"), head, rows, is_hidden=True) if rows else None


def stays_table(stays: Stays) -> Params | None:
    """Every stay in the cohort: why, the scores of entry and exit, and what moved between them, with no claim of a cause."""
    head: list[cells.Heading] = [
        _("Entered"), _("Why"), _("Looked at again"), _("Left"), (_("Score then and at the end"), "numeric"),
    ]  # fmt: skip
    rows = [
        [
            cells.lines([day_words(day_of(one.entered.known_from)), one.entered.by.name]),
            cells.words(one.entered.reason),
            cells.lines(_look_words(each) for each in one.reviews) if one.reviews else cells.words(_("Not yet")),
            cells.lines(_left_words(one)),
            {"text": _moved_words(one), "format": "numeric"},
        ]
        for one in reversed(stays.all)
    ]
    return cells.table(_("In the cohort"), head, rows) if rows else None


def _look_words(one: CohortReviewed) -> str:
    return _("%(day)s, %(name)s: %(words)s") % {
        "day": day_words(day_of(one.known_from)), "name": one.by.name, "words": one.words,
    }  # fmt: skip


def _left_words(one: Membership) -> list[Text]:
    left = one.left
    return [_("Still in it")] if left is None else [day_words(day_of(left.known_from)), left.by.name, left.reason]


def _moved_words(one: Membership) -> str:
    if one.left is None:
        return number_words(one.entered.score)
    moved = change(one.entered.score, one.left.score)
    both = f"{number_words(one.entered.score)} → {number_words(one.left.score)}"
    return both if moved is None else f"{both} ({moved:+.1f})".replace("-", "−")
