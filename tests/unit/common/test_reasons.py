"""A reason of ten characters is one, and nine with spaces around them are none."""

import pytest

from craffu.common.reasons import is_too_short


@pytest.mark.parametrize(
    ("reason", "too_short"),
    [
        ("", True),
        (" " * 30, True),
        ("x" * 9, True),
        (f"   {'x' * 9}   ", True),
        ("x" * 10, False),
        (f"  {'x' * 10}", False),
    ],
)
def test_a_reason_is_as_long_as_what_it_says(reason: str, too_short: bool) -> None:
    assert is_too_short(reason) is too_short
