"""What truly happened between a suspect and a victim, and how the police wrote it down: the crimes and incidents of the force.

Stalking is often recorded as something else, more so before the counting rule of April 2020; truth keeps what it was.
"""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.chance import Chance, Flags, Ints
from craffu.config.generate.days import A_DAY, number, years_of
from craffu.config.generate.offences import CONDUCTS, OFFENCE_OF, place_of
from craffu.config.generate.people import SUSPECT, VICTIM, WITNESS, People, of_age
from craffu.config.generate.tables import WOMAN, drawn, rate, weights

RELATIONSHIPS = tuple(weights("cases.relationship"))
EX_PARTNER, PARTNER, FAMILY = range(3)
COUNTING_RULE_CHANGED = number(date(2020, 4, 1))
NO = -1


@dataclass(frozen=True, slots=True)
class Pairs:
    """One suspect and one victim each, and what they are to each other."""

    suspect: Ints
    victim: Ints
    relationship: Ints
    first_day: Ints

    def __len__(self) -> int:
        return len(self.suspect)

    @property
    def intimate(self) -> Flags:
        return self.relationship <= PARTNER


@dataclass(frozen=True, slots=True)
class Crimes:
    """What was reported to the police, one place for each crime or incident. Times in minutes.

    `conduct` is what was truly done, `offence` what was written down (`NO` where only an incident was), `breach` the
    number of the breach of an order that it was.
    """

    pair: Ints
    suspect: Ints
    victim: Ints
    began: Ints
    ended: Ints
    reported: Ints
    recorded: Ints
    conduct: Ints
    true_offence: Ints
    offence: Ints
    breach: Ints

    def __len__(self) -> int:
        return len(self.pair)

    def kept(self, which: Flags | Ints) -> "Crimes":
        return Crimes(*(getattr(self, field.name)[which] for field in fields(self)))

    def followed_by(self, others: "Crimes") -> "Crimes":
        return Crimes(
            *(np.concatenate([getattr(self, field.name), getattr(others, field.name)]) for field in fields(self))
        )

    @property
    def reported_on(self) -> Ints:
        return self.reported // A_DAY

    @property
    def is_incident(self) -> Flags:
        made: Flags = self.offence == NO
        return made


def pairs_of(chance: Chance, people: People, first_day: int, last_day: int) -> Pairs:
    """Everybody known as suspect or victim is in at least one pair; some suspects have several victims, and the reverse."""
    everybody = people.everybody
    suspects, victims = (everybody[people.role == role] for role in (SUSPECT, VICTIM))
    suspects = suspects[chance.about("suspects").shuffled(len(suspects))]
    victims = victims[chance.about("victims").shuffled(len(victims))]
    count = max(len(suspects), len(victims))
    count += round(rate("cases.victim_of_another_too") * len(victims))
    at = np.arange(count)
    # The lower of two draws: few suspects have many victims.
    again = np.minimum(*(chance.about("again").below(at, len(suspects), lane) for lane in range(2)))
    suspect = suspects[np.where(at < len(suspects), at % len(suspects), again)]
    once_more = chance.about("once more").below(at, len(victims))
    victim = victims[np.where(at < len(victims), at % len(victims), once_more)]
    relationship = chance.about("relationship").pick(at, list(weights("cases.relationship").values()))
    day = of_age(people, suspect, _first_days(chance, at, first_day, last_day))
    return Pairs(suspect, victim, relationship, np.minimum(of_age(people, victim, day), last_day))


def _first_days(chance: Chance, at: Ints, first_day: int, last_day: int) -> Ints:
    by_year = weights("cases.year")
    days = np.arange(first_day, last_day + 1)
    listed = np.asarray([by_year.get(year, max(by_year.values())) for year in range(2000, 2061)])
    return days[chance.about("first day").pick(at, listed[years_of(days) - 2000])]


def live_together(chance: Chance, people: People, pairs: Pairs) -> None:
    """Former partners who lived together: the suspect's first home is the victim's, and some women still bear his name."""
    at = np.arange(len(pairs))
    free = people.kind == households.NONE
    did = (pairs.relationship == EX_PARTNER) & free[pairs.suspect]
    did &= chance.about("together").hit(at, rate("cases.ex_partners_lived_together"))
    people.homes.ids[pairs.suspect[did], 0] = people.homes.ids[pairs.victim[did], 0]
    married = did & (people.sex[pairs.victim] == WOMAN) & (people.sex[pairs.suspect] != WOMAN)
    married &= free[pairs.victim] & chance.about("married").hit(at, 0.3)
    wives, husbands = pairs.victim[married], pairs.suspect[married]
    people.surname[wives] = people.surname[husbands]
    people.other_half[wives] = people.other_half[husbands]


def crimes_of(chance: Chance, pairs: Pairs, last_day: int) -> Crimes:
    """Every crime between every pair that was reported by the last day, in the order of the pairs."""
    numbered = np.arange(len(pairs))
    counts = drawn(chance.about("how many"), "cases.crimes_of_a_pair", numbered)
    pair = np.repeat(numbered, counts)
    at = np.arange(len(pair))
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    gaps = np.where(at == begins, 0, drawn(chance.about("gap"), "cases.gap_days", at))
    total = np.cumsum(gaps)
    day = pairs.first_day[pair] + total - total[begins]
    main = _written_down(chance.about("crime"), pairs, pair, at, day)
    crossed = numbered[chance.about("counter").hit(numbered, rate("cases.counter_allegation"))]
    counter_day = pairs.first_day[crossed] + chance.about("counter day").between(crossed, 1, 40)
    counter = _written_down(chance.about("counter crime"), pairs, crossed, crossed, counter_day)
    counter = replace(counter, suspect=pairs.victim[crossed], victim=pairs.suspect[crossed])
    both = main.followed_by(counter)
    return both.kept(both.recorded < (last_day + 1) * A_DAY)


def _written_down(chance: Chance, pairs: Pairs, pair: Ints, at: Ints, day: Ints) -> Crimes:
    conduct = chance.about("conduct").pick(at, list(weights("cases.conduct").values()))
    control = CONDUCTS.index("coercive_control")
    close = pairs.relationship[pair] <= FAMILY
    conduct = np.where((conduct == control) & ~close, CONDUCTS.index("harassment"), conduct)
    truly = np.zeros(len(at), dtype=np.int64)
    for place, name in enumerate(CONDUCTS):
        here = conduct == place
        choices = OFFENCE_OF[name]
        which = chance.about("offence", name).pick(at[here], list(choices.values()))
        truly[here] = np.asarray([place_of(key) for key in choices])[which]
    began = day * A_DAY + chance.about("hour").below(at, A_DAY)
    return timed(chance, pair, pairs.suspect[pair], pairs.victim[pair], at, began, conduct, truly)


def timed(
    chance: Chance, pair: Ints, suspect: Ints, victim: Ints, at: Ints, began: Ints, conduct: Ints, truly: Ints
) -> Crimes:
    """When it ended, was reported and was recorded, and as what."""
    course = np.isin(conduct, [CONDUCTS.index(name) for name in ("stalking", "harassment", "coercive_control")])
    lasted = np.where(course, chance.about("course").below(at, 60 * A_DAY), chance.about("minutes").below(at, 90))
    ended = began + lasted
    late = drawn(chance.about("late"), "cases.late_report_days", at) * A_DAY
    reported = ended + late + chance.about("reported").between(at, 5, 600)
    recorded = reported + chance.about("recorded").between(at, 10, 2_000)
    return Crimes(
        pair, suspect, victim, began, ended, reported, recorded, conduct, truly,
        offence=recorded_as(chance, at, reported // A_DAY, conduct, truly), breach=np.full(len(at), NO),
    )  # fmt: skip


def recorded_as(chance: Chance, at: Ints, day: Ints, conduct: Ints, truly: Ints) -> Ints:
    """The offence written down: stalking is often called something else; some crimes are called an incident."""
    is_stalking = conduct == CONDUCTS.index("stalking")
    share = np.where(
        day < COUNTING_RULE_CHANGED,
        rate("cases.stalking_recorded_before_2020"),
        rate("cases.stalking_recorded_from_2020"),
    )
    hidden = is_stalking & ~chance.about("seen as stalking").hit(at, share)
    instead = np.asarray([place_of("harassment"), place_of("malicious_communications"), NO])
    offence = np.where(hidden, instead[chance.about("instead").pick(at, (58, 27, 15))], truly)
    only = ~is_stalking & chance.about("incident").hit(at, rate("cases.recorded_as_incident"))
    return np.where(only, NO, offence)


def witnesses_of(chance: Chance, people: People, crimes: Crimes) -> tuple[Ints, Ints]:
    """Whoever is known as a witness only, and of which crime."""
    witnesses = people.everybody[people.role == WITNESS]
    return witnesses, chance.about("witness").below(witnesses, len(crimes))
