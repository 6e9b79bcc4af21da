"""`craffu person history`: complete, each incident with source and condition, now or as it was known (IDN-06, BRC-07)."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.actions import record_standpoint
from craffu.config import cli
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.integration.breaches.conftest import (  # noqa: F401 (fixtures)
    DAY,
    HOUR,
    NOW,
    clock,
    investigator,
    served,
    supervisor,
    team,
)
from tests.integration.breaches.test_detecting import run, sent
from tests.logged import refs_said_by
from tests.worlds import force, world  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.rule("BRC-07"), pytest.mark.rule("IDN-06")]
CONTRACT = {"person", "records", "orders", "breaches"}
OF_A_BREACH = {
    "date", "order", "conditions", "report", "police", "prosecution", "court", "mismatches", "sources",
}  # fmt: skip
type Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*words: str) -> dict[str, Any]:
        assert cli.main(["person", "history", *words, "--as", "investigator", "--json"]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked


@pytest.fixture
def person(
    served: Order, system: Acting, supervisor: Acting, investigator: Acting, tmp_path: Path  # noqa: F811
) -> str:  # fmt: skip
    send_incident(system, tmp_path, 2, **sent(NOW - 3 * DAY, offence_code="ST19001"))
    run(system)
    [breach] = breaches()
    record_standpoint(
        by=supervisor, breach=breach.reference, standpoint=Standpoint.COURT, decision="proved", at=NOW - HOUR
    )
    return people_of_records(system, [served.respondent_id])[served.respondent_id].reference


@pytest.mark.postgres_in_deep
def test_it_is_complete_and_each_has_its_source_and_condition(person: str, served: Order, ask: Ask) -> None:  # noqa: F811
    answer = ask(person)

    assert set(answer) >= CONTRACT
    assert (answer["person"], answer["records"]) == (person, ["rms/persons/PERSON11"])
    assert [(one["order"], one["recorded"], one["proved"]) for one in answer["orders"]] == [(served.reference, 1, 1)]
    [one] = answer["breaches"]
    assert set(one) >= OF_A_BREACH
    assert (one["date"], one["order"], one["police"], one["prosecution"], one["court"]) == (
        "2026-11-21", served.reference, "breach", None, "proved",
    )  # fmt: skip
    assert [(each["kind"], each["source"], each["key"]) for each in one["sources"]] == [("crime", "rms", "CRIME2")]
    assert [each["order"] for each in one["conditions"]] == [served.reference]
    assert one["link"]["how"] == "own"
    assert answer["asked"]["rms"] is not None
    assert answer["asked"]["probation"] is None


@pytest.mark.postgres_in_deep
def test_as_known_earlier_nothing_later_is_in_it(person: str, ask: Ask, clock: Any) -> None:  # noqa: F811
    clock.shift(DAY)

    assert ask(person, "--as-known", "2026-11-23")["breaches"] == []
    assert len(ask(person, "--as-known", "2026-11-24T13:00")["breaches"]) == 1


@pytest.mark.postgres_in_deep
def test_as_known_earlier_an_order_stands_as_it_stood_then(
    person: str, served: Order, team: Acting, ask: Ask, clock: Any  # noqa: F811
) -> None:  # fmt: skip
    before = ask(person)["orders"]
    clock.shift(DAY)
    consents = ("respondent", "chief_officer")
    ended = Given(
        discharged_on=date(2026, 11, 25), applicant="police", reason_text="The court said so", consents=consents
    )
    move_order(by=team, order=served.reference, move="discharge", given=ended)
    clock.shift(HOUR)

    assert [(one["status"], one["ended_at"]) for one in ask(person)["orders"]] == [
        ("discharged", "2026-11-25T00:00:00+00:00")
    ]
    assert ask(person, "--as-known", "2026-11-24T13:00")["orders"] == before
    assert ask(person, "--as-known", "2026-11-19")["orders"] == []


@pytest.mark.postgres_in_deep
def test_the_log_names_what_was_shown(person: str, served: Order, ask: Ask) -> None:  # noqa: F811
    ask(person)

    [row] = Event.objects.filter(kind="breaches_viewed")
    assert {f"person/{person}", f"order/{served.reference}", "breach/B-10001"} == set(refs_said_by(row))


@pytest.mark.postgres_in_deep
def test_people_read_it_too(person: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["person", "history", person, "--as", "investigator"]) == 0

    said = capsys.readouterr().out
    assert "recorded 1" in said
    assert "court proved; from rms/CRIME2" in said


@pytest.mark.postgres_in_deep
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["P-99999"], "There is no person P-99999"),
        (["P-10001", "P-10002"], "Say whose"),
        (["P-10001", "--as-known", "yesterday"], "is no instant"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    investigator: Acting, words: list[str], said: str, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    assert cli.main(["person", "history", *words, "--as", "investigator"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.postgres_in_deep
def test_whoever_may_not_see_breaches_is_refused(
    acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    acting_as("analyst", username="nosy")

    assert cli.main(["person", "history", "P-10001", "--as", "nosy"]) == 2
