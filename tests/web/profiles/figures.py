"""Figures of the kinds that others publish, by line: area, measure, period, and what was printed (`?` is a blank)."""

from datetime import UTC, datetime

from craffu.access.acting import Acting
from craffu.common.models import Provenance, Regime
from craffu.published.actions import record_figures
from craffu.published.areas import find_area, police_forces
from craffu.published.facts import FigureRow
from craffu.published.periods import parse_period

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HERE, EVERYWHERE = "Dyfed-Powys", "England and Wales"
FILE = "f" * 64
TOTAL, CHARGED, SUPPORTS, DOES_NOT = (
    "stalking_outcomes_total", "charged_summonsed", "evidential_victim_supports", "evidential_victim_does_not_support",
)  # fmt: skip
CRIME = "Stalking and harassment"

type Said = tuple[str, str, str, str]


def outcomes(area: str, year: str, *printed: int) -> list[Said]:
    """The outcomes of one area and year: all, charged, and the two kinds of evidential difficulties."""
    return [
        (area, measure, year, str(value))
        for measure, value in zip((TOTAL, CHARGED, SUPPORTS, DOES_NOT), printed, strict=True)
    ]


def by_every_force(measure: str, period: str, printed: int) -> list[Said]:
    return [(force.name("en"), measure, period, str(printed)) for force in police_forces()]


OUTCOMES: list[Said] = [
    *outcomes(HERE, "2014/15", 0, 0, 0, 0),
    *outcomes(HERE, "2015/16", 24, 1, 1, 0),
    *outcomes(HERE, "2016/17", 74, 22, 12, 24),
    *outcomes(HERE, "2018/19", 131, 21, 28, 62),
    *outcomes(HERE, "2019/20", 259, 35, 62, 143),
    *outcomes(HERE, "2020/21", 950, 80, 229, 577),
    *outcomes(HERE, "2021/22", 1190, 55, 316, 742),
    *outcomes(EVERYWHERE, "2014/15", 1969, 723, 513, 348),
    *outcomes(EVERYWHERE, "2021/22", 99302, 5948, 30294, 55190),
]
ORDERS: list[Said] = [
    (HERE, "applied", "2020/21", "1"),
    (HERE, "granted", "2020/21", "n/a"),
    (HERE, "applied", "2021/22", "?"),
    (HERE, "granted", "2021/22", "?"),
    (HERE, "not_yet_heard", "2021/22", "0"),
]
PROSECUTIONS: list[Said] = [
    (HERE, "prosecuted", "2012", "0"),
    (HERE, "convicted", "2012", "1"),
    (HERE, "prosecuted", "2019", "21"),
    (HERE, "convicted", "2019", "15"),
]
RECORDED: list[Said] = [
    (HERE, CRIME, f"20{year}-03 year ending", str(count)) for year, count in (("16", 453), ("17", 1048), ("18", 2226))
]
EVERY_SERIES = {
    "stalking-outcomes": OUTCOMES,
    "spo-statistics": ORDERS,
    "prosecutions": PROSECUTIONS,
    "recorded-crime-rolling": RECORDED,
}


def row(line: int, said: Said) -> FigureRow:
    area_name, measure, when, printed = said
    area, period = find_area(area_name), parse_period(when)
    assert area is not None
    value = int(printed) if printed.lstrip("-").isdigit() else None
    missing = {"?": "blank", "n/a": "not_available"}.get(printed, "")
    printed = "" if printed == "?" else printed
    flags = ("negative",) if value is not None and value < 0 else ()
    return FigureRow(
        line, measure, area.kind, area.code, area_name, period.text, period.end, value, printed, missing, flags
    )


def publish(by: Acting, series: str, said: list[Said]) -> None:
    """Take figures of one series in."""
    provenance = Provenance(series, FILE, 1, NOW, "1", "A publisher", Regime.UK_GDPR, "Open data")
    rows = [row(line, one) for line, one in enumerate(said, 2)]
    record_figures(by=by, series=series, rows=rows, provenance=provenance, now=NOW)
