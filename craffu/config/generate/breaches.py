"""What was done against an order: when, which condition, whether the order still bound, and who could know of it.

HMICFRS found in 2019 that breaches are handled in isolation; here some are recorded as what they look like, without the order.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from craffu.config.generate.cases import Crimes, Pairs, timed
from craffu.config.generate.chance import Chance, Flags, Ints, whole
from craffu.config.generate.days import A_DAY
from craffu.config.generate.offences import CONDUCTS, place_of
from craffu.config.generate.orders import BREACH_OFFENCES, CONDITIONS, DVPO, Orders
from craffu.config.generate.tables import drawn, rate, weights

NO = -1


@dataclass(frozen=True, slots=True)
class Breaches:
    """One place for each act against an order, in the order of the orders. `second` is a second condition broken, or -1."""

    order: Ints
    pair: Ints
    at: Ints
    condition: Ints
    second: Ints
    told_police: Flags
    as_breach: Flags
    arrested: Flags
    arrest_names_order: Flags
    in_words_of_contact: Flags

    def __len__(self) -> int:
        return len(self.order)

    @property
    def day(self) -> Ints:
        return self.at // A_DAY

    def kept(self, which: Flags) -> "Breaches":
        return Breaches(*(getattr(self, field.name)[which] for field in fields(self)))


def breaches_of(chance: Chance, orders: Orders, last_day: int) -> Breaches:
    """Every act against an order's terms, those after it had lapsed too."""
    numbered = np.arange(len(orders))
    counts = drawn(chance.about("how many"), "breaches.of_an_order", numbered)
    order = np.repeat(numbered, counts)
    at = np.arange(len(order))
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    total = np.cumsum(drawn(chance.about("gap"), "breaches.gap_days", at))
    since = total - np.where(begins > 0, total[np.maximum(begins - 1, 0)], 0)
    day = orders.made[order] + since + chance.about("days").below(at, 3)
    held = orders.has_condition(chance.about("terms"), order)
    chosen = [
        chance.about("condition").pick(at, list(weights("breaches.condition").values()), lane) for lane in range(2)
    ]
    first, second = (np.where(held[at, one], one, 0) for one in chosen)
    both = chance.about("both").hit(at, rate("breaches.second_condition")) & (first != second)
    told = chance.about("told").hit(at, rate("breaches.told_police"))
    as_breach = told & chance.about("as breach").hit(at, rate("breaches.recorded_as_breach"))
    made = Breaches(
        order, orders.pair[order], day * A_DAY + chance.about("hour").below(at, A_DAY), first, np.where(both, second, NO),
        told, as_breach, as_breach & chance.about("arrest").hit(at, rate("breaches.arrest")),
        chance.about("names order").hit(at, rate("breaches.arrest_names_order")),
        ~as_breach & chance.about("contact").hit(at, rate("breaches.victim_told_contact")),
    )  # fmt: skip
    # Soon after a short order has ended nothing is against it any more, except what the lapsed order forbade.
    return made.kept((day <= last_day) & (day < orders.over[order] + 120))


def crimes_of_breaches(chance: Chance, pairs: Pairs, orders: Orders, breaches: Breaches, last_day: int) -> Crimes:
    """What the police wrote down of those they were told about; `breach` is the place of the breach."""
    which = np.flatnonzero(breaches.told_police)
    pair = breaches.pair[which]
    offences = whole([place_of(key) for key in BREACH_OFFENCES])
    truly = offences[orders.kind[breaches.order[which]]]
    conduct = np.full(len(which), CONDUCTS.index("breach"))
    crimes = timed(chance, pair, pairs.suspect[pair], pairs.victim[pair], which, breaches.at[which], conduct, truly)
    alone = whole([place_of("harassment"), place_of("malicious_communications"), place_of("stalking"), NO])
    instead = alone[chance.about("in isolation").pick(which, (45, 25, 12, 18))]
    offence = np.where(breaches.as_breach[which], truly, instead)
    # Breaking a domestic violence protection order is no offence: it is written down as an incident.
    offence = np.where((offence == place_of("breach_dvpo")) & (orders.kind[breaches.order[which]] == DVPO), NO, offence)
    crimes = replace(crimes, offence=offence, breach=which)
    return crimes.kept(crimes.recorded < (last_day + 1) * A_DAY)


# What reaches whoever it is done to, and so is what every order here forbids: its first condition is not to contact them.
_REACHES = ("stalking", "harassment", "malicious_communications", "coercive_control", "assault", "threats")


@dataclass(frozen=True, slots=True)
class AlsoAgainst:
    """Reported crimes that nobody set out as acts against an order and that were: the place of each crime, and of its order."""

    crime: Ints
    order: Ints

    def __len__(self) -> int:
        return len(self.crime)


def also_against(crimes: Crimes, pairs: Pairs, orders: Orders) -> AlsoAgainst:
    """Whoever an order bound reached whom it protected, while it bound: of several orders the one made last."""
    reaches = np.isin(crimes.conduct, [CONDUCTS.index(name) for name in _REACHES])
    may = np.flatnonzero((crimes.breach == NO) & reaches & (crimes.suspect == pairs.suspect[crimes.pair]))
    in_order = np.lexsort((orders.made, orders.pair))
    keys = orders.pair[in_order] * (1 << 32) + orders.made[in_order]
    day = crimes.began[may] // A_DAY
    # The day an order is made is half over before it binds; its first whole day is the next.
    place = np.searchsorted(keys, crimes.pair[may] * (1 << 32) + day, side="left") - 1
    order = in_order[np.maximum(place, 0)] if len(orders) else np.zeros(len(may), dtype=np.int64)
    if not len(orders):
        return AlsoAgainst(may[:0], order[:0])
    holds = (place >= 0) & (orders.pair[order] == crimes.pair[may]) & (day < orders.over[order])
    return AlsoAgainst(may[holds], order[holds])


def condition_names(breaches: Breaches) -> list[str]:
    """The conditions broken, by name, `;` between two."""
    return [
        CONDITIONS[first] if second == NO else f"{CONDITIONS[first]};{CONDITIONS[second]}"
        for first, second in zip(breaches.condition, breaches.second, strict=True)
    ]
