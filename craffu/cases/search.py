"""Finding cases of the reader's force by a number, by the town they were recorded or heard in, by the day of a hearing.

A case that is not open to the reader is found by its number alone, and only as a reference (SEC-01, SEC-02). Where people
live is encrypted and never searched (SEC-06): a town is the station that recorded a crime or the court that heard it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Max, Model, Q, QuerySet

from craffu.access.acting import Acting
from craffu.access.reach.queries import shut_to
from craffu.cases.models import Case, CaseReference, CaseVersion, Hearing, HearingVersion
from craffu.cases.places import places_named
from craffu.published.queries import courts_named

MOST_FOUND: Final = 20
# A town says little: only so many of the newest words on cases are gone through for it.
_NEWEST: Final = 20_000


class WhyCase(StrEnum):
    NUMBER = "number"
    STATION = "station"
    COURT = "court"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case, why it answers and by what: a number, a town in English and Welsh, a day."""

    case: int
    reference: str
    why: WhyCase
    found: str


@dataclass(frozen=True, slots=True)
class CasesFound:
    hits: tuple[CaseHit, ...]
    closed: tuple[str, ...] = ()


def cases_numbered(by: Acting, numbers: Sequence[str]) -> CasesFound:
    """Cases of our reference or another system's. Three questions at most."""
    if not numbers:
        return CasesFound(())
    all_of_force = by.joining()
    own = Case.objects.for_user(all_of_force).filter(reference__in=list(numbers)).values_list("id", "reference")
    kinds = [kind.value for kind in CaseReference.Kind]
    theirs = CaseReference.objects.for_user(all_of_force).filter(kind__in=kinds, value__in=list(numbers))
    found = [(case, reference, reference) for case, reference in own]
    found += list(theirs.order_by("case_id").values_list("case_id", "case__reference", "value")[:MOST_FOUND])
    shut = shut_to(by, "case", {reference for _, reference, _ in found})
    is_open = [one for one in found if one[1] not in shut]
    return CasesFound(
        tuple(CaseHit(case, reference, WhyCase.NUMBER, number) for case, reference, number in _once(is_open)),
        tuple(sorted(shut)),
    )


def cases_in_town(by: Acting, asked: str) -> list[CaseHit]:
    """The newest cases recorded by a town's station or heard by its court; `asked` is folded, in Welsh or English."""
    towns = places_named(asked)
    if not towns:
        return []
    shown = " / ".join(dict.fromkeys(towns[0]))
    names = [name for town in towns for name in town]
    at_station = Q()
    for name in names:
        at_station |= Q(station__istartswith=name)
    recorded = _newest(CaseVersion.objects.for_user(by)).filter(at_station)
    rows = recorded.order_by("-id").values_list("case_id", "case__reference")[:MOST_FOUND]
    hits = [CaseHit(case, reference, WhyCase.STATION, shown) for case, reference in _once(rows)]
    at_court = Q()
    for code in courts_named(names):
        at_court |= Q(court__startswith=code)
    if at_court and len(hits) < MOST_FOUND:
        heard = _newest(HearingVersion.objects.for_user(by)).filter(at_court).order_by("-id")
        rows = heard.values_list("hearing__case_id", "hearing__case__reference")[:MOST_FOUND]
        hits += [CaseHit(case, reference, WhyCase.COURT, shown) for case, reference in _once(rows)]
    return list({hit.case: hit for hit in reversed(hits)}.values())[::-1][:MOST_FOUND]


def cases_heard_on(by: Acting, day: date) -> list[CaseHit]:
    rows = Hearing.objects.for_user(by).filter(held_on=day).order_by("-id")
    found = rows.values_list("case_id", "case__reference")[:MOST_FOUND]
    return [CaseHit(case, reference, WhyCase.HEARD, day.isoformat()) for case, reference in _once(found)]


def _newest[M: Model](versions: QuerySet[M]) -> QuerySet[M]:
    last = versions.aggregate(last=Max("id"))["last"] or 0
    return versions.filter(id__gt=last - _NEWEST)


def _once[T: tuple](rows: Iterable[T]) -> Iterable[T]:  # type: ignore[type-arg]
    """The rows, each case once."""
    return {row[0]: row for row in reversed(list(rows))}.values()
