"""One invented defendant's days in court: when they were, what was charged, and how each hearing becomes a message.

Stories that are over ended before a fixed day, so that they are the same whenever they are told; stories that go on had
their last hearing shortly before today and have their next in the coming weeks.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from craffu.clocks.bank_holidays import is_bank_holiday
from craffu.config.demo import results
from craffu.config.demo.hearings import (
    CONDITIONAL_BAIL,
    GUILTY,
    NOT_APPLICABLE,
    NOT_GUILTY,
    Charge,
    Next,
    Result,
    Sent,
    Sitting,
)
from craffu.config.demo.offences import Offence, charge
from craffu.config.demo.people import Complainant, Defendant
from craffu.config.demo.results import Terms
from craffu.config.demo.words import Court

LAST_FIXED_DAY = date(2026, 9, 30)
_ASN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_TIMES = ("10:00:00", "10:30:00", "11:15:00", "14:00:00")


@dataclass(frozen=True, slots=True)
class Scene:
    """One defendant's story while it is told."""

    seed: int
    today: date
    defendant: Defendant
    who: Complainant
    dice: Random

    @property
    def terms(self) -> Terms:
        return Terms(self.defendant, self.who)

    @property
    def court(self) -> Court:
        return self.defendant.place.court

    @property
    def in_welsh(self) -> bool:
        return self.defendant.speaks_welsh

    def past(self, *gaps: int) -> list[date]:
        """The hearings of a story that is over: the last before the fixed day, the others so many days before each other."""
        last = min(LAST_FIXED_DAY, self.today - timedelta(days=1)) - timedelta(days=self.dice.randint(3, 300))
        return self._days(last, gaps)

    def lately(self, *gaps: int) -> list[date]:
        """The hearings of a story that goes on: the last within the weeks before today."""
        return self._days(self.today - timedelta(days=self.dice.randint(1, 26)), gaps)

    def coming(self) -> date:
        """A day in court in the six weeks after today."""
        return court_day(self.today + timedelta(days=self.dice.randint(1, 40)), step=1)

    def _days(self, last: date, gaps: tuple[int, ...]) -> list[date]:
        days = [court_day(last, step=-1)]
        for gap in reversed(gaps):
            days.insert(0, court_day(days[0] - timedelta(days=gap + self.dice.randint(0, 9)), step=-1))
        return days

    def next(self, on: date, reason: str, court: Court | None = None) -> Next:
        return Next(court or self.court, on, self.dice.choice(_TIMES), reason, NOT_APPLICABLE)

    def charge(self, offence: Offence, first_hearing: date, **more: object) -> Charge:
        return charge(
            offence,
            dice=self.dice,
            who=self.who,
            first_hearing=first_hearing,
            in_welsh=self.in_welsh,
            **more,  # type: ignore[arg-type]
        )

    def bailed(self, held_on: date, *charges: Charge) -> Sitting:
        """A hearing that ends on conditional bail."""
        return Sitting(
            self.court, held_on, charges, CONDITIONAL_BAIL, self.terms.bail, self.terms.bail_reason, at=self._at()
        )

    def sitting(
        self, held_on: date, *charges: Charge, bail: str = NOT_APPLICABLE, court: Court | None = None
    ) -> Sitting:
        return Sitting(court or self.court, held_on, charges, bail, at=self._at())

    def remanded(self, held_on: date, until: date, reason: str, *charges: Charge) -> Sitting:
        """A hearing after which every charge goes on, on conditional bail."""
        on_bail = results.on_bail(self.terms, self.next(until, reason))
        return self.bailed(held_on, *(replace(one, results=(on_bail,)) for one in charges))

    def convicted(self, of: Charge, on: date, *given: Result, plea: str | None = None) -> Charge:
        """A charge proved and dealt with."""
        return replace(
            of,
            plea=plea or of.plea,
            finding=GUILTY,
            convicted=of.convicted or on,
            convicted_by=of.convicted_by or self.court.psa,
            final=True,
            results=given,
        )

    def cleared(self, of: Charge, *given: Result) -> Charge:
        return replace(of, finding=NOT_GUILTY, final=True, results=given)

    def sent(self, sittings: list[Sitting], case: int = 0, **more: object) -> list[Sent]:
        """A case's hearings as messages: `case` numbers the defendant's cases from 0."""
        first = sittings[0]
        number = 2 * self.defendant.number - 1 + case
        unit, year = self.defendant.place.unit, f"{first.charges[0].charged:%y}"
        arrest = f"{year}GA{unit}01{number:011}{_ASN_LETTERS[number % len(_ASN_LETTERS)]}"
        told = Sent(self.defendant, f"GA{unit}{number:05}{year}", arrest, first, first.held_on)
        told = replace(told, **more)  # type: ignore[arg-type]
        return [replace(told, sitting=one, sent_on=one.held_on) for one in sittings]

    def _at(self) -> str:
        return self.dice.choice(_TIMES)


def court_day(day: date, *, step: int) -> date:
    """The day itself where courts sit on it, or the nearest before (-1) or after (1) on which they do."""
    while day.weekday() >= 5 or is_bank_holiday(day):
        day += timedelta(days=step)
    return day
