"""The life of a deep dive: what may follow what, and who takes each step (SCR-12).

A draft that is with the force can be taken back. What is published or stopped stays so: another deep dive says otherwise.
"""

from enum import StrEnum
from typing import Final


class DiveStatus(StrEnum):
    DRAFTING = "drafting"
    WITH_FORCE = "with_force"
    REPLIED = "replied"
    PUBLISHED = "published"
    STOPPED = "stopped"


MOVES: Final[dict[DiveStatus | None, frozenset[DiveStatus]]] = {
    None: frozenset({DiveStatus.DRAFTING}),
    DiveStatus.DRAFTING: frozenset({DiveStatus.WITH_FORCE, DiveStatus.STOPPED}),
    DiveStatus.WITH_FORCE: frozenset({DiveStatus.REPLIED, DiveStatus.PUBLISHED, DiveStatus.DRAFTING}),
    DiveStatus.REPLIED: frozenset({DiveStatus.PUBLISHED, DiveStatus.DRAFTING}),
    DiveStatus.PUBLISHED: frozenset(),
    DiveStatus.STOPPED: frozenset(),
}

OWNERS: Final[dict[DiveStatus, str]] = dict.fromkeys(DiveStatus, "scrutiny_officer")

# What is found may be written and mended: before a draft is with the force, and once it has said what is wrong in it.
OPEN: Final = frozenset({DiveStatus.DRAFTING, DiveStatus.REPLIED})


def may_follow(present: DiveStatus | None, wanted: DiveStatus) -> bool:
    """Whether a deep dive at `present` may take a step."""
    return wanted in MOVES[present]
