"""Considering orders in pages: facts, a decision for each kind, what follows, a supervisor's word (P13, P10; ORD-01, ORD-02)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.orders.considering.openings import Why
from craffu.orders.considering.reasons import Reason
from craffu.orders.considering.rules import CaseStage, Fact, Outcome
from craffu.orders.models import OptionDecided, Order
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, Route, Subject
from craffu.web.considering import words
from tests.factories.considering import WORDS, consideration, decide, decision, stalking_case
from tests.factories.records import one_more_of
from tests.logged import refs_said_by
from tests.web.conftest import text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "/cases/C-10001/consider"
LOOK = f"{PAGE}/not-pursued"
SPO = {"SPO-outcome": "apply", "SPO-reason": "necessary", "SPO-words": WORDS}
LATER = {"PHA_INJ-outcome": "defer", "PHA_INJ-reason": "awaits_view", "PHA_INJ-days": "7"}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(system: Acting, tmp_path: Path) -> str:
    return stalking_case(system, tmp_path)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], case: str) -> Client:
    return signed_in_client("investigator", username="first")


@pytest.fixture
def supervisor(signed_in_client: Callable[..., Client], case: str) -> Client:
    return signed_in_client("supervisor", username="second")


def version(client: Client) -> str:
    found = re.search(r'name="version" value="([^"]+)"', client.get(PAGE).content.decode())
    assert found is not None
    return found[1]


def post(client: Client, do: str, follow: bool = True, **said: str) -> Any:
    return client.post(PAGE, {"do": do, "version": version(client), **said}, follow=follow)


@pytest.mark.rule("ORD-01")
def test_the_page_lists_every_kind_with_how_it_stands_what_waits_and_what_is_not_there(officer: Client) -> None:
    shown = text_of(officer.get(PAGE))
    assert "Against Sian Mair Rees (P-10001)" in shown
    assert "Stage Under investigation" in shown
    assert "Not assessed Waiting for 2 hours: clocks run as for high risk" in shown
    assert (
        "Stalking protection order (full) Not yet considered The case was opened. Decide by 26 November 2026, 10:00"
        in shown
    )
    assert "Are the suspect and the victim related" in shown
    assert "These wait for an answer: Non-molestation order, Occupation order" in shown
    assert "Pilot areas only, and this force was not one" in shown
    assert "needs neither a conviction nor the victim’s consent" in shown
    welsh = text_of(officer.get(f"/cy{PAGE}"))
    assert "Gorchymyn diogelu rhag stelcio Heb ei ystyried eto" in welsh
    case_page = text_of(officer.get("/cases/C-10001"))
    assert "Stalking protection order (full) Not yet considered" in case_page
    assert "Consider orders in this case" in case_page


@pytest.mark.rule("ORD-01")
def test_an_answer_brings_the_kinds_that_hang_on_it(officer: Client) -> None:
    shown = text_of(post(officer, "facts", **{"fact-associated": "yes"}))
    assert "The answers are recorded." in shown
    assert "Non-molestation order Not yet considered Something new is known of the case" in shown
    event = Event.objects.get(kind="consideration_fact_said")
    assert refs_said_by(event) == ["case/C-10001"]


@pytest.mark.rule("ORD-01")
@pytest.mark.rule("ORD-02")
def test_decisions_are_checked_confirmed_together_and_say_which_clocks_began(officer: Client) -> None:
    checked = post(officer, "check", **SPO, **LATER)
    shown = text_of(checked)
    assert "Stalking protection order (full) Pursue: the police apply It is necessary to protect somebody" in shown
    assert "Decided again on 1 December 2026" in shown
    assert Order.objects.for_system("a test").count() == 0
    again = text_of(post(officer, "change", **SPO))
    assert WORDS in again
    done = text_of(post(officer, "decide", **SPO, **LATER))
    assert "Your decisions are recorded" in done
    assert "To be lodged by 22 December 2026." in done
    assert "open again from 1 December 2026, to be decided within 48 hours of it." in done
    assert "Stalking protection order (full) Decided to apply Test first, 24 November 2026, 12:00" in done
    assert {one.outcome for one in OptionDecided.objects.for_system("a test")} == {"apply", "defer"}


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize(
    ("said", "words_shown"),
    [
        ({"SPO-words": "short"}, "Give the reason in your own words, in 20 characters or more."),
        ({"SPO-reason": ""}, "Choose the reason."),
        ({"SPO-reason": "bail"}, "This reason does not go with this answer."),
        ({"SPO-outcome": "defer", "SPO-reason": "awaits_view"}, "Say when it is decided again."),
        (
            {"SPO-outcome": "defer", "SPO-reason": "awaits_view", "SPO-days": "15"},
            "It is decided again within 14 days.",
        ),
        ({"SPO-outcome": "defer", "SPO-reason": "awaits_view", "SPO-days": "soon"}, "Enter a number of days"),
        ({"SPO-outcome": ""}, "Decide about one kind or more."),
    ],
)
def test_what_is_no_decision_is_said_beside_its_field_and_nothing_is_lost(
    said: dict[str, str], words_shown: str, officer: Client
) -> None:
    for do in ("check", "decide"):
        shown = text_of(post(officer, do, **{**SPO, **said}))
        assert shown.count(words_shown) >= 2, "above, and beside its field"
        assert said.get("SPO-words", WORDS) in shown
    assert OptionDecided.objects.for_system("a test").count() == 0


@pytest.mark.rule("ORD-02")
def test_a_supervisor_agrees_or_asks_again_and_whoever_decided_does_neither(
    officer: Client, supervisor: Client
) -> None:
    assert "Nothing is not pursued in this case." in text_of(supervisor.get(LOOK))
    said = {"SPO-outcome": "not_pursued", "SPO-reason": "test_not_met", "SPO-words": WORDS}
    assert "It does not stand until a supervisor" in text_of(post(officer, "check", **said))
    assert "waits for a supervisor, who agrees or asks again" in text_of(post(officer, "decide", **said))
    number = str(OptionDecided.objects.for_system("a test").get().pk)
    shown = text_of(supervisor.get(LOOK))
    assert WORDS in shown
    assert "Waits for a supervisor" in shown
    assert "I agree: it is not pursued" not in text_of(officer.get(LOOK))
    refused = officer.post(LOOK, {"decision": number, "verdict": "agree", "words": ""})
    assert refused.status_code == 200
    assert Order.objects.for_system("a test").get().status == "considering"
    done = text_of(supervisor.post(LOOK, {"decision": number, "verdict": "agree", "words": ""}, follow=True))
    assert "Not pursued Test first, 24 November 2026, 12:00 Agreed by Test second" in done
    agreed = OptionDecided.objects.for_system("a test").order_by("-id")[0].pk
    silent = supervisor.post(LOOK, {"decision": agreed, "verdict": "ask_again", "words": ""})
    assert "Say why in your own words." in text_of(silent)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        asked = {"decision": agreed, "verdict": "ask_again", "words": "They were followed again"}
        shown = text_of(supervisor.post(LOOK, asked, follow=True))
        assert "To be considered again A supervisor asks again." in shown


@pytest.mark.rule("ORD-02")
def test_another_measure_in_its_place_is_taken_up_again_with_words(officer: Client, case: str) -> None:
    by = acting_user(officer.user)  # type: ignore[attr-defined]
    (row,) = decide(by, case, decision("SPO", Outcome.OTHER_MEASURE))
    assert "Another measure" in text_of(officer.get(LOOK))
    given = {"decision": row.pk, "verdict": "take_up", "words": ""}
    assert "Say why in your own words." in text_of(officer.post(LOOK, given))
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        shown = text_of(officer.post(LOOK, {**given, "words": "They were followed again"}, follow=True))
        assert "To be considered again Somebody took it up again." in shown


@pytest.mark.rule("ORD-02")
def test_whoever_decided_agrees_to_nothing_of_their_own(supervisor: Client, case: str) -> None:
    by = acting_user(supervisor.user)  # type: ignore[attr-defined]
    (row,) = decide(by, case, decision("SPO", Outcome.NOT_PURSUED))
    refused = supervisor.post(LOOK, {"decision": row.pk, "verdict": "agree", "words": ""})
    assert "You decided this. Another supervisor agrees to it." in text_of(refused)
    assert consideration(by, case).questions["SPO"].stands == "waits"


@pytest.mark.rule("ORD-01")
def test_T30_the_second_of_two_sees_both_and_loses_nothing(officer: Client, supervisor: Client) -> None:
    seen = version(supervisor)
    post(officer, "decide", **SPO)
    given = {"do": "decide", "version": seen, **LATER, "PHA_INJ-words": "Kept as it was written"}
    answer = supervisor.post(PAGE, given)
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Somebody else changed this while you had it open" in shown
    assert shown.count("Kept as it was written") == 2
    assert OptionDecided.objects.for_system("a test").count() == 1


@pytest.mark.rule("ORD-02")
def test_somebody_is_offered_only_what_their_role_decides(signed_in_client: Callable[..., Client], case: str) -> None:
    body = signed_in_client("coordinator").get(PAGE).content.decode()
    assert 'value="apply"' in body
    assert 'value="defer"' not in body
    assert 'value="not_pursued"' not in body


@pytest.mark.rule("SEC-04")
def test_a_page_is_logged_with_the_case_whoever_is_suspected_and_whom_it_may_protect(officer: Client) -> None:
    officer.get(PAGE)
    event = Event.objects.filter(kind="consideration_viewed").get()
    assert set(refs_said_by(event)) == {
        *("case/C-10001", "person/P-10001", "person/P-10002"),
    }


@pytest.mark.rule("ORD-01")
def test_a_case_without_a_suspect_or_of_another_kind_says_so(officer: Client, system: Acting, tmp_path: Path) -> None:
    stalking_case(system, tmp_path, 2, flags="", home_office_class="28E", offence_code="TH68001")
    assert "There is nothing to consider" in text_of(officer.get("/cases/C-10002/consider"))
    assert officer.get(f"{PAGE}?respondent=P-99999").status_code == 404


def test_as_many_queries_however_much_was_decided(officer: Client, case: str) -> None:
    by = acting_user(officer.user)  # type: ignore[attr-defined]
    decide(by, case, decision("SPO", Outcome.NOT_PURSUED))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            officer.get(PAGE)
        counts.append(len(asked))
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            decide(by, case, decision("PHA_INJ", Outcome.DEFER, review_on=date(2026, 11, 30)))
    assert counts[0] == counts[1] <= 50


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (Fact, words.FACTS),
        (Outcome, words.OUTCOMES),
        (Outcome, words.DECIDED),
        (Reason, words.REASONS),
        (CaseStage, words.STAGES),
    ],
)
def test_every_code_has_its_words(kinds: Any, said: Any) -> None:
    assert set(kinds) == set(said)
    assert set(Why) < set(words.OPENED)


@pytest.mark.rule("ORD-01")
@pytest.mark.rule("VIC-08")
def test_who_may_need_protection_stands_with_what_they_said_last_of_orders(
    officer: Client,
    case: str,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    system: Acting,
) -> None:
    assert "Nobody has asked yet what they wish" in text_of(officer.get(PAGE))
    looks_after = acting_as("victim_officer", username="third")
    hers = CaseRole.objects.for_system("a test").get(role="victim").record
    victim = hers.memberships.get().person.reference
    notice = ReadersNotice(NOTICE_VERSION, "en", NOW - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    for subject, said in ((Subject.ORDER, "I want him kept away"), (Subject.BAIL, "Bail is not enough")):
        given = NewView(subject, said, "en", Route.TELEPHONE, notice, (), case)
        record_view(by=looks_after, victim=victim, given=given)
    shown = text_of(officer.get(PAGE))
    assert "“I want him kept away” (24 November 2026)" in shown
    assert "Bail is not enough" not in shown
    # Where they can be reached is no part of what others read of their words (SEC-06).
    one_more_of(system, hers.pk, ("address", "5 Heol Canari, Llandeilo"))
    where = "Keep him from 5 Heol Canari, Llandeilo. I am afraid."
    record_view(by=looks_after, victim=victim, given=replace(given, subject=Subject.ORDER, words=where))
    shown = text_of(officer.get(PAGE))
    assert "“Keep him from [where somebody can be reached: not shown here]" in shown
    assert "I am afraid.”" in shown
    assert "Heol Canari" not in shown
    team = signed_in_client("orders_team", username="fourth")
    withheld = text_of(team.get(PAGE))
    assert "I want him kept away" not in withheld
    assert "Said what they wish, 24 November 2026" in withheld


@pytest.mark.rule("ORD-01")
def test_T30_a_decision_put_right_after_somebody_else_decided_is_told_of_theirs(
    officer: Client, supervisor: Client
) -> None:
    seen = version(supervisor)
    post(officer, "decide", **SPO)
    given = {"do": "decide", "version": seen, **LATER}
    again = supervisor.post(PAGE, given | {"PHA_INJ-reason": ""})
    assert again.status_code == 200
    assert f'name="version" value="{seen}"' in again.content.decode()
    assert supervisor.post(PAGE, given).status_code == 409
    assert OptionDecided.objects.for_system("a test").count() == 1
