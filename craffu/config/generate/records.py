"""How a person stands in one record of one system, with the errors that a real force's records have, each one told.

Rates are in reference/rates.toml and docs/generated-force.md; how careful a system is multiplies them.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.chance import Chance, Flags, Ints, Words, whole
from craffu.config.generate.days import A_DAY, month_and_day, written, years_of
from craffu.config.generate.people import ORIGINS, People
from craffu.config.generate.tables import MAN, all_rates, names, rate, weights, words

ERRORS = tuple(name.removeprefix("errors.") for name in all_rates() if name.startswith("errors."))
BREAK_THE_LAYOUT = ("surname_missing", "born_impossible", "born_day_and_month_only")
# What a court message has no way to say.
_NOT_IN_MESSAGES = (*BREAK_THE_LAYOUT, "born_year_only", "born_year_and_month")
DUMMY_PNC = "2000/0000000Z"
_PART_OF = {
    name: part
    for name in ERRORS
    for prefix, part in (
        ("title_", "title"), ("alias_", "aliases"), ("sex_", "sex"), ("pnc_", "pnc"), ("telephone_", "telephone"),
        ("email_", "email"), ("address_", "address"), ("place_", "town"), ("postcode_", "postcode"),
    )
    if name.startswith(prefix)
}  # fmt: skip
_BIT = {name: 1 << at for at, name in enumerate(ERRORS)}
_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_MARKS = str.maketrans("", "", "'-")
_FAMILY_NAME_FIRST = ORIGINS.index("ea")
# What NFKD leaves alone.
_STROKED = str.maketrans("łŁøØđĐı", "lLoOdDi")


@dataclass
class Tally:
    """How often each error could have been made and was: for comparing with the rates."""

    could: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Described:
    """A person as one system writes them down, one place for each record."""

    title: Words
    forenames: Words
    surname: Words
    aliases: Words
    born: Words
    sex: Words
    pnc: Words
    address: Words
    town: Words
    postcode: Words
    telephone: Words
    email: Words
    errors: Words
    breaks: Flags
    unsaid: Sequence[str] = ()


class _Errors:
    """The errors of some records: draws each, keeps what was made as one bit for each record, and counts."""

    def __init__(self, chance: Chance, at: Ints, system: str, tally: Tally, unsaid: Sequence[str]) -> None:
        self.chance, self.at, self.tally = chance, at, tally
        self.care = weights("care")[system]
        self.unsaid = unsaid
        self.never = _NOT_IN_MESSAGES if system == "court-results" else ()
        self.bits = np.zeros(len(at), dtype=np.int64)

    def made(self, name: str, where: Flags) -> Flags:
        """Where the error is made, of the records where it can be."""
        if name in self.never:
            return np.zeros(len(where), dtype=bool)
        share = min(1.0, rate(f"errors.{name}") * self.care)
        hit: Flags = where & self.chance.about(name).hit(self.at, share)
        if _PART_OF.get(name) in self.unsaid:
            return hit
        self.bits |= np.where(hit, _BIT[name], 0)
        self.tally.could[name] = self.tally.could.get(name, 0) + int(where.sum())
        self.tally.made[name] = self.tally.made.get(name, 0) + int(hit.sum())
        return hit

    def names(self) -> Words:
        known, place = np.unique(self.bits, return_inverse=True)
        told = [";".join(name for name in ERRORS if _BIT[name] & int(bits)) for bits in known]
        return words(told)[place]

    def breaks(self) -> Flags:
        bad = sum(_BIT[name] for name in BREAK_THE_LAYOUT)
        made: Flags = (self.bits & bad) != 0
        return made


def describe(
    people: People, who: Ints, days: Ints, system: str, at: Ints, tally: Tally, unsaid: Sequence[str] = ()
) -> Described:
    """The people as `system` wrote them down on those days; `at` numbers its records.

    `unsaid` are the parts of a description that the table has no column for: nothing is told of errors in those.
    """
    chance = people.chance.about("record", system)
    errors = _Errors(chance, at, system, tally, unsaid)
    forenames, surname, aliases = _names(people, who, days, errors)
    address, town, postcode = _home(people, who, days, errors)
    everywhere = np.ones(len(who), dtype=bool)
    sex = np.where(people.sex[who] == MAN, "M", "F").astype(object)
    wrong = errors.made("sex_wrong", everywhere)
    sex = np.where(wrong, np.where(sex == "M", "F", "M"), sex)
    sex = np.where(errors.made("sex_missing", ~wrong), "", sex)
    woman = words(["Ms", "Mrs", "Miss"])[chance.about("title").below(at, 3)]
    title = np.where(people.sex[who] == MAN, "Mr", woman)
    title = np.where(errors.made("title_missing", everywhere), "", title)
    born = _born(people, who, errors)
    pnc = _pnc(people, who, errors)
    telephone = _telephone(people, who, days, errors)
    email = np.where(errors.made("email_missing", everywhere), "", people.emails(who, days))
    return Described(
        title, forenames, surname, aliases, born, sex, pnc, address, town, postcode, telephone, email,
        errors.names(), errors.breaks(), unsaid,
    )  # fmt: skip


def _names(people: People, who: Ints, days: Ints, errors: _Errors) -> tuple[Words, Words, Words]:
    listed = names()
    first = listed.forenames[people.forename[who]]
    second_at = people.second[who]
    second = np.where(second_at >= 0, listed.forenames[second_at], "")
    surname = people.surnames(who, days)
    other_given, other_family = people.alias_names(who)
    has_alias = other_given != ""
    former = errors.made("former_surname", days >= people.changed_on[who])
    surname = np.where(former, people.surname_of(people.surname[who], people.other_half[who]), surname)
    no_given = errors.made("forename_missing", np.ones(len(who), dtype=bool))
    under = errors.made("under_alias", has_alias & ~no_given)
    true_name = words([f"{given}|{family}" for given, family in zip(first, surname, strict=True)])
    first, second = np.where(under, other_given, first), np.where(under, "", second)
    surname = np.where(under, other_family, surname)
    alias = np.where(under, true_name, words([f"{g}|{f}" for g, f in zip(other_given, other_family, strict=True)]))
    unlisted = errors.made("alias_not_listed", has_alias)
    aliases = np.where(has_alias & ~unlisted, alias, "")
    first, surname = _other_forms(first, surname, no_given, errors)
    first, surname = _other_spellings(first, surname, people.sex[who], no_given, errors)
    surname = _simpler(surname, errors)
    first, surname = (
        _typed(first, ~no_given, "forename_typed_wrong", errors),
        _typed(surname, None, "surname_typed_wrong", errors),
    )
    has_second = (second != "") & ~no_given
    left_out = errors.made("second_forename_left_out", has_second)
    exchanged = errors.made("forenames_exchanged", has_second & ~left_out)
    before = np.where(exchanged, second, first)
    after = np.where(left_out | (second == ""), "", " " + np.where(exchanged, first, second))
    given = np.where(no_given, "", before + after)
    swapped = errors.made("names_swapped", ~no_given & (given != surname))
    said_first = (people.origin[who] == _FAMILY_NAME_FIRST) & ~under & ~no_given & ~swapped & (given != surname)
    swapped |= errors.made("family_name_first", said_first)
    given, surname = np.where(swapped, surname, given), np.where(swapped, given, surname)
    lost = errors.made("surname_missing", np.ones(len(who), dtype=bool))
    return given, np.where(lost, "", surname), aliases


def _other_forms(first: Words, surname: Words, no_given: Flags, errors: _Errors) -> tuple[Words, Words]:
    """Everyday forms, and the form of the other language."""
    listed = names()
    called = words([_nickname(name, at) for name, at in zip(first, errors.at, strict=True)])
    nicknamed = errors.made("nickname", (called != "") & ~no_given)
    other_first = words([listed.other_forms.get(name, "") for name in first])
    other_last = words([listed.other_surnames.get(name, "") for name in surname])
    can = ((other_first != "") & ~nicknamed & ~no_given) | (other_last != "")
    other = errors.made("other_language_form", can)
    first = np.where(nicknamed, called, np.where(other & (other_first != "") & ~no_given, other_first, first))
    return first, np.where(other & (other_last != ""), other_last, surname)


def _other_spellings(first: Words, surname: Words, sex: Ints, no_given: Flags, errors: _Errors) -> tuple[Words, Words]:
    """As somebody else would write the same name in our letters."""
    listed = names().spellings
    other_first, other_last = (
        words(
            [_one_of(listed[part, kind].get(name, ()), at) for name, kind, at in zip(said, sex, errors.at, strict=True)]
        )
        for part, said in (("forename", first), ("surname", surname))
    )
    other_first = np.where(no_given, "", other_first)
    other = errors.made("another_spelling", (other_first != "") | (other_last != ""))
    first = np.where(other & (other_first != ""), other_first, first)
    return first, np.where(other & (other_last != ""), other_last, surname)


def _one_of(spellings: Sequence[str], at: int) -> str:
    return spellings[at % len(spellings)] if spellings else ""


def _nickname(name: str, at: int) -> str:
    return _one_of(names().nicknames.get(name, ()), at)


def _simpler(surname: Words, errors: _Errors) -> Words:
    """Marks and halves that get lost."""
    double = words([name.partition("-")[0] if "-" in name else "" for name in surname])
    halved = errors.made("half_of_double", double != "")
    surname = np.where(halved, double, surname)
    bare = words([_without_marks(name) for name in surname])
    return np.where(errors.made("mark_lost", (bare != surname) & ~halved), bare, surname)


def _without_marks(name: str) -> str:
    if name.startswith(("ap ", "ab ")):
        return name[:2].title() + name[3:].lower()
    return name.translate(_MARKS)


def _typed(said: Words, where: Flags | None, error: str, errors: _Errors) -> Words:
    """Accents lost (told once for a record) and keys struck wrongly."""
    present = said != "" if where is None else where & (said != "")
    plain = words([plain_letters(name) for name in said])
    said = np.where(errors.made("accent_lost", present & (plain != said)), plain, said)
    hit = np.flatnonzero(errors.made(error, present & (np.asarray([len(name) for name in said]) > 2)))
    if len(hit):
        bits = errors.chance.about(error, "how").bits(errors.at[hit])
        said = said.copy()
        said[hit] = words([typed_wrong(name, int(how)) for name, how in zip(said[hit], bits, strict=True)])
    return said


def plain_letters(name: str) -> str:
    """Without accents."""
    if name.isascii():
        return name
    parted = unicodedata.normalize("NFKD", name.translate(_STROKED))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def typed_wrong(word: str, bits: int) -> str:
    """One slip of the fingers: two letters exchanged, one left out, doubled, or struck beside. Never the same word."""
    place = 1 + bits % (len(word) - 1)
    slips: tuple[Callable[[], str], ...] = (
        lambda: word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        lambda: word[:place] + word[place + 1 :],
        lambda: word[:place] + word[place] + word[place:],
        lambda: word[:place] + _beside(word[place], bits >> 20) + word[place + 1 :],
    )
    slipped = slips[(bits >> 8) % 4]()
    slipped = slipped if slipped.strip() == slipped else word
    return slipped if slipped != word else word[:-1] + word[-1] * 2


def _beside(letter: str, bits: int) -> str:
    near = _NEAR.get(letter.lower(), letter)
    return near[bits % len(near)] if letter.islower() else near[bits % len(near)].upper()


def _born(people: People, who: Ints, errors: _Errors) -> Words:
    true = people.born[who]
    left = np.ones(len(who), dtype=bool)
    month, day = month_and_day(true)
    year = years_of(true)
    said = written(true)
    ways = {
        "born_missing": words([""] * len(who)),
        "born_year_only": words([f"{y}" for y in year]),
        "born_year_and_month": words([f"{y}-{m:02}" for y, m in zip(year, month, strict=True)]),
        "born_day_and_month_only": words([f"--{m:02}-{d:02}" for m, d in zip(month, day, strict=True)]),
        "born_dummy": words(["1900-01-01"] * len(who)),
        "born_first_january": words([f"{y}-01-01" for y in year]),
        "born_impossible": words([f"{y}-02-30" for y in year]),
    }
    for name, instead in ways.items():
        hit = errors.made(name, left & (instead != written(true)))
        said, left = np.where(hit, instead, said), left & ~hit
    swapped = errors.made("born_day_month_swapped", left & (day <= 12) & (day != month))
    turned = words([f"{y}-{d:02}-{m:02}" for y, m, d in zip(year, month, day, strict=True)])
    said, left = np.where(swapped, turned, said), left & ~swapped
    off = errors.made("born_one_off", left)
    step = whole([1, -1, 30, -30, 365, -365, 3652, -3653])
    moved = true + step[errors.chance.about("how far").below(errors.at, len(step))]
    return np.where(off, written(moved), said)


def _pnc(people: People, who: Ints, errors: _Errors) -> Words:
    has = people.has_pnc[who]
    said = np.where(has, people.pnc_ids(who), "")
    missing = errors.made("pnc_missing", has)
    another = errors.made("pnc_of_another", has & ~missing)
    others = people.pnc_ids(errors.chance.about("whose").below(errors.at, len(people)))
    said = np.where(another, others, said)
    wrong = errors.made("pnc_typed_wrong", has & ~missing & ~another)
    said = np.where(wrong, words([f"{s[:9]}{s[10]}{(int(s[9]) + 1) % 10}{s[11:]}" if s else s for s in said]), said)
    short = errors.made("pnc_short_form", has & ~missing & ~wrong)
    said = np.where(short, words([_short(number) for number in said]), said)
    dummy = errors.made("pnc_dummy", ~has)
    return np.where(missing, "", np.where(dummy, DUMMY_PNC, said))


def _short(number: str) -> str:
    year, _, serial = number.partition("/")
    return f"{year[2:]}/{serial.lstrip('0')}" if number else number


def _telephone(people: People, who: Ints, days: Ints, errors: _Errors) -> Words:
    missing = errors.made("telephone_missing", np.ones(len(who), dtype=bool))
    neighbour = np.minimum(who ^ 1, len(people) - 1)
    of_another = errors.made("telephone_of_another", ~missing)
    return np.where(missing, "", people.telephones(np.where(of_another, neighbour, who), days))


def _home(people: People, who: Ints, days: Ints, errors: _Errors) -> tuple[Words, Words, Words]:
    chance = people.chance.about("addresses")
    earlier = errors.made("address_earlier", people.homes.has_moved(who, days))
    homes = people.homes.at(who, days, back=earlier)
    towns = households.towns_of(chance, homes)
    english, welsh = households.TOWNS[towns], households.WELSH_TOWNS[towns]
    other = errors.made("place_in_other_language", english != welsh)
    town = np.where(people.welsh[who] ^ other, welsh, english)
    line = households.street_lines(chance, homes)
    missing = errors.made("address_missing", np.ones(len(who), dtype=bool))
    line = _otherwise(line, ~missing, errors)
    wrong = errors.made("address_typed_wrong", ~missing)
    hit = np.flatnonzero(wrong)
    bits = errors.chance.about("address how").bits(errors.at[hit])
    line[hit] = words([typed_wrong(text, int(how)) for text, how in zip(line[hit], bits, strict=True)])
    postcode = households.postcodes(chance, homes)
    absent = errors.made("postcode_missing", ~missing)
    mistyped = errors.made("postcode_typed_wrong", ~missing & ~absent)
    postcode = np.where(mistyped, words([f"{p[:-1]}{_beside(p[-1], 0)}" for p in postcode]), postcode)
    close = errors.made("postcode_without_space", ~missing & ~absent)
    postcode = np.where(close, words([code.replace(" ", "") for code in postcode]), postcode)
    return np.where(missing, "", line), np.where(missing, "", town), np.where(missing | absent, "", postcode)


def _otherwise(line: Words, said: Flags, errors: _Errors) -> Words:
    """The same home as another system writes it."""
    short = words([households.shortened(text) for text in line])
    line = np.where(errors.made("address_shortened", said & (short != line)), short, line)
    behind = words([", ".join(reversed(text.split(", "))) for text in line])
    line = np.where(errors.made("address_flat_behind", said & (behind != line)), behind, line)
    return np.where(errors.made("address_in_capitals", said), words([text.upper() for text in line]), line)


@dataclass(frozen=True, slots=True)
class PoliceRecords:
    """The person records of the police: whose each is and of which day, numbered by when they were made."""

    person: Ints
    day: Ints
    involvement: Ints

    def __len__(self) -> int:
        return len(self.person)

    def refs(self, which: Ints) -> Words:
        return words([f"N{at + 1:08}" for at in which])


def police_records(chance: Chance, person: Ints, at: Ints) -> PoliceRecords:
    """Which person record each involvement names: the person's latest, unless a new one was made.

    `at` is when, in minutes. `involvement` of the answer is the number of the record that each involvement names.
    """
    order = np.lexsort((np.arange(len(person)), at, person))
    sorted_person = person[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = sorted_person[1:] != sorted_person[:-1]
    new = first | chance.about("new again").hit(order, rate("records.new_again"))
    number = np.cumsum(new) - 1
    makes = order[new]
    by_time = np.lexsort((makes, at[makes]))
    rank = np.empty(len(makes), dtype=np.int64)
    rank[by_time] = np.arange(len(makes))
    named = np.empty(len(person), dtype=np.int64)
    named[order] = rank[number]
    return PoliceRecords(person[makes[by_time]], at[makes[by_time]] // A_DAY, named)
