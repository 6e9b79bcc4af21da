"""Crimes of stalking as a force's own system sends them, for any test that needs a case that waits to be judged."""

from pathlib import Path

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.intake.running import take_in
from tests.factories.extracts import row, write

# Reported at ten on 24 November 2026, under investigation, and graded by nobody.
UNGRADED = {
    "stage": "investigation", "reported_at": "2026-11-24 10:00:00", "risk_grade": "", "risk_graded_at": "", "ptiurn": "",
    "flags": "stalking", "updated_at": "2026-11-24 10:30:00",
}  # fmt: skip


def send_crime(by: Acting, folder: Path, number: int = 1, **said: str) -> str:
    """Takes in the crime of this number, ungraded unless something else is `said`; answers with the newest case."""
    inbox = folder / str(number)
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **UNGRADED | said)])
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0
    return str(Case.objects.for_system("a test").order_by("id").last().reference)
