"""Of the breaches that are kept: which order each is held to have broken, and what does not agree of it."""

from collections import defaultdict
from typing import Any

from django.db import migrations
from django.db.models import F, Q

from craffu.access.wall.reach import every_force


def count(apps: Any, schema_editor: Any) -> None:
    with every_force("which orders breaches broke is written down beside them"):
        broken, since = _broken(apps), _since(apps)
        breaches = apps.get_model("breaches", "Breach").rows
        for number in sorted({*broken, *since}):
            orders, stand = broken.get(number, set()), since.get(number, [])
            breaches.filter(pk=number).update(
                of_order=next(iter(orders)) if len(orders) == 1 else None,
                of_several=len(orders) > 1,
                disagreeing=len(stand),
                disagrees_since=min(stand, default=None),
            )


def _broken(apps: Any) -> dict[int, set[int]]:
    """The orders that each is held to have broken: by the last word about each order and condition."""
    ties = apps.get_model("breaches", "BreachOfOrder").rows.order_by("id")
    told = ties.filter(Q(taken_from=None) | Q(taken_from__joined_to=F("breach")))
    last = {
        (breach, order, condition): holds
        for breach, order, condition, holds in told.values_list("breach", "order", "condition", "holds").iterator()
    }
    found: dict[int, set[int]] = defaultdict(set)
    for (breach, order, _condition), holds in last.items():
        if holds:
            found[breach].add(order)
    return found


def _since(apps: Any) -> dict[int, list[Any]]:
    open_ = apps.get_model("breaches", "BreachMismatch").rows.filter(until=None).order_by("id")
    found: dict[int, list[Any]] = defaultdict(list)
    for breach, since in open_.values_list("breach", "since").iterator():
        found[breach].append(since)
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("breaches", "0002_counted"),
    ]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
