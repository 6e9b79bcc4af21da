"""On a generated force, what is counted of the gap between safe and felt safe is what its truth says, figure by figure.

The truth is worked out by whoever made the force, in other words than the rules: the two agree, or one of them is wrong.
"""

import csv
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.clocks.london import instant_of
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in
from craffu.victims.gap.kinds import Figure, Split, Work
from craffu.victims.gap.queries import gap_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep]

SMALL = 700
# However many victims, surveys and crimes there are.
QUERIES = 17
EVER = (date(1990, 1, 1), date(2090, 1, 1))
type Found = dict[tuple[str, ...], int]


def taken_in(folder: Path, by: Acting, wanted: Wanted, traveller: time_travel.Traveller) -> datetime:
    """The force taken in, and the end of its last day."""
    generate(folder, wanted)
    now = instant_of(datetime.combine(wanted.until, time(23, 59)))
    traveller.move_to(now - timedelta(minutes=5))
    for kind, of in (("surveys", "surveys"), ("witness-care", "witness-care"), ("rms", "police")):
        done = take_in(by=by, kind=kind, paths=[folder / of])
        assert done.reconciled
        assert done.run.files_refused == 0
    return now


def of_truth(folder: Path) -> Found:
    with (folder / "truth" / "gap_figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["figure"] != "as_of"]
    return {(row["figure"], row["survey"], row["by"], row["value"], row["name"]): int(row["number"]) for row in rows}


def of_register(by: Acting, now: datetime) -> Found:
    found: Found = {}
    for key, counted in gap_of(by, *EVER, now).items():
        at = (key.figure.value, key.survey, key.by.value, key.value)
        parts = {**counted.by_status, "numerator": counted.numerator, "denominator": counted.denominator}
        found |= {(*at, name): number for name, number in parts.items() if number}
    return found


def differences(folder: Path, by: Acting, now: datetime) -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    ours, theirs = of_register(by, now), of_truth(folder)
    return {
        key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)
    }


@pytest.mark.deep
@pytest.mark.rule("VIC-08", "MSR-02")
@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(people=700, years=4, seed=71_003),
        pytest.param(Wanted(people=1_600, years=3, seed=904_417), marks=pytest.mark.deep),
        pytest.param(Wanted(people=3_000, years=10, seed=52), marks=pytest.mark.deep),
    ],
    ids=lambda wanted: f"seed {wanted.seed}",
)
def test_the_figures_of_a_generated_force_are_those_of_its_truth(
    wanted: Wanted, tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    now = taken_in(tmp_path / "made", system, wanted, frozen_clock)
    with CaptureQueriesContext(connection) as asked:
        assert differences(tmp_path / "made", system, now) == {}
    assert len(asked) == QUERIES
    counted = of_truth(tmp_path / "made")
    assert {key[0] for key in counted} == set(Figure)
    assert {key[2] for key in counted} == set(Split)
    work = {key[3] for key in counted if key[2] == Split.WORK}
    # Of a small force few answered, and hardly any of them had work done of which they were not told.
    assert work == set(Work) if wanted.people > SMALL else work
    assert len({key[1] for key in counted if key[0] == Figure.RESPONSE}) > 2, "no two surveys are added up"


@pytest.mark.rule("VIC-08")
def test_one_wrong_number_in_the_truth_is_found(
    tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    folder = tmp_path / "made"
    now = taken_in(folder, system, Wanted(people=150, years=2, seed=72), frozen_clock)
    assert differences(folder, system, now) == {}
    path = folder / "truth" / "gap_figures.csv"
    whole = path.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    for figure in Counter(line.partition(",")[0] for line in lines[2:]):
        place = next(at for at, line in enumerate(lines) if line.startswith(f"{figure},"))
        head, _, number = lines[place].rstrip().rpartition(",")
        path.write_text("".join([*lines[:place], f"{head},{int(number) + 1}\n", *lines[place + 1 :]]), encoding="utf-8")
        assert len(differences(folder, system, now)) == 1
    path.write_text(whole, encoding="utf-8")


def test_before_anything_was_known_there_is_nothing_to_count(
    tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    now = taken_in(tmp_path / "made", system, Wanted(people=60, years=2, seed=73), frozen_clock)
    with CaptureQueriesContext(connection) as asked:
        assert gap_of(system, *EVER, now) != {}
    assert len(asked) == QUERIES
    assert gap_of(system, *EVER, now - timedelta(days=1)) == {}
    assert gap_of(system, EVER[0], date(2000, 1, 1), now) == {}
