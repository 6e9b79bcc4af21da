"""Numbers that systems know a person by, in the form they are compared in."""

import pytest

from craffu.people.numbers import FORMS


@pytest.mark.parametrize(
    ("kind", "said", "form"),
    [
        ("pnc", "01/123456A", "2001/0123456A"),
        ("pnc", "1999/123456A", "1999/0123456A"),
        ("pnc", "99/1I", None),
        ("cro", "012345/99C", "12345/99C"),
        ("cro", "SF99/012C", "SF99/12C"),
        ("cro", "99", None),
        ("asn", "11/01ZD/01/00000410791 W", "1101ZD0100000410791W"),
        ("asn", "1", None),
    ],
)
def test_a_number_is_compared_in_one_form(kind: str, said: str, form: str | None) -> None:
    assert FORMS[kind](said) == form
