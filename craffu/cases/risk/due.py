"""What is due of risk in each case: an assessment, a planned one, and a second person's look (RSK-01, RSK-02, RSK-04).

Only in cases of stalking or harassment; of one that is over, only what was recorded since. What was assessed before we heard of
the case was never due here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from craffu.access.acting import Acting
from craffu.access.reach.models import Placement
from craffu.access.reach.queries import placements
from craffu.cases.models import Case, CaseVersion, Offence, RiskAssessment, RiskEvent, RiskFact, RiskObservation
from craffu.cases.risk.crimes import SENT, CrimeSent, crime_sent, grades_sent, opened_at, reports_sent
from craffu.cases.risk.queries import (
    asked_again,
    assessed_with_looks,
    cases_that_wait,
    event,
    facts_held,
    graded,
    look_at,
    told_event,
)
from craffu.cases.risk.rules import (
    ACT_OF_1997,
    ASSESS_WITHIN,
    SECOND_LOOK_WITHIN,
    Asks,
    Event,
    Graded,
    last_of,
    since_it_was_over,
)
from craffu.cases.risk.told.queries import told_of
from craffu.cases.topics import CASES, PLACED
from craffu.clocks.london import day_of, due, end_of, start_of, utc_text
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

ASSESSMENT, PLANNED, LOOK = "risk_assessment", "planned_risk_assessment", "second_look"
ASKED_AGAIN, WAS_PLANNED, STANDARD = "asked_again", "was_planned", "standard_grade"
OPENING: Final = "opening"
# How long before its day a planned assessment stands in anybody's list.
PLANNED_AHEAD: Final = timedelta(days=7)


@dataclass(slots=True)
class _Told:
    """What is known of risk in one case, as far as it bears on what is due."""

    reference: str
    known_from: datetime
    over_from: date | None = None
    owner: int | None = None
    sent: list[CrimeSent] = field(default_factory=list)
    sent_later: set[CrimeSent] = field(default_factory=set)
    is_at_court: bool = False
    here: list[RiskAssessment] = field(default_factory=list)
    recorded: list[Event] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    said: dict[str, RiskObservation] = field(default_factory=dict)
    facts: list[RiskFact] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        return self.is_at_court or any(one.is_asked for one in self.sent)

    @property
    def given(self) -> list[Graded]:
        """Every grade, the earliest first; of several of one instant those given here last."""
        return sorted([*grades_sent(self.sent), *map(graded, self.here)], key=lambda one: one.at)

    def was_due(self, done_at: datetime | None) -> bool:
        """Whether it was ever due here: not what came graded with the first word of the case."""
        heard_of_later = [*grades_sent(self.sent_later), *map(graded, self.here)]
        return done_at is None or any(one.at == done_at for one in heard_of_later)

    @property
    def opened_at(self) -> datetime:
        return opened_at(self.known_from, self.sent)

    @property
    def asks(self) -> list[Event]:
        """What asked for an assessment after the case was opened; of one that is over, since it was."""
        again = [Event(ASKED_AGAIN, at) for at in asked_again(self.here)]
        if self.over_from is not None:
            return [*since_it_was_over(self.over_from, self.recorded), *(one for one in again if self.counts(one.at))]
        happened = [*reports_sent(self.sent), *self.recorded, *self.told]
        return [*(one for one in happened if one.kind in set(Asks)), *again]

    def counts(self, at: datetime) -> bool:
        """Whether what was done then counts: of a case that is over, what was done since."""
        return self.over_from is None or day_of(at) >= self.over_from

    def asked_after(self, graded_at: datetime | None, following: datetime | None) -> tuple[datetime, str] | None:
        """What first asked for another assessment than that one, of all that was heard of before the following; since when."""
        heard = [one for one in self.asks if following is None or one.heard_at <= following]
        asked = [(one.at if graded_at is None else one.asks_from(graded_at), one.kind) for one in heard]
        return min(((at, why) for at, why in asked if at is not None), default=None)


def every_case(by: Acting) -> Iterable[str]:
    return map(str, Case.objects.for_user(by).order_by("id").values_list("pk", flat=True).iterator())


def cases_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names cases by their row numbers, but for who placed one, who knows its reference alone."""
    if topic != PLACED:
        return subjects
    rows = Case.objects.for_user(by).filter(reference__one_of=frozenset(subjects))
    return map(str, rows.order_by().values_list("pk", flat=True))


def risk_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due in each of these cases as things stand at an instant. Sixteen queries at most."""
    return {
        str(case): Answer(tuple(_dues(case, told)))
        for case, told in _told(by, frozenset(map(int, subjects)), now).items()
    }


def _told(by: Acting, cases: frozenset[int], now: datetime) -> dict[int, _Told]:
    """What is known of each of these cases that is of the kind, and not over or asked about again."""
    waiting = cases_that_wait(by, cases)
    rows = Case.objects.for_user(by).filter(pk__in=sorted(waiting)).values_list("pk", "reference", "known_from")
    found = {case: _Told(reference, known_from, waiting[case]) for case, reference, known_from in rows}
    sent = CaseVersion.objects.for_user(by).filter(case__one_of=frozenset(found))
    for *row, known_from in sent.order_by("said_at", "received_at", "number").values_list(*SENT, "known_from"):
        told, one = found[row[0]], crime_sent(tuple(row))
        told.sent.append(one)
        if known_from > told.known_from:
            told.sent_later.add(one)
    charged = Offence.objects.for_user(by).filter(case__one_of=frozenset(found), code__startswith=ACT_OF_1997)
    for case in charged.values_list("case_id", flat=True):
        found[case].is_at_court = True
    asked = {case: told for case, told in found.items() if told.is_asked}
    _add_what_people_said(by, asked, now)
    _add_what_was_told(by, asked, now)
    placed: Mapping[str, Placement] = placements(by.force, "case", [told.reference for told in asked.values()])
    for told in asked.values():
        place = placed.get(told.reference)
        told.owner = place.owner_id if place else None
    return asked


def _add_what_people_said(by: Acting, asked: Mapping[int, _Told], now: datetime) -> None:
    """Assessments with the looks at them, events, observations and facts recorded above, as known at an instant."""
    wanted = {"case__one_of": frozenset(asked), "known_from__lte": now}
    here = assessed_with_looks(by).filter(**wanted)
    for one in here.defer("words").order_by("assessed_at", "number"):
        asked[one.case_id].here.append(one)
    for one in RiskEvent.objects.for_user(by).filter(**wanted).defer("words").order_by("happened_at", "id"):
        asked[one.case_id].recorded.append(event(one))
    for one in RiskObservation.objects.for_user(by).filter(**wanted).order_by("id"):
        asked[one.case_id].said[one.fact] = one
    for case, facts in facts_held(by, asked, now).items():
        asked[case].facts = facts


def _add_what_was_told(by: Acting, asked: Mapping[int, _Told], now: datetime) -> None:
    """What custody and courts told after the first grade, as known at an instant. Bail that is going to end is foreseen."""
    since = {case: told.given[0].at for case, told in asked.items() if told.given}
    crimes = {one.crime: case for case in since for one in asked[case].sent}
    for case, events in told_of(by, crimes, since, now).items():
        asked[case].told.extend(map(told_event, events))


def _dues(case: int, told: _Told) -> Iterator[Due]:
    yield from _assessments(case, told)
    yield from _planned(told)
    yield from _looks(told)


def _due(
    told: _Told, kind: str, key: str, why: str, raised_at: datetime, by: datetime, done_at: datetime | None
) -> Due:
    is_look = kind == LOOK
    return Due(
        kind=kind, key=key, about=("case", told.reference), of_case=told.reference, why=why, owner=told.owner,
        queue="second-looks" if is_look else "assessments",
        what_if_not=Consequence.GOES_STALE if kind == PLANNED else Consequence.RISK_UNKNOWN,
        raised_at=raised_at, due_at=by, overdue_from=by if kind == PLANNED else after(by),
        done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip


def _assessments(case: int, told: _Told) -> Iterator[Due]:
    """What asked, from the opening on, until somebody assessed; each assessment answers all that was known by its own instant
    (RSK-02).

    Known by the grade before it, so that what is heard of late changes since when it is due and not what it is.
    """
    given = [one.at for one in told.given]
    asked: list[tuple[str, str, datetime, datetime | None]] = []
    steps: list[datetime | None] = [*given, None]
    if told.over_from is None:
        asked.append((OPENING, Asks.CASE_OPENED.value, told.opened_at, given[0] if given else None))
    else:
        steps.insert(0, None)
    # What is asked of a case that is over is other work than what was withdrawn when it was.
    over = f":{told.over_from}" if told.over_from else ""
    for at, following in pairwise(steps):
        first_asked = told.asked_after(at, following)
        if first_asked is not None:
            since, why = first_asked
            asked.append((f"{utc_text(at) if at else OPENING}{over}", why, since, following))
    for which, why, since, done_at in asked:
        if told.was_due(done_at):
            yield _due(told, ASSESSMENT, f"{case}:{which}", why, since, due(since, ASSESS_WITHIN), done_at)


def _planned(told: _Told) -> Iterator[Due]:
    """The next assessment that whoever assessed has planned; any later one answers it."""
    for one in told.here:
        if one.next_due is None or not told.counts(one.assessed_at):
            continue
        raised_at = max(one.known_from, start_of(one.next_due) - PLANNED_AHEAD)
        later = next((given.at for given in told.given if given.at > one.assessed_at), None)
        if later is None or later >= raised_at:
            yield _due(told, PLANNED, str(one.pk), WAS_PLANNED, raised_at, end_of(one.next_due), later)


def _looks(told: _Told) -> Iterator[Due]:
    """Each look of a second person at the last grade, where it was given here (RSK-04)."""
    last = last_of(told.given)
    here = next((one for one in reversed(told.here) if graded(one) == last), None)
    if here is None or not told.counts(here.assessed_at):
        return
    looks = list(here.second_looks.all())
    for number, taken in enumerate((*looks, None)):
        said = [one for one in told.said.values() if taken is None or one.known_from <= taken.at]
        facts = [one for one in told.facts if taken is None or one.known_from <= taken.at]
        look = look_at(last, here, said, facts, looks[:number])
        if look.waits and look.due is not None:
            # The first is known by the assessment alone, as it was before there could be further ones.
            key = f"{here.pk}:{number}" if number else str(here.pk)
            raised_at = look.due - SECOND_LOOK_WITHIN
            yield _due(told, LOOK, key, STANDARD, raised_at, look.due, taken.at if taken else None)


SOURCE: Final = Source(
    key="case_risk",
    topics=frozenset({CASES, PLACED}),
    rules={ASSESSMENT: "RSK-01", PLANNED: "RSK-01", LOOK: "RSK-04"},
    whys=frozenset({*(one.value for one in Asks), ASKED_AGAIN, WAS_PLANNED, STANDARD}),
    queues=frozenset({"assessments", "second-looks"}),
    every=every_case,
    named=cases_named,
    due=risk_due,
)
