"""The shifts that each station is to have and who was rostered: four days on and two off, and some champions on call at night.

The roster goes back four weeks and ten days on; what lies ahead is rostered and no more.
"""

from dataclasses import dataclass

import numpy as np

from craffu.config.generate import champions
from craffu.config.generate.champions import Named
from craffu.config.generate.chance import Chance, Flags, Ints, Words, whole
from craffu.config.generate.days import A_DAY, written_at
from craffu.config.generate.staff_held import STATIONS, SYSTEM, Staff
from craffu.config.generate.tables import rate, words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

DAYS = 28
AHEAD = 10
LASTS = 9 * 60
_BEGINS = whole([7 * 60, 14 * 60, 22 * 60])
_SHIFTS = words(["early", "late", "night"])
_ON_CALL_FROM = 21 * 60
# Some come for office hours, and belong to the early shift.
_OFFICE_HOURS = 60


@dataclass(frozen=True, slots=True)
class Roster:
    """Station shifts and turns of duty, one place for each; `begins` are minutes."""

    station: Ints
    shift: Ints
    begins: Ints
    called_off: Flags
    who: Ints
    at: Ints
    starts: Ints
    duty: Words


def first_day(world: World) -> int:
    return world.last_day - DAYS + 1


def roster(world: World, chance: Chance, staff: Staff, named: Named) -> Roster:
    days = np.arange(first_day(world), world.last_day + AHEAD + 1)
    station, shift, begins = _shifts(chance, days)
    off = chance.about("shift called off").hit(begins // 60 * 100 + station, rate("staff.shift_called_off"))
    turns = [_turns(world, chance, staff, int(day)) for day in days]
    turns += [_on_call(chance, staff, named, int(day)) for day in days]
    who, at, starts, duty = (np.concatenate([turn[part] for turn in turns]) for part in range(4))
    return Roster(station, shift, begins, off, who, at, starts, duty)


def _shifts(chance: Chance, days: Ints) -> tuple[Ints, Ints, Ints]:
    """Every station has an early and a late shift each day, and two in three a night shift."""
    at = np.arange(len(STATIONS))
    nights = chance.about("has nights").hit(at, 2 / 3)
    pairs = np.asarray([(one, shift) for one in at for shift in range(3) if shift < 2 or nights[one]], dtype=np.int64)
    station, shift = np.tile(pairs[:, 0], len(days)), np.tile(pairs[:, 1], len(days))
    return station, shift, np.repeat(days, len(pairs)) * A_DAY + _BEGINS[shift]


def _station_of(chance: Chance, who: Ints) -> Ints:
    return chance.about("shift station").below(who, len(STATIONS))


def _turns(world: World, chance: Chance, staff: Staff, day: int) -> tuple[Ints, Ints, Ints, Words]:
    on = staff.present[(staff.present + day) % 6 < 4]
    turn = (on + day // 6) % 3
    office = (turn == 0) & chance.about("office hours").hit(on, 0.2)
    starts = day * A_DAY + _BEGINS[turn] + np.where(office, _OFFICE_HOURS, 0)
    duty = champions.duty_of(chance.about("duty", day), on)
    duty = np.where(staff.away_on(day)[on], "absent", duty)
    if day > world.last_day:
        duty = words(["rostered"] * len(on))
    return on, _station_of(chance, on), starts, duty


def _on_call(chance: Chance, staff: Staff, named: Named, day: int) -> tuple[Ints, Ints, Ints, Words]:
    resting = np.intersect1d(named.on(day), staff.present[(staff.present + day) % 6 >= 4])
    who = resting[chance.about("on call", day).hit(resting, rate("staff.on_call"))]
    return who, _station_of(chance, who), np.full(len(who), day * A_DAY + _ON_CALL_FROM), words(["on_call"] * len(who))


def write(world: World, into: Extracts, staff: Staff, made: Roster) -> None:
    last = (world.last_day + 1) * A_DAY - 1
    into.write(
        SYSTEM,
        "station_shifts",
        [
            Block(
                {
                    "station": STATIONS[made.station],
                    "shift": _SHIFTS[made.shift],
                    "starts_at": written_at(made.begins),
                    "ends_at": written_at(made.begins + LASTS),
                    "called_off": np.where(made.called_off, "yes", ""),
                    "updated_at": written_at(np.minimum(made.begins - 20 * A_DAY, last)),
                }
            )
        ],
    )
    into.write(
        SYSTEM,
        "shifts",
        [
            Block(
                {
                    "staff_ref": staff.refs[made.who],
                    "station": STATIONS[made.at],
                    "starts_at": written_at(made.starts),
                    "ends_at": written_at(made.starts + LASTS),
                    "duty": made.duty,
                    "updated_at": written_at(np.minimum(made.starts + 30, last)),
                }
            )
        ],
    )
