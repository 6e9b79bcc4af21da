"""Detentions as a custody system sends them, for any test that needs an arrest or bail from the police."""

from pathlib import Path

from craffu.access.acting import Acting
from craffu.intake.running import take_in
from tests.factories.extracts import row, write

# Arrested for the first crime at half past ten on 24 November 2026, and still held.
HELD = {
    "crime_ref": "CRIME1", "arrested_at": "2026-11-24 10:30:00", "released_at": "", "disposal": "", "bail_ends_on": "",
    "bail_conditions": "", "updated_at": "2026-11-24 10:45:00",
}  # fmt: skip


def send_detention(by: Acting, folder: Path, number: int = 1, **said: str) -> None:
    """Takes in the detention of this number: somebody arrested and held, unless something else is `said`."""
    inbox = folder / f"detention-{number}-{len(list(folder.iterdir()))}"
    write(inbox, "detentions.csv", [row("custody", "detentions", number, **HELD | said)])
    assert take_in(by=by, kind="custody", paths=[inbox]).run.rejected == 0


# Let out on the day after, of the same name, birthday and number as everybody of the documented layouts.
RELEASED = {"planned_on": "2026-11-25", "released_on": "", "updated_at": "2026-11-24 09:00:00"}


def send_release(by: Acting, folder: Path, number: int = 1, **said: str) -> None:
    """Takes in the release from prison of this number: planned and not made, unless something else is `said`."""
    inbox = folder / f"release-{number}-{len(list(folder.iterdir()))}"
    write(inbox, "releases.csv", [row("custody", "releases", number, **RELEASED | said)])
    assert take_in(by=by, kind="custody", paths=[inbox]).run.rejected == 0
