"""What an export lacks, how its records are logged, whose they are; reviews, erasure rows; the clock of a rights request."""

from datetime import date

import pytest

from craffu.access.exports.rules import Asked, Lacks, batches, check_basis, lacks
from craffu.access.retention.rules import review
from craffu.access.rights_requests.plain import clock as plain_clock
from craffu.access.rights_requests.rules import Before, Checked, Kind, Standing, clock, release

WHOLE = {
    "purpose": "court",
    "words": "Hearing on Monday",
    "recipient": "Listing office",
    "organisation": "Swansea court",
}


@pytest.mark.rule("SEC-07")
@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"purpose": "curiosity"}, [Lacks.PURPOSE]),
        ({"words": " x " * 9}, []),
        ({"words": f"x{' ' * 20}y"}, [Lacks.WORDS]),
        ({"recipient": " "}, [Lacks.RECIPIENT]),
        ({"organisation": ""}, [Lacks.ORGANISATION]),
        (dict.fromkeys(WHOLE, ""), [Lacks.PURPOSE, Lacks.WORDS, Lacks.RECIPIENT, Lacks.ORGANISATION]),
    ],
)
def test_what_an_export_lacks(changed: dict[str, str], missing: list[Lacks]) -> None:
    asked = Asked(**{**WHOLE, **changed})
    assert lacks(asked, ["court"], factor_is_fresh=True) == missing
    assert lacks(asked, ["court"], factor_is_fresh=False) == [*missing, Lacks.FACTOR]


@pytest.mark.rule("SEC-07")
def test_the_recipient_is_who_and_of_what() -> None:
    assert Asked("court", "", " Listing \n office", "Swansea court ").told_to == "Listing office, Swansea court"


@pytest.mark.rule("SEC-07")
def test_each_record_stands_once_in_as_many_rows_as_are_needed_and_nothing_is_one_row() -> None:
    refs = [f"person/P-{number}" for number in (1, 2, 1, 3, 4, 5)]
    assert list(batches(refs, 2)) == [refs[:2], refs[3:5], refs[5:]]
    assert list(batches([])) == [[]]


@pytest.mark.rule("SEC-10")
def test_a_blank_basis_is_none() -> None:
    assert check_basis({"controller": " ", "regime": None, "sharing_basis": "not shared"}).why == [
        "missing:controller",
        "missing:regime",
    ]


@pytest.mark.rule("SEC-08")
def test_a_group_without_a_period_is_no_group() -> None:
    with pytest.raises(ValueError, match="choose from 2, 3"):
        review(date(2020, 1, 1), "4", date(2026, 1, 1), new_event_on=None, on_hold=False)


@pytest.mark.rule("SEC-11")
@pytest.mark.parametrize(
    ("received", "identity", "today", "answered", "due", "other", "standing"),
    [
        ("2026-11-24", None, "2026-12-23", None, "2026-12-23", "2026-12-24", Standing.RUNNING),
        ("2026-11-24", None, "2026-12-24", None, "2026-12-23", "2026-12-24", Standing.OVERDUE),
        ("2026-11-24", "2026-11-01", "2026-12-24", "2026-12-23", "2026-12-23", "2026-12-24", Standing.ON_TIME),
        ("2026-11-24", "2026-12-01", "2026-12-24", None, "2026-12-31", "2027-01-01", Standing.RUNNING),
        ("2028-01-31", None, "2028-02-29", "2028-03-01", "2028-02-29", "2028-02-29", Standing.LATE),
    ],
)
def test_the_earlier_reading_of_a_month_is_worked_to(
    received: str, identity: str | None, today: str, answered: str | None, due: str, other: str, standing: Standing
) -> None:
    days = [date.fromisoformat(day) if day else None for day in (received, today, identity, answered)]
    assert days[0] is not None
    assert days[1] is not None
    found = clock(days[0], days[1], identity_confirmed_on=days[2], answered_on=days[3])
    assert (found.due_day.isoformat(), found.other_reading.isoformat(), found.status) == (due, other, standing)
    assert found.mark == "not confirmed"


@pytest.mark.rule("SEC-11")
def test_a_kind_that_nobody_may_ask_for_has_no_clock() -> None:
    with pytest.raises(ValueError, match="portability"):
        plain_clock("portability", "2026-11-24", "2026-12-01", None, None)
    assert {one.value for one in Kind} == {"access", "rectification", "restriction"}


@pytest.mark.rule("SEC-11")
def test_an_answer_that_nobody_approved_stays() -> None:
    done = Checked(True, True, True, privileged_included=False)
    assert release(done, prepared_by="u1", approved_by="").why == [Before.NOBODY]
    assert release(done, prepared_by="u1", approved_by="u2").release
