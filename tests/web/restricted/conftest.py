"""One restricted case, C-10001 of P-10001, and who stands how to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.sessions.actions import begin_session
from tests.factories.court_messages import court_message
from tests.web.conftest import TakeIn

WHERE = {"kind": "case", "reference": "C-10001", "reason": "a test"}


def user_of(client: Client) -> User:
    user: User = client.user  # type: ignore[attr-defined]
    return user


def signed_in_again(client: Client) -> Client:
    """The same person in a session of its own: the one before was idle for too long."""
    again = Client()
    again.user = user_of(client)  # type: ignore[attr-defined]
    again.force_login(user_of(client))
    begin_session(user=user_of(client), key=again.session.session_key or "")
    return again


@pytest.fixture
def supervisor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor")


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


@pytest.fixture
def shut(supervisor: Client, take_in_files: TakeIn) -> None:
    take_in_files({"1.xml": court_message()})
    # Before any clock that stands still.
    restrict(by=acting_user(user_of(supervisor)), now=datetime(2026, 1, 1, tzinfo=UTC), **WHERE)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    """At a door, and has just proved who they are."""
    return confirmed(signed_in_client("response_officer"))


@pytest.fixture
def open_it() -> Callable[..., Any]:
    """`open_it(client)` fills in the form as it stands on the page and sends it; what is given takes the place of a field."""

    def opened(client: Client, **given: str) -> Any:
        page = client.get("/restricted/C-10001/open").content.decode()
        form = page.split('name="form" value="')[1].split('"')[0]
        said = {"reason_code": "threat_to_life", "reason_text": "She reports him at the door now", "form": form}
        return client.post("/restricted/C-10001/open", {**said, **given})

    return opened
