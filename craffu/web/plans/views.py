"""The management plan of one person: made page by page, approved, acted on, reviewed, ended (page map, P24; PLN-01 to PLN-03)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import holders_of
from craffu.cases.queries import closed_cases_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal, allows
from craffu.orders.models import Condition
from craffu.people.models import Person
from craffu.people.queries import Identity, find_person, identities, people_of_records, records_of
from craffu.prevention import events
from craffu.prevention.permissions import PLAN, check_can_approve_plan, check_can_plan, check_can_see_plan
from craffu.prevention.planning.actions import (
    add_plan_action,
    approve_plan,
    begin_plan,
    close_plan_action,
    drop_plan_draft,
    end_plan,
    keep_plan_draft,
    put_plan,
    review_plan,
)
from craffu.prevention.planning.facts import Answers
from craffu.prevention.planning.gathering import conditions_of, conditions_tied, followed, known_of, scored, to_be_asked
from craffu.prevention.planning.policies import check_none_waits
from craffu.prevention.planning.queries import (
    PlanStory,
    Version,
    draft_of,
    drafted,
    happened_to,
    open_plan,
    plans_of_records,
)
from craffu.prevention.planning.queries import plan_version as version_seen
from craffu.prevention.planning.rules import Option
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS, VERSION, seen_version
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.people import presenters as people
from craffu.web.people.pages import bar_of, person_pages
from craffu.web.plans import presenters
from craffu.web.plans.forms import (
    ActionForm,
    ApproveForm,
    AskedForm,
    CloseForm,
    EndForm,
    ObjectivesForm,
    OptionForm,
    OwnerForm,
    ReviewForm,
    asked_before,
    decided_before,
)
from craffu.web.plans.words import NO_CAUSE, OPTIONS, REGRESSION
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import stubs
from craffu.web.reviews.presenters import person_words

# Beside which field a refusal is said.
BESIDE: Final[Mapping[str, str]] = {
    "no_words_of_action": "words", "not_tied": "behaviour", "due_in_the_past": "due_on", "condition_gone": "condition",
    "not_a_planner": "owner", "reason_missing": "words",
}  # fmt: skip
_SENSITIVE: Final = ("objectives", "safety", "words", "behaviour", "none_reason", "reason")


@dataclass(frozen=True, slots=True)
class _Opened:
    """Whose plan is opened, by whom, by which records of theirs, and every plan that there was."""

    by: Acting
    person: Person
    records: Sequence[int]
    stories: Sequence[PlanStory]

    @property
    def reference(self) -> str:
        return self.person.reference

    @property
    def story(self) -> PlanStory | None:
        return open_plan(self.stories)


@dataclass(frozen=True, slots=True)
class _Writing:
    """A version that is being written: of which plan (None before there is one), what was answered, from which version."""

    opened: _Opened
    answers: Answers
    asked: Sequence[tuple[int, Identity]]
    seen: str

    @property
    def actions(self) -> int:
        return len(self.opened.story.open_actions) if self.opened.story else 0

    @property
    def next(self) -> str:
        return presenters.next_page(self.opened.reference, self.answers, self.asked)


def _open(request: HttpRequest, person: str, check: Callable[[Acting], object] = check_can_see_plan) -> _Opened:
    by = acting(request)
    check(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    records = records_of(by, found)
    return _Opened(by, found, records, plans_of_records(by, records))


def _write(request: HttpRequest, person: str) -> _Writing:
    """Raises Conflict while a version waits for a supervisor."""
    opened = _open(request, person, check_can_plan)
    story = opened.story
    check_none_waits(waits=story is not None and story.waiting is not None)
    asked = to_be_asked(opened.by, opened.records)
    if story is None:
        return _Writing(opened, Answers(), asked, "")
    draft = draft_of(opened.by, story.plan)
    return _Writing(opened, drafted(draft, story), asked, draft.seen if draft else version_seen(story))


def _standing(request: HttpRequest, person: str, check: Callable[[Acting], object]) -> tuple[_Opened, PlanStory]:
    """The plan that has not ended. Raises Http404 where there is none."""
    opened = _open(request, person, check)
    if opened.story is None:
        raise Http404
    return opened, opened.story


def _looked_at(request: HttpRequest, person: str, others: Iterable[Identity] = (), refs: Iterable[str] = ()) -> None:
    named = {f"person/{one.reference}" for one in others} | set(refs)
    looked_at(request, events.PLAN_VIEWED, [f"person/{person}", *sorted(named)])


def _head(person: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The head of a page below the plan's own."""
    plan = Link(_("Management plan"), address_of("person_plan", "person", person))
    trail = (today_link(), Link(_("People"), reverse("person_list")), people.whole_link(person), plan, Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


def _back(person: str) -> HttpResponse:
    return redirect(address_of("person_plan", "person", person))


def _planners(by: Acting) -> list[User]:
    return holders_of(by, PLAN)


def _say(request: HttpRequest, form: forms.Form, refusal: Refusal) -> int | None:
    """A refusal is said beside its field, or above them all; nothing typed is lost."""
    beside = [*form.fields][-1] if refusal.code == "too_short" else BESIDE.get(refusal.code)
    form.add_error(beside, refusal.message)
    return refused(request, refusal)


@require_safe
def person_plan(request: HttpRequest, person: str) -> HttpResponse:
    """The plan as it stands, what the register knows beside the menu, and what was recorded before and after (PLN-03)."""
    opened, now = _open(request, person), clock.now()
    by, story = opened.by, opened.story
    shown = story or (opened.stories[-1] if opened.stories else None)
    known = known_of(by, opened.records, now)
    coming = story.next(happened_to(by, [story.plan], now)[story.plan.pk]) if story else None
    version = (shown.standing or shown.versions[-1]) if shown and shown.versions else None
    asked = _people(by, version) if version else {}
    found = followed(by, opened.records, known, opened.stories, now)
    title = _("Management plan %(reference)s") % {"reference": person}
    trail = (today_link(), Link(_("People"), reverse("person_list")), people.whole_link(person), Link(title, ""))
    conditions = conditions_tied(by, shown) if shown else {}
    refs = {ref for option in Option for ref in presenters.named(option, known)} | _orders_of(conditions)
    refs |= {f"order/{one.order.reference}" for one in found.done if one.order is not None}
    _looked_at(request, person, asked.values(), refs)
    may_plan = allows(check_can_plan, by)
    today = day_of(now)
    page: dict[str, Any] = {
        "head": PageHead(title, breadcrumbs=trail),
        "person": person,
        "bar": bar_of(by, opened.person, opened.records, now, None),
        "pages": person_pages(by, opened.person, "person_plan"),
        "not_open": stubs(by, "case", closed_cases_of(by, opened.records)),
        "scored": presenters.scored_words(scored(by, opened.person, now)),
        "has_plan": story is not None,
        "stands": presenters.stands(shown, coming) if shown else None,
        "version": presenters.version_summary(version) if version else None,
        "menu": presenters.menu_table(version) if version else None,
        "consulted": presenters.consulted_table(version, asked) if version else None,
        "actions": presenters.actions_table(
            person, shown.actions, conditions, today, may_close=may_plan and story is not None
        )
        if shown
        else None,
        "reviews": presenters.reviews_table(shown) if shown else None,
        "versions": presenters.versions_table(person, opened.stories),
        "past": presenters.past_plans(opened.stories),
        "known": presenters.menu_known(known, opened.stories, now),
        "followed": presenters.followed_table(found),
        "on_and_off": presenters.on_and_off(found),
        "unknown": presenters.unknown_words(found),
        "regression": REGRESSION,
        "no_cause": NO_CAUSE,
        **_ways(opened, story, may_plan=may_plan),
    }
    return render(request, "plans/plan.html", page)


def _ways(opened: _Opened, story: PlanStory | None, *, may_plan: bool) -> dict[str, Any]:
    """What the reader may do now."""
    by, waits = opened.by, story.waiting if story else None
    is_anothers = waits is not None and waits.row.by != by.user
    return {
        "may_begin": may_plan and story is None,
        "may_write": may_plan and story is not None and waits is None,
        "has_draft": story is not None and draft_of(by, story.plan) is not None,
        "may_act": may_plan and story is not None,
        "may_review": may_plan and story is not None and story.standing is not None,
        "waits": waits.row.number if waits and is_anothers and allows(check_can_approve_plan, by) else None,
    }


def _actions(opened: _Opened, story: PlanStory, conditions: Mapping[int, Condition]) -> Any:
    return presenters.actions_table(opened.reference, story.actions, conditions, day_of(clock.now()), may_close=False)


def _orders_of(conditions: Mapping[int, Condition]) -> set[str]:
    return {f"order/{one.terms.order.reference}" for one in conditions.values()}


def _people(by: Acting, version: Version) -> dict[int, Identity]:
    """Who was asked, or not, by record. Three queries."""
    found = people_of_records(by, [one.record_id for one in version.consulted])
    known = identities(by, dict.fromkeys(found.values())) if found else {}
    return {record: known[one.pk] for record, one in found.items()}


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest, person: str) -> HttpResponse:
    """What the plan is to reach; with the first answer a plan is begun, by whoever gives it."""
    writing = _write(request, person)
    opened, answers = writing.opened, writing.answers
    initial = {"objectives": answers.objectives, "safety": answers.safety}
    form = ObjectivesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        if opened.story is None:
            begin_plan(by=opened.by, person=person)
        return _kept(writing, _with(answers, form.cleaned_data))
    _looked_at(request, person, [one for _record, one in writing.asked] if opened.story else ())
    title = _("Make the plan of %(reference)s") % {"reference": person}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form,
        "sent_back": _sent_back(opened.story),
        "tasks": presenters.tasks(person, answers, writing.asked) if opened.story else None,
        "person": person,
        "has_draft": opened.story is not None and draft_of(opened.by, opened.story.plan) is not None,
    }
    return render(request, "plans/new.html", page)


def _with(answers: Answers, said: Mapping[str, str]) -> Answers:
    """The same with what a form answered."""
    objectives, safety = said.get("objectives", answers.objectives), said.get("safety", answers.safety)
    owner, none_reason = said.get("owner", answers.owner), said.get("none_reason", answers.none_reason)
    return replace(answers, objectives=objectives, safety=safety, owner=owner, none_reason=none_reason)


def _sent_back(story: PlanStory | None) -> str:
    """What a supervisor said to the last version, where they sent it back."""
    last = story.versions[-1] if story and story.versions else None
    return str(last.approved.words) if last is not None and last.approved is not None and last.was_sent_back else ""


def _kept(writing: _Writing, answers: Answers) -> HttpResponse:
    """The answers are kept, and the first page that is not answered comes next."""
    reference = writing.opened.reference
    keep_plan_draft(by=writing.opened.by, person=reference, answers=answers)
    return redirect(presenters.next_page(reference, answers, writing.asked))


def _begun(request: HttpRequest, person: str) -> _Writing:
    """A page of a plan that was begun. Raises Http404 where none was."""
    writing = _write(request, person)
    if writing.opened.story is None:
        raise Http404
    return writing


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_option(request: HttpRequest, person: str, option: str) -> HttpResponse:
    """One option of the menu, with what the register knows of it: used, and how, or not, and why not."""
    writing = _begun(request, person)
    if option not in set(Option):
        raise Http404
    before = decided_before(writing.answers.of(option))
    form = OptionForm(request.POST if request.method == "POST" else None, option=option, initial=before)
    if form.is_bound and form.is_valid():
        return _kept(writing, writing.answers.having(form.decided))
    now = clock.now()
    known = known_of(writing.opened.by, writing.opened.records, now)
    _looked_at(request, person, refs=presenters.named(option, known))
    title = _("Plan of %(reference)s: %(option)s") % {"reference": person, "option": OPTIONS[option]}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form,
        "known": presenters.option_known(option, known, writing.opened.stories, now),
    }
    return render(request, "plans/option.html", page)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_asked(request: HttpRequest, person: str, record: int) -> HttpResponse:
    """How somebody whom an order protects was asked about the plan, or why they were not."""
    writing = _begun(request, person)
    identity = next((one for each, one in writing.asked if each == record), None)
    if identity is None:
        raise Http404
    before = asked_before(writing.answers.about(record))
    form = AskedForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_bound and form.is_valid():
        return _kept(writing, writing.answers.having(form.asked(record)))
    _looked_at(request, person, [identity])
    title = _("Plan of %(reference)s: how %(other)s was asked") % {"reference": person, "other": identity.reference}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form,
        "name": person_words(identity),
    }
    return render(request, "plans/asked.html", page)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_owner(request: HttpRequest, person: str) -> HttpResponse:
    """Whose plan it is; and why nothing of the menu is used, where nothing is."""
    writing = _begun(request, person)
    given = request.POST if request.method == "POST" else None
    form = OwnerForm(given, planners=_planners(writing.opened.by), answers=writing.answers)
    if form.is_bound and form.is_valid():
        return _kept(writing, _with(writing.answers, form.cleaned_data))
    _looked_at(request, person)
    title = _("Plan of %(reference)s: whose it is") % {"reference": person}
    page = {"head": _head(person, title, has_errors=bool(form.errors)), "form": form, "go_on": _("Save and continue")}
    return render(request, "plans/form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_check(request: HttpRequest, person: str) -> HttpResponse:
    """Everything before it is put to a supervisor, and what stands in the way."""
    writing = _begun(request, person)
    refusal, conflict, status = "", None, None
    if request.method == "POST":
        try:
            put_plan(
                by=writing.opened.by, person=person, answers=writing.answers, seen=seen_version(request, writing.seen)
            )
        except Conflict as meanwhile:
            refusal, status = meanwhile.message, STATUS
            writing = _seen_again(request, writing)
            story = writing.opened.story
            conflict = presenters.both(story.versions[-1], writing.answers) if story and story.versions else None
        except NotNow as not_now:
            refusal = not_now.message
        else:
            say_done(request, _("It is put to a supervisor."))
            return _back(person)
    _looked_at(request, person, [one for _record, one in writing.asked])
    title = _("Check the plan of %(reference)s") % {"reference": person}
    owner = next((one.name for one in _planners(writing.opened.by) if one.username == writing.answers.owner), "")
    page = {
        "head": _head(person, title, has_errors=bool(refusal)),
        "person": person,
        "refusal": refusal,
        "conflict": conflict,
        "version_name": VERSION,
        "version": writing.seen,
        "summary": presenters.summary(writing.answers, owner),
        "menu": presenters.menu_drafted(writing.answers),
        "asked": presenters.asked_drafted(writing.answers, writing.asked),
        "tasks": presenters.tasks(person, writing.answers, writing.asked),
        "obstacles": presenters.in_the_way(writing.answers, writing.asked, writing.actions, day_of(clock.now())),
        "has_action": bool(writing.actions),
    }
    return render(request, "plans/check.html", page, status=status)


def _seen_again(request: HttpRequest, writing: _Writing) -> _Writing:
    """They have seen both versions now: what they confirm next is meant."""
    opened = _open(request, writing.opened.reference, check_can_plan)
    if opened.story is None or opened.story.waiting is not None:
        return _Writing(opened, writing.answers, writing.asked, writing.seen)
    seen = version_seen(opened.story)
    keep_plan_draft(by=opened.by, person=opened.reference, answers=writing.answers, seen=seen)
    return _Writing(opened, writing.answers, writing.asked, seen)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_drop(request: HttpRequest, person: str) -> HttpResponse:
    """Throw away what was answered so far."""
    opened = _open(request, person, check_can_plan)
    if request.method == "POST" and opened.story is not None:
        drop_plan_draft(by=opened.by, person=person)
        say_done(request, _("It is thrown away."))
    return _back(person)


@require_safe
def plan_version(request: HttpRequest, person: str, plan: int, number: int) -> HttpResponse:
    """One version as it was put forward, whatever came after it."""
    opened = _open(request, person)
    story = next((one for one in opened.stories if one.plan.pk == plan), None)
    one = next((each for each in story.versions if each.row.number == number), None) if story else None
    if story is None or one is None:
        raise Http404
    asked = _people(opened.by, one)
    _looked_at(request, person, list(asked.values()))
    title = _("Version %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {"head": _head(person, title), **_version_part(one, asked)}
    return render(request, "plans/version.html", page)


def _version_part(one: Version, asked: Mapping[int, Identity]) -> dict[str, Any]:
    return {
        "version": presenters.version_summary(one),
        "menu": presenters.menu_table(one),
        "consulted": presenters.consulted_table(one, asked),
    }


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_approve(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """A supervisor who did not put it forward approves a version, or sends it back."""
    opened, story = _standing(request, person, check_can_approve_plan)
    one = next((each for each in story.versions if each.row.number == number), None)
    if one is None:
        raise Http404
    form = ApproveForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request, version_seen(story)), None
    if form.is_bound and form.is_valid():
        try:
            approve_plan(
                by=opened.by,
                person=person,
                number=number,
                agrees=form.agrees,
                words=form.cleaned_data["words"],
                seen=seen,
            )
        except (Conflict, NotNow, NotPermitted) as refusal:
            status = _say(request, form, refusal)
        else:
            say_done(request, _("The plan stands.") if form.agrees else _("It goes back."))
            return _back(person)
    asked, conditions = _people(opened.by, one), conditions_tied(opened.by, story)
    _looked_at(request, person, asked.values(), _orders_of(conditions))
    title = _("Approve version %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form,
        "version_name": VERSION,
        "seen": seen,
        "waits": one.waits,
        "actions": _actions(opened, story, conditions),
        **_version_part(one, asked),
    }
    return render(request, "plans/approve.html", page, status=status)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_action_new(request: HttpRequest, person: str) -> HttpResponse:
    """Something that is to be done by a day, tied to a condition of an order or to a behaviour."""
    opened, _story = _standing(request, person, check_can_plan)
    conditions = {one.pk: one for one in conditions_of(opened.by, opened.records)}
    choices = [(str(pk), presenters.condition_words(one)) for pk, one in conditions.items()]
    given = request.POST if request.method == "POST" else None
    form = ActionForm(given, conditions=choices, planners=_planners(opened.by))
    status = None
    if form.is_bound and form.is_valid():
        try:
            add_plan_action(by=opened.by, person=person, given=form.given)
        except NotNow as refusal:
            status = _say(request, form, refusal)
        else:
            say_done(request, _("It is recorded. It stands in the work of whoever does it."))
            return _back(person)
    _looked_at(request, person, refs=_orders_of(conditions))
    title = _("Add an action to the plan of %(reference)s") % {"reference": person}
    page = {"head": _head(person, title, has_errors=bool(form.errors)), "form": form, "go_on": _("Add it")}
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_action(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """What became of one action."""
    opened, story = _standing(request, person, check_can_plan)
    one = next((each for each in story.actions if each.row.number == number), None)
    if one is None:
        raise Http404
    form = CloseForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            close_plan_action(
                by=opened.by, person=person, number=number, is_done=form.is_done, words=form.cleaned_data["words"]
            )
        except (Conflict, NotNow) as refusal:
            status = _say(request, form, refusal)
        else:
            say_done(request, _("It is recorded."))
            return _back(person)
    conditions = {pk: each for pk, each in conditions_tied(opened.by, story).items() if pk == one.row.condition_id}
    _looked_at(request, person, refs=_orders_of(conditions))
    title = _("Action %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form if one.closed is None else None,
        "go_on": _("Record it"),
        "shown": presenters.actions_table(person, [one], conditions, day_of(clock.now()), may_close=False),
    }
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: HttpRequest, person: str) -> HttpResponse:
    """Look at a plan that stands again: it stands further, or is to change (PLN-02)."""
    opened, story = _standing(request, person, check_can_plan)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request, version_seen(story)), None
    if form.is_bound and form.is_valid():
        try:
            review_plan(by=opened.by, person=person, outcome=form.found, words=form.cleaned_data["words"], seen=seen)
        except (Conflict, NotNow) as refusal:
            status = _say(request, form, refusal)
        else:
            say_done(request, _("The review is complete."))
            return _back(person)
    now = clock.now()
    coming = story.next(happened_to(opened.by, [story.plan], now)[story.plan.pk])
    conditions = conditions_tied(opened.by, story)
    _looked_at(request, person, refs=_orders_of(conditions))
    title = _("Review the plan of %(reference)s") % {"reference": person}
    page = {
        "head": _head(person, title, has_errors=bool(form.errors)),
        "form": form,
        "go_on": _("Record it"),
        "version_name": VERSION,
        "seen": seen,
        "summary": presenters.stands(story, coming),
        "shown": _actions(opened, story, conditions),
    }
    return render(request, "plans/form.html", page, status=status)


@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_end(request: HttpRequest, person: str) -> HttpResponse:
    """End the plan, and say why."""
    opened, _story = _standing(request, person, check_can_plan)
    form = EndForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            end_plan(by=opened.by, person=person, reason=form.cleaned_data["reason"])
        except NotNow as refusal:
            status = _say(request, form, refusal)
        else:
            say_done(request, _("The plan has ended."))
            return _back(person)
    _looked_at(request, person)
    title = _("End the plan of %(reference)s") % {"reference": person}
    page = {"head": _head(person, title, has_errors=bool(form.errors)), "form": form, "go_on": _("End it")}
    return render(request, "plans/form.html", page, status=status)
