"""What is due of each breach: a decision, its victim reached, and whatever does not agree cleared up (BRC-03 to BRC-06)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.clocks import contact_by, decide_by
from craffu.breaches.ledger.kinds import FoundBy
from craffu.breaches.ledger.queries import BreachStory, breaches_by_number, stories_of_breaches
from craffu.breaches.ledger.states import DECIDED, Status
from craffu.breaches.models import Breach, BreachMismatch, BreachOfOrder
from craffu.breaches.standpoints.actions import compare_standpoints
from craffu.breaches.standpoints.comparing import mismatches_of
from craffu.breaches.standpoints.reading import as_standpoints, orders_reviewed, risk_of
from craffu.breaches.standpoints.rules import Mismatch, Reviewed, arises
from craffu.breaches.topics import BREACHES
from craffu.cases.models import CaseRole
from craffu.cases.topics import CASES
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.models import OrderProtects
from craffu.orders.protecting.queries import records_protected
from craffu.orders.topics import ORDERS
from craffu.people.queries import members
from craffu.people.topics import PEOPLE
from craffu.victims.contacts.rules import SPEAKS_TO_NOBODY
from craffu.victims.models import Contact
from craffu.victims.topics import VICTIMS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

DECIDE, INSPECTOR, CONTACT, MISMATCH = "breach_decide", "breach_inspector", "breach_contact", "breach_mismatch"
NOT_DECIDED, PAST_ITS_LIMIT, NOT_REACHED = "breach_not_decided", "breach_past_its_limit", "breach_victim_not_reached"
# That nobody has decided by the clock is due as the decision itself.
LISTED: Final = tuple(one for one in Mismatch if one is not Mismatch.NO_POLICE_DECISION)
QUEUE, LATE, CONTACTS, REVIEWS = "breaches", "breaches-late", "telling", "reviews"
# What does not agree lies with whoever clears it up: what victims are told, and reviews, are others' work.
QUEUE_OF: Final[Mapping[Mismatch, str]] = {
    Mismatch.RESULT_NOT_TOLD: CONTACTS, Mismatch.TOLD_OTHERWISE: CONTACTS, Mismatch.ORDER_NOT_REVIEWED: REVIEWS,
}  # fmt: skip
# The inspector decides at once what others did not; a mismatch is cleared up within a week. No rule says so (ADR 56).
INSPECTOR_WITHIN: Final = timedelta(hours=1)
CLEARED_WITHIN: Final = timedelta(days=7)
# What a case's own records tell of was done to its victims; what somebody reports, to whom they name.
_OF_ITS_CASE: Final = (FoundBy.CRIME.value, FoundBy.COURT.value, FoundBy.CUSTODY.value)


def why_of(code: Mismatch) -> str:
    return f"breach_{code.value.lower()}"


def every_breach(by: Acting) -> Iterable[str]:
    """All but those that were joined to another: what does not agree is kept of each, however long ago it was."""
    rows = Breach.objects.for_user(by).exclude(status=Status.JOINED).order_by("id")
    return map(str, rows.values_list("pk", flat=True).iterator())


def breaches_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names breaches, orders that they broke, cases in which they are told of, or people to whom they were done."""
    if topic == BREACHES:
        return subjects
    numbers = frozenset(map(int, subjects))
    if topic == CASES:
        return map(str, sorted(_of_cases(by, numbers)))
    ties = BreachOfOrder.objects.for_user(by).order_by()
    if topic == ORDERS:
        return map(str, sorted(set(ties.filter(order__one_of=numbers).values_list("breach_id", flat=True))))
    records = frozenset(members(by).filter(person__one_of=numbers).order_by().values_list("record_id", flat=True))
    found = set(Breach.objects.for_user(by).filter(victim__one_of=records).order_by().values_list("pk", flat=True))
    parts = CaseRole.objects.for_user(by).filter(record__one_of=records, role=CaseRole.Role.VICTIM).order_by()
    found |= _of_cases(by, frozenset(parts.values_list("case_id", flat=True)))
    protecting = OrderProtects.objects.for_user(by).filter(record__one_of=records).order_by()
    orders = frozenset(protecting.values_list("order_id", flat=True))
    found |= set(ties.filter(order__one_of=orders).values_list("breach_id", flat=True)) if orders else set()
    return map(str, sorted(found))


def _of_cases(by: Acting, cases: frozenset[int]) -> set[int]:
    """The incidents that were done to whoever is a victim in these cases. One query, and none without a case."""
    rows = Breach.objects.for_user(by).filter(case__one_of=cases, victim__isnull=False, found_by__in=_OF_ITS_CASE)
    return set(rows.order_by().values_list("pk", flat=True)) if cases else set()


@dataclass(frozen=True, slots=True)
class _Whom:
    """Somebody to be reached after a breach: the first source record by which they are named, and every one that is theirs."""

    named_by: int
    person: str
    records: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Reached:
    """When each victim was first reached, by source record: contacts in order. Persons are row numbers."""

    contacts: Mapping[int, Sequence[datetime]]
    whose: Mapping[int, int]
    records: Mapping[int, frozenset[int]]
    protected: Mapping[int, Sequence[int]]
    victims: Mapping[int, Sequence[int]]
    references: Mapping[int, str]

    def whom(self, story: BreachStory) -> list[_Whom]:
        """Everybody to whom it was done, else everybody whom the orders protect: each once, however many records are theirs."""
        named: dict[int, int] = {}
        for record in self._named(story):
            if record in self.whose:
                named.setdefault(self.whose[record], record)
        return [_Whom(one, self.references[person], self.records[person]) for person, one in named.items()]

    def _named(self, story: BreachStory) -> list[int]:
        breach = story.breach
        if breach.victim_id is None:
            return sorted({each for one in story.holding for each in self.protected.get(one.order_id, ())})
        others = self.victims.get(breach.case_id or 0, ()) if breach.found_by in _OF_ITS_CASE else ()
        return [breach.victim_id, *others]

    def first_after(self, records: Collection[int], at: datetime) -> datetime | None:
        return min((one for record in records for one in self.contacts.get(record, ()) if one >= at), default=None)


def breaches_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these breaches as things stand at an instant. Eighteen queries at most, however many."""
    breaches = [one for one in breaches_by_number(by, map(int, subjects)) if one.raised_at <= now]
    stories = stories_of_breaches(by, breaches, now)
    orders = {one.order_id for story in stories.values() for one in story.holding}
    reviewed = orders_reviewed(by, [one.order for story in stories.values() for one in story.holding], now)
    reached = _reached(by, stories.values(), orders, now)
    kept = mismatches_of(by, stories)
    return {
        str(number): _answer(story, reviewed, reached, kept.get(number, ()), now) for number, story in stories.items()
    }


def _reached(by: Acting, stories: Collection[BreachStory], orders: Collection[int], now: datetime) -> _Reached:
    rows: dict[int, list[OrderProtects]] = {}
    for row in OrderProtects.objects.for_user(by).filter(order__one_of=frozenset(orders)).order_by("id"):
        rows.setdefault(row.order_id, []).append(row)
    protected = {order: records_protected(several) for order, several in rows.items()}
    victims = _victims(by, stories, now)
    named = {one.breach.victim_id for one in stories if one.breach.victim_id}
    named |= {each for of_each in (protected, victims) for several in of_each.values() for each in several}
    belonging = members(by).filter(record__one_of=frozenset(named)).order_by()
    persons = list(belonging.values_list("record_id", "person_id", "person__reference"))
    whose = {record: person for record, person, _ in persons}
    of_person: dict[int, set[int]] = {}
    theirs = members(by).filter(person__one_of=frozenset(whose.values())).order_by()
    for record, person in theirs.values_list("record_id", "person_id"):
        of_person.setdefault(person, set()).add(record)
    records = {person: frozenset(several) for person, several in of_person.items()}
    everybody = frozenset(each for several in records.values() for each in several)
    contacts: dict[int, list[datetime]] = {}
    made = Contact.objects.for_user(by).filter(record__one_of=everybody, was_reached=True, known_from__lte=now)
    made = made.exclude(channel__in=SPEAKS_TO_NOBODY)
    for record, at in made.order_by("at").values_list("record_id", "at"):
        contacts.setdefault(record, []).append(at)
    references = {person: reference for _, person, reference in persons}
    return _Reached(contacts, whose, records, protected, victims, references)


def _victims(by: Acting, stories: Iterable[BreachStory], now: datetime) -> dict[int, list[int]]:
    """The victims of each case of which records told of an incident, in order: it may have been done to several. One query."""
    cases = frozenset(
        one.breach.case_id for one in stories if one.breach.victim_id and one.breach.found_by in _OF_ITS_CASE
    )
    roles = CaseRole.objects.for_user(by).filter(case__one_of=cases, role=CaseRole.Role.VICTIM, known_from__lte=now)
    found: dict[int, list[int]] = {}
    for case, record in roles.order_by("record_id").values_list("case_id", "record_id") if cases else ():
        found.setdefault(case, []).append(record)
    return found


def _answer(
    story: BreachStory,
    reviewed: Mapping[int, Reviewed],
    reached: _Reached,
    kept: Collection[BreachMismatch],
    now: datetime,
) -> Answer:
    if story.breach.status == Status.JOINED:
        return Answer()
    limits = arises(as_standpoints(story, reviewed), risk_of(story)).values()
    if story.breach.is_past:
        # Nobody's hours run; what will not agree with time is still to be kept.
        return Answer((), min((one for one in limits if one > now), default=None))
    dues = (*_decision(story), *_contact(story, reached), *_mismatches(story, kept))
    return Answer(dues, min((one for one in limits if one > now), default=None))


def _due(story: BreachStory, kind: str, key: str, *, about: tuple[str, str] | None = None, **rest: object) -> Due:
    case = story.breach.case.reference if story.breach.case else ""
    about = about or ("breach", story.breach.reference)
    return Due(kind=kind, key=key, about=about, of_case=case, **rest)  # type: ignore[arg-type]


def asked_since(story: BreachStory) -> tuple[datetime, int]:
    """Since when somebody has to decide, and how often it was opened again before: each time is work of its own. A note opens
    nothing.
    """
    opened = [one for one in story.moves if one.move and one.to_status == Status.POSSIBLE]
    return (opened[-1].known_from, len(opened)) if opened else (story.breach.raised_at, 0)


def _decided_at(story: BreachStory, since: datetime) -> datetime | None:
    """When it was first decided since then; None while nobody has."""
    decided = [one.known_from for one in story.moves if one.move and Status(one.to_status) in DECIDED]
    return min((one for one in decided if one >= since), default=None)


def _decision(story: BreachStory) -> Iterator[Due]:
    since, times = asked_since(story)
    by_when, done = decide_by(since, risk_of(story)), _decided_at(story, since)
    key, how = f"{story.breach.pk}/{times}", None if done is None else How.DONE
    yield _due(
        story, DECIDE, key, queue=QUEUE, why=NOT_DECIDED, what_if_not=Consequence.HARM_UNWARNED, raised_at=since, due_at=by_when,
        overdue_from=after(by_when), facts={"limit": "policy"}, done_at=done, how=how,
    )  # fmt: skip
    late = after(by_when)
    if done is None or done >= late:
        by_inspector = late + INSPECTOR_WITHIN
        yield _due(
            story, INSPECTOR, key, queue=LATE, why=PAST_ITS_LIMIT, what_if_not=Consequence.HARM_UNWARNED, raised_at=late,
            due_at=by_inspector, overdue_from=after(by_inspector), facts={"limit": "policy"}, done_at=done, how=how,
        )  # fmt: skip


def _contact(story: BreachStory, reached: _Reached) -> Iterator[Due]:
    """BRC-05: from the raising, accepted later or not, each to whom it was done: that one was reached says nothing of another.

    Where nobody is named or protected, nobody can be reached.
    """
    raised, number = story.breach.raised_at, str(story.breach.pk)
    by_when = contact_by(raised, risk_of(story))
    for place, one in enumerate(reached.whom(story)):
        made = reached.first_after(one.records, raised)
        yield _due(
            story, CONTACT, f"{number}/{one.named_by}" if place else number, about=("victim", one.person), queue=CONTACTS,
            why=NOT_REACHED, what_if_not=Consequence.HARM_UNWARNED,
            raised_at=raised, due_at=by_when, overdue_from=after(by_when),
            facts={"limit": "policy", "breach": story.breach.reference}, done_at=made, how=How.DONE if made else None,
        )  # fmt: skip


def _mismatches(story: BreachStory, kept: Collection[BreachMismatch]) -> Iterator[Due]:
    """What does not agree, from when it does not: it is cleared up where it agrees again or somebody explained it."""
    for one in kept:
        if one.code in LISTED:
            raised = max(one.since, story.breach.raised_at)
            done = one.until and max(one.until, raised)
            yield _due(
                story, MISMATCH, str(one.pk), queue=QUEUE_OF.get(Mismatch(one.code), QUEUE), why=why_of(Mismatch(one.code)),
                what_if_not=Consequence.HISTORY_SPLIT, raised_at=raised, due_at=raised + CLEARED_WITHIN,
                overdue_from=raised + CLEARED_WITHIN, facts={"code": one.code}, done_at=done, how=How.DONE if done else None,
            )  # fmt: skip


def keep_mismatches(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """The clock keeps what does not agree of these breaches, and from when, as things stand (BRC-03)."""
    compare_standpoints(by=by, breaches=frozenset(map(int, subjects)), now=now)


SOURCE: Final = Source(
    key="breaches",
    topics=frozenset({BREACHES, ORDERS, VICTIMS, PEOPLE, CASES}),
    rules={DECIDE: "BRC-06", INSPECTOR: "BRC-06", CONTACT: "BRC-05", MISMATCH: "BRC-03"},
    whys=frozenset({NOT_DECIDED, PAST_ITS_LIMIT, NOT_REACHED, *(why_of(one) for one in LISTED)}),
    queues=frozenset({QUEUE, LATE, CONTACTS, REVIEWS}),
    every=every_breach,
    named=breaches_named,
    due=breaches_due,
    keep=keep_mismatches,
)
