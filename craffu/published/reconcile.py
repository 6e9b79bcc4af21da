"""Where two published sources disagree about one thing, force by force (issue B; M1).

Both are brought to the same twelve months: four quarters are added, a rolling year is taken as it is and never added. Forces
are matched by code, so `London, City of` is the City of London; a force that one source does not have is said, not taken for 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from craffu.access.acting import Acting
from craffu.common.languages import fold
from craffu.published.areas import FORCE, area_by_code
from craffu.published.definitions import Unit, series_of
from craffu.published.models import PublishedFigure
from craffu.published.periods import Period, PeriodKind, financial_year, parse_period, year_ending
from craffu.published.permissions import check_can_view_profile
from craffu.published.queries import latest_figures
from craffu.published.rules import may_be_summed

# Where an offence-level row says under which heading a wider table counts it.
_HEADINGS = ("subgroup", "group", "offence")
_QUARTERS = 4


class CannotReconcile(ValueError):
    """The two sources have nothing in common that may be compared; the message says what."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A force for which the two sources say different numbers; `difference` is b less a."""

    force: str
    code: str
    a: int
    b: int

    @property
    def difference(self) -> int:
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Absent:
    """A force that one source has for the period and the other has not, or not whole, and why."""

    force: str
    code: str
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of comparing two sources for one measure and one period of twelve months."""

    source_a: str
    source_b: str
    measure: str
    period: Period
    compared: int
    differences: tuple[Difference, ...]
    absent: tuple[Absent, ...]

    @property
    def agreed(self) -> int:
        return self.compared - len(self.differences)


def reconcile(source_a: str, source_b: str, *, measure: str, by: Acting, period: Period | None = None) -> Reconciled:
    """Compare two series for one measure, in the given twelve months or the latest that both have.

    Raises CannotReconcile where they count different things or share no period.
    """
    check_can_view_profile(by)
    if source_a == source_b:
        raise CannotReconcile("Give two different sources: one agrees with itself.")
    if series_of(source_a).unit != series_of(source_b).unit or series_of(source_a).unit != Unit.CRIME:
        raise CannotReconcile(
            f"{source_a} and {source_b} do not count the same thing: only recorded crime is compared."
        )
    years = [_years(source, measure) for source in (source_a, source_b)]
    end = period.end if period else _latest_common(years, (source_a, source_b), measure)
    a, b = (found.get(end, {}) for found in years)
    for source, found in ((source_a, a), (source_b, b)):
        if not found:
            raise CannotReconcile(f"{source} has no figures of {measure} for the twelve months to {end:%d %B %Y}.")
    return _compared(source_a, source_b, measure, end, a, b)


@dataclass(frozen=True, slots=True)
class _Year:
    """Twelve months of a force: the number, or why it is not whole."""

    value: int | None
    why: str = ""


type _Years = Mapping[date, Mapping[str, _Year]]


def _years(source: str, measure: str) -> _Years:
    """Twelve months of each force, by the day they end on."""
    found = [figure for figure in latest_figures(source, area_kind=FORCE) if _counts_under(figure, measure)]
    kind = series_of(source).period_kind
    if kind is PeriodKind.QUARTER and may_be_summed(kind, series_of(source).never_sum):
        return _added_quarters(found)
    years: dict[date, dict[str, _Year]] = defaultdict(dict)
    for figure in found:
        if kind in (PeriodKind.ROLLING_YEAR, PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR):
            years[figure.period_end][figure.area] = _Year(figure.value, figure.missing)
    return years


def _counts_under(figure: PublishedFigure, measure: str) -> bool:
    wanted = fold(measure)
    headings = (figure.measure, *(str(figure.attributes.get(name, "")) for name in _HEADINGS))
    return wanted in {fold(heading) for heading in headings}


def _added_quarters(figures: Iterable[PublishedFigure]) -> _Years:
    """Each financial year of each force; a year that lacks a quarter, or a figure in one, has no number."""
    quarters: dict[tuple[date, str], dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        start = parse_period(figure.period).start
        first = start.year if start.month >= 4 else start.year - 1
        quarters[financial_year(first).end, figure.area][figure.period].append(figure.value)
    years: dict[date, dict[str, _Year]] = defaultdict(dict)
    for (end, area), found in quarters.items():
        values = [value for quarter in found.values() for value in quarter]
        if len(found) < _QUARTERS:
            years[end][area] = _Year(None, "quarter_missing")
        elif None in values:
            years[end][area] = _Year(None, "figure_missing")
        else:
            years[end][area] = _Year(sum(value for value in values if value is not None))
    return years


def _latest_common(years: list[_Years], sources: tuple[str, str], measure: str) -> date:
    common = years[0].keys() & years[1].keys()
    if not common:
        raise CannotReconcile(f"{sources[0]} and {sources[1]} share no twelve months of {measure}.")
    return max(common)


def _compared(
    source_a: str, source_b: str, measure: str, end: date, a: Mapping[str, _Year], b: Mapping[str, _Year]
) -> Reconciled:
    differences, absent, compared = [], [], 0
    for code in sorted(a.keys() | b.keys()):
        force = area_by_code(FORCE, code)
        name = force.name_en if force else code
        sides = {
            source_a: a.get(code, _Year(None, "not_in_source")),
            source_b: b.get(code, _Year(None, "not_in_source")),
        }
        absent += [Absent(name, code, source, year.why) for source, year in sides.items() if year.value is None]
        first, second = (year.value for year in sides.values())
        if first is None or second is None:
            continue
        compared += 1
        if first != second:
            differences.append(Difference(name, code, first, second))
    period = year_ending(end.year, end.month)
    return Reconciled(source_a, source_b, measure, period, compared, tuple(differences), tuple(absent))


def twelve_months(text: str) -> Period:
    """The twelve months that somebody typed: `2017/18`, `2018-03`, `2018-03 year ending` or a day they end on.

    Raises ValueError for any other period.
    """
    period = parse_period(text.strip())
    if period.kind is PeriodKind.QUARTER:
        raise ValueError("give twelve months: 2017/18, or the month they end in as 2018-03")
    return year_ending(period.end.year, period.end.month)
