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
    one = kept.of(by, code) if kept is not None and code in kept.measures else None
    return MeasureAnswer(
        code=code, version=one.version if one else defined.version,
        definition_sha256=one.sha256 if one else defined.sha256, name_en=defined.name.en, name_cy=defined.name.cy,
        question_en=defined.question.en, question_cy=defined.question.cy, unit=defined.unit.value, time=defined.kind.value,
        statistic=defined.statistic.value, traps_en=[each.en for each in defined.traps],
        traps_cy=[each.cy for each in defined.traps], snapshot=kept.snapshot if kept else None,
        snapshot_sha256=kept.digest if kept else None, known_at=kept.at if kept else None, first=kept.first if kept else None,
        last=kept.last if kept else None, is_of_now=one is not None and one.is_of_now,
        told_to=kept.to(by, code).value if kept is not None and one is not None else None,
        figures=[
            FigureAnswer(
                part=figure.part, split=figure.split, of=figure.of, numerator=figure.numerator,
                denominator=figure.denominator, value=figure.value, interval=figure.interval, is_hidden=figure.is_hidden,
                note=figure.note,
            )
            for figure in (one.now if one else ())
        ],
    )  # fmt: skip
