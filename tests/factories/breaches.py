"""Incidents between the people of a case there is, as a force's own system sends them, for any test about breaches."""

from pathlib import Path

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
from craffu.intake.running import take_in
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write


def send_incident(by: Acting, folder: Path, number: int, of: int = 1, **crime: str) -> None:
    """Takes in a further crime of this number between the suspect and the victim that `send_victim` sent under `of`."""
    inbox = folder / f"incident-{number}-{len(list(folder.iterdir()))}"
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **UNGRADED | crime)])
    roles = [(of * 10, "victim"), (of * 10 + 1, "suspect")]
    involved = [row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role) for one, role in roles]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0


def breaches() -> list[Breach]:
    return list(Breach.objects.for_system("a test").order_by("id"))
