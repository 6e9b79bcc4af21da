"""When an order is reviewed next, when its review may close, and what is a lapse unreviewed (REV-01 to REV-06).

The worked cases are asked in tests/unit/config/test_rules_run.py; here stands what lies between them.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.cases.risk.rules import Grade
from craffu.orders.reviewing.facts import Answers, Heard, answers_of
from craffu.orders.reviewing.rules import (
    CHANGES_NOTHING,
    ENDS_OR_RELAXES,
    Closing,
    Decision,
    Said,
    Voice,
    completions,
    differs,
    needs_another,
    review_outcome,
    wish_stands,
)
from craffu.orders.reviewing.timing import (
    Decided,
    Happened,
    Lapse,
    Next,
    Reviewed,
    apply_by,
    end_decided_on,
    grades_raised,
    lapse,
    next_review_due,
    refuses,
    statutory_from,
)
from craffu.victims.contacts.rules import Attempt

TODAY = date(2026, 11, 24)
SERVED = date(2026, 11, 11)


def day(text: str) -> date:
    return date.fromisoformat(text)


def given(**of: Any) -> Said:
    return Said(**{"person": "V1", "kind": "given", "words": "I still see him", "asked_by": "u6", "on": TODAY} | of)


def why(decision: str, *said: Said, **of: Any) -> tuple[str, ...]:
    closing = {"reason": "Nothing has changed since", "reviewer": "u3", "on": TODAY} | of
    return review_outcome(Closing(decision=decision, said=said, **closing)).why


@pytest.mark.rule("REV-01")
@pytest.mark.parametrize(
    ("facts", "due_day", "because"),
    [
        # Served and never reviewed: 28 days whatever the grade.
        ({"grade": "standard"}, "2026-12-09", "schedule"),
        ({"grade": "medium", "last_completed_on": day("2026-12-07")}, "2027-02-01", "schedule"),
        # Two events: the earlier counts, and one that is later than the schedule brings nothing forward.
        ({"events": [day("2026-11-20"), day("2026-11-18")]}, "2026-11-25", "event"),
        ({"events": [day("2026-12-08")]}, "2026-12-09", "schedule"),
        # Fourteen days before the end, but not once somebody decided what becomes of it.
        ({"last_day": day("2026-12-20")}, "2026-12-06", "before_end"),
        ({"last_day": day("2026-12-20"), "end_is_decided": True}, "2026-12-09", "schedule"),
        # Nobody was served: only its end asks.
        ({"served_on": None, "last_day": day("2026-12-20")}, "2026-12-06", "before_end"),
        ({"served_on": None, "events": [day("2026-11-20")]}, "2026-11-27", "event"),
        # The statute's years follow one another; of two equal days the schedule gives the reason.
        ({"statutory_from": day("2025-01-10"), "last_completed_on": day("2026-01-10")}, "2026-02-07", "schedule"),
        ({"statutory_from": day("2025-11-25"), "served_on": None}, "2026-11-24", "statute"),
        (
            {"statutory_from": day("2024-02-01"), "grade": "standard", "last_completed_on": day("2026-12-20")},
            "2027-01-31",
            "statute",
        ),
        (
            {"statutory_from": day("2026-02-01"), "grade": "standard", "last_completed_on": day("2027-01-31")},
            "2027-01-31",
            "statute",
        ),
    ],
)
def test_the_next_review_is_the_earliest_that_anything_asks_for(
    facts: dict[str, Any], due_day: str, because: str
) -> None:
    assert next_review_due(Reviewed(**{"served_on": SERVED} | facts)) == Next(day(due_day), because)  # type: ignore[arg-type]


@pytest.mark.rule("REV-01")
def test_an_order_that_nobody_was_served_with_and_that_has_no_end_waits_for_no_review() -> None:
    assert next_review_due(Reviewed(served_on=None)) is None


@pytest.mark.rule("REV-01")
@pytest.mark.parametrize(
    ("kind", "age", "found"), [("CBO", 17, SERVED), ("CBO", 18, None), ("CBO", None, None), ("SPO", 16, None)]
)
def test_the_statute_asks_of_criminal_behaviour_orders_under_eighteen(
    kind: str, age: int | None, found: date | None
) -> None:
    assert statutory_from(kind, age, SERVED) == found


@pytest.mark.rule("REV-01")
def test_a_grade_is_raised_by_a_higher_one_after_it_and_never_by_the_first() -> None:
    at = [datetime(2026, 11, one, tzinfo=UTC) for one in range(1, 7)]
    grades = [Grade.MEDIUM, Grade.STANDARD, Grade.MEDIUM, Grade.MEDIUM, Grade.HIGH, Grade.MEDIUM]
    raised = grades_raised(reversed(list(zip(at, grades, strict=True))))
    assert raised == [Happened(at[2], "grade_raised"), Happened(at[4], "grade_raised")]  # type: ignore[arg-type]


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(
    ("decided_on", "is_lapse"), [("2026-12-16", False), ("2026-12-17", False), ("2026-12-18", True), (None, True)]
)
def test_a_decision_counts_from_fourteen_days_before_the_end(decided_on: str | None, *, is_lapse: bool) -> None:
    last_day = day("2026-12-31")
    found = lapse(last_day, day(decided_on) if decided_on else None)
    assert found == Lapse(last_day - timedelta(days=14), is_lapse)


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ([], None),
        ([(1, "continue", 31)], None),
        ([(1, "escalate", 31)], None),
        # The first that stands counts, however often it is said again.
        ([(1, "let_expire", 31), (5, "let_expire", 31)], 1),
        ([(1, "renew", 31), (5, "continue", 31)], 1),
        ([(2, "vary", 31)], 2),
        ([(2, "relax", 31)], 2),
        # That it goes on takes back that it was to end.
        ([(1, "let_expire", 31), (5, "continue", 31)], None),
        ([(1, "discharge", 31), (5, "escalate", 31), (7, "renew", 31)], 7),
        # Decided of another end, it says nothing of this one.
        ([(1, "renew", 20)], None),
        ([(1, "renew", None)], None),
    ],
)
def test_who_decided_what_becomes_of_this_end(
    decisions: Sequence[tuple[int, str, int | None]], found: int | None
) -> None:
    said = [
        Decided(date(2026, 12, on), decision, date(2026, 12, ends) if ends else None)
        for on, decision, ends in decisions
    ]
    assert end_decided_on(date(2026, 12, 31), said) == (date(2026, 12, found) if found else None)
    assert end_decided_on(None, said) is None


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(
    ("last_day", "by"),
    [
        (None, "2026-12-22"),
        ("2027-06-01", "2026-12-22"),
        ("2026-12-29", "2026-12-22"),
        ("2026-12-28", "2026-12-21"),
        ("2026-12-02", "2026-11-25"),
        # Less than a week is left: by the last day, as the law has it, and at once on it.
        ("2026-12-01", "2026-12-01"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-20", "2026-11-24"),
    ],
)
def test_an_application_is_lodged_in_time(last_day: str | None, by: str) -> None:
    assert apply_by(TODAY, day(last_day) if last_day else None) == day(by)


@pytest.mark.rule("REV-02")
@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("wish", ["do_not_ask", "before_change", "each_time"])
def test_a_standing_wish_answers_what_it_was_said_of(decision: Decision, wish: str) -> None:
    found = why(decision, given(kind="standing_wish", wish=wish), signed_by="u8")
    if decision in ENDS_OR_RELAXES:
        assert found == ("V1:standing_wish_not_enough",)
    elif wish == "do_not_ask" or (wish == "before_change" and decision in CHANGES_NOTHING):
        assert found == ()
    else:
        assert found == ("V1:she_asked_to_be_asked",)


@pytest.mark.rule("REV-02")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        (given(words=" "), "incomplete_view"),
        (given(asked_by=""), "incomplete_view"),
        (given(on=None), "incomplete_view"),
        (given(on=TODAY - timedelta(days=400)), ""),
        (given(through_advocate=True, consented_on=TODAY), ""),
        (given(through_advocate=True, consented_on=TODAY + timedelta(days=1)), "advocate_without_consent"),
        (given(kind="declined", on=None), "no_date"),
        (given(kind="declined", on=TODAY), ""),
        # Nobody has said what they are yet to say.
        (given(kind="declined", on=TODAY + timedelta(days=1)), "said_ahead"),
        (given(on=TODAY + timedelta(days=1)), "said_ahead"),
        (given(kind="standing_wish", wish="do_not_ask", on=None), "no_date"),
        (given(kind="unsafe_to_ask", reason=" ", is_agreed=True), "unsafe_needs_reason_and_supervisor"),
        (given(kind="not_reachable"), "attempts_too_few"),
        (given(kind="not_asked_yet"), "no_view"),
    ],
)
def test_what_is_recorded_of_somebody_answers_or_says_why_it_does_not(said: Said, found: str) -> None:
    assert why("continue", said) == ((f"V1:{found}",) if found else ())


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
@pytest.mark.parametrize("decision", sorted(ENDS_OR_RELAXES))
def test_neither_an_unsafe_question_nor_one_that_reached_nobody_keeps_an_order_for_ever(decision: str) -> None:
    tried = [Attempt(TODAY, "phone"), Attempt(TODAY, "phone"), Attempt(TODAY - timedelta(days=1), "phone")]
    unsafe = given(kind="unsafe_to_ask", reason="He reads her post", is_agreed=True, on=None)
    unreached = given(person="V2", kind="not_reachable", attempts=tried, safe_channels=["phone"], on=None)
    assert why(decision, unsafe, unreached, signed_by="u8") == ()


@pytest.mark.rule("REV-03")
def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    found = why("discharge", given(on=day("2026-10-26")), given(person="V2", wants="continue"), reason="123456789 ")
    assert found == ("reason_too_short", "V1:view_too_old", "supervisor_sign_off_needed", "say_why_decision_differs")
    assert why("continue", given(), reason="1234567890") == ()
    assert why("continue", given(), signed_by="u3") == ("self_sign_off",)


@pytest.mark.rule("REV-04")
def test_why_it_is_not_what_they_asked_for_is_said_in_words() -> None:
    assert not differs("vary", [given(wants="vary"), given(wants="")])
    assert differs("vary", [given(wants="vary"), given(wants="renew")])
    assert why("vary", given(wants="renew"), why_differs=" ") == ("say_why_decision_differs",)
    assert why("vary", given(wants="renew"), why_differs="The court hears it in May") == ()


@pytest.mark.rule("REV-03")
@pytest.mark.parametrize("decision", list(Decision))
def test_another_person_agrees_to_less_protection_and_to_not_asking(decision: Decision) -> None:
    assert needs_another(decision, [given()]) is (decision in {"relax", "discharge", "let_expire"})
    assert needs_another(decision, [given(), given(kind=Voice.UNSAFE_TO_ASK)])


@pytest.mark.rule("REV-02")
def test_a_wish_stands_until_the_same_day_of_the_next_year() -> None:
    assert wish_stands(day("2025-11-24"), TODAY)
    assert not wish_stands(day("2025-11-23"), TODAY)
    assert wish_stands(day("2024-02-29"), day("2025-02-28"))


@pytest.mark.rule("REV-05")
def test_of_several_who_read_one_version_one_completes_it() -> None:
    found = completions(4, [3, 4, 4, 5, 4, 5])
    assert found.completed == (False, True, False, True, False, False)
    assert found.version == 6


def test_what_was_answered_is_kept_between_pages() -> None:
    heard = Heard(7, "declined", declined_on="2026-11-20", reason="Said so at the door")
    answers = Answers(is_read=True, decision="vary", reason="A wider zone").having(heard).having(Heard(8, "given", 3))
    again = answers_of(answers.as_text())
    assert again == answers
    assert (again.of(7).day_declined, again.of(8).day_declined, again.of(9)) == (day("2026-11-20"), None, Heard(9))
    assert again.having(Heard(7)).of(7) == Heard(7)
    assert len(again.having(Heard(7)).heard) == 2
    # A form of another version of the product: what is no longer asked is left out.
    assert answers_of('{"decision": "vary", "gone": 1, "heard": [{"record": 7, "gone": 2}]}') == Answers(
        decision="vary", heard=(Heard(7),)
    )


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(
    ("change", "decision", "by_variation", "is_refused"),
    [
        ("renew", "renew", False, True),
        ("vary", "renew", False, False),
        ("vary", "renew", True, True),
        ("vary", "relax", False, True),
        ("vary", "vary", False, True),
        ("discharge", "discharge", True, True),
        ("discharge", "let_expire", False, False),
        ("discharge", "renew", False, False),
        ("", "renew", False, False),
    ],
)
def test_a_court_refuses_what_a_review_decided_to_ask_for(
    change: str, decision: str, by_variation: bool, is_refused: bool
) -> None:
    assert refuses(change, decision, renews_by_variation=by_variation) is is_refused
