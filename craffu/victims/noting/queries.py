"""Her own log as it stands: what she, or somebody for her, noted."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.victims.inviting.kinds import Step
from craffu.victims.models import InvitationStep, LogEntry
from craffu.victims.queries import Victim, standing


def entries_of(by: Acting, victim: Victim) -> list[LogEntry]:
    """Every entry that is hers, the last first. One query."""
    rows = LogEntry.objects.for_user(by).filter(record__in=victim.records).select_related("advocate", "recorded_by")
    steps = InvitationStep.objects.for_user(by).filter(step=Step.NOT_HERS).order_by()
    hers = rows.exclude(invitation__in=steps.values("invitation_id"))
    return sorted(standing(hers.order_by("id")), key=lambda one: (one.happened_from, one.pk), reverse=True)


def entries_for_ledger(by: Acting) -> list[int]:
    """Every entry that she wants looked into, by row number. One query."""
    rows = LogEntry.objects.for_user(by).filter(for_ledger=True).order_by("id")
    return list(rows.values_list("pk", flat=True))


def entries_about(by: Acting, records: Collection[int]) -> set[int]:
    """Entries of whoever these records are. One query."""
    rows = LogEntry.objects.for_user(by).filter(record__one_of=frozenset(records), for_ledger=True).order_by()
    return set(rows.values_list("pk", flat=True))


def entries_standing(by: Acting, numbers: Collection[int], now: datetime) -> list[LogEntry]:
    """Of these, what she wants looked into, as known by then; what turned out not to be hers is left out. Two queries."""
    rows = LogEntry.objects.for_user(by).filter(pk__one_of=frozenset(numbers), for_ledger=True, known_from__lte=now)
    found = list(rows.order_by("id"))
    invited = frozenset(one.invitation_id for one in found if one.invitation_id)
    steps = InvitationStep.objects.for_user(by).filter(invitation__one_of=invited, step=Step.NOT_HERS).order_by()
    not_hers = set(steps.values_list("invitation_id", flat=True)) if invited else set()
    return [one for one in found if one.invitation_id not in not_hers]
