"""T28: published files taken in thrice, overlapping, in any order or killed at any point leave what one run leaves."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from craffu.intake.published_tables.street_crime import BATCH
from craffu.intake.published_tables.street_rows import NEEDS
from tests.factories.tables import csv_bytes
from tests.installation import Installation
from tests.killing import killed_while_running, timed

pytestmark = [pytest.mark.rule("INT-01"), pytest.mark.slow, pytest.mark.postgres_in_deep]

KILLS, DEEP_KILLS = 2, 50
STREET_ROWS = 2 * BATCH + 20_000
FORCES = ("Gwent", "Dyfed-Powys", "South Wales", "North Wales", "Kent", "Essex", "London, City of")


def street_rows(number: int) -> Iterator[tuple[str, ...]]:
    """Made-up crimes, every third without a Crime ID, of which many say the same."""
    for place in range(number):
        crime_id = "" if place % 3 == 0 else f"{place:064x}"
        street = f"On or near Street {place % 5_000}"
        yield (
            crime_id, "2018-10", "Dyfed-Powys Police", "Dyfed-Powys Police", "-4.31", "52.03", street, "W01000685",
            "Carmarthenshire 001A", "Other crime" if crime_id else "Anti-social behaviour", "",
        )  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("published")
    street = folder / "street.csv"
    street.write_bytes(csv_bytes([NEEDS, *street_rows(STREET_ROWS)]))
    rolling = folder / "rolling.csv"
    header = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")
    rolling.write_bytes(
        csv_bytes(
            [
                header,
                *(
                    (f"31-03-{year}", force, "Somewhere", f"Offence {offence}", (year * 7 + offence * 13) % 500 - 3)
                    for year in range(1990, 2020)
                    for force in FORCES
                    for offence in range(40)
                ),
            ]
        )
    )
    return {"street-crime": street, "recorded-crime-rolling": rolling}


@pytest.mark.deep
@pytest.mark.parametrize(
    ("kind", "kills"),
    [
        ("recorded-crime-rolling", KILLS),
        pytest.param("recorded-crime-rolling", DEEP_KILLS, marks=pytest.mark.deep),
        pytest.param("street-crime", DEEP_KILLS, marks=pytest.mark.deep),
    ],
)
def test_T28_an_intake_killed_at_random_points_ends_as_one_that_was_not(
    kind: str,
    kills: int,
    fresh_installations: Callable[[], Installation],
    second_installation: Installation,
    files: dict[str, Path],
) -> None:
    whole = timed(second_installation, "intake", kind, files[kind])
    words = ("intake", kind, files[kind])
    for installation in killed_while_running(fresh_installations, *words, kills=kills, whole=whole):
        last = installation.json(*words)
        assert last["reconciled"]
        assert last["received"] == files[kind].read_bytes().count(b"\n") - 1
        assert installation.digest() == second_installation.digest()
        assert installation.json("audit", "verify")["ok"]


@pytest.mark.deep
def test_T28_a_month_three_times_overlapping_and_in_any_order_leaves_one_register(
    installation: Installation, second_installation: Installation, shared_data: Path, tmp_path: Path
) -> None:
    october, november = (
        shared_data / "crime/police_uk" / f"2018-{month}-dyfed-powys-street.csv" for month in ("10", "11")
    )
    second_installation.run("intake", "street-crime", october, november)
    for _ in range(3):
        installation.run("intake", "street-crime", november, october, november)
    overlapping = tmp_path / "part.csv"
    header, *rows = october.read_bytes().splitlines(keepends=True)
    overlapping.write_bytes(header + b"".join(reversed(rows[::2])))
    again = installation.json("intake", "street-crime", overlapping)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, len(rows[::2]))
    tables = [copy.json("digest")["tables"]["published.streetcrime"] for copy in (installation, second_installation)]
    assert tables[0] == tables[1]


@pytest.mark.deep
def test_T28_figures_three_times_overlapping_and_in_any_order_leave_one_register(
    installation: Installation, second_installation: Installation, shared_data: Path
) -> None:
    kind, whole = "stalking-outcomes", shared_data / "crime/stalking_outcomes_by_force_2014_2022.csv"
    second_installation.run("intake", kind, whole)
    for _ in range(3):
        again = installation.json("intake", kind, whole, whole)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 315)
    assert installation.digest() == second_installation.digest()


@pytest.mark.deep
def test_T28_rows_in_another_order_are_the_same_rows(
    installation: Installation, shared_data: Path, tmp_path: Path
) -> None:
    kind, whole = "stalking-outcomes", shared_data / "crime/stalking_outcomes_by_force_2014_2022.csv"
    header, *rows = whole.read_bytes().splitlines(keepends=True)
    permuted = tmp_path / "permuted.csv"
    permuted.write_bytes(header + b"".join(random.Random(28).sample(rows, len(rows))))  # noqa: S311  # an order
    first = installation.json("intake", kind, permuted)
    assert (first["created"], first["received"]) == (315, 315)
    figures = installation.json("digest")["tables"]["published.publishedfigure"]
    assert installation.json("intake", kind, whole)["unchanged"] == 315
    assert installation.json("digest")["tables"]["published.publishedfigure"] == figures
