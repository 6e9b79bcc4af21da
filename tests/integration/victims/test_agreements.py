"""The Victim Contact Agreement: kept version by version, revisited after what happens, declined, never lost (VIC-01, VIC-03)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.markings import COVERT, RESTRICTED, RecordMarking
from craffu.access.models import Force
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.victims.agreements.actions import (
    agree,
    agree_unchanged,
    decline,
    drop_draft,
    keep_draft,
    record_feared_date,
)
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import draft_of, drafted, edit_version, feared_dates, terms, versions_of
from craffu.victims.agreements.rules import Occasion, OffersAgain
from craffu.victims.models import AgreementVersion
from craffu.victims.notices.rules import Told
from craffu.victims.queries import find_victim
from craffu.victims.stories import story_of
from tests.factories.victims import AGREED, agreed, send_victim, victim_of
from tests.integration.victims.conftest import NOW

DAY = timedelta(days=1)


def versions(by: Acting, victim: str) -> list[AgreementVersion]:
    return versions_of(by, victim_of(by, victim).records)


@pytest.mark.rule("VIC-01")
def test_what_was_agreed_is_kept_word_for_word_and_logged(officer: Acting, victim: str) -> None:
    row = agreed(officer, victim, officer=officer.user)
    assert terms(row) == AGREED
    assert (row.number, row.agreed_on, row.asking_said_on) == (1, date(2026, 11, 24), date(2026, 11, 24))
    event = Event.objects.filter(kind="agreement_recorded").get()
    assert f"victim/{victim}" in event.payload
    assert "mwyalchen" not in event.payload


@pytest.mark.rule("VIC-01")
def test_her_words_are_encrypted_where_they_lie(officer: Acting, victim: str) -> None:
    agreed(officer, victim)
    with connection.cursor() as cursor:
        cursor.execute("SELECT safe_word, never_say, officer_name FROM victims_agreementversion")
        (row,) = cursor.fetchall()
    assert not any(word in value for value in row for word in ("mwyalchen", "court", "Officer"))


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"language": ""}, "agreement_incomplete"),
        ({"urgent_reach": ""}, "agreement_incomplete"),
        ({"channels": ()}, "agreement_incomplete"),
        ({"times": ()}, "agreement_incomplete"),
        ({"times": (("09:00", "09:00"),)}, "window_empty"),
        ({"urgent_reach": "letter"}, "urgent_not_safe"),
        ({"next_revisit_on": "2026-11-24"}, "revisit_past"),
    ],
)
def test_an_agreement_that_is_not_whole_is_refused(
    officer: Acting, victim: str, change: dict[str, object], code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        agreed(officer, victim, replace(AGREED, **change))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert versions(officer, victim) == []


@pytest.mark.rule("VIC-01")
def test_a_changed_wish_is_a_version_more_and_the_earlier_one_stays(officer: Acting, victim: str) -> None:
    agreed(officer, victim)
    agreed(
        officer, victim, replace(AGREED, channels=("email",), urgent_reach="nowhere", asking="do_not_ask"), NOW + DAY
    )
    first, second = versions(officer, victim)
    assert (first.channels, second.channels) == (["telephone", "text_message"], ["email"])
    assert (first.asking_said_on, second.asking_said_on) == (date(2026, 11, 24), date(2026, 11, 25))


@pytest.mark.rule("VIC-01")
def test_of_two_who_changed_it_the_second_is_told_and_nothing_is_overwritten(officer: Acting, victim: str) -> None:
    seen = edit_version(versions(officer, victim))
    agreed(officer, victim)
    with pytest.raises(Conflict):
        agree(by=officer, victim=victim, given=replace(AGREED, language="en"), seen=seen)
    assert [one.language for one in versions(officer, victim)] == ["cy"]


@pytest.mark.rule("VIC-01")
def test_still_right_is_a_version_that_repeats_what_stands_and_confirms_the_wish(officer: Acting, victim: str) -> None:
    first = agreed(officer, victim, replace(AGREED, asking="before_change"))
    later = NOW + 3 * DAY
    row = agree_unchanged(by=officer, victim=victim, seen=edit_version([first]), occasion=Occasion.ARREST, now=later)
    assert terms(row) == replace(AGREED, asking="before_change", next_revisit_on="2026-12-25")
    assert (row.is_unchanged, row.occasion, row.agreed_on, row.asking_said_on) == (
        True, "arrest", date(2026, 11, 27), date(2026, 11, 27),
    )  # fmt: skip


@pytest.mark.rule("VIC-01")
def test_nothing_is_still_right_where_nothing_was_agreed(officer: Acting, victim: str) -> None:
    with pytest.raises(NotNow):
        agree_unchanged(by=officer, victim=victim, seen=edit_version([]))


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (None, None),
        (OffersAgain.EACH_STAGE, "each_stage"),
        ([Occasion.ARREST, Occasion.CHARGE_OR_NO_FURTHER_ACTION], ["arrest", "charge_or_no_further_action"]),
    ],
)
def test_a_declined_agreement_is_dated_and_what_was_safe_still_binds(
    officer: Acting, victim: str, choice: object, kept: object
) -> None:
    first = agreed(officer, victim)
    decline(by=officer, victim=victim, seen=edit_version([first]), offer_again=choice)  # type: ignore[arg-type]
    last = versions(officer, victim)[-1]
    assert (last.declined_on, last.agreed_on, last.offer_again) == (date(2026, 11, 24), None, kept)
    assert (last.channels, last.times) == (first.channels, first.times)


@pytest.mark.rule("VIC-01")
def test_half_an_agreement_is_kept_for_whoever_asks_and_gone_once_it_is_whole(
    officer: Acting, victim: str, acting_as: Callable[..., Acting]
) -> None:
    keep_draft(by=officer, victim=victim, given=Terms(language="cy"), occasion=Occasion.REPORT)
    other = acting_as("investigator", username="other")
    found = victim_of(officer, victim)
    draft = draft_of(officer, found)
    assert draft is not None
    assert (drafted(draft), draft_of(other, found)) == (Terms(language="cy"), None)
    agreed(officer, victim)
    assert draft_of(officer, found) is None
    keep_draft(by=officer, victim=victim, given=AGREED)
    drop_draft(by=officer, victim=victim)
    assert draft_of(officer, found) is None
    assert len(versions(officer, victim)) == 1


@pytest.mark.rule("VIC-03")
def test_a_stage_that_the_case_enters_asks_for_it_again_within_a_working_day(
    officer: Acting, victim: str, system: Acting, tmp_path: Path
) -> None:
    """Charged on Thursday 26 November: asked again by Friday; asked on Monday it is late, unasked it is missed."""
    agreed(officer, victim, now=NOW + timedelta(minutes=1))
    charged = datetime(2026, 11, 26, 15, tzinfo=UTC)
    with time_machine.travel(charged - timedelta(minutes=1), tick=False):
        send_victim(system, tmp_path / "again", stage="charged", updated_at="2026-11-26 14:30:00")
    found = victim_of(officer, victim)

    def stands(now: datetime) -> list[tuple[date, Told]]:
        return [(one.contact.due_day, one.status) for one in story_of(officer, found, now).revisits]

    assert stands(charged) == [(date(2026, 11, 27), Told.RUNNING)]
    assert stands(charged + 2 * DAY) == [(date(2026, 11, 27), Told.MISSED)]
    monday = charged + 4 * DAY
    agree_unchanged(
        by=officer, victim=victim, seen=edit_version(versions(officer, victim)), now=monday,
        occasion=Occasion.CHARGE_OR_NO_FURTHER_ACTION,
    )  # fmt: skip
    assert stands(monday) == [(date(2026, 11, 27), Told.LATE)]
    assert stands(charged) == [(date(2026, 11, 27), Told.RUNNING)], "as it stood then"


@pytest.mark.rule("VIC-01")
def test_somebody_who_declined_is_offered_it_again_as_they_chose(
    officer: Acting, victim: str, system: Acting, tmp_path: Path
) -> None:
    decline(by=officer, victim=victim, seen=edit_version([]), offer_again=OffersAgain.ONLY_IF_I_ASK)
    charged = datetime(2026, 11, 26, 15, tzinfo=UTC)
    with time_machine.travel(charged - timedelta(minutes=1), tick=False):
        send_victim(system, tmp_path / "again", stage="charged", updated_at="2026-11-26 14:30:00")
    found = victim_of(officer, victim)
    assert story_of(officer, found, charged).revisits == []
    decline(by=officer, victim=victim, seen=edit_version(versions(officer, victim)), now=NOW + DAY)
    assert len(story_of(officer, found, charged).revisits) == 1, "by default at charge"


@pytest.mark.rule("VIC-01")
def test_days_that_she_fears_are_kept_and_taken_back(officer: Acting, victim: str) -> None:
    day = date(2026, 12, 24)
    record_feared_date(by=officer, victim=victim, on=day, words="the wedding day")
    record_feared_date(by=officer, victim=victim, on=day, words="the wedding day")
    found = victim_of(officer, victim)
    assert [(one.on, one.words) for one in feared_dates(officer, found.records)] == [(day, "the wedding day")]
    record_feared_date(by=officer, victim=victim, on=day, strike=True)
    assert feared_dates(officer, found.records) == []


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("role", ["response_officer", "analyst", "offender_manager", "auditor", "scrutiny_officer"])
def test_only_those_who_look_after_her_may_agree_with_her(
    victim: str, role: str, acting_as: Callable[..., Acting]
) -> None:
    with pytest.raises(NotPermitted):
        keep_draft(by=acting_as(role, username=role), victim=victim, given=Terms())


@pytest.mark.rule("SEC-01")
def test_another_forces_victim_does_not_exist(
    victim: str, other_force: Force, acting_as: Callable[..., Acting]
) -> None:
    stranger = acting_as("victim_officer", username="stranger", force=other_force)
    assert find_victim(stranger, victim) is None
    with pytest.raises(NotPermitted):
        decline(by=stranger, victim=victim, seen=edit_version([]))


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("marking", [RESTRICTED, COVERT])
def test_a_victim_of_a_restricted_case_is_shut_with_it(
    victim: str, acting_as: Callable[..., Acting], marking: RecordMarking
) -> None:
    keeper = acting_as("supervisor", username="keeper")
    restrict(by=keeper, kind="case", reference="C-10001", reason="a colleague is the suspect", marking=marking)
    outside = acting_as("investigator", username="outside")
    found = find_victim(outside, victim)
    assert (found is None) if marking is COVERT else (found is not None and found.shut == ("C-10001",))
    with pytest.raises(NotPermitted):
        decline(by=outside, victim=victim, seen=edit_version([]))


@pytest.mark.rule("VIC-01")
def test_who_declines_keeps_every_wish_and_the_officer(officer: Acting, victim: str) -> None:
    wishes = replace(AGREED, not_wanted=("charge",), asking="do_not_ask")
    first = agreed(officer, victim, wishes, officer=officer.user)
    decline(by=officer, victim=victim, seen=edit_version([first]))
    last = versions(officer, victim)[-1]
    assert (last.not_wanted, last.asking, last.officer) == (["charge"], "do_not_ask", officer.user)
