"""A census says an age where a register says a birthday: it stands for a year of birth, where no date is said."""

from datetime import date
from pathlib import Path

import pytest

from craffu.linkage.evaluating.mapping import Age, mapping_of
from craffu.linkage.evaluating.tables import read_persons


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("40", "1970"),
        ("0", "2010"),
        ("40.0", "1970"),
        (" 7 ", "2003"),
        ("", ""),
        ("forty", ""),
        ("121", ""),
        ("-3", ""),
    ],
)
def test_an_age_is_the_likelier_year_of_birth(said: str, year: str) -> None:
    """On 27 March 2011 whoever was 40 was born from 28 March 1970 to 27 March 1971."""
    assert Age("AGE", date(2011, 3, 27)).year_of_birth(said) == year


@pytest.mark.rule("IDN-02")
def test_a_date_that_is_said_counts_before_an_age(tmp_path: Path) -> None:
    mapping = mapping_of(
        {"id": "id", "full_name": "name", "birth_year": "year", "age": "age", "age_on": date(2011, 3, 27)}, "m"
    )
    table = tmp_path / "persons.csv"
    table.write_text("id,name,year,age\n1,Ann Lee,,40\n2,Bo Lee,1965,40\n3,Cy Lee,,\n", encoding="utf-8")
    (read,) = read_persons([table], mapping)
    assert [one["birth_year"] for one in read.records] == ["1970", "1965", ""]


def test_what_a_column_says_counts_once() -> None:
    """A town mapped as the place and compared beside it, or named twice, once said twice as much."""
    mapping = mapping_of(
        {"id": "key", "full_name": "name", "place": "town", "other": ["job", "town", "job", "key"]}, "m"
    )
    assert mapping.others == ("job",)
