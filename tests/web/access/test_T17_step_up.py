"""T17: what a session left open must not be enough for asks for a fresh factor, and nothing that was filled in is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craffu.access.factors.rules import Proof
from craffu.access.sessions.models import SignInSession
from craffu.audit.models import Event
from craffu.common import clock
from tests.web.conftest import text_of

pytestmark = [pytest.mark.urls("tests.web.access.door"), pytest.mark.rule("SEC-03")]
PASSWORD = "a long pass phrase for tests"


@pytest.fixture
def sam(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("auditor", username="sam", password=PASSWORD)


def hidden(response: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)"[^>]*value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def address_in(response: Any, pattern: str) -> str:
    found = re.search(pattern, response.content.decode())
    assert found is not None
    return unescape(found[1])


def test_T17_a_page_that_needs_it_sends_to_confirm_and_back(sam: Client) -> None:
    answer = sam.get("/door?a=1&b=2")
    assert answer.headers["Location"] == "/account/confirm?next=/door%3Fa%3D1%26b%3D2"
    page = sam.get(answer.headers["Location"])
    assert "Confirm that it is you" in text_of(page)
    answer = sam.post("/account/confirm", {**hidden(page), "password": PASSWORD})
    assert answer.headers["Location"] == "/door?a=1&b=2"
    assert sam.get("/door").content == b"open: []"
    assert Event.objects.filter(kind="factor_confirmed", actor="sam").count() == 1


def test_T17_the_way_back_is_kept_when_the_language_is_changed_after_a_mistake(sam: Client) -> None:
    page = sam.get("/door?a=1&b=2", follow=True)
    action = address_in(page, r'<form method="post" action="(/account/confirm[^"]*)"')
    wrong = sam.post(action, {**hidden(page), "password": "wrong"})
    welsh = sam.get(address_in(wrong, r'href="(/cy/account/confirm[^"]*)"'))
    answer = sam.post("/cy/account/confirm", {**hidden(welsh), "password": PASSWORD})
    assert answer.headers["Location"] == "/door?a=1&b=2"


def test_T17_it_is_over_after_five_minutes(
    sam: Client, confirmed: Callable[..., Client], frozen_clock: time_machine.Traveller
) -> None:
    confirmed(sam, clock.now())
    frozen_clock.shift(timedelta(minutes=5) - timedelta(microseconds=1))
    assert sam.get("/door").status_code == 200
    frozen_clock.shift(timedelta(microseconds=1))
    assert sam.get("/door").status_code == 302


def test_T17_the_sessions_identifier_changes_and_the_old_one_opens_nothing(sam: Client) -> None:
    thief = Client()
    thief.cookies["sessionid"] = sam.cookies["sessionid"].value
    sam.post("/account/confirm", {"password": PASSWORD})
    assert sam.cookies["sessionid"].value != thief.cookies["sessionid"].value
    assert (sam.get("/").status_code, thief.get("/").status_code) == (200, 302)
    assert SignInSession.objects.count() == 1


@pytest.mark.parametrize("path", ["/door", "/inner-door"])
def test_T17_a_form_sent_too_late_is_kept_and_can_be_sent_from_there(path: str, sam: Client) -> None:
    page = sam.post(f"{path}?x=1", {"what": ["first", 'second "quoted" <b>'], "next": "a field of the form"})
    assert "What you had just sent is kept." in text_of(page)
    wrong = sam.post("/account/confirm", {**hidden(page), "password": "wrong"})
    assert "What you had just sent is kept." in text_of(wrong)
    answer = sam.post("/account/confirm", {**hidden(wrong), "password": PASSWORD})
    body = answer.content.decode()
    assert f'action="{path}?x=1"' in body
    sent = re.findall(r'name="what" value="([^"]*)"', body)
    answer = sam.post(f"{path}?x=1", {"what": [unescape(value) for value in sent]})
    assert answer.content.decode() == """open: ['first', 'second "quoted" <b>']"""


def test_T17_a_file_cannot_be_kept_and_the_page_says_so(sam: Client) -> None:
    given = {"what": SimpleUploadedFile("a.csv", b"1")}
    answer = sam.post("/door", given, headers={"Referer": "http://testserver/inner-door"})
    assert answer.headers["Location"] == "/account/confirm?next=/inner-door&sent=1"
    assert "was not saved, because a file was with it" in text_of(sam.get(answer.headers["Location"]))


def test_T17_a_kept_form_is_its_senders_alone_and_is_not_believed_when_changed(
    sam: Client, signed_in_client: Callable[..., Client]
) -> None:
    other = signed_in_client("auditor", username="kim", password=PASSWORD)
    kept = hidden(sam.post("/door", {"what": "secret"}))["kept"]
    for client, signed in ((other, kept), (sam, f"{kept}x"), (sam, "")):
        answer = client.post("/account/confirm", {"password": PASSWORD, "kept": signed})
        assert answer.headers["Location"] == "/account"


def test_T17_a_wrong_password_confirms_nothing_is_logged_and_is_held_back_like_at_the_door(sam: Client) -> None:
    for _ in range(6):
        page = sam.post("/account/confirm", {"password": "wrong"})
        assert "That is not your password." in text_of(page)
    assert "That is not your password." in text_of(sam.post("/account/confirm", {"password": PASSWORD}))
    assert sam.get("/door").status_code == 302
    refused = list(Event.objects.filter(kind="factor_refused").values_list("payload", flat=True))
    assert len(refused) == 7
    assert sum('"reason":"held_back"' in row for row in refused) == 2


def test_T17_the_way_back_leads_to_no_other_site(sam: Client) -> None:
    answer = sam.post("/account/confirm", {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/account"


@pytest.mark.parametrize(
    ("proof", "is_required", "opens"),
    [
        (Proof.PASSWORD, False, True),
        (Proof.PASSWORD, True, False),
        (Proof.CODE, True, True),
        (Proof.PASSKEY, True, True),
        (Proof.RECOVERY, True, False),
        (Proof.RECOVERY, False, False),
    ],
)
def test_T17_a_password_counts_only_where_no_factor_is_required_and_a_recovery_code_never(
    proof: Proof, is_required: bool, opens: bool, sam: Client, confirmed: Callable[..., Client], settings: Any
) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = is_required
    assert (confirmed(sam, proof=proof).get("/door").status_code == 200) == opens
