"""A wrong file is refused with one line, a bad row waits with line and reason until it is corrected, and a mapping is kept."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import Workbook

from craffu import intake
from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.intake.actions import decide_held
from craffu.intake.models import HeldDecision, HeldRow, KeptRow, MappingUsed
from craffu.intake.queries import mapping_of, open_rows
from craffu.intake.records.layout import KINDS
from craffu.intake.rules import Exit
from craffu.intake.running import Done, take_in
from craffu.people.models import RecordVersion
from tests.factories.extracts import as_csv, row, write
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

SHIPPED = Path(intake.__file__).parent / "mappings"


@pytest.fixture
def taken(system: Acting) -> Callable[..., Done]:
    def take(kind: str, *paths: Path, **options: object) -> Done:
        return take_in(by=system, kind=kind, paths=paths, **options)  # type: ignore[arg-type]

    return take


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"a,b\n1,2\n", "table_unknown"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"%PDF-1.7 ...", "wrong_kind"),
        ("a.csv", b"\x00\x01\x02,x\n", "binary"),
        ("a.csv", b"updated_at\n2024-01-01\n", "column_missing"),
    ],
)
def test_a_wrong_file_is_refused_with_one_line(
    kind: str, name: str, data: bytes, code: str, taken: Callable[..., Done], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = taken(kind, path)
    assert done.exit is Exit.REFUSED
    (refused,) = done.refused
    assert refused.code == code
    assert done.run.files.get().refused_why.count("\n") == 0


@pytest.mark.rule("INT-03")
def test_an_extract_of_another_kind_is_refused_and_said_to_be_wrong(taken: Callable[..., Done], tmp_path: Path) -> None:
    done = taken("custody", write(tmp_path, "persons.csv", [row("rms", "persons")]))
    assert done.refused[0].code in {"column_missing", "table_unknown"}


@pytest.mark.rule("INT-03")
def test_a_bad_row_is_corrected_through_the_reject_file_and_closed(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    rows = [row("rms", "persons", 1), row("rms", "persons", 2, sex="Q"), row("rms", "persons", 3, surname="")]
    done = taken("rms", write(tmp_path, "a.csv", rows))
    assert (done.run.created, done.run.rejected, done.reconciled) == (1, 2, True)
    assert done.reject_file is not None
    with done.reject_file.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [(line["line"], line["field"], line["value_class"]) for line in lines] == [
        ("3", "sex", "A×1"),
        ("4", "surname", ""),
    ]
    assert all(line["reason"] and line["suggestion"] for line in lines)
    assert "Rees" not in done.reject_file.read_text()

    for line, value in zip(lines, ("F", "Lloyd"), strict=True):
        line["corrected"] = value
    corrected = tmp_path / "corrected.csv"
    with corrected.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    again = taken("rms", corrected)
    assert (again.run.created, again.reconciled) == (2, True)
    assert not open_rows(system, HeldRow.Why.REJECTED).exists()
    versions = {version.record.source_key: version for version in RecordVersion.objects.for_user(system)}
    assert versions["persons/PERSON3"].family_name == "Lloyd"
    assert versions["persons/PERSON3"].line == 4
    assert versions["persons/PERSON3"].file_sha256 == versions["persons/PERSON1"].file_sha256

    third = taken("rms", tmp_path / "a.csv")
    assert (third.run.unchanged, third.run.rejected) == (3, 0)


@pytest.mark.rule("INT-04")
def test_a_date_that_could_be_two_days_is_parked_and_closed_by_a_mapping_that_says_which(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = row("surveys", "answers", answered_on="03/04/2024")
    done = taken("surveys", write(tmp_path, "a.csv", [told]))
    assert (done.run.parked, done.reconciled) == (1, True)
    (held,) = open_rows(system, HeldRow.Why.PARKED)
    assert (held.line, held.reason, held.field) == (2, "date_ambiguous", "answered_on")
    assert done.reject_file is not None
    columns = "\n".join(f'{name} = "{name}"' for name in told)
    mapping = f'kind = "surveys"\ndate_order = "day_first"\n[answers.columns]\n{columns}\n'
    again = taken("surveys", tmp_path / "a.csv", mapping=mapping.encode())
    assert (again.run.created, again.run.parked) == (1, 0)
    assert not open_rows(system, HeldRow.Why.PARKED).exists()
    (kept,) = KeptRow.objects.for_user(system)
    assert '"answered_on": "2024-04-03"' in kept.words


NOMINALS = {
    "Nominal No": "77", "Title": "Mr", "Forename 1": "Siôn", "Forename 2": "Wyn", "Surname": "Rees", "DOB": "03/04/1980",
    "Gender": "Male", "Self Defined Ethnicity": "W1", "PNCID": "03/123456A", "CRO": "", "House": "3", "Street": "Heol Fawr",
    "Locality": "", "Town": "Glan Afon", "Post Code": "SA1 1AA", "Mobile": "07700 900123", "Home Phone": "01234 567890",
    "E-mail": "", "Last Amended": "01/07/2024 10:30",
}  # fmt: skip


@pytest.mark.rule("INT-02")
def test_a_file_of_another_system_is_read_through_its_mapping_whose_digest_every_value_keeps(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    path = tmp_path / "nominals.csv"
    path.write_bytes(as_csv([NOMINALS], delimiter=";").encode("windows-1252"))
    mapping = (SHIPPED / "nominals.toml").read_bytes()
    done = taken("rms", path, mapping=mapping)
    assert done.run.created == 1
    (version,) = RecordVersion.objects.for_user(system)
    assert (version.given_names, version.born_on, version.sex) == ("Siôn Wyn", "1980-04-03", "M")
    assert version.said_at.isoformat() == "2024-07-01T09:30:00+00:00"
    assert version.mapping_version == done.run.mapping_version != "1"
    (used,) = MappingUsed.objects.for_user(system)
    assert (used.version, used.words.encode()) == (version.mapping_version, mapping)
    lines = {(line.table, line.column): line for line in mapping_of(system, done.run)}
    assert lines["persons", "date_of_birth"].theirs == "DOB"
    taken("rms", path, mapping=mapping)
    assert MappingUsed.objects.for_user(system).count() == 1


@pytest.mark.rule("INT-03")
def test_a_wrong_mapping_is_refused_before_a_run_begins(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    path = write(tmp_path, "a.csv", [row("rms", "persons")])
    with pytest.raises(Refusal, match="maps no table"):
        taken("rms", path, mapping=b'kind = "rms"')
    with pytest.raises(Refusal, match="without a mapping"):
        taken("court-results", path, mapping=b'kind = "rms"')
    done = taken("rms", path, mapping=(SHIPPED / "nominals.toml").read_bytes())
    assert done.refused[0].code in {"column_missing", "table_unknown"}


def test_a_workbook_with_a_table_on_each_sheet_is_taken_in_whole(taken: Callable[..., Done], tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Extract of a Tuesday"])
    for table in ("persons", "crimes"):
        sheet = book.create_sheet(table)
        told = row("rms", table)
        sheet.append(list(told))
        sheet.append(list(told.values()))
    book.save(tmp_path / "a.xlsx")
    done = taken("rms", tmp_path / "a.xlsx")
    assert (done.run.received, done.run.created) == (2, 2)
    assert done.run.warnings == {"sheets_passed_over": 1}


@pytest.mark.rule("INT-04")
def test_a_row_that_waits_is_not_closed_by_the_same_line_of_another_sheet(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    book = Workbook()
    book.remove(book.active)
    for table, told in (("persons", row("rms", "persons", sex="Q")), ("crimes", row("rms", "crimes"))):
        sheet = book.create_sheet(table)
        sheet.append(list(told))
        sheet.append(list(told.values()))
    book.save(tmp_path / "a.xlsx")
    for _ in range(3):
        done = taken("rms", tmp_path / "a.xlsx")
        assert done.run.rejected == 1
        (held,) = open_rows(system, HeldRow.Why.REJECTED)
        assert (held.line, held.field) == (2, "sex")


@pytest.mark.rule("INT-04")
def test_a_row_that_waits_is_not_closed_by_its_line_in_the_same_file_read_as_another_table(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = {**row("rms", "persons", sex="Q"), **row("rms", "involvements")}
    path = write(tmp_path, "a.csv", [told])

    def mapping(table: str) -> bytes:
        columns = "\n".join(f'{name} = "{name}"' for name in row("rms", table))
        return f'kind = "rms"\n[{table}.columns]\n{columns}\n'.encode()

    assert taken("rms", path, mapping=mapping("persons")).run.rejected == 1
    assert taken("rms", path, mapping=mapping("involvements")).run.created == 1
    assert open_rows(system, HeldRow.Why.REJECTED).count() == 1


@pytest.mark.rule("INT-04")
def test_a_bad_row_of_a_nightly_extract_is_held_once_though_it_moves_down_and_stays_set_aside(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    bad, torn = row("rms", "persons", 2, sex="Q"), "PERSON9,torn\n"
    others = [row("rms", "persons", number) for number in range(3, 6)]
    for night in range(3):
        path = write(tmp_path, f"{night}.csv", [*others[:night], bad, row("rms", "persons", 1)])
        with path.open("a", encoding="utf-8") as file:
            file.write(torn)
        done = taken("rms", path)
        assert (done.run.rejected, done.reconciled) == (2, True)
        assert sorted(held.line for held in open_rows(system, HeldRow.Why.REJECTED)) == [2, 4]
    for held in open_rows(system, HeldRow.Why.REJECTED):
        decide_held(by=system, row=held, decision=HeldDecision.Decision.SET_ASIDE, reason="known", now=clock.now())
    done = taken("rms", write(tmp_path, "last.csv", [*others, bad]))
    assert (done.run.created, done.run.unchanged, done.run.rejected) == (1, 3, 0)


@pytest.mark.rule("INT-05")
def test_two_bad_rows_of_one_file_that_say_the_same_are_two(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    bad = row("rms", "persons", sex="Q")
    for name, rows in (("a.csv", [bad, bad]), ("b.csv", [row("rms", "persons", 2), bad, bad])):
        done = taken("rms", write(tmp_path, name, rows))
        assert (done.run.rejected, done.reconciled) == (2, True)
    assert open_rows(system, HeldRow.Why.REJECTED).count() == 2


@pytest.mark.rule("INT-04")
def test_a_row_held_back_anew_with_each_mapping_is_closed_altogether_once_it_is_stored(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = row("rms", "persons", sex="Q", date_of_birth="03/04/1980")
    path = write(tmp_path, "a.csv", [told])
    columns = "\n".join(f'{name} = "{name}"' for name in told)
    words = f'kind = "rms"\n[persons.columns]\n{columns}\n'
    better = f'{words}[persons.values.sex]\nQ = "X"\n'
    for mapping in (words, better):
        assert taken("rms", path, mapping=mapping.encode()).run.parked == 1
    assert taken("rms", path, mapping=f'date_order = "day_first"\n{better}'.encode()).run.created == 1
    assert not open_rows(system, HeldRow.Why.PARKED).exists()


@pytest.mark.rule("INT-03")
def test_one_row_that_the_database_refuses_is_held_back_alone(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX only_for_this_test ON people_recordversion (family_name)")
    rows = [row("rms", "persons", number, surname=f"Rees{number}") for number in range(1, 8)]
    rows[4] |= {"surname": "Rees1", "updated_at": "2024-07-01 10:00"}
    done = taken("rms", write(tmp_path, "a.csv", rows))
    assert (done.run.created, done.run.rejected, done.reconciled) == (6, 1, True)
    (held,) = open_rows(system, HeldRow.Why.REJECTED)
    assert (held.line, held.reason) == (6, "not_storable")
    assert "2024-07-01 09:00:00Z" in held.raw  # an instant says its zone, so that nobody reads it as London's clock
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX only_for_this_test")
    again = taken("rms", tmp_path / "a.csv")
    assert (again.run.created, again.run.unchanged) == (1, 6)
    assert not open_rows(system, HeldRow.Why.REJECTED).exists()


@pytest.mark.rule("INT-03")
def test_where_the_rest_of_a_file_is_no_csv_the_rows_before_it_are_kept_and_that_is_said(
    taken: Callable[..., Done], tmp_path: Path
) -> None:
    good = as_csv(row("rms", "persons", number) for number in range(1, 61))
    path = tmp_path / "a.csv"
    path.write_text(good + '"x"y\r\n' * 150, encoding="utf-8", newline="")
    done = taken("rms", path)
    assert done.run.created == 60
    assert done.reconciled
    assert "rest_unreadable" in {held.reason for held in done.run.held_rows.all()}
    assert done.exit is Exit.SOMETHING_LEFT_OVER
