"""What the snapshot holds of how orders came about: cases considered, requests for authority, applications, changes asked for.

MET02 to MET07, MET26; X10. An application begins as it is lodged; a refusal granted on appeal is a grant (MSR-05).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import batched
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.clocks.london import day_of, due
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering.reading import cases_told
from craffu.orders.figures import changes_of, known_orders
from craffu.orders.life.stages import LODGED
from craffu.orders.models import Order, OrderMove
from craffu.orders.reviewing.policies import REVIEWED

CONSIDERED_KIND: Final = "SPO"
# `orders.consider_within`
_CONSIDER_WITHIN: Final = timedelta(hours=48)
_CASES_AT_ONCE: Final = 500
GRANTED, REFUSED, WITHDRAWN = "granted", "refused", "withdrawn"
_RESULTS: Final = {
    "grant": GRANTED, "receive": GRANTED, "grant_on_appeal": GRANTED, "refuse": REFUSED, "withdraw": WITHDRAWN,
}  # fmt: skip
_ON_APPEAL: Final = "grant_on_appeal"


def _considered(by: Acting, at: datetime) -> Iterator[Row]:
    """Each case of stalking, and when a decision on a stalking protection order was first recorded in it."""
    cases = Case.objects.for_user(by).filter(known_from__lte=at).order_by("id").values_list("pk", flat=True)
    for some in batched(cases.iterator(), _CASES_AT_ONCE):
        for told in cases_told(by, some, at).values():
            if told.stalking_since is None:
                continue
            decided = [one.at for one in told.decisions if one.kind == CONSIDERED_KIND]
            yield {
                "case": keyed("case", told.reference),
                "opened_on": day_of(told.opened_at),
                "decide_by": due(told.opened_at, _CONSIDER_WITHIN),
                "decided_at": min(decided, default=None),
                KNOWN_FROM: max(told.opened_at, told.known_from, told.stalking_since),
            }


CONSIDERED: Final = Extract(
    "considered",
    {
        "case": Holds.REFERENCE, "opened_on": Holds.DAY, "decide_by": Holds.INSTANT, "decided_at": Holds.INSTANT,
        KNOWN_FROM: Holds.INSTANT,
    },
    _considered,
)  # fmt: skip


def _moves(by: Acting, at: datetime) -> Iterator[tuple[Order, list[OrderMove]]]:
    """Each order of a court with its moves, in their order."""
    rows = OrderMove.objects.for_user(by).filter(known_from__lte=at).select_related("order").defer("words")
    several: list[OrderMove] = []
    for one in rows.order_by("order_id", "number"):
        if several and several[0].order_id != one.order_id:
            yield several[0].order, several
            several = []
        several.append(one)
    if several:
        yield several[0].order, several


def _of_a_court(by: Acting, at: datetime) -> list[tuple[Order, list[OrderMove]]]:
    return [(order, several) for order, several in _moves(by, at) if kind_of(order.kind).family in REVIEWED]


def _requests(by: Acting, at: datetime) -> Iterator[Row]:
    """Every request for authority to apply that was decided; one returned for more work was not."""
    for order, several in _of_a_court(by, at):
        for one in several:
            if one.move in ("authorise", "decline"):
                yield {
                    "request": keyed("request", order.reference, one.number),
                    "order": keyed("order", order.reference),
                    "kind": order.kind,
                    "decided_on": day_of(one.happened_at),
                    "is_declined": one.move == "decline",
                    KNOWN_FROM: one.known_from,
                }


REQUESTS: Final = Extract(
    "requests",
    {
        "request": Holds.REFERENCE, "order": Holds.REFERENCE, "kind": Holds.CODE, "decided_on": Holds.DAY,
        "is_declined": Holds.YES, KNOWN_FROM: Holds.INSTANT,
    },
    _requests,
)  # fmt: skip


@dataclass(slots=True)
class _Application:
    """One application for a full order, from when it was lodged; its end while it has one."""

    lodged: OrderMove
    end: OrderMove | None = None
    at_hearing: bool = False

    def covers(self, interim: OrderMove) -> bool:
        """Whether an interim order was asked for in it: from its lodging on, and before it was decided."""
        if day_of(interim.happened_at) < day_of(self.lodged.happened_at):
            return False
        return self.end is None or interim.happened_at <= self.end.happened_at


def _rounds(moves: Sequence[OrderMove]) -> list[_Application]:
    """The applications of an order by its moves: one that is thought about anew after its end may be lodged anew."""
    found: list[_Application] = []
    hearing: date | None = None
    for one in moves:
        if one.move in LODGED:
            found.append(_Application(one))
        elif one.move in _RESULTS and found and (found[-1].end is None or one.move == _ON_APPEAL):
            found[-1].end = one
            found[-1].at_hearing = one.move == "withdraw" and day_of(one.happened_at) == hearing
        hearing = _day(one.said.get("next_hearing_on")) or hearing
    return found


def _day(said: object) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def _applications(by: Acting, at: datetime) -> Iterator[Row]:
    """Applications for full orders; an interim one belongs to the full one that it follows."""
    read = _of_a_court(by, at)
    interims: dict[int, list[list[OrderMove]]] = {}
    for order, several in read:
        if order.main_id is not None:
            interims.setdefault(order.main_id, []).append(several)
    for order, several in read:
        if order.main_id is not None or order.is_interim:
            continue
        beside = interims.get(order.pk, [])
        instants = {one.known_from for one in (*several, *(each for moves in beside for each in moves))}
        for number in range(len(_rounds(several))):
            yield from spans(instants, partial(_applied, order, several, beside, number))


def _applied(
    order: Order, moves: Sequence[OrderMove], interims: Sequence[Sequence[OrderMove]], number: int, at: datetime
) -> Row | None:
    found = _rounds([one for one in moves if one.known_from <= at])
    if number >= len(found):
        return None
    mine = found[number]
    asked, is_made = [], False
    for several in interims:
        known = [one for one in several if one.known_from <= at]
        lodged = next((one for one in known if one.move in LODGED and mine.covers(one)), None)
        if lodged is not None:
            asked.append(day_of(lodged.happened_at))
            is_made |= any(_RESULTS.get(one.move) == GRANTED for one in known)
    return {
        "application": keyed("application", order.reference, number),
        "order": keyed("order", order.reference),
        "kind": order.kind,
        "lodged_on": day_of(mine.lodged.happened_at),
        "interim_on": min(asked, default=None),
        "is_interim_made": is_made,
        "result": _RESULTS[mine.end.move] if mine.end else "",
        "ended_on": day_of(mine.end.happened_at) if mine.end else None,
        "is_at_hearing": mine.at_hearing,
    }


APPLICATIONS: Final = Extract(
    "applications",
    {
        "application": Holds.REFERENCE, "order": Holds.REFERENCE, "kind": Holds.CODE, "lodged_on": Holds.DAY,
        "interim_on": Holds.DAY, "is_interim_made": Holds.YES, "result": Holds.CODE, "ended_on": Holds.DAY,
        "is_at_hearing": Holds.YES, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT,
    },
    _applications,
)  # fmt: skip


def _changes(by: Acting, at: datetime) -> Iterator[Row]:
    """Every change that a court granted or refused; a renewal by variation is a renewal."""
    for story in known_orders(by, at):
        for number, one in enumerate(changes_of(story)):
            yield {
                "change": keyed("change", story.order.reference, number),
                "order": keyed("order", story.order.reference),
                "kind": story.order.kind,
                "what": one.what,
                "applicant": one.applicant,
                "determined_on": one.on,
                "is_granted": one.is_granted,
                "is_by_variation": one.is_by_variation,
                KNOWN_FROM: one.known_from,
            }


CHANGES: Final = Extract(
    "changes",
    {
        "change": Holds.REFERENCE, "order": Holds.REFERENCE, "kind": Holds.CODE, "what": Holds.CODE, "applicant": Holds.CODE,
        "determined_on": Holds.DAY, "is_granted": Holds.YES, "is_by_variation": Holds.YES, KNOWN_FROM: Holds.INSTANT,
    },
    _changes,
)  # fmt: skip

TABLES: Final = (CONSIDERED, REQUESTS, APPLICATIONS, CHANGES)
