"""The true people of the fictional force: who they are, whatever any system may have written down about them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.chance import Chance, Flags, Ints, Words, whole
from craffu.config.generate.days import NEVER, years_later, years_of
from craffu.config.generate.households import COUPLE, SAME_NAME, SIBLINGS, TWINS, Homes
from craffu.config.generate.tables import MAN, WOMAN, names, rate, weights, words

ORIGINS = tuple(weights("people.origin"))
SUSPECT, VICTIM, WITNESS = range(3)
NOBODY = -1
_YOUNGEST_AGE, _YOUNGEST_FATHER, _OLDEST_AGE = 18, 45, 90
_PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# One for each kind of number, so that none tells of another. They share no factor with a power of ten.
_TRUE, _PNC, _CRO, _CRN, _PRISON, _TELEPHONE, _EMAIL = (
    3_874_201, 7_368_787, 8_604_031, 5_190_473, 2_246_813, 6_215_507, 4_731_119,
)  # fmt: skip
_MILLION = 1_000_000
_NUMBERS_OF_ONE = 8
_ETHNICITY = {"cy": "W1", "en": "W1", "me": "O9", "ea": "O1", "ie": "W2", "sa": "A2", "ee": "W9", "af": "B2"}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, by number. Names are places in the lists of `tables.names()`; `NOBODY` or -1 is none."""

    chance: Chance
    offset: int
    role: Ints
    sex: Ints
    born: Ints
    origin: Ints
    forename: Ints
    second: Ints
    surname: Ints
    other_half: Ints
    changed_on: Ints
    later_surname: Ints
    alias_forename: Ints
    alias_surname: Ints
    welsh: Flags
    has_pnc: Flags
    kind: Ints
    homes: Homes

    def __len__(self) -> int:
        return len(self.role)

    @property
    def everybody(self) -> Ints:
        return np.arange(len(self))

    def ids(self, people: Ints) -> Words:
        """The true identity of each. Neighbours in number do not stand beside each other."""
        return words([f"T{number:07}" for number in mixed(people + self.offset, 10 * _MILLION, _TRUE)])

    def forenames(self, people: Ints) -> Words:
        first, second = names().forenames[self.forename[people]], self.second[people]
        return np.where(second >= 0, first + (" " + names().forenames[second]), first)

    def surnames(self, people: Ints, days: Ints) -> Words:
        """The surname of each as it was on a day."""
        changed = days >= self.changed_on[people]
        return self.surname_of(
            np.where(changed, self.later_surname[people], self.surname[people]), self.other_half[people]
        )

    def surname_of(self, surname: Ints, other_half: Ints) -> Words:
        listed = names().surnames
        made: Words = np.where(other_half >= 0, listed[surname] + ("-" + listed[other_half]), listed[surname])
        return made

    def alias_names(self, people: Ints) -> tuple[Words, Words]:
        """The other forename and surname, empty where there is none."""
        listed = names()
        has = self.alias_forename[people] >= 0
        given = np.where(has, listed.forenames[self.alias_forename[people]], "")
        return given, np.where(has, listed.surnames[self.alias_surname[people]], "")

    def pnc_ids(self, people: Ints) -> Words:
        """A PNC identity in its full form, with a serial number that none in use reaches."""
        number = people + self.offset
        serial = np.where(number < _MILLION, 9_000_000 + mixed(number, _MILLION, _PNC), number)
        year = np.maximum(years_of(self.born[people]) + 17, 1996)
        letter = (year % 100 * 10_000_000 + serial) % len(_PNC_LETTERS)
        made = [f"{y}/{s:07}{_PNC_LETTERS[at]}" for y, s, at in zip(year, serial, letter, strict=True)]
        return words(made)

    def cro_numbers(self, people: Ints) -> Words:
        number = people + self.offset
        made = [f"{at}/{20 + more % 7:02}{_PNC_LETTERS[at % 23]}" for at, more in self._in_millions(number, _CRO)]
        return words(made)

    def crns(self, people: Ints) -> Words:
        """A probation reference, which is one person's for ever."""
        return words([f"{'XYZQVU'[more % 6]}{at:06}" for at, more in self._in_millions(people + self.offset, _CRN)])

    def prison_numbers(self, people: Ints) -> Words:
        made = []
        for at, more in self._in_millions(people + self.offset, _PRISON):
            rest = at // 10_000
            made.append(f"{_LETTERS[25 - more % 26]}{at % 10_000:04}{_LETTERS[rest // 26 % 26]}{_LETTERS[rest % 26]}")
        return words(made)

    def telephones(self, people: Ints, days: Ints) -> Words:
        """A number in a range that is not in use. People change it every few years, each in their own year."""
        number = mixed(
            (people + self.offset) * _NUMBERS_OF_ONE + self._turn(people, days, 1_000), 1_000 * _MILLION, _TELEPHONE
        )
        return words([f"06{at // _MILLION:03} {at % _MILLION:06}" for at in number])

    def emails(self, people: Ints, days: Ints) -> Words:
        number = mixed(
            (people + self.offset) * _NUMBERS_OF_ONE + self._turn(people, days, 1_700), 1_000 * _MILLION, _EMAIL
        )
        return words([f"invented.{at}@example.com" for at in number])

    def _turn(self, people: Ints, days: Ints, every: int) -> Ints:
        begins = self.chance.about("turn", every).below(people, every)
        return (days + begins) // every % _NUMBERS_OF_ONE

    def _in_millions(self, number: Ints, by: int) -> Iterable[tuple[int, int]]:
        return zip(mixed(number % _MILLION, _MILLION, by).tolist(), (number // _MILLION).tolist(), strict=True)

    def ethnicities(self, people: Ints) -> Words:
        listed = words([_ETHNICITY[origin] for origin in ORIGINS])
        stated = self.chance.about("ethnicity stated").hit(people, 0.8)
        return np.where(stated, listed[self.origin[people]], "NS")


def people_of(chance: Chance, count: int, offset: int, first_day: int, last_day: int) -> People:
    """So many people. `offset` numbers those of other forces, so that nobody's identities are anybody else's."""
    at = np.arange(count)
    kind = households.kinds_of_pairs(chance.about("households"), count)
    second_of_two = (at % 2 == 1) & (kind != households.NONE)
    first = np.where(second_of_two, at - 1, at)
    role = chance.about("role").pick(at, list(weights("people.role").values()))
    sex = _sexes(chance, at, role, kind, first)
    born = _births(chance, at, kind, first, last_day)
    origin = chance.about("origin").pick(at, list(weights("people.origin").values()))
    related = second_of_two & np.isin(kind, (SAME_NAME, TWINS, SIBLINGS))
    origin = np.where(related, origin[first], origin)
    surname = _surnames(chance.about("surname"), at, origin)
    double = chance.about("double").hit(at, rate("people.double_barrelled")) & ~np.char.startswith(
        names().surnames[surname].astype(str), "ap "
    )
    other_half = np.where(double, _surnames(chance.about("other half"), at, origin), -1)
    one_name = related | (
        second_of_two & (kind == COUPLE) & chance.about("married").hit(at, rate("households.couple_same_surname"))
    )
    surname, other_half = np.where(one_name, surname[first], surname), np.where(one_name, other_half[first], other_half)
    other_half = np.where(other_half == surname, -1, other_half)
    forename = _forenames(chance.about("forename"), at, origin, sex, born)
    forename = np.where(second_of_two & (kind == SAME_NAME), forename[first], forename)
    same_twins = second_of_two & (kind == TWINS) & (forename == forename[first])
    forename = np.where(same_twins, _forenames(chance.about("another forename"), at, origin, sex, born), forename)
    second = _forenames(chance.about("second forename"), at, origin, sex, born)
    second = np.where(chance.about("two forenames").hit(at, rate("people.second_forename")), second, -1)
    second = np.where(second == forename, -1, second)
    changes = chance.about("changes").hit(
        at, np.where(sex == WOMAN, rate("people.changed_surname_woman"), rate("people.changed_surname_man"))
    )
    later_surname = _surnames(chance.about("later surname"), at, origin)
    changes &= names().surnames[later_surname] != names().surnames[surname]
    alias = chance.about("alias").hit(at, rate("people.alias")) & (role == SUSPECT)
    speaks = rate("people.speaks_welsh")
    return People(
        chance=chance, offset=offset, role=role, sex=sex, born=born, origin=origin, forename=forename, second=second,
        surname=surname, other_half=other_half,
        changed_on=np.where(changes, chance.about("changed on").between(at, first_day, last_day), NEVER),
        later_surname=later_surname,
        alias_forename=np.where(alias, _forenames(chance.about("alias forename"), at, origin, sex, born), -1),
        alias_surname=np.where(alias, _surnames(chance.about("alias surname"), at, origin), -1),
        welsh=chance.about("welsh").hit(at, np.where(origin == ORIGINS.index("cy"), speaks, speaks / 10)),
        has_pnc=(role == SUSPECT) & chance.about("pnc").hit(at, rate("people.pnc")),
        kind=kind, homes=households.homes_of(chance.about("homes"), kind, first_day, last_day),
    )  # fmt: skip


def _sexes(chance: Chance, at: Ints, role: Ints, kind: Ints, first: Ints) -> Ints:
    man = np.where(role == SUSPECT, rate("people.suspect_is_man"), rate("people.victim_is_man"))
    sex = np.where(chance.about("man").hit(at, man), MAN, WOMAN)
    of_first = sex[first]
    sex = np.where((kind == COUPLE) & (at != first) & chance.about("couple").hit(at, 0.96), 1 - of_first, sex)
    same = (kind == SAME_NAME) | ((kind == TWINS) & chance.about("twins").hit(at, rate("households.same_sex_twins")))
    return np.where(same & (at != first), of_first, sex)


def _births(chance: Chance, at: Ints, kind: Ints, first: Ints, last_day: int) -> Ints:
    """Days of birth. A father is 22 to 38 years older than the son of his name, and the son is grown up.

    Whoever has to be of some age is drawn from those days alone: nobody is moved to the last of them, so that no day has many.
    """
    born = _born_by_class(chance, at, last_day)
    is_father = (kind == SAME_NAME) & (at == first)
    born = np.where(is_father, _born_by_class(chance.about("father"), at, last_day, _YOUNGEST_FATHER * 366), born)
    latest = last_day - _YOUNGEST_AGE * 366
    room = np.maximum(np.minimum(17 * 365, latest - born[first] - 22 * 365), 1)
    son = born[first] + 22 * 365 + chance.about("son").below(at, room)
    born = np.where((kind == SAME_NAME) & (at != first), son, born)
    born = np.where((kind == TWINS) & (at != first), born[first], born)
    apart = chance.about("siblings").between(at, 330, 2_900)
    sibling = np.where(born[first] + apart <= latest, born[first] + apart, born[first] - apart)
    return np.where((kind == SIBLINGS) & (at != first), sibling, born)


def _born_by_class(chance: Chance, at: Ints, last_day: int, youngest: int = 0) -> Ints:
    """Days of birth of people of at least so many days, by the classes of age that have any."""
    ages = weights("people.age")
    lows = np.maximum(np.asarray([*ages, _OLDEST_AGE]) * 365 + 5, youngest)
    spans = np.diff(lows)
    which = chance.about("age").pick(at, np.where(spans > 0, whole(list(ages.values())), 0))
    born: Ints = last_day - lows[which] - chance.about("born").below(at, spans[which])
    return born


def _surnames(chance: Chance, at: Ints, origin: Ints) -> Ints:
    listed = names()
    made = np.zeros(len(at), dtype=np.int64)
    for place, code in enumerate(ORIGINS):
        here = origin == place
        pool = listed.by_origin[code]
        made[here] = pool.places[chance.about(code).pick(at[here], pool.weights[0])]
    rare = (origin == ORIGINS.index("en")) & chance.about("rare").hit(at, rate("people.rare_surname"))
    return np.where(rare, listed.rare[chance.about("which rare").below(at, len(listed.rare))], made)


def _forenames(chance: Chance, at: Ints, origin: Ints, sex: Ints, born: Ints) -> Ints:
    listed = names()
    year = years_of(born)
    time = np.where(year < 1960, 0, np.where(year < 1990, 1, 2))
    welsh = np.where(
        origin == ORIGINS.index("cy"),
        chance.about("welsh").hit(at, rate("people.welsh_forename")),
        np.isin(origin, (ORIGINS.index("en"), ORIGINS.index("ie")))
        & chance.about("welsh elsewhere").hit(at, rate("people.welsh_forename_elsewhere")),
    )
    made = np.zeros(len(at), dtype=np.int64)
    for place, code in enumerate(ORIGINS):
        usual = "en" if code in ("cy", "ie") else code
        for source, of_these in ((usual, (origin == place) & ~welsh), ("cy", (origin == place) & welsh)):
            for gender in (MAN, WOMAN):
                for when in range(3):
                    here = of_these & (sex == gender) & (time == when)
                    pool = listed.by_origin_and_sex[source, gender]
                    made[here] = pool.places[chance.about(source, gender, when).pick(at[here], pool.weights[when])]
    return made


def of_age(people: People, who: Ints, days: Ints) -> Ints:
    """The day, or the thirteenth birthday where that is later."""
    return np.maximum(days, years_later(people.born[who], np.full(len(who), 13)))


def mixed(number: Ints, modulus: int, by: int) -> Ints:
    """Another number below a power of ten, so that neighbours lie far apart; never one for two."""
    return number * by % modulus
