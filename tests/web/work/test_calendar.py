"""The calendar of one's own due work: begun by whoever proved who they are, read by whoever has its address, ended (ADR 46)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from craffu.access.acting import acting_system
from craffu.access.actions import change_right, close_account
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import change_own_password, sign_out_everywhere
from craffu.audit.models import Event
from craffu.common.door import bookkeeping
from craffu.work.models import CalendarChange, WorkItem
from tests.factories.dues import HOUR
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.web.work.conftest import NOW, Holds

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.rule("SEC-04"), pytest.mark.usefixtures("at_noon")]

PAGE = "/account/calendar"


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    return confirmed(signed_in_client("investigator", username="first"))


def begun(client: Client) -> str:
    """The path at which the calendar lies that is begun now."""
    found = re.search(r"http://testserver(/calendars/\d+/[\w-]+)", client.post(PAGE).content.decode())
    assert found is not None
    return found.group(1)


def test_whoever_has_nothing_to_do_has_a_calendar_that_programs_take(investigator: Client) -> None:
    told = Calendar.from_ical(Client().get(begun(investigator)).content)
    assert [one.name for one in told.subcomponents] == ["VTIMEZONE"]


def test_it_holds_the_references_and_times_of_ones_own_work_and_nothing_else(
    holds: Holds, investigator: Client, make_user: Callable[..., User], visit: Visit
) -> None:
    holds(1, owner=investigator.user)  # type: ignore[attr-defined]
    holds(2, owner=investigator.user, late=NOW + HOUR)  # type: ignore[attr-defined]
    holds(3, owner=make_user("investigator"))
    holds(4)
    path = begun(investigator)
    stranger = Client()
    answer, rows = visit(stranger, path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    told = Calendar.from_ical(answer.content)
    events = told.walk("VEVENT")
    assert (told["version"], "method" in told, told.walk("VTIMEZONE")) == ("2.0", False, [])
    assert all({"uid", "dtstamp", "dtstart"} <= {name.lower() for name in one} for one in events)
    assert [str(one["summary"]) for one in events] == ["Craffu: C-10002", "Craffu: C-10001"]
    assert events[0].decoded("dtstart") == NOW + HOUR
    assert (set(told), str(told["x-wr-calname"])) == ({"PRODID", "VERSION", "X-WR-CALNAME"}, "Craffu")
    for one in events:
        assert set(one) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL", "CLASS", "TRANSP"}, "no words for anybody's"
        assert (str(one["class"]), str(one["url"])) == ("PRIVATE", "http://testserver/")
        assert re.fullmatch(r"work-\d+@[a-z-]+\.craffu", str(one["uid"]))
    assert {"assess", "Assess", "risk"}.isdisjoint(re.findall(r"\w+", answer.content.decode()))
    (row,) = rows
    assert (row.kind, row.actor) == ("calendar_read", "first")
    assert set(refs_said_by(row)) == {"case/C-10001", "case/C-10002"}
    # A program that has it already is told so, and nothing was handed over.
    last = Event.objects.count()
    again = stranger.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content, Event.objects.count()) == (304, b"", last)
    # As many pieces of work, one of them to be done by the end of a day in London.
    moved = WorkItem.objects.for_system("a test").filter(about="C-10002")
    assert bookkeeping(moved.update)(overdue_from=datetime(2026, 11, 26, tzinfo=UTC)) == 1
    answer = stranger.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert answer.status_code == 200
    days = {str(one["summary"]): one.decoded("dtstart") for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert days["Craffu: C-10002"] == date(2026, 11, 25)


def test_the_address_is_shown_once_and_only_the_last_one_opens_anything(investigator: Client) -> None:
    first = begun(investigator)
    page = text_of(investigator.get(PAGE))
    assert "You have a calendar address since 24 November 2026." in page
    assert first.rpartition("/")[2] not in page
    second = begun(investigator)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    kept = CalendarChange.objects.for_system("a test").values_list("digest", flat=True)
    assert not [one for one in kept if first.rpartition("/")[2] in one or second.rpartition("/")[2] in one]
    assert investigator.post(PAGE, {"end": "yes"}).status_code == 302
    assert Client().get(second).status_code == 404
    assert "You have no calendar address" in text_of(investigator.post(PAGE, {"end": "yes"}))
    logged = Event.objects.filter(kind__startswith="calendar").order_by("id").values_list("kind", flat=True)
    assert list(logged) == ["calendar_begun", "calendar_begun", "calendar_read", "calendar_ended"]


def test_whoever_has_not_the_whole_address_learns_nothing(investigator: Client) -> None:
    path = begun(investigator)
    number = investigator.user.pk  # type: ignore[attr-defined]
    for other in (f"{path}x", path[:-1], path.replace(f"/{number}/", f"/{number + 1}/"), f"/calendars/{number}/none"):
        assert Client().get(other).status_code == 404, other
    assert not Event.objects.filter(kind="calendar_read").exists()


def test_it_ends_with_the_account_and_with_the_last_right_to_work_on_a_queue(
    investigator: Client,
    force: Force,
    confirmed: Callable[..., Client],
    signed_in_client: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    system, path = acting_system(force, "a test"), begun(investigator)
    other = confirmed(signed_in_client("investigator", username="second"))
    others = begun(other)
    change_right(by=system, user=investigator.user, right="investigator", held=False, reason="Moved")  # type: ignore[attr-defined]
    close_account(by=system, user=other.user, reason="Left")  # type: ignore[attr-defined]
    caplog.clear()
    assert [Client().get(one).status_code for one in (path, others)] == [404, 404]
    # The server's own log would keep an address that may be good again.
    assert path not in caplog.text


def test_nobody_makes_an_address_at_a_screen_that_was_left_open(investigator: Client, at_noon: Any) -> None:
    at_noon.shift(14 * 60)
    assert "What you had just sent is kept." in text_of(investigator.post(PAGE))
    assert not CalendarChange.objects.for_system("a test").exists()


def test_it_ends_with_a_new_password_and_with_signing_out_everywhere(investigator: Client) -> None:
    user = investigator.user  # type: ignore[attr-defined]
    path = begun(investigator)
    assert Client().get(path).status_code == 200
    sign_out_everywhere(by=acting_user(user), user=user)
    change_own_password(by=acting_user(user), user=user, password="another horse staple 9")
    assert Client().get(path).status_code == 404


@pytest.mark.rule("SEC-01")
def test_an_address_opens_for_half_a_year_and_says_before_that_it_ends(investigator: Client) -> None:
    path = begun(investigator)
    assert "Its last day is 23 May 2027: make a new one before then." in text_of(investigator.get(PAGE))
    ends = datetime(2027, 5, 23, 23, tzinfo=UTC)
    for moment, told in [(ends - timedelta(days=15), []), (ends - timedelta(days=14), [date(2027, 5, 23)])]:
        with time_machine.travel(moment, tick=False):
            events = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
        assert [one.decoded("dtstart") for one in events] == told
    assert "calendar address ends" in str(events[0]["summary"])
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert Client().get(path).status_code == 200
    with time_machine.travel(ends, tick=False):
        assert Client().get(path).status_code == 404
