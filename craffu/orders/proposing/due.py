"""What courts said that looks like an order is due to be confirmed or refused in a working day (ORD-21's limit; ORD-09).

Bail is due only while it may still run: in a case that is not over, by the defendant's last hearing in it; and only of somebody
whose bail is followed here (CLK-13): courts tell of everybody's.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import Hearing
from craffu.cases.queries import stages_now
from craffu.cases.states import OVER
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of
from craffu.clocks.working_days import working_days_after
from craffu.orders.inbox.rules import MATCH_WITHIN
from craffu.orders.models import OrderProposal
from craffu.orders.proposing.actions import keep_proposals
from craffu.orders.proposing.queries import cases_with_bail_of, cases_with_bail_of_people, followed, waiting_in
from craffu.orders.proposing.rules import BAIL
from craffu.orders.topics import PROPOSALS
from craffu.people.topics import PEOPLE
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

PROPOSAL: Final = "order_proposal"
COURT_SAID, BAIL_SAID = "court_said_order", "court_said_bail"
QUEUE: Final = "court-orders"


def every_case(by: Acting) -> Iterable[str]:
    rows = Hearing.objects.for_user(by).order_by("case_id").values_list("case_id", flat=True)
    return map(str, rows.distinct().iterator())


def cases_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """The cases themselves, and those in which the bail of the same people is followed because of what is recorded here.

    Whether bail is followed hangs on who is one person: where records changed hands it names the cases with bail of any of them.
    """
    if topic == PROPOSALS:
        return subjects
    if topic == PEOPLE:
        return map(str, sorted(cases_with_bail_of_people(by, frozenset(map(int, subjects)))))
    return {*subjects, *map(str, cases_with_bail_of(by, frozenset(map(int, subjects))))}


def keep_what_courts_propose(by: Acting, subjects: Collection[str], now: datetime) -> None:
    keep_proposals(by=by, cases=frozenset(map(int, subjects)), now=now)


def proposals_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What waits for somebody to say in each of these cases. Ten queries at most."""
    cases = frozenset(map(int, subjects))
    found: dict[str, list[Due]] = {}
    rows = waiting_in(by, cases, now)
    if not rows:
        return {}
    over = {case for case, stage in stages_now(by, cases).items() if stage in OVER}
    heard = Hearing.objects.for_user(by).filter(case__in=sorted(cases), known_from__lte=now)
    last = dict(heard.order_by("held_on", "id").values_list("role_id", "held_on"))
    may_run = [
        row for row in rows if row.kind == BAIL and row.case_id not in over and row.made_on == last.get(row.role_id)
    ]
    theirs = followed(by, {row.role.record_id for row in may_run}, now) if may_run else set()
    bail = {row.pk for row in may_run if row.role.record_id in theirs}
    for row in rows:
        if row.kind != BAIL or row.pk in bail:
            found.setdefault(str(row.case_id), []).append(_due(row))
    return {case: Answer(tuple(dues)) for case, dues in found.items()}


def _due(row: OrderProposal) -> Due:
    by = working_days_after(day_of(row.known_from), MATCH_WITHIN).ends
    decided = getattr(row, "decided", None)
    return Due(
        kind=PROPOSAL, key=row.source_key, about=("case", row.case.reference), of_case=row.case.reference,
        why=BAIL_SAID if row.kind == BAIL else COURT_SAID, owner=None, queue=QUEUE,
        what_if_not=Consequence.PROTECTION_LAPSES, raised_at=row.known_from, due_at=by, overdue_from=after(by),
        done_at=decided.at if decided else None, how=How.DONE if decided else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="order_proposals",
    topics=frozenset({CASES, PROPOSALS, PEOPLE}),
    rules={PROPOSAL: "ORD-21"},
    whys=frozenset({COURT_SAID, BAIL_SAID}),
    queues=frozenset({QUEUE}),
    every=every_case,
    named=cases_named,
    due=proposals_due,
    keep=keep_what_courts_propose,
)
