"""Domestic violence protection notices of the invented force: one whose application is adjourned, one that an order followed.

A notice is decided, authorised and given within hours; what is heard after it is applied for at once (CLK-07). Each step is
recorded as of when it was taken.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import VICTIM_VIEW_ABSENT, parts_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.orders.owning.actions import own_order
from craffu.orders.scanning.actions import scan_pack
from craffu.orders.terms.actions import draft_terms
from craffu.people.models import SourceRecord

_COURT: Final = "Llanelli Magistrates’ Court"
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_TERMS: Final = NewTerms(
    (
        NewCondition(
            "no_contact_direct",
            "Not to molest the protected person, nor to contact them by any means.",
            behaviour="Struck them on the night before",
            necessity="They are afraid to be at home alone",
        ),
    ),
    has_no_locality=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfNotice:
    """Who brings a notice through its life, in which case, against whom, and whom it protects."""

    investigator: Acting
    authoriser: Acting
    team: Acting
    officer: Acting
    case: Case
    respondent: SourceRecord
    protected: SourceRecord


def adjourned_after_a_notice(of: OfNotice, now: datetime) -> Order:
    """Given the day before; the court has adjourned what followed it for a week, and the notice runs on."""
    notice, application = _given(of, now - 26 * _HOUR, "SA26 00131")
    later = Given(hearing_on=day_of(now), next_hearing_on=day_of(now + 7 * _DAY))
    move_order(by=of.team, order=application.reference, move="adjourn", given=later, now=now)
    return notice


def ordered_after_a_notice(of: OfNotice, now: datetime) -> Order:
    """Given a fortnight ago; the day after, a court made the order that followed it, with which the notice ended."""
    at = now - 14 * _DAY
    notice, application = _given(of, at, "SA26 00122")
    made_at = at + _DAY
    made = Given(
        made_at=made_at, court=_COURT, court_case_no="SA26 00122", terms=_TERMS, last_day=day_of(made_at + 27 * _DAY)
    )
    made_order = move_order(by=of.team, order=application.reference, move="grant", given=made, now=made_at + _HOUR)
    _serve(of, made_order, made_at + _HOUR)
    ended = Given(main_determined_on=day_of(made_at), main_outcome="granted")
    return move_order(by=of.team, order=notice.reference, move="end_on_determination", given=ended, now=made_at + _HOUR)


def _given(of: OfNotice, at: datetime, number: str) -> tuple[Order, Order]:
    """A notice that was served at an instant, and the application that followed it an hour later."""
    graded = NewAssessment("DARA", "2", number, number, at - 5 * _HOUR, Grade.HIGH)
    record_assessment(by=of.investigator, case=of.case.reference, given=graded, now=at - 4 * _HOUR)
    notice = _authorised(of, "DVPN", at - 4 * _HOUR)
    issued = Given(made_at=at - _HOUR, terms=_TERMS)
    notice = move_order(by=of.team, order=notice.reference, move="issue", given=issued, now=at - _HOUR)
    _serve(of, notice, at)
    application = _authorised(of, "DVPO", at + _HOUR)
    lodged = Given(lodged_on=day_of(at), court=_COURT, court_case_no=number, next_hearing_on=day_of(at + _DAY))
    return notice, move_order(by=of.team, order=application.reference, move="lodge", given=lodged, now=at + _HOUR)


def _authorised(of: OfNotice, kind: str, at: datetime) -> Order:
    """Thought of, decided on with a whole pack, and authorised by somebody else."""
    by = of.investigator
    beginning = Beginning(kind=kind, respondent=of.respondent, case=of.case, protects=[of.protected])
    order = begin_order(by=by, beginning=beginning, move="open_consideration", given=Given(), now=at)
    decided = Given(reason_code="necessary", reason_text="They were struck last night and are afraid to go home")
    move_order(by=by, order=order.reference, move="decide_apply", given=decided, now=at)
    draft_terms(by=by, order=order.reference, given=_TERMS, now=at)
    for about in parts_of(kind_of(kind)):
        if about != VICTIM_VIEW_ABSENT:
            say_of_pack(by=by, order=order.reference, about=about, words="Statement of the night before", now=at)
    move_order(by=by, order=order.reference, move="request_authorisation", given=Given(), now=at)
    agreed = Given(reason_text="Every limb of the test is met")
    return move_order(by=of.authoriser, order=order.reference, move="authorise", given=agreed, now=at)


def _serve(of: OfNotice, order: Order, at: datetime) -> None:
    own_order(by=of.team, order=order.reference, to=of.team.user, now=at)
    scan_pack(by=of.team, order=order.reference, papers_looked_at=True, now=at)
    served = Given(served_at=at, place="police_station", method="personal", server="PC Demo", proof="Body-worn video")
    move_order(by=of.officer, order=order.reference, move="serve", given=served, now=at)
