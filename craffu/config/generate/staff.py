"""The posts of the force, who holds them, long absences; then training, champions and the roster (`champions`, `rosters`)."""

from collections.abc import Iterator

import numpy as np

from craffu.config.generate import champions, households, rosters, staff_truth
from craffu.config.generate.chance import Chance, Ints, Words
from craffu.config.generate.days import A_DAY, NEVER, written, written_at
from craffu.config.generate.staff_held import PRESENT, STATIONS, SYSTEM, Staff
from craffu.config.generate.tables import names, rate, rows_of, words
from craffu.config.generate.world import World, staff_ref
from craffu.config.generate.writing import Block, Extracts

_ROLES = words(
    [
        "response officer",
        "investigator",
        "supervisor",
        "stalking coordinator",
        "civil orders officer",
        "victim officer",
        "offender manager",
    ]
)
_TEAMS = words(
    ["Response", "Investigation", "Investigation", "Investigation", "Civil orders", "Victims", "Offender management"]
)


def write(world: World, into: Extracts) -> None:
    chance = world.chance.about("staff")
    staff = _staff(world, chance)
    _stations(world, into)
    into.write(SYSTEM, "posts", [_posts(chance, staff.at, staff.opened)])
    into.write(SYSTEM, "holders", _holders(chance, staff))
    into.write(SYSTEM, "absences", [_absences(world, chance, staff)])
    trained = champions.trained(world, chance, staff)
    named = champions.named(world, chance, staff, trained)
    champions.write(world, into, staff, trained, named)
    roster = rosters.roster(world, chance, staff, named)
    rosters.write(world, into, staff, roster)
    staff_truth.write(world, into, staff, _ROLES[_role(chance, staff.at)], trained, named, roster)


def _staff(world: World, chance: Chance) -> Staff:
    at = np.arange(world.posts())
    opened = world.first_day - chance.about("opened").between(at, 100, 3_000)
    vacant = chance.about("vacant").hit(at, rate("staff.vacant"))
    changed = chance.about("changed").hit(at, 0.25)
    day = chance.about("changed on").between(at, world.first_day, world.last_day)
    refs = words([staff_ref(world.number, one) for one in at.tolist()])
    away = ~vacant & chance.about("away").hit(at, rate("staff.absent"))
    begins = world.last_day - chance.about("away from").between(at, 5, 700)
    ends = begins + chance.about("away for").between(at, 20, 200)
    present = at[~vacant]
    cover = present[chance.about("cover").below(at, len(present))] if len(present) else at
    covered = away & (cover != at) & chance.about("covered").hit(at, 0.4)
    return Staff(
        at, refs, opened, vacant, np.where(changed, day, opened), np.maximum(day - 1, opened), changed | vacant,
        np.where(away, begins, NEVER), np.where(away, ends, PRESENT), np.where(covered, refs[cover], ""),
    )  # fmt: skip


def _stations(world: World, into: Extracts) -> None:
    listed = rows_of("stations.csv")
    welsh = dict(zip(households.TOWNS, households.WELSH_TOWNS, strict=True))
    block = Block(
        {
            "station": STATIONS,
            "station_cy": words([welsh[name] for name in STATIONS]),
            "easting": words([row["easting"] for row in listed]),
            "northing": words([row["northing"] for row in listed]),
            "updated_at": written_at(np.full(len(listed), world.first_day * A_DAY + 600)),
        }
    )
    into.write(SYSTEM, "stations", [block])


def _post_refs(at: Ints) -> Words:
    return words([f"POST{one + 1:05}" for one in at])


def _role(chance: Chance, at: Ints) -> Ints:
    return chance.about("role").pick(at, (46, 28, 10, 3, 4, 5, 4))


def _posts(chance: Chance, at: Ints, opened: Ints) -> Block:
    role = _role(chance, at)
    return Block(
        {
            "post_ref": _post_refs(at),
            "role": _ROLES[role],
            "team": _TEAMS[role],
            "station": STATIONS[chance.about("station").below(at, len(STATIONS))],
            "full_time_equivalent": words(["1.0", "0.8", "0.6", "0.5"])[chance.about("part").pick(at, (80, 8, 7, 5))],
            "funded_by": words(["force", "commissioner", "partner"])[chance.about("funded").pick(at, (90, 8, 2))],
            "opened_on": written(opened),
            "updated_at": written_at(opened * A_DAY + 540),
        }
    )


def _names(chance: Chance, at: Ints) -> Words:
    listed = names()
    origin = "en", "cy"
    given = [listed.by_origin_and_sex[code, sex] for code in origin for sex in (0, 1)]
    family = [listed.by_origin[code] for code in origin]
    which = chance.about("name").below(at, 4)
    made = []
    for number, one in zip(at, which, strict=True):
        alone = np.asarray([number])
        first = given[one].places[chance.about("forename").pick(alone, given[one].weights[1])[0]]
        last = family[one // 2].places[chance.about("surname").pick(alone, family[one // 2].weights[0])[0]]
        made.append(f"{listed.forenames[first]} {listed.surnames[last]}")
    return words(made)


def _holders(chance: Chance, staff: Staff) -> Iterator[Block]:
    """Whoever holds the post now, and for some whoever held it before; a vacant post has had its last holder."""
    at, starts = staff.present, staff.held_since
    yield Block(
        {
            "post_ref": _post_refs(at),
            "staff_ref": staff.refs[at],
            "name": _names(chance.about("now"), at),
            "from_on": written(starts[at]),
            "updated_at": written_at(starts[at] * A_DAY + 540),
        }
    )
    before = np.flatnonzero(staff.had_another)
    yield Block(
        {
            "post_ref": _post_refs(before),
            "staff_ref": words([f"{ref}L" for ref in staff.refs[before]]),
            "name": _names(chance.about("before"), before),
            "from_on": written(staff.opened[before]),
            "to_on": written(staff.last_until[before]),
            "updated_at": written_at((staff.last_until[before] + 1) * A_DAY + 540),
        }
    )


def _absences(world: World, chance: Chance, staff: Staff) -> Block:
    away = np.flatnonzero(staff.away_from < NEVER)
    begins, ends = staff.away_from[away], staff.away_until[away]
    back = ends <= world.last_day
    return Block(
        {
            "staff_ref": staff.refs[away],
            "from_on": written(begins),
            "to_on": written(ends, back),
            "kind": words(["sickness", "parental", "secondment", "restricted"])[
                chance.about("kind").pick(away, (60, 20, 12, 8))
            ],
            "covered_by": staff.covered_by[away],
            "updated_at": written_at(np.where(back, ends, begins) * A_DAY + 540),
        }
    )
