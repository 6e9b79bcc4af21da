"""The form for an API token offers what its owner's roles open, and nothing that they never could (SEC-01, ADR 91)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.tokens.rules import Scope
from craffu.api.scopes import NEEDS
from craffu.breaches.permissions import REPORT
from craffu.common import clock
from craffu.orders.life.states import TABLE
from craffu.orders.permissions import SEE_A_PART, SEE_ALL, WRITE
from craffu.prevention.permissions import MEET, PLAN
from craffu.scrutiny.recommending.actions import add_entry
from craffu.scrutiny.recommending.permissions import KEEP
from craffu.victims.permissions import LOOK_AFTER
from craffu.web.tokens.opening import opened_to
from craffu.web.tokens.words import SCOPES
from tests.api.addresses import ADDRESSES, ASKING
from tests.factories.recommended import ACCEPTED, recommended
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01")]
MOVES = {role for move in TABLE.values() for role in move.who} & {*SEE_ALL, *SEE_A_PART}
# Whose each write is; that of reading is what the API is held to (T1).
WRITES = {
    "order_move": MOVES, "order_profile": SEE_ALL, "breach_report": REPORT, "victim_contact": LOOK_AFTER,
    "victim_view": LOOK_AFTER, "victim_measure": LOOK_AFTER, "victim_measure_told": LOOK_AFTER, "victim_help": LOOK_AFTER,
    "order_letter_step": WRITE, "victim_letter_step": LOOK_AFTER, "plan_action_add": PLAN, "plan_action_close": PLAN,
    "meeting_action_close": MEET, "recommendation_entry": {KEEP},
}  # fmt: skip


def opens(operation: str, role: str) -> bool:
    return role in (WRITES[operation] if operation in WRITES else ADDRESSES[f"api_{operation}"].roles)


def test_each_role_is_offered_exactly_the_scopes_of_which_the_api_answers_it_something(
    make_user: Callable[..., User],
) -> None:
    for role in ASKING:
        by = acting_user(make_user(role, username=f"a-{role}".replace("_", "-")), factor_at=clock.now())
        wanted = {scope for operation, scope in NEEDS.items() if opens(operation, role)}
        assert set(opened_to(by)) == wanted, role
        assert Scope.READ_SCRUTINY in wanted
    assert set(SCOPES) == set(Scope)


def test_who_holds_several_rights_is_offered_what_either_opens(make_user: Callable[..., User]) -> None:
    both = acting_user(make_user("analyst", "victim_officer", username="both"))
    assert {Scope.READ_PUBLISHED, Scope.READ_SAFETY} <= set(opened_to(both))


def test_who_has_a_recommendation_to_do_may_say_how_it_goes(make_user: Callable[..., User]) -> None:
    officer, head = (
        acting_user(make_user(role, username=role.split("_")[0])) for role in ("scrutiny_officer", "supervisor")
    )
    first = recommended(officer).recommendations.all()[0]
    assert Scope.SAY_OF_RECOMMENDATIONS not in opened_to(head)
    add_entry(by=officer, recommendation=first.reference, given=replace(ACCEPTED, owned_by="supervisor"))
    assert Scope.SAY_OF_RECOMMENDATIONS in opened_to(head)


def test_the_form_lists_them_and_takes_no_other(
    signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    analyst = signed_in_client("analyst", username="analyst")
    confirmed(analyst)
    page = analyst.get("/account/tokens/new").content.decode()
    assert 'value="published.read"' in page
    assert 'value="victims.read"' not in page
    given = {"purpose": "Figures", "scopes": ["published.read", "victims.read"], "days": "30"}
    assert "Choose what it may be used for." in text_of(analyst.post("/account/tokens/new", given))
