"""The only writes of the outbox: tell, within the act that changed something, take what nobody took yet, and forget it later."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final

from craffu.common.door import bookkeeping, pass_the_door
from craffu.outbox.listening import notice
from craffu.outbox.models import HANDLED, WAITING, News
from craffu.outbox.queries import Told, told

# How long news is kept after it was handled: long enough to see what the clock was told, should it have gone wrong. It says
# nothing that is not kept where it happened.
KEPT_FOR: Final = timedelta(days=30)


def tell(*, force: str, topic: str, subjects: Iterable[object], at: datetime) -> None:
    """Leave news of a topic about some subjects, in one row however many: it stands or falls with the open action.

    Raises WriteOutsideAction where none is open.
    """
    pass_the_door(News)
    if named := " ".join(map(str, subjects)):
        News.objects.create(force=force, topic=topic, subjects=named, at=at)
        notice()


@bookkeeping
def take(*, force: str, until: datetime, now: datetime, most: int, most_about: int, newest: bool = False) -> list[Told]:
    """What was told up to an instant and nobody has taken, marked as handled with whatever its taker does in this action.

    At most so many, about so many subjects together unless the first is about more, the oldest first, or the `newest`. Of several
    takers at once each row is one's alone.
    """
    waiting = News.objects.filter(WAITING, force=force, at__lte=until).order_by("-id" if newest else "id")
    rows = list(waiting.select_for_update()[:most])
    about = accumulate(row.subjects.count(" ") + 1 for row in rows)
    taken = [row for at, (row, total) in enumerate(zip(rows, about, strict=True)) if not at or total <= most_about]
    News.objects.filter(WAITING, pk__in=[row.pk for row in taken]).update(handled_at=now)
    return [told(row) for row in taken]


@bookkeeping
def forget(*, force: str, now: datetime, most: int) -> int:
    """Delete what was handled longer ago than it is kept, the oldest first and at most so much. Returns how much that was.

    What nobody has taken yet is never deleted, however old it is.
    """
    old = News.objects.filter(HANDLED, force=force, handled_at__lt=now - KEPT_FOR).order_by("handled_at", "id")
    rows = list(old.values_list("pk", flat=True)[:most])
    if rows:
        News.objects.filter(HANDLED, pk__in=rows).delete()
    return len(rows)
