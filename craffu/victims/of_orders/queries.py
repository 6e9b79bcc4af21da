"""What of orders is kept for those whom they protect already, by whom it is kept for, and who is looked after at all (VIC-05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import members
from craffu.victims.happenings.queries import owed_since
from craffu.victims.models import AgreementVersion, CaseHappening
from craffu.victims.models.recorded import OF_AN_ORDER
from craffu.victims.of_orders.facts import LookedAfter
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


def records_of_people(by: Acting, people: Collection[int]) -> frozenset[int]:
    """Every source record of these people, by their row numbers. One query."""
    rows = members(by).filter(person__one_of=frozenset(people)).order_by()
    return frozenset(rows.values_list("record_id", flat=True))


def looked_after(by: Acting, records: Collection[int], now: datetime) -> dict[int, LookedAfter]:
    """Since when whoever these records are is looked after, as known at an instant. Four queries; none for no record."""
    if not records:
        return {}
    known = members(by, now)
    person_of = dict(known.filter(record__one_of=frozenset(records)).order_by().values_list("record_id", "person_id"))
    theirs = known.filter(person__one_of=frozenset(person_of.values())).order_by()
    whose = dict(theirs.values_list("record_id", "person_id"))
    roles = CaseRole.objects.for_user(by).filter(record__one_of=frozenset(whose), role=CaseRole.Role.VICTIM)
    victim_from: dict[int, datetime] = {}
    for record, at in roles.filter(known_from__lte=now).order_by("-known_from").values_list("record_id", "known_from"):
        victim_from[whose[record]] = at
    versions: dict[int, list[AgreementVersion]] = {}
    said = AgreementVersion.objects.for_user(by).filter(record__one_of=frozenset(whose), known_from__lte=now)
    for one in said.order_by("known_from", "id"):
        versions.setdefault(whose[one.record_id], []).append(one)
    found = {}
    for record in records:
        person = person_of.get(record, 0)
        first = versions.get(person, [])[:1]
        found[record] = LookedAfter(
            victim_from.get(person), owed_since(versions.get(person, [])), first[0].known_from if first else None
        )
    return found
