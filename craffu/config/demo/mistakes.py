"""The mistakes courts and lines make, put into the demo's messages on purpose, each with what intake should say of it.

About as often as in real messages: one defendant in three has a message with a doubt; one message in a hundred or so is
held back or cannot be read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from craffu.config.demo.court_messages import message
from craffu.config.demo.hearings import NOT_APPLICABLE, Result, Sent
from craffu.config.demo.people import defendant
from craffu.config.demo.story import DUMMY_ARREST, story

# A set of mistakes that stop a message comes once for each so many defendants.
BLOCK = 100
_EVERY = 20
_STRANGERS = 900_000
_DAMAGED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with every twentieth defendant's messages, and the flag intake raises for it."""

    flag: str
    make: Callable[[list[Sent]], list[Sent]]


def _first_charge(sent: Sent, **change: object) -> Sent:
    first, *others = sent.sitting.charges
    charges = (replace(first, **change), *others)  # type: ignore[arg-type]
    return replace(sent, sitting=replace(sent.sitting, charges=charges))


def _malformed_arrest(told: list[Sent]) -> list[Sent]:
    return [replace(sent, arrest=sent.arrest[:-4]) for sent in told]


def _dummy_arrest(told: list[Sent]) -> list[Sent]:
    return [replace(sent, arrest=DUMMY_ARREST) for sent in told]


def _no_birth_date(told: list[Sent]) -> list[Sent]:
    *others, last = told
    return [*others, replace(last, defendant=replace(last.defendant, birth_date=None))]


def _unknown_result(told: list[Sent]) -> list[Sent]:
    *others, last = told
    given = (*last.sitting.charges[0].results, Result("Defendant to keep the court informed.", "9991"))
    return [*others, _first_charge(last, results=given)]


def _unknown_offence(told: list[Sent]) -> list[Sent]:
    *others, last = told
    strange = replace(last.sitting.charges[0], code="XY99001")
    sitting = replace(last.sitting, charges=(*last.sitting.charges, strange))
    return [*others, replace(last, sitting=sitting)]


def _damaged(told: list[Sent]) -> list[Sent]:
    first, *others = told
    place = first.sitting.charges[0].place
    return [_first_charge(first, place=place[:2] + _DAMAGED + place[3:]), *others]


def _two_bail_signs(told: list[Sent]) -> list[Sent]:
    """The court forgets the defendant's own bail status; the next hearing still has one."""
    first, *others = told
    return [replace(first, sitting=replace(first.sitting, bail=NOT_APPLICABLE)), *others]


# By the defendant's number within twenty.
MISTAKES = {
    6: Mistake("asn_malformed", _malformed_arrest),
    8: Mistake("birth_date_missing", _no_birth_date),
    10: Mistake("result_code_unknown", _unknown_result),
    14: Mistake("damaged_characters", _damaged),
    15: Mistake("asn_dummy", _dummy_arrest),
    17: Mistake("offence_code_unknown", _unknown_offence),
    19: Mistake("bail_signs_disagree", _two_bail_signs),
}


def mistake_of(number: int) -> Mistake | None:
    """The mistake in the messages about a defendant, if there is one."""
    return MISTAKES.get(number % _EVERY)


def told(seed: int, number: int, today: date) -> list[Sent]:
    """Everything sent about a defendant, with the mistake that belongs to their number."""
    right = story(seed, number, today)
    mistake = mistake_of(number)
    return right if mistake is None else mistake.make(right)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A message that goes no further than intake: its bytes, its day and what becomes of it there."""

    data: bytes
    sent_on: date
    expected: str


def stopped(seed: int, number: int, today: date) -> Iterator[Stopped]:
    """Sent once in each hundred defendants: a copy, a message about nobody known, a filler for a reference, half a file."""
    if number % BLOCK != 1:
        return
    first, second, *_ = told(seed, number, today)
    stranger = defendant(seed, _STRANGERS + number)
    yield Stopped(message(first), first.sent_on + timedelta(days=1), "unchanged")
    # The case and the arrest of one man under the name of another.
    other = replace(second, defendant=stranger)
    yield Stopped(message(other), second.sent_on + timedelta(days=1), "parked")
    nowhere = replace(first, defendant=stranger, case="XXXXXXXXX")
    yield Stopped(message(nowhere), first.sent_on + timedelta(days=2), "rejected")
    whole = message(second)
    yield Stopped(whole[: len(whole) * 2 // 3], second.sent_on + timedelta(days=3), "refused")
