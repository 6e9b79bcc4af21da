"""Caseload: work for whoever is in post, posts that stand empty, and how much a post is to carry (page map, P39; R1a, RES-03)."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.measures.permissions import BREACHES_BY, ORDERS_BY, shown_to
from craffu.orders.figures import managed
from craffu.prevention.cohort.queries import members_now
from craffu.resourcing import events
from craffu.resourcing.permissions import check_can_read_champions, check_can_read_posts, check_can_state
from craffu.resourcing.posts.actions import state_capacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import absence, capacities, posts_of, roles_of
from craffu.resourcing.recruiting.queries import steps_said
from craffu.resourcing.staff.queries import last_heard
from craffu.scrutiny.initiatives.permissions import check_can_read_initiatives
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import DataAsOf, Link, PageHead, today_link
from craffu.web.resourcing import post_presenters as presenters
from craffu.web.resourcing import recruiting_presenters
from craffu.web.resourcing.forms import CapacityForm

# The days over which vacancies and absence are counted, today the last.
OVER: Final = timedelta(days=364)
# Who may open all the rows of each sort of work: small counts of it are hidden from everybody else (MSR-03).
OPENED_BY: Final = {Work.ORDERS: ORDERS_BY, Work.COHORT: BREACHES_BY}
BESIDE: Final = {"role_unknown": "role", "capacity_out_of_range": "most", "resourcing_no_reason": "reason"}


def caseload_link() -> Link:
    return Link(_("Caseload"), reverse("caseload"))


@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """Figures of the whole force: what is shut to the reader is counted, and none of it is shown."""
    by = acting(request)
    check_can_read_posts(by)
    now = clock.now()
    last = day_of(now)
    first = last - OVER
    posts, stated = posts_of(by), capacities(by)
    everything = by.joining()
    orders = managed(everything, now)
    numbers = {Work.ORDERS: sum(orders.values()), Work.COHORT: len(members_now(everything))}
    spread, spread_said = presenters.spread_table(orders, shown_to(by, ORDERS_BY))
    names_posts, states = allows(check_can_read_champions, by), allows(check_can_state, by)
    said = steps_said(by)
    looked_at(request, events.POSTS_VIEWED, [])
    title = _("Caseload")
    page = {
        "head": PageHead(
            title,
            breadcrumbs=(today_link(), Link(title, "")),
            data_as_of=(DataAsOf(_("Staff and rosters"), last_heard(by)),),
        ),
        "loads": [
            presenters.load(work, number, shown_to(by, OPENED_BY[work]), posts, stated, last)
            for work, number in numbers.items()
        ],
        "spread": spread,
        "spread_said": spread_said,
        "first": day_words(first),
        "last": day_words(last),
        "roles": presenters.role_table(posts, first, last),
        "teams": presenters.team_table(posts, first, last),
        "absence": presenters.days_words(absence(by, first, last)),
        "empty": recruiting_presenters.empty_table(posts, said, last, states=states) if names_posts else None,
        "empty_said": recruiting_presenters.empty_sentence(posts, said, last),
        "filled_said": recruiting_presenters.filled_sentence(posts, first, last),
        "stated": presenters.stated_table(stated) if names_posts else None,
        "states": states,
        "reads_initiatives": allows(check_can_read_initiatives, by),
    }
    return render(request, "resourcing/caseload.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def capacity_new(request: HttpRequest) -> HttpResponse:
    """Which work the posts of a role do, and the most of it for each person in post."""
    by = acting(request)
    check_can_state(by)
    form = CapacityForm(roles_of(by), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            state_capacity(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It counts from now on."))
            return redirect("caseload")
    title = _("What a post is to carry")
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), caseload_link(), Link(title, "")), has_errors=bool(form.errors)
        ),
        "form": form,
        "button_text": _("State it"),
        "intro": _("It counts for everybody in a post of this role, from now on. What was stated before is kept."),
    }
    return render(request, "asking.html", page)
