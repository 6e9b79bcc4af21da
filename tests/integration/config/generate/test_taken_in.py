"""Intake takes in every extract of a fictional force: nothing is lost against the truth, run by run."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from craffu.access.acting import acting_system
from craffu.access.queries import home_force
from craffu.config.commands.migrate import bring_up_to_date
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in

pytestmark = [
    pytest.mark.postgres_in_deep,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]

KINDS = {
    "rms": "police", "court-orders": "court-orders", "probation": "probation", "custody": "custody", "surveys": "surveys",
    "staff": "staff", "witness-care": "witness-care", "order-watch": "order-watch",
}  # fmt: skip
# The largest, and the two whose rows name one another; the others in the deep run.
AT_ONCE = frozenset({"rms"})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taken") / "made"
    generate(folder, Wanted(people=1_200, years=10, seed=29))
    return folder


@pytest.fixture(autouse=True)
def _official_codes() -> None:
    bring_up_to_date()


def counts_of(folder: Path, system: str) -> Counter[str]:
    with (folder / "truth" / "counts.csv").open(newline="") as stream:
        told: Counter[str] = Counter()
        for row in csv.DictReader(stream):
            if row["system"] == system:
                told.update({name: int(row[name]) for name in ("rows", "repeated", "breaks_layout", "corrects")})
    return told


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize(
    "kind",
    [kind if kind in AT_ONCE else pytest.param(kind, marks=pytest.mark.deep) for kind in KINDS],
)
def test_every_row_is_taken_in_or_is_one_that_truth_names(made: Path, kind: str) -> None:
    told = counts_of(made, KINDS[kind])
    done = take_in(by=acting_system(home_force(), "intake"), kind=kind, paths=[made / KINDS[kind]])
    run = done.run
    assert done.reconciled
    assert run.received == told["rows"]
    assert run.rejected == told["breaks_layout"]
    assert run.parked == 0
    assert run.files_refused == 0
    assert run.unchanged == told["repeated"]
    assert run.updated == told["corrects"]
    assert run.created == told["rows"] - told["breaks_layout"] - told["repeated"] - told["corrects"]


@pytest.mark.deep
@pytest.mark.rule("INT-05")
def test_every_court_message_is_taken_in_and_the_amended_ones_are_updates(made: Path) -> None:
    with (made / "truth" / "records.csv").open(newline="", encoding="utf-8") as stream:
        marks = [set(row["errors"].split(";")) for row in csv.DictReader(stream) if row["system"] == "court-results"]
    done = take_in(by=acting_system(home_force(), "intake"), kind="court-results", paths=[made / "court-results"])
    copies, amended = (sum(mark in each for each in marks) for mark in ("copy", "amends"))
    assert done.run.received == len(marks)
    assert (done.run.rejected, done.run.parked, done.run.files_refused) == (0, 0, 0)
    assert done.run.unchanged == copies
    # A copy of a message that amends is both.
    assert done.run.updated == amended - sum({"copy", "amends"} <= each for each in marks)


@pytest.mark.parametrize("kind", ["recorded-crime", "recorded-crime-rolling"])
def test_the_published_figures_are_taken_in(made: Path, kind: str) -> None:
    done = take_in(by=acting_system(home_force(), "intake"), kind=kind, paths=[made / "published" / f"{kind}.csv"])
    assert done.run.received == done.run.created > 0
