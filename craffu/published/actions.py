"""The only writes to official code lists: a batch of new or changed codes, appended together."""

from collections.abc import Iterable
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common.door import action
from craffu.published import events
from craffu.published.models import CodeVersion


@action
def receive_codes(*, by: Acting, versions: Iterable[CodeVersion], list_name: str, now: datetime) -> int:
    """Append new versions of codes of one list; nothing is overwritten. Returns how many."""
    rows = CodeVersion.objects.bulk_create(versions, batch_size=500)
    audit.record(
        kind=events.CODES_RECEIVED,
        actor=by.actor,
        refs=[f"codes/{list_name}"],
        counts={"codes": len(rows)},
        request=by.request,
        now=now,
    )
    return len(rows)
