"""The errors in the records: made as often as documented, told one by one, and nowhere else."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.config.generate.chance import Chance
from craffu.config.generate.days import number, written
from craffu.config.generate.people import People, people_of
from craffu.config.generate.records import (
    BREAK_THE_LAYOUT,
    ERRORS,
    Described,
    Tally,
    describe,
    plain_letters,
    typed_wrong,
)
from craffu.config.generate.tables import rate, weights, words
from craffu.config.generate.writing import in_windows_1252

FIRST, LAST = number(date(2016, 9, 1)), number(date(2026, 9, 30))
TWICE = 60_000


@pytest.fixture(scope="module")
def people() -> People:
    return people_of(Chance(5, "records"), TWICE, 0, FIRST, LAST)


@pytest.fixture(scope="module")
def tallies(people: People) -> dict[str, Tally]:
    """The errors in two records of everybody, by system."""
    made = {system: Tally() for system in weights("care")}
    for system, tally in made.items():
        for turn in range(2):
            described(people, system, tally, turn)
    return made


@pytest.fixture(scope="module")
def said(people: People) -> Described:
    return described(people, "police", Tally(), 0)


def described(people: People, system: str, tally: Tally, turn: int) -> Described:
    who = people.everybody
    days = FIRST + (who * 37 + turn * 1_009) % (LAST - FIRST)
    return describe(people, who, days, system, who + turn * TWICE, tally)


@pytest.mark.deep
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_made_at_its_documented_rate_times_the_care_of_the_system(
    tallies: dict[str, Tally], error: str
) -> None:
    for system, care in weights("care").items():
        could, made = tallies[system].could.get(error, 0), tallies[system].made.get(error, 0)
        if system == "court-results" and error in (*BREAK_THE_LAYOUT, "born_year_only", "born_year_and_month"):
            assert made == 0
            continue
        share = min(1.0, rate(f"errors.{error}") * care)
        assert could > 500
        assert abs(made - share * could) <= 5 * (could * share * (1 - share)) ** 0.5 + 1


def told(said: Described, *errors: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Where any of some errors is told."""
    return np.asarray([bool(set(errors) & set(one.split(";"))) for one in said.errors])


def test_a_birth_date_without_an_error_told_is_the_true_one(people: People, said: Described) -> None:
    clean = ~told(said, *(name for name in ERRORS if name.startswith("born_")))
    true = written(people.born)
    assert (said.born[clean] == true[clean]).all()
    assert (said.born[~clean] != true[~clean]).all()


def test_a_surname_without_an_error_told_is_the_true_one(people: People, said: Described) -> None:
    errors = ("surname_typed_wrong", "surname_missing", "under_alias", "former_surname", "other_language_form", "accent_lost",
              "mark_lost", "half_of_double", "names_swapped", "family_name_first", "another_spelling")  # fmt: skip
    clean = ~told(said, *errors)
    days = FIRST + people.everybody * 37 % (LAST - FIRST)
    assert (said.surname[clean] == people.surnames(people.everybody, days)[clean]).all()
    assert clean.mean() > 0.8


def test_forenames_without_an_error_told_are_the_true_ones(people: People, said: Described) -> None:
    errors = ("forename_typed_wrong", "forename_missing", "under_alias", "nickname", "other_language_form", "accent_lost",
              "names_swapped", "family_name_first", "another_spelling", "second_forename_left_out",
              "forenames_exchanged")  # fmt: skip
    clean = ~told(said, *errors)
    assert (said.forenames[clean] == people.forenames(people.everybody)[clean]).all()
    assert (said.forenames[told(said, "forename_missing")] == "").all()
    swapped = told(said, "names_swapped", "family_name_first")
    assert (said.forenames[swapped] != people.forenames(people.everybody)[swapped]).all()


def test_what_is_missing_is_empty_and_what_is_empty_is_told(said: Described) -> None:
    for column, error in (
        (said.title, "title_missing"), (said.sex, "sex_missing"), (said.telephone, "telephone_missing"),
        (said.email, "email_missing"), (said.surname, "surname_missing"), (said.born, "born_missing"),
        (said.address, "address_missing"),
    ):  # fmt: skip
        assert ((column == "") == told(said, error)).all()


def test_only_what_breaks_the_layout_is_said_to(said: Described) -> None:
    assert (said.breaks == told(said, *BREAK_THE_LAYOUT)).all()
    assert 0 < said.breaks.sum() < len(said.breaks) / 300


@given(st.text("abcdefghijklmnopqrstuvwxyzâêîôûŵŷABCÉ '-", min_size=3, max_size=20), st.integers(0, 2**64 - 1))
def test_a_slip_never_leaves_the_word_as_it_was(word: str, bits: int) -> None:
    assert typed_wrong(word, bits) != word


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Siân", "Sian"),
        ("Glyndŵr", "Glyndwr"),
        ("Llŷr", "Llyr"),
        ("Łukasz", "Lukasz"),
        ("Yıldız", "Yildiz"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_accents_can_be_lost(name: str, plain: str) -> None:
    assert plain_letters(name) == plain


def test_windows_1252_keeps_the_letters_it_has() -> None:
    assert in_windows_1252(words(["Siân", "Llŷr", "Môn", "Glyndŵr"])).tolist() == ["Siân", "Llyr", "Môn", "Glyndwr"]
