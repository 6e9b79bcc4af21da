"""A victim of stalking as a force's own system sends her, with a case and a suspect, and agreements with her."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.intake.running import take_in
from craffu.people.queries import people_of_records
from craffu.victims.agreements.actions import agree
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.models import AgreementVersion
from craffu.victims.queries import Victim, find_victim
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write

# By telephone and text from nine to half past five, at any hour by text, every week, and asked again in four weeks.
AGREED = Terms(
    officer="Test Officer", frequency="7", channels=("telephone", "text_message"), times=(("09:00", "17:30"),),
    may_leave_message=False, never_say="not a word of the court", safe_word="mwyalchen", urgent_reach="text_message",
    language="cy", asking="each_time", survey="yes", next_revisit_on="2026-12-22",
)  # fmt: skip

# The same, and contacted only when there is news: nothing is promised by itself.
QUIET = replace(AGREED, frequency="news_only")


def send_victim(by: Acting, folder: Path, number: int = 1, **crime: str) -> str:
    """Takes in a crime of stalking with its victim and its suspect; answers with the victim's reference, the newest person."""
    inbox = folder / f"victim-{number}"
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **UNGRADED | crime)])
    hers, his = number * 10, number * 10 + 1
    write(inbox, "persons.csv", [row("rms", "persons", one) for one in (his, hers)])
    roles = [(hers, "victim"), (his, "suspect")]
    involved = [row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role) for one, role in roles]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0
    role = CaseRole.objects.for_system("a test").filter(role="victim").order_by("id").last()
    return people_of_records(by, [role.record_id])[role.record_id].reference


def victim_of(by: Acting, reference: str) -> Victim:
    found = find_victim(by, reference)
    assert found is not None
    return found


def agreed(
    by: Acting, reference: str, terms: Terms = AGREED, now: datetime | None = None, **said: Any
) -> AgreementVersion:
    """An agreement with her, whatever stood before."""
    seen = edit_version(versions_of(by, victim_of(by, reference).records))
    return agree(by=by, victim=reference, given=terms, seen=seen, now=now, **said)


A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
