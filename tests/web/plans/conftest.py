"""An order in force, and those who plan for whoever it is against. The clock stands at noon on a Tuesday in winter."""

from craffu.access.acting import Acting
from craffu.orders.models import Order
from tests.factories.reviews import in_force
from tests.web.orders.conftest import NOW, at_noon, team
from tests.worlds import World, force, kept, world

__all__ = ["at_noon", "force", "team", "world"]


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder)
