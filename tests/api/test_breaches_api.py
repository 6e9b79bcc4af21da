"""Breach histories and single breaches for programs: the same facts as on the page, in codes that stay (P06, BRC-03, BRC-07)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import record_standpoint
from craffu.daily.ticking import tick
from craffu.orders.models import Order
from tests.api.asking import told
from tests.factories.breaches import breaches, send_incident
from tests.factories.identities import joined_to, scattered
from tests.integration.breaches.conftest import DAY, HOUR
from tests.integration.breaches.test_detecting import sent
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07"), pytest.mark.rule("IDN-06")]
HISTORY = "/api/v1/people/P-10001/breaches"


@pytest.fixture
def proved(made: Order, system: Acting, make_user: Callable[..., User], tmp_path: Path) -> Breach:
    send_incident(system, tmp_path, 2, **sent(NOW - DAY, offence_code="ST19001"))
    tick(force=system.force, at=NOW + HOUR)
    [breach] = breaches()
    by = acting_user(make_user("supervisor", username="decides"))
    record_standpoint(
        by=by, breach=breach.reference, standpoint=Standpoint.COURT, decision="not_proved", at=NOW, now=NOW + HOUR
    )
    record_standpoint(
        by=by, breach=breach.reference, standpoint=Standpoint.PROSECUTION, decision="charged", at=NOW, now=NOW + HOUR
    )
    return breach


def test_the_history_says_what_is_counted_what_was_asked_and_each_incident(
    proved: Breach, made: Order, signed_in_client: Callable[..., Client]
) -> None:
    answer = told(signed_in_client("investigator"), HISTORY)

    assert (answer["person"], answer["page"], answer["pages"], answer["total"]) == ("P-10001", 1, 1, 1)
    assert (answer["counts"]["recorded"], answer["counts"]["not_proved"], answer["counts"]["proved"]) == (1, 1, 0)
    assert answer["asked"]["rms"] is not None
    assert answer["asked"]["custody"] is None
    [one] = answer["breaches"]
    assert (one["breach"], one["order"], one["police"], one["prosecution"], one["court"]) == (
        proved.reference, made.reference, "breach", "charged", "not_proved",
    )  # fmt: skip
    assert one["link"] == {
        "how": "own", "by": None, "since": one["link"]["since"], "probability": None, "pair": None, "is_confirmed": True,
    }  # fmt: skip


@pytest.mark.rule("BRC-03")
def test_one_breach_has_its_standpoints_and_names_what_does_not_agree(
    proved: Breach, signed_in_client: Callable[..., Client]
) -> None:
    one = told(signed_in_client("victim_officer"), f"/api/v1/breaches/{proved.reference}")

    assert [(each["standpoint"], each["decision"]) for each in one["standpoints"]] == [
        ("reported", None), ("police", "breach"), ("court", "not_proved"), ("prosecution", "charged"),
    ]  # fmt: skip
    assert one["mismatches"] == ["M13"]
    assert [(each["kind"], each["key"]) for each in one["sources"]] == [("crime", "CRIME2")]


@pytest.mark.postgres_in_deep
def test_as_known_earlier_there_is_none(proved: Breach, signed_in_client: Callable[..., Client]) -> None:
    answer = told(signed_in_client("investigator"), f"{HISTORY}?as_known=2026-11-23T12:00:00Z")

    assert (answer["breaches"], answer["total"]) == ([], 0)


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "as_known=yesterday", "as_known=2026-03-29T01:30:00", "as_known=9999-12-31T23:59:59Z"],
)
@pytest.mark.postgres_in_deep
def test_what_makes_no_sense_is_not_answered(
    proved: Breach, signed_in_client: Callable[..., Client], query: str
) -> None:
    assert signed_in_client("investigator").get(f"{HISTORY}?{query}").status_code == 422


@pytest.mark.rule("IDN-03")
@pytest.mark.postgres_in_deep
def test_a_reference_whose_records_are_another_persons_now_answers_with_them_and_one_of_several_is_refused(
    proved: Breach, made: Order, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    client, gone = signed_in_client("investigator"), joined_to(system, made.respondent_id)
    several, _other = scattered(system, made.respondent_id)
    person = told(client, f"/api/v1/people/{gone}")
    assert (person["reference"], [one["reference"] for one in person["orders"]]) == ("P-10001", [made.reference])
    history = told(client, f"/api/v1/people/{gone}/breaches")
    assert (history["person"], history["total"]) == ("P-10001", 1)
    for page in ("", "/breaches"):
        assert told(client, f"/api/v1/people/{several}{page}", 409)["code"] == "several_people"


@pytest.mark.rule("SEC-02")
def test_T2_a_breach_of_a_restricted_case_is_in_no_history(
    proved: Breach, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    assert proved.case is not None
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=proved.case.reference, reason="a test")
    client = signed_in_client("investigator")

    assert told(client, HISTORY)["breaches"] == []
    assert client.get(f"/api/v1/breaches/{proved.reference}").status_code == 403
    assert client.get("/api/v1/breaches/B-99999").status_code == 404
