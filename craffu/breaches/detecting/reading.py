"""What cases tell that is or may be a breach: crimes, charges of breach, and arrests for one (BRC-01, BRC-03, BRC-06).

Nothing is written and nothing decided here. What a force recorded under the code of a breach is its own decision; everything else
that was done to somebody whom an order protects, by whoever it binds and while it bound them, is offered to an officer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import Binding, orders_protecting, orders_that_bind
from craffu.breaches.detecting.codes import every_kind, kinds_by_code, kinds_said
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.detecting.likeness import may_be
from craffu.breaches.detecting.rules import Happened, condition_of, detect
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.standpoints.outcomes import decided_by_court, decided_by_outcome
from craffu.breaches.standpoints.rules import PoliceDecision, ProsecutionDecision
from craffu.cases.crime_queries import CrimeSaid, crimes_of_cases
from craffu.cases.models import CaseRole, CaseVersion, ChargeHeard, DetentionVersion, Offence, Outcome
from craffu.cases.queries import cases_of_records, latest_versions
from craffu.clocks.london import day_of, end_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.linkage.queries import thresholds_in_use
from craffu.linkage.rules import Thresholds
from craffu.orders.models import Order
from craffu.orders.queries import records_of_orders
from craffu.people.queries import belonging_now, mates

_A_DAY_APART: Final = 1


@dataclass(frozen=True, slots=True)
class _Parts:
    """Who plays which part in a case, by source record; persons by row number."""

    suspects: Sequence[int]
    defendants: Sequence[int]
    victims: Sequence[int]

    @property
    def accused(self) -> Sequence[int]:
        """Those of whom police say that they did it; where they name nobody, those whom a court hears."""
        return self.suspects or self.defendants


@dataclass(frozen=True, slots=True)
class _Around:
    """What all readings of some cases share."""

    parts: Mapping[int, _Parts]
    whose: Mapping[int, int]
    orders: Mapping[int, list[tuple[Binding, float]]]
    protecting: Mapping[int, list[Binding]]
    # Whom some victims may be of those protected, and some accused of those bound, who are not known to be.
    nearly: Mapping[int, Set[int]]
    thresholds: Thresholds

    def may_be_bound(self, accused: Collection[int], binding: Binding) -> bool:
        """Whether one of these may be whom an order binds, and none is known to be."""
        is_known = any(self.whose.get(one) == binding.person for one in accused)
        return not is_known and any(binding.person in self.nearly.get(one, ()) for one in accused)

    def same(self, one: int, other: int) -> bool:
        return one == other or (one in self.whose and self.whose[one] == self.whose.get(other))


def cases_that_may(by: Acting) -> set[int]:
    """Every case in which somebody plays a part whom an order ever bound or protected, or whose crimes or charges are those of a
    breach.
    """
    made = Order.objects.for_user(by).filter(made_at__isnull=False).order_by()
    concerned = records_of_orders(by, frozenset(made.values_list("pk", flat=True)))
    found = {case for _, case in cases_of_records(by, mates(by, concerned))}
    codes = sorted(kinds_by_code())
    crimes = CaseVersion.objects.for_user(by).filter(Q(offence_code__in=codes) | Q(home_office_class__in=codes))
    found |= set(crimes.order_by().values_list("case_id", flat=True))
    found |= set(Offence.objects.for_user(by).filter(code__in=codes).order_by().values_list("case_id", flat=True))
    return found


def found_in_cases(by: Acting, cases: Collection[int], now: datetime) -> list[Found]:
    """Each incident that these cases tell of, as known now. Thirty queries at most, however many cases."""
    around = _around(by, cases)
    crimes = crimes_of_cases(by, cases, now)
    found: list[Found] = []
    for case, of_case in crimes.items():
        for said in of_case:
            found += _of_crime(around, case, said)
    found = _with_arrests(by, around, crimes, found, now)
    return _with_charges(by, around, cases, found, now)


def _around(by: Acting, cases: Collection[int]) -> _Around:
    named: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases)).order_by("id")
    for case, record, role in roles.values_list("case_id", "record_id", "role"):
        named[case][role].append(record)
    parts = {
        case: _Parts(one[CaseRole.Role.SUSPECT], one[CaseRole.Role.DEFENDANT], one[CaseRole.Role.VICTIM])
        for case, one in named.items()
    }
    accused = {record for one in parts.values() for record in (*one.suspects, *one.defendants)}
    victims = {record for one in parts.values() for record in one.victims}
    orders = orders_that_bind(by, accused)
    protecting = orders_protecting(by, victims)
    asked = _asked(parts, orders, protecting)
    return _Around(
        parts, belonging_now(by, accused | victims), orders, protecting, may_be(by, asked), thresholds_in_use(by)
    )  # fmt: skip


def _asked(
    parts: Mapping[int, _Parts],
    orders: Mapping[int, list[tuple[Binding, float]]],
    protecting: Mapping[int, list[Binding]],
) -> set[tuple[int, int]]:
    """Who may be whom: of whoever is bound, who suffered it; of whoever is protected, who did it."""
    found: set[tuple[int, int]] = set()
    for one in parts.values():
        for binding in (each for record in one.accused for each, _ in orders.get(record, ())):
            found |= {(victim, person) for victim in one.victims for person in binding.protects}
        for binding in (each for record in one.victims for each in protecting.get(record, ())):
            if binding.person is not None:
                found |= {(record, binding.person) for record in one.accused}
    return found


def _of_crime(around: _Around, case: int, said: CrimeSaid) -> Iterator[Found]:
    """One incident for each person who is accused of a crime, where it may have broken an order or is said to have."""
    parts, version = around.parts.get(case), said.version
    if parts is None:
        return
    first = version.occurred_from or version.occurred_to or version.reported_at
    last = max(first, version.occurred_to or first)
    said_of = kinds_said(version.offence_code, version.home_office_class)
    seen: set[int] = set()
    if not parts.accused or not said_of:
        yield from _of_somebody(around, case, said, first, last)
    for record in parts.accused:
        person = around.whose.get(record, -record)
        if person in seen:
            continue
        seen.add(person)
        broken, victim = _broken(around, record, parts.victims, first, last, said_of)
        if not broken and not said_of:
            continue
        key = f"{version.source}/{version.crime}/{record}"
        yield Found(
            FoundBy.CRIME, key, record, victim or next(iter(parts.victims), None), case, first, last, of_kinds=said_of,
            broken=broken, said_by=(SaidBy(FoundBy.CRIME, version.source, version.crime, version.reported_at, record),),
            words=tuple(_words_of_crime(said, day_of(first), is_recorded=bool(said_of))),
        )  # fmt: skip


def _of_somebody(around: _Around, case: int, said: CrimeSaid, first: datetime, last: datetime) -> Iterator[Found]:
    """An order protects her, and nobody is named, or somebody of the name of whom it binds: it may be of whoever that is, which
    somebody has to find out. Of somebody named, what was recorded as a breach stands in their own history, and here nothing.

    As sure as what is just put before a person (IDN-02), so that it is offered with its identity not confirmed (ADR 56).
    """
    version, parts = said.version, around.parts[case]
    said_of = kinds_said(version.offence_code, version.home_office_class)
    against: dict[int, tuple[int, list[Broken]]] = {}
    for victim in parts.victims:
        for binding in around.protecting.get(victim, ()):
            if parts.accused and not around.may_be_bound(parts.accused, binding):
                continue
            is_said = binding.order.kind in said_of
            happened = Happened(
                str(around.whose[victim]), around.thresholds.clerical, None, first, last, is_said_to_be_one=is_said
            )
            if broken := broken_by(binding, happened, around.thresholds):
                against.setdefault(binding.order.respondent_id, (victim, []))[1].extend(broken)
    for respondent, (victim, several) in against.items():
        yield Found(
            FoundBy.CRIME, f"{version.source}/{version.crime}/{respondent}", respondent, victim, case, first, last,
            of_kinds=said_of, broken=tuple(several),
            said_by=(SaidBy(FoundBy.CRIME, version.source, version.crime, version.reported_at),),
            words=tuple(_words_of_crime(said, day_of(first), is_recorded=False)),
        )  # fmt: skip


def _broken(
    around: _Around,
    record: int,
    victims: Iterable[int],
    first: datetime,
    last: datetime,
    said_of: frozenset[str],
) -> tuple[tuple[Broken, ...], int | None]:
    """The orders that an incident may have broken, and against whom it was where an order protects them."""
    found: list[Broken] = []
    protected: int | None = None
    for binding, link in around.orders.get(record, ()):
        of_them = [one for one in victims if around.whose.get(one) in binding.protects]
        victim, sure = (str(around.whose[of_them[0]]) if of_them else None), link
        if not of_them:
            of_them = [one for one in victims if around.nearly.get(one, frozenset()) & binding.protects]
            if of_them:
                victim = str(min(around.nearly[of_them[0]] & binding.protects))
                sure = min(link, around.thresholds.clerical)
        is_said = binding.order.kind in said_of
        happened = Happened(victim, sure, None, first, last, is_said_to_be_one=is_said)
        one = broken_by(binding, happened, around.thresholds)
        if one:
            found += one
            protected = protected or (of_them[0] if of_them else None)
    return tuple(found), protected


def broken_by(binding: Binding, happened: Happened, thresholds: Thresholds) -> list[Broken]:
    """What of one order an incident may have broken: each condition that its reasons name, else the order as a whole."""
    at = happened.ends_at
    offered = detect(happened, binding.bound_at(at), thresholds)
    if not offered.is_possible:
        return []
    types = {condition_of(reason) for reason in offered.reasons} - {None}
    named = [pk for pk, type_ in binding.conditions_at(at) if type_ in types]
    return [
        Broken(binding.order.pk, condition, offered.reasons, offered.flags, happened.suspect_link)
        for condition in (*named,) or (None,)
    ]


def _words_of_crime(said: CrimeSaid, on: date, *, is_recorded: bool) -> Iterator[Word]:
    """What the force's own system says of a crime: reported, recorded as a breach, and what became of it."""
    one = said.version
    yield Word(Standpoint.REPORTED, "", one.reported_at, one.source, one.crime, on)
    if not is_recorded:
        # What became of a crime that was recorded as something else says nothing of the breach.
        return
    at = one.recorded_at or one.reported_at
    yield Word(Standpoint.POLICE, PoliceDecision.BREACH, at, one.source, f"{one.crime}/recorded", on)
    for outcome in said.outcomes:
        decided = decided_by_outcome(outcome.code)
        if decided is not None:
            standpoint, decision = decided
            key = f"{one.crime}/{outcome.outcome_number}/{outcome.code}/{outcome.decided_on.isoformat()}"
            yield Word(standpoint, decision, start_of(outcome.decided_on), one.source, key)


def _with_arrests(
    by: Acting,
    around: _Around,
    crimes: Mapping[int, Sequence[CrimeSaid]],
    found: Sequence[Found],
    now: datetime,
) -> list[Found]:
    """Custody records that say for the breach of which order somebody was arrested: they tell of the crime's incident, and of one
    of their own where the force's system does not say that it was a breach.
    """
    case_of = {one.version.crime: case for case, several in crimes.items() for one in several}
    rows = DetentionVersion.objects.for_user(by).filter(crime__one_of=sorted(case_of), known_from__lte=now)
    newest = {
        (row.source, row.key): row for row in rows.defer("bail_conditions").order_by("said_at", "received_at", "number")
    }
    result = list(found)
    for row in newest.values():
        if not row.for_breach_of:
            continue
        case = case_of[row.crime]
        said = SaidBy(FoundBy.CUSTODY, row.source, row.key, row.arrested_at, row.record_id)
        place = next(
            (
                at for at, one in enumerate(result)
                if one.case == case and one.found_by is FoundBy.CRIME and row.crime == one.said_by[0].key
                and (row.record_id is None or around.same(one.respondent, row.record_id) or len(around.parts[case].accused) == 1)
            ),
            None,
        )  # fmt: skip
        if place is not None:
            result[place] = replace(result[place], said_by=(*result[place].said_by, said))
            continue
        accused = (
            row.record_id or next(iter(around.parts[case].accused), None) if case in around.parts else row.record_id
        )
        if accused is not None:
            victims = around.parts[case].victims if case in around.parts else ()
            broken, victim = _broken(around, accused, victims, row.arrested_at, row.arrested_at, every_kind())
            result.append(
                Found(
                    FoundBy.CUSTODY, f"{row.source}/{row.key}", accused, victim or next(iter(victims), None), case,
                    row.arrested_at, row.arrested_at, of_kinds=every_kind(), broken=broken, said_by=(said,),
                    words=(Word(Standpoint.REPORTED, "", row.arrested_at, row.source, row.key),),
                )
            )  # fmt: skip
    return result


@dataclass(frozen=True, slots=True)
class _Charge:
    """A charge of breach as the court's latest word has it, and how it ended, if it has."""

    offence: Offence
    record: int
    started_on: date | None
    charged_on: date | None
    source: str
    received_at: datetime
    held_on: date
    outcome: Outcome | None


def _with_charges(
    by: Acting, around: _Around, cases: Collection[int], found: Sequence[Found], now: datetime
) -> list[Found]:
    """Charges of breach: each tells of the one incident of its case that it can be of, else of one of its own."""
    result = list(found)
    for charge in _charges(by, cases, now):
        case, said_of = charge.offence.case_id, kinds_said(charge.offence.code)
        on = charge.started_on or charge.charged_on or charge.held_on
        may = [at for at, one in enumerate(result) if _is_of(around, one, charge, said_of)]
        words = tuple(_words_of_charge(charge))
        said = SaidBy(FoundBy.COURT, charge.source, str(charge.offence.pk), charge.received_at, charge.record)
        place = may[0] if len(may) == 1 else _nearest(result, may, charge.started_on)
        if place is not None:
            one = result[place]
            result[place] = replace(one, said_by=(*one.said_by, said), words=(*one.words, *words))
            continue
        # A court gives the day alone: an order that began on it may have bound them by its evening.
        first, last = start_of(on), end_of(on) - datetime.resolution
        victims = around.parts[case].victims if case in around.parts else ()
        broken, victim = _broken(around, charge.record, victims, first, last, said_of)
        result.append(
            Found(
                FoundBy.COURT, f"{charge.source}/{charge.offence.pk}", charge.record, victim or next(iter(victims), None), case,
                first, last, is_day_only=True, of_kinds=said_of, broken=broken, said_by=(said,), words=words,
            )
        )  # fmt: skip
    return result


def _is_of(around: _Around, one: Found, charge: _Charge, said_of: frozenset[str]) -> bool:
    """Whether a charge can be of an incident: in its case, of the same person, and of an order of the same kind."""
    if one.case != charge.offence.case_id or one.found_by is not FoundBy.CRIME or not one.of_kinds & said_of:
        return False
    accused = around.parts[one.case].suspects if one.case in around.parts else ()
    return around.same(one.respondent, charge.record) or len(accused) <= 1


def _nearest(found: Sequence[Found], may: Sequence[int], on: date | None) -> int | None:
    """Of several incidents the one of the day charged, or next to it; None where that is not plain."""
    if on is None:
        return None
    near = [at for at in may if abs((day_of(found[at].first_at) - on).days) <= _A_DAY_APART]
    exact = [at for at in near if day_of(found[at].first_at) == on]
    return exact[0] if len(exact) == 1 else near[0] if len(near) == 1 else None


def _charges(by: Acting, cases: Collection[int], now: datetime) -> list[_Charge]:
    """Every charge of breach in these cases by its latest word. Two queries."""
    rows = (
        ChargeHeard.objects.for_user(by)
        .filter(
            offence__case__one_of=frozenset(cases), offence__code__in=sorted(kinds_by_code()),
            version__in=latest_versions(by, now),
        )
        .select_related("offence__role", "version__hearing")
        .defer("wording", "location")
    )  # fmt: skip
    last = {one.offence_id: one for one in rows.order_by("version__hearing__held_on", "version__received_at", "id")}
    ended = Outcome.objects.for_user(by).filter(offence__one_of=frozenset(last), known_from__lte=now).order_by("id")
    outcomes = {one.offence_id: one for one in ended}
    return [
        _Charge(
            one.offence, one.offence.role.record_id, one.started_on, one.charged_on, one.version.source,
            one.version.received_at, one.version.hearing.held_on, outcomes.get(number),
        )
        for number, one in sorted(last.items())
    ]  # fmt: skip


def _words_of_charge(charge: _Charge) -> Iterator[Word]:
    number = charge.offence.pk
    charged = charge.charged_on or charge.held_on
    yield Word(
        Standpoint.PROSECUTION, ProsecutionDecision.CHARGED, start_of(charged), charge.source, f"{number}/charged",
        charge.started_on,
    )  # fmt: skip
    if charge.outcome is not None and (decided := decided_by_court(charge.outcome.kind)) is not None:
        standpoint, decision = decided
        key = f"{number}/{charge.outcome.kind}/{charge.outcome.true_from.isoformat()}"
        yield Word(standpoint, decision, start_of(charge.outcome.true_from), charge.source, key, charge.started_on)
