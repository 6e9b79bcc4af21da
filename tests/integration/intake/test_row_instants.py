"""Every row is known from its own instant, never from the start of the run it came in (INT-01, INT-02; X10)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.cases.models import CaseRole, HearingVersion
from craffu.cases.queries import latest_versions
from craffu.common import clock
from craffu.intake.models import HeldRow
from craffu.intake.queries import open_rows
from craffu.intake.releasing import release
from craffu.intake.running import Done
from craffu.people.models import RecordVersion, SourceRecord
from tests.factories.court_messages import court_message, offence, result

DUMMY = "0800PP0100000000001H"
MICROSECOND = timedelta(microseconds=1)


def told(text: str, *, birth_date: str | None, day: str = "2025-04-03") -> bytes:
    charges = [offence(results=[result(text=text)])]
    return court_message(asn=DUMMY, family_name="EXAMPLE", birth_date=birth_date, hearing_date=day, offences=charges)


def someone(number: int) -> bytes:
    return court_message(ptiurn=f"63AA000000{number}", asn=None, family_name=f"NUMBER{'ABCDEFGHI'[number]}")


def known_from() -> list[datetime]:
    versions = HearingVersion.objects.for_system("reading back").order_by("id")
    assert all(version.received_at == version.known_from for version in versions)
    return [version.known_from for version in versions]


@pytest.fixture
def minutes_per_row(monkeypatch: pytest.MonkeyPatch, frozen_clock) -> Callable[[float], None]:
    """Let the clock move on, or back, by so many minutes whenever somebody has asked it the time."""

    def moving(minutes: float) -> None:
        still = clock.now

        def ask() -> datetime:
            answer = still()
            frozen_clock.shift(timedelta(minutes=minutes))
            return answer

        monkeypatch.setattr(clock, "now", ask)

    return moving


@pytest.mark.rule("INT-02")
def test_a_question_about_an_instant_within_a_run_shows_what_was_there_then_and_no_more(
    system: Acting, take_in_messages: Callable[..., Done], minutes_per_row: Callable[[float], None]
) -> None:
    minutes_per_row(10)
    done = take_in_messages(*map(someone, range(1, 5)))
    instants = known_from()
    assert done.run.started_at < instants[0]
    assert all(later - earlier >= timedelta(minutes=10) for earlier, later in pairwise(instants))
    between = instants[1] + timedelta(minutes=5)
    assert latest_versions(system, between).count() == 2
    assert latest_versions(system, done.run.started_at).count() == 0


@pytest.mark.rule("INT-02")
def test_all_that_a_row_brings_is_known_from_one_instant(
    take_in_messages: Callable[..., Done], minutes_per_row
) -> None:
    minutes_per_row(1)
    take_in_messages(court_message())
    rows = [
        *(model.objects.for_system("reading back").get() for model in (SourceRecord, RecordVersion, CaseRole)),
        HearingVersion.objects.for_system("reading back").get(),
    ]
    assert len({row.known_from for row in rows}) == 1


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("minutes", [0, -1])
def test_the_rows_of_a_run_stand_in_their_order_though_the_clock_stands_still_or_goes_back(
    take_in_messages: Callable[..., Done], minutes_per_row: Callable[[float], None], minutes: int
) -> None:
    minutes_per_row(minutes)
    take_in_messages(*map(someone, range(1, 5)))
    instants = known_from()
    assert instants == sorted(set(instants))
    assert instants[-1] == instants[0] + 3 * MICROSECOND


@pytest.mark.rule("INT-01")
def test_a_held_row_is_received_when_it_came_so_that_it_stays_older_than_a_later_one_of_the_same_run(
    system: Acting, make_user, take_in_messages: Callable[..., Done], frozen_clock
) -> None:
    first = told("First", birth_date="1988-03-02", day="2025-03-03")
    done = take_in_messages(first, told("Old", birth_date=None), told("New", birth_date="1988-03-02"))
    assert (done.run.created, done.run.parked) == (2, 1)
    held = HeldRow.objects.for_system("reading back").get()
    assert known_from()[0] < held.received_at < known_from()[1]

    reviewer = acting_user(make_user("link_clerk"))
    frozen_clock.shift(timedelta(hours=1))
    (released,) = release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="")
    assert (released.outcome, released.reason) == ("unchanged", "older_version")
    latest = latest_versions(system).order_by("-id").first()
    assert latest is not None
    assert latest.charges.get().results.get().text == "New"
    late = HearingVersion.objects.for_system("reading back").latest("id")
    assert (late.received_at, late.known_from) == (held.received_at, clock.now())
