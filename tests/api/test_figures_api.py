"""Figures for programs: measures, initiatives, champions and what is published, each as its page tells it to the same reader."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.scrutiny.initiatives.actions import keep_figure
from craffu.scrutiny.initiatives.facts import Counted
from craffu.scrutiny.initiatives.rules import Period
from tests.api import asking
from tests.factories.initiatives import under_way
from tests.factories.kept_figures import kept_of
from tests.factories.staff import one_there
from tests.logged import refs_said_by
from tests.web.orders.conftest import NOW
from tests.web.profiles.figures import OUTCOMES, publish

pytestmark = [pytest.mark.django_db, pytest.mark.rule("MSR-03")]


def told(client: Client, path: str, status: int = 200) -> dict[str, Any]:
    return asking.told(client, f"/api/v1/{path}", status)


@pytest.fixture(autouse=True)
def noon(at_noon: None) -> None:
    """The clock stands at noon."""


@pytest.mark.rule("MSR-01", "MSR-02", "MSR-04")
def test_a_measure_says_its_source_its_days_how_sure_it_is_and_by_which_rule_it_is_hidden(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOW, {"MET09": (30, 40), "MET10": (3, 7)})
    clients = {role: signed_in_client(role) for role in ("supervisor", "analyst", "commissioner_view")}
    found = {role: told(client, "measures/MET10") for role, client in clients.items()}
    assert {role: one["told_to"] for role, one in found.items()} == {
        "supervisor": "rows", "analyst": "internal", "commissioner_view": "public",
    }  # fmt: skip
    whole = {role: next(each for each in one["figures"] if not each["split"]) for role, one in found.items()}
    assert (whole["supervisor"]["numerator"], whole["supervisor"]["denominator"]) == (3, 7)
    for role in ("analyst", "commissioner_view"):
        assert (whole[role]["is_hidden"], whole[role]["numerator"], whole[role]["value"]) == (True, None, None), role
        assert whole[role]["note"].startswith("not shown: it, or another beside it, is fewer than ")

    one = told(clients["supervisor"], "measures/MET09")
    assert (one["first"], one["last"], one["known_at"], one["unit"], one["time"]) == (
        "2025-11-25", "2026-11-24", "2026-11-24T12:00:00Z", "order", "period",
    )  # fmt: skip
    assert (len(one["definition_sha256"]), bool(one["snapshot_sha256"]), bool(one["question_cy"])) == (64, True, True)
    assert "An attempt is no service." in one["traps_en"]
    low, high = next(each for each in one["figures"] if not each["split"])["interval"]
    assert low < 0.75 < high


def test_without_a_snapshot_a_measure_is_its_definition(signed_in_client: Callable[..., Client]) -> None:
    one = told(signed_in_client("supervisor"), "measures/MET09")
    assert (one["figures"], one["snapshot"], one["known_at"], one["told_to"], one["is_of_now"]) == (
        [], None, None, None, False,
    )  # fmt: skip


@pytest.mark.rule("SCR-09")
def test_an_initiatives_figures_are_told_to_each_as_its_page_tells_them(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client]
) -> None:
    with time_machine.travel(NOW - timedelta(days=100), tick=False):
        row = under_way(acting_as("workforce_lead", username="leads"), measure="MET09", part="in_time")
    first = Period(row.begins_on, row.begins_on + timedelta(days=27))
    second = Period(first.last + timedelta(days=1), first.last + timedelta(days=28))
    analyst = acting_as("analyst", username="counts")
    for period, is_baseline, count in (
        (Period(row.baseline_first, row.baseline_last), True, 12), (first, False, 24), (second, False, 38),
    ):  # fmt: skip
        given = Counted(period, is_baseline, count, 40, count / 40, "", 1, "2026-11-24", "d" * 64)
        keep_figure(by=analyst, initiative=row.reference, given=given)
    found = {
        role: told(signed_in_client(role), "initiatives/IN-10001")["figures"]
        for role in ("supervisor", "workforce_lead", "commissioner_view")
    }
    assert [(one["count"], one["of"], one["is_hidden"]) for one in found["supervisor"]] == [
        (12, 40, False), (24, 40, False), (38, 40, False),
    ]  # fmt: skip
    # Two of forty are left over, which is few.
    assert [(one["count"], one["is_hidden"]) for one in found["workforce_lead"]] == [
        (12, False),
        (24, False),
        (None, True),
    ]
    assert [(one["count"], one["of"], one["is_hidden"]) for one in found["commissioner_view"]] == [
        (10, 40, False), (25, 40, False), (None, None, True),
    ]  # fmt: skip
    assert [one["difference"] and one["difference"]["value"] for one in found["commissioner_view"]] == [
        None,
        0.375,
        None,
    ]
    difference = found["supervisor"][2]["difference"]
    assert (difference["value"], difference["of"]) == (0.65, "share")
    assert difference["interval"][0] < 0.65 < difference["interval"][1]


def test_an_initiative_says_how_it_stands_and_none_of_what_was_said(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client]
) -> None:
    row = under_way(acting_as("workforce_lead", username="leads"))
    client = signed_in_client("supervisor")
    [line] = told(client, "initiatives")["initiatives"]
    assert (line["reference"], line["stands"], line["ended_on"], line["owner"]) == (
        row.reference, "under_way", None, row.owner,
    )  # fmt: skip
    one = told(client, f"initiatives/{row.reference}")
    assert (one["is_fixed_before"], one["figures"], one["baseline_last"]) == (False, [], row.baseline_last.isoformat())
    assert "Two teams have begun" not in json.dumps(one)
    told(client, "initiatives/IN-99999", 404)
    told(signed_in_client("response_officer"), "initiatives", 403)


@pytest.mark.rule("RES-01", "RES-02", "SEC-06")
def test_a_champion_is_told_by_staff_number_and_to_the_commissioner_only_how_shifts_were_covered(
    system: Acting, acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client]
) -> None:
    one_there(system, acting_as("workforce_lead", username="leads"))
    officer = signed_in_client("response_officer")
    found = told(officer, "champions")
    by_ref = {one["staff_ref"]: one for one in found["champions"]}
    assert {ref: (one["is_current"], one["why_not"], one["is_lapsing"]) for ref, one in by_ref.items()} == {
        "21": (True, None, False), "22": (True, None, True), "23": (False, "cpd_lapsed", False),
        "24": (False, "not_trained", False),
    }  # fmt: skip
    assert {ref: one["now"] and (one["now"]["how"], one["now"]["station"]) for ref, one in by_ref.items()} == {
        "21": ("on_duty", "Tenby"), "22": ("rostered", "Newtown"), "23": None, "24": None,
    }  # fmt: skip
    assert (found["coverage"]["covered"], found["coverage"]["shifts"]) == (2, 6)
    assert found["coverage"]["interval"][0] < found["coverage"]["share"] < found["coverage"]["interval"][1]
    body = officer.get("/api/v1/champions").content.decode()
    assert [one for one in ("Elen", "Tomos", "06555") if one in body] == []
    last = Event.objects.order_by("-id")[0]
    assert "staff/21" in set(refs_said_by(last))
    theirs = told(signed_in_client("commissioner_view"), "champions")
    assert (theirs["champions"], theirs["coverage"]) == (None, found["coverage"])


@pytest.mark.rule("MSR-07")
def test_a_published_figure_comes_with_its_definition_and_what_may_never_be_done_with_it(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    publish(system, "stalking-outcomes", OUTCOMES)
    client = signed_in_client("analyst")
    keys = [one["key"] for one in told(client, "series")["series"]]
    assert "stalking-outcomes" in keys
    assert keys == sorted(keys)
    one = told(client, "series/stalking-outcomes?area=63")
    assert (one["area"], one["total"], one["page"]) == ("63", 28, 1)
    assert all((one["definition_cy"], one["source_en"], one["licence"], one["attribution"]))
    totals = {each["period"]: each["value"] for each in one["figures"] if each["measure"] == "stalking_outcomes_total"}
    assert totals["2021/22"] == 1190
    assert one["figures"][0]["period"] == "2021/22", "the last first"
    assert told(client, "series/stalking-outcomes?area=EW")["total"] == 8
    assert told(client, "series/stalking-outcomes")["figures"] == [], "nobody publishes figures of an invented force"
    told(client, "series/stalking-outcomes?area=999", 404)
    told(client, "series/nothing-such", 404)
    told(client, "series/stalking-outcomes?area=6;3", 422)
    told(signed_in_client("response_officer"), "series", 403)


@pytest.mark.rule("SEC-01")
def test_whoever_may_read_one_kind_of_figure_is_told_no_other(signed_in_client: Callable[..., Client]) -> None:
    by = acting_user(signed_in_client("victim_officer").user)  # type: ignore[attr-defined]
    assert by.holds_any("victim_officer")
    client = signed_in_client("victim_officer")
    statuses = {path: client.get(f"/api/v1/{path}").status_code for path in ("series", "initiatives", "champions")}
    assert statuses == {"series": 403, "initiatives": 403, "champions": 200}
