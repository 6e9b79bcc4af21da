"""What a victim notes in her own log that may be a breach: held against every order that protected her then (BRC-01, BRC-06)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.binding import SURE, orders_protecting
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.detecting.reading import broken_by
from craffu.breaches.detecting.rules import Channel, Happened
from craffu.breaches.ledger.kinds import FoundBy, KnownHow, Standpoint
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import BreachSource
from craffu.clocks.london import day_of
from craffu.linkage.queries import thresholds_in_use
from craffu.people.queries import belonging_now
from craffu.victims.models import LogEntry
from craffu.victims.noting.kinds import Way
from craffu.victims.noting.queries import entries_standing

HER_LOG: Final = "victim_log"
# As whoever finds breaches calls what she calls by another name; the rest is whatever it was.
_CHANNEL: Final[Mapping[Way, Channel]] = {
    Way.IN_PERSON: Channel.IN_PERSON, Way.WATCHED: Channel.IN_PERSON, Way.CALL: Channel.CALL, Way.MESSAGE: Channel.TEXT,
    Way.ONLINE: Channel.ONLINE, Way.POST: Channel.LETTER,
}  # fmt: skip


def channel_of(entry: LogEntry) -> Channel | None:
    """By what she was reached; through somebody else, whatever else she says of it."""
    return Channel.THIRD_PARTY if entry.through_others else _CHANNEL.get(Way(entry.way or Way.NOT_SAID))


def found_in_logs(by: Acting, numbers: Collection[int], now: datetime) -> list[Found]:
    """Each incident of which these entries tell, one for each person whom an order bound then to keep away. Twelve queries."""
    entries = entries_standing(by, numbers, now)
    if not entries:
        return []
    protecting = orders_protecting(by, {one.record_id for one in entries})
    whose = belonging_now(by, {one.record_id for one in entries})
    thresholds = thresholds_in_use(by)
    found = []
    for one in entries:
        against: dict[int, list[Broken]] = {}
        person = whose.get(one.record_id, one.record_id)
        happened = Happened(str(person), SURE, channel_of(one), one.happened_from, one.happened_to)
        for binding in protecting.get(one.record_id, ()):
            if broken := broken_by(binding, happened, thresholds):
                against.setdefault(binding.order.respondent_id, []).extend(broken)
        found += [_found(one, respondent, tuple(broken)) for respondent, broken in against.items()]
    return found


def _found(one: LogEntry, respondent: int, broken: tuple[Broken, ...]) -> Found:
    key = f"{one.pk}/{respondent}"
    on = day_of(one.happened_from) if not one.is_day_only else None
    return Found(
        FoundBy.VICTIM_LOG, key, respondent, one.record_id, None, one.happened_from, one.happened_to,
        is_day_only=one.is_day_only, channel=channel_of(one), through_others=one.through_others, at_risk=one.record_id,
        known_how=KnownHow.VICTIM_SAYS.value, broken=broken,
        said_by=(SaidBy(FoundBy.VICTIM_LOG, HER_LOG, str(one.pk), one.given_at, one.record_id, one.words),),
        words=(Word(Standpoint.REPORTED, "", one.given_at, HER_LOG, key, on),),
    )  # fmt: skip


def what_became(by: Acting, entries: Collection[int]) -> dict[int, list[tuple[str, Status]]]:
    """Of these entries, by row number, each possible breach that they told of: its reference and how it stands. Two queries.

    What was joined to another stands as that one does.
    """
    keys = {str(one): one for one in entries}
    rows = BreachSource.objects.for_user(by).filter(kind=FoundBy.VICTIM_LOG, source=HER_LOG, key__in=list(keys))
    found: dict[int, dict[str, Status]] = {}
    for row in rows.select_related("breach__joined_to").order_by("id"):
        breach = row.breach.joined_to or row.breach
        found.setdefault(keys[row.key], {})[breach.reference] = Status(breach.status)
    return {entry: sorted(several.items()) for entry, several in found.items()}
