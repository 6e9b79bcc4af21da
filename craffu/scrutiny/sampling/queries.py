"""Frames counted live and as they froze, and samples as they stand; nothing here reads an answer (P28, SCR-01)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import holders_of
from craffu.access.reach.queries import placements
from craffu.cases.models import Case, CaseVersion
from craffu.cases.risk.kinds import of_the_kind
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import Order
from craffu.scrutiny.interviewing.permissions import CASEWORK
from craffu.scrutiny.models import FrameCase, Sample, SampleCase, SampleFrozen
from craffu.scrutiny.reviewing.permissions import REVIEWERS
from craffu.scrutiny.sampling.kinds import Frame, Inclusion, Strata
from craffu.scrutiny.sampling.left_out import left_out
from craffu.scrutiny.sampling.rules import (
    LEAST_IN_A_STRATUM,
    Allocated,
    Allocation,
    Shows,
    Size,
    Stratum,
    allocate,
    draw_strata,
    frame_hash,
    second_size,
    shows,
    size_for,
)

ALL, UNPLACED = "all", "no_area"


@dataclass(frozen=True, slots=True)
class Framed:
    """References by stratum, each sorted, and how many more would fit, in which the use of somebody's data is restricted."""

    strata: dict[str, list[str]]
    left_out: int


def frame_now(by: Acting, inclusion: Inclusion, strata: Strata) -> dict[str, list[str]]:
    """The references that fit the rule at this moment, by stratum, each sorted."""
    return framed_now(by, inclusion, strata).strata


def framed_now(by: Acting, inclusion: Inclusion, strata: Strata) -> Framed:
    """What fits the rule at this moment. Records that are not open to `by` are not among it, and not counted (SEC-02, SEC-11)."""
    fits = _cases(by, inclusion) if inclusion.of is Frame.STALKING_OPENED else _orders(by)
    without = left_out(by, inclusion.unit)
    found = {ref: kind for ref, kind in fits.items() if ref not in without}
    split: dict[str, list[str]] = {}
    if strata is Strata.AREA:
        stand = placements(by.force, "case", found)
        for ref in sorted(found):
            place = stand.get(ref)
            split.setdefault(place.area.code if place and place.area else UNPLACED, []).append(ref)
    else:
        for ref in sorted(found):
            split.setdefault(found[ref] if strata is Strata.KIND else ALL, []).append(ref)
    return Framed({name: split[name] for name in sorted(split)}, len(fits) - len(found))


def _cases(by: Acting, inclusion: Inclusion) -> Mapping[str, str]:
    """Cases of stalking or harassment whose first report fell into the period. Four queries."""
    since, until = inclusion.since or date.min, inclusion.until or date.max
    first = CaseVersion.objects.for_user(by).order_by().values("case_id").annotate(at=Min("reported_at"))
    opened = {row["case_id"] for row in first if since <= day_of(row["at"]) <= until}
    wanted = of_the_kind(by, opened)
    rows = Case.objects.for_user(by).filter(pk__one_of=frozenset(wanted))
    return dict.fromkeys(rows.values_list("reference", flat=True), ALL)


def _orders(by: Acting) -> Mapping[str, str]:
    """Orders in force now, with their kinds. One query."""
    return dict(Order.objects.for_user(by).filter(status=OrderStatus.IN_FORCE).values_list("reference", "kind"))


@dataclass(frozen=True, slots=True)
class Advice:
    """How many are drawn of how many, of each stratum, and what so many can and cannot show (SCR-03, SCR-04, SCR-07)."""

    strata: Mapping[str, int]
    population: int
    advised: Size
    allocated: Allocated
    shows: Shows
    second: int


def advice(strata: Mapping[str, int], wanted: int | None, how: Allocation) -> Advice | None:
    """None of an empty frame. What is small is taken whole whatever is wanted."""
    population = sum(strata.values())
    if not population:
        return None
    advised = size_for(population)
    number = advised.number if advised.is_census or wanted is None else min(wanted, population)
    least = LEAST_IN_A_STRATUM if len(strata) > 1 else 1
    shared = allocate([Stratum(name, size) for name, size in strata.items()], number, how, least)
    return Advice(strata, population, advised, shared, shows(shared.number, population), second_size(shared.number))


def samples(by: Acting) -> Any:
    """Every sample of the force, the last first, with how far each is."""
    rows = Sample.objects.for_user(by).select_related("by", "frozen", "frozen__by", "reviewers", "seeded", "seeded__by")
    return rows.order_by("-id")


def find_sample(by: Acting, reference: str) -> Sample | None:
    found: Sample | None = samples(by).filter(reference=reference).first()
    return found


def frame_of(by: Acting, frozen: SampleFrozen) -> dict[str, list[str]]:
    """The frame as it froze, by stratum in the order of names."""
    split: dict[str, list[str]] = {}
    rows = FrameCase.objects.for_user(by).filter(frame=frozen).order_by("stratum", "reference")
    for ref, stratum in rows.values_list("reference", "stratum"):
        split.setdefault(stratum, []).append(ref)
    return split


def drawn_in(by: Acting, sample: Sample) -> list[SampleCase]:
    """Every case ever drawn, in order, with what it was replaced for. Those in their places stand among them."""
    rows = (
        SampleCase.objects.for_user(by).filter(sample=sample).select_related("replaced", "replaced__by", "instead_of")
    )
    return list(rows.order_by("number"))


def is_drawn_again(by: Acting, sample: Sample, drawn: Iterable[SampleCase]) -> bool:
    """Whether what is stored of a sample that was drawn draws the same cases again, in the same order (SCR-02). One query.

    The frame has the hash that was written down before there was a seed; whoever came in another's place is by that order too.
    """
    frame, frozen, cases = frame_of(by, sample.frozen), sample.frozen, list(drawn)
    if frame_hash([ref for refs in frame.values() for ref in refs]) != frozen.sha256:
        return False
    strata = draw_strata(frame, frozen.sizes, sample.seeded.seed)
    wanted = [ref for one in strata for ref in one.draw.drawn]
    first = [case.reference for case in cases if case.instead_of_id is None]
    instead = {
        one.name: [case.reference for case in cases if case.instead_of_id and case.stratum == one.name]
        for one in strata
    }
    return first == wanted and all(
        list(one.draw.following)[: len(instead[one.name])] == instead[one.name] for one in strata
    )


def standing_in(drawn: Iterable[SampleCase]) -> list[SampleCase]:
    """Those that were not replaced."""
    return [one for one in drawn if not hasattr(one, "replaced")]


def may_review(by: Acting) -> dict[str, User]:
    """By account name everybody who may be named as a reviewer: no right of theirs is one of casework. Two queries."""
    at_work = {one.pk for one in holders_of(by, CASEWORK)}
    return {one.username: one for one in holders_of(by, REVIEWERS) if one.pk not in at_work}
