"""Everything that is counted of the gap between safe and felt safe, read for a whole force as things stood at an instant.

Q1, C1, MET29, MET30, VIC-08. Each table is read once, however many there are of whom. What is covert and shut to the reader is
left out, as it is everywhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.reach.queries import placements
from craffu.cases.models import CaseOutcome, CaseRole, CaseVersion, InvolvementVersion
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import described, members
from craffu.victims.answering.kinds import SURVEY_VERSION, Question
from craffu.victims.answering.reading import answers_of
from craffu.victims.gap.facts import Asked, By, Finalised, Gap, NotAskedOnce, Rows, Survey, WorkDone
from craffu.victims.gap.kinds import NOT_KNOWN, SATISFIED, Figure, Split
from craffu.victims.gap.rules import age_band, gap
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.trust import PAGE
from craffu.victims.models import (
    Answers,
    Invitation,
    InvitationStep,
    MeasureTold,
    NotInvited,
    SafetyMeasure,
    SurveyAnswered,
    SurveyInvited,
    SurveyNotAsked,
    Withdrawn,
)
from craffu.victims.queries import in_place_of, standing
from craffu.victims.surveys.kinds import Mode

# What the safe page asks, as the figures call it.
_OURS: Final = {
    Question.FEEL: Figure.FELT_SAFE, Question.INFORMED: Figure.KEPT_INFORMED, Question.SERIOUS: Figure.TAKEN_SERIOUSLY,
    Question.SUPPORTED: Figure.FELT_SUPPORTED,
}  # fmt: skip
_NOT_FINAL: Final = frozenset({"", "0"})
_EVER: Final = datetime.min.replace(tzinfo=UTC)


def gap_of(by: Acting, first: date, last: date, now: datetime) -> Gap:
    """Every figure of the days from `first` to `last`, by what was known and had happened at `now`."""
    return gap(rows_counted(by, now), first, last)


def rows_counted(by: Acting, now: datetime) -> Rows:
    """Everything that is counted. Seventeen queries, however many they are."""
    held = _held(by, now)
    found = _sides(by, held, now)
    return Rows(
        tuple(one for _, one in found.asked), tuple(one for _, one in found.not_asked), tuple(one for _, one in found.done),
        tuple(_finalised(by, held, now)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sides:
    """What is counted of victims, each with the row number of the record it is of."""

    asked: tuple[tuple[int, Asked], ...]
    not_asked: tuple[tuple[int, NotAskedOnce], ...]
    done: tuple[tuple[int, WorkDone], ...]


def sides(by: Acting, now: datetime) -> Sides:
    """What the record shows of victims and what they say. Fifteen queries."""
    return _sides(by, _held(by, now), now)


def _sides(by: Acting, held: "_Held", now: datetime) -> Sides:
    work = _work(by, now)
    asked = (*_asked_elsewhere(by, held, work, now), *_asked_here(by, held, work, now))
    return Sides(asked, tuple(_not_asked(by, held, now)), tuple(_done(held, work)))


@dataclass(slots=True)
class _Case:
    """One case as figures are split by it."""

    area: str = NOT_KNOWN
    relationship: str = NOT_KNOWN
    reported_at: datetime = _EVER
    victim: int | None = None


@dataclass(slots=True)
class _Held:
    """Cases by row number, what the records of their victims say, and whose each record is."""

    today: date
    cases: dict[int, _Case] = field(default_factory=dict)
    crimes: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    said: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    person: dict[int, int] = field(default_factory=dict)
    cases_of: dict[int, list[int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def whose(self, record: int) -> int:
        """Whoever a record is of: its person, or itself where it is of none."""
        return self.person.get(record, -record)

    def by(self, case: int | None, record: int | None, on: date) -> By:
        """By what something is split that is of a case and a victim, on a day."""
        of = self.cases.get(case or 0, _Case())
        sex, born_on, ethnicity = self.said.get(record or 0, (NOT_KNOWN,) * 3)
        return {
            Split.AREA: of.area, Split.RELATIONSHIP: of.relationship, Split.SEX: sex, Split.AGE: age_band(born_on, on),
            Split.ETHNICITY: ethnicity,
        }  # fmt: skip

    def case_by(self, record: int, on: date) -> int | None:
        """The case of hers that was reported last by a day, else her first."""
        cases = self.cases_of.get(self.whose(record), [])
        by_then = [one for one in cases if day_of(self.cases[one].reported_at) <= on]
        return by_then[-1] if by_then else next(iter(cases), None)


def _held(by: Acting, now: datetime) -> _Held:
    held, called = _Held(day_of(now)), dict[int, str]()
    roles = CaseRole.objects.for_user(by.joining()).filter(known_from__lte=now).order_by("id")
    victims: dict[int, list[int]] = defaultdict(list)
    hers = roles.filter(role=CaseRole.Role.VICTIM)
    for case, record, reference in hers.values_list("case_id", "record_id", "case__reference"):
        called[case] = reference
        of = held.cases.setdefault(case, _Case())
        of.victim = of.victim or record
        victims[record].append(case)
    _add_crimes(by, held, called, now)
    _add_relationships(by, held, now)
    held.hidden = {case for case, reference in called.items() if by.is_hidden("case", reference)}
    placed = placements(by.force, "case", called.values())
    for case, reference in called.items():
        if reference in placed and (area := placed[reference].area) is not None:
            held.cases[case].area = area.code
    rows = members(by).filter(record__one_of=frozenset(victims)).order_by()
    held.person = dict(rows.values_list("record_id", "person_id"))
    held.said = described(by, victims, now)
    for record, cases in victims.items():
        held.cases_of.setdefault(held.whose(record), []).extend(cases)
    for cases in held.cases_of.values():
        cases.sort(key=lambda case: (held.cases[case].reported_at, case))
    return held


def _add_crimes(by: Acting, held: _Held, called: dict[int, str], now: datetime) -> None:
    """Where each case was recorded, by the newest word on its first crime, and the class of each crime."""
    versions = CaseVersion.objects.for_user(by.joining()).filter(known_from__lte=now)
    newest: dict[tuple[str, str], tuple[datetime, int, str, str]] = {}
    for source, crime, case, station, kind, reported_at, reference in versions.order_by(
        "said_at", "received_at", "number"
    ).values_list("source", "crime", "case_id", "station", "home_office_class", "reported_at", "case__reference"):
        newest[source, crime] = (reported_at, case, station, kind)
        called[case] = reference
    for key, (reported_at, case, station, kind) in sorted(newest.items(), key=lambda one: (one[1][0], one[0])):
        held.crimes[key] = (case, kind)
        of = held.cases.setdefault(case, _Case())
        of.area = of.area or station
        of.reported_at = reported_at if of.reported_at == _EVER else of.reported_at


def _add_relationships(by: Acting, held: _Held, now: datetime) -> None:
    """Whom the suspect is to the victim, by the newest word on who was involved in a crime."""
    involved: Any = InvolvementVersion.objects.for_user(by).filter(known_from__lte=now, role=CaseRole.Role.SUSPECT)
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for source, key, crime, relationship in involved.order_by("said_at", "received_at", "number").values_list(
        "source", "key", "crime", "relationship"
    ):
        newest[source, key] = (crime, relationship)
    for (source, _), (crime, relationship) in sorted(newest.items()):
        case, _ = held.crimes.get((source, crime), (None, NOT_KNOWN))
        if case is not None:
            held.cases[case].relationship = held.cases[case].relationship or relationship


# What was done for whom: on which day, and when they were first told of it.
type _Work = Mapping[int, list[tuple[date, date | None]]]


def _work(by: Acting, now: datetime) -> _Work:
    """By record. Two queries."""
    today = day_of(now)
    told: dict[str, date] = {}
    telling = MeasureTold.objects.for_user(by).filter(known_from__lte=now).select_related("measure")
    for one in standing(telling.defer("measure__words").order_by("id")):
        key = one.measure.known_as
        if one.told_on <= today:
            told[key] = min(one.told_on, told.get(key, one.told_on))
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for done in standing(SafetyMeasure.objects.for_user(by).filter(known_from__lte=now).defer("words").order_by("id")):
        if done.done_on <= today:
            found[done.record_id].append((done.done_on, told.get(done.known_as)))
    return found


def _done(held: _Held, work: _Work) -> Iterator[tuple[int, WorkDone]]:
    for record, several in work.items():
        for on, told_on in several:
            case = held.case_by(record, on)
            if case not in held.hidden:
                yield record, WorkDone(on, held.by(case, record, on), told_on is not None)


@dataclass(slots=True)
class _Behind:
    """What had been done for each person's safety."""

    of_person: dict[int, list[tuple[date, date | None]]]

    def by(self, person: int, on: date) -> tuple[bool, bool]:
        """Whether anything was done by a day, and whether they had been told of any of that by then."""
        done = [told for day, told in self.of_person.get(person, ()) if day <= on]
        return bool(done), any(told is not None and told <= on for told in done)


def _behind(held: _Held, work: _Work) -> _Behind:
    of_person: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for record, several in work.items():
        of_person[held.whose(record)] += several
    return _Behind(of_person)


def _asked_elsewhere(by: Acting, held: _Held, work: _Work, now: datetime) -> Iterator[tuple[int, Asked]]:
    """By other systems' surveys. Two queries."""
    invited = list(SurveyInvited.objects.for_user(by).filter(known_from__lte=now).order_by("id"))
    now_at, behind = in_place_of(invited), _behind(held, work)
    said = SurveyAnswered.objects.for_user(by).filter(known_from__lte=now).defer("words").order_by("id")
    answered = {now_at[one.invited_id]: one for one in standing(said) if one.answered_on <= held.today}
    for one in standing(invited):
        if one.case_id in held.hidden or one.sent_on > held.today:
            continue
        survey = Survey(one.source, one.survey_version, one.mode)
        split: By = {Split.STAGE: one.stage, **held.by(one.case_id, one.record_id, one.sent_on)}
        row = answered.get(one.pk)
        if row is None:
            yield one.record_id, Asked(survey, one.sent_on, split, one.was_delivered)
            continue
        answers = {question: getattr(row, question.value) for question in SATISFIED}
        is_done, is_told = behind.by(held.whose(one.record_id), row.answered_on)
        yield (
            one.record_id,
            Asked(survey, one.sent_on, split, True, answers, row.may_be_linked, is_done, is_told),
        )


def _asked_here(by: Acting, held: _Held, work: _Work, now: datetime) -> Iterator[tuple[int, Asked]]:
    """By the safe page. What was not hers never reached her; of what she took back no answer counts. Three queries."""
    invited = Invitation.objects.for_user(by).filter(purpose=Purpose.SURVEY, known_from__lte=now).order_by("id")
    steps: dict[int, set[str]] = defaultdict(set)
    became = InvitationStep.objects.for_user(by).filter(invitation__purpose=Purpose.SURVEY, known_from__lte=now)
    for number, step in became.order_by("id").values_list("invitation_id", "step"):
        steps[number].add(step)
    said = Answers.objects.for_user(by).filter(invitation__purpose=Purpose.SURVEY, known_from__lte=now).defer("words")
    answered = {one.invitation_id: one for one in said.order_by("id")}
    behind = _behind(held, work)
    listed = list(invited)
    for one in listed:
        if one.route == Route.LETTER and any(_takes_its_place(each, one) for each in listed):
            continue
        on = day_of(one.at)
        case = one.case_id or held.case_by(one.record_id, on)
        if case in held.hidden:
            continue
        survey = Survey(PAGE, str(SURVEY_VERSION), Mode.ONLINE.value)
        split: By = {Split.STAGE: one.occasion, **held.by(case, one.record_id, on)}
        row = answered.get(one.pk)
        if row is None or Step.NOT_HERS in steps[one.pk]:
            yield one.record_id, Asked(survey, on, split, _arrived(one.route, steps[one.pk]))
            continue
        hers = {} if Step.TAKEN_BACK in steps[one.pk] else answers_of(row)
        answers = {figure: hers.get(question, "") for question, figure in _OURS.items()}
        is_done, is_told = behind.by(held.whose(one.record_id), day_of(row.given_at))
        yield (
            one.record_id,
            Asked(survey, on, split, True, answers, bool(hers) and row.may_be_linked is True, is_done, is_told),
        )


def _takes_its_place(other: Invitation, letter: Invitation) -> bool:
    """Whether she was given a code or link for what a letter asks her: she is asked once, and answers by that."""
    same = (other.record_id, other.occasion) == (letter.record_id, letter.occasion)
    return same and other.route != Route.LETTER and letter.at <= other.at < letter.expires_at


def _arrived(route: str, steps: set[str]) -> bool | None:
    """Whether an invitation reached her: a code was read out, a link was sent or could not be, a letter is hers."""
    if Step.NOT_HERS in steps or Step.NOT_SENT in steps:
        return False
    return True if route == Route.CODE or Step.SENT in steps or Step.OPENED in steps else None


def _not_asked(by: Acting, held: _Held, now: datetime) -> Iterator[tuple[int, NotAskedOnce]]:
    """By other systems, and by the safe page. Two queries."""
    for left in standing(NotInvited.objects.for_user(by).filter(known_from__lte=now).order_by("id")):
        case = held.case_by(left.record_id, left.on)
        if case not in held.hidden and left.on <= held.today:
            split: By = {Split.STAGE: left.occasion, **held.by(case, left.record_id, left.on)}
            yield left.record_id, NotAskedOnce(PAGE, left.on, split, left.reason)
    for one in standing(SurveyNotAsked.objects.for_user(by).filter(known_from__lte=now).order_by("id")):
        if one.case_id not in held.hidden and one.decided_on <= held.today:
            split = {Split.STAGE: one.stage, **held.by(one.case_id, one.record_id, one.decided_on)}
            yield one.record_id, NotAskedOnce(one.source, one.decided_on, split, one.reason)


def _finalised(by: Acting, held: _Held, now: datetime) -> Iterator[Finalised]:
    """Every crime with its last outcome: of several the one decided last. Two queries."""
    said = Withdrawn.objects.for_user(by).filter(known_from__lte=now).defer("reason", "pressure", "not_explored_reason")
    gave_up = [one for one in standing(said.order_by("id")) if one.on <= held.today]
    why = {one.case_id: one.why for one in sorted(gave_up, key=lambda one: (one.on, one.pk))}
    outcomes: Any = CaseOutcome.objects.for_user(by).filter(known_from__lte=now)
    newest: dict[tuple[str, str], tuple[date, int, str, str, str]] = {}
    for source, key, crime, number, code, on in outcomes.order_by("said_at", "received_at", "number").values_list(
        "source", "key", "crime", "outcome_number", "code", "decided_on"
    ):
        newest[source, key] = (on, number, code, source, crime)
    last: dict[tuple[str, str], tuple[date, str]] = {}
    for on, _, code, source, crime in sorted(newest.values()):
        if on <= held.today and code not in _NOT_FINAL:
            last[source, crime] = (on, code)
    for called, (on, code) in last.items():
        case, kind = held.crimes.get(called, (None, NOT_KNOWN))
        if case not in held.hidden:
            victim = held.cases[case].victim if case else None
            split: By = {Split.OFFENCE_CLASS: kind, **held.by(case, victim, on)}
            yield Finalised(on, split, code, why.get(case or 0, NOT_KNOWN))
