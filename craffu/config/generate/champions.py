"""What the staff of the fictional force were trained in and who was named a Stalking Champion: some of them never trained."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from craffu.config.generate.chance import Chance, Flags, Ints, Words
from craffu.config.generate.days import A_DAY, NEVER, written, written_at
from craffu.config.generate.staff_held import SYSTEM, Staff
from craffu.config.generate.tables import drawn_word, rate, words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

CHAMPIONS = "Stalking champions"
_PROGRAMMES = ("Stalking awareness", CHAMPIONS, "Civil orders", "Risk assessment")
_SHARES = 0.6, rate("staff.champion_trained"), 0.25, 0.7
# The second version of every programme is taught from so many days before the last day on; the first of the champions' then
# counts for so many days more.
SECOND_SINCE = 700
FIRST_COUNTS_FOR = 400
_YEARS_OF_CONTINUING = 4


@dataclass(frozen=True, slots=True)
class Trained:
    """Training, one place for each: by whom, in which programme and version, whether it was continuing, and when."""

    who: Ints
    programme: Words
    version: Words
    continuing: Flags
    day: Ints


@dataclass(frozen=True, slots=True)
class Named:
    """Who was named a champion, from when to when (`NEVER` where it has not ended)."""

    who: Ints
    since: Ints
    until: Ints

    def on(self, day: int) -> Ints:
        return self.who[(self.since <= day) & (day <= self.until)]


def _version(world: World, day: Ints) -> Words:
    return np.where(day > world.last_day - SECOND_SINCE, "2", "1").astype(object)


def trained(world: World, chance: Chance, staff: Staff) -> Trained:
    parts: list[tuple[Ints, str, Flags, Ints]] = []
    for number, programme in enumerate(_PROGRAMMES):
        done = staff.present[chance.about("trained", number).hit(staff.present, _SHARES[number])]
        day = chance.about("trained on", number).between(done, world.last_day - 1_800, world.last_day)
        parts.append((done, programme, np.zeros(len(done), dtype=bool), day))
        if programme != CHAMPIONS:
            continue
        for year in range(1, _YEARS_OF_CONTINUING + 1):
            again = day + 365 * year - chance.about("continued on", year).between(done, 2, 60)
            went = (again <= world.last_day) & chance.about("continued", year).hit(done, rate("staff.continues"))
            parts.append((done[went], programme, np.ones(int(went.sum()), dtype=bool), again[went]))
    day = np.concatenate([day for *_, day in parts])
    return Trained(
        np.concatenate([who for who, *_ in parts]),
        np.concatenate([words([programme] * len(who)) for who, programme, *_ in parts]),
        _version(world, day),
        np.concatenate([continuing for *_, continuing, _ in parts]),
        day,
    )


def named(world: World, chance: Chance, staff: Staff, done: Trained) -> Named:
    """Most of the trained and a few of the others; some have ended since."""
    full = np.flatnonzero((done.programme == CHAMPIONS) & ~done.continuing)
    first = np.full(len(staff.at), NEVER)
    first[done.who[full]] = done.day[full]
    is_trained = first[staff.present] < NEVER
    share = np.where(is_trained, rate("staff.champion_named"), rate("staff.named_untrained"))
    who = staff.present[chance.about("named").hit(staff.present, share)]
    later = chance.about("named on").between(who, 0, 60)
    since = np.minimum(
        np.where(first[who] < NEVER, first[who] + later, world.last_day - 10 * later - 30), world.last_day
    )
    until = since + chance.about("named until").between(who, 30, 900)
    ended = chance.about("named ended").hit(who, rate("staff.champion_ended")) & (until < world.last_day)
    return Named(who, since, np.where(ended, until, NEVER))


def write(world: World, into: Extracts, staff: Staff, done: Trained, champions: Named) -> None:
    into.write(SYSTEM, "champions", [_champions(world.chance.about("staff"), staff, champions)])
    into.write(SYSTEM, "training", _training(staff, done))


def _champions(chance: Chance, staff: Staff, champions: Named) -> Block:
    has_ended = champions.until < NEVER
    number = chance.about("telephone").below(champions.who, 1_000_000)
    return Block(
        {
            "staff_ref": staff.refs[champions.who],
            "named_on": written(champions.since),
            "ended_on": written(champions.until, has_ended),
            "duty_telephone": words([f"06555 {one:06}" for one in number.tolist()]),
            "updated_at": written_at(np.where(has_ended, champions.until, champions.since) * A_DAY + 700),
        }
    )


def _training(staff: Staff, done: Trained) -> Iterator[Block]:
    yield Block(
        {
            "staff_ref": staff.refs[done.who],
            "programme": done.programme,
            "version": done.version,
            "lesson": np.where(done.continuing, "continuing", "full"),
            "trained_on": written(done.day),
            "renew_by": written(done.day + 730),
            "updated_at": written_at(done.day * A_DAY + 1_000),
        }
    )


def duty_of(chance: Chance, at: Ints) -> Words:
    """What became of turns of duty, where nobody was away for long."""
    return drawn_word(chance, "staff.duty", at)
