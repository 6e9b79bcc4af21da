"""What the snapshot holds of what was due of orders: their cards, checks and reviews, and what became of their end.

MET12, MET14, MET15, MET25; X10. Cards, checks and reviews stand as they were known when the snapshot was built, and at no earlier
instant: a schedule is worked out anew from everything known, and keeps no history of itself.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.relationships import relationships_in
from craffu.clocks.london import day_of
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.figures import lacks_of_standing
from craffu.orders.life.states import OrderStatus
from craffu.orders.models import Order
from craffu.orders.monitoring.queries import monitored_orders
from craffu.orders.monitoring.schedule import Scheduled
from craffu.orders.papers.rules import MAY_LACK
from craffu.orders.queries import stories_of_orders
from craffu.orders.reviewing.due import What
from craffu.orders.reviewing.policies import REVIEWED
from craffu.orders.reviewing.queries import lapsed_unreviewed, reviews_in
from craffu.orders.watching.reading import as_known
from craffu.people.queries import described, identities, people_of_records
from craffu.victims.gap.rules import age_band
from craffu.work.models import WorkItem
from craffu.work.states import ItemState

_AT_ONCE: Final = 200
# As sources write it, and as one code; what they do not know is empty.
_SEXES: Final = {"1": "M", "M": "M", "2": "F", "F": "F", "X": "X"}
# What a suspect is to the victim, as sources write it; what else they write is another.
RELATIONSHIPS: Final = ("partner", "ex_partner", "family", "acquaintance", "neighbour", "colleague", "stranger")
OTHER: Final = "other"
# The groups of the sixteen codes that people are asked to choose from, by the letter each begins with; not stated is not known.
_ETHNICITY: Final = re.compile(r"[A-Z][0-9]")
ETHNICITIES: Final = {"W": "white", "M": "mixed", "A": "asian", "B": "black", "O": OTHER}
IN_TIME, LATE, CANCELLED, NOT_YET_DUE = "in_time", "late", "cancelled", "not_yet_due"


def _cards(by: Acting, at: datetime) -> Iterator[Row]:
    """Each order that stands, and what its card lacks."""
    for story, lacks in lacks_of_standing(by, at):
        yield {
            "order": keyed("order", story.order.reference),
            "kind": story.order.kind,
            "is_complete": not lacks,
            **{f"lacks_{name}": name in lacks for name in MAY_LACK},
            KNOWN_FROM: at,
        }


CARDS: Final = Extract(
    "cards",
    {
        "order": Holds.REFERENCE, "kind": Holds.CODE, "is_complete": Holds.YES,
        **{f"lacks_{name}": Holds.YES for name in MAY_LACK}, KNOWN_FROM: Holds.INSTANT,
    },
    _cards,
)  # fmt: skip


def _checks(by: Acting, at: datetime) -> Iterator[Row]:
    rows = Order.objects.for_user(by).filter(known_from__lte=at).order_by("id")
    for some in batched(rows.iterator(), _AT_ONCE):
        for one in monitored_orders(by, some, at).values():
            for line in one.lines:
                for check in line.checks:
                    yield {
                        "check": keyed("check", one.order.reference, line.condition.pk, check.key),
                        "order": keyed("order", one.order.reference),
                        "kind": one.order.kind,
                        "due_on": check.due_on,
                        "status": _status(check, at),
                        KNOWN_FROM: at,
                    }


def _status(check: Scheduled, at: datetime) -> str:
    if check.is_in_time:
        return IN_TIME
    if check.left_before_due:
        return CANCELLED
    return NOT_YET_DUE if check.is_open and at < check.overdue_from else LATE


_DUE: Final = {
    "order": Holds.REFERENCE, "kind": Holds.CODE, "due_on": Holds.DAY, "status": Holds.CODE, KNOWN_FROM: Holds.INSTANT,
}  # fmt: skip
CHECKS: Final = Extract("checks", {"check": Holds.REFERENCE, **_DUE}, _checks)


def _reviews_due(by: Acting, at: datetime) -> Iterator[Row]:
    """Reviews as the clock of work last left them: what was withdrawn before it was due was never due."""
    rows = WorkItem.objects.for_user(by).filter(kind=What.REVIEW.value, raised_at__lte=at).order_by("id")
    kinds = dict(Order.objects.for_user(by).values_list("reference", "kind"))
    for number, (about, state, over_at, due_at) in enumerate(rows.values_list("about", "state", "over_at", "due_at")):
        in_time = over_at is not None and over_at < due_at
        if in_time and state == ItemState.WITHDRAWN:
            continue
        yield {
            "review": keyed("review_due", about, due_at.isoformat(), number),
            "order": keyed("order", about),
            "kind": kinds.get(about, ""),
            "due_on": day_of(due_at - datetime.resolution),
            "status": IN_TIME if in_time else NOT_YET_DUE if at < due_at else LATE,
            KNOWN_FROM: at,
        }


REVIEWS_DUE: Final = Extract("reviews_due", {"review": Holds.REFERENCE, **_DUE}, _reviews_due)


def _ran_out(by: Acting, at: datetime) -> Iterator[Row]:
    """Each order that ran out, and whether anybody had decided so fourteen days before; quashed later, it did not run out."""
    rows = [
        one
        for one in Order.objects.for_user(by).filter(known_from__lte=at).select_related("case").order_by("id")
        if kind_of(one.kind).family in REVIEWED
    ]
    reviews = reviews_in(by, [one.pk for one in rows], at)
    for pk, story in stories_of_orders(by, rows, at).items():
        for place, move in enumerate(story.moves):
            then = as_known(story, move.known_from).order
            if move.to_status != OrderStatus.EXPIRED or then.last_day is None:
                continue
            after = story.moves[place + 1] if place + 1 < len(story.moves) else None
            yield {
                "order": keyed("order", then.reference),
                "kind": then.kind,
                "last_day": then.last_day,
                "is_unreviewed": lapsed_unreviewed(then, reviews.get(pk, ()), story.noted),
                KNOWN_FROM: move.known_from,
                KNOWN_UNTIL: after.known_from if after else None,
            }


RAN_OUT: Final = Extract(
    "ran_out",
    {
        "order": Holds.REFERENCE, "kind": Holds.CODE, "last_day": Holds.DAY, "is_unreviewed": Holds.YES,
        KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT,
    },
    _ran_out,
)  # fmt: skip


def _ages(by: Acting, at: datetime) -> Iterator[Row]:
    """How old each respondent was, in bands, on the day on which the order was made; their sex, the group of their ethnicity as
    they define it, and what they are to the victim of its case, as sources say now.
    """
    rows = Order.objects.for_user(by).filter(known_from__lte=at, made_at__isnull=False).order_by("id")
    rows = rows.select_related("respondent")
    orders = [one for one in rows if kind_of(one.kind).family in REVIEWED]
    people = people_of_records(by, {one.respondent_id for one in orders}, at)
    known = identities(by, set(people.values()), at)
    said = described(by, {one.respondent_id for one in orders}, at)
    related = relationships_in(
        by, {one.case_id for one in orders if one.case_id}, {one.respondent.source_key for one in orders}, at
    )
    for one in orders:
        person = people.get(one.respondent_id)
        who = known.get(person.pk) if person else None
        yield {
            "order": keyed("order", one.reference),
            "age": age_band(who.born_on, day_of(one.made_at)) if who and one.made_at else "",
            "sex": _SEXES.get(who.sex, "") if who else "",
            "ethnicity": _ethnicity(said.get(one.respondent_id, ("", "", ""))[2]),
            "relationship": _relationship(
                related.get((one.case_id or 0, one.respondent.source, one.respondent.source_key), "")
            ),
            KNOWN_FROM: at,
        }


def _ethnicity(said: str) -> str:
    code = said.strip().upper()
    return ETHNICITIES.get(code[:1], "") if _ETHNICITY.fullmatch(code) else ""


def _relationship(said: str) -> str:
    code = said.strip().casefold().replace(" ", "_").replace("-", "_")
    return code if not code or code in RELATIONSHIPS else OTHER


AGES: Final = Extract(
    "ages",
    {
        "order": Holds.REFERENCE, "age": Holds.CODE, "sex": Holds.CODE, "ethnicity": Holds.CODE, "relationship": Holds.CODE,
        KNOWN_FROM: Holds.INSTANT,
    },
    _ages,
)  # fmt: skip

TABLES: Final = (AGES, CARDS, CHECKS, REVIEWS_DUE, RAN_OUT)
