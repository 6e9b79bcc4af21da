"""The sections of a profile: warning, chart with its table, definition, source, limits, and what our checks found.

Each section holds one published series; what it counts is never mixed with what another counts (MSR-05).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.charts.shapes import Row
from craffu.published import profile as published
from craffu.published.areas import Area
from craffu.published.definitions import Series, series_of
from craffu.published.lines import Line
from craffu.published.models import FoundError
from craffu.published.populations import BASE
from craffu.published.profile import Profile
from craffu.published.wording import note_text
from craffu.web.presenters import Link, Params
from craffu.web.profiles import pictures, tables
from craffu.web.profiles.anomalies import Anomalies, anomalies_shown
from craffu.web.profiles.definition import limits_of
from craffu.web.profiles.pictures import ChartShown, Curve, Figure
from craffu.web.profiles.reading import counted, counts_of, rates_of, shared
from craffu.web.profiles.sources import File, source_words
from craffu.web.profiles.words import (
    PERIOD_WORDS,
    attribution_words,
    full_period,
    language,
    offence_words,
    said,
    unit_words,
)

WHOLE, CHARGED = "stalking_outcomes_total", "charged_summonsed"
ENDINGS = (CHARGED, "evidential_victim_supports", "evidential_victim_does_not_support")
MOST_ROWS_OPEN = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A chart, where there is one, and the table of the same figures; a long table is opened by the reader.

    `reading` says how a picture is read that does not explain itself.
    """

    table: Params
    chart: ChartShown | None = None
    reading: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.table["rows"]) > MOST_ROWS_OPEN


@dataclass(frozen=True, slots=True)
class Section:
    """One published series on a page. `empty` says why there is nothing to show."""

    key: str
    title: str
    counts: str
    definition: Link
    warning: str
    blocks: tuple[Block, ...]
    source: str
    limits: tuple[str, ...]
    anomalies: tuple[Anomalies, ...]
    attribution: str
    empty: str = ""


def name_of(area: Area) -> str:
    return area.name(language())


def definition_link(key: str, text: str = "") -> Link:
    return Link(text or _("What this means"), reverse("profile_series", kwargs={"series": key}))


def _section(
    series: Series, blocks: Iterable[Block], file: File | None, errors: Iterable[FoundError], empty: str
) -> Section:
    own = [one for one in errors if one.series == series.key]
    totals: dict[tuple[str, str], int] = {}
    for one in own:
        totals[one.check_code, one.severity] = totals.get((one.check_code, one.severity), 0) + 1
    shown = tuple(blocks)
    return Section(
        key=series.key,
        title=said(series.title),
        counts=said(series.definition),
        definition=definition_link(series.key),
        warning=said(series.warning) if series.warning else "",
        blocks=shown,
        source=source_words(series.source, file),
        limits=(*(said(one.why) for one in series.breaks), *limits_of(series)),
        anomalies=tuple(anomalies_shown(own, totals, with_area=True)),
        attribution=attribution_words(series.attribution),
        empty="" if shown else empty,
    )


def _empty(area: Area, file: File | None) -> str:
    if file is None:
        return _("Not received yet. An analyst takes published files in.")
    return _("No figure of %(area)s is in the published table.") % {"area": name_of(area)}


def recorded_crime(shown: Profile, offence: str, files: Mapping[str, File]) -> list[Section]:
    """Recorded crime of one offence, a section for each series that counts it: how many, and how many per 1,000 residents."""
    lines = [line for line in shown.series if line.definition.measure.en == offence]
    return [_crime_section(line, shown, files.get(line.definition.key.series)) for line in lines]


def _crime_section(line: Line, shown: Profile, file: File | None) -> Section:
    series, label = series_of(line.definition.key.series), offence_words(line.definition.measure.en)
    area = name_of(line.area)
    curve = counts_of(line, area)
    drawn = pictures.over_time(
        title=sentence(label, curve),
        x_title=str(PERIOD_WORDS[series.period_kind]),
        y_title=_("%(offence)s: crimes recorded") % {"offence": label},
        curves=[curve],
        breaks=series.breaks,
    )
    columns = [Curve(unit_words(series.unit), curve.figures)]
    caption = f"{label}, {area}"
    if any(point.rate and point.rate.value is not None for point in line.points):
        columns.append(rates_of(line, _("Per 1,000 residents")))
        caption = _("%(offence)s, %(area)s. Rates stand on: %(base)s") % {
            "offence": label, "area": area, "base": said(BASE),
        }  # fmt: skip
    block = Block(tables.over_time(caption, columns, series.breaks), pictures.shown(drawn))
    section = _section(series, [block], file, shown.found, "")
    forces = max(point.forces + len(point.absent) for point in line.points)
    if forces:
        summed = _("England and Wales is our own sum of the forces, where each has a figure. Forces: %(number)s.")
        section = replace(section, limits=(summed % {"number": forces}, *section.limits))
    return section


def sentence(label: str, curve: Curve) -> str:
    """The sentence over a chart: its last figure, and nothing about a change."""
    last = pictures.last_figure(curve)
    if last is None:
        return _("%(label)s, %(area)s: no figure") % {"label": label, "area": curve.name}
    return _("%(label)s, %(area)s: %(value)s, %(period)s") % {
        "label": label, "area": curve.name, "value": last.words, "period": full_period(last.period),
    }  # fmt: skip


def outcomes(shown: Profile, files: Mapping[str, File]) -> Section:
    """Shares of the outcomes of stalking crimes, England and Wales beside the area."""
    section, area = shown.outcomes, name_of(shown.area)
    series, years = section.series, section.years
    blocks = []
    if years:
        charged = said(series.measure(CHARGED).label)
        curves = [shared(series, years, CHARGED, area)]
        if any(year.national for year in years):
            curves.append(shared(series, years, CHARGED, name_of(published.national()), is_national=True))
        drawn = pictures.over_time(
            title=sentence(charged, curves[0]),
            x_title=str(PERIOD_WORDS[series.period_kind]),
            y_title=_("%(outcome)s: share of all outcomes given in the year") % {"outcome": charged},
            curves=curves,
            breaks=series.breaks,
            sign="%",
        )
        every = [shared(series, years, key, said(series.measure(key).label)) for key in ENDINGS]
        columns = [counted(series, years, WHOLE, said(series.measure(WHOLE).label)), *every]
        caption = _("%(outcome)s, share of all outcomes") % {"outcome": charged}
        blocks = [
            Block(tables.over_time(caption, curves, series.breaks), pictures.shown(drawn)),
            Block(
                tables.over_time(_("Outcomes, %(area)s") % {"area": area}, columns, series.breaks),
                _latest_year(every, area),
            ),
        ]
    file = files.get(series.key)
    return _section(series, blocks, file, section.found, _empty(shown.area, file))


def _latest_year(curves: Sequence[Curve], area: str) -> ChartShown | None:
    """The shares of the last year for which there are any, side by side in the order of the definition."""
    years = [one.period for one in curves[0].figures if one.value is not None]
    if not years:
        return None
    year = max(years)
    rows = [row_of(curve.name, next(one for one in curve.figures if one.period == year)) for curve in curves]
    title = _("Outcomes of stalking crimes, %(area)s, %(period)s") % {"area": area, "period": full_period(year)}
    drawn = pictures.side_by_side(title=title, x_title=_("Share of all outcomes"), rows=rows, sign="%")
    return pictures.shown(drawn)


def row_of(name: str, figure: Figure) -> Row:
    return Row(name, figure.words, figure.value, figure.low, figure.high, figure.is_small)


def orders(shown: Profile, files: Mapping[str, File]) -> Section:
    """Stalking protection orders: a table under its warning. Nothing is worked out from it, so there is no chart either."""
    section = shown.orders
    series = section.series
    curves = [counted(series, section.years, key, said(one.label)) for key, one in series.measures.items()]
    caption = _("%(what)s, %(area)s") % {"what": said(series.title), "area": name_of(shown.area)}
    blocks = [Block(tables.over_time(caption, curves, series.breaks))] if section.years else []
    file = files.get(series.key)
    return _section(series, blocks, file, section.found, _empty(shown.area, file))


def prosecutions(shown: Profile, files: Mapping[str, File]) -> Section:
    """People prosecuted and people convicted by calendar year: two units, so two lines."""
    section, area = shown.prosecutions, name_of(shown.area)
    series, years = section.series, section.years
    blocks = []
    if years:
        curves = [counted(series, years, key, said(series.measure(key).label)) for key in ("prosecuted", "convicted")]
        drawn = pictures.over_time(
            title=_("People prosecuted for stalking and people convicted of it, %(area)s") % {"area": area},
            x_title=str(PERIOD_WORDS[series.period_kind]),
            y_title=_("People"),
            curves=curves,
            breaks=series.breaks,
        )
        ratio = shared(series, years, "convicted", _("Convicted, of those prosecuted"))
        caption = _("%(what)s, %(area)s") % {"what": said(series.title), "area": area}
        blocks = [Block(tables.over_time(caption, [*curves, ratio], series.breaks), pictures.shown(drawn))]
    file = files.get(series.key)
    return _section(series, blocks, file, section.found, _empty(shown.area, file))


def offences_of(shown: Profile) -> list[str]:
    """Every offence of which the area has recorded crime, by name."""
    return sorted({line.definition.measure.en for line in shown.series})


def no_crime(shown: Profile, files: Mapping[str, File]) -> Section:
    """The section of recorded crime where there is none of the offence asked for."""
    series = series_of("recorded-crime-rolling")
    file = files.get(series.key)
    return _section(series, (), file, shown.found, _empty(shown.area, file))


# What belongs to one series stands in its section.
OF_THE_WHOLE = frozenset(
    {"population_base", "no_population", "two_definitions", "by_hand_definitions_differ", "period_does_not_fit"}
)


def notes_shown(shown: Profile) -> list[str]:
    """What to know about the whole profile."""
    return [note_text(note.code, note.detail) for note in shown.notes if note.code in OF_THE_WHOLE]
