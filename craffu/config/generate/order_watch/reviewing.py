"""When each review of an order was due, whether it was made by then, who spoke in it and what it decided."""

from datetime import date
from typing import Final

from craffu.config.generate.chance import Lots
from craffu.config.generate.days import A_DAY, day_of, number
from craffu.config.generate.order_watch.held import ReviewDue, ReviewMade, Watched
from craffu.config.generate.tables import weights
from craffu.config.generate.witness_care.hours import working_day_after

_FIRST, _NEXT, _BEFORE_END, _EVENT = 28, 28, 14, 5
_PUT, _AGREED, _ASKED_COURT = 960, 990, 600
ENDS_OR_RELAXES: Final = frozenset({"relax", "discharge", "let_expire"})
DECIDES: Final = frozenset({*ENDS_OR_RELAXES, "vary", "renew"})
_CHANGES_NOTHING: Final = frozenset({"continue", "escalate"})


def _watches(held: Watched, last_day: int) -> list[int]:
    """The minutes at which somebody is asked to think of the end; what was past when the order became known asks for none."""
    known = held.known // A_DAY
    found: list[int] = []
    if held.last_day is None:
        made, years = day_of(held.made), 0
        while not found or found[-1] <= last_day:
            years += 1
            found.append(_years_on(made, years))
    elif held.last_day - held.made + 1 < 90:
        found = [held.made + (held.last_day - held.made + 1) // 2]
    else:
        found = [held.last_day - days for days in (90, 60, 30)]
    return [day * A_DAY for day in found if day * A_DAY > held.known and day > known]


def _years_on(made: date, years: int) -> int:
    """The same day of a later year; the last of February stays in February."""
    is_leap_day = (made.month, made.day) == (2, 29)
    return number(made.replace(year=made.year + years, day=28 if is_leap_day else made.day))


class _Reviews:
    def __init__(self, lots: Lots, held: Watched, last_day: int) -> None:
        self._lots, self._held, self._last = lots, held, last_day
        self._events = sorted(
            [
                *_watches(held, last_day),
                *(one.lodged * A_DAY + _ASKED_COURT for one in held.sought if _is_told(one.change)),
            ]
        )
        self._events = [at for at in self._events if at > held.known]
        self._since = held.known
        self._done: int | None = None
        self._decided = ""

    def due(self, at: int) -> int | None:
        """The day by which the next review is due, by what is known at a minute."""
        held = self._held
        days = [working_day_after(one // A_DAY, _EVENT) for one in self._events if self._since < one <= at]
        if self._done is not None:
            days.append(self._done // A_DAY + _NEXT)
        elif held.service_known is not None and held.service_known <= at and held.served is not None:
            days.append(held.served + _FIRST)
        if held.last_day is not None and self._decided not in DECIDES:
            days.append(held.last_day - _BEFORE_END)
        return min(days, default=None)

    def go(self) -> None:
        held, times = self._held, 0
        end = min((held.ends_known or (self._last + 1) * A_DAY), (self._last + 1) * A_DAY)
        while True:
            draw = held.at * 100 + times
            closed = self._made(draw, end)
            if closed is None:
                break
            held.reviews.append(closed)
            asked = self.due(closed.put)
            if asked is not None:
                status = "on_time" if closed.closed < (asked + 1) * A_DAY else "late"
                held.reviews_due.append(ReviewDue(asked, status, closed.closed))
            self._since, self._done = closed.put, closed.closed
            self._decides(closed.decision)
            times += 1
        due_day = self.due(end - 1)
        if due_day is not None and due_day <= self._last and (due_day + 1) * A_DAY <= end:
            held.reviews_due.append(ReviewDue(due_day, "missed"))

    def _decides(self, decision: str) -> None:
        if self._held.last_day is None:
            return
        if decision in DECIDES:
            # The first decision says when; what takes protection away is taken back by one that goes on.
            self._decided = decision if self._decided in ("", "discharge", "let_expire") else self._decided
        elif self._decided in ("discharge", "let_expire"):
            self._decided = ""

    def _made(self, draw: int, end: int) -> ReviewMade | None:
        """The next review as it was made, if it was before the order was over."""
        due = self.due(self._since)
        due = self.due((self._last + 1) * A_DAY) if due is None else due
        how = self._lots.pick("review", draw, weights("order_watch.review"))
        if due is None or how == "never":
            return None
        day = (
            due - self._lots.between("early", draw, 0, 6)
            if how == "on_time"
            else due + self._lots.between("late", draw, 1, 8)
        )
        day = max(day, self._since // A_DAY + 3)
        put = day * A_DAY + _PUT
        if put + 60 >= end:
            return None
        return self._heard(draw, put)

    def _heard(self, draw: int, put: int) -> ReviewMade:
        held, lots = self._held, self._lots
        near_end = held.last_day is not None and held.last_day - put // A_DAY <= 95 and self._decided not in DECIDES
        decision = lots.pick(
            "decision", draw, weights("order_watch.decision_near_end" if near_end else "order_watch.decision")
        )
        if held.last_day is None and decision in ("renew", "let_expire"):
            decision = "continue"
        voice = lots.pick("voice", draw, weights("order_watch.voice"))
        answers = held.asking == "do_not_ask" or (held.asking == "before_change" and decision in _CHANGES_NOTHING)
        if voice == "standing_wish" and (decision in ENDS_OR_RELAXES or not answers):
            voice = "given"
        needs_another = decision in ENDS_OR_RELAXES or voice == "unsafe_to_ask"
        wants = ""
        if voice == "given" and lots.hit("wants", draw, 0.3):
            wants = lots.one_of("wants what", draw, ("continue", "vary", "renew"))
        return ReviewMade(put, put // A_DAY * A_DAY + _AGREED if needs_another else None, decision, voice, wants)


def _is_told(change: str) -> bool:
    """Whom the order protects is told that a court was asked to end it."""
    return change == "discharge"


def review(lots: Lots, held: Watched, last_day: int) -> None:
    """Fills in the reviews that were made of an order and when each was due, up to the end of the last day."""
    _Reviews(lots, held, last_day).go()
