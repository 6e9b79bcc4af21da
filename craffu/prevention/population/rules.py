"""Who may be scored at all: a stated, dated population whose necessity somebody assessed (PRI-01, PRI-10).

Pure. While any part of its definition is missing, nobody is in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.prevention.scoring.facts import SCORED_PARTS, Part, Standing

WINDOW: Final = timedelta(days=1_095)


class Group(StrEnum):
    """The offences that bring somebody in, unless a definition says otherwise. Keys are stored."""

    STALKING = "stalking"
    HARASSMENT = "harassment"
    COERCIVE_CONTROL = "coercive_control"
    ORDER_BREACH = "order_breach"


class WhyOut(StrEnum):
    """Why somebody is not in the population. Keys are stored."""

    INCOMPLETE = "definition_incomplete"
    NOT_YET = "definition_not_yet_in_force"
    NO_SUCH_OFFENCE = "no_such_offence"
    OTHER_PART = "not_a_suspect_or_offender"
    ELIMINATED = "eliminated_or_no_crime"
    TOO_OLD = "outside_the_window"


@dataclass(frozen=True, slots=True)
class Definition:
    """A population by name and version, from when it is in force, and the assessment that it is necessary, with its day."""

    name: str
    version: int | None
    begins: date | None
    necessity_ref: str
    necessity_on: date | None
    groups: frozenset[str] = frozenset(Group)
    window: timedelta = WINDOW

    @property
    def missing(self) -> list[str]:
        """The parts that are not there, by the names they have on the page."""
        parts = {
            "name": self.name, "version": self.version, "from": self.begins, "necessity_ref": self.necessity_ref,
            "necessity_on": self.necessity_on,
        }  # fmt: skip
        return [name for name, value in parts.items() if not value]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of somebody's as the population is concerned with it."""

    group: str
    part: Part
    occurred_on: date
    standing: Standing = Standing.RECORDED


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody is in, and if not why; `missing` are the parts of a definition that is not complete."""

    is_in: bool
    why: WhyOut | None = None
    missing: tuple[str, ...] = ()


def is_member(definition: Definition, events: Iterable[Happened], on: date) -> Answer:
    """Whether somebody with these events is in the population on a day: the first thing that no event is left after says why not.
    The last day of the window counts.
    """
    if definition.missing:
        return Answer(False, WhyOut.INCOMPLETE, tuple(definition.missing))
    if definition.begins is not None and on < definition.begins:
        return Answer(False, WhyOut.NOT_YET)
    left: Sequence[Happened] = list(events)
    for why, keeps in _tests(definition, on):
        left = [one for one in left if keeps(one)]
        if not left:
            return Answer(False, why)
    return Answer(True)


def _tests(definition: Definition, on: date) -> list[tuple[WhyOut, Callable[[Happened], bool]]]:
    return [
        (WhyOut.NO_SUCH_OFFENCE, lambda one: one.group in definition.groups),
        (WhyOut.OTHER_PART, lambda one: one.part in SCORED_PARTS),
        (WhyOut.ELIMINATED, lambda one: one.standing is Standing.RECORDED),
        (WhyOut.TOO_OLD, lambda one: timedelta(0) <= on - one.occurred_on <= definition.window),
    ]
