"""Which orders are watched, since when, and what of them is drawn: who manages them, their words, their notification, changes."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from craffu.config.generate.chance import Lots, whole
from craffu.config.generate.court_orders import ptiurns
from craffu.config.generate.days import A_DAY, NEVER
from craffu.config.generate.order_watch.checking import check
from craffu.config.generate.order_watch.held import ENTERED, NOTIFIES, REGISTERED, Notified, Planned, Sought, Watched
from craffu.config.generate.order_watch.reviewing import review
from craffu.config.generate.orders import DVPO, INTERIM, NO, SPO
from craffu.config.generate.police import record_of_suspect, record_of_victim
from craffu.config.generate.records import Tally, describe
from craffu.config.generate.tables import rate, weights
from craffu.config.generate.world import World

# The condition types of the register, in the order of `orders.CONDITIONS`.
TYPES: Final = ("no_contact_direct", "exclusion_zone", "no_online_reference", "no_surveillance", "extra_notification")
_FIRST_DAY_AT: Final = 540


def since(world: World) -> int:
    """The day on which they began to watch: orders that stood then were entered that morning."""
    return world.last_day - round(rate("order_watch.since_days"))


def watched(world: World, unreadable: set[str]) -> Iterator[Watched]:
    """Every order that stood or was made since, with all that came of it up to the last day."""
    lots = Lots(world.chance.about("order watch"))
    of_pair, first = _Records(world, unreadable), since(world)
    terms = world.chance.about("breaches", "terms")
    cases, interims = ptiurns(world), dict[int, Watched]()
    for at in np.flatnonzero(world.orders.over > first).tolist():
        parties = of_pair.parties(int(world.orders.pair[at]))
        if parties is None:
            continue
        held = _held(world, lots, at, parties, str(cases[at]), first)
        held.lacks_of_respondent = of_pair.lacks(parties[0])
        held.conditions = tuple(
            name for name, has in zip(TYPES, world.orders.has_condition(terms, whole([at]))[0], strict=True) if has
        )
        if held.kind == "ISPO":
            interims[held.application] = held
        before = interims.get(held.application)
        held.replaces_served_interim = held.kind == "SPO" and before is not None and before.served is not None
        _goes_on(lots, held, world.last_day)
        yield held


class _Records:
    """The police system's records of each pair: by its first crime in which both are named."""

    def __init__(self, world: World, unreadable: set[str]) -> None:
        self._refs = world.records.refs(np.arange(len(world.records))).tolist()
        self._found: dict[int, tuple[int, int]] = {}
        suspects, victims = record_of_suspect(world).tolist(), record_of_victim(world).tolist()
        for crime, pair in enumerate(world.crimes.pair.tolist()):
            if suspects[crime] != NO and pair not in self._found:
                self._found[pair] = (suspects[crime], victims[crime])
        self._unreadable, self._world = unreadable, world

    def parties(self, pair: int) -> tuple[str, str] | None:
        found = self._found.get(pair)
        refs = None if found is None else (self._refs[found[0]], self._refs[found[1]])
        return None if refs is None or self._unreadable.intersection(refs) else refs

    def lacks(self, ref: str) -> tuple[str, ...]:
        """What the police's record of somebody does not say."""
        made, at = self._world.records, whole([self._refs.index(ref)])
        said = describe(self._world.people, made.person[at], made.day[at], "police", at, Tally())
        return tuple(name for name, words in (("born", said.born), ("identifier", said.pnc)) if not words[0])


def _held(world: World, lots: Lots, at: int, parties: tuple[str, str], case: str, first: int) -> Watched:
    orders = world.orders
    kind, made = int(orders.kind[at]), int(orders.made[at])
    ends, served = int(orders.ends[at]), int(orders.served[at])
    is_interim = kind == INTERIM
    known = first * A_DAY + _FIRST_DAY_AT if made < first else made * A_DAY + ENTERED
    is_managed = not lots.hit("nobody manages", at, rate("order_watch.nobody_manages"))
    return Watched(
        at=at,
        ref=str(orders.refs()[at]),
        kind=REGISTERED[kind],
        application=int(orders.application[at]) if kind in (SPO, INTERIM, DVPO) else NO,
        respondent=parties[0],
        protected=parties[1],
        made=made,
        last_day=None if is_interim or ends >= NEVER else ends - 1,
        served=None if served > world.last_day else served,
        known=known,
        court="Llys Ynadon",
        case_number=case or f"FAM{at + 1:05}",
        locality=not lots.hit("no locality", at, rate("order_watch.no_locality")),
        managed=known + 10 if is_managed else None,
        conditions=(),
        varied=_by(int(orders.varied[at]), max(first, made), world.last_day),
        discharged=_by(int(orders.discharged[at]), first, world.last_day),
        determined=_by(ends, first, world.last_day) if is_interim else None,
        asking=lots.pick(
            "asking", int(parties[1][-6:]) if parties[1][-6:].isdigit() else at, weights("order_watch.asking")
        ),
    )


def _by(day: int, after: int, last_day: int) -> int | None:
    return day if after < day <= last_day else None


def _goes_on(lots: Lots, held: Watched, last_day: int) -> None:
    _enter(lots, held, last_day)
    _seek(lots, held, last_day)
    _plan(lots, held, last_day)
    _notify(lots, held, last_day)
    if held.served is not None and lots.hit("away", held.at, rate("order_watch.away")):
        begins = max(held.known // A_DAY, held.served) + lots.between("away from", held.at, 15, 60)
        is_over = held.ends is not None and held.ends <= begins * A_DAY + 480
        held.away = (
            None if is_over or begins > last_day else (begins, begins + lots.between("away for", held.at, 10, 30))
        )
    check(lots, held, last_day)
    review(lots, held, last_day)


def _enter(lots: Lots, held: Watched, last_day: int) -> None:
    """When it was entered in the national system, and anew after its words were changed."""
    days = [held.known // A_DAY, *([held.varied] if held.varied is not None else [])]
    for lane, day in enumerate(days):
        if not lots.hit("not entered", held.at, rate("order_watch.not_entered"), lane):
            on = day + lots.between("entered after", held.at, 0, 2, lane)
            later = days[lane + 1] if lane + 1 < len(days) else last_day + 1
            minute = on * A_DAY + (1_000 if on > day else 1_010)
            if on < later and held.is_live(minute):
                held.entries.append(minute)


def _seek(lots: Lots, held: Watched, last_day: int) -> None:
    """Every change that a court made, and those that it refused."""
    applicant = "respondent" if lots.hit("asked by them", held.at, 0.5) else _OTHER[held.kind]
    for change, day in (("vary", held.varied), ("discharge", held.discharged)):
        if day is not None:
            lodged = max(day - lots.between("lodged", held.at, 10, 35), held.known // A_DAY + 1)
            held.sought.append(Sought(change, applicant, min(lodged, day), day, "granted"))
    if held.kind != "DVPO" and lots.hit("refused", held.at, rate("order_watch.change_refused")):
        lodged = held.known // A_DAY + lots.between("refused lodged", held.at, 5, 120)
        day = lodged + lots.between("refused on", held.at, 7, 40)
        ends = held.ends_known if held.ends_known is not None else (last_day + 2) * A_DAY
        if day <= last_day and day * A_DAY + 900 < ends:
            change = lots.one_of("refused what", held.at, ("vary", "discharge"))
            held.sought.append(Sought(change, "respondent", lodged, day, "refused"))


_OTHER: Final = {
    "SPO": "chief_officer_applied", "ISPO": "chief_officer_applied", "RO_CONV": "person_mentioned", "RO_ACQ": "prosecution",
    "NMO": "applicant", "CBO": "prosecution", "DAPO": "victim", "DVPO": "court",
}  # fmt: skip


def _plan(lots: Lots, held: Watched, last_day: int) -> None:
    """How each condition is to be checked, said within days of when the order was known."""
    for number in range(1, len(held.conditions) + 1):
        one = held.at * 10 + number
        how = lots.pick("plan", one, weights("order_watch.plan"))
        at = (held.known // A_DAY + lots.between("planned", one, 1, 4)) * A_DAY + 570
        if how != "none" and at // A_DAY <= last_day and held.is_live(at):
            held.plans.append(Planned(number, at, int(how) if how.isdigit() else 0, how == "cannot"))


def _notify(lots: Lots, held: Watched, last_day: int) -> None:
    begins = held.made if held.kind == "DAPO" else held.served
    if (
        held.kind not in NOTIFIES
        or begins is None
        or held.replaces_served_interim
        or held.made * A_DAY < held.known - ENTERED
    ):
        return
    how = lots.pick("notified", held.at, weights("order_watch.notification"))
    day = begins + (
        lots.between("notified late", held.at, 3, 12) if how == "late" else lots.between("notified", held.at, 0, 2)
    )
    at = day * A_DAY + 1_080
    if how == "never" or day > last_day or not held.is_live(at):
        return
    counts = how not in ("by_telephone", "not_acknowledged")
    verified, found = None, ""
    if counts:
        verified, found = at + lots.between("verified", held.at, 1, 9) * A_DAY - 300, "verified"
        found = "false" if lots.hit("found false", held.at, rate("order_watch.found_false")) else found
        if verified // A_DAY > last_day or not held.is_live(verified):
            verified, found = None, ""
    held.notified = Notified(at, how != "by_telephone", how != "not_acknowledged", verified, found)
