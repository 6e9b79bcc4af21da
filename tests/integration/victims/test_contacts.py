"""Contacts and promises: the unsafe is refused, what was made is kept as it was, and promises stand by it (VIC-02, VIC-04)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import NotNow, NotPermitted
from craffu.victims.agreements.actions import decline
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import edit_version
from craffu.victims.contacts.actions import excuse_promise, promise_contact, record_contact, refuse_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.contacts.rules import Excuse, Kept, Unsafe
from craffu.victims.happenings.actions import record_happening, strike_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import Contact, PromiseExcuse
from craffu.victims.notices.rules import Told, Warned
from craffu.victims.stories import Story, story_of
from tests.factories.victims import AGREED, QUIET, agreed, send_victim, victim_of
from tests.integration.victims.conftest import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CALL = NewContact("telephone", NOW)


def story(by: Acting, victim: str, now: datetime = NOW) -> Story:
    return story_of(by, victim_of(by, victim), now)


def statuses(by: Acting, victim: str, now: datetime) -> list[Kept]:
    return [one.stands.status for one in story(by, victim, now).promises]


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize(
    ("contact", "why"),
    [
        (NewContact("email", NOW), (Unsafe.CHANNEL,)),
        (NewContact("telephone", NOW - 4 * HOUR), (Unsafe.TIME,)),
        (NewContact("telephone", NOW, was_reached=False, left_message=True), (Unsafe.VOICEMAIL,)),
        (NewContact("visit", NOW - 5 * HOUR), (Unsafe.CHANNEL, Unsafe.TIME)),
    ],
)
def test_what_the_agreement_calls_unsafe_is_refused_and_nothing_is_kept(
    officer: Acting, victim: str, contact: NewContact, why: tuple[Unsafe, ...]
) -> None:
    agreed(officer, victim, QUIET)
    with pytest.raises(NotSafe) as refused:
        record_contact(by=officer, victim=victim, given=contact)
    assert refused.value.why == why
    assert not Contact.objects.for_user(officer).exists()


@pytest.mark.rule("VIC-02")
def test_a_refusal_is_logged_with_who_meant_to_and_without_her_words(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    refuse_contact(by=officer, victim=victim)
    event = Event.objects.filter(kind="victim_contact_refused").get()
    assert f"victim/{victim}" in event.payload
    assert "contact_not_safe" in event.payload
    assert event.verb == "denied"


@pytest.mark.rule("VIC-02")
def test_only_danger_to_life_overrides_and_that_is_logged_as_such(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    given = replace(CALL, channel="visit", is_danger=True)
    row = record_contact(by=officer, victim=victim, given=given)
    assert (row.why_unsafe, row.is_danger) == (["channel_not_safe"], True)
    assert Event.objects.filter(kind="victim_contact_in_danger").count() == 1


@pytest.mark.rule("VIC-02")
@pytest.mark.rule("VIC-04")
def test_an_unsafe_contact_that_was_made_is_kept_as_what_it_was_and_breaches_the_agreement(
    officer: Acting, victim: str
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW - DAY)
    row = record_contact(by=officer, victim=victim, given=replace(CALL, channel="email", was_made_anyway=True))
    assert (row.why_unsafe, row.is_danger) == (["channel_not_safe"], False)
    assert statuses(officer, victim, NOW) == [Kept.WRONG_CHANNEL]


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize(
    ("contact", "now", "status"),
    [
        (None, NOW, Kept.RUNNING),
        (None, NOW + DAY + MINUTE, Kept.MISSED),
        (CALL, NOW, Kept.KEPT),
        (replace(CALL, at=NOW + DAY), NOW + DAY, Kept.KEPT),
        (replace(CALL, at=NOW + DAY + MINUTE), NOW + DAY + MINUTE, Kept.LATE),
        (replace(CALL, is_hers=True), NOW + DAY + MINUTE, Kept.MISSED),
        (replace(CALL, was_reached=False), NOW + DAY + MINUTE, Kept.MISSED),
    ],
)
def test_a_promise_is_kept_only_by_a_contact_of_ours_in_time(
    officer: Acting, victim: str, contact: NewContact | None, now: datetime, status: Kept
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW - DAY)
    if contact is not None:
        record_contact(by=officer, victim=victim, given=contact, now=max(now, contact.at))
    assert statuses(officer, victim, now) == [status]


@pytest.mark.rule("VIC-04")
def test_one_contact_keeps_the_promise_that_is_due_first_and_the_next_is_made_in_the_same_step(
    officer: Acting, victim: str
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + 2 * DAY, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW - DAY)
    record_contact(by=officer, victim=victim, given=replace(CALL, next_due_at=NOW + 7 * DAY))
    found = story(officer, victim).promises
    assert [(one.promise.due_at, one.stands.status) for one in found] == [
        (NOW + DAY, Kept.KEPT), (NOW + 2 * DAY, Kept.RUNNING), (NOW + 7 * DAY, Kept.RUNNING),
    ]  # fmt: skip
    assert found[0].promise.channels == ["telephone", "text_message"]


@pytest.mark.rule("VIC-04")
def test_what_is_sent_twice_is_kept_once(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    given = replace(CALL, next_due_at=NOW + 7 * DAY)
    first = record_contact(by=officer, victim=victim, given=given)
    assert record_contact(by=officer, victim=victim, given=given) == first
    assert (len(story(officer, victim).contacts), len(story(officer, victim).promises)) == (1, 1)


@pytest.mark.rule("VIC-04")
def test_two_contacts_of_one_minute_that_say_other_things_are_two(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    for words in ("of the charge", "of the hearing"):
        record_contact(by=officer, victim=victim, given=replace(CALL, told=words))
    assert [one.told for one in story(officer, victim).contacts] == ["of the charge", "of the hearing"]


@pytest.mark.rule("VIC-04")
def test_not_reachable_needs_attempts_that_bear_it_out(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - 3 * DAY)
    promise = promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW - 3 * DAY)

    def excused() -> PromiseExcuse:
        return excuse_promise(by=officer, victim=victim, promise=promise.pk, reason=Excuse.NOT_REACHABLE)

    tried = [("telephone", NOW - DAY), ("telephone", NOW - HOUR), ("text_message", NOW)]
    for channel, at in tried:
        with pytest.raises(NotNow) as refused:
            excused()
        assert refused.value.code == "attempts_missing"
        record_contact(by=officer, victim=victim, given=NewContact(channel, at, was_reached=False))
    excused()
    later = NOW + 2 * DAY
    assert statuses(officer, victim, later) == [Kept.EXCUSED]
    with pytest.raises(NotNow):
        excused()


@pytest.mark.rule("VIC-04")
def test_a_kept_promise_needs_no_excuse(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    promise = promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW - DAY)
    record_contact(by=officer, victim=victim, given=CALL)
    with pytest.raises(NotNow):
        excuse_promise(by=officer, victim=victim, promise=promise.pk, reason=Excuse.VICTIM_ASKED_TO_WAIT)


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize("due_at", [NOW, NOW - HOUR])
def test_a_promise_lies_ahead(officer: Acting, victim: str, due_at: datetime) -> None:
    with pytest.raises(NotNow):
        promise_contact(by=officer, victim=victim, due_at=due_at)


@pytest.mark.rule("VIC-04")
def test_a_contact_to_come_is_refused(officer: Acting, victim: str) -> None:
    with pytest.raises(NotNow):
        record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW + HOUR))


def happens(by: Acting, victim: str, kind: Happening, at: datetime, learnt_at: datetime) -> None:
    record_happening(
        by=by, victim=victim, case="C-10001", given=NewHappening(kind, at, learnt_at), now=max(NOW, learnt_at)
    )


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize(
    ("at", "learnt_at", "told_at", "status"),
    [
        (NOW + 3 * DAY, NOW, NOW + DAY, Warned.WARNED),
        (NOW + 3 * DAY, NOW, NOW + 3 * DAY + MINUTE, Warned.TOLD_NOT_WARNED),
        (NOW + 3 * DAY, NOW, None, Warned.WARNING_DUE),
        (NOW, NOW, NOW + HOUR, Warned.IN_TIME),
        (NOW - 5 * HOUR, NOW, NOW + HOUR, Warned.IN_TIME),
        (NOW, NOW, NOW + HOUR + MINUTE, Warned.LATE),
        (NOW, NOW, None, Warned.RUNNING),
    ],
)
def test_news_of_a_release_is_a_warning_before_it_or_within_the_hour_of_our_learning(
    officer: Acting, victim: str, at: datetime, learnt_at: datetime, told_at: datetime | None, status: Warned
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    happens(officer, victim, Happening.RELEASE_FROM_PRISON, at, learnt_at)
    if told_at is not None:
        (key,) = [one.happened.key for one in story(officer, victim).news if one.safety]
        given = replace(CALL, at=told_at, told_of=(key,))
        record_contact(by=officer, victim=victim, given=given, now=told_at)
    now = told_at or NOW
    (news,) = [one for one in story(officer, victim, now).news if one.safety]
    assert news.safety is not None
    assert news.safety.status is status


@pytest.mark.rule("VIC-05")
def test_the_codes_limit_runs_beside_it_and_what_she_does_not_want_to_hear_is_owed_only_for_her_safety(
    officer: Acting, victim: str
) -> None:
    agreed(officer, victim, replace(AGREED, not_wanted=("charge", "arrest_and_bail")), now=NOW - DAY)
    happens(officer, victim, Happening.CHARGE, NOW - HOUR, NOW)
    happens(officer, victim, Happening.BAIL_ENDED, NOW - HOUR, NOW)
    charge, bail = sorted(story(officer, victim).news, key=lambda one: one.happened.kind, reverse=True)
    assert (charge.happened.kind, charge.is_wanted, charge.is_owed) == (Happening.CHARGE, False, False)
    assert (bail.is_wanted, bail.is_owed) == (True, True)
    assert bail.code is not None
    assert bail.safety is not None
    assert bail.safety.outer_due_day == bail.code.due_day == datetime(2026, 11, 25, tzinfo=UTC).date()


@pytest.mark.rule("VIC-05")
def test_witness_cares_receipt_is_day_0_where_the_code_says_so(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - 7 * DAY)
    given = NewHappening(
        Happening.HEARING_LISTED, NOW - 6 * DAY, NOW - 6 * DAY, received_on=datetime(2026, 11, 23, tzinfo=UTC).date()
    )
    record_happening(by=officer, victim=victim, case="C-10001", given=given)
    (news,) = [one for one in story(officer, victim).news if one.happened.kind is Happening.HEARING_LISTED]
    assert news.code is not None
    assert news.code.due_day == datetime(2026, 11, 24, tzinfo=UTC).date()


@pytest.mark.rule("VIC-05")
def test_told_once_is_told_and_a_stage_of_the_case_is_news_like_any_other(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    happens(officer, victim, Happening.INTERVIEW, NOW - HOUR, NOW)
    keys = [one.key for one in story(officer, victim, NOW + MINUTE).happened]
    record_contact(
        by=officer, victim=victim, given=replace(CALL, at=NOW + MINUTE, told_of=tuple(keys)), now=NOW + MINUTE
    )
    record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW + HOUR, told_of=tuple(keys)), now=NOW + HOUR)
    found = {one.kind: one.told_at for one in story(officer, victim, NOW + DAY).happened}
    assert found == {Happening.SCREENING_DECISION: NOW + MINUTE, Happening.INTERVIEW: NOW + MINUTE}
    (news,) = story(officer, victim, NOW + DAY).news
    assert news.code is not None
    assert news.code.status is Told.ON_TIME


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("role", ["response_officer", "offender_manager", "orders_team", "analyst"])
def test_only_those_who_look_after_her_record_contacts(
    victim: str, role: str, acting_as: Callable[..., Acting]
) -> None:
    by = acting_as(role, username=role)
    with pytest.raises(NotPermitted):
        record_contact(by=by, victim=victim, given=CALL)
    with pytest.raises(NotPermitted):
        promise_contact(by=by, victim=victim, due_at=NOW + DAY)
    with pytest.raises(NotPermitted):
        happens(by, victim, Happening.CHARGE, NOW, NOW)


@pytest.mark.rule("VIC-04")
def test_each_contact_that_was_agreed_is_promised_by_itself_and_never_twice(officer: Acting, victim: str) -> None:
    """Weekly from Monday: promised for the next Monday, and a week after each contact, unless something else is promised."""
    agreed(officer, victim, AGREED, now=NOW - DAY)
    last_second = timedelta(hours=11, minutes=59, seconds=59)
    assert [one.promise.due_at for one in story(officer, victim).promises] == [NOW + 6 * DAY + last_second]
    record_contact(by=officer, victim=victim, given=replace(CALL, was_reached=False))
    agreed(officer, victim, replace(AGREED, frequency="14"), now=NOW)
    assert len(story(officer, victim).promises) == 1, "a promise stands: the new wish counts from the next"
    record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW + HOUR), now=NOW + HOUR)
    found = story(officer, victim, NOW + HOUR).promises
    assert [(one.promise.due_at, one.stands.status) for one in found] == [
        (NOW + 6 * DAY + last_second, Kept.KEPT), (NOW + 14 * DAY + last_second, Kept.RUNNING),
    ]  # fmt: skip


@pytest.mark.rule("VIC-04")
@pytest.mark.parametrize("terms", [QUIET, None], ids=["only news", "declined"])
def test_nothing_is_promised_by_itself_where_no_frequency_was_agreed(
    officer: Acting, victim: str, terms: Terms | None
) -> None:
    if terms is None:
        decline(by=officer, victim=victim, seen=edit_version([]))
    else:
        agreed(officer, victim, terms)
    record_contact(by=officer, victim=victim, given=CALL)
    assert story(officer, victim).promises == []


@pytest.mark.rule("VIC-04")
def test_the_conversation_in_which_it_was_agreed_keeps_no_promise_and_leaves_one_open(
    officer: Acting, victim: str
) -> None:
    """Agreed at noon and logged as a contact five minutes later: the next one is still promised. So after two calls a day."""
    agreed(officer, victim, AGREED)
    for minutes in (5, 50):
        at = NOW + minutes * MINUTE
        record_contact(by=officer, victim=victim, given=replace(CALL, at=at), now=at)
    assert statuses(officer, victim, NOW + HOUR) == [Kept.RUNNING]
    week = NOW + 7 * DAY
    record_contact(by=officer, victim=victim, given=replace(CALL, at=week), now=week)
    record_contact(by=officer, victim=victim, given=replace(CALL, at=week + HOUR), now=week + HOUR)
    assert statuses(officer, victim, week + HOUR) == [Kept.KEPT, Kept.RUNNING]


@pytest.mark.rule("VIC-04")
def test_what_was_promised_for_the_same_day_is_kept_that_day(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    promise_contact(by=officer, victim=victim, due_at=NOW + 3 * HOUR, now=NOW)
    record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW + 2 * HOUR), now=NOW + 2 * HOUR)
    assert statuses(officer, victim, NOW + 4 * HOUR) == [Kept.KEPT]


@pytest.mark.rule("VIC-04")
def test_a_contact_keeps_only_what_was_promised_before_it(officer: Acting, victim: str) -> None:
    """Promised on Monday for Friday, on Wednesday at noon for Thursday; Wednesday's call at nine is entered at three."""
    agreed(officer, victim, QUIET, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + 4 * DAY, now=NOW - DAY)
    promise_contact(by=officer, victim=victim, due_at=NOW + 2 * DAY, now=NOW + DAY)
    entered = NOW + DAY + 3 * HOUR
    record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW + DAY - 3 * HOUR + 45 * MINUTE), now=entered)
    assert statuses(officer, victim, entered) == [Kept.RUNNING, Kept.KEPT]


@pytest.mark.rule("VIC-04")
def test_an_excuse_leaves_the_next_contact_promised(officer: Acting, victim: str) -> None:
    agreed(officer, victim, AGREED)
    (open_one,) = story(officer, victim).promises
    excuse_promise(
        by=officer, victim=victim, promise=open_one.promise.pk, reason=Excuse.VICTIM_ASKED_TO_WAIT, now=NOW + DAY
    )
    assert statuses(officer, victim, NOW + DAY) == [Kept.EXCUSED, Kept.RUNNING]


@pytest.mark.rule("VIC-04")
def test_what_was_missed_is_excused_only_in_words(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW)
    (late,) = story(officer, victim).promises
    asked = {"by": officer, "victim": victim, "promise": late.promise.pk, "reason": Excuse.VICTIM_ASKED_TO_WAIT}
    with pytest.raises(NotNow) as refused:
        excuse_promise(**asked, now=NOW + 2 * DAY)
    assert refused.value.code == "excuse_needs_words"
    excuse_promise(**asked, words="They rang on Monday to say so", now=NOW + 2 * DAY)


@pytest.mark.rule("VIC-04")
def test_nothing_is_promised_to_somebody_who_was_not_reached(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET)
    with pytest.raises(NotNow) as refused:
        record_contact(by=officer, victim=victim, given=replace(CALL, was_reached=False, next_due_at=NOW + DAY))
    assert refused.value.code == "promise_unheard"


@pytest.mark.rule("VIC-02")
@pytest.mark.rule("VIC-05")
def test_the_way_she_gave_for_any_hour_is_safe_at_any_hour_while_she_is_owed_news_of_her_safety(
    officer: Acting, victim: str
) -> None:
    at_night = datetime(2026, 11, 25, 2, tzinfo=UTC)
    agreed(officer, victim, QUIET)
    by_text = replace(CALL, channel="text_message", at=at_night)
    with pytest.raises(NotSafe):
        record_contact(by=officer, victim=victim, given=by_text, now=at_night)
    happens(officer, victim, Happening.RELEASE_FROM_CUSTODY, at_night, at_night)
    with pytest.raises(NotSafe):
        record_contact(by=officer, victim=victim, given=replace(CALL, at=at_night), now=at_night)
    (key,) = [one.happened.key for one in story(officer, victim, at_night).news if one.safety]
    row = record_contact(by=officer, victim=victim, given=replace(by_text, told_of=(key,)), now=at_night)
    assert row.why_unsafe == []
    later = at_night + HOUR
    with pytest.raises(NotSafe):
        record_contact(by=officer, victim=victim, given=replace(by_text, at=later), now=later)


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("has_agreement", [False, True])
def test_news_of_her_safety_is_owed_whenever_it_was_and_whatever_was_agreed(
    officer: Acting, victim: str, *, has_agreement: bool
) -> None:
    if has_agreement:
        agreed(officer, victim, QUIET)
    happens(officer, victim, Happening.RELEASE_FROM_CUSTODY, NOW - DAY, NOW + HOUR)
    happens(officer, victim, Happening.INTERVIEW, NOW - DAY, NOW + HOUR)
    (news,) = list(story(officer, victim, NOW + HOUR).news)
    assert news.is_owed
    assert news.safety is not None
    assert news.safety.status is Warned.RUNNING


@pytest.mark.rule("VIC-05")
def test_nobody_was_told_of_what_was_not_known_yet(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    happens(officer, victim, Happening.ARREST, NOW, NOW)
    (key,) = [one.happened.key for one in story(officer, victim, NOW).news]
    with pytest.raises(NotNow) as refused:
        record_contact(by=officer, victim=victim, given=replace(CALL, at=NOW - HOUR, told_of=(key,)))
    assert refused.value.code == "told_too_early"


@pytest.mark.rule("VIC-05")
def test_the_same_contact_sent_again_with_what_was_told_loses_nothing(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    happens(officer, victim, Happening.INTERVIEW, NOW - HOUR, NOW)
    (key,) = [one.happened.key for one in story(officer, victim).news]
    record_contact(by=officer, victim=victim, given=CALL)
    record_contact(by=officer, victim=victim, given=replace(CALL, told_of=(key,)))
    assert [one.happened.told_at for one in story(officer, victim).news] == [NOW]
    assert len(story(officer, victim).contacts) == 1


@pytest.mark.rule("VIC-05")
def test_a_telling_of_a_stage_stays_when_somebody_records_the_same_thing(
    officer: Acting, victim: str, system: Acting, tmp_path: Path
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    with time_machine.travel(NOW, tick=False):
        send_victim(system, tmp_path / "again", stage="charged", updated_at="2026-11-24 11:30:00")
    (key,) = [one.happened.key for one in story(officer, victim, NOW + MINUTE).news]
    told = replace(CALL, at=NOW + MINUTE, told_of=(key,))
    record_contact(by=officer, victim=victim, given=told, now=NOW + MINUTE)
    happens(officer, victim, Happening.CHARGE_FOR_BREACH, NOW - HOUR, NOW + 2 * MINUTE)
    (news,) = story(officer, victim, NOW + HOUR).news
    assert (news.happened.kind, news.happened.told_at) == (Happening.CHARGE_FOR_BREACH, NOW + MINUTE)


@pytest.mark.rule("VIC-05")
def test_what_was_recorded_by_mistake_is_taken_back_and_recorded_anew(officer: Acting, victim: str) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    given = NewHappening(Happening.RELEASE_FROM_PRISON, NOW + DAY, NOW)
    wrong = record_happening(by=officer, victim=victim, case="C-10001", given=given)
    assert record_happening(by=officer, victim=victim, case="C-10001", given=given) == wrong
    with pytest.raises(NotNow) as refused:
        record_happening(by=officer, victim=victim, case="C-10001", given=replace(given, words="at the north gate"))
    assert refused.value.code == "happening_there"
    strike_happening(by=officer, victim=victim, number=wrong.pk)
    assert story(officer, victim).news == []
    with pytest.raises(NotPermitted):
        strike_happening(by=officer, victim=victim, number=wrong.pk)
    later = replace(given, at=NOW + 2 * DAY)
    record_happening(by=officer, victim=victim, case="C-10001", given=later)
    assert [one.happened.at for one in story(officer, victim).news] == [NOW + 2 * DAY]
