"""The champions' programme in pages: a version accepted, held against the learning aims, withdrawn (R2a, R2c)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON
from tests.factories.staff import PROGRAMME, WHY, accepted, one_there
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-01")]

LIST = "/resourcing/programmes"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


@pytest.fixture
def lead(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("workforce_lead")


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


GIVEN = {"programme": PROGRAMME, "version": "2", "reason": WHY} | day("first_day", date(2026, 1, 1))


def test_a_version_is_accepted_mapped_and_withdrawn(lead: Client) -> None:
    assert "No version has been accepted, so nobody counts as a champion." in text_of(lead.get(LIST))
    went = lead.post(f"{LIST}/new", GIVEN)
    at = went["Location"]
    page = text_of(lead.get(at))
    assert "Training in this version counts from that day on." in page
    assert "1 January 2026" in page
    assert "Of the six pillars of Operation Soteria Bluestone 0 are decided and 0 are taught." in page
    assert page.count("Not decided") == 8
    for aim, taught in (("data", "adapt"), ("digital", "not"), ("classifying", "adopt")):
        said = {"taught": taught, "module": "Module 4", "reason": "Our own dashboards"}
        assert lead.post(f"{at}/aims/{aim}", said)["Location"] == f"{at}#aims"
    page = text_of(lead.get(at))
    assert "Of the six pillars of Operation Soteria Bluestone 2 are decided and 1 are taught." in page
    assert "Our own dashboards" in page
    assert "2 of 6" in text_of(lead.get(LIST))
    assert "2 of 6" in text_of(lead.post(LIST, {"words": "DASHBOARDS module"})), "found by what was decided of an aim"
    assert "has all of these words" in text_of(lead.post(LIST, {"words": "dashboards zebra"}))
    assert 'value="Module 4"' in lead.get(f"{at}/aims/data").content.decode(), "what was said stands in the form"
    assert lead.post(f"{at}/withdraw", {"reason": WHY} | day("last_day", date(2026, 6, 30)))["Location"] == at
    page = text_of(lead.get(at))
    assert "30 June 2026" in page
    assert "Withdraw this version" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"programme": ""}, "Enter what the training records call the programme"),
        ({"version": ""}, "Enter the version, as the training records call it"),
        ({"reason": ""}, "Say why"),
        ({"first_day_day": "32"}, "Enter a real date"),
    ],
)
def test_what_is_missing_is_asked_for(lead: Client, wrong: dict[str, str], said: str) -> None:
    again = lead.post(f"{LIST}/new", GIVEN | wrong)
    assert again.status_code == 200
    assert said in text_of(again)


def test_a_refusal_is_said_beside_its_field(lead: Client) -> None:
    at = lead.post(f"{LIST}/new", GIVEN)["Location"]
    assert "This version has been accepted before." in text_of(lead.post(f"{LIST}/new", GIVEN))
    early = lead.post(f"{at}/withdraw", {"reason": WHY} | day("last_day", date(2025, 6, 30)))
    assert "The last day lies before the first day on which it counts." in text_of(early)
    done = {"reason": WHY} | day("last_day", date(2026, 6, 30))
    lead.post(f"{at}/withdraw", done)
    assert "This version has been withdrawn before." in text_of(lead.post(f"{at}/withdraw", done))
    assert lead.get(f"{at}/aims/astrology").status_code == 404


def test_withdrawn_whoever_was_trained_in_it_is_no_champion(
    system: Acting, make_user: Callable[..., User], lead: Client
) -> None:
    one_there(system, acting_user(make_user("workforce_lead", username="first")))
    assert "2 of 6 shifts" in text_of(lead.get("/resourcing/champions"))
    [at] = {
        one for one in lead.get(LIST).content.decode().split('"') if one.startswith(f"{LIST}/") and one[-1].isdigit()
    }
    lead.post(f"{at}/withdraw", {"reason": WHY} | day("last_day", date(2026, 11, 23)))
    page = text_of(lead.get("/resourcing/champions"))
    assert "1 of 6 shifts" in page, "yesterday’s stays covered"
    assert "Trained in a version that does not count" in page


@pytest.mark.rule("SEC-01")
def test_another_forces_version_answers_like_none(
    make_user: Callable[..., User], other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    row = accepted(acting_user(make_user("workforce_lead", username="first")))
    afar = signed_in_client("workforce_lead", force=other_force)
    for address in ("", "/withdraw", "/aims/data"):
        assert afar.get(f"{LIST}/{row.pk}{address}").status_code == 404
        assert afar.get(f"{LIST}/999999{address}").status_code == 404
