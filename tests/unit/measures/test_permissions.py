"""Who reads measures and builds their snapshot, and from whom small counts are hidden (page map, P25; MSR-03)."""

from dataclasses import replace

import pytest

from craffu.access.acting import Acting, acting_operator, acting_service, acting_system
from craffu.access.models import Force
from craffu.access.roles import ROLE_KEYS
from craffu.common.refusals import NotPermitted
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.permissions import (
    BREACHES_BY,
    BUILD,
    EVERY_ROW,
    OPENED_BY,
    ORDERS_BY,
    SEE,
    VICTIMS_BY,
    check_can_build,
    check_can_list_breaches,
    check_can_list_counted,
    check_can_publish,
    check_can_read_digest,
    check_can_see,
    check_opens_every_row,
    shown_to,
)
from craffu.published.disclosure import To

pytestmark = [pytest.mark.rule("MSR-03"), pytest.mark.rule("SEC-01")]
FORCE = Force(pk=1, code="dyfed-powys")


def having(*rights: str) -> Acting:
    return replace(acting_system(FORCE, "a test"), rights=frozenset(rights))


@pytest.mark.parametrize("role", sorted(ROLE_KEYS))
def test_each_role_sees_or_builds_or_neither(role: str) -> None:
    for check, may in (
        (check_can_see, role in SEE), (check_can_build, role in BUILD),
        (check_can_read_digest, role in {*SEE, "offender_manager"}),
    ):  # fmt: skip
        if may:
            check(having(role))
        else:
            with pytest.raises(NotPermitted):
                check(having(role))


def test_rows_leave_by_whoever_opens_orders_breaches_and_contacts_and_has_nothing_shut_to_them() -> None:
    assert set(EVERY_ROW) == set(ORDERS_BY) & set(BREACHES_BY) & set(VICTIMS_BY)
    check_opens_every_row(having("supervisor"))
    for by in (having("analyst"), replace(having("supervisor"), closed={"case": frozenset({"C-10001"})})):
        with pytest.raises(NotPermitted):
            check_opens_every_row(by)


def test_what_a_figure_counted_is_listed_for_whoever_opens_orders() -> None:
    check_can_list_counted(having("orders_team"))
    check_can_list_breaches(having("coordinator"))
    with pytest.raises(NotPermitted):
        check_can_list_counted(having("analyst"))
    with pytest.raises(NotPermitted):
        check_can_list_breaches(having("orders_team"))


def test_what_is_published_is_decided_by_a_person() -> None:
    person = having("analyst")
    check_can_publish(replace(person, actor=replace(person.actor, kind="user")))
    service = acting_service(FORCE, "svc.reports", frozenset({"analyst"}))
    outsider = replace(having("investigator"), actor=replace(person.actor, kind="user"))
    for by in (service, acting_operator(FORCE, "root"), person, outsider):
        with pytest.raises(NotPermitted):
            check_can_publish(by)


def test_who_stands_at_the_machine_may_do_both_and_small_counts_are_hidden_from_them() -> None:
    operator = acting_operator(FORCE, "root")
    check_can_see(operator)
    check_can_build(operator)
    assert shown_to(operator, ORDERS_BY) is To.INTERNAL


@pytest.mark.parametrize(
    ("rights", "opened_by", "to"),
    [
        (("supervisor",), ORDERS_BY, To.ROWS),
        (("orders_team",), ORDERS_BY, To.ROWS),
        (("orders_team",), BREACHES_BY, To.INTERNAL),
        (("orders_team",), VICTIMS_BY, To.INTERNAL),
        (("victim_officer",), VICTIMS_BY, To.ROWS),
        (("victim_officer",), ORDERS_BY, To.INTERNAL),
        (("analyst",), ORDERS_BY, To.INTERNAL),
        (("commissioner_view",), ORDERS_BY, To.PUBLIC),
        (("commissioner_view", "analyst"), ORDERS_BY, To.INTERNAL),
        (("system",), ORDERS_BY, To.INTERNAL),
        (("workforce_lead",), ORDERS_BY, To.INTERNAL),
    ],
)
def test_what_is_shown_to_whom(rights: tuple[str, ...], opened_by: tuple[str, ...], to: To) -> None:
    assert shown_to(having(*rights), opened_by) is to


def test_to_whom_a_record_is_shut_not_every_row_is_open() -> None:
    shut = replace(having("supervisor"), closed={"case": frozenset({"C-10001"})})
    assert shown_to(shut, ORDERS_BY) is To.INTERNAL


def test_of_every_measure_it_is_known_who_opens_its_rows() -> None:
    assert OPENED_BY.keys() == WORKED.keys()
    assert set().union(*OPENED_BY.values()) <= set(SEE)
