"""How messages stand."""

from collections.abc import Iterable
from datetime import datetime

from craffu.messages.facts import Became
from craffu.messages.kinds import OVER, Status
from craffu.messages.models import Message


def over_since(force: str, at: datetime) -> list[Became]:
    """What became of each message that came to an end since an instant, sent or not. One query."""
    rows = Message.objects.filter(force=force, status__in=[one.value for one in OVER], changed_at__gte=at).order_by(
        "id"
    )
    return [Became(key, Status(status), reason) for key, status, reason in rows.values_list("key", "status", "reason")]


def status_of(force: str, keys: Iterable[str]) -> dict[str, Status]:
    """How each of these stands, by its key. One query."""
    rows = Message.objects.filter(force=force, key__in=list(keys)).order_by()
    return {key: Status(status) for key, status in rows.values_list("key", "status")}
