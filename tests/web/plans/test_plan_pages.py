"""A plan is made page by page, without scripts: approved, acted on, reviewed, ended; nothing typed is lost (P24, PLN-01)."""

from collections.abc import Callable
from datetime import date, timedelta
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
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.models import Order
from craffu.prevention.models import Plan, PlanDraft, PlanVersion, PopulationDefined, ScoreRun, ScoreStands
from craffu.prevention.permissions import check_can_plan
from craffu.prevention.planning.facts import answers_of
from craffu.prevention.planning.gathering import Scored, conditions_of
from craffu.prevention.planning.kinds import NotScored
from craffu.prevention.planning.rules import Option
from craffu.prevention.population.rules import WhyOut
from craffu.prevention.scoring.actions import define_population
from craffu.prevention.scoring.rules import Tier
from craffu.web.plans.presenters import scored_words
from craffu.web.plans.words import WHY_NOT_SCORED
from tests.factories.identities import joined_to
from tests.factories.plans import (
    DONE,
    HOW_USED,
    OBJECTIVES,
    SAFETY,
    WHY_NOT,
    acted,
    answers,
    approved,
    asked_of,
    begun,
    planned,
    put,
    respondent_of,
    story_of,
)
from tests.logged import refs_said_by
from tests.web.conftest import text_of, title_of
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("PLN-01")]


def by_of(client: Client) -> Any:
    return acting_user(client.user)  # type: ignore[attr-defined]


def version_on(response: Any) -> str:
    return str(response.content.decode().partition('name="version" value="')[2].partition('"')[0])


@pytest.fixture
def manager(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("offender_manager", username="manager")


@pytest.fixture
def supervisor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor", username="supervisor")


@pytest.fixture
def person(order: Order, manager: Client) -> str:
    return respondent_of(by_of(manager), order)


@pytest.fixture
def at(person: str) -> str:
    return f"/people/{person}/plan"


def answered(client: Client, person: str) -> None:
    """Every page but the check, as a browser without scripts sends it; the first begins the plan."""
    at, by = f"/people/{person}/plan", by_of(client)
    went = client.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY})
    for option in Option:
        assert went["Location"] == f"{at}/new/options/{option.value}"
        is_used = option in (Option.ORDER, Option.MULTI_AGENCY_REFERRAL)
        said = {
            "choice": "use" if is_used else "not_used",
            "words": HOW_USED if is_used else WHY_NOT,
            "forums": ["mappa"],
        }
        went = client.post(went["Location"], said)
    (record,) = asked_of(by, person)
    assert went["Location"] == f"{at}/new/asked/{record}"
    said = {"how": "in_person", "on_day": "23", "on_month": "11", "on_year": "2026", "words": "She agrees"}
    went = client.post(went["Location"], said)
    assert went["Location"] == f"{at}/new/owner"
    went = client.post(went["Location"], {"owner": "manager"})
    assert went["Location"] == f"{at}/new/check"


def test_a_plan_is_begun_answered_page_by_page_and_put_to_a_supervisor(
    at: str, person: str, order: Order, manager: Client, supervisor: Client
) -> None:
    page = text_of(manager.get(at))
    for words in (
        "Nobody is making a plan for them, and none stands.",
        "Not scored. Nobody has stated whom the force scores.",
        "A plan is made by somebody, and by no score.",
        f"{order.reference}, Stalking protection order (full): In force (until further order)",
        "The register holds no warrants: ask the court.",
        "regression to the mean",
        "not that anything caused it",
    ):
        assert words in page
    assert "Begin a plan" in page
    page = text_of(manager.post(f"{at}/new", {"objectives": "", "safety": ""}))
    assert "Say in a sentence what the plan is to reach" in page
    assert Plan.objects.for_system("a test").count() == 0
    answered(manager, person)
    page = text_of(manager.get(f"{at}/new/options/arrest"))
    assert "No arrest of the last year is recorded." in page
    assert WHY_NOT in manager.get(f"{at}/new/options/arrest").content.decode()
    refused = manager.get(f"{at}/new/check")
    assert "Add at least one action, with whose it is and by when." in text_of(refused)
    assert "Put it to a supervisor" not in text_of(refused)
    assert PlanVersion.objects.for_system("a test").count() == 0
    assert text_of(manager.post(f"{at}/new/check", {})).count("Add at least one action") == 2
    (condition, *_others) = conditions_of(by_of(manager), [order.respondent_id])
    said = {"words": "Drive past at school hours", "owner": "manager", "condition": str(condition.pk), "behaviour": ""}
    page = text_of(manager.post(f"{at}/actions/new", said))
    assert "Enter the day by which it is to be done" in page
    said |= {"due_on_day": "1", "due_on_month": "12", "due_on_year": "2026"}
    page = text_of(manager.post(f"{at}/actions/new", said | {"behaviour": "Drives past her home"}))
    assert "Tie it to one condition of an order, or else say which behaviour it is about." in page
    page = text_of(manager.post(f"{at}/actions/new", said | {"due_on_day": "1", "due_on_month": "11"}))
    assert "That day is past." in page
    assert manager.post(f"{at}/actions/new", said)["Location"] == at
    last = manager.get(f"{at}/new/check")
    assert "Put it to a supervisor" in text_of(last)
    assert manager.post(f"{at}/new/check", {"version": version_on(last)})["Location"] == at
    page = text_of(manager.get(at))
    for words in (
        "It is put to a supervisor.",
        "Waits for a supervisor",
        OBJECTIVES,
        "MAPPA: multi-agency public protection arrangements",
        "She agrees",
        "23 November 2026",
        f"Condition {condition.number} of order {order.reference}",
        "To be done",
    ):
        assert words in page
    assert "Approve it, or send it back" not in page
    assert "Approve it, or send it back" in text_of(supervisor.get(at))
    # While it waits no other version is begun.
    assert manager.get(f"{at}/new").status_code == 409


def test_a_supervisor_approves_or_sends_back_and_whoever_put_it_forward_does_not(
    at: str, person: str, manager: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    by = by_of(supervisor)
    planned(by, person, by_of(manager).user)
    page = supervisor.get(f"{at}/approve/1")
    own = supervisor.post(f"{at}/approve/1", {"verdict": "agree", "words": "", "version": version_on(page)})
    assert own.status_code == 403
    assert "You put this plan forward. Another supervisor approves it." in text_of(own)
    assert "Approve it, or send it back" not in text_of(supervisor.get(at))
    other = signed_in_client("supervisor", username="other")
    version = version_on(other.get(f"{at}/approve/1"))
    assert "Choose whether you approve it" in text_of(other.post(f"{at}/approve/1", {"version": version}))
    wordless = text_of(other.post(f"{at}/approve/1", {"verdict": "back", "words": "", "version": version}))
    assert "Say why it goes back." in wordless
    stale = other.post(f"{at}/approve/1", {"verdict": "agree", "words": "", "version": "0" * 16})
    assert stale.status_code == 409
    went = other.post(f"{at}/approve/1", {"verdict": "back", "words": "Name the visits", "version": version})
    assert went["Location"] == at
    assert "Sent back" in text_of(manager.get(at))
    page = text_of(supervisor.get(f"{at}/new"))
    assert "A supervisor sent the last version back: Name the visits" in page
    assert "This version waits for nobody." in text_of(other.get(f"{at}/approve/1"))
    for path in ("approve/9", "versions/1", "actions/9", f"{story_of(by, person).plan.pk}/versions/9"):
        assert other.get(f"{at}/{path}").status_code == 404


def test_a_plan_that_stands_is_acted_on_reviewed_changed_and_ended(
    at: str, person: str, manager: Client, supervisor: Client
) -> None:
    by = by_of(manager)
    planned(by, person, by.user)
    approved(by_of(supervisor), person)
    page = text_of(manager.get(at))
    for words in ("Approved", "By the end of 22 December 2026", "A plan is reviewed every 28 days", "Plan approved"):
        assert words in page
    assert "Choose what became of it" in text_of(manager.post(f"{at}/actions/1", {}))
    short = text_of(manager.post(f"{at}/actions/1", {"verdict": "done", "words": "Yes"}))
    assert "Say a little more: at least 10 characters." in short
    assert manager.post(f"{at}/actions/1", {"verdict": "done", "words": DONE})["Location"] == at
    assert f"{DONE} (24 November 2026, by" in text_of(manager.get(at))
    closed = text_of(manager.get(f"{at}/actions/1"))
    assert "It is recorded already what became of this action." in closed
    late = manager.post(f"{at}/actions/1", {"verdict": "done", "words": "I saw him on Monday"})
    assert late.status_code == 409
    assert "It is not saved. Copy what you need. I saw him on Monday" in text_of(late)
    page = manager.get(f"{at}/review")
    assert "By the end of 22 December 2026" in text_of(page)
    said = {"outcome": "to_change", "words": DONE, "version": version_on(page)}
    assert manager.post(f"{at}/review", said)["Location"] == at
    assert manager.post(f"{at}/review", said).status_code == 409
    page = text_of(manager.get(at))
    assert "The last review found that it is to change." in page
    assert "It is to change: another version within seven days" in page
    # Another version begins with what the last one says, but for whoever was asked.
    assert OBJECTIVES in manager.get(f"{at}/new").content.decode()
    acted(by, person, by.user, date(2026, 12, 1))
    put(by, person, answers(by, person, by.user, Option.DISRUPTION))
    assert "Version 2 waits for a supervisor." in text_of(manager.get(at))
    first = f"{at}/{story_of(by, person).plan.pk}/versions/1"
    assert title_of(manager.get(first)) == f"Version 1 of the plan of {person} - Craffu"
    assert "Say in a sentence why the plan ends" in text_of(manager.post(f"{at}/end", {"reason": ""}))
    seen = {"version": version_on(manager.get(f"{at}/end"))}
    assert "Say a little more" in text_of(manager.post(f"{at}/end", {"reason": "Over"} | seen))
    assert manager.post(f"{at}/end", {"reason": "He was sent to prison for six years"} | seen)["Location"] == at
    page = text_of(manager.get(at))
    for words in ("The plan has ended.", "He was sent to prison for six years", "1 of 2 done", "Begin a plan"):
        assert words in page
    for path in ("actions/new", "actions/1", "review", "end", "new/owner", "new/check", "new/options/arrest"):
        assert manager.get(f"{at}/{path}").status_code == 404
    begun(by, person)
    page = text_of(manager.get(f"{at}/new/options/order"))
    assert f"Used by the plan of 24 November 2026, which has ended: {HOW_USED}" in page


def test_whoever_was_not_asked_needs_a_reason_and_nothing_used_needs_one(at: str, person: str, manager: Client) -> None:
    by = by_of(manager)
    manager.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY})
    (record,) = asked_of(by, person)
    here = f"{at}/new/asked/{record}"
    assert "Choose how they were asked" in text_of(manager.post(here, {}))
    assert "Say in a sentence why they were not asked." in text_of(manager.post(here, {"how": "not_asked"}))
    assert "Enter the day on which they were asked." in text_of(manager.post(here, {"how": "by_phone"}))
    assert "Enter a real date" in text_of(
        manager.post(here, {"how": "by_phone", "on_day": "31", "on_month": "11", "on_year": "2026"})
    )
    manager.post(here, {"how": "not_asked", "words": "She is abroad until May"})
    for option in Option:
        manager.post(f"{at}/new/options/{option.value}", {"choice": "not_used", "words": WHY_NOT})
    refused = text_of(manager.post(f"{at}/new/owner", {"owner": "manager", "none_reason": ""}))
    assert "Say in a sentence why nothing is used" in refused
    manager.post(f"{at}/new/owner", {"owner": "manager", "none_reason": "He left the country for good"})
    page = text_of(manager.get(f"{at}/new/check"))
    for words in ("She is abroad until May", "He left the country for good", "Put it to a supervisor"):
        assert words in page
    (draft,) = PlanDraft.objects.for_system("a test")
    assert answers_of(draft.answers).about(record).on == ""
    assert manager.get(f"{at}/new/asked/999999").status_code == 404
    assert manager.get(f"{at}/new/options/rockets").status_code == 404
    assert manager.get(f"{at}/new/drop")["Location"] == at
    assert manager.post(f"{at}/new/drop")["Location"] == at
    assert "It is thrown away." in text_of(manager.get(at))
    assert PlanDraft.objects.for_system("a test").count() == 0


def test_two_who_write_at_once_see_both_versions(
    at: str, person: str, manager: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    answered(manager, person)
    by = by_of(supervisor)
    acted(by, person, by.user, date(2026, 12, 1))
    version = version_on(manager.get(f"{at}/new/check"))
    put(by, person, answers(by, person, by.user, Option.ARREST, objectives="He is arrested when he breaks it"))
    approved(by_of(signed_in_client("supervisor", username="other")), person)
    conflict = manager.post(f"{at}/new/check", {"version": version})
    assert conflict.status_code == 409
    page = text_of(conflict)
    for words in ("He is arrested when he breaks it", OBJECTIVES, "What you answered is kept."):
        assert words in page
    assert manager.post(f"{at}/new/check", {"version": version_on(conflict)})["Location"] == at


@pytest.mark.rule("PRI-01")
def test_somebody_outside_the_population_has_a_plan_and_the_page_says_why_they_are_not_scored(
    at: str, person: str, manager: Client, supervisor: Client
) -> None:
    stated = {
        "name": "Stalking",
        "begins": date(2026, 11, 1),
        "necessity_ref": "DPIA-7",
        "necessity_on": date(2026, 10, 1),
    }
    define_population(by=by_of(supervisor), **stated)
    assert PopulationDefined.objects.for_system("a test").count() == 1
    victim = asked_of(by_of(manager), person)
    assert victim
    page = text_of(manager.get(at))
    assert "Not scored. " in page
    assert "Nobody has stated" not in page
    assert manager.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY}).status_code == 302


def test_who_has_read_a_plan_is_in_the_log_and_no_word_of_it(
    at: str, person: str, order: Order, manager: Client
) -> None:
    answered(manager, person)
    manager.get(at)
    last = Event.objects.filter(kind="plan_viewed").order_by("-id")[0]
    refs = set(refs_said_by(last))
    assert {f"person/{person}", f"order/{order.reference}"} <= refs
    payloads = "\n".join(Event.objects.values_list("payload", flat=True))
    for words in (OBJECTIVES, SAFETY, HOW_USED, WHY_NOT):
        assert words not in payloads


@pytest.mark.rule("SEC-02")
def test_a_plan_is_shut_with_its_case(
    at: str, person: str, manager: Client, supervisor: Client, signed_in_client: Callable[..., Client]
) -> None:
    by = by_of(manager)
    planned(by, person, by.user)
    plan = Plan.objects.for_system("a test").get()
    assert plan.case is not None
    restrict(by=by_of(supervisor), kind="case", reference=plan.case.reference, reason="a test")
    page = text_of(signed_in_client("offender_manager", username="outside").get(at))
    assert OBJECTIVES not in page
    assert "restricted" in page


def test_the_page_asks_no_more_of_a_longer_history(at: str, person: str, manager: Client, supervisor: Client) -> None:
    by = by_of(manager)
    planned(by, person, by.user)
    approved(by_of(supervisor), person)
    manager.get(at)
    with CaptureQueriesContext(connection) as before:
        manager.get(at)
    for one in range(3):
        acted(by, person, by.user, date(2026, 12, 1 + one))
        put(by, person, answers(by, person, by.user))
        approved(by_of(supervisor), person)
    with CaptureQueriesContext(connection) as after:
        manager.get(at)
    assert len(after) == len(before)


@pytest.mark.rule("MON-03")
def test_the_plan_shows_what_follows_its_orders_up_more_closely_and_where_to_raise_it(
    at: str, person: str, order: Order, manager: Client
) -> None:
    page = manager.get(at)
    assert "Heightened follow-up" not in text_of(page), "nothing of it while there is no plan and none was raised"
    planned(by_of(manager), person, by_of(manager).user)
    new = f"/orders/{order.reference}/follow-up/new"
    page = manager.get(at)
    assert f"Raise heightened follow-up of {order.reference}" in text_of(page)
    assert "None is raised of the orders in force." in text_of(page)
    assert f'href="{new}"' in page.content.decode()
    said = {
        "trigger": "tag_or_device_alert",
        "words": "The tag was cut",
        "on_day": "24",
        "on_month": "11",
        "on_year": "2026",
    }
    assert manager.post(new, said | {"at": "11:50"}).status_code == 302
    page = text_of(manager.get(at))
    assert "A tag or a device raised an alert" in page
    assert "To be acted on" in page
    assert "The tag was cut" not in page


def test_a_plan_late_for_its_action_says_so(at: str, person: str, manager: Client) -> None:
    by = by_of(manager)
    with time_machine.travel(clock.now() - timedelta(days=8), tick=False):
        planned(by, person, by.user)
    assert "Late" in text_of(manager.get(at))


@pytest.mark.rule("PRI-02")
def test_a_priority_is_said_with_its_scheme_and_day_and_never_as_a_risk() -> None:
    run = ScoreRun(scheme="rfgv_b", scheme_version=1, at=NOW)
    stands = ScoreStands(run=run, tier=Tier.HIGH.value)
    assert scored_words(Scored(stands, "")) == "High priority: scheme rfgv_b, version 1, run of 24 November 2026."
    assert {*WHY_NOT_SCORED} == {*(one.value for one in NotScored), *(one.value for one in WhyOut)}


@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize(
    "page", ["plan", "plan/new", "plan/end", "priority", "priority/other", "cohort/enter", "propose"]
)
def test_a_reference_whose_records_are_another_persons_now_leads_to_their_page_and_nothing_is_done_under_it(
    page: str, order: Order, person: str, manager: Client, system: Acting
) -> None:
    gone = joined_to(system, order.respondent_id)
    answer = manager.get(f"/people/{gone}/{page}?x=1")
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/people/{person}/{page}?x=1")
    said = {"objectives": OBJECTIVES, "safety": SAFETY, "reason": DONE}
    posted = manager.post(f"/people/{gone}/{page}", said)
    # The plan's own page takes nothing.
    assert posted.status_code == 405 if page == "plan" else posted.headers["Location"] == f"/people/{person}/{page}"
    assert not Plan.objects.for_system("a test").exists()


@pytest.mark.rule("IDN-03")
def test_the_record_of_an_old_reference_is_taken_out_as_whoever_they_are_now(
    order: Order, person: str, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    gone = joined_to(system, order.respondent_id)
    answer = signed_in_client("supervisor").get(f"/people/{gone}/export")
    assert answer.headers.get("Location") == f"/people/{person}/export"


def test_T30_a_plan_that_changed_since_is_not_ended_and_is_shown_as_it_stands(
    at: str, person: str, manager: Client, supervisor: Client
) -> None:
    begun(by_of(manager), person)
    reason = {"reason": "He was sent to prison for six years"}
    seen = {"version": version_on(manager.get(f"{at}/end"))}
    acted(by_of(supervisor), person, by_of(manager).user, date(2026, 12, 1))
    put(by_of(supervisor), person, answers(by_of(supervisor), person, by_of(manager).user))
    clash = manager.post(f"{at}/end", reason | seen)
    assert clash.status_code == 409
    for words in ("Somebody else changed this", "Waits for a supervisor", reason["reason"]):
        assert words in text_of(clash), words
    assert manager.post(f"{at}/end", reason | {"version": version_on(clash)})["Location"] == at


def test_whoever_writes_when_somebody_else_ends_the_plan_loses_nothing(
    at: str, person: str, manager: Client, signed_in_client: Callable[..., Client]
) -> None:
    other = signed_in_client("offender_manager", username="other")
    begun(by_of(manager), person)
    first = {"version": version_on(other.get(f"{at}/new"))}
    assert other.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY}).status_code == 302
    reason = {"reason": "He was sent to prison for six years", "version": version_on(manager.get(f"{at}/end"))}
    assert manager.post(f"{at}/end", reason).status_code == 302
    for path, given, typed in (
        ("new/options/order", {"choice": "use", "words": HOW_USED}, HOW_USED),
        ("new/owner", {"owner": "manager"}, ""),
        ("new", {"objectives": "Something else altogether", "safety": SAFETY} | first, "Something else altogether"),
    ):
        told = other.post(f"{at}/{path}", given)
        assert told.status_code == 409
        page = text_of(told)
        for words in ("Somebody ended this plan while you were writing.", reason["reason"], "is kept", typed):
            assert words in page, words
    assert Plan.objects.for_system("a test").count() == 1
    assert other.get(f"{at}/new/owner").status_code == 404
    # What was saved stands in the plan that they begin next, and is shown to nobody else.
    assert OBJECTIVES in other.get(f"{at}/new").content.decode()
    assert OBJECTIVES not in manager.get(f"{at}/new").content.decode()
    assert other.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY}).status_code == 302
    assert PlanDraft.objects.for_system("a test").count() == 1
    assert Plan.objects.for_system("a test").count() == 2


def test_whoever_acts_on_a_plan_that_somebody_else_ended_loses_nothing(
    at: str, person: str, manager: Client, signed_in_client: Callable[..., Client]
) -> None:
    by, other = by_of(manager), signed_in_client("offender_manager", username="other")
    supervisor = signed_in_client("supervisor", username="approver")
    planned(by, person, by.user)
    approved(by_of(supervisor), person)
    acted(by, person, by.user, date(2026, 12, 1))
    seen = version_on(other.get(f"{at}/review"))
    reason = {"reason": "He was sent to prison for six years", "version": version_on(manager.get(f"{at}/end"))}
    assert manager.post(f"{at}/end", reason).status_code == 302
    for reader, path, given in (
        (other, "review", {"outcome": "to_change", "words": DONE, "version": seen}),
        (other, "actions/new", {"words": DONE}),
        (other, "actions/1", {"verdict": "done", "words": DONE}),
        (other, "end", {"reason": DONE, "version": seen}),
        (supervisor, "approve/1", {"verdict": "back", "words": DONE, "version": seen}),
    ):
        told = reader.post(f"{at}/{path}", given)
        assert told.status_code == 409, path
        for words in ("Somebody ended this plan while you were writing.", reason["reason"], DONE):
            assert words in text_of(told), path
    assert ("Begin another plan" in text_of(told)) == allows(check_can_plan, by_of(supervisor))


def test_whoever_reviews_or_approves_a_plan_that_moved_sees_it_as_it_stands_and_may_go_on(
    at: str, person: str, manager: Client, signed_in_client: Callable[..., Client]
) -> None:
    by, other = by_of(manager), signed_in_client("offender_manager", username="other")
    first, second = (signed_in_client("supervisor", username=name) for name in ("first", "second"))
    planned(by, person, by.user)
    late = {"verdict": "back", "words": "Name the visits", "version": version_on(second.get(f"{at}/approve/1"))}
    agreed = {"verdict": "agree", "words": "", "version": version_on(first.get(f"{at}/approve/1"))}
    assert first.post(f"{at}/approve/1", agreed).status_code == 302
    told = second.post(f"{at}/approve/1", late)
    assert told.status_code == 409
    # What can be decided no more is not asked again, and what was typed is given back.
    for words in ("This version waits for nobody.", "It is not saved. Copy what you need.", late["words"]):
        assert words in text_of(told)
    stale = version_on(other.get(f"{at}/review"))
    stands = {"outcome": "stands", "words": DONE, "version": version_on(manager.get(f"{at}/review"))}
    assert manager.post(f"{at}/review", stands).status_code == 302
    said = {"outcome": "to_change", "words": f"{DONE} And more", "version": stale}
    told = other.post(f"{at}/review", said)
    assert told.status_code == 409
    assert said["words"] in text_of(told)
    assert version_on(told) != stale
    assert other.post(f"{at}/review", said | {"version": version_on(told)})["Location"] == at


def test_what_was_written_of_a_plan_that_ended_is_thrown_away_by_a_button(
    at: str, person: str, manager: Client, signed_in_client: Callable[..., Client]
) -> None:
    other = signed_in_client("offender_manager", username="other")
    begun(by_of(manager), person)
    other.post(f"{at}/new", {"objectives": OBJECTIVES, "safety": SAFETY})
    manager.post(f"{at}/end", {"reason": DONE, "version": version_on(manager.get(f"{at}/end"))})
    assert "Throw it away" in text_of(other.get(f"{at}/new"))
    other.post(f"{at}/new/drop")
    assert PlanDraft.objects.for_system("a test").count() == 0
    assert other.post(f"{at}/new/drop")["Location"] == at
