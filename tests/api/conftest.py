"""The orders that the pages' tests open, asked for by a program."""

from tests.web.conftest import take_in_files
from tests.web.orders.conftest import at_noon, being_considered, made, team
from tests.worlds import force, world

__all__ = ["at_noon", "being_considered", "force", "made", "take_in_files", "team", "world"]
