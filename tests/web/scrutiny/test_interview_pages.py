"""Interviews in pages: read out, consented to, written down, quoted, printed, taken back; a danger told on (VIC-08, VIC-11)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.common import clock as clocks
from craffu.daily.ticking import tick
from craffu.scrutiny.models import Interview
from tests.factories.interviews import SAID, TOLD, answered, held, referred
from tests.web.conftest import text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIST = "/scrutiny/interviews"
ONE = f"{LIST}/I-10001"
NEW = {
    "whom": "staff", "post": "response", "band": "small", "review": "Deep dive 2026", "question": "q1", "language": "en",
    "on_day": "24", "on_month": "11", "on_year": "2026", "at": "11:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("scrutiny_officer", username="first")


def by(client: Client) -> Acting:
    return acting_user(client.user)  # type: ignore[attr-defined]


def read_out(client: Client, at_noon: Any, address: str = ONE) -> str:
    """What was read goes along, and a minute passes."""
    body = client.post(f"{address}/consent").content.decode()
    at_noon.shift(timedelta(minutes=1))
    found = re.search(r'name="shown" value="([^"]+)"', body)
    assert found is not None
    return found.group(1)


@pytest.mark.rule("VIC-08")
def test_an_interview_of_staff_goes_from_consent_to_a_quote_and_its_print(officer: Client, at_noon: Any) -> None:
    assert "No interview of practice has been recorded" in text_of(officer.get(LIST))
    lacks = text_of(officer.post(f"{LIST}/new", {**NEW, "post": ""}))
    assert "Of somebody in the force, choose their work" in lacks
    ahead = text_of(officer.post(f"{LIST}/new", {**NEW, "at": "13:00"}))
    assert "This lies in the future" in ahead
    begun = text_of(officer.post(f"{LIST}/new", NEW, follow=True))
    assert "Nobody who works on cases can open it" in begun
    assert "the defence" not in begun, "the notice is a victim's"
    assert "Consent not asked for yet" in text_of(officer.get(ONE))
    assert officer.get(f"{ONE}/answers/work").status_code == 302, "without consent nothing is asked"
    shown = read_out(officer, at_noon)
    no_consent = text_of(officer.post(f"{ONE}/consent/given", {"shown": shown, "by_whom": "self"}))
    assert "Without their consent that their words are kept, nothing is written down." in no_consent
    said = {"shown": shown, "by_whom": "self", "uses": ["keep", "quote"]}
    done = text_of(officer.post(f"{ONE}/consent/given", said, follow=True))
    assert "Their consent is recorded. Give them the reference." in done
    assert "Words on consent: version 1, English" in done
    assert "How does a victim come to know" in done
    in_welsh = officer.get(f"/cy{ONE}").content.decode()
    asked = re.findall(r"<([^<>]*)>[: ]*How does a victim come to know", in_welsh)
    assert len(asked) > 1
    assert all('lang="en"' in tag for tag in asked), "a question is in the language of the interview wherever it stands"
    assert "When do you think of asking for an order" not in done, "it serves another of the review's questions"
    assert officer.get(f"{ONE}/answers/orders").status_code == 404
    assert "Write down what they say" in text_of(officer.post(f"{ONE}/answers/work", {"words": ""}))
    kept = text_of(officer.post(f"{ONE}/answers/work", {"words": SAID, "note": "Tired."}, follow=True))
    assert "Nobody rings." in kept
    assert "Interviewer’s note: Tired." in kept
    wrong = text_of(officer.post(f"{ONE}/answers/work/quote", {"words": "Somebody rings."}))
    assert "That is not in their answer word for word." in wrong
    officer.post(f"{ONE}/answers/work/quote", {"words": "Nobody rings."})
    printed = text_of(officer.get(f"{ONE}/print"))
    assert "Nobody rings." in printed
    assert "We never hear" not in printed, "what is no quote is on no paper"
    assert "Tired" not in printed
    assert "Consent stands" in text_of(officer.get(LIST))


@pytest.mark.rule("VIC-11")
@pytest.mark.rule("BIL-01")
def test_a_victim_is_told_in_welsh_who_may_read_and_only_what_was_read_to_them_counts(
    officer: Client, at_noon: Any
) -> None:
    assert "no post in the force" in text_of(officer.post(f"{LIST}/new", {**NEW, "whom": "victim"}))
    officer.post(f"{LIST}/new", {**NEW, "whom": "victim", "post": "", "band": "", "language": "cy"})
    page = officer.get(f"{ONE}/consent").content.decode()
    assert page.index("yr amddiffyniad") < page.index("Ni all neb sy’n gweithio ar achosion"), "the notice comes first"
    assert "the defence" not in page
    given = {"by_whom": "self", "uses": ["keep"]}
    assert officer.post(f"{ONE}/consent/given", {**given, "shown": "made up"}).status_code == 302
    officer.post(f"{LIST}/new", {**NEW, "review": "Another"})
    other = read_out(officer, at_noon, f"{LIST}/I-10002")
    assert officer.post(f"{ONE}/consent/given", {**given, "shown": other}).status_code == 302, (
        "read for another interview"
    )
    shown = read_out(officer, at_noon)
    done = text_of(officer.post(f"{ONE}/consent/given", {**given, "shown": shown}, follow=True))
    assert "Told who may come to read their words: notice 1" in done
    assert "Consent stands, not to be quoted" in done
    officer.post(f"{ONE}/answers/first", {"words": "Neb."})
    assert officer.get(f"{ONE}/answers/first/quote").status_code == 302, "they did not agree to be quoted"


@pytest.mark.rule("VIC-08")
def test_what_is_taken_back_is_gone_from_the_page_the_quote_and_the_print(officer: Client) -> None:
    answered(by(officer))
    form = text_of(officer.get(f"{ONE}/withdrawn"))
    assert "Ask for no reason" in form
    assert "Choose what they take back" in text_of(officer.post(f"{ONE}/withdrawn", {}))
    less = text_of(officer.post(f"{ONE}/withdrawn", {"back": "quote"}, follow=True))
    assert "Passages no longer to be quoted: 1" in less
    assert SAID.splitlines()[1] in less
    assert SAID.splitlines()[0] not in text_of(officer.get(f"{ONE}/print"))
    gone = text_of(officer.post(f"{ONE}/withdrawn", {"back": "keep"}, follow=True))
    assert "They took this back. Nobody can read it here." in gone
    assert "Consent taken back" in gone
    for words in (*SAID.splitlines(), "Note on:"):
        for path in (ONE, f"{ONE}/print"):
            assert words not in officer.get(path).content.decode()
    assert officer.get(f"{ONE}/answers/work").status_code == 302
    assert "There is no such consent" in text_of(officer.post(f"{ONE}/withdrawn", {"back": "keep"}))


@pytest.mark.rule("SEC-01")
def test_whoever_asked_reads_their_own_alone_and_casework_reads_none(
    officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    asker = signed_in_client("analyst", username="asker")
    answered(by(officer))
    held(by(asker), review="Theirs")
    assert text_of(asker.get(LIST)).count("I-1000") == 1
    assert asker.get(ONE).status_code == 403
    assert asker.get(f"{LIST}/I-10002").status_code == 200
    assert officer.get(f"{LIST}/I-10002").status_code == 200
    both = signed_in_client("scrutiny_officer", "supervisor", username="both")
    assert both.get(ONE).status_code == 403
    assert "Interviews of practice are read by nobody who does" in both.get(LIST).content.decode()


@pytest.mark.rule("VIC-08")
def test_a_danger_is_told_on_and_the_force_sees_no_word_of_the_interview(
    officer: Client, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    one = answered(by(officer))
    assert "Choose what may happen" in text_of(officer.post(f"{ONE}/live-risk", {}))
    given = {"danger": "harm", "told": TOLD, "reach": "01632 960001"}
    told = text_of(officer.post(f"{ONE}/live-risk", given, follow=True))
    assert "The force is told." in told
    assert "The force has not said yet what it did" in told
    tick(force=system.force, at=clocks.now())
    inspector = signed_in_client("supervisor", username="second")
    queue = text_of(inspector.get("/queues/live-risks?tab=unassigned"))
    assert "Act on live risk LR-10001 now" in queue
    page = inspector.get("/live-risks/LR-10001")
    for words in (*SAID.splitlines(), one.reference, "Note on:"):
        assert words not in page.content.decode()
        assert words not in queue
    assert TOLD in text_of(page)
    assert TOLD not in queue
    assert "Choose what came of it" in text_of(inspector.post("/live-risks/LR-10001", {}))
    acted = {"done": "made_safe", "words": "A car stands outside."}
    assert "Somebody was made safe" in text_of(inspector.post("/live-risks/LR-10001", acted, follow=True))
    seen = text_of(officer.get(ONE))
    assert "The force has acted" in seen
    assert "A car stands outside" not in seen, "casework stays with the force"
    assert inspector.get("/live-risks/LR-10009").status_code == 404


def test_a_page_asks_the_same_however_much_there_is(officer: Client) -> None:
    counts = []
    for number in (1, 9):
        for one in range(number):
            interview = held(by(officer), review=f"{number} {one}")
            referred(by(officer), interview, f"{number} {one}")
        with CaptureQueriesContext(connection) as taken:
            officer.get(LIST)
        counts.append(len(taken))
    assert Interview.objects.for_system("a test").count() == 10
    assert counts[0] == counts[1]
