"""Whether two periods may be compared, and what may not explain the change (MSR-07)."""

from datetime import date

import pytest

from craffu.measures.comparing import Dated, Flag, Side, compare

pytestmark = pytest.mark.rule("MSR-07")
BEFORE = Side("s_and_h", (date(2019, 4, 1), date(2020, 3, 31)))
AFTER = Side("s_and_h", (date(2020, 4, 1), date(2021, 3, 31)))


@pytest.mark.parametrize(
    ("on", "is_parted"),
    [
        # On or before the first day of both, inside either, between them, and after both.
        (date(2019, 4, 1), False),
        (date(2019, 4, 2), True),
        (date(2020, 4, 1), True),
        (date(2021, 3, 31), True),
        (date(2021, 4, 1), False),
    ],
)
def test_a_break_between_two_periods_or_inside_one_keeps_them_apart(on: date, *, is_parted: bool) -> None:
    for one, other in ((BEFORE, AFTER), (AFTER, BEFORE)):
        found = compare(one, other, [Dated("rules", on)])
        assert found.is_comparable is not is_parted
        assert found.flags == (((Flag.SERIES_BREAK, "rules"),) if is_parted else ())


def test_two_definitions_are_two_things() -> None:
    found = compare(BEFORE, Side("stalking", AFTER.days))
    assert (found.flags, found.is_comparable) == (((Flag.DIFFERENT_DEFINITIONS, ""),), False)


@pytest.mark.parametrize(("on", "is_flagged"), [(date(2021, 3, 31), False), (date(2021, 4, 1), True)])
def test_a_cause_that_began_after_both_periods_explains_nothing(on: date, *, is_flagged: bool) -> None:
    for one, other in ((BEFORE, AFTER), (AFTER, BEFORE)):
        found = compare(one, other, explanations=[Dated("a priority", on)])
        assert found.is_comparable
        assert bool(found.flags) is is_flagged


def test_everything_is_said() -> None:
    found = compare(
        BEFORE,
        Side("stalking", AFTER.days),
        [Dated("rules", date(2020, 4, 1)), Dated("later", date(2023, 4, 1))],
        [Dated("a priority", date(2022, 4, 1))],
    )
    assert [flag for flag, _ in found.flags] == [
        Flag.DIFFERENT_DEFINITIONS, Flag.SERIES_BREAK, Flag.EXPLANATION_POSTDATES_PERIOD,
    ]  # fmt: skip
    assert not found.is_comparable


def test_keys_that_stay() -> None:
    assert " ".join(Flag) == "different_definitions series_break explanation_postdates_period"
