"""T17: a code and a challenge are good once, for one person, session, purpose and site; what was lost is reset by another."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from fido2.webauthn import CollectedClientData

from craffu.access.acting import Acting, acting_operator
from craffu.access.factors import actions, codes
from craffu.access.factors.models import (
    AuthenticatorApp,
    FactorChange,
    Passkey,
    PasskeyChallenge,
    Purpose,
    RecoveryCode,
)
from craffu.access.factors.passkeys import Holder, Site, WrongAnswer, options_to_register, options_to_use
from craffu.access.factors.queries import factors_of, recent_changes, unused_codes
from craffu.access.factors.rules import STEP, Proof, step_at
from craffu.access.models import Force, User
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.rules import Over
from craffu.access.sessions.actions import begin_session
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import session_token
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from tests.factories.authenticator import Authenticator

pytestmark = pytest.mark.rule("SEC-03")
HERE = Site("testserver", "http://testserver")
TYPE = CollectedClientData.TYPE


@dataclass
class Somebody:
    """A person in a session that began this moment."""

    user: User
    by: Acting
    session: SignInSession
    key: str

    def renewed(self) -> str:
        old, self.key = self.key, f"{self.key}+"
        return old


@pytest.fixture
def somebody(make_user: Callable[..., User]) -> Callable[..., Somebody]:
    def begin(username: str, *rights: str, proof: Proof = Proof.PASSWORD) -> Somebody:
        user = make_user(*(rights or ("analyst",)), username=username)
        session = begin_session(user=user, key=f"key of {username}", proof=proof)
        by = replace(acting_user(user), factor_at=session.factor_at)
        return Somebody(user, by, session, f"key of {username}")

    return begin


@pytest.fixture
def sam(somebody: Callable[..., Somebody], frozen_clock: time_machine.Traveller) -> Somebody:
    return somebody("sam")


def give_app(who: Somebody) -> str:
    """An app, whose last code is long used; its secret."""
    secret = codes.new_secret()
    old = who.renewed()
    actions.add_app(by=who.by, session=who.session, secret=secret, step=0, key=old, new_key=who.key)
    who.session.refresh_from_db()
    return secret


def give_passkey(who: Somebody, device: Authenticator, name: str = "laptop", site: Site = HERE) -> None:
    challenge = actions.ask_passkey(user=who.user, key=who.key, purpose=Purpose.REGISTER)
    shown = actions.new_passkey(user=who.user, site=site, key=who.key, answer=device.make(challenge))
    actions.add_passkey(by=who.by, session=who.session, shown=shown, name=name, key=who.key, new_key=who.key)
    who.session.refresh_from_db()


def use(who: Somebody, answer: str, purpose: Purpose = Purpose.SIGN_IN, key: str = "", site: Site = HERE) -> None:
    actions.use_passkey(user=who.user, site=site, key=key or who.key, purpose=purpose, answer=answer)


def ask(who: Somebody, purpose: Purpose = Purpose.SIGN_IN) -> bytes:
    return actions.ask_passkey(user=who.user, key=who.key, purpose=purpose)


# Codes of an app.


def test_T17_a_code_is_good_once_and_one_step_early_or_late(
    sam: Somebody, frozen_clock: time_machine.Traveller
) -> None:
    secret, here = give_app(sam), step_at(clock.now())

    def is_good(step: int) -> bool:
        return actions.use_app_code(user=sam.user, code=codes.code_of(secret, here + step))

    assert not is_good(-2), "two steps late"
    assert not is_good(2), "two steps early"
    assert is_good(-1), "one step late"
    assert not is_good(-1), "replayed"
    assert is_good(1), "one step early"
    assert not is_good(0), "older than the last one used"
    assert not is_good(1), "replayed"
    frozen_clock.shift(2 * STEP)
    assert is_good(2)
    assert AuthenticatorApp.objects.get().last_step == here + 2


@pytest.mark.parametrize("typed", ["000000", "", "abcdef", "１２３４５６", "12345", "0" * 20])
def test_T17_a_wrong_code_is_refused(typed: str, sam: Somebody) -> None:
    secret = give_app(sam)
    near = {codes.code_of(secret, step_at(clock.now()) + step) for step in (-1, 0, 1)}
    assert typed in near or not actions.use_app_code(user=sam.user, code=typed)


def test_T17_nobody_without_an_app_has_a_code(sam: Somebody) -> None:
    assert not actions.use_app_code(user=sam.user, code="123456")


def test_T17_a_code_may_be_typed_with_spaces_and_is_of_its_own_app_alone(
    sam: Somebody, somebody: Callable[..., Somebody]
) -> None:
    secret, kim = give_app(sam), somebody("kim")
    give_app(kim)
    code = codes.code_of(secret, step_at(clock.now()))
    assert not actions.use_app_code(user=kim.user, code=code)
    assert actions.use_app_code(user=sam.user, code=f" {code[:3]} {code[3:]} ")


@pytest.mark.rule("SEC-06")
def test_T17_the_secret_is_encrypted_in_the_database_and_in_no_log(sam: Somebody) -> None:
    secret = give_app(sam)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM access_authenticatorapp")
        (stored,) = cursor.fetchone()
    assert secret not in stored
    assert AuthenticatorApp.objects.get().secret == secret
    assert not Event.objects.filter(payload__contains=secret).exists()


def test_T17_the_address_in_the_qr_code_names_force_and_person() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    address = codes.app_address(secret, "sam", "Craffu Glan Afon")
    assert address == f"otpauth://totp/Craffu%20Glan%20Afon:sam?secret={secret}&issuer=Craffu%20Glan%20Afon"


def test_T17_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six digits of its SHA-1 column."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [codes.code_of(secret, at // 30) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


# Recovery codes.


def test_T17_ten_recovery_codes_each_good_once_and_kept_as_slow_hashes(sam: Somebody) -> None:
    give_app(sam)
    made = actions.make_recovery_codes(by=sam.by, session=sam.session)
    assert len(set(made)) == 10
    assert all(re.fullmatch(r"\d(-[a-z2-9]{4}){3}", code) for code in made)
    assert all(
        stored.startswith("pbkdf2_sha256$120000$") for stored in RecoveryCode.objects.values_list("hash", flat=True)
    )
    first, other = made[0], made[1]
    assert not actions.use_recovery_code(user=sam.user, code=f"{first[:-1]}!", request="r")
    assert not actions.use_recovery_code(user=sam.user, code=f"{first[0]}{other[1:]}", request="r")
    assert not actions.use_recovery_code(user=sam.user, code="", request="r")
    assert actions.use_recovery_code(user=sam.user, code=first.replace("-", " ").upper(), request="r")
    assert not actions.use_recovery_code(user=sam.user, code=first, request="r")
    assert unused_codes(sam.user) == 9
    used = json.loads(Event.objects.get(kind="recovery_code_used").payload)
    assert (used["actor"], used["refs"], used["request"]) == ("sam", ["user/sam"], "r")
    assert FactorChange.objects.get(change="code_used").user == sam.user
    added = json.loads(Event.objects.get(kind="factor_added").payload)
    assert (added["actor"], added["refs"], added["fields"]) == ("sam", ["user/sam"], ["app"])
    assert not any(code in payload for code in made for payload in Event.objects.values_list("payload", flat=True))


def test_T17_a_recovery_code_is_spent_by_one_of_two_that_looked_at_the_same_instant(sam: Somebody) -> None:
    give_app(sam)
    made = actions.make_recovery_codes(by=sam.by, session=sam.session)
    seen_by_both = RecoveryCode.objects.get(place=codes.place_of(made[0]))
    assert actions._spend(seen_by_both, sam.user, "r", clock.now())
    assert not actions._spend(seen_by_both, sam.user, "r", clock.now())


def test_T17_new_recovery_codes_end_the_old_ones_and_are_for_who_has_a_factor(sam: Somebody) -> None:
    with pytest.raises(NotNow, match="Add an app or a passkey first"):
        actions.make_recovery_codes(by=sam.by, session=sam.session)
    give_app(sam)
    old = actions.make_recovery_codes(by=sam.by, session=sam.session)[0]
    actions.make_recovery_codes(by=sam.by, session=sam.session)
    assert not actions.use_recovery_code(user=sam.user, code=old, request="r")


# Passkeys.


def test_T17_a_passkey_is_registered_and_signs_in(sam: Somebody) -> None:
    device = Authenticator()
    give_passkey(sam, device)
    (passkey,) = factors_of(sam.user).passkeys
    assert (passkey.name, passkey.counter) == ("laptop", 1)
    options = options_to_use(HERE, [passkey], ask(sam))
    assert json.loads(options)["userVerification"] == "required"
    use(sam, device.sign(device.asked(options)))
    assert factors_of(sam.user).passkeys[0].counter == 2


def test_T17_whose_a_factor_is_nobody_else_has(sam: Somebody, somebody: Callable[..., Somebody]) -> None:
    other = somebody("kim")
    for who in (sam, other):
        give_app(who)
        give_passkey(who, Authenticator(), f"laptop of {who.user.username}")
    for who in (sam, other):
        found = factors_of(who.user)
        assert len(found) == 2
        assert found.app is not None
        assert found.app.user == who.user
        assert [passkey.name for passkey in found.passkeys] == [f"laptop of {who.user.username}"]
        assert len(recent_changes(who.user, clock.now())) == 2
    assert recent_changes(sam.user, clock.now() + timedelta(days=91)) == []


def test_T17_a_device_is_told_what_it_holds_and_no_number_of_a_person(sam: Somebody) -> None:
    give_passkey(sam, Authenticator())
    given = json.loads(
        options_to_register(HERE, Holder(b"mark", "sam", "Sam"), factors_of(sam.user).passkeys, b"c" * 32)
    )
    assert given["rp"] == {"name": "Craffu", "id": "testserver"}
    assert len(given["excludeCredentials"]) == 1
    assert given["authenticatorSelection"]["userVerification"] == "required"


def test_T17_a_replayed_answer_is_refused(sam: Somebody) -> None:
    device = Authenticator(counter=0)
    give_passkey(sam, device)
    answer = device.sign(ask(sam))
    use(sam, answer)
    with pytest.raises(WrongAnswer):
        use(sam, answer)


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://craffu.example.evil"},
        {"origin": "http://testserver:8000"},
        {"origin": "https://testserver"},
        {"host": "elsewhere"},
        {"verifies": False},
        {"touched": False},
    ],
)
def test_T17_an_answer_for_another_site_or_without_its_owner_is_refused(change: dict[str, Any], sam: Somebody) -> None:
    device = Authenticator()
    give_passkey(sam, device)
    with pytest.raises(WrongAnswer):
        use(sam, replace(device, **change).sign(ask(sam)))
    with pytest.raises(WrongAnswer):
        give_passkey(sam, replace(Authenticator(), **change))
    assert len(factors_of(sam.user)) == 1


def test_T17_a_challenge_is_for_one_session_one_purpose_one_person_and_five_minutes(
    sam: Somebody, somebody: Callable[..., Somebody], frozen_clock: time_machine.Traveller
) -> None:
    device, kim = Authenticator(), somebody("kim")
    give_passkey(sam, device)
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(ask(sam)), key="another session")
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(ask(sam)), Purpose.CONFIRM)
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(ask(kim)))
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(b"a challenge nobody was given"))
    earlier = ask(sam)
    use(sam, device.sign(ask(sam)))
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(earlier))
    late = ask(sam)
    frozen_clock.shift(actions.ANSWERED_WITHIN)
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(late))
    ask(sam)
    assert PasskeyChallenge.objects.filter(user=sam.user).count() == 1, "what expired is gone"


def test_T17_a_wrong_answer_uses_the_challenge_up(sam: Somebody) -> None:
    device = Authenticator()
    give_passkey(sam, device)
    challenge = ask(sam)
    with pytest.raises(WrongAnswer):
        use(sam, replace(device, origin="https://elsewhere.example").sign(challenge))
    with pytest.raises(WrongAnswer):
        use(sam, device.sign(challenge))


def test_T17_a_counter_that_stands_still_or_goes_back_is_a_copied_key(sam: Somebody) -> None:
    device = Authenticator(counter=5)
    give_passkey(sam, device)
    for counter in (5, 4, 0):
        with pytest.raises(WrongAnswer):
            use(sam, replace(device, counter=counter).sign(ask(sam)))
    use(sam, replace(device, counter=6).sign(ask(sam)))
    assert Passkey.objects.get().counter == 6


def test_T17_somebody_elses_key_a_forged_signature_and_nonsense_are_refused(
    sam: Somebody, somebody: Callable[..., Somebody]
) -> None:
    device, other, kim = Authenticator(), Authenticator(), somebody("kim")
    give_passkey(sam, device)
    give_passkey(kim, other)
    forged = Authenticator(identifier=device.identifier)
    answers = [other.sign(ask(sam)), forged.sign(ask(sam)), device.sign(ask(sam), TYPE.CREATE), device.make(ask(sam))]
    truncated = json.loads(device.sign(ask(sam)))
    truncated["response"]["authenticatorData"] = "AAAA"
    for answer in [*answers, json.dumps(truncated), "", "{}", "[]", "null", '{"response": {}}', '{"response": 7}']:
        with pytest.raises(WrongAnswer):
            use(sam, answer)


def test_T17_a_passkey_is_known_once_whoever_brings_it(sam: Somebody, somebody: Callable[..., Somebody]) -> None:
    device = Authenticator()
    give_passkey(sam, device)
    with pytest.raises(WrongAnswer):
        give_passkey(somebody("kim"), device)
    assert Passkey.objects.count() == 1


def test_T17_an_answer_to_make_a_passkey_is_no_answer_to_use_one(sam: Somebody) -> None:
    answer = Authenticator().sign(ask(sam, Purpose.REGISTER))
    with pytest.raises(WrongAnswer):
        actions.new_passkey(user=sam.user, site=HERE, key=sam.key, answer=answer)
    assert not Passkey.objects.exists()


# Changing one's own factors.


def test_T17_adding_a_factor_proves_it_and_ends_the_other_sessions_and_removing_ends_them_too(sam: Somebody) -> None:
    def other() -> SignInSession:
        return begin_session(user=sam.user, key=f"other {SignInSession.objects.count()}")

    elsewhere = other()
    give_app(sam)
    elsewhere.refresh_from_db()
    assert elsewhere.ended_why == Over.FACTORS
    assert (sam.session.factor, sam.session.ended_at, sam.session.key) == (Proof.CODE, None, session_token(sam.key))
    give_passkey(sam, Authenticator())
    assert sam.session.factor == Proof.PASSKEY
    elsewhere = other()
    actions.remove_app(by=sam.by, session=sam.session, key=sam.key)
    actions.remove_passkey(by=sam.by, session=sam.session, passkey=Passkey.objects.get(), key=sam.key)
    elsewhere.refresh_from_db()
    sam.session.refresh_from_db()
    assert (elsewhere.ended_why, sam.session.ended_at) == (Over.FACTORS, None)
    assert len(factors_of(sam.user)) == 0
    changes = [change.change for change in recent_changes(sam.user, clock.now())]
    assert changes == ["passkey_removed", "app_removed", "passkey_added", "app_added"]
    kinds = list(Event.objects.filter(actor="sam").order_by("id").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("factor_")] == [
        "factor_confirmed", "factor_added", "factor_confirmed", "factor_added", "factor_removed", "factor_removed",
    ]  # fmt: skip


def test_T17_a_session_left_open_changes_nothing(sam: Somebody, frozen_clock: time_machine.Traveller) -> None:
    give_app(sam)
    give_passkey(sam, Authenticator())
    frozen_clock.shift(timedelta(minutes=5))
    for act in (
        lambda: give_app(sam),
        lambda: give_passkey(sam, Authenticator()),
        lambda: actions.make_recovery_codes(by=sam.by, session=sam.session),
        lambda: actions.remove_app(by=sam.by, session=sam.session, key=sam.key),
        lambda: actions.remove_passkey(by=sam.by, session=sam.session, passkey=Passkey.objects.get(), key=sam.key),
    ):
        with pytest.raises(FactorNotFresh):
            act()
    assert len(factors_of(sam.user)) == 2


def test_T17_the_last_factor_stays_where_one_is_required(sam: Somebody, settings: Any) -> None:
    settings.CRAFFU_FACTOR_REQUIRED = True
    give_app(sam)
    with pytest.raises(NotNow, match="Add another one first"):
        actions.remove_app(by=sam.by, session=sam.session, key=sam.key)
    give_passkey(sam, Authenticator())
    actions.remove_app(by=sam.by, session=sam.session, key=sam.key)
    with pytest.raises(NotNow, match="Add another one first"):
        actions.remove_passkey(by=sam.by, session=sam.session, passkey=Passkey.objects.get(), key=sam.key)


# A lost phone.


def test_T17_an_administrator_resets_anothers_factors_with_a_reason(
    sam: Somebody, somebody: Callable[..., Somebody]
) -> None:
    give_app(sam)
    give_passkey(sam, Authenticator())
    actions.make_recovery_codes(by=sam.by, session=sam.session)
    boss = somebody("boss", "administrator", proof=Proof.CODE)
    with pytest.raises(Refusal, match="Say why"):
        actions.reset_factors(by=boss.by, user=sam.user, reason="  ")
    assert len(factors_of(sam.user)) == 2
    actions.reset_factors(by=boss.by, user=sam.user, reason="Phone lost; seen in person")
    assert (len(factors_of(sam.user)), unused_codes(sam.user)) == (0, 0)
    sam.session.refresh_from_db()
    assert sam.session.ended_why == Over.FACTORS
    told = recent_changes(sam.user, clock.now())[0]
    assert (told.change, told.by, told.reason) == ("reset", "boss", "Phone lost; seen in person")
    payload = Event.objects.get(kind="factors_reset").payload
    assert '"refs":["user/sam"]' in payload
    assert '"counts":{"factors":2,"sessions":1}' in payload


def test_T17_a_session_that_a_reset_ended_changes_nothing_though_its_request_began_before(
    sam: Somebody, somebody: Callable[..., Somebody]
) -> None:
    give_app(sam)
    boss = somebody("boss", "administrator", proof=Proof.CODE)
    actions.reset_factors(by=boss.by, user=sam.user, reason="Phone stolen")
    with pytest.raises(FactorNotFresh):
        give_app(sam)
    with pytest.raises(FactorNotFresh):
        give_passkey(sam, Authenticator())
    assert len(factors_of(sam.user)) == 0


def test_T17_nobody_resets_their_own_nor_without_the_right_a_fresh_factor_or_in_another_force(
    sam: Somebody, somebody: Callable[..., Somebody], other_force: Force, make_user: Callable[..., User]
) -> None:
    boss = somebody("boss", "administrator", proof=Proof.CODE)
    stale = replace(boss.by, factor_at=clock.now() - timedelta(minutes=5))
    stranger = make_user("analyst", username="stranger", force=other_force)
    for by, user, why in (
        (boss.by, boss.user, NotPermitted),
        (sam.by, boss.user, NotPermitted),
        (boss.by, stranger, NotPermitted),
        (stale, sam.user, FactorNotFresh),
    ):
        with pytest.raises(why):
            actions.reset_factors(by=by, user=user, reason="why not")
    assert not FactorChange.objects.exists()


def test_T17_the_machines_operator_may_help_the_only_administrator(somebody: Callable[..., Somebody]) -> None:
    boss = somebody("boss", "administrator")
    give_app(boss)
    actions.reset_factors(by=acting_operator(boss.user.force, "root"), user=boss.user, reason="Phone lost")
    assert len(factors_of(boss.user)) == 0
