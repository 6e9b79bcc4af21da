"""The table under every chart: the same figures with what they were worked out from, gaps and breaks in words."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.published import definitions
from craffu.published.periods import Period
from craffu.published.rules import breaks_between
from craffu.web import cells
from craffu.web.presenters import Params
from craffu.web.profiles.pictures import Curve, Figure
from craffu.web.profiles.words import full_period, said


def figure_cell(figure: Figure | None) -> Params:
    """A figure with what stands under it; a missing one in words."""
    if figure is None:
        return {"text": _("not published together"), "format": "numeric"}
    if not figure.detail:
        return {"text": figure.words, "format": "numeric"}
    html = format_html('{}<span class="craffu-line craffu-quiet govuk-body-s">{}</span>', figure.words, figure.detail)
    return {"html": html, "format": "numeric"}


def over_time(caption: str, curves: Sequence[Curve], breaks: Iterable[definitions.Break]) -> Params:
    """One row a period, newest first, one column a curve; a break is a row of its own between the periods it parts."""
    known = [{figure.period: figure for figure in curve.figures} for curve in curves]
    periods = sorted({period for figures in known for period in figures}, key=lambda period: (period.end, period.start))
    parted = _parting(periods, list(breaks))
    rows: list[list[Params]] = []
    for period in reversed(periods):
        rows.append([cells.words(full_period(period)), *(figure_cell(figures.get(period)) for figures in known)])
        if period in parted:
            rows += [[_break_cell(one, len(curves))] for one in parted[period]]
    head: list[cells.Heading] = [_("Period"), *((curve.name, "numeric") for curve in curves)]
    return under_a_heading(cells.table(caption, head, rows))


def under_a_heading(table: Params) -> Params:
    """The table with a caption smaller than the heading of its section."""
    return {**table, "captionClasses": "govuk-table__caption--s"}


def _parting(periods: Sequence[Period], breaks: list[definitions.Break]) -> dict[Period, list[definitions.Break]]:
    """For each period, the breaks between it and the one before."""
    found = {after: breaks_between(before, after, breaks) for before, after in pairwise(periods)}
    return {period: between for period, between in found.items() if between}


def _break_cell(one: definitions.Break, columns: int) -> Params:
    words = _("Break: %(name)s. Figures above and below this line are not compared.") % {"name": said(one.name)}
    return {"text": words, "colspan": columns + 1, "classes": "govuk-body-s"}
