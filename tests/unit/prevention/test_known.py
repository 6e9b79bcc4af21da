"""What was known of an act and from when: no score as of a day rests on what came after it (PRI-01; methods A6)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.prevention.scoring.facts import Event, Evidence, Part, Standing
from craffu.prevention.scoring.known import (
    Act,
    Change,
    Word,
    as_event,
    as_known,
    days_of,
    offence_of,
    spans,
    with_set_aside,
)
from craffu.prevention.scoring.weights import loaded, own

pytestmark = pytest.mark.rule("PRI-01")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CRIME: dict[str, Any] = {"occurred_on": date(2026, 11, 1), "code": "PH97006", "class_": "8Q"}


def act(*changes: Change, accused: tuple[int, ...] = (7,), of_one: dict[int, tuple[Change, ...]] | None = None) -> Act:
    return Act("rms/C1", "12", accused, frozenset({9}), changes, of_one or {})


def test_each_word_stands_until_the_next() -> None:
    found = list(spans(act(
        Change(MONDAY, CRIME), Change(MONDAY + 5 * DAY, {"is_charged": True}), Change(MONDAY + 3 * DAY, {"class_": "8L"}),
    )))  # fmt: skip
    assert [(one.known_from - MONDAY, one.known_until and one.known_until - MONDAY) for one in found] == [
        (0 * DAY, 3 * DAY), (3 * DAY, 5 * DAY), (5 * DAY, None),
    ]  # fmt: skip
    assert [(one.word.class_, one.word.is_charged) for one in found] == [("8Q", False), ("8L", False), ("8L", True)]
    assert {one.recorded_on for one in found} == {date(2026, 11, 2)}
    assert {one.incident for one in found} == {"12/2026-11-01"}


def test_at_an_instant_one_word_stands() -> None:
    found = list(spans(act(Change(MONDAY, CRIME), Change(MONDAY + DAY, {"is_cancelled": True}))))
    assert as_known(found, MONDAY - timedelta(microseconds=1)) == []
    assert as_known(found, MONDAY) == found[:1]
    assert as_known(found, MONDAY + DAY - timedelta(microseconds=1)) == found[:1]
    assert as_known(found, MONDAY + DAY) == found[1:]
    assert [one.word.standing for one in found] == [Standing.RECORDED, Standing.CANCELLED]


def test_what_changes_nothing_or_comes_at_once_is_no_span_of_its_own() -> None:
    found = list(spans(act(
        Change(MONDAY, CRIME), Change(MONDAY, {"class_": "8L"}), Change(MONDAY + DAY, {"class_": "8L"}),
    )))  # fmt: skip
    assert [(one.known_from, one.known_until, one.word.class_) for one in found] == [(MONDAY, None, "8L")]


def test_what_holds_of_one_of_the_accused_holds_of_no_other() -> None:
    convicted = (Change(MONDAY + DAY, {"is_convicted": True, "is_charged": True}),)
    found = as_known(spans(act(Change(MONDAY, CRIME), accused=(7, 8), of_one={8: convicted})), MONDAY + DAY)
    assert [(one.record, one.word.evidence) for one in found] == [(7, Evidence.SUSPECTED), (8, Evidence.CONVICTED)]


def test_what_is_said_before_an_act_was_known_counts_from_when_it_was() -> None:
    early = {8: (Change(MONDAY - DAY, {"is_charged": True}),)}
    [found] = list(spans(act(Change(MONDAY, CRIME), accused=(8,), of_one=early)))
    assert (found.known_from, found.word.is_charged) == (MONDAY, True)
    assert list(spans(act(accused=(8,)))) == []


def test_without_a_day_each_act_is_an_incident() -> None:
    [found] = list(spans(act(Change(MONDAY, {**CRIME, "occurred_on": None}))))
    assert found.incident == "rms/C1"


@pytest.mark.rule("PRI-02")
@pytest.mark.parametrize(("word", "evidence"), [
    (Word(), Evidence.SUSPECTED), (Word(is_incident=True), Evidence.NON_CRIME),
    (Word(is_incident=True, is_charged=True), Evidence.CHARGED), (Word(is_charged=True), Evidence.CHARGED),
    (Word(is_charged=True, is_convicted=True), Evidence.CONVICTED),
])  # fmt: skip
def test_how_far_it_has_been_decided(word: Word, evidence: Evidence) -> None:
    assert word.evidence is evidence


@pytest.mark.rule("PRI-02")
@pytest.mark.parametrize(("word", "is_breach", "is_disproved", "standing"), [
    (Word(code="SE20002", says_breach=True), True, False, Standing.RECORDED),
    (Word(code="SE20002", says_breach=True, police=False), True, True, Standing.RECORDED),
    (Word(code="PH97006", police=True), True, False, Standing.RECORDED),
    (Word(code="PH97006", police=False), False, True, Standing.RECORDED),
    (Word(police=True), True, False, Standing.RECORDED), (Word(police=False), False, True, Standing.CANCELLED),
    (Word(class_="8Q", police=False), False, True, Standing.RECORDED),
    (Word(is_incident=True, police=False), False, True, Standing.RECORDED),
    (Word(code="SE20002", says_breach=True, police=False, is_convicted=True), True, False, Standing.RECORDED),
])  # fmt: skip
def test_whether_it_broke_an_order(word: Word, is_breach: bool, is_disproved: bool, standing: Standing) -> None:
    assert (word.is_breach, word.is_disproved, word.standing) == (is_breach, is_disproved, standing)


@pytest.mark.rule("PRI-03")
def test_of_which_kind_it_is_and_what_it_weighs() -> None:
    theirs = loaded("theirs", 1, [("8Q", "35")])
    for word, key, ours, loaded_days in (
        (Word(code="PH97010", class_="8Q"), "stalking_with_fear", 180, 35), (Word(class_="8L"), "harassment", 10, None),
        (Word(is_incident=True), "incident", 1, 1), (Word(police=True), "order_breach", 30, 30),
        (Word(code="XX1", says_breach=True), "order_breach", 30, 30), (Word(code="XX1"), None, None, None),
    ):  # fmt: skip
        offence = offence_of(word, own())
        assert (None if offence is None else offence.key) == key
        assert days_of(word, offence, own()) == ours
        assert days_of(word, offence, theirs) == loaded_days


def test_an_event_as_a_score_sees_it() -> None:
    [span] = spans(act(Change(MONDAY, {**CRIME, "order": "SPO", "says_breach": True, "is_convicted": True})))
    found = as_event(span, date(2026, 11, 12), own(), {9: 4})
    assert found == Event(
        "12/2026-11-01", 11, 30.0, frozenset({"4"}), 10, Part.OFFENDER, Standing.RECORDED, True, False, "SPO", "stalking", False,
        Evidence.CONVICTED,
    )  # fmt: skip
    assert as_event(span, date(2026, 11, 12), own(), {}).victims == {"-9"}, "one whom nobody has made a person yet"
    [undated] = spans(act(Change(MONDAY, {**CRIME, "occurred_on": None})))
    again = as_event(undated, date(2026, 11, 12), own(), {9: 4})
    assert (again.age, again.recorded_age, again.part, again.is_breach) == (None, 10, Part.SUSPECT, False)


@pytest.mark.rule("PRI-07")
def test_what_a_challenge_set_aside_counts_no_more_from_then_on_and_only_for_whom_it_was() -> None:
    said = Change(datetime(2026, 1, 1, tzinfo=UTC), {"occurred_on": date(2026, 1, 1), "code": "PH97009"})
    act = Act("rms/1", "7", [1, 2], frozenset(), (said,))
    answered = datetime(2026, 3, 1, tzinfo=UTC)
    assert with_set_aside(act, {(1, "rms/2"): answered, (3, "rms/1"): answered}) is act
    found = list(spans(with_set_aside(act, {(1, "rms/1"): answered})))
    stood = [(one.record, one.known_from, one.known_until, one.word.standing) for one in found]
    assert stood == [
        (1, said.at, answered, Standing.RECORDED),
        (1, answered, None, Standing.ELIMINATED),
        (2, said.at, None, Standing.RECORDED),
    ]
