"""A victim's voice: the notice first, their words to the letter, what became of them, and withdrawal (P17)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.victims.models import View
from tests.factories.records import one_more_of
from tests.factories.victims import send_victim, victim_of
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("VIC-11")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = "Rwy’n ofni <b>pob</b> bore.\r\nNid yw’n ddigon."
SAID = {"subject": "conditions", "came": "telephone", "case": "C-10001", "words": WORDS, "may_see": ["court"]}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def victim(system: Acting, tmp_path: Path) -> str:
    return f"/victims/{send_victim(system, tmp_path)}"


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer")


def notice(client: Client, page: str, language: str = "cy") -> str:
    """Shows the notice; answers with what the next page sends along."""
    answer = client.post(page, {"language": language})
    found = re.search(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found.group(1)


def take(client: Client, victim: str, clock: Any, **said: Any) -> Any:
    shown = said.pop("shown", None) or notice(client, f"{victim}/views/new")
    clock.shift(60)
    return client.post(f"{victim}/views/new/words", {**SAID, "shown": shown, **said}, follow=True)


def views() -> int:
    return int(View.objects.for_system("a test").count())


def test_the_notice_names_every_reader_in_both_languages_before_any_words_are_asked(
    victim: str, officer: Client
) -> None:
    body = officer.get(f"{victim}/views/new").content.decode()
    assert body.count("<textarea") == 0
    for words in ("the court, where", "the defence: ", "whoever decides, where"):
        assert words in body
    for words in ("y llys, lle", "yr amddiffyniad: ", "pwy bynnag sy’n penderfynu, lle"):
        assert words in body
    assert re.findall(r'<section class="govuk-inset-text" lang="(..)">', body) == ["en", "cy"]
    welsh = officer.get(f"/cy{victim}/views/new").content.decode()
    assert re.findall(r'<section class="govuk-inset-text" lang="(..)">', welsh) == ["cy", "en"]
    asked = text_of(officer.post(f"{victim}/views/new", {}))
    assert asked.count("Choose the language in which they were told") == 2


def test_words_are_shown_as_they_were_said_with_their_language_and_the_notice(
    victim: str, officer: Client, clock: Any
) -> None:
    answer = take(officer, victim, clock)
    words = text_of(answer)
    assert "It is recorded, word for word." in words
    assert "The conditions of an order, 24 November 2026, 12:01" in words
    assert "Rwy’n ofni <b>pob</b> bore. Nid yw’n ddigon." in words
    assert '<blockquote class="craffu-quote" lang="cy">Rwy’n ofni &lt;b&gt;' in answer.content.decode()
    assert "How they said it By telephone Welsh Who else may see it The court" in words
    assert "Told before who may read it Notice 1, 24 November 2026, 12:00" in words
    assert "Nothing decided yet" in words
    assert "Dim penderfyniad eto" in text_of(officer.get(f"/cy{victim}/views"))


def test_words_are_not_taken_without_the_notice_nor_with_a_forged_or_old_one(
    victim: str, officer: Client, clock: Any, signed_in_client: Callable[..., Client]
) -> None:
    shown = notice(officer, f"{victim}/views/new")
    stranger = notice(signed_in_client("victim_officer"), f"{victim}/views/new")
    version, _colon, rest = shown.partition(":")
    for wrong in ("", "x", f"{version}x:{rest}", stranger):
        clock.shift(1)
        answer = officer.post(f"{victim}/views/new/words", {**SAID, "shown": wrong})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{victim}/views/new"), wrong
    assert officer.get(f"{victim}/views/new/words").status_code == 302
    clock.shift(12 * 3600 + 1)
    assert officer.post(f"{victim}/views/new/words", {**SAID, "shown": shown}).status_code == 302
    assert views() == 0


def test_a_notice_holds_for_the_one_it_was_shown_to(
    victim: str, officer: Client, clock: Any, system: Acting, tmp_path: Path
) -> None:
    other = f"/victims/{send_victim(system, tmp_path, 2)}"
    shown = notice(officer, f"{other}/views/new")
    clock.shift(60)
    assert officer.post(f"{victim}/views/new/words", {**SAID, "shown": shown}).status_code == 302
    assert views() == 0


def test_what_is_missing_is_said_and_no_word_is_lost(victim: str, officer: Client, clock: Any) -> None:
    answer = take(officer, victim, clock, subject="", came="", words="  Kept \r\n")
    words = text_of(answer)
    assert words.count("Choose what it is about") == words.count("Choose how they say it") == 2
    assert "  Kept \r\n</textarea>" in answer.content.decode()
    assert "They were told who may come to read their words: notice 1" in words
    assert (
        text_of(take(officer, victim, clock, words=" \r\n")).count("Write down what they say, in their own words.") == 2
    )
    assert text_of(take(officer, victim, clock, case="C-10099")).count("There is a problem") == 1
    assert views() == 0


@pytest.mark.rule("VIC-08")
def test_what_was_decided_and_that_they_were_told_stands_with_the_view(
    victim: str, officer: Client, clock: Any
) -> None:
    take(officer, victim, clock)
    page = f"{victim}/views/{View.objects.for_system('a test').get().pk}/answer"
    body = officer.get(page).content.decode()
    seen = re.search(r'name="version" value="([^"]+)"', body)
    assert seen is not None
    decided = {"decided": "The zone stays", "why": "Because of the school", "told": "no", "version": seen.group(1)}
    words = text_of(officer.post(page, decided, follow=True))
    assert "Decided The zone stays Why Because of the school Told what was decided They have not been told" in words
    assert "They have not been told what was decided on 1 view." in words
    told = {**decided, "told": "yes", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "12:01"}
    again = officer.post(page, told)
    assert again.status_code == 409, "made from the version before"
    seen = re.search(r'name="version" value="([^"]+)"', officer.get(page).content.decode())
    assert seen is not None
    told["version"] = seen.group(1)
    for wrong, error in (
        ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day, such as 24 11 2026"),
        ({"at": ""}, "Enter the time, such as 14:30"),
        ({"at": "12:02"}, "That has not come yet. Enter when they were told."),
        ({"at": "11:59"}, "They gave their view later than that."),
        ({"told": ""}, "Choose whether they have been told"),
        ({"decided": ""}, "Enter what was decided"),
    ):
        assert text_of(officer.post(page, {**told, **wrong})).count(error) == 2, error
    words = text_of(officer.post(page, told, follow=True))
    assert "Told what was decided 24 November 2026, 12:01" in words
    assert "They have not been told" not in words
    assert officer.get(f"{victim}/views/99/answer").status_code == 404


@pytest.mark.rule("VIC-08")
def test_those_who_manage_orders_read_the_words_only_where_that_was_agreed(
    victim: str, officer: Client, clock: Any, signed_in_client: Callable[..., Client]
) -> None:
    take(officer, victim, clock)
    take(officer, victim, clock, words="Read by the orders team", may_see=["orders_team"])
    for role in ("orders_team", "offender_manager"):
        client = signed_in_client(role)
        words = text_of(client.get(f"{victim}/views"))
        assert "They have not agreed that you read these words." in words
        assert "ofni" not in words
        assert "Read by the orders team" in words
        assert "Take a view" not in words
        for form in ("views/new", "views/new/words", "withdrawal", "safety", "advocate"):
            assert client.get(f"{victim}/{form}").status_code == 403, form
    assert signed_in_client("response_officer").get(f"{victim}/views").status_code == 403


@pytest.mark.rule("SEC-06", "VIC-09")
def test_T5_where_they_can_be_reached_is_no_part_of_a_view_that_others_read(
    system: Acting, victim: str, officer: Client, clock: Any, signed_in_client: Callable[..., Client]
) -> None:
    hers = victim_of(system, victim.rpartition("/")[2])
    one_more_of(system, hers.record, ("address", "5 Heol Canari, Llandeilo"), key="hers", name=("Sian", "Rees"))
    said = "He knows that I live at 5 Heol Canari, Llandeilo. I am afraid."
    take(officer, victim, clock, words=said, may_see=["orders_team"])
    page = f"{victim}/views/{View.objects.for_system('a test').get().pk}/answer"
    body = officer.get(page).content.decode()
    seen = re.search(r'name="version" value="([^"]+)"', body)
    assert seen is not None
    decided = {"decided": "A patrol at 5 Heol Canari", "why": "5 Heol Canari is known", "told": "no"}
    officer.post(page, {**decided, "version": seen.group(1)})
    for client in (officer, signed_in_client("orders_team")):
        for shown in (f"{victim}/views", victim):
            words = text_of(client.get(shown))
            assert "He knows that I live at [where somebody can be reached: not shown here]" in words
            assert "I am afraid." in words
            assert "A patrol at [where" in words
            assert "Heol Canari" not in words
    assert View.objects.for_system("a test").get().words == said


WITHDRAWS = {
    "case": "C-10001", "on_day": "24", "on_month": "11", "on_year": "2026", "reason": "It is too much now",
    "why": "wants_it_over", "pressure_asked": "yes", "pressure": "None, they say", "safety_reviewed": "yes",
    "not_explored_reason": "",
}  # fmt: skip


@pytest.mark.rule("VIC-07")
def test_withdrawal_is_explored_without_blame_and_closes_nothing(victim: str, officer: Client) -> None:
    page = f"{victim}/withdrawal"
    assert "Nobody is to blame for not supporting an investigation." in text_of(officer.get(page))
    for wrong, error in (
        ({"reason": ""}, "Ask why they no longer support it, and write down what they say."),
        ({"pressure_asked": "no"}, "Ask whether anybody put pressure on them."),
        ({"safety_reviewed": "no"}, "Look at their safety again with them."),
        ({"case": ""}, "Choose the case"),
        ({"on_year": "2027"}, "That day has not come yet."),
    ):
        assert error in text_of(officer.post(page, {**WITHDRAWS, **wrong})), error
    words = text_of(officer.post(page, WITHDRAWS, follow=True))
    assert "What keeps them safe stays open." in words
    assert "Said on 24 November 2026 Case C-10001 Why It is too much now" in words
    assert "Counted as They want it to be over Pressure on them Asked None, they say" in words
    gone = {"reason": "", "pressure_asked": "no", "safety_reviewed": "no", "not_explored_reason": "They moved abroad"}
    words = text_of(officer.post(page, {**WITHDRAWS, **gone}, follow=True))
    assert "Why they could not be asked They moved abroad" in words
    assert "Nid oes bai ar neb" in text_of(officer.get(f"/cy{page}"))
