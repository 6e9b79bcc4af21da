"""The log: what was done, the seals that chain it, and the signed heads that prove nothing was cut off (SEC-04, SEC-05).

Database triggers (`triggers.py`) refuse every change and removal; the columns of an event are drawn by the database
from its one payload, which is exactly the text that is hashed.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import connection, models
from django.db.models import F, Func, Lookup, Q, TextField

from craffu.audit.rules import Verb
from craffu.common.door import NeverChanged, SetBasedQuerySet, WriteOutsideAction
from craffu.common.fates import Fate, InDigest, Kept, OnErasure, internal

# PostgreSQL 15 can only store a drawn column. SQLite can also work it out on reading, which leaves no second copy
# in the file that somebody could alter.
STORED = connection.vendor == "postgresql"

# The log is kept when a person is erased and says nothing about what the register holds.
LOGGED = Fate(identifying=False, kept=Kept.WITH_AUDIT, on_erasure=OnErasure.KEEP, digest=InDigest.INTERNAL)
NAMES_STAFF = Fate(identifying=True, kept=Kept.WITH_AUDIT, on_erasure=OnErasure.KEEP, digest=InDigest.INTERNAL)


class FromPayload(Func):
    """One key of the payload, as text; an absent key is empty."""

    output_field = TextField()

    def __init__(self, key: str, **extra: Any) -> None:
        super().__init__(F("payload"), key=key, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "coalesce(json_extract(%(expressions)s, '$.%(key)s'), '')"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "coalesce((%(expressions)s)::jsonb ->> '%(key)s', '')"
        return self.as_sql(compiler, connection, template=template, **extra)


def drawn(key: str) -> models.GeneratedField:
    return models.GeneratedField(expression=FromPayload(key), output_field=TextField(), db_persist=STORED)


# Verbs that an auditor asks for by themselves and that are few. Nearly every row says consultation or collection: an index
# that held those too would cost each of them a page to write (B10).
SELDOM = tuple(sorted(verb.value for verb in (Verb.COMBINATION, Verb.DENIED, Verb.DISCLOSURE, Verb.ERASURE)))


class IsSeldom(Lookup):
    """That a verb is one of the seldom ones, word for word as their index says it: else SQLite does not use the index."""

    lookup_name = "seldom"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        verb, params = self.process_lhs(compiler, connection)
        return f"{verb} IN ({', '.join(f"'{seldom}'" for seldom in SELDOM)})", params


class GrowingQuerySet[M: models.Model](SetBasedQuerySet[M]):
    """A queryset that can only add, and only through `add` and `add_rows`, which `audit/actions.py` calls."""

    def add(self, rows: Iterable[M]) -> list[M]:
        return super().bulk_create(rows, batch_size=1000)

    def add_rows(self, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add many rows, given as the values of the fields `names`, without an object for each."""
        self._append(names, rows)

    def _refuse_writing(self, *args: Any, **kwargs: Any) -> Any:
        raise WriteOutsideAction(f"{self.model.__name__} is written only by the actions of the audit package")

    def _refuse_change(self, *args: Any, **kwargs: Any) -> Any:
        raise NeverChanged(f"{self.model.__name__} rows are added, never changed and never removed")

    create = bulk_create = get_or_create = update_or_create = _refuse_writing
    update = delete = bulk_update = _refuse_change


class Growing(models.Model):
    """A table that only grows."""

    objects = GrowingQuerySet[Self].as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} rows are added, never changed and never removed")
        raise WriteOutsideAction(f"{type(self).__name__} is written only by the actions of the audit package")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged(f"{type(self).__name__} rows are added, never changed and never removed")


class Event(Growing):
    """One thing done: who, when, in what role, under which verb, to which records."""

    payload = TextField()
    at = drawn("at")
    force = drawn("force")
    actor = drawn("actor")
    role = drawn("role")
    verb = drawn("verb")
    kind = drawn("kind")
    recipient = drawn("recipient")
    request = drawn("request")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["force", "at"], name="audit_event_force_at"),
            models.Index(fields=["actor", "at"], name="audit_event_actor_at"),
            models.Index(fields=["force", "verb", "at"], name="audit_event_seldom_verb", condition=Q(verb__in=SELDOM)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verb__in=[verb.value for verb in Verb]), name="audit_event_verb_known"),
            models.CheckConstraint(
                condition=~(Q(at="") | Q(actor="") | Q(force="") | Q(kind="")), name="audit_event_who_when_what"
            ),
            models.CheckConstraint(
                condition=~Q(verb=Verb.DISCLOSURE.value) | ~Q(recipient=""), name="audit_event_disclosed_to_somebody"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_AUDIT),
            "payload": NAMES_STAFF,
            "at": LOGGED,
            "force": LOGGED,
            "actor": NAMES_STAFF,
            "role": LOGGED,
            "verb": LOGGED,
            "kind": LOGGED,
            "recipient": NAMES_STAFF,
            "request": LOGGED,
        }

    def __str__(self) -> str:
        return f"{self.at} {self.kind}"


class EventReference(Growing):
    """A record that a sealed event is about, so that its history can be found. The database draws it from the payload.

    What waits for its seal is not in it yet, so nobody asks it alone: `naming` asks for both.
    """

    pk = models.CompositePrimaryKey("ref", "event_id")
    ref = models.CharField(max_length=150)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="references", db_index=False)

    class Handling:
        fields: ClassVar = {"ref": LOGGED, "event": internal(Kept.WITH_AUDIT)}

    def __str__(self) -> str:
        return self.ref


class Unsealed(models.Model):
    """An event waiting for its seal: a work list put down by the database, not evidence.

    Without it a sealer would have to search the whole log for a row that another transaction committed late.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="+")

    class Handling:
        fields: ClassVar = {"event": internal(Kept.WITH_AUDIT)}

    def __str__(self) -> str:
        return f"event {self.event_id}"


class Seal(Growing):
    """The place of an event in its force's chain, and the hash that ties it to the event before."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="seal")
    force = models.CharField(max_length=20)
    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["force", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "position"], name="audit_seal_one_at_each_position"),
        ]

    class Handling:
        fields: ClassVar = {
            "event": internal(Kept.WITH_AUDIT),
            "force": LOGGED,
            "position": LOGGED,
            "hash": LOGGED,
        }

    def __str__(self) -> str:
        return f"{self.force} {self.position}"


class Head(Growing):
    """A signed statement of how long a force's chain was at an instant, and where it ended. Copied outside the database."""

    force = models.CharField(max_length=20)
    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.CharField(max_length=27)
    signature = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["force", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "position"], name="audit_head_one_at_each_position"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_AUDIT),
            "force": LOGGED,
            "position": LOGGED,
            "hash": LOGGED,
            "at": LOGGED,
            "signature": LOGGED,
        }

    def __str__(self) -> str:
        return f"{self.force} {self.position}"
