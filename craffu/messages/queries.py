"""How messages stand."""

from collections.abc import Iterable

from craffu.messages.kinds import Status
from craffu.messages.models import Message


def status_of(force: str, keys: Iterable[str]) -> dict[str, Status]:
    """How each of these stands, by its key. One query."""
    rows = Message.objects.filter(force=force, key__in=list(keys)).order_by()
    return {key: Status(status) for key, status in rows.values_list("key", "status")}
