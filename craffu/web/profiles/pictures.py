"""From published figures to charts: which lines share a chart, where they are cut, and in words what the picture shows.

Two figures share a line only where definition, unit and kind of period agree; a change is said nowhere (MSR-05, MSR-07).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.charts.geometry import pieces
from craffu.charts.kept import keep
from craffu.charts.shapes import Break, Chart, Drawn, LineChart, Mark, Row, RowChart, RowDrawn, Series, Size, Tick
from craffu.published import definitions
from craffu.published.periods import Period, PeriodKind
from craffu.web.profiles.words import full_period, language, month_and_year, said, short_period

FOLDER = settings.CRAFFU_HOME / "charts"
MARCH = 3
DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a page shows it. `words` say it, or why there is none; `value` is None exactly then.

    `detail` is what stands under it in a table: what it was worked out from, its interval, what was noticed.
    """

    period: Period
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None
    is_small: bool = False
    is_cut: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Figures of one definition, unit and kind of period, for one area. `is_dated`: a picture names its period too."""

    name: str
    figures: tuple[Figure, ...]
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A chart on a page: its sentence, what it shows in words, and the addresses of its two pictures."""

    title: str
    finding: str
    wide: str
    narrow: str
    notes: tuple[str, ...]


def place_of(period: Period, *, is_end: bool) -> float:
    """Where a period stands along an axis, in years: its end, or its middle."""
    if is_end:
        return _in_years(period.end)
    return (_in_years(period.start) + _in_years(period.end)) / 2


def stand_at_their_ends(periods: Iterable[Period]) -> bool:
    """Periods that overlap, or of several kinds, have no middle of their own."""
    kinds = {period.kind for period in periods}
    return len(kinds) > 1 or PeriodKind.ROLLING_YEAR in kinds


def _in_years(day: date) -> float:
    return round(day.toordinal() / DAYS_OF_A_YEAR, 4)


def ticks_of(periods: Iterable[Period]) -> tuple[Tick, ...]:
    """A name for each place; along ends, for each March where there are several."""
    every = sorted(set(periods), key=lambda period: period.end)
    is_end = stand_at_their_ends(every)
    if not is_end:
        return tuple(Tick(place_of(period, is_end=False), short_period(period)) for period in every)
    ends = sorted({period.end for period in every})
    yearly = [day for day in ends if day.month == MARCH]
    return tuple(Tick(_in_years(day), month_and_year(day)) for day in (yearly if len(yearly) > 1 else ends))


def over_time(
    *,
    title: str,
    x_title: str,
    y_title: str,
    curves: Sequence[Curve],
    breaks: Iterable[definitions.Break],
    sign: str = "",
) -> LineChart:
    """Lines with their gaps and breaks. Each is named where it ends, with its last figure."""
    periods = [figure.period for curve in curves for figure in curve.figures]
    is_end = stand_at_their_ends(periods)
    shown = breaks_between(breaks, periods)
    return LineChart(
        title=title,
        description=finding(curves, shown),
        x_title=x_title,
        y_title=y_title,
        series=tuple(Series(_named(curve), _marks(curve, is_end=is_end), _drawn(curve)) for curve in curves),
        ticks=ticks_of(periods),
        breaks=tuple(Break(_in_years(one.at), said(one.name)) for one in shown),
        gap_words=_("no figure"),
        sign=sign,
        language=language(),
    )


def _drawn(curve: Curve) -> Drawn:
    return Drawn.DOTS if len(curve.figures) == 1 else Drawn.LINE


def _marks(curve: Curve, *, is_end: bool) -> tuple[Mark, ...]:
    return tuple(
        Mark(place_of(one.period, is_end=is_end), one.value, one.low, one.high, one.is_small, one.is_cut)
        for one in curve.figures
    )


def _named(curve: Curve) -> str:
    last = last_figure(curve)
    if last is None:
        return curve.name
    if curve.is_dated:
        return f"{curve.name}, {full_period(last.period)}: {last.words}"
    return f"{curve.name} {last.words}"


def last_figure(curve: Curve) -> Figure | None:
    return next((one for one in reversed(curve.figures) if one.value is not None), None)


def breaks_between(breaks: Iterable[definitions.Break], periods: Sequence[Period]) -> list[definitions.Break]:
    """The breaks that lie between figures of a chart."""
    if not periods:
        return []
    first, last = min(period.end for period in periods), max(period.end for period in periods)
    return [one for one in breaks if first < one.at <= last]


def finding(curves: Sequence[Curve], breaks: Sequence[definitions.Break]) -> str:
    """What a picture shows, for whoever does not see it: the first and last figure of each line, its gaps, the breaks."""
    parts: list[str] = []
    for curve in curves:
        given = [one for one in curve.figures if one.value is not None]
        if not given:
            parts.append(_("%(name)s: no figure.") % {"name": curve.name})
            continue
        if len(given) > 1:
            first = _("%(name)s, first figure: %(value)s, %(period)s.")
            parts.append(first % {"name": curve.name, "value": given[0].words, "period": full_period(given[0].period)})
        last = _("%(name)s, last figure: %(value)s, %(period)s.")
        parts.append(last % {"name": curve.name, "value": given[-1].words, "period": full_period(given[-1].period)})
        missing = [full_period(one.period) for one in curve.figures if one.value is None]
        if missing:
            parts.append(_("%(name)s, no figure: %(periods)s.") % {"name": curve.name, "periods": ", ".join(missing)})
    parts += [_("Not comparable across the break: %(name)s.") % {"name": said(one.name)} for one in breaks]
    return " ".join(parts)


def side_by_side(
    *,
    title: str,
    x_title: str,
    rows: Sequence[Row],
    drawn: RowDrawn = RowDrawn.BARS,
    reference: tuple[float, str] | None = None,
    sign: str = "",
) -> RowChart:
    """Figures in the order given: of a definition or of names, never of rank (MSR-08)."""
    words = " ".join(_("%(name)s: %(value)s.") % {"name": row.name, "value": row.words} for row in rows)
    return RowChart(
        title=title,
        description=f"{words} {reference[1]}".strip() if reference else words,
        x_title=x_title,
        rows=tuple(rows),
        drawn=drawn,
        reference=reference[0] if reference else None,
        reference_words=reference[1] if reference else "",
        sign=sign,
        language=language(),
    )


def shown(chart: Chart, folder: Path | None = None, page: str = "profile_chart") -> ChartShown:
    """Keep what a chart shows, so that its picture is drawn when the page asks for it, at the address of whoever may see it."""
    digest = keep(folder or FOLDER, chart)

    def href(size: Size) -> str:
        return reverse(page, kwargs={"size": size.value, "chart": digest})

    return ChartShown(chart.title, chart.description, href(Size.WIDE), href(Size.NARROW), _notes(chart))


def _has_dot_alone(series: Series, breaks: Iterable[Break]) -> bool:
    stretches = pieces(series.marks, [one.at for one in breaks])
    return series.drawn is Drawn.LINE and any(len(stretch) == 1 for stretch in stretches)


def _notes(chart: Chart) -> tuple[str, ...]:
    """What the signs on a picture mean, as far as it has them."""
    marks = chart.rows if isinstance(chart, RowChart) else [mark for one in chart.series for mark in one.marks]
    notes = []
    if any(mark.low is not None for mark in marks):
        notes.append(_("The fine lines are %(level)s intervals.") % {"level": "95%"})
    if any(mark.is_small and mark.value is not None for mark in marks):
        notes.append(_("Hollow: worked out on fewer than 30. Read with care."))
    if isinstance(chart, LineChart) and any(_has_dot_alone(series, chart.breaks) for series in chart.series):
        notes.append(_("A dot on its own is compared with no other: beside it is a gap or a break."))
    return tuple(notes)
