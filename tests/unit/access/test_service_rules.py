"""How long an account for unattended work may work, what it may do, and who may say so (SEC-01)."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.unattended.rules import (
    AT_WORK,
    LONGEST_DAYS,
    NAME,
    RENEW_WITHIN,
    WORK,
    Facts,
    Standing,
    is_length,
    is_second_person,
    may_do,
    rights_for,
    standing,
    unknown_work,
)
from craffu.config.cli import AS_USER, COMMANDS, parser

pytestmark = pytest.mark.rule("SEC-01")
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
A_MOMENT, A_DAY = timedelta(microseconds=1), timedelta(days=1)
# Commands that act for somebody and that nobody runs unattended, with why.
ATTENDED = {
    "foi": "an answer to the public is a disclosure, which a named person gives",
    "user": "who may do what is decided by somebody who is there",
    "area": "how far a role reaches is decided by somebody who is there",
    "risk-form": "a licensed form is loaded by somebody who holds the licence",
    "keys": "a key is retired by somebody who keeps the copy of the ring",
    "person": "somebody looks for a person because they need to know, and nobody but a person says who is one",
    "orders": "somebody looks at orders, or takes out a card, because they need to know",
    "victims": "somebody looks at figures of victims because they need to know",
    "score": "somebody asks in which order people are reviewed, and is known to have asked",
    "boundaries": "somebody reads whose records are, or drafts an arrangement that people sign",
    "report": "somebody answers for a report that leaves, and for what its claims were found to be",
    "rights": "somebody answers a request, which a second person approves",
    "service-account": "it would approve itself",
}


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (Facts(True, True, NOW + A_DAY), Standing.ENDED),
        (Facts(True, False, None), Standing.ENDED),
        (Facts(False, False, NOW + A_DAY), Standing.UNOWNED),
        (Facts(False, True, None), Standing.WAITS),
        (Facts(False, True, NOW), Standing.EXPIRED),
        (Facts(False, True, NOW + A_MOMENT), Standing.ENDS_SOON),
        (Facts(False, True, NOW + RENEW_WITHIN), Standing.ENDS_SOON),
        (Facts(False, True, NOW + RENEW_WITHIN + A_MOMENT), Standing.WORKS),
    ],
)
def test_a_service_account_works_while_it_is_approved_and_somebody_answers_for_it(
    facts: Facts, stands: Standing
) -> None:
    assert standing(facts, NOW) is stands
    assert (stands in AT_WORK) is (stands in {Standing.WORKS, Standing.ENDS_SOON})


def test_it_is_asked_for_again_a_fortnight_before() -> None:
    assert timedelta(days=14) == RENEW_WITHIN


def test_an_approval_is_of_ninety_days_at_most() -> None:
    assert [days for days in range(-1, 200) if is_length(days)] == list(range(1, 91))
    assert LONGEST_DAYS == 90


def test_the_second_person_neither_asked_nor_answers_for_it() -> None:
    assert is_second_person("cy", "ann", "ben")
    assert not is_second_person("ann", "ann", "ben")
    assert not is_second_person("ben", "ann", "ben")


@pytest.mark.parametrize(
    ("allowed", "work", "may"),
    [
        (["intake"], "intake rms", True),
        (["intake rms"], "intake rms", True),
        (["intake rms"], "intake", False),
        (["intake rms"], "intake rms2", False),
        (["intake"], "intakes", False),
        (["profile", "intake surveys"], "intake surveys", True),
        (["intake"], "", False),
        ([], "intake", False),
    ],
)
def test_it_does_what_it_was_approved_for_and_nothing_else(allowed: list[str], work: str, may: bool) -> None:
    assert may_do(allowed, work) is may


def test_whoever_asks_for_one_is_told_of_all_that_it_may_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser("service-account").parse_args(["service-account", "--help"])
    told = capsys.readouterr().out
    assert [work for work in WORK if work not in told] == []


def test_what_no_service_may_do_is_named() -> None:
    assert unknown_work(["intake", "intake rms", "user", "keys rotate", "user"]) == ["keys rotate", "user"]


def test_while_it_works_it_has_the_rights_of_that_work_alone() -> None:
    assert rights_for("intake rms") == {"analyst"}
    assert rights_for("user") == rights_for("") == frozenset()
    assert not set().union(*WORK.values()) & {"administrator", "system", "operator"}


def test_every_command_that_acts_for_somebody_is_a_services_work_or_says_why_not() -> None:
    acting = {command.name for command in COMMANDS if AS_USER in command.options}
    assert acting == set(WORK) | set(ATTENDED)
    assert not set(WORK) & set(ATTENDED)


@pytest.mark.parametrize(
    ("name", "is_fine"), [("svc.intake", True), ("svc.", False), ("intake", False), ("svc.A", False)]
)
def test_a_service_account_is_called_so_that_the_log_shows_what_it_was(name: str, is_fine: bool) -> None:
    assert (NAME.fullmatch(name) is not None) is is_fine
