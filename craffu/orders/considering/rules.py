"""Which kinds a case makes available to consider, when a consideration is decided, and by when it must be.

ORD-01 and ORD-02; rules.md, Annex A (consideration table). A force may add rows, and never takes the stalking protection
order out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from craffu.cases.risk.rules import Grade
from craffu.cases.states import Stage
from craffu.clocks.london import due
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.rules import Entered, WhyNotApply, age_on, availability, too_young


class CaseStage(StrEnum):
    """How far a case has come, as the table asks it; closed is no further action."""

    INVESTIGATION = "investigation"
    CHARGED = "charged"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    CLOSED = "closed"


_BEFORE_COURT: Final[Mapping[Stage, CaseStage]] = {
    Stage.REPORTED: CaseStage.INVESTIGATION,
    Stage.INVESTIGATED: CaseStage.INVESTIGATION,
    Stage.CHARGED: CaseStage.CHARGED,
    Stage.CLOSED: CaseStage.CLOSED,
}
# How an offence ended at court, as cases have it.
_CONVICTED, _ACQUITTED = "convicted", "not_guilty"


def stage_of(stage: Stage | None, outcomes: Collection[str | None] = ()) -> CaseStage:
    """ORD-01: the stage as the table asks it, of one respondent: how each of their offences ended, None for one still open.

    At court they are charged until the court has done with every offence of theirs. One conviction is a conviction; an end
    without a finding is as no further action. A case that is nowhere yet is being investigated.
    """
    if stage is None:
        return CaseStage.INVESTIGATION
    if stage in _BEFORE_COURT:
        return _BEFORE_COURT[stage]
    if stage is Stage.AT_COURT and (not outcomes or None in outcomes):
        return CaseStage.CHARGED
    if _CONVICTED in outcomes:
        return CaseStage.CONVICTED
    return CaseStage.ACQUITTED if _ACQUITTED in outcomes else CaseStage.CLOSED


class Fact(StrEnum):
    """What is asked about a case: yes, no or not yet asked."""

    STALKING = "stalking"
    ASSOCIATED = "associated"
    SHARED_HOME = "shared_home"
    VIOLENCE_OR_THREAT = "violence_or_threat"
    ABUSE = "abuse"
    LOCALITY_AFFECTED = "locality_affected"
    SEXUAL_CONDUCT = "sexual_conduct"
    QUALIFYING_OFFENDER = "qualifying_offender"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind to consider: at which stages of a case, and given which facts."""

    kind: str
    stages: frozenset[CaseStage]
    facts: tuple[Fact, ...] = ()


ANY_STAGE: Final = frozenset(CaseStage)
_BEFORE_CHARGE: Final = frozenset({CaseStage.INVESTIGATION, CaseStage.CLOSED})
_TO_CONVICTION: Final = frozenset({CaseStage.CHARGED, CaseStage.CONVICTED})

# `orders.checklist`, as rules.md, Annex A has it.
CHECKLIST: Final = (
    Row("SPO", ANY_STAGE, (Fact.STALKING,)),
    Row("SPO_CONV", frozenset({CaseStage.CONVICTED}), (Fact.STALKING,)),
    Row("SPO_ACQ", frozenset({CaseStage.ACQUITTED}), (Fact.STALKING,)),
    Row("RO_CONV", _TO_CONVICTION),
    Row("RO_ACQ", frozenset({CaseStage.CHARGED, CaseStage.ACQUITTED})),
    Row("NMO", ANY_STAGE, (Fact.ASSOCIATED,)),
    Row("OCC", ANY_STAGE, (Fact.ASSOCIATED, Fact.SHARED_HOME)),
    Row("PHA_INJ", ANY_STAGE),
    Row("DVPN", _BEFORE_CHARGE, (Fact.ASSOCIATED, Fact.VIOLENCE_OR_THREAT)),
    Row("DAPN", _BEFORE_CHARGE, (Fact.ASSOCIATED, Fact.ABUSE)),
    Row("DAPO", ANY_STAGE, (Fact.ASSOCIATED, Fact.ABUSE)),
    Row("CBO", _TO_CONVICTION),
    Row("CPN", _BEFORE_CHARGE, (Fact.LOCALITY_AFFECTED,)),
    Row("SRO", ANY_STAGE, (Fact.SEXUAL_CONDUCT,)),
    Row("SHPO", ANY_STAGE, (Fact.SEXUAL_CONDUCT, Fact.QUALIFYING_OFFENDER)),
)

NOT_AT_THIS_STAGE: Final = "not_at_this_stage"
NOT_SO: Final = "not_so:"
# Asked for where the respondent's age decides and nobody has said when they were born.
BORN: Final = "respondent_born"
# No criminal case has a suspect below this age, so an unknown birthday holds back no kind that asks for no more.
_AGE_OF_RESPONSIBILITY: Final = 10


@dataclass(frozen=True, slots=True)
class Situation:
    """What a case is: its stage, its force's area, the day, when the respondent was born, and the facts as far as asked."""

    stage: CaseStage
    area: str
    on: date
    born: date | None
    facts: Mapping[Fact, bool | None]


@dataclass(frozen=True, slots=True)
class NotAvailable:
    """A kind that is not there to consider, with the reason."""

    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What there is to decide, what waits for a question, the questions in order of their names, and what is not there."""

    offered: tuple[str, ...]
    waiting_for_a_fact: tuple[str, ...]
    ask: tuple[str, ...]
    not_available: tuple[NotAvailable, ...]


def checklist(
    situation: Situation,
    catalogue: Mapping[str, Kind],
    *,
    rows: Sequence[Row] = CHECKLIST,
    entered: Mapping[str, Entered] | None = None,
) -> Checklist:
    """ORD-01: every kind of the table is offered, waits for a fact, or is listed with the reason; none is left blank."""
    offered, waiting, ask, absent = [], [], set[str](), []
    for row in rows:
        why = _why_not(row, catalogue[row.kind], situation, (entered or {}).get(row.kind))
        unasked = [] if why else _unasked(row, catalogue[row.kind], situation)
        if why:
            absent.append(NotAvailable(row.kind, why))
        elif unasked:
            waiting.append(row.kind)
            ask |= set(unasked)
        else:
            offered.append(row.kind)
    return Checklist(tuple(offered), tuple(waiting), tuple(sorted(ask)), tuple(absent))


def _why_not(row: Row, kind: Kind, situation: Situation, entered: Entered | None) -> str | None:
    if situation.stage not in row.stages:
        return NOT_AT_THIS_STAGE
    answer = availability(kind, situation.area, situation.on, entered=entered)
    if not answer.offered:
        return answer.why
    age = None if situation.born is None else age_on(situation.born, situation.on)
    if age is not None and too_young(kind, age):
        return WhyNotApply.TOO_YOUNG
    return next((NOT_SO + fact for fact in row.facts if situation.facts.get(fact) is False), None)


def _unasked(row: Row, kind: Kind, situation: Situation) -> list[str]:
    unasked: list[str] = [fact for fact in row.facts if situation.facts.get(fact) is None]
    if situation.born is None and (kind.applying.min_age or 0) > _AGE_OF_RESPONSIBILITY:
        unasked.append(BORN)
    return unasked


class Outcome(StrEnum):
    """What may be decided about a kind."""

    APPLY = "apply"
    ASK_PROSECUTOR = "ask_prosecutor"
    SUPPORT_OWN_APPLICATION = "support_own_application"
    OTHER_MEASURE = "other_measure"
    NOT_PURSUED = "not_pursued"
    DEFER = "defer"


@dataclass(frozen=True, slots=True)
class Consideration:
    """Whether every kind offered has been decided, and which have not, in their order."""

    complete: bool
    undecided: tuple[str, ...]


def consideration(offered: Iterable[str], decisions: Mapping[str, str | None]) -> Consideration:
    """ORD-01: decided together, type by type; what is no outcome of the list decides nothing."""
    undecided = tuple(kind for kind in offered if decisions.get(kind) not in set(Outcome))
    return Consideration(not undecided, undecided)


def to_consider(after: Checklist, decided: Collection[str]) -> list[str]:
    """ORD-01: what a new stage or fact leaves to consider: the kinds it adds, and what nobody had decided before it."""
    return [kind for kind in after.offered if kind not in decided]


class Reopening(StrEnum):
    """What opens the question again for every kind."""

    NEW_REPORT = "new_report"
    BREACH = "breach"
    REFUSAL = "refusal"
    ORDER_ENDED = "order_ended"


def opened_again(happened: str, offered: Iterable[str]) -> list[str]:
    """ORD-01: the kinds that something that happened opens again: all that are offered, or none."""
    return list(offered) if happened in set(Reopening) else []


# `orders.consider_within`
CONSIDER_WITHIN: Final = timedelta(hours=48)


class ClockState(StrEnum):
    """How a consideration stands against its limit."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ConsiderBy:
    due: datetime
    state: ClockState


def consider_by(
    opened_at: datetime, now: datetime, decided_at: datetime | None = None, within: timedelta = CONSIDER_WITHIN
) -> ConsiderBy:
    """ORD-01: the instant by which a consideration is decided, in elapsed hours; exactly at the limit is in time."""
    limit = due(opened_at, within)
    if decided_at is not None:
        return ConsiderBy(limit, ClockState.MET if decided_at <= limit else ClockState.LATE)
    return ConsiderBy(limit, ClockState.OPEN if now <= limit else ClockState.OVERDUE)


# `orders.reason_min_chars` and `orders.defer_max`
REASON_MIN_CHARS: Final = 20
DEFER_MAX: Final = timedelta(days=14)
ALWAYS_IN_WRITING: Final = frozenset({"SPO"})


def runs_as_high(risk: str | None) -> bool:
    """RSK-02: high, or not assessed, which runs as high."""
    return risk not in {Grade.MEDIUM, Grade.STANDARD}


def needs_written_reason(kind: str, outcome: str, risk: str | None) -> bool:
    """`orders.written_reason`: always for the SPO, and whenever something is not pursued at high risk."""
    return kind in ALWAYS_IN_WRITING or (outcome == Outcome.NOT_PURSUED and runs_as_high(risk))


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about one kind; what was not given is empty."""

    kind: str
    outcome: str
    reason_code: str = ""
    reason_text: str = ""
    risk: str | None = None
    supervisor_agrees: bool = False
    decided_on: date | None = None
    review_on: date | None = None


def why_not_decided(decision: Decision) -> list[str]:
    """ORD-02: why a decision does not stand, in order of the reasons' names; nothing where it does."""
    if decision.outcome not in set(Outcome):
        return ["unknown_outcome"]
    why = []
    if not decision.reason_code.strip():
        why.append("missing:reason_code")
    written = needs_written_reason(decision.kind, decision.outcome, decision.risk)
    if written and len(decision.reason_text.strip()) < REASON_MIN_CHARS:
        why.append("reason_too_short")
    if decision.outcome == Outcome.NOT_PURSUED and runs_as_high(decision.risk) and not decision.supervisor_agrees:
        why.append("supervisor_agreement_needed")
    if decision.outcome == Outcome.DEFER:
        why += _deferral(decision.decided_on, decision.review_on)
    return sorted(why)


def _deferral(decided_on: date | None, review_on: date | None) -> list[str]:
    if review_on is None:
        return ["missing:review_on"]
    if decided_on is None:
        return ["missing:decided_on"]
    if review_on < decided_on:
        return ["review_before_decision"]
    return ["review_too_far"] if review_on - decided_on > DEFER_MAX else []


def is_open_again(outcome: str, review_on: date | None, today: date) -> bool:
    """ORD-02: a deferral is open again on its date."""
    return outcome == Outcome.DEFER and review_on is not None and today >= review_on
