"""Cohort meetings for programs: whom they discuss, what they decided and what is to be done; nobody's words and no name."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.prevention.meetings.actions import add_meeting_action
from craffu.prevention.meetings.facts import NewAction
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.models import MeetingActionClosed
from tests.api.asking import told
from tests.factories.meetings import HOUSING, PROBATION, WHY, approved, called, came, decided, minuted, proposed
from tests.logged import refs_said_by
from tests.web.meetings.conftest import chair, order, person, scored
from tests.web.orders.conftest import NOW

__all__ = ["chair", "order", "person", "scored"]

pytestmark = [pytest.mark.django_db, pytest.mark.rule("PRI-06")]
AT, ONE = "/api/v1/meetings", "/api/v1/meetings/MT-10001"


def close(client: Client, number: int, tag: str = "", **said: Any) -> Any:
    headers = {"If-Match": tag or client.get(ONE).headers["ETag"]}
    path = f"{ONE}/items/1/actions/{number}/closings"
    return client.post(path, json.dumps(said), content_type="application/json", headers=headers)


@pytest.mark.rule("PRI-01", "SEC-04")
def test_a_meeting_says_what_was_decided_and_who_may_have_it_and_no_word_of_anybody(
    program: Client, manager: Acting, chair: Acting, person: Person
) -> None:
    meeting = called(manager, chair, day_of(NOW))
    proposed(manager, meeting, person)
    assert told(program, AT) == {
        "meetings": [{"reference": "MT-10001", "day": "2026-11-24", "stage": "minuting", "chair": "chair", "items": 1}],
        "page": 1, "pages": 1, "total": 1,
    }  # fmt: skip
    [item] = told(program, ONE)["agenda"]
    assert (item["decision"], item["effect"], item["decided_at"], item["agencies"]) == (None, None, None, [])
    came(manager, meeting)
    came(manager, meeting, PROBATION)
    came(manager, meeting, HOUSING, undertook=False)
    decided(manager, meeting, 1, Decision.SELECT, {PROBATION})
    approved(chair, meeting)

    found = told(program, ONE)

    assert (found["stage"], found["approved_at"], found["came"]) == ("approved", "2026-11-24T12:00:00Z", 3)
    assert [(one["number"], one["came"], one["may_have"]) for one in found["agencies"]] == [(1, 1, True), (2, 1, False)]
    [item] = found["agenda"]
    assert (item["person"], item["why"], item["decision"], item["effect"], item["agencies"]) == (
        person.reference, "proposed", "select", "entered", [PROBATION],
    )  # fmt: skip
    last = Event.objects.order_by("-id")[0]
    assert set(refs_said_by(last)) == {"meeting/MT-10001", f"person/{person.reference}"}
    body = program.get(ONE).content.decode()
    assert [one for one in (WHY, "Nia Prosser", "Rees") if one in body] == []
    told(program, f"{AT}/MT-99999", 404)


@pytest.mark.rule("PLN-02")
def test_an_action_is_closed_once_from_as_it_was_read_by_whoever_meets(
    program: Client, manager: Acting, chair: Acting, signed_in_client: Callable[..., Client]
) -> None:
    meeting = minuted(manager, chair, is_approved=False)
    mine = NewAction("Walk past her work", day_of(NOW), owner="manager")
    add_meeting_action(by=manager, meeting=meeting, number=1, given=mine)
    [agencys, own] = told(program, ONE)["agenda"][0]["actions"]
    assert (agencys["agency"], agencys["owner"], agencys["due_on"]) == (PROBATION, None, "2026-11-24")
    assert (own["agency"], own["owner"], own["closed_at"], own["is_done"]) == (None, "manager", None, None)
    tag = program.get(ONE).headers["ETag"]
    assert json.loads(close(program, 1, is_done=True, words="x").content)["code"] == "reason_too_short"
    done = close(program, 1, tag, is_done=True, words="He was seen at the office")
    assert [one["is_done"] for one in json.loads(done.content)["agenda"][0]["actions"]] == [True, None]
    assert close(program, 2, tag, is_done=True, words="He was seen at the office").status_code == 412
    again = close(program, 1, is_done=False, words="He was not seen at all")
    assert (again.status_code, json.loads(again.content)["code"]) == (412, "meeting_action_closed")
    assert close(program, 9, is_done=True, words="He was seen at the office").status_code == 403
    assert MeetingActionClosed.objects.for_system("a test").get().words == "He was seen at the office"
    assert "seen at" not in program.get(ONE).content.decode()
    assert "Walk past" not in program.get(ONE).content.decode()
    team = signed_in_client("orders_team")
    assert [team.get(one).status_code for one in (AT, ONE)] == [403, 403]
    assert close(team, 2, '"any"', is_done=True, words="He was seen at the office").status_code == 403


def test_more_meetings_and_actions_ask_the_database_no_more(
    program: Client, manager: Acting, chair: Acting, order: Order
) -> None:
    minuted(manager, chair, is_approved=False)

    def asked() -> list[int]:
        found = []
        for path in (AT, ONE):
            program.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert program.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    for number in range(3):
        called(manager, chair, day_of(NOW))
        add_meeting_action(
            by=manager,
            meeting="MT-10001",
            number=1,
            given=NewAction(f"See him again, {number}", day_of(NOW), owner="manager"),
        )
    assert asked() == before
