"""What other systems' words tell that is or may be a breach: probation's, a victim's contacts, a tag's (BRC-06)."""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import SURE, Binding, orders_protecting, orders_that_bind
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.detecting.likeness import may_be
from craffu.breaches.detecting.reading import broken_by
from craffu.breaches.detecting.rules import Happened
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.models import BreachTelling
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
from craffu.people.models import SourceRecord
from craffu.people.queries import belonging_now

_FOUND_BY: Final = {Tells.PROBATION: FoundBy.PROBATION, Tells.CONTACT: FoundBy.CONTACT, Tells.TAG: FoundBy.TAG}
# What else probation says was not kept, naming no order, is the licence or the caution's conditions.
_UNDER_SUPERVISION: Final = frozenset({"LICENCE", "COND_CAUTION"})
_WHOLE_DAY: Final = timedelta(days=1) - datetime.resolution
_DECIDED: Final = {"recall": ProbationDecision.RECALL, "warning": ProbationDecision.WARNING}


@dataclass(frozen=True, slots=True)
class _Around:
    records: Mapping[tuple[str, str], int]
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


def found_in_tellings(by: Acting, tellings: Collection[int], now: datetime) -> list[Found]:
    """Each incident of which these words tell, by the newest word under each key as known now. Thirty queries at most."""
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
        records, cases, {case: frozenset(several) for case, several in accused.items()}, binding, protecting,
        belonging_now(by, respondents | victims | spoken_of), may_be(by, asked), thresholds_in_use(by),
    )  # fmt: skip


def _of(around: _Around, row: BreachTelling) -> list[Found]:
    record = around.records.get((row.source, row.record_key))
    if record is None:
        return []
    return _of_contact(around, row, record) if row.tells == Tells.CONTACT else _of_respondent(around, row, record)


def _of_respondent(around: _Around, row: BreachTelling, record: int) -> list[Found]:
    """What is told of whoever is bound: probation says that an order was broken, a tag where somebody was."""
    first, last = row.happened_at, row.happened_at + (_WHOLE_DAY if row.is_day_only else timedelta())
    is_probation = row.tells == Tells.PROBATION
    is_of_licence = is_probation and row.decision != OF_AN_ORDER and not row.order_ref
    broken: list[Broken] = []
    for binding, link in around.binding.get(record, ()):
        if not _is_named(row.order_ref, binding) or (is_of_licence and binding.kind.code not in _UNDER_SUPERVISION):
            continue
        happened = Happened(None, link, None, first, last, row.in_zone, is_said_to_be_one=is_probation)
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
            _FOUND_BY[Tells(row.tells)], f"{row.source}/{row.key}", record, None, around.cases.get(row.crime), first, last,
            is_day_only=row.is_day_only, in_zone=row.in_zone, broken=tuple(broken), said_by=(_said(row, record),),
            words=(word,),
        )
    ]  # fmt: skip


def _is_named(order_ref: str, binding: Binding) -> bool:
    """Whether a source means this order; where the register has no number for it, it may mean any of theirs."""
    numbers = {_plain(binding.order.court_case_no), _plain(binding.order.reference)} - {""}
    return not order_ref or not _plain(binding.order.court_case_no) or _plain(order_ref) in numbers


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


def _said(row: BreachTelling, record: int) -> SaidBy:
    return SaidBy(_FOUND_BY[Tells(row.tells)], row.source, row.key, row.happened_at, record, row.words)
