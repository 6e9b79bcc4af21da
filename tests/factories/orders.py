"""An order at a given point of its life, made by the moves that lead there, and what comes with each move."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.cases.models import Case, CaseRole
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.following.actions import raise_trigger
from craffu.orders.following.rules import Trigger
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, PaperPrinted
from craffu.orders.notifying.actions import record_notification
from craffu.orders.notifying.facts import NewNotification
from craffu.orders.notifying.rules import About
from craffu.orders.noting.actions import note_notification
from craffu.orders.printing.actions import keep_printed, seen_of
from craffu.orders.printing.facts import NewPaper
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.scanning.actions import scan_pack
from craffu.people.models import SourceRecord
from tests.factories.victims import send_victim

NO_CONTACT: Final = NewCondition(
    "no_contact_direct",
    "Not to contact the applicant by any means.",
    behaviour="Forty calls in May",
    necessity="Calls went on after a warning",
)
NOT_TO_GO: Final = NewCondition(
    "exclusion_zone",
    "Not to go to the school in Heol Newydd.",
    behaviour="Waited at the gate",
    necessity="The children are collected there",
)
TERMS: Final = NewTerms((NO_CONTACT, NOT_TO_GO), has_no_locality=True)
REASON: Final = "The victim is followed every day of the week"


def parties(by: Acting, folder: Path, number: int = 1) -> tuple[Case, SourceRecord, SourceRecord]:
    """A case with a suspect and a victim, as the force's own system sends it: the case and the records of both."""
    send_victim(by, folder, number)
    roles = CaseRole.objects.for_system("a test").order_by("id")
    case = roles.last().case
    records = {one.role: one.record for one in roles.filter(case=case).select_related("record")}
    return case, records["suspect"], records["victim"]


def considered(by: Acting, folder: Path, kind: str = "SPO", number: int = 1) -> Order:
    case, suspect, victim = parties(by, folder, number)
    beginning = Beginning(kind=kind, respondent=suspect, case=case, protects=[victim])
    return begin_order(by=by, beginning=beginning, move="open_consideration", given=Given())


def received(by: Acting, order: str, at: datetime, **given: object) -> Order:
    """What a court has made, whatever stood before."""
    said = Given(
        made_at=at,
        court="Llanelli",
        court_case_no="63AA1",
        source_record="sealed order",
        is_indefinite=None if given.get("last_day") else True,
        terms=TERMS,
    )
    return move_order(by=by, order=order, move="receive", given=replace(said, **given))


def scanned(by: Acting, order: Order) -> Order:
    """The same order, whose service pack was searched as it stands."""
    scan_pack(by=by, order=order.reference, papers_looked_at=True)
    return order


def notified(by: Acting, order: Order, after: timedelta = timedelta(hours=1)) -> Order:
    """An order that was served, whose respondent told the police their name and address in time where it asks for that."""
    if order.kind in WITH_DUTY and order.served_at is not None:
        note_notification(by=by, order=order.reference, at=order.served_at + after)
    return order


def a_year_on(at: datetime) -> date:
    return (at + timedelta(days=365)).date()


MADE: Final = datetime(2026, 11, 20, 11, tzinfo=UTC)
# An image as far as its first bytes say; nobody looks at the rest.
PNG: Final = b"\x89PNG\r\n\x1a\n" + b"0" * 40


# Eight conditions, as many as an order at a door has in the worst case that a page is measured on.
EIGHT: Final = NewTerms(
    tuple(
        NewCondition(type_, words, behaviour="Forty calls in May", necessity="Calls went on after a warning")
        for type_, words in (
            (
                "no_contact_direct",
                "Not to contact the applicant by any means, in person, in writing, by telephone or online.",
            ),
            (
                "no_contact_indirect",
                "Not to ask, encourage or pay any other person to contact the applicant or her family.",
            ),
            ("no_approach", "Not to go within fifty metres of the applicant wherever she may be."),
            (
                "exclusion_zone",
                "Not to enter Heol Newydd, Stryd y Farchnad or Lôn Goch, or the car park behind the school.",
            ),
            (
                "no_surveillance",
                "Not to watch, follow or loiter near the applicant, her home, her work or her vehicle.",
            ),
            ("no_online_reference", "Not to mention or picture the applicant on any website, forum or social network."),
            ("no_recording", "Not to photograph, film or record the applicant, her children or her visitors."),
            (
                "device_or_account_disclosure",
                "To show every telephone and account to an officer within an hour of being asked.",
            ),
        )
    ),
    has_no_locality=True,
)


def order_of(
    by: Acting, case: str, at: datetime, kind: str = "SPO", last_day: date | None = None, terms: NewTerms = TERMS
) -> Order:
    """An order that a court made, of which we first learnt then, against the suspect of a case there is."""
    roles = {one.role: one for one in CaseRole.objects.for_system("a test").filter(case__reference=case).order_by("id")}
    beginning = Beginning(
        kind=kind,
        respondent=roles["suspect"].record,
        case=roles["suspect"].case,
        protects=[roles["victim"].record] if "victim" in roles else [],
    )
    said = Given(
        made_at=at,
        court="Llanelli",
        court_case_no="63AA1",
        source_record="sealed order",
        is_indefinite=last_day is None,
        last_day=last_day,
        terms=terms,
    )
    return begin_order(by=by, beginning=beginning, move="receive", given=said)


def printed(by: Acting, order: Order, kind: str = "draft_order", audience: str = "court") -> PaperPrinted:
    """A paper that left for a court, as if it had just been printed after a second factor."""
    fresh = replace(by, factor_at=clock.now())
    found = find_order(fresh, order.reference)
    assert found is not None
    paper = NewPaper(
        kind=kind, audience=audience, language="en", seen=seen_of(story_of_order(fresh, found)), terms_number=1,
        wording={"draft_opening": 1}, enclosed=(), words="Draft", content=b"%PDF-1.7 printed",
    )  # fmt: skip
    asked = Asked("court", "The hearing on Friday", "Listing officer", "Llanelli Magistrates")
    return keep_printed(by=fresh, order=order.reference, paper=paper, asked=asked)


def follow_and_notify(by: Acting, order: Order) -> tuple[int, int]:
    """Heightened follow-up raised by hand, and a first notification, as if both had just happened: the numbers of both."""
    now = clock.now()
    raised = raise_trigger(
        by=by, order=order.reference, trigger=Trigger.TAG_OR_DEVICE_ALERT, at=now, words="The tag was cut"
    )
    given = NewNotification(
        about=About.INITIAL, given_at=now, in_person=True, station="Llanelli", station_area="demo", area="demo",
        names="Ann Other", addresses="7 Heol Newydd",
    )  # fmt: skip
    return raised.pk, record_notification(by=by, order=order.reference, given=given).pk


@bookkeeping
def as_kind(order: Order, kind: str) -> Order:
    """An order as if it had come as another kind, for what is said of that kind."""
    Order.objects.for_system("a test").filter(pk=order.pk).update(kind=kind)
    order.refresh_from_db()
    return order
