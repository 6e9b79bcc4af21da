"""What of a protected contact is found in a text that is to leave, however it is written there (VIC-09)."""

import pytest

from craffu.people.scanning import kinds_found, without

pytestmark = [pytest.mark.rule("VIC-09"), pytest.mark.rule("SEC-11")]

HERS = [
    ("address", "17 Heol Ddirgel\nAbertawe\nSA1 1AA"),
    ("phone", "+44 7700 900123"),
    ("email", "her@example.org"),
    ("safe_word", "Robin"),
    ("school", "Ysgol y Bryn"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She lives at 17, HEOL DDIRGEL in town", {"address": 1}),
        ("Post to SA11AA", {"address": 1}),
        ("Post to sa1 1aa, call 07700-900123", {"address": 1, "phone": 1}),
        ("Call (0044) 7700 900 123", {"phone": 1}),
        ("Call 07700/900_123 or 07700\u2011900\u2013123", {"phone": 1}),
        ("Call \uff10\uff17\uff17\uff10\uff10 900\u200b123", {"phone": 1}),
        ("At 17 He\u00adol Ddir-\ngel", {"address": 1}),
        ("mailto:her@example.org", {"email": 1}),
        ("Write to Her@Example.org.", {"email": 1}),
        ("He said robin, and went", {"safe_word": 1}),
        ("He said robins", {}),
        ("Seen in Abertawe, at 17 Heol y Bont", {}),
        ("near YSGOL Y BRYN", {"school": 1}),
        ("", {}),
    ],
)
def test_what_stands_in_a_text(text: str, found: dict[str, int]) -> None:
    assert kinds_found(text, HERS) == found


@pytest.mark.parametrize(
    ("text", "value", "is_found"),
    [
        ("not to go to 4 Ferryman's Street, Abertawe", "4 FERRYMANS ST, Swansea", True),
        ("not to go to 4 Ferrymans St.", "4 Ferryman's Street\nSwansea", True),
        ("not to go to 4 St Davids Rd", "4 St Davids Road\nSwansea", True),
        ("not to go to 4 Ferrymans Sq", "4 Ferrymans Street", False),
        ("not to go to 4 Ferrymans", "4 Ferrymans Street", False),
    ],
)
def test_a_street_is_found_whether_its_kind_is_written_short_or_not(text: str, value: str, *, is_found: bool) -> None:
    assert kinds_found(text, [("address", value)]) == ({"address": 1} if is_found else {})
    assert (without(text, [("address", value)], "…") == text) is not is_found


def test_what_is_too_short_to_tell_anybody_is_not_looked_for_and_each_counts_once() -> None:
    assert kinds_found("12 and 1a", [("phone", "12"), ("address", "1a"), ("safe_word", "!")]) == {}
    assert kinds_found("07700 900123, 07700 900124", [("phone", "07700900123"), *HERS, ("phone", "07700900124")]) == {
        "phone": 3
    }


@pytest.mark.parametrize(
    ("text", "kind", "value", "is_found"),
    [
        ("flat 1abcd", "address", "1 abcd", True),
        ("postcode sa999zz", "postcode", "SA99 9ZZ", True),
        ("postcode sa99", "postcode", "SA99 9ZZ", False),
        ("flat 1abc", "address", "1 abc", False),
        ("ring 12345", "phone", "12345", True),
        ("ring 1234", "phone", "1234", False),
        ("ring 700 900123", "phone", "07700 900123", True),
        ("ring 00 900123", "phone", "07700 900123", False),
    ],
)
def test_from_five_signs_on_and_of_a_number_its_last_nine(text: str, kind: str, value: str, *, is_found: bool) -> None:
    assert bool(kinds_found(text, [(kind, value)])) == is_found


@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("He rang her from a new number.", "He rang her from a new number."),
        ("He was at 17 Heol Ddirgel, then rang.", "He was at [-] then rang."),
        ("Seen near SA1 1AA twice, in SA1 1AA", "Seen near [-] twice, in [-]"),
        ("He called 07700-900123 and\n wrote to her@example.org", "He called [-] and\n wrote to [-]"),
        ("(0044) 7700 900 123", "(0044) [-]"),
        ("", ""),
    ],
)
def test_of_a_text_all_is_left_but_where_she_is_reached(text: str, left: str) -> None:
    assert without(text, HERS, "[-]") == left


@pytest.mark.rule("SEC-06")
def test_an_address_longer_than_anybody_writes_takes_the_text_along() -> None:
    long = " ".join(f"ty{number}" for number in range(20))
    assert without(f"At {long} today", [("address", long)], "[-]") == "[-]"
