"""What opens the question of a kind, what answers it, and so which questions are open, since when and why (ORD-01, ORD-02).

Walked through in the order in which it happened. A kind whose order is under way or in force is answered by that. Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from craffu.orders.considering.rules import Outcome, Reopening


class Why(StrEnum):
    """What opened a question."""

    CASE_OPENED = "case_opened"
    RESPONDENT_NAMED = "respondent_named"
    NEW_STAGE = "new_stage"
    NEW_FACT = "new_fact"
    FROM_THIS_DAY = "from_this_day"
    NEW_REPORT = Reopening.NEW_REPORT.value
    BREACH = Reopening.BREACH.value
    REFUSAL = Reopening.REFUSAL.value
    ORDER_ENDED = Reopening.ORDER_ENDED.value
    DEFERRED = "deferred"
    CHALLENGED = "challenged"
    REOPENED = "reopened"


# What leaves alone a kind that somebody has decided about.
_ADDS = frozenset({Why.CASE_OPENED, Why.RESPONDENT_NAMED, Why.NEW_STAGE, Why.NEW_FACT, Why.FROM_THIS_DAY})


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that opens the question of some kinds, from the instant at which it was known here.

    `happened_at` is when it was so, where that is another instant: hours are counted from it. `after` is the decision that it
    follows, where it follows one.
    """

    key: str
    why: Why
    at: datetime
    kinds: frozenset[str]
    after: int | None = None
    happened_at: datetime | None = None

    @property
    def counts_from(self) -> datetime:
        return self.happened_at or self.at


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a kind; one that waits for a supervisor does not stand yet."""

    number: int
    kind: str
    outcome: str
    at: datetime
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Reached:
    """The order of a kind came under way, into force, or out of both."""

    kind: str
    at: datetime
    is_running: bool


class Stands(StrEnum):
    """How the question of a kind stands: open, decided and waiting for a supervisor, decided, or answered by an order."""

    OPEN = "open"
    WAITS = "waits"
    DECIDED = "decided"
    RUNNING = "running"


@dataclass(slots=True)
class Question:
    """One kind's question: how it stands, what opened it last, and the last decision about it, standing or not."""

    stands: Stands
    opening: Opening | None = None
    decided: Decided | None = None


@dataclass(slots=True)
class Asked:
    """What one opening asked, and when all of it was answered; None while it is not."""

    opening: Opening
    kinds: dict[str, datetime | None] = field(default_factory=dict)

    @property
    def done_at(self) -> datetime | None:
        answered = [at for at in self.kinds.values() if at is not None]
        return max(answered) if len(answered) == len(self.kinds) else None


@dataclass(slots=True)
class Wait:
    """A decision that waited, or waits, for a supervisor's word; `done_at` is when it no longer did."""

    decided: Decided
    opening: Opening | None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """Every question, everything that was asked, and every wait for a supervisor."""

    questions: Mapping[str, Question]
    asked: tuple[Asked, ...]
    waits: tuple[Wait, ...]


def _rank(event: Opening | Decided | Reached) -> int:
    """Of one instant: an order ends, then something opens, then it is decided, then what follows a decision opens it again."""
    if isinstance(event, Reached):
        return 2 if event.is_running else 0
    if isinstance(event, Opening):
        return 1 if event.after is None else 3
    return 2


def walk(events: Iterable[Opening | Decided | Reached], offered: Collection[str]) -> Walked:
    """ORD-01: the questions of the kinds offered, after all that happened. What is no longer offered is no longer asked."""
    steps = _Walk()
    for event in sorted(events, key=lambda one: (one.at, _rank(one))):
        steps.take(event)
    asked = (_of_kinds(one, offered) for one in steps.asked)
    return Walked(
        {kind: steps.questions.get(kind) or Question(Stands.OPEN) for kind in offered},
        tuple(one for one in asked if one.kinds),
        tuple(one for one in steps.waits if one.decided.kind in offered or one.done_at),
    )


def _of_kinds(asked: Asked, offered: Collection[str]) -> Asked:
    return replace(asked, kinds={kind: at for kind, at in asked.kinds.items() if kind in offered})


class _Walk:
    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self.asked: list[Asked] = []
        self.waits: list[Wait] = []

    def take(self, event: Opening | Decided | Reached) -> None:
        if isinstance(event, Opening):
            self._open(event)
        elif isinstance(event, Decided):
            self._decide(event)
        else:
            self._reach(event)

    def _open(self, opening: Opening) -> None:
        asked = Asked(opening)
        for kind in sorted(opening.kinds):
            known = self.questions.get(kind)
            if known is None or self._is_opened_by(opening, known):
                if known is not None:
                    self._end_wait(kind, opening.at)
                self.questions[kind] = Question(Stands.OPEN, opening, known.decided if known else None)
                asked.kinds[kind] = None
        if asked.kinds:
            self.asked.append(asked)

    @staticmethod
    def _is_opened_by(opening: Opening, known: Question) -> bool:
        if known.stands in {Stands.OPEN, Stands.RUNNING}:
            return False
        if opening.after is not None:
            return known.decided is not None and known.decided.number == opening.after
        return opening.why not in _ADDS

    def _decide(self, decided: Decided) -> None:
        known = self.questions.setdefault(decided.kind, Question(Stands.OPEN))
        self._end_wait(decided.kind, decided.at)
        known.decided = decided
        if known.stands is not Stands.RUNNING:
            known.stands = Stands.DECIDED if decided.stands else Stands.WAITS
        if not decided.stands:
            self.waits.append(Wait(decided, known.opening))
        self._answer(decided.kind, decided.at)

    def _reach(self, reached: Reached) -> None:
        known = self.questions.setdefault(reached.kind, Question(Stands.OPEN))
        if reached.is_running:
            known.stands = Stands.RUNNING
            self._end_wait(reached.kind, reached.at)
            self._answer(reached.kind, reached.at)
        elif known.stands is Stands.RUNNING:
            known.stands = Stands.DECIDED

    def _answer(self, kind: str, at: datetime) -> None:
        for asked in self.asked:
            if kind in asked.kinds and asked.kinds[kind] is None:
                asked.kinds[kind] = at

    def _end_wait(self, kind: str, at: datetime) -> None:
        for wait in self.waits:
            if wait.decided.kind == kind and wait.done_at is None:
                wait.done_at = at


def deferral(kind: str, number: int, at: datetime) -> Opening:
    """ORD-02: on its date a deferral's question is open again, unless something was decided since."""
    return Opening(f"deferred:{number}", Why.DEFERRED, at, frozenset({kind}), after=number)


def stands_at_once(outcome: str, agreed_by: int | None, *, runs_as_high: bool) -> bool:
    """ORD-02: what is not pursued at high risk, or unassessed, stands once a supervisor has agreed."""
    return outcome != Outcome.NOT_PURSUED or agreed_by is not None or not runs_as_high


def until(events: Iterable[Opening | Decided | Reached], now: datetime) -> Iterator[Opening | Decided | Reached]:
    """What has happened by an instant; what lies ahead is left out."""
    return (one for one in events if one.at <= now)
