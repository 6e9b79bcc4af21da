"""`craffu link evaluate` on public sets and invented tables: as right as promised, and bad input is one clear line."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from craffu.config import cli
from tests.linkage.hard_tables import KINDS, HardTable, other_scripts

PUBLIC = Path(__file__).resolve().parents[4] / "shared" / "data" / "linkage"
ABSENT = "skipped: no shared data"
FEBRL = """id = "rec_id"
given_name = "given_name"
family_name = "surname"
date_of_birth = "date_of_birth"
postcode = "postcode"
address = ["street_number", "address_1"]
place = "suburb"
"""
FAKE = """id = "unique_id"
given_name = "first_name"
family_name = "surname"
date_of_birth = "dob"
place = "city"
other = ["email"]
"""

pytestmark = [pytest.mark.rule("IDN-02"), pytest.mark.slow, pytest.mark.sqlite]


def asking(folder: Path, tables: Sequence[Path], *more: str) -> list[str]:
    """The command over these tables, by the mapping in a folder."""
    return ["link", "evaluate", *map(str, tables), "--mapping", str(folder / "mapping.toml"), *more]


def evaluated(
    folder: Path, capsys: pytest.CaptureFixture[str], tables: Sequence[Path], mapping: str, *more: str
) -> Any:
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    assert cli.main(asking(folder, tables, "--json", *more)) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def with_person(path: Path, folder: Path) -> Path:
    """A FEBRL file with the person, which its key holds, in a column of its own; spaces stay as they came."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    made = folder / path.name
    with made.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*head, "person"], *([*row, row[0].split("-")[1]] for row in rows)])
    return made


@pytest.mark.deep
@pytest.mark.skipif(not PUBLIC.exists(), reason=ABSENT)
@pytest.mark.parametrize(("number", "identifier"), [
    (3, True), pytest.param(3, False, marks=pytest.mark.deep), pytest.param(1, True, marks=pytest.mark.deep),
    pytest.param(2, True, marks=pytest.mark.deep),
])  # fmt: skip
def test_febrl(tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int, *, identifier: bool) -> None:
    mapping = FEBRL + ('identifier = "soc_sec_id"\n' if identifier else "")
    found = evaluated(
        tmp_path,
        capsys,
        [with_person(PUBLIC / "febrl" / f"dataset{number}.csv", tmp_path)],
        mapping,
        "--truth",
        "person",
    )
    assert (found["records"], found["true_pairs"]) == {1: (1000, 500), 2: (5000, 1934), 3: (5000, 6538)}[number]
    assert found["precision"] >= 0.999
    assert found["f1"] >= (0.995 if identifier else 0.97)
    assert found["mixed_persons"] == 0


@pytest.mark.deep
@pytest.mark.skipif(not PUBLIC.exists(), reason=ABSENT)
def test_fake_1000_and_its_clerical_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "persons.csv"
    found = evaluated(
        tmp_path,
        capsys,
        [PUBLIC / "fake_1000" / "fake_1000.csv"],
        FAKE,
        "--truth",
        "cluster",
        "--plain",
        "--out",
        str(out),
    )
    assert found["precision"] >= 0.97
    assert found["missed_pairs"] <= 0.7 * found["plain"]["missed_pairs"]
    with out.open(encoding="utf-8", newline="") as file:
        person = {row["record"]: row["person"] for row in csv.DictReader(file)}
    assert len(person) == found["records"] == 1000
    assert len(set(person.values())) == found["persons"]
    # 3,176 pairs that clerks looked at
    with (PUBLIC / "fake_1000" / "fake_1000_labels.csv").open(encoding="utf-8", newline="") as file:
        labels = [
            (person[row["unique_id_l"]] == person[row["unique_id_r"]], float(row["clerical_match_score"]) >= 0.5)
            for row in csv.DictReader(file)
        ]
    together = [is_same for is_together, is_same in labels if is_together]
    assert len(labels) == 3176
    assert sum(together) >= 0.97 * len(together)
    assert sum(together) >= 0.75 * sum(is_same for _, is_same in labels)


def written(rows: Sequence[dict[str, str]], people: Sequence[str], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "who"])
        writer.writeheader()
        writer.writerows({**row, "who": person} for row, person in zip(rows, people, strict=True))
    return path


def files(table: HardTable, folder: Path) -> list[Path]:
    made = [written(table.rows, table.people, folder / "left.csv")]
    if table.right and table.right_people:
        made.append(written(table.right, table.right_people, folder / "right.csv"))
    return made


def toml(table: HardTable) -> str:
    return "".join(f"{name} = {json.dumps(column)}\n" for name, column in table.mapping.items())


@pytest.mark.parametrize(
    ("kind", "seed"),
    [pytest.param(kind, seed, marks=pytest.mark.deep) for kind in KINDS for seed in (12, 13)],
)
def test_tables_of_kinds_the_model_was_not_made_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, seed: int
) -> None:
    table = KINDS[kind](2_000, seed)
    found = evaluated(tmp_path, capsys, files(table, tmp_path), toml(table), "--truth", "who", "--plain")
    assert found["precision"] >= 0.97
    assert found["missed_pairs"] <= 0.7 * found["plain"]["missed_pairs"]
    again = evaluated(tmp_path, capsys, files(table, tmp_path), toml(table), "--truth", "who")
    assert {name: again[name] for name in ("model", "data", "threshold", "f1", "persons")} == {
        name: found[name] for name in ("model", "data", "threshold", "f1", "persons")
    }


FORCE = """id = "record"
given_name = "given_name"
family_name = "family_name"
date_of_birth = "date_of_birth"
sex = "sex"
address = "address"
place = "place"
postcode = "postcode"
identifier = "identifier"
aliases = "aliases"
"""


@pytest.mark.rule("IDN-05")
@pytest.mark.parametrize(
    ("people", "seed"),
    [
        pytest.param(people, seed, marks=pytest.mark.deep)
        for people, seed in ((5_000, 31), (5_000, 32), (20_000, 33), (100_000, 34))
    ],
)
def test_a_generated_force(tmp_path: Path, capsys: pytest.CaptureFixture[str], people: int, seed: int) -> None:
    """Twins, fathers and sons of one name, aliases and shared homes are in it."""
    force = tmp_path / "force"
    assert cli.main(["generate", str(force), "--people", str(people), "--seed", str(seed), "--json"]) == 0
    capsys.readouterr()
    persons = force / "truth" / "descriptions.csv"
    found = evaluated(tmp_path, capsys, [persons], FORCE, "--truth", "person", "--plain")
    assert found["precision"] >= 0.995
    assert found["missed_pairs"] <= 0.7 * found["plain"]["missed_pairs"]
    assert all(kind["precision"] is None or kind["precision"] >= 0.98 for kind in found["by_name"].values())


@pytest.mark.deep
@pytest.mark.rule("IDN-02")
def test_T42_a_sweep_of_thresholds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The higher the threshold, the fewer are missed for it and the more of what is linked is right; where it is set by itself
    enough is right, and no kind of name pays for it more than twice what all do.
    """
    force = tmp_path / "force"
    assert cli.main(["generate", str(force), "--people", "5000", "--seed", "42", "--json"]) == 0
    capsys.readouterr()
    persons = force / "truth" / "descriptions.csv"

    def at(*threshold: str) -> dict[str, Any]:
        return evaluated(tmp_path, capsys, [persons], FORCE, "--truth", "person", *threshold)

    swept = [at("--threshold", each) for each in ("0.5", "0.9", "0.99", "0.999")]
    recalls, precisions = ([one[name] for one in swept] for name in ("recall", "precision"))
    assert recalls == sorted(recalls, reverse=True)
    assert precisions == sorted(precisions)
    chosen = at()
    assert chosen["precision"] >= 0.995
    wrong = 1 - chosen["precision"]
    for kind, one in chosen["by_name"].items():
        if one["precision"] is not None and one["linked_pairs"] >= 100:
            assert 1 - one["precision"] <= max(2 * wrong, 0.005), kind


PERSONS = "id,name,who\n1,Ann Lee,a\n2,Ann Lee,a\n"
GOOD = 'id = "id"\nfull_name = "name"\n'


@pytest.mark.parametrize(
    ("persons", "mapping", "more", "says"),
    [
        (None, GOOD, (), "persons.csv is not there: name a CSV or Parquet file"),
        (PERSONS, 'id = "id', (), "mapping.toml is not TOML"),
        (PERSONS, 'full_name = "name"\n', (), 'which column is the key of a record: add id = "column"'),
        (PERSONS, 'id = "id"\n', (), "maps no part of a person"),
        (PERSONS, GOOD + 'surname = "name"\n', (), "maps surname, which nothing is called: use id, given_name"),
        (PERSONS, GOOD + 'age = "who"\n', (), "an age needs its column and the day on which people were of it"),
        (PERSONS, GOOD + 'age = "who"\nage_on = "March"\n', (), "the day on which people were of it"),
        (PERSONS, 'id = "id"\nfull_name = 3\n', (), "full_name must name a column"),
        (
            PERSONS,
            'id = "id"\nfull_name = "nom"\n',
            (),
            "persons.csv has no column nom: mend the mapping; it has id, name, who",
        ),
        (PERSONS, 'id = "name"\nfull_name = "name"\n', (), "the key name has Ann Lee twice"),
        ("id,name,who\n", GOOD, (), "persons.csv has no rows"),
        ("", GOOD, (), "persons.csv is empty: give a table with a header and persons"),
        (PERSONS + "3,Bo Lee,b,more\n", GOOD, (), "its rows do not have as many values as its header has columns"),
        (PERSONS, GOOD, ("--truth", "truth"), "persons.csv has no column truth: name the column that is equal"),
        (PERSONS, GOOD, ("--truth", "name"), "the mapping has name too, which says who is who: take it out"),
        (PERSONS, GOOD, ("--truth", "id"), "the mapping has id too"),
        ("id,name,who\n1,Ann Lee,\n", GOOD, (), "persons.csv: who is empty in every row: name the column"),
        ("\n\n", GOOD, (), "persons.csv has nothing in it but empty lines: give a table with a header"),
        (PERSONS, 'id = "id"\nfull_name = []\n', (), "full_name must name a column"),
        (PERSONS, 'id = "id"\nfull_name = ""\n', (), "full_name must name a column"),
        (PERSONS, 'id = ["id"]\nfull_name = "name"\n', (), 'add id = "column"'),
        (PERSONS, GOOD, ("--threshold", "0.2"), "--threshold 0.2 is out of range: give 0.5 to 1"),
        (PERSONS, GOOD, ("--engine", "sqlite"), "sqlite is no engine: give duckdb, spark"),
        ("id,name,who\n1,,a\n2,,a\n", GOOD, (), "the tables say nothing that records can be looked for by"),
        (PERSONS, GOOD, ("--out", "."), ". cannot be written: name another file with --out"),
        (PERSONS, GOOD, ("--out", "nowhere/persons.csv"), "nowhere/persons.csv cannot be written"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    *,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    persons: str | None,
    mapping: str,
    more: tuple[str, ...],
    says: str,
) -> None:
    if persons is not None:
        (tmp_path / "persons.csv").write_text(persons, encoding="utf-8")
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    asked = ["link", "evaluate", str(tmp_path / "persons.csv"), "--mapping", str(tmp_path / "mapping.toml")]
    assert cli.main([*asked, "--truth", "who", *more]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_table_in_another_encoding_is_refused_by_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    (tmp_path / "persons.csv").write_text(PERSONS.replace("Lee", "Müller"), encoding=encoding)
    (tmp_path / "mapping.toml").write_text(GOOD, encoding="utf-8")
    asked = ["link", "evaluate", str(tmp_path / "persons.csv"), "--mapping", str(tmp_path / "mapping.toml")]
    assert cli.main([*asked, "--truth", "who"]) == 2
    assert "persons.csv is not read as a table (it is not written in UTF-8): give CSV" in capsys.readouterr().err


def named(kept: int) -> list[tuple[str, str, int, str]]:
    """Names that hardly any two share, each said `kept` times, with a year."""
    firsts = ("Ann", "Bea", "Cai", "Dai", "Eve", "Flo", "Gus", "Huw", "Ida", "Joe")
    lasts = (
        "Ash",
        "Birch",
        "Cedar",
        "Elder",
        "Fir",
        "Hazel",
        "Larch",
        "Maple",
        "Oak",
        "Pine",
        "Rowan",
        "Willow",
        "Yew",
    )
    pairs = [(first, last + more) for first in firsts for last in lasts for more in ("ton", "ley")]
    return [(*name, 1850 + at % 90, str(at)) for at, name in enumerate(pairs) for _ in range(kept)]


@pytest.mark.parametrize("says_a_year", [pytest.param(False, marks=pytest.mark.deep), True])
def test_a_table_that_says_a_name_and_hardly_more_is_linked_and_so_by_the_peer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, says_a_year: bool
) -> None:
    """To learn from pairs that agree on all that is compared once broke off; and the peer once read no year alone."""
    rows = "".join(f"{at},{first},{last},{year},{who}\n" for at, (first, last, year, who) in enumerate(named(2)))
    (tmp_path / "persons.csv").write_text("id,first,last,year,who\n" + rows, encoding="utf-8")
    mapping = 'id = "id"\ngiven_name = "first"\nfamily_name = "last"\n'
    mapping += 'date_of_birth = "year"\n' if says_a_year else ""
    found = evaluated(tmp_path, capsys, [tmp_path / "persons.csv"], mapping, "--truth", "who", "--plain")
    assert (found["records"], found["true_pairs"]) == (520, 260)
    assert found["precision"] in (None, 1.0)
    assert found["plain"]["precision"] in (None, 1.0)
    if says_a_year:
        assert found["plain"]["recall"] > 0.9


@pytest.mark.deep
def test_dates_that_are_none_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "1,Ann Lee,1980-01-02,a\n2,Ann Lee,in spring,a\n3,Bea Cole,,b\n4,Dai Fox,c. 1820,c\n"
    (tmp_path / "persons.csv").write_text("id,name,born,who\n" + rows, encoding="utf-8")
    (tmp_path / "mapping.toml").write_text(GOOD + 'date_of_birth = "born"\n', encoding="utf-8")
    asked = asking(tmp_path, [tmp_path / "persons.csv"], "--truth", "who")
    assert cli.main(asked) == 0
    assert "1 dates of birth are read as none, as 1 January of 1800" in capsys.readouterr().out
    assert cli.main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dates_not_read"] == 1


@pytest.mark.parametrize(
    ("rows", "persons", "recall"),
    [
        pytest.param("1,Ann Lee,1980-01-02,a\n2,Tom Hill,1981-03-04,b\n", 2, None, marks=pytest.mark.deep),
        pytest.param("1,Ann Lee,1980-01-02,a\n", 1, None, marks=pytest.mark.deep),
        pytest.param("1,Ann Lee,1980-01-02,a\n2,Bea Cole,1975-05-06,a\n", 2, 0.0, marks=pytest.mark.deep),
        # where all say the same nobody can know what chance does, and they are left apart
        ("1,Ann Lee,1980-01-02,a\n2,Ann Lee,1980-01-02,a\n3,Ann Lee,1980-01-02,a\n", 3, 0.0),
    ],
)
def test_a_table_of_few_is_linked_to_as_many_persons_as_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, persons: int, recall: float | None
) -> None:
    (tmp_path / "persons.csv").write_text("id,name,born,who\n" + rows, encoding="utf-8")
    mapping = GOOD + 'date_of_birth = "born"\n'
    found = evaluated(tmp_path, capsys, [tmp_path / "persons.csv"], mapping, "--truth", "who", "--plain")
    assert (found["persons"], found["precision"], found["recall"]) == (persons, None, recall)


@pytest.mark.deep
def test_a_column_that_one_of_two_tables_lacks_is_empty_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "left.csv").write_text("id,name,born,town,who\n1,Ann Lee,1980-01-02,Hull,a\n", encoding="utf-8")
    (tmp_path / "right.csv").write_text(
        "id,name,born,who\n1,Ann Lee,1980-01-02,a\n2,Al Roe,1970-01-02,b\n", encoding="utf-8"
    )
    mapping = GOOD + 'date_of_birth = "born"\nplace = "town"\n'
    found = evaluated(
        tmp_path,
        capsys,
        [tmp_path / "left.csv", tmp_path / "right.csv"],
        mapping,
        "--truth",
        "who",
        "--threshold",
        "0.5",
    )
    assert (found["records"], found["true_pairs"], found["threshold"]) == (3, 1, 0.5)
    # Plain Splink cannot learn of two tables in which nobody was born on one day.
    (tmp_path / "right.csv").write_text("id,name,who\n1,Ann Lee,a\n2,Al Roe,b\n", encoding="utf-8")
    both = [tmp_path / "left.csv", tmp_path / "right.csv"]
    assert evaluated(tmp_path, capsys, both, mapping, "--truth", "who", "--plain")["plain"]["precision"] is None


@pytest.mark.deep
def test_a_pass_of_learning_that_breaks_off_takes_no_comparison_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On these rows a level becomes too rare to be held as a number; once that left nobody linked at all."""
    table = other_scripts(3000, 777)
    found = evaluated(tmp_path, capsys, files(table, tmp_path), toml(table), "--truth", "who")
    assert found["precision"] >= 0.97
    # Since ADR 116 names whose bearers share given names say less: 0.7 before.
    assert found["recall"] >= 0.65


@pytest.mark.deep
def test_a_rule_that_looks_for_too_many_is_named_by_the_columns_of_the_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{at},Ann Lee{at},19{at % 90 + 10}-0{at % 9 + 1}-11,Welsh,{at}\n" for at in range(1_100))
    (tmp_path / "persons.csv").write_text("id,name,born,nation,who\n" + rows, encoding="utf-8")
    (tmp_path / "mapping.toml").write_text(GOOD + 'date_of_birth = "born"\nother = ["nation"]\n', encoding="utf-8")
    asked = asking(tmp_path, [tmp_path / "persons.csv"], "--truth", "who")
    assert cli.main(asked) == 0
    said = capsys.readouterr().out
    assert "too many pairs agree on nation + given_initial: nation + given_initial + born_year instead" in said
