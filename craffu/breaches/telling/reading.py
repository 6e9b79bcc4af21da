"""What other systems' words tell that is or may be a breach: probation's, a victim's contacts, a tag's (BRC-06)."""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import SURE, Binding, orders_protecting, orders_that_bind
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.detecting.likeness import may_be
from craffu.breaches.detecting.reading import broken_by
from craffu.breaches.detecting.rules import Happened
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.models import Breach, BreachTelling
from craffu.breaches.standpoints.rules import ProbationDecision
from craffu.breaches.telling.facts import Tells
from craffu.breaches.telling.rules import OF_AN_ORDER
from craffu.cases.models import CaseReference, CaseRole
from craffu.cases.queries import called
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.linkage.queries import thresholds_in_use
from craffu.linkage.rules import Thresholds
from craffu.orders.considering.reading import SUSPECTED
from craffu.orders.models import Order
from craffu.orders.models.lives import COURT_NUMBER
from craffu.people.models import SourceRecord
from craffu.people.queries import belonging_now

_FOUND_BY: Final = {Tells.PROBATION: FoundBy.PROBATION, Tells.CONTACT: FoundBy.CONTACT, Tells.TAG: FoundBy.TAG}
# What else probation says was not kept, naming no order, is the licence or the caution's conditions.
_UNDER_SUPERVISION: Final = frozenset({"LICENCE", "COND_CAUTION"})
_WHOLE_DAY: Final = timedelta(days=1) - datetime.resolution
_OF_NUMBERS: Final = (FoundBy.PROBATION.value, FoundBy.TAG.value)
_DECIDED: Final = {"recall": ProbationDecision.RECALL, "warning": ProbationDecision.WARNING}


@dataclass(frozen=True, slots=True)
class _Around:
    records: Mapping[tuple[str, str], int]
    # Of what is told of an order by its number, whom that binds.
    by_number: Mapping[int, int]
    # The words of which an incident is kept as whoever their record is of.
    kept: Set[str]
    cases: Mapping[str, int]
    accused: Mapping[int, frozenset[int]]
    binding: Mapping[int, list[tuple[Binding, float]]]
    protecting: Mapping[int, list[Binding]]
    whose: Mapping[int, int]
    # Whom those accused may be of those bound, and whom she may be of those protected, who are not known to be.
    nearly: Mapping[int, Set[int]]
    thresholds: Thresholds


def tellings_that_may(by: Acting) -> list[int]:
    """Everything told, by row number."""
    return list(BreachTelling.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def tellings_about(by: Acting, records: Collection[int]) -> set[int]:
    """What was told of these records, by row number. Two queries."""
    rows = SourceRecord.objects.for_user(by).filter(pk__one_of=frozenset(records)).order_by()
    named = set(rows.values_list("source", "source_key"))
    keys = frozenset(key for _, key in named)
    told = BreachTelling.objects.for_user(by).filter(record_key__one_of=keys).order_by()
    return {pk for pk, source, key in told.values_list("pk", "source", "record_key") if (source, key) in named}


def tellings_naming(by: Acting, orders: Collection[int]) -> set[int]:
    """What was told of an order by one of these orders' numbers, by row number. Two queries, and none of no order."""
    if not orders:
        return set()
    rows = Order.objects.for_user(by).annotate(plain=COURT_NUMBER).filter(pk__one_of=frozenset(orders)).order_by()
    numbers = {one for several in rows.values_list("court_case_no", "plain", "reference") for one in several} - {""}
    told = BreachTelling.objects.for_user(by).filter(order_ref__one_of=frozenset(numbers)).order_by()
    return set(told.values_list("pk", flat=True))


def found_in_tellings(by: Acting, tellings: Collection[int], now: datetime) -> list[Found]:
    """Each incident of which these words tell, by the newest word under each key as known now. Thirty-four queries at most."""
    asked = BreachTelling.objects.for_user(by).filter(pk__one_of=frozenset(tellings), known_from__lte=now)
    keys = frozenset(asked.order_by().values_list("key", flat=True))
    rows = BreachTelling.objects.for_user(by).filter(key__one_of=keys, known_from__lte=now)
    newest = {(row.source, row.tells, row.key): row for row in rows.order_by("said_at", "received_at", "number")}
    standing = [row for row in newest.values() if not row.is_withdrawn]
    around = _around(by, standing)
    return [found for row in standing for found in _of(around, row)]


def _around(by: Acting, rows: Collection[BreachTelling]) -> _Around:
    keys = frozenset(row.record_key for row in rows)
    held = SourceRecord.objects.for_user(by).filter(source_key__one_of=keys).order_by()
    records = {(source, key): pk for pk, source, key in held.values_list("pk", "source", "source_key")}
    respondents: set[int] = set()
    victims: set[int] = set()
    for row in rows:
        record = records.get((row.source, row.record_key))
        if record is not None:
            (victims if row.tells == Tells.CONTACT else respondents).add(record)
    by_number = _whom_a_number_binds(by, rows)
    respondents |= set(by_number.values())
    of_number = frozenset(_key(row) for row in rows if row.pk in by_number)
    kept = Breach.objects.for_user(by).filter(found_by__in=_OF_NUMBERS, key__one_of=of_number).order_by()
    cases = called(by, CaseReference.Kind.CRIME, {row.crime for row in rows if row.crime})
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases.values()), role__in=SUSPECTED).order_by()
    accused: dict[int, set[int]] = {}
    for case, record in roles.values_list("case_id", "record_id"):
        accused.setdefault(case, set()).add(record)
    spoken_of = {each for several in accused.values() for each in several}
    binding, protecting = orders_that_bind(by, respondents | spoken_of), orders_protecting(by, victims)
    asked: set[tuple[int, int]] = set()
    for row in rows:
        record = records.get((row.source, row.record_key))
        if row.tells == Tells.CONTACT and record is not None:
            theirs = accused.get(cases.get(row.crime, 0), set())
            asked |= {(record, each) for one in theirs for bound, _ in binding.get(one, ()) for each in bound.protects}
            asked |= {(one, bound.person) for bound in protecting.get(record, ()) if bound.person for one in theirs}
    return _Around(
        records, by_number, set(kept.values_list("key", flat=True)) if of_number else set(), cases,
        {case: frozenset(several) for case, several in accused.items()}, binding, protecting,
        belonging_now(by, respondents | victims | spoken_of), may_be(by, asked), thresholds_in_use(by),
    )  # fmt: skip


def _whom_a_number_binds(by: Acting, rows: Collection[BreachTelling]) -> dict[int, int]:
    """Whom the order binds that each of these words names by its number, where that is one person's alone.

    A row about a person may be refused, come later or wait to be linked: what was said of an order that we hold is not to wait
    for it. Two queries, and none where no order is named.
    """
    said = {row.pk: _plain(row.order_ref) for row in rows if row.tells != Tells.CONTACT and row.order_ref}
    if not said:
        return {}
    numbers = frozenset(said.values())
    made = Order.objects.for_user(by).filter(made_at__isnull=False).annotate(plain=COURT_NUMBER).order_by()
    named = made.filter(Q(plain__one_of=numbers) | Q(reference__one_of=numbers))
    bound: dict[str, set[int]] = {}
    for respondent, *called_so in named.values_list("respondent_id", "plain", "reference"):
        for number in called_so:
            bound.setdefault(number, set()).add(respondent)
    whose = belonging_now(by, {one for several in bound.values() for one in several})
    return {
        telling: min(bound[number])
        for telling, number in said.items()
        if number in bound and len({whose.get(one, -one) for one in bound[number]}) == 1
    }


def _of(around: _Around, row: BreachTelling) -> list[Found]:
    record = around.records.get((row.source, row.record_key))
    if row.tells == Tells.CONTACT:
        return _of_contact(around, row, record) if record is not None else []
    bound = around.by_number.get(row.pk)
    if bound is not None and (record is None or (_key(row) not in around.kept and _may_be(around, record, bound))):
        return _of_respondent(around, row, bound, is_by_number=True)
    return _of_respondent(around, row, record) if record is not None else []


def _may_be(around: _Around, record: int, bound: int) -> bool:
    """Whether a pair waits by which a record may be of whom an order binds, who is not known to be."""
    is_known = around.whose.get(record) == around.whose.get(bound)
    return not is_known and any(one.order.respondent_id == bound for one, _ in around.binding.get(record, ()))


def _of_respondent(around: _Around, row: BreachTelling, record: int, *, is_by_number: bool = False) -> list[Found]:
    """What is told of whoever is bound: probation says that an order was broken, a tag where somebody was.

    Where an order's number alone says who that is, their identity is not confirmed; what the same word says of somebody else,
    once their record comes, is another incident.
    """
    first, last = row.happened_at, row.happened_at + (_WHOLE_DAY if row.is_day_only else timedelta())
    is_probation = row.tells == Tells.PROBATION
    is_of_licence = is_probation and row.decision != OF_AN_ORDER and not row.order_ref
    broken: list[Broken] = []
    for binding, link in around.binding.get(record, ()):
        if not _is_named(row.order_ref, binding) or (is_of_licence and binding.kind.code not in _UNDER_SUPERVISION):
            continue
        sure = min(link, around.thresholds.clerical) if is_by_number else link
        happened = Happened(None, sure, None, first, last, row.in_zone, is_said_to_be_one=is_probation)
        broken += broken_by(binding, happened, around.thresholds)
    if not broken and not is_probation:
        return []
    if not broken and is_of_licence:
        # A licence or sentence that the register does not hold: supervision is probation's own.
        return []
    on = day_of(first)
    if is_probation:
        decision = _DECIDED.get(row.decision, ProbationDecision.REPORTED)
        word = Word(Standpoint.PROBATION, decision, first, row.source, f"{row.key}/{row.decision}", on)
    else:
        word = Word(Standpoint.REPORTED, "", first, row.source, row.key, on)
    return [
        Found(
            _FOUND_BY[Tells(row.tells)], f"{_key(row)}/{record}" if is_by_number else _key(row), record, None,
            around.cases.get(row.crime), first, last, is_day_only=row.is_day_only, in_zone=row.in_zone, broken=tuple(broken),
            said_by=(_said(row, None if is_by_number else record),),
            words=(word,),
        )
    ]  # fmt: skip


def _is_named(order_ref: str, binding: Binding) -> bool:
    """Whether a source means this order; where the register has no number for it, it may mean any of theirs."""
    numbers = {_plain(binding.order.court_case_no), _plain(binding.order.reference)} - {""}
    return not order_ref or not _plain(binding.order.court_case_no) or _plain(order_ref) in numbers


def _key(row: BreachTelling) -> str:
    """By which the incident of one word is kept."""
    return f"{row.source}/{row.key}"


def _plain(number: str) -> str:
    return number.upper().replace(" ", "").replace("/", "")


def _of_contact(around: _Around, row: BreachTelling, record: int) -> list[Found]:
    """What she told: of each order that protected her then, against those whom police suspect in the crime she speaks of.

    Also where one of them only bears the name of whom it binds, or she the name of whom it protects: with its identity not
    confirmed, as with any incident (ADR 56).
    """
    at, case = row.happened_at, around.cases.get(row.crime)
    against: dict[int, list[Broken]] = {}
    of_order = {
        one[0].order.pk: one for one in _orders_spoken_of(around, record, around.accused.get(case or 0, frozenset()))
    }
    for binding, person, link in of_order.values():
        broken = broken_by(binding, Happened(str(person), link, None, at), around.thresholds)
        if broken:
            against.setdefault(binding.order.respondent_id, []).extend(broken)
    return [
        Found(
            FoundBy.CONTACT, f"{row.source}/{row.key}/{respondent}", respondent, record, case, at, at, broken=tuple(broken),
            said_by=(_said(row, record),), words=(Word(Standpoint.REPORTED, "", at, row.source, row.key),),
        )
        for respondent, broken in against.items()
    ]  # fmt: skip


def _orders_spoken_of(around: _Around, record: int, accused: Set[int]) -> Iterator[tuple[Binding, int | None, float]]:
    """The orders of which a contact may speak, whom of those protected she is, and how sure it is who is who."""
    people, maybe = {around.whose.get(one) for one in accused}, around.thresholds.clerical
    her = around.whose.get(record)
    for binding in around.protecting.get(record, ()):
        if not accused or binding.person in people:
            yield binding, her, SURE
        elif any(binding.person in around.nearly.get(one, ()) for one in accused):
            yield binding, her, maybe
    for binding, link in (each for one in sorted(accused) for each in around.binding.get(one, ())):
        may_be_her = around.nearly.get(record, frozenset()) & binding.protects
        if may_be_her and her not in binding.protects:
            yield binding, min(may_be_her), min(link, maybe)


def _said(row: BreachTelling, record: int | None) -> SaidBy:
    return SaidBy(_FOUND_BY[Tells(row.tells)], row.source, row.key, row.happened_at, record, row.words)
