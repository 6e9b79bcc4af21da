"""Of what a letter to a victim is, and what it warns of; whether one may go is proved with letters about orders."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import RAISES
from craffu.victims.letters.facts import Way
from craffu.victims.letters.kinds import About, Stopped
from craffu.victims.letters.rules import (
    SHORTEST_PHRASE,
    WAITS_FOR,
    WARNED_OF,
    WRITTEN_OF,
    WhyNot,
    is_ahead,
    says_what_must_not_be,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("kind", list(Happening))
def test_there_is_a_letter_of_what_the_code_and_her_safety_ask_for_and_orders_tell_of_themselves(
    kind: Happening,
) -> None:
    raised = RAISES[kind]
    is_of_an_order = kind in {Happening.ORDER_SERVED, Happening.ORDER_RELAXED, Happening.ORDER_ENDED}
    is_news = raised.code is not None or raised.safety is not None
    assert (kind in WRITTEN_OF) == (is_news and not is_of_an_order)


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("kind", sorted(WRITTEN_OF))
def test_what_lies_ahead_is_written_of_only_where_she_is_warned_of_it(kind: Happening) -> None:
    assert is_ahead(kind, NOW, NOW) is False, "what happens this instant has happened"
    assert is_ahead(kind, NOW - SECOND, NOW) is False
    is_warned = kind in {Happening.RELEASE_FROM_CUSTODY, Happening.RELEASE_FROM_PRISON}
    assert is_ahead(kind, NOW + SECOND, NOW) is (True if is_warned else None)
    assert (kind in WARNED_OF) == is_warned


def test_a_letter_waits_for_a_week() -> None:
    assert timedelta(days=7) == WAITS_FOR


def test_the_keys_that_are_kept_with_a_letter_stay() -> None:
    """They stand in the register and in addresses."""
    assert [one.value for one in WhyNot] == [
        "not_looked_after", "shut", "not_agreed", "declined", "not_safe", "reach_in_doubt", "not_wanted"
    ]  # fmt: skip
    assert [one.value for one in About] == ["news", "survey"]
    assert [one.value for one in Way] == ["handed", "posted"]
    assert [one.value for one in Stopped] == [
        "language_changed", "never_say", "news_changed", "no_surveys", "unknown_kind"
    ]  # fmt: skip


def test_a_phrase_of_four_letters_is_kept_out_and_a_shorter_one_stands_in_every_text() -> None:
    assert len("gate") == SHORTEST_PHRASE
    assert says_what_must_not_be("He stood at the Gate.", "gate")
    assert not says_what_must_not_be("He stood at it.", "it.")
