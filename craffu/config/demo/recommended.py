"""What was recommended to the invented force and what it answered, so that the register and its public page show something."""

from datetime import date, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.scrutiny.recommending.actions import add_entry, bring_in
from craffu.scrutiny.recommending.facts import NewEntry
from craffu.scrutiny.recommending.queries import recommendations, reports
from craffu.scrutiny.recommending.rules import Entry, Status
from craffu.scrutiny.recommending.shipping import shipped

_OFFICER: Final = "scrutiny-officer"
_REVIEW: Final = "review-2023"
_ANSWERED: Final = date(2023, 9, 1)
_LATE, _CLOSED = "1", "5"
_OWNERS: Final = {
    _LATE: "Head of People",
    "2": "Head of Learning",
    "3": "Head of Crime",
    _CLOSED: "Head of Crime",
    "6": "Head of Victim Care",
}


def set_up_recommendations() -> None:
    """Once: what comes with Craffu, and of the review what the force said; of the fourth nothing yet."""
    user = find_user(_OFFICER)
    if user is None or reports(acting_user(user)):
        return
    officer, today = acting_user(user), day_of(clock.now())
    for report in shipped().values():
        bring_in(by=officer, shipped=report)
    for one in recommendations(officer):
        if one.row.report.key == _REVIEW and one.row.number in _OWNERS:
            _answered(officer, one.row.reference, one.row.number, today)


def _answered(officer: Acting, reference: str, number: str, today: date) -> None:
    accepted = Entry(Status.ACCEPTED, owner=_OWNERS[number], due_on=today + timedelta(days=90))
    late = Entry(Status.ACCEPTED, "Two of six posts are filled (demo)", _OWNERS[number], today - timedelta(days=30))
    said = NewEntry(
        late if number == _LATE else accepted, _ANSWERED, 0, public_en="The Force has accepted this (demo).",
        public_cy="Mae’r Heddlu wedi derbyn hyn (arddangosiad).",
    )  # fmt: skip
    add_entry(by=officer, recommendation=reference, given=said)
    if number == _CLOSED:
        closed = Entry(Status.CLOSED, evidence="Orders are kept in Craffu (demo)", metric_met=True)
        add_entry(by=officer, recommendation=reference, given=NewEntry(closed, today, 1))
