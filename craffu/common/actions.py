"""Give out references: short, stable, sayable over a radio, and never telling anything about the person."""

from django.db import connection

from craffu.common.door import pass_the_door
from craffu.common.models import Counter

FIRST = 10001


def next_reference(*, kind: str, prefix: str) -> str:
    """The next unused reference of this kind, as `P-10001`.

    Two transactions never get the same one, and an undone transaction leaves no gap: the row is locked until commit. Raises
    WriteOutsideAction where no action is open.
    """
    return next_references(kind=kind, prefix=prefix, count=1)[0]


def next_references(*, kind: str, prefix: str, count: int) -> list[str]:
    """The next so many references of this kind, in order, taken as one block."""
    if not count:
        return []
    pass_the_door(Counter)
    # One plain statement: almost every act takes a reference, and arrivals one for each pair.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common_counter (kind, last) VALUES (%s, %s) ON CONFLICT (kind)"
            " DO UPDATE SET last = common_counter.last + %s RETURNING last",
            [kind, FIRST - 1 + count, count],
        )
        (last,) = cursor.fetchone()
    return [f"{prefix}-{number}" for number in range(last - count + 1, last + 1)]
