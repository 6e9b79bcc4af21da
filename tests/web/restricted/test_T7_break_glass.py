"""T7 in the pages: from the stub to the form, to the case with its banner, and out again; then the review by somebody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import change_right, close_account
from craffu.access.emergency.models import EmergencyAccess, EmergencyReview
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of
from tests.web.restricted.conftest import WHERE, signed_in_again, user_of

pytestmark = [pytest.mark.rule("SEC-03"), pytest.mark.django_db, pytest.mark.usefixtures("shut")]

LINK = "In an emergency: open C-10001 now"
CASE = "/cases/C-10001"
OPEN = "/restricted/C-10001/open"


def banner(response: Any) -> str:
    """The words of the banner; empty where the page has none."""
    body = response.content.decode()
    if 'class="craffu-emergency"' not in body:
        return ""
    inside = body.split('class="craffu-emergency"')[1].split("</section>")[0].split(">", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", "", inside).split())


def test_T7_an_officer_at_a_door_goes_from_the_persons_page_to_the_case_for_an_hour(
    officer: Client, open_it: Callable[..., Any], frozen_clock: time_machine.Traveller, confirmed: Callable[..., Client]
) -> None:
    confirmed(officer)
    person = officer.get("/people/P-10001")
    assert LINK in text_of(person)
    assert OPEN in person.content.decode()
    assert officer.get(CASE).status_code == 403
    page = text_of(officer.get(OPEN))
    assert "You will see it for 60 minutes." in page
    assert "ask Test supervisor1" in page
    answer = open_it(officer)
    assert answer.headers["Location"] == CASE
    frozen_clock.shift(timedelta(minutes=13, seconds=20))
    case = officer.get(CASE)
    assert "63AA0100125" in text_of(case)
    assert "It ends at 11:30. Minutes left when this page was made: 47." in banner(case)
    assert "Emergency access to C-10001" in banner(officer.get("/people/P-10001"))
    assert "Cases: 1" in text_of(officer.get("/people/P-10001"))
    assert banner(officer.get("/people")) == banner(officer.get("/account")) == ""
    assert "Daw i ben am 11:30." in banner(officer.get(f"/cy{CASE}"))
    frozen_clock.shift(timedelta(minutes=46, seconds=40) - timedelta(microseconds=1))
    officer = signed_in_again(officer)
    assert "Minutes left when this page was made: 1." in banner(officer.get(CASE))
    frozen_clock.shift(timedelta(microseconds=1))
    assert officer.get(CASE).status_code == 403
    assert LINK in text_of(officer.get("/people/P-10001"))


def test_T7_whoever_has_left_is_not_who_is_told_of_it(
    supervisor: Client,
    officer: Client,
    open_it: Callable[..., Any],
    signed_in_client: Callable[..., Client],
    system: Acting,
) -> None:
    second, third = (signed_in_client("supervisor", username=name) for name in ("second", "third"))
    for one in (second, third):
        let_in(by=acting_user(user_of(supervisor)), user=user_of(one), **WHERE)
    for left in (supervisor, second):
        close_account(by=system, user=user_of(left), reason="left the force")
    open_it(officer)
    third.get("/")
    assert "Read that C-10001 was opened in an emergency" in text_of(third.get("/"))


def test_T7_leave_now_ends_it_at_once(officer: Client, open_it: Callable[..., Any]) -> None:
    open_it(officer)
    assert officer.get(CASE).status_code == 200
    assert officer.post("/restricted/leave", {"case": "C-10001"}).status_code == 302
    assert "You have left the record. It is shut to you again." in text_of(officer.get("/"))
    assert "You have left the record." not in text_of(officer.get("/"))
    assert officer.get(CASE).status_code == 403
    assert officer.post("/restricted/leave", {"case": "C-10001"}).status_code == 302
    assert officer.post("/restricted/leave").status_code == 302
    assert "You have left the record." not in text_of(officer.get("/"))


def test_T7_whoever_has_one_open_finds_the_way_back_and_out_on_their_first_page(
    officer: Client, open_it: Callable[..., Any], visit: Visit
) -> None:
    assert CASE not in officer.get("/").content.decode()
    open_it(officer)
    page, rows = visit(officer, "/")
    assert "Finish with C-10001, and leave it" in text_of(page)
    assert f'href="{CASE}"' in page.content.decode()
    assert "Emergency access to C-10001" in banner(page)
    assert ["case/C-10001" in row.payload for row in rows] == [True]
    officer.post("/restricted/leave", {"case": "C-10001"})
    assert "C-10001" not in text_of(officer.get("/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason_code": ""}, "Choose why it cannot wait"),
        ({"reason_code": "because"}, "because"),
        ({"reason_text": ""}, "Say what is happening"),
        ({"reason_text": "urgent"}, "Say what is happening in 20 characters or more"),
        ({"reason_text": f"at{' ' * 30}door"}, "Say in your own words why, in 20 characters or more"),
    ],
)
def test_T7_without_a_reason_or_with_a_short_one_it_stays_shut_and_what_was_written_is_kept(
    officer: Client, open_it: Callable[..., Any], given: dict[str, str], said: str
) -> None:
    answer = open_it(officer, **given)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert given.get("reason_text", "She reports him at the door now") in answer.content.decode()
    assert EmergencyAccess.objects.count() == 0
    assert officer.get(CASE).status_code == 403


def test_T7_a_form_sent_again_gives_no_second_grant(
    officer: Client, open_it: Callable[..., Any], frozen_clock: time_machine.Traveller, confirmed: Callable[..., Client]
) -> None:
    confirmed(officer)
    form = "f" * 32
    open_it(officer, form=form)
    said = {"reason_code": "threat_to_life", "reason_text": "She reports him at the door now", "form": form}
    again = officer.post(OPEN, said)
    assert again.headers["Location"] == CASE
    officer.post("/restricted/leave", {"case": "C-10001"})
    refused = officer.post(OPEN, said)
    assert refused.status_code == 409
    assert "This form was sent already." in text_of(refused)
    assert EmergencyAccess.objects.count() == EmergencyReview.objects.count() == 1
    assert officer.get(CASE).status_code == 403


def test_T7_T17_a_fresh_factor_is_asked_for_first_and_the_form_is_not_lost(
    signed_in_client: Callable[..., Client],
) -> None:
    officer = signed_in_client("response_officer", password="a long pass phrase for tests")
    assert officer.get(OPEN).headers["Location"] == f"/account/confirm?next={OPEN}"
    page = officer.post(OPEN, {"reason_code": "court_now", "reason_text": "The court asks", "form": "0" * 32})
    assert "Confirm that it is you" in text_of(page)
    assert EmergencyAccess.objects.count() == 0


def test_T7_only_who_may_is_offered_it(
    investigator: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    assert LINK in text_of(investigator.get(CASE))
    assert supervisor.get(OPEN).headers["Location"] == CASE
    for right in ("analyst", "auditor", "scrutiny_officer"):
        assert signed_in_client(right).get(OPEN).status_code == 403
    assert investigator.get("/restricted/C-99999/open").status_code == 404


@pytest.fixture
def over(officer: Client, open_it: Callable[..., Any], confirmed: Callable[..., Client]) -> Any:
    """An officer opened the case two hours ago, looked at it, and the hour is over."""
    with time_machine.travel("2026-01-14T10:30:00Z", tick=False) as traveller:
        confirmed(officer)
        open_it(officer)
        officer.get(CASE)
        traveller.shift(timedelta(hours=2))
        yield traveller


def test_T7_the_owner_is_told_on_their_day_and_on_the_record(supervisor: Client, over: Any) -> None:
    supervisor.get("/")
    today = text_of(supervisor.get("/"))
    assert "Read that C-10001 was opened in an emergency (E-10001)" in today
    assert "Review emergency access E-10001 to C-10001" in today
    record = text_of(supervisor.get("/cases/C-10001/readers"))
    assert "Opened in an emergency E-10001 Test response_officer" in record.replace(
        "Access Who Opened Ended Why Review ", ""
    )
    assert "There is a threat to somebody’s life" in record


def test_T7_the_owner_who_has_reviewed_it_need_not_read_of_it(supervisor: Client, over: Any) -> None:
    notice = "Read that C-10001 was opened in an emergency (E-10001)"
    given = {"verdict": "proper", "words": "Control confirms the call"}
    assert notice in text_of(supervisor.get("/"))
    assert supervisor.post("/restricted/reviews/E-10001", given).status_code == 302
    assert notice not in text_of(supervisor.get("/"))


def test_T7_somebody_else_sees_why_and_what_was_looked_at_and_decides_once(
    over: Any, signed_in_client: Callable[..., Client], supervisor: Client, visit: Visit
) -> None:
    reviewer = signed_in_client("coordinator")
    assert "E-10001" in text_of(reviewer.get("/restricted/reviews"))
    page, rows = visit(reviewer, "/restricted/reviews/E-10001")
    for words in ("She reports him at the door now", "There is a threat to somebody’s life", "Case viewed", "P-10001"):
        assert words in text_of(page)
    assert [row.kind for row in rows] == ["emergency_viewed"]
    empty = text_of(reviewer.post("/restricted/reviews/E-10001"))
    assert "Choose what you found" in empty
    assert "Say why you find so" in empty
    given = {"verdict": "proper", "words": "Control confirms the call"}
    assert reviewer.post("/restricted/reviews/E-10001", given).status_code == 302
    assert "The review is saved." in text_of(reviewer.get("/restricted/reviews"))
    assert "Every emergency access" in text_of(reviewer.get("/"))
    second = supervisor.post("/restricted/reviews/E-10001", {**given, "verdict": "passed_on"})
    assert second.status_code == 409
    assert "Somebody else has reviewed this meanwhile." in text_of(second)
    assert "Control confirms the call" in text_of(supervisor.get("/restricted/reviews/E-10001"))
    assert "Proper" in text_of(supervisor.get("/restricted/reviews"))
    assert EmergencyReview.objects.get().verdict == "proper"


def test_T7_while_it_runs_and_once_a_day_has_gone_by_the_page_says_so(
    officer: Client, open_it: Callable[..., Any], frozen_clock: time_machine.Traveller,
    confirmed: Callable[..., Client], signed_in_client: Callable[..., Client],
) -> None:  # fmt: skip
    confirmed(officer)
    open_it(officer)
    reviewer = signed_in_client("coordinator")
    assert "The record is still open to them." in text_of(reviewer.get("/restricted/reviews/E-10001"))
    early = reviewer.post("/restricted/reviews/E-10001", {"verdict": "proper", "words": "fine"})
    assert early.status_code == 409
    frozen_clock.shift(timedelta(hours=24))
    reviewer = signed_in_client("coordinator")
    assert "Overdue" in text_of(reviewer.get("/restricted/reviews"))
    today = text_of(reviewer.get("/"))
    assert "Do now (1) Review emergency access E-10001 to C-10001" in today


def test_T7_nobody_finds_their_own_in_the_queue_or_by_its_address(
    signed_in_client: Callable[..., Client], confirmed: Callable[..., Client], open_it: Callable[..., Any]
) -> None:
    coordinator = confirmed(signed_in_client("coordinator"))
    open_it(coordinator)
    coordinator.post("/restricted/leave", {"case": "C-10001"})
    assert "E-10001" not in text_of(coordinator.get("/restricted/reviews"))
    assert "E-10001" not in text_of(coordinator.get("/"))
    given = {"verdict": "proper", "words": "I know why"}
    for answer in (
        coordinator.get("/restricted/reviews/E-10001"),
        coordinator.post("/restricted/reviews/E-10001", given),
    ):
        assert answer.status_code == 403
        assert "This was your own emergency access." in text_of(answer)
    assert EmergencyReview.objects.get().verdict == ""


def test_T6_T8_a_role_taken_away_takes_the_case_with_it_and_each_page_with_the_banner_is_logged_with_the_case(
    officer: Client, open_it: Callable[..., Any], system: Acting, visit: Visit
) -> None:
    open_it(officer)
    page, (row,) = visit(officer, "/people/P-10001")
    assert banner(page)
    assert set(refs_said_by(row)) == {"person/P-10001", "case/C-10001"}
    assert officer.get(CASE).status_code == 200
    change_right(by=system, user=user_of(officer), right="response_officer", held=False, reason="a test")
    change_right(by=system, user=user_of(officer), right="analyst", held=True, reason="a test")
    officer = signed_in_again(officer)
    assert officer.get(CASE).status_code == 403
    assert officer.get("/people/P-10001").status_code == 403
    assert officer.post("/restricted/leave", {"case": "C-10001"}).status_code == 302
    assert acting_user(user_of(officer)).emergency == ()


def test_T6_somebody_let_in_meanwhile_has_no_banner(
    officer: Client, supervisor: Client, open_it: Callable[..., Any]
) -> None:
    open_it(officer)
    let_in(by=acting_user(user_of(supervisor)), user=user_of(officer), **WHERE)
    assert banner(officer.get("/people/P-10001")) == ""


def test_the_queue_asks_the_database_as_often_however_many_wait(
    over: Any, officer: Client, open_it: Callable[..., Any], confirmed: Callable[..., Client],
    signed_in_client: Callable[..., Client], django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    reviewer = signed_in_client("coordinator")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(25) as queries:
            reviewer.get("/restricted/reviews")
        counts.append(len(queries))
        open_it(confirmed(signed_in_client("response_officer")))
        open_it(confirmed(signed_in_client("response_officer")))
    assert counts[0] == counts[1]
