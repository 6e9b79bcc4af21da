"""Who decides what becomes of an order before it ends, when that is warned of, and when time alone brings something.

CLK-12; REV-06, ORD-17, VIC-05.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.london import day_of, end_of, start_of
from craffu.clocks.periods import Counting, period
from craffu.orders.catalogue.kinds import Family, Kind
from craffu.orders.clocks.watches import HALF_TERM, expiry_watches
from craffu.orders.watching.kinds import What
from craffu.orders.watching.stood import Asked, Stood, in_working_days, spells

# `review.event_due_working_days`: a watch asks for a decision like any event that raises a review.
WATCH_WORKING_DAYS: Final = 5
INDEFINITE: Final = "indefinite"
# The watch from which on its end is warned of: thirty days before, or half of a short order's time.
WARNS_OF_THE_END: Final = frozenset({"30_days", HALF_TERM})
_ALREADY_PAST: Final = "_already_past"
_MONTHS: Final = 12
# Kinds that run out by themselves, of which somebody decides beforehand.
_WATCHED: Final = frozenset({Family.APPLICATION, Family.CRIMINAL, Family.VICTIMS_OWN})


def watches(kind: Kind, history: Sequence[Stood], now: datetime) -> list[Asked]:
    """CLK-12: every watch, whether somebody has decided since or not. The next takes the place of the one before."""
    found = _each_watch(kind, history, now)
    return [one for one in found if one.done_at is None or one.done_at > one.raised_at]


def watched(kind: Kind, history: Sequence[Stood], now: datetime) -> Iterator[Asked]:
    """CLK-12: somebody decides what becomes of the order. A review answers the watch that stands; once its end is decided, none
    is raised (REV-06).
    """
    for one in _each_watch(kind, history, now):
        answered_at = _answered_at(history, one.raised_at)
        if answered_at is not None and (one.done_at is None or answered_at <= one.done_at):
            yield replace(one, done_at=answered_at, is_done=True)
        else:
            yield one


def _answered_at(history: Sequence[Stood], raised_at: datetime) -> datetime | None:
    """When a review answered a watch: the first complete since it was raised. At once where the end was decided by then."""
    then = [one for one in history if one.since <= raised_at]
    if then and then[-1].is_end_decided:
        return raised_at
    before = then[-1].reviewed if then else 0
    return next((one.since for one in history if one.since > raised_at and one.reviewed > before), None)


def _each_watch(kind: Kind, history: Sequence[Stood], now: datetime) -> Iterator[Asked]:
    if kind.family not in _WATCHED:
        return

    def holds(one: Stood) -> str | None:
        if not one.is_live or one.made_at is None:
            return None
        return f"ends-{one.last_day}" if one.last_day else (INDEFINITE if one.is_indefinite else None)

    for spell in spells(history, holds):
        days = _watch_days(spell.began, now)
        for place, (on, name) in enumerate(days):
            raised_at = max(spell.began.since, start_of(on))
            following = start_of(days[place + 1][0]) if place + 1 < len(days) else None
            ended = spell.ended.since if spell.ended else None
            over = min((at for at in (following, ended) if at is not None and at <= now), default=None)
            yield Asked(
                What.WATCH, f"{spell.key}:{name}", raised_at, in_working_days(raised_at, WATCH_WORKING_DAYS),
                name.partition(":")[0], _of_the_day(spell.began), done_at=over, is_done=over is not None and over == ended,
            )  # fmt: skip


def _of_the_day(one: Stood) -> dict[str, str]:
    return {"last_day": one.last_day.isoformat()} if one.last_day else {}


def _watch_days(one: Stood, now: datetime) -> list[tuple[date, str]]:
    """The days of the watches with the name of each; of an order without end those up to now, and the one to come."""
    made_on, known_on = day_of(one.made_at or one.since), day_of(one.since)
    if one.last_day is not None:
        found = expiry_watches(made_on, max(one.last_day, made_on), known_on).watches
        return [(watch.on, watch.kind.removesuffix(_ALREADY_PAST)) for watch in found]
    reviews: list[tuple[date, str]] = []
    times = 0
    while not reviews or reviews[-1][0] <= day_of(now):
        times += 1
        on = period(made_on, CalendarLength(months=_MONTHS * times), Counting.AFTER).last_day
        if on >= known_on:
            reviews.append((on, f"{INDEFINITE}:{times}"))
    return reviews


def warns_from(kind: Kind, history: Sequence[Stood], now: datetime) -> datetime | None:
    """VIC-05: since when the end of conditions whose last day is known is warned of: from thirty days before, or half of their
    time. Nobody decides beforehand what becomes of them, so that no watch says so.
    """
    since = _warning(kind, history)
    return since if since is not None and since <= now else None


def _warning(kind: Kind, history: Sequence[Stood]) -> datetime | None:
    last = history[-1] if history else None
    if kind.family != Family.CONDITIONS or last is None or not last.is_live:
        return None
    if last.last_day is None or last.made_at is None:
        return None
    known = next(spell for spell in spells(history, _last_day_of) if spell.ended is None).began
    days = [start_of(on) for on, name in _watch_days(known, known.since) if name in WARNS_OF_THE_END]
    return max(known.since, days[-1]) if days else None


def changes_at(kind: Kind, history: Sequence[Stood], now: datetime) -> datetime | None:
    """When time alone next brings something that an order tells: a watch, be its end decided or not, the warning of the end, or
    the end itself (VIC-05, ORD-17). What is due says no word of these once somebody has decided.
    """
    comes = [one.raised_at for one in watches(kind, history, now)]
    comes += [at for at in (_warning(kind, history), _end(history)) if at is not None]
    return min((at for at in comes if at > now), default=None)


def _end(history: Sequence[Stood]) -> datetime | None:
    last = history[-1] if history else None
    return end_of(last.last_day) if last is not None and last.is_live and last.last_day is not None else None


def _last_day_of(one: Stood) -> str | None:
    return str(one.last_day) if one.is_live and one.last_day else None
