"""How each published table of figures is laid out: which columns it must have, and what each says of area, period and measure.

The layouts are those of the Home Office, the Office for National Statistics, the Ministry of Justice and the BBC Shared Data
Unit. A column that is not named here is not stored, but our checks read it beside the others.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from craffu.intake.published_tables.reasons import PERIOD_TYPING_ERROR, PERIOD_UNREADABLE, Unusable
from craffu.intake.tables.values import DayOrder, read_day
from craffu.published.checks import Derived
from craffu.published.facts import FigureRow
from craffu.published.models import AreaKind
from craffu.published.periods import Period, calendar_year, financial_quarter, financial_year, instant, year_ending

type PeriodRead = tuple[Period, tuple[str, ...]]
"""A period, and what had to be put right in reading it."""


def all_together(_row: FigureRow) -> str:
    """One control total for all figures: a checksum, not a statistic."""
    return "values"


@dataclass(frozen=True, slots=True)
class Count:
    """A column of counts. `measure` is empty where another column names it; `period` is set where the heading says it."""

    column: str
    measure: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One published table. `area` names a force or country unless `area_code` holds the code of a statistical area."""

    kind: str
    series: str
    area: str
    counts: tuple[Count, ...]
    period: tuple[str, ...] = ()
    read_period: Callable[..., PeriodRead] | None = None
    measure: str = ""
    area_code: str = ""
    area_kind: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    # The name under which a control total counts a figure.
    totals: Callable[[FigureRow], str] = all_together
    # Columns that all have one name, by place among them: what each of them counts.
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # For our checks: columns worked out from others, names with the columns that say what they stand for, and whether
    # every other column is looked at as well.
    derived: tuple[Derived, ...] = ()
    defined_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    check_all_columns: bool = True

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns without which the file is refused whole; those of one name are counted apart."""
        named = (self.area, self.area_code, self.measure, *self.period, *self.attributes.values())
        wanted = (*named, *(count.column for count in self.counts))
        return tuple(dict.fromkeys(name for name in wanted if name and name not in self.repeated))


def of_area_and_period(row: FigureRow) -> str:
    """A control total for each measure and period, of forces and of countries apart."""
    area = "forces" if row.area_kind == AreaKind.FORCE else row.area_kind
    return f"{row.measure}_{row.period}_{area}".replace("/", "_")


def of_area(row: FigureRow) -> str:
    return f"{row.measure}_{row.area}"


def of_country(row: FigureRow) -> str:
    """England and Wales apart, by the first letter of the code."""
    return f"{row.measure}_{row.area[:1]}"


# --- periods ----------------------------------------------------------------------------------------------------

_FINANCIAL_YEAR: Final = re.compile(r"(\d{4})[/-](?:\d{2})?(\d{2})", re.ASCII)
_CALENDAR_YEAR: Final = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_QUARTER: Final = re.compile(r"(?:q(?:uarter)? ?)?([1-4])", re.ASCII | re.IGNORECASE)
_NEAR_MONTH_END: Final = 28


def read_financial_year(words: str) -> PeriodRead:
    """`2021/22`, `2021-22` or `2021-2022`."""
    return financial_year(_first_year(words)), ()


def _first_year(words: str) -> int:
    found = _FINANCIAL_YEAR.fullmatch(words.strip())
    if found is None or (int(found.group(1)) + 1) % 100 != int(found.group(2)):
        raise Unusable(PERIOD_UNREADABLE)
    return int(found.group(1))


def read_financial_quarter(year: str, quarter: str) -> PeriodRead:
    """A financial year with its quarter: 1 is April to June."""
    found = _QUARTER.fullmatch(quarter.strip())
    if found is None:
        raise Unusable(PERIOD_UNREADABLE)
    return financial_quarter(_first_year(year), int(found.group(1))), ()


def read_calendar_year(words: str) -> PeriodRead:
    if not _CALENDAR_YEAR.fullmatch(words.strip()):
        raise Unusable(PERIOD_UNREADABLE)
    return calendar_year(int(words)), ()


def read_year_ending(words: str) -> PeriodRead:
    """The last day of twelve months, day first. A day or two short of it is a typing error: the month is meant."""
    day = read_day(words, DayOrder.DAY_FIRST).value
    if day is None or day.day < _NEAR_MONTH_END:
        raise Unusable(PERIOD_UNREADABLE)
    last = calendar.monthrange(day.year, day.month)[1]
    return year_ending(day.year, day.month), () if day.day == last else (PERIOD_TYPING_ERROR,)


# --- the tables -------------------------------------------------------------------------------------------------

RECORDED_CRIME: Final = Layout(
    kind="recorded-crime",
    series="recorded-crime",
    area="Force Name",
    period=("Financial Year", "Financial Quarter"),
    read_period=read_financial_quarter,
    measure="Offence Description",
    counts=(Count("Number of Offences"),),
    attributes={"group": "Offence Group", "subgroup": "Offence Subgroup", "code": "Offence Code"},
    defined_by=(
        ("Offence Description", ("Offence Code", "Offence Subgroup", "Offence Group")),
        ("Offence Code", ("Offence Description",)),
    ),
    aliases={
        "year": "Financial Year",
        "quarter": "Financial Quarter",
        "force": "Force Name",
        "police force": "Force Name",
        "offence": "Offence Description",
        "group": "Offence Group",
        "subgroup": "Offence Subgroup",
        "sub group": "Offence Subgroup",
        "code": "Offence Code",
        "count": "Number of Offences",
        "offences": "Number of Offences",
    },
)

RECORDED_CRIME_ROLLING: Final = Layout(
    kind="recorded-crime-rolling",
    series="recorded-crime-rolling",
    area="PFA",
    period=("12 months ending",),
    read_period=read_year_ending,
    measure="Offence",
    counts=(Count("Rolling year total number of offences"),),
    attributes={"region": "Region"},
    aliases={"year ending": "12 months ending", "force": "PFA", "force name": "PFA", "police force area": "PFA"},
)

STALKING_OUTCOMES: Final = Layout(
    kind="stalking-outcomes",
    series="stalking-outcomes",
    area="force",
    period=("financial_year",),
    read_period=read_financial_year,
    counts=tuple(
        Count(measure, measure)
        for measure in (
            "stalking_outcomes_total",
            "charged_summonsed",
            "evidential_victim_supports",
            "evidential_victim_does_not_support",
        )
    ),
    aliases={"force name": "force", "year": "financial_year"},
    totals=of_area_and_period,
)

SPO_STATISTICS: Final = Layout(
    kind="spo-statistics",
    series="spo-statistics",
    area="Force name",
    counts=(
        Count("Applied for in 2020-2021", "applied", financial_year(2020)),
        Count("Granted in 2020-2021", "granted", financial_year(2020)),
        Count("Applied for in 2021-2022", "applied", financial_year(2021)),
        Count("Granted 2021-2022", "granted", financial_year(2021)),
        Count("Not yet heard 2021-2022", "not_yet_heard", financial_year(2021)),
    ),
    aliases={"force": "Force name", "granted in 2021-2022": "Granted 2021-2022"},
    totals=of_area_and_period,
    derived=tuple(
        Derived(f"{what} {of}", later, earlier, relative=relative)
        for of, later, earlier in (
            ("applications", "Applied for in 2021-2022", "Applied for in 2020-2021"),
            ("orders granted", "Granted 2021-2022", "Granted in 2020-2021"),
        )
        for what, relative in (
            ("Difference in number of", False),
            ("Percentage difference in", True),
        )
    ),
)

PROSECUTIONS: Final = Layout(
    kind="prosecutions",
    series="prosecutions",
    area="force",
    period=("year",),
    read_period=read_calendar_year,
    counts=(Count("prosecuted", "prosecuted"), Count("convicted", "convicted")),
    aliases={"force name": "force", "calendar year": "year"},
    totals=of_area,
)

CENSUS_DAY: Final = instant(date(2011, 3, 27))

POPULATION: Final = Layout(
    kind="population",
    series="population",
    area="LSOA Name",
    area_code="LSOA Code",
    area_kind=AreaKind.LSOA,
    counts=(
        Count("Persons", "residents", CENSUS_DAY),
        Count("Persons", "in_households", CENSUS_DAY),
        Count("Persons", "in_communal", CENSUS_DAY),
        Count("Households", "households", CENSUS_DAY),
    ),
    attributes={"local_authority": "Local authority code", "local_authority_name": "Local authority name"},
    totals=of_country,
    repeated={"Persons": ("residents", "in_households", "in_communal")},
    check_all_columns=False,
)

LAYOUTS: Final = (
    RECORDED_CRIME,
    RECORDED_CRIME_ROLLING,
    STALKING_OUTCOMES,
    SPO_STATISTICS,
    PROSECUTIONS,
    POPULATION,
)
