"""T16 and T6: a session ends when it should, for good, and whoever was thrown out comes back to the page they were on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import change_right, close_account, set_password
from craffu.access.models import User
from craffu.access.rules import Over
from craffu.access.sessions.actions import SEEN_EVERY, end_session
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import TERMS
from craffu.audit.models import Event
from craffu.web.access.ways import ACCEPTED
from tests.web.conftest import text_of

PASSWORD, NEW = "a long pass phrase for tests", "quite another phrase 77"
SignedIn = Callable[..., Client]


@pytest.fixture
def sam(make_user: Callable[..., User]) -> User:
    return make_user("analyst", username="sam", password=PASSWORD)


@pytest.fixture
def signed_in(sam: User) -> SignedIn:
    def sign_in() -> Client:
        client = Client()
        assert client.post("/sign-in", {"username": "sam", "password": PASSWORD}).status_code == 302
        return client

    return sign_in


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def copy_of(client: Client) -> Client:
    """A thief with the session's identifier."""
    copied = Client()
    copied.cookies["sessionid"] = client.cookies["sessionid"].value
    return copied


def logged(kind: str) -> list[str]:
    return [row.payload for row in Event.objects.filter(kind=kind).order_by("id")]


def test_T16_fifteen_minutes_without_use_end_a_session_and_the_page_says_so(
    signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    client = signed_in()
    frozen_clock.shift(timedelta(minutes=14))
    assert is_in(client)
    frozen_clock.shift(timedelta(minutes=14))
    assert is_in(client)
    frozen_clock.shift(timedelta(minutes=15))
    thief = copy_of(client)
    answer = client.get("/people?known-at=2026-01-01")
    assert answer.status_code == 302
    assert "next=/people%3Fknown-at%3D2026-01-01" in answer.headers["Location"]
    page = client.get(answer.headers["Location"])
    assert "You were signed out because Craffu was not used for 15 minutes." in text_of(page)
    assert not is_in(thief)
    assert len(logged("session_ended")) == 1
    assert '"reason":"idle"' in logged("session_ended")[0]


def test_T16_two_requests_that_find_a_session_over_at_one_instant_end_it_once(signed_in: SignedIn, sam: User) -> None:
    key = signed_in().session.session_key or ""
    for _ in range(2):
        end_session(user=sam, key=key, why=Over.IDLE, request="r")
    assert len(logged("session_ended")) == 1


def test_T16_ten_hours_end_a_session_however_busy_it_is(
    signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    client = signed_in()
    for _ in range(59):
        frozen_clock.shift(timedelta(minutes=10))
        assert is_in(client)
    frozen_clock.shift(timedelta(minutes=10))
    assert not is_in(client)
    assert '"reason":"too_long"' in logged("session_ended")[0]


def test_the_last_use_is_written_seldom(signed_in: SignedIn, frozen_clock: time_machine.Traveller) -> None:
    client, began = signed_in(), SignInSession.objects.get().seen_at
    frozen_clock.shift(SEEN_EVERY / 2)
    client.get("/")
    assert SignInSession.objects.get().seen_at == began
    frozen_clock.shift(SEEN_EVERY / 2)
    client.get("/")
    assert SignInSession.objects.get().seen_at == began + SEEN_EVERY


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/account/password", "/account/password"),
        ("http://testserver/people?page=2", "/people%3Fpage%3D2"),
        ("https://elsewhere.example/people", ""),
        ("", ""),
    ],
)
def test_a_form_sent_too_late_says_that_it_was_not_saved_and_leads_back_to_its_own_page(
    referer: str, leads_to: str, signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    client = signed_in()
    frozen_clock.shift(timedelta(minutes=16))
    answer = client.post("/account/password", {"current": "typed"}, headers={"Referer": referer})
    location = answer.headers["Location"]
    assert f"next={leads_to}&" in location
    assert "What you had just sent was not saved." in text_of(client.get(location))


def test_T16_signing_out_ends_this_session_and_no_other(signed_in: SignedIn) -> None:
    here, there = signed_in(), signed_in()
    thief = copy_of(here)
    assert "You have signed out." in text_of(here.get(here.post("/sign-out").headers["Location"]))
    assert (is_in(thief), is_in(here), is_in(there)) == (False, False, True)
    assert len(logged("signed_out")) == 1


def test_T16_signing_out_everywhere_ends_all(signed_in: SignedIn) -> None:
    clients = [signed_in() for _ in range(3)]
    page = clients[0].get("/account")
    assert "Open sessions: 3." in text_of(page)
    assert "127.0.0.1" not in page.content.decode()
    thieves = [copy_of(client) for client in clients]
    assert "You have signed out everywhere." in text_of(
        clients[0].get(clients[0].post("/account/sign-out-everywhere").headers["Location"])
    )
    assert "You were signed out everywhere: by yourself, or" in text_of(clients[1].get("/account", follow=True))
    assert not any(is_in(client) for client in [*clients, *thieves])
    assert '"counts":{"sessions":3}' in logged("signed_out_everywhere")[0]


def test_T16_a_new_password_rotates_the_identifier_and_ends_every_other_session(signed_in: SignedIn) -> None:
    here, there = signed_in(), signed_in()
    thief = copy_of(here)
    answer = here.post("/account/password", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert answer.headers["Location"] == "/account"
    assert "Your password is changed." in text_of(here.get("/account"))
    assert "Your password is changed." not in text_of(here.get("/account?changed=1"))
    assert "If that was not you, tell your service desk now." in text_of(there.get("/", follow=True))
    assert (is_in(here), is_in(there), is_in(thief)) == (True, False, False)
    assert here.post("/sign-out").status_code == 302
    assert here.post("/sign-in", {"username": "sam", "password": PASSWORD}).status_code == 200
    assert here.post("/sign-in", {"username": "sam", "password": NEW}).status_code == 302
    rows = logged("password_changed")
    assert len(rows) == 1
    assert NEW not in rows[0]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"current": "mistyped 4711", "new": NEW, "again": NEW}, "That is not your current password."),
        ({"current": PASSWORD, "new": "kurz9", "again": "kurz9"}, "at least 12 characters"),
        ({"current": PASSWORD, "new": "password1234", "again": "password1234"}, "one that many people use"),
        ({"current": PASSWORD, "new": "!Sunshine2026!!", "again": "!Sunshine2026!!"}, "one that many people use"),
        ({"current": PASSWORD, "new": "dragondragon", "again": "dragondragon"}, "one that many people use"),
        (
            {"current": PASSWORD, "new": "Craffu-Police-26", "again": "Craffu-Police-26"},
            "words that go with this place",
        ),
        ({"current": PASSWORD, "new": NEW, "again": "another 4711"}, "The two new passwords are not the same"),
        ({"current": "", "new": "", "again": ""}, "Enter your current password"),
    ],
)
def test_a_password_is_changed_only_with_the_present_one_and_to_a_fit_one(
    given: dict[str, str], says: str, sam: User, signed_in: SignedIn
) -> None:
    answer = signed_in().post("/account/password", given)
    assert says in text_of(answer)
    in_welsh = text_of(signed_in().post("/cy/account/password", given))
    assert "Mae problem" in in_welsh
    assert says not in in_welsh
    assert "password" not in in_welsh
    assert not any(value and value in answer.content.decode() for value in given.values())
    assert User.objects.get(pk=sam.pk).check_password(PASSWORD)


def test_T15_the_present_password_cannot_be_guessed_from_an_unlocked_screen(
    signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    client = signed_in()
    for _ in range(5):
        client.post("/account/password", {"current": "mistyped 4711", "new": NEW, "again": NEW})
    answer = client.post("/account/password", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert "wait a few minutes" in text_of(answer)
    assert len(logged("password_change_refused")) == 6


@pytest.mark.rule("SEC-01")
def test_T6_closing_an_account_ends_its_sessions_at_the_next_request(
    sam: User, signed_in: SignedIn, system: Acting
) -> None:
    client = signed_in()
    close_account(by=system, user=sam, reason="left the force")
    assert not is_in(client)
    assert client.post("/sign-in", {"username": "sam", "password": PASSWORD}).status_code == 200
    assert '"sessions":1' in logged("account_closed")[0]


@pytest.mark.rule("SEC-01")
def test_T6_losing_the_last_right_ends_the_sessions_and_losing_another_does_not(
    sam: User, signed_in: SignedIn, system: Acting
) -> None:
    client = signed_in()
    change_right(by=system, user=sam, right="auditor", held=True, reason="test")
    change_right(by=system, user=sam, right="auditor", held=False, reason="test")
    assert is_in(client)
    change_right(by=system, user=sam, right="analyst", held=False, reason="test")
    assert not is_in(client)


def test_T16_a_password_set_by_an_administrator_ends_all_sessions(
    sam: User, signed_in: SignedIn, system: Acting
) -> None:
    client = signed_in()
    set_password(by=system, user=sam, password=NEW)
    assert not is_in(client)


def test_a_session_that_was_not_begun_by_signing_in_opens_nothing(sam: User, client: Client) -> None:
    client.force_login(sam)
    assert not is_in(client)


def test_no_key_of_a_session_is_kept_beside_its_person(sam: User, signed_in: SignedIn) -> None:
    key = signed_in().cookies["sessionid"].value
    assert key not in repr([*SignInSession.objects.values_list()])


def test_what_is_over_long_ago_is_forgotten(
    sam: User, signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    signed_in()
    frozen_clock.shift(timedelta(days=31))
    signed_in()
    assert SignInSession.objects.count() == 1


@pytest.fixture
def newcomer(make_user: Callable[..., User]) -> Client:
    make_user("analyst", username="new", password=PASSWORD, has_accepted_terms=False)
    client = Client()
    client.post("/sign-in", {"username": "new", "password": PASSWORD})
    return client


@pytest.mark.rule("SEC-04")
def test_nobody_uses_craffu_before_accepting_the_terms_and_is_asked_once(newcomer: Client) -> None:
    answer = newcomer.get("/cy/intake/?page=2")
    assert answer.headers["Location"].startswith("/cy/terms?next=/cy/intake/")
    words = text_of(newcomer.get("/terms"))
    for purpose in ("processed lawfully", "self-monitoring", "whole and secure", "criminal proceedings"):
        assert purpose in words
    assert "without a policing purpose is an offence" in words
    assert newcomer.get("/help").status_code == 200
    assert newcomer.post("/terms", {"next": "/intake/"}).headers["Location"] == "/intake/"
    assert is_in(newcomer)
    newcomer.post("/terms")
    rows = logged("terms_accepted")
    assert len(rows) == 1
    assert '"refs":["terms/2026-11"]' in rows[0]
    assert "You accepted them on" in text_of(newcomer.get("/terms"))


def test_the_way_on_from_the_terms_never_leads_to_another_site(newcomer: Client) -> None:
    assert newcomer.post("/terms", {"next": "//elsewhere.example/"}).headers["Location"] == "/"


def test_new_terms_are_asked_again_of_everybody(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from craffu.access.sessions import actions, queries
    from craffu.web.access import middleware

    client: Any = signed_in()
    assert is_in(client)
    for module in (actions, queries, middleware):
        monkeypatch.setattr(module, "TERMS", "2027-01")
    assert client.get("/").headers["Location"].startswith("/terms")


def test_whoever_does_not_accept_may_sign_out(newcomer: Client) -> None:
    assert newcomer.post("/sign-out").headers["Location"] == "/sign-in?out=here"


def test_T16_every_page_says_until_when_and_a_button_puts_it_off(
    signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    frozen_clock.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)
    client = signed_in()
    said = "You will be signed out at 09:15 if you open no page before then, and at 19:00 at the latest."
    assert said in client.get("/account").content.decode()
    assert "Cewch eich allgofnodi am 09:15" in client.get("/cy/account").content.decode()
    frozen_clock.shift(timedelta(minutes=14))
    assert client.post("/account/stay").json() == {"idle": 900, "longest": 10 * 3600 - 14 * 60}
    frozen_clock.shift(timedelta(minutes=14))
    assert is_in(client)
    assert client.get("/account/stay").status_code == 405


def test_T16_in_its_last_minutes_a_session_is_not_put_off_beyond_its_ten_hours(
    signed_in: SignedIn, frozen_clock: time_machine.Traveller
) -> None:
    frozen_clock.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)
    client = signed_in()
    for _ in range(42):
        frozen_clock.shift(timedelta(minutes=14))
        assert is_in(client)
    page = client.get("/account").content.decode()
    assert "You will be signed out at 19:00." in page
    assert "over=too_long" in page
    assert client.post("/account/stay").json() == {"idle": 900, "longest": 720}
    frozen_clock.shift(timedelta(minutes=12))
    assert not is_in(client)
    assert client.post("/account/stay").headers["Location"].startswith("/sign-in")


def test_who_asks_and_how_they_stand_is_asked_in_four_questions(
    signed_in_client: Callable[..., Client], django_assert_num_queries: Any
) -> None:
    client = signed_in_client("response_officer")
    session = client.session
    session[ACCEPTED] = TERMS
    session.save()
    # PostgreSQL is asked for the sign-in with what stands of whoever it is of (ADR 129).
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 4):
        assert client.get("/help").status_code == 200
