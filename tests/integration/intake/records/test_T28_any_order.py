"""T28 for a force's own records: three times, overlapping, in any order, killed anywhere: one register (INT-01)."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.extracts import LATER, row, write
from tests.installation import Installation
from tests.killing import killed_while_running, timed

pytestmark = pytest.mark.postgres_in_deep

KILLS, DEEP_KILLS = 2, 50
PEOPLE, DEEP_PEOPLE = 1_000, 20_000


def extract(folder: Path, people: int) -> Path:
    """Persons, crimes, involvements, outcomes and contacts that refer to one another; every seventh person twice."""
    numbers = range(1, people + 1)
    write(folder, "persons.csv", (row("rms", "persons", n, surname=f"Rees{n % 97}") for n in numbers))
    write(
        folder, "persons-later.csv", (row("rms", "persons", n, surname="Lloyd", updated_at=LATER) for n in numbers[::7])
    )
    write(folder, "crimes.csv", (row("rms", "crimes", n, ptiurn=f"62GA{n:07}" if n % 3 else "") for n in numbers[::2]))
    roles = ("suspect", "victim")
    write(
        folder,
        "involvements.csv",
        (
            row("rms", "involvements", n, person_ref=f"PERSON{n + at}", role=role)
            for n in numbers[::2]
            for at, role in enumerate(roles)
        ),
    )
    write(folder, "outcomes.csv", (row("rms", "outcomes", n) for n in numbers[::2]))
    write(folder, "contacts.csv", (row("rms", "contacts", n) for n in numbers[::2]))
    return folder


@pytest.mark.deep
@pytest.mark.rule("INT-01")
def test_T28_three_times_overlapping_and_in_any_order_is_one_register(
    installation: Installation, second_installation: Installation, tmp_path: Path
) -> None:
    folder = extract(tmp_path / "rms", 60)
    persons = (folder / "persons.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    parts = [tmp_path / "first.csv", tmp_path / "second.csv"]
    parts[0].write_text("".join(persons[:45]), encoding="utf-8")
    parts[1].write_text("".join([persons[0], *persons[20:]]), encoding="utf-8")
    second_installation.run("intake", "rms", folder)

    files = [*parts, *(path for path in sorted(folder.iterdir()) if path.name != "persons.csv")]
    random.Random(28).shuffle(files)  # noqa: S311
    for path in files:
        installation.run("intake", "rms", path)
    installation.run("intake", "rms", *reversed(files))
    last = installation.json("intake", "rms", folder)
    assert last["unchanged"] == last["received"]
    assert installation.json("digest") == second_installation.json("digest")


@pytest.mark.deep
@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    ("kills", "people"), [(KILLS, PEOPLE), pytest.param(DEEP_KILLS, DEEP_PEOPLE, marks=pytest.mark.deep)]
)
def test_T28_an_intake_killed_at_random_points_ends_as_one_that_was_not(
    kills: int,
    people: int,
    fresh_installations: Callable[[], Installation],
    second_installation: Installation,
    tmp_path: Path,
) -> None:
    folder = extract(tmp_path / "rms", people)
    whole = timed(second_installation, "intake", "rms", folder)
    for installation in killed_while_running(fresh_installations, "intake", "rms", folder, kills=kills, whole=whole):
        last = installation.json("intake", "rms", folder)
        assert last["reconciled"]
        assert installation.json("digest") == second_installation.json("digest")
        assert installation.json("audit", "verify")["ok"]
