"""Her words and her withdrawal; her advocate; what counts for her; and what must not leave."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from craffu.victims.advocates.rules import Advocate, AdvocateMay, NotAllowed, why_not
from craffu.victims.leaks.rules import leaks
from craffu.victims.safeguarding.kinds import Step
from craffu.victims.safeguarding.rules import FOLLOWS, SafeguardingAction, may_follow, told_of
from craffu.victims.voice.rules import NOTICES, Explored, Reader, ReadersNotice, why_words_are_not_taken, withdrawal
from craffu.victims.voice.subjects import NOTICE_VERSION

WRITTEN = datetime(2026, 11, 24, 19, 10, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
NOTICE = ReadersNotice(2, "cy", WRITTEN - SECOND, [one.value for one in Reader])


@pytest.mark.rule("VIC-11")
@pytest.mark.parametrize(
    ("notice", "why"),
    [
        (NOTICE, []),
        (
            None,
            ["not_told:court", "not_told:defence", "not_told:subject_access_decision", "not_told_before_writing"],
        ),
        (replace(NOTICE, readers=["court"]), ["not_told:defence", "not_told:subject_access_decision"]),
        (replace(NOTICE, shown_at=WRITTEN), ["not_told_before_writing"]),
        (replace(NOTICE, shown_at=WRITTEN + SECOND), ["not_told_before_writing"]),
        (replace(NOTICE, language="en"), ["other_language"]),
        (
            ReadersNotice(2, "en", WRITTEN, []),
            [
                "not_told:court",
                "not_told:defence",
                "not_told:subject_access_decision",
                "not_told_before_writing",
                "other_language",
            ],
        ),
    ],
)
def test_her_words_are_taken_once_she_was_told_who_may_read_them(notice: ReadersNotice | None, why: list[str]) -> None:
    assert why_words_are_not_taken("cy", WRITTEN, notice) == why


EXPLORED = Explored("u6", "afraid of family", pressure_asked=True, safety_reviewed=True)


@pytest.mark.rule("VIC-07")
@pytest.mark.parametrize(
    ("explored", "why"),
    [
        (EXPLORED, ()),
        (Explored(), ("exploration_or_reason_missing",)),
        (replace(EXPLORED, explored_by=" "), ("exploration_or_reason_missing",)),
        (replace(EXPLORED, reason=" "), ("missing:reason",)),
        (replace(EXPLORED, pressure_asked=False), ("missing:pressure_asked",)),
        (replace(EXPLORED, safety_reviewed=False), ("missing:safety_reviewed",)),
        (Explored("u6"), ("missing:reason", "missing:pressure_asked", "missing:safety_reviewed")),
        (Explored(not_explored_reason="Not reachable after attempts on three days"), ()),
        (Explored(not_explored_reason="  "), ("exploration_or_reason_missing",)),
    ],
)
def test_that_she_does_not_support_it_is_entered_only_after_it_was_explored(
    explored: Explored, why: tuple[str, ...]
) -> None:
    answer = withdrawal(explored)
    assert (answer.allowed, answer.why) == (not why, why)
    assert not answer.open_safety_actions_closed, "whatever she says, what keeps her safe stays open"


TODAY = date(2026, 11, 24)
HERS = Advocate("V1", TODAY - 9 * DAY, TODAY - 9 * DAY)


@pytest.mark.rule("VIC-10")
@pytest.mark.parametrize(
    ("advocate", "victim", "action", "why"),
    [
        (HERS, "V1", "give_her_view", None),
        (HERS, "V1", "receive_her_updates", None),
        (HERS, "V1", "see_promises", None),
        (HERS, "V1", "open_suspect_record", NotAllowed.NOT_FOR_AN_ADVOCATE),
        (HERS, "V2", "see_promises", NotAllowed.ANOTHER_VICTIM),
        (replace(HERS, named_on=None), "V1", "see_promises", NotAllowed.NOT_NAMED),
        (replace(HERS, named_on=TODAY + DAY), "V1", "see_promises", NotAllowed.NOT_NAMED),
        (replace(HERS, named_on=TODAY), "V1", "see_promises", None),
        (replace(HERS, consent_on=None), "V1", "see_promises", NotAllowed.NO_CONSENT),
        (replace(HERS, consent_on=TODAY + DAY), "V1", "see_promises", NotAllowed.NO_CONSENT),
        (replace(HERS, consent_on=TODAY), "V1", "see_promises", None),
        (replace(HERS, consent_ended_on=TODAY), "V1", "see_promises", NotAllowed.CONSENT_ENDED),
        (replace(HERS, consent_ended_on=TODAY - DAY), "V1", "see_promises", NotAllowed.CONSENT_ENDED),
        (replace(HERS, consent_ended_on=TODAY + DAY), "V1", "see_promises", None),
    ],
)
def test_an_advocate_speaks_for_one_victim_from_her_consent_until_she_ends_it(
    advocate: Advocate, victim: str, action: str, why: NotAllowed | None
) -> None:
    assert why_not(advocate, victim, action, TODAY) == why
    assert len(AdvocateMay) == 3


@pytest.mark.rule("VIC-08")
def test_only_what_she_was_told_of_counts() -> None:
    actions = [SafeguardingAction("a1", TODAY), SafeguardingAction("a2", None), SafeguardingAction("a3", None)]
    answer = told_of(actions)
    assert (answer.completed, answer.told, answer.untold) == (3, 1, ("a2", "a3"))
    assert told_of([]).completed == 0


PROTECTED = [("address", "12 Heol y Bont"), ("postcode", "SA99 9ZZ"), ("phone", "07700 900123")]


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("text", "zone", "found"),
    [
        ("You must not contact the person named in the order.", False, []),
        ("within 100 metres of 12 heol y bont", False, ["address"]),
        ("postcode sa999zz", False, ["postcode"]),
        ("call 07700-900-123, SA99 9ZZ", False, ["postcode", "phone"]),
        ("Map attached.", True, ["zone_centred_on_protected_address"]),
        ("12 Heol y Bont", True, ["address", "zone_centred_on_protected_address"]),
    ],
)
def test_nothing_leaves_from_which_somebody_could_work_out_where_she_is(
    text: str, *, zone: bool, found: list[str]
) -> None:
    assert leaks(text, PROTECTED, zone_is_centred_on_her=zone) == found
    assert leaks(text, []) == []


@pytest.mark.rule("VIC-11")
def test_the_notice_that_stands_names_every_reader() -> None:
    assert NOTICES[NOTICE_VERSION] == set(Reader)
    assert max(NOTICES) == NOTICE_VERSION, "a changed notice is a new version"


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("last", "steps"),
    [
        (None, {Step.OFFERED, Step.MADE}),
        (Step.OFFERED, {Step.OFFERED, Step.DECLINED, Step.MADE}),
        (Step.DECLINED, {Step.OFFERED}),
        (Step.MADE, {Step.TAKEN_UP, Step.DECLINED, Step.OFFERED}),
        (Step.TAKEN_UP, {Step.OFFERED, Step.DECLINED}),
    ],
)
def test_help_is_offered_before_it_is_made_and_made_before_it_is_taken_up(last: Step | None, steps: set[Step]) -> None:
    assert {step for step in Step if may_follow(last, step)} == steps
    assert set(FOLLOWS) == {None, *Step}
