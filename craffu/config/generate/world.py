"""Everything true about one fictional force, drawn in order: people, pairs, crimes, outcomes, courts, orders, breaches."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.breaches import Breaches, breaches_of, crimes_of_breaches
from craffu.config.generate.cases import Crimes, Pairs, crimes_of, live_together, pairs_of, witnesses_of
from craffu.config.generate.chance import Chance, Ints, Words
from craffu.config.generate.courts import Prosecutions, prosecutions_of
from craffu.config.generate.days import A_DAY, number
from craffu.config.generate.offences import Outcomes, outcomes_of
from craffu.config.generate.orders import Applications, Orders, orders_of
from craffu.config.generate.people import People, people_of
from craffu.config.generate.records import PoliceRecords, police_records
from craffu.config.generate.tables import rate, words

SUSPECT, VICTIM, WITNESS = range(3)
ROLES = words(["suspect", "victim", "witness"])


@dataclass(frozen=True, slots=True)
class Involvements:
    """Who is named in which crime, one place for each."""

    crime: Ints
    person: Ints
    role: Ints
    record: Ints


@dataclass(frozen=True, slots=True)
class World:
    """One force. `number` tells several forces apart."""

    number: int
    seed: int
    chance: Chance
    first_day: int
    last_day: int
    people: People
    pairs: Pairs
    crimes: Crimes
    outcomes: Outcomes
    tried: Prosecutions
    orders: Orders
    applications: Applications
    breaches: Breaches
    towns: Ints
    place_of_crime: Ints
    involvements: Involvements
    records: PoliceRecords

    def crime_refs(self, crimes: Ints) -> Words:
        """References run in the order of recording."""
        return words([f"GA{place + 1:08}" for place in self.place_of_crime[crimes]])

    def officers(self) -> int:
        """How many officers there are."""
        years = max(1, (self.last_day - self.first_day) // 365)
        return max(12, len(self.crimes) // years // round(rate("staff.crimes_a_year_for_one")))

    def posts(self) -> int:
        """How many posts there are: one for each officer, and in a small force as many as its stations need."""
        return max(round(rate("staff.fewest_posts")), self.officers())

    def officer_of(self, crimes: Ints) -> Words:
        at = self.chance.about("officer").below(crimes, self.officers())
        return words([staff_ref(self.number, one) for one in at.tolist()])


def staff_ref(force: int, at: int) -> str:
    return f"{force * 10_000 + at + 1001}"


def world_of(seed: int, force: int, count: int, offset: int, first: date, last: date) -> World:
    """The truth about a force of so many people between two days."""
    chance, first_day, last_day = Chance(seed, force), number(first), number(last)
    people = people_of(chance.about("people"), count, offset, first_day, last_day)
    pairs = pairs_of(chance.about("pairs"), people, first_day, last_day)
    live_together(chance.about("pairs"), people, pairs)
    crimes = crimes_of(chance.about("crimes"), pairs, last_day)
    at = np.arange(len(crimes))
    outcomes = outcomes_of(chance.about("outcomes"), crimes.reported_on, crimes.offence, at, last_day)
    courts = chance.about("courts")
    tried = prosecutions_of(courts, crimes, outcomes, _towns(people, crimes), 1, last_day)
    orders, applications = orders_of(chance.about("orders"), pairs, crimes, tried, last_day)
    breaches = breaches_of(chance.about("breaches"), orders, last_day)
    later = crimes_of_breaches(chance.about("breach crimes"), pairs, orders, breaches, last_day)
    after = outcomes_of(
        chance.about("breach outcomes"), later.reported_on, later.offence, np.arange(len(later)), last_day
    )
    both = crimes.followed_by(later)
    outcomes = Outcomes(
        *(
            np.concatenate([getattr(outcomes, name), getattr(after, name)])
            for name in ("first", "first_day", "second", "second_day")
        )
    )
    towns = _towns(people, both)
    for_breach = prosecutions_of(courts.about("breach"), later, after, _towns(people, later), len(tried) + 1, last_day)
    tried = tried.followed_by(_moved(for_breach, len(crimes)))
    place = np.empty(len(both), dtype=np.int64)
    place[np.argsort(both.recorded, kind="stable")] = np.arange(len(both))
    involvements, records = _involvements(chance.about("involvements"), people, both, outcomes)
    return World(
        force, seed, chance, first_day, last_day, people, pairs, both, outcomes, tried, orders, applications, breaches, towns,
        place, involvements, records,
    )  # fmt: skip


def _moved(tried: Prosecutions, by: int) -> Prosecutions:
    tried.crime[:] += by
    return tried


def _towns(people: People, crimes: Crimes) -> Ints:
    """A crime happens where its victim lives."""
    homes = people.homes.at(crimes.victim, crimes.began // A_DAY)
    return households.towns_of(people.chance.about("addresses"), homes)


def _involvements(
    chance: Chance, people: People, crimes: Crimes, outcomes: Outcomes
) -> tuple[Involvements, PoliceRecords]:
    at = np.arange(len(crimes))
    known = outcomes.suspect_known & ~(crimes.is_incident & chance.about("no suspect").hit(at, 0.25))
    witnesses, seen = witnesses_of(chance, people, crimes)
    crime = np.concatenate([at[known], at, seen])
    person = np.concatenate([crimes.suspect[known], crimes.victim, witnesses])
    role = np.repeat([SUSPECT, VICTIM, WITNESS], [int(known.sum()), len(at), len(seen)])
    in_order = np.lexsort((role, crimes.recorded[crime]))
    crime, person, role = crime[in_order], person[in_order], role[in_order]
    records = police_records(chance, person, crimes.recorded[crime])
    return Involvements(crime, person, role, records.involvement), records
