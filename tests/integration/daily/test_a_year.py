"""A year of the clock, from one instant at which something changes to the next: played again it changes nothing (T29).

Whatever was missed had stood in a supervisor's list before it was (MON-04).

People who act are invented by chance; what is due of what they do is the product's own to say, through every source there is.
"""

# ruff: noqa: S311  # chance that need not be secure
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.reach.actions import place
from craffu.cases.models import Case
from craffu.cases.risk.actions import look_again, record_assessment, record_event
from craffu.cases.risk.due import ASSESSMENT
from craffu.cases.risk.facts import NewAssessment, NewEvent
from craffu.cases.risk.queries import looks_waiting
from craffu.cases.risk.rules import Asks, Grade, SecondLook
from craffu.common.refusals import Refusal
from craffu.outbox.queries import waiting
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.due import PROMISE
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.work.models import WorkItem, WorkStep
from tests.factories.dues import told
from tests.factories.victims import AGREED, agreed, send_victim
from tests.factories.years import A_SECOND, Act, Year, kept

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long]

BEGIN = datetime(2025, 12, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def year(force: Force, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]) -> Callable[[int, int], Year]:
    """`year(cases, seed)`: so many cases over the first nine months, and what is done of them by people who forget things."""

    def made(cases: int, seed: int) -> Year:
        dice = random.Random(seed)
        officers = [acting_as("investigator") for _ in range(3)]
        boss = acting_as("supervisor")
        found = Year(force, boss)
        people = People(force, system, officers, acting_as("victim_officer"), boss, dice, tmp_path)
        for number in range(1, cases + 1):
            reported = BEGIN + dice.randrange(270 * 24) * HOUR
            found.acts += people.case(number, reported)
        return found

    return made


@dataclass
class People:
    """Officers who take in reports, assess in time, late or never, and look at one another's grades."""

    force: Force
    system: Acting
    officers: list[Acting]
    contact: Acting
    boss: Acting
    dice: random.Random
    folder: Path
    cases: dict[int, Case] = field(default_factory=dict)
    victims: dict[int, str] = field(default_factory=dict)

    def case(self, number: int, reported: datetime) -> Iterator[tuple[datetime, Act]]:
        dice = self.dice
        heard = reported + dice.randrange(1, 5) * HOUR
        yield heard, lambda at: self.report(number, reported, at)
        if dice.random() < 0.7:
            yield heard + dice.randrange(1, 20) * HOUR, lambda at: self.own(number)
        yield from self.contacts(number, heard)
        at = heard
        for _ in range(dice.randrange(4)):
            at += dice.choice([2, 10, 20, 23, 30, 60, 200]) * HOUR
            yield at, lambda at: self.assess(number, at)
            yield at + dice.choice([3, 20, 30, 100]) * HOUR, lambda at: self.look(number)
            at += dice.choice([5, 40, 300, 1500]) * HOUR
            yield at, lambda at: self.happens(number, at)
        if dice.random() < 0.4:
            yield at + dice.randrange(20, 90) * DAY, lambda at: self.report(number, reported, at, stage="closed")

    def contacts(self, number: int, heard: datetime) -> Iterator[tuple[datetime, Act]]:
        """An agreement in time, late or never; promises of a contact, kept, forgotten or kept too late; and what happens."""
        dice = self.dice
        if dice.random() < 0.7:
            yield heard + dice.choice([3, 20, 40, 90]) * HOUR, lambda at: self.agree(number, at)
        at = heard
        for _ in range(dice.randrange(5)):
            at += dice.choice([6, 30, 200, 900]) * HOUR
            by = at + dice.choice([3, 24, 50, 200]) * HOUR
            yield (
                at,
                lambda at, by=by: promise_contact(  # type: ignore[misc]
                    by=self.contact, victim=self.victims[number], due_at=by, now=at
                ),
            )
            if dice.random() < 0.7:
                yield by + dice.choice([-2, -1, 1, 30, 80]) * HOUR, lambda at: self.speak(number, at)
        if dice.random() < 0.5:
            yield at + dice.randrange(1, 50) * DAY, lambda at: self.is_arrested(number, at)

    def report(self, number: int, reported: datetime, at: datetime, stage: str = "investigation") -> None:
        said = {
            "stage": stage, "reported_at": f"{reported:%Y-%m-%d %H:%M:%S}", "updated_at": f"{at:%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        reference = send_victim(self.system, self.folder, number, **said)
        self.victims.setdefault(number, reference)
        self.cases.setdefault(number, Case.objects.for_system("a test").order_by("id").last())

    def agree(self, number: int, at: datetime) -> None:
        again = (at + self.dice.choice([7, 28, 60]) * DAY).date().isoformat()
        agreed(self.contact, self.victims[number], replace(AGREED, next_revisit_on=again), now=at)

    def speak(self, number: int, at: datetime) -> None:
        given = NewContact(channel="telephone", at=at, was_made_anyway=True, language="en")
        with suppress(Refusal):
            record_contact(by=self.contact, victim=self.victims[number], given=given, now=at)

    def is_arrested(self, number: int, at: datetime) -> None:
        case, given = self.cases[number].reference, NewHappening(Happening.ARREST, at, at)
        record_happening(by=self.contact, victim=self.victims[number], case=case, given=given, now=at)

    def own(self, number: int) -> None:
        owner = self.dice.choice(self.officers).user
        place(
            by=self.boss, kind="case", reference=self.cases[number].reference, area=None, team=None, owner=owner,
            reason="a test",
        )  # fmt: skip

    def assess(self, number: int, at: datetime) -> None:
        facts = (SecondLook.PREVIOUS_VICTIM,) if self.dice.random() < 0.5 else ()
        planned = date.fromordinal(at.toordinal() + self.dice.randrange(5, 60)) if self.dice.random() < 0.4 else None
        grade = self.dice.choice(list(Grade))
        given = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-1", at, grade, facts, planned)
        record_assessment(by=self.officers[0], case=self.cases[number].reference, given=given)
        self._tell(number, at)

    def look(self, number: int) -> None:
        mine = [one for one in looks_waiting(self.boss) if one.assessment.case_id == self.cases[number].pk]
        for one in mine:
            case = self.cases[number].reference
            with suppress(Refusal):
                look_again(by=self.boss, case=case, number=one.assessment.number, agrees=self.dice.random() < 0.7)
        self._tell(number, datetime.now(UTC))

    def happens(self, number: int, at: datetime) -> None:
        kind = self.dice.choice([Asks.ARRESTED, Asks.VICTIM_MORE_AFRAID, Asks.EXPLICIT_THREAT])
        record_event(by=self.officers[1], case=self.cases[number].reference, given=NewEvent(kind, at))
        self._tell(number, at)

    def _tell(self, number: int, at: datetime) -> None:
        told(self.force, [str(self.cases[number].pk)], at, topic="cases")


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.parametrize(
    ("cases", "seed"),
    [(6, 1), pytest.param(120, 2, marks=pytest.mark.deep), pytest.param(120, 3, marks=pytest.mark.deep)],
)
def test_T29_a_year_played_twice_changes_nothing_and_no_miss_came_unseen(
    year: Callable[[int, int], Year], cases: int, seed: int
) -> None:
    played = year(cases, seed)
    end = BEGIN + 365 * DAY
    played.play(end)
    assert waiting(played.force.code) == []
    before = kept()
    items = list(WorkItem.objects.for_system("a test"))
    late = [one for one in items if one.missed_from is not None]
    assert len(items) > cases
    assert {PROMISE, ASSESSMENT} <= {one.kind for one in late}, "somebody forgot something"
    assert played.unseen() == []
    foreseen = WorkStep.objects.for_system("a test").filter(step="foreseen", item__missed_from__isnull=False)
    in_time = [one for one in foreseen if one.item.known_from <= one.true_from]
    assert all(one.known_from <= one.true_from + A_SECOND for one in in_time)
    assert len(foreseen) == len(late)
    assert len(played.ticked) > cases
    played.play_again()
    assert kept() == before
