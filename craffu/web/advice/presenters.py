"""What the pages about specialist advice show: each question with its answer, how long that took, and what became of it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.cases.advice.queries import AdviceStands
from craffu.clocks.london import day_of
from craffu.orders.models import AdviceNote
from craffu.web import cells
from craffu.web.advice import words
from craffu.web.advice.about import About
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text


def advice_table(about: About, every: Iterable[AdviceStands]) -> Params | None:
    """Every question, the last first. What was answered stands on its own page."""
    head: list[cells.Heading] = [_("Question"), _("Whose advice"), _("Asked"), _("Answer"), _("What became of it")]
    rows = [
        [
            cells.link(
                Link(_("Question %(number)s") % {"number": one.asked.number}, about.address(one.asked.number)),
                "" if about.order else order_words(one),
            ),
            cells.words(words.ADVISERS[one.asked.adviser]),
            cells.lines([one.asked.by.name, instant_words(one.asked.known_from)]),
            _status(one),
            cells.lines(_followed(one) or [_("Nothing said yet")]),
        ]
        for one in every
    ]
    return cells.table(_("Advice asked for"), head, rows, is_hidden=True) if rows else None


def order_words(one: AdviceStands) -> Text:
    """About which order of its case a question is; empty where it is about the case as a whole."""
    order = one.asked.about_order
    return _("About order %(reference)s") % {"reference": order} if order else ""


def _status(one: AdviceStands) -> Params:
    hours = one.stands.hours
    if hours is None:
        return cells.tag(words.WAITS.tag)
    took = ngettext("after %(number)s hour", "after %(number)s hours", round(hours)) % {"number": round(hours)}
    return cells.tag(words.ANSWERED.tag, took)


def _followed(one: AdviceStands) -> list[Text]:
    said = one.followed
    if said is None:
        return []
    name = _("%(name)s, %(when)s") % {"name": said.by.name, "when": instant_words(said.known_from)}
    return [words.FOLLOWED[said.followed], said.reason, name]


def advice_list(one: AdviceStands, note: AdviceNote | None) -> Params:
    """One question whole, with the general note that stands beside its answer, or that there is none."""
    asked = one.asked
    rows: list[tuple[Text, Params]] = [
        (_("Whose advice"), cells.words(words.ADVISERS[asked.adviser])),
        (_("Asked by"), cells.lines([asked.by.name, instant_words(asked.known_from)])),
        (_("Question"), cells.words(asked.question)),
        (_("How it stands"), _status(one)),
    ]
    if one.asked.about_order:
        rows.insert(0, (_("About"), cells.words(order_words(one))))
    if one.is_privileged:
        rows.insert(1, (_("Marking"), cells.tag(words.PRIVILEGED.tag)))
    if one.answer is not None:
        rows += [
            (_("Answer"), cells.words(one.answer.words)),
            (_("Answered by"), cells.lines([one.answer.adviser or one.answer.by.name, instant_words(one.answer.at)])),
        ]
        if note is not None:
            said = [words.TOPICS[note.topic], note.words] if note.words else [_("None was written")]
            rows.append((_("General note"), cells.lines(said)))
        rows.append((_("What became of it"), cells.lines(_followed(one) or [_("Nothing said yet")])))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def notes_table(notes: Iterable[AdviceNote]) -> Params | None:
    """General notes, the last written first: what each is about, its words, and when it was written. Never by whom or of what."""
    head: list[cells.Heading] = [_("About"), _("Note"), _("Written")]
    rows = [
        [
            cells.words(words.TOPICS[one.topic]),
            cells.words(one.words),
            cells.words(day_words(day_of(one.known_from))),
        ]
        for one in notes
    ]
    return cells.table(_("General notes"), head, rows, is_hidden=True) if rows else None
