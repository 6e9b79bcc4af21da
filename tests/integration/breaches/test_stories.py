"""Ten worked stories of sources that contradict each other: exactly the codes expected, wherever they are listed (BRC-03)."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import BreachMismatch
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from craffu.work.models import WorkItem
from tests.factories.breach_stories import STORIES, BreachStory, Cast
from tests.factories.further_stories import FURTHER
from tests.integration.breaches.conftest import NOW
from tests.unit.documents.test_papers import page_text

pytestmark = pytest.mark.rule("BRC-03")
COURT = {"purpose": "court", "words": "Sentencing", "recipient": "Listing officer", "organisation": "HMCTS"}
EVERY_CODE = [f"M{number}" for number in range(1, 15)]


@pytest.fixture
def cast(
    system: Acting, investigator: Acting, supervisor: Acting, officer: Acting, served: Order, tmp_path: Path,
    clock: Any, acting_as: Callable[..., Acting],
) -> Cast:  # fmt: skip
    clerks = acting_as("link_clerk", username="ann"), acting_as("link_clerk", username="ben")
    return Cast(system, investigator, supervisor, officer, served, tmp_path, NOW, clock.move_to, clerks)


def test_between_them_the_ten_stories_show_every_code() -> None:
    assert len(STORIES) == 10
    assert sorted({code for one in STORIES for code in one.codes}, key=EVERY_CODE.index) == EVERY_CODE


@pytest.mark.postgres_in_deep
@pytest.mark.parametrize("story", [*STORIES, *(pytest.param(one, marks=pytest.mark.deep) for one in FURTHER)], ids=str)
def test_exactly_the_expected_codes_are_listed_everywhere(
    story: BreachStory, cast: Cast, signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    story.tells(cast)

    expected, breach = list(story.codes), cast.found()
    told = story_of_breach(cast.system, breach)
    assert len({one.standpoint for one in told.words}) >= 3 or len(told.sources) >= 3
    reviewed = orders_reviewed(cast.system, [one.order for one in told.holding])
    assert [code.value for code in do_not_agree(told, reviewed, cast.now)] == expected
    kept = BreachMismatch.objects.for_system("a test").filter(breach=breach, until=None)
    assert sorted((one.code for one in kept), key=EVERY_CODE.index) == expected
    assert sorted(in_work(breach.pk), key=EVERY_CODE.index) == expected
    client = signed_in_client("investigator")
    for path in (f"/breaches/{breach.reference}/triage", f"/breaches/{breach.reference}/mismatches"):
        assert codes_on(client.get(path)) == expected, path

    history = f"/people/{person_of(cast)}/breaches"
    for way in ("timeline", "table"):
        listed, of_row = codes_in_history(client.get(f"{history}?as={way}"))
        assert sorted(listed, key=EVERY_CODE.index) == expected
        assert of_row == expected, way
    [one] = answer(client, f"/api/v1{history}")["breaches"]
    assert one["mismatches"] == answer(client, f"/api/v1/breaches/{breach.reference}")["mismatches"] == expected
    on_paper, left_out = codes_on_paper(
        confirmed(signed_in_client("supervisor", username="prints"), at=cast.now).post(f"{history}/print", COURT)
    )
    assert (on_paper, left_out) == ((expected, 0) if story.is_printed else ([], 1))


def person_of(cast: Cast) -> str:
    respondent = cast.order.respondent_id
    return people_of_records(cast.system, [respondent])[respondent].reference


def codes_in_history(response: Any) -> tuple[list[str], list[str]]:
    """The codes that the page lists of the whole history, and those beside its one incident."""
    html = response.content.decode()
    assert response.status_code == 200
    listed, incident = html.split('id="disagrees"', 1)[1].split('id="breaches"', 1)
    found = re.compile(r">\s*(?:Does not agree: )?(M\d{1,2})\b")
    return found.findall(listed), found.findall(incident)


def answer(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.content
    told: dict[str, Any] = json.loads(response.content)
    return told


def codes_on_paper(response: Any) -> tuple[list[str], int]:
    """The codes that a paper for court lists, and how many possible breaches it says it leaves out."""
    assert response["Content-Type"] == "application/pdf", response.content
    pages = pikepdf.Pdf.open(io.BytesIO(response.content)).pages
    whole = "".join("".join(page_text(page) for page in pages).split())
    listed, missing = whole[whole.index("Whatdoesnotagree") :].split("Whatismissing", 1)
    [left_out] = re.findall(r"nobodyhasdecided,leftout:(\d+)", missing)
    return re.findall(r"(?<![A-Z])(M\d{1,2}):", listed), int(left_out)


def in_work(breach: int) -> list[str]:
    """The codes in somebody's work now: that nobody has decided is due as the decision, past its limit with the inspector."""
    rows = WorkItem.objects.for_system("a test").filter(
        watch__source="breaches", watch__subject=str(breach), over_at=None
    )
    late = ["M1"] if rows.filter(kind="breach_inspector").exists() else []
    return [*late, *(one.facts["code"] for one in rows.filter(kind="breach_mismatch"))]


def codes_on(response: Any) -> list[str]:
    """The codes that begin a row of the list."""
    html = response.content.decode()
    assert response.status_code == 200
    return re.findall(r">\s*(M\d{1,2})\s*<", html)
