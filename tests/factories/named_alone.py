"""What names somebody by a reference or by a sender's key alone, in every table that does: no key of the database leads to it."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.access.emergency.models import EmergencyAccess
from craffu.access.notices.models import Notice
from craffu.access.reach.models import Placement
from craffu.access.restricted.models import Admission, Restriction
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.intake.running import take_in
from craffu.orders.models import DocumentRead, OrderDocument
from craffu.people.models import Person
from craffu.prevention.models import Meeting, MeetingItem, MinutesPrinted, PopulationDefined
from craffu.scrutiny.models import Adjudicated, CaseReview, Sample, SampleCase
from tests.factories.detentions import send_detention
from tests.factories.extracts import row, write

NOBODY = hashlib.sha256(b"").hexdigest()


def name_them(system: Acting, by: Acting, folder: Path, number: int, mark: str, refs: Mapping[str, str]) -> None:
    """Rows of the crime of this number that other systems sent, and rows of what is named: a reference of each kind.

    `by` is a person of the force. What they wrote freely holds the mark.
    """
    inbox, crime = folder / f"alone-{number}", f"CRIME{number}"
    unknown = row("rms", "involvements", number, crime_ref=crime, person_ref=f"PERSON{number}999", role="witness")
    write(inbox, "involvements.csv", [unknown])
    write(
        inbox, "outcomes.csv", [row("rms", "outcomes", number, crime_ref=crime, person_ref="", reason=f"{mark} is why")]
    )
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    send_detention(system, folder, number, crime_ref=crime, bail_conditions=f"Not to go near {mark}")
    _write(by, number, mark, refs)


@bookkeeping
def _write(by: Acting, number: int, mark: str, refs: Mapping[str, str]) -> None:
    at, user, force = clock.now(), by.user, by.force
    changed = {"force": force, "reason": "a test", "changed_at": at, "changed_by": "a test"}
    for kind, reference in refs.items():
        of: dict[str, Any] = {"kind": kind, "reference": reference}
        Placement.objects.create(**of, **changed)
        Restriction.objects.create(**of, **changed, restricted=False, ask=user)
        Admission.objects.create(**of, **changed, user=user, admitted=False)
        EmergencyAccess.objects.create(
            **of, force=force, number=f"E-{number}{kind}", user=user, reason="threat_to_life", words=f"{mark} is at risk",
            granted_at=at, until=at + timedelta(hours=1), form=f"{number}{kind}",
        )  # fmt: skip
        Notice.objects.create(**of, force=force, to=user, sort="a test", cause=f"{kind}{number}", at=at)
    written = {"force": force, "by": user, "known_from": at}
    discuss(number, mark, Person.objects.for_user(by).get(reference=refs["person"]), written)
    _draw(number, mark, refs["case"], written)
    document = OrderDocument.objects.create(
        **written, reference=f"D-{number}", received_at=at, came_from="post", media_type="text/plain", size=1,
        sha256=NOBODY, content=f"{mark} is bound by this",
    )  # fmt: skip
    version = Person.objects.for_user(by).get(reference=refs["person"]).memberships.first().record.versions.last()
    who = {name: getattr(version, name) for name in ("given_names", "family_name", "born_on")}
    DocumentRead.objects.create(**written, **who, document=document, number=1)


@bookkeeping
def discuss(number: int, mark: str, person: Person, written: Mapping[str, Any]) -> None:
    """Minutes that left of a meeting at which somebody was discussed."""
    today = date(2026, 11, 24)
    population = PopulationDefined.objects.create(
        **written, name="a test", version=number, begins=today, necessity_ref="a test", necessity_on=today
    )
    meeting = Meeting.objects.create(**written, reference=f"M-{number}", day=today)
    MeetingItem.objects.create(
        **written,
        meeting=meeting,
        number=1,
        person=person,
        why="proposed",
        reason=f"{mark} waits",
        population=population,
    )
    said = {"words": f"{mark} was discussed", "free": f"{mark} waits", "content": f"{mark} on paper"}
    MinutesPrinted.objects.create(**written, **said, meeting=meeting, language="en", size=1, sha256=NOBODY)


def _draw(number: int, mark: str, case: str, written: Mapping[str, Any]) -> None:
    """A case that was drawn and given out to be reviewed, and what was decided where two differed."""
    sample = Sample.objects.create(
        **written, reference=f"S-{number}", question="a test", serves="q1", inclusion={}, strata="none", how="proportional",
        form=1,
    )  # fmt: skip
    drawn = SampleCase.objects.create(force=written["force"], sample=sample, number=1, reference=case, stratum="")
    CaseReview.objects.create(**written, reference=f"R-{number}", case=drawn, place=1, reviewer=written["by"])
    said = {"said": f"{mark} was heard", "reason": f"{mark} says so"}
    Adjudicated.objects.create(**written, **said, case=drawn, question="DS-C1")
