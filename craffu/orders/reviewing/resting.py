"""Whether what a review rests on still counts, and whether it is open to the reader (REV-02, VIC-01, SEC-02).

A review waits for days, and is read for years: meanwhile words can turn out not to be hers, and a case of hers can be shut.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from craffu.access.acting import Acting
from craffu.orders.models import ReviewVoice
from craffu.people.queries import members
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import View
from craffu.victims.queries import standing
from craffu.victims.stories import victims_of_people


class Fallen(Enum):
    """Why words count no more: somebody else had said them, or their sender said others in their place."""

    NOT_HERS = "not_hers"
    REPLACED = "replaced"


def fallen(by: Acting, views: Iterable[View]) -> dict[int, Fallen]:
    """Of these views those that count no more, by number. One query; none where somebody took down each of them here."""
    sent = {one.pk: one.source_key for one in views if one.source_key}
    if not sent:
        return {}
    rows = View.objects.for_user(by).filter(source_key__in=sorted(set(sent.values())))
    hers = list(said_by_her(by, rows).only("source", "source_key").order_by("id"))
    said, stand = {one.pk for one in hers}, {one.pk for one in standing(hers)}
    return {one: Fallen.REPLACED if one in said else Fallen.NOT_HERS for one in sent if one not in stand}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks in a review, to this reader: the voices that are not open to them, by number, and all records of those heard."""

    kept: frozenset[int]
    records: tuple[int, ...]


def spoken(by: Acting, voices: Iterable[ReviewVoice]) -> Spoken:
    """Of a victim whose page is shut to the reader nothing is open, as in a review that is yet to be made. Four queries."""
    heard = list(voices)
    named = {one.record_id for one in heard} | {one.view.record_id for one in heard if one.view is not None}
    mine = dict(members(by).filter(record__in=sorted(named)).order_by().values_list("record_id", "person_id"))
    victims = {one.person.pk: one for one in victims_of_people(by, frozenset(mine.values()))}
    shut = {person for person, one in victims.items() if one.shut}
    # Whoever has a covert case that is shut to the reader is no victim at all, to them.
    open_ = victims.keys() - shut
    kept = frozenset(
        one.pk
        for one in heard
        if mine.get(one.record_id) in shut or (one.view is not None and mine.get(one.view.record_id) not in open_)
    )
    records = named.union(*(one.records for one in victims.values()))
    return Spoken(kept, tuple(sorted(records)))
