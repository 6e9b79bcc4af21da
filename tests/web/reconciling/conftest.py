"""Noon on a Tuesday in winter, and the civil orders team."""

from tests.web.orders.conftest import at_noon, team
from tests.worlds import force, world

__all__ = ["at_noon", "force", "team", "world"]
