"""Give out references: short, stable, sayable over a radio, and never telling anything about the person."""

from django.db.models import F

from craffu.common.door import action
from craffu.common.models import Counter

FIRST = 10001


@action
def next_reference(*, kind: str, prefix: str) -> str:
    """The next unused reference of this kind, as `P-10001`.

    Two transactions never get the same one, and an undone transaction leaves no gap: the row is locked until commit.
    """
    if not Counter.objects.filter(pk=kind).update(last=F("last") + 1):
        Counter.objects.get_or_create(pk=kind, defaults={"last": FIRST - 1})
        Counter.objects.filter(pk=kind).update(last=F("last") + 1)
    return f"{prefix}-{Counter.objects.get(pk=kind).last}"


@action
def next_references(*, kind: str, prefix: str, count: int) -> list[str]:
    """The next so many references of this kind, in order, taken as one block."""
    if not count:
        return []
    if not Counter.objects.filter(pk=kind).update(last=F("last") + count):
        Counter.objects.get_or_create(pk=kind, defaults={"last": FIRST - 1})
        Counter.objects.filter(pk=kind).update(last=F("last") + count)
    last = Counter.objects.get(pk=kind).last
    return [f"{prefix}-{number}" for number in range(last - count + 1, last + 1)]
