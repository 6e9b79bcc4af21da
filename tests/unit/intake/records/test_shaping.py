"""A batch of rows is told apart: good ones typed and hashed, bad ones each with the reason and the words to correct."""

import pytest

from craffu.intake.records.identifiers import identifier
from craffu.intake.records.layout import layout_of
from craffu.intake.records.mapping import Mapped, own_layout, read_mapping
from craffu.intake.records.persons import person_rows, with_homes
from craffu.intake.records.recognise import recognise
from craffu.intake.records.shape import Latest, Shaped, shape
from craffu.intake.tables.csv_rows import Record
from craffu.people.homes.reading import home_of

STREETS = ("1 Heol Fawr", "", "2 Heol Fawr", "3 Heol y Gof")
HEADER = ("person_ref", "surname", "date_of_birth", "sex", "updated_at")


def shaped(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, mapped: Mapped | None = None) -> Shaped:
    use = mapped or own_layout("rms")
    records = [Record(line, cells) for line, cells in enumerate(rows, start=2)]
    return shape(records, recognise(header, use), use.order, Latest("2024-12-31 00:00:00", "2029-12-31 00:00:00"))


@pytest.mark.rule("INT-03")
def test_one_bad_row_holds_back_no_other() -> None:
    good, bad = shaped(
        ("P1", "Jones", "1960", "M", "2024-01-01 10:00"),
        ("", "Evans", "", "F", "2024-01-01 10:00"),
        ("P3", "", "", "F", "2024-01-01 10:00"),
        ("P4", "Rees", "2024-02-30", "Q", "2024-01-01 10:00"),
        ("P5", "Lewis", "03/04/1980", "F", "2024-01-01 10:00"),
        ("P6", "Davies", "1980-04-03", "f", "2024-07-01 10:00"),
        ("P7", "cut short"),
    )
    assert list(good.keys) == ["P1", "P6"]
    assert list(good.lines) == [2, 7]
    assert list(good.said_at) == ["2024-01-01 10:00:00", "2024-07-01 09:00:00"]
    told = {row.line: (row.field, row.reason, row.parked) for row in bad}
    assert told == {
        8: ("", "columns_differ", False),
        3: ("person_ref", "missing_id", False),
        4: ("surname", "value_missing", False),
        5: ("date_of_birth", "no_such_day", False),
        6: ("date_of_birth", "date_ambiguous", True),
    }


AGREED = ("agreement_ref", "person_ref", "version_number", "agreed_on", "declined_on", "updated_at")
HAPPENED = (
    "happening_ref",
    "person_ref",
    "crime_ref",
    "kind",
    "happened_at",
    "time_known_at",
    "learnt_at",
    "updated_at",
)


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("header", "cells", "wrong"),
    [
        (AGREED, ("A1", "P1", "1", "2024-01-01", "", "2024-01-01 10:00"), None),
        (AGREED, ("A1", "P1", "1", "", "2024-01-01", "2024-01-01 10:00"), None),
        (AGREED, ("A1", "P1", "1", "2024-01-01", "2024-01-01", "2024-01-01 10:00"), ("declined_on", "one_of_several")),
        (AGREED, ("A1", "P1", "1", "", "", "2024-01-01 10:00"), ("declined_on", "one_of_several")),
        (AGREED, ("A1", "P1", "1", "30 February 2024", "", "2024-01-01 10:00"), ("agreed_on", "no_such_day")),
        (HAPPENED, ("H1", "P1", "C1", "arrest", "2024-01-01 09:00", "", "2024-01-01 10:00", "2024-01-01 10:00"), None),
        (
            HAPPENED,
            (
                "H1",
                "P1",
                "C1",
                "arrest",
                "2024-01-01 09:00",
                "2024-01-01 09:00",
                "2024-01-01 10:00",
                "2024-01-01 10:00",
            ),
            None,
        ),
        (
            HAPPENED,
            (
                "H1",
                "P1",
                "C1",
                "arrest",
                "2024-01-01 09:00",
                "2024-01-01 09:01",
                "2024-01-01 10:00",
                "2024-01-01 10:00",
            ),
            ("happened_at", "out_of_order"),
        ),
    ],
)
def test_columns_that_are_right_alone_may_not_stand_together(
    header: tuple[str, ...], cells: tuple[str, ...], wrong: tuple[str, str] | None
) -> None:
    told = shaped(cells, header=header, mapped=own_layout("witness-care"))
    assert [(row.field, row.reason) for row in told.bad] == ([] if wrong is None else [wrong])


@pytest.mark.rule("INT-01")
def test_a_row_changed_after_today_is_told_of_and_one_changed_far_in_the_future_is_held_back() -> None:
    good, bad = shaped(
        ("P1", "Jones", "", "M", "2024-12-31 00:00"),
        ("P2", "Jones", "", "M", "2024-12-31 00:01"),
        ("P3", "Jones", "", "M", "2029-12-31 00:00"),
        ("P4", "Jones", "", "M", "2029-12-31 00:01"),
        ("P5", "Jones", "", "M", "yesterday"),
    )
    assert list(good.keys) == ["P1", "P2", "P3"]
    assert good.doubts == {1: ("ahead_of_our_clock",), 2: ("ahead_of_our_clock",)}
    assert [(row.field, row.reason) for row in bad] == [
        ("updated_at", "in_the_future"),
        ("updated_at", "date_unreadable"),
    ]


def test_a_held_row_keeps_what_was_sent_where_it_is_wrong_and_what_it_means_elsewhere() -> None:
    _, (row,) = shaped(("P4", " Rees ", "2024-02-30", "f", "2024-07-01 10:00"))
    said = dict(zip(layout_of("rms").tables["persons"].names, row.cells, strict=True))
    assert said["date_of_birth"] == "2024-02-30"
    assert (said["surname"], said["sex"], said["updated_at"]) == ("Rees", "F", "2024-07-01 09:00:00Z")
    assert row.shape == "9×4 #×1 9×2 #×1 9×2"


@pytest.mark.rule("INT-01")
def test_rows_that_say_the_same_in_another_spelling_have_one_digest_and_a_later_time_is_another_version() -> None:
    one, other, later = shaped(
        ("P1", "Jones", "31/01/1960", "m", "2024-07-01 10:00"),
        (" P1", "Jones ", "1960-01-31", "M", "2024-07-01T09:00:00Z"),
        ("P1", "Jones", "1960-01-31", "M", "2024-07-02 10:00"),
    ).good.contents
    assert one == other != later


def test_a_file_read_through_a_mapping_says_what_our_own_layout_says() -> None:
    words = b"""
kind = "rms"
date_order = "day_first"
[persons.columns]
person_ref = "No"
forenames = ["First", "Middle"]
surname = "Last"
date_of_birth = "DOB"
sex = "Gender"
address = ["House", "Street"]
telephone = ["Mobile", "Home"]
updated_at = "Changed"
[persons.values.sex]
Male = "M"
[persons.values.date_of_birth]
"N/K" = ""
[persons.constants]
language = "cy"
"""
    theirs = shaped(
        ("1", "Sian", "", "Rees", "03/04/1980", " male ", "3", "Heol Fawr", "1", "2", "01/07/2024 10:00"),
        ("2", "A", "B", "C", "n/k", "MALE", "", "", "", "", "01/07/2024 10:00"),
        header=("No", "First", "Middle", "Last", "DOB", "Gender", "House", "Street", "Mobile", "Home", "Changed"),
        mapped=read_mapping("rms", words),
    ).good
    header = (*HEADER, "forenames", "address", "telephone", "language")
    ours = shaped(
        ("1", "Rees", "1980-04-03", "M", "2024-07-01 10:00", "Sian", "3, Heol Fawr", "1;2", "cy"),
        ("2", "C", "", "M", "2024-07-01 10:00", "A B", "", "", "cy"),
        header=header,
    ).good
    assert list(theirs.contents) == list(ours.contents)


def test_a_person_is_described_by_names_numbers_and_contacts() -> None:
    header = (
        "person_ref", "forenames", "surname", "aliases", "pnc_id", "cro_number", "address", "town", "postcode", "telephone",
        "email", "updated_at",
    )  # fmt: skip
    good = shaped(
        (
            "P1", "Sian Mair", "Rees", "Sian|Evans;Shani", "85/123a", "x", "3 Heol Fawr", "Glan Afon", "SA1 1AA",
            "07700 900123;01234 567890", "s@example.org", "2024-07-01 00:30",
        ),
        header=header,
    ).good  # fmt: skip
    (row,) = person_rows(layout_of("rms").tables["persons"], good)
    assert row.true_from == "2024-07-01"
    assert row.aliases == (("Sian", "Evans"), ("", "Shani"))
    assert [number for number in row.identifiers if number] == [
        ("pnc", "85/123a", "1985/0000123A", "valid"),
        ("cro", "x", "X", "dummy"),
    ]
    assert row.contacts == (
        ("address", "3 Heol Fawr\nGlan Afon\nSA1 1AA"),
        ("phone", "07700 900123"),
        ("phone", "01234 567890"),
        ("email", "s@example.org"),
    )
    assert "Rees" not in repr(good)


@pytest.mark.rule("IDN-02")
def test_the_home_of_each_row_stays_with_it_whatever_is_left_of_a_batch() -> None:
    table = layout_of("rms").tables["persons"]
    good = shaped(
        *(
            (f"P{at}", "Rees", street, "SA1 1AA" if street else "", "2024-07-01 00:30")
            for at, street in enumerate(STREETS)
        ),
        header=("person_ref", "surname", "address", "postcode", "updated_at"),
    ).good
    read = with_homes(table, good)
    homes = [home_of(f"{street}\nSA1 1AA") if street else None for street in STREETS]
    assert len({home and home.by_postcode for home in homes}) == len(STREETS)
    assert [one.home for one in person_rows(table, read)] == homes
    assert [one.home for one in person_rows(table, read.only([0, 2, 3]))] == [homes[0], homes[2], homes[3]]
    assert [one.home for one in person_rows(table, read.part(1, 3))] == homes[1:3]
    assert [one.home for one in person_rows(table, good)] == [None] * len(STREETS)
    assert "SA1" not in repr(read)


@pytest.mark.parametrize(
    ("kind", "given", "normalised", "standing"),
    [
        ("pnc", "2003/0123456A", "2003/0123456A", "valid"),
        ("pnc", " 03/123456a ", "2003/0123456A", "valid"),
        ("pnc", "79/1Z", "1979/0000001Z", "valid"),
        ("pnc", "2003/0123456I", "2003/0123456I", "malformed"),
        ("pnc", "0000/0000000", "0000/0000000", "dummy"),
        ("pnc", "unknown", "UNKNOWN", "dummy"),
        ("pnc", "Null", "NULL", "dummy"),
        ("cro", "012345/99c", "12345/99C", "valid"),
        ("cro", "SF05/482703J", "SF05/482703J", "valid"),
        ("cro", "12/3456", "12/3456", "malformed"),
        ("asn", "11/01ZD/01/410791W", "11/01ZD/01/410791W", "malformed"),
        ("asn", "1101ZD0100000410791W", "1101ZD0100000410791W", "valid"),
        ("asn", "0800PP0100000000001H", "0800PP0100000000001H", "dummy"),
    ],
)
def test_a_number_is_kept_as_given_and_marked(kind: str, given: str, normalised: str, standing: str) -> None:
    assert identifier(kind, given) == (kind, given, normalised, standing)
