"""The posts of the force, who holds them, long absences, training and the roster of the last weeks."""

from collections.abc import Iterator

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.chance import Chance, Flags, Ints, Words, whole
from craffu.config.generate.days import A_DAY, written, written_at
from craffu.config.generate.tables import names, rate, words
from craffu.config.generate.world import World, staff_ref
from craffu.config.generate.writing import Block, Extracts

SYSTEM = "staff"
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
_STATIONS = words(sorted(set(households.COURT_TOWNS)))
_PROGRAMMES = ("Stalking awareness", "Stalking champions", "Civil orders", "Risk assessment")
_ROSTER_DAYS = 28


def write(world: World, into: Extracts) -> None:
    at = np.arange(world.officers())
    chance = world.chance.about("staff")
    opened = world.first_day - chance.about("opened").between(at, 100, 3_000)
    vacant = chance.about("vacant").hit(at, rate("staff.vacant"))
    changed = chance.about("changed").hit(at, 0.25)
    day = chance.about("changed on").between(at, world.first_day, world.last_day)
    refs = words([staff_ref(world.number, one) for one in at.tolist()])
    into.write(SYSTEM, "posts", [_posts(chance, at, opened)])
    into.write(SYSTEM, "holders", _holders(chance, at, refs, opened, day, vacant, changed))
    into.write(SYSTEM, "absences", [_absences(world, chance, at[~vacant], refs)])
    into.write(SYSTEM, "training", _training(world, chance, at[~vacant], refs))
    into.write(SYSTEM, "shifts", _shifts(world, chance, at[~vacant], refs))


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
            "station": _STATIONS[chance.about("station").below(at, len(_STATIONS))],
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


def _holders(
    chance: Chance, at: Ints, refs: Words, opened: Ints, day: Ints, vacant: Flags, changed: Flags
) -> Iterator[Block]:
    """Whoever holds the post now, and for some whoever held it before; a vacant post has had its last holder."""
    starts = np.where(changed, day, opened)
    present = ~vacant
    yield Block(
        {
            "post_ref": _post_refs(at[present]),
            "staff_ref": refs[present],
            "name": _names(chance.about("now"), at[present]),
            "from_on": written(starts[present]),
            "updated_at": written_at(starts[present] * A_DAY + 540),
        }
    )
    before = np.flatnonzero(changed | vacant)
    yield Block(
        {
            "post_ref": _post_refs(at[before]),
            "staff_ref": words([f"{ref}L" for ref in refs[before]]),
            "name": _names(chance.about("before"), at[before]),
            "from_on": written(opened[before]),
            "to_on": written(np.maximum(day[before] - 1, opened[before])),
            "updated_at": written_at(day[before] * A_DAY + 540),
        }
    )


def _absences(world: World, chance: Chance, at: Ints, refs: Words) -> Block:
    away = at[chance.about("away").hit(at, rate("staff.absent"))]
    begins = world.last_day - chance.about("away from").between(away, 5, 700)
    ends = begins + chance.about("away for").between(away, 20, 200)
    back = ends <= world.last_day
    cover = chance.about("cover").below(away, max(1, len(at)))
    covered = chance.about("covered").hit(away, 0.4)
    return Block(
        {
            "staff_ref": refs[away],
            "from_on": written(begins),
            "to_on": written(ends, back),
            "kind": words(["sickness", "parental", "secondment", "restricted"])[
                chance.about("kind").pick(away, (60, 20, 12, 8))
            ],
            "covered_by": np.where(covered, refs[at[cover]], "") if len(away) else words([]),
            "updated_at": written_at(np.where(back, ends, begins) * A_DAY + 540),
        }
    )


def _training(world: World, chance: Chance, at: Ints, refs: Words) -> Iterator[Block]:
    for number, programme in enumerate(_PROGRAMMES):
        done = at[chance.about("trained", number).hit(at, (0.6, 0.15, 0.25, 0.7)[number])]
        day = chance.about("trained on", number).between(done, world.last_day - 1_800, world.last_day)
        recent = day > world.last_day - 700
        yield Block(
            {
                "staff_ref": refs[done],
                "programme": words([programme] * len(done)),
                "version": np.where(recent, "2", "1"),
                "trained_on": written(day),
                "renew_by": written(day + 730),
                "updated_at": written_at(day * A_DAY + 1_000),
            }
        )


def _shifts(world: World, chance: Chance, at: Ints, refs: Words) -> Iterator[Block]:
    """Four days on and two off, early, late or night."""
    for ago in range(_ROSTER_DAYS):
        day = world.last_day - _ROSTER_DAYS + 1 + ago
        on = at[(at + day) % 6 < 4]
        turn = (on + day // 6) % 3
        starts = day * A_DAY + whole([7 * 60, 14 * 60, 22 * 60])[turn]
        yield Block(
            {
                "staff_ref": refs[on],
                "station": _STATIONS[chance.about("shift station").below(on, len(_STATIONS))],
                "starts_at": written_at(starts),
                "ends_at": written_at(starts + 9 * 60),
                "updated_at": written_at(np.full(len(on), (day - 10) * A_DAY + 600)),
            }
        )
