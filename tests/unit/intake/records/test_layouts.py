"""The six layouts are whole and mean what their engine takes them for, and a layout that contradicts itself is refused."""

import pytest

from craffu.intake.records.layout import KINDS, SAID_AT, BadLayout, layout_of, read_layout

TABLE = """
kind = "rms"
version = "1"
[things]
about = "Things."
about_cy = "Pethau."
key = ["thing_ref"]
[things.columns]
thing_ref = { kind = "reference", required = true }
updated_at = { kind = "instant", required = true }
"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_layout_can_be_read_and_every_row_has_a_key_and_a_time(kind: str) -> None:
    layout = layout_of(kind)
    assert layout.kind == kind
    assert layout.tables
    for table in layout.tables.values():
        assert {*table.key, SAID_AT} <= set(table.required)
        assert table.about
        assert table.about_cy


def test_what_names_or_reaches_a_person_is_protected_wherever_it_stands() -> None:
    parts = {"address", "postcode", "phone", "email"}
    found = [
        (column.name, column.protected)
        for kind in KINDS
        for table in layout_of(kind).tables.values()
        for column in table.columns
        if column.person in parts
    ]
    assert found
    assert [name for name, protected in found if not protected] == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('key = ["thing_ref"]', 'key = ["other"]'),
        ('kind = "reference", required = true', 'kind = "reference"'),
        ('kind = "instant", required = true', 'kind = "instant"'),
        ('kind = "reference"', 'kind = "riddle"'),
        ('kind = "reference"', 'kind = "code"'),
        ('kind = "reference"', 'kind = "reference", values = ["a"]'),
        ('kind = "reference"', 'kind = "reference", person = "shoe_size"'),
        ('kind = "reference"', 'kind = "reference", colour = "red"'),
        ("updated_at =", 'a = { kind = "text", person = "pnc" }\nb = { kind = "text", person = "pnc" }\nupdated_at ='),
    ],
)
def test_a_layout_that_contradicts_itself_is_refused(good: str, bad: str) -> None:
    assert read_layout(TABLE).tables
    with pytest.raises(BadLayout):
        read_layout(TABLE.replace(good, bad))
