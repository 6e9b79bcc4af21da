"""Stalking Champions for programs: whose training stands, who is there now, and how shifts were covered (P38; RES-01, RES-02)."""

from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.champion_answers import ChampionAnswer, ChampionsAnswer, CoverageAnswer, ThereNow
from craffu.api.opening import acting, looked_at
from craffu.api.schemas import Problem
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.published.rules import Count, share
from craffu.resourcing import events
from craffu.resourcing.champions.queries import (
    Member,
    Present,
    Roll,
    covered,
    members_on,
    present_at,
    roll_of,
    scheduled,
)
from craffu.resourcing.champions.rules import is_lapsing
from craffu.resourcing.permissions import check_can_read_champions, check_can_read_coverage
from craffu.resourcing.staff.queries import last_heard

# Four weeks and today, as on the page.
BACK: Final = timedelta(days=27)

router = Router(tags=["champions"])


@router.get(
    "/champions",
    response={200: ChampionsAnswer, 401: Problem, 403: Problem},
    url_name="champion_list",
    operation_id="champion_list",
)
def champion_list(request: HttpRequest) -> Any:
    """Who is a Stalking Champion today and can be reached now, and how the shifts of four weeks were covered."""
    by = acting(request, Scope.READ_CHAMPIONS)
    check_can_read_coverage(by)
    now = clock.now()
    today, roll = day_of(now), roll_of(by)
    members = members_on(by, roll, today) if allows(check_can_read_champions, by) else None
    # Of several turns the surest is told.
    there = {one.staff_ref: one for one in reversed(present_at(by, roll, now))} if members else {}
    looked_at(by, events.CHAMPIONS_VIEWED, [f"staff/{one.staff_ref}" for one in members or ()])
    return ChampionsAnswer(
        as_of=last_heard(by), coverage=_coverage(by, roll, today),
        champions=None if members is None else [_champion(one, there.get(one.staff_ref), today) for one in members],
    )  # fmt: skip


def _coverage(by: Acting, roll: Roll, today: date) -> CoverageAnswer:
    now = clock.now()
    found = covered(one for one in scheduled(by, roll, today - BACK, today) if one.slot.starts_at <= now)
    told = share(Count(found.numerator), Count(found.denominator))
    return CoverageAnswer(
        first=today - BACK, last=today, covered=found.numerator, shifts=found.denominator, share=told.value,
        interval=told.interval,
    )  # fmt: skip


def _champion(one: Member, there: Present | None, today: date) -> ChampionAnswer:
    stands = one.standing
    return ChampionAnswer(
        staff_ref=one.staff_ref, role=one.role, station=one.station, is_current=stands.current,
        why_not=stands.why.value if stands.why else None, current_until=stands.current_until,
        is_lapsing=is_lapsing(stands, today),
        now=ThereNow(how=there.there.value, station=there.station, until=there.until) if there else None,
    )  # fmt: skip
