"""T17 on the pages: the second step of signing in, setting factors up and taking them away, recovery, and who lost theirs."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import close_account, set_password
from craffu.access.factors import codes
from craffu.access.factors.models import AuthenticatorApp, Passkey, RecoveryCode
from craffu.access.factors.queries import factors_of
from craffu.access.factors.rules import STEP, Proof, step_at
from craffu.access.models import User
from craffu.access.sessions.actions import begin_session
from craffu.access.sessions.models import SignInSession
from craffu.access.signing_in.models import SignInTry
from craffu.audit.models import Event
from craffu.common import clock
from tests.factories.authenticator import Authenticator
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("SEC-03")
PASSWORD = "a long pass phrase for tests"


@pytest.fixture(autouse=True)
def standing_clock(frozen_clock: time_machine.Traveller) -> time_machine.Traveller:
    return frozen_clock


@pytest.fixture
def sam(make_user: Callable[..., User]) -> User:
    return make_user("auditor", username="sam", password=PASSWORD)


def begun(next_page: str = "") -> Client:
    """A browser whose user gave the right password."""
    client = Client()
    client.answer = client.post("/sign-in", {"username": "sam", "password": PASSWORD, "next": next_page})  # type: ignore[attr-defined]
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def code(step: int = 0) -> str:
    return codes.code_of(AuthenticatorApp.objects.get().secret, step_at(clock.now()) + step)


def options_of(response: Any) -> str:
    return unescape(re.search(r'data-options="([^"]*)"', response.content.decode())[1])  # type: ignore[index]


def add_app(client: Client) -> str:
    """An app for whoever is signed in, set up through the page under a new identifier; the code that was used."""
    identifier = client.cookies["sessionid"].value
    shown = client.get("/account/factors/app").content.decode()
    secret = re.search(r'craffu-secret" translate="no">([A-Z2-7 ]+)<', shown)[1].replace(" ", "")  # type: ignore[index]
    used = codes.code_of(secret, step_at(clock.now()))
    assert client.post("/account/factors/app", {"code": used}).status_code == 302
    assert client.cookies["sessionid"].value != identifier
    return used


def add_passkey(client: Client, device: Authenticator, name: str = "work laptop") -> Any:
    challenge = device.asked(options_of(client.get("/account/factors/passkey")))
    return client.post("/account/factors/passkey", {"name": name, "answer": device.make(challenge)})


@pytest.fixture
def with_app(sam: User, standing_clock: time_machine.Traveller) -> str:
    """Sam has an app since a minute ago."""
    add_app(begun())
    standing_clock.shift(timedelta(minutes=1))
    return "sam"


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


# Signing in.


def test_T17_a_password_alone_signs_nobody_in_who_has_a_second_factor(with_app: str) -> None:
    client = begun("/audit")
    assert client.answer.headers["Location"] == "/sign-in/factor"  # type: ignore[attr-defined]
    assert not is_in(client)
    assert kinds()[-1] == "factor_asked"
    first = client.cookies["sessionid"].value
    answer = client.post("/sign-in/factor", {"code": code()})
    assert answer.headers["Location"] == "/audit"
    assert client.cookies["sessionid"].value != first, "the identifier changes once more"
    assert is_in(client)
    session = SignInSession.objects.filter(ended_at=None).order_by("-id")[0]
    assert (session.factor, session.factor_at) == (Proof.CODE, clock.now())
    assert not SignInTry.objects.exists(), "neither step counts against who got both right"


def test_T17_a_wrong_or_replayed_code_is_refused_and_logged(with_app: str) -> None:
    once = code()
    begun().post("/sign-in/factor", {"code": once})
    client = begun()
    for wrong in (once, code(-1), code(2)):
        page = client.post("/sign-in/factor", {"code": wrong})
        assert "That is not right, or the code was used already." in text_of(page)
        assert not is_in(client)
    assert kinds().count("factor_refused") == 3
    assert "Enter the code that your app shows" in text_of(client.post("/sign-in/factor", {"code": ""}))


def test_T17_a_refused_code_is_not_in_the_way_of_the_next(
    with_app: str, standing_clock: time_machine.Traveller
) -> None:
    client = begun()
    assert "123457" not in client.post("/sign-in/factor", {"code": "123457"}).content.decode()
    client.post("/sign-in/factor", {"code": code()})
    for path in ("/account/factors/app", "/account/confirm"):
        refused = client.post(path, {"code": "123457", "password": "wrong"}).content.decode()
        assert "govuk-error-summary" in refused
        assert "123457" not in refused


def test_T17_codes_are_guessed_no_faster_than_passwords_though_the_password_is_known(
    with_app: str, standing_clock: time_machine.Traveller
) -> None:
    """Giving the right password again does not buy new tries."""
    right = code()
    for _ in range(3):
        client = begun()
        client.post("/sign-in/factor", {"code": "000000"})
    assert not is_in(begun())
    client.post("/sign-in/factor", {"code": right})
    assert not is_in(client), "held back, though the code is right"
    assert kinds().count("sign_in_held_back") == 1
    standing_clock.shift(timedelta(seconds=61))
    client.post("/sign-in/factor", {"code": code()})
    assert is_in(client)


def test_T17_the_second_step_is_for_ten_minutes_and_for_the_password_that_was_given(
    with_app: str, sam: User, system: Acting, standing_clock: time_machine.Traveller
) -> None:
    client = begun()
    standing_clock.shift(timedelta(minutes=10))
    answer = client.post("/sign-in/factor", {"code": code()})
    assert answer.headers["Location"] == "/sign-in?over=second"
    assert "You took longer than 10 minutes" in text_of(client.get("/sign-in?over=second"))
    client = begun()
    set_password(by=system, user=sam, password="another phrase altogether")
    assert client.get("/sign-in/factor").status_code == 302
    assert Client().get("/sign-in/recovery").headers["Location"] == "/sign-in?over=second"


def test_T17_a_closed_account_does_not_come_to_its_second_step(with_app: str, sam: User, system: Acting) -> None:
    client = begun()
    close_account(by=system, user=sam, reason="left")
    assert client.get("/sign-in/factor").headers["Location"] == "/sign-in?over=second"


def test_T17_a_passkey_signs_in_and_its_answer_does_so_once(sam: User, standing_clock: time_machine.Traveller) -> None:
    device = Authenticator()
    assert add_passkey(begun(), device).headers["Location"] == "/account/factors/codes"
    client = begun()
    page = client.get("/sign-in/factor")
    assert "Code from your app" not in text_of(page)
    assert "A passkey needs JavaScript" in text_of(page)
    answer = device.sign(device.asked(options_of(page)))
    thief = begun()
    thief.get("/sign-in/factor")
    assert thief.post("/sign-in/factor", {"answer": answer}).status_code == 200, (
        "another browser was asked something else"
    )
    assert client.post("/sign-in/factor", {"answer": answer}).status_code == 302
    assert is_in(client)
    again = begun()
    assert again.post("/sign-in/factor", {"answer": answer}).status_code == 200
    assert (is_in(thief), is_in(again)) == (False, False)


def test_T17_an_answer_for_another_origin_signs_nobody_in(sam: User) -> None:
    device = Authenticator()
    add_passkey(begun(), device)
    client, device.origin = begun(), "https://craffu.example.evil"
    answer = device.sign(device.asked(options_of(client.get("/sign-in/factor"))))
    assert client.post("/sign-in/factor", {"answer": answer}).status_code == 200
    assert not is_in(client)


# Recovery.


def test_T17_a_recovery_code_signs_in_once_and_only_to_set_up_a_new_factor(with_app: str) -> None:
    client = begun()
    client.post("/sign-in/factor", {"code": code()})
    page = client.post("/account/factors/codes")
    made = re.findall(r"<li>(\d(?:-[a-z2-9]{4}){3})</li>", page.content.decode())
    assert len(made) == 10
    assert made[0] not in client.get("/account/factors/codes").content.decode(), "shown once"
    lost = begun("/audit")
    assert "one of your recovery codes" in text_of(lost.post("/sign-in/recovery", {"code": "0-aaaa-aaaa-aaaa"}))
    assert "Enter a recovery code" in text_of(lost.post("/sign-in/recovery", {"code": ""}))
    assert lost.post("/sign-in/recovery", {"code": made[0].upper()}).headers["Location"] == "/audit"
    for path in ("/", "/audit", "/account", "/account/password", "/account/factors/codes"):
        assert lost.get(path).headers["Location"] == "/account/factors", path
    page = text_of(lost.get("/account/factors"))
    assert "You can use Craffu when this is done." in page
    assert "Recovery code used to sign in (sam)" in page
    add_app(lost)
    assert is_in(lost)
    assert not is_in(client), "the session that knew the lost app is over"
    again = begun()
    assert "one of your recovery codes" in text_of(again.post("/sign-in/recovery", {"code": made[0]}))


def test_T17_recovery_codes_are_guessed_no_faster_than_passwords(with_app: str, sam: User) -> None:
    client = begun()
    for _ in range(5):
        client.post("/sign-in/recovery", {"code": "1-aaaa-aaaa-aaaa"})
    assert '"reason":"held_back"' in Event.objects.filter(kind="factor_refused").last().payload  # type: ignore[union-attr]


# Where a factor is required of everybody.


def test_T17_who_has_no_factor_where_one_is_required_sets_it_up_before_anything_else(
    make_user: Callable[..., User], settings: Any
) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    make_user("auditor", username="sam", password=PASSWORD, has_accepted_terms=False)
    client = begun("/audit")
    assert client.get("/audit").headers["Location"] == "/account/factors"
    assert client.get("/account/factors").headers["Location"] == "/terms?next=/account/factors"
    assert client.post("/terms", {"next": "/account/factors"}).headers["Location"] == "/account/factors"
    assert "Set up a second factor" in text_of(client.get("/account/factors"))
    add_app(client)
    assert client.get("/audit").status_code == 200
    assert client.get("/account/factors/remove/app").status_code == 409
    assert client.post("/account/factors/remove/app").status_code == 409
    assert factors_of(User.objects.get(username="sam")).app is not None


def test_T17_a_session_from_before_a_factor_was_required_proves_one(with_app: str, sam: User, settings: Any) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    client = Client()
    client.force_login(sam)
    begin_session(user=sam, key=client.session.session_key or "")
    assert client.get("/audit").headers["Location"] == "/account/factors"
    assert client.get("/account/factors").headers["Location"] == "/account/confirm"
    client.post("/account/confirm", {"password": PASSWORD, "code": code()})
    assert client.get("/audit").status_code == 200


def test_T17_a_new_password_keeps_what_was_proved(with_app: str, settings: Any) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    client = begun()
    client.post("/sign-in/factor", {"code": code()})
    new = "quite another phrase 77"
    client.post("/account/password", {"current": PASSWORD, "new": new, "again": new})
    assert is_in(client)


# The pages.


def test_T17_the_qr_code_stays_the_same_until_it_is_used_and_a_wrong_first_code_adds_nothing(sam: User) -> None:
    client = begun()
    first, again = client.get("/account/factors/app"), client.get("/account/factors/app")
    assert re.findall(r'<path d="(M[^"]+)"', first.content.decode()) == re.findall(
        r'<path d="(M[^"]+)"', again.content.decode()
    )
    page = client.post("/account/factors/app", {"code": "000000"})
    assert "does not fit this QR code" in text_of(page)
    assert not AuthenticatorApp.objects.exists()
    used = add_app(client)
    assert client.post("/account/factors/app", {"code": used}).status_code == 200, "its secret is used up"


def test_T17_the_code_that_set_an_app_up_does_not_sign_in(sam: User) -> None:
    used = add_app(begun())
    client = begun()
    client.post("/sign-in/factor", {"code": used})
    assert not is_in(client)


def test_T17_a_second_app_takes_the_place_of_the_first_and_keeps_the_recovery_codes(with_app: str, sam: User) -> None:
    client = begun()
    client.post("/sign-in/factor", {"code": code()})
    client.post("/account/factors/codes")
    assert "Change to another app" in text_of(client.get("/account/factors"))
    add_app(client)
    assert "Your app is added." in text_of(client.get("/account/factors"))
    assert "Your app is added." not in text_of(client.get("/account/factors"))
    assert AuthenticatorApp.objects.count() == 1
    assert RecoveryCode.objects.filter(used_at=None).count() == 10


def test_T17_a_passkey_that_was_not_made_is_not_added(sam: User) -> None:
    client, device = begun(), Authenticator()
    page = client.post("/account/factors/passkey", {"name": "x"})
    assert "Your browser gave no passkey." in text_of(page)
    device.origin = "https://craffu.example.evil"
    assert "That did not work" in text_of(add_passkey(client, device))
    assert not Passkey.objects.exists()
    device.origin = "http://testserver"
    add_passkey(client, device, name="")
    assert Passkey.objects.get().name == "Passkey"
    assert is_in(client)


def test_T17_a_factor_is_removed_after_asking_and_somebody_elses_does_not_exist(
    sam: User, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    client = begun()
    add_app(client)
    add_passkey(client, Authenticator(), "security key")
    add_passkey(client, Authenticator())
    assert "Passkey: work laptop" in text_of(client.get("/account"))
    number = Passkey.objects.get(name="work laptop").pk
    other = confirmed(signed_in_client("auditor", username="kim"))
    for path in (f"/account/factors/remove/{number}", "/account/factors/remove/app", "/account/factors/remove/x"):
        assert other.get(path).status_code == 404
        assert other.post(path).status_code == 404
    assert "work laptop" in text_of(client.get(f"/account/factors/remove/{number}"))
    answer = client.post(f"/account/factors/remove/{number}")
    assert "It is removed." in text_of(client.get(answer.headers["Location"]))
    client.post(f"/account/factors/remove/{Passkey.objects.get().pk}")
    page = text_of(client.get("/account/factors/remove/app"))
    assert "This is your only second factor." in page
    client.post("/account/factors/remove/app")
    assert len(factors_of(sam)) == 0
    assert "None. Whoever learns your password can sign in as you." in text_of(client.get("/account"))


def test_T17_a_session_left_open_is_asked_before_factors_are_changed(
    with_app: str, standing_clock: time_machine.Traveller
) -> None:
    client = begun()
    client.post("/sign-in/factor", {"code": code()})
    standing_clock.shift(timedelta(minutes=5))
    for path in ("app", "passkey", "codes", "remove/app"):
        answer = client.get(f"/account/factors/{path}")
        assert answer.headers["Location"] == f"/account/confirm?next=/account/factors/{path}"


def test_T17_who_has_a_factor_confirms_with_the_password_and_a_code_or_with_a_passkey_alone(
    with_app: str, standing_clock: time_machine.Traveller
) -> None:
    client, device = begun(), Authenticator()
    client.post("/sign-in/factor", {"code": code()})
    add_passkey(client, device)
    standing_clock.shift(timedelta(minutes=6))

    def confirms(**given: str) -> bool:
        return client.post("/account/confirm", given).status_code == 302

    assert not confirms(password=PASSWORD), "not without a code"
    assert not confirms(code=code()), "not without the password"
    assert not confirms(password="wrong", code=code())
    assert not confirms(password=PASSWORD, code="000000")
    assert confirms(password=PASSWORD, code=code()), "a wrong password has not used the code up"
    assert not confirms(password=PASSWORD, code=code()), "replayed"
    standing_clock.shift(STEP)
    asked = device.asked(options_of(client.get("/account/confirm")))
    answer = device.sign(asked)
    assert confirms(answer=answer)
    assert not confirms(answer=answer), "replayed"


def test_T17_who_has_no_factor_cannot_confirm_with_a_made_up_answer(sam: User) -> None:
    client = begun()
    assert client.post("/account/confirm", {"answer": "{}"}).status_code == 200


# A lost phone.


@pytest.fixture
def boss(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("administrator", username="boss", password=PASSWORD)


def test_T17_an_administrator_resets_anothers_factors_and_they_are_told(
    with_app: str, boss: Client, confirmed: Callable[..., Client]
) -> None:
    assert boss.get("/accounts/reset-factors").headers["Location"].startswith("/account/confirm")
    assert "Reset somebody’s second factors" in text_of(confirmed(boss).get("/account"))
    page = boss.post("/accounts/reset-factors", {"username": "nobody", "reason": "x"})
    assert "There is no such account in your force." in text_of(page)
    page = boss.post("/accounts/reset-factors", {"username": "sam", "reason": ""})
    assert "Say why, and how you know that it is them" in text_of(page)
    page = boss.post("/accounts/reset-factors", {"username": "boss", "reason": "mine"})
    assert "You cannot reset your own second factors." in text_of(page)
    waiting = begun()
    answer = boss.post("/accounts/reset-factors", {"username": "sam", "reason": "Phone lost; rang back"})
    assert waiting.get("/sign-in/factor").headers["Location"] == "/sign-in?over=second"
    assert "They are told on their account page." in boss.get(answer.headers["Location"]).content.decode()
    client = begun()
    assert is_in(client)
    told = text_of(client.get("/account"))
    assert "All second factors and recovery codes removed (boss). Reason: Phone lost; rang back" in told


def test_T17_nobody_else_resets_factors(
    signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    client = confirmed(signed_in_client("supervisor"))
    assert client.get("/accounts/reset-factors").status_code == 403
    assert "Reset somebody’s second factors" not in text_of(client.get("/account"))
