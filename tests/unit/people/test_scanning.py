"""What of a protected contact is found in a text that is to leave, however it is written there (VIC-09)."""

import pytest

from craffu.people.scanning import kinds_found

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


def test_what_is_too_short_to_tell_anybody_is_not_looked_for_and_each_counts_once() -> None:
    assert kinds_found("12 and 1a", [("phone", "12"), ("address", "1a"), ("safe_word", "!")]) == {}
    assert kinds_found("07700 900123, 07700 900124", [("phone", "07700900123"), *HERS, ("phone", "07700900124")]) == {
        "phone": 3
    }
