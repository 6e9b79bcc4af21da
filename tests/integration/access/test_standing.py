"""What stands of somebody is asked in one question, and is what the tables say at that moment (SEC-01, SEC-02; ADR 120)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.reach.actions import say_reach
from craffu.access.restricted.actions import let_in, lift_restriction, restrict
from craffu.access.restricted.models import Admission, Restriction
from craffu.access.standing import told_of
from craffu.common import clock
from tests.factories.court_messages import court_message

pytestmark = pytest.mark.django_db
A_TEST = {"kind": "case", "reason": "a test"}


def _said(rows: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in vars(row).items() if not name.startswith("_")} for row in rows]


def _all_but(rows: Any, *left_out: str) -> list[dict[str, Any]]:
    """Rows as Django reads them, without the columns that nobody asks for on every page."""
    return [{name: value for name, value in row.items() if name not in left_out} for row in _said(rows)]


@pytest.mark.rule("SEC-01")
@pytest.mark.rule("SEC-02")
def test_what_is_told_in_one_question_is_what_the_tables_say(
    system: Acting,
    make_user: Callable[..., User],
    take_in_messages: Callable[..., Any],
    django_assert_num_queries: Any,
) -> None:
    take_in_messages(court_message(), court_message(ptiurn="63AA0000999", asn="2563AA0100000990A"))
    keeper, reader = acting_user(make_user("supervisor")), make_user("investigator", "analyst")
    nobody = make_user()
    with django_assert_num_queries(1):
        told = told_of(reader).answer
    assert (told.rights, told.reaches, told.restrictions, told.admissions) == (
        {"investigator", "analyst"},
        {},
        [],
        [],
    )
    say_reach(by=system, role="investigator", reach="area", reason="a test")
    say_reach(by=system, role="investigator", reach="own", reason="a test")
    change_right(by=system, user=reader, right="analyst", held=False, reason="a test")
    for reference in ("C-10001", "C-10002"):
        restrict(by=keeper, reference=reference, **A_TEST)
        let_in(by=keeper, user=reader, reference=reference, until=clock.now() + timedelta(days=2), **A_TEST)
    lift_restriction(by=keeper, reference="C-10002", **A_TEST)
    with django_assert_num_queries(1):
        told = told_of(reader).answer
    assert told.rights == {"investigator"}
    assert told.reaches == {"investigator": "own"}
    rows = Restriction.objects.filter(force=reader.force).order_by("id")
    assert _said(told.restrictions) == _all_but(rows, "ask_id", "reason", "changed_by")
    let = Admission.objects.filter(user=reader).order_by("id")
    assert _said(told.admissions) == _all_but(let, "reason", "changed_by")
    assert len(told.restrictions) == 3
    assert len(told.admissions) == 2
    # What is of the force is told of everybody, and what is somebody's of nobody else.
    told = told_of(nobody).answer
    assert (told.rights, told.admissions, len(told.restrictions)) == (frozenset(), [], 3)
