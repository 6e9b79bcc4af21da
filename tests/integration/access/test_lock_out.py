"""T15: the attacker is held back and the force is not. What is kept of a try names nobody, and it goes when it is of no use."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from craffu.access.models import Force, User
from craffu.access.queries import find_user
from craffu.access.rules import Scope
from craffu.access.signing_in.actions import (
    begin_page_try,
    begin_try,
    record_failed_try,
    record_success,
    take_back_page_try,
)
from craffu.access.signing_in.models import KnownPlace, SignInHold, SignInTry
from craffu.access.signing_in.places import CameFrom
from craffu.audit.models import Event

HOME, ATTACKER = CameFrom("192.0.2.1"), CameFrom("198.51.100.9")
PAIR_WAIT, ACCOUNT_WAIT = timedelta(seconds=61), timedelta(seconds=31)


@pytest.fixture
def sam(make_user: Callable[..., User]) -> User:
    return make_user("analyst", username="sam", password="a long pass phrase for tests")


def fail(name: str, place: CameFrom = ATTACKER) -> tuple[Scope, ...]:
    """A try with a wrong password: what it was held back by."""
    tried = begin_try(user=find_user(name), came_from=place)
    record_failed_try(tried=tried, request="test")
    return tried.held


def succeed(user: User, place: CameFrom) -> tuple[Scope, ...]:
    """A try with the right password: what it was held back by."""
    tried = begin_try(user=user, came_from=place)
    if tried.held:
        record_failed_try(tried=tried, request="test")
    else:
        record_success(tried=tried, user=user, came_from=place, session=secrets.token_hex(), request="test")
    return tried.held


def many(count: int) -> list[CameFrom]:
    return [CameFrom(f"203.0.113.{number}") for number in range(count)]


def test_T15_five_within_a_minute_hold_one_account_back_from_one_address_alone(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    assert [fail("sam") for _ in range(5)] == [()] * 5
    assert fail("sam") == (Scope.PAIR,)
    assert succeed(sam, ATTACKER) == (Scope.PAIR,), "not even with the right password"
    assert succeed(sam, HOME) == ()
    frozen_clock.shift(PAIR_WAIT)
    assert succeed(sam, ATTACKER) == ()


def test_T15_the_wait_grows_and_is_logged_with_its_length(sam: User, frozen_clock: time_machine.Traveller) -> None:
    for wait in (60, 120, 240):
        assert [fail("sam") for _ in range(6)][-1] == (Scope.PAIR,)
        frozen_clock.shift(wait - 1)
        assert fail("sam") == (Scope.PAIR,)
        frozen_clock.shift(2)
    rows = Event.objects.filter(kind="sign_in_held_back").order_by("id")
    logged = [json.loads(row.payload) for row in rows]
    assert [(row["actor"], row["reason"], row["counts"]) for row in logged] == [
        ("sam", "pair", {"seconds": seconds}) for seconds in (60, 120, 240)
    ]


def test_T15_one_address_however_long_it_tries_never_holds_the_account_back_elsewhere(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    for _ in range(200):
        fail("sam")
        frozen_clock.shift(10)
    assert succeed(sam, HOME) == ()


def test_T15_an_account_tried_from_many_addresses_is_slowed_but_not_for_who_came_before(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    device = CameFrom("192.0.2.50", "aa" * 16)
    assert succeed(sam, device) == ()
    assert succeed(sam, HOME) == ()
    for place in many(10):
        assert fail("sam", place) == ()
    assert fail("sam", CameFrom("203.0.113.200")) == (Scope.ACCOUNT,)
    assert succeed(sam, CameFrom("203.0.113.201", "bb" * 16)) == (Scope.ACCOUNT,), "a device nobody knows"
    assert succeed(sam, CameFrom("203.0.113.202", device.device)) == (), "the device that signed in before"
    assert succeed(sam, HOME) == (), "the network that signed in before"
    frozen_clock.shift(ACCOUNT_WAIT)
    assert succeed(sam, CameFrom("203.0.113.203")) == (), "and anybody once the wait is over"


def test_T15_an_address_that_tries_many_accounts_is_slowed_but_not_its_known_devices(
    make_user: Callable[..., User], sam: User, frozen_clock: time_machine.Traveller
) -> None:
    office = CameFrom(ATTACKER.address, "cc" * 16)
    succeed(sam, office)
    for number in range(15):
        make_user(username=f"person{number}")
        assert fail(f"person{number}") == ()
        assert fail(f"nobody{number}") == ()
    assert fail("person1") == (Scope.ADDRESS,)
    assert fail("nobody-else") == (Scope.ADDRESS,)
    assert succeed(sam, office) == ()
    assert succeed(sam, HOME) == ()


def test_a_stolen_mark_of_a_device_is_held_back_like_an_address(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    device = CameFrom("192.0.2.50", "aa" * 16)
    succeed(sam, device)
    for place in many(5):
        fail("sam", CameFrom(place.address, device.device))
    assert succeed(sam, device) == (Scope.PAIR,)


def test_a_right_password_takes_back_what_its_own_typing_errors_began(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    for _ in range(4):
        fail("sam", HOME)
    assert succeed(sam, HOME) == ()
    assert not SignInTry.objects.exists()
    assert not SignInHold.objects.exists()
    assert [fail("sam", HOME) for _ in range(5)] == [()] * 5


def test_what_is_kept_names_no_address_and_nothing_that_was_typed_and_is_cleaned_up(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    for name in ("sam", "my-secret-pass-phrase"):
        for _ in range(6):
            fail(name)
    succeed(sam, HOME)
    kept = [*SignInTry.objects.values_list(), *SignInHold.objects.values_list(), *KnownPlace.objects.values_list()]
    assert kept
    for secret in ("sam", "secret", "198.51", "192.0.2"):
        assert secret not in repr(kept)
        assert secret == "sam" or not Event.objects.filter(payload__contains=secret).exists()
    # Each unknown name gets a token of its own, so that even the token says nothing.
    assert SignInTry.objects.values("account").distinct().count() == 7
    frozen_clock.shift(timedelta(days=181))
    begin_try(user=None, came_from=HOME)
    assert SignInTry.objects.count() == 1
    assert not SignInHold.objects.exists()
    assert not KnownPlace.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(("tries", "most"), [(250, 60), pytest.param(1000, 120, marks=pytest.mark.deep)])
@pytest.mark.postgres_in_deep
def test_T15_many_bad_tries_are_each_logged_and_almost_none_reaches_the_password(
    tries: int, most: int, sam: User, force: Force, frozen_clock: time_machine.Traveller
) -> None:
    reached = 0
    for number in range(tries):
        reached += not fail(("sam", "nobody", "sam")[number % 3])
        frozen_clock.shift(1)
    assert Event.objects.filter(kind="sign_in_refused").count() == tries
    assert 5 <= reached <= most
    assert succeed(sam, HOME) == ()


def guess(place: CameFrom = ATTACKER) -> tuple[Scope, ...]:
    """A code that opens nothing, at the safe page: what it was held back by."""
    tried = begin_page_try(came_from=place)
    record_failed_try(tried=tried, request="test")
    return tried.held


def test_guesses_at_the_safe_page_and_tries_to_sign_in_hold_back_only_their_own(sam: User) -> None:
    assert [guess() for _ in range(30)] == [()] * 30
    assert (guess(), guess(HOME)) == ((Scope.PAGE,), ())
    # Nobody at the same address is kept from signing in.
    assert succeed(sam, ATTACKER) == ()
    for _ in range(31):
        fail("nobody", HOME)
    assert fail("nobody", HOME) == (Scope.ADDRESS,)
    assert guess(HOME) == ()


def test_a_code_that_opens_the_page_takes_its_own_try_back_and_no_other(
    sam: User, frozen_clock: time_machine.Traveller
) -> None:
    for _ in range(29):
        guess()
    tried = begin_page_try(came_from=ATTACKER)
    assert list(tried.begun) == [Scope.PAGE]
    take_back_page_try(tried=tried)
    assert (SignInTry.objects.count(), SignInHold.objects.count()) == (29, 0)
    assert (guess(), guess()) == ((), (Scope.PAGE,))
    # Nothing that is kept names a place, and what is kept goes.
    assert not any(
        "198.51" in one for row in SignInTry.objects.values_list("account", "client", "address") for one in row
    )
    frozen_clock.shift(timedelta(hours=2))
    guess(HOME)
    assert SignInTry.objects.count() == 1
