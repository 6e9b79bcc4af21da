"""How messages stand."""

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
