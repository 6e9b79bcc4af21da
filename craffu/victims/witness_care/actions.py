"""The only write of what witness care and surveys say: rows of one table together, each under its sender's key (INT-01)."""

from collections.abc import Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.outbox.actions import tell
from craffu.victims.received import RECEIVED
from craffu.victims.topics import VICTIMS
from craffu.victims.witness_care.facts import Row
from craffu.victims.witness_care.queries import people_of
from craffu.victims.witness_care.tables import values_of


@action
def receive(*, by: Acting, table: str, rows: Sequence[Row], now: datetime) -> None:
    """Append rows of one table in their order: of several under one key the last counts.

    Whoever calls this has seen that none of them was said before, and logs the batch in one row. What is due to whom they are
    about is reckoned anew.
    """
    if not rows:
        return
    into = RECEIVED[table]
    plain = [values_of(into, row.columns) for row in rows]
    words = [
        sealed(into.model, name, [row.columns.get(column, "") for row in rows]) for name, column in into.words.items()
    ]
    case = ("case",) if into.names_case else ()
    into.model.objects.append_rows(
        ("source_key", "content_sha256", "record", *case, *into.of, *into.plain, *into.words),
        [
            (
                row.key,
                row.content,
                row.record,
                *((row.case,) if case else ()),
                *row.of.values(),
                *values.values(),
                *said,
            )
            for row, values, *said in zip(rows, plain, *words, strict=True)
        ],
        {"force": by.force.pk, "source": into.source, "known_from": now},
    )
    tell(force=by.force.code, topic=VICTIMS, subjects=people_of(by, {row.record for row in rows}), at=now)
