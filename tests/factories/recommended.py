"""Recommendations in the register: those of July 2023, one accepted, opened again and late, one rejected."""

from dataclasses import replace
from datetime import date

from craffu.access.acting import Acting
from craffu.scrutiny.models import ScrutinyReport
from craffu.scrutiny.recommending.actions import add_entry, bring_in
from craffu.scrutiny.recommending.facts import NewEntry
from craffu.scrutiny.recommending.rules import Entry, Status
from craffu.scrutiny.recommending.shipping import shipped

ACCEPTED = NewEntry(
    Entry(Status.ACCEPTED, owner="Head of Crime", due_on=date(2026, 3, 31)),
    date(2025, 9, 1),
    0,
    public_en="The Force has accepted this.",
    public_cy="Mae’r Heddlu wedi derbyn hyn.",
)
CLOSED = NewEntry(
    Entry(Status.CLOSED, evidence="Dashboard of orders, shown on 2 March", metric_met=True), date(2026, 3, 2), 1
)
REOPENED = NewEntry(
    Entry(Status.REOPENED, reason="Completeness fell back in June", due_on=date(2026, 9, 30)), date(2026, 7, 1), 2
)
REJECTED = NewEntry(Entry(Status.REJECTED, reason="Another post covers it already"), date(2025, 9, 1), 0)


def recommended(by: Acting) -> ScrutinyReport:
    """RC-10001 to RC-10006 where nothing was recorded before."""
    report = bring_in(by=by, shipped=shipped()["review-2023"])
    third, fourth = report.recommendations.all()[2:4]
    for entry in (ACCEPTED, CLOSED, REOPENED):
        add_entry(by=by, recommendation=third.reference, given=entry)
    add_entry(by=by, recommendation=fourth.reference, given=replace(REJECTED))
    return report
