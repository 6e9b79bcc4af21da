"""`craffu user`: an account and its rights come into being together, every change has a reason, and is logged (SEC-01)."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import authenticate

from craffu.access.acting import Acting, acting_operator
from craffu.access.factors.actions import add_app
from craffu.access.factors.codes import new_secret
from craffu.access.factors.queries import factors_of
from craffu.access.factors.rules import Proof
from craffu.access.models import Force, User
from craffu.access.provider.actions import sign_in
from craffu.access.provider.queries import is_anothers
from craffu.access.provider.rules import Said
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import begin_session
from craffu.access.signing_in.places import CameFrom
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import NotPermitted, Refusal
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import user
from tests.installation import Installation
from tests.logged import refs_said_by

pytestmark = pytest.mark.postgres_in_deep


def typed(action: str, username: str | None = None, **more: Any) -> Namespace:
    return Namespace(
        action=action,
        username=username,
        **{"name": None, "right": [], "area": None, "team": None, "reason": "", "hand_to": None, **more},
    )


def test_an_account_is_added_used_and_listed(installation: Installation) -> None:
    added = installation.json("user", "add", "pc.1234", "--name", "Ann Example", "--right", "analyst")
    assert (added["username"], added["rights"]) == ("pc.1234", ["analyst"])
    assert len(added["password"]) >= 24
    changed = installation.json("user", "give", "pc.1234", "--right", "auditor", "--reason", "Covers for a colleague")
    assert changed["rights"] == ["analyst", "auditor"]
    changed = installation.json("user", "take", "pc.1234", "--right", "analyst", "--reason", "Moved to another team")
    assert changed["rights"] == ["auditor"]
    listed = installation.json("user", "list")["users"]
    assert listed == [
        {"username": "pc.1234", "name": "Ann Example", "active": True, "rights": ["auditor"], "areas": []}
    ]
    assert added["password"] not in installation.run("user", "list").stdout


NOT_TO_BE_DONE: tuple[tuple[str, ...], ...] = (
    ("add",),
    ("add", "pc.1"),
    ("add", "pc.1", "--name", "A", "--right", "emperor"),
    ("give", "pc.1", "--right", "analyst", "--reason", "x"),
    ("give", "pc.1", "--right", "analyst"),
    ("take", "pc.1", "--reason", "x"),
    ("reset-factors", "pc.1"),
    ("reset-factors", "pc.1", "--reason", "x"),
    ("list", "--as", "nobody"),
)


@pytest.mark.deep
@pytest.mark.sqlite
def test_what_cannot_be_done_is_said_in_one_line_and_leaves_nothing(installation: Installation) -> None:
    for words in NOT_TO_BE_DONE:
        done = installation.run("user", *words, expect=2)
        assert done.stdout == "", words
        assert done.stderr.count("\n") == 1, words
    assert installation.json("user", "list") == {"users": []}


@pytest.mark.rule("SEC-01")
def test_the_password_that_was_shown_signs_in(system: Acting) -> None:
    answer = user.add(system, typed("add", "pc.1", name="Ann Example"))
    found = authenticate(username="pc.1", password=answer["password"])
    assert found is not None
    assert authenticate(username="pc.1", password="guess") is None
    assert answer["password"] in user.in_words(answer)
    assert "no rights" in user.in_words(answer)


def test_no_two_passwords_are_alike() -> None:
    assert len({user.new_password() for _ in range(1000)}) == 1000


@pytest.mark.rule("SEC-01")
def test_an_account_whose_right_does_not_exist_is_not_made(system: Acting) -> None:
    with pytest.raises(Refusal):
        user.add(system, typed("add", "pc.1", name="Ann Example", right=["analyst", "emperor"]))
    assert not User.objects.filter(username="pc.1").exists()


@pytest.mark.rule("SEC-04")
def test_a_change_is_logged_with_its_reason_and_who_made_it(system: Acting) -> None:
    user.add(system, typed("add", "pc.1", name="Ann Example"))
    user.give(system, typed("give", "pc.1", right=["analyst"], reason="Needs to see intake"))
    last = Event.objects.order_by("-id").first()
    assert last is not None
    assert (last.kind, last.actor) == ("right_given", "test")
    assert "Needs to see intake" in last.payload
    assert "Ann Example" not in last.payload


@pytest.mark.rule("SEC-04")
def test_T8_a_list_of_accounts_leaves_one_row_naming_those_shown(system: Acting, make_user: Any) -> None:
    make_user("analyst", username="ann")
    make_user("auditor", username="ben")
    for username, shown in ((None, {"user/ann", "user/ben"}), ("ben", {"user/ben"})):
        before = Event.objects.count()
        user.everybody(system, typed("list", username))
        rows = list(Event.objects.order_by("id"))[before:]
        assert [(row.kind, set(refs_said_by(row))) for row in rows] == [("accounts_listed", shown)]


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("act", [user.everybody, user.add])
def test_who_may_not_manage_accounts_is_refused(acting_as: Any, act: Any) -> None:
    with pytest.raises(NotPermitted):
        act(acting_as("analyst"), typed("add", "pc.1", name="Ann Example"))


@pytest.mark.rule("SEC-01")
def test_another_force_s_account_does_not_exist(system: Acting, make_user: Any, other_force: Force) -> None:
    make_user("analyst", username="pc.63", force=other_force)
    with pytest.raises(NotCarriedOut):
        user.give(system, typed("give", "pc.63", right=["auditor"], reason="x"))
    assert user.everybody(system, typed("list")) == {"users": []}


def test_where_the_provider_signs_people_in_no_password_is_made_but_for_the_one_account(
    system: Acting, settings: Any
) -> None:
    settings.CRAFFU_LOCAL_SIGN_IN = "boss"
    assert "password" not in user.add(system, typed("add", "pc.1", name="Ann Example"))
    assert not User.objects.get(username="pc.1").has_usable_password()
    assert "password" in user.add(system, typed("add", "boss", name="Bea Example"))


@pytest.mark.rule("SEC-01")
def test_an_identity_at_the_provider_is_forgotten_at_the_machine_and_not_in_somebodys_name(
    system: Acting, make_user: Callable[..., User]
) -> None:
    sam, boss = make_user("analyst", username="sam"), make_user("administrator", username="boss")
    said = Said("https://idp.example", "1", "sam", clock.now(), "", ())
    sign_in(user=sam, said=said, proof=Proof.PROVIDER, came_from=CameFrom(""), session="a", request="r")
    for by, words in ((acting_user(boss), {"reason": "x"}), (acting_operator(sam.force, "root"), {})):
        with pytest.raises(NotCarriedOut):
            user.unlink(by, typed("unlink", "sam", **words))
    assert is_anothers(sam, replace(said, subject="2"))
    user.unlink(acting_operator(sam.force, "root"), typed("unlink", "sam", reason="Made again at the provider"))
    assert not is_anothers(sam, replace(said, subject="2"))


def test_T17_lost_second_factors_are_reset_at_the_machine_and_not_in_somebodys_name(
    system: Acting, make_user: Callable[..., User]
) -> None:
    boss = make_user("administrator", username="boss")
    session = begin_session(user=boss, key="a", proof=Proof.PASSWORD)
    add_app(by=acting_user(boss), session=session, secret=new_secret(), step=0, key="a", new_key="b")
    asked = typed("reset-factors", "boss", reason="Phone lost; seen in person")
    with pytest.raises(NotCarriedOut, match="Leave --as out"):
        user.reset(acting_user(boss), asked)
    assert len(factors_of(boss)) == 1
    assert user.reset(acting_operator(boss.force, "root"), asked)["username"] == "boss"
    assert len(factors_of(boss)) == 0
    assert Event.objects.get(kind="factors_reset").actor == "root"


def test_an_account_is_closed_and_opens_nothing_from_then_on(installation: Installation) -> None:
    """Whoever has left is in no list of who works here; a password that was lost is made anew."""
    added = installation.json("user", "add", "pc.1234", "--name", "Ann Example", "--right", "analyst")
    assert "Say who and why" in installation.run("user", "close", "pc.1234", expect=2).stderr
    again = installation.json("user", "password", "pc.1234", "--reason", "She forgot it")
    assert again["password"] != added["password"]
    closed = installation.json("user", "close", "pc.1234", "--reason", "Left the force")
    assert closed["active"] is False
    assert "(closed)" in installation.run("user", "list").stdout
