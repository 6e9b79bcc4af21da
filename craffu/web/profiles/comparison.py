"""Forces beside each other: only those of a stated group, by name and never by rank, with what chance alone would do (MSR-08).

Shares of outcomes as a funnel over the number of outcomes; rates of recorded crime with their intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from craffu.charts.geometry import axis_steps
from craffu.charts.shapes import Drawn, LineChart, Mark, RowDrawn, Series, Tick
from craffu.measures.statistics import funnels
from craffu.published.areas import Area
from craffu.published.definitions import series_of
from craffu.published.models import PublishedFigure
from craffu.published.periods import Period
from craffu.published.populations import BASE, residents_of
from craffu.published.profile import OUTCOMES, Profile
from craffu.published.queries import latest_figures
from craffu.published.rules import Answer, Count, Why, count_of, rate, refused, share
from craffu.web import cells
from craffu.web.presenters import Params
from craffu.web.profiles import pictures
from craffu.web.profiles.peers import PeerGroup
from craffu.web.profiles.pictures import Figure
from craffu.web.profiles.reading import answer_figure, count_figure
from craffu.web.profiles.sections import CHARGED, WHOLE, Block, name_of, row_of
from craffu.web.profiles.tables import figure_cell, under_a_heading
from craffu.web.profiles.words import (
    full_period,
    language,
    number_words,
    offence_words,
    percent_words,
    rate_words,
    said,
)

ROLLING = "recorded-crime-rolling"
PER = 1000


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated group of forces, why these, and their figures side by side."""

    title: str
    why: str
    blocks: tuple[Block, ...]


def compared(shown: Profile, group: PeerGroup, offence: str) -> Comparison:
    """The latest year of each kind of figure that the page's own force has, for every force of its group. One query."""
    forces = group.by_name(language())
    rates, charged = _latest_rates(shown, offence), _latest_shares(shown)
    held = _read(forces, offence, rates, charged)
    blocks = []
    if rates:
        blocks.append(_rates(forces, held, offence, rates))
    if charged:
        blocks.append(_shares(forces, held, charged, _national_share(shown, charged)))
    return Comparison(said(group.name), said(group.why), tuple(blocks))


type _Held = dict[tuple[str, str, str], PublishedFigure]


def _latest_rates(shown: Profile, offence: str) -> Period | None:
    """The newest period with a rate of the page's own force."""
    for line in shown.series:
        if (line.definition.key.series, line.definition.measure.en) == (ROLLING, offence):
            return max((point.period for point in line.points if point.rate), default=None)
    return None


def _latest_shares(shown: Profile) -> Period | None:
    return max((year.period for year in shown.outcomes.years if year.parts), default=None)


def _read(forces: Sequence[Area], offence: str, crime: Period | None, year: Period | None) -> _Held:
    wanted = Q(pk__in=[])
    if crime:
        wanted |= Q(series=ROLLING, measure=offence, period=crime.text)
    if year:
        wanted |= Q(series=OUTCOMES, measure__in=[WHOLE, CHARGED], period=year.text)
    rows = latest_figures(ROLLING, OUTCOMES, area_kind="force", area__in=[area.code for area in forces]).filter(wanted)
    return {(row.area, row.series, row.measure): row for row in rows}


def _count(held: _Held, area: Area, series: str, measure: str) -> Count:
    row = held.get((area.code, series, measure))
    return count_of(row.value, row.missing) if row else Count(None, Why.NOT_SUPPLIED)


def _rate(count: Count, area: Area) -> Answer:
    residents = residents_of(area.kind, area.code)
    return refused(residents.why_not) if residents.why_not else rate(count, residents.number, PER)


def _rates(forces: Sequence[Area], held: _Held, offence: str, period: Period) -> Block:
    label = offence_words(offence)
    counts = [_count(held, area, ROLLING, offence) for area in forces]
    figures = [
        answer_figure(period, _rate(count, area), rate_words) for count, area in zip(counts, forces, strict=True)
    ]
    what = {"offence": label, "period": full_period(period)}
    drawn = pictures.side_by_side(
        title=_("%(offence)s per 1,000 residents, %(period)s, in the order of names") % what,
        x_title=_("Crimes recorded per 1,000 residents"),
        rows=[row_of(name_of(area), figure) for area, figure in zip(forces, figures, strict=True)],
        drawn=RowDrawn.DOTS,
    )
    caption = _("%(offence)s, %(period)s. Rates stand on: %(base)s") % {**what, "base": said(BASE)}
    columns = [_("Crimes recorded"), _("Per 1,000 residents")]
    table = _table(caption, forces, columns, [[count_figure(period, one) for one in counts], figures])
    return Block(table, pictures.shown(drawn))


def _table(caption: str, forces: Sequence[Area], columns: Sequence[str], figures: Sequence[Sequence[Figure]]) -> Params:
    rows = [
        [cells.words(name_of(area)), *(figure_cell(column[place]) for column in figures)]
        for place, area in enumerate(forces)
    ]
    head: list[cells.Heading] = [_("Force"), *((column, "numeric") for column in columns)]
    return under_a_heading(cells.table(caption, head, rows))


def _national_share(shown: Profile, year: Period) -> float | None:
    """The share of England and Wales in the same year: what the funnel stands around."""
    found = next(one for one in shown.outcomes.years if one.period == year)
    part = next((one for one in found.national if one.measure.key == CHARGED), None)
    return part.share.value if part and part.share else None


def _shares(forces: Sequence[Area], held: _Held, year: Period, national: float | None) -> Block:
    series = series_of(OUTCOMES)
    label = said(series.measure(CHARGED).label)
    wholes = [_count(held, area, OUTCOMES, WHOLE) for area in forces]
    parts = [_count(held, area, OUTCOMES, CHARGED) for area in forces]
    figures = [
        answer_figure(year, share(part, whole, zero_may_mean_not_supplied=True), percent_words, scale=100)
        for part, whole in zip(parts, wholes, strict=True)
    ]
    columns = [said(series.measure(WHOLE).label), label]
    counts = [count_figure(year, one) for one in wholes]
    if national is None:
        caption = _("%(outcome)s, %(period)s") % {"outcome": label, "period": full_period(year)}
        return Block(_table(caption, forces, columns, [counts, figures]))
    caption = _("%(outcome)s, %(period)s. England and Wales: %(share)s") % {
        "outcome": label, "period": full_period(year), "share": percent_words(national),
    }  # fmt: skip
    placed = [_placed(figure, whole, national) for figure, whole in zip(figures, wholes, strict=True)]
    funnel_shown = pictures.shown(_funnel(forces, wholes, figures, year, national, label))
    return Block(_table(caption, forces, columns, [counts, placed]), funnel_shown, _how_a_funnel_is_read())


def _how_a_funnel_is_read() -> str:
    return _(
        "The dotted lines show how far chance alone scatters forces of a size around England and Wales: the inner ones"
        " 95 times in 100, the outer ones 998 times in 1,000. A force outside them is a question, about recording as much"
        " as about practice, and not an answer. Inside them its figure says nothing about the force."
    )


def _placed(figure: Figure, whole: Count, national: float) -> Figure:
    """A share with where it stands among the limits, which its picture shows."""
    if figure.value is None or not whole.value:
        return figure
    return replace(figure, detail=f"{figure.detail}; {_place(figure, whole.value, national)}")


def _funnel(
    forces: Sequence[Area],
    wholes: Sequence[Count],
    figures: Sequence[Figure],
    year: Period,
    national: float,
    label: str,
) -> LineChart:
    """Each force over its number of outcomes, between the limits within which chance alone would put it."""
    placed = [
        (area, whole.value, figure)
        for area, whole, figure in zip(forces, wholes, figures, strict=True)
        if whole.value and figure.value is not None
    ]
    largest = max((size for _area, size, _figure in placed), default=1) * 1.1
    dots = [
        Series(f"{name_of(area)} {figure.words}", (Mark(size, figure.value, is_small=figure.is_small),), Drawn.DOTS)
        for area, size, figure in placed
    ]
    around = Series(
        _("England and Wales %(share)s") % {"share": percent_words(national)},
        (Mark(0, national * 100), Mark(largest, national * 100)),
        Drawn.LIMIT,
    )
    limits = [edge for level in funnels.LEVELS for edge in _edges(national, largest, level)]
    title = _("%(outcome)s, %(period)s: what chance alone would do around England and Wales") % {
        "outcome": label, "period": full_period(year),
    }  # fmt: skip
    return LineChart(
        title=title,
        description=" ".join(_sentence(area, size, figure, national) for area, size, figure in placed),
        x_title=_("All outcomes given in the year"),
        y_title=_("%(outcome)s: share of all outcomes") % {"outcome": label},
        series=(*dots, around, *limits),
        ticks=tuple(Tick(size, number_words(size)) for size in axis_steps(0, largest) if size <= largest),
        sign="%",
        language=language(),
    )


def _edges(national: float, largest: float, level: float) -> list[Series]:
    # Above the share of a handful of outcomes nobody could read the rest of the picture.
    points = [one for one in funnels.curve(national, largest, level) if one[2] <= 3 * national]
    return [
        Series("", tuple(Mark(size, low * 100) for size, low, _high in points), Drawn.LIMIT),
        Series("", tuple(Mark(size, high * 100) for size, _low, high in points), Drawn.LIMIT),
    ]


def _sentence(area: Area, size: int, figure: Figure, national: float) -> str:
    return _("%(area)s, %(share)s: %(place)s.") % {
        "area": name_of(area), "share": figure.words, "place": _place(figure, size, national),
    }  # fmt: skip


def _place(figure: Figure, size: int, national: float) -> str:
    """Whether a force lies inside what chance would do; inside says nothing about it."""
    value = (figure.value or 0) / 100
    inner, outer = (funnels.limits(national, size, level) for level in funnels.LEVELS)
    if inner[0] <= value <= inner[1]:
        return _("inside the %(inner)s limits") % {"inner": "95%"}
    if outer[0] <= value <= outer[1]:
        return _("between the %(inner)s and the %(outer)s limits") % {"inner": "95%", "outer": "99.8%"}
    return _("outside the %(outer)s limits") % {"outer": "99.8%"}
