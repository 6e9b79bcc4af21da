"""What goes when somebody is erased, and what stays because others need it (SEC-09).

The cases go in which nobody else is suspected, with everybody whom no other record needs; whoever is a victim, a witness or
protected elsewhere stays as they are. References alone are read here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Stays
from craffu.breaches.models import Breach
from craffu.cases.models import Case, CaseRole
from craffu.daily.retaining.known import SUSPECTED, records_of
from craffu.orders.models import Order, OrderProtects
from craffu.people.models import Membership, Person
from craffu.people.queries import memberships_of, people_of_records


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody or a case that stays: `reference` as the log names it, why, and which records need it."""

    reference: str
    why: Stays
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """What goes: people by row number and reference, cases likewise, and source records; and what stays."""

    people: dict[int, str] = field(default_factory=dict)
    cases: dict[int, str] = field(default_factory=dict)
    records: frozenset[int] = frozenset()
    stays: tuple[Kept, ...] = ()
    # The orders and breaches among it, likewise: those of its cases, and what stands against the person in any other or in none.
    orders: dict[int, str] = field(default_factory=dict)
    breaches: dict[int, str] = field(default_factory=dict)
    # Everybody who plays a part in what goes, whether they go or stay: a hold on any of them holds all of it. So does one on
    # whoever an order among it protects, and on whoever was wronged or at risk by a breach.
    touched: frozenset[str] = frozenset()
    # Every record of theirs.
    near: frozenset[int] = frozenset()
    # Whoever is erased stays as somebody, where they are a victim or a witness elsewhere; what they did goes all the same.
    stays_as: int | None = None
    own: frozenset[int] = frozenset()
    # Who was found to be them: nobody's record stands under these any more.
    found_to_be: frozenset[int] = frozenset()

    @property
    def refs(self) -> list[str]:
        return sorted(
            [*(f"person/{one}" for one in self.people.values()), *(f"case/{one}" for one in self.cases.values())]
        )

    @property
    def besides(self) -> list[str]:
        """The orders and breaches that go with them."""
        return sorted(
            [*(f"order/{one}" for one in self.orders.values()), *(f"breach/{one}" for one in self.breaches.values())]
        )

    @property
    def stays_refs(self) -> list[str]:
        """What stays, and whatever needs it."""
        return sorted({ref for one in self.stays for ref in (one.reference, *one.needed_by)})


def going_with(by: Acting, person: Person) -> Going:
    """What goes with somebody, as things stand and as far as they are open to `by`. A number of queries that does not grow."""
    own = frozenset(records_of(by, [person.pk])[person.pk])
    roles = CaseRole.objects.for_user(by)
    own_cases = set(roles.filter(record__in=own, role__in=SUSPECTED).values_list("case_id", flat=True))
    parts = list(roles.filter(case__in=own_cases).values_list("case_id", "record_id", "role"))
    people = people_of_records(by, {record for _case, record, _role in parts} | own)
    shared: dict[int, set[str]] = defaultdict(set)
    for case, record, role in parts:
        if role in SUSPECTED and people[record].pk != person.pk:
            shared[case].add(f"person/{people[record].reference}")
    named = dict(Case.objects.for_user(by).filter(pk__in=own_cases).values_list("pk", "reference"))
    cases = {case: named[case] for case in sorted(own_cases - shared.keys())}
    stays = [
        Kept(f"case/{named[case]}", Stays.OTHER_SUSPECT, tuple(sorted(others)))
        for case, others in sorted(shared.items())
    ]
    beside = {people[record] for case, record, _role in parts if case in cases} | {person}
    gone_with = Q(case__in=sorted(cases)) | Q(respondent__in=sorted(own))
    orders, breaches = _called(by, Order, gone_with), _called(by, Breach, gone_with)
    protected = set(people_of_records(by, _protected(by, orders, breaches)).values())
    near = records_of(by, [one.pk for one in beside | protected])
    whole = {one.pk: near[one.pk] for one in beside}
    needed = _needed(by, {record for records in whole.values() for record in records}, cases, orders, breaches)
    gone: dict[int, str] = {}
    for one in sorted(beside, key=lambda somebody: somebody.pk):
        # What the person did themselves keeps nobody: it goes with them.
        why = [
            need
            for record in whole[one.pk]
            for need in needed.get(record, ())
            if one != person or need[0] is not Stays.RESPONDENT
        ]
        if why:
            stays.append(Kept(f"person/{one.reference}", why[0][0], tuple(sorted({ref for _why, ref in why}))))
        else:
            gone[one.pk] = one.reference
    stays_as = person.pk if person.pk not in gone else None
    records = frozenset(record for one in gone for record in whole[one])
    emptied = _emptied(by, records | own)
    gone |= {one.pk: one.reference for one, theirs in emptied.items() if theirs <= records}
    return Going(
        gone, cases, records, tuple(stays), orders, breaches, frozenset(one.reference for one in beside | protected),
        frozenset(record for theirs in near.values() for record in theirs), stays_as, own,
        frozenset(one.pk for one, theirs in emptied.items() if theirs <= own),
    )  # fmt: skip


def _called(by: Acting, model: Any, which: Q) -> dict[int, str]:
    return dict(model.objects.for_user(by).filter(which).order_by("id").values_list("pk", "reference"))


def _protected(by: Acting, orders: Collection[int], breaches: Collection[int]) -> set[int]:
    """The records of whoever any of these orders is or was to protect, and of whoever was wronged or at risk. Two queries."""
    protects = OrderProtects.objects.for_user(by).filter(order__in=sorted(orders)).order_by()
    rows = Breach.objects.for_user(by).filter(pk__in=sorted(breaches)).order_by()
    both = {record for pair in rows.values_list("victim_id", "at_risk_id") for record in pair if record is not None}
    return both | set(protects.values_list("record_id", flat=True))


def _emptied(by: Acting, records: Collection[int]) -> dict[Person, set[int]]:
    """Those who were some of these records and are none by now, with every record that they ever were. Two queries."""
    once = {one.person for one in memberships_of(by, records) if not one.person.has_records}
    found: dict[Person, set[int]] = {one: set() for one in once}
    rows = Membership.objects.for_user(by).filter(person__in=sorted(one.pk for one in once)).select_related("person")
    for row in rows.order_by("id") if once else ():
        found[row.person].add(row.record_id)
    return found


def _needed(
    by: Acting,
    records: Collection[int],
    cases: Collection[int],
    gone_orders: Collection[int],
    gone_breaches: Collection[int],
) -> dict[int, list[tuple[Stays, str]]]:
    """Which of these records anything else needs than these cases, orders and breaches, which go."""
    found: dict[int, list[tuple[Stays, str]]] = defaultdict(list)
    roles = CaseRole.objects.for_user(by).filter(record__in=sorted(records)).exclude(case__in=sorted(cases))
    for record, role, case in roles.values_list("record_id", "role", "case__reference"):
        found[record].append((Stays.RESPONDENT if role in SUSPECTED else Stays.THEIR_OWN_CASE, f"case/{case}"))
    orders = Order.objects.for_user(by).exclude(pk__in=sorted(gone_orders))
    for record, order in orders.filter(respondent__in=sorted(records)).values_list("respondent_id", "reference"):
        found[record].append((Stays.RESPONDENT, f"order/{order}"))
    protects = OrderProtects.objects.for_user(by).filter(record__in=sorted(records), order__in=orders.values("pk"))
    for record, order in protects.values_list("record_id", "order__reference"):
        found[record].append((Stays.PROTECTED, f"order/{order}"))
    breaches = Breach.objects.for_user(by).exclude(pk__in=sorted(gone_breaches))
    of_breaches: Iterable[tuple[int | None, int | None, int, str]] = breaches.filter(
        Q(victim__in=sorted(records)) | Q(at_risk__in=sorted(records)) | Q(respondent__in=sorted(records))
    ).values_list("victim_id", "at_risk_id", "respondent_id", "reference")
    for victim, at_risk, respondent, breach in of_breaches:
        for record in {victim, at_risk} & set(records):
            if record is not None:
                found[record].append((Stays.PROTECTED, f"breach/{breach}"))
        if respondent in records:
            found[respondent].append((Stays.RESPONDENT, f"breach/{breach}"))
    return found
