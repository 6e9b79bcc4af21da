"""What one incident is, and what a person's breach history counts (BRC-01, BRC-07, IDN-06).

An incident, a charge and a conviction are three things and are never summed: each count says which it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision, ProsecutionDecision
from craffu.orders.following.rules import HEIGHTENED_DAYS


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells of an incident: of which, and which conditions it says were broken, each as `order/condition`."""

    incident: str
    source: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One act that broke something: every condition of every order, and every source that tells of it, each once, in order."""

    incident: str
    conditions: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def orders(self) -> tuple[str, ...]:
        return tuple(sorted({one.partition("/")[0] for one in self.conditions}))


def incidents(told: Iterable[Told]) -> list[Incident]:
    """One record for each incident, whoever tells of it and however many conditions it broke (BRC-01)."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for one in told:
        conditions, sources = found.setdefault(one.incident, (set(), set()))
        conditions.update(one.conditions)
        sources.add(one.source)
    return [
        Incident(incident, tuple(sorted(conditions)), tuple(sorted(sources)))
        for incident, (conditions, sources) in found.items()
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident in a history: the source record it is of, who tells of it, and how it ended where it did."""

    record: str
    source: str
    police: PoliceDecision | None = None
    prosecution: ProsecutionDecision | None = None
    court: CourtResult | None = None


@dataclass(frozen=True, slots=True)
class History:
    """How many incidents of a person are on record, each count named. All were alleged; none of the others adds up with it."""

    alleged: int
    police_accepted: int
    charged: int
    proved: int
    not_proved: int
    quashed: int
    undetected: int
    no_action: int
    sources: tuple[str, ...]


def history(person: str, entries: Iterable[Entry], whose: Mapping[str, str]) -> History:
    """What is known of a person over the links as they stand: `whose` says for each source record which person it is (BRC-07).

    A record that is nobody's, because a link was undone, is in no history.
    """
    theirs = [one for one in entries if whose.get(one.record) == person]

    def of_police(decision: PoliceDecision) -> int:
        return sum(one.police is decision for one in theirs)

    def of_court(result: CourtResult) -> int:
        return sum(one.court is result for one in theirs)

    return History(
        alleged=len(theirs),
        police_accepted=of_police(PoliceDecision.BREACH),
        charged=sum(one.prosecution is ProsecutionDecision.CHARGED for one in theirs),
        proved=of_court(CourtResult.PROVED),
        not_proved=of_court(CourtResult.NOT_PROVED),
        quashed=of_court(CourtResult.QUASHED),
        undetected=of_police(PoliceDecision.UNDETECTED),
        no_action=sum(
            one.police is PoliceDecision.NO_BREACH or one.prosecution is ProsecutionDecision.NO_ACTION for one in theirs
        ),
        sources=tuple(sorted({one.source for one in theirs})),
    )


# What lies further back than a closer watch would have lasted is no emergency any more, once no order stands that it broke.
URGENT_FOR: Final = timedelta(days=HEIGHTENED_DAYS)


def is_past(last_at: datetime, learnt_at: datetime, *, is_live: bool) -> bool:
    """Whether an incident lay so far back, when it was learnt of, that nobody's hours run: it stands in the ledger all the same.

    The project's own decision (ADR 56): a register that begins takes in years of history, and no rule says so.
    """
    return not is_live and learnt_at - last_at > URGENT_FOR
