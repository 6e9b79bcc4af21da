"""Who may be given an order to manage."""

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import holders_of
from craffu.orders.permissions import MANAGE


def managers_of(by: Acting) -> list[User]:
    """Everybody of the force whose work it is to manage orders, by name. Two queries."""
    return holders_of(by, MANAGE)
