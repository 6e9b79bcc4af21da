"""How far a date of birth goes, which word is shown, and by what form a contact is found."""

from datetime import UTC, date, datetime

import pytest

from craffu.people.rules import (
    Said,
    age_on,
    birth_precision,
    names_beside,
    record_name,
    searched_by,
    shown,
    shown_name,
)


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize(
    ("source", "key", "name"),
    [
        ("rms", "persons/PERSON11", "rms/persons/PERSON11"),
        ("probation", "cases/CRN1/1", "probation/cases/CRN1/1"),
        ("court-results", "63AA0000125/-/0123", "court-results/17"),
    ],
)
def test_a_record_of_a_court_bears_no_number_of_a_case(source: str, key: str, name: str) -> None:
    assert record_name(source, key, 17) == name


@pytest.mark.parametrize(
    ("born_on", "precision"),
    [("", "not_given"), ("1988", "year"), ("1988-03", "month"), ("1988-03-02", "day")],
)
def test_a_date_of_birth_says_how_far_it_goes(born_on: str, precision: str) -> None:
    assert birth_precision(born_on) == precision


@pytest.mark.parametrize("born_on", ["88", "1988-13", "1988-02-30", "2 March 1988", "1988-3-2", "١٩٨٨"])
def test_what_is_no_date_is_refused(born_on: str) -> None:
    with pytest.raises(ValueError):
        birth_precision(born_on)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        ("1988-03-02", date(2026, 3, 1), 37),
        ("1988-03-02", date(2026, 3, 2), 38),
        ("2008-02-29", date(2026, 2, 28), 17),  # 1 March is used in common years (ORD-05, UNVERIFIED)
        ("2008-02-29", date(2026, 3, 1), 18),
        ("2008-02-29", date(2028, 2, 29), 20),
        ("1988-03", date(2026, 3, 2), None),
        ("", date(2026, 3, 2), None),
        ("2027-01-01", date(2026, 3, 2), None),
        ("2026-03-02", date(2026, 3, 2), 0),
    ],
)
def test_age_counts_whole_years_and_is_not_guessed(born_on: str, day: date, age: int | None) -> None:
    assert age_on(born_on, day) == age


MORNING, EVENING = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 21, tzinfo=UTC)


@pytest.mark.rule("IDN-01")
def test_the_newest_word_that_says_anything_is_shown_with_its_source() -> None:
    old = Said("Rhys Evans", "rms", date(2024, 1, 1), EVENING, 2)
    new = Said("Rees Evans", "court-results", date(2026, 3, 1), MORNING, 1)
    silent = Said("", "probation", date(2026, 4, 1), EVENING, 3)
    assert shown([new, old, silent]) is new


@pytest.mark.rule("IDN-01")
@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("received", "orders", "wanted"),
    [
        pytest.param((MORNING, EVENING), (1, 2), 1, id="the one received last"),
        pytest.param((EVENING, MORNING), (1, 2), 0, id="the one received last, though another was stored after it"),
        pytest.param((MORNING, MORNING), (1, 2), 1, id="of one instant, the one stored last"),
    ],
)
def test_of_two_words_true_from_one_day_the_one_received_last_is_shown(
    received: tuple[datetime, datetime], orders: tuple[int, int], wanted: int
) -> None:
    said = [
        Said(value, "court-results", date(2026, 3, 1), at, order)
        for value, at, order in zip(("Exampel", "Example"), received, orders, strict=True)
    ]
    assert shown(said) is shown(reversed(said)) is said[wanted]


def word(value: str, source: str, year: int) -> Said:
    return Said(value, source, date(year, 1, 1), MORNING, year)


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        pytest.param([("Danny Ward", "rms", 2020), ("Matthew Hudson", "custody", 2026)], "Danny Ward",
                     id="what somebody called themselves in custody heads nothing while another system names them"),
        pytest.param([("Danny Ward", "rms", 2020), *[("Matthew Hudson", "custody", 2026)] * 2],
                     "Danny Ward", id="however often"),
        pytest.param([("Matthew Hudson", "custody", 2025), ("Dai Ward", "custody", 2026)], "Dai Ward",
                     id="of custody alone the newest"),
        pytest.param([("Rhys Evans", "rms", 2024), ("Rees Evans", "court-results", 2026)], "Rees Evans",
                     id="beyond custody the newest"),
        pytest.param([("Ann Lee", "rms", 2020), ("Ann Lee", "court-results", 2021), ("Ann Hill", "rms", 2026)], "Ann Hill",
                     id="a new name though more records give the old"),
        pytest.param([], None, id="none"),
    ],
)  # fmt: skip
def test_the_name_shown_is_the_newest_that_was_not_given_in_custody_in_whatever_order(
    said: list[tuple[str, str, int]], wanted: str | None
) -> None:
    words = [word(*one) for one in said]
    for told in (words, words[::-1]):
        found = shown_name(told)
        assert (found.value if found else None) == wanted


@pytest.mark.rule("IDN-01")
def test_capitals_and_spaces_make_no_other_name() -> None:
    others = {"Howard EYNON", "Howard Eynon", "HARRY EYNON", "Harry Eynon", " Eynon", "Howard  Eynon"}
    assert names_beside("Howard EYNON", others) == ("Eynon", "Harry Eynon")
    assert names_beside("Dewi Exampel", {"Dewi Example"}) == ("Dewi Example",)


def test_nothing_said_shows_nothing() -> None:
    assert shown([]) is None
    assert shown([Said("", "rms", None, MORNING, 1)]) is None


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("phone", "+44 7700 900123", "07700 900 123", True),
        ("phone", "0044 (0)7700 900123", "07700900123", True),
        ("phone", "07700 900123", "07700 900124", False),
        ("email", "A.B@Example.org", " a.b@example.org ", True),
        ("email", "a-b@example.org", "a.b@example.org", False),
        ("address", "1 Heol y Bont,\nLlanelli", "1  heol y bont Llanelli", True),
        ("address", "1 Heol y Bont", "11 Heol y Bont", False),
    ],
)
def test_contacts_are_found_however_they_are_written(kind: str, one: str, other: str, same: bool) -> None:
    assert (searched_by(kind, one) == searched_by(kind, other)) is same


def test_a_word_does_not_print_what_it_says() -> None:
    assert "Example" not in repr(Said("Rhys Example", "rms", date(2024, 1, 1), MORNING, 1))


@pytest.mark.parametrize(("number", "digits"), [("07700 900123", "07700900123"), ("+447700900123", "07700900123")])
def test_a_telephone_number_is_compared_by_its_digits(number: str, digits: str) -> None:
    assert searched_by("phone", number) == digits
