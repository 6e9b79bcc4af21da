"""Ten worked stories of a breach each, in which sources contradict each other: as they arrive and as people record them.

Each says which codes are listed in the end (BRC-03), at which instant. Police records and probation tell through their own
extracts, courts through a message of the national shape; what no system tells is recorded by whoever may.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.queries import find_breach
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import answer, decide, record_standpoint
from craffu.breaches.standpoints.questions import Question
from craffu.clocks.london import day_of
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import agree_pair, decide_records
from craffu.intake.running import take_in
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.orders.models import Condition, Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, reported, send_incident
from tests.factories.court_messages import BREACH_OF_STALKING_PROTECTION_ORDER, court_message, offence, result
from tests.factories.extracts import row, write
from tests.factories.identities import score

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Code of a crime recorded as the breach of a stalking protection order; and the case number under which a court hears it.
RECORDED: Final = {"offence_code": BREACH_OF_STALKING_PROTECTION_ORDER, "ptiurn": "01ZD0303208"}
HIM: Final = {"forenames": "Sian Mair", "surname": "Rees", "date_of_birth": "1984-03-02", "pnc_id": "2003/0123456A"}


@dataclass
class Cast:
    """Who records, in which folder, about which order that was served; the incident is on the day before `now`."""

    system: Acting
    investigator: Acting
    supervisor: Acting
    officer: Acting
    order: Order
    folder: Path
    now: datetime
    at_instant: Callable[[datetime], None]
    clerks: tuple[Acting, Acting]

    def __post_init__(self) -> None:
        self.happened = self.now - DAY

    @property
    def breach(self) -> str:
        """The one breach that is told of."""
        return breaches()[0].reference

    def found(self) -> Breach:
        found = find_breach(self.system, self.breach)
        assert found is not None
        return found

    # What arrives.

    def crime(self, at: datetime | None = None, **said: str) -> None:
        """Police records tell of an incident between the two; with `RECORDED`, as a breach."""
        when = self.happened if at is None else at
        told = when + HOUR
        send_incident(
            self.system, self.folder, 2, occurred_from=as_text(when), occurred_to=as_text(when), reported_at=as_text(told),
            recorded_at=as_text(told), updated_at=as_text(told), **said,
        )  # fmt: skip
        self.clock()

    def outcome(self, code: str) -> None:
        """Police records tell of the outcome of that crime, by the official code."""
        inbox = self.folder / f"outcome-{len(list(self.folder.iterdir()))}"
        told = {
            "outcome_code": code,
            "outcome_number": "1",
            "decided_on": day_of(self.now).isoformat(),
            "person_ref": "",
        }
        write(inbox, "outcomes.csv", [row("rms", "outcomes", 2, updated_at=as_text(self.now), **told)])
        assert take_in(by=self.system, kind="rms", paths=[inbox]).run.rejected == 0
        self.clock()

    def report(self, *numbers: int) -> None:
        """An officer reports it, naming these conditions of the order."""
        conditions = tuple(one.pk for one in self.conditions(*numbers))
        people = people_of_records(self.system, [self.order.respondent_id])
        reference = people[self.order.respondent_id].reference
        reported(self.officer, reference, self.happened, order=self.order.reference, conditions=conditions)
        self.clock()

    def probation(self, on: datetime, event: str = "recall") -> None:
        """Probation's own extract tells of it."""
        inbox = self.folder / f"probation-{len(list(self.folder.iterdir()))}"
        write(inbox, "cases.csv", [row("probation", "cases", 1, **HIM)])
        told = {"crn": "CRN1", "event_number": "1", "event": event, "happened_on": day_of(on).isoformat()}
        write(inbox, "events.csv", [row("probation", "events", 1, **told)])
        assert take_in(by=self.system, kind="probation", paths=[inbox]).run.rejected == 0
        self.people_are_compared()

    def court(self, heard: datetime, started: datetime, finding: str | None = None, **said: Any) -> None:
        """A court's message tells of a charge of breach, and of what the court found."""
        day, over = day_of(heard).isoformat(), finding is not None
        ended = {"finding": finding, "conviction": day if finding == "G" else None, "final": "Y"} if over else {}
        charged = offence(
            code=BREACH_OF_STALKING_PROTECTION_ORDER, start=day_of(started).isoformat(), charge=day, arrest=None,
            initiated=day, wording="Breached a stalking protection order.", results=[result(code=None, text="Dealt with")],
            **ended,
        )  # fmt: skip
        inbox = self.folder / f"court-{len(list(self.folder.iterdir()))}"
        inbox.mkdir()
        message = court_message(
            ptiurn=RECORDED["ptiurn"], hearing_date=day, given_names=("Sian", "Mair"), family_name="Rees",
            birth_date="1984-03-02", pnc_id="2003/0123456A", offences=[charged], **said,
        )  # fmt: skip
        (inbox / "1.xml").write_bytes(message)
        assert take_in(by=self.system, kind="court-results", paths=[inbox]).run.rejected == 0
        self.people_are_compared()

    def people_are_compared(self) -> None:
        """Whoever is told of is found to be the respondent, and what is told of them is read again."""
        self.clock(self.now + HOUR)
        for one in {each.respondent_id for each in breaches()} - {self.order.respondent_id}:
            score(self.system, *sorted((self.order.respondent_id, one)))
        self.clock(self.now + HOUR)

    # What people record.

    def links_are_confirmed(self) -> None:
        """Two people say of each record that a model joined to the respondent's that it is theirs."""
        for one in {each.respondent_id for each in breaches()} - {self.order.respondent_id}:
            left, right = sorted((self.order.respondent_id, one))
            row = decide_records(
                by=self.clerks[0], left=left, right=right, given=NewWord(Word.SAME, "The same numbers")
            )
            if row.needs_another:
                agree_pair(by=self.clerks[1], pair=row.pair.reference, agrees=True, words="")
        self.clock()

    def conditions(self, *numbers: int) -> Sequence[Condition]:
        rows = Condition.objects.for_system("a test").filter(terms__order=self.order, number__in=numbers)
        return list(rows.order_by("number"))

    def decides(self, decision: Decision, *numbers: int, breach: str = "", duplicate_of: str = "") -> None:
        found = find_breach(self.investigator, breach or self.breach)
        assert found is not None
        decide(
            by=self.investigator, breach=found.reference, decision=decision, reason="As the neighbour saw it",
            seen=found.moves_made, conditions=[one.pk for one in self.conditions(*numbers)] or None,
            duplicate_of=duplicate_of,
        )  # fmt: skip

    def joins(self) -> None:
        """What told of the same incident last is joined to what told of it first."""
        first, *others = breaches()
        for one in others:
            self.decides(Decision.DUPLICATE, breach=one.reference, duplicate_of=first.reference)

    def course_answered(self) -> None:
        answered = Question.COURSE_OF_CONDUCT
        answer(by=self.supervisor, breach=self.breach, question=answered, answered="single_incident")

    def says(
        self,
        standpoint: Standpoint,
        decision: str,
        at: datetime | None = None,
        of: datetime | None = None,
        *numbers: int,
    ) -> None:
        """What prosecution, court or probation decided, or a victim was told, recorded by hand."""
        record_standpoint(
            by=self.investigator, breach=self.breach, standpoint=standpoint, decision=decision,
            at=self.happened + 2 * HOUR if at is None else at, incident_on=day_of(of) if of else None,
            conditions=[one.pk for one in self.conditions(*numbers)],
        )  # fmt: skip

    def clock(self, at: datetime | None = None) -> None:
        """It runs, at an instant or now; from then on it is that time."""
        if at is not None:
            self.at_instant(at)
            self.now = at
        tick(force=self.system.force, at=self.now)


def as_text(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class BreachStory:
    """One story: what its sources disagree about, which codes are listed at its end, and how it is told.

    A court is told nothing of what the system alone found and nobody decided: not `is_printed`.
    """

    about: str
    codes: tuple[str, ...]
    tells: Callable[[Cast], None]
    is_printed: bool = True

    def __str__(self) -> str:
        return self.about


def _nobody_decides(cast: Cast) -> None:
    cast.crime()
    cast.says(Standpoint.PROBATION, "recall")
    cast.says(Standpoint.PROSECUTION, "discontinued")
    cast.clock(cast.now + 5 * HOUR)


def _charged_and_no_court(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.PROBATION, "warning")
    cast.clock(cast.now + 182 * DAY)


def _court_and_probation_alone(cast: Cast) -> None:
    cast.court(cast.now, cast.happened, "G")
    cast.probation(cast.happened)
    cast.joins()
    cast.links_are_confirmed()
    cast.clock(cast.now + HOUR)


def _dates_differ(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.probation(cast.happened, "order_breach_reported")
    cast.joins()
    cast.court(cast.now, cast.happened + 2 * DAY)
    cast.clock(cast.now + HOUR)


def _conditions_differ(cast: Cast) -> None:
    cast.report(1)
    cast.decides(Decision.ACCEPT, 1)
    cast.course_answered()
    cast.says(Standpoint.COURT, "not_proved", cast.now, None, 2)
    cast.clock(cast.now + HOUR)


def _result_not_told(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.COURT, "quashed", cast.now)
    cast.clock(cast.now + 15 * DAY)


def _proved_and_left(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.COURT, "proved", cast.now)
    cast.says(Standpoint.PROBATION, "back_to_court")
    cast.clock(cast.now + 8 * DAY)


def _police_no_court_yes(cast: Cast) -> None:
    cast.crime()
    cast.decides(Decision.REJECT)
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.COURT, "proved", cast.now)
    cast.clock(cast.now + HOUR)


def _no_action(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.outcome("5")
    cast.course_answered()
    cast.says(Standpoint.PROBATION, "warning")
    cast.clock(cast.now + HOUR)


def _told_otherwise(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.court(cast.now, cast.happened, "N")
    cast.says(Standpoint.VICTIM_TOLD, "proved", cast.now)
    cast.clock(cast.now + HOUR)


STORIES: Final = (
    BreachStory("Nobody decides in time what was reported", ("M1",), _nobody_decides, is_printed=False),
    BreachStory("Charged half a year ago, and no court record", ("M2",), _charged_and_no_court),
    BreachStory("Court and probation know of it, and police do not", ("M3", "M4"), _court_and_probation_alone),
    BreachStory("The court speaks of another day", ("M5",), _dates_differ),
    BreachStory("The court speaks of another condition", ("M6",), _conditions_differ),
    BreachStory("The victim was not told of the result", ("M7",), _result_not_told),
    BreachStory("Proved, and nobody reviewed the order or asked for the pattern", ("M8", "M9"), _proved_and_left),
    BreachStory("Police say no, a court finds it proved", ("M10", "M12"), _police_no_court_yes),
    BreachStory("Police say breach, the prosecution takes no action", ("M11",), _no_action),
    BreachStory("Charged, not proved, and the victim told otherwise", ("M13", "M14"), _told_otherwise),
)
