"""Initiatives for programs: what the force does otherwise, and what its measure came to before and after (C4; MSR-03)."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.initiative_answers import (
    DifferenceAnswer,
    InitiativeAnswer,
    InitiativeFigureAnswer,
    InitiativeLine,
    InitiativesPage,
)
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.measures.definitions import Statistic
from craffu.published.disclosure import To
from craffu.scrutiny.initiatives.events import INITIATIVE_VIEWED, INITIATIVES_LISTED
from craffu.scrutiny.initiatives.permissions import check_can_read_initiatives, shown_to
from craffu.scrutiny.initiatives.queries import Begun, figure_of, find_initiative, initiatives, is_hidden, note_of
from craffu.scrutiny.initiatives.rules import Changed

REFUSED: Final = {401: Problem, 403: Problem}
# As on the page, where a share is told to the tenth of a percentage point.
DIGITS: Final = 3
# What the answers call what changed; days are not compared.
_OF: Final[Mapping[Statistic, Literal["share", "count", "rate"]]] = MappingProxyType(
    {Statistic.PROPORTION: "share", Statistic.COUNT: "count", Statistic.RATE: "rate"}
)

router = Router(tags=["initiatives"])


@router.get(
    "/initiatives",
    response={200: InitiativesPage, **REFUSED, 422: Problem},
    url_name="initiative_list",
    operation_id="initiative_list",
)
def initiative_list(request: HttpRequest, page: Page = 1) -> Any:
    """Every initiative of the force, the last begun first."""
    by = _reader(request)
    every, today = initiatives(by), day_of(clock.now())
    shown = rows_on(every, page)
    looked_at(by, INITIATIVES_LISTED, [f"initiative/{one.row.reference}" for one in shown])
    lines = [InitiativeLine(**_line(one, today)) for one in shown]
    return InitiativesPage(initiatives=lines, page=page, pages=pages_of(len(every)), total=len(every))


@router.get(
    "/initiatives/{initiative}",
    response={200: InitiativeAnswer, **REFUSED, 404: Problem},
    url_name="initiative_detail",
    operation_id="initiative_detail",
)
def initiative_detail(request: HttpRequest, initiative: str) -> Any:
    """One initiative with its figures, suppressed as for this reader. What was said of it in words stays on its page."""
    by = _reader(request)
    one = find_initiative(by, initiative)
    if one is None:
        raise Http404
    looked_at(by, INITIATIVE_VIEWED, [f"initiative/{initiative}"])
    row, to = one.row, shown_to(by, one.row.measure)
    figures = [*([one.baseline] if one.baseline else []), *one.effects]
    return InitiativeAnswer(
        **_line(one, day_of(clock.now())), aim=row.aim, baseline_first=row.baseline_first, baseline_last=row.baseline_last,
        is_fixed_before=one.is_fixed_before, figures=[_figure(one, each, to) for each in figures],
    )  # fmt: skip


def _reader(request: HttpRequest) -> Acting:
    by = acting(request, Scope.READ_INITIATIVES)
    check_can_read_initiatives(by)
    return by


def _line(one: Begun, today: date) -> dict[str, Any]:
    row = one.row
    return {
        "reference": row.reference, "title_en": row.title_en, "title_cy": row.title_cy, "matter": row.matter,
        "owner": row.owner, "stands": one.standing(today).value, "begins_on": row.begins_on, "ended_on": one.ended_on,
        "measure": row.measure, "part": row.part,
    }  # fmt: skip


def _figure(one: Begun, row: Any, to: To) -> InitiativeFigureAnswer:
    told = figure_of(row, one.row.measure, to)
    found = None if row.is_baseline else one.changed(row, to)
    return InitiativeFigureAnswer(
        is_baseline=row.is_baseline, first=row.first, last=row.last, count=told.count, of=told.of,
        is_hidden=is_hidden(row, one.row.measure, to),
        note=note_of(row, one.row.measure, to), difference=_difference(found) if found else None, measure_version=row.version,
        snapshot=row.snapshot,
    )  # fmt: skip


def _difference(found: Changed) -> DifferenceAnswer:
    low, high = found.interval
    return DifferenceAnswer(
        value=round(found.value, DIGITS), interval=(round(low, DIGITS), round(high, DIGITS)),
        of=_OF[found.of],
    )  # fmt: skip
