"""The gap between safe and felt safe: figures of all victims together, and for whoever looks after them those behind (Q1, C1)."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from craffu.charts.kept import NotDrawn, picture
from craffu.charts.shapes import Size
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.published.disclosure import To
from craffu.victims import events
from craffu.victims.gap.behind import Behind, victims_behind
from craffu.victims.gap.kinds import Split
from craffu.victims.gap.queries import gap_of
from craffu.victims.gap.spans import Span, days_of, offered
from craffu.victims.permissions import check_can_list_behind, check_can_see_figures, check_can_view_all, shown_to
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words, instant_words
from craffu.web.exports.sending import export_page
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.profiles.views import SVG
from craffu.web.victims import gap_exported, gap_presenters
from craffu.web.victims.gap_words import LISTS, SPLITS

_SPANS: Final = {
    Span.YEAR: gettext_lazy("The last twelve whole months"),
    Span.YEAR_BEFORE: gettext_lazy("The twelve months before those"),
    Span.TWO_YEARS_BEFORE: gettext_lazy("The twelve months before those again"),
    Span.DAYS_365: gettext_lazy("The last year"),
    Span.DAYS_92: gettext_lazy("The last three months"),
    Span.DAYS_1096: gettext_lazy("The last three years"),
    Span.DAYS_3653: gettext_lazy("The last ten years"),
}


class NarrowForm(forms.Form):
    """Over which days, of those that somebody may choose, and split by what."""

    by = forms.ChoiceField(
        label=gettext_lazy("Split by"),
        choices=[(one.value, words) for one, words in SPLITS.items() if one is not Split.WORK],
        required=False,
    )

    def __init__(self, to: To, data: Mapping[str, str]) -> None:
        super().__init__(data)
        self._offered = offered(to)
        choices = [(one.value, _SPANS[one]) for one in self._offered]
        self.fields["days"] = forms.ChoiceField(label=gettext_lazy("Over which days?"), choices=choices, required=False)

    @property
    def chosen(self) -> tuple[Span, Split]:
        said = self.cleaned_data if self.is_valid() else {}
        return Span(said.get("days") or self._offered[0]), Split(said.get("by") or Split.WHOLE)


def _days_of(span: Span, now: datetime) -> tuple[date, date]:
    return days_of(span, day_of(now))


@require_safe
def victim_gap(request: HttpRequest) -> HttpResponse:
    """What was done for victims beside what they were told and say they feel."""
    by = acting(request)
    check_can_see_figures(by)
    to, now = shown_to(by), clock.now()
    span, split = NarrowForm(to, request.GET).chosen
    first, last = _days_of(span, now)
    found = gap_of(by, first, last, now)
    looked_at(request, events.GAP_VIEWED, [])
    may_list = allows(check_can_list_behind, by)
    page: dict[str, Any] = {
        "head": PageHead(_title(), breadcrumbs=_crumbs(by, Link(_title(), ""))),
        "form": NarrowForm(to, {"days": span.value, "by": split.value}),
        "parts": gap_presenters.parts(found, gap_presenters.reader_of(by, to, split)),
        "first": day_words(first),
        "last": day_words(last),
        "as_of": instant_words(now),
        "hides": to.value != "rows",
        "lists": [Link(words, _list_address(which, span)) for which, words in LISTS.items()] if may_list else (),
        "export": f"{reverse('victim_gap_export')}?{urlencode({'days': span.value})}",
    }
    return render(request, "victims/gap.html", page)


def _title() -> str:
    return _("Safe, and felt safe")


def _crumbs(by: Any, *more: Link) -> tuple[Link, ...]:
    listed = (Link(_("Victims"), reverse("victim_list")),) if allows(check_can_view_all, by) else ()
    return (today_link(), *listed, *more)


def _list_address(which: Behind, span: Span) -> str:
    return f"{reverse('victim_gap_list', kwargs={'which': which.value})}?{urlencode({'days': span.value})}"


@require_safe
def victim_gap_chart(request: HttpRequest, size: str, chart: str) -> HttpResponse:
    """The picture of a chart that the page showed this reader. The page was logged; its picture is part of it."""
    by = acting(request)
    check_can_see_figures(by)
    if size not in set(Size):
        raise Http404
    try:
        svg = picture(gap_presenters.folder_of(shown_to(by)), chart, Size(size))
    except NotDrawn:
        return HttpResponse(status=503)
    if svg is None:
        raise Http404
    return HttpResponse(svg, content_type=SVG)


@require_safe
def victim_gap_list(request: HttpRequest, which: str) -> HttpResponse:
    """The victims behind a figure, as far as each is open to the reader."""
    by = acting(request)
    check_can_list_behind(by)
    if which not in set(Behind):
        raise Http404
    now = clock.now()
    span, _split = NarrowForm(shown_to(by), request.GET).chosen
    first, last = _days_of(span, now)
    found, shut = victims_behind(by, Behind(which), first, last, now)
    looked_at(request, events.GAP_LISTED, [f"{kind}/{one.reference}" for one in found for kind in ("victim", "person")])
    title = str(LISTS[Behind(which)])
    page = {
        "head": PageHead(title, breadcrumbs=_crumbs(by, Link(_title(), reverse("victim_gap")), Link(title, ""))),
        "victims": [Link(one.reference, reverse("victim_detail", kwargs={"victim": one.reference})) for one in found],
        "shut": shut,
        "first": day_words(first),
        "last": day_words(last),
    }
    return render(request, "victims/gap_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_gap_export(request: HttpRequest) -> HttpResponse:
    """The figures as a file that anybody may read, of whole years whoever takes them out."""
    by = acting(request)
    check_can_see_figures(by)
    now = clock.now()
    span, _split = NarrowForm(To.PUBLIC, request.GET).chosen
    read = partial(gap_exported.figures_of, by, *_days_of(span, now), now)
    back = Link(_title(), reverse("victim_gap"))
    return export_page(request, gap_exported.GAP, read, back=back)
