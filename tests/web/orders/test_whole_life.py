"""An order from the decision to apply to its end, every step on its own page, by whoever takes it (rules.md, Annex B)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import say_rank
from craffu.access.queries import acting_user
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.orders.applying.policies import VICTIM_VIEW_ABSENT, parts_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from tests.web.conftest import text_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_step_pages import NO_CONTACT, NOT_TO_GO, SERVED, conditions, day
from tests.web.orders.test_T30_orders import version_on

pytestmark = pytest.mark.django_db

BEHAVIOUR = {"behaviour_1": "Forty calls in May", "necessity_1": "Calls went on after a warning"}
GRANTED = {
    **day("on", 24), "at": "11:00", "court": "Llanelli", "court_case_no": "63AA1", "end": "until_day",
    **day("last_day", 23, year=2028), "is_without_notice": "no", **conditions(NO_CONTACT, NOT_TO_GO),
}  # fmt: skip


class Walk:
    """Takes steps on their pages, each from the version that its page shows."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def takes(self, client: Client, move: str, given: dict[str, str], *, to: str = "") -> str:
        path = f"/orders/{self.order.reference}/steps/{move}"
        body = client.get(path).content.decode()
        version = body.partition('name="version" value="')[2].partition('"')[0]
        answer = client.post(path, given | {"version": version})
        self.order.refresh_from_db()
        if to:
            assert answer.status_code == 302, (move, text_of(answer))
            assert self.order.status == to, move
            return ""
        assert answer.status_code in {200, 403}, move
        return text_of(answer)


@pytest.mark.slow
@pytest.mark.rule("ORD-03")
@pytest.mark.rule("ORD-06")
@pytest.mark.rule("ORD-07")
@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-10")
def test_an_order_goes_its_whole_way_on_the_pages(
    being_considered: Order, signed_in_client: Callable[..., Client], system: Acting
) -> None:
    team, detective, boss = (signed_in_client(one) for one in ("orders_team", "investigator", "authoriser"))
    by = acting_user(detective.user)  # type: ignore[attr-defined]
    case = being_considered.case.reference
    reason = Given(reason_code="necessary", reason_text="They are followed every day of the week")
    move_order(by=by, order=being_considered.reference, move="decide_apply", given=reason)
    walk = Walk(being_considered)
    assert "Something is missing: nothing was recorded." in walk.takes(detective, "request_authorisation", {})
    at = f"/orders/{being_considered.reference}"
    for about in [one for one in parts_of(kind_of("SPO")) if one != VICTIM_VIEW_ABSENT]:
        assert detective.post(f"{at}/pack", {"about": about, "words": "Forty calls in May"}).status_code == 302
    assert detective.post(f"{at}/terms", conditions(NO_CONTACT) | BEHAVIOUR).status_code == 302
    graded = NewAssessment("A tool", "1", "L1", "D1", NOW, Grade.HIGH)
    record_assessment(by=by, case=case, given=graded)
    assert "Nothing is lacking: authorisation can be asked for." in text_of(detective.get(f"{at}/pack"))
    walk.takes(detective, "request_authorisation", {}, to="authorising")
    because = {"reason_text": "The pack is whole and the order is needed"}
    assert "Your rank does not authorise this kind of order." in walk.takes(boss, "authorise", because)
    say_rank(by=system, user=boss.user, rank="superintendent", reason="Promoted")  # type: ignore[attr-defined]
    walk.takes(boss, "authorise", because, to="authorised")
    walk.takes(team, "lodge", {**day("lodged_on", 24), "court": "Llanelli", "court_case_no": "63AA1"}, to="applied")
    # An interim order begins beside it, as an order of its own.
    lodging = f"{at}/steps/lodge_interim"
    seen = version_on(team.get(lodging))
    stale = team.post(lodging, {**day("lodged_on", 24), "version": "1"})
    assert stale.status_code == 409, "the main application was moved meanwhile"
    assert not Order.objects.for_system("a test").filter(main=being_considered).exists()
    assert team.post(lodging, {**day("lodged_on", 24), "version": seen}).status_code == 302
    interim = Order.objects.for_system("a test").get(main=being_considered)
    assert (interim.kind, interim.status, interim.respondent_id) == ("ISPO", "applied", being_considered.respondent_id)
    beside = Walk(interim)
    beside.takes(team, "grant", GRANTED, to="granted")
    neither = walk.takes(team, "adjourn", day("hearing_on", 24))
    assert "Something is missing" in neither
    walk.takes(team, "adjourn", {**day("hearing_on", 24), "not_fixed": "yes"}, to="adjourned")
    walk.takes(team, "grant", GRANTED, to="granted")
    ended = {**day("main_determined_on", 24), "main_outcome": "granted"}
    beside.takes(team, "end_on_determination", ended, to="superseded")
    assert "has not been searched" in walk.takes(team, "serve", SERVED | {"at": "11:30"})
    assert team.post(f"{at}/pack-check", {}).status_code == 302
    walk.takes(team, "serve", SERVED | {"at": "11:30"}, to="in_force")
    renewed = {**day("lodged_on", 24), **day("new_last_day", 23, year=2030), "reason_text": "Calls went on"}
    walk.takes(team, "renew", renewed, to="in_force")
    assert str(walk.order.last_day) == "2030-11-23"
    said = text_of(team.get(at))
    assert f"{interim.reference} Interim order Ended: main application decided" in said
    assert "Authorised The pack" not in said
    assert "The pack is whole and the order is needed" in said
    # A reason that was chosen is said in words, before whatever was written of it.
    assert "It is necessary to protect somebody They are followed every day of the week" in said
    quashed = {**day("quashed_on", 24), "court": "Swansea", "appeal_case_no": "A1"}
    walk.takes(team, "quash", quashed, to="quashed")
