"""How a pair stands by all that was said of it, and which person a set of records is (IDN-02 to IDN-05)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from craffu.linkage.forming import (
    UNSCORED,
    Broken,
    Known,
    Scope,
    Word,
    broken_links,
    given_links,
    held_apart,
    links_of,
    moves,
    persons_of,
    standing,
    stands,
)
from craffu.linkage.rules import USUAL, Decided, Decision, Human, Link, Role, Why

S, N, C, T = Word.SAME, Word.NOT_SAME, Word.CANNOT_TELL, Word.TAKEN_BACK
NOBODY = Known({}, {}, {})
LINKED, APART = Decided(Decision.LINK, Why.HUMAN_DECISION), Decided(Decision.NO_LINK, Why.HUMAN_DECISION)
CONFLICT = Decided(Decision.CLERICAL, Why.IDENTIFIERS_CONFLICT)
ROLES = Decided(Decision.CLERICAL, Why.VICTIM_AND_SUSPECT_ROLES)
AUTO, ASKED = Decided(Decision.LINK, Why.AUTO), Decided(Decision.CLERICAL, Why.BETWEEN_THRESHOLDS)


def test_keys_that_are_stored_stay() -> None:
    assert [one.value for one in Word] == ["same", "not_same", "cannot_tell", "taken_back"]
    assert [one.value for one in Scope] == ["records", "persons"]
    assert UNSCORED == ASKED


@pytest.mark.rule("IDN-03")
@pytest.mark.rule("IDN-04")
@pytest.mark.parametrize(
    ("words", "stands_at"),
    [
        ([], None),
        ([(S, True)], 0),
        ([(S, False)], None),
        ([(S, True), (N, True)], 1),
        ([(S, True), (N, False)], 0),
        ([(S, True), (T, True)], None),
        ([(S, True), (T, False)], 0),
        ([(S, True), (N, True), (T, True)], 0),
        ([(S, True), (N, True), (T, True), (T, True)], None),
        ([(T, True), (S, True)], 1),
        ([(S, True), (C, True)], 1),
        ([(N, True), (T, True), (C, True), (S, True), (T, True)], 2),
    ],
)
def test_the_last_word_that_counts_and_was_not_taken_back_stands(
    words: list[tuple[Word, bool]], stands_at: int | None
) -> None:
    assert standing(words) == stands_at


def known(
    *,
    identifiers: dict[int, Any] | None = None,
    roles: dict[int, Any] | None = None,
    named: dict[int, dict[str, str]] | None = None,
) -> Known:
    return Known(identifiers or {}, roles or {}, named or {})


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-05")
@pytest.mark.parametrize(
    ("human", "probability", "about", "found"),
    [
        (None, None, NOBODY, ASKED),
        (None, 0.99, NOBODY, AUTO),
        (None, 0.6, NOBODY, ASKED),
        (Human.SAME, None, NOBODY, LINKED),
        (Human.NOT_SAME, 0.99, NOBODY, APART),
        (None, 0.99, known(identifiers={1: {"pnc": {"a"}}, 2: {"pnc": {"b"}}}), CONFLICT),
        (None, 0.99, known(identifiers={1: {"pnc": {"a", "b"}}, 2: {"pnc": {"b"}}}), AUTO),
        (None, 0.99, known(identifiers={1: {"pnc": {"a"}}, 2: {"cro": {"b"}}}), AUTO),
        (None, 0.99, known(identifiers={1: {"pnc": {"a"}}}), AUTO),
        (None, 0.99, known(roles={1: {Role.VICTIM}, 2: {Role.SUSPECT}}), ROLES),
        (None, 0.99, known(roles={1: {Role.SUSPECT}, 2: {Role.VICTIM}}), ROLES),
        (None, 0.99, known(roles={1: {Role.VICTIM, Role.SUSPECT}, 2: set()}), AUTO),
        (None, 0.99, known(roles={1: {Role.VICTIM, Role.SUSPECT}, 2: {Role.SUSPECT}}), ROLES),
        (None, 0.99, known(roles={1: {Role.VICTIM}, 2: {Role.VICTIM}}), AUTO),
        (Human.SAME, 0.1, known(roles={1: {Role.VICTIM}, 2: {Role.SUSPECT}}), LINKED),
    ],
)  # fmt: skip
def test_how_a_pair_stands(human: Human | None, probability: float | None, about: Known, found: Decided) -> None:
    assert stands((1, 2), human, probability, USUAL, about) == found


@pytest.mark.rule("IDN-04")
def test_links_and_what_is_held_apart_among_pairs() -> None:
    pairs = [((1, 2), AUTO, 0.995), ((2, 3), LINKED, 0.2), ((3, 4), APART, 0.999), ((4, 5), ASKED, 0.6)]
    pairs.append(((5, 6), Decided(Decision.NO_LINK, Why.BELOW_CLERICAL), 0.1))
    pairs.append(((6, 7), LINKED, None))
    assert list(links_of(pairs)) == [Link(1, 2, 0.995), Link(2, 3, 1.0, True), Link(6, 7, 1.0, True)]
    assert held_apart(pairs) == {(3, 4)}


@pytest.mark.rule("IDN-03")
def test_what_a_record_came_in_as_is_a_link_until_people_say_otherwise() -> None:
    first, home = {10: 1, 20: 3}, {1: 10, 2: 10, 3: 20, 4: 10}
    assert given_links(first, home, set()) == [Link(1, 2, 1.0, True), Link(1, 4, 1.0, True)]
    assert given_links(first, home, {(1, 2)}) == [Link(1, 4, 1.0, True)]
    assert given_links({10: 5}, {2: 10}, set()) == [], "the first record is not among them"
    assert given_links({10: 5}, {2: 10, 5: 10}, set()) == [Link(2, 5, 1.0, True)]


@pytest.mark.rule("IDN-03")
def test_a_set_of_records_is_the_person_known_longest_that_was_made_for_one_of_them() -> None:
    first = {10: 1, 20: 2, 30: 2, 40: 9}
    assert persons_of([[2, 1], [3], [2]], first) == [(10, [1, 2]), (None, [3]), (20, [2])]


def test_only_records_that_change_hands_are_moved() -> None:
    now = {1: 10, 2: 10, 3: 30, 4: 30}
    assert moves([(10, [1, 2])], now) == []
    assert moves([(10, [1, 2, 3]), (None, [4])], now) == [(10, [3]), (None, [4])]
    assert moves([(10, [5])], now) == [(10, [5])]


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("named", "human", "decided"),
    [
        ({1: {"7 rms": "A"}, 2: {"7 rms": "B"}}, None, (Decision.CLERICAL, Why.NAMED_APART)),
        (
            {1: {"7 rms": "A", "8 rms": "A"}, 2: {"7 rms": "A", "8 rms": "B"}},
            None,
            (Decision.CLERICAL, Why.NAMED_APART),
        ),
        ({1: {"7 rms": "A"}, 2: {"7 rms": "A"}}, None, (Decision.LINK, Why.AUTO)),
        ({1: {"7 rms": "A"}, 2: {"8 rms": "B"}}, None, (Decision.LINK, Why.AUTO)),
        ({1: {"7 rms": "A"}, 2: {"7 court": "B"}}, None, (Decision.LINK, Why.AUTO)),
        ({1: {"7 rms": "A"}}, None, (Decision.LINK, Why.AUTO)),
        ({1: {"7 rms": "A"}, 2: {"7 rms": "B"}}, Human.SAME, (Decision.LINK, Why.HUMAN_DECISION)),
    ],
)
def test_two_whom_one_source_names_apart_in_one_case_go_to_a_person(
    named: dict[int, dict[str, str]], human: Human | None, decided: tuple[Decision, Why]
) -> None:
    found = stands((1, 2), human, 0.9999, USUAL, known(named=named))
    assert (found.decision, found.why) == decided
    below = stands((1, 2), None, 0.1, USUAL, known(named=named))
    assert below.decision is Decision.NO_LINK


@pytest.mark.rule("IDN-03")
def test_what_was_joined_and_parted_is_known_with_its_days() -> None:
    day = [datetime(2026, 11, one, tzinfo=UTC) for one in range(1, 6)]
    # Record 1 came in as person 1; record 2 as person 2, was person 1's for two days, and is again 2's; record 3 still is 1's.
    belonged = [(1, 1, day[0]), (2, 2, day[0]), (2, 1, day[1]), (3, 3, day[1]), (3, 1, day[2]), (2, 2, day[3])]
    (broken,) = broken_links(belonged)
    assert broken == Broken(2, 1, day[1], day[3])
    assert [broken.covers(one) for one in day] == [False, True, True, False, False]
    assert not broken.covers(day[1] - timedelta(microseconds=1))
    assert broken_links([(1, 1, day[0]), (1, 2, day[1])]) == []


def test_the_kinds_of_numbers_that_differ_are_named() -> None:
    known = Known({1: {"pnc": ["a"], "cro": ["x"]}, 2: {"pnc": ["b"], "cro": ["x", "y"]}, 3: {"asn": ["z"]}}, {}, {})
    assert known.conflicts(1, 2) == ["pnc"]
    assert known.conflict(1, 2)
    assert known.conflicts(1, 3) == []
    assert not known.conflict(1, 3)
