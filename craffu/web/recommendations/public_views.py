"""How the recommendations stand, for anybody who wants to know (SCR-10): no sign-in, no name, in both languages."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import acting_system
from craffu.access.queries import home_force
from craffu.access.wall.reach import working_for
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.scrutiny.recommending.queries import told_to_the_public
from craffu.web.presenters import Marking, PageHead
from craffu.web.recommendations import presenters

THE_PAGE: Final = "public-page"


@login_not_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Every report with what it recommends, how that stands, and the last word that the public was given."""
    today = day_of(clock.now())
    force = home_force()
    with working_for(force.pk):
        by = acting_system(force, THE_PAGE).during(request.request_id)  # type: ignore[attr-defined]
        shown = [
            (presenters.title_of(report), presenters.about(report), report.source, presenters.told(several, today))
            for report, several in presenters.by_report(told_to_the_public(by))
        ]
    page = {"head": PageHead(_("How recommendations stand"), marking=Marking.NONE), "reports": shown, "today": today}
    return render(request, "recommendations/progress.html", page)
