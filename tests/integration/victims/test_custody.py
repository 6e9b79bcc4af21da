"""What custody suites and courts tell of becomes news that is owed to the victim, by itself, once (VIC-05, BRC-08, T29)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.clocks.london import day_of
from craffu.common.refusals import NotPermitted
from craffu.daily.ticking import follow, tick
from craffu.people.models import SourceRecord
from craffu.victims import due
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.happenings.actions import record_happening, strike_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.queries import News
from craffu.victims.models import CaseHappening
from craffu.victims.notices.rules import Warned
from craffu.victims.stories import story_of
from craffu.work.models import WorkItem, WorkStep
from tests.factories.detentions import send_detention, send_release
from tests.factories.identities import score
from tests.factories.victims import QUIET, agreed, send_victim, victim_of
from tests.integration.victims.conftest import NOW

pytestmark = [pytest.mark.rule("VIC-05"), pytest.mark.rule("BRC-08")]

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VICTIMS = (due.SOURCE,)
# Arrested at half past ten, released at half past eleven, said five minutes later.
RELEASED = {
    "released_at": "2026-11-24 11:30:00", "disposal": "released_under_investigation", "updated_at": "2026-11-24 11:35:00",
}  # fmt: skip
RELEASED_AT, SAID_AT = NOW - HOUR / 2, NOW - 25 * MINUTE
BAILED = RELEASED | {"disposal": "police_bail", "bail_conditions": "Not to contact Sian", "bail_ends_on": "2026-12-22"}
BAIL_ENDS = datetime(2026, 12, 22, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def detention(system: Acting, tmp_path: Path) -> Callable[..., None]:
    """Of somebody who was not arrested for the breach of an order, unless that is `said`."""
    return partial(send_detention, system, tmp_path, arrested_for_breach_of="")


@pytest.fixture
def ticks(force: Force) -> Callable[..., None]:
    def ticked(at: datetime, *, everything: bool = False) -> None:
        tick(force=force, at=at, everything=everything, sources=VICTIMS)

    return ticked


def news(by: Acting, victim: str, now: datetime) -> list[News]:
    return [one for one in story_of(by, victim_of(by, victim), now).news if one.safety is not None]


def owed(by: Acting, victim: str, now: datetime) -> list[tuple[Happening, datetime]]:
    return [(one.happened.kind, one.happened.at) for one in news(by, victim, now) if one.is_owed]


def work(**wanted: object) -> list[tuple[str, datetime, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=due.SAFETY_NEWS, **wanted).order_by("due_at", "id")
    return list(rows.values_list("why", "due_at", "state"))


def of_records() -> list[CaseHappening]:
    return list(CaseHappening.objects.for_system("a test").exclude(source="craffu").order_by("id"))


def tell_of(by: Acting, victim: str, at: datetime) -> None:
    keys = tuple(one.happened.key for one in news(by, victim, at) if one.is_owed)
    record_contact(by=by, victim=victim, given=NewContact("telephone", at, told_of=keys), now=at)


@pytest.mark.parametrize("has_agreement", [False, True])
def test_a_release_is_owed_within_the_hour_of_custodys_word_with_nobody_typing_it(
    officer: Acting,
    victim: str,
    detention: Callable[..., None],
    ticks: Callable[..., None],
    *,
    has_agreement: bool,
) -> None:
    if has_agreement:
        agreed(officer, victim, QUIET, now=NOW - DAY, officer=officer.user)
    detention(**RELEASED)
    ticks(NOW + MINUTE)
    assert work() == [("release_from_custody", SAID_AT + HOUR, "open")]
    (one,) = news(officer, victim, NOW + MINUTE)
    assert one.safety is not None
    assert (one.happened.at, one.happened.learnt_at, one.safety.status) == (RELEASED_AT, SAID_AT, Warned.RUNNING)
    item = WorkItem.objects.for_system("a test").get(kind=due.SAFETY_NEWS)
    assert item.owner == (officer.user if has_agreement else None)
    tell_of(officer, victim, NOW + 2 * MINUTE)
    ticks(NOW + 2 * MINUTE)
    assert work() == [("release_from_custody", SAID_AT + HOUR, "done")]


def test_bail_that_ends_on_a_day_is_warned_of_before_it_and_not_when_it_ends_earlier(
    officer: Acting, victim: str, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:
    detention(**BAILED)
    ticks(NOW + MINUTE)
    assert owed(officer, victim, NOW + MINUTE) == [
        (Happening.RELEASE_FROM_CUSTODY, RELEASED_AT), (Happening.BAIL_ENDED, BAIL_ENDS),
    ]  # fmt: skip
    warning = news(officer, victim, NOW + MINUTE)[1].safety
    assert warning is not None
    assert (warning.status, warning.warn_before) == (Warned.WARNING_DUE, BAIL_ENDS)
    tell_of(officer, victim, NOW + 2 * MINUTE)
    with time_machine.travel(NOW + DAY, tick=False):
        longer = BAILED | {"bail_ends_on": "2027-01-22", "updated_at": "2026-11-25 11:50:00"}
        detention(**longer)
    ticks(NOW + DAY + MINUTE)
    later = BAIL_ENDS.replace(year=2027, month=1)
    assert owed(officer, victim, NOW + DAY + MINUTE) == [(Happening.BAIL_ENDED, later)], "another day is news again"
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        detention(**longer | {"disposal": "no_further_action", "bail_conditions": "", "bail_ends_on": "",
                              "updated_at": "2026-11-26 11:55:00"})  # fmt: skip
    ticks(NOW + 2 * DAY + MINUTE)
    assert owed(officer, victim, NOW + 2 * DAY + MINUTE) == [(Happening.BAIL_ENDED, NOW + 2 * DAY - 5 * MINUTE)]
    assert ("bail_ended", later, "withdrawn") in work()


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        (
            RELEASED | {"arrested_for_breach_of": "ORDER1"},
            [Happening.ARREST_FOR_BREACH, Happening.RELEASE_FROM_CUSTODY],
        ),
        ({"arrested_for_breach_of": "ORDER1"}, [Happening.ARREST_FOR_BREACH]),
        ({}, []),
        (RELEASED | {"disposal": "charged_remanded"}, []),
        (RELEASED | {"crime_ref": "CRIME9"}, []),
    ],
)
def test_only_what_her_safety_hangs_on_and_her_case_is_owed_whatever_was_agreed(
    officer: Acting,
    victim: str,
    detention: Callable[..., None],
    ticks: Callable[..., None],
    said: dict[str, str],
    kinds: list[Happening],
) -> None:
    detention(**said)
    ticks(NOW + MINUTE)
    assert [kind for kind, _ in owed(officer, victim, NOW + MINUTE)] == kinds


# When the clock runs, and how: by itself, asking about everybody, or following what was just told.
ORDERS: dict[str, list[tuple[datetime, str]]] = {
    "twice": [(NOW + MINUTE, ""), (NOW + MINUTE, "")],
    "everybody anew": [(NOW + MINUTE, ""), (NOW + HOUR, "everything")],
    "backwards": [(NOW + DAY, ""), (NOW + HOUR, ""), (NOW + MINUTE, "everything")],
    "followed first": [(NOW + MINUTE, "follow"), (NOW + HOUR, ""), (NOW + MINUTE, "")],
}


def run(force: Force, order: str) -> None:
    for at, how in ORDERS[order]:
        if how == "follow":
            follow(force=force, now=at, sources=VICTIMS)
        else:
            tick(force=force, at=at, everything=how == "everything", sources=VICTIMS)


@pytest.mark.rule("MON-04")
@pytest.mark.parametrize("order", ORDERS)
def test_T29_however_often_it_is_sent_and_the_clock_runs_it_is_owed_once(
    officer: Acting,
    victim: str,
    detention: Callable[..., None],
    ticks: Callable[..., None],
    force: Force,
    order: str,
) -> None:
    detention(**RELEASED)
    detention(**RELEASED)
    run(force, order)
    kept = of_records()
    assert sorted(one.kind for one in kept) == ["arrest", "release_from_custody"]
    assert owed(officer, victim, NOW + DAY) == [(Happening.RELEASE_FROM_CUSTODY, RELEASED_AT)]
    assert WorkStep.objects.for_system("a test").filter(item__kind=due.SAFETY_NEWS, step="raised").count() == 1
    tell_of(officer, victim, NOW + DAY)
    run(force, order)
    ticks(NOW + 2 * DAY, everything=True)
    assert (of_records(), owed(officer, victim, NOW + 2 * DAY)) == (kept, [])
    assert [state for _, _, state in work()] == ["done"]


@pytest.mark.rule("MON-04")
@pytest.mark.parametrize("typed_first", [True, False])
@pytest.mark.parametrize("told_between", [True, False])
def test_T29_what_somebody_typed_and_custody_told_is_one_thing_to_tell_her(
    officer: Acting,
    victim: str,
    detention: Callable[..., None],
    ticks: Callable[..., None],
    *,
    typed_first: bool,
    told_between: bool,
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)

    def typed() -> None:
        given = NewHappening(Happening.RELEASE_FROM_CUSTODY, RELEASED_AT + MINUTE, NOW)
        record_happening(by=officer, victim=victim, case="C-10001", given=given, now=NOW + MINUTE)

    steps = [typed, lambda: detention(**RELEASED)]
    for place, step in enumerate(steps if typed_first else reversed(steps)):
        step()
        ticks(NOW + (2 + place) * MINUTE)
        if told_between and place == 0:
            tell_of(officer, victim, NOW + 2 * MINUTE)
    at = NOW + 5 * MINUTE
    ticks(at)
    assert len(news(officer, victim, at)) == 1
    assert len(owed(officer, victim, at)) == (0 if told_between else 1)
    assert [one[2] for one in work()].count("open") == (0 if told_between else 1)


def test_two_releases_of_a_day_are_two_and_one_typed_is_one_of_them(
    officer: Acting, victim: str, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:
    agreed(officer, victim, QUIET, now=NOW - DAY)
    detention(**RELEASED)
    detention(2, **RELEASED | {"released_at": "2026-11-24 11:00:00", "arrested_at": "2026-11-24 09:00:00"})
    given = NewHappening(Happening.RELEASE_FROM_CUSTODY, RELEASED_AT, NOW)
    record_happening(by=officer, victim=victim, case="C-10001", given=given)
    ticks(NOW + MINUTE)
    assert [at for _, at in owed(officer, victim, NOW + MINUTE)] == [NOW - HOUR, RELEASED_AT]


def test_what_custody_corrects_is_put_right_and_what_it_takes_back_is_nobodys_work(
    officer: Acting, victim: str, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:
    detention(**RELEASED)
    ticks(NOW + MINUTE)
    detention(**RELEASED | {"released_at": "2026-11-24 11:20:00", "updated_at": "2026-11-24 11:50:00"})
    ticks(NOW + 2 * MINUTE)
    assert owed(officer, victim, NOW + 2 * MINUTE) == [(Happening.RELEASE_FROM_CUSTODY, NOW - 40 * MINUTE)]
    detention(**RELEASED | {"released_at": "", "disposal": "", "updated_at": "2026-11-24 11:55:00"})
    ticks(NOW + 3 * MINUTE)
    assert owed(officer, victim, NOW + 3 * MINUTE) == []
    assert [state for _, _, state in work()] == ["withdrawn"]
    detention(**RELEASED | {"updated_at": "2026-11-24 11:58:00"})
    ticks(NOW + 4 * MINUTE)
    assert owed(officer, victim, NOW + 4 * MINUTE) == [(Happening.RELEASE_FROM_CUSTODY, RELEASED_AT)]
    assert owed(officer, victim, NOW + MINUTE) == [(Happening.RELEASE_FROM_CUSTODY, RELEASED_AT)], "as known then"
    logged = Event.objects.filter(kind__in=["happening_recorded", "happening_struck"]).order_by("id")
    assert [one.kind for one in logged] == ["happening_recorded"] * 2 + ["happening_struck", "happening_recorded"]


def test_what_is_old_when_it_comes_is_news_only_since_the_first_agreement(
    officer: Acting, victim: str, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:
    old = {"arrested_at": "2026-11-10 09:00:00", "released_at": "2026-11-10 11:00:00", "disposal": "police_bail"}
    detention(**old)
    ticks(NOW + MINUTE)
    assert of_records() == []
    agreed(officer, victim, QUIET, now=NOW - 20 * DAY)
    ticks(NOW + 2 * MINUTE)
    assert [kind for kind, _ in owed(officer, victim, NOW + 2 * MINUTE)] == [Happening.RELEASE_FROM_CUSTODY]


def test_the_victim_of_a_theft_with_whom_nothing_was_agreed_is_nobodys_work(
    system: Acting, tmp_path: Path, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:
    send_victim(system, tmp_path, 1, flags="", home_office_class="45", offence_code="TH68001")
    detention(**RELEASED)
    ticks(NOW + MINUTE)
    assert of_records() == []


def test_nobody_takes_back_what_a_record_tells_but_its_sender(
    officer: Acting, victim: str, detention: Callable[..., None], ticks: Callable[..., None]
) -> None:

    detention(**RELEASED)
    ticks(NOW + MINUTE)
    with pytest.raises(NotPermitted):
        strike_happening(by=officer, victim=victim, number=of_records()[-1].pk)


@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("linked_first", [False, True])
def test_a_planned_release_is_owed_to_her_once_it_is_known_whose_it_is_and_by_its_newest_day(
    linked_first: bool,
    everything: bool,
    system: Acting,
    tmp_path: Path,
    officer: Acting,
    victim: str,
    ticks: Callable[..., None],
) -> None:
    agreed(officer, victim, QUIET, now=NOW - 2 * DAY)
    his = CaseRole.objects.for_system("a test").get(role="suspect").record_id
    send_release(system, tmp_path, planned_on="2026-11-27")
    released = SourceRecord.objects.for_system("a test").get(source_key__startswith="releases/").pk
    if linked_first:
        score(system, his, released)
    ticks(NOW + MINUTE)
    assert [day_of(at) for _, at, _ in work()] == ([date(2026, 11, 27)] if linked_first else [])
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        if linked_first:
            send_release(system, tmp_path, planned_on="2026-11-26", updated_at="2026-11-24 12:01:00")
        else:
            score(system, his, released)
    ticks(NOW + 3 * MINUTE, everything=everything)
    day = date(2026, 11, 26) if linked_first else date(2026, 11, 27)
    assert [(why, day_of(at), state) for why, at, state in work()] == [("release_from_prison", day, "open")]
