"""What the pages of keeping and erasing show: group, dates, holds, what would go, what stays and why, and every step (P41)."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.retention.kinds import Step
from craffu.access.retention.models import RetentionStep
from craffu.access.retention.queries import Stands
from craffu.clocks.london import day_of
from craffu.daily.retaining.queries import Looked, backups_until, latest
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import person_link
from craffu.web.presenters import Link, Params, Text
from craffu.web.retention.words import AUTHORITIES, GROUPS, RELEVANT, STAYS, STEPS


def _name(ref: str) -> str:
    return ref.partition("/")[2]


def not_confirmed(words: str) -> Params:
    return cells.tag({"text": _("Not confirmed"), "classes": "govuk-tag--grey"}, words)


def facts(one: Looked, *, has_person: bool) -> Params:
    """Group, clear date, what began the period again, what holds it and where it stands."""
    rows: list[tuple[Text, Params]] = [
        (_("Person"), cells.link(person_link(one.person)) if has_person else cells.words(one.person)),
        (_("Group"), not_confirmed(str(GROUPS[one.group]))),
    ]
    last = one.last
    if one.review is None or last is None:
        rows.append((_("Clear date"), cells.words(_("None: nothing relevant is known of them as a suspect"))))
    else:
        rows.append((_("Clear date"), not_confirmed(day_words(one.review.review_on))))
        named = _name(last.reference) if one.shown([last.reference]) else _("in a record that is not open to you")
        rows.append((_("What last began it again"), cells.lines([RELEVANT[last.kind], day_words(last.on), named])))
    rows.append((_("Legal hold"), _holds(one)))
    if one.stands.steps:
        rows.append((_("Where it stands"), cells.tag(STEPS[latest(one.stands)].tag)))
    return _summary(rows)


def _holds(one: Looked) -> Params:
    held = [f"{AUTHORITIES[hold.authority]}, {instant_words(hold.known_from)}" for hold in one.stands.holds]
    others = [_("%(person)s, who plays a part in it, is held") % {"person": other} for other in one.held]
    restricted = [_("Its use is restricted by %(request)s") % {"request": number} for number in one.restricted]
    return cells.lines([*held, *others, *restricted]) if held or others or restricted else cells.words(_("None"))


def going_facts(one: Looked) -> Params:
    """What an erasure would take, and what of it the reader may not be told but in number."""
    refs, besides = one.shown(one.going.refs), one.shown(one.going.besides)
    told: tuple[tuple[Text, str], ...] = (
        (_("People"), "person/"), (_("Cases"), "case/"), (_("Orders"), "order/"), (_("Breaches"), "breach/"),
    )  # fmt: skip
    rows: list[tuple[Text, Params]] = []
    for title, kind in told:
        named = [_name(ref) for ref in (*refs, *besides) if ref.startswith(kind)]
        rows.append((title, cells.words(", ".join(named) or _("None"))))
    if hidden := len(one.going.refs) - len(refs):
        rows.append((_("Cases that are not open to you"), cells.number(hidden)))
    if hidden := len(one.going.besides) - len(besides):
        rows.append((_("Orders and breaches that are not open to you"), cells.number(hidden)))
    return _summary(rows)


def stays_table(one: Looked) -> Params | None:
    """What stays though it is about them, why, and what needs it; None where nothing does."""
    head: list[cells.Heading] = [_("What stays"), _("Why"), _("What needs it")]
    rows = []
    for kept in one.going.stays:
        if one.shown([kept.reference]):
            needed = one.shown(kept.needed_by)
            hidden = len(kept.needed_by) - len(needed)
            said = [_name(ref) for ref in needed]
            if hidden:
                said.append(_("records that are not open to you"))
            rows.append(
                [cells.words(_name(kept.reference)), cells.words(STAYS[kept.why]), cells.words(", ".join(said))]
            )
    return cells.table(_("What stays, and why"), head, rows) if rows else None


def erased_facts(row: RetentionStep) -> Params:
    """What is left of an erasure: references, counts and the authority."""
    return _summary(
        [
            (_("Person"), cells.words(row.person)),
            (_("Where it stands"), cells.tag(STEPS[Step.ERASED].tag)),
            (_("When"), cells.words(instant_words(row.known_from))),
            (_("By which authority"), cells.words(AUTHORITIES[row.authority])),
            (_("Asked by"), cells.words(row.asked_by.name if row.asked_by else "")),
            (_("Decided by"), cells.words(row.by.name if row.by else "")),
            (_("Rows erased"), cells.number(row.rows)),
            (_("Files removed"), cells.number(row.files)),
            (_("In back-ups until"), cells.words(day_words(day_of(backups_until(row.known_from))))),
        ]
    )


def history(stands: Stands) -> Params | None:
    """Every step, the last first, with what was said of it; None where there is none."""
    head: list[cells.Heading] = [_("Step"), _("When"), _("Who"), _("By which authority"), _("Why")]
    rows = [
        [
            cells.tag(STEPS[one.step].tag, _("until %(day)s") % {"day": day_words(one.next_on)} if one.next_on else ""),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name if one.by else _("The daily clock")),
            cells.words(AUTHORITIES.get(one.authority, "")),
            cells.words(one.words),
        ]
        for one in reversed(stands.steps)
    ]
    return cells.table(_("What was said and decided"), head, rows) if rows else None


def people_table(all_of_them: Sequence[Stands]) -> Params | None:
    """Everybody of whom anything was said; None where there is nobody."""
    head: list[cells.Heading] = [_("Person"), _("Where it stands"), _("Legal hold"), _("Since")]
    rows = []
    for one in all_of_them:
        link = Link(one.person, reverse("retention_detail", kwargs={"person": one.person}))
        rows.append(
            [
                cells.link(link),
                cells.tag(STEPS[latest(one)].tag),
                cells.words(_("Yes") if one.holds else _("No")),
                cells.words(instant_words(one.steps[-1].known_from)),
            ]
        )
    return cells.table(_("Retention reviews"), head, rows) if rows else None


def holds_of(stands: Stands) -> dict[int, str]:
    """The holds that stand, as they are chosen from."""
    return {one.number: f"{AUTHORITIES[one.authority]}, {instant_words(one.known_from)}" for one in stands.holds}


def _summary(rows: Sequence[tuple[Text, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}
