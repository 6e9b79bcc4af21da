"""Orders of the invented force at points of their lives, each brought there by the moves that anybody makes.

One is considered, one is at court, one is in force with its terms compared and entered, one ends within the month, one was made
and is not served, one has been watched for weeks; two are notices, each with the order asked for after it; and one has come on
paper and waits in the inbox. Beside them stand those of the force's own extract, as whoever watched them would have typed them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from craffu.access.models import User
from craffu.access.queries import acting_user, find_user, rank_of
from craffu.access.ranks import Rank
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.clocks.london import day_of, start_of
from craffu.common import clock
from craffu.common.door import action
from craffu.config.demo.noticed import OfNotice, adjourned_after_a_notice, ordered_after_a_notice
from craffu.config.demo.paper import one_page
from craffu.config.demo.parties import Cases, Parties
from craffu.config.demo.playing.player import Player
from craffu.config.demo.playing.stage import People
from craffu.config.demo.watched import watch_an_order
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import VICTIM_VIEW_ABSENT, parts_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.entering.actions import record_entry
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.inbox.actions import receive_document
from craffu.orders.inbox.facts import NewDocument
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order
from craffu.orders.noting.actions import note_notification, note_terms_given, note_told
from craffu.orders.owning.actions import own_order
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import find_order, orders_number
from craffu.orders.scanning.actions import scan_pack
from craffu.orders.terms.actions import compare_terms, draft_terms

_REASON: Final = "Demo"
_COURT: Final = "Llanelli Magistrates’ Court"
_WORDS: Final = "They are followed to work every day of the week, after a warning in May"
_DAY: Final = timedelta(days=1)
TERMS: Final = NewTerms(
    (
        NewCondition(
            "no_contact_direct",
            "Not to contact the protected person by any means.",
            behaviour="Forty calls in May",
            necessity="Calls went on after a warning",
        ),
        NewCondition(
            "exclusion_zone",
            "Not to go to the school in Heol Newydd.",
            behaviour="Waited at the gate on three days",
            necessity="The children are collected there",
        ),
    ),
    has_no_locality=True,
)


@dataclass(frozen=True, slots=True)
class _Staff:
    """Those who bring an order through its life."""

    investigator: Acting
    supervisor: Acting
    team: Acting
    authoriser: Acting
    officer: Acting


type _Life = Callable[[_Staff, Parties, datetime], None]


@action
def set_up_orders(by: Acting, folder: Path, said: Callable[[], object]) -> bool:
    """Bring orders to points of their lives and play the register of the force's own in `folder`, once; says whether it did.

    As many as there are cases with a suspect and a victim. `said` is called as each step of the register is taken.
    """
    staff, watching = _staff(by), _watching()
    if staff is None or watching is None or orders_number(by):
        return False
    now = clock.now()
    for make, of in _lives(Cases(staff.investigator), now):
        make(staff, of, now)
    paper = one_page("NON-MOLESTATION ORDER", "Llanelli Family Court, FL26 44", "Not to telephone the applicant.")
    came = NewDocument(received_at=now - 2 * _DAY, came_from="court", content=paper, sender="Family Court", kind="NMO")
    receive_document(by=staff.team, given=came)
    Player(folder, by, watching).play(now, said)
    return True


def _lives(cases: Cases, now: datetime) -> list[tuple[_Life, Parties]]:
    """What becomes of each order, in the order in which they are made, and in which case."""
    # By the days since each began. A notice is given within hours of what was reported, so it has the newest case.
    notices = {_noticed: 2, _notice_followed: 15}
    others = {_considered: 1, _at_court: 1, _in_force: 40, _ending: 710, _unserved: 5, _watched: 46}
    of = {make: cases.take(start_of(day_of(now - days * _DAY))) for make, days in (notices | others).items()}
    return [(make, parties) for make in (*others, *notices) if (parties := of[make]) is not None]


def _staff(by: Acting) -> _Staff | None:
    names = ("investigator", "supervisor", "orders-team", "authoriser", "response-officer")
    users: list[User] = [user for user in map(find_user, names) if user is not None]
    if len(users) < len(names):
        return None
    authoriser = users[3]
    if not rank_of(authoriser):
        say_rank(by=by, user=authoriser, rank=Rank.SUPERINTENDENT, reason=_REASON)
    return _Staff(*map(acting_user, users))


def _watching() -> People | None:
    names = ("offender-manager", "orders-team", "supervisor", "victim-officer")
    users = [user for user in map(find_user, names) if user is not None]
    return People(*map(acting_user, users)) if len(users) == len(names) else None


def _begun(by: Acting, of: Parties, move: str, given: Given) -> Order:
    beginning = Beginning(kind="SPO", respondent=of.respondent, case=of.case, protects=[of.protected])
    return begin_order(by=by, beginning=beginning, move=move, given=given)


def _considered(staff: _Staff, of: Parties, _now: datetime) -> None:
    _begun(staff.investigator, of, "open_consideration", Given())


def _at_court(staff: _Staff, of: Parties, now: datetime) -> None:
    """Decided on, with a whole pack, authorised by somebody else, and lodged with a date for its hearing."""
    by, order = staff.investigator, _begun(staff.investigator, of, "open_consideration", Given())
    move_order(
        by=by, order=order.reference, move="decide_apply", given=Given(reason_code="necessary", reason_text=_WORDS)
    )
    draft_terms(by=by, order=order.reference, given=TERMS)
    for about in parts_of(kind_of("SPO")):
        if about != VICTIM_VIEW_ABSENT:
            say_of_pack(by=by, order=order.reference, about=about, words="Statement of 3 May")
    graded = NewAssessment("DARA", "2", "DEMO-1", "DEMO-2", now - timedelta(hours=1), Grade.HIGH)
    record_assessment(by=by, case=of.case.reference, given=graded)
    move_order(by=by, order=order.reference, move="request_authorisation", given=Given())
    agreed = Given(reason_text="Every limb of the test is met")
    move_order(by=staff.authoriser, order=order.reference, move="authorise", given=agreed)
    lodged = Given(
        lodged_on=day_of(now), court=_COURT, court_case_no="SA26 00101", next_hearing_on=day_of(now + 6 * _DAY)
    )
    move_order(by=staff.team, order=order.reference, move="lodge", given=lodged)


def _made(staff: _Staff, of: Parties, made_at: datetime, ends_in: timedelta, number: str) -> Order:
    """An order as a court made it, with its sealed image and a searched pack."""
    said = Given(
        made_at=made_at, court=_COURT, court_case_no=number, source_record="sealed order", terms=TERMS,
        last_day=day_of(clock.now() + ends_in),
    )  # fmt: skip
    order = _begun(staff.team, of, "receive", said)
    words = [one.words for one in TERMS.conditions]
    sealed = one_page("STALKING PROTECTION ORDER", f"{_COURT}, {number}", *words)
    keep_paper(by=staff.team, order=order.reference, kind="sealed_order", content=sealed, title="Sealed order")
    scan_pack(by=staff.team, order=order.reference, papers_looked_at=True)
    return order


def _served(staff: _Staff, of: Parties, order: Order, at: datetime) -> None:
    served = Given(
        served_at=at,
        place="home",
        method="personal",
        server="PC Demo",
        proof="Body-worn video and statement of service",
    )
    move_order(by=staff.officer, order=order.reference, move="serve", given=served)
    note_notification(by=staff.officer, order=order.reference, at=at + _DAY)
    note_terms_given(by=staff.investigator, order=order.reference, record=of.protected.pk, at=at + _DAY)
    note_told(by=staff.investigator, order=order.reference, record=of.protected.pk, at=clock.now())
    own_order(by=staff.team, order=order.reference, to=staff.team.user)


def _in_force(staff: _Staff, of: Parties, now: datetime) -> None:
    """In force with nothing left to do but to watch it."""
    order = _made(staff, of, now - 40 * _DAY, 690 * _DAY, "SA26 00077")
    _served(staff, of, order, now - 39 * _DAY)
    found = find_order(staff.team, order.reference)
    image = found.papers.values_list("pk", flat=True).first() if found else None
    compare_terms(by=staff.supervisor, order=order.reference, number=1, paper=image or 0, is_same=True)
    record_entry(by=staff.team, order=order.reference, system="national", entered_on=day_of(now), reference="26/0077")


def _ending(staff: _Staff, of: Parties, now: datetime) -> None:
    order = _made(staff, of, now - 710 * _DAY, 20 * _DAY, "SA24 00412")
    _served(staff, of, order, now - 709 * _DAY)


def _unserved(staff: _Staff, of: Parties, now: datetime) -> None:
    order = _made(staff, of, now - 5 * _DAY, 725 * _DAY, "SA26 00098")
    # Whoever manages it has it on their first page.
    own_order(by=staff.team, order=order.reference, to=staff.team.user)


def _watched(staff: _Staff, of: Parties, now: datetime) -> None:
    watch_an_order(
        investigator=staff.investigator, team=staff.team, officer=staff.officer, case=of.case, respondent=of.respondent,
        protected=of.protected, terms=TERMS, now=now,
    )  # fmt: skip


def _noticed(staff: _Staff, of: Parties, now: datetime) -> None:
    adjourned_after_a_notice(_of_notice(staff, of), now)


def _notice_followed(staff: _Staff, of: Parties, now: datetime) -> None:
    ordered_after_a_notice(_of_notice(staff, of), now)


def _of_notice(staff: _Staff, of: Parties) -> OfNotice:
    return OfNotice(
        investigator=staff.investigator, authoriser=staff.authoriser, team=staff.team, officer=staff.officer, case=of.case,
        respondent=of.respondent, protected=of.protected,
    )  # fmt: skip
