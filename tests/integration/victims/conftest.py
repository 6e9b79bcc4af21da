"""A victim of stalking whose case is open, at noon on a Tuesday in winter, and the officers who look after her."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from tests.factories.victims import send_victim

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def victim(system: Acting, tmp_path: Path) -> str:
    """Her reference. Her case is C-10001."""
    return send_victim(system, tmp_path)


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("victim_officer", username="officer")
