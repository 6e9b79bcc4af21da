"""T16 and T17: signing in at the force's identity provider, against a real one in a process of its own."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import checks
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import close_account
from craffu.access.factors.rules import Proof
from craffu.access.models import Force, User
from craffu.access.policies import FactorNotFresh
from craffu.access.provider import protocol
from craffu.access.provider.actions import forget_identity
from craffu.access.provider.models import ProviderIdentity
from craffu.access.provider.rules import Why
from craffu.access.queries import acting_user
from craffu.access.sessions.models import SignInSession
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import NotPermitted, Refusal
from craffu.config.commands import check
from tests.provider.process import Provider
from tests.provider.visiting import BACK, come_back, refused, rows, set_out, sign_in
from tests.web.access.conftest import PASSWORD
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("SEC-01")
# The same on both databases; what PostgreSQL has of its own, the wall, is met by the few without this.
ON_ONE_DATABASE = pytest.mark.sqlite


def test_T17_a_sign_in_there_opens_the_page_that_was_asked_for_and_is_logged_like_any(
    provider: Provider, sam: User
) -> None:
    client = Client()
    page = client.get("/sign-in?next=/audit")
    assert "Sign in with Glan Afon sign-in" in text_of(page)
    asked = parse_qs(urlsplit(set_out(client)).query)
    assert {"code_challenge", "nonce", "state"} <= set(asked)
    assert (asked["code_challenge_method"], asked["max_age"]) == (["S256"], ["36000"])
    assert "login_hint" not in asked
    answer = sign_in(client, provider, page="/sign-in/provider?next=/audit")
    assert answer.headers["Location"] == "/audit"
    assert client.get("/audit").status_code == 200
    assert rows("signed_in") == [("signed_in", "sam", "provider")]
    session = SignInSession.objects.get(user=sam)
    assert session.factor == Proof.PROVIDER
    assert ProviderIdentity.objects.get().user == sam


@ON_ONE_DATABASE
def test_T17_the_terms_come_first(provider: Provider, make_user: Callable[..., User]) -> None:
    make_user("auditor", username="sam", has_accepted_terms=False)
    client = Client()
    assert sign_in(client, provider).status_code == 302
    assert client.get("/").headers["Location"].startswith("/terms")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"claims": {"nonce": "another"}}, Why.TOKEN),
        ({"without": ["nonce"]}, Why.TOKEN),
        ({"claims": {"aud": "another-client"}}, Why.TOKEN),
        ({"claims": {"aud": ["craffu", "another-client"]}}, Why.TOKEN),
        ({"claims": {"iss": "http://127.0.0.1:1"}}, Why.TOKEN),
        ({"claims": {"exp": 1_700_000_000}}, Why.TOKEN),
        ({"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}}, Why.TOKEN),
        ({"by": "stranger"}, Why.TOKEN),
        ({"by": "stranger", "kid": "k2"}, Why.TOKEN),
        ({"alg": "none"}, Why.TOKEN),
        ({"alg": "HS256"}, Why.TOKEN),
        ({"without": ["auth_time"]}, Why.TOKEN),
        ({"claims": {"auth_time": "yesterday"}}, Why.TOKEN),
        ({"claims": {"auth_time": 1_700_000_000}}, Why.TOO_OLD),
        ({"claims": {"amr": ["pwd"]}}, Why.NO_FACTOR),
        ({"claims": {"preferred_username": "nobody", "sub": "other"}}, Why.NO_ACCOUNT),
        ({"claims": {"preferred_username": 7, "sub": "other"}}, Why.NO_ACCOUNT),
    ],
    ids=str,
)
@ON_ONE_DATABASE
def test_T17_a_token_that_does_not_hold_signs_nobody_in(
    how: dict[str, Any], why: Why, provider: Provider, sam: User, settings: Any
) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    client = Client()
    provider.spoil(**how)
    answer = sign_in(client, provider)
    assert refused(answer) == why
    page = client.get(answer.headers["Location"])
    assert page.status_code == 403
    assert "Try again" in text_of(page)
    assert client.get("/").status_code == 302
    assert SignInSession.objects.count() == ProviderIdentity.objects.count() == 0
    whose = "sam" if why is Why.NO_FACTOR else "unknown"
    assert rows("sign_in_refused", "signed_in") == [("sign_in_refused", whose, why)]


@ON_ONE_DATABASE
def test_T17_a_code_is_good_once_and_an_answer_nobody_here_asked_for_is_worth_nothing(
    provider: Provider, sam: User, make_user: Callable[..., User]
) -> None:
    client, thief = Client(), Client()
    address = provider.sign_in(set_out(client), "sam")
    assert refused(come_back(thief, address)) == Why.NOT_ASKED
    assert refused(thief.get("/sign-in/provider/back?code=x")) == Why.NOT_ASKED
    assert come_back(client, address).headers["Location"] == "/"
    # The same code again, brought back to a journey of the thief's own.
    code = parse_qs(urlsplit(address).query)["code"][0]
    state = parse_qs(urlsplit(set_out(thief)).query)["state"][0]
    replayed = f"{BACK}?code={code}&state={state}&iss={provider.issuer}"
    assert refused(come_back(thief, replayed)) == Why.TOKEN
    # And the thief's journey is over too.
    assert refused(come_back(thief, replayed)) == Why.NOT_ASKED
    assert SignInSession.objects.count() == 1


@ON_ONE_DATABASE
def test_T17_an_answer_of_another_issuer_or_without_a_code_is_refused(provider: Provider, sam: User) -> None:
    for change in (("iss=http", "iss=https"), ("&iss=", "&was="), ("code=", "was=")):
        client = Client()
        address = provider.sign_in(set_out(client), "sam")
        assert refused(come_back(client, address.replace(*change))) == Why.TOKEN


@ON_ONE_DATABASE
def test_T16_whoever_takes_longer_than_ten_minutes_begins_again(
    provider: Provider, sam: User, time_machine: Any
) -> None:
    client = Client()
    address = provider.sign_in(set_out(client), "sam")
    time_machine.shift(timedelta(minutes=10))
    assert refused(come_back(client, address)) == Why.NOT_ASKED


@ON_ONE_DATABASE
def test_T17_what_the_provider_says_of_somebody_who_gave_up_is_in_no_page_address_or_log(
    provider: Provider, sam: User, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = Client()
    address = provider.sign_in(set_out(client))
    assert "Jane" in address
    answer = come_back(client, address)
    assert refused(answer) == Why.DECLINED
    page = client.get(answer.headers["Location"])
    everywhere = [page.content.decode(), answer.headers["Location"], caplog.text, *capfd.readouterr()]
    everywhere += [row.payload for row in Event.objects.all()]
    assert [text for text in everywhere if "Jane" in text or "High Street" in text] == []


@ON_ONE_DATABASE
def test_T17_a_provider_that_is_away_or_another_one_is_said_so_at_once(
    provider: Provider, sam: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    for issuer in ("http://127.0.0.1:1", f"{provider.issuer}/", f"{provider.issuer}/nothing"):
        settings.CRAFFU_OIDC = provider.settings(issuer=issuer)
        protocol.forget()
        answer = client.get("/sign-in/provider")
        assert refused(answer) == Why.AWAY
        assert "does not answer" in text_of(client.get(answer.headers["Location"]))
    # One whose own addresses could be listened to.
    settings.CRAFFU_OIDC = provider.settings()
    protocol.forget()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(protocol, "may_be_here", lambda: False)
        assert refused(client.get("/sign-in/provider")) == Why.AWAY
    # It is left alone for a moment: nobody waits for it twice.
    monkeypatch.setattr(protocol, "_json", lambda *_: pytest.fail("asked again"))
    assert refused(client.get("/sign-in/provider")) == Why.AWAY


@pytest.mark.parametrize("name", ["token_endpoint", "userinfo_endpoint"])
@ON_ONE_DATABASE
def test_T17_a_provider_that_goes_away_half_way_is_said_so(name: str, provider: Provider, sam: User) -> None:
    client = Client()
    address = provider.sign_in(set_out(client), "sam")
    known = protocol._known[provider.issuer]
    lost = {**known.metadata, name: "http://127.0.0.1:1/lost"}
    protocol._known[provider.issuer] = protocol.Known(lost, known.keys, known.at)
    provider.spoil(without=["preferred_username"])
    assert refused(come_back(client, address)) == Why.AWAY
    provider.spoil()


@ON_ONE_DATABASE
def test_T17_a_name_that_is_not_in_the_token_is_asked_for(provider: Provider, sam: User, settings: Any) -> None:
    settings.CRAFFU_OIDC = provider.settings(username_domain="glan-afon.example")
    provider.spoil(without=["preferred_username"])
    client = Client()
    assert sign_in(client, provider, "s1=Sam@Glan-Afon.example").headers["Location"] == "/"
    assert rows("signed_in") == [("signed_in", "sam", "provider")]
    provider.new_browser()
    assert refused(sign_in(Client(), provider, "s2=sam@elsewhere.example")) == Why.NO_ACCOUNT
    # Told of somebody else than the token.
    provider.new_browser()
    provider.spoil(without=["preferred_username"], claims={"sub": "another"})
    assert refused(sign_in(Client(), provider, "s3=sam@glan-afon.example")) == Why.NO_ACCOUNT


def test_T17_nobody_is_made_and_a_closed_or_foreign_account_is_none(
    provider: Provider, sam: User, system: Acting, other_force: Force, make_user: Callable[..., User]
) -> None:
    make_user("auditor", username="theirs", force=other_force)
    close_account(by=system, user=sam, reason="left")
    for login in ("nobody", "theirs", "sam"):
        provider.new_browser()
        answer = sign_in(Client(), provider, login)
        assert refused(answer) == Why.NO_ACCOUNT
        assert "Ask your supervisor" in text_of(Client().get(answer.headers["Location"]))
    assert User.objects.filter(force=sam.force).count() == 1
    assert not ProviderIdentity.objects.exists()
    assert {row[1] for row in rows("sign_in_refused")} == {"unknown"}


def test_T17_an_account_that_is_closed_lets_nobody_in_whose_identity_is_known(
    provider: Provider, sam: User, system: Acting
) -> None:
    assert refused(sign_in(Client(), provider)) == ""
    close_account(by=system, user=sam, reason="left")
    provider.new_browser()
    assert refused(sign_in(Client(), provider)) == Why.NO_ACCOUNT


def test_T17_a_leavers_name_given_to_somebody_else_is_not_the_leaver_and_a_new_name_is_the_same_person(
    provider: Provider, sam: User
) -> None:
    for login, goes in (("s1=sam", ""), ("s2=sam", Why.OTHER_IDENTITY), ("s1=sam.married", ""), ("s1=nobody", "")):
        provider.new_browser()
        client = Client()
        assert refused(sign_in(client, provider, login)) == goes, login
        assert client.get("/").status_code == (302 if goes else 200)
    assert rows("sign_in_refused") == [("sign_in_refused", "sam", Why.OTHER_IDENTITY)]
    assert len(rows("identity_known")) == 1


@ON_ONE_DATABASE
def test_T17_one_step_there_is_enough_only_where_one_is_enough_here(
    provider: Provider, sam: User, settings: Any, somebody_with_an_app: Callable[[User], object]
) -> None:
    assert refused(sign_in(Client(), provider, amr="pwd")) == ""
    assert rows("signed_in") == [("signed_in", "sam", "provider_1")]
    somebody_with_an_app(sam)
    provider.new_browser()
    assert refused(sign_in(Client(), provider, amr="pwd")) == Why.NO_FACTOR
    settings.CRAFFU_OIDC = provider.settings(acr="urn:force:two", amr="")
    settings.CRAFFU_FACTOR_REQUIRED = True
    for acr, why in (("", Why.NO_FACTOR), ("urn:force:two", "")):
        provider.new_browser()
        client = Client()
        assert "acr_values=urn" in (address := set_out(client))
        assert refused(come_back(client, provider.sign_in(address, "sam", amr="pwd mfa", acr=acr))) == why


@ON_ONE_DATABASE
def test_T16_a_session_begun_there_ends_like_any_other(provider: Provider, sam: User, time_machine: Any) -> None:
    client = Client()
    sign_in(client, provider)
    time_machine.shift(timedelta(minutes=14))
    assert client.get("/").status_code == 200
    time_machine.shift(timedelta(minutes=15))
    assert client.get("/").headers["Location"].startswith("/sign-in?")
    assert rows("session_ended") == [("session_ended", "sam", "idle")]


@ON_ONE_DATABASE
def test_T16_signing_out_leads_on_to_the_providers_own_sign_out(provider: Provider, sam: User, settings: Any) -> None:
    client = Client()
    sign_in(client, provider)
    assert client.get("/signed-out").headers["Location"] == "/"
    assert client.post("/sign-out").headers["Location"] == "/signed-out"
    page = client.get("/signed-out")
    way_out = page.headers["Refresh"].removeprefix("0; url=")
    assert way_out.startswith(f"{provider.issuer}/session/end?client_id=craffu&post_logout_redirect_uri=")
    assert "id_token_hint" not in way_out
    assert f'href="{way_out}"' in unescape(page.content.decode())
    assert provider.browser.get(way_out).status_code == 200
    assert client.get("/").status_code == 302
    settings.CRAFFU_OIDC = provider.settings(issuer="http://127.0.0.1:1")
    protocol.forget()
    page = client.get("/signed-out")
    assert "Refresh" not in page.headers
    assert "You may still be signed in" in text_of(page)


@ON_ONE_DATABASE
def test_T17_in_welsh_the_way_there_and_back_stays_welsh(provider: Provider, make_user: Callable[..., User]) -> None:
    make_user("auditor", username="sam")
    client = Client()
    assert sign_in(client, provider, page="/cy/sign-in/provider").headers["Location"] == "/cy/"
    address = set_out(Client(), "/cy/sign-in/provider")
    assert parse_qs(urlsplit(address).query)["redirect_uri"] == [BACK]
    provider.new_browser()
    assert sign_in(Client(), provider, "nobody", "/cy/sign-in/provider").headers["Location"].startswith("/cy/sign-in/")


@ON_ONE_DATABASE
def test_T17_several_tabs_go_there_at_once_and_only_the_newest_few_are_kept(provider: Provider, sam: User) -> None:
    client = Client()
    ways = [set_out(client) for _ in range(6)]
    assert refused(come_back(client, provider.sign_in(ways[0], "sam"))) == Why.NOT_ASKED
    assert refused(come_back(client, provider.sign_in(ways[1], "sam"))) == ""
    assert come_back(client, provider.sign_in(ways[2], "sam")).headers["Location"] == "/"
    assert client.get("/sign-in/provider").headers["Location"] == "/"


@ON_ONE_DATABASE
def test_without_a_provider_its_addresses_are_not_there_and_one_that_is_half_set_signs_nobody_in(
    provider: Provider, signed_in_client: Callable[..., Client], settings: Any
) -> None:
    paths = ("/sign-in/provider", "/sign-in/provider/back", "/sign-in/refused?why=away", "/signed-out")
    assert Client().get("/sign-in/refused?why=<b>").status_code == 404
    for changed in ({"issuer": ""}, {"client_secret": ""}, {"issuer": "http://idp.example"}):
        settings.CRAFFU_OIDC = provider.settings(**changed)
        assert [Client().get(path).status_code for path in paths] == [404] * 4
        assert "Glan Afon sign-in" not in text_of(Client().get("/sign-in"))
        client = signed_in_client("auditor")
        assert client.get("/account/confirm/provider").status_code == 404
        assert client.post("/sign-out").headers["Location"] == "/sign-in?out=here"


@ON_ONE_DATABASE
@pytest.mark.django_db
def test_what_is_wrong_with_the_settings_is_said_by_djangos_own_check(provider: Provider, settings: Any) -> None:
    assert [one for one in checks.run_checks() if one.id == "craffu.E026"] == []
    settings.CRAFFU_OIDC = provider.settings(client_id="")
    found = [one.msg for one in checks.run_checks() if one.id == "craffu.E026"]
    assert found == ["Sign-in by an identity provider is half set: CRAFFU_OIDC_CLIENT_ID is not set."]


@ON_ONE_DATABASE
def test_the_secret_may_lie_in_a_file(provider: Provider, sam: User, settings: Any, tmp_path: Any) -> None:
    file = tmp_path / "secret"
    there = provider.settings(client_secret="", client_secret_file=str(file))
    settings.CRAFFU_OIDC = there
    assert Client().get("/sign-in/provider").status_code == 404
    file.write_text(f"{provider.client_secret}\n")
    assert sign_in(Client(), provider).headers["Location"] == "/"
    settings.CRAFFU_OIDC = {**there, "client_secret": "another"}
    assert [one.msg for one in checks.run_checks() if one.id == "craffu.E026"] == [
        "CRAFFU_OIDC_CLIENT_SECRET and CRAFFU_OIDC_CLIENT_SECRET_FILE are both set: set one."
    ]


class TestLocalSignInLeftToOne:
    @pytest.fixture
    def boss(self, make_user: Callable[..., User], settings: Any, provider: Provider) -> User:
        settings.CRAFFU_LOCAL_SIGN_IN = "boss"
        return make_user("administrator", username="boss", password=PASSWORD)

    @ON_ONE_DATABASE
    def test_T17_nobody_else_signs_in_with_a_password_though_it_is_right(self, boss: User, sam: User) -> None:
        client = Client()
        assert "If the sign-in service does not work" in text_of(client.get("/sign-in"))
        answer = client.post("/sign-in", {"username": "sam", "password": PASSWORD})
        assert "The username or password is not right." in text_of(answer)
        assert client.post("/sign-in", {"username": "boss", "password": PASSWORD}).headers["Location"] == "/"
        assert rows("sign_in_refused", "signed_in") == [
            ("sign_in_refused", "sam", "not_here"),
            ("signed_in", "boss", "password"),
        ]

    @ON_ONE_DATABASE
    def test_T17_whoever_signs_in_there_changes_no_password_and_no_factor_here(
        self, boss: User, sam: User, provider: Provider
    ) -> None:
        client = Client()
        sign_in(client, provider)
        page = text_of(client.get("/account"))
        assert "You sign in with your force’s sign-in service." in page
        assert "Change your password" not in page
        for path in ("password", "factors", "factors/app", "factors/passkey", "factors/codes"):
            assert client.get(f"/account/{path}").status_code == 409


@pytest.mark.rule("SEC-01")
def test_T17_an_identity_that_was_made_again_is_forgotten_by_another_and_said_anew(
    provider: Provider, sam: User, make_user: Callable[..., User]
) -> None:
    client = Client()
    sign_in(client, provider, "s1=sam")
    boss = make_user("administrator", username="boss")
    fresh = replace(acting_user(boss), factor_at=clock.now())
    for by, whose, fault in (
        (acting_user(sam), sam, NotPermitted), (fresh, boss, NotPermitted), (acting_user(boss), sam, FactorNotFresh),
    ):  # fmt: skip
        with pytest.raises(fault):
            forget_identity(by=by, user=whose, reason="made again")
    with pytest.raises(Refusal):
        forget_identity(by=fresh, user=sam, reason=" ")
    forget_identity(by=fresh, user=sam, reason="made again")
    assert client.get("/").status_code == 302
    assert rows("identity_forgotten") == [("identity_forgotten", "boss", "made again")]
    provider.new_browser()
    assert sign_in(Client(), provider, "s2=sam").headers["Location"] == "/"


@ON_ONE_DATABASE
def test_craffu_check_says_who_could_not_sign_in(
    provider: Provider, settings: Any, make_user: Callable[..., User], somebody_with_an_app: Callable[[User], object]
) -> None:
    def found() -> str:
        protocol.forget()
        return " ".join(check.identity_provider())

    settings.CRAFFU_FACTOR_REQUIRED = True
    assert found() == ""
    settings.CRAFFU_LOCAL_SIGN_IN = "boss"
    assert "names boss, which is no administrator's account" in found()
    boss = make_user("administrator", username="boss", password=PASSWORD)
    assert "has no second factor" in found()
    somebody_with_an_app(boss)
    assert found() == ""
    settings.CRAFFU_OIDC = provider.settings(amr="")
    assert "nobody is signed in" in found()
    settings.CRAFFU_OIDC = provider.settings(issuer="http://127.0.0.1:1")
    assert "does not answer as one" in found()
    settings.CRAFFU_OIDC = provider.settings(issuer="")
    assert found() == ""


@ON_ONE_DATABASE
def test_T17_whoever_was_refused_signs_in_there_anew_and_is_not_given_the_same_answer(
    provider: Provider, sam: User, settings: Any
) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    client = Client()
    page = client.get(sign_in(client, provider, amr="pwd").headers["Location"])
    assert refused(sign_in(client, provider, amr="pwd mfa")) == "no_factor", "the provider remembers"
    (again,) = re.findall(r'href="(/sign-in/provider[^"]+)"', page.content.decode())
    assert "prompt=login" in set_out(client, again)
    assert sign_in(client, provider, amr="pwd mfa", page=again).headers["Location"] == "/"


@ON_ONE_DATABASE
def test_T16_what_is_kept_of_a_visitor_who_sets_out_runs_out_in_minutes_and_a_session_in_hours(
    provider: Provider, sam: User
) -> None:
    client = Client()
    address = set_out(client)
    assert client.session.get_expiry_age() <= 600
    come_back(client, provider.sign_in(address, "sam"))
    assert client.get("/").status_code == 200
    assert client.session.get_expiry_age() > 10 * 3600
