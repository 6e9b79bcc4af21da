"""Every control total of the published data, as `craffu intake KIND PATH --json` reports it and as the register then holds it.

INT-05. The errors that the publishers made are found by our own checks, on the files as they are (issue B, points 3 and 4).
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import shared
from tests.installation import Installation, new_installation

pytestmark = [pytest.mark.rule("INT-05"), pytest.mark.slow, pytest.mark.deep]

FILES = {
    "recorded-crime-rolling": "crime/rec-crime-pfa.csv",
    "stalking-outcomes": "crime/stalking_outcomes_by_force_2014_2022.csv",
    "spo-statistics": "orders/bbc_sdu_spo_foi_2020_2022.csv",
    "prosecutions": "courts/bbc_sdu_stalking_prosecutions_2010_2021_extract.csv",
    "population": "geo/census_2011_population_hh.csv",
    "area-lookup": "geo/PoliceforceLSOA.csv",
    "places": "geo/british_places.csv",
}
OCTOBER, NOVEMBER, JULY = (
    f"crime/police_uk/{name}.csv"
    for name in ("2018-10-dyfed-powys-street", "2018-11-dyfed-powys-street", "2018-07-west-yorkshire-street")
)
DYFED_POWYS = "63"


@dataclass(frozen=True)
class Filled:
    """An installation that has taken in every published file once, with what each run answered."""

    installation: Installation
    said: dict[str, dict[str, Any]]
    data: Path

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        url = self.installation.database_url
        if urlsplit(url).scheme == "sqlite":
            with closing(sqlite3.connect(urlsplit(url).path)) as connection:
                return connection.execute(sql, values).fetchall()
        with psycopg.connect(url) as connection:
            return connection.execute(sql.replace("?", "%s"), values).fetchall()  # type: ignore[arg-type]

    def value(self, series: str, measure: str, area: str, period: str) -> tuple[int | None, str]:
        """The latest value, and why there is none."""
        found = self.rows(
            "SELECT value, missing FROM published_publishedfigure "
            "WHERE series = ? AND measure = ? AND area = ? AND period = ? ORDER BY number",
            series, measure, area, period,
        )  # fmt: skip
        (only,) = found
        return only

    def number(self, sql: str, *values: object) -> int:
        ((number,),) = self.rows(sql, *values)
        return int(number or 0)

    def found(self, series: str, check: str) -> list[dict[str, Any]]:
        """What a check found in the series' own file: the detail, with area and period."""
        file = hashlib.sha256((self.data / FILES[series]).read_bytes()).hexdigest()
        rows = self.rows(
            "SELECT area_name, period, severity, detail FROM published_founderror "
            "WHERE series = ? AND check_code = ? AND file_sha256 = ? ORDER BY id",
            series, check, file,
        )  # fmt: skip
        return [
            {
                **(json.loads(detail) if isinstance(detail, str) else detail),
                "area": area,
                "when": when,
                "severity": severity,
            }
            for area, when, severity, detail in rows
        ]


@pytest.fixture(scope="session")
def filled(prepared: Installation, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    on_server = "" if urlsplit(prepared.database_url).scheme == "sqlite" else prepared.database_url

    def make(folder: Path) -> tuple[str, str, dict[str, dict[str, Any]]]:
        fresh = new_installation(folder, on_server, prepared)
        if on_server:
            shared.drop_at_the_end(tmp_path_factory, fresh)
        return str(fresh.home), fresh.database_url, taken_in(fresh, shared_data)

    home, url, said = shared.made_once(tmp_path_factory, "filled", make)
    return Filled(Installation(Path(home), url), said, shared_data)


def taken_in(installation: Installation, data: Path) -> dict[str, dict[str, Any]]:
    said = {kind: installation.json("intake", kind, data / path) for kind, path in FILES.items()}
    for path in (OCTOBER, NOVEMBER, JULY):
        said[path] = installation.json("intake", "street-crime", data / path)
    return said


def counts(said: dict[str, Any]) -> tuple[int, ...]:
    assert said["reconciled"]
    assert said["refused_files"] == []
    return tuple(said[name] for name in ("received", "created", "updated", "unchanged", "parked", "rejected"))


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("recorded-crime-rolling", 46_469),
        ("stalking-outcomes", 315),
        ("spo-statistics", 43),
        ("prosecutions", 23),
        ("population", 34_753),
        ("area-lookup", 32_844),
        ("places", 42_986),
        (OCTOBER, 3_415),
        (NOVEMBER, 3_137),
        (JULY, 31_635),
    ],
)
def test_every_row_is_taken_in(filled: Filled, kind: str, rows: int) -> None:
    assert counts(filled.said[kind]) == (rows, rows, 0, 0, 0, 0)


# --- recorded crime, rolling years ------------------------------------------------------------------------------

ROLLING = "recorded-crime-rolling"
STALKING = "Stalking and harassment"


def ending(month: str) -> str:
    year, number = month.split("-")[::-1]
    return f"{year}-{number} year ending"


def test_rolling_years_checksums_as_the_command_reports_them(filled: Filled) -> None:
    said = filled.said[ROLLING]
    named = ("rows", "total_values", "zero_values", "negative_values", "periods", "areas", "measures")
    assert [said[name] for name in named] == [46_469, 244_720_928, 1_339, 25, 52, 47, 25]
    assert (said["warnings"]["period_typing_error"], said["warnings"]["negative"]) == (927, 25)


@pytest.mark.parametrize(
    ("month", "value"),
    [
        ("03-2003", 89), ("12-2009", 48), ("03-2010", 58), ("03-2013", 120), ("03-2016", 453), ("03-2017", 1_048),
        ("12-2017", 2_013), ("03-2018", 2_226), ("06-2018", 2_336), ("09-2018", 2_546), ("12-2018", 2_720),
    ],
)  # fmt: skip
def test_stalking_and_harassment_in_dyfed_powys(filled: Filled, month: str, value: int) -> None:
    assert filled.value(ROLLING, STALKING, DYFED_POWYS, ending(month)) == (value, "")


def test_the_lowest_year_the_other_welsh_forces_and_the_rank(filled: Filled) -> None:
    of_measure = "FROM published_publishedfigure WHERE series = ? AND measure = ? AND area_kind = 'force'"
    assert filled.number(f"SELECT MIN(value) {of_measure} AND area = ?", ROLLING, STALKING, DYFED_POWYS) == 48
    welsh = {"61": 6_071, "60": 6_094, "62": 11_741}
    assert {area: filled.value(ROLLING, STALKING, area, ending("12-2018"))[0] for area in welsh} == welsh
    above = f"SELECT COUNT(*) {of_measure} AND period = ? AND value > 2720"
    assert filled.number(above, ROLLING, STALKING, ending("12-2018")) == 38


@pytest.mark.parametrize(("month", "total"), [("03-2018", 295_716), ("12-2017", 279_841), ("12-2018", 408_522)])
def test_the_sum_of_the_44_forces(filled: Filled, month: str, total: int) -> None:
    where = "WHERE series = ? AND measure = ? AND area_kind = 'force' AND period = ?"
    sums = f"SELECT SUM(value), COUNT(*) FROM published_publishedfigure {where}"  # noqa: S608  # words of our own
    assert filled.rows(sums, ROLLING, STALKING, ending(month)) == [(total, 44)]


def test_all_offences_and_what_is_no_police_force(filled: Filled) -> None:
    sums = "SELECT SUM(value) FROM published_publishedfigure WHERE series = ? AND period = ?"
    assert filled.number(f"{sums} AND area = ?", ROLLING, ending("03-2018"), DYFED_POWYS) == 25_742
    assert filled.number(f"{sums} AND area = ?", ROLLING, ending("12-2018"), DYFED_POWYS) == 26_694
    assert filled.number(sums, ROLLING, ending("12-2018")) == 5_829_016
    assert filled.number(f"{sums} AND area_kind = 'force'", ROLLING, ending("12-2018")) == 5_153_064
    areas = "SELECT COUNT(DISTINCT area) FROM published_publishedfigure WHERE series = ? AND area_kind = ?"
    assert [filled.number(areas, ROLLING, kind) for kind in ("force", "not_police")] == [44, 3]


def test_the_offence_groups_of_the_table_change_four_times(filled: Filled) -> None:
    groups = dict(
        filled.rows(
            "SELECT period, COUNT(DISTINCT measure) FROM published_publishedfigure WHERE series = ? GROUP BY period",
            ROLLING,
        )
    )
    by_month = [groups[ending(month)] for month in ("03-2011", "06-2011", "03-2014", "12-2014", "12-2018")]
    assert by_month == [20, 23, 22, 24, 24]


@pytest.mark.rule("MSR-02")
def test_negative_counts_are_kept_and_found(filled: Filled) -> None:
    negative = filled.rows(
        "SELECT measure, area, period, value FROM published_publishedfigure WHERE series = ? AND value < 0", ROLLING
    )
    assert len(negative) == 25
    fraud = [row for row in negative if row[0] == "Fraud offences"]
    assert len(fraud) == 20
    assert {row[2] for row in fraud} == {ending("09-2013"), ending("12-2013")}
    assert -31 in [row[3] for row in fraud if row[1] == DYFED_POWYS]
    assert len(filled.found(ROLLING, "negative_count")) == 25


def test_the_mistyped_period_is_found_and_its_rows_are_kept(filled: Filled) -> None:
    (found,) = filled.found(ROLLING, "period_typing_error")
    assert (found["period"], found["meant"], found["rows"]) == ("30-12-2017", "2017-12-31", 927)
    assert found["when"] == ending("12-2017")
    flagged = filled.rows(
        "SELECT flags FROM published_publishedfigure WHERE series = ? AND period = ?", ROLLING, ending("12-2017")
    )
    assert len(flagged) == 927
    assert all("period_typing_error" in str(flags) for (flags,) in flagged)


# --- outcomes ---------------------------------------------------------------------------------------------------

OUTCOMES = {
    "2014/15": (1_969, 723, 513, 348),
    "2015/16": (4_288, 944, 1_209, 1_132),
    "2016/17": (10_834, 2_266, 3_138, 3_426),
    "2018/19": (20_008, 2_830, 5_975, 8_290),
    "2019/20": (31_787, 3_620, 9_809, 14_968),
    "2020/21": (95_706, 6_813, 32_365, 48_514),
    "2021/22": (99_302, 5_948, 30_294, 55_190),
}
IN_DYFED_POWYS = {
    "2014/15": (0, 0, 0, 0),
    "2015/16": (24, 1, 1, 0),
    "2016/17": (74, 22, 12, 24),
    "2018/19": (131, 21, 28, 62),
    "2019/20": (259, 35, 62, 143),
    "2020/21": (950, 80, 229, 577),
    "2021/22": (1_190, 55, 316, 742),
}
MEASURES = (
    "stalking_outcomes_total", "charged_summonsed", "evidential_victim_supports", "evidential_victim_does_not_support",
)  # fmt: skip


@pytest.mark.parametrize("year", OUTCOMES)
def test_outcomes_of_the_44_and_of_all_forces_are_the_published_ones(filled: Filled, year: str) -> None:
    said, key = filled.said["stalking-outcomes"], year.replace("/", "_")
    for area in ("country", "forces"):
        assert tuple(said[f"total_{measure}_{key}_{area}"] for measure in MEASURES) == OUTCOMES[year]
    held = [filled.value("stalking-outcomes", measure, DYFED_POWYS, year) for measure in MEASURES]
    assert held == [(value, "") for value in IN_DYFED_POWYS[year]]


@pytest.mark.rule("MSR-02")
def test_a_row_of_noughts_is_kept_with_its_mark_and_the_failed_return_is_found(filled: Filled) -> None:
    marked = filled.rows(
        "SELECT area_name, period FROM published_publishedfigure WHERE series = ? AND measure = ? AND value = 0 ORDER BY period",
        "stalking-outcomes", "stalking_outcomes_total",
    )  # fmt: skip
    assert len(marked) == 10
    assert Counter(period for _, period in marked) == {"2014/15": 8, "2015/16": 1, "2019/20": 1}
    assert filled.said["stalking-outcomes"]["warnings"]["zero_may_mean_not_supplied"] == 10
    failed = filled.found("stalking-outcomes", "zero_not_supplied")
    assert ("Greater Manchester", "2019/20", [359, 4_701]) in [
        (one["area"], one["when"], one["beside"]) for one in failed
    ]


def test_the_year_that_is_absent_is_found_and_no_total_is_wrong(filled: Filled) -> None:
    (absent,) = filled.found("stalking-outcomes", "period_absent")
    assert absent["when"] == "2017/18"
    held = "SELECT COUNT(*) FROM published_publishedfigure WHERE series = ? AND period = '2017/18'"
    assert filled.number(held, "stalking-outcomes") == 0
    for check in ("total_does_not_add", "part_exceeds_whole", "parts_exceed_whole"):
        assert filled.found("stalking-outcomes", check) == []


# --- orders -----------------------------------------------------------------------------------------------------

ORDERS = {
    "applied_2020_21": (833, 0, 1, 4),
    "granted_2020_21": (294, 0, 2, 6),
    "applied_2021_22": (539, 15, 0, 1),
    "granted_2021_22": (612, 15, 1, 1),
    "not_yet_heard_2021_22": (74, 15, 1, 9),
}


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize("column", ORDERS)
def test_orders_with_blank_not_available_and_nought_apart(filled: Filled, column: str) -> None:
    said = filled.said["spo-statistics"]
    total, blank, not_available, zero = ORDERS[column]
    assert said[f"total_{column}_forces"] == said[f"total_{column}_country"] == total
    found = tuple(said.get(f"{what}_{column}_forces", 0) for what in ("blank", "not_available", "zero"))
    assert found == (blank, not_available, zero)


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(
    ("area", "values"),
    [(DYFED_POWYS, (1, 1)), ("60", (1, 1)), ("61", (0, 0)), ("62", (0, 0))],
    ids=["Dyfed-Powys", "North Wales", "Gwent", "South Wales"],
)
def test_a_welsh_blank_is_no_figure_and_no_nought(filled: Filled, area: str, values: tuple[int, int]) -> None:
    first = [filled.value("spo-statistics", measure, area, "2020/21") for measure in ("applied", "granted")]
    second = [
        filled.value("spo-statistics", measure, area, "2021/22") for measure in ("applied", "granted", "not_yet_heard")
    ]
    assert first == [(value, "") for value in values]
    assert second == [(None, "blank")] * 3


def test_the_five_anomalies_of_the_order_table_are_found(filled: Filled) -> None:
    series = "spo-statistics"
    exceeds = {
        (one["area"], tuple(value for _, value in one["said"][:2]))
        for one in filled.found(series, "part_exceeds_whole")
    }
    assert exceeds == {("Dorset", (4, 6)), ("Metropolitan Police", (200, 337)), ("total", (539, 612))}

    (contradicted,) = filled.found(series, "heading_contradicted")
    assert contradicted["columns"] == ["Applied for in 2020-2021", "Granted in 2020-2021", "Applied for in 2021-2022"]
    assert contradicted["rows"] == 27  # 26 forces and the total
    assert contradicted["of_them_as_if_blank_were_0"] == 14

    (negated,) = filled.found(series, "column_repeats_negated")
    assert set(negated["columns"]) == {"Difference in number of applications", "Granted in 2020-2021"}
    nothing = {one["area"] for one in filled.found(series, "worked_out_from_nothing")}
    assert nothing == {"Cleveland", "Kent"}

    together = {one["area"] for one in filled.found(series, "parts_exceed_whole")} | {area for area, _ in exceeds}
    assert len(together - {"total"}) == 11
    assert {"Cambridgeshire", "Surrey"} <= together

    areas = {
        area for (area,) in filled.rows("SELECT DISTINCT area FROM published_publishedfigure WHERE series = ?", series)
    }
    assert len(areas - {"EW"}) == 42
    assert not {"48", "93"} & areas


def test_the_same_table_as_json_says_nothing_new(filled: Filled, shared_data: Path) -> None:
    said = filled.installation.json("intake", "spo-statistics", shared_data / "orders/bbc_sdu_spo_foi_2020_2022.json")
    assert counts(said) == (43, 0, 0, 43, 0, 0)
    before = filled.said["spo-statistics"]
    assert {name: said[name] for name in said if name.startswith(("total_", "blank_", "not_available_", "zero_"))} == {
        name: before[name] for name in before if name.startswith(("total_", "blank_", "not_available_", "zero_"))
    }
    assert said["warnings"] == before["warnings"]


# --- prosecutions -----------------------------------------------------------------------------------------------


def test_prosecutions_and_convictions(filled: Filled) -> None:
    said = filled.said["prosecutions"]
    names = ("total_prosecuted_EW", "total_convicted_EW", "total_prosecuted_63", "total_convicted_63")
    assert [said[name] for name in names] == [13_614, 8_383, 63, 45]
    by_year = [
        tuple(
            filled.value("prosecutions", measure, DYFED_POWYS, str(year))[0] for measure in ("prosecuted", "convicted")
        )
        for year in range(2011, 2022)
    ]
    assert by_year == [(0, 0), (0, 1), (0, 0), (0, 2), (4, 3), (3, 1), (11, 5), (7, 6), (21, 15), (10, 8), (7, 4)]
    national = [filled.value("prosecutions", measure, "EW", "2021")[0] for measure in ("prosecuted", "convicted")]
    assert national == [2_251, 1_487]


@pytest.mark.rule("MSR-02")
def test_a_rate_on_nothing_is_found_and_every_other_published_rate_follows(filled: Filled) -> None:
    nothing = [(one["area"], one["when"]) for one in filled.found("prosecutions", "rate_on_nothing")]
    assert set(nothing) >= {("Dyfed-Powys", "2012"), ("Dyfed-Powys", "2014")}
    assert all(area == "Dyfed-Powys" for area, _ in nothing)
    assert filled.found("prosecutions", "rate_contradicted") == []


# --- street-level crime -----------------------------------------------------------------------------------------

STREET = {
    "no_crime_id": (982, 796, 5_442),
    "repeated_rows": (286, 203, 1_563),
    "repeated_crime_ids": (0, 0, 0),
    "no_location": (28, 34, 883),
    "type_violence_and_sexual_offences": (1_021, 979, 10_358),
    "type_criminal_damage_and_arson": (314, 327, 2_716),
    "type_public_order": (165, 146, 3_043),
    "type_possession_of_weapons": (20, 18, 226),
    "outcome_unable_to_prosecute_suspect": (1_027, 994, 10_806),
    "outcome_investigation_complete_no_suspect_identified": (664, 671, 10_185),
    "areas": (311, 314, 1_397),
}


@pytest.mark.parametrize("total", STREET)
def test_street_level_totals(filled: Filled, total: str) -> None:
    assert tuple(filled.said[path][total] for path in (OCTOBER, NOVEMBER, JULY)) == STREET[total]


@pytest.mark.parametrize(
    ("path", "counties", "elsewhere"),
    [(OCTOBER, (1_235, 870, 798, 471), 13), (NOVEMBER, (1_169, 758, 716, 450), 10)],
)
def test_counties_of_dyfed_powys_and_what_lies_outside_is_flagged_and_kept(
    filled: Filled, path: str, counties: Sequence[int], elsewhere: int
) -> None:
    said = filled.said[path]
    names = ("carmarthenshire", "pembrokeshire", "powys", "ceredigion")
    assert tuple(said[f"district_{name}"] for name in names) == counties
    assert said["outside"] == said["warnings"]["outside_force"] == elsewhere
    held = (
        "SELECT COUNT(*) FROM published_streetcrime WHERE month = ? AND falls_within = 'Dyfed-Powys Police' AND outside"
    )
    month = Path(path).name[:7]
    assert filled.number(held, month) == elsewhere


def test_a_month_taken_in_again_adds_nothing_and_every_repeated_row_is_there(filled: Filled, shared_data: Path) -> None:
    held = "SELECT COUNT(*) FROM published_streetcrime"
    assert filled.number(held) == 3_415 + 3_137 + 31_635
    again = filled.installation.json("intake", "street-crime", shared_data / "crime/police_uk")
    assert counts(again) == (38_187, 0, 0, 38_187, 0, 0)
    assert filled.number(held) == 38_187


def test_every_area_of_the_street_files_is_in_the_census(filled: Filled) -> None:
    missing = (
        "SELECT COUNT(DISTINCT lsoa_code) FROM published_streetcrime WHERE lsoa_code <> '' AND lsoa_code NOT IN "
        "(SELECT area FROM published_publishedfigure WHERE series = 'population')"
    )
    assert filled.number(missing) == 0


# --- populations, lookup, places --------------------------------------------------------------------------------


def test_residents_of_england_and_wales(filled: Filled) -> None:
    said = filled.said["population"]
    total = {
        measure: said[f"total_{measure}_E"] + said[f"total_{measure}_W"]
        for measure in ("residents", "in_households", "in_communal", "households")
    }
    assert total == {
        "residents": 56_075_912,
        "in_households": 55_071_113,
        "in_communal": 1_004_799,
        "households": 23_366_044,
    }
    assert (said["total_residents_E"], said["total_residents_W"], said["areas"]) == (53_012_456, 3_063_456, 34_753)
    areas = "SELECT COUNT(DISTINCT area) FROM published_publishedfigure WHERE series = 'population' AND area LIKE ?"
    assert [filled.number(areas, f"{country}%") for country in "EW"] == [32_844, 1_909]
    assert filled.found("population", "total_does_not_add") == []


COUNTIES = {
    "W06000010": (183_777, 112),
    "W06000008": (75_922, 46),
    "W06000009": (122_439, 71),
    "W06000023": (132_976, 79),
}


def test_residents_of_dyfed_powys_and_the_rate_on_them(filled: Filled) -> None:
    rows = filled.rows(
        "SELECT attributes, value FROM published_publishedfigure WHERE series = ? AND measure = ? AND area LIKE ?",
        "population", "residents", "W%",
    )  # fmt: skip
    residents: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    for said, value in rows:
        attributes = json.loads(said) if isinstance(said, str) else said
        residents[attributes["local_authority"]] += value
        areas[attributes["local_authority"]] += 1
    assert {code: (residents[code], areas[code]) for code in COUNTIES} == COUNTIES
    base = sum(residents[code] for code in COUNTIES)
    assert base == 515_114
    crimes, _ = filled.value(ROLLING, STALKING, DYFED_POWYS, ending("03-2018"))
    assert crimes is not None
    assert round(1_000 * crimes / base, 2) == 4.32


@pytest.mark.rule("INT-04")
def test_an_area_without_a_force_is_kept_without_one_and_no_welsh_area_is_guessed(filled: Filled) -> None:
    said = filled.said["area-lookup"]
    assert (said["force_none"], said["warnings"]["no_force_known"]) == (3_335, 3_335)
    assert len([name for name in said if name.startswith("force_")]) == 40  # 39 forces and none
    assert (
        filled.number(
            "SELECT COUNT(*) FROM published_codeversion WHERE list_name = ? AND code LIKE ?", "lsoa-force", "W%"
        )
        == 0
    )


def test_places_by_country_and_type_and_the_welsh_ones_are_among_them(filled: Filled, shared_data: Path) -> None:
    said = filled.said["places"]
    by_country = {name: said[f"country_{name}"] for name in ("England", "Scotland", "Wales")}
    assert by_country == {"England": 33_234, "Scotland": 6_001, "Wales": 3_751}
    rows = filled.rows("SELECT title, attributes FROM published_codeversion WHERE list_name = ?", "place")
    kinds = Counter((json.loads(said) if isinstance(said, str) else said)["type"] for _, said in rows)
    assert kinds == {
        "Village": 15_140, "Hamlet": 12_842, "Suburban Area": 10_830, "Other Settlement": 2_751, "Town": 1_358, "City": 65,
    }  # fmt: skip
    names = [title for title, _ in rows]
    assert sum(not name.isascii() for name in names) == 148
    welsh = filled.installation.json("intake", "places", shared_data / "geo/welsh_places.csv")
    assert counts(welsh) == (3_751, 0, 0, 3_751, 0, 0)


# --- across files -----------------------------------------------------------------------------------------------


def test_forces_are_one_however_a_publisher_names_them(filled: Filled) -> None:
    printed = filled.rows(
        "SELECT DISTINCT series, area_name FROM published_publishedfigure WHERE area_kind = ? AND area = ?",
        "force",
        "48",
    )
    assert {(ROLLING, "City of London"), ("stalking-outcomes", "London, City of")} <= set(printed)
    forces = "SELECT COUNT(DISTINCT area) FROM published_publishedfigure WHERE series = ? AND area_kind = 'force'"
    assert [filled.number(forces, kind) for kind in (ROLLING, "stalking-outcomes", "spo-statistics")] == [44, 44, 42]


@pytest.mark.rule("INT-02")
def test_every_figure_says_where_it_came_from(filled: Filled) -> None:
    files = dict(
        filled.rows("SELECT series, COUNT(DISTINCT file_sha256) FROM published_publishedfigure GROUP BY series")
    )
    assert set(files.values()) == {1}
    assert filled.number("SELECT COUNT(*) FROM published_publishedfigure WHERE line < 2") == 0
    assert filled.number("SELECT COUNT(*) FROM published_streetcrime WHERE line < 2") == 0
