"""How records are read before they are compared: names, dates, places and numbers, and what stands for nothing (X12)."""

from collections.abc import Mapping

import pytest

from craffu.linkage.standard.dates import Born, born, without_first_of_january
from craffu.linkage.standard.identifiers import identifier_of, phone_of, sex_of
from craffu.linkage.standard.names import heard, keys_of, keys_of_family, name_of
from craffu.linkage.standard.places import address_of, district_of, place_of, postcode_of
from craffu.linkage.standard.tables import homes_are_shared, read_rows, standardised


@pytest.mark.parametrize(
    ("said", "given", "family"),
    [
        (("John Paul", "Smith", ""), "john paul", "smith"),
        (("Dr. Siân", "ap Rhys", ""), "sian", "rhys"),
        (("Bill", "O'Brien-Jones", ""), "bill", "obrien jones"),
        (("Mary", "Mac Donald", ""), "mary", "macdonald"),
        (("Ahmed", "Al-Hassan", ""), "ahmed", "hassan"),
        (("Łukasz", "Wójcik", ""), "lukasz", "wojcik"),
        (("", "", "Sir Thomas Clifford, 1st Baron Clifford of Chudleigh"), "thomas", "clifford"),
        (("", "", "Smith, John Paul"), "john paul", "smith"),
        (("", "", "Ludwig van Beethoven"), "ludwig", "beethoven"),
        (("", "", "Cher"), "", "cher"),
        (("unknown", "Jones", ""), "", "jones"),
        (("Major", "Jones", ""), "major", "jones"),
        (("Sir", "Baronet", ""), "", ""),
        # a title before a given name begins no style; a rank behind a name does
        (("", "", "Smith, Mr John Jr"), "john", "smith"),
        (("", "", "Thomas Ash, Baron Kent"), "thomas", "ash"),
        (("", "", "Jane Smith, Lady Ash"), "jane", "smith"),
        (("", "", "Ash, Lady Jane"), "jane", "ash"),
        (("", "", "John Smith, MP"), "john", "smith"),
        (("", "", "the Earl of Devon"), "", "devon"),
        (("", "", "Ann Lee (née Hill)"), "ann", "lee"),
        (("", "", "Joe Ash alias Dean Sharp"), "joe", "ash"),
        (("", "", ""), "", ""),
        # the parts are believed before the whole
        (("Tom", "Smith", "Thomas Smythe"), "tom", "smith"),
        (("John", "Smith Jr", ""), "john", "smith"),
        # and the whole says what they do not
        (("Sir", "Baronet", "Sir John Paul Smith, 1st Baronet"), "john paul", "smith"),
        (("John", "Smith", "Smith, John Paul"), "john paul", "smith"),
        (("", "Smith", "John Smith"), "john", "smith"),
    ],
)
def test_a_name_is_what_somebody_is_called(said: tuple[str, str, str], given: str, family: str) -> None:
    found = name_of(*said)
    assert (" ".join(found.given), " ".join(found.family)) == (given, family)
    assert "john" not in repr(found)


@pytest.mark.parametrize(
    ("said", "styled"),
    [
        (("", "", "Thomas Clifford, 1st Baron Clifford of Chudleigh"), ("chudleigh",)),
        (("Thomas", "Chudleigh", "Thomas Clifford, 1st Baron Clifford of Chudleigh"), ("clifford",)),
        (("", "", "Ann Lee (née Hill)"), ("hill",)),
        (("", "", "John Smith, MP for Leeds"), ("leeds",)),
        (("John", "Smith", ""), ()),
    ],
)
def test_what_somebody_is_styled_by_is_kept_beside_the_name(
    said: tuple[str, str, str], styled: tuple[str, ...]
) -> None:
    assert name_of(*said).styled == styled


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [("bill", "william", True), ("dafydd", "david", True), ("bill", "will", True), ("bill", "david", False)],
)
def test_names_that_stand_for_each_other_meet(one: str, other: str, meet: bool) -> None:
    assert bool(set(keys_of((one,))) & set(keys_of((other,)))) is meet


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("Tony", "ab Ifan", ""), ("Anthony", "Bevan", ""), True),
        (("", "", "Tony ab Ifan"), ("", "", "Bevan, Anthony"), True),
        (("Rhys", "", "Rhys ap Hywel"), ("Rhys", "Powell", ""), True),
        (("Rhys", "ap Hywel Prosser", ""), ("Rhys", "Prosser", ""), True),
        (("Tony", "Ifan", ""), ("Anthony", "Bevan", ""), False),
        (("Rhys", "ap", ""), ("Rhys", "Price", ""), False),
    ],
)
def test_whose_child_somebody_is_stands_for_the_name_made_of_it(
    one: tuple[str, str, str], other: tuple[str, str, str], meet: bool
) -> None:
    assert bool({*keys_of_family(name_of(*one))} & {*keys_of_family(name_of(*other))}) == meet


def test_names_that_sound_alike_are_heard_alike() -> None:
    assert heard("mohammed") == heard("muhammad")
    assert heard("иван") == "иван"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1960-06-03", (1960, 6, 3)),
        ("19600603", (1960, 6, 3)),
        ("3/6/1960", (1960, 6, 3)),
        ("3/6/60", (1960, 6, 3)),
        ("3-Jun-09", (2009, 6, 3)),
        ("June 3, 1960", (1960, 6, 3)),
        ("3rd of June 1960", (0, 0, 0)),
        ("3rd June 1960", (1960, 6, 3)),
        ("03.06.1960", (1960, 6, 3)),
        ("3 June 1960", (1960, 6, 3)),
        ("3 Mehefin 1960", (1960, 6, 3)),
        ("1960-06-03T00:00:00", (1960, 6, 3)),
        ("1960", (1960, 0, 0)),
        ("1884.0", (1884, 0, 0)),
        ("abt 1884", (1884, 0, 0)),
        ("1960-06", (1960, 6, 0)),
        ("06/1960", (1960, 6, 0)),
        ("June 1960", (1960, 6, 0)),
        ("--06-01", (0, 6, 1)),
        # what no calendar has is a slip: its figures are compared
        ("1959-02-31", (1959, 2, 31)),
        # month first
        ("1984-13-02", (1984, 2, 13)),
        # what is written where a date had to be
        ("1900-01-01", (0, 0, 0)),
        ("9999-12-31", (0, 0, 0)),
        ("unknown", (0, 0, 0)),
        ("3 Smarch 1960", (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_a_date_of_birth_is_read_whole_or_in_part(text: str, found: tuple[int, int, int]) -> None:
    assert born(text) == Born(*found)


def test_a_date_of_birth_may_stand_in_three_columns() -> None:
    assert born("", "3", "6", "1960") == born("", "3.0", "Jun", "1960.0") == Born(1960, 6, 3)
    assert born("", "3", "", "1960") == Born(1960, 0, 3)
    assert born("1961", "3", "6", "1960") == Born(1961)
    assert "1960" not in repr(born("1960"))


def test_a_date_turned_and_counted() -> None:
    assert (Born(1960, 6, 3).whole, Born(1960, 6, 3).turned) == ("19600603", "19600306")
    assert (Born(1960, 6, 6).turned, Born(1960, 6).whole) == (None, None)
    assert Born(1959, 2, 31).days is None
    assert Born(1960, 6, 3).days == Born(1960, 6, 2).days + 1  # type: ignore[operator]
    assert without_first_of_january(Born(1960, 1, 1)) == Born(1960)
    assert without_first_of_january(Born(1960, 1, 2)) == Born(1960, 1, 2)


@pytest.mark.parametrize(
    ("text", "number", "street"),
    [
        ("10 Mill Rd", "10", "mill road"),
        ("Flat 2, 10 Mill Road", "2 10", "mill road"),
        ("10 Mill Road, Flat 2", "2 10", "mill road"),
        ("10 Mill Road, Flat 10", "10 10", "mill road"),
        ("Mill Road", None, "mill road"),
        ("NFA", None, None),
        ("", None, None),
    ],
)
def test_an_address_is_a_number_and_a_street(text: str, number: str | None, street: str | None) -> None:
    found = address_of(text)
    assert (found.number, found.street) == (number, street)


def test_postcodes_places_sexes_and_numbers() -> None:
    assert [postcode_of(text) for text in ("sa1 2aa", "SA12AA", "0000", "", "ZZ99 3VZ", "2913")] == [
        "SA12AA", "SA12AA", None, None, None, "2913",
    ]  # fmt: skip
    assert [district_of(code) for code in ("SA12AA", "2913", None)] == ["SA1", "291", None]
    assert [place_of(text) for text in ("Tŷ Ddewi", "unknown")] == ["st davids", None]
    assert [sex_of(text) for text in ("M", "Female", "gwryw", "1.0", "X", "")] == ["m", "f", "m", "m", None, None]
    assert [identifier_of(text) for text in ("96/12345A", "1996/0012345A", "06/12 345 A")] == [
        "19960012345A", "19960012345A", "0612345A",
    ]  # fmt: skip
    for nothing in ("2000/0000000Z", "0000000", "999999", "unknown", "N/A", "123456789", ""):
        assert identifier_of(nothing) is None


def test_what_far_too_many_records_say_is_said_by_none() -> None:
    people = [{"family_name": f"n{at}", "identifier": "AB1234", "date_of_birth": "1980-01-01"} for at in range(60)]
    rows = standardised([*people, {"identifier": "XY9876", "date_of_birth": "1980-03-04"}])
    assert {row["identifier"] for row in rows[:-1]} == {None}
    assert (rows[-1]["identifier"], rows[-1]["born"]) == ("XY9876", "19800304")
    assert {(row["born"], row["born_year"]) for row in rows[:-1]} == {(None, "1980")}


def test_columns_are_the_same_for_every_record() -> None:
    empty, whole = standardised([{}, {"full_name": "Ann Lee", "sex": "f", "job": "Nurse"}], ["job"])
    assert empty.keys() == whole.keys()
    assert set(empty.values()) == {None}
    assert (whole["given"], whole["family"], whole["sex"], whole["other_0"]) == ("ann", "lee", "f", "nurse")


def _at_home(*people: tuple[str, str]) -> list[Mapping[str, str]]:
    return [
        {"given_name": name, "date_of_birth": day, "address": "1 Mill Road", "postcode": "SA1 2AA"}
        for name, day in people
    ]


@pytest.mark.parametrize(
    ("people", "shared"),
    [
        ([("Ann", "1980-01-02"), ("Tom", "1982-03-04")], True),
        ([("Ann", "1980-01-02"), ("Tom", "1980-01-02")], False),
        ([("Ann", "1980-01-02"), ("Ann", "1982-03-04")], False),
        ([], False),
    ],
)
def test_whether_homes_are_shared_is_seen_in_the_table(people: list[tuple[str, str]], shared: bool) -> None:
    assert homes_are_shared(read_rows(_at_home(*people))[0]) is shared


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("07700900123", "700900123"), ("+44 7700 900123", "700900123"), ("0044 (0)7700-900.123", "700900123"),
        ("0470/12.34.56", "470123456"), ("+32 470 123456", "470123456"), ("900123", "900123"), (" 700 900 ", "700900"),
        # too few figures, a word, and the token that stands for a number
        ("12345", "12345"), ("ex-directory", "ex directory"), ("3f0a" * 8, "3f0a" * 8), ("1234" * 8, "1234" * 8),
        ("", None), ("+", None), ("------", None),
    ],
)  # fmt: skip
def test_a_telephone_number_is_one_however_it_is_written(text: str, found: str | None) -> None:
    assert phone_of(text) == found
