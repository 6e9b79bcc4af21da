"""What was agreed with a victim, promised, told and said by her, by the record it is kept on: for whoever parts records (IDN-03).

It stays with the record under which it was kept. Where that was joined to another's meanwhile, it may have been about the other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import CharField, Value

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.victims.models import AgreementVersion, Contact, Promise, ToldOfHappening, View
from craffu.victims.models.recorded import OfVictim
from craffu.victims.stories import victims_of_records


class Begun(StrEnum):
    AGREEMENT = "agreement"
    PROMISE = "promise"
    CONTACT = "contact"
    TOLD = "told"
    VIEW = "view"


_KEPT_AS: Final[dict[Begun, type[OfVictim]]] = {
    Begun.AGREEMENT: AgreementVersion, Begun.PROMISE: Promise, Begun.CONTACT: Contact, Begun.TOLD: ToldOfHappening,
    Begun.VIEW: View,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BegunWith:
    """One thing: what it is, by the reference of the victim whose record it is kept on now, on which record, and when."""

    what: Begun
    victim: str
    record: int
    at: datetime


def begun_on(by: Acting, records: Collection[int]) -> list[BegunWith]:
    """All of it on these records, the oldest first; of a victim who is shut to the reader nothing. Five queries at most."""
    hers = [one for one in victims_of_records(by, records) if not one.shut]
    whose = {record: one.reference for one in hers for record in one.records if record in set(records)}
    if not whose:
        return []
    first, *others = (
        model.objects.for_user(by)
        .filter(record__one_of=frozenset(whose))
        .order_by()
        .values_list(Value(what.value, CharField()), "record_id", "known_from")
        for what, model in _KEPT_AS.items()
    )
    kept = first.union(*others, all=True).order_by()
    found = [BegunWith(Begun(what), whose[record], record, at) for what, record, at in kept]
    return sorted(found, key=lambda one: (one.at, one.record, one.what))
