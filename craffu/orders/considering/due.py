"""What is due of considering orders: to decide what is open, and to agree to what waits for a supervisor (ORD-01, ORD-02).

Only in cases of stalking or harassment, for each who is suspected in them. What was over when we first heard of it asks nothing
of its past; what is closed with the question open stays asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.reach.queries import placements
from craffu.cases.models import Case, CaseRole
from craffu.cases.topics import PLACED
from craffu.clocks.london import due
from craffu.orders.considering.openings import Asked, Wait, Why
from craffu.orders.considering.queries import Considered, commencements, considered
from craffu.orders.considering.reading import SUSPECTED, cases_told
from craffu.orders.considering.rules import CONSIDER_WITHIN
from craffu.orders.models import Order
from craffu.orders.topics import ORDERS
from craffu.people.queries import members
from craffu.people.topics import PEOPLE
from craffu.work.facts import Answer, Due
from craffu.work.rules import Consequence, How, after

CONSIDER, AGREE = "consider_orders", "agree_not_pursued"
NOT_PURSUED: Final = "waits_for_supervisor"
QUEUE: Final = "consider"
RULES: Final = {CONSIDER: "ORD-01", AGREE: "ORD-02"}
WHYS: Final = frozenset({*(one.value for one in Why), NOT_PURSUED})


def every_case(by: Acting) -> Iterable[str]:
    return map(str, Case.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def cases_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names cases by row number, orders by theirs, or a case that was placed by its reference. Persons of whom other records
    are it names by theirs: whoever is suspected is asked about once, however many of their records are.
    """
    if topic == PEOPLE:
        theirs = members(by).filter(person__one_of=frozenset(map(int, subjects))).order_by()
        records = frozenset(theirs.values_list("record_id", flat=True))
        suspected = CaseRole.objects.for_user(by).filter(record__one_of=records, role__in=SUSPECTED).order_by()
        return map(str, sorted(set(suspected.values_list("case_id", flat=True))))
    if topic == ORDERS:
        rows = Order.objects.for_user(by).filter(pk__in=sorted(map(int, subjects)), case__isnull=False)
        return map(str, sorted(set(rows.order_by().values_list("case_id", flat=True))))
    if topic == PLACED:
        named = Case.objects.for_user(by).filter(reference__one_of=frozenset(subjects))
        return map(str, named.order_by().values_list("pk", flat=True))
    return subjects


def considering_due(by: Acting, cases: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due in each of these cases as things stand at an instant. Seventeen queries at most."""
    told = cases_told(by, frozenset(map(int, cases)), said_until=now)
    placed = placements(by.force, "case", [one.reference for one in told.values()])
    commenced = commencements(by) if told else {}
    found = {}
    for pk, case in told.items():
        owner = placed[case.reference].owner_id if case.reference in placed else None
        standing = [considered(by, case, one, now, commenced, is_ahead=True) for one in case.respondents]
        found[str(pk)] = Answer(tuple(one for each in standing for one in _dues(each, owner)))
    return found


def _dues(standing: Considered, owner: int | None) -> Iterator[Due]:
    yield from (_to_decide(standing, one, owner) for one in standing.asked)
    yield from (_to_agree(standing, one) for one in standing.waits)


def _to_decide(standing: Considered, asked: Asked, owner: int | None) -> Due:
    opening = asked.opening
    key = f"{standing.told.pk}:{standing.respondent.key}:{opening.key}"
    by = due(opening.counts_from, CONSIDER_WITHIN)
    return _due(standing, CONSIDER, key, opening.why.value, opening.at, by, asked.done_at, owner)


def _to_agree(standing: Considered, wait: Wait) -> Due:
    """By the limit of the question itself: until a supervisor agrees nothing is decided."""
    since = wait.opening.counts_from if wait.opening else wait.decided.at
    by = max(due(since, CONSIDER_WITHIN), wait.decided.at)
    return _due(standing, AGREE, str(wait.decided.number), NOT_PURSUED, wait.decided.at, by, wait.done_at, None)


def _due(
    standing: Considered, kind: str, key: str, why: str, raised_at: datetime, by: datetime, done_at: datetime | None,
    owner: int | None,
) -> Due:  # fmt: skip
    return Due(
        kind=kind, key=key, about=("case", standing.told.reference), of_case=standing.told.reference, queue=QUEUE, why=why,
        what_if_not=Consequence.PROTECTION_LAPSES, raised_at=min(raised_at, by), due_at=by, overdue_from=after(by),
        owner=owner, done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip
