"""A town is found by its Welsh and its English name, changed, shortened or one letter off (BIL-04)."""

import pytest

from craffu.cases.places import places_named

pytestmark = pytest.mark.rule("BIL-04")


@pytest.mark.parametrize(
    ("asked", "english"),
    [
        ("carmarthen", "Carmarthen"),
        ("caerfyrddin", "Carmarthen"),
        ("gaerfyrddin", "Carmarthen"),
        ("llanelli", "Llanelli"),
        ("lanelli", "Llanelli"),
        ("drenewydd", "Newtown"),
        ("y drenewydd", "Newtown"),
        ("haverf", "Haverfordwest"),
    ],
)
def test_a_town_is_found_by_either_name(asked: str, english: str) -> None:
    assert english in [names[0] for names in places_named(asked)]


@pytest.mark.parametrize("asked", ["", "dafydd", "ab", "jones"])
def test_what_is_no_town_finds_none(asked: str) -> None:
    assert places_named(asked) == []
