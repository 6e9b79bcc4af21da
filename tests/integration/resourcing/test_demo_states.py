"""The invented force's lead states which versions count and what posts carry, once (RES-01, RES-03)."""

from collections.abc import Callable

import pytest

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.config.demo.staffing import state_staffing
from craffu.resourcing.champions.queries import accepted_versions, versions_of
from craffu.resourcing.posts.queries import capacities
from tests.factories.staff import post

pytestmark = pytest.mark.django_db


@pytest.mark.rule("RES-01")
def test_the_demos_lead_states_it_once(system: Acting, make_user: Callable[..., User]) -> None:
    state_staffing(system)
    assert accepted_versions(system) == [], "without the account nobody states anything"
    make_user("workforce_lead", username="workforce-lead")
    post(system, "P1", role="civil orders officer")
    for _ in range(2):
        state_staffing(system)
        first, second = accepted_versions(system)
        assert (first.version, second.version, second.last_day) == ("1", "2", None)
        assert first.last_day is not None
        assert first.first_day < second.first_day < first.last_day, "for a while both count"
        assert [len(one.aims) for one in versions_of(system)] == [6, 0]
        assert [(role, one.work, one.most) for role, one in capacities(system).items()] == [
            ("civil orders officer", "orders", 20)
        ]
