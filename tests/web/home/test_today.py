"""What needs doing today: the right rows for each role, each section in one state, at a cost that does not grow."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.intake.actions import start_run
from craffu.intake.feeds import FEEDS
from craffu.intake.queries import open_rows
from craffu.intake.releasing import release
from craffu.web.home import presenters
from craffu.web.home.presenters import EMPTY, TITLES
from craffu.web.home.row import Section
from craffu.web.home.rows import PROVIDED
from craffu.web.statuses import SOURCE_WORDS
from tests.factories.court_messages import court_message, next_hearing, offence, result
from tests.factories.stories import held_back
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of


def set_for(day: str, number: int = 1) -> bytes:
    put_off = [
        offence(sequence=sequence, results=[result(next_hearing=next_hearing(date=day))]) for sequence in ("001", "002")
    ]
    return court_message(
        ptiurn=f"63AA00002{number:02}",
        asn=f"2563AA01000000002{number:02}K",
        given_names=(f"Day{number}",),
        hearing_date="2026-01-02",
        offences=put_off,
    )


@pytest.mark.parametrize("role", ["investigator", "victim_officer"])
def test_hearings_of_today_and_of_the_next_seven_days_stand_in_their_sections(
    role: str, take_in_files: TakeIn, codes: None, signed_in_client: Callable[..., Client], frozen_clock: Any
) -> None:
    days = ["2026-01-13", "2026-01-14", "2026-01-15", "2026-01-21", "2026-01-22"]
    take_in_files({f"{number}.xml": set_for(day, number) for number, day in enumerate(days, 1)})
    words = text_of(signed_in_client(role).get("/"))
    today = words[words.index("Due today (1)") : words.index("Next 7 days (2)")]
    week = words[words.index("Next 7 days (2)") : words.index("Waiting on others")]
    assert "Prepare for the hearing of P-10002 in case C-10002" in today
    assert "Day2 PENHALIGON. 14 January 2026, 10:00. Llanelli" in today
    assert "P-10003" in week
    assert "Due tomorrow, 15 January 2026" in week
    assert "P-10004" in week
    assert "Due 21 January 2026" in week
    assert "P-10001" not in today + week
    assert "P-10005" not in today + week
    in_welsh = signed_in_client(role).get("/cy/").content.decode()
    assert re.search(r'10:00\. <span lang="en">[^<]*Llanelli', in_welsh), (
        "a court is called what it is called in English"
    )


def test_the_day_turns_at_midnight_in_london(take_in_files: TakeIn, signed_in_client: Callable[..., Client]) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False):
        take_in_files({"1.xml": set_for("2026-06-15")})
    with time_machine.travel(datetime(2026, 6, 14, 23, 30, tzinfo=UTC), tick=False):
        assert "Due today (1)" in text_of(signed_in_client("investigator").get("/"))


def test_a_hearing_that_an_amended_message_took_back_is_not_listed(
    take_in_files: TakeIn, signed_in_client: Callable[..., Client], frozen_clock: Any
) -> None:
    take_in_files({"1.xml": set_for("2026-01-15"), "2.xml": set_for("2026-03-15")})
    assert "Nothing is due in the next 7 days." in text_of(signed_in_client("investigator").get("/"))


def test_the_newest_court_results_come_first_and_amended_ones_say_so(
    take_in_files: TakeIn, signed_in_client: Callable[..., Client]
) -> None:
    take_in_files(held_back())
    words = text_of(signed_in_client("supervisor").get("/"))
    told = "New court results Read the result of 3 March 2025 for P-10001 in case C-10001 Idris EXAMPLE. Received: "
    assert told in words
    assert "Amended" in words[words.index("New court results") :]


DUMMY = "0800PP0100000000001H"


def on_one_day(text: str, **more: str | None) -> bytes:
    who = {"asn": DUMMY, "family_name": "EXAMPLE", "birth_date": "1988-03-02", "hearing_date": "2025-04-03", **more}
    return court_message(**who, offences=[offence(results=[result(text=text)])])


@pytest.mark.rule("INT-01")
def test_a_result_is_amended_by_what_was_received_before_it_whenever_that_was_stored(
    take_in_files: TakeIn, acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client]
) -> None:
    """A message parked on Monday and released on Wednesday is the earlier word, whatever number it is stored under."""
    officer, reviewer = signed_in_client("supervisor"), acting_as("link_clerk")

    def new_results() -> str:
        words = text_of(officer.get("/"))
        return words[words.index("New court results") :]

    with time_machine.travel(datetime(2026, 1, 12, 9, tzinfo=UTC), tick=False):
        take_in_files({"1.xml": on_one_day("Adjourned", hearing_date="2025-03-03")})
        take_in_files({"1.xml": on_one_day("Fined", birth_date=None)})
    with time_machine.travel(datetime(2026, 1, 13, 9, tzinfo=UTC), tick=False):
        take_in_files({"1.xml": on_one_day("Discharged")})
    with time_machine.travel(datetime(2026, 1, 14, 9, tzinfo=UTC), tick=False):
        assert "Amended" not in new_results()
        release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="rang the court")
        words, person = new_results(), text_of(officer.get("/people/P-10001"))
    assert words.count("Read the result of 3 April 2025 for P-10001 in case C-10001") == 1
    assert (
        "Read the result of 3 April 2025 for P-10001 in case C-10001 Idris EXAMPLE. Received: 13 January 2026, 09:00 Amended"
        in words
    )
    assert "This message replaced one received on 12 January 2026, 09:00." in person


@pytest.mark.rule("INT-06")
def test_an_analyst_is_told_which_sources_are_not_available(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    words = text_of(signed_in_client("analyst").get("/"))
    now = words[words.index("Do now (1)") : words.index("Due today")]
    assert (
        f"Get the sources taken in that have sent nothing yet: {len(FEEDS)} Court results, Official code lists" in now
    )
    assert "Not available" in now
    assert [one for one in FEEDS if str(SOURCE_WORDS[one]) not in now] == [], "each by its name"


def test_an_analyst_sees_what_went_wrong_until_it_has_gone_right(
    take_in_files: TakeIn, codes: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("analyst")
    refused = take_in_files({"1.xml": b"<?xml version='1.0'?><CourtList/>"}).run.reference
    assert f"Look at intake run {refused}" in text_of(client.get("/"))
    assert "Refused" in text_of(client.get("/"))
    take_in_files({"1.xml": court_message()})
    words = text_of(client.get("/"))
    assert "Look at intake run" not in words
    assert f"that have sent nothing yet: {len(FEEDS) - 2} Police records" in words


@pytest.mark.rule("INT-04")
def test_rows_held_back_are_brought_to_those_who_decide_or_correct_them(
    take_in_files: TakeIn, codes: None, signed_in_client: Callable[..., Client]
) -> None:
    run = take_in_files(held_back()).run.reference
    analyst, clerk = (text_of(signed_in_client(role).get("/")) for role in ("analyst", "link_clerk"))
    assert f"Decide parked rows of {run}: 1" in analyst
    assert f"Have rejected rows of {run} corrected: 1" in analyst
    assert f"Decide parked rows of {run}: 1" in clerk
    assert "rejected rows" not in clerk


def test_a_run_under_way_is_waited_for(system: Acting, codes: None, signed_in_client: Callable[..., Client]) -> None:
    run = start_run(by=system, kind="court-results", mapping_version="1")
    words = text_of(signed_in_client("analyst").get("/"))
    assert f"Waiting on others (1) Intake run {run.reference} is under way" in words


def test_whoever_holds_two_roles_sees_each_row_once(
    take_in_files: TakeIn, codes: None, signed_in_client: Callable[..., Client], visit: Visit
) -> None:
    run = take_in_files(held_back()).run.reference
    answer, rows = visit(signed_in_client("investigator", "analyst", "link_clerk"), "/")
    words = text_of(answer)
    assert words.count(f"Decide parked rows of {run}: 1") == 1
    assert "New court results" in words
    assert len(rows) == 1
    assert {f"run/{run}", "person/P-10001", "case/C-10001"} <= set(refs_said_by(rows[0]))


@pytest.mark.parametrize(
    "role", sorted({*ROLE_KEYS} - {role for one in PROVIDED if not one.of_all for role in one.roles})
)
def test_a_role_without_work_here_yet_is_told_so(role: str, signed_in_client: Callable[..., Client]) -> None:
    words = text_of(signed_in_client(role).get("/"))
    assert "Craffu does not bring work to your role yet." in words
    assert "Do now" not in words
    page = signed_in_client(role).get("/").content.decode()
    has_more = any(name in page for name in ("People", "Profiles", "Audit", "Champions", "My reviews"))
    assert ("You can open the parts of Craffu named at the top of the page." in words) is has_more


@pytest.mark.slow
def test_ten_rows_a_section_and_all_of_them_a_page_away(
    take_in_files: TakeIn,
    signed_in_client: Callable[..., Client],
    frozen_clock: Any,
    django_assert_max_num_queries: Any,
    visit: Visit,
) -> None:
    client = signed_in_client("investigator")
    take_in_files({"1.xml": set_for("2026-01-16", 1)})
    with django_assert_max_num_queries(20) as few:
        client.get("/")
    take_in_files({f"{number}.xml": set_for("2026-01-16", number) for number in range(2, 14)})
    with django_assert_max_num_queries(20) as many:
        answer = client.get("/")
    words = text_of(answer)
    assert len(few) == len(many)
    week = words[words.index("Next 7 days (13)") : words.index("Waiting on others")]
    assert week.count("Prepare for the hearing") == 10
    assert "View all (13)" in week
    everything, rows = visit(client, "/today/next-7-days")
    assert text_of(everything).count("Prepare for the hearing") == 13
    assert len([ref for ref in refs_said_by(rows[0]) if ref.startswith("person/")]) == 13


@pytest.mark.rule("SEC-04")
def test_the_log_names_whoever_the_page_had_room_for_and_nobody_else(
    take_in_files: TakeIn,
    signed_in_client: Callable[..., Client],
    frozen_clock: Any,
    visit: Visit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presenters, "MOST_SHOWN", 1)
    take_in_files({f"{number}.xml": set_for("2026-01-16", number) for number in (1, 2, 3)})
    answer, rows = visit(signed_in_client("investigator"), "/")
    shown = {f"person/{reference}" for reference in re.findall(r"P-\d+", text_of(answer))}
    assert len(shown) == 2, "the next hearing, and the newest result"
    logged = [ref for ref in refs_said_by(rows[0]) if ref.startswith("person/")]
    assert set(logged) == shown


def test_a_section_that_does_not_exist_is_not_found(signed_in_client: Callable[..., Client]) -> None:
    assert signed_in_client("analyst").get("/today/yesterday").status_code == 404


def test_every_section_has_a_title_and_an_empty_state_in_both_languages() -> None:
    assert set(TITLES) == set(EMPTY) == set(Section)
    for section in Section:
        english = (str(TITLES[section]), str(EMPTY[section]))
        with translation.override("cy"):
            assert (str(TITLES[section]), str(EMPTY[section])) != english


MAY_SEARCH = frozenset({*OPS, "response_officer", "victim_officer", "link_clerk", "auditor"})


@pytest.mark.parametrize("role", ROLE_KEYS)
def test_whoever_may_search_searches_from_the_first_page(
    role: str, db: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client(role)
    form = re.search(r'<form method="post" action="([^"]*)"[^>]* role="search">', client.get("/cy/").content.decode())
    assert (form is not None) == (role in MAY_SEARCH)
    if form:
        assert client.post(form[1], {"words": "penhaligom"}).headers["Location"].startswith("/cy/search/answers/")
        assert "Mae problem" in text_of(client.post(form[1], {"words": ""}))
