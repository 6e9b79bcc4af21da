"""Signing in and out: the session's identifier changes, a refusal says nothing of use, and each attempt is logged."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from craffu.access.models import User
from craffu.audit.models import Event
from tests.web.conftest import text_of

PASSWORD = "a long pass phrase for tests"


@pytest.fixture
def somebody(make_user: Callable[..., User]) -> User:
    return make_user("analyst", username="sam", password=PASSWORD)


def sign_in(client: Client, username: str, password: str, **more: str) -> object:
    return client.post(reverse("sign_in"), {"username": username, "password": password, **more})


def logged() -> list[tuple[str, str]]:
    rows = Event.objects.filter(verb="authentication").order_by("id")
    return [(row.kind, row.actor) for row in rows]


def test_a_right_password_leads_to_todays_work_and_is_logged(somebody: User, client: Client) -> None:
    answer = sign_in(client, "sam", PASSWORD)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("home")
    assert logged() == [("signed_in", "sam")]
    assert client.get(reverse("home")).status_code == 200


def test_T16_the_sessions_identifier_changes_at_sign_in_and_the_old_one_is_worth_nothing(
    somebody: User, client: Client
) -> None:
    client.get(reverse("sign_in"))
    session = client.session
    session["before"] = "signing in"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, "sam", PASSWORD)
    after = client.session.session_key
    assert after != before
    client.cookies["sessionid"] = before
    assert client.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    ("username", "password"), [("sam", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong"), ("SAM", PASSWORD)]
)
def test_a_refusal_never_says_which_part_was_wrong(
    username: str, password: str, somebody: User, client: Client
) -> None:
    answer = sign_in(client, username, password)
    assert answer.status_code == 200
    assert "The username or password is not right. Check both and try again." in text_of(answer)
    assert PASSWORD not in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.rule("SEC-04")
def test_a_refused_attempt_is_logged_but_never_a_name_that_nobody_has(somebody: User, client: Client) -> None:
    sign_in(client, "sam", "wrong")
    sign_in(client, "my-secret-pass-phrase", "sam")
    assert logged() == [("sign_in_refused", "sam"), ("sign_in_refused", "unknown")]
    assert not Event.objects.filter(payload__contains="my-secret").exists()


def test_a_closed_account_is_refused_like_an_unknown_one(somebody: User, client: Client) -> None:
    from craffu.common.door import bookkeeping

    bookkeeping(lambda: User.objects.filter(pk=somebody.pk).update(is_active=False))()
    answer = sign_in(client, "sam", PASSWORD)
    assert "The username or password is not right" in text_of(answer)
    assert logged() == [("sign_in_refused", "unknown")]


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/people", "/people"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_on_never_leads_to_another_site(wanted: str, leads_to: str, somebody: User, client: Client) -> None:
    assert sign_in(client, "sam", PASSWORD, next=wanted).headers["Location"] == leads_to


@pytest.mark.rule("BIL-01")
def test_whoever_chose_welsh_starts_in_welsh(make_user: Callable[..., User], client: Client) -> None:
    make_user("analyst", username="sian", password=PASSWORD, language="cy")
    assert sign_in(client, "sian", PASSWORD).headers["Location"] == "/cy/"


def test_somebody_signing_in_on_the_welsh_page_stays_in_welsh(somebody: User, client: Client) -> None:
    with override("cy"):
        path = reverse("sign_in")
    answer = client.post(path, {"username": "sam", "password": PASSWORD})
    assert answer.headers["Location"] == "/cy/"


def test_signing_out_is_a_post_ends_the_session_and_is_logged(signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("analyst", username="sam")
    assert client.get(reverse("sign_out")).status_code == 405
    key = client.session.session_key
    assert client.post(reverse("sign_out")).headers["Location"] == f"{reverse('sign_in')}?out=here"
    client.cookies["sessionid"] = key
    assert client.get(reverse("home")).status_code == 302
    assert logged() == [("signed_out", "sam")]


def test_a_form_from_elsewhere_is_refused(somebody: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "sam", PASSWORD).status_code == 403
    assert logged() == []


def test_empty_boxes_are_named_and_nothing_is_logged(somebody: User, client: Client) -> None:
    answer = sign_in(client, "", "")
    assert "Enter your username" in text_of(answer)
    assert "Enter your password" in text_of(answer)
    assert logged() == []
