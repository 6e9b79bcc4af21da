"""Emergency access: what a request lacks, when it ends, who may review it; and what each marking shows to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from craffu.access.emergency.plain import asked
from craffu.access.emergency.reasons import REASONS, VERDICTS
from craffu.access.emergency.rules import (
    Leaves,
    Missing,
    Reason,
    Verdict,
    ends,
    is_overdue,
    may_review,
    minutes_left,
    missing,
    review_due,
)
from craffu.access.markings import (
    COVERT,
    MARKED_FIELDS,
    MARKINGS,
    OF_RECORDS,
    PRIVILEGED,
    RESTRICTED,
    VICTIM_ADDRESS,
    Outsiders,
    is_field_shown,
    is_put_out,
    label_of,
    privileged_or_none,
)

NOW = datetime(2026, 11, 24, 22, tzinfo=UTC)
WORDS = "She reports him at the door now"


@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize(
    ("reason", "words", "fresh", "lacks"),
    [
        ("threat_to_life", WORDS, True, []),
        ("", WORDS, True, [Missing.REASON]),
        ("because", WORDS, True, [Missing.REASON]),
        ("court_now", "urgent", True, [Missing.WORDS]),
        ("court_now", "x" * 19, True, [Missing.WORDS]),
        ("court_now", "x" * 20, True, []),
        ("court_now", f"x{' ' * 30}y", True, [Missing.WORDS]),
        ("in_custody", WORDS, False, [Missing.FACTOR]),
        ("", "", False, [Missing.REASON, Missing.WORDS, Missing.FACTOR]),
    ],
)
def test_what_a_request_lacks(reason: str, words: str, fresh: bool, lacks: list[Missing]) -> None:
    assert missing(reason, words, factor_is_fresh=fresh) == lacks


@pytest.mark.rule("SEC-03")
def test_it_lasts_sixty_minutes_as_they_elapse_and_its_review_is_due_within_a_day() -> None:
    assert ends(NOW) - NOW == timedelta(minutes=60)
    assert review_due(NOW) - NOW == timedelta(hours=24)
    assert [is_overdue(NOW, NOW + timedelta(seconds=second)) for second in (-1, 0, 1)] == [False, True, True]


@pytest.mark.rule("SEC-03")
@pytest.mark.parametrize(
    ("seconds", "minutes"), [(3600, 60), (3599, 60), (3541, 60), (3540, 59), (60, 1), (59, 1), (1, 1), (0, 0), (-90, 0)]
)
def test_a_minute_that_has_begun_is_still_left(seconds: int, minutes: int) -> None:
    assert minutes_left(NOW + timedelta(seconds=seconds), NOW) == minutes


@pytest.mark.rule("SEC-03")
def test_nobody_reviews_their_own() -> None:
    assert may_review("u8", "u1")
    assert not may_review("u1", "u1")


@pytest.mark.rule("SEC-03")
def test_a_grant_in_plain_values_leaves_one_of_each() -> None:
    granted = asked("u1", "threat_to_life", WORDS, NOW, factor_is_fresh=True, reviewer="u1")
    assert granted == {
        "granted": True, "expires": ends(NOW), "expires_utc": ends(NOW), "audit_rows": 1, "notices": 1, "review_items": 1,
        "review_accepted": False,
    }  # fmt: skip
    assert "review_accepted" not in asked("u1", "threat_to_life", WORDS, NOW, factor_is_fresh=True, reviewer=None)
    assert asked("u1", "", "no", NOW, factor_is_fresh=True, reviewer=None) == {
        "granted": False, "missing": ["reason_code", "reason_text"],
    }  # fmt: skip
    assert len(set(Leaves)) == 3


@pytest.mark.rule("SEC-03")
def test_what_is_stored_keeps_its_keys() -> None:
    assert {str(one) for one in Reason} == {"threat_to_life", "at_risk_now", "at_the_scene", "in_custody", "court_now"}
    assert {str(one) for one in Verdict} == {"proper", "not_proper", "passed_on"}
    assert {str(one) for one in Missing} == {"reason_code", "reason_text", "fresh_sign_in_factor"}


@pytest.mark.rule("SEC-03")
def test_every_code_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.rule("SEC-02")
def test_the_markings_of_records_are_read_by_those_let_in_and_differ_in_what_others_are_shown() -> None:
    assert {one.key: (one.outsiders, one.opens_in_emergency) for one in OF_RECORDS} == {
        "restricted": (Outsiders.STUB, True), "covert": (Outsiders.NOTHING, False),
    }  # fmt: skip
    assert [one for one in OF_RECORDS if one.right] == []
    assert [one.key for one in MARKINGS.values() if not one.right] == [RESTRICTED.key, COVERT.key]


@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize("output", ["case_page", "public", "respondent", "export", "log", "search_result"])
def test_a_victims_details_are_shown_to_the_named_right_on_the_case_page_alone(output: str) -> None:
    for name in MARKED_FIELDS:
        assert is_field_shown(name, {VICTIM_ADDRESS.right}, output) is (output == "case_page")
        assert not is_field_shown(name, {"order.view"}, output)
    assert is_field_shown("offence", set(), output)


@pytest.mark.rule("SEC-12")
@pytest.mark.parametrize("output", ["sample", "export", "information_request", "subject_access"])
def test_legal_advice_is_in_no_output_but_the_case_page_where_it_says_what_it_is(output: str) -> None:
    assert not is_put_out(PRIVILEGED, output)
    assert label_of(PRIVILEGED, output) is None
    assert is_put_out(None, output)
    assert (privileged_or_none(privileged=True), privileged_or_none(privileged=False)) == (PRIVILEGED, None)
    assert is_put_out(PRIVILEGED, "case_page")
    assert label_of(PRIVILEGED, "case_page") == "legal advice"
    assert label_of(None, "case_page") is None
