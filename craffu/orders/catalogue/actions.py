"""The only write of the catalogue: a version of a kind more, by a named administrator; no past order changes (ORD-04)."""

from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged, version_of
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.catalogue.facts import Commenced, Edited
from craffu.orders.catalogue.policies import check_edit
from craffu.orders.catalogue.queries import KindNow, kinds_now
from craffu.orders.models import KindVersion
from craffu.orders.permissions import check_can_edit_catalogue


def seen_of(kind: KindNow) -> str:
    """What an edit is made from: the version that stood (T30)."""
    return version_of(kind.kind.code, kind.number)


@action
def edit_kind(*, by: Acting, code: str, given: Edited, seen: str, now: datetime | None = None) -> KindVersion:
    """A further version of a kind. Raises NotPermitted, Conflict where somebody edited it meanwhile, NotNow for half an edit."""
    at = now or clock.now()
    check_can_edit_catalogue(by)
    lock_until_commit("catalogue", by.force.code, code)
    kind = kinds_now(by, [code])[code]
    check_unchanged(seen, seen_of(kind))
    check_edit(given, day_of(at))
    row: dict[str, Any] = {}
    if given.commenced is not None:
        row["commenced"] = _as_json(given.commenced)
    if given.words:
        row["words"] = dict(given.words)
    version: KindVersion = KindVersion.objects.create(
        force=by.force, kind=code, number=kind.number + 1, row=row, reason=given.reason.strip(), source=given.source.strip(),
        verified_on=given.verified_on, by=by.user, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.CATALOGUE_EDITED,
        actor=by.actor,
        refs=[f"order_kind/{code}"],
        request=by.request,
        reason=given.reason,
        now=at,
    )
    return version


def _as_json(commenced: Commenced) -> dict[str, str | None]:
    until = commenced.effective_to
    return {
        "effective_from": commenced.effective_from.isoformat(),
        "effective_to": until.isoformat() if until else None,
        "area": commenced.area.strip(),
    }
