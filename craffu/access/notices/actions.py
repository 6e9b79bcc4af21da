"""The one write of notices: tell somebody. It is part of the act that it tells of, and logged with it."""

from datetime import datetime

from craffu.access.models import User
from craffu.access.notices.models import Notice
from craffu.common.door import bookkeeping


@bookkeeping
def tell(*, to: User, sort: str, kind: str, reference: str, cause: str, now: datetime) -> Notice:
    notice: Notice = Notice.objects.create(
        force=to.force, to=to, sort=sort, kind=kind, reference=reference, cause=cause, at=now
    )
    return notice
