"""Rows that were read ahead, given to those that they belong to, as Django's own `prefetch_related` gives what it read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model


def give(owners: Sequence[Model], name: str, rows: Iterable[Model]) -> None:
    """From now on `owner.name.all()` is those of these rows that point at it, in their order, without asking anybody.

    The owners are rows of one model, and the rows are all that point at any of them.
    """
    if not owners:
        return
    field: Any = owners[0]._meta.get_field(name).remote_field
    by_number = {owner.pk: owner for owner in owners}
    theirs: dict[Any, list[Model]] = {number: [] for number in by_number}
    for row in rows:
        number = getattr(row, field.attname)
        field.set_cached_value(row, by_number[number])
        theirs[number].append(row)
    for owner in owners:
        given = getattr(owner, name).get_queryset()
        given._result_cache, given._prefetch_done = theirs[owner.pk], True
        held: Any = owner
        held.__dict__.setdefault("_prefetched_objects_cache", {})[name] = given
