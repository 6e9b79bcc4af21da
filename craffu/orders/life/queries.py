"""Which steps somebody may take with an order as it stands, and what stands in the way of the others (ORD-09).

Each is asked of the rules with nothing given: a step that lacks only its own fields may be taken.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.queries import rank_of
from craffu.clocks.london import day_of
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.clocks.locks import DischargeLock, discharge_lock
from craffu.orders.life.rules import MISSING, NOT_FOR_THIS_TYPE, Actor, Around, is_extended_by_variation, moved
from craffu.orders.life.states import EVERY_MOVE, TABLE
from craffu.orders.models import Order
from craffu.orders.permissions import right_for
from craffu.orders.queries import OrderStory, is_known

# What the page that considers orders decides, what has no record yet, and what only our own clock does.
ELSEWHERE: Final = frozenset(
    {"open_consideration", "decide_apply", "decide_support", "decide_not_pursue", "defer", "reopen"}
)
OF_THE_CLOCK: Final = frozenset({"expire"})
# Moves that begin an order: from a case, or from the order that they follow.
FROM_A_CASE: Final = ("receive", "impose")
INTERIM: Final = "lodge_interim"
STEPS: Final = tuple(name for name in EVERY_MOVE if name not in ELSEWHERE | OF_THE_CLOCK | {"impose"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and the reason of Annex B for which it cannot be taken now; None where it can."""

    move: str
    why: str | None


def steps_of(by: Acting, story: OrderStory, now: datetime) -> list[Step]:
    """Every step of the order's kind, in the order of the table."""
    order, kind = story.order, story.kind
    rank = rank_of(by.user) if by.user else None
    made = {one.move: one for one in story.moves}
    asked, decided = made.get("request_authorisation"), made.get("decide_apply")
    around = Around(
        requested_by=asked.by.username if asked and asked.by else None,
        decided_by=decided.by.username if decided and decided.by else None,
        main_status=order.status,
        last_day=order.last_day,
        now=now,
        is_extended_by_variation=is_extended_by_variation(kind, None),
        is_known_only=is_known(order),
    )
    found = []
    for move in STEPS:
        if move == INTERIM:
            step = _interim(by, story, around)
        else:
            actor = Actor(by.actor.name, right_for(by, move), rank)
            why = moved(kind, order.status, move, actor, {}, around).why
            step = Step(move, None if why and why.startswith(MISSING) else why)
        if step.why != NOT_FOR_THIS_TYPE:
            found.append(step)
    return found


def _interim(by: Acting, story: OrderStory, around: Around) -> Step:
    """An interim order begins beside its main application: it is asked of a kind of its own, from no record."""
    interim = interim_kind(story)
    if interim is None:
        return Step(INTERIM, NOT_FOR_THIS_TYPE)
    given = {"lodged_on": day_of(around.now) if around.now else None, "main_order": True}
    return Step(
        INTERIM, moved(interim, "none", INTERIM, Actor(by.actor.name, right_for(by, INTERIM)), given, around).why
    )


def interim_kind(story: OrderStory) -> Kind | None:
    """The kind of its interim order, where that is a kind of its own."""
    code = story.kind.interim.code if story.kind.interim and not story.order.is_interim else ""
    return kind_of(code) if code in kinds() and TABLE[INTERIM].kinds.hold(code, "") else None


def lock_of(order: Order, now: datetime) -> DischargeLock:
    """The lock of ORD-16 as it holds at an instant, with nobody's consent."""
    if order.made_at is None or order.is_interim:
        return DischargeLock(None, in_lock=False, missing=())
    return discharge_lock(order.kind, day_of(order.made_at), day_of(now), concerned=["chief_officer"])
