"""Scrutiny for programs: the register of recommendations, and reviews of the force that are published (P33, P34; SCR-10, SCR-12).

Nothing else of scrutiny is here. Samples, panels, interviews and drafts are read on pages alone, so that a review stays blind
(SCR-07, ADR 110).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import check_is_as_read, decided_on
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.api.scrutiny_answers import (
    EntryAnswer,
    FigurePart,
    NewEntrySaid,
    RecommendationAnswer,
    RecommendationLine,
    RecommendationsPage,
    ReportAnswer,
    ReportLine,
    ReportsPage,
)
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.scrutiny.deep_dives.events import DIVE_VIEWED, DIVES_LISTED
from craffu.scrutiny.publishing.released import Released, released
from craffu.scrutiny.recommending import events
from craffu.scrutiny.recommending.actions import add_entry
from craffu.scrutiny.recommending.facts import NewEntry
from craffu.scrutiny.recommending.permissions import check_can_read, reads_all
from craffu.scrutiny.recommending.queries import (
    Stands,
    also_recommended,
    figure_now,
    figure_told,
    find_recommendation,
    recommendations,
)
from craffu.scrutiny.recommending.rules import Entry, Status

REFUSED = {401: Problem, 403: Problem, 404: Problem}

router = Router(tags=["scrutiny"])


@router.get(
    "/recommendations",
    response={200: RecommendationsPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="recommendation_list",
    operation_id="recommendation_list",
)
def recommendation_list(request: HttpRequest, page: Page = 1) -> Any:
    """All recommendations, or those that the reader has to do; those of the newest report first."""
    by = acting(request, Scope.READ_SCRUTINY)
    every = recommendations(by)
    if not every:
        # Whoever has none to do is told who reads them.
        check_can_read(by, None)
    shown, today = rows_on(every, page), day_of(clock.now())
    looked_at(by, events.RECOMMENDATIONS_LISTED, [f"recommendation/{one.row.reference}" for one in shown])
    lines = [RecommendationLine(**_line(one, today)) for one in shown]
    return RecommendationsPage(recommendations=lines, page=page, pages=pages_of(len(every)), total=len(every))


@router.get(
    "/recommendations/{recommendation}",
    response={200: RecommendationAnswer, **REFUSED},
    url_name="recommendation_detail",
    operation_id="recommendation_detail",
)
def recommendation_detail(request: HttpRequest, recommendation: str) -> Any:
    """One recommendation: all that was said of it, what its measure comes to now, and what else is recommended like it."""
    by = acting(request, Scope.READ_SCRUTINY)
    told = _told(by, _open(by, recommendation))
    refs = {f"recommendation/{one}" for one in (recommendation, *told.also)}
    looked_at(by, events.RECOMMENDATION_VIEWED, refs)
    return told


@router.post(
    "/recommendations/{recommendation}/entries",
    response={200: RecommendationAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="recommendation_entry",
    operation_id="recommendation_entry",
    openapi_extra=decided_on("The ETag of the recommendation as it was read."),
)
def recommendation_entry(request: HttpRequest, recommendation: str, given: NewEntrySaid) -> Any:
    """Say how a recommendation stands from a day on. Nothing that was said before is changed (SCR-10)."""
    by = acting(request, Scope.SAY_OF_RECOMMENDATIONS)
    one = _open(by, recommendation)
    check_is_as_read(request, _told(by, one))
    add_entry(by=by, recommendation=recommendation, given=_given(given, len(one.entries)))
    return _told(by, _open(by, recommendation))


@router.get(
    "/reports",
    response={200: ReportsPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="report_list",
    operation_id="report_list",
)
def report_list(request: HttpRequest, page: Page = 1) -> Any:
    """Every review of the force that was published, the last first: anybody may read them, without a token on their pages."""
    by = acting(request, Scope.READ_SCRUTINY)
    every = released(by)
    shown = rows_on(every, page)
    looked_at(by, DIVES_LISTED, [f"deep_dive/{one.row.reference}" for one in shown])
    lines = [ReportLine(**_report(one)) for one in shown]
    return ReportsPage(reports=lines, page=page, pages=pages_of(len(every)), total=len(every))


@router.get(
    "/reports/{report}", response={200: ReportAnswer, **REFUSED}, url_name="report_detail", operation_id="report_detail"
)
def report_detail(request: HttpRequest, report: str) -> Any:
    """A review as it was published, word for word. One that is not is answered like one that never was."""
    by = acting(request, Scope.READ_SCRUTINY)
    found = next((one for one in released(by, report)), None)
    if found is None:
        raise Http404
    looked_at(by, DIVE_VIEWED, [f"deep_dive/{report}"])
    return ReportAnswer(**_report(found), sha256=found.step.sha256, text=found.step.text)


def _report(one: Released) -> dict[str, Any]:
    return {
        "reference": one.row.reference, "title_en": one.row.title_en, "title_cy": one.row.title_cy,
        "published_on": one.step.on,
    }  # fmt: skip


def _open(by: Acting, reference: str) -> Stands:
    """Raises NotPermitted, and Http404 where there is none of their force."""
    found = find_recommendation(by, reference)
    if found is None:
        check_can_read(by, None)
        raise Http404
    return found


def _line(one: Stands, today: date) -> dict[str, Any]:
    row, report = one.row, one.row.report
    return {
        "reference": row.reference, "report": report.reference, "report_by": report.report_by,
        "published_on": report.published_on, "number": row.number, "part_of": row.part_of.number if row.part_of else None,
        "matter": row.matter, "text_en": row.text_en, "text_cy": row.text_cy, "status": one.status.value,
        "owner": one.owner or None, "due_on": one.due_on, "is_overdue": one.is_overdue(today),
        "answer_due_on": one.clock.last_day if one.clock else None, "measure": row.measure or None,
    }  # fmt: skip


def _told(by: Acting, one: Stands) -> RecommendationAnswer:
    """A recommendation as it is told to whoever asks."""
    row = one.row
    return RecommendationAnswer(
        **_line(one, day_of(clock.now())), title_en=row.report.title_en, title_cy=row.report.title_cy,
        source=row.report.source, target=row.target, figure=_figure(figure_now(by, row.measure)),
        log=[
            EntryAnswer(
                status=said.status, said_on=said.said_on, reason=said.reason, owner=said.owner, due_on=said.due_on,
                evidence=said.evidence, metric_met=said.metric_met, exception=said.exception, public_en=said.public_en,
                public_cy=said.public_cy, figure=_figure(figure_told(by, said.figure)), by=said.by.username,
                known_from=said.known_from,
            )
            for said in one.entries
        ],
        also=[other.reference for other in also_recommended(by, row)] if reads_all(by) else [],
    )  # fmt: skip


def _figure(kept: Mapping[str, Any]) -> list[FigurePart]:
    return [FigurePart(**part) for part in kept.get("parts", ())]


def _given(said: NewEntrySaid, version: int) -> NewEntry:
    entry = Entry(Status(said.status), said.reason, said.owner, said.due_on, said.evidence, said.metric_met)
    return NewEntry(
        entry, said.said_on, version, exception=said.exception, public_en=said.public_en, public_cy=said.public_cy,
        owned_by=said.owned_by,
    )  # fmt: skip
