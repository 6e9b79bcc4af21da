"""Somebody with an order in force, and the answers of whoever makes a plan for them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders.models import Order
from craffu.people.queries import find_person, people_of_records, records_of
from craffu.prevention.models import Plan, PlanAction, PlanApproved, PlanVersion
from craffu.prevention.planning.actions import add_plan_action, approve_plan, begin_plan, put_plan
from craffu.prevention.planning.facts import Answers, Asked, Decided, NewAction
from craffu.prevention.planning.gathering import to_be_asked
from craffu.prevention.planning.kinds import Consulted, Forum
from craffu.prevention.planning.queries import PlanStory, open_plan, plan_version, plans_of
from craffu.prevention.planning.rules import Choice, Option

OBJECTIVES: Final = "He keeps away from her home and her work"
SAFETY: Final = "Alarm fitted, and her school told"
HOW_USED: Final = "The order is varied to name her work"
WHY_NOT: Final = "Nothing that he did so far calls for it"
DONE: Final = "He was seen at home and told so"


def respondent_of(by: Acting, order: Order) -> str:
    """The reference of whoever an order is against."""
    return people_of_records(by, [order.respondent_id])[order.respondent_id].reference


def story_of(by: Acting, person: str) -> PlanStory:
    found = find_person(by, person)
    assert found is not None
    story = open_plan(plans_of(by, found))
    assert story is not None
    return story


def version(by: Acting, person: str) -> str:
    return plan_version(story_of(by, person))


def asked_of(by: Acting, person: str) -> list[int]:
    """The records of those who are to be asked."""
    found = find_person(by, person)
    assert found is not None
    return [record for record, _identity in to_be_asked(by, records_of(by, found))]


def answers(by: Acting, person: str, owner: User, *used: Option, **said: Any) -> Answers:
    """Everything answered: these options are used, the order alone where none is named, and whoever is protected was asked."""
    uses = used or (Option.ORDER,)
    decided = tuple(
        Decided(option.value, Choice.USE.value, HOW_USED) if option in uses
        else Decided(option.value, Choice.NOT_USED.value, WHY_NOT)
        for option in Option
    )  # fmt: skip
    yesterday = (day_of(clock.now()) - timedelta(days=1)).isoformat()
    asked = tuple(Asked(one, Consulted.BY_PHONE.value, yesterday) for one in asked_of(by, person))
    given = Answers(OBJECTIVES, SAFETY, decided, "", asked, owner.username)
    if Option.MULTI_AGENCY_REFERRAL in uses:
        given = given.having(replace(given.of(Option.MULTI_AGENCY_REFERRAL), forums=(Forum.MATAC.value,)))
    return replace(given, **said)


def acted(by: Acting, person: str, owner: User, due_on: date, **said: Any) -> PlanAction:
    given = NewAction(
        "Visit him at home and say what the order forbids", owner.username, due_on, behaviour="Drives past her home"
    )
    return add_plan_action(by=by, person=person, given=replace(given, **said))


def begun(by: Acting, person: str) -> Plan:
    return begin_plan(by=by, person=person)


def put(by: Acting, person: str, given: Answers) -> PlanVersion:
    return put_plan(by=by, person=person, answers=given, seen=version(by, person))


def planned(by: Acting, person: str, owner: User) -> PlanVersion:
    """A plan that was begun, with one action, and put to a supervisor."""
    begun(by, person)
    acted(by, person, owner, day_of(clock.now()) + timedelta(days=7))
    return put(by, person, answers(by, person, owner))


def approved(
    by: Acting, person: str, *, agrees: bool = True, words: str = "", now: datetime | None = None
) -> PlanApproved:
    story = story_of(by, person)
    assert story.waiting is not None
    return approve_plan(
        by=by,
        person=person,
        number=story.waiting.row.number,
        agrees=agrees,
        words=words,
        seen=plan_version(story),
        now=now,
    )
