"""What no key of the database and no sender's key makes anybody's: an order's number or the words themselves do (SEC-09).

As with rows that are kept whole, an order's number says whose a row is only where nothing that the row names first stays
(ADR 131).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db import models

from craffu.access.acting import Acting
from craffu.breaches.models import BreachTelling
from craffu.cases.models import CaseVersion, DetentionVersion, ReleaseVersion
from craffu.intake.records.naming import order_called
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.prevention.models import MeetingCorrected

type Tells = Callable[[str], bool]

_AT_ONCE: Final = 500


def unclaimed_rows(
    by: Acting, found: Mapping[Any, Collection[int]], tells: Tells
) -> dict[type[models.Model], set[int]]:
    """Such rows that go with what is found. What tells of an order, a detention, a release or a meeting is read once."""
    orders = Order.objects.for_user(by).filter(pk__in=sorted(found.get(Order, ()))).order_by()
    called = {
        order_called(number) for both in orders.values_list("reference", "court_case_no") for number in both if number
    }
    told = BreachTelling.objects.for_user(by).exclude(order_ref="").order_by("pk")
    held = DetentionVersion.objects.for_user(by).filter(record=None).order_by("pk")
    corrected = MeetingCorrected.objects.for_user(by).filter(item=None)
    return {
        BreachTelling: {
            row
            for row, number, record, crime in told.values_list("pk", "order_ref", "record_key", "crime").iterator(
                _AT_ONCE
            )
            if order_called(number) in called and not _has_record(by, record) and not _has_case(by, crime)
        },
        DetentionVersion: {
            row
            for row, number, words, crime in held.values_list(
                "pk", "for_breach_of", "bail_conditions", "crime"
            ).iterator(_AT_ONCE)
            if (order_called(number) in called or tells(words)) and not _has_case(by, crime)
        },
        ReleaseVersion: telling(ReleaseVersion.objects.for_user(by).filter(record=None), "licence_conditions", tells),
        # A correction of all minutes of a meeting.
        MeetingCorrected: telling(corrected, "words", tells),
    }


def telling(rows: Any, field: str, tells: Tells) -> set[int]:
    """Rows in which somebody's words tell of whoever goes; every one is read."""
    told = rows.order_by("pk").values_list("pk", field).iterator(_AT_ONCE)
    return {row for row, words in told if tells(words)}


def _has_record(by: Acting, key: str) -> bool:
    return bool(SourceRecord.objects.for_user(by).filter(source_key=key).exists())


def _has_case(by: Acting, crime: str) -> bool:
    return bool(CaseVersion.objects.for_user(by).filter(crime=crime).exists())
