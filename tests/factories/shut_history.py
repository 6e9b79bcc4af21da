"""Somebody of whose incidents some stand in cases that are shut, of another area or restricted: as every source tells of them.

`OPEN` is in the case that stays open: a crime with a charge at court and a detention. Of the cases that are shut, one has the
same; what she said of it and the incident of another were joined to the one that is open; the third tells of it too, since a
detention was put right to be for its crime; and of the last a court alone has told. Probation tells of a recall.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import time_machine

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach, BreachSource
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.cases.models import CaseReference, CaseRole, DetentionVersion
from craffu.clocks.london import day_of
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import agree_pair, decide_records
from craffu.intake.running import take_in
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.factories.court_messages import BREACH_OF_STALKING_PROTECTION_ORDER, court_message, offence, result
from tests.factories.detentions import send_detention
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import as_text, sent
from tests.worlds import World

OPEN, SHUT, JOINED, MOVED, COURT_ALONE = ("63CA0000226", "63CA0000326", "63CA0000426", "63CA0000526", "63CA0000626")
COURTS: Final = (SHUT, JOINED, MOVED, COURT_ALONE)
# What an officer wrote of the incident that was joined, and what she said of the other.
CANARY, SAID = "Heol Canari", "He rang her from a new number."


@dataclass(frozen=True)
class Shut:
    """Whose history it is, the incident in the open case, and the references of cases: those that stay open, and those that are
    shut.
    """

    person: str
    breach: str
    order: str
    open: tuple[str, ...]
    shut: tuple[str, ...]

    @property
    def numbers(self) -> list[str]:
        """Every number by which anybody knows a case that is shut, or what tells of its incidents."""
        of_cases = CaseReference.objects.for_system("a test").filter(case__reference__in=self.shut)
        found = dict(of_cases.values_list("value", "kind"))
        told = BreachSource.objects.for_system("a test").filter(breach__case__reference__in=self.shut)
        # A charge is told of by our own number of it, and a detention that was put right by what it was before too.
        keys = {one.key for one in told if one.kind != "court"}
        held = DetentionVersion.objects.for_system("a test").filter(crime__in=found)
        named = CaseRole.objects.for_system("a test").filter(case__reference__in=self.shut, role="defendant")
        records = {part for one in named.select_related("record") for part in one.record.source_key.split("/")} - {"-"}
        return sorted(found.keys() | keys | {one.key for one in held} | records)

    @property
    def told(self) -> list[str]:
        """Those of them that a history tells whoever may open the cases."""
        of_cases = CaseReference.objects.for_system("a test").filter(case__reference__in=self.shut)
        return sorted(of_cases.values_list("value", flat=True))


def shut_history(world: World, served: Order) -> Shut:
    system, folder = world.system, world.folder
    keeper = world.acting_as("supervisor", username="decides")
    _incident(world, 2, OPEN, NOW - DAY)
    _incident(world, 3, SHUT, NOW - 2 * DAY)
    send_detention(system, folder, 3, **_held("CRIME3", NOW - 2 * DAY))
    send_detention(system, folder, 2, **_held("CRIME2", NOW - DAY))
    _probation(world)
    _contact(world)
    _court(world, COURT_ALONE, NOW - 3 * DAY)
    _incident(world, 4, JOINED, NOW - 30 * HOUR)
    _run(world, NOW + HOUR)
    open_, joined = _of("CRIME2"), _of("CRIME4")
    record_standpoint(
        by=keeper, breach=joined.reference, standpoint=Standpoint.PROSECUTION, decision="charged", at=NOW, words=CANARY
    )
    for one in (joined, next(one for one in breaches() if one.found_by == "contact")):
        decide(
            by=keeper, breach=one.reference, decision=Decision.DUPLICATE, reason="One and the same",
            seen=Breach.objects.for_system("a test").get(pk=one.pk).moves_made, duplicate_of=open_.reference,
        )  # fmt: skip
    _incident(world, 5, MOVED, NOW - 28 * HOUR)
    send_detention(system, folder, 2, **_held("CRIME5", NOW - DAY, updated_at=as_text(NOW)))
    _run(world, NOW + 2 * HOUR)
    assert [one.key for one in breaches() if "CRIME5" in one.key] == [], "it stands on the one that is open"
    clerks = (world.acting_as("link_clerk", username="ann"), world.acting_as("link_clerk", username="ben"))
    for one in SourceRecord.objects.for_system("a test").filter(source__in=("court-results", "probation")):
        _link(system, clerks, served.respondent_id, one.pk)
    _run(world, NOW + 3 * HOUR)
    return _found(world, served, open_)


def _found(world: World, served: Order, open_: Breach) -> Shut:
    rows = CaseReference.objects.for_system("a test").select_related("case").order_by("id")
    of_case = {one.value: one.case.reference for one in rows}
    person = people_of_records(world.system, [served.respondent_id])[served.respondent_id].reference
    shut = tuple(of_case[one] for one in COURTS)
    return Shut(person, open_.reference, served.reference, (of_case["CRIME1"], of_case[OPEN]), shut)


def _of(crime: str) -> Breach:
    return next(one for one in breaches() if one.found_by == "crime" and f"/{crime}/" in one.key)


def _run(world: World, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        tick(force=world.system.force, at=at)


def _incident(world: World, number: int, ptiurn: str, at: datetime) -> None:
    """Recorded as a breach, charged, and brought before a court, which found it proved; police say that somebody was charged."""
    code = {"offence_code": BREACH_OF_STALKING_PROTECTION_ORDER, "ptiurn": ptiurn}
    send_incident(world.system, world.folder, number, **sent(at, **code))
    told = {"crime_ref": f"CRIME{number}", "outcome_code": "1", "decided_on": day_of(NOW).isoformat(), "person_ref": ""}
    _take(world, "rms", "outcomes.csv", row("rms", "outcomes", number, **told, updated_at=as_text(NOW)))
    _court(world, ptiurn, at)


def _court(world: World, ptiurn: str, at: datetime) -> None:
    day = day_of(NOW).isoformat()
    charged = offence(
        code=BREACH_OF_STALKING_PROTECTION_ORDER, start=day_of(at).isoformat(), charge=day, arrest=None, initiated=day,
        wording="Breached a stalking protection order.", results=[result(code=None, text="Dealt with")], finding="G",
        conviction=day, final="Y",
    )  # fmt: skip
    inbox = world.folder
    message = court_message(
        ptiurn=ptiurn, hearing_date=day, given_names=("Sian", "Mair"), family_name="Rees", birth_date="1984-03-02",
        pnc_id="2003/0123456A", asn=_arrest(ptiurn), offences=[charged],
    )  # fmt: skip
    (inbox / "1.xml").write_bytes(message)
    assert take_in(by=world.system, kind="court-results", paths=[inbox]).run.rejected == 0


def _arrest(ptiurn: str) -> str:
    return f"2563AA01{ptiurn[-4:]:0>11}K"


ARRESTS: Final = frozenset(map(_arrest, COURTS))


def _held(crime: str, at: datetime, **said: str) -> dict[str, str]:
    return {"crime_ref": crime, "arrested_at": as_text(at + HOUR), "arrested_for_breach_of": "ORDER1"} | said


def _probation(world: World) -> None:
    _take(world, "probation", "cases.csv", row("probation", "cases", 1, date_of_birth="1984-03-02"))
    told = {"crn": "CRN1", "event_number": "1", "event": "recall", "happened_on": day_of(NOW - 2 * DAY).isoformat()}
    _take(world, "probation", "events.csv", row("probation", "events", 1, **told))


def _contact(world: World) -> None:
    """What she said to police of the crime whose case is shut."""
    told = {"person_ref": "PERSON10", "crime_ref": "CRIME3", "words": SAID}
    spoke = {"direction": "from_victim", "about": "safety", "reached": "yes", "contacted_at": as_text(NOW - DAY)}
    _take(world, "rms", "contacts.csv", row("rms", "contacts", 7, **told, **spoke, updated_at=as_text(NOW - DAY)))


def _take(world: World, kind: str, name: str, *rows: Any) -> None:
    inbox = world.folder
    write(inbox, name, rows)
    assert take_in(by=world.system, kind=kind, paths=[inbox]).run.rejected == 0


def _link(system: Acting, clerks: tuple[Acting, Acting], one: int, other: int) -> None:
    """Two people say that both records are of the one person."""
    left, right = sorted((one, other))
    score(system, left, right)
    said = decide_records(by=clerks[0], left=left, right=right, given=NewWord(Word.SAME, "The same numbers"))
    if said.needs_another:
        agree_pair(by=clerks[1], pair=said.pair.reference, agrees=True, words="")
