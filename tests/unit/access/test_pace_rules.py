"""How fast one may ask, and what is left of a password without words of this place (SEC-01)."""

import pytest

from craffu.access.pace.keeping import Pace
from craffu.access.pace.rules import Left, ask
from craffu.access.signing_in.passwords import LEAST_WITHOUT, OWN_WORDS, without_own_words, without_trimmings

pytestmark = pytest.mark.rule("SEC-01")


def test_a_minutes_worth_at_once_and_then_evenly() -> None:
    left, may = None, []
    for at in (0.0, 0.0, 0.0, 19.0, 20.0, 20.0, 200.0):
        answer = ask(left, at, 3)
        left = answer.left
        may.append(answer.may_ask)
    assert may == [True, True, True, False, True, False, True]
    assert left == Left(2.0, 200.0), "nobody saves up more than a minute holds"


def test_the_first_refusal_is_told_once_until_there_is_an_asking_again() -> None:
    empty = Left(0.0, 50.0)
    first = ask(empty, 50.0, 60)
    again = ask(first.left, 50.5, 60)
    assert (first.is_first_refusal, again.is_first_refusal) == (True, False)
    let = ask(again.left, 51.5, 60)
    assert let.may_ask
    assert ask(let.left, 51.5, 60).is_first_refusal


def test_a_clock_that_steps_back_gives_nothing() -> None:
    assert not ask(Left(0.5, 50.0), 10.0, 60).may_ask


def test_each_is_counted_alone_and_the_longest_quiet_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craffu.access.pace.keeping._MOST_KNOWN", 2)
    pace = Pace()
    assert pace.ask("a", 0.0, 1).may_ask
    assert not pace.ask("a", 0.0, 1).may_ask
    assert pace.ask("b", 0.0, 1).may_ask
    assert pace.ask("c", 0.0, 1).may_ask
    assert pace.ask("a", 0.0, 1).may_ask, "forgotten, since two others asked after it"


@pytest.mark.parametrize(
    ("password", "left"),
    [
        ("!Sunshine2026!!", "sunshine"), ("dragondragon", "dragon"), ("a long pass phrase 77", "a long pass phrase"),
        ("abcabcabd", "abcabcabd"), ("123456789012", ""), ("pass1word", "pass1word"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_password_without_what_people_put_around_one(password: str, left: str) -> None:
    assert without_trimmings(password) == left


@pytest.mark.parametrize(
    ("password", "left"),
    [("Craffu-Heddlu-2026", "--2026"), ("correct horse battery", "correct horse battery"), ("POLICEofficer99", "99")],
)
def test_what_is_left_of_a_password_without_words_of_this_place(password: str, left: str) -> None:
    assert without_own_words(password) == left
    assert all(word == word.lower() for word in OWN_WORDS)
    assert LEAST_WITHOUT >= 8
