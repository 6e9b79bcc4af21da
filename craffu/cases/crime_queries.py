"""Reads of what a force's own system said of its crimes, for a reader of one force and as known now or at an instant (X10).

What a page does not show is not read: the place, the summary and the reasons stay encrypted where they are.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
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
    newest = {(one.source, one.crime): one for one in _words_on(by, tuple(cases), known_at)}
    given = _outcomes_of(by, {crime for _, crime in newest}, known_at) if newest else {}
    found: dict[int, tuple[CrimeSaid, ...]] = {}
    for key, one in sorted(newest.items(), key=lambda item: (item[1].reported_at, item[1].crime)):
        found[one.case_id] = (*found.get(one.case_id, ()), CrimeSaid(one, given.get(key, ())))
    return found


def newest_crimes(
    by: Acting, case: int, most: int, known_at: datetime | None = None
) -> Later[tuple[tuple[CrimeSaid, ...], int]]:
    """The crimes of a case that were reported last, in the order reported, and how many it has. Three queries at most."""

    def told(last: list[CaseVersion]) -> tuple[tuple[CrimeSaid, ...], int]:
        given = _outcomes_of(by, {one.crime for one in last}, known_at) if last else {}
        crimes = tuple(CrimeSaid(one, given.get((one.source, one.crime), ())) for one in reversed(last))
        if len(last) < most:
            return crimes, len(last)
        return crimes, _known(by, known_at).filter(case=case).order_by().values("source", "crime").distinct().count()

    return Later(told, _newest_words.later(by, case, known_at, most=most))


def _known(by: Acting, known_at: datetime | None) -> QuerySet[CaseVersion]:
    """Every word on a crime, as known now or at an instant."""
    versions: QuerySet[CaseVersion] = CaseVersion.objects.for_user(by)
    return versions if known_at is None else versions.filter(known_from__lte=known_at)


@prepared
def _words_on(by: Acting, cases: tuple[int, ...], known_at: datetime | None) -> QuerySet[CaseVersion]:
    versions = _known(by, known_at).filter(case__in=cases).defer("location", "summary")
    return versions.order_by("said_at", "received_at", "number")


@prepared
def _newest_words(by: Acting, case: int, known_at: datetime | None, *, most: int) -> QuerySet[CaseVersion]:
    """The newest word on each crime of a case, the one reported last first."""
    versions = _known(by, known_at)
    newest = versions.filter(_is_newest(versions), case=case).defer("location", "summary")
    return newest.order_by("-reported_at", "-crime")[:most]


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
    newest = {(one.source, one.key): one for one in _words_on_outcomes(by, frozenset(crimes), known_at)}
    found: dict[tuple[str, str], tuple[CaseOutcome, ...]] = {}
    for one in sorted(newest.values(), key=lambda one: (one.decided_on, one.outcome_number)):
        key = (one.source, one.crime)
        found[key] = (*found.get(key, ()), one)
    return found


@prepared
def _words_on_outcomes(by: Acting, crimes: frozenset[str], known_at: datetime | None) -> QuerySet[CaseOutcome]:
    versions = CaseOutcome.objects.for_user(by).filter(crime__one_of=crimes).defer("reason")
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    in_order: QuerySet[CaseOutcome] = versions.order_by("said_at", "received_at", "number")
    return in_order
