"""Accounts for unattended work: asked for by one, approved by another for a time, and refused whenever they may not (SEC-01)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from craffu.access.acting import Acting, acting_operator
from craffu.access.actions import close_account, create_user
from craffu.access.models import Force, User
from craffu.access.permissions import check_can_view_service
from craffu.access.policies import FactorNotFresh, check_may_be_approved
from craffu.access.queries import acting_user
from craffu.access.unattended.actions import (
    approve_service,
    ask_for_service,
    begin_work,
    end_service,
    list_services,
)
from craffu.access.unattended.models import ServiceApproval
from craffu.access.unattended.queries import Service, find_service
from craffu.access.unattended.rules import Standing
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import database, service_account
from tests.logged import refs_said_by

pytestmark = pytest.mark.rule("SEC-01")


@pytest.fixture
def people(make_user: Callable[..., User], frozen_clock: time_machine.Traveller) -> dict[str, User]:
    return {
        "ann": make_user("administrator", username="ann"),
        "ben": make_user("analyst", username="ben"),
        "cy": make_user("administrator", username="cy"),
    }


def fresh(user: User) -> Acting:
    return replace(acting_user(user), factor_at=clock.now())


def ask(people: dict[str, User], **changed: Any) -> Service:
    asked = {
        "by": acting_user(people["ann"]),
        "name": "svc.nightly",
        "purpose": "Extracts of the night",
        "work": ["intake rms", "intake custody"],
        "machine_account": "craffu",
        "owner": people["ben"],
        **changed,
    }
    account = ask_for_service(**asked)
    found = find_service(account.force, account.name, clock.now())
    assert found is not None
    return found


def again(service: Service) -> Service:
    found = find_service(service.account.force, service.account.name, clock.now())
    assert found is not None
    return found


def work(service: Service, what: str = "intake rms", machine_account: str = "craffu") -> Acting:
    force: Force = service.account.force
    return begin_work(force=force, service=again(service), work=what, machine_account=machine_account)


def test_it_works_from_its_approval_to_its_end_and_the_log_names_it_and_no_person(
    people: dict[str, User], frozen_clock: time_machine.Traveller
) -> None:
    service = ask(people)
    with pytest.raises(NotNow, match="never approved"):
        work(service)
    approve_service(by=fresh(people["cy"]), service=service, reason="Seen what it does", days=30)
    by = work(service)
    assert (by.actor.name, by.actor.kind, by.actor.role, by.user) == ("svc.nightly", "service", "service", None)
    assert by.rights == {"analyst"}
    frozen_clock.shift(timedelta(days=16))
    assert again(service).standing is Standing.ENDS_SOON
    work(service)
    frozen_clock.shift(timedelta(days=14))
    with pytest.raises(NotNow, match="approval of this service account is over"):
        work(service)
    approve_service(by=fresh(people["cy"]), service=again(service), reason="Still needed")
    work(service)
    rows = Event.objects.filter(kind__startswith="service_").order_by("id")
    assert [(row.kind, row.actor) for row in rows] == [
        ("service_asked", "ann"),
        ("service_refused", "svc.nightly"),
        ("service_approved", "cy"),
        ("service_began", "svc.nightly"),
        ("service_began", "svc.nightly"),
        ("service_refused", "svc.nightly"),
        ("service_approved", "cy"),
        ("service_began", "svc.nightly"),
    ]
    assert '"reason":"service_expired"' in rows[5].payload
    assert '"actor_kind":"service"' in rows[7].payload


def test_neither_who_asked_nor_who_answers_approves_it_by_the_policy_and_in_the_database(
    people: dict[str, User], make_user: Callable[..., User]
) -> None:
    service = ask(people)
    boss = make_user("administrator", username="boss")
    owned = ask(people, name="svc.other", owner=boss)
    for by, which in ((people["ann"], service), (boss, owned), (people["ben"], service)):
        with pytest.raises(NotPermitted):
            approve_service(by=fresh(by), service=which, reason="x")
    with pytest.raises(NotPermitted):
        approve_service(by=acting_operator(service.account.force, "root"), service=service, reason="x")
    with pytest.raises(FactorNotFresh):
        approve_service(by=acting_user(people["cy"]), service=service, reason="x")
    with pytest.raises(Refusal, match="Say why"):
        approve_service(by=fresh(people["cy"]), service=service, reason=" ")
    for days in (0, 91):
        with pytest.raises(NotNow, match="from 1 to 90 days"):
            approve_service(by=fresh(people["cy"]), service=service, reason="x", days=days)

    @action
    def forged(by: User) -> None:
        account, now = service.account, clock.now()
        ServiceApproval.objects.create(
            force=account.force, service=account, requester=account.requester, owner=account.owner,
            approved_by=by, approved_at=now, until=now + timedelta(days=1), reason="x",
        )  # fmt: skip

    for by in (people["ann"], people["ben"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            forged(by)
    assert not ServiceApproval.objects.exists()


def test_it_does_nothing_else_and_nowhere_else(people: dict[str, User]) -> None:
    service = ask(people)
    approve_service(by=fresh(people["cy"]), service=service, reason="x")
    for what, account, code in (
        ("intake surveys", "craffu", "service_not_its_work"),
        ("profile", "craffu", "service_not_its_work"),
        ("", "craffu", "service_not_its_work"),
        ("intake rms", "root", "service_elsewhere"),
    ):
        with pytest.raises(NotNow) as refused:
            work(service, what, account)
        assert refused.value.code == code


def test_it_rests_when_whoever_answers_for_it_leaves_and_for_good_when_it_is_ended(
    people: dict[str, User], system: Acting
) -> None:
    service, other = ask(people), ask(people, name="svc.other")
    for one in (service, other):
        approve_service(by=fresh(people["cy"]), service=one, reason="x")
    with pytest.raises(NotPermitted):
        end_service(by=replace(fresh(people["cy"]), user=None, rights=frozenset()), service=other, reason="x")
    end_service(by=fresh(people["ben"]), service=other, reason="Not needed")
    with pytest.raises(NotNow, match="ended already"):
        end_service(by=acting_operator(system.force, "root"), service=other, reason="x")
    with pytest.raises(NotNow, match="was ended"):
        work(other)
    with pytest.raises(NotNow, match="was ended"):
        approve_service(by=fresh(people["cy"]), service=other, reason="x")
    with pytest.raises(NotNow, match="was ended"):
        check_may_be_approved(None, 1)
    close_account(by=system, user=people["ben"], reason="left")
    with pytest.raises(NotNow, match="has left"):
        work(service)
    with pytest.raises(NotNow, match="has left"):
        approve_service(by=fresh(people["cy"]), service=again(service), reason="x")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": "nightly"}, "called svc."),
        ({"work": []}, "may do this: -"),
        ({"work": ["intake", "user"]}, "may do this: user"),
        ({"purpose": " "}, "Say why"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(changed: dict[str, Any], fault: str, people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match=fault):
        ask(people, **changed)


def test_only_a_named_administrator_asks_for_their_own_force_and_a_name_is_given_once(
    people: dict[str, User], make_user: Callable[..., User], other_force: Force, system: Acting
) -> None:
    theirs = make_user("analyst", username="theirs", force=other_force)
    for changed in (
        {"by": acting_user(people["ben"])},
        {"by": acting_operator(system.force, "root")},
        {"by": replace(system, rights=frozenset({"administrator"}))},
        {"owner": theirs},
    ):
        with pytest.raises(NotPermitted):
            ask(people, **changed)
    ask(people)
    with pytest.raises(Refusal, match="is or was an account of this name"):
        ask(people)
    with pytest.raises(Refusal, match="service account's"):
        create_user(by=system, username="svc.nightly2", name="x")


def test_who_looks_after_accounts_and_who_answers_for_one_sees_it(people: dict[str, User], system: Acting) -> None:
    account = ask(people).account
    for by in (acting_user(people["cy"]), acting_user(people["ben"])):
        check_can_view_service(by, account)
    check_can_view_service(acting_user(people["cy"]), None)
    for by, which in ((acting_user(people["ben"]), None), (system, account)):
        with pytest.raises(NotPermitted):
            check_can_view_service(by, which)
    assert [one.account.name for one in list_services(by=acting_user(people["cy"]))] == ["svc.nightly"]
    assert refs_said_by(Event.objects.get(kind="services_listed")) == ["service/svc.nightly"]


class TestCommand:
    @pytest.fixture
    def typed(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What somebody types at the terminal, in order."""
        words: list[str] = []
        monkeypatch.setattr(service_account.getpass, "getpass", lambda _prompt: words.pop(0))
        monkeypatch.setattr(service_account.sys, "stdin", type("Terminal", (), {"isatty": lambda _self: True})())
        return words

    @pytest.mark.sqlite
    def test_T17_who_asks_and_who_approves_show_who_they_are(
        self, people: dict[str, User], make_user: Callable[..., User], typed: list[str],
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        make_user("administrator", username="dee", password="a long pass phrase")
        make_user("administrator", username="eve", password="a long pass phrase")

        def run(*words: str) -> str:
            from craffu.config.cli import parser

            service_account.run(parser().parse_args(["service-account", *words]))
            return capsys.readouterr().out

        words = ("create", "svc.night", "--as", "dee", "--owner", "ben", "--machine-account", "craffu", "--reason", "x")
        typed[:] = ["wrong"]
        with pytest.raises(NotCarriedOut, match="not right"):
            run(*words, "--work", "intake rms")
        for changed, said in ((("--work", "intake rmz"), "no kind of intake called rmz"), ((), "Say who answers")):
            with pytest.raises(NotCarriedOut, match=said):
                run(*words, *changed)
        typed[:] = ["a long pass phrase"]
        assert "waits for an approval" in run(*words, "--work", "intake rms")
        typed[:] = ["a long pass phrase"]
        with pytest.raises(NotCarriedOut, match="Another administrator approves it"):
            run("approve", "svc.night", "--as", "dee", "--reason", "x")
        typed[:] = ["a long pass phrase"]
        assert "works until" in run("approve", "svc.night", "--as", "eve", "--reason", "x", "--days", "60")
        assert '"standing": "works"' in run("list", "--as", "eve", "--json")
        assert "ended" in run("end", "svc.night", "--as", "eve", "--reason", "x")
        assert (
            Event.objects.filter(kind="factor_refused", actor="dee").count()
            + Event.objects.filter(kind="sign_in_refused", actor="dee").count()
            == 1
        )

    def test_with_nobody_there_only_a_service_account_acts_in_production(
        self, people: dict[str, User], settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = ask(people, machine_account=database.machine_account())
        approve_service(by=fresh(people["cy"]), service=service, reason="x")
        settings.PRODUCTION = True
        monkeypatch.setattr(database, "is_attended", lambda: False)
        for name in (None, "ben"):
            with pytest.raises(NotCarriedOut, match="Nobody is at a terminal"):
                database.acting(name, "intake rms")
        assert database.acting("svc.nightly", "intake rms").actor.name == "svc.nightly"
        with pytest.raises(NotCarriedOut, match="may not do this"):
            database.acting("svc.nightly")
        with pytest.raises(NotCarriedOut, match="no service account called"):
            database.acting("svc.nobody", "intake rms")
        monkeypatch.setattr(database, "is_attended", lambda: True)
        assert database.acting("ben", "intake rms").user == people["ben"]
