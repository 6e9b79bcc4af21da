"""The only writes of detentions and releases: what a custody system said of them, appended (INT-01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.case_models import CaseReference
from craffu.cases.custody.facts import DetentionRow, ReleaseRow
from craffu.cases.custody.models import DetentionVersion, ReleaseVersion
from craffu.cases.queries import called
from craffu.cases.topics import CASES
from craffu.common.door import action
from craffu.common.fields import sealed
from craffu.common.models import Provenance
from craffu.common.version_reads import contents_said, newest_said
from craffu.common.versions import Decided, decide
from craffu.outbox.actions import tell
from craffu.people.queries import belonging_now
from craffu.people.topics import PEOPLE

_COLUMNS: Final = (
    "number", "key", "content_sha256", "said_at", "line", "record", "crime", "station", "offence_code", "for_breach_of",
    "arrested_at", "released_at", "disposal", "bail_ends_on", "bail_conditions",
)  # fmt: skip
_OF_RELEASES: Final = (
    "number", "key", "content_sha256", "said_at", "line", "record", "prison", "planned_on", "released_on", "licence_ends_on",
    "licence_conditions",
)  # fmt: skip


@action
def receive_releases(
    *, by: Acting, source: str, rows: Sequence[ReleaseRow], provenance: Provenance, now: datetime
) -> list[Decided]:
    """A batch of releases from prison: news of whoever is released, by the person that each record is now.

    Whoever calls this logs the batch, in one row.
    """
    held = ReleaseVersion.objects.for_user(by).filter(source=source)
    decided = decide(
        [(row.key, row.content, row.said_at) for row in rows],
        contents_said(held, "key", [row.key for row in rows]),
        lambda keys: newest_said(held, "key", keys),
        provenance.received_at,
    )
    stored = [(row, one) for row, one in zip(rows, decided, strict=True) if one.number]
    if not stored:
        return decided
    conditions = sealed(ReleaseVersion, "licence_conditions", [row.licence_conditions for row, _ in stored])
    ReleaseVersion.objects.append_rows(
        _OF_RELEASES,
        [(one.number, *row[:9], words) for (row, one), words in zip(stored, conditions, strict=True)],
        {**provenance.of_batch(), "force": by.force.pk, "known_from": now},
    )
    people = set(belonging_now(by, {row.record for row, _ in stored if row.record is not None}).values())
    if people:
        tell(force=by.force.code, topic=PEOPLE, subjects=sorted(people), at=now)
    return decided


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
