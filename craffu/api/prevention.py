"""Priorities and plans for programs: who is reviewed first and why, what is planned, done and followed (P21, P22, P24; PRI, PLN).

As on their pages, and without what was written freely. Nobody's priority is decided here: that is a named officer's, who has read
the page (PRI-06, ADR 110).
"""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest
from ninja import Query, Router

from craffu.access.acting import Acting
from craffu.access.tokens.rules import Scope
from craffu.api.matching import change_as_read, decided_on
from craffu.api.opening import acting, looked_at
from craffu.api.paging import Page, pages_of, rows_on
from craffu.api.prevention_answers import (
    ChallengeAnswer,
    ClosePlanAction,
    CohortAnswer,
    ConsultedAnswer,
    DecisionAnswer,
    DoneAnswer,
    EventAnswer,
    NearestAnswer,
    NewPlanAction,
    OptionAnswer,
    PartAnswer,
    PlanActionAnswer,
    PlanAnswer,
    PlanReviewAnswer,
    PriorityLine,
    PriorityPage,
    RunAnswer,
    ScoreAnswer,
    UnscoredPage,
    rate_said,
)
from craffu.api.schemas import Problem
from craffu.cases.queries import closed_cases_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders.models import Condition
from craffu.orders.queries import live_orders_binding
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person, people_of_records, records_now_of, records_of
from craffu.prevention import events
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.deciding.opened import Opened, opened_of
from craffu.prevention.deciding.queries import Decided, decided_among
from craffu.prevention.meetings.queries import last_discussed
from craffu.prevention.models import PriorityDecided, ScoreChallenged, ScoreRun, ScoreStands
from craffu.prevention.permissions import check_can_plan, check_can_see_plan, check_can_see_scores
from craffu.prevention.planning.actions import add_plan_action, close_plan_action
from craffu.prevention.planning.facts import NewAction
from craffu.prevention.planning.gathering import Done, conditions_of, conditions_tied, followed, known_of
from craffu.prevention.planning.policies import check_condition_stands
from craffu.prevention.planning.queries import (
    Action,
    PlanStory,
    Version,
    happened_to,
    open_plan,
    plans_of_records,
)
from craffu.prevention.scoring.nearest import nearest
from craffu.prevention.scoring.one import Counted, own_or_kept, scheme_kept
from craffu.prevention.scoring.queries import first_in_order, last_run, without_history
from craffu.prevention.scoring.ranking import LISTED
from craffu.prevention.scoring.rules import Floor

REFUSED = {401: Problem, 403: Problem, 404: Problem}
MOST_LISTED: Final = 500
First = Annotated[int, Query(ge=1, le=MOST_LISTED)]

router = Router(tags=["prevention"])


@router.get(
    "/priority",
    response={200: PriorityPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="priority_list",
    operation_id="priority_list",
)
def priority_list(request: HttpRequest, page: Page = 1, first: First = LISTED) -> Any:
    """The first so many of the stated population in the order in which they are reviewed (PRI-01, PRI-04, PRI-05)."""
    by = acting(request, Scope.READ_PREVENTION)
    check_can_see_scores(by)
    found, run = first_in_order(by, first), last_run(by)
    shown = rows_on(found.listed, page)
    people = {one.person_id for _place, one in shown}
    whose = {record: person for person, several in records_now_of(by, people).items() for record in several}
    live: dict[int, int] = {}
    for record, number in live_orders_binding(by, whose).items():
        live[whose[record]] = live.get(whose[record], 0) + number
    decided, discussed = decided_among(by, people), last_discussed(by, people)
    looked_at(by, events.SCORES_LISTED, [f"person/{one.person.reference}" for _place, one in shown])
    lines = [
        _line(place, one, decided.get(one.person_id, Decided())).model_copy(
            update={"orders_in_force": live.get(one.person_id, 0), "discussed_on": discussed.get(one.person_id)}
        )
        for place, one in shown
    ]
    total = len(found.listed)
    return PriorityPage(
        run=_run(run), wanted=first, tied=found.tied, people=lines, page=page, pages=pages_of(total), total=total
    )


@router.get(
    "/priority/unscored",
    response={200: UnscoredPage, 401: Problem, 403: Problem, 422: Problem},
    url_name="priority_unscored",
    operation_id="priority_unscored",
)
def priority_unscored(request: HttpRequest, page: Page = 1) -> Any:
    """Whoever of the population has nothing that can be scored, fifty a page."""
    by = acting(request, Scope.READ_PREVENTION)
    check_can_see_scores(by)
    found = without_history(by)
    shown, total = [one.person.reference for one in rows_on(found, page)], found.count()
    looked_at(by, events.SCORES_LISTED, [f"person/{one}" for one in shown])
    return UnscoredPage(people=shown, page=page, pages=pages_of(total), total=total)


@router.get(
    "/people/{person}/priority",
    response={200: ScoreAnswer, **REFUSED},
    url_name="person_priority",
    operation_id="person_priority",
)
def person_priority(request: HttpRequest, person: str) -> Any:
    """Why somebody has their priority: each part, the acts behind it, what would change it, and what people decided of it."""
    by = acting(request, Scope.READ_PREVENTION)
    check_can_view_person(by)
    check_can_see_scores(by)
    opened = opened_of(by, _person(by, person), clock.now())
    looked_at(by, events.SCORE_VIEWED, opened.refs)
    return _score(opened)


@router.get(
    "/people/{person}/plan", response={200: PlanAnswer, **REFUSED}, url_name="person_plan", operation_id="person_plan"
)
def person_plan(request: HttpRequest, person: str) -> Any:
    """The management plan as it stands, and what was recorded before and after all that was done (PLN-01 to PLN-03)."""
    by = acting(request, Scope.READ_PREVENTION)
    check_can_see_plan(by)
    told = _plan(by, _person(by, person), clock.now())
    named = {f"person/{one.person}" for one in told.consulted if one.person}
    orders = {f"order/{one.order}" for several in (told.actions, told.done) for one in several if one.order}
    looked_at(by, events.PLAN_VIEWED, {f"person/{person}", *named, *orders})
    return told


@router.post(
    "/people/{person}/plan/actions",
    response={200: PlanAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="plan_action_add",
    operation_id="plan_action_add",
    openapi_extra=decided_on("The ETag of the plan as it was read."),
)
def plan_action_add(request: HttpRequest, person: str, given: NewPlanAction) -> Any:
    """Something is to be done by a day, by somebody (PLN-02)."""
    by, found = _planner(request, person)

    def change() -> object:
        said = NewAction(given.words, given.owner, given.due_on, _condition(by, found, given), given.behaviour)
        return add_plan_action(by=by, person=person, given=said)

    change_as_read(request, lock=_lock(by, person), now=lambda: _plan(by, found, clock.now()), change=change)
    return _plan(by, found, clock.now())


@router.post(
    "/people/{person}/plan/actions/{number}/closings",
    response={200: PlanAnswer, **REFUSED, 409: Problem, 412: Problem, 422: Problem, 428: Problem},
    url_name="plan_action_close",
    operation_id="plan_action_close",
    openapi_extra=decided_on("The ETag of the plan as it was read."),
)
def plan_action_close(request: HttpRequest, person: str, number: int, given: ClosePlanAction) -> Any:
    """What became of an action of the plan: it was done, or is not to be done any more (PLN-02)."""
    by, found = _planner(request, person)
    change_as_read(
        request, lock=_lock(by, person), now=lambda: _plan(by, found, clock.now()),
        change=lambda: close_plan_action(
            by=by, person=person, number=number, is_done=given.is_done, words=given.words
        ),
    )  # fmt: skip
    return _plan(by, found, clock.now())


def _planner(request: HttpRequest, person: str) -> tuple[Acting, Person]:
    """Whoever plans, and the person whose plan goes on. Raises Http404 where there is none."""
    by = acting(request, Scope.PLAN)
    check_can_plan(by)
    found = _person(by, person)
    if open_plan(plans_of_records(by, records_of(by, found))) is None:
        raise Http404
    return by, found


def _lock(by: Acting, person: str) -> tuple[str, str, str]:
    return ("plans", by.force.code, person)


def _person(by: Acting, reference: str) -> Person:
    found = find_person(by, reference)
    if found is None:
        raise Http404
    return found


def _condition(by: Acting, person: Person, given: NewPlanAction) -> int | None:
    """The condition that is meant, of an order that stands against them; None where none is named."""
    if given.order is None and given.condition is None:
        return None
    named = (given.order, given.condition)
    standing = conditions_of(by, records_of(by, person))
    found = next((one.pk for one in standing if (one.terms.order.reference, one.number) == named), None)
    check_condition_stands(stands=found is not None)
    return found


def _run(run: ScoreRun | None) -> RunAnswer | None:
    if run is None:
        return None
    stated = run.population
    return RunAnswer(
        at=run.at, scheme=run.scheme, scheme_version=run.scheme_version, scheme_sha256=run.scheme_sha256, weights=run.weights,
        weights_version=run.weights_version, population=stated.name, population_version=stated.version,
        necessity_ref=stated.necessity_ref, necessity_on=stated.necessity_on, scored=run.scored,
        without_score=run.without_score, outside=run.outside,
    )  # fmt: skip


def _line(place: int, one: ScoreStands, decided: Decided) -> PriorityLine:
    other = decided.other_on(day_of(clock.now()))
    return PriorityLine(
        place=place, person=one.person.reference, tier=one.tier, given=other.tier if other else None,
        given_until=other.until if other else None, score=one.value, low=one.low, high=one.high, floors=list(one.floors),
        parts=[PartAnswer(part=part, value=value, points=points) for part, (value, points) in one.parts.items()],
        as_of=one.at, is_looked_at=decided.is_looked_at, awaits_agreement=decided.awaits is not None, orders_in_force=0,
        discussed_on=None,
    )  # fmt: skip


def _score(opened: Opened) -> ScoreAnswer:
    run, stands, alone, decided = opened.run, opened.stands, opened.alone, opened.decided
    stay = stays_of(opened.by, opened.person).now
    told = ScoreAnswer(
        person=opened.person.reference, why_none="nobody_was_scored", tier=None, given=None, given_until=None, score=None,
        low=None, high=None, convicted_only=None, floors=[], flags=[], parts=[], as_of=None, run=_run(run), events=[],
        shut=0, nearest=[], decisions=[_decision(one) for one in decided.decisions],
        challenges=[_challenge(one) for one in decided.challenges],
        cohort=CohortAnswer(since=stay.entered.known_from, review_due=stay.review_due) if stay else None,
    )  # fmt: skip
    if run is None or alone is None:
        return told
    if stands is None:
        return told.model_copy(update={"why_none": alone.member.why.value if alone.member.why else "with_the_next_run"})
    score, scheme = alone.score, scheme_kept(run)
    other = decided.other_on(day_of(clock.now()))
    changes = nearest(
        [one.event for one in alone.counted], scheme, own_or_kept(run).unknown,
        victim_fears_most=Floor.VICTIM_FEAR in score.floors,
    )  # fmt: skip
    return told.model_copy(
        update={
            "why_none": None, "tier": stands.tier, "given": other.tier if other else None,
            "given_until": other.until if other else None, "score": score.value, "low": score.low, "high": score.high,
            "convicted_only": alone.proved.value, "floors": list(stands.floors), "flags": [one.value for one in score.flags],
            "parts": [
                PartAnswer(part=part, value=value, points=score.contributions[part]) for part, value in score.parts.items()
            ],
            "as_of": stands.at, "shut": opened.shut,
            "events": [_event(one, opened.cases) for one in opened.open_to_reader],
            "nearest": [
                NearestAnswer(what=one.what.value, number=one.number, score=one.value, tier=one.tier.value) for one in changes
            ],
        }
    )  # fmt: skip


def _event(one: Counted, cases: dict[int, str]) -> EventAnswer:
    span, event = one.span, one.event
    return EventAnswer(
        case=cases[int(span.case)] if span.case.isdigit() else None, occurred_on=span.word.occurred_on,
        recorded_on=span.recorded_on, offence=event.offence, is_breach=event.is_breach, is_disproved=event.is_disproved,
        has_weapon=event.has_weapon, weight=event.weight, evidence=event.evidence.value, victims=len(event.victims),
    )  # fmt: skip


def _decision(one: PriorityDecided) -> DecisionAnswer:
    agreed = getattr(one, "agreed", None)
    return DecisionAnswer(
        number=one.number, said=one.said, tier=one.tier or None, until=one.until, by=one.by.username, at=one.known_from,
        is_agreed=agreed.agrees if agreed else None, agreed_by=agreed.by.username if agreed else None,
    )  # fmt: skip


def _challenge(one: ScoreChallenged) -> ChallengeAnswer:
    answered = getattr(one, "answered", None)
    return ChallengeAnswer(
        number=one.number, whose=one.whose, acts=len(one.acts), by=one.by.username, at=one.known_from,
        answered_at=answered.known_from if answered else None, set_aside=len(answered.aside.all()) if answered else None,
    )  # fmt: skip


def _plan(by: Acting, person: Person, now: datetime) -> PlanAnswer:
    """A plan as it is told to whoever asks."""
    records = records_of(by, person)
    stories = plans_of_records(by, records)
    story = open_plan(stories)
    shown = story or (stories[-1] if stories else None)
    version = (shown.standing or shown.versions[-1]) if shown and shown.versions else None
    coming = story.next(happened_to(by, [story.plan], now)[story.plan.pk]) if story else None
    conditions = conditions_tied(by, shown) if shown else {}
    found = followed(by, records, known_of(by, records, now), stories, now)
    return PlanAnswer(
        person=person.reference, stage=shown.stage.value if shown else None, version=version.row.number if version else None,
        owner=version.row.owner.username if version else None, put_at=version.row.known_from if version else None,
        approved_at=version.approved.known_from if version and version.approved and version.stands else None,
        waits=shown is not None and shown.waiting is not None, review_due=coming.due_day if coming else None,
        review_because=coming.because.value if coming else None,
        options=[OptionAnswer(option=one.option, choice=one.choice, forums=list(one.forums)) for one in version.options]
        if version else [],
        consulted=_consulted(by, version) if version else [],
        actions=[_action(one, conditions) for one in shown.actions] if shown else [],
        reviews=_reviews(shown) if shown else [], done=[_done(one) for one in found.done],
        under_orders=rate_said(found.on_and_off.on), under_none=rate_said(found.on_and_off.off),
        not_open=closed_cases_of(by, records),
    )  # fmt: skip


def _consulted(by: Acting, version: Version) -> list[ConsultedAnswer]:
    people = people_of_records(by, [one.record_id for one in version.consulted])
    return [
        ConsultedAnswer(
            person=people[one.record_id].reference if one.record_id in people else None, how=one.how, on=one.on
        )
        for one in version.consulted
    ]


def _reviews(story: PlanStory) -> list[PlanReviewAnswer]:
    return [
        PlanReviewAnswer(
            number=one.number, outcome=one.outcome, because=one.because, due_on=one.due_on, at=one.known_from
        )
        for one in story.reviews
    ]


def _action(one: Action, conditions: dict[int, Condition]) -> PlanActionAnswer:
    tied = conditions.get(one.row.condition_id or 0)
    return PlanActionAnswer(
        number=one.row.number, tied_to=one.row.tied_to, order=tied.terms.order.reference if tied else None,
        condition=tied.number if tied else None, owner=one.row.owner.username, due_on=one.row.due_on,
        closed_at=one.closed.known_from if one.closed else None, is_done=one.closed.is_done if one.closed else None,
    )  # fmt: skip


def _done(one: Done) -> DoneAnswer:
    compared = one.compared
    return DoneAnswer(
        what=one.what.value, order=one.order.reference if one.order else None, first=one.stretch.first,
        until=one.stretch.until, before=rate_said(compared.before), during=rate_said(compared.during),
        after=rate_said(compared.after), has_ended=compared.has_ended,
    )  # fmt: skip
