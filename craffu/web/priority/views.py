"""Who is looked at first, why, and what people decide of it (page map, P21 and P22; PRI-01 to PRI-08)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, Refusal, allows
from craffu.intake.queries import last_heard
from craffu.orders.queries import live_orders_binding
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person, identities, record_names, records_of
from craffu.prevention import events
from craffu.prevention.cohort.actions import enter_cohort, leave_cohort, review_member
from craffu.prevention.cohort.queries import members_now, stays_of
from craffu.prevention.deciding.actions import answer_challenge, answer_other, challenge_score, let_stand, put_other
from craffu.prevention.deciding.opened import Opened, opened_of
from craffu.prevention.deciding.queries import decided_among, decided_of, is_open
from craffu.prevention.meetings.queries import last_discussed, next_meeting
from craffu.prevention.permissions import (
    check_can_agree_priority,
    check_can_decide_priority,
    check_can_see_scores,
)
from craffu.prevention.scoring.nearest import nearest
from craffu.prevention.scoring.one import own_or_kept, scheme_kept
from craffu.prevention.scoring.queries import (
    adopted,
    first_in_order,
    last_run,
    population_on,
    without_history,
)
from craffu.prevention.scoring.ranking import LISTED
from craffu.prevention.scoring.rules import Floor
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.edits import seen_version
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.paging import one_page
from craffu.web.people.known import known_from
from craffu.web.people.leading import lead_on
from craffu.web.people.pages import bar_of, person_pages
from craffu.web.people.presenters import whole_link
from craffu.web.people.use import use_notices
from craffu.web.presenters import DataAsOf, Link, PageHead, today_link
from craffu.web.priority import cohort_presenters, decided_presenters, presenters, why_presenters
from craffu.web.priority.forms import AgreeForm, AnswerForm, ChallengeForm, CohortForm, FirstForm, OtherForm
from craffu.web.priority.words import CANNOT_SEE, FLOORS, ORDERS_ATTENTION, STEPS
from craffu.web.statuses import SOURCE_WORDS

POLICE = "rms"


@require_safe
def priority_list(request: HttpRequest) -> HttpResponse:
    """The first so many of the stated population, in the order in which they are reviewed."""
    by = acting(request)
    check_can_see_scores(by)
    now = clock.now()
    today, run = day_of(now), last_run(by)
    population = run.population if run else population_on(by, today)
    form = FirstForm(request.GET if "first" in request.GET else None, initial={"first": LISTED})
    first = first_in_order(by, form.wanted)
    shown = one_page(request, first.listed)
    nobody = one_page(request, without_history(by), name="without")
    members = members_now(by)
    several = (
        *(one.person for _place, one in shown.rows), *(one.person for one in nobody.rows),
        *(one.person for one in members),
    )  # fmt: skip
    people = list({one.pk: one for one in several}.values())
    records = known_from(by, people)
    live: dict[int, int] = {}
    for record, number in live_orders_binding(by, records.whose).items():
        live[records.whose[record]] = live.get(records.whose[record], 0) + number
    known = identities(by, people, whose=records.whose)
    decided = decided_among(by, {one.person_id for _place, one in shown.rows})
    looked_at(request, events.SCORES_LISTED, [f"person/{one.reference}" for one in people])
    coming = next_meeting(by, today)
    discussed = last_discussed(by, {one.person_id for _place, one in shown.rows})
    on_agenda = frozenset(one.person.pk for one in coming.items) if coming else frozenset()
    beside = presenters.Beside(known, decided, live, discussed, on_agenda, today)
    ranks = [place for place, _one in first.listed]
    page = {
        "head": PageHead(
            _("Priority list"),
            breadcrumbs=(today_link(), Link(_("Priority list"), "")),
            has_errors=bool(form.errors),
            data_as_of=(DataAsOf(SOURCE_WORDS[POLICE], last_heard(by, (POLICE,)).get(POLICE)),),
        ),
        "orders_attention": ORDERS_ATTENTION,
        "cannot_see": CANNOT_SEE,
        "population": presenters.population_words(population) if population else "",
        "run": presenters.run_words(run) if run else "",
        "adopted": presenters.adopted_words(adopted(by)),
        "is_old": run is not None and day_of(run.at) < today,
        "first": presenters.first_words(first, form.wanted),
        "form": form,
        "shown": shown,
        "next_day": day_words(coming.meeting.day) if coming else "",
        "order": presenters.order_table(shown.rows, ranks, beside) if shown.rows else None,
        "nobody": nobody,
        "members": cohort_presenters.members_table(members, known, today),
        "no_history": presenters.no_history_table(nobody.rows, known) if nobody.rows else None,
    }
    return render(request, "priority/list.html", page)


def _opened(request: HttpRequest, person: str, now: datetime) -> Opened:
    """Raises LedOn where the records under a reference are somebody else's by now (IDN-03)."""
    by = acting(request)
    check_can_view_person(by)
    check_can_see_scores(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    lead_on(request, by, found)
    return opened_of(by, found, now)


@require_http_methods(["GET", "HEAD", "POST"])
def person_priority(request: HttpRequest, person: str) -> HttpResponse:
    """Why somebody has their priority; an officer says here that it stands."""
    now = clock.now()
    opened = _opened(request, person, now)
    status, problem = None, ""
    if request.method == "POST":
        try:
            let_stand(by=opened.by, person=opened.person, seen=seen_version(request))
        except Refusal as refusal:
            status, problem = refused(request, refusal), refusal.message
        else:
            say_done(request, _("It is recorded: you looked, and the priority stands."))
            return redirect("person_priority", person=person)
    records = records_of(opened.by, opened.person)
    use = use_notices(opened.by, records)
    looked_at(request, events.SCORE_VIEWED, sorted({*opened.refs, *(ref for one in use for ref in one.refs)}))
    page = {"use": use, **_score_page(opened, records, now, problem)}
    return render(request, "priority/score.html", page, status=status)


def _score_page(opened: Opened, records: Sequence[int], now: datetime, problem: str) -> dict[str, Any]:
    by, person, today = opened.by, opened.person, day_of(now)
    title = _("Risk and priority %(reference)s") % {"reference": person.reference}
    may_decide = opened.stands is not None and allows(check_can_decide_priority, by)
    may_answer = allows(check_can_agree_priority, by)
    stays = stays_of(by, person)
    page: dict[str, Any] = {
        "head": PageHead(title, breadcrumbs=_crumbs(person, title), has_errors=bool(problem)),
        "problem": problem,
        "bar": bar_of(by, person, records, now, None),
        "pages": person_pages(by, person, "person_priority"),
        "orders_attention": ORDERS_ATTENTION,
        "person": person.reference,
        "version": opened.decided.version,
        "may_decide": may_decide and opened.decided.awaits is None,
        "may_challenge": may_decide,
        "may_agree": may_answer and opened.decided.awaits is not None and opened.decided.awaits.by_id != _user(by),
        "awaits": decided_presenters.decision_words(opened.decided.awaits) if opened.decided.awaits else "",
        "decisions": decided_presenters.decisions_table(opened.decided.decisions, sees_words=True),
        "challenges": decided_presenters.challenges_table(
            opened.decided.challenges, person.reference, may_answer=may_answer
        ),
        "history": why_presenters.history_table(opened.decided.kept),
        "cohort": cohort_presenters.member_sentence(stays),
        "stays": cohort_presenters.stays_table(stays),
        "may_enter": may_decide and stays.now is None,
        "may_propose": opened.stands is not None,
        "may_review": stays.now is not None and allows(check_can_decide_priority, by),
    }
    return page | _why(opened, today)


def _why(opened: Opened, today: Any) -> dict[str, Any]:
    """Why this score; or why there is none."""
    run, stands, alone = opened.run, opened.stands, opened.alone
    if run is None or alone is None:
        return {"outside": _("Nobody was scored yet.")}
    if stands is None:
        return {"outside": why_presenters.outside_words(alone)}
    scheme, table = scheme_kept(run), own_or_kept(run)
    score = alone.score
    events_counted = [one.event for one in alone.counted]
    return {
        "outside": "",
        "member": why_presenters.member_words(alone, run.population),
        "sentence": decided_presenters.tier_sentence(stands, opened.decided, today),
        "as_of": why_presenters.as_of_words(stands, run),
        "floors": [FLOORS[floor] for floor in stands.floors],
        "score": presenters.number_words(score.value) if score.value is not None else "",
        "range": presenters.range_words(score.low, score.high),
        "parts": why_presenters.parts_table(score, scheme, alone.counted) if score.value is not None else None,
        "picture": why_presenters.picture(score) if score.value is not None else None,
        "events": why_presenters.events_table(
            opened.open_to_reader,
            opened.cases,
            record_names(opened.by, {one.span.record for one in opened.open_to_reader}),
        ),
        "shut": opened.shut,
        "nearest": why_presenters.nearest_words(
            nearest(events_counted, scheme, table.unknown, victim_fears_most=Floor.VICTIM_FEAR in score.floors)
        ),
        "missing": why_presenters.missing_words(alone),
        "proved": presenters.number_words(alone.proved.value),
    }


def _user(by: Acting) -> int | None:
    return by.user.pk if by.user else None


def _crumbs(person: Person, title: str) -> tuple[Link, ...]:
    return (today_link(), whole_link(person.reference), Link(title, ""))


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def priority_other(request: HttpRequest, person: str) -> HttpResponse:
    """An officer puts another priority forward."""
    opened = _opened(request, person, clock.now())
    check_can_decide_priority(opened.by)
    form = OtherForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, opened, form, "priority/other.html", _("Another priority for %(reference)s"),
        lambda seen: put_other(by=opened.by, person=opened.person, given=form.given, seen=seen),
        _("It is recorded, and counts when a second person agrees."), {"reason_too_short": "reason", "too_long": "until",
        "ended_already": "until"},
    )  # fmt: skip


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def priority_agree(request: HttpRequest, person: str) -> HttpResponse:
    """A second person agrees to another priority, or not."""
    opened = _opened(request, person, clock.now())
    check_can_agree_priority(opened.by)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, opened, form, "priority/agree.html", _("Agree to another priority of %(reference)s"),
        lambda seen: answer_other(
            by=opened.by, person=opened.person, agrees=form.agrees, reason=form.cleaned_data["reason"], seen=seen
        ),
        _("It is recorded."), {"reason_too_short": "reason"},
    )  # fmt: skip


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def score_challenge(request: HttpRequest, person: str) -> HttpResponse:
    """Somebody says that a score counts what it should not."""
    opened = _opened(request, person, clock.now())
    check_can_decide_priority(opened.by)
    acts = why_presenters.act_choices(opened.open_to_reader)
    form = ChallengeForm(request.POST if request.method == "POST" else None, acts=acts)
    return _asked(
        request, opened, form, "priority/challenge.html", _("Challenge the score of %(reference)s"),
        lambda seen: challenge_score(by=opened.by, person=opened.person, given=form.given, seen=seen),
        _("It is recorded. The score stands until a second person has answered."),
        {"reason_too_short": "reason", "not_counted": "acts"},
    )  # fmt: skip


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_answer(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """A second person says what they found of a challenge."""
    opened = _opened(request, person, clock.now())
    check_can_agree_priority(opened.by)
    challenged = opened.decided.challenge(number)
    if challenged is None:
        raise Http404
    acts = why_presenters.act_choices(opened.open_to_reader)
    named = {f"{record}/{act}" for record, act in challenged.acts}
    initial = {"acts": [key for key, _words in acts if key in named]}
    form = AnswerForm(request.POST if request.method == "POST" else None, acts=acts, initial=initial)
    return _asked(
        request, opened, form, "priority/answer.html", _("Answer a challenge of the score of %(reference)s"),
        lambda seen: answer_challenge(
            by=opened.by, person=opened.person, number=number, aside=frozenset(form.chosen),
            reason=form.cleaned_data["reason"], seen=seen,
        ),
        _("It is recorded, and the score was made anew. The old one is kept."),
        {"reason_too_short": "reason", "not_counted": "acts", "found_proved": "acts"},
        {"challenged": challenged, "whose": decided_presenters.whose_words(challenged), "is_open": is_open(challenged)},
    )  # fmt: skip


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_step(request: HttpRequest, person: str, step: str) -> HttpResponse:
    """Somebody is brought into the cohort, looked at again as a member, or let out of it (PRI-10)."""
    if step not in STEPS:
        raise Http404
    opened = _opened(request, person, clock.now())
    check_can_decide_priority(opened.by)
    title, question, done = STEPS[step]
    form = CohortForm(request.POST if request.method == "POST" else None, label=question)
    stays = stays_of(opened.by, opened.person)

    def does(seen: str) -> object:
        by, whom, said = opened.by, opened.person, form.cleaned_data["reason"]
        if step == "enter":
            return enter_cohort(by=by, person=whom, reason=said, seen=seen)
        if step == "review":
            return review_member(by=by, person=whom, words=said, seen=seen)
        return leave_cohort(by=by, person=whom, reason=said, seen=seen)

    return _asked(
        request, opened, form, "priority/cohort.html", str(title), does, str(done), {"reason_too_short": "reason"},
        {"cohort": cohort_presenters.member_sentence(stays)}, lambda: stays_of(opened.by, opened.person).version,
    )  # fmt: skip


def _asked(
    request: HttpRequest, opened: Opened, form: forms.Form, template: str, title: str, does: Callable[[str], object],
    done: str, beside: dict[str, str], more: dict[str, Any] | None = None, standing: Callable[[], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """One form about somebody's priority: asked, done, or said what stands in the way, with all that was given kept."""
    status, is_seen = None, False
    if form.is_bound and form.is_valid():
        try:
            does(seen_version(request))
        except Refusal as refusal:
            status, is_seen = refused(request, refusal), isinstance(refusal, Conflict)
            form.add_error(beside.get(refusal.code), refusal.message)
        else:
            say_done(request, done)
            return redirect("person_priority", person=opened.person.reference)
    looked_at(request, events.SCORE_VIEWED, [f"person/{opened.person.reference}"])
    shown = title % {"reference": opened.person.reference}
    decided = decided_of(opened.by, opened.person) if is_seen else opened.decided
    stands = standing() if standing else decided.version
    version = stands if request.method != "POST" or is_seen else seen_version(request)
    page = {
        "head": PageHead(
            shown,
            breadcrumbs=(today_link(), presenters.priority_link(opened.person.reference), Link(shown, "")),
            has_errors=bool(form.errors),
        ),
        "form": form,
        "version": version,
        "sentence": decided_presenters.tier_sentence(opened.stands, decided, day_of(clock.now()))
        if opened.stands
        else "",
        "decisions": decided_presenters.decisions_table(decided.decisions[-1:], sees_words=True),
    }
    return render(request, template, page | (more or {}), status=status)
