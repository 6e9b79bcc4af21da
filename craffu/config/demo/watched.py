"""An order of the invented force, watched for six weeks: checks done, late, tried, missed and due, and a review that heard them.

Each thing is recorded as of when it happened, by whoever would have recorded it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.clocks.london import day_of
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.orders.monitoring.actions import confirm_proposed, record_check
from craffu.orders.monitoring.facts import NewCheck
from craffu.orders.monitoring.kinds import Outcome
from craffu.orders.monitoring.queries import monitored
from craffu.orders.owning.actions import own_order
from craffu.orders.queries import find_order
from craffu.orders.reviewing.actions import complete_review
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.queries import reviews_of, reviews_version
from craffu.orders.reviewing.rules import Decision, Voice
from craffu.orders.scanning.actions import scan_pack
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_MADE, _SERVED, _REVIEWED = 46 * _DAY, 45 * _DAY, 18 * _DAY
# How many days ago, of which conditions (none named: of both), what came of it. Each is due seven days after the last.
_CHECKS: Final[tuple[tuple[int, tuple[int, ...], Outcome], ...]] = (
    (39, (), Outcome.DONE),
    (32, (), Outcome.DONE),
    (25, (), Outcome.ATTEMPTED),
    (22, (), Outcome.DONE),
    (15, (), Outcome.DONE),
    (10, (1,), Outcome.DONE),
    (4, (1,), Outcome.DONE),
)
_SAW: Final = {
    Outcome.DONE: "At home alone; nothing was seen or heard of a breach",
    Outcome.ATTEMPTED: "Nobody opened the door",
}
_VIEW: Final = "Rwy’n teimlo’n fwy diogel ers y gorchymyn, ond rwy’n dal i edrych dros fy ysgwydd."


def watch_an_order(
    *, investigator: Acting, team: Acting, officer: Acting, case: Case, respondent: SourceRecord, protected: SourceRecord,
    terms: NewTerms, now: datetime,
) -> Order:  # fmt: skip
    """Made, served, managed, planned, checked and reviewed; its second condition has gone unchecked for over a week."""
    order = _served(team, officer, case, respondent, protected, terms, now)
    confirm_proposed(by=team, order=order.reference, tolerance="None", now=now - _SERVED + 2 * _HOUR)
    for days, places, outcome in _CHECKS:
        if now - days * _DAY < now - _REVIEWED:
            _check(team, order, now - days * _DAY, places, outcome)
    _review(investigator, team, order, protected, now - _REVIEWED)
    for days, places, outcome in _CHECKS:
        if now - days * _DAY >= now - _REVIEWED:
            _check(team, order, now - days * _DAY, places, outcome)
    return order


def _served(
    team: Acting,
    officer: Acting,
    case: Case,
    respondent: SourceRecord,
    protected: SourceRecord,
    terms: NewTerms,
    now: datetime,
) -> Order:
    at = now - _MADE
    made = Given(
        made_at=at, court="Llanelli Magistrates’ Court", court_case_no="SA26 00085", source_record="sealed order",
        terms=terms, last_day=day_of(now + 680 * _DAY),
    )  # fmt: skip
    begun = Beginning(kind="SPO", respondent=respondent, case=case, protects=[protected])
    order = begin_order(by=team, beginning=begun, move="receive", given=made, now=at + _HOUR)
    own_order(by=team, order=order.reference, to=team.user, now=at + _HOUR)
    scan_pack(by=team, order=order.reference, papers_looked_at=True, now=at + _HOUR)
    served = Given(
        served_at=now - _SERVED, place="home", method="personal", server="PC Demo", proof="Statement of service"
    )
    return move_order(by=officer, order=order.reference, move="serve", given=served, now=now - _SERVED + _HOUR)


def _check(team: Acting, order: Order, at: datetime, places: Collection[int], outcome: Outcome) -> None:
    """Of the conditions in these places, or of all."""
    found = find_order(team, order.reference) or order
    numbers = [
        one.condition.pk for one in monitored(team, found, at).standing if not places or one.condition.number in places
    ]
    method = "ask_victim" if places else "visit"
    given = NewCheck(conditions=numbers, at=at, outcome=outcome, method=method, words=_SAW[outcome])
    record_check(by=team, order=order.reference, given=given, now=at + _HOUR)


def _review(investigator: Acting, team: Acting, order: Order, protected: SourceRecord, at: datetime) -> None:
    victim = people_of_records(team, [protected.pk])[protected.pk].reference
    notice = ReadersNotice(NOTICE_VERSION, "cy", at - 2 * _HOUR, NOTICES[NOTICE_VERSION])
    said = NewView(Subject.REVIEW, _VIEW, "cy", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,))
    view = record_view(by=investigator, victim=victim, given=said, now=at - _HOUR)
    answers = Answers(
        is_read=True,
        heard=(Heard(protected.pk, Voice.GIVEN.value, view=view.pk, wants=Decision.CONTINUE.value),),
        effect="They feel safer with the order and are afraid of it ending",
        decision=Decision.CONTINUE.value,
        reason="Two checks were made and nothing was found; the risk is as it was",
    )
    found = find_order(team, order.reference) or order
    seen = reviews_version(reviews_of(team, found))
    complete_review(by=team, order=order.reference, answers=answers, seen=seen, now=at)
