"""What the pages of panels show: who sits and is trained, cases before it, and verdicts once they may be seen."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.scrutiny.panels.kinds import Training, Verdict
from craffu.scrutiny.panels.queries import Matter, Sitting
from craffu.scrutiny.panels.rules import counts_until, differs
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.panels import words
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.recommendations.presenters import in_language
from craffu.web.samples.words import sample_question


def panel_title(one: Sitting) -> str:
    return in_language(one.row.title_en, one.row.title_cy)


def case_title(matter: Matter) -> str:
    case = matter.row.case
    return _("Case %(number)s of %(sample)s") % {"number": case.number, "sample": case.sample.reference}


def list_table(every: Sequence[Sitting]) -> Params | None:
    head: list[cells.Heading] = [_("Panel"), _("What it is for"), _("Members"), _("Cases before it")]
    rows = [
        [
            cells.link(
                Link(f"{one.row.reference} {panel_title(one)}", reverse("panel_detail", args=[one.row.reference]))
            ),
            cells.words(in_language(one.row.purpose_en, one.row.purpose_cy)),
            cells.words(number_words(len(one.members))),
            cells.words(number_words(sum(each.verdict is None for each in one.matters))),
        ]
        for one in every
    ]
    return cells.table(_("Panels of volunteers"), head, rows, is_hidden=True) if rows else None


def members_table(one: Sitting, today: date) -> Params | None:
    head: list[cells.Heading] = [_("Who"), _("Since"), _("Training"), _("May judge")]
    rows = []
    for each in one.members:
        trained = one.trained.get(each.person_id, {})
        rows.append([
            cells.words(each.person.name),
            cells.words(day_words(each.on)),
            cells.lines([*(_trained(kind, trained[kind]) for kind in Training if kind in trained)] or [_("None recorded")]),
            cells.tag((words.NOT_TRAINED if one.lacking(each.person, today) else words.TRAINED).tag),
        ])  # fmt: skip
    return cells.table(_("Members and their training"), head, rows) if rows else None


def _trained(kind: Training, on: date) -> str:
    said = {"training": words.TRAINING[kind], "day": day_words(on), "until": day_words(counts_until(on))}
    return _("%(training)s: %(day)s, counts until %(until)s") % said


def cases_table(one: Sitting) -> Params | None:
    head: list[cells.Heading] = [_("Case"), _("What the sample is to answer"), _("How far"), _("The panel’s verdict")]
    rows = [
        [
            cells.link(Link(case_title(each), reverse("panel_case", args=[one.row.reference, each.row.number]))),
            cells.words(sample_question(each.row.case.sample)),
            cells.tag((words.JUDGED if each.verdict else words.WAITS).tag),
            cells.words(words.VERDICTS[each.verdict.verdict] if each.verdict else ""),
        ]
        for each in one.matters
    ]
    return cells.table(_("Cases before the panel"), head, rows) if rows else None


def case_facts(one: Sitting, matter: Matter) -> Params:
    rows: list[tuple[Text, Params]] = [
        (_("What the sample is to answer"), cells.words(sample_question(matter.row.case.sample))),
        (_("Put before the panel"), cells.lines([matter.row.by.name, instant_words(matter.row.known_from)])),
        (
            _("Verdicts of members"),
            cells.words(
                _("%(part)s of %(whole)s")
                % {"part": len(matter.verdicts), "whole": max(len(one.members), len(matter.verdicts))}
            ),
        ),
    ]
    if matter.verdict is not None:
        said = [words.VERDICTS[matter.verdict.verdict], matter.verdict.words, instant_words(matter.verdict.known_from)]
        rows.append((_("The panel’s verdict"), cells.lines(said)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def verdicts_table(matter: Matter, user: User | None) -> Params | None:
    head: list[cells.Heading] = [_("Member"), _("Verdict"), _("Why"), _("Beside the panel’s")]
    rows = [
        [
            cells.words(one.by.name),
            cells.words(words.VERDICTS[one.verdict]),
            cells.words(one.words),
            cells.words(_beside(matter, Verdict(one.verdict))),
        ]
        for one in matter.verdicts_shown(user)
    ]
    return cells.table(_("Each member’s own verdict, given before the panel’s"), head, rows) if rows else None


def _beside(matter: Matter, of_member: Verdict) -> Text:
    if matter.verdict is None:
        return ""
    return _("Another verdict") if differs(Verdict(matter.verdict.verdict), of_member) else ""


def dissents_table(matter: Matter) -> Params | None:
    head: list[cells.Heading] = [_("Member"), _("Word for word")]
    rows = [
        [cells.lines([one.by.name, instant_words(one.known_from)]), cells.words(one.words)] for one in matter.dissents
    ]
    return cells.table(_("Dissent"), head, rows) if rows else None
