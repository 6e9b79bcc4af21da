"""Reading that is worth a question: each number of each rule at its edge, and what is too little to compare (P40)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.audit.unusual import (
    Finding,
    Hour,
    Limits,
    Refusal,
    Rule,
    many_records,
    new_hours,
    refused_often,
    unusual,
)

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIMITS = Limits()


def hours(actor: str, count: int, records: int, *, role: str = "investigator", before: datetime = NOW) -> list[Hour]:
    """One hour of reading on each of the last days, at the same time of day."""
    return [Hour(actor, role, before - DAY * step, records) for step in range(1, count + 1)]


def test_the_numbers_are_the_ones_that_the_page_says() -> None:
    assert (LIMITS.looked_at_days, LIMITS.compared_days, LIMITS.many_records, LIMITS.many_times) == (7, 30, 150, 3)
    assert (LIMITS.fewest_own_hours, LIMITS.fewest_others) == (10, 3)
    assert (LIMITS.new_hour_records, LIMITS.new_hour_days, LIMITS.refusals) == (5, 10, 5)


@pytest.mark.parametrize(("records", "found"), [(149, 0), (150, 1)])
def test_many_begins_at_its_number(records: int, found: int) -> None:
    assert len(many_records([Hour("a", "r", NOW, records)], SINCE)) == found


def test_with_nothing_to_compare_the_finding_says_so() -> None:
    assert many_records([Hour("a", "r", NOW, 150)], SINCE) == [Finding(Rule.MANY_RECORDS, "a", "r", NOW, 150)]


@pytest.mark.parametrize(("records", "found"), [(180, 0), (181, 1)])
def test_many_is_more_than_three_times_the_own_middle_hour(records: int, found: int) -> None:
    read = [*hours("a", 10, 60), Hour("a", "investigator", NOW, records)]
    assert [one.own for one in many_records(read, SINCE)] == [60] * found


@pytest.mark.parametrize(("count", "own"), [(9, None), (10, 1)])
def test_ten_own_hours_make_a_comparison(count: int, own: float | None) -> None:
    (finding,) = many_records([*hours("a", count, 1), Hour("a", "investigator", NOW, 200)], SINCE)
    assert finding.own == own


@pytest.mark.parametrize(("people", "others"), [(2, None), (3, 20)])
def test_three_others_in_the_role_make_a_comparison(people: int, others: float | None) -> None:
    read = [hour for number in range(people) for hour in hours(f"o{number}", 4, 20)]
    read += [*hours("x", 9, 200, role="analyst"), Hour("a", "investigator", NOW, 200)]
    (finding,) = [one for one in many_records(read, SINCE) if one.actor == "a"]
    assert finding.others == others


@pytest.mark.parametrize(("records", "found"), [(180, 0), (181, 1)])
def test_what_is_usual_in_the_role_is_no_finding(records: int, found: int) -> None:
    read = [hour for number in range(3) for hour in hours(f"o{number}", 4, 60)]
    assert len(many_records([*read, Hour("a", "investigator", NOW, records)], SINCE)) == found


def test_only_the_days_looked_at_are_looked_at_and_only_the_thirty_before_are_compared() -> None:
    assert len(many_records([Hour("a", "r", SINCE, 200)], SINCE)) == 1
    assert many_records([Hour("a", "r", SINCE - HOUR, 200)], SINCE) == []
    edge = [Hour("a", "r", NOW - DAY * 30, 1) for _again in range(10)]
    assert many_records([*edge, Hour("a", "r", NOW, 200)], SINCE)[0].own == 1
    beyond = [Hour("a", "r", NOW - DAY * 30 - HOUR, 1) for _again in range(10)]
    assert many_records([*beyond, Hour("a", "r", NOW, 200)], SINCE)[0].own is None


TWO_IN_THE_NIGHT = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)


def night(records: int = 5, at: datetime = TWO_IN_THE_NIGHT) -> Hour:
    return Hour("a", "investigator", at, records)


@pytest.mark.parametrize(("records", "found"), [(4, 0), (5, 1)])
def test_a_new_time_of_day_begins_at_its_number(records: int, found: int) -> None:
    habit = hours("a", 12, 3)
    assert len(new_hours([*habit, night(records)], SINCE)) == found


@pytest.mark.parametrize(("days", "found"), [(9, 0), (10, 1)])
def test_a_new_time_of_day_needs_days_of_habit(days: int, found: int) -> None:
    habit = hours("a", days, 3, before=NOW - DAY)
    assert len(new_hours([*habit, night()], SINCE)) == found


@pytest.mark.parametrize(("habit_at", "found"), [(0, 1), (1, 0), (2, 0), (3, 0), (4, 1)])
def test_an_hour_to_either_side_is_no_new_time(habit_at: int, found: int) -> None:
    habit = [*hours("a", 12, 3), Hour("a", "investigator", (NOW - DAY * 5).replace(hour=habit_at), 1)]
    assert len(new_hours([*habit, night()], SINCE)) == found


@pytest.mark.parametrize(("habit_at", "late"), [(23, 0), (0, 23)])
def test_the_clock_goes_round(habit_at: int, late: int) -> None:
    habit = [*hours("a", 12, 3), Hour("a", "investigator", (NOW - DAY * 5).replace(hour=habit_at), 1)]
    assert new_hours([*habit, night(at=NOW.replace(hour=late, minute=0) - DAY)], SINCE) == []


def test_it_is_londons_clock_in_summer() -> None:
    noon = datetime(2026, 4, 10, 11, 0, tzinfo=UTC)
    habit = [Hour("a", "r", (noon - DAY * step).replace(hour=8), 1) for step in range(20, 30)]
    # Before 29 March 08:00 UTC was eight in London; 06:00 UTC in April is seven there, one hour away.
    assert new_hours([*habit, Hour("a", "r", noon.replace(hour=6), 9)], noon - DAY) == []
    assert len(new_hours([*habit, Hour("a", "r", noon.replace(hour=5), 9)], noon - DAY)) == 1


def test_one_stretch_of_work_is_one_finding_its_fullest_hour_and_no_habit_of_its_own() -> None:
    habit = hours("a", 12, 3)
    stretch = [night(6), night(9, NOW.replace(hour=3)), night(7, NOW.replace(hour=4))]
    assert new_hours([*habit, *stretch], SINCE) == [Finding(Rule.NEW_HOUR, "a", "investigator", NOW.replace(hour=3), 9)]


def test_a_stretch_twelve_hours_ago_is_a_habit() -> None:
    habit = [*hours("a", 12, 3), Hour("a", "investigator", NOW.replace(hour=2) - HOUR * 25, 1)]
    assert new_hours([*habit, night()], SINCE) == []


def test_a_new_time_before_the_days_looked_at_is_not_looked_at_and_others_habits_do_not_count() -> None:
    early = SINCE.replace(hour=2)
    assert new_hours([*hours("a", 12, 3, before=early.replace(hour=12)), night(at=early)], SINCE) == []
    others = [Hour("b", "investigator", (NOW - DAY * step).replace(hour=2), 9) for step in range(1, 9)]
    assert [one.actor for one in new_hours([*hours("a", 12, 3), *others, night()], SINCE)] == ["a"]


def refused(count: int, at: datetime = NOW, actor: str = "a") -> list[Refusal]:
    return [Refusal(actor, "r", at + timedelta(minutes=step)) for step in range(count)]


@pytest.mark.parametrize(("count", "found"), [(4, []), (5, [5])])
def test_many_refusals_begin_at_their_number(count: int, found: list[int]) -> None:
    assert [one.number for one in refused_often(refused(count), SINCE)] == found


def test_refusals_are_counted_for_one_person_one_day_and_the_days_looked_at() -> None:
    assert refused_often([*refused(3), *refused(3, actor="b")], SINCE) == []
    assert refused_often([*refused(3), *refused(3, NOW - DAY)], SINCE) == []
    assert len(refused_often(refused(5, SINCE), SINCE)) == 1
    assert refused_often(refused(5, SINCE - HOUR), SINCE) == []
    (finding,) = refused_often(refused(6), SINCE)
    assert finding == Finding(Rule.REFUSED_OFTEN, "a", "r", NOW + timedelta(minutes=5), 6)


def test_everything_is_told_newest_first() -> None:
    read = [*hours("a", 12, 3), night(5), Hour("b", "r", NOW - HOUR, 150), Hour("c", "r", SINCE, 150)]
    found = unusual(read, refused(5), NOW)
    assert [(one.rule, one.actor) for one in found] == [
        (Rule.REFUSED_OFTEN, "a"),
        (Rule.MANY_RECORDS, "b"),
        (Rule.NEW_HOUR, "a"),
        (Rule.MANY_RECORDS, "c"),
    ]
    assert unusual(read, refused(5), NOW, Limits(looked_at_days=6))[-1].rule is Rule.NEW_HOUR
    assert unusual([], [], NOW) == []
