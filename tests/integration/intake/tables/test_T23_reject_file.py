"""T23: a reject file names nothing that a spreadsheet would run, and what is typed into it arrives as it was meant (SEC-07)."""

import csv
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.documents.cells import meant, safe_cell
from craffu.intake.running import take_in
from craffu.published.models import PublishedFigure
from tests.factories.tables import csv_bytes

pytestmark = pytest.mark.rule("SEC-07")

HEADER = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")


def rejected(system: Acting, folder: Path, name: str) -> tuple[list[str], list[str]]:
    """The columns and the one row of the reject file of a made-up file called so."""
    (folder / name).write_bytes(csv_bytes([HEADER, ("31-12-2018", "Gwent", "Wales", "Arson", "many")]))
    done = take_in(by=system, kind="recorded-crime-rolling", paths=[name])
    assert done.reject_file is not None
    with done.reject_file.open(newline="", encoding="utf-8") as file:
        columns, row = list(csv.reader(file))
    return columns, row


@pytest.mark.parametrize("name", ["=1+1.csv", "@sum.csv", "+1.csv", "＝1.csv"])
def test_T23_a_file_that_is_named_like_a_formula_is_listed_so_that_it_is_none(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _, row = rejected(system, tmp_path, name)
    assert row[1] == f"'{name}"
    assert meant(row[1]) == name


@pytest.mark.parametrize("typed", ["-31", "'-31", safe_cell("-31")])
def test_T23_a_corrected_value_arrives_as_it_was_meant(
    system: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    columns, row = rejected(system, tmp_path, "table.csv")
    (tmp_path / "corrected.csv").write_bytes(csv_bytes([columns, [*row[:-1], typed]]))
    done = take_in(by=system, kind="recorded-crime-rolling", paths=["corrected.csv"])
    assert (done.run.created, done.run.rejected) == (1, 0)
    assert PublishedFigure.objects.get().value == -31
