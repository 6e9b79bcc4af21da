"""What somebody reports is held against the orders of that person, kept once, and followed up at once (BRC-01, BRC-06)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.breaches.detecting.facts import Reported
from craffu.breaches.detecting.rules import Channel
from craffu.breaches.ledger.kinds import KnownHow
from craffu.breaches.ledger.queries import breaches_against, find_breach, orders_held_against, story_of_breach
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.ledger.yearly import Counted, counted_since
from craffu.cases.models import RiskEvent
from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.models import Condition, Order, OrderTrigger
from craffu.people.models import Membership
from craffu.people.queries import find_person, records_of
from tests.factories.breaches import breaches
from tests.factories.identities import joined_to, scattered
from tests.factories.orders import MADE, considered, order_of, received
from tests.integration.breaches.conftest import DAY, HOUR, SERVED_AT
from tests.integration.orders.conftest import NOW

GIVEN = Reported("form-1", NOW - HOUR, words="At the gate of the school")


def person_of(order: Order) -> str:
    rows = Membership.objects.for_system("a test").filter(record=order.respondent_id).select_related("person")
    return str(rows.get().person.reference)


def condition(order: Order, number: int) -> int:
    return int(Condition.objects.for_system("a test").get(terms__order=order, number=number).pk)


@pytest.mark.rule("BRC-01")
@pytest.mark.rule("BRC-05")
def test_a_report_ties_the_conditions_named_and_starts_what_follows_at_once(served: Order, officer: Acting) -> None:
    named = (condition(served, 1), condition(served, 2))
    given = replace(
        GIVEN, order=served.reference, conditions=named, channel=Channel.IN_PERSON, in_zone=True, through_others=False,
        known_how=KnownHow.SEEN, at_risk_now=True, at_risk=served.respondent_id,
    )  # fmt: skip

    breach = report_breach(by=officer, person=person_of(served), given=given)

    story = story_of_breach(officer, breach)
    assert (breach.found_by, breach.status, breach.is_said, breach.is_past) == ("report", "possible", True, False)
    assert (breach.known_how, breach.through_others, breach.at_risk_now) == ("seen", False, True)
    assert (breach.at_risk_id, breach.raised_by, breach.case_id) == (served.respondent_id, officer.user, served.case_id)
    assert [(one.order_id, one.condition_id, one.flags) for one in story.holding] == [
        (served.pk, named[0], []), (served.pk, named[1], []),
    ]  # fmt: skip
    assert [(one.kind, one.words, one.by) for one in story.sources] == [("report", GIVEN.words, officer.user)]
    triggers = OrderTrigger.objects.for_system("a test").filter(order=served, trigger="possible_breach_raised")
    assert [one.key for one in triggers] == [f"breach:{breach.reference}"]
    assert RiskEvent.objects.for_system("a test").filter(case=served.case, kind="possible_breach_raised").count() == 1
    kinds = list(Event.objects.order_by("-id").values_list("kind", flat=True)[:3])
    assert "breach_reported" in kinds
    assert not any(GIVEN.words in one for one in Event.objects.values_list("payload", flat=True))


@pytest.mark.rule("BRC-06")
def test_who_is_not_sure_of_the_order_has_it_held_against_every_one_that_bound_them_then(
    served: Order, team: Acting, officer: Acting
) -> None:
    assert served.case is not None
    interim = order_of(team, served.case.reference, MADE, "ISPO")
    later = order_of(team, served.case.reference, NOW - HOUR / 2, "RO_CONV")

    breach = report_breach(
        by=officer, person=person_of(served), given=replace(GIVEN, conditions=(condition(served, 2),))
    )

    found = {(one.order_id, one.condition_id): one.flags for one in story_of_breach(officer, breach).holding}
    assert found == {(served.pk, condition(served, 2)): [], (interim.pk, None): ["not_enforceable_at_time"]}
    assert later.pk not in {order for order, _ in found}
    assert [one.pk for one in orders_held_against(officer, breach)] == [served.pk, interim.pk]


def test_an_order_of_somebody_else_is_refused_and_nothing_is_kept(
    served: Order, system: Acting, team: Acting, officer: Acting, tmp_path: Path
) -> None:
    other = received(team, considered(system, tmp_path, number=2).reference, MADE)

    with pytest.raises(NotNow) as refusal:
        report_breach(by=officer, person=person_of(served), given=replace(GIVEN, order=other.reference))

    assert refusal.value.code == "not_their_order"
    assert breaches() == []
    with pytest.raises(NotNow):
        report_breach(by=officer, person=person_of(served), given=replace(GIVEN, order="O-99999"))


@pytest.mark.rule("BRC-01")
def test_the_same_form_is_kept_once_also_when_somebody_else_sends_it_and_another_form_is_another_incident(
    served: Order, officer: Acting, investigator: Acting
) -> None:
    given = replace(GIVEN, order=served.reference)
    first = report_breach(by=officer, person=person_of(served), given=given)
    again = report_breach(by=officer, person=person_of(served), given=replace(given, words="Changed"))
    third = report_breach(by=investigator, person=person_of(served), given=given)

    assert first.pk == again.pk == third.pk
    assert [one.words for one in story_of_breach(officer, first).sources] == [GIVEN.words]
    report_breach(by=officer, person=person_of(served), given=replace(given, key="form-2"))
    assert len(breaches()) == 2


@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize("names", [True, False])
def test_a_report_under_a_reference_that_is_another_persons_now_is_held_against_their_orders_and_kept_once(
    names: bool, served: Order, officer: Acting, system: Acting
) -> None:
    gone = joined_to(system, served.respondent_id)
    given = replace(GIVEN, order=served.reference if names else "")
    one, again = (report_breach(by=officer, person=gone, given=given) for _ in range(2))
    assert one.pk == again.pk
    assert [each.reference for each in orders_held_against(officer, one)] == [served.reference]
    logged = Event.objects.filter(kind="breach_reported").latest("id").payload
    assert all(f"person/{each}" in logged for each in (gone, person_of(served)))


@pytest.mark.rule("IDN-03")
def test_a_report_under_a_reference_that_is_of_several_now_is_kept_once_an_order_says_of_whom(
    served: Order, officer: Acting, system: Acting
) -> None:
    gone, other = scattered(system, served.respondent_id)
    with pytest.raises(NotNow) as refused:
        report_breach(by=officer, person=gone, given=GIVEN)
    assert refused.value.code == "several_people"
    assert other in refused.value.message
    assert breaches() == []
    breach = report_breach(by=officer, person=gone, given=replace(GIVEN, order=served.reference))
    assert breach.respondent_id == served.respondent_id


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (NOW + HOUR, None, "in_future"),
        (NOW - HOUR, NOW + HOUR, "in_future"),
        (NOW - HOUR, NOW - 2 * HOUR, "ends_before"),
    ],
)
def test_what_lies_ahead_or_ends_before_it_began_is_refused(
    first: object, last: object, code: str, served: Order, officer: Acting
) -> None:
    with pytest.raises(NotNow) as refusal:
        report_breach(by=officer, person=person_of(served), given=replace(GIVEN, first_at=first, last_at=last))
    assert refusal.value.code == code
    assert breaches() == []


@pytest.mark.rule("BRC-02")
@pytest.mark.parametrize(
    ("at", "flags"),
    [(MADE - DAY, ["not_enforceable_at_time"]), (MADE, ["not_enforceable_at_time"]), (SERVED_AT, [])],
    ids=["before it was made", "before it was served", "as it was served"],
)
def test_what_was_done_before_the_order_bound_them_is_kept_as_a_report_that_says_so(
    at: object, flags: list[str], served: Order, officer: Acting
) -> None:
    breach = report_breach(
        by=officer, person=person_of(served), given=replace(GIVEN, order=served.reference, first_at=at)
    )
    [tie] = story_of_breach(officer, breach).holding
    assert (tie.order_id, tie.flags) == (served.pk, flags)
    assert breach.status == "possible"


@pytest.mark.rule("BRC-02")
def test_not_sure_of_the_order_and_before_any_bound_them_it_is_a_report_without_one(
    served: Order, officer: Acting
) -> None:
    breach = report_breach(by=officer, person=person_of(served), given=replace(GIVEN, first_at=MADE - DAY))
    assert story_of_breach(officer, breach).holding == []
    records = records_of(officer, find_person(officer, person_of(served)))  # type: ignore[arg-type]
    assert list(breaches_against(officer, records)) == [breach], "it stands in the history all the same"


@pytest.mark.rule("BRC-06")
def test_who_cannot_say_when_says_since_the_order_began_and_it_is_flagged(served: Order, officer: Acting) -> None:
    given = replace(GIVEN, order=served.reference, first_at=None)
    breach = report_breach(by=officer, person=person_of(served), given=given)
    [tie] = story_of_breach(officer, breach).holding
    assert (breach.happened_from, breach.happened_to, tie.flags) == (MADE, NOW, ["time_uncertain"])
    [word] = story_of_breach(officer, breach).words
    assert word.incident_on is None, "no day was said, and none is compared"


def test_who_cannot_say_when_of_somebody_without_an_order_says_today(served: Order, officer: Acting) -> None:
    protected = served.protects.get().record_id
    hers = Membership.objects.for_system("a test").get(record=protected).person.reference
    breach = report_breach(by=officer, person=hers, given=replace(GIVEN, first_at=None))
    assert (breach.happened_from, breach.happened_to) == (NOW - 12 * HOUR, NOW)


@pytest.mark.rule("SEC-02")
def test_a_report_is_held_against_an_order_that_is_shut_to_whoever_reports_and_named_it_is_refused(
    served: Order, officer: Acting, supervisor: Acting, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    assert served.case is not None
    restrict(by=supervisor, kind="case", reference=served.case.reference, reason="a test")
    shut = acting_as("response_officer", username="another")

    breach = report_breach(by=shut, person=person_of(served), given=GIVEN)

    assert [one.order_id for one in story_of_breach(system, breach).holding] == [served.pk]
    assert find_breach(shut, breach.reference) is None
    assert orders_held_against(shut, breach) == []
    assert report_breach(by=shut, person=person_of(served), given=GIVEN).pk == breach.pk
    named = replace(GIVEN, key="form-2", order=served.reference)
    with pytest.raises(NotNow):
        report_breach(by=shut, person=person_of(served), given=named)


@pytest.mark.rule("SEC-01")
def test_only_whoever_meets_them_or_looks_after_the_victim_reports(
    served: Order, acting_as: Callable[..., Acting], system: Acting
) -> None:
    for role in ("analyst", "auditor", "link_clerk", "scrutiny_officer", "commissioner_view", "authoriser"):
        with pytest.raises(NotPermitted):
            report_breach(by=acting_as(role), person=person_of(served), given=GIVEN)
    with pytest.raises(NotPermitted):
        report_breach(by=system, person=person_of(served), given=GIVEN)
    for number, role in enumerate(("response_officer", "victim_officer", "offender_manager", "probation_liaison")):
        given = replace(GIVEN, key=f"role-{number}")
        report_breach(by=acting_as(role), person=person_of(served), given=given)
    assert len(breaches()) == 4


@pytest.mark.rule("BRC-07")
def test_a_year_counts_each_thing_by_its_own_name(served: Order, officer: Acting) -> None:
    def report(key: str, at: object) -> None:
        report_breach(by=officer, person=person_of(served), given=replace(GIVEN, key=key, first_at=at))

    report("this-year", NOW - HOUR)
    report("before", NOW - 400 * DAY)
    records = records_of(officer, find_person(officer, person_of(served)))  # type: ignore[arg-type]
    assert counted_since(officer, records, NOW - 30 * DAY) == Counted(alleged=1, accepted=0, proved=0, possible=0)
    assert counted_since(officer, records, NOW - 500 * DAY).alleged == 2
