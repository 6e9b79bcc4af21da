"""The orders that the pages' tests open, asked for by a program; an offender manager, and a program of one."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.prevention.models import ScoreRun
from tests.web.conftest import take_in_files
from tests.web.orders.conftest import at_noon, being_considered, made, team
from tests.worlds import force, world

__all__ = ["at_noon", "being_considered", "force", "made", "take_in_files", "team", "world"]


@pytest.fixture
def manager(make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("offender_manager", username="manager"))


@pytest.fixture
def program(scored: ScoreRun, signed_in_client: Callable[..., Client]) -> Client:
    """Of an offender manager, where everybody is scored."""
    return signed_in_client("offender_manager")
