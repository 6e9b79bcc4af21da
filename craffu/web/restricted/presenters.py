"""What the pages about emergency access show: who, when, why, what they looked at, and what was found."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from craffu.access.emergency.queries import Review
from craffu.access.emergency.reasons import REASONS, VERDICTS
from craffu.audit.questions import Act
from craffu.web import cells
from craffu.web.audit.words import kind_words, ref_words
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params, Text

# Reading a large list is told by its first records.
MOST_REFS = 60


def refs_of(one: Review) -> list[str]:
    """The access and the record, as the log names them."""
    access = one.access
    return [f"emergency/{access.number}", f"{access.kind}/{access.reference}"]


def reason_words(one: Review) -> Text:
    return REASONS[one.access.reason]


def link_to(one: Review) -> Link:
    return Link(one.access.number, reverse("emergency_review", kwargs={"emergency": one.access.number}))


def due_tag(one: Review, now: datetime) -> Params:
    """By when the review is due; past it, that it is overdue."""
    words = _("Due %(when)s") % {"when": instant_words(one.review.due_at)}
    if one.is_overdue(now):
        return cells.tag({"text": _("Overdue"), "classes": "govuk-tag--red"}, words)
    return cells.words(words)


def _who(one: Review) -> str:
    return f"{one.access.user.name} ({one.access.user.username})"


def waiting_table(reviews: Sequence[Review], now: datetime) -> Params | None:
    """Those that wait; None where none does."""
    head: list[cells.Heading] = [_("Access"), _("Record"), _("Who"), _("Opened"), _("Why"), _("Review")]
    rows = [
        [
            cells.link(link_to(one)),
            cells.words(one.access.reference),
            cells.words(_who(one)),
            cells.words(instant_words(one.access.granted_at)),
            cells.words(reason_words(one)),
            due_tag(one, now),
        ]
        for one in reviews
    ]
    return cells.table(_("Waiting for review"), head, rows) if rows else None


def decided_table(reviews: Sequence[Review]) -> Params | None:
    """The latest that were decided; None where none was."""
    head: list[cells.Heading] = [_("Access"), _("Record"), _("Who"), _("Opened"), _("Found"), _("Reviewed by")]
    rows = [
        [
            cells.link(link_to(one)),
            cells.words(one.access.reference),
            cells.words(_who(one)),
            cells.words(instant_words(one.access.granted_at)),
            cells.words(VERDICTS[one.review.verdict]),
            cells.words(_reviewer(one)),
        ]
        for one in reviews
    ]
    return cells.table(_("Reviewed last"), head, rows) if rows else None


def _reviewer(one: Review) -> str:
    by, at = one.review.decided_by, one.review.decided_at
    return f"{by.name}, {instant_words(at)}" if by and at else ""


def record_table(reviews: Sequence[Review], now: datetime) -> Params | None:
    """Every emergency access to one record, for whoever says who sees it; None where there was none."""
    head: list[cells.Heading] = [_("Access"), _("Who"), _("Opened"), _("Ended"), _("Why"), _("Review")]
    rows = [
        [
            cells.link(link_to(one)),
            cells.words(_who(one)),
            cells.words(instant_words(one.access.granted_at)),
            cells.words(_("Still open") if one.is_running(now) else instant_words(one.ended_at)),
            cells.words(reason_words(one)),
            cells.words(VERDICTS[one.review.verdict]) if one.is_decided else due_tag(one, now),
        ]
        for one in reviews
    ]
    return cells.table(_("Opened in an emergency"), head, rows) if rows else None


def facts(one: Review, now: datetime) -> Params:
    """One access as a summary list. The words somebody wrote stand as they wrote them."""
    access, review = one.access, one.review
    said: list[tuple[Text, Text]] = [
        (_("Record"), access.reference),
        (_("Who"), _who(one)),
        (_("Opened"), instant_words(access.granted_at)),
        (_("Ended"), _("Still open") if one.is_running(now) else instant_words(one.ended_at)),
        (_("Why it could not wait"), reason_words(one)),
        (_("In their own words"), access.words),
        (_("Review due"), instant_words(review.due_at)),
        (_("Found"), VERDICTS[review.verdict] if one.is_decided else ""),
        (_("Why the reviewer found so"), review.words),
        (_("Reviewed by"), _reviewer(one)),
    ]
    rows = [{"key": {"text": key}, "value": {"text": value}} for key, value in said if value]
    return {"rows": rows}


def refs_shown(acts: Sequence[Act]) -> list[str]:
    """The records that the table names."""
    return [ref for act in acts for ref in act.refs[:MOST_REFS]]


def acts_table(acts: Sequence[Act]) -> Params | None:
    """What they did with the record meanwhile, as the log has it; None where they did nothing."""
    rows = [
        [
            cells.words(instant_words(datetime.fromisoformat(act.at))),
            cells.words(kind_words(act.kind)),
            {"html": format_html_join(", ", '<span class="craffu-unbroken">{}</span>', _named(act))},
        ]
        for act in acts
    ]
    return cells.table(_("What they looked at"), [_("When"), _("What was done"), _("Records")], rows) if rows else None


def _named(act: Act) -> list[tuple[str]]:
    return [(ref_words(ref),) for ref in act.refs[:MOST_REFS]]
