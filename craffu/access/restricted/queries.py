"""Which records are restricted now, to whom each is closed, and who reads it."""

from craffu.access.models import Force, User
from craffu.access.policies import is_let_in
from craffu.access.restricted.models import Admission, Restriction
from craffu.common import clock


def restrictions(force: Force) -> dict[tuple[str, str], Restriction]:
    """The records of a force that are restricted now, by kind and reference. One query."""
    rows = Restriction.objects.filter(force=force).select_related("ask").order_by("id")
    latest = {(row.kind, row.reference): row for row in rows}
    return {record: row for record, row in latest.items() if row.restricted}


def closed_to(user: User) -> dict[str, frozenset[str]]:
    """The restricted records that are not open to somebody at this moment, by kind. Two queries at most (SEC-02)."""
    restricted = restrictions(user.force)
    if not restricted:
        return {}
    told = {(row.kind, row.reference): row for row in Admission.objects.filter(user=user).order_by("id")}
    now = clock.now()
    shut: dict[str, set[str]] = {}
    for kind, reference in restricted:
        admission = told.get((kind, reference))
        if admission is None or not is_let_in(admission.admitted, admission.until, now):
            shut.setdefault(kind, set()).add(reference)
    return {kind: frozenset(references) for kind, references in shut.items()}


def readers_of(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record now, in the order they were."""
    rows = Admission.objects.filter(force=force, kind=kind, reference=reference).select_related("user").order_by("id")
    now = clock.now()
    latest = {row.user_id: row for row in rows}
    return [row for row in latest.values() if is_let_in(row.admitted, row.until, now)]
