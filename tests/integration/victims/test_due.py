"""What is due to a victim stands in a queue in time, and a missed promise stood there before it was (VIC-03 to VIC-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.cases.models import CaseRole
from craffu.daily.ticking import Ticked, follow, tick
from craffu.intake.running import take_in
from craffu.people.queries import people_of_records
from craffu.victims import due
from craffu.victims.agreements.actions import decline
from craffu.victims.agreements.queries import edit_version
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.stories import stories
from craffu.work.models import WorkItem, WorkStep
from craffu.work.queries import supervised
from craffu.work.rules import Consequence, Taken
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write
from tests.factories.victims import AGREED, QUIET, agreed, send_victim, victim_of
from tests.integration.victims.conftest import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VICTIMS = (due.SOURCE,)


@pytest.fixture
def ticks(force: Force) -> Callable[[datetime], Ticked]:
    return lambda at: tick(force=force, at=at, sources=VICTIMS)


def items(**wanted: object) -> list[WorkItem]:
    return list(WorkItem.objects.for_system("a test").filter(**wanted).order_by("due_at", "id"))


def steps(kind: str) -> list[tuple[str, datetime]]:
    rows = WorkStep.objects.for_system("a test").filter(item__kind=kind).order_by("id")
    return list(rows.values_list("step", "true_from"))


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-03")
def test_an_agreement_is_offered_within_a_working_day_of_the_report_and_then_done(
    officer: Acting, victim: str, ticks: Callable[[datetime], Ticked]
) -> None:
    ticks(NOW + MINUTE)
    (offer,) = items(kind=due.OFFER)
    assert (offer.about, offer.queue, offer.due_at) == (victim, "agreements", datetime(2026, 11, 26, tzinfo=NOW.tzinfo))
    agreed(officer, victim, now=NOW + HOUR)
    ticks(NOW + HOUR)
    assert [one.state for one in items(kind=due.OFFER)] == ["done"]


@pytest.mark.rule("VIC-01")
def test_nobody_is_offered_an_agreement_in_a_theft_or_in_a_case_that_is_over(
    system: Acting, tmp_path: Path, ticks: Callable[[datetime], Ticked]
) -> None:
    send_victim(system, tmp_path, 1, flags="", home_office_class="45", offence_code="TH68001")
    send_victim(system, tmp_path, 2, stage="closed")
    ticks(NOW + MINUTE)
    assert items() == []


@pytest.mark.rule("VIC-01")
def test_a_refusal_ends_the_offer(officer: Acting, victim: str, ticks: Callable[[datetime], Ticked]) -> None:
    ticks(NOW + MINUTE)
    decline(by=officer, victim=victim, seen=edit_version([]), now=NOW + HOUR)
    ticks(NOW + HOUR)
    assert [one.state for one in items(kind=due.OFFER)] == ["done"]


@pytest.mark.rule("VIC-03")
def test_a_stage_that_intake_changes_puts_the_agreement_into_the_queue_by_itself(
    officer: Acting, victim: str, system: Acting, tmp_path: Path, ticks: Callable[[datetime], Ticked]
) -> None:
    agreed(officer, victim, now=NOW + MINUTE, officer=officer.user)
    ticks(NOW + MINUTE)
    charged = NOW + 2 * DAY
    with time_machine.travel(charged, tick=False):
        send_victim(system, tmp_path / "again", stage="charged", updated_at="2026-11-26 11:30:00")
    ticks(charged + MINUTE)
    (again,) = items(kind=due.REVISIT, state="open", why="charge_or_no_further_action")
    assert again.due_at == datetime(2026, 11, 28, tzinfo=NOW.tzinfo)
    assert again.owner == officer.user
    (news,) = items(kind=due.CODE_NOTICE)
    assert (news.why, news.facts) == ("charge", {"mark": "not confirmed"})


@pytest.mark.rule("VIC-04")
@pytest.mark.rule("MON-04")
def test_a_promise_stands_before_the_supervisor_before_it_is_missed_and_stays_missed(
    officer: Acting, victim: str, ticks: Callable[[datetime], Ticked]
) -> None:
    agreed(officer, victim, now=NOW)
    promise_contact(by=officer, victim=victim, due_at=NOW + 3 * DAY, now=NOW)
    ticks(NOW + MINUTE)
    ticks(NOW + 2 * DAY + HOUR)
    ticks(NOW + 3 * DAY + HOUR)
    record_contact(
        by=officer, victim=victim, given=NewContact("telephone", NOW + 3 * DAY + HOUR), now=NOW + 3 * DAY + HOUR
    )
    ticks(NOW + 4 * DAY)
    taken = dict(steps(due.PROMISE))
    assert taken[Taken.RAISED] == NOW
    assert taken[Taken.FORESEEN] < NOW + 3 * DAY < taken[Taken.SUPERVISOR] <= taken[Taken.DONE]
    assert Taken.INSPECTOR not in taken


@pytest.mark.rule("VIC-05")
def test_news_of_a_release_is_the_worst_thing_to_leave_undone_and_its_hour_is_its_own(
    officer: Acting, victim: str, force: Force
) -> None:
    agreed(officer, victim, now=NOW - DAY)
    given = NewHappening(Happening.RELEASE_FROM_CUSTODY, NOW - HOUR, NOW)
    record_happening(by=officer, victim=victim, case="C-10001", given=given)
    follow(force=force, now=NOW, sources=VICTIMS)
    (news,) = items(kind=due.SAFETY_NEWS)
    assert (news.what_if_not, news.due_at, news.overdue_from > news.due_at) == (
        Consequence.HARM_UNWARNED, NOW + HOUR, True,
    )  # fmt: skip
    assert news.facts["outer_day"] == "2026-11-25"
    assert news.facts["outer_from"] == "Code 2021"
    assert items(kind=due.CODE_NOTICE) == [], "the Code's limit is its outer limit, and no second thing to do"


@pytest.mark.rule("VIC-05")
def test_what_she_does_not_want_to_hear_is_nobodys_work(officer: Acting, victim: str, force: Force) -> None:
    agreed(officer, victim, now=NOW - DAY)
    given = NewHappening(Happening.INTERVIEW, NOW - HOUR, NOW)
    record_happening(by=officer, victim=victim, case="C-10001", given=given)
    follow(force=force, now=NOW, sources=VICTIMS)
    assert [one.state for one in items(kind=due.CODE_NOTICE)] == ["open"]
    agreed(officer, victim, replace(AGREED, not_wanted=("investigation",)), now=NOW + MINUTE)
    follow(force=force, now=NOW + MINUTE, sources=VICTIMS)
    assert [one.state for one in items(kind=due.CODE_NOTICE)] == ["withdrawn"]


@pytest.mark.rule("MON-04")
def test_a_second_tick_at_the_same_instant_and_an_earlier_one_change_nothing(
    officer: Acting, victim: str, ticks: Callable[[datetime], Ticked]
) -> None:
    agreed(officer, victim, now=NOW)
    promise_contact(by=officer, victim=victim, due_at=NOW + DAY, now=NOW)
    ticks(NOW + 2 * DAY)
    before = list(WorkStep.objects.for_system("a test").order_by("id").values())
    for at in (NOW + 2 * DAY, NOW + HOUR, NOW + 2 * DAY):
        done = ticks(at)
        assert (done.raised, done.escalated, done.expired) == (0, 0, 0)
    assert list(WorkStep.objects.for_system("a test").order_by("id").values()) == before


@pytest.mark.rule("SEC-02")
def test_work_about_a_victim_is_shown_to_nobody_for_whom_any_case_of_theirs_is_shut(
    officer: Acting, victim: str, system: Acting, tmp_path: Path, force: Force, acting_as: Callable[..., Acting]
) -> None:
    write(tmp_path / "second", "crimes.csv", [row("rms", "crimes", 2, **UNGRADED)])
    involved = row("rms", "involvements", 2, person_ref="PERSON10", role="victim")
    write(tmp_path / "second", "involvements.csv", [involved])
    take_in(by=system, kind="rms", paths=[tmp_path / "second"])
    assert set(victim_of(officer, victim).cases.values()) == {"C-10001", "C-10002"}
    keeper = acting_as("supervisor", username="keeper")
    restrict(by=keeper, kind="case", reference="C-10001", reason="a colleague", marking=COVERT)
    promise_contact(by=keeper, victim=victim, due_at=NOW + HOUR, now=NOW)
    tick(force=force, at=NOW + MINUTE, sources=VICTIMS)
    (item,) = items(kind=due.PROMISE)
    assert item.of_case == "C-10002"
    outside = acting_as("supervisor", username="outside")
    assert supervised(acting_user(keeper.user), NOW + 2 * HOUR).filter(kind=due.PROMISE).count() == 1
    assert supervised(outside, NOW + 2 * HOUR).count() == 0


@pytest.fixture
def second(system: Acting, tmp_path: Path, officer: Acting, victim: str) -> Callable[[], str]:
    """Makes somebody a second victim of her case, with an agreement: her reference."""

    def came() -> str:
        inbox = tmp_path / "second"
        write(inbox, "persons.csv", [row("rms", "persons", 12)])
        write(inbox, "involvements.csv", [row("rms", "involvements", 1, person_ref="PERSON12", role="victim")])
        assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
        role = CaseRole.objects.for_system("a test").filter(role="victim").latest("id")
        found = people_of_records(system, [role.record_id])[role.record_id].reference
        agreed(officer, found, QUIET, now=NOW, officer=officer.user)
        return found

    return came


def charge(by: Acting, folder: Path) -> None:
    inbox = folder / "charge"
    charged = UNGRADED | {"stage": "charged", "updated_at": "2026-11-24 11:40:00"}
    assert take_in(
        by=by, kind="rms", paths=[write(inbox, "crimes.csv", [row("rms", "crimes", 1, **charged)])]
    ).reconciled


@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("is_later", [False, True])
def test_each_victim_of_a_case_is_owed_a_stage_herself_and_whoever_was_known_first_keeps_her_work(
    is_later: bool,
    system: Acting,
    tmp_path: Path,
    officer: Acting,
    victim: str,
    second: Callable[[], str],
    force: Force,
) -> None:
    agreed(officer, victim, QUIET, now=NOW, officer=officer.user)
    other = "" if is_later else second()
    charge(system, tmp_path)
    tick(force=force, at=NOW + MINUTE, sources=VICTIMS)
    before = {one.about: one.pk for one in items(kind=due.CODE_NOTICE, state="open")}
    other = other or second()
    for minutes, everything in ((2, False), (3, True)):
        tick(force=force, at=NOW + minutes * MINUTE, everything=everything, sources=VICTIMS)
        owed = {one.about: one.pk for one in items(kind=due.CODE_NOTICE, state="open")}
        assert owed.keys() == {victim, other}
        assert before.items() <= owed.items()
    raised = WorkStep.objects.for_system("a test").filter(item__kind=due.CODE_NOTICE)
    assert sorted(raised.values_list("item_id", "step")) == sorted((one, "raised") for one in owed.values())


@pytest.mark.rule("VIC-05")
def test_that_one_victim_was_told_of_a_stage_is_not_said_of_another_who_is_asked_of_beside_her(
    system: Acting, tmp_path: Path, officer: Acting, victim: str, second: Callable[[], str], force: Force
) -> None:
    agreed(officer, victim, QUIET, now=NOW, officer=officer.user)
    other = second()
    charge(system, tmp_path)
    at = NOW + 2 * MINUTE
    hers = [victim_of(system, one) for one in (victim, other)]
    keys = tuple(one.happened.key for one in stories(system, hers, at)[hers[0].person.pk].news if one.is_owed)
    assert keys
    with time_machine.travel(at, tick=False):
        record_contact(by=officer, victim=victim, given=NewContact("telephone", at, told_of=keys), now=at)
    told = stories(system, hers, at)
    owed = [[one.happened.key for one in told[each.person.pk].news if one.is_owed] for each in hers]
    assert owed == [[], list(keys)]
    tick(force=force, at=at, sources=VICTIMS)
    assert [one.about for one in items(kind=due.CODE_NOTICE, state="open")] == [other]
