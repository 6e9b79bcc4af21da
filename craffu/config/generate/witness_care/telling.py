"""When a victim was told of what happened, and of what was done for their safety."""

from collections.abc import Callable, Iterable

from craffu.config.generate.chance import Lots
from craffu.config.generate.days import A_DAY
from craffu.config.generate.tables import rate, weights
from craffu.config.generate.witness_care.happened import Event
from craffu.config.generate.witness_care.held import Contacted, Held, MeasureDone, MeasureTelling, Telling, Withdrew
from craffu.config.generate.witness_care.hours import AN_HOUR, moved, working_day_after
from craffu.config.generate.witness_care.kinds import CHANNELS, MEASURES, Kind, kinds

type NextRef = Callable[[str], str]


def is_wanted(held: Held, event: Event) -> bool:
    """Of what their safety hangs on they are told in any case, of everything else unless they want to hear nothing of it."""
    kind, stood = kinds()[event.kind], held.stood(event.day)
    return bool(kind.safety_event) or stood is None or kind.topic not in stood.not_wanted


def limit(kind: Kind, event: Event, entitlement: str) -> tuple[int, int]:
    """The day from which the Code's limit runs, and the last day that it leaves."""
    begins = event.received if kind.from_receipt and event.received is not None else event.day
    return begins, working_day_after(begins, kind.standard if entitlement == "standard" else kind.enhanced)


def tell(lots: Lots, held: Held, last: int, next_ref: NextRef) -> None:
    """Fills in when they were told of all that they are owed news of."""
    for event in held.owed():
        kind = kinds()[event.kind]
        if event.is_stage or not (kind.code_event or kind.safety_event) or not is_wanted(held, event):
            continue
        at = _critical(lots, event) if kind.safety_event else _within_the_code(lots, held, kind, event)
        if at is None or at > last:
            continue
        _keep(lots, held, event, at, next_ref)
        again = moved(at + lots.between("again at", event.number, A_DAY, 3 * A_DAY))
        if lots.hit("told again", event.number, 0.04) and again <= last:
            held.tellings.append(Telling(event.number, again, ""))


def _keep(lots: Lots, held: Held, event: Event, at: int, next_ref: NextRef) -> None:
    contact = ""
    if lots.hit("in a contact", event.number, 0.6):
        contact = next_ref("victim_contacts")
        stood = held.stood(at // A_DAY)
        channels = stood.channels if stood is not None and stood.channels else CHANNELS[:1]
        held.contacts.append(Contacted(contact, at, lots.one_of("told by", event.number, channels), True))
    held.tellings.append(Telling(event.number, at, contact))


def _critical(lots: Lots, event: Event) -> int | None:
    number = event.number
    if event.known is not None and event.known < event.at - 2:
        how = lots.pick("warning", number, weights("witness_care.warning"))
        if how == "before":
            return moved(lots.between("warned", number, event.known, event.at - 2))
        if how == "within_the_hour":
            return moved(event.at + lots.below("within", number, AN_HOUR + 1))
    else:
        how = lots.pick("safety news", number, weights("witness_care.safety_news"))
        if how == "within_the_hour":
            return moved(event.learnt + lots.below("within", number, AN_HOUR + 1))
        if how == "at_the_limit":
            return moved(event.learnt + AN_HOUR)
    if how == "never":
        return None
    return moved(max(event.at, event.learnt) + AN_HOUR + lots.between("critical late", number, 1, 3 * A_DAY))


def _within_the_code(lots: Lots, held: Held, kind: Kind, event: Event) -> int | None:
    number, how = event.number, lots.pick("news", event.number, weights("witness_care.news"))
    begins, due = limit(kind, event, held.entitlement(event.day))
    if how == "never":
        return None
    if how == "late":
        return moved(
            (due + lots.between("days late", number, 1, 9)) * A_DAY + lots.between("late at", number, 540, 1_100)
        )
    if how == "at_the_limit":
        return (due + 1) * A_DAY + (-1 if lots.hit("in the last minute", number, 0.6) else 0)
    at = lots.between("told on", number, begins, due) * A_DAY + lots.between("told at", number, 540, 1_200)
    return moved(max(at, event.learnt + 5))


def withdraw(lots: Lots, held: Held, closed: Iterable[tuple[int, int, int]], next_ref: NextRef) -> None:
    """Fills in of which of their crimes, closed as they did not support it, it is written down that they withdrew, and why.

    Each is the crime, the day on which it was recorded and the day on which it was closed.
    """
    for crime, recorded, day in closed:
        if lots.hit("withdrew", crime, rate("witness_care.withdrawal_told")):
            why = lots.pick("why withdrawn", crime, weights("witness_care.why_withdrawn"))
            on = lots.between("withdrew on", crime, min(recorded, day), day)
            held.withdrew.append(Withdrew(next_ref("withdrawals"), crime, on, why))


def keep_safe(lots: Lots, held: Held, began: int, last_day: int, next_ref: NextRef) -> None:
    """Fills in what was done for their safety, and of what of it they were told."""
    for place in range(lots.pick("measures", held.record, weights("witness_care.measures"))):
        number = held.record * 8 + place
        day = began + lots.between("done", number, 0, 90)
        if day > last_day:
            continue
        told: list[MeasureTelling] = []
        if lots.hit("measure told", number, rate("witness_care.measure_told")):
            days = [day + lots.between("measure told on", number, 0, 20)]
            days += [days[0] + 7] if lots.hit("measure told again", number, 0.1) else []
            told = [
                MeasureTelling(
                    one,
                    lots.one_of("measure by", number, CHANNELS[:4], lane),
                    lots.pick("felt", number, {"safer": 4, "same": 3, "less_safe": 1, "not_asked": 2}, lane),
                )
                for lane, one in enumerate(days)
                if one <= last_day
            ]
        held.measures.append(
            MeasureDone(next_ref("safety_measures"), lots.one_of("measure", number, MEASURES), day, tuple(told))
        )
