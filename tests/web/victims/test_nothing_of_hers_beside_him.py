"""What a victim says, needs and was given stands on no page, file or search about the suspect, and in no log (VIC-08, VIC-09)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.cases.models import CaseRole
from craffu.common import clock
from craffu.documents.bundles import Form
from craffu.people.queries import people_of_records
from craffu.victims.safeguarding.actions import record_measure_told
from craffu.victims.safeguarding.facts import NewTelling
from craffu.victims.voice.actions import answer_view
from craffu.victims.voice.facts import NewAnswer
from craffu.victims.voice.queries import views_of
from tests.factories.victims import send_victim, victim_of
from tests.factories.voices import spoken
from tests.web.test_T5_canaries import text_of_file

pytestmark = [pytest.mark.rule("VIC-08"), pytest.mark.rule("VIC-09")]

CANARY = "kanariwords"
# The advocate's name stands in voices.py; nobody beside him is told who speaks for her either.
HERS = (CANARY, "Mair Lewis", "Llais y Dyffryn")


@pytest.fixture
def both(system: Acting, tmp_path: Path, make_user: Callable[..., object]) -> tuple[str, str]:
    """The victim, of whom everything is recorded with the canary, and the suspect of the same case."""
    victim = send_victim(system, tmp_path)
    by = acting_user(make_user("victim_officer"))  # type: ignore[arg-type]
    said = spoken(by, victim, "C-10001", words=CANARY)
    today = clock.now().date()
    record_measure_told(by=by, victim=victim, measure=said.measure, given=NewTelling(today, "telephone"))
    seen = views_of(by, victim_of(by, victim))[0].answer_version
    answer_view(by=by, victim=victim, view=said.view, given=NewAnswer(CANARY, CANARY), seen=seen)
    role = CaseRole.objects.for_system("a test").get(role="suspect")
    return victim, people_of_records(by, [role.record_id])[role.record_id].reference


def found_in(text: str) -> list[str]:
    return [one for one in HERS if one.casefold() in text.casefold()]


def test_no_page_about_him_or_the_case_and_no_search_shows_a_word_of_hers(
    both: tuple[str, str], signed_in_client: Callable[..., Client]
) -> None:
    victim, suspect = both
    for role in ("supervisor", "investigator", "offender_manager", "response_officer"):
        client = signed_in_client(role)
        for path in (
            f"/people/{suspect}",
            "/people",
            "/cases/C-10001",
            "/cases/C-10001/risk",
            "/cases",
            "/",
            "/search",
        ):
            for language in ("", "/cy"):
                assert found_in(client.get(f"{language}{path}").content.decode()) == [], (role, path)
        hits = client.post("/search", {"words": CANARY}, follow=True)
        assert CANARY not in hits.content.decode().replace(f'value="{CANARY}"', "")
    officer = signed_in_client("victim_officer")
    hers = "".join(
        officer.get(f"/victims/{victim}/{page}").content.decode() for page in ("safety", "views", "advocate")
    )
    assert found_in(hers) == list(HERS), "so that this test can fail"


@pytest.mark.rule("SEC-07")
def test_no_file_about_him_holds_a_word_of_hers(
    both: tuple[str, str], signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    client = confirmed(signed_in_client("supervisor"))
    asked = {"purpose": "court", "words": "Hearing on Monday", "recipient": "Listing", "organisation": "A court"}
    for path in ("/people/export", f"/people/{both[1]}/export"):
        for form in Form:
            answer = client.post(path, {**asked, "form": form.value})
            assert answer.headers["Content-Type"] == form.content_type, path
            assert found_in(text_of_file(answer.content, form)) == [], (path, form)


@pytest.mark.rule("SEC-04")
def test_the_log_holds_no_word_of_hers(both: tuple[str, str]) -> None:
    payloads = "\n".join(Event.objects.values_list("payload", flat=True))
    assert f"victim/{both[0]}" in payloads
    assert found_in(payloads) == []
