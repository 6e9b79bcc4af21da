"""The register held against the court's own list: in full, every difference owned and aged, neither side overwritten (ORD-19)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.clocks.london import start_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import CourtListed, DifferenceClosed, ListDifference, ListsCompared, Order
from craffu.orders.reconciling.actions import close_difference, compare_lists, enter_listed, own_difference
from craffu.orders.reconciling.queries import differences_page, find_difference, other_side, owner_of
from craffu.work.models import WorkItem
from craffu.work.rules import Band
from tests.factories.court_lists import line, listed
from tests.factories.orders import MADE, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

AGREED = line(ends_on="", until_further_order="yes")
A_DAY = timedelta(days=1)


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    """A stalking protection order made on 20 November under number 63AA1, until further order."""
    return received(team, considered(world.system, world.folder).reference, MADE)


def findings(by: Acting) -> list[tuple[str, str]]:
    rows = differences_page(by, NOW, is_closed=False)
    return [(one.court_case_no, one.finding) for one in rows]


def compared(by: Acting) -> tuple[int, int, int]:
    one = compare_lists(by=by)
    return one.compared, one.agreed, one.differences


@pytest.mark.rule("ORD-19")
@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"ptiurn": "63 aa/1"}, []),
        ({"made_on": "2026-11-21"}, []),
        ({"made_on": "2026-11-22"}, [("63AA1", "made_date_differs")]),
        ({"ends_on": "2028-11-19", "until_further_order": "no"}, [("63AA1", "end_differs")]),
        ({"order_kind": "interim SPO", "result_code": "3306"}, [("63AA1", "type_differs")]),
        ({"order_kind": "parking ban", "result_code": ""}, [("63AA1", "type_differs")]),
        ({"status": "discharged"}, [("63AA1", "on_register_not_in_court_list")]),
        ({"ptiurn": "63AA2"}, [("63AA1", "on_register_not_in_court_list"), ("63AA2", "made_by_court_not_on_register")]),
    ],
)  # fmt: skip
def test_what_stands_on_one_side_is_held_against_what_stands_on_the_other(
    change: dict[str, str], wanted: list[tuple[str, str]], made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, {**AGREED, **change})
    before = Order.objects.for_user(team).filter(pk=made.pk).values().get()
    compare_lists(by=team)
    assert findings(team) == wanted
    assert Order.objects.for_user(team).filter(pk=made.pk).values().get() == before


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("T28")
def test_the_same_list_again_changes_nothing_and_a_later_word_is_a_row_more(
    made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    first = listed(system, tmp_path, AGREED, line(order_ref="ORD-000002", ptiurn="", order_kind="NMO", result_code=""))
    assert (first.run.created, first.run.rejected) == (2, 0)
    again = listed(system, tmp_path, AGREED, line(order_ref="ORD-000002", ptiurn="", order_kind="NMO", result_code=""))
    assert (again.run.unchanged, CourtListed.objects.for_user(team).count()) == (2, 2)
    assert compared(team) == (2, 1, 1)
    assert findings(team) == [("ORD-000002", "made_by_court_not_on_register")]
    listed(system, tmp_path, {**AGREED, "status": "discharged", "updated_at": "2026-11-23T16:00:00+00:00"})
    listed(system, tmp_path, {**AGREED, "updated_at": "2026-11-19T16:00:00+00:00", "status": "quashed"})
    assert [one.status for one in CourtListed.objects.for_user(team).filter(order_ref="ORD-000001")] == [
        "in_force", "discharged",
    ]  # fmt: skip
    compare_lists(by=team)
    assert ("63AA1", "on_register_not_in_court_list") in findings(team)


@pytest.mark.rule("ORD-19")
def test_a_row_that_cannot_be_read_is_rejected_with_its_line_and_reason(system: Acting, tmp_path: Path) -> None:
    done = listed(system, tmp_path, AGREED, line(order_ref="ORD-000002", made_on="yesterday"))
    assert (done.run.created, done.run.rejected) == (1, 1)
    assert done.reject_file is not None
    assert "orders.csv,3,made_on" in done.reject_file.read_text(encoding="utf-8-sig")


@pytest.mark.rule("ORD-19")
def test_nothing_is_compared_before_a_list_has_come_and_by_nobody_else(
    made: Order, team: Acting, investigator: Acting
) -> None:
    with pytest.raises(NotNow) as refused:
        compare_lists(by=team)
    assert refused.value.code == "no_list"
    with pytest.raises(NotPermitted):
        compare_lists(by=investigator)
    assert not ListsCompared.objects.for_user(team).exists()


@pytest.mark.rule("ORD-19")
def test_a_difference_is_one_until_a_comparison_no_longer_shows_it(
    made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    for _ in range(2):
        compare_lists(by=team)
    (difference,) = ListDifference.objects.for_user(team)
    assert (difference.reference, difference.finding, difference.order_id) == ("LD-10001", "end_differs", made.pk)
    listed(system, tmp_path, {**AGREED, "updated_at": "2026-11-23T16:00:00+00:00"})
    last = compare_lists(by=team)
    closed = DifferenceClosed.objects.for_user(team).get()
    assert (closed.how, closed.comparison, closed.by) == ("agrees", last, None)
    listed(system, tmp_path, {**line(), "updated_at": "2026-11-24T10:00:00+00:00"})
    compare_lists(by=team)
    assert [one.reference for one in differences_page(team, NOW, is_closed=False)] == ["LD-10002"]
    assert Event.objects.filter(kind="order_lists_compared").count() == 5


@pytest.mark.rule("ORD-19")
def test_what_somebody_decided_may_stand_stands_until_either_side_says_otherwise(
    made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    compare_lists(by=team)
    with pytest.raises(NotNow) as refused:
        close_difference(by=team, difference="LD-10001", words=" ")
    assert refused.value.code == "missing:reason_text"
    close_difference(by=team, difference="LD-10001", words="The court office has been told: the order has no end")
    with pytest.raises(Conflict):
        close_difference(by=team, difference="LD-10001", words="Again")
    with pytest.raises(Conflict):
        own_difference(by=team, difference="LD-10001", owner=team.user)
    compare_lists(by=team)
    assert findings(team) == []
    listed(system, tmp_path, {**line(), "ends_on": "2029-11-19", "updated_at": "2026-11-23T16:00:00+00:00"})
    compare_lists(by=team)
    assert findings(team) == [("63AA1", "end_differs")]


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-09")
def test_an_order_that_the_register_lacks_is_entered_from_the_list_by_whoever_may_receive_one(
    team: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    compare_lists(by=team)
    row = CourtListed.objects.for_user(team).get()
    given = Given(
        made_at=start_of(date(2026, 11, 20)), court="B63IE", court_case_no="63AA1", last_day=date(2028, 11, 19),
        source_record="court list ORD-000001", terms=TERMS,
    )  # fmt: skip
    supervisor = acting_as("supervisor", username="supervisor")
    with pytest.raises(NotPermitted) as refused:
        enter_listed(by=supervisor, difference="LD-10001", kind="SPO", respondent=row.record, given=given)
    assert refused.value.code == "wrong_role"
    order = enter_listed(by=team, difference="LD-10001", kind="SPO", respondent=row.record, given=given)
    assert (order.status, order.respondent, order.last_day) == ("granted", row.record, date(2028, 11, 19))
    closed = DifferenceClosed.objects.for_user(team).get()
    assert (closed.how, closed.order, closed.by) == ("entered", order, team.user)
    assert compared(team) == (1, 1, 0)
    assert findings(team) == []


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-09")
def test_what_was_entered_and_is_off_the_register_again_is_raised_and_entered_anew(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    record = CourtListed.objects.for_user(team).get().record
    given = Given(
        made_at=start_of(date(2026, 11, 20)), court="B63IE", court_case_no="63AA1", last_day=date(2028, 11, 19),
        source_record="court list ORD-000001", terms=TERMS,
    )  # fmt: skip
    entered = []
    for difference in ("LD-10001", "LD-10002"):
        compare_lists(by=team)
        assert findings(team) == [("63AA1", "made_by_court_not_on_register")]
        entered.append(enter_listed(by=team, difference=difference, kind="SPO", respondent=record, given=given))
        assert compared(team) == (1, 1, 0)
        quashed = Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1")
        move_order(by=team, order=entered[-1].reference, move="quash", given=quashed)
    assert len({one.pk for one in entered}) == 2


@pytest.mark.rule("ORD-19")
def test_what_is_on_the_register_is_not_entered_again(
    made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    compare_lists(by=team)
    with pytest.raises(NotNow) as refused:
        enter_listed(by=team, difference="LD-10001", kind="SPO", respondent=made.respondent, given=Given())
    assert refused.value.code == "on_register"


@pytest.mark.rule("ORD-19")
def test_what_came_on_the_register_since_the_comparison_is_not_entered_beside_it_unless_it_is_said_to_be_another(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    compare_lists(by=team)
    made = received(team, considered(system, tmp_path).reference, MADE)
    said = Given(
        made_at=MADE, court="B63IE", court_case_no="63 aa1", last_day=date(2028, 11, 19), source_record="court list",
        terms=TERMS,
    )  # fmt: skip

    def entered(*, is_another: bool = False) -> Order:
        return enter_listed(
            by=team, difference="LD-10001", kind="SPO", respondent=made.respondent, given=said, is_another=is_another
        )

    with pytest.raises(NotNow, match=made.reference) as refused:
        entered()
    assert refused.value.code == "on_register"
    assert not DifferenceClosed.objects.for_user(team).exists()
    assert entered(is_another=True).pk != made.pk


@pytest.mark.rule("ORD-19")
def test_both_sides_are_shown_as_they_are_now_over_or_not(
    made: Order, team: Acting, system: Acting, tmp_path: Path
) -> None:
    listed(system, tmp_path, {**AGREED, "status": "discharged"}, line(order_ref="ORD-000002", ptiurn="63AA2"))
    compare_lists(by=team)
    ours, theirs = (find_difference(team, one) for one in ("LD-10001", "LD-10002"))
    assert ours is not None
    assert theirs is not None
    order, court = other_side(team, ours)
    assert (order, court.status if court else "") == (made, "discharged")
    order, court = other_side(team, theirs)
    assert (order, court.order_ref if court else "") == (None, "ORD-000002")
    assert [one.reference for one in differences_page(team, NOW, is_closed=False, band=Band.FRESH)] == [
        "LD-10001", "LD-10002"
    ]  # fmt: skip
    assert not differences_page(team, NOW, is_closed=False, band=Band.LONGER)


@pytest.mark.rule("ORD-19")
def test_a_list_is_compared_as_it_comes_and_the_next_comparison_is_due_in_seven_days(
    made: Order, team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    def ticked(at: datetime) -> list[tuple[object, ...]]:
        with time_machine.travel(at, tick=False):
            tick(force=force, at=at)
        rows = WorkItem.objects.for_system("a test").filter(queue="court-orders").order_by("id")
        return [(one.kind, one.about, one.why, one.state, one.due_at, one.owner) for one in rows]

    listed(system, tmp_path, line())
    first = NOW + timedelta(minutes=1)
    due = NOW + 7 * A_DAY
    difference = ("order_list_difference", "LD-10001", "end_differs", "open", due, None)
    assert ticked(first) == [difference]
    own_difference(by=team, difference="LD-10001", owner=team.user)
    mine = (*difference[:5], team.user)
    assert ticked(NOW + 5 * A_DAY) == [mine]
    assert ticked(due - timedelta(hours=1)) == [
        mine, ("compare_order_lists", "LC-10001", "order_lists_not_compared", "open", due, None),
    ]  # fmt: skip
    assert ListsCompared.objects.for_user(team).count() == 1
    with time_machine.travel(due + timedelta(hours=1), tick=False):
        close_difference(by=team, difference="LD-10001", words="Put right at the court")
        compare_lists(by=team)
    assert {one[3] for one in ticked(due + timedelta(hours=2))} == {"done"}
    assert WorkItem.objects.for_system("a test").get(kind="compare_order_lists").missed_from is not None


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("SEC-02")
def test_a_restricted_case_is_compared_whoever_asks_and_its_difference_shown_to_nobody_shut_out(
    made: Order, team: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    assert made.case is not None
    keeper = acting_as("supervisor", username="keeper")
    shut_out = acting_as("orders_team", username="other")
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    shut_out = acting_user(shut_out.user)
    listed(system, tmp_path, line())
    assert compared(shut_out) == (1, 0, 1)
    assert findings(shut_out) == []
    assert findings(acting_user(keeper.user)) == [("63AA1", "end_differs")]


@pytest.mark.rule("ORD-19")
def test_the_owner_is_the_last_who_took_it_and_works_on_the_queue(
    made: Order, team: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    listed(system, tmp_path, line())
    compare_lists(by=team)
    reader = acting_as("analyst", username="analyst")
    with pytest.raises(NotNow) as refused:
        own_difference(by=team, difference="LD-10001", owner=reader.user)
    assert refused.value.code == "not_their_queue"
    own_difference(by=team, difference="LD-10001", owner=team.user)
    found = find_difference(team, "LD-10001")
    assert found is not None
    owned = owner_of(found)
    assert owned is not None
    assert owned.owner == team.user
