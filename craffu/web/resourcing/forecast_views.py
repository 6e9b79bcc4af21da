"""Work on orders that will fall due in the coming weeks, against those in post, and how long it takes (page map, P39; R1a)."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.daily.forecasting.queries import forecast
from craffu.measures.permissions import ORDERS_BY, shown_to
from craffu.resourcing import events
from craffu.resourcing.permissions import check_can_read_posts, check_can_state
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import capacities, full_time_for, posts_of
from craffu.resourcing.timing.actions import state_time
from craffu.resourcing.timing.queries import times_of, times_stated
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.resourcing import forecast_presenters as presenters
from craffu.web.resourcing.caseload_views import caseload_link
from craffu.web.resourcing.forms import TimeForm

BESIDE: Final = {"time_out_of_range": "amount", "resourcing_no_reason": "reason"}


def _forecast_link() -> Link:
    return Link(_("Work that will fall due"), reverse("caseload_forecast"))


@require_safe
def caseload_forecast(request: HttpRequest) -> HttpResponse:
    """Figures of the whole force: what is shut to the reader is counted, and none of it is shown."""
    by = acting(request)
    check_can_read_posts(by)
    now = clock.now()
    stated, capacity = times_stated(by), capacities(by)
    minutes = times_of(stated)
    found = presenters.as_told(forecast(by.joining(), now), shown_to(by, ORDERS_BY))
    full_time = full_time_for(posts_of(by), capacity, Work.ORDERS, day_of(now))
    is_stated = any(one.work == Work.ORDERS for one in capacity.values())
    looked_at(request, events.POSTS_VIEWED, [])
    title = _("Work that will fall due")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), caseload_link(), Link(title, ""))),
        "sentences": list(presenters.sentences(found, full_time, minutes, is_stated=is_stated)),
        "weeks": presenters.week_table(found, minutes),
        "times": presenters.time_table(stated, minutes),
        "states": allows(check_can_state, by),
    }
    return render(request, "resourcing/forecast.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def time_new(request: HttpRequest) -> HttpResponse:
    """How long a task takes, or how many hours of a week there are for such work."""
    by = acting(request)
    check_can_state(by)
    form = TimeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            state_time(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It counts from now on."))
            return redirect("caseload_forecast")
    title = _("How long work takes")
    page = {
        "head": PageHead(
            title,
            breadcrumbs=(today_link(), caseload_link(), _forecast_link(), Link(title, "")),
            has_errors=bool(form.errors),
        ),
        "form": form,
        "button_text": _("State it"),
        "intro": _("Hours of work to come are worked out from it, from now on. What was stated before is kept."),
    }
    return render(request, "asking.html", page)
