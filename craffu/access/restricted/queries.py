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
    for (kind, reference), restriction in restricted.items():
        admission = told.get((kind, reference))
        # Who was let in before the record was opened and shut again is not let in by that.
        is_of_before = admission is not None and admission.changed_at < restriction.changed_at
        if admission is None or is_of_before or not is_let_in(admission.admitted, admission.until, now):
            shut.setdefault(kind, set()).add(reference)
    return {kind: frozenset(references) for kind, references in shut.items()}


def readers_of(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record since it was restricted, in the order they were; nobody where it is open to all."""
    restriction = restrictions(force).get((kind, reference))
    if restriction is None:
        return []
    since = Admission.objects.filter(changed_at__gte=restriction.changed_at)
    rows = since.filter(force=force, kind=kind, reference=reference).select_related("user").order_by("id")
    now = clock.now()
    latest = {row.user_id: row for row in rows}
    return [row for row in latest.values() if is_let_in(row.admitted, row.until, now)]
