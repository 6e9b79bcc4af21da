"""The published picture: profiles, definitions of series, figures entered by hand, pictures of charts (page map, P26, P27)."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.charts.kept import NotDrawn, picture
from craffu.charts.shapes import Size
from craffu.common import clock
from craffu.common.languages import Language
from craffu.common.refusals import Refusal, allows
from craffu.published import events
from craffu.published.actions import record_figure_by_hand
from craffu.published.areas import FORCE, Area, area_by_code
from craffu.published.definitions import all_series
from craffu.published.models import PublishedFigure
from craffu.published.permissions import check_can_enter_by_hand, check_can_view_profile
from craffu.published.profile import CRIME_SERIES, FOCUS, ORDERS, OUTCOMES, PROSECUTIONS, national, profile_of
from craffu.published.queries import found_errors, hand_series, latest_figures
from craffu.published.refusals import FigureStands
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.edits import STATUS, both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, Params, today_link
from craffu.web.profiles import definition, presenters, sections
from craffu.web.profiles.anomalies import Anomalies, anomalies_shown
from craffu.web.profiles.by_hand import by_hand
from craffu.web.profiles.comparison import compared
from craffu.web.profiles.exported import file_links
from craffu.web.profiles.forms import ChoiceForm, FigureForm, is_invented
from craffu.web.profiles.peers import peers_of
from craffu.web.profiles.pictures import FOLDER
from craffu.web.profiles.sections import name_of, offences_of
from craffu.web.profiles.sources import files_of
from craffu.web.profiles.words import language

# A picture opened by itself may do nothing at all.
NOTHING: dict[str, list[str]] = {"default-src": [CSP.NONE], "frame-ancestors": [CSP.NONE]}
# Beyond so many, found errors are counted and not read.
MOST_ANOMALIES = 2000
SERIES = (*CRIME_SERIES, OUTCOMES, ORDERS, PROSECUTIONS)
SVG = "image/svg+xml; charset=utf-8"


def _crumbs(*more: Link) -> tuple[Link, ...]:
    return (today_link(), Link(_("Profiles"), reverse("profile_local") if more else ""), *more)


@require_safe
def profile_local(request: HttpRequest) -> HttpResponse:
    """One force: the reader's own, or the one chosen."""
    by = acting(request)
    check_can_view_profile(by)
    force = area_by_code(FORCE, request.GET.get("force") or by.force.code)
    if force is None or (is_invented(force) and not _is_published(force)):
        return _no_force(request, by)
    title = _("Offence profile of %(force)s") % {"force": name_of(force)}
    return _profile(request, by, force, PageHead(title, breadcrumbs=_crumbs(), marking=Marking.OFFICIAL))


def _is_published(force: Area) -> bool:
    return latest_figures(*SERIES, area_kind=FORCE, area=force.code).exists()


def _no_force(request: HttpRequest, by: Acting) -> HttpResponse:
    """Nobody publishes figures about the reader's force, or the address names none: the reader chooses one."""
    looked_at(request, events.PROFILE_VIEWED, [])
    page = {
        "head": PageHead(_("Offence profile of a force"), breadcrumbs=_crumbs(), marking=Marking.OFFICIAL),
        "form": ChoiceForm(),
        "own_force": by.force.name_cy if language() == Language.WELSH else by.force.name_en,
    }
    return render(request, "profiles/choose.html", page)


@require_safe
def profile_national(request: HttpRequest) -> HttpResponse:
    """England and Wales."""
    by = acting(request)
    check_can_view_profile(by)
    title = _("Offence profile of England and Wales")
    return _profile(request, by, national(), PageHead(title, breadcrumbs=_crumbs(), marking=Marking.OFFICIAL))


def _profile(request: HttpRequest, by: Acting, area: Area, head: PageHead) -> HttpResponse:
    shown = profile_of(area, by=by)
    offences = offences_of(shown)
    offence = request.GET.get("offence", FOCUS)
    if offence not in offences:
        offence = FOCUS
    files = files_of(SERIES, area)
    group = peers_of(area)
    crime = sections.recorded_crime(shown, offence, files)
    others = [sections.outcomes(shown, files), sections.orders(shown, files), sections.prosecutions(shown, files)]
    looked_at(request, events.PROFILE_VIEWED, [f"series/{one.key}" for one in (*crime, *others) if one.blocks])
    page = {
        "head": head,
        "form": ChoiceForm({"force": area.code, "offence": offence}, offences=offences, shown=area),
        "is_local": area.kind == FORCE,
        "is_invented": is_invented(area),
        "sections": [*(crime or [sections.no_crime(shown, files)]), *others],
        "by_hand": by_hand(shown, offence),
        "may_enter": allows(check_can_enter_by_hand, by),
        "comparison": compared(shown, group, offence) if group else None,
        "notes": sections.notes_shown(shown),
    }
    return render(request, "profiles/profile.html", page)


@require_safe
def profile_series(request: HttpRequest, series: str) -> HttpResponse:
    """What a series counts and what our checks found in it; of one entered by hand, its figures too."""
    by = acting(request)
    check_can_view_profile(by)
    known = all_series().get(series)
    entered = None if known else hand_series().filter(key=series).first()
    if known:
        shown = definition.definition_shown(known)
    elif entered:
        shown = definition.by_hand_shown(entered)
    else:
        raise Http404
    looked_at(request, events.PROFILE_VIEWED, [f"series/{series}"])
    head = PageHead(shown.title, breadcrumbs=_crumbs(Link(shown.title, "")), marking=Marking.OFFICIAL)
    page = {
        "head": head,
        "definition": shown,
        "figures": presenters.by_hand_figures(latest_figures(series)) if entered else None,
        "files": file_links(series),
        "has_checks": bool(known),
        "anomalies": _anomalies(series) if known else [],
        "notices": [str(notice) for notice in messages.get_messages(request)],
    }
    return render(request, "profiles/series.html", page)


def _anomalies(series: str) -> list[Anomalies]:
    errors = found_errors(series)
    counted = errors.order_by().values_list("check_code", "severity").annotate(number=Count("id"))
    totals = {(check, severity): number for check, severity, number in counted}
    return anomalies_shown(errors[:MOST_ANOMALIES], totals, with_area=True)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_enter_by_hand(by)
    form = FigureForm(request.POST or None)
    conflict, version = None, seen_version(request)
    if form.is_bound and form.is_valid():
        try:
            figure = _entered(by, form, int(version) if version.isdecimal() else 0)
        except FigureStands as stands:
            conflict, version = _both_figures(stands.figure, form), str(stands.figure.number)
        else:
            if figure is not None:
                messages.success(request, _("The figure was saved."))
                return redirect("profile_series", series=figure.series)
    head = PageHead(
        _("Enter a published figure by hand"),
        back=Link(_("Back"), reverse("profile_local")),
        marking=Marking.OFFICIAL,
        has_errors=bool(form.errors),
    )
    page = {"head": head, "form": form, "conflict": conflict, "version": version}
    return render(request, "profiles/figure_new.html", page, status=STATUS if conflict else None)


def _both_figures(stands: PublishedFigure, form: FigureForm) -> Params:
    given = form.cleaned_data
    return both_versions(
        [
            (_("Value"), stands.as_printed, str(given["value"])),
            (_("Read in"), stands.read_in, given["read_in"]),
            (_("Entered by"), stands.entered_by, _("You")),
            (_("Entered at"), instant_words(stands.received_at), ""),
        ]
    )


def _entered(by: Acting, form: FigureForm, replaces: int) -> PublishedFigure | None:
    """The figure, or None with the reason in the form."""
    try:
        return record_figure_by_hand(by=by, now=clock.now(), replaces=replaces, **form.cleaned_data)
    except FigureStands:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None


@csp_override(NOTHING)
@require_safe
def profile_chart(request: HttpRequest, size: str, chart: str) -> HttpResponse:
    """The picture of a chart that a page showed. The page was logged; its picture is part of it."""
    by = acting(request)
    check_can_view_profile(by)
    if size not in set(Size):
        raise Http404
    try:
        svg = picture(FOLDER, chart, Size(size))
    except NotDrawn:
        return HttpResponse(status=503)
    if svg is None:
        raise Http404
    return HttpResponse(svg, content_type=SVG)
