"""An order in force that is to be reviewed, a view of whoever it protects, and the answers of a reviewer."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order, OrderReview
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.reviewing.actions import complete_review
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.queries import reviews_of, reviews_version
from craffu.people.queries import people_of_records
from craffu.victims.models import View
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject
from tests.factories.orders import MADE, considered, notified, received, scanned

WORDS: Final = "I still see him near my work"
REASON: Final = "Two sightings since the last review"


def in_force(
    system: Acting, team: Acting, folder: Path, number: int = 1, kind: str = "SPO", *, is_notified: bool = True, **made: Any
) -> Order:  # fmt: skip
    """An order of this kind, made and served, with the victim of its case protected by it; its respondent notified in time."""
    order = received(team, considered(system, folder, kind, number).reference, MADE, **made)
    return serve(team, order, is_notified=is_notified)


def serve(team: Acting, order: Order, at: datetime = MADE + timedelta(hours=1), *, is_notified: bool = True) -> Order:
    scanned(team, order)
    given = Given(served_at=at, place="home", method="personal", server="PC 44 Rees", proof="Statement")
    served = move_order(by=team, order=order.reference, move="serve", given=given)
    return notified(team, served) if is_notified else served


def victim_of(by: Acting, order: Order) -> str:
    """The reference of the first whom an order protects."""
    record = protected(by, order)
    return people_of_records(by, [record])[record].reference


def protected(by: Acting, order: Order) -> int:
    return story_of_order(by, order).protected[0]


def view_of(by: Acting, order: Order, words: str = WORDS, **said: Any) -> View:
    """Her view of an order, of this minute, which the orders team may read."""
    now = clock.now()
    notice = ReadersNotice(NOTICE_VERSION, "en", now - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    given = NewView(Subject.REVIEW, words, "en", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,))
    return record_view(by=by, victim=victim_of(by, order), given=replace(given, **said))


def answers(record: int, kind: str = "given", decision: str = "continue", **heard: Any) -> Answers:
    """The answers of a reviewer who has read everything, about one protected person."""
    return Answers(
        is_read=True, heard=(Heard(record, kind, **heard),), effect="It is why the order stays", decision=decision,
        reason=REASON,
    )  # fmt: skip


def version(by: Acting, order: Order) -> str:
    return reviews_version(reviews_of(by, order))


def reviewed(by: Acting, order: Order, given: Answers, now: datetime | None = None) -> OrderReview:
    """The order reviewed so, or put to a supervisor."""
    found = find_order(by, order.reference)
    assert found is not None
    return complete_review(by=by, order=order.reference, answers=given, seen=version(by, found), now=now)
