"""The pages of service accounts: listed with the time left, approved by another administrator, and on Today before they rest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.unattended.actions import ask_for_service
from craffu.audit.models import Event
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of

pytestmark = [pytest.mark.rule("SEC-01"), pytest.mark.sqlite]
PAGE = "/accounts/services/svc.nightly"


@pytest.fixture
def boss(
    make_user: Callable[..., User], signed_in_client: Callable[..., Client], frozen_clock: time_machine.Traveller
) -> Client:
    """An administrator, while one of another's waits for approval and ben answers for it."""
    ann, ben = make_user("administrator", username="ann"), make_user("analyst", username="ben")
    ask_for_service(
        by=acting_user(ann), name="svc.nightly", purpose="Extracts of the night", work=["intake rms"],
        machine_account="craffu", owner=ben,
    )  # fmt: skip
    return signed_in_client("administrator", username="boss")


def sign_in(name: str, client: Client | None = None) -> Client:
    from craffu.access.sessions.actions import begin_session

    client = client or Client()
    client.user = User.objects.get(username=name)  # type: ignore[attr-defined]
    client.force_login(client.user)  # type: ignore[attr-defined]
    begin_session(user=client.user, key=client.session.session_key)  # type: ignore[attr-defined]
    return client


def test_it_waits_on_today_is_approved_with_a_fresh_factor_and_comes_back_before_it_rests(
    boss: Client, confirmed: Callable[..., Client], frozen_clock: time_machine.Traveller
) -> None:
    assert "Approve or end service account svc.nightly" in text_of(boss.get("/"))
    given = {"act": "approve", "days": "30", "reason": "Seen what it does"}
    assert "Confirm that it is you" in text_of(boss.post(PAGE, given))
    confirmed(boss)
    assert boss.post(PAGE, given).headers["Location"] == f"{PAGE}?done=approve"
    page = text_of(boss.get(f"{PAGE}?done=approve"))
    assert "It may work." in page
    assert "Until 13 February 2026, 10:30. Days left: 30." in page
    assert "Test boss (boss)" in page
    assert "svc.nightly" not in text_of(boss.get("/"))
    assert "Days left: 30." in text_of(boss.get("/accounts/services"))
    frozen_clock.shift(timedelta(days=16))
    for name in ("boss", "ben"):
        words = text_of(sign_in(name).get("/"))
        assert "Have service account svc.nightly approved again" in words
        assert "Due 6 February 2026" in words[words.index("Next 7 days") :]
    frozen_clock.shift(timedelta(days=14, hours=-1))
    assert "Rests from 13 February 2026" in text_of(sign_in("ben").get("/"))
    frozen_clock.shift(timedelta(hours=1))
    assert "approved again or end it" in text_of(sign_in("ben").get("/"))


def test_who_asked_for_it_is_told_that_another_approves_it(boss: Client) -> None:
    page = text_of(sign_in("ann").get(PAGE))
    assert "An administrator who neither asked for it nor answers for it can approve it." in page
    assert "Let it work" not in page
    assert "Let it work" in text_of(boss.get(PAGE))


def test_whoever_answers_for_it_sees_and_ends_it(boss: Client, confirmed: Callable[..., Client]) -> None:
    ben = confirmed(sign_in("ben"))
    assert ben.get("/accounts/services").status_code == 403
    assert text_of(ben.post(PAGE, {"act": "approve", "days": "1", "reason": "x"})).count("There is a problem") == 1
    assert ben.post(PAGE, {"act": "end", "reason": "Not needed"}).status_code == 302
    page = text_of(ben.get(f"{PAGE}?done=end"))
    assert "It works no more." in page
    assert "What shall become of it?" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose what shall become of it"),
        ({"act": "approve", "days": "91", "reason": "x"}, "Enter a number of days from 1 to 90"),
        ({"act": "approve", "days": "", "reason": "x"}, "Enter a number of days from 1 to 90"),
        ({"act": "end", "days": "9"}, "Say why"),
    ],
)
def test_what_is_missing_is_said(given: dict[str, str], said: str, boss: Client) -> None:
    page = boss.post(PAGE, given)
    assert page.status_code == 200
    assert said in text_of(page)


@pytest.mark.rule("SEC-04")
def test_T8_each_view_is_logged_once_and_an_absent_one_is_absent(boss: Client, visit: Visit) -> None:
    for path, kind in ((PAGE, "service_viewed"), ("/accounts/services", "services_listed")):
        answer, rows = visit(boss, path)
        assert answer.status_code == 200
        assert [(row.kind, row.actor) for row in rows] == [(kind, "boss")]
        assert list(refs_said_by(rows[0])) == ["service/svc.nightly"]
    assert boss.get("/accounts/services/svc.nobody").status_code == 404
    assert sign_in("ben").get("/accounts/services/svc.nobody").status_code == 403


def test_the_list_costs_the_same_however_long_it_is(boss: Client, django_assert_max_num_queries: Any) -> None:
    boss.get("/accounts/services")
    by, ben = acting_user(User.objects.get(username="ann")), User.objects.get(username="ben")
    for number in range(10):
        ask_for_service(by=by, name=f"svc.n{number}", purpose="x", work=["intake"], machine_account="craffu", owner=ben)
    with django_assert_max_num_queries(25):
        assert text_of(boss.get("/accounts/services")).count("Waits for approval") == 11
    assert Event.objects.filter(kind="services_listed").count() == 2
