"""A mapping file says what another system calls our columns; a wrong one is refused with one line that says what is wrong."""

from pathlib import Path

import pytest

from craffu import intake
from craffu.intake.records.layout import KINDS, layout_of
from craffu.intake.records.mapping import MappingRefused, mapping_lines, own_layout, read_mapping
from craffu.intake.tables.values import DayOrder

SHIPPED = Path(intake.__file__).parent / "mappings"
SMALL = """
kind = "rms"
[persons.columns]
person_ref = "Nominal"
surname = "Name"
sex = "Gender"
updated_at = "Changed"
[persons.values.sex]
Male = "M"
"""


@pytest.mark.parametrize("name", ["nominals.toml", "investigations.toml"])
def test_the_shipped_mappings_map_every_table_of_the_layout(name: str) -> None:
    mapped = read_mapping("rms", (SHIPPED / name).read_bytes())
    assert set(mapped.tables) == set(layout_of("rms").tables)
    assert mapped.about


@pytest.mark.rule("INT-02")
def test_the_version_of_a_mapping_changes_with_every_letter_of_it_and_fits_where_it_is_stored() -> None:
    one, other = (read_mapping("rms", words.encode()).version for words in (SMALL, SMALL.replace("Name", "Surname")))
    assert one != other
    assert one.startswith(f"{layout_of('rms').version}+")
    assert len(one) <= 20


def test_what_a_mapping_declares_is_read() -> None:
    words = 'date_order = "month_first"\nencoding = "cp1252"\ndelimiter = "tab"\n' + SMALL.lstrip()
    mapped = read_mapping("rms", words.encode())
    assert (mapped.order, mapped.encoding, mapped.delimiter) == (DayOrder.MONTH_FIRST, "windows-1252", "\t")


@pytest.mark.parametrize("kind", KINDS)
def test_a_layout_is_a_mapping_of_its_own_and_its_lines_name_every_column(kind: str) -> None:
    lines = mapping_lines(own_layout(kind))
    named = {(line.table, line.column) for line in lines}
    assert named == {(name, column) for name, table in layout_of(kind).tables.items() for column in table.names}
    assert all(line.theirs == line.column for line in lines)


def test_the_lines_of_a_mapping_show_names_words_and_constants() -> None:
    mapped = read_mapping("rms", (SHIPPED / "nominals.toml").read_bytes())
    lines = {(line.table, line.column): line for line in mapping_lines(mapped)}
    assert lines["persons", "forenames"].theirs == "Forename 1 + Forename 2"
    assert ("male", "M") in lines["persons", "sex"].values
    assert lines["crimes", "recorded_as"].constant == "crime"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("kind", "not TOML"),
        ('kind = "custody"', "for custody, not for rms"),
        ("[persons.columns]", "for None, not for rms"),
        ('kind = "rms"', "maps no table"),
        ('kind = "rms"\n[people.columns]\na = "b"', "names people, which is no table of rms"),
        ('kind = "rms"\npersons = 3', "persons in this mapping must be a table"),
        ('kind = "rms"\n[persons.colums]\na = "b"', "persons.colums in this mapping is not known"),
        (SMALL.replace('surname = "Name"', 'nickname = "Name"'), "names nickname, which is no column of persons"),
        (
            SMALL.replace('surname = "Name"', "surname = 7"),
            "persons.columns.surname in this mapping must name one column",
        ),
        (
            SMALL.replace('surname = "Name"', "surname = []"),
            "persons.columns.surname in this mapping must name one column",
        ),
        (SMALL.replace('surname = "Name"\n', ""), "no column for persons.surname, which every row must have"),
        (SMALL.replace('Male = "M"', 'Male = "Man"'), "gives persons.sex the value 'Man'. It can be M, F, X, U"),
        (SMALL.replace('Male = "M"', "Male = 1"), "persons.values.sex in this mapping must be text"),
        (SMALL + 'MALE = "F"\n', "gives 'MALE' two meanings in persons.sex"),
        (
            SMALL.replace('person_ref = "Nominal"\n', "") + '[persons.constants]\nperson_ref = "X"\n',
            "several rows one persons.person_ref",
        ),
        (SMALL + '[persons.values.person_ref]\n"" = "X"\n', "several rows one persons.person_ref"),
        (SMALL + '[persons.values.language]\neng = "en"\n', "words for persons.language and no column"),
        (SMALL + '[persons.constants]\nsex = "M"\n', "persons.sex both a column and a constant"),
        (SMALL + '[persons.constants]\nlanguage = "fr"\n', "gives persons.language the value 'fr'"),
        (SMALL + "[persons.constants]\nlanguage = 3\n", "persons.constants.language in this mapping must be text"),
        ('date_order = "us"' + SMALL, "date_order in this mapping is 'us'. It can be day_first, month_first"),
        ('encoding = "rot13"' + SMALL, "encoding in this mapping is 'rot13'. It can be utf-8"),
        ('delimiter = "x"' + SMALL, "delimiter in this mapping is 'x'. It can be comma"),
        ("encoding = 3" + SMALL, "encoding in this mapping must be text"),
        ("#" * 300_000, "far larger than any mapping"),
    ],
)
@pytest.mark.rule("INT-03")
def test_a_wrong_mapping_is_refused_with_one_line(words: str, said: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        read_mapping("rms", words.encode())
    assert said in refused.value.message
    assert "\n" not in refused.value.message


def test_a_part_of_a_key_that_is_no_reference_may_be_the_same_for_every_row() -> None:
    words = """kind = "rms"
[involvements.columns]
crime_ref = "Occurrence"
person_ref = "Nominal"
updated_at = "Changed"
[involvements.constants]
role = "suspect"
[involvements.values.person_ref]
"N.K." = ""
"""
    mapped = read_mapping("rms", words.encode())
    assert mapped.tables["involvements"].constants == {"role": "suspect"}


def test_a_mapping_that_is_no_text_is_refused() -> None:
    with pytest.raises(MappingRefused, match="not UTF-8"):
        read_mapping("rms", b"\xff\xfe\x00k")
