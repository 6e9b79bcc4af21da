"""How a victim's agreement went: offered or not, agreed or declined, asked again after what happened, changed by themselves."""

from itertools import groupby

from craffu.config.generate.chance import Lots
from craffu.config.generate.tables import rate, weights
from craffu.config.generate.witness_care.happened import Event
from craffu.config.generate.witness_care.held import Entitled, Held, Version
from craffu.config.generate.witness_care.hours import working_day_after
from craffu.config.generate.witness_care.kinds import CHANNELS, TOPICS, kinds

_BY_DEFAULT = frozenset({"charge_or_no_further_action", "order_granted", "breach_reported", "release"})
_REASONS = (
    "Not stalking, harassment or a breach of an order",
    "Asked for fewer calls; explained and agreed with them",
)


def asks(occasion: str, stood: Version | None) -> bool:
    """Whether an occasion asks for a revisit: always of who agreed, of who declined as they chose."""
    if stood is None or stood.agreed:
        return True
    if stood.offer_again in ("each_stage", "only_if_i_ask"):
        return stood.offer_again == "each_stage"
    return occasion in (stood.offer_again.split(";") if stood.offer_again else _BY_DEFAULT)


def asked_for(held: Held, last: int) -> list[tuple[int, list[Event]]]:
    """The days with what happened on each that asks for a revisit; what lies ahead asks for none yet."""
    events = [
        event
        for event in held.owed()
        if kinds()[event.kind].occasion
        and event.at <= last
        and asks(kinds()[event.kind].occasion, held.stood(event.day))
    ]
    return [(day, list(some)) for day, some in groupby(sorted(events, key=_by_day), key=_by_day)]


def _by_day(event: Event) -> int:
    return event.day


def revisit_due(day: int, events: list[Event]) -> int:
    """The last day for the one contact that a day's events make."""
    return min(working_day_after(day, 5 if kinds()[one.kind].occasion == "order_expiry_watch" else 1) for one in events)


def agree(lots: Lots, held: Held, began: int, last_day: int) -> None:
    """Fills in the versions of the agreement from the day on which the first crime was recorded."""
    record = held.record
    answer = lots.pick("first answer", record, weights("witness_care.first_answer"))
    day = began + lots.pick("first answered", record, {0: 5, 1: 4, 2: 2, 5: 1})
    if answer == "never" or day > last_day:
        return
    first = _version(lots, record, day, "report" if lots.hit("at report", record, 0.7) else "", answer == "agreed")
    held.versions.append(first)
    given_up = (
        lots.between("gives up", record, 1, 3) if lots.hit("given up", record, rate("witness_care.given_up")) else 99
    )
    done: set[int] = set()
    # Each revisit can change of what the next is asked.
    while (
        found := next((one for one in asked_for(held, (last_day + 1) * 1440) if one[0] not in done), None)
    ) is not None:
        done.add(found[0])
        if len(done) <= given_up:
            _revisit(lots, held, *found, last_day)
    if lots.hit("changed", record, rate("witness_care.changed_by_her")):
        on = day + lots.between("changed on", record, 5, 120)
        if on <= last_day and on not in {one.day for one in held.versions}:
            held.versions.append(_version(lots, record * 64 + 63, on, "", True))
    held.versions.sort(key=lambda one: one.day)


def _revisit(lots: Lots, held: Held, day: int, events: list[Event], last_day: int) -> None:
    number = events[0].number
    due, how = revisit_due(day, events), lots.pick("revisit", number, weights("witness_care.revisit"))
    if how == "not_done":
        return
    on = lots.between("asked on", number, day, due) if how == "on_time" else due + lots.between("late by", number, 1, 6)
    if on > last_day or on in {one.day for one in held.versions}:
        return
    before = held.stood(day)
    agreed = lots.hit("agrees", number, 0.97 if before is None or before.agreed else 0.4)
    occasion = min(kinds()[one.kind].occasion for one in events)
    if before is not None and before.agreed and agreed and lots.hit("unchanged", number, 0.7):
        version = Version(on, True, occasion, True, before.channels, before.not_wanted)
    else:
        version = _version(lots, number, on, occasion, agreed)
    held.versions.append(version)


def _version(lots: Lots, number: int, day: int, occasion: str, agreed: bool) -> Version:
    if not agreed:
        offer = lots.pick("offer again", number, weights("witness_care.offer_again"))
        return Version(day, False, occasion, False, offer_again=offer)
    start = lots.pick("channel", number, {0: 6, 1: 2, 2: 1, 4: 1})
    count = lots.pick("channels", number, {1: 3, 2: 5, 3: 2})
    not_wanted = lots.hit("not wanted", number, rate("witness_care.not_wanted"))
    topics = (lots.one_of("topic", number, TOPICS),) if not_wanted else ()
    return Version(day, True, occasion, False, tuple((CHANNELS * 2)[start : start + count]), topics)


def entitle(lots: Lots, held: Held, began: int, last_day: int) -> None:
    """Fills in to which limits they are entitled, where somebody decided: enhanced by default."""
    record = held.record
    if not lots.hit("standard", record, rate("witness_care.standard")):
        return
    held.entitled.append(Entitled(began, "standard", lots.one_of("why standard", record, _REASONS)))
    changed = began + lots.between("entitled later", record, 15, 200)
    if lots.hit("entitlement changed", record, rate("witness_care.entitlement_changed")) and changed <= last_day:
        held.entitled.append(Entitled(changed, "enhanced", "More afraid than before"))
