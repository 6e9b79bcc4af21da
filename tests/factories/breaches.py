"""Incidents between the people of a case there is, as a force's own system sends them, for any test about breaches."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.breaches.detecting.facts import Reported
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.models import Breach
from craffu.cases.models import Case
from craffu.common import clock
from craffu.intake.running import take_in
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
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


KNOWN = 10


def send_against(by: Acting, folder: Path, number: int, victims: Sequence[int], **crime: str) -> Case:
    """Takes in a further crime of the suspect whom `send_victim` sent under 1, against each of these: that victim, who is KNOWN,
    or others. Answers with the newest case.
    """
    inbox = folder / f"against-{number}"
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **UNGRADED | crime)])
    new = {"forenames": "Carys", "surname": "Bowen", "date_of_birth": "1990-01-01"}
    write(inbox, "persons.csv", [row("rms", "persons", one, **new) for one in victims if one != KNOWN])
    roles = [*((one, "victim") for one in victims), (KNOWN + 1, "suspect")]
    involved = [row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role) for one, role in roles]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0
    newest: Case = Case.objects.for_system("a test").order_by("-id")[0]
    return newest


def reported(by: Acting, person: str, at: datetime | None, key: str = "1", **said: Any) -> Breach:
    """What an officer reports, as if of a minute ago: of whom, when it happened, and whatever is `said` of it."""
    return report_breach(by=by, person=person, given=Reported(key, at, **said))


def reported_of(by: Acting, order: Order, **said: Any) -> Breach:
    """The same, of whoever an order is against and of this order, just now."""
    person = people_of_records(by, [order.respondent_id])[order.respondent_id].reference
    return reported(by, person, clock.now(), order=order.reference, words="He stood at the gate", **said)


def breaches() -> list[Breach]:
    return list(Breach.objects.for_system("a test").order_by("id"))
