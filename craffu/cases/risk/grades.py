"""Which grade each of many cases had from one instant to the next, by which the clocks of its orders run (RSK-01, RSK-02).

A grade lapses when the hours of an event that nobody assessed have run out: from then on none is current.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseVersion, RiskAssessment, RiskEvent, RiskSecondLook
from craffu.cases.risk.crimes import SENT, CrimeSent, crime_sent, grades_sent, opened_at, reports_sent
from craffu.cases.risk.queries import told_event
from craffu.cases.risk.rules import ASSESS_WITHIN, Asks, Event, Grade, Graded, standing
from craffu.cases.risk.told.queries import told_of
from craffu.clocks.london import due


@dataclass(frozen=True, slots=True)
class GradeFrom:
    """From an instant on a case has this grade, or none that is current."""

    since: datetime
    grade: Grade | None


@dataclass(slots=True)
class _Case:
    """What bears on the grade of one case. A grade holds from when we knew of it, however long before it was given."""

    known_from: datetime
    sent: list[CrimeSent] = field(default_factory=list)
    sent_known: dict[Graded, datetime] = field(default_factory=dict)
    here: list[tuple[Graded, datetime]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    again: list[datetime] = field(default_factory=list)

    @property
    def given(self) -> list[tuple[Graded, datetime]]:
        return [*((one, self.sent_known[one]) for one in grades_sent(self.sent)), *self.here]


def grades_of_cases(by: Acting, cases: Collection[int], now: datetime) -> dict[int, list[GradeFrom]]:
    """Each case's grades as known at an instant, the earliest first, with a lapse to come. Ten queries at most."""
    rows = Case.objects.for_user(by).filter(pk__in=sorted(cases)).values_list("pk", "known_from")
    found = {pk: _Case(known_from) for pk, known_from in rows}
    wanted = {"case__one_of": frozenset(found), "known_from__lte": now}
    sent = CaseVersion.objects.for_user(by).filter(**wanted).order_by("said_at", "received_at", "number")
    for *row, known in sent.values_list(*SENT, "known_from"):
        one = crime_sent(tuple(row))
        found[one.case].sent.append(one)
        for grade in grades_sent([one]):
            found[one.case].sent_known.setdefault(grade, known)
    assessed = RiskAssessment.objects.for_user(by).filter(**wanted).order_by("assessed_at", "number")
    for case, at, grade, known in assessed.values_list("case_id", "assessed_at", "grade", "known_from"):
        found[case].here.append((Graded(at, Grade(grade)), known))
    happened = RiskEvent.objects.for_user(by).filter(**wanted)
    for case, *said in happened.values_list("case_id", "kind", "happened_at", "known_from"):
        found[case].events.append(Event(*said))
    looks = RiskSecondLook.objects.for_user(by).filter(
        agrees=False, assessment__case__one_of=frozenset(found), at__lte=now
    )
    for case, at in looks.order_by().values_list("assessment__case", "at"):
        found[case].again.append(at)
    _add_what_was_told(by, found, now)
    return {pk: _over_time(one) for pk, one in found.items()}


def _add_what_was_told(by: Acting, found: dict[int, _Case], now: datetime) -> None:
    """What custody and courts told after the first grade."""
    since = {pk: min(each.at for each, _known in one.given) for pk, one in found.items() if one.given}
    crimes = {one.crime: pk for pk in since for one in found[pk].sent}
    for pk, told in told_of(by, crimes, since, now).items():
        found[pk].events.extend(map(told_event, told))


def _over_time(case: _Case) -> list[GradeFrom]:
    opened, given = opened_at(case.known_from, case.sent), case.given
    events = [*reports_sent(case.sent), *case.events]
    asking = [one for one in events if one.kind in set(Asks)]
    asks = [*(at for one in asking for at in (one.at, one.heard_at)), *case.again]
    instants = {max(one.at, known) for one, known in given} | {one.heard_at for one in asking}
    instants |= {due(at, ASSESS_WITHIN) + datetime.resolution for at in asks}
    steps: list[GradeFrom] = []
    for at in sorted(instants):
        known_then = [one for one, known in given if known <= at]
        grade = standing(opened, at, known_then, events, case.again).grade
        if (steps[-1].grade if steps else None) != grade:
            steps.append(GradeFrom(at, grade))
    return steps
