"""Papers of an order: kept whole and once, by what they are, and opened by whoever works with them (ORD-20, SEC-12)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.models import Order, OrderPaper
from craffu.orders.papers.actions import keep_paper, open_paper
from craffu.orders.queries import checked, find_order, story_of_order
from craffu.orders.terms.actions import compare_terms
from craffu.orders.terms.rules import Label
from tests.factories.orders import MADE, considered, received

SEALED = b"%PDF-1.7 the sealed words"


@pytest.fixture
def order(system: Acting, tmp_path: Path) -> Order:
    return considered(system, tmp_path)


def kept(by: Acting, order: Order, kind: str = "sealed_order", content: bytes = SEALED) -> OrderPaper:
    return keep_paper(by=by, order=order.reference, kind=kind, content=content)


@pytest.mark.rule("ORD-20")
def test_a_paper_is_kept_whole_once_and_encrypted_and_opening_it_is_logged(team: Acting, order: Order) -> None:
    paper = kept(team, order)
    assert kept(team, order) == paper
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM orders_orderpaper")
        ((lies,),) = cursor.fetchall()
    assert "sealed words" not in str(lies)
    found, content = open_paper(by=team, order=order.reference, number=paper.pk)
    assert (found.media_type, content) == ("application/pdf", SEALED)
    event = Event.objects.order_by("-id")[0]
    assert (event.kind, event.verb) == ("order_paper_opened", "consultation")


@pytest.mark.rule("SEC-12")
def test_at_a_door_the_order_itself_is_opened_and_neither_evidence_nor_advice(
    team: Acting, acting_as: Callable[..., Acting], order: Order
) -> None:
    officer = acting_as("response_officer", username="door")
    sealed = kept(team, order)
    assert open_paper(by=officer, order=order.reference, number=sealed.pk)[1] == SEALED
    for kind in ("advice", "evidence", "application", "other"):
        paper = kept(team, order, kind, SEALED + kind.encode())
        with pytest.raises(NotPermitted):
            open_paper(by=officer, order=order.reference, number=paper.pk)
        assert open_paper(by=team, order=order.reference, number=paper.pk)[0] == paper


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("sealed_order", b"", "paper_size"),
        ("sealed_order", b"%PDF-" + bytes(10 << 20), "paper_size"),
        ("sealed_order", b"<html>", "paper_form"),
        ("sealed_order", b"PK\x03\x04 a workbook", "paper_form"),
        ("letter", SEALED, "no_such_paper"),
    ],
)
def test_what_is_no_paper_is_refused(kind: str, content: bytes, why: str, team: Acting, order: Order) -> None:
    with pytest.raises(NotNow) as refused:
        kept(team, order, kind, content)
    assert refused.value.code == why
    assert OrderPaper.objects.for_user(team).count() == 0


def test_a_paper_of_another_order_is_not_there(team: Acting, system: Acting, order: Order, tmp_path: Path) -> None:
    other = considered(system, tmp_path, number=2)
    paper = kept(team, order)
    with pytest.raises(NotPermitted):
        open_paper(by=team, order=other.reference, number=paper.pk)


@pytest.mark.rule("ORD-20")
def test_words_are_held_against_the_image_that_was_kept_last_and_anew_against_every_further_one(
    team: Acting, investigator: Acting, order: Order
) -> None:
    """Several files of one scan are kept together: the last of them stands for all. Another paper is none of them."""
    received(team, order.reference, MADE)

    def label() -> Label:
        found = find_order(team, order.reference)
        assert found is not None
        terms = checked(story_of_order(team, found))
        assert terms is not None
        return terms.label

    def compare(with_: OrderPaper) -> None:
        compare_terms(by=investigator, order=order.reference, number=1, paper=with_.pk, is_same=True)

    first, last = kept(team, order), kept(team, order, content=SEALED + b", page 2")
    kept(team, order, "evidence")
    with pytest.raises(Conflict) as refused:
        compare(first)
    assert refused.value.code == "later_image"
    assert label() is Label.NOT_CHECKED
    compare(last)
    assert label() is Label.COMPARED
    assert kept(team, order) == first, "the same file once more is no further image"
    kept(team, order, "other", b"%PDF-1.7 another")
    assert label() is Label.COMPARED
    further = kept(team, order, content=SEALED + b", sealed again")
    assert label() is Label.NOT_CHECKED
    compare(further)
    assert label() is Label.COMPARED
