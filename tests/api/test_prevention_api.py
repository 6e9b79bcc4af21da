"""Priorities and plans for programs: who is reviewed first and why, what is planned and done; nothing that was written freely."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import find_person, records_of
from craffu.prevention.cohort.actions import enter_cohort
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.deciding.actions import answer_challenge, answer_other
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.models import PlanActionClosed, ScoreRun, ScoreStands
from craffu.prevention.planning.gathering import conditions_of
from craffu.prevention.planning.rules import Option
from craffu.prevention.scoring.rules import Tier
from tests.api.asking import told
from tests.factories.plans import HOW_USED, OBJECTIVES, SAFETY, WHY_NOT, acted, answers, approved, begun, put
from tests.factories.priorities import decided_on
from tests.logged import refs_said_by
from tests.web.meetings.conftest import chair, order, scored
from tests.web.orders.conftest import NOW

__all__ = ["chair", "order", "scored"]

pytestmark = [pytest.mark.django_db, pytest.mark.rule("PRI-06")]
HIS = "/api/v1/people/P-10001"
WHY = "He has moved in next door to her"


def send(client: Client, path: str, tag: str, **said: Any) -> Any:
    headers = {"If-Match": tag}
    return client.post(f"{HIS}/{path}", json.dumps(said), content_type="application/json", headers=headers)


def he(by: Acting) -> Person:
    found = find_person(by, "P-10001")
    assert found is not None
    return found


def refs_of_last() -> set[str]:
    last = Event.objects.order_by("-id").first()
    assert last is not None
    return set(refs_said_by(last))


@pytest.mark.rule("PRI-01", "PRI-04", "PRI-05")
def test_the_order_of_review_says_who_is_first_by_what_and_what_was_decided(
    program: Client, scored: ScoreRun, manager: Acting, chair: Acting
) -> None:
    found = told(program, "/api/v1/priority")
    assert (found["run"]["scheme"], found["run"]["scored"], found["run"]["necessity_ref"]) == (
        scored.scheme, scored.scored, "DPIA-7",
    )  # fmt: skip
    assert (found["wanted"], found["tied"], found["page"], found["pages"], found["total"]) == (
        20,
        0,
        1,
        1,
        len(found["people"]),
    )
    [one] = [each for each in found["people"] if each["person"] == "P-10001"]
    stands = ScoreStands.objects.for_system("a test").get(person__reference="P-10001")
    assert (one["tier"], one["score"], one["floors"], one["orders_in_force"]) == (
        stands.tier,
        stands.value,
        stands.floors,
        1,
    )
    assert sum(part["points"] for part in one["parts"]) == pytest.approx(stands.value)
    assert (one["given"], one["is_looked_at"], one["awaits_agreement"], one["discussed_on"]) == (
        None,
        False,
        False,
        None,
    )
    assert refs_of_last() == {f"person/{each['person']}" for each in found["people"]}

    decided_on(manager, NOW)
    answer_other(by=chair, person=he(chair), agrees=True, reason="", seen=decided_of(chair, he(chair)).version)
    [one] = [each for each in told(program, "/api/v1/priority?first=1")["people"] if each["person"] == "P-10001"]
    assert (one["given"], one["given_until"], one["is_looked_at"]) == ("urgent", "2026-12-24", True)
    assert told(program, "/api/v1/priority?first=501", 422)["code"] == "not_understood"


@pytest.mark.rule("PRI-03")
def test_whoever_has_nothing_that_can_be_scored_is_told_apart_and_never_low(program: Client) -> None:
    row = ScoreStands.objects.for_system("a test").get(person__reference="P-10001")
    bookkeeping(ScoreStands.rows.filter(pk=row.pk).update)(tier=Tier.NO_HISTORY.value, value=None)

    found = told(program, "/api/v1/priority/unscored")

    assert (found["people"], found["total"]) == (["P-10001"], 1)
    assert "P-10001" not in {one["person"] for one in told(program, "/api/v1/priority")["people"]}


@pytest.mark.rule("PRI-02", "PRI-07", "PRI-10", "VIC-09")
def test_a_score_says_what_it_is_made_of_and_what_people_decided_of_it_without_a_word_they_wrote(
    program: Client, manager: Acting, chair: Acting
) -> None:
    before = told(program, f"{HIS}/priority")
    assert (before["why_none"], before["decisions"], before["challenges"], before["cohort"]) == (None, [], [], None)
    assert sum(part["points"] for part in before["parts"]) == pytest.approx(before["score"])
    assert len(before["events"]) >= 2
    assert before["shut"] == 0
    assert {one["case"] for one in before["events"]} >= {"C-10001"}
    assert {one["what"] for one in before["nearest"]} <= {"incidents", "breaches", "victims", "days"}
    assert {"person/P-10001", "case/C-10001"} <= refs_of_last()

    person = decided_on(manager, NOW, WHY)
    waits = told(program, f"{HIS}/priority")["decisions"]
    assert [(one["said"], one["tier"], one["is_agreed"]) for one in waits] == [("other", "urgent", None)]
    answer_other(by=chair, person=person, agrees=True, reason=WHY, seen=decided_of(chair, person).version)
    answer_challenge(
        by=chair, person=person, number=1, aside=frozenset(), reason=WHY, seen=decided_of(chair, person).version
    )
    enter_cohort(by=manager, person=person, reason=WHY, seen=stays_of(manager, person).version)
    found = told(program, f"{HIS}/priority")
    assert (found["given"], found["given_until"]) == ("urgent", "2026-12-24")
    assert [(one["by"], one["is_agreed"], one["agreed_by"]) for one in found["decisions"]] == [
        ("manager", True, "chair")
    ]
    assert [(one["whose"], one["acts"], one["set_aside"]) for one in found["challenges"]] == [("theirs", 1, 0)]
    assert found["cohort"] == {"since": "2026-11-24T12:00:00Z", "review_due": "2026-12-22"}
    assert WHY not in json.dumps(found)


@pytest.mark.rule("SEC-02")
def test_T2_events_of_a_shut_case_are_counted_and_not_told_and_an_outsider_has_no_score(
    program: Client, order: Order, chair: Acting, system: Acting
) -> None:
    before = told(program, f"{HIS}/priority")
    restrict(by=chair, kind="case", reference="C-10001", reason="a test")
    after = told(program, f"{HIS}/priority")
    assert after["shut"] == sum(one["case"] == "C-10001" for one in before["events"]) > 0
    assert "C-10001" not in json.dumps(after)
    assert after["score"] == before["score"]
    hers = told(program, "/api/v1/people/P-10002/priority")
    assert (hers["tier"], hers["score"], hers["parts"]) == (None, None, [])
    assert hers["why_none"]
    told(program, "/api/v1/people/P-999999/priority", 404)


def test_before_anybody_is_scored_the_list_is_empty_and_says_why(
    made: Order, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("coordinator")
    found = told(client, "/api/v1/priority")
    assert (found["run"], found["people"], found["total"]) == (None, [], 0)
    assert told(client, f"{HIS}/priority")["why_none"] == "nobody_was_scored"


@pytest.mark.rule("PLN-01", "PLN-02", "PLN-03", "VIC-09")
def test_a_plan_says_how_it_stands_and_is_acted_on_from_as_it_was_read(
    program: Client, manager: Acting, chair: Acting, order: Order
) -> None:
    none = told(program, f"{HIS}/plan")
    assert (none["stage"], none["version"], none["options"], none["actions"]) == (None, None, [], [])
    assert [(one["what"], one["order"]) for one in none["done"]] == [("order", order.reference)]
    assert (
        send(program, "plan/actions", '"any"', words="Visit", owner="manager", due_on="2026-12-01").status_code == 404
    )

    begun(manager, "P-10001")
    assert told(program, f"{HIS}/plan")["stage"] == "begun"
    assert manager.user is not None
    acted(manager, "P-10001", manager.user, day_of(NOW) + timedelta(days=7))
    given = answers(manager, "P-10001", manager.user, Option.ORDER, Option.MULTI_AGENCY_REFERRAL)
    put(manager, "P-10001", given)
    assert (told(program, f"{HIS}/plan")["stage"], told(program, f"{HIS}/plan")["waits"]) == ("waits", True)
    approved(chair, "P-10001")

    found = told(program, f"{HIS}/plan")
    assert {f"order/{order.reference}", "person/P-10001", "person/P-10002"} == refs_of_last()
    assert (found["stage"], found["version"], found["owner"], found["waits"]) == ("live", 1, "manager", False)
    assert (found["review_due"], found["review_because"]) == ("2026-12-22", "every_28_days")
    choices = {one["option"]: (one["choice"], one["forums"]) for one in found["options"]}
    assert (choices["order"], choices["multi_agency_referral"], choices["arrest"]) == (
        ("use", []), ("use", ["matac"]), ("not_used", []),
    )  # fmt: skip
    assert found["consulted"] == [{"person": "P-10002", "how": "by_phone", "on": "2026-11-23"}]
    assert [(one["number"], one["tied_to"], one["closed_at"]) for one in found["actions"]] == [(1, "behaviour", None)]
    body = json.dumps(found)
    assert [one for one in (OBJECTIVES, SAFETY, HOW_USED, WHY_NOT, "Drives past") if one in body] == []

    tag = program.get(f"{HIS}/plan").headers["ETag"]
    [condition, *_rest] = conditions_of(manager, records_of(manager, he(manager)))
    tied = {"words": "Walk past her work", "owner": "manager", "due_on": "2026-12-01", "order": order.reference}
    assert send(program, "plan/actions", tag, **tied, condition=999).status_code == 409
    added = send(program, "plan/actions", tag, **tied, condition=condition.number)
    assert added.status_code == 200, added.content
    assert [(one["order"], one["condition"]) for one in json.loads(added.content)["actions"]] == [
        (None, None), (order.reference, condition.number),
    ]  # fmt: skip
    late = send(program, "plan/actions/2/closings", tag, is_done=True, words="Done")
    assert (late.status_code, json.loads(late.content)["code"]) == (412, "changed_meanwhile")
    tag = program.get(f"{HIS}/plan").headers["ETag"]
    assert send(program, "plan/actions/9/closings", tag, is_done=True, words="Done").status_code == 403
    done = send(program, "plan/actions/2/closings", tag, is_done=True, words="Nobody was there")
    assert [one["is_done"] for one in json.loads(done.content)["actions"]] == [None, True]
    assert PlanActionClosed.objects.for_system("a test").get().words == "Nobody was there"


@pytest.mark.rule("SEC-01")
def test_a_token_does_of_it_what_it_is_for(program: Client, make_user: Callable[..., User]) -> None:
    owner = acting_user(make_user("offender_manager", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())
    begun(owner, "P-10001")
    said = {"words": "Visit", "owner": "owner", "due_on": "2026-12-01", "behaviour": "Waits"}
    paths = ("/api/v1/priority", "/api/v1/priority/unscored", f"{HIS}/priority", f"{HIS}/plan")

    def statuses(scope: str) -> list[int]:
        row, secret = ask_for_token(by=owner, purpose="A screen", scopes=[scope], days=1)
        approve_token(by=admin, reference=row.reference, reason="Agreed with them")
        asks = Client(headers={"Authorization": f"Bearer {secret}"})
        got = [asks.get(path).status_code for path in paths]
        return [*got, send(asks, "plan/actions", '"x"', **said).status_code]

    assert statuses("people.read") == [403] * 5
    assert statuses("prevention.read") == [200, 200, 200, 200, 403]
    assert statuses("prevention.write") == [403, 403, 403, 403, 412]


def test_more_actions_and_decisions_ask_the_database_no_more(program: Client, manager: Acting, chair: Acting) -> None:
    assert manager.user is not None
    begun(manager, "P-10001")
    acted(manager, "P-10001", manager.user, date(2026, 12, 1))
    decided_on(manager, NOW)
    answer_other(by=chair, person=he(chair), agrees=False, reason=WHY, seen=decided_of(chair, he(chair)).version)
    paths = ("/api/v1/priority", "/api/v1/priority/unscored", f"{HIS}/priority", f"{HIS}/plan")

    def asked() -> list[int]:
        found = []
        for path in paths:
            program.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert program.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    for _ in range(3):
        acted(manager, "P-10001", manager.user, date(2026, 12, 2))
        decided_on(manager, NOW)
        seen = decided_of(chair, he(chair)).version
        answer_other(by=chair, person=he(chair), agrees=False, reason=WHY, seen=seen)
    assert asked() == before
