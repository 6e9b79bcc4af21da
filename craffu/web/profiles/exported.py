"""The published figures of one series as a file: with their source, period, licence and marking, and nobody's data (MSR-01).

What others published about areas identifies nobody: it needs no fresh factor and no recipient, and is logged as a reading.
"""

from collections.abc import Iterable, Iterator
from html import unescape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.documents.bundles import Bundle, Cell, Form, Table
from craffu.documents.writing import written
from craffu.published.definitions import all_series
from craffu.published.events import FIGURES_TAKEN
from craffu.published.models import PublishedFigure
from craffu.published.periods import parse_period
from craffu.published.permissions import check_can_view_profile
from craffu.published.queries import hand_series, latest_figures
from craffu.published.rules import Why
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.exports.forms import FORMS
from craffu.web.exports.sending import sent_file
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking
from craffu.web.profiles.definition import DefinitionShown, by_hand_shown, definition_shown
from craffu.web.profiles.words import FLAG_WORDS, area_words, full_period, why_words

# Written in memory: a workbook needs some two thousand bytes for each row while it is made, the others a tenth of that.
MOST_ROWS = {Form.XLSX: 50_000, Form.CSV: 400_000, Form.JSON: 200_000}


def file_links(series: str) -> list[Link]:
    """The forms in which the figures of a series can be had; none where there is no figure."""
    if not latest_figures(series).exists():
        return []
    return [Link(words, reverse("series_figures", kwargs={"series": series, "form": form})) for form, words in FORMS]


@require_safe
def series_figures(request: HttpRequest, series: str, form: str) -> HttpResponse:
    """The latest word on every figure of a series."""
    by = acting(request)
    check_can_view_profile(by)
    shown = _definition(series)
    if shown is None or form not in set(Form):
        raise Http404
    wanted = Form(form)
    figures = latest_figures(series).order_by("area_kind", "area", "measure", "period_end", "period")
    number = figures.count()
    if number > MOST_ROWS[wanted]:
        words = _("The series has %(number)s figures, more than this kind of file holds here. Choose CSV.")
        raise NotNow("too_many_rows", words % {"number": f"{number:,}"})
    now = clock.now()
    bundle = Bundle(
        marking=str(Marking.OFFICIAL.words),
        title=shown.title,
        about=(*_about(shown), (_("Taken out"), instant_words(now)), (_("Rows"), f"{number:,}")),
        tables=(Table(_("Figures"), _columns(), _rows(figures.iterator(chunk_size=2000))),),
    )
    file = written(bundle, wanted)
    looked_at(request, FIGURES_TAKEN, [f"series/{series}"], {"rows": number})
    return sent_file(file.getvalue(), wanted, "figures", now)


def _definition(series: str) -> DefinitionShown | None:
    known = all_series().get(series)
    if known:
        return definition_shown(known)
    entered = hand_series().filter(key=series).first()
    return by_hand_shown(entered) if entered else None


def _about(shown: DefinitionShown) -> Iterator[tuple[str, str]]:
    """What the series counts and by whose word, as its page says it, without who of the force entered it."""
    for row in shown.facts["rows"]:
        name, value = str(row["key"]["text"]), row["value"]
        if name != _("Entered by hand by"):
            yield name, unescape(strip_tags(str(value.get("text") or value.get("html"))))
    if shown.warning:
        yield _("Warning"), shown.warning
    for limit in shown.limits:
        yield _("What to know when you read it"), limit
    if shown.attribution:
        yield _("Attribution"), shown.attribution


def _columns() -> tuple[str, ...]:
    return (
        _("Area code"), _("Area"), _("Measure"), _("Period"), _("Period ends"), _("Figure"), _("As printed"),
        _("Why there is none"), _("What was noticed"), _("Read in"),
    )  # fmt: skip


def _rows(figures: Iterable[PublishedFigure]) -> Iterator[list[Cell]]:
    for one in figures:
        yield [
            one.area,
            area_words(one.area_kind, one.area, one.area_name),
            one.measure,
            full_period(parse_period(one.period)),
            one.period_end.isoformat(),
            one.value,
            one.as_printed,
            why_words(Why(one.missing) if one.missing else None),
            "; ".join(str(FLAG_WORDS.get(flag, flag)) for flag in one.flags),
            one.read_in,
        ]
