"""Whom an order protects is said by people, from what was seen, and never the one it is against (ORD-06, T30)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.models import OrderProtects
from craffu.orders.protecting.actions import say_protected
from craffu.orders.protecting.policies import (
    check_is_not_respondent,
    check_protected_as_seen,
    check_protects_somebody,
)
from craffu.orders.protecting.queries import people_protected, records_protected
from tests.factories.orders import considered, parties


def rows(by: Acting) -> list[OrderProtects]:
    return list(OrderProtects.objects.for_user(by).order_by("id"))


@pytest.mark.rule("ORD-06")
def test_somebody_else_than_who_was_stalked_can_be_protected(system: Acting, team: Acting, tmp_path: Path) -> None:
    order = considered(system, tmp_path)
    (stalked,) = records_protected(rows(team))
    _case, _suspect, other = parties(system, tmp_path, 2)
    said = say_protected(by=team, order=order.reference, records=[other.pk], seen=1)
    assert {(one.record_id, one.protects) for one in said} == {(other.pk, True), (stalked, False)}
    assert records_protected(rows(team)) == [other.pk]
    (identity,) = people_protected(team, rows(team))
    assert identity.reference.startswith("P-")
    assert say_protected(by=team, order=order.reference, records=[other.pk], seen=3) == [], "said already"
    assert Event.objects.filter(kind="order_protects").count() == 2
    assert people_protected(team, []) == []


@pytest.mark.rule("ORD-06")
def test_nobody_and_the_respondent_are_refused_and_a_second_person_does_not_overwrite_the_first(
    system: Acting, team: Acting, tmp_path: Path, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    order = considered(system, tmp_path)
    (stalked,) = records_protected(rows(team))
    for records, seen, refusal in (
        ([], 1, NotNow), ([order.respondent_id], 1, NotNow), ([stalked], 0, Conflict), ([stalked, 10**6], 1, NotPermitted),
    ):  # fmt: skip
        with pytest.raises(refusal):
            say_protected(by=team, order=order.reference, records=records, seen=seen)
    for by in (
        acting_as("response_officer", username="door"),
        acting_as("orders_team", force=other_force, username="afar"),
    ):
        with pytest.raises(NotPermitted):
            say_protected(by=by, order=order.reference, records=[stalked], seen=1)
    assert len(rows(team)) == 1


@pytest.mark.rule("ORD-06")
def test_every_refusal_has_its_reason() -> None:
    check_is_not_respondent([1], [2])
    check_protects_somebody([2])
    check_protected_as_seen(1, 1)
    for check, given, code in (
        (check_is_not_respondent, ([1, 3], [2, 3]), "protects_respondent"),
        (check_protects_somebody, ([],), "protects_nobody"),
        (check_protected_as_seen, (1, 2), "protected_changed"),
    ):
        with pytest.raises((NotNow, Conflict)) as refused:
            check(*given)  # type: ignore[operator]
        assert refused.value.code == code
