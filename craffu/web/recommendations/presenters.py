"""What the pages of recommendations show: how each stands, who has it to do by when, and the last word of it (P33, SCR-10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craffu.scrutiny.models import DiveFinding, Recommendation, RecommendationEntry, ScrutinyReport
from craffu.scrutiny.panels.queries import Matter, Sitting
from craffu.scrutiny.recommending.facts import Shipped
from craffu.scrutiny.recommending.queries import Stands
from craffu.scrutiny.recommending.rules import Status as Standing
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.measures.naming import part_name
from craffu.web.panels.words import VERDICTS
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.recommendations import words
from craffu.web.statuses import Status


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report with what it recommends."""

    title: str
    about: str
    source: str
    table: Params


@dataclass(frozen=True, slots=True)
class ToldShown:
    """A recommendation as anybody reads it."""

    heading: str
    text: str
    tag: Params
    due: str
    word: str
    word_on: str


def in_language(english: str, welsh: str) -> str:
    return welsh if get_language() == "cy" and welsh else english


def title_of(report: ScrutinyReport) -> str:
    return in_language(report.title_en, report.title_cy)


def text_of(row: Recommendation) -> str:
    return in_language(row.text_en, row.text_cy)


def status_of(one: Stands, today: date) -> Status:
    if one.is_overdue(today):
        return words.OVERDUE
    clock = one.clock
    if one.status is Standing.AWAITING_RESPONSE and clock is not None and clock.last_day < today:
        return words.ANSWER_OVERDUE
    return words.STATUS[one.status]


def about(report: ScrutinyReport) -> str:
    return _("%(by)s, %(day)s") % {"by": words.REPORT_BY[report.report_by], "day": day_words(report.published_on)}


def by_report(every: Iterable[Stands]) -> list[tuple[ScrutinyReport, list[Stands]]]:
    """In the order in which they come."""
    found: dict[int, tuple[ScrutinyReport, list[Stands]]] = {}
    for one in every:
        found.setdefault(one.row.report_id, (one.row.report, []))[1].append(one)
    return list(found.values())


def reports_shown(every: Iterable[Stands], today: date) -> list[ReportShown]:
    return [
        ReportShown(title_of(report), about(report), report.source, _table(report, several, today))
        for report, several in by_report(every)
    ]


def _table(report: ScrutinyReport, several: Iterable[Stands], today: date) -> Params:
    head: list[cells.Heading] = [
        _("Number"), _("What is recommended"), _("How it stands"), _("Who has it to do"), _("By which day"), _("Measure"),
        _("Last word"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(Link(one.row.number, reverse("recommendation_detail", args=[one.row.reference]))),
            cells.words(text_of(one.row)),
            cells.tag(status_of(one, today).tag),
            cells.words(one.owner or _("Nobody yet")),
            cells.words(day_words(one.due_on)),
            cells.words(one.row.measure or _("None")),
            _last(one),
        ]
        for one in several
    ]
    return cells.table(title_of(report), head, rows, is_hidden=True)


def _last(one: Stands) -> Params:
    last = one.last_word
    if last is None:
        return cells.words(_("Nothing said yet"))
    return cells.lines([day_words(last.said_on), last.reason])


def facts(one: Stands, today: date, now: Mapping[str, Any]) -> Params:
    row = one.row
    clock = one.clock
    rows: list[tuple[Text, Params]] = [
        (_("Report"), cells.lines([title_of(row.report), about(row.report)])),
        (_("What is recommended"), cells.words(text_of(row))),
        (_("What it is about"), cells.words(words.MATTERS[row.matter])),
        (_("How it stands"), cells.tag(status_of(one, today).tag)),
        (_("Who has it to do"), cells.words(one.owner or _("Nobody yet"))),
        (_("By which day"), cells.words(day_words(one.due_on) or _("No day"))),
        (_("Measure"), cells.lines([row.measure or _("None"), row.target, *figure_lines(now)])),
    ]
    if row.part_of is not None:
        rows.insert(1, (_("Part of"), cells.words(row.part_of.number)))
    if clock is not None:
        rows.append((_("An answer is due by"), cells.words(day_words(clock.last_day))))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def log_table(entries: Sequence[tuple[RecommendationEntry, Mapping[str, Any]]]) -> Params | None:
    """Everything that was said, each with its figure as it is told to the reader, the last first."""
    head: list[cells.Heading] = [
        _("Said on"),
        _("How it stands"),
        _("Why"),
        _("Who, and by when"),
        _("Evidence"),
        _("Recorded"),
    ]
    rows = [
        [
            cells.words(day_words(one.said_on)),
            cells.tag(words.STATUS[one.status].tag),
            cells.words(one.reason),
            cells.lines([one.owner, day_words(one.due_on)]),
            cells.lines([one.evidence, _measure(one), *figure_lines(figure), one.exception]),
            cells.lines([one.by.name, instant_words(one.known_from)]),
        ]
        for one, figure in reversed(entries)
    ]
    return cells.table(_("What was said of it"), head, rows, is_hidden=True) if rows else None


def figure_lines(figure: Mapping[str, Any]) -> list[str]:
    """What a measure came to, each of its parts, and by which snapshot; nothing of none."""
    if not figure:
        return []
    told = [f"{part_name(f'{figure["measure"]}:{one["part"]}')}: {_counted(one)}" for one in figure["parts"]]
    return [*told, _("Snapshot %(name)s") % {"name": figure["snapshot"]}]


def _counted(one: Mapping[str, Any]) -> str:
    if one["is_hidden"]:
        return _("Not shown: a part of it is small")
    if one["count"] is None or one["value"] is None:
        return _("No figure")
    if one["of"] is None:
        return number_words(one["count"])
    return _("%(part)s of %(whole)s") % {"part": number_words(one["count"]), "whole": number_words(one["of"])}


def _measure(one: RecommendationEntry) -> str:
    if one.metric_met is None:
        return ""
    return _("The measure has moved.") if one.metric_met else _("The measure has not moved.")


def also_table(others: Iterable[Recommendation]) -> Params | None:
    head: list[cells.Heading] = [_("Report"), _("Number"), _("What is recommended")]
    rows = [
        [
            cells.lines([title_of(one.report), about(one.report)]),
            cells.link(Link(one.number, reverse("recommendation_detail", args=[one.reference]))),
            cells.words(text_of(one)),
        ]
        for one in others
    ]
    return cells.table(_("Recommended elsewhere too"), head, rows, is_hidden=True) if rows else None


def shipped_choices(shipped: Mapping[str, Shipped], held: Iterable[ScrutinyReport]) -> list[tuple[str, str, str]]:
    """Those that are not in the register yet: key, title, and what is not held of each."""
    keys = {one.key for one in held}
    return [
        (key, in_language(one.report.title_en, one.report.title_cy), in_language(one.missing_en, one.missing_cy))
        for key, one in shipped.items()
        if key not in keys
    ]


def told(several: Iterable[Stands], today: date) -> list[ToldShown]:
    """As anybody reads them: how each stands, and what the public was told last."""
    return [_told(one, today) for one in several]


def _told(one: Stands, today: date) -> ToldShown:
    public = one.last_public
    return ToldShown(
        _("Recommendation %(number)s") % {"number": one.row.number},
        text_of(one.row),
        status_of(one, today).tag,
        day_words(one.due_on),
        in_language(public.public_en, public.public_cy) if public else "",
        day_words(public.said_on) if public else "",
    )


def earlier_shown(findings: Iterable[DiveFinding], judged: Iterable[tuple[Sitting, Matter]]) -> Params | None:
    """Earlier scrutiny in which the words stand: findings of published reviews, and what panels made of cases."""
    head: list[cells.Heading] = [_("Where"), _("What was found")]
    rows = [
        [
            cells.link(
                Link(
                    f"{one.dive.reference} {in_language(one.dive.title_en, one.dive.title_cy)}",
                    reverse("deep_dive_report", args=[one.dive.reference]),
                )
            ),
            cells.words(in_language(one.text_en, one.text_cy)),
        ]
        for one in findings
    ]
    for panel, matter in judged:
        address = reverse("panel_case", args=[panel.row.reference, matter.row.number])
        title = f"{panel.row.reference} {in_language(panel.row.title_en, panel.row.title_cy)}"
        said = [VERDICTS[matter.verdict.verdict], matter.verdict.words] if matter.verdict else []
        rows.append([cells.link(Link(title, address)), cells.lines(said)])
    return cells.table(_("Earlier scrutiny with these words"), head, rows) if rows else None
