"""A victim's page, the agreement question by question, and contacts: what is shown, refused, kept, and to whom (P17 to P19)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.people.models import RecordedContact
from craffu.people.queries import contacts_of, identities
from craffu.victims.agreements.actions import decline, record_feared_date
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.models import AgreementVersion, Contact, Promise
from craffu.victims.notices.code import CODE_2021
from craffu.victims.safeguarding.actions import record_measure, record_measure_told
from craffu.victims.safeguarding.facts import NewMeasure, NewTelling
from craffu.victims.safeguarding.kinds import Felt, Measure
from craffu.web.victims.words import TELLERS
from tests.factories.victims import A_DAY, A_MINUTE, AGREED, agreed, send_victim, victim_of
from tests.web.conftest import text_of
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANSWERS: dict[str, dict[str, Any]] = {
    "language": {"language": "cy"},
    "how": {"channels": ["telephone", "text_message"], "message": "no", "never_say": "", "safe_word": "mwyalchen"},
    "when": {"from_1": "9.00", "to_1": "17:30", "from_2": "", "to_2": ""},
    "urgent": {"urgent": "text_message", "urgent_words": ""},
    "how-often": {"frequency": "7"},
    "asking": {"asking": "before_change"},
    "what": {},
    "others": {"others_told": "", "survey": "no"},
    "who": {
        "officer": "test officer", "next_revisit_on_day": "22", "next_revisit_on_month": "12",
        "next_revisit_on_year": "2026",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@kept(at=NOW)
def victim(world: World) -> str:
    return send_victim(world.system, world.folder)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer")


@pytest.fixture
def by(officer: Client) -> Acting:
    return acting_user(officer.user)  # type: ignore[attr-defined]


def page(client: Client, victim: str, part: str = "", language: str = "") -> str:
    answer = client.get(f"{language}/victims/{victim}{part}")
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def value_of(client: Client, path: str, name: str) -> str:
    """What a field of a form stands at."""
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', client.get(path).content.decode())[:1]
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


@pytest.mark.rule("VIC-01")
def test_what_is_wrong_with_a_time_says_which_time_it_is(officer: Client, victim: str) -> None:
    for said in ("", "25:00"):
        answer = text_of(
            officer.post(f"/victims/{victim}/agreement/when", {"from_1": said, "to_1": said, "from_2": "99"})
        )
        for field in ("Safe from", "Safe until", "And from (optional)"):
            assert f"{field}: enter the time by the 24-hour clock, such as 14:30" in answer
    welsh = text_of(officer.post(f"/cy/victims/{victim}/agreement/when", {}))
    assert "Diogel o: rhowch yr amser yn ôl y cloc 24 awr, megis 14:30" in welsh


@pytest.mark.rule("VIC-01")
def test_an_agreement_is_made_question_by_question_and_checked_before_it_stands(officer: Client, victim: str) -> None:
    at = f"/victims/{victim}/agreement"
    for part, given in ANSWERS.items():
        if part in ("asking", "what"):
            # They have an answer from the start; nobody is asked again for what stands.
            continue
        answer = officer.post(f"{at}/{part}", given)
        assert answer.status_code == 302, text_of(answer)
    assert officer.post(f"{at}/asking", ANSWERS["asking"]).headers["Location"] == f"{at}/check"
    assert not AgreementVersion.objects.for_system("a test").exists()
    check = officer.get(f"{at}/check")
    assert "Only before something changes" in text_of(check)
    assert "mwyalchen" not in text_of(check)
    version = value_of(officer, f"{at}/check", "version")
    assert officer.post(f"{at}/check", {"version": version, "occasion": "report"}).headers["Location"] == at
    row = AgreementVersion.objects.for_system("a test").get()
    assert (row.channels, row.times, row.safe_word, row.occasion) == (
        ["telephone", "text_message"], [["09:00", "17:30"]], "mwyalchen", "report",
    )  # fmt: skip
    assert row.officer == officer.user, "their name is an account's"  # type: ignore[attr-defined]


HERS_ALONE = ("mwyalchen", "not a word of the court", "knock twice at the back", "a sister in Wrexham")


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ("cy", ["Sut rydym yn cadw mewn cysylltiad"]),
        ("en", ["How we keep in touch"]),
        ("both", ["Sut rydym yn cadw mewn cysylltiad", "How we keep in touch"]),
        ("other", ["Sut rydym yn cadw mewn cysylltiad", "How we keep in touch"]),
    ],
)
@pytest.mark.parametrize("language", ["", "/cy"])
def test_a_copy_for_them_is_in_their_language_and_holds_nothing_that_betrays_them(
    officer: Client, by: Acting, victim: str, chosen: str, titles: list[str], language: str
) -> None:
    hers = {"urgent_words": HERS_ALONE[2], "others_told": HERS_ALONE[3]}
    agreed(by, victim, replace(AGREED, language=chosen, not_wanted=("charge",), **hers))
    assert (
        f'href="{language}/victims/{victim}/agreement/copy"'
        in officer.get(f"{language}/victims/{victim}/agreement").content.decode()
    )
    html = officer.get(f"{language}/victims/{victim}/agreement/copy").content.decode()
    papers = re.findall(r'<section class="craffu-hers" lang="(\w\w)">(.*?)</section>', html, re.DOTALL)
    assert [re.findall(r"<h2[^>]*>(.*?)</h2>", paper)[0] for _, paper in papers] == titles
    assert [one for one, _ in papers] == [("cy" if title.startswith("Sut") else "en") for title in titles]
    name = identities(by, [victim_of(by, victim).person]).popitem()[1].family_name
    for _, paper in papers:
        for betrays in (*HERS_ALONE, victim, "C-10001", name):
            assert betrays not in paper, betrays
        assert "Test Officer" in paper
        assert "999" in paper
    welsh = [paper for one, paper in papers if one == "cy"]
    # Yes and no are said with the verb of the question.
    assert all("Na chewch" in paper and ">Na<" not in paper for paper in welsh)
    assert ("have an interpreter read it out" in html) is (chosen == "other" and not language)


@pytest.mark.rule("VIC-01")
def test_a_copy_says_what_was_agreed_and_there_is_none_of_what_was_not(
    officer: Client, by: Acting, victim: str
) -> None:
    assert officer.get(f"/victims/{victim}/agreement/copy").status_code == 404
    agreed(by, victim, replace(AGREED, language="en"))
    words = page(officer, victim, "/agreement/copy")
    for said in (
        "This is what you agreed with us on 24 November 2026.",
        "How we may reach you Telephone, Text message",
        "May we leave a message? No",
        "When it is safe 09:00 to 17:30",
        "At any hour, if it is urgent Text message",
        "How often we are in touch Every week",
        "What you do not want to hear about Nothing: you want to hear everything",
        "Your safe word You have agreed one with us. It is not written here.",
        "We ask you again on 22 December 2026",
    ):
        assert said in words, said
    decline(by=by, victim=victim, seen=edit_version(versions_of(by, victim_of(by, victim).records)))
    assert officer.get(f"/victims/{victim}/agreement/copy").status_code == 404
    assert "A copy for them to keep" not in page(officer, victim, "/agreement")


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize("part", [part for part in ANSWERS if part not in ("what",)])
def test_each_question_says_what_is_missing_and_keeps_what_was_given(
    officer: Client, victim: str, part: str, language: str
) -> None:
    answer = officer.post(f"{language}/victims/{victim}/agreement/{part}", {"never_say": "kept words", "to_1": "25:00"})
    assert answer.status_code == 200
    assert ("There is a problem" if not language else "Mae problem") in text_of(answer)
    if part == "how":
        assert "kept words" in answer.content.decode()


@pytest.mark.rule("VIC-01")
def test_a_wish_changed_by_phone_is_one_question_and_one_confirmation(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, officer=by.user)
    at = f"/victims/{victim}/agreement"
    answer = officer.post(f"{at}/how-often", {"frequency": "14"})
    assert answer.headers["Location"] == f"{at}/check"
    version = value_of(officer, f"{at}/check", "version")
    officer.post(f"{at}/check", {"version": version, "occasion": "none"})
    first, second = AgreementVersion.objects.for_system("a test").order_by("id")
    assert (first.every_days, second.every_days, second.safe_word) == (7, 14, first.safe_word)
    assert "How often: Every two weeks (before: Every week)" in page(officer, victim, "/agreement")


@pytest.mark.rule("VIC-01")
def test_who_confirms_a_draft_that_somebody_overtook_is_told_and_nothing_is_lost(
    officer: Client, by: Acting, victim: str
) -> None:
    agreed(by, victim)
    at = f"/victims/{victim}/agreement"
    version = value_of(officer, f"{at}/check", "version")
    agreed(by, victim, now=NOW + A_MINUTE)
    officer.post(f"{at}/language", {"language": "en"})
    answer = officer.post(f"{at}/check", {"version": version, "occasion": "none"})
    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)
    assert "Language Welsh English" in " ".join(text_of(answer).split()), "both versions, answer by answer"
    assert AgreementVersion.objects.for_system("a test").count() == 2
    again = value_of(officer, f"{at}/check", "version")
    assert officer.post(f"{at}/check", {"version": again, "occasion": "none"}).status_code == 302
    assert AgreementVersion.objects.for_system("a test").order_by("id").last().language == "en"


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize("language", ["", "/cy"])
def test_an_unsafe_attempt_is_refused_logged_and_can_be_made_safe_without_typing_again(
    officer: Client, by: Acting, victim: str, language: str
) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    at = f"{language}/victims/{victim}/contacts/new"
    given = {"how": "spoke", "channel": "email", "when": "now", "told": "what was told"}
    answer = officer.post(at, given)
    assert answer.status_code == 200
    assert "what was told" in answer.content.decode()
    assert ("not a way to reach them" if not language else "ffordd o’u cyrraedd") in text_of(answer)
    assert Event.objects.filter(kind="victim_contact_refused").count() == 1
    assert not Contact.objects.for_system("a test").exists()
    assert officer.post(at, given | {"channel": "telephone"}).status_code == 302
    assert Contact.objects.for_system("a test").get().told == "what was told"


@pytest.mark.rule("VIC-02")
def test_what_was_made_all_the_same_is_shown_as_not_safe(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    given = {"how": "spoke", "channel": "email", "when": "now", "anyway": "made"}
    assert officer.post(f"/victims/{victim}/contacts/new", given).status_code == 302
    assert "Not safe: Way not called safe" in page(officer, victim, "/contacts")


@pytest.mark.rule("VIC-04")
def test_the_next_promise_is_made_in_the_same_step(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    given = {
        "how": "spoke", "channel": "telephone", "when": "now", "next_on_day": "1", "next_on_month": "12",
        "next_on_year": "2026", "next_at": "10:00",
    }  # fmt: skip
    assert officer.post(f"/victims/{victim}/contacts/new", given).status_code == 302
    assert Promise.objects.for_system("a test").order_by("id").last().due_at == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert "1 December 2026, 10:00" in page(officer, victim)


@pytest.mark.rule("VIC-05")
def test_news_stands_on_their_page_with_both_clocks_until_they_are_told(
    officer: Client, by: Acting, victim: str
) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    given = {
        "case": "C-10001", "kind": "release_from_custody", "on_day": "24", "on_month": "11", "on_year": "2026",
        "at": "11:30", "learnt": "now",
    }  # fmt: skip
    assert officer.post(f"/victims/{victim}/happened", given).status_code == 302
    shown = page(officer, victim)
    assert "Tell within the hour" in shown
    assert "24 November 2026, 13:00" in shown, "an hour from when we learnt of it"
    assert "At the outside by 25 November 2026 (Victims’ Code 2021)" in shown
    key = value_of(officer, f"/victims/{victim}/contacts/new", "told_of")
    told = {"how": "spoke", "channel": "telephone", "when": "now", "told_of": [key]}
    assert officer.post(f"/victims/{victim}/contacts/new", told).status_code == 302
    assert "Tell within the hour" not in page(officer, victim)
    assert "Told within the hour" in page(officer, victim, "/contacts")


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("CLK-14")
@pytest.mark.parametrize(("language", "words"), [("", "Not confirmed"), ("/cy", "Heb ei gadarnhau")])
def test_a_limit_that_no_source_confirms_is_shown_and_marked(
    officer: Client, by: Acting, victim: str, language: str, words: str
) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    given = {
        "case": "C-10001", "kind": "charge", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "11:30",
        "learnt": "now",
    }  # fmt: skip
    officer.post(f"/victims/{victim}/happened", given)
    shown = page(officer, victim, "", language)
    assert words in shown
    assert ("Told by: police or prosecution" if not language else "Gan yr heddlu neu’r erlyniad") in shown


@pytest.mark.rule("VIC-04")
def test_an_excuse_is_counted_apart_and_needs_what_bears_it_out(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    promise = promise_contact(by=by, victim=victim, due_at=NOW + A_DAY, now=NOW - A_DAY)
    at = f"/victims/{victim}/promises/{promise.pk}/excuse"
    refused = officer.post(at, {"reason": "not_reachable_with_attempts"})
    assert "needs 3 attempts" in text_of(refused)
    assert officer.post(at, {"reason": "victim_asked_to_wait"}).status_code == 302
    assert "Excused 1" in " ".join(page(officer, victim, "/contacts").split())
    assert officer.get(f"/victims/{victim}/promises/{promise.pk + 1}/excuse").status_code == 404


@pytest.mark.rule("SEC-06")
def test_the_safe_word_and_where_she_is_reached_are_on_no_page_but_the_one_that_logs_it(
    officer: Client, by: Acting, victim: str, signed_in_client: Callable[..., Client]
) -> None:
    agreed(by, victim)
    where = {one.value for one in RecordedContact.objects.for_system("a test")}
    assert where
    for part in ("", "/agreement", "/agreement/check", "/agreement/how", "/contacts", "/contacts/new", "/protected"):
        body = officer.get(f"/victims/{victim}{part}").content.decode()
        assert not [one for one in (*where, AGREED.safe_word) if one in body], part
    shown = text_of(officer.post(f"/victims/{victim}/protected"))
    assert AGREED.safe_word in shown
    assert Event.objects.filter(kind="victim_protected_shown").count() == 1
    for role in ("investigator", "supervisor"):
        assert signed_in_client(role, username=role).post(f"/victims/{victim}/protected").status_code == 403


@pytest.mark.rule("SEC-06")
def test_where_she_is_reached_stands_in_none_of_the_words_in_which_she_agreed(
    officer: Client, by: Acting, victim: str, signed_in_client: Callable[..., Client]
) -> None:
    where = dict(contacts_of(by, victim_of(by, victim).records))
    told = {"never_say": "Not a word of", "urgent_words": "Knock at", "others_told": "Her sister at"}
    for first in ("", "Please: "):
        said = {name: f"{first}{words} {'; '.join(where.values())}" for name, words in told.items()}
        agreed(by, victim, replace(AGREED, **said), now=NOW + len(first) * A_MINUTE)
    record_feared_date(by=by, victim=victim, on=NOW.date(), words=f"He came to {'; '.join(where.values())}")
    limited = signed_in_client("orders_team", username="in-part")
    for client, part in ((officer, ""), (officer, "/agreement"), (officer, "/agreement/feared-date"), (limited, "")):
        body = client.get(f"/victims/{victim}{part}").content.decode()
        assert not [one for one in where.values() if one in body], part
        assert "not shown here" in body, part
    assert "Her sister at" in page(officer, victim, "/agreement")


@pytest.mark.rule("VIC-09")
def test_nothing_of_her_is_on_the_suspects_pages(
    officer: Client, by: Acting, victim: str, signed_in_client: Callable[..., Client]
) -> None:
    agreed(by, victim)
    record_contact(by=by, victim=victim, given=NewContact("telephone", NOW, response="CANARY she said"))
    client = signed_in_client("investigator", username="looks")
    suspect = f"P-{int(victim[2:]) - 1}"
    for path in (f"/people/{suspect}", f"/people/{victim}", "/cases/C-10001", "/people", "/cases"):
        body = client.get(path).content.decode()
        assert not [one for one in ("CANARY", AGREED.never_say, AGREED.safe_word) if one in body], path


@pytest.mark.rule("SEC-01")
def test_offender_managers_and_the_orders_team_see_how_she_is_reached_and_no_more(
    by: Acting, victim: str, signed_in_client: Callable[..., Client]
) -> None:
    agreed(by, victim)
    for role in ("offender_manager", "orders_team"):
        client = signed_in_client(role, username=role)
        shown = page(client, victim)
        assert "Safe now" in shown
        assert "Record a contact" not in shown
        assert "Promises" not in shown
        assert client.get(f"/victims/{victim}/contacts").status_code == 403


@pytest.mark.rule("SEC-02")
def test_a_victim_of_a_restricted_case_shows_a_stub_and_whom_to_ask(
    victim: str, signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting]
) -> None:
    restrict(by=acting_as("supervisor", username="keeper"), kind="case", reference="C-10001", reason="a colleague")
    client = signed_in_client("investigator", username="outside")
    for part in ("", "/agreement", "/contacts/new"):
        answer = client.get(f"/victims/{victim}{part}")
        assert answer.status_code == 403
        assert "C-10001 exists and is restricted" in text_of(answer)


@pytest.mark.rule("SEC-05")
@pytest.mark.parametrize("part", ["", "/contacts", "/agreement"])
def test_a_page_asks_as_many_questions_of_the_database_however_long_the_story(
    officer: Client, by: Acting, victim: str, part: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/victims/{victim}{part}").status_code == 200
        # A test runs in a transaction of its own, so that the row of the log is written between savepoints.
        return sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)

    agreed(by, victim)
    record_contact(by=by, victim=victim, given=NewContact("telephone", NOW, next_due_at=NOW + A_DAY))
    few = queries()
    for place in range(1, 8):
        at = NOW + place * A_MINUTE
        record_contact(by=by, victim=victim, given=NewContact("telephone", at, next_due_at=at + A_DAY), now=at)
        agreed(by, victim, now=at)
    assert queries() == few <= 25


def test_with_everything_that_was_done_for_their_safety_the_page_asks_no_more(
    officer: Client, by: Acting, victim: str
) -> None:
    agreed(by, victim)
    record_contact(by=by, victim=victim, given=NewContact("telephone", NOW, next_due_at=NOW + A_DAY))
    done = record_measure(by=by, victim=victim, given=NewMeasure(Measure.PATROLS, NOW.date(), "Twice a night"))
    told = NewTelling(NOW.date(), "telephone", Felt.SAFER)
    record_measure_told(by=by, victim=victim, measure=done.pk, given=told)
    with CaptureQueriesContext(connection) as asked:
        assert officer.get(f"/victims/{victim}").status_code == 200
    assert sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries) <= 25


def test_the_list_shows_those_with_an_agreement_and_leads_to_their_page(
    officer: Client, by: Acting, victim: str
) -> None:
    assert "No agreement has been made or declined yet" in text_of(officer.get("/victims"))
    agreed(by, victim)
    body = officer.get("/victims").content.decode()
    assert f'href="/victims/{victim}"' in body
    assert f'href="/victims/{victim}"' in officer.get("/cases/C-10001").content.decode()


@pytest.mark.rule("VIC-05")
def test_what_was_recorded_by_mistake_is_taken_back_on_its_page(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, now=NOW - A_DAY)
    given = {
        "case": "C-10001", "kind": "interview", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "11:30",
        "learnt": "now",
    }  # fmt: skip
    officer.post(f"/victims/{victim}/happened", given)
    assert "Tell them: Interview under caution" in page(officer, victim)
    (strike,) = re.findall(
        r'action="(/victims/[^"]*/strike)"', officer.get(f"/victims/{victim}/happened").content.decode()
    )
    assert officer.post(strike).status_code == 302
    assert "Tell them: Interview under caution" not in page(officer, victim)


def test_whoever_tells_them_has_words() -> None:
    assert {limit.who for limit in CODE_2021.limits.values()} == set(TELLERS)
