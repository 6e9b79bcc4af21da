"""The offence profile of a force or of England and Wales: recorded crime, outcomes, orders and prosecutions (M1, P27).

Used by the page and by `craffu profile`, so that both say the same (MSR-01). Every figure has its definition, source and
caveats; where there is none it says why, never 0 (MSR-02). The number of queries does not grow with the figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet, Sum

from craffu.access.acting import Acting
from craffu.published.areas import COUNTRY, ENGLAND_AND_WALES, FORCE, Area, area_by_code, police_forces
from craffu.published.checks import two_definitions
from craffu.published.definitions import Break, Measure, Series, Unit, Words, breaks, series_of
from craffu.published.lines import Definition, Line, Point
from craffu.published.models import FoundError, HandSeries, PublishedFigure
from craffu.published.periods import Period, PeriodKind, parse_period
from craffu.published.permissions import check_can_view_profile
from craffu.published.populations import Residents, residents_of
from craffu.published.queries import found_errors, hand_series, latest_figures
from craffu.published.rules import Answer, Count, LineKey, Why, count_of, share

CRIME_SERIES = ("recorded-crime-rolling", "recorded-crime", "street-crime")
OUTCOMES, ORDERS, PROSECUTIONS = "stalking-outcomes", "spo-statistics", "prosecutions"
FOCUS = "Stalking and harassment"
# A rate for each thousand residents is one of a year: a month's or a quarter's would pass for a smaller one.
_YEARS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.ROLLING_YEAR)


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a year, with its share of the whole where it has one."""

    measure: Measure
    count: Count
    as_printed: str = ""
    share: Answer | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The measures of one period for the area, and for England and Wales beside it where they are held."""

    period: Period
    parts: tuple[Part, ...]
    national: tuple[Part, ...] = ()
    why_absent: Words | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Outcomes, orders or prosecutions: their definition, warning and years. Without years nothing is held."""

    series: Series
    years: tuple[Year, ...] = ()
    found: tuple[FoundError, ...] = ()

    @property
    def warning(self) -> Words | None:
        return self.series.warning

    @property
    def breaks_shown(self) -> list[Break]:
        """The changes of what is counted that fall between the first and the last year."""
        if not self.years:
            return []
        first, last = self.years[0].period, self.years[-1].period
        return [one for one in self.series.breaks if first.start < one.at <= last.end]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about the whole profile: a stable code, and what it is about."""

    code: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is published about one area, as held now. A section of years that are not published says so."""

    area: Area
    residents: Residents
    series: tuple[Line, ...]
    by_hand: tuple[Line, ...]
    outcomes: Section
    orders: Section
    prosecutions: Section
    found: tuple[FoundError, ...]
    notes: tuple[Note, ...]

    @property
    def focus(self) -> tuple[Line, ...]:
        """The lines of stalking and harassment."""
        return tuple(line for line in self.series if line.definition.measure.en == FOCUS)


def profile_of(area: Area, *, by: Acting, first: Period | None = None, last: Period | None = None) -> Profile:
    """The profile of a force or country, limited to periods that end within `first` and `last` where they are given.

    Raises NotPermitted for whoever may not see it.
    """
    check_can_view_profile(by)
    hand = {one.key: one for one in hand_series()}
    kinds = {key: series_of(key).period_kind.value for key in (*CRIME_SERIES, OUTCOMES, ORDERS, PROSECUTIONS)}
    kinds |= {one.key: one.period_kind for one in hand.values()}
    held, strange = _figures(area, kinds, first, last)
    found = tuple(_found(area))
    residents = residents_of(area.kind, area.code)
    lines = _crime_lines(area, held, residents)
    if area.kind == COUNTRY:
        lines += _summed_lines(area, residents, first, last)
    by_hand = _hand_lines(area, held, hand, residents)
    outcomes, orders, prosecutions = (
        _section(series_of(key), area, held, found, (first, last)) for key in (OUTCOMES, ORDERS, PROSECUTIONS)
    )
    return Profile(
        area,
        residents,
        tuple(lines),
        tuple(by_hand),
        outcomes,
        orders,
        prosecutions,
        found,
        (*strange, *_notes(residents, [*lines, *by_hand], (outcomes, orders, prosecutions), found)),
    )


type _Held = Mapping[tuple[str, bool], list[PublishedFigure]]


def _figures(
    area: Area, kinds: Mapping[str, str], first: Period | None, last: Period | None
) -> tuple[_Held, tuple[Note, ...]]:
    """The latest figures of the area and of England and Wales, by series and whether they are the area's own.

    One whose period is none of its series stands on no line, and a note says so.
    """
    mine = Q(area_kind=area.kind, area=area.code)
    country = Q(area_kind=COUNTRY, area=ENGLAND_AND_WALES)
    found = _within(latest_figures(*kinds).filter(mine | country), first, last).order_by(
        "series", "measure", "period_end"
    )
    held: dict[tuple[str, bool], list[PublishedFigure]] = defaultdict(list)
    strange: dict[tuple[str, str], Note] = {}
    for figure in found:
        if not _fits(figure.period, kinds[figure.series]):
            strange[figure.series, figure.period] = Note(
                "period_does_not_fit", {"series": figure.series, "period": figure.period}
            )
            continue
        own = (figure.area_kind, figure.area) == (area.kind, area.code)
        held[figure.series, own].append(figure)
    return held, tuple(strange.values())


def _fits(text: str, kind: str) -> bool:
    """Whether a stored period can be read, and is of the kind that its series is of."""
    try:
        return parse_period(text).kind.value == kind
    except ValueError:
        return False


def _within(figures: QuerySet[PublishedFigure], first: Period | None, last: Period | None) -> QuerySet[PublishedFigure]:
    if first:
        figures = figures.filter(period_end__gte=first.start)
    return figures.filter(period_end__lte=last.end) if last else figures


def _found(area: Area) -> Iterable[FoundError]:
    """What was found in the files of the profile that concerns the area or the whole file."""
    series = (*CRIME_SERIES, OUTCOMES, ORDERS, PROSECUTIONS)
    return found_errors(*series).filter(Q(area="") | Q(area_kind=area.kind, area=area.code))


def _crime_lines(area: Area, held: _Held, residents: Residents) -> list[Line]:
    lines = []
    for key in CRIME_SERIES:
        for name, figures in _by_measure(held.get((key, True), [])).items():
            definition = _definition(series_of(key), name)
            points = (_point(definition.key, figure, residents) for figure in figures)
            lines.append(Line(definition, area, tuple(sorted(points, key=lambda point: point.period))))
    return lines


def _by_measure(figures: Iterable[PublishedFigure]) -> dict[str, list[PublishedFigure]]:
    grouped: dict[str, list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.measure].append(figure)
    return grouped


def _definition(series: Series, name: str) -> Definition:
    measure = series.measure(name)
    return Definition(
        LineKey(series.key, measure.key, measure.unit, series.period_kind),
        series.title,
        measure.label,
        series.definition,
        series.counting_rules,
        series.publisher,
        series.source,
        series.licence,
        series.attribution,
        series.breaks,
        series.gaps,
        series.caveats,
        series.warning,
        series.never,
    )


def _point(key: LineKey, figure: PublishedFigure, residents: Residents) -> Point:
    period, count = parse_period(figure.period), count_of(figure.value, figure.missing)
    return Point(
        LineKey(figure.series, figure.measure, key.unit, period.kind),
        period,
        count,
        figure.as_printed,
        tuple(figure.flags),
        _base(period, residents),
        figure.file_sha256,
        figure.line,
        figure.received_at,
        figure.read_in,
    )


def _base(period: Period, residents: Residents) -> Residents | None:
    return residents if period.kind in _YEARS else None


def _summed_lines(area: Area, residents: Residents, first: Period | None, last: Period | None) -> list[Line]:
    """England and Wales as our own sum of the forces, for a period that every force has a figure in; else who has none.

    Adding forces is sound where adding rolling years is not. What no force recorded, such as Action Fraud, is left out, and so
    is the invented force of a demonstration.
    """
    key = "recorded-crime-rolling"
    series = series_of(key)
    forces = police_forces()
    figures = _within(latest_figures(key, area_kind=FORCE, area__in=[force.code for force in forces]), first, last)
    sums = figures.values("measure", "period").annotate(total=Sum("value"), forces=CountOf("value"))
    found = [one for one in sums.order_by() if _fits(one["period"], series.period_kind.value)]
    some = [(one["measure"], one["period"]) for one in found if one["forces"] < len(forces)]
    having = _having_figures(figures, some)
    points: dict[str, list[Point]] = defaultdict(list)
    for one in found:
        period = parse_period(one["period"])
        whole = one["forces"] == len(forces)
        count = Count(one["total"]) if whole else Count(None, Why.NOT_SUPPLIED)
        mine = having.get((one["measure"], one["period"]), set())
        absent = () if whole else tuple(force for force in forces if force.code not in mine)
        line_key = LineKey(key, one["measure"], series.measure(one["measure"]).unit, period.kind)
        points[one["measure"]].append(
            Point(line_key, period, count, residents=_base(period, residents), forces=one["forces"], absent=absent)
        )
    return [
        Line(_definition(series, name), area, tuple(sorted(found, key=lambda point: point.period)))
        for name, found in sorted(points.items())
    ]


def _having_figures(
    figures: QuerySet[PublishedFigure], some: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], set[str]]:
    """Which forces have a figure of each of these measures and periods. One query, of none too."""
    measures, periods = {measure for measure, _period in some}, {period for _measure, period in some}
    rows = figures.filter(value__isnull=False, measure__in=measures or [""], period__in=periods or [""])
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for measure, period, area in rows.order_by().values_list("measure", "period", "area"):
        found[measure, period].add(area)
    return found


def _hand_lines(area: Area, held: _Held, hand: Mapping[str, HandSeries], residents: Residents) -> list[Line]:
    """Figures that somebody read in a publication: one line for each definition, never one for two."""
    lines = []
    for key, one in hand.items():
        for name, figures in _by_measure(held.get((key, True), [])).items():
            definition = _hand_definition(one, name, figures)
            points = (_point(definition.key, figure, residents) for figure in figures)
            lines.append(Line(definition, area, tuple(sorted(points, key=lambda point: point.period))))
    return lines


def _hand_definition(one: HandSeries, name: str, figures: Sequence[PublishedFigure]) -> Definition:
    """What its analyst wrote, in the language it was written in; the national breaks cut crimes that were counted by hand too."""
    rules = one.counting_rules or "-"
    return Definition(
        LineKey(one.key, name, one.unit, one.period_kind),
        Words(one.title, one.title),
        Words(name, name),
        Words(one.definition, one.definition),
        Words(rules, rules),
        Words("-", "-"),
        Words(figures[-1].read_in, figures[-1].read_in),
        "-",
        figures[-1].read_in,
        tuple(breaks().values()) if one.unit in (Unit.CRIME, Unit.OUTCOME) else (),
        entered_by=one.entered_by,
    )


def _section(
    series: Series, area: Area, held: _Held, found: Iterable[FoundError], within: tuple[Period | None, Period | None]
) -> Section:
    own = _by_period(held.get((series.key, True), []))
    country = (
        {} if (area.kind, area.code) == (COUNTRY, ENGLAND_AND_WALES) else _by_period(held.get((series.key, False), []))
    )
    years = [
        Year(period, _parts(series, figures), _parts(series, country[period]) if period in country else ())
        for period, figures in own.items()
    ]
    if years:
        years += [Year(gap.period, (), why_absent=gap.why) for gap in series.gaps if _inside(gap.period, within)]
    concerning = tuple(one for one in found if one.series == series.key)
    return Section(series, tuple(sorted(years, key=lambda year: year.period)), concerning)


def _inside(period: Period, within: tuple[Period | None, Period | None]) -> bool:
    first, last = within
    return (first is None or period.end >= first.start) and (last is None or period.end <= last.end)


def _by_period(figures: Iterable[PublishedFigure]) -> dict[Period, dict[str, PublishedFigure]]:
    grouped: dict[Period, dict[str, PublishedFigure]] = defaultdict(dict)
    for figure in figures:
        grouped[parse_period(figure.period)][figure.measure] = figure
    return grouped


def _parts(series: Series, figures: Mapping[str, PublishedFigure]) -> tuple[Part, ...]:
    """The measures of a year in the order of the definition, each with its share of the whole it is a part of."""
    counts = {
        key: count_of(figures[key].value, figures[key].missing) if key in figures else Count(None, Why.NEVER_PUBLISHED)
        for key in series.measures
    }
    wholes = {part: one.whole for one in series.wholes for part in one.parts}
    ratios = {one.numerator: one.denominator for one in series.rates}
    nothing = {one.whole for one in series.wholes if series.zero_may_mean_not_supplied and counts[one.whole].value == 0}
    parts = []
    for key, measure in series.measures.items():
        whole = wholes.get(key) or ratios.get(key)
        answer = None
        if whole and not series.never:
            answer = share(counts[key], counts[whole], zero_may_mean_not_supplied=whole in nothing)
        unsure = key in nothing or whole in nothing
        count = Count(None, Why.NONE_OR_NOT_SUPPLIED) if unsure else counts[key]
        parts.append(Part(measure, count, figures[key].as_printed if key in figures else "", answer))
    return tuple(parts)


def _notes(
    residents: Residents, lines: Sequence[Line], sections: Sequence[Section], found: Sequence[FoundError]
) -> Iterable[Note]:
    cut = dict.fromkeys(one.key for line in lines for one in line.breaks_shown)
    cut.update(dict.fromkeys(one.key for section in sections for one in section.breaks_shown))
    yield from (Note("series_break", {"key": key}) for key in cut)
    for section in sections:
        yield from _notes_of(section)
    if residents.why_not:
        yield Note("no_population", {"because": residents.because})
    elif any(point.residents for line in lines for point in line.points):
        yield Note("population_base", {"residents": str(residents.number)})
    named = two_definitions((line.definition.measure.en, line.definition.key.series) for line in lines)
    yield from (
        Note("two_definitions", {"name": name, "series": ", ".join(sorted(keys))}) for name, keys in named.items()
    )
    if len({line.definition.key for line in lines if line.definition.entered_by}) > 1:
        yield Note("by_hand_definitions_differ", {})
    if found:
        yield Note("errors_found", {"number": str(len(found))})


def _notes_of(section: Section) -> Iterable[Note]:
    if not section.years:
        yield Note("nothing_held", {"series": section.series.key})
        return
    for year in section.years:
        if year.why_absent:
            yield Note("never_published", {"series": section.series.key, "period": year.period.text})
    if section.warning:
        yield Note("warning", {"series": section.series.key})


def national() -> Area:
    """England and Wales."""
    area = area_by_code(COUNTRY, ENGLAND_AND_WALES)
    if area is None:
        raise LookupError("known/areas.toml has no England and Wales")
    return area
