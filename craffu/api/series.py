"""Published figures for programs: the publisher's last word on each, never without its definition (P27; MSR-01, MSR-07)."""

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest
from ninja import Query, Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.schemas import Problem
from craffu.api.series_answers import BreakAnswer, PublishedFigureAnswer, SeriesAnswer, SeriesLine, SeriesList
from craffu.published.areas import COUNTRY, ENGLAND_AND_WALES, FORCE, area_by_code
from craffu.published.definitions import Series, all_series
from craffu.published.events import PROFILE_VIEWED
from craffu.published.models import PublishedFigure
from craffu.published.permissions import check_can_view_profile
from craffu.published.queries import found_errors, latest_figures

REFUSED: Final = {401: Problem, 403: Problem}
# A force by its two digits, or England and Wales; whoever names none asks about their own force.
AreaCode = Annotated[
    str, Query(max_length=20, pattern=r"^[A-Za-z0-9]*$", description="A force's code, or EW. Else one's own")
]

router = Router(tags=["published figures"])


@router.get("/series", response={200: SeriesList, **REFUSED}, url_name="series_list", operation_id="series_list")
def series_list(request: HttpRequest) -> Any:
    """Every published series that is known, by key."""
    by = _reader(request)
    known = all_series()
    looked_at(by, PROFILE_VIEWED, [f"series/{key}" for key in known])
    return SeriesList(series=[SeriesLine(**_line(known[key])) for key in sorted(known)])


@router.get(
    "/series/{series}",
    response={200: SeriesAnswer, **REFUSED, 404: Problem, 422: Problem},
    url_name="series_detail",
    operation_id="series_detail",
)
def series_detail(request: HttpRequest, series: str, area: AreaCode = "", page: Page = 1) -> Any:
    """One series as it was published about a force or a country, with what may never be done with it."""
    by = _reader(request)
    one = all_series().get(series)
    kind, code = (COUNTRY, ENGLAND_AND_WALES) if area == ENGLAND_AND_WALES else (FORCE, area or by.force.code)
    if one is None or area_by_code(kind, code) is None:
        raise Http404
    looked_at(by, PROFILE_VIEWED, [f"series/{series}"])
    rows = latest_figures(series, area_kind=kind, area=code).order_by("-period_end", "measure", "period")
    total = rows.count()
    return SeriesAnswer(
        **_line(one), definition_en=one.definition.en, definition_cy=one.definition.cy, source_en=one.source.en,
        source_cy=one.source.cy, licence=one.licence, attribution=one.attribution,
        caveats_en=[each.en for each in one.caveats], caveats_cy=[each.cy for each in one.caveats],
        breaks=[BreakAnswer(on=each.at, why_en=each.why.en, why_cy=each.why.cy) for each in one.breaks],
        never=sorted(one.never), never_sum=sorted(one.never_sum), errors=found_errors(series).count(), area=code,
        figures=[_figure(each) for each in rows_on(rows, page)], page=page, pages=pages_of(total), total=total,
    )  # fmt: skip


def _reader(request: HttpRequest) -> Acting:
    by = acting(request, Scope.READ_PUBLISHED)
    check_can_view_profile(by)
    return by


def _line(one: Series) -> dict[str, Any]:
    return {
        "key": one.key, "title_en": one.title.en, "title_cy": one.title.cy, "unit": one.unit.value,
        "period_kind": one.period_kind.value, "publisher_en": one.publisher.en, "publisher_cy": one.publisher.cy,
    }  # fmt: skip


def _figure(one: PublishedFigure) -> PublishedFigureAnswer:
    return PublishedFigureAnswer(
        measure=one.measure, period=one.period, period_end=one.period_end, value=one.value, as_printed=one.as_printed,
        missing=one.missing, flags=one.flags, version=one.number,
    )  # fmt: skip
