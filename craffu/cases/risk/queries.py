"""Risk in a case as it stands: which grade, since when it waits, and what a second person has still to look at.

A grade that the force's own system sent was given by a person there and stands like one given here (RSK-02); with what it was
found, that system did not say.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseStage, CaseVersion, Offence
from craffu.cases.risk.crimes import SENT, CrimeSent, crime_sent, grades_sent, opened_at, reports_sent
from craffu.cases.risk.models import RiskAssessment, RiskEvent, RiskFact, RiskObservation, RiskSecondLook
from craffu.cases.risk.rules import (
    ACT_OF_1997,
    LOOKED_AT_FOR,
    Event,
    Grade,
    Graded,
    Look,
    LookTaken,
    Observed,
    Reply,
    SecondLook,
    Standing,
    further_look,
    last_of,
    nobody_waits,
    standing,
)
from craffu.cases.risk.told.queries import told_of
from craffu.cases.risk.told.rules import Told
from craffu.cases.states import OVER, over_from


@dataclass(frozen=True, slots=True)
class CaseRisk:
    """All that is known of risk in one case; observations are the last on each fact, `facts` those that stand recorded above,
    `reports` those after the first, and `told` what custody suites and courts say of themselves.

    While a case is over, and nothing was recorded since, nobody waits for an assessment.
    """

    opened_at: datetime
    is_asked: bool
    is_over: bool
    reports: tuple[Event, ...]
    told: tuple[Told, ...]
    sent: tuple[Graded, ...]
    assessments: tuple[RiskAssessment, ...]
    events: tuple[RiskEvent, ...]
    observations: tuple[RiskObservation, ...]
    facts: tuple[RiskFact, ...] = ()

    @property
    def given(self) -> list[Graded]:
        """Every grade, those that were sent before those given here."""
        return [*self.sent, *map(graded, self.assessments)]

    def standing(self, now: datetime) -> Standing:
        happened = (*self.reports, *map(told_event, self.told), *map(event, self.events))
        return standing(self.opened_at, now, self.given, happened, asked_again(self.assessments))

    @property
    def last(self) -> Graded | None:
        """The grade given last, wherever it was."""
        return last_of(self.given)

    @property
    def last_here(self) -> RiskAssessment | None:
        """The assessment recorded here that gave the last grade; None where the force's own system sent it."""
        return next((one for one in reversed(self.assessments) if graded(one) == self.last), None)

    @property
    def look(self) -> Look:
        """Whether a second person must look at the last grade. Facts that came later start its hours anew."""
        return look_at(self.last, self.last_here, self.observations, self.facts)


def graded(one: RiskAssessment) -> Graded:
    return Graded(one.assessed_at, Grade(one.grade))


def event(one: RiskEvent) -> Event:
    return Event(one.kind, one.happened_at, one.known_from)


def told_event(one: Told) -> Event:
    return Event(one.kind, one.at)


def asked_again(assessments: Iterable[RiskAssessment]) -> list[datetime]:
    """When second people asked for a new assessment."""
    return [look.at for one in assessments for look in one.second_looks.all() if not look.agrees]


def look_at(
    last: Graded | None,
    here: RiskAssessment | None,
    observations: Iterable[RiskObservation],
    facts: Iterable[RiskFact],
    looks: Iterable[RiskSecondLook] | None = None,
) -> Look:
    """RSK-04, over the facts the assessor named, those observed, those that stand recorded above, and the looks that were taken:
    all, unless some are given.
    """
    if last is None:
        return Look(needed=False)
    known = {SecondLook(fact): last.at for fact in (here.facts if here else ())}
    for one in observations:
        fact = LOOKED_AT_FOR.get(Observed(one.fact)) if one.answer == Reply.YES else None
        if fact is not None:
            known.setdefault(fact, one.known_from)
    for stands in facts:
        fact = SecondLook(stands.fact)
        known[fact] = min(known.get(fact, stands.known_from), stands.known_from)
    if looks is None:
        looks = here.second_looks.all() if here else ()
    taken = [
        LookTaken(look.by.username, look.at, None if look.facts is None else frozenset(look.facts)) for look in looks
    ]
    return further_look(last.grade, last.at, known, taken, assessor=here.assessor.username if here else "")


def case_risk(by: Acting, case: Case, known_at: datetime | None = None) -> CaseRisk:
    """Risk in one case, now or as known at an instant (X10). Thirteen queries at most."""
    assessments = _known(assessed_with_looks(by).filter(case=case), known_at)
    events = _known(RiskEvent.objects.for_user(by).filter(case=case).select_related("recorded_by"), known_at)
    observed = _known(RiskObservation.objects.for_user(by).filter(case=case).select_related("recorded_by"), known_at)
    crimes = _known(_crimes(by).filter(case=case), known_at)
    offences = _known(Offence.objects.for_user(by).filter(case=case, code__startswith=ACT_OF_1997), known_at)
    sent = [crime_sent(row) for row in crimes.values_list(*SENT)]
    told = told_of(by, {one.crime: case.pk for one in sent}, {case.pk: _EVER}, known_at)
    stages = _known(CaseStage.objects.for_user(by).filter(case=case), known_at).order_by("id")
    over = over_from(stages.values_list("stage", "true_from"))
    happened = tuple(events.order_by("happened_at", "id"))
    return CaseRisk(
        opened_at=opened_at(case.known_from, sent),
        is_asked=any(one.is_asked for one in sent) or offences.exists(),
        is_over=nobody_waits(over, map(event, happened)),
        reports=tuple(reports_sent(sent)),
        told=tuple(told[case.pk]),
        sent=grades_sent(sent),
        assessments=tuple(assessments.order_by("assessed_at", "number")),
        events=happened,
        observations=tuple({one.fact: one for one in observed.order_by("id")}.values()),
        facts=tuple(facts_held(by, [case.pk], known_at).get(case.pk, ())),
    )


def facts_held(by: Acting, cases: Collection[int], known_at: datetime | None = None) -> dict[int, list[RiskFact]]:
    """What stands recorded above of each of these cases, now or as known at an instant. One query."""
    rows = _known(RiskFact.objects.for_user(by).filter(case__one_of=frozenset(cases)), known_at)
    last = {(one.case_id, one.fact, one.key): one for one in rows.order_by("id")}
    found: dict[int, list[RiskFact]] = {}
    for one in last.values():
        if one.holds:
            found.setdefault(one.case_id, []).append(one)
    return found


def _known[Q: QuerySet[Any]](rows: Q, known_at: datetime | None) -> Q:
    """What was known of these rows then; all of them, now."""
    return rows if known_at is None else rows.filter(known_from__lte=known_at)


def risks_in(by: Acting, cases: Iterable[int], known_at: datetime | None = None) -> dict[int, CaseRisk]:
    """Risk in each of these cases, by row number, now or as known at an instant. Eleven queries at most, however many.

    What was observed, and which facts stand, is left out: no clock runs by it.
    """
    rows = Case.objects.for_user(by).filter(pk__in=sorted(cases)).order_by().values_list("pk", "known_from")
    opened = dict(rows)
    wanted = {"case__one_of": frozenset(opened)}
    sent: dict[int, list[CrimeSent]] = {case: [] for case in opened}
    for row in _known(_crimes(by).filter(**wanted), known_at).values_list(*SENT):
        sent[row[0]].append(crime_sent(row))
    charged = Offence.objects.for_user(by).filter(**wanted, code__startswith=ACT_OF_1997).order_by()
    at_court = set(_known(charged, known_at).values_list("case_id", flat=True))
    over = _over_from(_known(CaseStage.objects.for_user(by).filter(**wanted), known_at))
    crimes = {one.crime: case for case, several in sent.items() for one in several}
    told = told_of(by, crimes, dict.fromkeys(opened, _EVER), known_at)
    here = _of_each(_known(assessed_with_looks(by).filter(**wanted), known_at).order_by("assessed_at", "number"))
    events = RiskEvent.objects.for_user(by).filter(**wanted).defer("words")
    happened = _of_each(_known(events, known_at).order_by("happened_at", "id"))
    return {
        case: CaseRisk(
            opened_at=opened_at(known_from, sent[case]),
            is_asked=case in at_court or any(one.is_asked for one in sent[case]),
            is_over=nobody_waits(over.get(case), map(event, happened.get(case, ()))),
            reports=tuple(reports_sent(sent[case])),
            told=tuple(told.get(case, ())),
            sent=grades_sent(sent[case]),
            assessments=tuple(here.get(case, ())),
            events=tuple(happened.get(case, ())),
            observations=(),
        )
        for case, known_from in opened.items()
    }


def cases_that_wait(by: Acting, cases: Collection[int]) -> dict[int, date | None]:
    """Those of these cases that are not over, or in which something asks again since they were: since which day those are over.

    Two queries.
    """
    over = _over_from(CaseStage.objects.for_user(by).filter(case__one_of=frozenset(cases)))
    closed = frozenset(case for case, since in over.items() if since is not None)
    rows = RiskEvent.objects.for_user(by).filter(case__one_of=closed).defer("words").order_by("id")
    happened = _of_each(rows) if closed else {}
    return {case: since for case, since in over.items() if not nobody_waits(since, map(event, happened.get(case, ())))}


def _over_from(stages: QuerySet[CaseStage]) -> dict[int, date | None]:
    """The day from which each case is over, for those that are at a stage. One query."""
    came_to: dict[int, list[tuple[str, date]]] = {}
    for case, stage, since in stages.order_by("id").values_list("case_id", "stage", "true_from"):
        came_to.setdefault(case, []).append((stage, since))
    return {case: over_from(several) for case, several in came_to.items()}


def _of_each[R: (RiskAssessment, RiskEvent)](rows: QuerySet[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for one in rows:
        found.setdefault(one.case_id, []).append(one)
    return found


_EVER: Final = datetime.min.replace(tzinfo=UTC)


def _crimes(by: Acting) -> QuerySet[CaseVersion]:
    crimes: QuerySet[CaseVersion] = CaseVersion.objects.for_user(by).order_by("said_at", "received_at", "number")
    return crimes


def assessed_with_looks(by: Acting) -> QuerySet[RiskAssessment]:
    """Assessments with who gave them and each look that a second person took. Two queries."""
    looks = RiskSecondLook.objects.for_user(by).select_related("by").order_by("at", "id")
    found: QuerySet[RiskAssessment] = RiskAssessment.objects.for_user(by).select_related("assessor")
    return found.prefetch_related(Prefetch("second_looks", queryset=looks))


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A case that waits for an assessment, or soon will; `last_grade` is out of date."""

    reference: str
    stands: Standing


def fears_observed(by: Acting, cases: Collection[int] | None, at: datetime) -> dict[int, str]:
    """What was last answered of how afraid the victim says they are, by case, as known at an instant. One query."""
    rows = RiskObservation.objects.for_user(by).filter(fact=Observed.VICTIM_FEAR_RATING.value, known_from__lte=at)
    if cases is not None:
        rows = rows.filter(case__one_of=frozenset(cases))
    last = {one.case_id: one for one in rows.order_by("id")}
    return {case: one.value for case, one in last.items() if one.answer == Reply.YES}


def unassessed(by: Acting, now: datetime) -> list[Unassessed]:
    """Cases of stalking or harassment that wait in which no grade is current, the longest waiting first (RSK-02).

    Fourteen queries at most. What custody and courts told is asked only of cases that have a grade, after which it counts.
    """
    live = _live(by)
    sent: dict[int, list[CrimeSent]] = {}
    for row in _crimes(by).filter(case__one_of=frozenset(live)).values_list(*SENT):
        sent.setdefault(row[0], []).append(crime_sent(row))
    asked = {case for case, crimes in sent.items() if any(one.is_asked for one in crimes)}
    at_court = Offence.objects.for_user(by).filter(case__one_of=frozenset(live), code__startswith=ACT_OF_1997)
    asked |= set(at_court.values_list("case_id", flat=True))
    given: dict[int, list[Graded]] = {case: list(grades_sent(sent.get(case, ()))) for case in asked}
    assessed = RiskAssessment.objects.for_user(by).filter(case__one_of=frozenset(asked)).order_by("number")
    for case, at, grade in assessed.values_list("case_id", "assessed_at", "grade"):
        given[case].append(Graded(at, Grade(grade)))
    again: dict[int, list[datetime]] = {}
    looks = RiskSecondLook.objects.for_user(by).filter(agrees=False, assessment__case__one_of=frozenset(asked))
    for case, at in looks.order_by().values_list("assessment__case", "at"):
        again.setdefault(case, []).append(at)
    happened: dict[int, list[Event]] = {case: reports_sent(sent.get(case, ())) for case in asked}
    events = RiskEvent.objects.for_user(by).filter(case__one_of=frozenset(asked))
    for case, *said in events.values_list("case_id", "kind", "happened_at", "known_from"):
        happened[case].append(Event(*said))
    last = {
        case: grade.at
        for case, grades in given.items()
        if (grade := last_of(each for each in grades if each.at <= now)) is not None
    }
    crimes = {one.crime: case for case in last for one in sent.get(case, ())}
    for case, told in told_of(by, crimes, last).items():
        happened[case].extend(map(told_event, told))
    found = []
    for case in asked:
        reference, known_from = live[case]
        opened = opened_at(known_from, sent.get(case, ()))
        stands = standing(opened, now, given[case], happened[case], again.get(case, ()))
        if stands.in_unassessed_queue:
            found.append(Unassessed(reference, stands))
    return sorted(found, key=lambda one: (one.stands.waiting_since or now, one.reference))


def _live(by: Acting) -> dict[int, tuple[str, datetime]]:
    """Cases of which the police or the courts have something still to do, and those in which something asks again: each one's
    reference, and since when it is known.
    """
    stages = CaseStage.objects.for_user(by)
    later = stages.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    is_over, happened = Q(stage__in=OVER), RiskEvent.objects.for_user(by).filter(case=OuterRef("case"))
    last = stages.order_by().filter(~Exists(later)).filter(~is_over | Exists(happened))
    rows = list(last.values_list("case_id", "stage", "case__reference", "case__known_from"))
    closed = frozenset(case for case, stage, *_ in rows if stage in OVER)
    again = cases_that_wait(by, closed) if closed else {}
    return {case: (reference, known) for case, _, reference, known in rows if case not in closed or case in again}


@dataclass(frozen=True, slots=True)
class LookWaiting:
    """A 'standard' grade given here that a second person has still to look at."""

    assessment: RiskAssessment
    look: Look


def looks_waiting(by: Acting) -> list[LookWaiting]:
    """The last grades of cases, where they are 'standard' and a second look is asked for, the first due first. Five queries."""
    later = RiskAssessment.objects.for_user(by).filter(case=OuterRef("case"), assessed_at__gt=OuterRef("assessed_at"))
    newest = assessed_with_looks(by).filter(~Exists(later)).select_related("case").order_by("number")
    last = {one.case_id: one for one in newest}
    standard = {case: one for case, one in last.items() if one.grade == Grade.STANDARD}
    sent: dict[int, list[CrimeSent]] = {}
    for row in _crimes(by).filter(case__one_of=frozenset(standard)).values_list(*SENT):
        sent.setdefault(row[0], []).append(crime_sent(row))
    said: dict[int, dict[str, RiskObservation]] = {}
    for one in RiskObservation.objects.for_user(by).filter(case__one_of=frozenset(standard)).order_by("id"):
        said.setdefault(one.case_id, {})[one.fact] = one
    facts = facts_held(by, standard)
    found = [
        LookWaiting(one, look)
        for case, one in standard.items()
        if last_of([*grades_sent(sent.get(case, ())), graded(one)]) == graded(one)
        and (look := look_at(graded(one), one, said.get(case, {}).values(), facts.get(case, ()))).waits
    ]
    return sorted(found, key=lambda one: (one.look.due or one.assessment.assessed_at, one.assessment.pk))
