from collections.abc import Callable

import pytest

from craffu.access.acting import Acting


@pytest.fixture
def lead(acting_as: Callable[..., Acting]) -> Acting:
    """The workforce lead."""
    return acting_as("workforce_lead", username="lead")
