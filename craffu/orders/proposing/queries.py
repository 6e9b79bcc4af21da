"""What courts' hearings propose, what of it was proposed already, and what waits for somebody to say (ORD-09)."""

import functools
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseRole, CaseVersion, HearingVersion, Offence
from craffu.cases.queries import latest_versions, messages
from craffu.cases.risk.crimes import SENT, crime_sent
from craffu.cases.risk.rules import ACT_OF_1997
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.rules import court_number
from craffu.orders.life.states import LIVE, OrderStatus
from craffu.orders.models import Order, OrderProposal
from craffu.orders.models.lives import COURT_NUMBER
from craffu.orders.proposing.rules import BAIL, Does, Heard, Proposed, Result, proposed
from craffu.people.queries import members, records_of_whoever

SUSPECTED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
PROTECTIVE: Final = (
    "SPO", "ISPO", "RO_CONV", "RO_ACQ", "NMO", "OCC", "PHA_INJ", "DVPN", "DVPO", "DAPN", "DAPO",
)  # fmt: skip
# How an order stands that a court may make, or has made, and in which order they are thought of.
_MEANT: Final = (
    OrderStatus.ADJOURNED, OrderStatus.APPLIED, OrderStatus.IN_FORCE, OrderStatus.GRANTED, OrderStatus.AUTHORISED,
    OrderStatus.AUTHORISING, OrderStatus.DECIDED, OrderStatus.CONSIDERING,
)  # fmt: skip


def as_heard(version: HearingVersion) -> Heard:
    """A message as the rules read it. Its charges and results are there already."""
    results = [
        Result(one.code, one.text, one.next_bail_status)
        for charge in version.charges.all()
        for one in charge.results.all()
    ]
    return Heard(f"hearing/{version.hearing_id}", version.bail_status, version.bail_conditions, results)


def proposed_in(
    by: Acting, cases: Collection[int], known_at: datetime | None = None
) -> list[tuple[HearingVersion, Proposed]]:
    """What the courts' latest words on the hearings of these cases propose. Three queries."""
    versions = latest_versions(by, known_at).filter(hearing__case__in=sorted(cases))
    return [(version, one) for version in messages(by, versions) for one in proposed(as_heard(version))]


def keys_proposed(by: Acting, cases: Collection[int]) -> set[str]:
    """What was proposed in these cases, decided or not."""
    rows = OrderProposal.objects.for_user(by).filter(case__in=sorted(cases))
    return set(rows.order_by().values_list("source_key", flat=True))


def proposals_of(by: Acting, case: Case) -> list[OrderProposal]:
    """What was proposed in a case, decided or not, the newest hearing first. One query."""
    rows = OrderProposal.objects.for_user(by).filter(case=case).select_related("decided", "decided__order")
    return list(rows.defer("words").order_by("-made_on", "id"))


def waiting_in(by: Acting, cases: Iterable[int], known_at: datetime) -> list[OrderProposal]:
    """What was proposed in these cases, with what was decided as known at an instant. One query."""
    rows = OrderProposal.objects.for_user(by).filter(case__in=sorted(cases), known_from__lte=known_at)
    return list(rows.select_related("case", "decided", "role").defer("words").order_by("id"))


def followed(by: Acting, records: Collection[int], known_at: datetime) -> set[int]:
    """Of these defendants' records those whose bail somebody here follows: a suspect of stalking or harassment, or of breaking an
    order that protects somebody, in whatever case and under whatever record; or somebody against whom there is an order.

    Courts tell of the bail of everybody; the rest is kept where it can be found and asks nothing of anybody. Seven queries.
    """
    mine, everywhere = same_people(by, records, known_at)
    named = frozenset(everywhere)
    roles = CaseRole.objects.for_user(by).filter(record__one_of=named, role__in=SUSPECTED, known_from__lte=known_at)
    parts = list(roles.order_by().values_list("case_id", "record_id"))
    in_cases = frozenset(case for case, _ in parts)
    sent = CaseVersion.objects.for_user(by).filter(case__one_of=in_cases, known_from__lte=known_at)
    asked = {one.case for one in map(crime_sent, sent.order_by().values_list(*SENT)) if one.is_asked}
    found = {record for case, record in parts if case in asked}
    alleged = Offence.objects.for_user(by).filter(role__record__one_of=named, known_from__lte=known_at)
    codes = Q(code__startswith=ACT_OF_1997) | Q(code__in=sorted(breaches_of_protection()))
    found |= set(alleged.filter(codes).order_by().values_list("role__record_id", flat=True))
    orders = Order.objects.for_user(by).filter(respondent__one_of=named, known_from__lte=known_at)
    found |= set(orders.order_by().values_list("respondent_id", flat=True))
    people = {everywhere[record] for record in found}
    return {record for record, person in mine.items() if person in people}


def same_people(
    by: Acting, records: Collection[int], known_at: datetime | None = None
) -> tuple[dict[int, int], dict[int, int]]:
    """Whose these records are, and every record of those people: person by record, in both. Two queries."""
    told = members(by, known_at).filter(record__one_of=frozenset(records))
    mine: dict[int, int] = dict(told.order_by().values_list("record_id", "person_id"))
    told = members(by, known_at).filter(person__one_of=frozenset(mine.values()))
    return mine, dict(told.order_by().values_list("record_id", "person_id"))


def cases_with_bail_of(by: Acting, cases: Collection[int]) -> set[int]:
    """The cases in which bail was proposed of anybody suspected in these: what is recorded here may be why it is followed there.

    Four queries at most.
    """
    suspected = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role__in=SUSPECTED)
    records = set(suspected.order_by().values_list("record_id", flat=True))
    if not records:
        return set()
    _mine, everywhere = same_people(by, records)
    return _cases_with_bail(by, everywhere)


def cases_with_bail_of_people(by: Acting, people: Collection[int]) -> set[int]:
    """The cases in which bail was proposed of these persons, by their row numbers. Two queries."""
    theirs = members(by).filter(person__one_of=frozenset(people)).order_by()
    return _cases_with_bail(by, theirs.values_list("record_id", flat=True))


def _cases_with_bail(by: Acting, records: Iterable[int]) -> set[int]:
    rows = OrderProposal.objects.for_user(by).filter(kind=BAIL, role__record__one_of=frozenset(records))
    return set(rows.order_by().values_list("case_id", flat=True))


@functools.cache
def breaches_of_protection() -> frozenset[str]:
    """The codes of breaches of the orders that protect a person."""
    return frozenset(code for kind in PROTECTIVE for code in kind_of(kind).codes.breach)


def changes_waiting(by: Acting, records: Collection[int], known_at: datetime) -> list[OrderProposal]:
    """What courts said that changes or ends an order against whoever these records are, and nobody has entered yet, oldest first.

    One query.
    """
    rows = OrderProposal.objects.for_user(by).filter(role__record__in=sorted(records), decided=None)
    rows = rows.filter(does__in=[Does.CHANGES.value, Does.ENDS.value], known_from__lte=known_at)
    return list(rows.defer("words").order_by("made_on", "id"))


def orders_meant(by: Acting, proposal: OrderProposal, court_case_no: str = "") -> list[Order]:
    """What a court that makes an order may have had in mind: of its kind and form, against whoever is the defendant, in its case,
    or in none and standing under its number. What was asked for and answered, or is over, is none of them.

    Those before the court come first, then those made, then those on their way there; of each the newest first. Three queries.
    """
    mine = records_of_whoever(by, [proposal.role.record_id])
    rows = Order.objects.for_user(by).filter(respondent__one_of=frozenset(mine), kind=proposal.kind)
    rows = rows.filter(is_interim=proposal.is_interim, status__in=list(_MEANT))
    in_case = Q(case=proposal.case)
    if number := court_number(court_case_no):
        in_case |= Q(case=None, status__in=LIVE, number=number)
    found = rows.annotate(number=COURT_NUMBER).filter(in_case).select_related("case").order_by("-id")
    return sorted(found, key=lambda one: _MEANT.index(OrderStatus(one.status)))


def find_proposal(by: Acting, number: int) -> OrderProposal | None:
    rows = OrderProposal.objects.for_user(by).filter(pk=number)
    proposal: OrderProposal | None = rows.select_related(
        "case", "role", "role__record", "decided", "decided__order"
    ).first()
    return proposal
