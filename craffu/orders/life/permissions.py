"""Which moves in the life of an order are open to somebody (ORD-09; rules.md, Annex B)."""

from craffu.access.acting import Acting
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.life.rules import moves_available
from craffu.orders.life.states import TABLE


def moves_of(by: Acting, kind: Kind, status: str) -> list[str]:
    """The moves that somebody may make of an order of this kind at this status, in the order of the table."""
    allowed = {move for right in by.rights for move in moves_available(kind, status, right)}
    return [move for move in TABLE if move in allowed]
