"""What the register knows of people that their group and their clear period hang on (SEC-08).

What is told of it are days, kinds and references, and no more; whoever asks says how much of what is shut they read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Relevant
from craffu.access.retention.rules import CLEAR_YEARS, Event, Known
from craffu.breaches.models import Breach
from craffu.cases.custody.queries import detentions_said, releases_said
from craffu.cases.models import (
    Case,
    CaseReference,
    CaseRole,
    CaseStage,
    CaseVersion,
    DetentionVersion,
    Hearing,
    Offence,
    Outcome,
    ReleaseVersion,
)
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.models import Order
from craffu.orders.models.lives import ENDED, MADE
from craffu.people.models import Person
from craffu.people.queries import members
from craffu.prevention.models import PlanOption
from craffu.prevention.planning.kinds import Forum

SUSPECTED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
_DAYS_OF_A_YEAR: Final = 365


def people_called(by: Acting, references: Collection[str]) -> dict[str, Person]:
    """These people of the force, by reference. One query."""
    rows = Person.objects.for_user(by.joining()).filter(reference__in=sorted(references))
    return {one.reference: one for one in rows}


def records_of(by: Acting, people: Collection[int]) -> dict[int, list[int]]:
    """The records that are each of these people's now. One query."""
    rows = members(by.joining()).filter(person__in=sorted(people)).order_by("record_id")
    found: dict[int, list[int]] = {person: [] for person in people}
    for record, person in rows.values_list("record_id", "person_id"):
        found[person].append(record)
    return found


def known_of(by: Acting, people: Collection[int], today: date) -> dict[int, Known]:
    """Of each of these people every relevant event, and what their group hangs on, as far as it is open to `by`.

    A number of queries that does not grow.
    """
    whose = {record: person for person, records in records_of(by, people).items() for record in records}
    roles = CaseRole.objects.for_user(by).filter(record__in=sorted(whose), role__in=SUSPECTED)
    of_case: dict[int, set[int]] = defaultdict(set)
    of_role: dict[int, int] = {}
    for role, case, record in roles.values_list("pk", "case_id", "record_id"):
        of_case[case].add(whose[record])
        of_role[role] = whose[record]
    events: dict[int, list[Event]] = defaultdict(list)
    for case, event in _of_cases(by, of_case):
        for person in of_case[case]:
            events[person].append(event)
    bound: set[int] = set()
    for record, made, event in (*_of_orders(by, whose, today), *_of_records(by, whose)):
        events[whose[record]].append(event)
        if made:
            bound.add(whose[record])
    charged = Offence.objects.for_user(by).filter(role__in=sorted(of_role)).values_list("role_id", flat=True)
    convicted = Outcome.objects.for_user(by).filter(kind=Outcome.Kind.CONVICTED, offence__role__in=sorted(of_role))
    bound |= {of_role[role] for role in convicted.values_list("offence__role_id", flat=True)}
    plans = PlanOption.objects.for_user(by).filter(version__plan__record__in=sorted(whose)).exclude(forums=[])
    protecting = {
        whose[record]
        for record, forums in plans.values_list("version__plan__record_id", "forums")
        if Forum.MAPPA in forums
    }
    all_charged = {of_role[role] for role in charged}
    return {
        person: Known(tuple(events[person]), person in protecting, person in bound, person in all_charged)
        for person in people
    }


def _of_cases(by: Acting, cases: Collection[int]) -> Iterator[tuple[int, Event]]:
    """The last event of each kind that each case tells of."""
    named = dict(Case.objects.for_user(by).filter(pk__in=sorted(cases)).values_list("pk", "reference"))
    told: tuple[tuple[Any, Relevant, str], ...] = (
        (CaseVersion, Relevant.CASE_REPORTED, "reported_at"),
        (CaseStage, Relevant.CASE_STAGE, "true_from"),
        (Hearing, Relevant.HEARING, "held_on"),
    )
    for model, kind, field in told:
        rows = model.objects.for_user(by).filter(case__in=sorted(cases)).order_by().values("case_id")
        for case, last in rows.annotate(last=Max(field)).values_list("case_id", "last"):
            yield case, Event(_day(last), kind, f"case/{named[case]}")


def _of_orders(by: Acting, records: Collection[int], today: date) -> Iterator[tuple[int, bool, Event]]:
    """Orders made against these: while one stands, today is its event. Whether it was made by a court or police is said too."""
    rows = Order.objects.for_user(by).filter(respondent__in=sorted(records), status__in=[one.value for one in MADE])
    for one in rows.order_by("id"):
        ref = f"order/{one.reference}"
        if one.status in {status.value for status in ENDED}:
            yield one.respondent_id, True, Event(_day(one.ended_at), Relevant.ORDER_ENDED, ref)
        else:
            yield one.respondent_id, True, Event(max(today, one.last_day or today), Relevant.ORDER_STANDS, ref)
        yield one.respondent_id, True, Event(_day(one.made_at), Relevant.ORDER_MADE, ref)


def _of_records(by: Acting, records: Collection[int]) -> Iterator[tuple[int, bool, Event]]:
    """Each breach, and each arrest and release by the newest word on it: what was put right since is no event."""
    breaches = Breach.objects.for_user(by).filter(respondent__in=sorted(records))
    for one in breaches.order_by("id"):
        yield one.respondent_id, False, Event(_day(one.happened_to), Relevant.BREACH, f"breach/{one.reference}")
    shut = _crimes_shut(by)
    for held, is_last in detentions_said(by, records):
        if is_last and held.record_id is not None and held.crime not in shut:
            yield held.record_id, False, Event(_day(held.arrested_at), Relevant.ARREST, "")
    for let_out, is_last in releases_said(by, records):
        if is_last and let_out.record_id is not None:
            yield let_out.record_id, False, Event(let_out.planned_on, Relevant.RELEASE, "")


def _crimes_shut(by: Acting) -> frozenset[str]:
    """What crimes are called of cases that are shut: an arrest for one tells of its case. One query, and none for most."""
    shut = by.closed.get("case", frozenset())
    if not shut:
        return frozenset()
    called = CaseReference.objects.for_user(by.joining()).filter(
        kind=CaseReference.Kind.CRIME, case__reference__in=shut
    )
    return frozenset(called.order_by().values_list("value", flat=True))


def _day(at: date | datetime) -> date:
    return day_of(at) if isinstance(at, datetime) else at


def long_quiet(by: Acting, today: date) -> list[int]:
    """Everybody of whom anything began the clear period that `known_of` reads, and lies back for the shortest of these periods.

    Six queries. Whether somebody is due hangs on all that `known_of` reads of them; whoever is due is among these.
    """
    by = by.joining()
    since = today - timedelta(days=_DAYS_OF_A_YEAR * min(CLEAR_YEARS.values()))
    is_late = Exists(CaseVersion.objects.for_user(by).filter(case=OuterRef("case"), reported_at__date__gt=since))
    is_heard = Exists(Hearing.objects.for_user(by).filter(case=OuterRef("case"), held_on__gt=since))
    is_moved = Exists(CaseStage.objects.for_user(by).filter(case=OuterRef("case"), true_from__gt=since))
    roles = CaseRole.objects.for_user(by).filter(role__in=SUSPECTED)
    over = Order.objects.for_user(by).filter(status__in=[one.value for one in ENDED])
    breaches = Breach.objects.for_user(by).filter(happened_to__date__lte=since)
    quiet = chain(
        roles.filter(~Q(is_late), ~Q(is_heard), ~Q(is_moved)).order_by().values_list("record_id", flat=True),
        over.filter(ended_at__date__lte=since).order_by().values_list("respondent_id", flat=True),
        breaches.order_by().values_list("respondent_id", flat=True),
        *(
            model.objects.for_user(by).filter(**{f"{field}__lte": since}).order_by().values_list("record_id", flat=True)
            for model, field in ((DetentionVersion, "arrested_at__date"), (ReleaseVersion, "planned_on"))
        ),
    )
    records = frozenset(record for record in quiet if record is not None)
    found = members(by).filter(record__one_of=records).order_by().values_list("person_id", flat=True)
    return sorted(set(found))
