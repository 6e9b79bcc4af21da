"""`craffu orders card REF` writes the card that its page gives, kept and logged the same, and refuses in one line (ORD-18)."""

import io
import json
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.config.cli import NotCarriedOut, parser
from craffu.config.commands import orders_card
from craffu.orders.models import Order, PaperPrinted
from tests.factories.orders import MADE, considered, received
from tests.unit.documents.test_papers import page_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.rule("ORD-18")]


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def order(system: Acting, tmp_path: Path) -> Order:
    return received(system, considered(system, tmp_path).reference, MADE)


def typed(*words: str) -> Namespace:
    return parser().parse_args(["orders", "card", *words])


def test_a_card_is_written_kept_and_logged_under_the_name_of_who_asked(
    order: Order, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acting_as("supervisor", username="sam")
    file = tmp_path / "card.pdf"
    assert orders_card.run(typed(order.reference, "--out", str(file), "--as", "sam", "--lang", "cy", "--json")) == 0
    said = json.loads(capsys.readouterr().out)
    row = PaperPrinted.objects.for_system("a test").get()
    assert (said["order"], said["sha256"], said["language"]) == (order.reference, row.sha256, "cy")
    with pikepdf.Pdf.open(io.BytesIO(file.read_bytes())) as pdf:
        assert (len(pdf.pages), str(pdf.Root.Lang)) == (1, "cy-GB")
        assert "Cerdyngorchymyn" in page_text(pdf.pages[0]).replace(" ", "")
    event = Event.objects.filter(kind="order_printed").get()
    assert (event.actor, event.verb) == ("sam", "disclosure")
    assert (
        orders_card.run(typed(order.reference, "--out", str(file), "--as", "sam", "--for", "The briefing at noon")) == 0
    )
    assert row.sha256[:8] not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["O-999999", "--as", "sam"], "There is no order O-999999"),
        (["O-10001", "--as", "ann"], "open to"),
        (["O-10001", "--as", "rob"], "only a supervisor prints it"),
        (["O-10001", "--as", "sam", "--out", "/nowhere/card.pdf"], "cannot be written"),
        (["O-10001", "--as", "sam", "--for", "short"], "Say what it is for"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], why: str, order: Order, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    for role, name in (("supervisor", "sam"), ("analyst", "ann"), ("response_officer", "rob")):
        acting_as(role, username=name)
    with pytest.raises(NotCarriedOut, match=why):
        orders_card.run(typed(*words))
