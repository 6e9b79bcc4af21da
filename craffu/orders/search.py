"""Finding orders of the reader's force by their reference, or by the number of a court's case.

An order that is shut with its case is found by its number alone, and only as the case's own stub (SEC-01, SEC-02); of one whose
case is covert there is no trace.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import F, Q

from craffu.access.acting import Acting
from craffu.access.reach.queries import shut_to
from craffu.orders.life.rules import court_number
from craffu.orders.models import Order
from craffu.orders.models.lives import COURT_NUMBER

MOST_FOUND: Final = 20


class WhyOrder(StrEnum):
    """By which of its numbers an order answers."""

    REFERENCE = "reference"
    COURT_CASE = "court_case"


@dataclass(frozen=True, slots=True)
class OrderHit:
    """An order, why it answers and by what number as it is recorded."""

    reference: str
    kind: str
    is_interim: bool
    status: str
    why: WhyOrder
    found: str
    # The source record of whoever it binds.
    respondent: int = 0


@dataclass(frozen=True, slots=True)
class OrdersFound:
    """The orders that answer, the newest first, and those shut to the reader, each with the case that shuts it."""

    hits: tuple[OrderHit, ...] = ()
    closed: tuple[tuple[str, str], ...] = ()


def orders_numbered(by: Acting, numbers: Sequence[str]) -> OrdersFound:
    """Orders by our reference or a court's case number, whatever its spaces and capitals. Two questions at most."""
    if not numbers:
        return OrdersFound()
    asked, of_court = set(numbers), {court_number(one) for one in _joined(numbers)}
    rows = Order.objects.for_user(by.joining()).annotate(number=COURT_NUMBER, case_called=F("case__reference"))
    answers = rows.filter(Q(reference__in=asked) | Q(number__in=of_court)).order_by("-id")
    found = list(answers[:MOST_FOUND])
    cases = {one.case_called for one in found if one.case_called}
    shut = shut_to(by, "case", cases)
    closed = [(one.reference, one.case_called) for one in found if one.case_called in shut]
    return OrdersFound(
        tuple(_hit(one, asked) for one in found if one.case_called not in shut),
        tuple(sorted(one for one in closed if not by.is_hidden("case", one[1]))),
    )


def _joined(numbers: Sequence[str]) -> Iterable[str]:
    """Each number, and all of them as one: a court's number is written in groups."""
    yield from numbers
    if len(numbers) > 1:
        yield "".join(numbers)


def _hit(one: Order, asked: Iterable[str]) -> OrderHit:
    is_own = one.reference in asked
    return OrderHit(
        one.reference, one.kind, one.is_interim, one.status, WhyOrder.REFERENCE if is_own else WhyOrder.COURT_CASE,
        one.reference if is_own else one.court_case_no, one.respondent_id,
    )  # fmt: skip
