"""What of orders is kept for those whom they protect already, by whom it is kept for (VIC-05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.victims.models import CaseHappening
from craffu.victims.models.recorded import OF_AN_ORDER
from craffu.victims.queries import Victim, not_struck


@dataclass(slots=True)
class Kept:
    """What is kept of one event for one victim: every row of it; the last says how it stands."""

    rows: list[CaseHappening] = field(default_factory=list)

    @property
    def last(self) -> CaseHappening:
        return self.rows[-1]

    @property
    def standing(self) -> list[CaseHappening]:
        return not_struck(self.rows)

    def is_said_after(self, now: datetime) -> bool:
        """Whether something was said of it later than an instant: whoever looks back from there changes nothing of it."""
        return any(row.known_from > now for row in self.rows)


def key_of(order: int, key: str) -> str:
    """An event's key as it is stored: the order's own number first."""
    return f"o{order}-{key}"


def kept_of_orders(by: Acting, orders: Collection[int], records: Collection[int]) -> list[CaseHappening]:
    """What is kept of these orders under these records, in the order in which it was kept. One query."""
    rows = CaseHappening.objects.for_user(by).filter(record__one_of=frozenset(records), source=OF_AN_ORDER)
    wanted = {f"o{number}" for number in orders}
    return [row for row in rows.order_by("id") if row.source_key.partition("-")[0] in wanted]


def by_victim(victims: Iterable[Victim], rows: Iterable[CaseHappening]) -> dict[tuple[int, str], Kept]:
    """The rows by the person's row number and the event's key."""
    whose = {record: one.person.pk for one in victims for record in one.records}
    found: dict[tuple[int, str], Kept] = {}
    for row in rows:
        if row.record_id in whose:
            found.setdefault((whose[row.record_id], row.event), Kept()).rows.append(row)
    return found
