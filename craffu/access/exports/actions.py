"""The one way by which records leave as a file: a fresh factor, a purpose, a recipient, and all of it in the log (SEC-07)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked, batches, lacks
from craffu.access.policies import check_fresh_factor
from craffu.audit import actions as audit
from craffu.audit.events import Entry, EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import Refusal


@action
def disclose(
    *,
    by: Acting,
    kind: EventKind,
    asked: Asked,
    purposes: Collection[str],
    refs: Sequence[str],
    fields: Collection[str],
    counts: Mapping[str, int],
    now: datetime | None = None,
) -> int:
    """Log that these records leave: to whom, what for, which of their fields. Returns how many rows of the log that took.

    It checks no right: who may read the records is asked by whoever reads them. Raises FactorNotFresh, and Refusal where a part
    of `asked` is missing.
    """
    at = now or clock.now()
    check_fresh_factor(by, at)
    if lacks(asked, purposes, factor_is_fresh=True):
        raise Refusal("export_incomplete", _("Say what it is for, in words too, and who will receive it."))
    parts = list(batches(refs))
    entries = [
        Entry(
            refs=part,
            fields=fields,
            purpose=asked.purpose,
            reason=asked.words,
            recipient=asked.told_to,
            counts={**counts, "part": number, "parts": len(parts)} if len(parts) > 1 else counts,
        )
        for number, part in enumerate(parts, start=1)
    ]
    return audit.record_many(kind=kind, actor=by.actor, entries=entries, request=by.request, now=at)
