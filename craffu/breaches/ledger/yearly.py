"""What a person's breach history counts since an instant, each count named, for one line at a door (BRC-07; page map, P07)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import breaches_against
from craffu.breaches.ledger.states import Status
from craffu.breaches.standpoints.rules import CourtResult


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents a source says were breaches, or somebody decided; of them those that the police hold for one, and those
    that a court proved. What the clock alone raised and nobody has decided is `possible` and nothing else, as in the history.
    """

    alleged: int
    accepted: int
    proved: int
    possible: int


def counted_since(by: Acting, records: Collection[int], since: datetime) -> Counted:
    """The incidents that happened since an instant, of whoever these source records are. One query."""
    is_undecided = Q(is_said=False, status=Status.POSSIBLE.value, court="")
    said = breaches_against(by, records).filter(happened_to__gte=since).order_by()
    found = said.aggregate(
        alleged=Count("pk", filter=~is_undecided),
        accepted=Count("pk", filter=Q(status__in=[Status.ACCEPTED.value, Status.FINALISED.value])),
        proved=Count("pk", filter=Q(court=CourtResult.PROVED.value)),
        possible=Count("pk", filter=is_undecided),
    )
    return Counted(**found)
