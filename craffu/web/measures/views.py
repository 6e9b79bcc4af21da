"""The dashboard of civil orders and the page of each measure: what is ahead first, figures in words, pictures after (P25, P26).

Figures are those that were worked out over the last snapshot (ADR 86): a page asks no engine.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.breaches.events import BREACHES_VIEWED
from craffu.charts.kept import NotDrawn, picture
from craffu.charts.shapes import Size
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.measures.ahead.queries import ahead
from craffu.measures.definitions import definition, shipped
from craffu.measures.events import MEASURES_VIEWED
from craffu.measures.kept.counted import OF_BREACHES, OF_ORDERS, kept_counted
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.kept.records import breaches_counted, orders_counted
from craffu.measures.permissions import check_can_list_breaches, check_can_list_counted, check_can_see
from craffu.measures.places import folder_of
from craffu.orders.events import ORDERS_LISTED
from craffu.published.disclosure import To
from craffu.published.permissions import check_can_view_profile
from craffu.victims.permissions import check_can_see_figures
from craffu.web.consulting import looked_at
from craffu.web.measures import areas, exported, filtering, presenters, records, watching
from craffu.web.middleware import acting
from craffu.web.orders.presenters import orders_table
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.profiles.views import SVG
from craffu.web.profiles.words import said
from craffu.web.triage.presenters import breaches_table

# A picture opened by itself may do nothing at all.
_NOTHING: Final[dict[str, list[str]]] = {"default-src": [CSP.NONE], "frame-ancestors": [CSP.NONE]}


def _refs(kept: Kept | None) -> list[str]:
    return [f"snapshot/{kept.snapshot}"] if kept else []


def _dashboard_link() -> Link:
    return Link(_("Civil orders"), reverse("orders_dashboard"))


def _list_link() -> Link:
    return Link(_("Measures"), reverse("measure_list"))


@require_safe
def orders_dashboard(request: HttpRequest) -> HttpResponse:
    """Use, service, monitoring and breach of civil orders. Three queries of its own."""
    by = acting(request)
    check_can_see(by)
    kept = kept_figures(folder_of(by))
    looked_at(request, MEASURES_VIEWED, _refs(kept))
    to, coming = presenters.to_of_ahead(by), ahead(by, clock.now())
    page = {
        "head": PageHead(_("Civil orders"), breadcrumbs=(today_link(), Link(_("Civil orders"), ""))),
        "ahead": presenters.ahead_table(coming, to),
        "ending": presenters.ending_words(coming, to),
        "hides": presenters.hides_words(to),
        "measures": _list_link(),
        "has_figures": kept is not None,
        "sees_gap": allows(check_can_see_figures, by),
        "sees_profile": allows(check_can_view_profile, by),
    }
    if kept is not None:
        page |= _figures(request, by, kept)
    return render(request, "measures/dashboard.html", page)


def _figures(request: HttpRequest, by: Acting, newest: Kept) -> dict[str, object]:
    """The figures of the year that is asked for. What stands out, and what was counted, is known of the newest alone."""
    is_before = request.GET.get(filtering.YEAR) == filtering.BEFORE
    kept = newest.of_year_before() if is_before else newest
    chart, steps = presenters.steps(kept, by)
    names = areas.names_of(by)
    choices = filtering.offered(kept, by, [code for code, _part in presenters.TILES])
    chosen = filtering.chosen(request.GET.get(filtering.OF, ""), choices)
    return {
        "is_before": is_before, "year": filtering.year_params(newest, is_before=is_before),
        "filter": filtering.select_params(choices, chosen, names), "shown_of": filtering.words(chosen, names),
        "areas": presenters.areas_table(kept, by, names),
        "signals": None if is_before else watching.signals_table(kept, kept_counted(folder_of(by)), by),
        "files": exported.file_links(), "about": presenters.about(kept),
        "tiles": presenters.tiles(kept, by, chosen, is_standing=not is_before), "chart": chart, "steps": steps,
        "days": presenters.days_table(kept, by), "views": presenters.views_table(kept, by),
    }  # fmt: skip


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_see(by)
    kept = kept_figures(folder_of(by))
    looked_at(request, MEASURES_VIEWED, _refs(kept))
    title = _("Measures")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _dashboard_link(), Link(title, ""))),
        "about": presenters.about(kept) if kept else [],
        "measures": presenters.measures_table(kept, by, sorted(shipped())),
        "sees_gap": allows(check_can_see_figures, by),
    }
    return render(request, "measures/list.html", page)


@require_safe
def measure_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: its figures with their intervals, what is beside them, by what it is split, and its one definition."""
    by = acting(request)
    check_can_see(by)
    if code not in shipped():
        raise Http404
    kept = kept_figures(folder_of(by))
    looked_at(request, MEASURES_VIEWED, _refs(kept))
    defined = definition(code)
    one = kept.of(by, code) if kept is not None and code in kept.measures else None
    to = kept.to(by, code) if kept is not None and one is not None else To.PUBLIC
    title = said(defined.name)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _dashboard_link(), _list_link(), Link(title, ""))),
        "question": said(defined.question),
        "about": presenters.about(kept) if kept else [],
        "figures": presenters.parts_table(one, defined) if one else None,
        "changes": presenters.changes(one, defined) if one else [],
        "splits": presenters.splits(one, defined, to, areas.names_of(by)) if one else [],
        "beside": presenters.beside_table(one, defined) if one else None,
        "hides": presenters.hides_words(to) if one else "",
        "is_of_now": one is not None and one.is_of_now,
        "definition": presenters.definition_list(defined, one, kept),
        "traps": [said(trap) for trap in defined.traps],
        "records": presenters.records_link(code, to) if one else None,
        "files": exported.file_links(code) if one else [],
    }
    return render(request, "measures/measure.html", page)


@require_safe
def measure_records(request: HttpRequest, code: str) -> HttpResponse:
    """The records that a figure of the year counted, as far as they are open to the reader now. Three queries of its own."""
    by, is_breaches = acting(request), code in OF_BREACHES
    (check_can_list_breaches if is_breaches else check_can_list_counted)(by)
    if code not in (*OF_ORDERS, *OF_BREACHES):
        raise Http404
    kept, counted, defined = kept_figures(folder_of(by)), kept_counted(folder_of(by)), definition(code)
    is_told = kept is not None and counted is not None and counted.snapshot == kept.snapshot
    part = records.part_of(defined, request.GET.get(records.PART, ""))
    tokens = counted.of(code, part) if counted is not None and is_told else frozenset()
    title = _("What %(measure)s counted") % {"measure": said(defined.name)}
    own = presenters.measure_link(code)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _dashboard_link(), _list_link(), own, Link(title, ""))),
        "about": presenters.about(kept) if kept is not None and is_told else [],
        "parts": records.part_links(defined, part),
    }
    if is_breaches:
        shown = one_page(request, breaches_counted(by, tokens))
        refs, kind = {f"breach/{one.reference}" for one in shown.rows}, BREACHES_VIEWED
        page["records"] = breaches_table(shown.rows, title)
    else:
        shown = one_page(request, orders_counted(by, tokens))
        cases = {f"case/{order.case.reference}" for order in shown.rows if order.case}
        refs, kind = cases | {f"order/{order.reference}" for order in shown.rows}, ORDERS_LISTED
        page["records"] = orders_table(shown.rows)
    looked_at(request, kind, [*_refs(kept), *sorted(refs)])
    counts = records.counts_words(len(tokens), shown.total, sees_all=by.sees_all, is_breaches=is_breaches)
    return render(request, "measures/records.html", {**page, "shown": shown, "counts": counts})


@csp_override(_NOTHING)
@require_safe
def measure_chart(request: HttpRequest, size: str, chart: str) -> HttpResponse:
    """The picture of a chart that a page showed this reader. The page was logged; its picture is part of it."""
    by = acting(request)
    check_can_see(by)
    if size not in set(Size):
        raise Http404
    for folder in presenters.folders_of(by):
        try:
            svg = picture(folder, chart, Size(size))
        except NotDrawn:
            return HttpResponse(status=503)
        if svg is not None:
            return HttpResponse(svg, content_type=SVG)
    raise Http404
