"""What is held about somebody that may be told to them: fields about themselves alone, from a list, and no free text (SEC-11).

Of a record its newest word is told: what was put right since may have been somebody else's. What is not on the list is withheld
and counted, so that whoever prepares the answer looks at it. Whatever would be told is searched for what is protected about a
victim beside them, and withheld where it holds any (VIC-09).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_handle_rights
from craffu.access.rights_requests.kinds import Whose
from craffu.breaches.models import Breach
from craffu.cases.custody.queries import detentions_said, releases_said
from craffu.cases.models import AdviceAsked, CaseRole, CaseVersion, Hearing, Offence, RiskAssessment
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.daily.own_data.kinds import What, Why
from craffu.daily.own_data.parts import SUSPECTED, Parts, parts_of, records_asked_about, served
from craffu.daily.own_data.searching import details_of_others
from craffu.orders.models import Condition, Order
from craffu.people.models import Person, RecordedContact, RecordedIdentifier
from craffu.people.queries import people_of_records, versions_said
from craffu.people.scanning import kinds_found
from craffu.prevention.models import Plan, ScoreStands


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that may be told, as texts by name."""

    what: What
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Withheld:
    """So many of a part that are not told, and why."""

    what: What
    why: Why
    number: int


@dataclass(frozen=True, slots=True)
class OwnData:
    """What may be told somebody of themselves, what is withheld, and the records behind both."""

    whose: Whose
    included: tuple[Told, ...]
    withheld: tuple[Withheld, ...]
    refs: tuple[str, ...]


def own_data_of(by: Acting, person: Person) -> OwnData:
    """Everything of one person, as it is open to whoever prepares. A number of queries that does not grow.

    Raises NotPermitted.
    """
    check_can_handle_rights(by)
    records = records_asked_about(by, person)
    roles = list(CaseRole.objects.for_user(by).filter(record__in=records).select_related("case").order_by("id"))
    today = day_of(clock.now())
    parts = parts_of(by, roles, records, today)
    said = [*_identity(by, parts), *_custody(by, set(records) - parts.apart)]
    told = [
        *_once(one for one, is_last in said if is_last),
        *_cases(by, parts, today),
        *_orders(served(by, set(records) - parts.apart)),
    ]
    # Theirs, and hers beside them: what both gave is told by neither record.
    others = details_of_others(by, records)
    protected = [*others.contacts, *others.streets]
    safe = [one for one in told if not kinds_found(" ".join(one.said.values()), protected)]
    withheld = [
        *_withheld(by, records, roles),
        *_kept_back(by, records, parts),
        *_counted(told, safe),
        *_put_right(said),
    ]
    people = {person, *people_of_records(by, records).values()}
    refs = {*(f"person/{one.reference}" for one in people), *(f"case/{one.case.reference}" for one in roles)}
    refs |= {f"order/{one.said['reference']}" for one in told if one.what is What.ORDER}
    return OwnData(_whose(roles), tuple(safe), tuple(one for one in withheld if one.number), tuple(sorted(refs)))


def _whose(roles: Iterable[CaseRole]) -> Whose:
    """Whoever is suspected of anything is answered as a suspect, whatever else they are."""
    found = {one.role for one in roles}
    if found & set(SUSPECTED):
        return Whose.SUSPECT
    return Whose.VICTIM if CaseRole.Role.VICTIM in found else Whose.SOMEBODY_ELSE


def _identity(by: Acting, parts: Parts) -> Iterator[tuple[Told, bool]]:
    """Who they are, by the records that surely are theirs, and whether a record says so last. Which system said so is not told:
    one may be there for victims.
    """
    versions = versions_said(by, parts.records)
    last = {one.pk for one, is_last in versions if is_last}
    for one, is_last in versions:
        name = " ".join(part for part in (one.title, one.given_names, one.family_name) if part)
        said = {"name": name, "born_on": one.born_on, "sex": one.sex, "controller": one.controller}
        yield Told(What.NAME, said), is_last
    own = RecordedIdentifier.objects.for_user(by).filter(version__record__in=parts.records).order_by("id")
    for version, kind, given in own.values_list("version_id", "kind", "as_given"):
        yield Told(What.IDENTIFIER, {"kind": kind, "value": given}), version in last


def _cases(by: Acting, parts: Parts, today: date) -> Iterator[Told]:
    """Which cases, in which part, and of those in which they are suspected what is alleged of them and when they were heard."""
    for one in parts.own:
        yield Told(What.CASE, {"reference": one.case.reference, "part": one.role})
    own = [one.pk for one in parts.suspected]
    offences = Offence.objects.for_user(by).filter(role__in=own).order_by("id")
    for case, number, code in offences.values_list("case__reference", "number", "code"):
        yield Told(What.OFFENCE, {"case": case, "number": number, "code": code})
    heard = Hearing.objects.for_user(by).filter(role__in=own, held_on__lte=today).order_by("held_on", "id")
    for case, held_on in heard.values_list("case__reference", "held_on"):
        yield Told(What.HEARING, {"case": case, "held_on": _text(held_on)})


def _orders(orders: Iterable[Order]) -> Iterator[Told]:
    """Orders that were served on them; what is only considered, or was made in their absence, is not among them."""
    for one in orders:
        yield Told(
            What.ORDER,
            {
                "reference": one.reference, "kind": one.kind, "court": one.court, "made_on": _text(one.made_at),
                "last_day": _text(one.last_day), "served_on": _text(one.served_at), "ended_on": _text(one.ended_at),
            },
        )  # fmt: skip


def _custody(by: Acting, records: Collection[int]) -> Iterator[tuple[Told, bool]]:
    for held, is_last in detentions_said(by, records):
        said = {"arrested_at": _text(held.arrested_at), "released_at": _text(held.released_at), "station": held.station}
        yield Told(What.CUSTODY, said), is_last
    for let_out, is_last in releases_said(by, records):
        if let_out.released_on is not None:
            yield Told(What.RELEASE, {"prison": let_out.prison, "released_on": _text(let_out.released_on)}), is_last


def _once(told: Iterable[Told]) -> list[Told]:
    """The same thing, said by several records, is told once."""
    return list({(one.what, *one.said.values()): one for one in told}.values())


def _put_right(said: Iterable[tuple[Told, bool]]) -> Iterator[Withheld]:
    """What a record said once and says no more, unless another says it still."""
    found = list(said)
    last = _once(one for one, is_last in found if is_last)
    older = [one for one in _once(one for one, _is_last in found) if one not in last]
    for what in What:
        yield Withheld(what, Why.PUT_RIGHT, sum(one.what is what for one in older))


def _withheld(by: Acting, records: Collection[int], roles: Collection[CaseRole]) -> Iterator[Withheld]:
    """What is held and not told by itself: words that may tell of others, what is not said to exist, and privileged advice.

    Cases that are restricted from whoever prepares are counted; of those of which they may not even know, nothing is said.
    """
    cases = [one.case_id for one in roles]
    orders = Order.objects.for_user(by).filter(respondent__in=records)
    closed = (
        CaseRole.objects.for_user(by.joining()).filter(record__in=records).values_list("case__reference", flat=True)
    )
    shut = {case for case in closed if case not in {one.case.reference for one in roles}}
    shut -= {case for case in shut if by.is_hidden("case", case)}
    numbers: tuple[tuple[What, Why, Any], ...] = (
        (What.WORDS_OF_A_CASE, Why.THIRD_PARTIES, CaseVersion.objects.for_user(by).filter(case__in=cases)),
        (What.WORDS_OF_AN_ORDER, Why.THIRD_PARTIES, Condition.objects.for_user(by).filter(terms__order__in=orders.values("pk"))),
        (What.ORDER, Why.NEITHER_CONFIRM_NOR_DENY, _unserved(by, orders)),
        (What.BREACHES, Why.NEITHER_CONFIRM_NOR_DENY, Breach.objects.for_user(by).filter(respondent__in=records)),
        (What.RISK, Why.THIRD_PARTIES, RiskAssessment.objects.for_user(by).filter(case__in=cases)),
        (What.ADVICE, Why.LEGAL_PRIVILEGE, AdviceAsked.objects.for_user(by).filter(case__in=cases)),
        (What.PLAN, Why.NEITHER_CONFIRM_NOR_DENY, Plan.objects.for_user(by).filter(record__in=records)),
        (What.PRIORITY, Why.NEITHER_CONFIRM_NOR_DENY, ScoreStands.objects.for_user(by).filter(
            person__memberships__record__in=records).distinct()),
    )  # fmt: skip
    for what, why, rows in numbers:
        yield Withheld(what, why, rows.count())
    yield Withheld(What.CASE, Why.NOT_OPEN, len(shut))


def _unserved(by: Acting, orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.exclude(pk__in=[one.pk for one in served(by, orders.values_list("respondent_id", flat=True))])


def _kept_back(by: Acting, records: Collection[int], parts: Parts) -> Iterator[Withheld]:
    """What would tell by being there: cases of which they were not told, records that came with those, every contact.

    A contact is told to nobody, whoever gave it: one left out of many would confirm the address or the number that somebody had
    guessed and given as their own. Nor does it go to a victim by letter: whoever asks in her name may not be she.
    """
    unknown = set(records) - parts.records - parts.apart
    yield Withheld(What.CASE, Why.NEITHER_CONFIRM_NOR_DENY, len({one.case_id for one in parts.others}))
    yield Withheld(What.NAME, Why.NEITHER_CONFIRM_NOR_DENY, len(unknown))
    yield Withheld(What.NAME, Why.PROTECTED, len(parts.apart))
    reached = RecordedContact.objects.for_user(by).filter(version__record__in=records).exclude(kind="safe_word")
    yield Withheld(What.CONTACT, Why.PROTECTED, len(set(reached.order_by().values_list("kind", "value"))))


def _counted(told: Collection[Told], safe: Collection[Told]) -> Iterator[Withheld]:
    for what in What:
        number = sum(one.what is what for one in told) - sum(one.what is what for one in safe)
        yield Withheld(what, Why.PROTECTED, number)


def _text(at: date | datetime | None) -> str:
    if at is None:
        return ""
    return day_of(at).isoformat() if isinstance(at, datetime) else at.isoformat()
