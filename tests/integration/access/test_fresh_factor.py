"""T17: an action asks for a fresh factor too, of people and not of the system or of who sits at the machine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from craffu.access.acting import Acting, acting_operator
from craffu.access.policies import FactorNotFresh, check_fresh_factor
from craffu.common import clock

pytestmark = pytest.mark.rule("SEC-03")


def test_T17_somebody_without_a_fresh_factor_is_refused(acting_as: Callable[..., Acting]) -> None:
    by, now = acting_as("auditor"), clock.now()
    for factor_at in (None, now - timedelta(minutes=5)):
        with pytest.raises(FactorNotFresh):
            check_fresh_factor(replace(by, factor_at=factor_at), now)
    check_fresh_factor(replace(by, factor_at=now), now)
    check_fresh_factor(replace(by, factor_at=now))


def test_T17_the_system_and_the_operator_have_no_session_to_prove_anything_in(system: Acting) -> None:
    check_fresh_factor(system)
    check_fresh_factor(acting_operator(system.force, "root"))
