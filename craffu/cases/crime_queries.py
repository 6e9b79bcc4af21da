"""Reads of what a force's own system said of its crimes, for a reader of one force and as known now or at an instant (X10).

What a page does not show is not read: the place, the summary and the reasons stay encrypted where they are.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.cases.models import CaseOutcome, CaseReference, CaseVersion
from craffu.cases.states import STAGE_SAID, Stage


@dataclass(frozen=True, slots=True)
class CrimeSaid:
    """The newest word on one crime, and the outcomes that the force gave it, the latest decision last."""

    version: CaseVersion
    outcomes: tuple[CaseOutcome, ...]


def crimes_of_cases(
    by: Acting, cases: Collection[int], known_at: datetime | None = None
) -> dict[int, tuple[CrimeSaid, ...]]:
    """The crimes of each case in the order reported. Two queries, whatever the number of cases.

    The newest word is the one the force's system said last, then the one received last (INT-01).
    """
    versions = CaseVersion.objects.for_user(by).filter(case__in=list(cases)).defer("location", "summary")
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    newest = {(one.source, one.crime): one for one in versions.order_by("said_at", "received_at", "number")}
    given = _outcomes_of(by, {crime for _, crime in newest}, known_at) if newest else {}
    found: dict[int, tuple[CrimeSaid, ...]] = {}
    for key, one in sorted(newest.items(), key=lambda item: (item[1].reported_at, item[1].crime)):
        found[one.case_id] = (*found.get(one.case_id, ()), CrimeSaid(one, given.get(key, ())))
    return found


def newest_crimes(
    by: Acting, case: int, most: int, known_at: datetime | None = None
) -> tuple[tuple[CrimeSaid, ...], int]:
    """The crimes of a case that were reported last, in the order reported, and how many it has. Three queries at most."""
    versions = CaseVersion.objects.for_user(by)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    of_case = versions.filter(case=case)
    newest = of_case.filter(_is_newest(versions)).defer("location", "summary")
    last = list(newest.order_by("-reported_at", "-crime")[:most])
    given = _outcomes_of(by, {one.crime for one in last}, known_at) if last else {}
    told = tuple(CrimeSaid(one, given.get((one.source, one.crime), ())) for one in reversed(last))
    number = of_case.order_by().values("source", "crime").distinct().count() if len(last) == most else len(last)
    return told, number


def _is_newest(versions: QuerySet[CaseVersion]) -> Q:
    """Whether a word on a crime is the newest of these: said last, then received last (INT-01)."""
    same_time = Q(said_at=OuterRef("said_at"))
    same_run = same_time & Q(received_at=OuterRef("received_at"), number__gt=OuterRef("number"))
    later = Q(said_at__gt=OuterRef("said_at")) | (same_time & Q(received_at__gt=OuterRef("received_at"))) | same_run
    return ~Q(Exists(versions.filter(later, source=OuterRef("source"), crime=OuterRef("crime"))))


def not_closed(by: Acting, cases: Collection[int]) -> set[int]:
    """Of these, the cases of several crimes of which the police have not closed every one. Two queries at most."""
    named = CaseReference.objects.for_user(by).filter(kind=CaseReference.Kind.CRIME, case__one_of=frozenset(cases))
    crimes = Counter(named.order_by().values_list("case_id", flat=True))
    shared = [case for case, number in crimes.items() if number > 1]
    if not shared:
        return set()
    versions = CaseVersion.objects.for_user(by).filter(case__in=shared)
    told = versions.order_by("said_at", "received_at", "number").values_list("case_id", "source", "crime", "stage")
    newest = {(source, crime): (case, stage) for case, source, crime, stage in told}
    return {case for case, stage in newest.values() if STAGE_SAID[stage] is not Stage.CLOSED}


def _outcomes_of(
    by: Acting, crimes: Collection[str], known_at: datetime | None
) -> dict[tuple[str, str], tuple[CaseOutcome, ...]]:
    """The newest word on each outcome given to some crimes, by the source and its name for the crime."""
    versions = CaseOutcome.objects.for_user(by).filter(crime__one_of=sorted(crimes)).defer("reason")
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    newest = {(one.source, one.key): one for one in versions.order_by("said_at", "received_at", "number")}
    found: dict[tuple[str, str], tuple[CaseOutcome, ...]] = {}
    for one in sorted(newest.values(), key=lambda one: (one.decided_on, one.outcome_number)):
        key = (one.source, one.crime)
        found[key] = (*found.get(key, ()), one)
    return found
