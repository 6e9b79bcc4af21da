"""An order in force that protects a victim, and those who review it. The clock stands at noon on a Tuesday in winter."""

from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.orders.models import Order
from tests.factories.reviews import in_force
from tests.web.orders.conftest import at_noon, team

__all__ = ["at_noon", "team"]


@pytest.fixture
def order(system: Acting, team: Acting, tmp_path: Path) -> Order:
    return in_force(system, team, tmp_path)
