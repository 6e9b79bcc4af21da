"""Which cases somebody was told of by being dealt with, and which records surely are theirs (SEC-11).

Whoever asks what is held about them may want to know whether somebody has reported them. A case tells that by being there at all,
and so does a record that came with it: a case is told of once they were arrested in it, heard, accused, or served with an order.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.custody.queries import detentions_said, releases_said
from craffu.cases.models import CaseReference, CaseRole, DetentionVersion, Hearing
from craffu.orders.models import Order, OrderProtects
from craffu.orders.models.lives import MADE
from craffu.people.models import Membership, Person
from craffu.people.queries import people_of_records, records_of

SUSPECTED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
_WRONGED: Final = (CaseRole.Role.VICTIM, CaseRole.Role.WITNESS)


@dataclass(frozen=True, slots=True)
class Parts:
    """The roles of somebody by what they know: `suspected` in cases of which they were told, `own` all that are told, `others`
    those that are not; `records` of whom it is told what they say, `apart` those that stand with them by what may be a mistake.
    """

    suspected: tuple[CaseRole, ...]
    own: tuple[CaseRole, ...]
    others: tuple[CaseRole, ...]
    records: frozenset[int]
    apart: frozenset[int]


def records_asked_about(by: Acting, person: Person) -> list[int]:
    """The records of whoever asks under this reference. Of somebody who was found to be another since: that other's.

    Where they are several people by now, only what stood under the reference. One query, and three more where nothing does.
    """
    if found := records_of(by, person):
        return found
    once = Membership.objects.for_user(by).filter(person=person).order_by("record_id")
    records = sorted(set(once.values_list("record_id", flat=True)))
    people = set(people_of_records(by, records).values())
    return records_of(by, people.pop()) if len(people) == 1 else records


def parts_of(by: Acting, roles: Collection[CaseRole], records: Collection[int], today: date) -> Parts:
    """Six queries, and one more where they were ever detained for a crime."""
    hers = apart(((one.case_id, one.record_id, one.role) for one in roles), records, bound_among(by, records))
    mine = frozenset(records) - hers
    orders = served(by, mine)
    told_of = _told_of(by, roles, mine, today) | {one.case_id for one in orders if one.case_id is not None}
    suspected = [one for one in roles if one.record_id in mine and one.role in SUSPECTED and one.case_id in told_of]
    reported = [one for one in roles if one.record_id in mine and one.role == CaseRole.Role.VICTIM]
    own = sorted([*suspected, *reported], key=lambda one: one.pk)
    kept = {one.pk for one in own}
    others = [one for one in roles if one.pk not in kept]
    dealt_with = {one.record_id for one in own} | {one.respondent_id for one in orders} | _dealt_with(by, mine)
    return Parts(tuple(suspected), tuple(own), tuple(others), frozenset(dealt_with), hers)


def served(by: Acting, records: Collection[int]) -> list[Order]:
    """The orders that were served on them: one that a court made in their absence is told by its service. One query."""
    made = Order.objects.for_user(by).filter(respondent__in=records, status__in=[one.value for one in MADE])
    return list(made.exclude(served_at=None).order_by("id"))


def bound_among(by: Acting, records: Collection[int]) -> list[tuple[int, int]]:
    """Each of these records that is bound by an order, whatever became of it, with one of them that it protects. One query."""
    rows = OrderProtects.objects.for_user(acting_system(by.force, by.actor.name)).filter(
        record__in=records, order__respondent__in=records
    )
    return list(rows.order_by().values_list("order__respondent_id", "record_id"))


def apart(
    played: Iterable[tuple[int, int, str]], records: Collection[int], bound: Collection[tuple[int, int]]
) -> frozenset[int]:
    """Records of a victim or a witness in a case in which another record of the same person is suspected, or of somebody whom
    an order protects from another of them: hers, joined to his by mistake.

    Given as case, record and role of everything that the person's `records` are recorded to have played, and as `bound_among`
    says it. Where one is hers, so may be every other but those that are suspected of something or bound: her arrest, her other
    case.
    """
    parts = list(played)
    suspects = {(case, record) for case, record, role in parts if role in SUSPECTED}
    hers = {
        record
        for case, record, role in parts
        if role in _WRONGED and any(one == case and other != record for one, other in suspects)
    }
    hers |= {protected for respondent, protected in bound if respondent != protected}
    his = {*(record for _case, record in suspects), *(respondent for respondent, _ in bound)} - hers
    return frozenset(set(records) - his) if hers else frozenset()


def _told_of(by: Acting, roles: Collection[CaseRole], mine: Collection[int], today: date) -> set[int]:
    found = {one.case_id for one in roles if one.role == CaseRole.Role.DEFENDANT and one.record_id in mine}
    mine_by_role = [one.pk for one in roles if one.record_id in mine]
    heard = Hearing.objects.for_user(by).filter(role__in=mine_by_role, held_on__lte=today).order_by()
    found |= set(heard.values_list("case_id", flat=True))
    # A crime that was put in by mistake and put right is none for which they were arrested.
    crimes = {one.crime for one, is_last in detentions_said(by, mine) if is_last and one.crime}
    if crimes:
        named = CaseReference.objects.for_user(by).filter(kind=CaseReference.Kind.CRIME, value__in=crimes).order_by()
        found |= set(named.values_list("case_id", flat=True))
    return found


def _dealt_with(by: Acting, mine: Collection[int]) -> set[int]:
    """Records of somebody whom police or prison had before them."""
    held = DetentionVersion.objects.for_user(by).filter(record__in=mine).order_by().values_list("record_id", flat=True)
    let_out = (one for one, is_last in releases_said(by, mine) if is_last and one.released_on is not None)
    return {*held, *(one.record_id for one in let_out if one.record_id is not None)}
