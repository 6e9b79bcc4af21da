"""The contacts that a victim was promised, and how each went: kept, late, by a wrong channel, missed or excused."""

from collections.abc import Callable, Iterator

from craffu.config.generate.chance import Lots
from craffu.config.generate.days import A_DAY
from craffu.config.generate.tables import rate, weights
from craffu.config.generate.witness_care.held import Contacted, Excused, Held, Promised
from craffu.config.generate.witness_care.hours import moved
from craffu.config.generate.witness_care.kinds import CHANNELS

_NOT_REACHABLE = "not_reachable_with_attempts"
# The minute of the day by which a contact is promised; the first and last minute of a day are among them.
_DUE_AT = {17 * 60: 8, 12 * 60: 4, 9 * 60 + 30: 3, 23 * 60 + 59: 2, 0: 1}

type NextRef = Callable[[str], str]


def promise(lots: Lots, held: Held, crimes: list[tuple[int, int]], last: int, next_ref: NextRef) -> None:
    """Fills in promises, contacts and excuses. `crimes` are those looked after, each with the day of recording."""
    if not held.versions or not held.versions[0].agreed:
        return
    for crime, recorded in crimes:
        day = max(held.versions[0].day, recorded)
        for place in range(lots.pick("promises", crime, weights("witness_care.promises"))):
            number = crime * 16 + place
            promised = moved(day * A_DAY + lots.between("promised", number, 9 * 60, 18 * 60))
            stood = held.stood(day)
            if promised > last or stood is None or not stood.agreed:
                break
            due_day = day + lots.pick("due", number, {1: 4, 2: 4, 3: 3, 7: 8, 14: 6, 28: 2})
            due = moved(due_day * A_DAY + lots.pick("due at", number, _DUE_AT))
            one = Promised(number, next_ref("promises"), promised, due, stood.channels)
            held.promises.append(one)
            _carry_out(lots, held, one, last, next_ref)
            day = due_day + lots.below("next", number, 5)


def _carry_out(lots: Lots, held: Held, one: Promised, last: int, next_ref: NextRef) -> None:
    how = lots.pick("promise", one.number, weights("witness_care.promise"))
    for contact in _contacts(lots, one, how, next_ref):
        if contact.at <= last:
            held.contacts.append(contact)
    if how != "excused":
        return
    reason = lots.pick("excuse", one.number, weights("witness_care.excuse"))
    if reason == _NOT_REACHABLE:
        held.contacts += [each for each in _attempts(lots, one, next_ref) if each.at <= last]
    said = moved(one.due + lots.between("excused", one.number, 0, 600))
    if said <= last:
        held.excuses.append(Excused(one.ref, reason, said))


def _contacts(lots: Lots, one: Promised, how: str, next_ref: NextRef) -> Iterator[Contacted]:
    number, room = one.number, one.due - one.promised
    channel = lots.one_of("by", number, one.channels)
    in_time = moved(
        one.due - (0 if lots.hit("to the minute", number, 0.1) else lots.below("before", number, min(room, 3 * A_DAY)))
    )
    afterwards = moved(
        one.due + (1 if lots.hit("a minute late", number, 0.1) else lots.between("after", number, 1, 6 * A_DAY))
    )

    def made(at: int, by: str, *, reached: bool = True, hers: bool = False, linked: bool = True) -> Contacted:
        unsafe = by not in one.channels and not hers
        return Contacted(next_ref("victim_contacts"), at, by, reached, hers, one.ref if linked else "", unsafe)

    if how in ("kept_after_attempts", "tried_only"):
        for place in range(lots.between("attempts", number, 1, 2)):
            at = moved(one.promised + lots.below("attempt", number, room, place))
            yield made(at, channel, reached=False, linked=lots.hit("linked", number, 0.5, place))
    if how in ("kept", "kept_after_attempts"):
        yield made(in_time, channel)
    elif how == "late" or (how == "excused" and lots.hit("excused and made", number, 0.15)):
        yield made(afterwards, channel)
    elif how == "wrong_channel":
        others = [other for other in CHANNELS if other not in one.channels]
        yield made(
            in_time if lots.hit("wrong in time", number, 0.8) else afterwards, lots.one_of("wrong", number, others)
        )
    elif how == "own_call":
        yield made(in_time, "telephone", hers=True)
        if lots.hit("called back late", number, 0.3):
            yield made(max(afterwards, in_time + 5), channel)


def _attempts(lots: Lots, one: Promised, next_ref: NextRef) -> Iterator[Contacted]:
    """Attempts that bear out 'not reachable' where there is time for them, or fail to: too few, on one day, too late, unsafe."""
    number, first, days = one.number, one.promised // A_DAY, one.due // A_DAY - one.promised // A_DAY
    bears_out = lots.hit("bears out", number, rate("witness_care.attempts_bear_out"))
    how = "enough" if bears_out else lots.one_of("falls short", number, ("few", "one day", "too late", "unsafe"))
    others = [other for other in CHANNELS if other not in one.channels]
    for place in range(2 if how == "few" else 4):
        day = first + (days if how == "one day" else min(days, place))
        if how == "too late":
            day = one.due // A_DAY + 1 + place
        by = others[place % len(others)] if how == "unsafe" else one.channels[place % len(one.channels)]
        at = moved(day * A_DAY + lots.between("tried", number, 18 * 60 + 1, 21 * 60, place))
        yield Contacted(next_ref("victim_contacts"), at, by, False, False, one.ref, how == "unsafe")
