"""Who is what to whom, and who lives where: couples, twins, fathers and sons of one name, moves, and addresses many share.

A home is a number; its street, town, postcode and area follow from that number alone and none of them exists.
"""

from dataclasses import dataclass

import numpy as np

from craffu.config.generate.chance import Chance, Flags, Ints, Words
from craffu.config.generate.days import NEVER
from craffu.config.generate.tables import drawn, rate, rows_of, weights, words

KINDS = tuple(weights("households.kind"))
NONE, COUPLE, SAME_NAME, TWINS, SIBLINGS, FLATMATES = range(len(KINDS))
MOST_HOMES = 4
_PEOPLE_OF_A_HOSTEL = 400

_PLACES = rows_of("places.csv")
TOWNS, WELSH_TOWNS = words([row["english"] for row in _PLACES]), words([row["welsh"] for row in _PLACES])
COURT_TOWNS = words([row["court_town"] for row in _PLACES])
_SIZES = [int(row["weight"]) for row in _PLACES]

_FIRST_WORDS = (
    "Swallow", "Tannery", "Cordwainer", "Quarrel", "Ferryman", "Copperlamp", "Windlass", "Millrace", "Lantern", "Sparrow",
    "Thimble", "Foxglove", "Barleymow", "Saddler", "Quayside", "Heron", "Juniper", "Larkspur", "Otter", "Pendulum", "Russet",
    "Tinker", "Wheelwright", "Yarrow", "Anvil", "Bramble", "Cinder", "Damson", "Ember", "Falcon",
)  # fmt: skip
_SHORT = {
    "Road": "Rd",
    "Street": "St",
    "Row": "Row",
    "Hill": "Hill",
    "Lane": "Ln",
    "Terrace": "Terr",
    "Close": "Cl",
    "Gardens": "Gdns",
    "Avenue": "Ave",
    "Court": "Ct",
    "Crescent": "Cres",
}
_WELSH_KINDS = ("Heol", "Ffordd", "Stryd", "Rhiw", "Clos", "Lôn", "Teras", "Maes", "Llwybr", "Rhodfa")
_WELSH_WORDS = (
    "y Gwenoliaid", "Tŷ'r Ardd", "y Gof Bach", "yr Ŵylan", "Nant y Dryw", "yr Helyg Gwyn", "Craig y Frân", "y Barcud Coch",
    "y Gŵydd", "yr Hen Felin Wlân", "y Llwynog", "yr Eos", "Pen y Bryn", "Glan yr Afon Ddu", "y Dderwen Gam", "y Crydd",
    "Bryn yr Onnen", "y Draenog", "Cae'r Ffynnon", "y Wennol Ddu",
)  # fmt: skip
STREETS = words(
    [
        *(f"{first} {kind}" for first in _FIRST_WORDS for kind in _SHORT),
        *(f"{kind} {second}" for kind in _WELSH_KINDS for second in _WELSH_WORDS),
    ]
)
_INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_PAIRS = words([first + second for first in _INWARD_LETTERS for second in _INWARD_LETTERS])


@dataclass(frozen=True, slots=True)
class Homes:
    """Each person's homes in order, and the day from which each was lived in (`NEVER` where there is none)."""

    ids: Ints
    since: Ints

    def at(self, people: Ints, days: Ints, back: Flags | None = None) -> Ints:
        """The home of each person on a day; the one before it where `back` says so and there is one."""
        count = (self.since[people] <= days[:, None]).sum(axis=1)
        place = np.clip(count - 1, 0, MOST_HOMES - 1)
        if back is not None:
            place = np.maximum(place - back.astype(np.int64), 0)
        return self.ids[people, place]

    def has_moved(self, people: Ints, days: Ints) -> Flags:
        made: Flags = (self.since[people] <= days[:, None]).sum(axis=1) > 1
        return made


def kinds_of_pairs(chance: Chance, count: int) -> Ints:
    """For each person what they are to their neighbour in number (0 with 1, 2 with 3, ...)."""
    pairs = np.arange((count + 1) // 2)
    kinds = chance.about("pair").pick(pairs, list(weights("households.kind").values()))
    made = np.repeat(kinds, 2)[:count]
    if count % 2:
        made[-1] = NONE
    return made


def homes_of(chance: Chance, kinds: Ints, first_day: int, last_day: int) -> Homes:
    """Where everybody lived and when. People who belong together share the home they have first."""
    people = np.arange(len(kinds))
    moves = drawn(chance.about("moves"), "people.moves", people)
    ids = people[:, None] * MOST_HOMES + np.arange(MOST_HOMES)
    together = (kinds != NONE) & (people % 2 == 1)
    ids[together, 0] = ids[people[together] - 1, 0]
    days = np.stack([chance.about("move").between(people, first_day, last_day, lane) for lane in range(3)], axis=1)
    days = np.where(np.arange(3) < moves[:, None], days, NEVER)
    since = np.concatenate([np.full((len(people), 1), -NEVER), np.sort(days, axis=1)], axis=1)
    hostels = max(1, len(people) // _PEOPLE_OF_A_HOSTEL)
    last = np.minimum(moves, MOST_HOMES - 1)
    shared = chance.about("hostel").hit(people, rate("people.hostel")) & (moves > 0)
    which = len(people) * MOST_HOMES + chance.about("which hostel").below(people, hostels)
    ids[people[shared], last[shared]] = which[shared]
    return Homes(ids, since)


def towns_of(chance: Chance, homes: Ints) -> Ints:
    return chance.about("town").pick(homes, _SIZES)


def street_lines(chance: Chance, homes: Ints) -> Words:
    """House number and street; one in twelve is a flat."""
    street = STREETS[chance.about("street").below(homes, len(STREETS))]
    door = chance.about("door").between(homes, 1, 180)
    flat = chance.about("flat").hit(homes, 1 / 12)
    which = chance.about("which flat").between(homes, 1, 14)
    lines = [
        f"Flat {within}, {house} {name}" if is_flat else f"{house} {name}"
        for house, name, is_flat, within in zip(door, street, flat, which, strict=True)
    ]
    return words(lines)


def shortened(line: str) -> str:
    """A line with the kind of its street written short, where it is."""
    before, space, kind = line.rpartition(" ")
    return f"{before}{space}{_SHORT.get(kind, kind)}"


def postcodes(chance: Chance, homes: Ints) -> Words:
    """A postcode in an area that cannot exist: none begins with Q. About fifteen homes share one."""
    towns = towns_of(chance, homes)
    sector = chance.about("sector").below(homes, 10)
    pair = _PAIRS[chance.about("pair of letters").below(homes, 40)]
    made = [
        f"Q{'GLMNPR'[town // 9]}{town % 9 + 1} {digit}{letters}"
        for town, digit, letters in zip(towns, sector, pair, strict=True)
    ]
    return words(made)


def areas(homes_towns: Ints, chance: Chance, at: Ints) -> Words:
    """The code of a small area of a town: in the form of the official ones, in a range that is not in use."""
    part = chance.about("area").below(at, 9)
    return words([f"W0199{town:02}{within:02}" for town, within in zip(homes_towns, part, strict=True)])
