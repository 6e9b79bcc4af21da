"""What the log says when a breach enters a status: one kind of event for each (BRC-04, BRC-06)."""

from craffu.breaches.events import BREACH_DECIDED, BREACH_FINALISED, BREACH_RAISED
from craffu.breaches.ledger.states import Status

# Accepted, rejected and joined are decisions of one kind; the row of the move says which.
BREACH_EVENTS = {
    Status.POSSIBLE: BREACH_RAISED,
    Status.ACCEPTED: BREACH_DECIDED,
    Status.REJECTED: BREACH_DECIDED,
    Status.JOINED: BREACH_DECIDED,
    Status.FINALISED: BREACH_FINALISED,
}
