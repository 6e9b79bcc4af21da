"""An administrator enters what the law has become; nobody opens what has not begun; a court's order is kept (ORD-04)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.catalogue.actions import edit_kind, seen_of
from craffu.orders.catalogue.facts import Commenced, Edited
from craffu.orders.catalogue.queries import entered_of, kinds_now
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import KindVersion, Order
from tests.factories.orders import MADE, TERMS, considered, parties

BEGUN = Edited(
    "The stalking provisions have begun", "S.I. 2026/900 reg.3", date(2026, 11, 20), Commenced(date(2026, 11, 1))
)


@pytest.fixture
def administrator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("administrator", username="admin")


def edited(by: Acting, code: str, given: Edited = BEGUN) -> KindVersion:
    return edit_kind(by=by, code=code, given=given, seen=seen_of(kinds_now(by, [code])[code]))


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize(
    ("kind", "why"),
    [("SPO_CONV", "commencement_not_verified"), ("DAPO", "not_a_pilot_area"), ("SPO_ACQ", "commencement_not_verified")],
)
def test_what_has_not_begun_is_not_opened_and_says_why_and_is_recorded_where_a_court_made_it(
    kind: str, why: str, system: Acting, tmp_path: Path
) -> None:
    with pytest.raises(NotNow) as refused:
        considered(system, tmp_path, kind)
    assert refused.value.code == why
    assert refused.value.message
    case, suspect, _ = parties(system, tmp_path, 2)
    made = Given(
        made_at=MADE, court="B63", court_case_no="63AA1", source_record="sealed", is_indefinite=True, terms=TERMS
    )
    order = begin_order(
        by=system, beginning=Beginning(kind=kind, respondent=suspect, case=case), move="receive", given=made
    )
    assert order.status == "granted"


@pytest.mark.rule("ORD-04")
def test_a_commencement_that_an_administrator_enters_opens_it_from_its_day_and_leaves_older_orders_alone(
    administrator: Acting, system: Acting, tmp_path: Path
) -> None:
    older = considered(system, tmp_path / "one", "SPO")
    edited(administrator, "SPO_CONV")
    order = considered(system, tmp_path / "two", "SPO_CONV", number=2)
    assert (older.kind_version, order.kind_version) == (1, 2)
    assert entered_of(administrator)["SPO_CONV"].effective_from == date(2026, 11, 1)
    later = Edited("Put off", "S.I. 2026/901", date(2026, 11, 21), Commenced(date(2027, 1, 1)))
    edited(administrator, "SPO_CONV", later)
    with pytest.raises(NotNow) as refused:
        considered(system, tmp_path / "three", "SPO_CONV", number=3)
    assert refused.value.code == "not_yet_in_force"
    assert Order.objects.for_user(system).get(pk=order.pk).kind_version == 2
    assert [one.number for one in KindVersion.objects.for_user(system).order_by("number")] == [2, 3]


@pytest.mark.rule("ORD-04")
def test_words_are_corrected_by_a_version_more_that_is_logged(administrator: Acting) -> None:
    before = kinds_now(administrator, ["SPO"])["SPO"]
    said = Edited(
        "Put as our lawyers put it", "Legal advice of May", date(2026, 11, 1), words=(("arrest", "PACE s.24"),)
    )
    edited(administrator, "SPO", said)
    after = kinds_now(administrator, ["SPO"])["SPO"]
    assert (before.number, after.number) == (1, 2)
    assert after.words == before.words | {"arrest": "PACE s.24"}
    assert Event.objects.order_by("-id")[0].kind == "order_catalogue_edited"


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Edited("", "S.I.", date(2026, 11, 1), Commenced(date(2026, 11, 1))), "no_source"),
        (Edited("Begun", " ", date(2026, 11, 1), Commenced(date(2026, 11, 1))), "no_source"),
        (Edited("Begun", "S.I.", date(2026, 11, 25), Commenced(date(2026, 11, 1))), "verified_ahead"),
        (Edited("Begun", "S.I.", date(2026, 11, 1), Commenced(date(2026, 11, 2), date(2026, 11, 1))), "ends_before"),
        (Edited("Begun", "S.I.", date(2026, 11, 1)), "nothing_changed"),
        (Edited("Begun", "S.I.", date(2026, 11, 1), words=(("statute", "ours"),)), "no_such_words"),
    ],
)
def test_half_an_edit_is_refused(given: Edited, why: str, administrator: Acting) -> None:
    with pytest.raises(NotNow) as refused:
        edited(administrator, "SPO", given)
    assert refused.value.code == why


@pytest.mark.rule("ORD-04")
def test_only_a_named_administrator_edits_and_the_second_of_two_sees_the_first(
    administrator: Acting, acting_as: Callable[..., Acting], system: Acting
) -> None:
    for by in (acting_as("orders_team"), system):
        with pytest.raises(NotPermitted):
            edited(by, "SPO_CONV")
    seen = seen_of(kinds_now(administrator, ["SPO_CONV"])["SPO_CONV"])
    edit_kind(by=administrator, code="SPO_CONV", given=BEGUN, seen=seen)
    with pytest.raises(Conflict):
        edit_kind(by=administrator, code="SPO_CONV", given=BEGUN, seen=seen)
