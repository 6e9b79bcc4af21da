"""Every register row belongs to one force, and no page can read a row without saying for whom (SEC-01).

`Model.objects` has no unscoped read: `for_user(by)` for people, `for_system(reason)` for jobs. Another force's row does
not exist for the reader, so a foreign reference answers like an absent one.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.db import connection, models
from django.db.models import Q

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.reach.queries import standing_within
from craffu.common.door import AppendOnly, AppendOnlyQuerySet, Guarded, GuardedQuerySet

OF_A_FORCE = """
    SELECT (SELECT COUNT(*) FROM {table})
        - (SELECT COUNT(*) FROM {table} WHERE force_id < %s) - (SELECT COUNT(*) FROM {table} WHERE force_id > %s)
"""


@dataclass(frozen=True, slots=True)
class RestrictedWith:
    """How a row is reached from the record with which it is restricted: `path` leads to that record's reference.

    Every scoped model says this as `restricted_with`, or in a sentence why its rows are restricted with none. `none_is_open`:
    a row that stands without such a record is open to its whole force, as far as any role reaches.
    """

    kind: str
    path: str
    none_is_open: bool = False


class Unscoped(RuntimeError):
    """A register table was read without saying for whom."""


class _ScopedReads:
    """Refuses reads that name no reader."""

    model: type[models.Model]

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unscoped(f"say for whom {self.model.__name__} is read: for_user(by) or for_system(reason)")

    all = filter = exclude = get = values = values_list = first = last = count = exists = iterator = _refuse
    get_or_create = update_or_create = in_bulk = earliest = latest = aggregate = annotate = order_by = _refuse
    select_related = prefetch_related = only = defer = select_for_update = raw = update = delete = _refuse

    def for_user(self, by: Acting) -> Any:
        """The rows of the reader's own force, but for those of records that are not open to them.

        A record is not where it is restricted and they are not let in (SEC-02), or beyond the reach of their roles (SEC-01).
        """
        rows = self._of_force(by.force.pk)
        way = self.model.restricted_with  # type: ignore[attr-defined]
        if isinstance(way, str):
            return rows
        if closed := by.closed.get(way.kind):
            rows = rows.exclude(**{f"{way.path}__in": closed})
        if by.within is not None:
            let_in = by.let_in.get(way.kind, frozenset())
            reached = standing_within(by.within, by.force.pk, way.kind, way.path)
            alone = Q(**{f"{way.path}__isnull": True}) if way.none_is_open else Q()
            rows = rows.filter(Q(reached) | Q(**{f"{way.path}__in": let_in}) | alone)
        return rows

    def _of_force(self, force: int) -> Any:
        """The rows of one force. Every read begins so: what asks it is put together once and copied."""
        asked = self.__dict__.setdefault("_asked", {})
        if force not in asked:
            asked[force] = super().get_queryset().filter(force_id=force)  # type: ignore[misc]
        return asked[force].all()

    def number_for(self, by: Acting) -> int:
        """How many rows `for_user` gives: the first thing that a page of a list says.

        SQLite counts a whole table ten times as fast as a part of it, so there the others are taken away from all.
        """
        way = self.model.restricted_with  # type: ignore[attr-defined]
        closed = None if isinstance(way, str) else by.closed.get(way.kind)
        is_one_table = isinstance(way, str) or (by.within is None and not (closed and "__" in way.path))
        if connection.vendor != "sqlite" or not is_one_table:
            return int(self.for_user(by).count())
        with connection.cursor() as cursor:
            number = OF_A_FORCE.format(table=connection.ops.quote_name(self.model._meta.db_table))
            cursor.execute(number, [by.force.pk, by.force.pk])
            (found,) = cursor.fetchone()
        if closed:
            rows = self._of_force(by.force.pk)
            found -= rows.filter(**{f"{way.path}__in": closed}).count()
        return int(found)

    def for_system(self, reason: str) -> Any:
        """All rows, for a job that says why."""
        if not reason:
            raise Unscoped("a job that reads every force says why")
        return super().get_queryset()  # type: ignore[misc]


class ScopedManager(_ScopedReads, models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    pass


class ScopedHistoryManager(_ScopedReads, models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    pass


class ForceScoped(models.Model):
    restricted_with: ClassVar[RestrictedWith | str]

    # No index: nearly every row of an installation is of one force, and a planner without statistics would choose it.
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Scoped(ForceScoped, Guarded):
    """A row of one force that actions may change."""

    # Django itself (relations, constraints) reads through `rows`; an architecture test keeps everybody else away.
    rows = models.Manager.from_queryset(GuardedQuerySet)()
    objects = ScopedManager()  # type: ignore[misc]

    class Meta:
        abstract = True
        default_manager_name = "rows"
        base_manager_name = "rows"


class ScopedHistory(ForceScoped, AppendOnly):
    """A row of one force that is appended and never changed."""

    rows = models.Manager.from_queryset(AppendOnlyQuerySet)()
    objects = ScopedHistoryManager()  # type: ignore[misc]

    class Meta:
        abstract = True
        default_manager_name = "rows"
        base_manager_name = "rows"
