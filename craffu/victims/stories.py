"""All that bears on what a victim was promised and is owed, read at once for one or for many, as things stand at an instant.

What is dated after that instant has not happened yet, and what was not known then is not used: a past instant is answered as it
was (X10).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later, together
from craffu.access.reach.queries import beyond
from craffu.cases.models import CaseStage
from craffu.cases.states import OVER, Stage
from craffu.clocks.london import day_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.models import Membership, Person
from craffu.people.queries import belonging_now, members
from craffu.victims.agreements.queries import records_agreed
from craffu.victims.agreements.rules import Revisit
from craffu.victims.answering.kinds import LESS_SAFE
from craffu.victims.answering.reading import answers_of
from craffu.victims.answering.rules import Follows, follows
from craffu.victims.contacts.queries import PromiseStands, first_open, last_contact, stands
from craffu.victims.contacts.rules import SPEAKS_TO_NOBODY
from craffu.victims.happenings.queries import Happened, News, happened_among, instant_of_agreement, news_of, revisits_of
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.rules import SENT
from craffu.victims.models import (
    AgreementVersion,
    Answers,
    CaseHappening,
    Contact,
    EntitlementSaid,
    Invitation,
    InvitationStep,
    NotArrived,
    NotInvited,
    Promise,
    PromiseExcuse,
    SurveyAnswered,
    ToldOfHappening,
)
from craffu.victims.models.recorded import OfVictim
from craffu.victims.notices.code import Entitlement
from craffu.victims.queries import (
    Victim,
    agreements_in_order,
    beside_others,
    cases_as_victim,
    day_of_agreement,
    entitlements_in_order,
    in_place_of,
    not_struck,
    shut_cases,
    standing,
)
from craffu.victims.surveys.rules import is_news

# What another system's survey asked beside whether they feel safe.
_NO_ALARM: Final = ("kept_informed", "taken_seriously", "felt_supported", "words")


@dataclass(frozen=True, slots=True)
class InvitedOnce:
    """One invitation to the safe page, by its number: when, for what, and when its link could not be sent or it was ended."""

    number: int
    at: datetime
    is_survey: bool
    is_letter: bool
    failed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """She answered, and what follows of it: by the safe page, or on a day in another system's survey, learnt of at `given_at`.

    `key` names the answer, said anew or not. `is_anothers`: it turned out that somebody else had what was sent to her.
    """

    key: str
    given_at: datetime
    follows: tuple[Follows, ...]
    in_survey_on: date | None = None
    is_anothers: bool = False


@dataclass(slots=True)
class Story:
    """What was agreed with a victim, promised, done and told, and how all that stands at `now`."""

    victim: Victim
    now: datetime
    versions: list[AgreementVersion] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    promises: list[PromiseStands] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    stages: list[CaseStage] = field(default_factory=list)
    entitlement_said: EntitlementSaid | None = None
    answered: list[Answered] = field(default_factory=list)
    invited: list[InvitedOnce] = field(default_factory=list)
    not_arrived: list[NotArrived] = field(default_factory=list)
    not_invited: list[NotInvited] = field(default_factory=list)
    # Whose each of her cases is, where that was asked.
    owners: dict[str, int | None] = field(default_factory=dict)
    # When something known already, but dated later, changes how things stand; None where nothing does.
    changes_at: datetime | None = None

    def is_past(self, at: datetime) -> bool:
        """Whether something known has happened by now; what has not is when this story changes."""
        if at <= self.now:
            return True
        self.changes_at = at if self.changes_at is None else min(at, self.changes_at)
        return False

    @property
    def entitled(self) -> Entitlement:
        """Enhanced whatever the offence is recorded as, unless somebody decided otherwise with a reason (VIC-05, ADR 38)."""
        said = self.entitlement_said
        return Entitlement(said.entitlement) if said is not None else Entitlement.ENHANCED

    @property
    def news(self) -> list[News]:
        return news_of(self.happened, self.versions, self.entitled, self.now)

    @property
    def owes_safety_news(self) -> bool:
        """Whether she has still to be told of something that her safety hangs on."""
        return any(one.safety is not None and one.is_owed for one in self.news)

    @property
    def revisits(self) -> list[Revisit]:
        return revisits_of(self.happened, self.versions, self.now)

    def spoken_after(self, at: datetime) -> datetime | None:
        """When somebody first spoke with her after an instant, whoever rang; None where nobody has. A letter speaks to nobody."""
        spoke = (one.at for one in self.contacts if one.was_reached and one.channel not in SPEAKS_TO_NOBODY)
        return min((one for one in spoke if one >= at), default=None)

    def still_follows(self) -> Iterator[tuple[Answered, Follows]]:
        """What has still to be done because of what she answered."""
        for one in self.answered:
            for why in one.follows:
                if self.followed_up(one, why) is None:
                    yield one, why

    def followed_up(self, one: Answered, why: Follows) -> datetime | None:
        """When that was done: somebody spoke with her, or, where her reach changed, agreed it anew."""
        return self.agreed_after(one.given_at) if why is Follows.REACH else self.spoken_after(one.given_at)

    def agreed_after(self, at: datetime) -> datetime | None:
        """When the agreement was first made anew after an instant, or declined."""
        agreed = (instant_of_agreement(one) for one in self.versions)
        return min((one for one in agreed if one >= at), default=None)

    @property
    def is_reach_in_doubt(self) -> bool:
        """Whether it came to light since the agreement that how we reach her is no longer safe (VIC-02)."""
        return any(why is Follows.REACH for _answered, why in self.still_follows())

    @property
    def agreement(self) -> AgreementVersion | None:
        """What was agreed or declined last."""
        return self.versions[-1] if self.versions else None

    @property
    def next_promise(self) -> PromiseStands | None:
        return first_open(self.promises)

    @property
    def last_contact(self) -> Contact | None:
        return last_contact(self.contacts)

    @property
    def live_cases(self) -> dict[str, datetime]:
        """The cases of hers in which something is still expected, each with when it entered its first stage that we know."""
        last: dict[int, CaseStage] = {}
        first: dict[int, datetime] = {}
        for one in self.stages:
            last[one.case_id] = one
            first.setdefault(one.case_id, one.known_from)
        return {self.victim.cases[case]: first[case] for case, one in last.items() if Stage(one.stage) not in OVER}


def story_of(by: Acting, victim: Victim, now: datetime) -> Story:
    return stories(by, [victim], now)[victim.person.pk]


def stories(
    by: Acting, victims: Collection[Victim], now: datetime, *, answers: bool = True, whole: bool = False
) -> dict[int, Story]:
    """The story of each of these, by the person's row number: with what they answered, and `whole` with letters that did not
    reach them and whom nobody asked. Six queries at least and thirteen at most, whatever their number.
    """
    found = {one.person.pk: Story(one, now) for one in victims}
    whose = {record: found[one.person.pk] for one in victims for record in one.records}
    records = frozenset(whose)

    def said(model: type[OfVictim], *along: str, without: tuple[str, ...] = ()) -> Later[list[Any]]:
        return _told_of.later(by, records, now, model=model, along=along, without=without)

    agreed, spoken, entitled = (
        said(AgreementVersion, "recorded_by", "officer"),
        said(Contact, "recorded_by"),
        said(EntitlementSaid),
    )
    promised, happened, told = _promises_told.later(by, records, now), said(CaseHappening), said(ToldOfHappening)
    answered = (said(SurveyAnswered, without=_NO_ALARM), said(Invitation)) if answers else ()
    left_out = (said(NotArrived), said(NotInvited)) if whole else ()
    together(agreed, spoken, entitled, promised, happened, told, *answered, *left_out)
    for version in agreements_in_order(agreed.answer):
        if whose[version.record_id].is_past(start_of(day_of_agreement(version))):
            whose[version.record_id].versions.append(version)
    for contact in standing(spoken.answer):
        if whose[contact.record_id].is_past(contact.at):
            whose[contact.record_id].contacts.append(contact)
    for entitlement in entitlements_in_order(entitled.answer):
        whose[entitlement.record_id].entitlement_said = entitlement
    for one in found.values():
        one.contacts.sort(key=lambda each: (each.at, each.pk))
    _add_promises(by, whose, promised.answer, now)
    _add_what_happened(by, found, whose, (happened.answer, told.answer), now)
    if answered:
        surveyed, invited = answered
        _add_survey_answers(whose, surveyed.answer)
        _add_answers(by, whose, standing(invited.answer), now)
    if left_out:
        lost, left = left_out
        for letter in standing(lost.answer):
            whose[letter.record_id].not_arrived.append(letter)
        for nobody in standing(left.answer):
            whose[nobody.record_id].not_invited.append(nobody)
    return found


def _add_answers(by: Acting, whose: Mapping[int, Story], invited: Sequence[Invitation], now: datetime) -> None:
    """What she was asked by the safe page and answered. What turned out not to be her is left out."""
    if not invited:
        return
    steps: dict[int, dict[str, datetime]] = {}
    for step in _said(by, InvitationStep, whose, now):
        steps.setdefault(step.invitation_id, {})[step.step] = step.at
    for one in invited:
        became = steps.get(one.pk, {})
        if Step.NOT_HERS in became and one.route in SENT:
            found = Answered(f"not-hers-{one.pk}", became[Step.NOT_HERS], (Follows.REACH,), is_anothers=True)
            whose[one.record_id].answered.append(found)
        whose[one.record_id].invited.append(
            InvitedOnce(
                one.pk,
                one.at,
                one.purpose == Purpose.SURVEY,
                one.route == Route.LETTER,
                became.get(Step.NOT_SENT),
                became.get(Step.ENDED),
            )
        )
    for row in _said(by, Answers, whose, now):
        if Step.NOT_HERS not in steps.get(row.invitation_id, {}):
            whose[row.record_id].answered.append(
                Answered(str(row.invitation_id), row.given_at, follows(answers_of(row)))
            )


def _add_survey_answers(whose: Mapping[int, Story], rows: Iterable[SurveyAnswered]) -> None:
    """Who said in another system's survey that they feel less safe: from when we first learnt of it, however often it is sent."""
    several = [one for one in rows if whose[one.record_id].is_past(start_of(one.answered_on))]
    learnt: dict[str, datetime] = {}
    for one in several:
        if one.felt_safe == LESS_SAFE:
            learnt.setdefault(one.known_as, one.known_from)
    for one in standing(several):
        story = whose[one.record_id]
        if one.felt_safe == LESS_SAFE and is_news(
            one.answered_on, learnt[one.known_as], is_live=bool(story.live_cases)
        ):
            said = Answered(one.known_as, learnt[one.known_as], (Follows.LESS_SAFE,), one.answered_on)
            story.answered.append(said)


def _said[R: OfVictim](by: Acting, model: type[R], whose: Mapping[int, Story], now: datetime) -> list[R]:
    """What stands of all that was known by then, in the order recorded. One query."""
    return standing(_told_of(by, frozenset(whose), now, model=model, along=(), without=()))


@prepared
def _told_of(
    by: Acting,
    whose: frozenset[int],
    now: datetime,
    *,
    model: type[Any],
    along: tuple[str, ...],
    without: tuple[str, ...],
) -> QuerySet[Any]:
    """All that was known by then, what was said anew since too."""
    rows = model.objects.for_user(by).filter(record__one_of=whose, known_from__lte=now)
    known: QuerySet[Any] = (rows.select_related(*along) if along else rows).defer(*without).order_by("id")
    return known


@prepared
def _promises_told(by: Acting, whose: frozenset[int], now: datetime) -> QuerySet[Promise]:
    excused = PromiseExcuse.objects.for_user(by).filter(promise=OuterRef("pk")).order_by()
    rows = Promise.objects.for_user(by).filter(record__one_of=whose, known_from__lte=now)
    known: QuerySet[Promise] = rows.annotate(was_excused=Exists(excused)).order_by("id")
    return known


def _add_promises(by: Acting, whose: Mapping[int, Story], promises: Sequence[Promise], now: datetime) -> None:
    now_at = in_place_of(promises)
    excuses: dict[int, PromiseExcuse] = {}
    has_excuses = any(getattr(one, "was_excused", False) for one in promises)
    for excuse in _said(by, PromiseExcuse, whose, now) if has_excuses else ():
        if whose[excuse.record_id].is_past(excuse.at):
            excuses[now_at.get(excuse.promise_id, excuse.promise_id)] = excuse
    for story in {id(one): one for one in whose.values()}.values():
        for contact in story.contacts:
            if contact.promise_id is not None:
                contact.promise_id = now_at.get(contact.promise_id, contact.promise_id)
    for promise in standing(promises):
        story = whose[promise.record_id]
        if story.is_past(promise.promised_at):
            story.promises.append(stands(promise, story.contacts, excuses.get(promise.pk), now))
    for story in whose.values():
        story.promises.sort(key=lambda one: (one.promise.due_at, one.promise.pk))


def _add_what_happened(
    by: Acting,
    found: Mapping[int, Story],
    whose: Mapping[int, Story],
    said: tuple[Sequence[CaseHappening], Sequence[ToldOfHappening]],
    now: datetime,
) -> None:
    # That one victim of a case was told is no news to another.
    told: dict[int, dict[tuple[str, int], datetime]] = {person: {} for person in found}
    happenings = said[0]
    now_at, was_at = in_place_of(happenings), {one.pk: one.at for one in happenings}
    for one in standing(said[1]):
        if whose[one.record_id].is_past(one.at):
            of = one.happening_id or 0
            number = now_at.get(of, of)
            if _was_for_another_day(one, was_at.get(of), was_at.get(number)):
                continue
            key = ("happening", number) if number else ("stage", one.stage_id or 0)
            hers = told[whose[one.record_id].victim.person.pk]
            hers[key] = min(one.at, hers.get(key, one.at))
    recorded: dict[int, list[CaseHappening]] = {}
    for happening in not_struck(happenings):
        story = whose[happening.record_id]
        if story.is_past(happening.learnt_at):
            recorded.setdefault(story.victim.person.pk, []).append(happening)
            # What is known and lies ahead asks for the agreement once it has happened.
            story.is_past(happening.at)
    in_case: dict[int, list[Story]] = {}
    for story in found.values():
        for case in story.victim.cases:
            in_case.setdefault(case, []).append(story)
    for stage in _stages_told(by.joining(), frozenset(in_case), now):
        for story in in_case[stage.case_id]:
            if story.is_past(start_of(stage.true_from)):
                story.stages.append(stage)
    for person, story in found.items():
        story.happened = happened_among(story.victim, recorded.get(person, ()), story.stages, told[person])


def _was_for_another_day(told: ToldOfHappening, was_at: datetime | None, is_at: datetime | None) -> bool:
    """Whether she was warned of what lay ahead by another day than it is by now: she expects it then, and is told anew."""
    return was_at is not None and is_at is not None and told.at < was_at and day_of(was_at) != day_of(is_at)


@prepared
def _stages_told(by: Acting, cases: frozenset[int], now: datetime) -> QuerySet[CaseStage]:
    known: QuerySet[CaseStage] = CaseStage.objects.for_user(by).filter(case__one_of=cases, known_from__lte=now)
    return known.order_by("id")


def victims_of_people(by: Acting, people: Collection[int]) -> list[Victim]:
    """Of these people, by row number, those who are a victim in a case, with all their records and cases.

    What keeps one from the reader is said in `shut`; one with a covert case that is shut to them is left out. Three queries.
    """
    rows = _memberships_of(by, frozenset(people))
    records: dict[int, list[int]] = {}
    persons: dict[int, Person] = {}
    for row in rows:
        records.setdefault(row.person_id, []).append(row.record_id)
        persons[row.person_id] = row.person
    whose = {record: person for person, of in records.items() for record in of}
    cases: dict[int, dict[int, str]] = {}
    last: dict[int, int] = {}
    roles: dict[int, list[tuple[int, int, bool]]] = {}
    for record, case, called, is_after in cases_as_victim(by.joining(), frozenset(whose)):
        cases.setdefault(whose[record], {})[case] = called
        last[whose[record]] = record
        roles.setdefault(whose[record], []).append((record, case, is_after))
    unreached = beyond(by, "case", {called for of in cases.values() for called in of.values()})
    return [
        Victim(
            persons[person],
            tuple(records[person]),
            last[person],
            of,
            shut_cases(by, of.values(), unreached),
            beside_others(roles[person]),
        )
        for person, of in sorted(cases.items())
        if not any(by.is_hidden("case", called) for called in of.values())
    ]


@prepared
def _memberships_of(by: Acting, people: frozenset[int]) -> QuerySet[Membership]:
    rows = members(by).filter(person__one_of=people).select_related("person")
    return rows.order_by("record_id")


def victims_of_records(by: Acting, records: Collection[int]) -> list[Victim]:
    """The victims whose source records these are. Four queries."""
    return victims_of_people(by, frozenset(belonging_now(by, records).values()))


def victims_agreed(by: Acting) -> list[Victim]:
    """The victims open to the reader with whom an agreement was made or declined, what was recorded last first. Five queries."""
    order = {record: place for place, record in enumerate(records_agreed(by))}
    found = [one for one in victims_of_records(by, order) if not one.shut]
    return sorted(found, key=lambda one: min(order[record] for record in one.records if record in order))
