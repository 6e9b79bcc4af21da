"""A row with two wrong values is put right one after the other, and the later of two words of one day is the one shown."""

import csv
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.intake.queries import open_rows
from craffu.intake.running import Done, take_in
from craffu.people.models import Person
from craffu.people.queries import identities
from tests.factories.extracts import row, write

pytestmark = pytest.mark.django_db


def corrected(done: Done, folder: Path, value: str) -> Path:
    """The reject file of a run with one value written into its last column."""
    assert done.reject_file is not None
    with done.reject_file.open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    path = folder / f"corrected-{value}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(line))
        writer.writeheader()
        writer.writerow({**line, "corrected": value})
    return path


@pytest.mark.rule("INT-05")
def test_a_row_with_two_wrong_values_is_corrected_one_after_the_other(system: Acting, tmp_path: Path) -> None:
    sent = write(tmp_path, "persons.csv", [row("rms", "persons", 1, sex="Q", language="zz")])
    done = take_in(by=system, kind="rms", paths=[sent])
    wrong = []
    for value in ("Z", "M", "cy"):
        wrong.append([held.field for held in open_rows(system, "rejected")])
        done = take_in(by=system, kind="rms", paths=[corrected(done, tmp_path, value)])
        assert done.reconciled
    assert wrong == [["sex"], ["sex"], ["language"]]
    assert (done.run.created, list(open_rows(system, "rejected"))) == (1, [])


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the later first"])
def test_of_two_words_of_one_day_the_later_said_is_shown(
    order: tuple[int, int], system: Acting, tmp_path: Path
) -> None:
    words = [
        row("rms", "persons", 1, surname="Older", updated_at="2024-03-05 09:00"),
        row("rms", "persons", 1, surname="Newest", updated_at="2024-03-05 17:00"),
    ]
    for number in order:
        take_in(by=system, kind="rms", paths=[write(tmp_path, f"{number}.csv", [words[number]])])
    (person,) = Person.objects.for_user(system)
    assert identities(system, [person])[person.pk].family_name == "Newest"
