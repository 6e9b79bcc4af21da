"""How messages stand."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from craffu.messages.facts import Became, Stands
from craffu.messages.kinds import BY_HAND, OVER, Status
from craffu.messages.models import Message


def reference_of(number: int) -> str:
    """By what a carrier knows the message of this row number."""
    return f"m{number}"


def over_since(force: str, at: datetime) -> list[Became]:
    """What became of each message that came to an end since an instant, sent or not. One query."""
    rows = Message.objects.filter(force=force, status__in=[one.value for one in OVER], changed_at__gte=at).order_by(
        "id"
    )
    return [Became(key, Status(status), reason) for key, status, reason in rows.values_list("key", "status", "reason")]


def stands(force: str, keys: Collection[str]) -> dict[str, Stands]:
    """How the messages of these keys stand; one that was never put out is left out. One query."""
    return _stand(Message.objects.filter(force=force, key__in=list(keys)))


def in_print_queue(force: str) -> dict[str, Stands]:
    """What waits to be fetched and printed, or was fetched and has not left, the first written first. One query."""
    wanted = [Status.WAITING.value, Status.SENDING.value]
    return _stand(Message.objects.filter(force=force, channel__in=list(BY_HAND), status__in=wanted))


def _stand(rows: QuerySet[Message]) -> dict[str, Stands]:
    wanted = ("key", "status", "reason", "changed_at", "carrier_ref", "language")
    return {key: Stands(Status(status), *rest) for key, status, *rest in rows.order_by("id").values_list(*wanted)}


def words_waiting(force: str, key: str) -> str:
    """What a message says that has not left: to be searched once more before it goes. Empty where it is over."""
    row = Message.objects.filter(force=force, key=key).first()
    return f"{row.subject}\n{row.body}" if row is not None and Status(row.status) not in OVER else ""
