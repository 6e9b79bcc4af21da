"""What would be wrong with a wrong link: what stands on either record that somebody's safety hangs on (IDN-02, IDN-05)."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from craffu.access.acting import Acting
from craffu.access.restricted.queries import restrictions
from craffu.cases.queries import roles_of_records
from craffu.linkage.forming import Ends
from craffu.linkage.rules import Harm
from craffu.orders.queries import live_orders_on
from craffu.people.queries import belonging, mates


@dataclass(frozen=True, slots=True)
class Stakes:
    """What hangs on one record: the orders that stand, the cases by the part played in them, and whether one is restricted."""

    orders: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    is_restricted: bool = False

    @property
    def harm(self) -> Harm:
        if self.orders or self.is_restricted:
            return Harm.PROTECTED
        return Harm.IN_A_CASE if self.parts else Harm.NO_CASE


def stakes_of(by: Acting, records: Collection[int]) -> dict[int, Stakes]:
    """Of each of these records. It counts what is shut to the reader too, and says no more of it. Three queries at most."""
    everything = by.joining()
    shut = restrictions(by.force)
    orders = live_orders_on(everything, records)
    parts: dict[int, Counter[str]] = {}
    restricted = set()
    for role in roles_of_records(everything, records):
        parts.setdefault(role.record_id, Counter())[role.role] += 1
        if ("case", role.case.reference) in shut:
            restricted.add(role.record_id)
    return {
        record: Stakes(orders.get(record, 0), parts.get(record, Counter()), record in restricted) for record in records
    }


def harms_of(by: Acting, pairs: Collection[Ends]) -> dict[Ends, Harm]:
    """How much harm a wrong word about each of these pairs would do, by all that stands on either person. Six queries at most."""
    concerned = mates(by, {record for ends in pairs for record in ends})
    whose = belonging(by, concerned).now
    harms: dict[int, Harm] = {}
    for record, stakes in stakes_of(by, concerned).items():
        person = whose[record]
        harms[person] = max(harms.get(person, Harm.NO_CASE), stakes.harm)
    return {ends: max(harms[whose[record]] for record in ends) for ends in pairs}
