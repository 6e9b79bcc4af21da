"""Requests about people's own data: those to be answered, a new one, and one with its steps (page map, P41; SEC-11)."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_handle_rights, check_prepared_by_another
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import others_with
from craffu.access.rights_requests.actions import end_effect, record_request, take_step
from craffu.access.rights_requests.events import RIGHTS_LISTED, RIGHTS_VIEWED
from craffu.access.rights_requests.kinds import Kind
from craffu.access.rights_requests.queries import Standing, find_request, requests_open, requests_over
from craffu.access.rights_requests.states import RightsStatus, may_follow
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.daily.own_data.putting_right import records_to_put_right
from craffu.people.queries import is_called
from craffu.people.use_restricted import restricted_by
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.rights import presenters
from craffu.web.rights.forms import ENDINGS, STEPS, EndingForm, NewForm, StepForm
from craffu.web.rights.searching import search_answer
from craffu.web.rights.words import NEVER

MOST_OVER = 20


@require_safe
def rights_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_handle_rights(by)
    today = day_of(clock.now())
    waiting, over = requests_open(by, today), requests_over(by, MOST_OVER)
    looked_at(request, RIGHTS_LISTED, [f"rights_request/{one.request.number}" for one in (*waiting, *over)])
    title = _("Rights requests")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "waiting": presenters.open_table(waiting, today),
        "over": presenters.over_table(over, today),
    }
    return render(request, "rights/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def rights_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_handle_rights(by)
    form = NewForm(request.POST if request.method == "POST" else None, knows=partial(is_called, by))
    if form.is_bound and form.is_valid():
        try:
            made = record_request(by=by, asked=form.asked)
        except NotNow as refusal:
            form.add_error("received_on" if refusal.code == "day_to_come" else None, refusal.message)
        else:
            return redirect("rights_detail", rights_request=made.number)
    head = PageHead(
        _("Record a rights request"),
        back=Link(_("Rights requests"), reverse("rights_list")),
        has_errors=bool(form.errors),
    )
    return render(request, "rights/new.html", {"head": head, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def rights_detail(request: HttpRequest, rights_request: str) -> HttpResponse:
    """One request: its days, what was done and decided, the steps that may follow, and what came of it."""
    by = acting(request)
    check_can_handle_rights(by)
    found = find_request(by, rights_request)
    if found is None:
        raise Http404
    forms = _forms(request, by, found)
    sent = next((form for form in forms if form.is_bound), None)
    if sent is not None and sent.is_valid() and not _holds(request, found, sent) and _taken(by, found, sent):
        messages.success(request, _("It is recorded."))
        return redirect("rights_detail", rights_request=rights_request)
    restricted = restricted_by(by, rights_request) if found.request.kind == Kind.RESTRICTION else []
    wrong = records_to_put_right(by, found) if found.request.kind == Kind.RECTIFICATION and found.takes_effect else []
    looked_at(request, RIGHTS_VIEWED, presenters.refs_of(found, restricted, wrong))
    title = _("Rights request %(number)s") % {"number": rights_request}
    queue = Link(_("Rights requests"), reverse("rights_list"))
    waits = found.status is RightsStatus.PREPARED and not _may_approve(by, found)
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), queue, Link(title, "")), has_errors=sent is not None and bool(sent.errors)
        ),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "facts": presenters.facts(found, day_of(clock.now()), restricted),
        "to_put_right": found.request.kind == Kind.RECTIFICATION and found.takes_effect,
        "wrong": presenters.put_right_table(wrong),
        "never": NEVER[found.request.whose] if not found.is_over else "",
        "history": presenters.history_table(found),
        "forms": forms,
        "sent": sent,
        "others": _others(by) if waits else "",
    }
    return render(request, "rights/detail.html", page)


def _may_approve(by: Acting, found: Standing) -> bool:
    return allows(check_prepared_by_another, by, found.preparer)


def _others(by: Acting) -> str:
    """Who else may approve, by name, or what to do where there is nobody."""
    names = ", ".join(user.name for user in others_with(by, "auditor"))
    if not names:
        return _("Nobody else can yet: ask an administrator to name another auditor.")
    return _("These can: %(names)s.") % {"names": names}


def _forms(request: HttpRequest, by: Acting, found: Standing) -> list[StepForm | EndingForm]:
    """The forms of what may follow; the one that was sent is bound, even where it no longer follows."""
    sent = request.POST.get("step", "") if request.method == "POST" else ""
    offered = [one for one in STEPS if may_follow(found.status, one.status) or one.status == sent]
    if not _may_approve(by, found):
        offered = [one for one in offered if one.status is not RightsStatus.APPROVED or one.status == sent]
    endings = [one for one in ENDINGS if one.how in found.may_end or one.how == sent]
    return [
        *(one(request.POST if one.status == sent else None, kind=found.request.kind) for one in offered),
        *(one(request.POST if one.how == sent else None) for one in endings),
    ]


def _holds(request: HttpRequest, found: Standing, form: StepForm | EndingForm) -> bool:
    """Whether the text of an answer holds what may not leave, with what it is in the form."""
    text = form.cleaned_data.get("text", "")
    problem = search_answer(request, found, text) if text else ""
    if problem:
        form.add_error("text", problem)
    return bool(problem)


def _taken(by: Acting, found: Standing, form: StepForm | EndingForm) -> bool:
    """Take the step, or end what was decided; False, with the reason in the form, where it cannot be done now."""
    try:
        if isinstance(form, EndingForm):
            end_effect(by=by, number=found.request.number, how=form.how, words=form.cleaned_data["words"])
        else:
            take_step(by=by, number=found.request.number, step=form.step, knows=is_called)
    except FactorNotFresh:
        raise
    except NotNow as refusal:
        field = {"day": "on", "text": "text", "decided": "decided"}.get(refusal.code.partition("_")[0])
        form.add_error(field if field in form.fields else None, refusal.message)
        return False
    return True
