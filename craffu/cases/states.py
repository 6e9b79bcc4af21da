"""The stages of an investigation as data: which may follow which, and who moves it (ORD-09's way of writing a life cycle).

Court messages arrive late and out of order, so a stage is entered with both times, and a case may go back from
`concluded` to `at_court` (a variation, an appeal, a breach). Closed is what the police say of an investigation, concluded
what a court has done: a closed one may be opened again, and no police record moves a case that a court has.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    REPORTED = "reported"
    INVESTIGATED = "investigated"
    CHARGED = "charged"
    AT_COURT = "at_court"
    CONCLUDED = "concluded"
    CLOSED = "closed"


MOVES: dict[Stage | None, frozenset[Stage]] = {
    None: frozenset(Stage),
    Stage.REPORTED: frozenset({Stage.INVESTIGATED, Stage.CHARGED, Stage.AT_COURT, Stage.CONCLUDED, Stage.CLOSED}),
    Stage.INVESTIGATED: frozenset({Stage.CHARGED, Stage.AT_COURT, Stage.CONCLUDED, Stage.CLOSED}),
    Stage.CHARGED: frozenset({Stage.AT_COURT, Stage.CONCLUDED, Stage.CLOSED}),
    Stage.AT_COURT: frozenset({Stage.CONCLUDED}),
    Stage.CONCLUDED: frozenset({Stage.AT_COURT}),
    Stage.CLOSED: frozenset({Stage.INVESTIGATED, Stage.CHARGED, Stage.AT_COURT, Stage.CONCLUDED}),
}

# Nothing more is expected of the police or the courts.
OVER = frozenset({Stage.CONCLUDED, Stage.CLOSED})

OWNERS: dict[Stage, str] = {
    Stage.REPORTED: "investigator",
    Stage.INVESTIGATED: "investigator",
    Stage.CHARGED: "investigator",
    Stage.AT_COURT: "court_liaison",
    Stage.CONCLUDED: "court_liaison",
    Stage.CLOSED: "investigator",
}


# What a force's own system calls the stages (layout `rms`).
STAGE_SAID: dict[str, Stage] = {
    "reported": Stage.REPORTED,
    "screened": Stage.REPORTED,
    "investigation": Stage.INVESTIGATED,
    "charged": Stage.CHARGED,
    "court": Stage.AT_COURT,
    "closed": Stage.CLOSED,
}


def may_follow(present: Stage | None, wanted: Stage) -> bool:
    """Whether a case at `present` (None: not yet anywhere) may move to `wanted`. Staying is not a move."""
    return wanted in MOVES[present]


def over_from(stages: Iterable[tuple[str, date]]) -> date | None:
    """The day from which a case is over, by the stages it came to in order; None while it is not, or at no stage."""
    since = None
    for stage, day in stages:
        since = None if stage not in OVER else since or day
    return since
