"""What is due of patterns that may be stalking: the coordinator's decision, asked again whenever a crime is new (BRC-09).

A subject is a person, by row number.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.patterns.reading import Suffered, Whole, people_who_may, suffered_by, victims_of
from craffu.breaches.patterns.rules import WINDOW, patterns
from craffu.breaches.topics import PATTERNS
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of, end_of
from craffu.people.models import Person
from craffu.people.topics import PEOPLE
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

DECIDE, UNDECIDED, QUEUE = "stalking_pattern", "pattern_undecided", "patterns"
# No rule says so: three days, as for the other things that the coordinator is asked (ADR 56).
DECIDED_WITHIN: Final = timedelta(days=3)


def every_person(by: Acting) -> Iterable[str]:
    return map(str, people_who_may(by))


def people_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names people, or cases in which they are victims."""
    if topic != CASES:
        return subjects
    return map(str, victims_of(by, frozenset(map(int, subjects))))


def patterns_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of what each of these people suffered. Ten queries, however many they are."""
    found = suffered_by(by, frozenset(map(int, subjects)), now)
    named = Person.objects.for_user(by).filter(pk__in=sorted(found)).order_by()
    references = dict(named.values_list("pk", "reference"))
    return {str(person): _answer(whole, references[person], now) for person, whole in found.items()}


def _answer(whole: Whole, reference: str, now: datetime) -> Answer:
    """Each question that was decided, and the one that is open. The window moves: a pattern that it leaves is asked no more."""
    dues = []
    before: set[str] = set()
    for place, one in enumerate(whole.decided):
        theirs = [each for each in whole.crimes if each.crime in one.crimes]
        asked = min(_asked_at(whole.person, theirs, before) or one.known_from, one.known_from)
        dues.append(_due(whole, reference, place, theirs, asked, one.known_from))
        before.update(one.crimes)
    asked_now = _asked_at(whole.person, whole.in_pattern, before) if whole.undecided else None
    if asked_now is not None:
        dues.append(_due(whole, reference, len(whole.decided), whole.in_pattern, asked_now))
    ends = [end_of(day_of(one.started_at) + WINDOW) for one in whole.in_pattern]
    return Answer(tuple(dues), min((one for one in ends if one > now), default=None))


def _due(
    whole: Whole, reference: str, place: int, crimes: Collection[Suffered], raised: datetime,
    done: datetime | None = None,
) -> Due:  # fmt: skip
    by_when = raised + DECIDED_WITHIN
    return Due(
        kind=DECIDE, key=f"{whole.record}/{place}", about=("person", reference), queue=QUEUE, why=UNDECIDED,
        what_if_not=Consequence.RISK_UNKNOWN, raised_at=raised, due_at=by_when, overdue_from=after(by_when),
        cases=tuple(sorted({one.case_reference for one in crimes})), facts={"limit": "policy"}, done_at=done,
        how=How.DONE if done else None,
    )  # fmt: skip


def _asked_at(person: int, crimes: Collection[Suffered], decided: Collection[str]) -> datetime | None:
    """From when on the question stood: when what was known by then, something undecided in it, made a pattern.

    A crime that becomes known later puts nothing back. None where they make none.
    """
    known = sorted(crimes, key=lambda one: (one.known_from, one.crime))
    for number, one in enumerate(known, start=1):
        so_far = known[:number]
        last = max(day_of(each.started_at) for each in so_far)
        is_new = any(each.crime not in decided for each in so_far)
        if is_new and patterns([each.as_crime(person) for each in so_far], last):
            return one.known_from
    return None


SOURCE: Final = Source(
    key="stalking_patterns",
    topics=frozenset({CASES, PEOPLE, PATTERNS}),
    rules={DECIDE: "BRC-09"},
    whys=frozenset({UNDECIDED}),
    queues=frozenset({QUEUE}),
    every=every_person,
    named=people_named,
    due=patterns_due,
)
