"""What a reviewer looks at before they decide: everything that happened since the last review (page map, P15, page 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import RiskEvent, RiskObservation
from craffu.cases.risk.queries import case_risk
from craffu.orders.following.queries import FollowUp, follow_ups
from craffu.orders.models import CheckMade, Condition, OrderMove, OrderNoted, ServiceAttempt
from craffu.orders.monitoring.queries import monitored_stories
from craffu.orders.monitoring.schedule import Scheduled
from craffu.orders.notifying.queries import Received, received_under
from craffu.orders.queries import OrderStory
from craffu.orders.reviewing.queries import Reviewed
from craffu.orders.reviewing.reading import Stands, born_of, put_last, stands
from craffu.orders.reviewing.voices import AtHand, at_hand
from craffu.orders.watching.reading import as_known, history
from craffu.victims.contacts.rules import SPEAKS_TO_NOBODY
from craffu.victims.models import Contact
from craffu.victims.queries import standing as said_last


@dataclass(frozen=True, slots=True)
class Contacts:
    """How often somebody whom the order protects was spoken with since the last review, and how often nobody was there."""

    reached: int
    tried: int


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of the order since the last review: those made, and those whose day went by without one."""

    made: tuple[CheckMade, ...]
    missed: tuple[tuple[Condition, Scheduled], ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Why a review is due now, and what there is to look at. `since` is when the last was put forward, None for the first.

    `grade_then` is the grade that stood at the last review, or when the order was made; empty where none did.
    """

    since: datetime | None
    standing: Stands
    grade_then: str
    grade_now: str
    happened: tuple[RiskEvent, ...]
    observed: tuple[RiskObservation, ...]
    moves: tuple[OrderMove, ...]
    attempts: tuple[ServiceAttempt, ...]
    noted: tuple[OrderNoted, ...]
    hands: tuple[AtHand, ...]
    contacts: dict[int, Contacts]
    checks: Checks
    follow_ups: tuple[FollowUp, ...]
    notified: tuple[Received, ...]


def gathered(by: Acting, story: OrderStory, reviews: Sequence[Reviewed], now: datetime) -> Gathered:
    """Everything at once. Fifty-four queries at most, however much has happened."""
    since = put_last(reviews)
    risk = case_risk(by, story.order.case, now) if story.order.case else None
    born = born_of(by, [story.order]).get(story.order.pk)
    standing = stands(story, history(story, None, (), (), reviews), reviews, risk, born, now)
    then = risk.standing(standing.since).grade if risk else None
    today = risk.standing(now).grade if risk else None
    hands = tuple(at_hand(by, story.protected, since, now))
    return Gathered(
        since=since,
        standing=standing,
        grade_then=then.value if then else "",
        grade_now=today.value if today else "",
        happened=tuple(one for one in risk.events if one.known_from > standing.since) if risk else (),
        observed=risk.observations if risk else (),
        moves=tuple(one for one in story.moves if one.known_from > standing.since),
        attempts=tuple(one for one in story.attempts if one.known_from > standing.since),
        noted=tuple(one for one in story.noted if one.known_from > standing.since),
        hands=hands,
        contacts=_contacts(by, hands, standing.since),
        checks=_checks(by, story, standing.since, now),
        follow_ups=tuple(
            one
            for one in follow_ups(by, [story.order.pk]).get(story.order.pk, ())
            if one.row.known_from > standing.since
        ),
        notified=tuple(
            one
            for one in received_under(by, [story.order.pk]).get(story.order.pk, ())
            if one.row.known_from > standing.since
        ),
    )


def _checks(by: Acting, story: OrderStory, since: datetime, now: datetime) -> Checks:
    """A check made late is both: made, and missed (MON-04)."""
    one = monitored_stories(by, {story.order.pk: as_known(story, now)}, now)[story.order.pk]
    return Checks(
        tuple(check for check in one.made if check.known_from > since),
        tuple(
            (line.condition, check)
            for line in one.lines
            for check in line.checks
            if since < check.overdue_from and check.was_missed(now)
        ),
    )


def _contacts(by: Acting, hands: Sequence[AtHand], since: datetime) -> dict[int, Contacts]:
    """By the record under which the order names them. One query."""
    whose = {record: hand.record for hand in hands if hand.victim for record in hand.victim.records}
    rows = Contact.objects.for_user(by).filter(record__in=sorted(whose), at__gt=since).defer("told", "response")
    said = said_last(rows.order_by("id"))
    spoke = (one for one in said if not (one.was_reached and one.channel in SPEAKS_TO_NOBODY))
    made = [(whose[one.record_id], one.was_reached) for one in spoke]
    return {hand.record: Contacts(made.count((hand.record, True)), made.count((hand.record, False))) for hand in hands}
