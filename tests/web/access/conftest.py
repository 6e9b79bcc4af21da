"""What the tests of the identity provider ask for: one that runs, and somebody who has an account here and there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine as travelling

from craffu.access.factors.actions import add_app
from craffu.access.factors.codes import new_secret
from craffu.access.factors.rules import Proof
from craffu.access.models import User
from craffu.access.provider import protocol
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import begin_session
from craffu.common import clock
from tests.provider.process import Provider, running
from tests.provider.visiting import BACK

PASSWORD = "a long pass phrase for tests"


@pytest.fixture(scope="module")
def there() -> Iterator[Provider]:
    with running(BACK) as started:
        yield started


@pytest.fixture
def provider(there: Provider, settings: Any) -> Provider:
    settings.CRAFFU_OIDC = there.settings()
    there.new_browser()
    protocol.forget()
    return there


@pytest.fixture
def time_machine() -> Iterator[Any]:
    """The clock goes on from now, as the provider's does, and can be moved ahead."""
    with travelling.travel(clock.now(), tick=True) as traveller:
        yield traveller


@pytest.fixture
def somebody_with_an_app() -> Callable[[User], object]:
    def give(user: User) -> None:
        session = begin_session(user=user, key="a", proof=Proof.PASSWORD)
        add_app(by=acting_user(user), session=session, secret=new_secret(), step=0, key="a", new_key="b")

    return give


@pytest.fixture
def sam(make_user: Callable[..., User]) -> User:
    return make_user("auditor", username="sam", password=PASSWORD)
