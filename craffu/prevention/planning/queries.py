"""Plans as they stand: what was put forward, who approved it, what is to be done, and by when it is reviewed (PLN-01, PLN-02)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch

from craffu.access.acting import Acting, acting_system
from craffu.breaches.models import Breach
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.edits import version_of
from craffu.orders.following.rules import Trigger
from craffu.orders.models import OrderTrigger
from craffu.people.models import Person
from craffu.people.queries import belonging_now, records_now_of, records_of, records_of_whoever
from craffu.prevention.models import (
    Plan,
    PlanAction,
    PlanActionClosed,
    PlanApproved,
    PlanConsulted,
    PlanDraft,
    PlanEnded,
    PlanOption,
    PlanReviewed,
    PlanVersion,
)
from craffu.prevention.planning.facts import Answers, Asked, Decided, answers_of
from craffu.prevention.planning.kinds import Because, Outcome, Stage
from craffu.prevention.planning.timing import Happened, NextReview, next_review


@dataclass(frozen=True, slots=True)
class Version:
    """One version with what it decides of each option, who was asked, and what another person said of it."""

    row: PlanVersion
    options: tuple[PlanOption, ...]
    consulted: tuple[PlanConsulted, ...]
    approved: PlanApproved | None

    @property
    def stands(self) -> bool:
        return self.approved is not None and self.approved.agrees

    @property
    def waits(self) -> bool:
        return self.approved is None

    @property
    def was_sent_back(self) -> bool:
        return self.approved is not None and not self.approved.agrees


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is to be done, and what became of it."""

    row: PlanAction
    closed: PlanActionClosed | None


@dataclass(frozen=True, slots=True)
class PlanStory:
    """Everything recorded of one plan, each in the order in which it was recorded."""

    plan: Plan
    versions: tuple[Version, ...]
    actions: tuple[Action, ...]
    reviews: tuple[PlanReviewed, ...]
    ended: PlanEnded | None

    @property
    def standing(self) -> Version | None:
        """The version that was approved last."""
        return next((one for one in reversed(self.versions) if one.stands), None)

    @property
    def waiting(self) -> Version | None:
        """The one that waits for a supervisor, of which there is one at most; none once the plan has ended."""
        return next((one for one in self.versions if one.waits), None) if self.ended is None else None

    @property
    def stage(self) -> Stage:
        if self.ended is not None:
            return Stage.ENDED
        if self.standing is not None:
            return Stage.LIVE
        if self.waiting is not None:
            return Stage.WAITS
        return Stage.SENT_BACK if self.versions else Stage.BEGUN

    @property
    def approved_at(self) -> datetime | None:
        """Since when there has been a plan at all."""
        return next((one.approved.known_from for one in self.versions if one.approved and one.approved.agrees), None)

    @property
    def looked_at(self) -> datetime | None:
        """When it was last put forward as it stands, or reviewed; None while it does not stand."""
        if self.standing is None or self.ended is not None:
            return None
        put = self.standing.row.known_from
        return max([put, *(one.known_from for one in self.reviews)])

    def next(self, happened: Iterable[Happened]) -> NextReview | None:
        """By when it is reviewed; None while it does not stand (PLN-02)."""
        return None if self.looked_at is None else next_review(self.looked_at, happened)

    @property
    def open_actions(self) -> list[Action]:
        return [one for one in self.actions if one.closed is None]

    @property
    def to_change(self) -> PlanReviewed | None:
        """The last review, where it found that the plan is to change and no version was put forward since."""
        last = self.reviews[-1] if self.reviews else None
        if last is None or last.outcome != Outcome.TO_CHANGE or self.ended is not None:
            return None
        return None if any(one.row.known_from > last.known_from for one in self.versions) else last


def stories_of_plans(by: Acting, plans: Iterable[Plan]) -> list[PlanStory]:
    """All of these plans, in their order. Seven queries, however many they are."""
    rows = list(plans)
    of = sorted(one.pk for one in rows)
    versions: dict[int, list[Version]] = {}
    put = PlanVersion.objects.for_user(by).filter(plan__in=of).select_related("by", "owner", "approved__by")
    put = put.prefetch_related(
        Prefetch("options", PlanOption.objects.for_user(by).order_by("id")),
        Prefetch("consulted", PlanConsulted.objects.for_user(by).order_by("id")),
    )
    for row in put.order_by("number"):
        said = Version(row, tuple(row.options.all()), tuple(row.consulted.all()), getattr(row, "approved", None))
        versions.setdefault(row.plan_id, []).append(said)
    actions: dict[int, list[Action]] = {}
    asked = PlanAction.objects.for_user(by).filter(plan__in=of).select_related("by", "owner", "closed__by")
    for row in asked.order_by("number"):
        actions.setdefault(row.plan_id, []).append(Action(row, getattr(row, "closed", None)))
    reviews: dict[int, list[PlanReviewed]] = {}
    for row in PlanReviewed.objects.for_user(by).filter(plan__in=of).select_related("by").order_by("number"):
        reviews.setdefault(row.plan_id, []).append(row)
    ended = {row.plan_id: row for row in PlanEnded.objects.for_user(by).filter(plan__in=of).select_related("by")}
    return [
        PlanStory(
            one, tuple(versions.get(one.pk, ())), tuple(actions.get(one.pk, ())), tuple(reviews.get(one.pk, ())),
            ended.get(one.pk),
        )
        for one in rows
    ]  # fmt: skip


def plans_of_records(by: Acting, records: Collection[int]) -> list[PlanStory]:
    """The plans for whoever these records are, the first begun first."""
    rows = Plan.objects.for_user(by).filter(record__one_of=frozenset(records))
    return stories_of_plans(by, rows.select_related("by", "case").order_by("id"))


@dataclass(frozen=True, slots=True)
class Begun:
    """When a plan was begun and when it ended, if it did, and whether it was ever approved."""

    pk: int
    at: datetime
    ended: datetime | None
    was_approved: bool


def plans_begun(by: Acting, people: Collection[int]) -> dict[int, list[Begun]]:
    """Every plan that was begun for each of these persons, the first begun first. Two queries."""
    records = {record: person for person, theirs in records_now_of(by, people).items() for record in theirs}
    found: dict[int, list[Begun]] = {}
    approved = PlanApproved.objects.for_user(by).filter(version__plan=OuterRef("pk"), agrees=True).order_by()
    rows = Plan.objects.for_user(by).filter(record__one_of=frozenset(records)).annotate(was_approved=Exists(approved))
    for record, *said in rows.order_by("id").values_list(
        "record_id", "pk", "known_from", "ended__known_from", "was_approved"
    ):
        found.setdefault(records[record], []).append(Begun(*said))
    return found


def plans_of(by: Acting, person: Person) -> list[PlanStory]:
    return plans_of_records(by, records_of(by, person))


def cases_of_shut_plans(by: Acting, person: Person) -> set[str]:
    """The cases, of those that the reader may know of, with which a plan of somebody that goes on is shut to them.

    Four queries at most.
    """
    everybody = acting_system(by.force, "plans")
    rows = Plan.objects.for_user(everybody).filter(
        record__one_of=frozenset(records_of(everybody, person)), ended__isnull=True, case__isnull=False
    )
    cases = set(rows.order_by().values_list("case__reference", flat=True))
    is_open = Plan.objects.for_user(by).filter(case__reference__in=cases).order_by()
    return cases - by.hidden.get("case", frozenset()) - set(is_open.values_list("case__reference", flat=True))


def open_plan(stories: Iterable[PlanStory]) -> PlanStory | None:
    """The plan that has not ended. Two people found to be one may have two: the first begun goes on."""
    return next((one for one in stories if one.ended is None), None)


def plan_version(story: PlanStory) -> str:
    """What a version, an approval or a review is made from (T30)."""
    last = story.reviews[-1].pk if story.reviews else 0
    answered = (part for one in story.versions for part in (one.row.pk, one.approved.pk if one.approved else None))
    return version_of(story.plan.pk, last, *answered)


def draft_of(by: Acting, plan: Plan) -> PlanDraft | None:
    """What the reader has answered so far; of anybody else's draft nothing is shown. One query."""
    if by.user is None:
        return None
    draft: PlanDraft | None = PlanDraft.objects.for_user(by).filter(plan=plan, by=by.user).first()
    return draft


def drafted(draft: PlanDraft | None, story: PlanStory) -> Answers:
    """What was answered so far; of a new version what the last one says, but for whom was asked, who is asked anew."""
    if draft is not None:
        return answers_of(draft.answers)
    if not story.versions:
        return Answers()
    last = story.versions[-1]
    decided = tuple(Decided(one.option, one.choice, one.words, tuple(one.forums)) for one in last.options)
    return Answers(last.row.objectives, last.row.safety, decided, last.row.none_reason, (), last.row.owner.username)


def answers_put(version: Version) -> Answers:
    """A version as its answers were put forward."""
    row = version.row
    decided = tuple(Decided(one.option, one.choice, one.words, tuple(one.forums)) for one in version.options)
    asked = tuple(
        Asked(one.record_id, one.how, one.on.isoformat() if one.on else "", one.words) for one in version.consulted
    )
    return Answers(row.objectives, row.safety, decided, row.none_reason, asked, row.owner.username)


def happened_to(by: Acting, plans: Sequence[Plan], now: datetime) -> Mapping[int, list[Happened]]:
    """What asks for a review of each of these plans: follow-up raised of orders against the person, and breaches (PLN-02).

    Five queries, however many plans.
    """
    whose = _whose(by, plans)
    records = frozenset(one for several in whose.values() for one in several)
    found: dict[int, list[Happened]] = {}
    raised = OrderTrigger.objects.for_user(by).filter(
        order__respondent__one_of=records, raised_at__lte=now, known_from__lte=now
    )
    for record, at, trigger in raised.order_by("id").values_list("order__respondent_id", "raised_at", "trigger"):
        because = Because.BREACH if trigger == Trigger.POSSIBLE_BREACH_RAISED else Because.FOLLOW_UP
        found.setdefault(record, []).append(Happened(at, because))
    breaches = Breach.objects.for_user(by).filter(
        respondent__few_of=records, raised_at__lte=now, joined_to=None, is_past=False
    )
    for record, at in breaches.order_by("id").values_list("respondent_id", "raised_at"):
        found.setdefault(record, []).append(Happened(at, Because.BREACH))
    return {plan: [one for record in several for one in found.get(record, ())] for plan, several in whose.items()}


def _whose(by: Acting, plans: Sequence[Plan]) -> dict[int, list[int]]:
    """Every record of whoever each plan is for, by plan. Three queries."""
    own = {plan.pk: plan.record_id for plan in plans}
    person = belonging_now(by, records_of_whoever(by, set(own.values())))
    theirs: dict[int, list[int]] = {}
    for record, whose in sorted(person.items()):
        theirs.setdefault(whose, []).append(record)
    return {plan: theirs[person[record]] if record in person else [record] for plan, record in own.items()}
