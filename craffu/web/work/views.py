"""Work queues and who covers for whom (page map, P03). What is due is worked out elsewhere: here it is shown, taken and given."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import find_user
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.web.consulting import looked_at
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.work import presenters
from craffu.web.work.forms import AbsenceForm, NarrowForm, ReassignForm
from craffu.web.work.words import EMPTY, QUEUES
from craffu.work import events
from craffu.work.actions import reassign, record_absence, take_on
from craffu.work.models import WorkItem
from craffu.work.permissions import check_can_open, check_can_supervise
from craffu.work.queries import Tab, absences_listed, kinds_in, queue, workers_of


@require_http_methods(["GET", "HEAD", "POST"])
def work_queue(request: HttpRequest, queue: str) -> HttpResponse:
    """One queue: by whose it is, the worst consequence first. Supervisors give work to others, its own roles take it on."""
    by = acting(request)
    if queue not in QUEUES:
        raise Http404
    check_can_open(by, queue)
    supervises = allows(check_can_supervise, by)
    people = workers_of(by, queue)
    form = ReassignForm(people, request.POST if request.method == "POST" and supervises else None)
    problem, status = "", 200
    if request.method == "POST":
        try:
            said = _sent(request, by, form)
        except (Conflict, NotNow) as refusal:
            problem, status = str(refusal.message), STATUS if isinstance(refusal, Conflict) else 200
        else:
            if said:
                messages.success(request, said)
                return redirect(request.get_full_path())
            problem = "" if form.errors else _("Choose at least one.")
    return _queue_shown(request, queue, people, form, problem=problem, status=status, supervises=supervises)


def _sent(request: HttpRequest, by: Acting, form: ReassignForm) -> str:
    """Do what was sent: take one on, or give some away. In words what was done; nothing where something is missing."""
    item = request.POST.get("take", "")
    if item.isascii() and item.isdigit() and len(item) < 19:
        take_on(by=by, item=int(item))
        return _("It is yours now.")
    if not (form.is_bound and form.is_valid() and form.cleaned_data["items"]):
        return ""
    moved = reassign(by=by, items=form.cleaned_data["items"], to=form.given_to, reason=form.why)
    return ngettext("%(number)s task was given away.", "%(number)s tasks were given away.", moved) % {"number": moved}


def _queue_shown(
    request: HttpRequest,
    key: str,
    people: Sequence[User],
    form: ReassignForm,
    *,
    problem: str,
    status: int,
    supervises: bool,
) -> HttpResponse:
    by, now = acting(request), clock.now()
    narrow = NarrowForm(kinds_in(by, key), people, request.GET)
    tab = Tab(request.GET["tab"]) if request.GET.get("tab") in set(Tab) else Tab.MINE
    seen = queue(by, key, tab, now, narrow.narrowed)
    shown = one_page(request, seen.rows, total=seen.counts[tab])
    items: list[WorkItem] = shown.rows
    looked_at(request, events.QUEUE_VIEWED, [ref for one in items for ref in one.refs])
    title = QUEUES[key]
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=bool(problem or form.errors)),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "tabs": presenters.tabs(key, tab, seen, narrow.query),
        "tab": tab.value,
        "narrow": narrow,
        "is_narrowed": bool(narrow.query),
        "everything": presenters.queue_href(key, tab=tab.value),
        "queue": presenters.queue_table(title, items, seen.away, now, chooses=supervises, takes=tab is Tab.UNASSIGNED),
        "shown": shown,
        "empty": EMPTY[tab],
        "fares": presenters.fares(seen, now),
        "form": form if supervises else None,
        "problem": problem,
    }
    return render(request, "work/queue.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def queue_cover(request: HttpRequest) -> HttpResponse:
    """Who is away and who covers, and the form that says so."""
    by = acting(request)
    check_can_supervise(by)
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _recorded(by, form):
        messages.success(request, _("It is recorded."))
        return redirect("queue_cover")
    absences = absences_listed(by, clock.now())
    people = {user.username for one in absences for user in (one.who, one.cover) if user}
    looked_at(request, events.COVER_VIEWED, [f"user/{name}" for name in people])
    title = _("Absences and cover")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=bool(form.errors)),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "absences": presenters.absences_table(absences),
        "form": form,
    }
    return render(request, "work/cover.html", page)


def _recorded(by: Acting, form: AbsenceForm) -> bool:
    """Whether the absence could be recorded; why not stands beside its field."""
    said = form.cleaned_data
    people = {name: find_user(said[name]) for name in ("who", "cover") if said[name]}
    for name, user in people.items():
        if user is None or user.force_id != by.force.pk:
            form.add_error(name, _("There is no such account."))
    if form.errors:
        return False
    try:
        record_absence(
            by=by,
            who=people["who"],  # type: ignore[arg-type]
            first=said["first"],
            last=said["last"],
            cover=people.get("cover"),
            why=form.reason,
        )
    except NotNow as refusal:
        beside = {"ends_before": "last", "absence_over": "last", "covers_themself": "cover", "account_closed": "cover"}
        form.add_error(beside.get(refusal.code), refusal.message)
        return False
    return True
