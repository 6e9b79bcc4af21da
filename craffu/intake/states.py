"""The life of an intake run, as data."""

from enum import StrEnum


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.WAITING: frozenset({RunState.RUNNING, RunState.INTERRUPTED, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.FINISHED, RunState.REFUSED, RunState.INTERRUPTED, RunState.FAILED}),
    RunState.FINISHED: frozenset(),
    RunState.REFUSED: frozenset(),
    RunState.INTERRUPTED: frozenset(),
    RunState.FAILED: frozenset(),
}

ALIVE = frozenset({RunState.WAITING, RunState.RUNNING})
TERMINAL = frozenset(state for state, onward in MOVES.items() if not onward)

OWNERS: dict[RunState, str] = dict.fromkeys(RunState, "analyst")
