"""Measures for programs: the definition's name and the figures of the last snapshot, as the reader may be told them (MSR-03)."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.opening import acting, looked_at
from craffu.api.schemas import FigureAnswer, MeasureAnswer, MeasuresAnswer, Problem
from craffu.measures.definitions import definition, shipped
from craffu.measures.events import MEASURES_VIEWED
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.permissions import check_can_see
from craffu.measures.places import folder_of

router = Router(tags=["measures"])


@router.get(
    "/measures",
    response={200: MeasuresAnswer, 401: Problem, 403: Problem},
    url_name="measure_list",
    operation_id="measure_list",
)
def measure_list(request: HttpRequest) -> Any:
    """Every measure with its figures, suppressed as for this reader."""
    by = _reader(request)
    kept = _kept(by)
    return MeasuresAnswer(measures=[_told(by, code, kept) for code in sorted(shipped())])


@router.get(
    "/measures/{code}",
    response={200: MeasureAnswer, 401: Problem, 403: Problem, 404: Problem},
    url_name="measure_detail",
    operation_id="measure_detail",
)
def measure_detail(request: HttpRequest, code: str) -> Any:
    """One measure."""
    by = _reader(request)
    if code not in shipped():
        raise Http404
    return _told(by, code, _kept(by))


def _reader(request: HttpRequest) -> Acting:
    by = acting(request, Scope.READ_MEASURES)
    check_can_see(by)
    return by


def _kept(by: Acting) -> Kept | None:
    kept = kept_figures(folder_of(by))
    looked_at(by, MEASURES_VIEWED, [f"snapshot/{kept.snapshot}"] if kept else [])
    return kept


def _told(by: Acting, code: str, kept: Kept | None) -> MeasureAnswer:
    defined = definition(code)
    figures = kept.of(by, code).now if kept is not None and code in kept.measures else ()
    return MeasureAnswer(
        code=code, version=defined.version, name_en=defined.name.en, name_cy=defined.name.cy,
        snapshot=kept.snapshot if kept else None, first=kept.first if kept else None, last=kept.last if kept else None,
        figures=[
            FigureAnswer(
                part=one.part, split=one.split, of=one.of, numerator=one.numerator, denominator=one.denominator, value=one.value,
                interval=one.interval, is_hidden=one.is_hidden, note=one.note,
            )
            for one in figures
        ],
    )  # fmt: skip
