"""What the frame says while a record on the page is open in an emergency alone (SEC-03; page map, P04)."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from craffu.access.acting import Acting
from craffu.access.emergency.rules import minutes_left
from craffu.clocks.london import local_time
from craffu.web.presenters import EmergencyShown


def emergencies_shown(by: Acting, shown: Collection[str], now: datetime) -> tuple[EmergencyShown, ...]:
    """One for each record among those the page has logged that it shows."""
    return tuple(
        EmergencyShown(
            one.reference,
            reverse("case_detail", kwargs={"case": one.reference}),
            reverse("emergency_leave"),
            f"{local_time(one.until):%H:%M}",
            minutes_left(one.until, now),
        )
        for one in by.emergency
        if f"{one.kind}/{one.reference}" in shown
    )
