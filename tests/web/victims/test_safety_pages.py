"""What keeps a victim safe, on its page and its forms: needs, what was done and whether they know, help, rights (P17)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.victims.models import SafetyMeasure
from craffu.web.victims.advocate_presenters import support_card
from craffu.web.victims.safety_presenters import safety_card
from craffu.web.victims.voice_presenters import voice_card
from tests.factories.victims import QUIET, agreed, send_victim, victim_of
from tests.factories.voices import spoken
from tests.web.conftest import text_of

pytestmark = pytest.mark.rule("VIC-08")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def safety(system: Acting, tmp_path: Path) -> str:
    return f"/victims/{send_victim(system, tmp_path)}/safety"


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer", username="officer")


def day(name: str, on: str = "2026-11-24") -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


NEED = {"need": "new_partner", "answer": "yes", "words": "They moved in in May", **day("on")}
MEASURE = {"kind": "patrols", "words": "Past the school", **day("done_on", "2026-11-23")}
TOLD = {**day("told_on"), "channel": "telephone", "felt": "less_safe"}
OFFERED = {"help": "housing", "step": "offered", "words": "", **day("on", "2026-11-23")}
STANDARD = {"entitlement": "standard", "reason": "No stalking after all", **day("on")}


def measure() -> int:
    return int(SafetyMeasure.objects.for_system("a test").order_by("id").last().pk)


def test_before_anything_is_asked_the_page_says_what_was_not(safety: str, officer: Client) -> None:
    words = text_of(officer.get(safety))
    assert "Rights under the Victims’ Code Enhanced rights Why By default: nobody decided otherwise" in words
    assert words.count("Not asked yet") == 11
    assert "Nothing done for their safety has been recorded here." in words
    assert "No help has been offered here yet." in words
    welsh = text_of(officer.get(f"/cy{safety}"))
    assert welsh.count("Heb ei ofyn eto") == 11
    assert "Hawliau o dan y Cod Dioddefwyr" in welsh


def test_what_was_done_stands_beside_whether_they_were_told_and_how_they_felt(safety: str, officer: Client) -> None:
    words = text_of(officer.post(f"{safety}/measure", MEASURE, follow=True))
    assert "It is recorded." in words
    assert "They have not been told of 1 step taken for their safety." in words
    assert "Patrols Past the school 23 November 2026 They have not been told Record that they were told" in words
    assert "govuk-tag--red" in officer.get(safety).content.decode()
    told = f"{safety}/measures/{measure()}/told"
    assert "Patrols" in text_of(officer.get(told))
    words = text_of(officer.post(told, TOLD, follow=True))
    assert "Patrols Past the school 23 November 2026 24 November 2026, Telephone Less safe" in words
    assert "They have not been told" not in words
    assert "They feel less safe with something that was done." in words


def test_needs_help_and_rights_are_recorded(safety: str, officer: Client) -> None:
    words = text_of(officer.post(f"{safety}/need", NEED, follow=True))
    assert "A new partner Yes They moved in in May Test officer, 24 November 2026" in words
    assert words.count("Not asked yet") == 10
    words = text_of(officer.post(f"{safety}/need", {**NEED, "need": "money", "answer": "not_asked"}, follow=True))
    assert words.count("Not asked yet") == 10, "that it was not asked is no answer"
    officer.post(f"{safety}/help", OFFERED)
    words = text_of(officer.post(f"{safety}/help", {**OFFERED, "step": "made", "words": "By letter"}, follow=True))
    assert "Housing Referral made Offered, 23 November 2026 Referral made, 23 November 2026: By letter" in words
    words = text_of(officer.post(f"{safety}/rights", STANDARD, follow=True))
    assert "Standard rights Why No stalking after all Decided by Test officer, 24 November 2026" in words


@pytest.mark.parametrize(
    ("form", "said", "error"),
    [
        ("need", {**NEED, "need": ""}, "Choose what was asked about"),
        ("need", {**NEED, "answer": ""}, "Choose the answer; not asked and not known are answers too"),
        ("need", {**NEED, **day("on", "2026-11-25")}, "That day has not come yet."),
        ("measure", {**MEASURE, "kind": "a miracle"}, "Choose what was done"),
        ("measure", {**MEASURE, **day("done_on", "2026-11-25")}, "That day has not come yet."),
        ("measure", {**MEASURE, "words": "x" * 2001}, "Write at most 2,000 characters"),
        ("help", {**OFFERED, "step": "taken_up"}, "Help is offered first"),
        ("rights", {**STANDARD, "reason": ""}, "Say why they have standard rights only."),
        ("rights", {**STANDARD, "entitlement": ""}, "Choose which rights they have"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    safety: str, officer: Client, form: str, said: dict[str, str], error: str
) -> None:
    answer = officer.post(f"{safety}/{form}", said)
    assert text_of(answer).count(error) == 2, "above the form and beside the field"
    assert "<title>Error:" in answer.content.decode()
    assert officer.post(f"/cy{safety}/{form}", said).status_code == 200


def test_they_are_told_of_what_was_done_and_of_nothing_else(safety: str, officer: Client) -> None:
    officer.post(f"{safety}/measure", MEASURE)
    told = f"{safety}/measures/{measure()}/told"
    for said, error in (
        ({**TOLD, **day("told_on", "2026-11-22")}, "It was not done yet on that day."),
        ({**TOLD, **day("told_on", "2026-11-25")}, "That day has not come yet."),
        ({**TOLD, "felt": ""}, "Choose how safe they feel; not asked is an answer too"),
    ):
        assert text_of(officer.post(told, said)).count(error) == 2
    assert officer.get(f"{safety}/measures/{measure() + 1}/told").status_code == 404


@pytest.mark.rule("VIC-02")
def test_a_way_that_is_not_safe_is_refused_beside_its_field_and_the_refusal_is_logged(
    safety: str, officer: Client, acting_as: Callable[..., Acting]
) -> None:
    officer.post(f"{safety}/measure", MEASURE)
    agreed(acting_as("victim_officer", username="another"), safety.split("/")[2], QUIET)
    answer = officer.post(f"{safety}/measures/{measure()}/told", {**TOLD, "channel": "email"})
    assert text_of(answer).count("This is not a way to reach them that they call safe.") == 2
    assert Event.objects.filter(kind="victim_contact_refused", actor="officer").count() == 1
    welsh = text_of(officer.post(f"/cy{safety}/measures/{measure()}/told", {**TOLD, "channel": "email"}))
    assert welsh.count("cofnodwch y cyswllt hwnnw yn gyntaf") == 2


def test_the_log_says_who_looked_and_holds_no_word_of_it(safety: str, officer: Client) -> None:
    officer.post(f"{safety}/measure", MEASURE)
    officer.get(safety)
    rows = list(Event.objects.filter(actor="officer").order_by("id").values_list("kind", flat=True))
    assert rows[-2:] == ["safety_measure_recorded", "victim_safety_viewed"]
    assert not any("school" in one.payload for one in Event.objects.all())


def test_as_many_questions_however_much_was_recorded(safety: str, officer: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            officer.get(safety)
        return len(queries)

    def record(number: int) -> None:
        officer.post(f"{safety}/measure", {**MEASURE, "words": f"Words {number}"})
        officer.post(f"{safety}/measures/{measure()}/told", TOLD)
        officer.post(f"{safety}/need", {**NEED, "words": f"Words {number}"})

    nothing = asked()
    record(1)
    one = asked()
    for number in range(2, 6):
        record(number)
    # Who was told is asked only where something was done.
    assert asked() == one == nothing + 1 <= 25


@pytest.mark.rule("VIC-10")
def test_a_victims_own_page_is_given_its_parts_in_few_questions(system: Acting, make_user: Any, tmp_path: Path) -> None:
    by = acting_user(make_user("victim_officer"))
    victim = victim_of(by, send_victim(system, tmp_path))
    empty = safety_card(by, victim), voice_card(by, victim), support_card(by, victim, NOW.date())
    assert (empty[0].measures, empty[0].needs, len(empty[0].not_asked)) == (None, (), 11)
    assert (empty[1].views, empty[1].attention, empty[2].advocates) == ((), (), None)
    spoken(by, victim.reference, "C-10001", words="Rwy’n ofni")
    with CaptureQueriesContext(connection) as queries:
        safety, voice, support = safety_card(by, victim), voice_card(by, victim), support_card(by, victim, NOW.date())
    assert len(queries) <= 8
    assert (safety.needs, len(safety.not_asked), len(safety.attention)) == (("Children: Rwy’n ofni",), 10, 1)
    assert ([one.words for one in voice.views], voice.number) == (["Rwy’n ofni"], 1)
    assert voice.attention[0].startswith("They no longer support the investigation, since 24 November 2026.")
    assert "Speaks for them" in str(support.advocates)
