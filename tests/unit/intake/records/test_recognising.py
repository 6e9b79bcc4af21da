"""A file is known by its header alone; one that fits no table, or names a column twice, is refused with what is wrong."""

import pytest

from craffu.intake.records.layout import KINDS, layout_of
from craffu.intake.records.mapping import own_layout, read_mapping
from craffu.intake.records.recognise import recognise
from craffu.intake.refused import REFUSALS, Unfit

TABLES = [(kind, name) for kind in KINDS for name in layout_of(kind).tables]


@pytest.mark.parametrize(("kind", "name"), TABLES)
def test_each_table_is_known_by_its_own_header_in_any_order_and_spelling(kind: str, name: str) -> None:
    columns = layout_of(kind).tables[name].names
    found = recognise([column.upper() + " " for column in reversed(columns)], own_layout(kind))
    assert found.table.name == name
    assert found.places[columns[0]] == (len(columns) - 1,)


@pytest.mark.parametrize(("kind", "name"), TABLES)
def test_each_table_is_known_by_the_columns_it_must_have(kind: str, name: str) -> None:
    assert recognise(layout_of(kind).tables[name].required, own_layout(kind)).table.name == name


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("header", "code", "said"),
    [
        (["person_ref", "surname"], "column_missing", "updated_at"),
        (["person_ref", "surname", "updated_at", "Surname"], "column_twice", "surname"),
        (["a", "b"], "table_unknown", "persons, crimes"),
        ([], "table_unknown", "persons"),
    ],
)
def test_a_header_that_fits_nothing_is_refused_with_one_line(header: list[str], code: str, said: str) -> None:
    with pytest.raises(Unfit) as unfit:
        recognise(header, own_layout("rms"))
    refused = unfit.value.refused("x.csv")
    assert refused.code == code
    assert said in refused.message
    assert code in REFUSALS


def test_two_tables_that_fit_equally_well_are_refused() -> None:
    words = b"""
kind = "surveys"
[invitations.columns]
invitation_ref = "a"
crime_ref = "b"
person_ref = "b"
stage = "b"
sent_on = "c"
channel = "b"
updated_at = "d"
[answers.columns]
invitation_ref = "a"
answered_on = "b"
language = "c"
felt_safe = "d"
kept_informed = "d"
may_be_linked = "d"
updated_at = "d"
"""
    with pytest.raises(Unfit) as unfit:
        recognise(["a", "b", "c", "d"], read_mapping("surveys", words))
    assert unfit.value.code == "tables_alike"


def test_columns_that_the_layout_does_not_have_are_counted_and_a_mapping_needs_every_column_that_it_names() -> None:
    found = recognise(["person_ref", "surname", "updated_at", "shoe size", "hat"], own_layout("rms"))
    assert found.not_read == 2
    words = b'kind = "rms"\n[persons.columns]\nperson_ref = "No"\nsurname = "Name"\nsex = "Gender"\nupdated_at = "At"\n'
    with pytest.raises(Unfit) as unfit:
        recognise(["No", "Name", "At"], read_mapping("rms", words))
    assert "Gender" in unfit.value.refused("x").message
