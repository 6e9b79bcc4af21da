"""The only writes of what other systems tell that may be a breach: word after word, under their own keys (INT-01)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.models import BreachTelling
from craffu.breaches.telling.facts import TellingRow, Tells
from craffu.breaches.topics import TELLINGS
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.common.models import Provenance
from craffu.outbox.actions import tell

_COLUMNS: Final = (
    "key", "number", "said_at", "line", "record_key", "crime", "order_ref", "happened_at", "is_day_only", "decision", "in_zone",
    "is_withdrawn", "words",
)  # fmt: skip


@action
def receive_tellings(
    *, by: Acting, source: str, tells: Tells, rows: Sequence[TellingRow], provenance: Provenance, now: datetime
) -> int:
    """A batch of words that tell of a breach, or take back what the system said under the same key. Returns how many were kept.

    What takes back nothing that is kept or comes in the same batch is not kept. Whoever calls this logs the batch, in one row.
    """
    held = BreachTelling.objects.for_user(by).filter(source=source, tells=tells.value)
    known = set(held.filter(key__one_of=frozenset(row.key for row in rows)).order_by().values_list("key", flat=True))
    known |= {row.key for row in rows if not row.is_withdrawn}
    wanted = [row for row in rows if not row.is_withdrawn or row.key in known]
    if not wanted:
        return 0
    words = sealed(BreachTelling, "words", [row.words for row in wanted])
    BreachTelling.objects.append_rows(
        _COLUMNS,
        [(*row[:-1], protected) for row, protected in zip(wanted, words, strict=True)],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now, "tells": tells.value},
    )
    keys = frozenset(row.key for row in wanted)
    subjects = held.filter(key__one_of=keys).order_by().values_list("pk", flat=True)
    tell(force=by.force.code, topic=TELLINGS, subjects=sorted(subjects), at=now)
    return len(wanted)


@action
def hear_of_records(*, by: Acting, source: str, records: Collection[str], now: datetime) -> int:
    """What was told of records that a source describes only now, by what it calls them, is looked at anew. Returns how much."""
    told = BreachTelling.objects.for_user(by).filter(source=source, record_key__one_of=frozenset(records)).order_by()
    subjects = sorted(told.values_list("pk", flat=True)) if records else []
    if subjects:
        tell(force=by.force.code, topic=TELLINGS, subjects=subjects, at=now)
    return len(subjects)
