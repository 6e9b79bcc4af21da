"""Figures about specialist advice, of the whole force and of nobody (page map, P38 and P39; R1b, RES-04)."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders import events
from craffu.orders.advising.figures import advised_at_high_risk, waited
from craffu.resourcing.permissions import check_can_read_posts
from craffu.web.advice import figure_presenters as presenters
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link

# The days over which questions are counted, today the last.
OVER: Final = timedelta(days=364)


@require_safe
def advice_figures(request: HttpRequest) -> HttpResponse:
    """What is shut to the reader is counted, and none of it is shown."""
    by = acting(request)
    check_can_read_posts(by)
    now = clock.now()
    last = day_of(now)
    everything = by.joining()
    looked_at(request, events.ADVICE_FIGURES_VIEWED, [])
    title = _("Specialist advice: how fast and whether it is followed")
    caseload = Link(_("Caseload"), reverse("caseload"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), caseload, Link(title, ""))),
        "first": day_words(last - OVER),
        "last": day_words(last),
        "advisers": presenters.adviser_table(waited(everything, last - OVER, last, now)),
        "high_risk": presenters.high_risk_words(*advised_at_high_risk(everything, now)),
    }
    return render(request, "advice/figures.html", page)
