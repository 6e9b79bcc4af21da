"""What needs doing today: the first page after signing in, a list by role and not a set of charts (page map, P01)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.access.events import TODAY_VIEWED
from craffu.access.permissions import check_can_review
from craffu.cases.permissions import check_can_view_case
from craffu.cases.risk.permissions import check_can_assess
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.people.permissions import check_can_search
from craffu.resourcing.permissions import check_can_read_champions
from craffu.victims.permissions import speaks_only
from craffu.web.consulting import looked_at
from craffu.web.court.sources import freshness_of_records
from craffu.web.court.words import day_words
from craffu.web.home import presenters
from craffu.web.home.row import Row, Section
from craffu.web.home.rows import PROVIDED, rows_for
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.search.forms import SearchForm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    if speaks_only(by):
        return redirect("advocate_promises")
    today = day_of(clock.now())
    rows = rows_for(by, today)
    reads_results = allows(check_can_view_case, by)
    freshness = freshness_of_records(by).answer if reads_results else None
    shown = presenters.sections(rows, has_results=reads_results)
    _log(request, presenters.rows_shown(rows))
    head = PageHead(
        _("Today"),
        heading=_("What needs doing today"),
        data_as_of=freshness.as_of if freshness else (),
    )
    page = {
        "head": head,
        "today": day_words(today),
        "search": SearchForm() if allows(check_can_search, by) else None,
        "sections": shown if rows or _has_work(by) else None,
        "freshness": freshness,
        "queues": presenters.queue_links(by),
        "judges_risk": allows(check_can_assess, by),
        "reviews_emergencies": allows(check_can_review, by),
        "finds_champions": allows(check_can_read_champions, by),
    }
    return render(request, "home/home.html", page)


@require_safe
def home_section(request: HttpRequest, section: str) -> HttpResponse:
    """All rows of one section."""
    by = acting(request)
    if section not in set(Section):
        raise Http404
    wanted = Section(section)
    shown = one_page(request, [row for row in rows_for(by, day_of(clock.now())) if row.section is wanted])
    _log(request, shown.rows)
    title = presenters.TITLES[wanted]
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "tasks": presenters.task_list(wanted, shown.rows) if shown.rows else None,
        "empty": presenters.EMPTY[wanted],
    }
    return render(request, "home/section.html", page)


def _has_work(by: Acting) -> bool:
    """Whether anything in Craffu gives work to one of the reader's roles yet. An administrator is given approvals."""
    return by.holds_any("administrator") or any(
        by.holds_any(*provided.roles) for provided in PROVIDED if not provided.of_all
    )


def _log(request: HttpRequest, rows: list[Row]) -> None:
    looked_at(request, TODAY_VIEWED, [ref for row in rows for ref in row.refs])
