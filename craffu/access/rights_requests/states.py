"""The life of a request about somebody's own data: what may follow what, and who takes each step (SEC-11; ORD-09's way).

An answer that was approved can still be sent back: nothing has left yet. What is answered or withdrawn stays so.
"""

from enum import StrEnum


class RightsStatus(StrEnum):
    RECEIVED = "received"
    IDENTIFIED = "identified"
    PREPARED = "prepared"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


MOVES: dict[RightsStatus | None, frozenset[RightsStatus]] = {
    None: frozenset({RightsStatus.RECEIVED}),
    RightsStatus.RECEIVED: frozenset({RightsStatus.IDENTIFIED, RightsStatus.WITHDRAWN}),
    RightsStatus.IDENTIFIED: frozenset({RightsStatus.PREPARED, RightsStatus.WITHDRAWN}),
    RightsStatus.PREPARED: frozenset({RightsStatus.APPROVED, RightsStatus.SENT_BACK, RightsStatus.WITHDRAWN}),
    RightsStatus.SENT_BACK: frozenset({RightsStatus.PREPARED, RightsStatus.WITHDRAWN}),
    RightsStatus.APPROVED: frozenset({RightsStatus.ANSWERED, RightsStatus.SENT_BACK, RightsStatus.WITHDRAWN}),
    RightsStatus.ANSWERED: frozenset(),
    RightsStatus.WITHDRAWN: frozenset(),
}

OWNERS: dict[RightsStatus, str] = dict.fromkeys(RightsStatus, "auditor")

# What each of these says, it says of one text: that which is prepared is approved, and that which was approved is sent.
OF_A_TEXT = frozenset({RightsStatus.PREPARED, RightsStatus.APPROVED, RightsStatus.ANSWERED})

OVER = frozenset(status for status in RightsStatus if not MOVES[status])


def may_follow(present: RightsStatus | None, wanted: RightsStatus) -> bool:
    """Whether a request at `present` may take a step."""
    return wanted in MOVES[present]
