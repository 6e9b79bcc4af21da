"""A management plan is made page by page, and put to a supervisor (page map, P24; PLN-01)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow
from craffu.people.queries import Identity
from craffu.prevention.models import PlanDraft
from craffu.prevention.permissions import check_can_plan
from craffu.prevention.planning.actions import (
    begin_plan,
    drop_plan_draft,
    keep_plan_draft,
    put_plan,
)
from craffu.prevention.planning.facts import Answers, answers_of
from craffu.prevention.planning.gathering import known_of, to_be_asked
from craffu.prevention.planning.left import draft_left
from craffu.prevention.planning.policies import check_none_waits
from craffu.prevention.planning.queries import (
    PlanStory,
    draft_of,
    drafted,
)
from craffu.prevention.planning.queries import plan_version as version_seen
from craffu.prevention.planning.rules import Option
from craffu.web.done import say_done
from craffu.web.edits import STATUS, VERSION, seen_version
from craffu.web.plans import known_presenters, writing_presenters
from craffu.web.plans.ended import told_if_ended
from craffu.web.plans.forms import (
    AskedForm,
    ObjectivesForm,
    OptionForm,
    OwnerForm,
    asked_before,
    decided_before,
)
from craffu.web.plans.opening import (
    SENSITIVE,
    Opened,
    back_to_plan,
    check_none_ended,
    head_below,
    opened_plan,
    plan_looked_at,
    planners,
)
from craffu.web.plans.words import OPTIONS
from craffu.web.reviews.presenters import person_words


@dataclass(frozen=True, slots=True)
class _Writing:
    """A version that is being written: of which plan (None before there is one), what was answered, from which version."""

    opened: Opened
    answers: Answers
    asked: Sequence[tuple[int, Identity]]
    seen: str

    @property
    def actions(self) -> int:
        return len(self.opened.story.open_actions) if self.opened.story else 0

    @property
    def next(self) -> str:
        return writing_presenters.next_page(self.opened.reference, self.answers, self.asked)


def _write(request: HttpRequest, person: str) -> _Writing:
    """Raises Conflict while a version waits for a supervisor."""
    opened = opened_plan(request, person, check_can_plan)
    story = opened.story
    check_none_waits(waits=story is not None and story.waiting is not None)
    asked = to_be_asked(opened.by, opened.records)
    if story is None:
        left = draft_left(opened.by, opened.stories)
        return _Writing(opened, answers_of(left.answers) if left else Answers(), asked, "")
    draft = draft_of(opened.by, story.plan)
    return _Writing(opened, drafted(draft, story), asked, draft.seen if draft else version_seen(story))


def _begun(request: HttpRequest, person: str) -> _Writing:
    """A page of a plan that was begun. Raises Http404 where none was, EndedMeanwhile where it ended while they wrote."""
    writing = _write(request, person)
    if writing.opened.story is None:
        check_none_ended(request, writing.opened)
        raise Http404
    return writing


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_new(request: HttpRequest, person: str) -> HttpResponse:
    """What the plan is to reach; with the first answer a plan is begun, by whoever gives it."""
    writing = _write(request, person)
    opened, answers = writing.opened, writing.answers
    initial = {"objectives": answers.objectives, "safety": answers.safety}
    form = ObjectivesForm(request.POST if request.method == "POST" else None, initial=initial)
    if seen_version(request) and opened.story is None:
        check_none_ended(request, opened)
    if form.is_bound and form.is_valid():
        if opened.story is None:
            begin_plan(by=opened.by, person=person)
        return _kept(writing, _with(answers, form.cleaned_data))
    plan_looked_at(request, person, [one for _record, one in writing.asked] if opened.story else ())
    title = _("Make the plan of %(reference)s") % {"reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "sent_back": _sent_back(opened.story),
        "tasks": writing_presenters.tasks(person, answers, writing.asked) if opened.story else None,
        "person": person,
        "has_draft": _draft_of(opened) is not None,
        "version_name": VERSION,
        "version": version_seen(opened.story) if opened.story else "",
    }
    return render(request, "plans/new.html", page)


def _draft_of(opened: Opened) -> PlanDraft | None:
    if opened.story is None:
        return draft_left(opened.by, opened.stories)
    return draft_of(opened.by, opened.story.plan)


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
    return redirect(writing_presenters.next_page(reference, answers, writing.asked))


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
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
    plan_looked_at(request, person, refs=known_presenters.named(option, known))
    title = _("Plan of %(reference)s: %(option)s") % {"reference": person, "option": OPTIONS[option]}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "known": known_presenters.option_known(option, known, writing.opened.stories, now),
    }
    return render(request, "plans/option.html", page)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
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
    plan_looked_at(request, person, [identity])
    title = _("Plan of %(reference)s: how %(other)s was asked") % {"reference": person, "other": identity.reference}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "name": person_words(identity),
    }
    return render(request, "plans/asked.html", page)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
def plan_owner(request: HttpRequest, person: str) -> HttpResponse:
    """Whose plan it is; and why nothing of the menu is used, where nothing is."""
    writing = _begun(request, person)
    given = request.POST if request.method == "POST" else None
    form = OwnerForm(given, planners=planners(writing.opened.by), answers=writing.answers)
    if form.is_bound and form.is_valid():
        return _kept(writing, _with(writing.answers, form.cleaned_data))
    plan_looked_at(request, person)
    title = _("Plan of %(reference)s: whose it is") % {"reference": person}
    page = {
        "head": head_below(person, title, has_errors=bool(form.errors)),
        "form": form,
        "go_on": _("Save and continue"),
    }
    return render(request, "plans/form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@told_if_ended
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
            conflict = (
                writing_presenters.both(story.versions[-1], writing.answers) if story and story.versions else None
            )
        except NotNow as not_now:
            refusal = not_now.message
        else:
            say_done(request, _("It is put to a supervisor."))
            return back_to_plan(person)
    plan_looked_at(request, person, [one for _record, one in writing.asked])
    title = _("Check the plan of %(reference)s") % {"reference": person}
    owner = next((one.name for one in planners(writing.opened.by) if one.username == writing.answers.owner), "")
    page = {
        "head": head_below(person, title, has_errors=bool(refusal)),
        "person": person,
        "refusal": refusal,
        "conflict": conflict,
        "version_name": VERSION,
        "version": writing.seen,
        "summary": writing_presenters.summary(writing.answers, owner),
        "menu": writing_presenters.menu_drafted(writing.answers),
        "asked": writing_presenters.asked_drafted(writing.answers, writing.asked),
        "tasks": writing_presenters.tasks(person, writing.answers, writing.asked),
        "obstacles": writing_presenters.in_the_way(
            writing.answers, writing.asked, writing.actions, day_of(clock.now())
        ),
        "has_action": bool(writing.actions),
    }
    return render(request, "plans/check.html", page, status=status)


def _seen_again(request: HttpRequest, writing: _Writing) -> _Writing:
    """They have seen both versions now: what they confirm next is meant."""
    opened = opened_plan(request, writing.opened.reference, check_can_plan)
    if opened.story is None or opened.story.waiting is not None:
        return _Writing(opened, writing.answers, writing.asked, writing.seen)
    seen = version_seen(opened.story)
    keep_plan_draft(by=opened.by, person=opened.reference, answers=writing.answers, seen=seen)
    return _Writing(opened, writing.answers, writing.asked, seen)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_drop(request: HttpRequest, person: str) -> HttpResponse:
    """Throw away what was answered so far."""
    opened = opened_plan(request, person, check_can_plan)
    if request.method == "POST" and _draft_of(opened) is not None:
        drop_plan_draft(by=opened.by, person=person)
        say_done(request, _("It is thrown away."))
    return back_to_plan(person)
