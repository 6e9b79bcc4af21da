"""The profile of a force, from made-up figures and from the published files (M1; MSR-01, MSR-02, MSR-04, MSR-05, MSR-07)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting, acting_operator
from craffu.access.models import Force
from craffu.common.refusals import NotPermitted
from craffu.published.actions import record_figure_by_hand, record_found
from craffu.published.areas import Area, find_area, police_forces
from craffu.published.facts import FoundRow
from craffu.published.periods import calendar_year, financial_year, parse_period, year_ending
from craffu.published.profile import Part, Section, national, profile_of
from craffu.published.rules import Mark, Why
from tests.factories.published import NOW, figure, record, record_published

pytestmark = pytest.mark.django_db

FOCUS = "Stalking and harassment"
OUTCOMES = (
    "stalking_outcomes_total", "charged_summonsed", "evidential_victim_supports", "evidential_victim_does_not_support",
)  # fmt: skip


def area(name: str) -> Area:
    found = find_area(name)
    assert found
    return found


@pytest.fixture
def reader(force: Force) -> Acting:
    return acting_operator(force, "somebody")


def parts(section: Section, period: str) -> dict[str, Part]:
    (year,) = [year for year in section.years if year.period.text == period]
    return {part.measure.key: part for part in year.parts}


def record_outcomes(by: Acting, name: str, years: dict[int, tuple[int, int, int, int]]) -> None:
    record(
        by,
        "stalking-outcomes",
        [
            figure(measure, name, financial_year(year), value)
            for year, values in years.items()
            for measure, value in zip(OUTCOMES, values, strict=True)
        ],
        sha256=name.encode().hex().ljust(64, "0")[:64],
    )


@pytest.mark.rule("MSR-02")
def test_where_nothing_is_held_the_profile_says_so(reader: Acting) -> None:
    profile = profile_of(area("Dyfed-Powys"), by=reader)
    assert profile.series == profile.by_hand == ()
    assert [note.code for note in profile.notes] == ["nothing_held"] * 3


@pytest.mark.rule("MSR-04")
@pytest.mark.rule("MSR-07")
def test_outcomes_have_shares_a_gap_and_a_break_and_england_and_wales_beside(system: Acting, reader: Acting) -> None:
    record_outcomes(system, "Gwent", {2016: (74, 22, 12, 24), 2019: (20, 2, 3, 4), 2021: (1190, 55, 316, 742)})
    record_outcomes(system, "All forces", {2021: (99302, 5948, 30294, 55190)})
    profile = profile_of(area("Gwent"), by=reader)
    assert [year.period.text for year in profile.outcomes.years] == ["2016/17", "2017/18", "2019/20", "2021/22"]
    gap = profile.outcomes.years[1]
    assert gap.parts == ()
    assert gap.why_absent is not None
    charged = parts(profile.outcomes, "2021/22")["charged_summonsed"]
    assert charged.share is not None
    assert charged.share.value == pytest.approx(0.0462, abs=5e-5)
    assert charged.share.interval is not None
    small = parts(profile.outcomes, "2019/20")["charged_summonsed"].share
    assert small is not None
    assert small.marks == (Mark.READ_WITH_CARE,)
    assert [round(part.share.value, 3) for part in profile.outcomes.years[-1].national if part.share and part.share.value] == [
        0.06, 0.305, 0.556,
    ]  # fmt: skip
    assert [one.key for one in profile.outcomes.breaks_shown] == ["counting_rules_april_2020"]
    assert {note.code for note in profile.notes} >= {"series_break", "never_published"}


@pytest.mark.rule("MSR-02")
def test_a_year_of_noughts_is_no_figure(system: Acting, reader: Acting) -> None:
    record_outcomes(system, "Gwent", {2014: (0, 0, 0, 0), 2015: (24, 1, 1, 0)})
    profile = profile_of(area("Gwent"), by=reader)
    unsure = parts(profile.outcomes, "2014/15")
    assert {part.count.missing for part in unsure.values()} == {Why.NONE_OR_NOT_SUPPLIED}
    assert {part.share.why for part in unsure.values() if part.share} == {Why.NONE_OR_NOT_SUPPLIED}
    # A nought within a year that has a total is a real one.
    real = parts(profile.outcomes, "2015/16")["evidential_victim_does_not_support"]
    assert real.count.value == 0
    assert real.share is not None
    assert real.share.value == 0


@pytest.mark.rule("MSR-02")
@pytest.mark.rule("MSR-05")
def test_orders_are_figures_with_a_warning_and_never_a_rate(system: Acting, reader: Acting) -> None:
    record(
        system,
        "spo-statistics",
        [
            figure("applied", "Gwent", financial_year(2020), 11),
            figure("granted", "Gwent", financial_year(2020), 8),
            figure("applied", "Gwent", financial_year(2021), None, "blank"),
            figure("granted", "Gwent", financial_year(2021), None, "not_available"),
        ],
    )
    orders = profile_of(area("Gwent"), by=reader).orders
    assert orders.warning is not None
    assert [part.share for year in orders.years for part in year.parts] == [None] * 6
    assert [part.count.value for part in parts(orders, "2020/21").values()] == [11, 8, None]
    assert [part.count.missing for part in parts(orders, "2021/22").values()] == [
        Why.BLANK, Why.NOT_AVAILABLE, Why.NEVER_PUBLISHED,
    ]  # fmt: skip


@pytest.mark.rule("MSR-02")
def test_convictions_without_prosecutions_have_no_rate(system: Acting, reader: Acting) -> None:
    rows = [
        figure(measure, "Gwent", calendar_year(year), value)
        for year, values in {2012: (0, 1), 2019: (16, 17), 2020: (10, 8)}.items()
        for measure, value in zip(("prosecuted", "convicted"), values, strict=True)
    ]
    record(system, "prosecutions", rows)
    section = profile_of(area("Gwent"), by=reader).prosecutions
    answers = [parts(section, year)["convicted"].share for year in ("2012", "2019", "2020")]
    assert [answer.why if answer else None for answer in answers] == [Why.NO_CASES, Why.MORE_THAN_ALL, None]
    assert parts(section, "2012")["convicted"].count.value == 1


@pytest.mark.rule("MSR-01")
@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
def test_two_figures_entered_by_hand_stand_on_two_lines(acting_as: Callable[..., Acting], reader: Acting) -> None:
    by = acting_as("analyst")
    for value, definition in ((10_199, "The whole subgroup"), (6_555, "Harassment and stalking only")):
        record_figure_by_hand(
            by=by, title=FOCUS, definition=definition, unit="crime", area=area("Dyfed-Powys"), period=year_ending(2022, 3),
            value=value, read_in="The 2023 review", now=NOW,
        )  # fmt: skip
    profile = profile_of(area("Dyfed-Powys"), by=reader)
    assert [[point.count.value for point in line.points] for line in profile.by_hand] in (
        [[10_199], [6_555]],
        [[6_555], [10_199]],
    )
    assert {line.definition.definition.en for line in profile.by_hand} == {
        "The whole subgroup", "Harassment and stalking only",
    }  # fmt: skip
    assert {line.definition.entered_by for line in profile.by_hand} == {by.actor.name}
    assert {note.code for note in profile.notes} >= {"two_definitions", "by_hand_definitions_differ"}


@pytest.mark.rule("MSR-02")
def test_england_and_wales_is_the_sum_of_the_forces_only_where_all_have_a_figure(
    system: Acting, reader: Acting
) -> None:
    record(
        system,
        "recorded-crime-rolling",
        [
            *(figure(FOCUS, force.name("en"), year_ending(2018, 3), 10) for force in police_forces()),
            *(figure(FOCUS, force.name("en"), year_ending(2018, 6), 10) for force in police_forces()[1:]),
            figure(FOCUS, "Gwent", year_ending(2018, 9), None, "blank"),
            *(figure(FOCUS, force, year_ending(2018, 9), 10) for force in ("Kent", "Essex")),
            figure(FOCUS, "Action Fraud", year_ending(2018, 3), 1000),
        ],
    )
    (line,) = profile_of(national(), by=reader).series
    assert [(point.count.value, point.count.missing, point.forces) for point in line.points] == [
        (440, None, 44), (None, Why.NOT_SUPPLIED, 43), (None, Why.NOT_SUPPLIED, 2),
    ]  # fmt: skip
    assert [len(point.absent) for point in line.points] == [0, 1, 42]
    assert line.points[1].absent == (police_forces()[0],)


def test_the_profile_can_be_limited_to_some_periods(system: Acting, reader: Acting) -> None:
    record_outcomes(system, "Gwent", dict.fromkeys((2015, 2016, 2018, 2019, 2020), (50, 1, 2, 3)))
    profile = profile_of(area("Gwent"), by=reader, first=parse_period("2018/19"), last=parse_period("2019/20"))
    assert [year.period.text for year in profile.outcomes.years] == ["2018/19", "2019/20"]
    assert profile.outcomes.breaks_shown == []


def test_what_was_found_wrong_stands_beside_the_figures(system: Acting, reader: Acting) -> None:
    record_outcomes(system, "Gwent", {2015: (24, 1, 1, 0)})
    anomalies = [
        FoundRow("period_absent", "note", period="2017/18"),
        FoundRow("zero_not_supplied", "warning", area_kind="force", area="06"),
        FoundRow("zero_or_not_supplied", "note", area_kind="force", area="61"),
    ]
    record_found(by=system, series="stalking-outcomes", anomalies=anomalies, file_sha256="a" * 64, now=NOW)
    profile = profile_of(area("Gwent"), by=reader)
    assert {one.check_code for one in profile.found} == {"period_absent", "zero_or_not_supplied"}
    assert set(profile.outcomes.found) == set(profile.found)


@pytest.mark.parametrize("right", ["supervisor", "analyst", "scrutiny_officer", "commissioner_view"])
def test_those_of_the_page_map_may_see_it(acting_as: Callable[..., Acting], right: str) -> None:
    assert profile_of(area("Gwent"), by=acting_as(right)).area.code == "61"


def test_others_may_not(acting_as: Callable[..., Acting]) -> None:
    with pytest.raises(NotPermitted):
        profile_of(area("Gwent"), by=acting_as("volunteer_reviewer"))


@pytest.mark.parametrize("name", ["Gwent", "England and Wales"])
def test_the_number_of_queries_does_not_grow_with_the_figures(system: Acting, reader: Acting, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            profile_of(area(name), by=reader)
        return len(captured)

    record_outcomes(system, "Gwent", {2015: (24, 1, 1, 0)})
    few = queries()
    record_outcomes(system, "Gwent", {year: (24 + year, 1, 1, 0) for year in range(2000, 2014)})
    rows = [
        figure(f"Offence {n}", force, year_ending(2010 + year, 3), n)
        for n in range(5)
        for force in ("Gwent", "Kent")
        for year in range(8)
    ]
    record(system, "recorded-crime-rolling", rows)
    assert queries() == few <= 6


@pytest.mark.postgres_in_deep
def test_the_published_figures_of_dyfed_powys_come_out_as_printed(
    system: Acting, reader: Acting, shared_data: Path
) -> None:
    record_published(system, shared_data)
    profile = profile_of(area("Dyfed-Powys"), by=reader)

    # Outcomes: 4.6 / 26.6 / 62.4 per cent in 2021/22, beside 6.0 / 30.5 / 55.6; 2017/18 a gap; April 2020 a break.
    shares = [part.share for part in parts(profile.outcomes, "2021/22").values()][1:]
    assert [f"{share.value:.1%}" for share in shares if share and share.value] == ["4.6%", "26.6%", "62.4%"]
    beside = [part.share for part in profile.outcomes.years[-1].national][1:]
    assert [f"{share.value:.1%}" for share in beside if share and share.value] == ["6.0%", "30.5%", "55.6%"]
    assert [year.period.text for year in profile.outcomes.years if year.why_absent] == ["2017/18"]
    assert [one.key for one in profile.outcomes.breaks_shown] == ["counting_rules_april_2020"]
    assert {part.count.missing for part in parts(profile.outcomes, "2014/15").values()} == {Why.NONE_OR_NOT_SUPPLIED}

    # Orders: 1 and 1, then no figure.
    assert [part.count.value for part in parts(profile.orders, "2020/21").values()][:2] == [1, 1]
    assert {part.count.missing for part in parts(profile.orders, "2021/22").values()} == {Why.BLANK}

    # Prosecutions: no false 0 %.
    convicted = [parts(profile.prosecutions, str(year))["convicted"] for year in range(2011, 2022)]
    assert [part.count.value for part in convicted] == [0, 1, 0, 2, 3, 1, 5, 6, 15, 8, 4]
    assert [part.share.why for part in convicted[:4] if part.share] == [Why.NO_CASES] * 4
    assert sum(part.count.value or 0 for part in convicted) == 45

    # Recorded crime: the rolling years, the rate on its base, the change on the year before.
    (line,) = profile.focus
    said = {point.period.text: point for point in line.points}
    assert [said[f"{end} year ending"].count.value for end in ("2003-03", "2010-03", "2017-12", "2018-03", "2018-12")] == [
        89, 58, 2013, 2226, 2720,
    ]  # fmt: skip
    assert said["2017-12 year ending"].flags == ("period_typing_error",)
    rate = said["2018-03 year ending"].rate
    assert rate is not None
    assert rate.value == pytest.approx(4.32, abs=5e-3)
    assert line.change_on_year_before(len(line.points) - 1).value == pytest.approx(0.3512, abs=5e-5)
    (fraud,) = [line for line in profile.series if line.definition.measure.en == "Fraud offences"]
    assert [point.count.value for point in fraud.points if (point.count.value or 0) < 0] == [-31]

    # England and Wales: the sum of the 44.
    (whole,) = profile_of(national(), by=reader).focus
    sums = {point.period.text: (point.count.value, point.forces) for point in whole.points}
    assert sums["2018-03 year ending"] == (295_716, 44)
    assert sums["2017-12 year ending"] == (279_841, 44)
    assert sums["2018-12 year ending"] == (408_522, 44)
