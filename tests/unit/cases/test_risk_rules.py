"""Risk: when an assessment is due and complete, which grade stands, what is observed, and when a second person looks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.cases.risk import rules
from craffu.cases.risk.rules import (
    Asks,
    Assessment,
    Event,
    Grade,
    Graded,
    LookTaken,
    Observation,
    Observed,
    Reply,
    SecondLook,
    Timeliness,
    assessment_due,
    check_observations,
    fear_rating,
    further_look,
    is_most_afraid,
    lacks,
    last_of,
    nobody_waits,
    second_look,
    since_it_was_over,
    standing,
)
from craffu.clocks.london import day_of, start_of

OPENED = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
WHOLE = Assessment("S-DASH", "2009", "DPP-LIC-4", "u1", "2026-11-20", "medium", "doc-31")


@pytest.mark.rule("RSK-01")
@pytest.mark.parametrize("name", ["tool", "version", "licence_ref", "assessor", "assessed_on", "grade", "document_ref"])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_assessment_says_with_what_by_whom_and_when(name: str, nothing: str) -> None:
    assert lacks(WHOLE) == []
    assert lacks(replace(WHOLE, **{name: nothing})) == [f"missing:{name}"]


@pytest.mark.rule("RSK-01")
def test_all_that_is_missing_is_named_in_the_order_of_the_form() -> None:
    assert lacks(Assessment()) == [
        "missing:tool",
        "missing:version",
        "missing:licence_ref",
        "missing:assessor",
        "missing:assessed_on",
        "missing:grade",
        "missing:document_ref",
    ]


@pytest.mark.rule("RSK-02")
@pytest.mark.parametrize("grade", ["urgent", "High", "low", "1"])
def test_only_the_three_grades_are_grades(grade: str) -> None:
    assert lacks(replace(WHOLE, grade=grade)) == ["unknown_grade"]
    assert all(lacks(replace(WHOLE, grade=one)) == [] for one in ("high", "medium", "standard"))


@pytest.mark.rule("RSK-02")
def test_the_system_never_grades() -> None:
    assert lacks(replace(WHOLE, assessor="system")) == ["a_person_must_grade"]
    assert lacks(replace(WHOLE, assessor="system", grade="urgent")) == ["unknown_grade", "a_person_must_grade"]


@pytest.mark.rule("RSK-01")
@pytest.mark.parametrize(
    ("now", "assessed_at", "status"),
    [
        (DAY, None, Timeliness.RUNNING),
        (DAY + SECOND, None, Timeliness.OVERDUE),
        (2 * DAY, DAY, Timeliness.ON_TIME),
        (2 * DAY, DAY + SECOND, Timeliness.LATE),
        (2 * DAY, timedelta(0), Timeliness.ON_TIME),
        # before what asks for it, and not yet done
        (HOUR, -SECOND, Timeliness.RUNNING),
        (2 * DAY, -SECOND, Timeliness.OVERDUE),
        (HOUR, 2 * HOUR, Timeliness.RUNNING),
        (2 * HOUR, 2 * HOUR, Timeliness.ON_TIME),
    ],
)
def test_an_assessment_is_due_within_a_day_of_what_asks_for_it(
    now: timedelta, assessed_at: timedelta | None, status: Timeliness
) -> None:
    at = None if assessed_at is None else OPENED + assessed_at
    for event in Asks:
        answer = assessment_due(event.value, OPENED, OPENED + now, at)
        assert (answer.asked, answer.due, answer.status) == (True, OPENED + DAY, status)


@pytest.mark.rule("RSK-01")
def test_the_day_is_of_hours_that_elapse() -> None:
    before_the_clocks_go_back = datetime(2026, 10, 24, 17, tzinfo=UTC)
    answer = assessment_due("new_report", before_the_clocks_go_back, before_the_clocks_go_back)
    assert answer.due == datetime(2026, 10, 25, 17, tzinfo=UTC)


@pytest.mark.rule("RSK-01")
def test_other_events_ask_for_nothing() -> None:
    answer = assessment_due("address_checked", OPENED, OPENED + 2 * DAY)
    assert (answer.asked, answer.due, answer.status) == (False, None, None)


@pytest.mark.rule("RSK-01")
def test_what_asks_is_the_opening_and_the_ten_events_of_the_list() -> None:
    assert [one.value for one in Asks] == [
        "case_opened",
        "new_report",
        "possible_breach_raised",
        "arrested",
        "released",
        "bail_conditions_changed_or_ended",
        "order_ended_or_relaxed",
        "explicit_threat",
        "weapon_or_tracking_found",
        "victim_more_afraid",
        "relationship_or_address_changed",
    ]


@pytest.mark.rule("RSK-02")
def test_before_the_first_assessment_clocks_run_as_high_and_the_case_waits_from_its_opening() -> None:
    stands = standing(OPENED, OPENED + 6 * HOUR)
    assert (stands.grade, stands.last_grade, stands.clock_grade) == (None, None, Grade.HIGH)
    assert stands.in_unassessed_queue
    assert (stands.waiting_since, stands.due, stands.age_hours) == (OPENED, OPENED + DAY, 6.0)


@pytest.mark.rule("RSK-02")
@pytest.mark.parametrize("grade", list(Grade))
def test_a_grade_stands_until_something_asks_again_and_a_day_beyond(grade: Grade) -> None:
    graded = [Graded(OPENED + HOUR, grade)]
    quiet = standing(OPENED, OPENED + 30 * DAY, graded, [Event("address_checked", OPENED + DAY)])
    assert (quiet.grade, quiet.clock_grade, quiet.waiting_since, quiet.due) == (grade, grade, None, None)
    assert (quiet.in_unassessed_queue, quiet.age, quiet.age_hours) == (False, None, None)
    events = [Event("new_report", OPENED + 4 * DAY), Event("released", OPENED + 3 * DAY)]
    held = standing(OPENED, OPENED + 4 * DAY, graded, events)
    assert (held.grade, held.clock_grade, held.in_unassessed_queue, held.age) == (grade, grade, False, None)
    assert (held.waiting_since, held.due) == (OPENED + 3 * DAY, OPENED + 4 * DAY)
    out = standing(OPENED, OPENED + 4 * DAY + SECOND, graded, events)
    assert (out.grade, out.last_grade, out.clock_grade, out.in_unassessed_queue) == (None, grade, Grade.HIGH, True)
    assert (out.waiting_since, out.due) == (OPENED + 3 * DAY, OPENED + 4 * DAY)
    assert out.age == DAY + SECOND
    again = standing(OPENED, OPENED + 6 * DAY, [*graded, Graded(OPENED + 5 * DAY, Grade.MEDIUM)], events)
    assert (again.grade, again.waiting_since) == (Grade.MEDIUM, None)


@pytest.mark.rule("RSK-02")
def test_an_assessment_answers_what_happened_up_to_its_own_instant_and_no_more() -> None:
    graded = [Graded(OPENED + DAY, Grade.STANDARD)]
    late = OPENED + 9 * DAY
    assert standing(OPENED, late, graded, [Event("arrested", OPENED + DAY)]).grade is Grade.STANDARD
    assert standing(OPENED, late, graded, [Event("arrested", OPENED + DAY + SECOND)]).grade is None


@pytest.mark.rule("RSK-01")
@pytest.mark.rule("RSK-02")
@pytest.mark.parametrize(
    "happened", [OPENED + HOUR, OPENED + DAY, OPENED + DAY + HOUR], ids=["before", "then", "after"]
)
def test_an_assessment_answers_only_what_was_known_when_it_was_made(happened: datetime) -> None:
    """The hours of what was heard of later count from then, where it was assessed meanwhile, else from when it happened."""
    graded, heard = [Graded(OPENED + DAY, Grade.STANDARD)], OPENED + 2 * DAY
    events = [Event("possible_breach_raised", happened, heard)]
    since = heard if happened <= OPENED + DAY else happened
    assert standing(OPENED, heard - SECOND, graded, events).waiting_since is None
    asked = standing(OPENED, heard, graded, events)
    assert (asked.grade, asked.waiting_since, asked.due) == (Grade.STANDARD, since, since + DAY)
    assert standing(OPENED, since + DAY + SECOND, graded, events).grade is None
    assert standing(OPENED, heard, [*graded, Graded(heard, Grade.HIGH)], events).waiting_since is None


@pytest.mark.rule("RSK-01")
def test_in_a_case_that_is_over_somebody_waits_for_what_was_heard_of_since() -> None:
    day = day_of(OPENED + 2 * DAY)
    before, of_that_day = Event("arrested", OPENED + DAY), Event("arrested", start_of(day))
    heard_since = Event("arrested", OPENED, OPENED + 3 * DAY)
    assert not nobody_waits(None, [])
    assert nobody_waits(day, [])
    assert nobody_waits(day, [before, Event("address_checked", OPENED + 3 * DAY)])
    for one in (of_that_day, heard_since):
        assert not nobody_waits(day, [before, one])
        assert since_it_was_over(day, [before, one]) == [one]


@pytest.mark.rule("RSK-02")
def test_of_two_grades_of_one_instant_the_one_recorded_last_stands() -> None:
    at = OPENED + HOUR
    both = [Graded(at, Grade.STANDARD), Graded(at, Grade.HIGH)]
    assert standing(OPENED, at, both).grade is Grade.HIGH
    assert standing(OPENED, at, both[::-1]).grade is Grade.STANDARD
    assert last_of([Graded(at, Grade.HIGH), Graded(OPENED, Grade.STANDARD)]) == Graded(at, Grade.HIGH)
    assert last_of([]) is None


@pytest.mark.rule("RSK-04")
def test_a_second_person_who_asks_for_an_assessment_starts_its_hours() -> None:
    graded, asked = [Graded(OPENED + HOUR, Grade.STANDARD)], OPENED + 2 * HOUR
    held = standing(OPENED, asked + DAY, graded, asked_again=[asked])
    assert (held.grade, held.due) == (Grade.STANDARD, asked + DAY)
    over = standing(OPENED, asked + DAY + SECOND, graded, asked_again=[asked])
    assert (over.grade, over.clock_grade, over.waiting_since) == (None, Grade.HIGH, asked)
    assert (
        standing(OPENED, asked + 2 * DAY, [*graded, Graded(asked, Grade.HIGH)], asked_again=[asked]).grade is Grade.HIGH
    )
    assert standing(OPENED, asked - SECOND, graded, asked_again=[asked]).due is None


@pytest.mark.rule("RSK-02")
def test_what_lies_ahead_is_not_known_yet() -> None:
    now = OPENED + 2 * DAY
    graded = [Graded(OPENED + HOUR, Grade.MEDIUM), Graded(now + SECOND, Grade.HIGH)]
    events = [Event("arrested", now + SECOND)]
    assert (standing(OPENED, now, graded, events).grade, standing(OPENED, now, graded, events).waiting_since) == (
        Grade.MEDIUM,
        None,
    )
    assert standing(OPENED, now + SECOND, graded, events).grade is Grade.HIGH
    assert standing(OPENED, now, graded, [Event("arrested", now)]).waiting_since == now


@pytest.mark.rule("RSK-02")
@given(
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(Grade)), max_size=5),
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from([one.value for one in Asks] + ["address_checked"])), max_size=5
    ),
    st.integers(0, 240),
)
def test_a_clock_is_never_slower_than_the_grade_that_stands(
    graded: list[tuple[int, Grade]], events: list[tuple[int, str]], hours: int
) -> None:
    now = OPENED + hours * HOUR
    stands = standing(
        OPENED,
        now,
        [Graded(OPENED + at * HOUR, grade) for at, grade in graded],
        [Event(kind, OPENED + at * HOUR) for at, kind in events],
    )
    known = [at for at, _ in graded if at <= hours]
    asked = [at for at, kind in events if kind in set(Asks) and known and max(known) < at <= hours]
    must_wait = not known or any(hours > at + 24 for at in asked)
    assert stands.in_unassessed_queue == must_wait
    assert (stands.clock_grade is Grade.HIGH) >= must_wait
    assert (stands.last_grade is None) == (not known)
    if must_wait and known:
        assert stands.waiting_since == OPENED + min(asked) * HOUR


SAID = Observation("yes", "999 log", "2026-11-20")


@pytest.mark.rule("RSK-03")
def test_an_observation_has_one_of_four_answers_its_source_and_its_day() -> None:
    for reply in Reply:
        checked = check_observations({one.value: replace(SAID, answer=reply.value) for one in Observed})
        assert (checked.accepted, checked.why, checked.unanswered) == (True, (), ())
    assert [reply.value for reply in Reply] == ["yes", "no", "not_asked", "unknown"]


@pytest.mark.rule("RSK-03")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"escalation": replace(SAID, answer="probably")}, ("escalation:answer",)),
        ({"escalation": replace(SAID, answer="")}, ("escalation:answer",)),
        ({"escalation": replace(SAID, source=" ")}, ("escalation:source_or_date",)),
        ({"escalation": replace(SAID, on="")}, ("escalation:source_or_date",)),
        ({"score": SAID}, ("score:not_in_the_list",)),
        ({"total": SAID, "escalation": replace(SAID, on=" ")}, ("total:not_in_the_list", "escalation:source_or_date")),
    ],
)
def test_what_is_no_observation_is_refused_by_name(given: dict[str, Observation], why: tuple[str, ...]) -> None:
    checked = check_observations(given)
    assert (checked.accepted, checked.why) == (False, why)


@pytest.mark.rule("RSK-03")
def test_what_nothing_was_said_of_is_listed() -> None:
    assert check_observations({}).unanswered == tuple(Observed)
    assert Observed.ESCALATION not in check_observations({"escalation": SAID}).unanswered
    assert len(Observed) == 12


@pytest.mark.rule("RSK-03")
def test_nothing_adds_weighs_or_grades_what_was_observed() -> None:
    assert not any("score" in name.lower() or "total" in name.lower() for name in dir(rules))
    checked = check_observations({one.value: SAID for one in Observed})
    assert not hasattr(checked, "total")


@pytest.mark.rule("RSK-04")
@pytest.mark.parametrize("fact", list(SecondLook))
def test_a_standard_grade_beside_such_a_fact_is_looked_at_by_a_second_person(fact: SecondLook) -> None:
    look = second_look("standard", OPENED, [fact.value, "something_else"], assessor="u1")
    assert (look.needed, look.because, look.due, look.accepted) == (True, (fact,), OPENED + DAY, None)
    for second, accepted in (("u8", True), ("u1", False), ("system", False)):
        assert second_look("standard", OPENED, [fact.value], assessor="u1", second=second).accepted is accepted
    for grade in ("high", "medium"):
        other = second_look(grade, OPENED, [fact.value], assessor="u1", second="u8")
        assert (other.needed, other.because, other.due, other.accepted) == (False, (), None, None)


@pytest.mark.rule("RSK-04")
def test_without_such_a_fact_nobody_looks_again_and_several_are_named_in_order() -> None:
    assert not second_look("standard", OPENED, ["something_else"], assessor="u1").needed
    both = second_look("standard", OPENED, ["previous_victim", "breach_of_order"], assessor="u1")
    assert both.because == (SecondLook.BREACH_OF_ORDER, SecondLook.PREVIOUS_VICTIM)


THREAT, EARLIER = SecondLook.EXPLICIT_THREAT, SecondLook.PREVIOUS_VICTIM


def taken(*facts: SecondLook, by: str = "u8", at: datetime = OPENED + HOUR) -> LookTaken:
    return LookTaken(by, at, frozenset(facts))


@pytest.mark.rule("RSK-04")
@pytest.mark.parametrize(
    ("known", "looks", "because", "due", "accepted"),
    [
        ({}, [], (), None, None),
        ({EARLIER: OPENED}, [], (EARLIER,), OPENED + DAY, None),
        ({EARLIER: OPENED}, [taken(EARLIER)], (EARLIER,), OPENED + DAY, True),
        ({EARLIER: OPENED, THREAT: OPENED + 5 * HOUR}, [taken(EARLIER)], (THREAT,), OPENED + 29 * HOUR, None),
        (
            {EARLIER: OPENED, THREAT: OPENED + 5 * HOUR},
            [taken(EARLIER), taken(THREAT, at=OPENED + 6 * HOUR)],
            (THREAT, EARLIER),
            OPENED + DAY,
            True,
        ),
        ({THREAT: OPENED - DAY}, [], (THREAT,), OPENED + DAY, None),
        ({EARLIER: OPENED}, [taken(EARLIER, by="u1")], (EARLIER,), OPENED + DAY, None),
        ({EARLIER: OPENED}, [taken(EARLIER, by="system")], (EARLIER,), OPENED + DAY, None),
        ({EARLIER: OPENED}, [LookTaken("u8", OPENED + HOUR)], (EARLIER,), OPENED + DAY, True),
        ({THREAT: OPENED + 5 * HOUR}, [LookTaken("u8", OPENED + HOUR)], (THREAT,), OPENED + 29 * HOUR, None),
        ({}, [taken(THREAT)], (), None, None),
    ],
)
def test_a_fact_that_no_look_saw_asks_for_a_further_one(
    known: dict[SecondLook, datetime],
    looks: list[LookTaken],
    because: tuple[SecondLook, ...],
    due: datetime | None,
    accepted: bool | None,
) -> None:
    look = further_look("standard", OPENED, known, looks, assessor="u1")
    assert (look.because, look.due, look.accepted) == (because, due, accepted)
    assert look.waits == (bool(because) and accepted is None)
    assert not further_look("high", OPENED, known, looks, assessor="u1").waits


@pytest.mark.rule("RSK-03")
@pytest.mark.rule("PRI-04")
@pytest.mark.parametrize(("value", "rating"), [
    ("10", 10), (" 10/10 ", 10), ("10 of 10", 10), ("10 out of 10", 10), ("10 allan o 10", 10), ("9/10", 9), ("0", 0),
    ("11", None), ("100", None), ("ten", None), ("10 texts a day", None), ("", None), ("7 of 5", None),
])  # fmt: skip
def test_a_victims_own_rating_is_read_where_it_is_a_number_of_the_scale(value: str, rating: int | None) -> None:
    assert fear_rating(value) == rating
    assert is_most_afraid(value) is (rating == 10)
