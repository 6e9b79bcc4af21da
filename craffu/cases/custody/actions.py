"""The only writes of detentions: what a custody system said of them, appended (INT-01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.case_models import CaseReference
from craffu.cases.custody.facts import DetentionRow
from craffu.cases.custody.models import DetentionVersion
from craffu.cases.queries import called
from craffu.cases.topics import CASES
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.common.models import Provenance
from craffu.common.version_reads import contents_said, newest_said
from craffu.common.versions import Decided, decide
from craffu.outbox.actions import tell

_COLUMNS: Final = (
    "number", "key", "content_sha256", "said_at", "line", "record", "crime", "station", "offence_code", "for_breach_of",
    "arrested_at", "released_at", "disposal", "bail_ends_on", "bail_conditions",
)  # fmt: skip


@action
def receive_detentions(
    *, by: Acting, source: str, rows: Sequence[DetentionRow], provenance: Provenance, now: datetime
) -> list[Decided]:
    """A batch of detentions, kept under the crime's own reference whether the crime has come or not.

    Whoever calls this logs the batch, in one row.
    """
    held = DetentionVersion.objects.for_user(by).filter(source=source)
    decided = decide(
        [(row.key, row.content, row.said_at) for row in rows],
        contents_said(held, "key", [row.key for row in rows]),
        lambda keys: newest_said(held, "key", keys),
        provenance.received_at,
    )
    stored = [(row, one) for row, one in zip(rows, decided, strict=True) if one.number]
    if not stored:
        return decided
    conditions = sealed(DetentionVersion, "bail_conditions", [row.bail_conditions for row, _ in stored])
    DetentionVersion.objects.append_rows(
        _COLUMNS,
        [(one.number, *row[:13], words) for (row, one), words in zip(stored, conditions, strict=True)],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now},
    )
    about = called(by, CaseReference.Kind.CRIME, {row.crime for row, _ in stored if row.crime})
    if about:
        tell(force=by.force.code, topic=CASES, subjects=sorted(set(about.values())), at=now)
    return decided
