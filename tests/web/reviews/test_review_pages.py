"""An order is reviewed page by page, without scripts: nobody is passed over, nothing typed is lost (P15, REV-02 to REV-05)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.markings import COVERT, RESTRICTED, RecordMarking
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.cases.models import CaseRole
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.orders.models import Condition, Order, OrderReview, ReviewDraft, ViewWanted
from craffu.orders.monitoring.actions import record_check
from craffu.orders.monitoring.facts import NewCheck
from craffu.orders.monitoring.kinds import Outcome
from craffu.orders.noting.actions import note_other_duty, note_told
from craffu.orders.noting.facts import Noted
from craffu.victims.inviting.actions import distrust
from craffu.web.reviews.presenters import NOTED
from tests.factories.orders import parties
from tests.factories.records import one_more_of
from tests.factories.reviews import WORDS, answers, protected, reviewed, victim_of, view_of
from tests.factories.said_by_page import view_by_page
from tests.web.conftest import text_of, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("REV-02")]
SAID = {
    "effect": "It is why the order stays",
    "decision": "continue",
    "reason": "Two sightings in May",
    "why_differs": "",
}


def by_of(client: Client) -> Any:
    return acting_user(client.user)  # type: ignore[attr-defined]


def version_on(response: Any) -> str:
    return str(response.content.decode().partition('name="version" value="')[2].partition('"')[0])


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


def to_check(client: Client, order: Order, answer: dict[str, str], **said: str) -> Any:
    """Every page answered, up to the last."""
    at = f"/orders/{order.reference}/reviews/new"
    record = protected(by_of(client), order)
    assert client.post(at, {"is_read": "read"}).status_code == 302
    assert client.post(f"{at}/heard/{record}", answer).status_code == 302
    assert client.post(f"{at}/decision", SAID | said).status_code == 302
    return client.get(f"{at}/check")


@pytest.mark.rule("REV-04")
def test_an_order_is_reviewed_with_her_view(investigator: Client, order: Order) -> None:
    by = by_of(investigator)
    at, record = f"/orders/{order.reference}/reviews/new", protected(by, order)
    view = view_of(by, order)
    page = text_of(investigator.get(f"/orders/{order.reference}"))
    assert "The next review is due by 18 December 2026" in page
    assert "It has not been reviewed yet. Review this order" in page
    page = text_of(investigator.get(at))
    for words in (
        WORDS,
        "The law of this kind gives them no application of their own.",
        "Not assessed: counts as high",
        "Reached: 0. Not reached: 0.",
    ):
        assert words in page
    assert "Read what has happened, and say that you have" in text_of(investigator.post(at, {}))
    went = investigator.post(at, {"is_read": "read"})
    assert went["Location"] == f"{at}/heard/{record}"
    page = text_of(investigator.get(went["Location"]))
    assert f"Their words of 24 November 2026: “{WORDS}”" in page
    assert "Choose what answers for them" in text_of(investigator.post(went["Location"], {}))
    went = investigator.post(went["Location"], {"answer": f"view-{view.pk}", "wants": "vary"})
    assert went["Location"] == f"{at}/decision"
    page = text_of(investigator.post(f"{at}/decision", {"effect": "", "decision": "", "reason": ""}))
    for words in ("Say how it changed your decision", "Choose what you decide", "Say why you decide so"):
        assert words in page
    investigator.post(f"{at}/decision", SAID)
    page = text_of(investigator.get(f"{at}/check"))
    assert "They asked for something else. Say why it is not decided so" in page
    assert "Confirm the review" not in page
    # It has no last day: it is neither renewed nor left to end.
    assert "Renew it" not in text_of(investigator.get(f"{at}/decision"))
    # It is kept: whoever opens the pages again finds what they answered.
    page = investigator.get(f"{at}/decision").content.decode()
    assert "Two sightings in May" in page
    investigator.post(f"{at}/decision", SAID | {"why_differs": "The court hears it in May"})
    last = investigator.get(f"{at}/check")
    assert "This is not what they ask for. They are told, and why." in text_of(last)
    done = investigator.post(f"{at}/check", {"version": version_on(last)})
    assert done["Location"] == f"/orders/{order.reference}/reviews/1"
    page = text_of(investigator.get(done["Location"]))
    for words in (
        "Review complete",
        WORDS,
        "The court hears it in May",
        "next review is due by 22 December 2026",
        "is told",
    ):
        assert words in page
    assert "Continue it as it is 1 of 1 Review complete" in text_of(investigator.get(f"/orders/{order.reference}"))
    # The victim's own page says what was decided on their view, and that they are still to be told.
    page = text_of(investigator.get(f"/victims/{victim_of(by, order)}/views"))
    assert "The court hears it in May" in page
    assert "They have not been told" in page


@pytest.mark.rule("REV-01")
def test_what_was_checked_and_raised_since_the_last_review_is_there_to_be_read(
    signed_in_client: Callable[..., Client], order: Order, team: Acting
) -> None:
    first, second = (one.pk for one in Condition.objects.for_system("a test").order_by("number"))
    now = clock.now() + timedelta(hours=1)

    def said(conditions: list[int], outcome: Outcome) -> NewCheck:
        return NewCheck(conditions=conditions, at=now, outcome=outcome, method="visit", words="A telephone")

    with time_machine.travel(now, tick=False):
        record_check(by=team, order=order.reference, given=said([first], Outcome.CONCERN))
        record_check(by=team, order=order.reference, given=said([second], Outcome.ATTEMPTED))
        page = text_of(signed_in_client("investigator").get(f"/orders/{order.reference}/reviews/new"))
    for words in (
        "Check, condition 1: Done, and there is concern",
        "Check, condition 2: Tried, nobody seen",
        "Heightened follow-up raised: A check found something of concern",
        "Checks of its conditions Made or tried: 2. Missed: 0.",
    ):
        assert words in page
    with time_machine.travel(now + timedelta(days=8), tick=False):
        page = text_of(signed_in_client("supervisor").get(f"/orders/{order.reference}/reviews/new"))
    assert "No check of condition 2 by the end of its day" in page
    assert "times since" not in page
    # However often it was missed, that is one line.
    for days in (8, 20):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            late = replace(said([second], Outcome.DONE), at=clock.now())
            record_check(by=team, order=order.reference, given=late)
    with time_machine.travel(now + timedelta(days=40), tick=False):
        page = text_of(signed_in_client("supervisor", username="later").get(f"/orders/{order.reference}/reviews/new"))
    assert page.count("No check of condition 2 by the end of its day") == 1
    missed = re.search(r"No check of condition 2 by the end of its day, (\d+) times since \d+ \w+ 20\d\d", page)
    assert missed is not None
    assert missed[1] == "3"


@pytest.mark.rule("REV-01")
def test_whatever_was_noted_since_the_last_review_is_there_to_be_read(
    signed_in_client: Callable[..., Client], order: Order, team: Acting
) -> None:
    now, hour = clock.now() + timedelta(hours=4), timedelta(hours=1)
    with time_machine.travel(now, tick=False):
        record = protected(team, order)
        note_told(by=team, order=order.reference, record=record, at=now - hour)
        note_told(by=team, order=order.reference, record=record, at=now, why_not="She is abroad")
        for what in (Noted.SOA_PART_2, Noted.SOA_PART_2_ENDED):
            note_other_duty(by=team, order=order.reference, what=what, at=now - hour)
        page = text_of(signed_in_client("investigator").get(f"/orders/{order.reference}/reviews/new"))
    for words in (
        "Somebody it protects was told of it",
        "Somebody it protects was not told of it",
        "The respondent came on the sex offenders register",
        "The respondent is on the sex offenders register no more",
    ):
        assert words in page
    assert set(NOTED) == set(Noted)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"answer": "declined", "declined_on_day": "24", "declined_on_month": "11", "declined_on_year": "2026"},
         "They did not want to say anything"),
        ({"answer": "unsafe_to_ask", "reason": "He reads her post"}, "Not asked: it is not safe"),
    ],
    ids=["declined", "unsafe"],
)  # fmt: skip
def test_each_kind_of_absence_has_its_own_words(
    investigator: Client, order: Order, answer: dict[str, str], says: str
) -> None:
    page = text_of(to_check(investigator, order, answer))
    assert says in page
    assert "You are about to close this review without the words of" in page
    assert ("A supervisor, who is not you, is asked to agree." in page) is (answer["answer"] == "unsafe_to_ask")
    assert "Confirm the review" in page


def test_what_is_half_an_answer_is_said_beside_its_field(investigator: Client, order: Order) -> None:
    at = f"/orders/{order.reference}/reviews/new/heard/{protected(by_of(investigator), order)}"
    assert "Enter the day on which they declined" in text_of(investigator.post(at, {"answer": "declined"}))
    ahead = {"declined_on_day": "25", "declined_on_month": "11", "declined_on_year": "2026"}
    # At the top of the page, and beside the day.
    assert text_of(investigator.post(at, {"answer": "declined", **ahead})).count("This lies in the future.") == 2
    assert "Say why it is not safe to ask them" in text_of(investigator.post(at, {"answer": "unsafe_to_ask"}))
    assert investigator.get("/".join([*at.split("/")[:-1], "999"])).status_code == 404
    # Too few attempts: it may be chosen, and the last page says why the review cannot close.
    assert "There are too few attempts" in text_of(to_check(investigator, order, {"answer": "not_reachable"}))
    done = investigator.post(f"/orders/{order.reference}/reviews/new/check", {})
    assert done.status_code == 200
    assert OrderReview.objects.for_system("a test").count() == 0


def test_a_reviewer_has_somebody_asked_and_goes_on_later(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client]
) -> None:
    manager = signed_in_client("offender_manager")
    record = protected(by_of(manager), order)
    at = f"/orders/{order.reference}/reviews/new"
    page = text_of(manager.get(f"{at}/heard/{record}"))
    assert "Take down their words now" not in page
    assert "Take down their words now" in text_of(investigator.get(f"{at}/heard/{record}"))
    went = manager.post(f"{at}/heard/{record}", {"answer": "later"})
    assert went["Location"] == at
    assert ViewWanted.objects.for_system("a test").count() == 1
    assert "They were asked for on 24 November 2026." in text_of(manager.get(f"{at}/heard/{record}"))
    went = investigator.post(f"{at}/heard/{record}", {"answer": "add"})
    assert went["Location"] == f"/victims/{victim_of(by_of(investigator), order)}/views/new"
    assert ReviewDraft.objects.for_system("a test").count() == 2
    manager.get(f"{at}/drop")
    assert ReviewDraft.objects.for_system("a test").count() == 2
    manager.post(f"{at}/drop")
    assert ReviewDraft.objects.for_system("a test").count() == 1


@pytest.mark.rule("REV-03")
def test_a_supervisor_who_did_not_review_agrees_or_sends_it_back(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client]
) -> None:
    answer = {"answer": "declined", "declined_on_day": "24", "declined_on_month": "11", "declined_on_year": "2026"}
    own, supervisor = signed_in_client("supervisor"), signed_in_client("supervisor")
    last = to_check(own, order, answer, decision="relax")
    assert "You are about to end or relax protection without the words of" in text_of(last)
    at = f"/orders/{order.reference}/reviews"
    assert own.post(f"{at}/new/check", {"version": version_on(last)})["Location"] == f"{at}/1"
    assert "Agree, or send it back" not in text_of(own.get(f"{at}/1"))
    assert "A supervisor agrees, or sends it back." in text_of(own.get(f"{at}/1"))
    assert "waits for a supervisor" in text_of(investigator.get(f"{at}/new"))
    assert own.post(f"{at}/1/sign", {"verdict": "agree"}).status_code == 403
    assert "Agree, or send it back" in text_of(supervisor.get(f"{at}/1"))
    page = text_of(supervisor.post(f"{at}/1/sign", {"verdict": "back", "words": ""}))
    assert "Say why it goes back." in page
    assert supervisor.post(f"{at}/1/sign", {"verdict": "back", "words": "Ask her again"}).status_code == 302
    assert "A supervisor sent the last review back: Ask her again" in text_of(own.get(f"{at}/new"))
    assert "Go on with the review" in text_of(own.get(f"{at}/1"))
    last = own.get(f"{at}/new/check")
    assert own.post(f"{at}/new/check", {"version": version_on(last)}).status_code == 409, "sent back since it was begun"
    last = own.get(f"{at}/new/check")
    assert own.post(f"{at}/new/check", {"version": version_on(last)}).status_code == 302
    late = signed_in_client("supervisor")
    seen = version_on(late.get(f"{at}/2/sign"))
    assert supervisor.post(f"{at}/2/sign", {"verdict": "agree"}).status_code == 302
    assert late.post(f"{at}/2/sign", {"verdict": "agree", "version": seen}).status_code == 409
    assert "Review complete" in text_of(investigator.get(f"{at}/2"))


@pytest.mark.rule("REV-03")
@pytest.mark.rule("VIC-01")
def test_a_supervisor_is_told_that_words_were_marked_as_not_hers(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client]
) -> None:
    by, supervisor = by_of(investigator), signed_in_client("supervisor")
    view, invitation = view_by_page(by, order)
    reviewed(by, order, answers(protected(by, order), decision="relax", view=view.pk))
    at = f"/orders/{order.reference}/reviews/1"
    before = supervisor.get(f"{at}/sign")
    assert "count" not in text_of(before)
    distrust(by=by, victim=victim_of(by, order), number=invitation)
    late = supervisor.post(f"{at}/sign", {"verdict": "agree", "version": version_on(before)})
    assert late.status_code == 409
    assert OrderReview.objects.for_system("a test").get(signed=None).number == 1
    for page in (late, supervisor.get(f"{at}/sign")):
        assert "Send it back, so that they are asked again." in text_of(page)
        assert "No: these words were marked as not theirs" in text_of(page)
    assert "No: these words were marked as not theirs" in text_of(investigator.get(at))
    told = supervisor.post(f"{at}/sign", {"verdict": "agree", "version": version_on(late)})
    assert "Nobody has asked them yet." in text_of(told)
    assert OrderReview.objects.for_system("a test").get(signed=None).number == 1


@pytest.mark.rule("REV-05")
@pytest.mark.parametrize("language", ["", "/cy"])
def test_T30_the_second_of_two_reviewers_sees_both_versions(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client], language: str
) -> None:
    team = signed_in_client("orders_team")
    answer = {"answer": "declined", "declined_on_day": "24", "declined_on_month": "11", "declined_on_year": "2026"}
    last = to_check(investigator, order, answer, reason="My own reasons")
    theirs = answers(protected(by_of(team), order), "declined", "escalate", declined_on="2026-11-24")
    reviewed(by_of(team), order, theirs)
    at = f"/orders/{order.reference}/reviews/new/check"
    told = investigator.post(f"{language}{at}", {"version": version_on(last)})
    assert told.status_code == 409
    for words in ("Two sightings since the last review", "My own reasons"):
        assert words in text_of(told)
    assert OrderReview.objects.for_system("a test").count() == 1
    # They have seen both: what they confirm now is meant.
    assert investigator.post(at, {"version": version_on(told)}).status_code == 302


@pytest.mark.rule("REV-06")
def test_the_application_that_was_decided_on_is_recorded(investigator: Client, order: Order) -> None:
    by = by_of(investigator)
    reviewed(by, order, answers(protected(by, order), "declined", "vary", declined_on="2026-11-24"))
    at = f"/orders/{order.reference}/reviews/1"
    assert "The application goes to the court in time" in text_of(investigator.get(at))
    ahead = {"on_day": "25", "on_month": "11", "on_year": "2026"}
    assert "This lies in the future" in text_of(investigator.post(f"{at}/application", ahead))
    assert investigator.post(f"{at}/application", ahead | {"on_day": "24"}).status_code == 302
    assert "Application lodged 24 November 2026" in text_of(investigator.get(at))
    assert investigator.post(f"{at}/application", ahead | {"on_day": "24"}).status_code == 409


@pytest.mark.rule("SEC-02")
@pytest.mark.rule("VIC-08")
def test_her_words_stand_on_no_page_of_whoever_may_not_read_them(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client]
) -> None:
    by = by_of(investigator)
    view = view_of(by, order, "Only for my officer", may_see=())
    reviewed(by, order, answers(protected(by, order), view=view.pk))
    manager, probation = signed_in_client("offender_manager"), signed_in_client("probation_liaison")
    at = f"/orders/{order.reference}/reviews"
    for page in (f"{at}/1", f"{at}/new", f"{at}/new/heard/{protected(by, order)}", f"/orders/{order.reference}"):
        answer = manager.get(page)
        assert "Only for my officer" not in answer.content.decode(), page
        assert order.reference in title_of(answer)
    assert "They have not agreed that you read these words." in text_of(manager.get(f"{at}/1"))
    assert "Only for my officer" in text_of(investigator.get(f"{at}/1"))
    assert probation.get(f"{at}/1").status_code == 403
    assert "Reviews" not in text_of(probation.get(f"/orders/{order.reference}"))
    restrict(
        by=acting_user(signed_in_client("supervisor").user),
        kind="case",
        reference=order.case.reference,
        reason="safety",
    )  # type: ignore[attr-defined]
    assert manager.get(f"{at}/1").status_code in {403, 404}


@pytest.mark.rule("SEC-06", "VIC-09")
def test_T5_where_they_can_be_reached_is_no_part_of_what_a_review_shows_of_their_words(
    investigator: Client, order: Order, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    by, home = by_of(investigator), "5 Heol Canari, Llandeilo"
    record, at = protected(by, order), f"/orders/{order.reference}/reviews"
    one_more_of(system, record, ("address", home))
    with time_machine.travel(clock.now() - timedelta(days=29), tick=False):
        view_of(by, order, f"Before, he rang at {home}")
    view = view_of(by, order, f"He waits at {home}. I am afraid.")
    before = text_of(investigator.get(f"{at}/new"))
    chosen = {"answer": f"view-{view.pk}", "wants": ""}
    last = to_check(investigator, order, chosen, decision="relax", reason=f"He was moved away from {home} for good")
    pages = [before, text_of(investigator.get(f"{at}/new/heard/{record}")), text_of(last)]
    investigator.post(f"{at}/new/check", {"version": version_on(last)})
    pages += [text_of(investigator.get(f"{at}/1")), text_of(signed_in_client("supervisor").get(f"{at}/1/sign"))]
    for page in pages:
        assert "He waits at [where somebody can be reached: not shown here]" in page
        assert "I am afraid." in page
    # What the reviewer wrote stands before them as they wrote it, until it is put forward.
    for page in [*pages[:2], *pages[3:]]:
        assert "Heol Canari" not in page
    assert view.words == f"He waits at {home}. I am afraid."


@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("marking", [RESTRICTED, COVERT])
def test_a_review_with_a_victim_who_is_shut_shows_nothing_of_her_and_is_not_agreed_to(
    investigator: Client,
    order: Order,
    signed_in_client: Callable[..., Client],
    system: Acting,
    tmp_path: Path,
    marking: RecordMarking,
) -> None:
    """Another case of hers is shut: the order is open, and she is not."""
    by = by_of(investigator)
    view = view_of(by, order)
    reviewed(by, order, answers(protected(by, order), decision="relax", view=view.pk))
    supervisor, other = signed_in_client("supervisor"), parties(system, tmp_path, 2)[0]
    at = f"/orders/{order.reference}/reviews/1"
    assert WORDS in text_of(supervisor.get(f"{at}/sign"))
    hers = CaseRole.objects.for_system("a test").filter(case=other, role="victim").get()
    hers.pk, hers.record_id = None, view.record_id
    bookkeeping(hers.save_base)(force_insert=True)
    marker = by_of(signed_in_client("supervisor"))
    restrict(by=marker, kind="case", reference=other.reference, reason="safety", marking=marking)
    for path in (at, f"{at}/sign"):
        page = text_of(supervisor.get(path))
        assert WORDS not in page
        assert "What is known of them is not open to you." in page
        assert other.reference not in page
    told = supervisor.post(f"{at}/sign", {"verdict": "agree"})
    assert told.status_code == 403
    assert "Something in this review is not open to you." in text_of(told)
    assert OrderReview.objects.for_system("a test").get(signed=None).number == 1
    assert supervisor.post(f"{at}/sign", {"verdict": "back", "words": "Not open to me"}).status_code == 302


def test_pages_ask_no_more_questions_however_much_there_is(investigator: Client, order: Order) -> None:
    by = by_of(investigator)
    at = f"/orders/{order.reference}/reviews/new"

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert investigator.get(page).status_code == 200
        return len(queries)

    view = view_of(by, order)
    reviewed(by, order, answers(protected(by, order), view=view.pk))
    pages = (at, f"{at}/heard/{protected(by, order)}", f"{at}/check", f"/orders/{order.reference}/reviews/1")
    before = {page: asked(page) for page in pages}
    for _ in range(3):
        view = view_of(by, order, f"{WORDS} {_}")
        reviewed(by, order, answers(protected(by, order), view=view.pk))
    after = {page: asked(page) for page in pages}
    assert all(after[page] <= before[page] for page in pages), (before, after)
