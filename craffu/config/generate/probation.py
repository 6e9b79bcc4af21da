"""Probation: who was supervised from when to when, what was missed, and which breaches a practitioner reported.

This extract is in Windows-1252, which has no ŵ or ŷ: names with those letters lose an accent in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from craffu.config.generate.chance import Flags, Ints
from craffu.config.generate.courts import FINE, PRISON, sentence_ends, weeks
from craffu.config.generate.days import A_DAY, written, written_at
from craffu.config.generate.offences import column
from craffu.config.generate.records import Tally, describe
from craffu.config.generate.tables import drawn, rate, words
from craffu.config.generate.truth import Records
from craffu.config.generate.world import World
from craffu.config.generate.writing import WINDOWS, Block, Extracts, blocks_of, numbers

SYSTEM = "probation"
_KINDS = words(["community_order", "suspended_sentence", "licence"])


@dataclass(frozen=True, slots=True)
class Supervisions:
    """One place for each period of supervision. `event` numbers those of one person from 1."""

    person: Ints
    tried: Ints
    event: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.person)


def supervisions_of(world: World) -> Supervisions:
    tried = world.tried
    which = np.flatnonzero(tried.convicted & (tried.sentence != FINE))
    ends = sentence_ends(world.chance.about("sentences"), tried)[which]
    served = weeks(world.chance.about("sentences"), tried.number[which]) * 7
    in_prison = tried.sentence[which] == PRISON
    starts = np.where(in_prison, tried.last[which] + served // 2, tried.last[which])
    keep = starts <= world.last_day
    which, starts, ends = which[keep], starts[keep], ends[keep]
    order = np.lexsort((starts, tried.suspect[which]))
    which, starts, ends = which[order], starts[order], ends[order]
    person = tried.suspect[which]
    new = np.r_[True, person[1:] != person[:-1]] if len(person) else np.zeros(0, dtype=bool)
    begins = (
        np.maximum.accumulate(np.where(new, np.arange(len(person)), 0)) if len(person) else np.zeros(0, dtype=np.int64)
    )
    return Supervisions(person, which, np.arange(len(person)) - begins + 1, starts, ends)


def write(world: World, into: Extracts, records: Records, tally: Tally) -> Flags:
    """Writes both tables, and tells of which breaches they let a reader know."""
    held = supervisions_of(world)
    into.write(SYSTEM, "cases", _cases(world, held, records, tally), encoding=WINDOWS)
    reported, by = _reported(world, held)
    into.write(SYSTEM, "events", _events(world, held, reported, by), encoding=WINDOWS)
    known = np.zeros(len(world.breaches), dtype=bool)
    known[reported] = True
    return known


def _cases(world: World, held: Supervisions, records: Records, tally: Tally) -> Iterator[Block]:
    people, tried, chance = world.people, world.tried, world.chance.about("probation")
    codes = column("cjs_code")
    for rows in blocks_of(len(held)):
        at = np.arange(len(held))[rows]
        who, trial = held.person[rows], held.tried[rows]
        said = describe(people, who, held.starts[rows], SYSTEM, at, tally, ("email",))
        crns, events = people.crns(who), numbers(held.event[rows])
        keys = words([f"{crn}/{event}" for crn, event in zip(crns, events, strict=True)])
        records.add_described(SYSTEM, "cases", keys, who, said, encoding=WINDOWS)
        over = held.ends[rows] <= world.last_day
        yield Block(
            {
                "crn": crns,
                "event_number": events,
                "title": said.title,
                "forenames": said.forenames,
                "surname": said.surname,
                "aliases": said.aliases,
                "date_of_birth": said.born,
                "sex": said.sex,
                "pnc_id": said.pnc,
                "address": words(
                    [", ".join(filter(None, parts)) for parts in zip(said.address, said.town, strict=True)]
                ),
                "postcode": said.postcode,
                "telephone": said.telephone,
                "supervision": _KINDS[tried.sentence[trial]],
                "offence_code": codes[world.crimes.offence[tried.crime[trial]]],
                "starts_on": written(held.starts[rows]),
                "ends_on": written(held.ends[rows]),
                "risk_of_harm": words(["low", "medium", "high", "very_high", ""])[
                    chance.about("risk").pick(at, (25, 45, 18, 2, 10))
                ],
                "practitioner": words([f"PP{one:03}" for one in chance.about("practitioner").between(at, 1, 40)]),
                "updated_at": written_at(np.where(over, held.ends[rows], held.starts[rows]) * A_DAY + 700),
            },
            int(said.breaks.sum()),
        )


def _reported(world: World, held: Supervisions) -> tuple[Ints, Ints]:
    """Which breaches a practitioner reported, and under which supervision (its place)."""
    breaches = world.breaches
    if not len(held) or not len(breaches):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    who = world.pairs.suspect[breaches.pair]
    # The latest supervision of the person that had begun by the day of the breach.
    place = np.searchsorted(held.person * 100_000 + held.starts, who * 100_000 + breaches.day, side="right") - 1
    place = np.maximum(place, 0)
    under = (held.person[place] == who) & (held.starts[place] <= breaches.day) & (breaches.day < held.ends[place])
    told = under & world.chance.about("probation told").hit(np.arange(len(breaches)), rate("breaches.probation_knows"))
    told &= breaches.day + 3 <= world.last_day
    which = np.flatnonzero(told)
    return which, place[which]


def _events(world: World, held: Supervisions, reported: Ints, by: Ints) -> Iterator[Block]:
    chance = world.chance.about("probation events")
    count = drawn(chance.about("how many"), "probation.missed", np.arange(len(held)))
    of = np.repeat(np.arange(len(held)), count)
    at = np.arange(len(of))
    length = np.maximum(1, np.minimum(held.ends[of], world.last_day) - held.starts[of])
    day = held.starts[of] + chance.about("day").below(at, length)
    kinds = words(["missed_appointment", "warning", "breach", "recall", "programme_started", "programme_finished"])
    kind = kinds[chance.about("kind").pick(at, (55, 20, 8, 3, 9, 5))]
    kind = np.where((kind == "recall") & (world.tried.sentence[held.tried[of]] != PRISON), "warning", kind)
    refs = world.orders.refs()
    ref = np.concatenate([words([""] * len(of)), refs[world.breaches.order[reported]] if len(reported) else words([])])
    supervision = np.concatenate([of, by])
    happened = np.concatenate([day, world.breaches.day[reported] + 2])
    what = np.concatenate([kind, words(["order_breach_reported"] * len(reported))])
    said = np.where(what == "order_breach_reported", "Said in supervision that there had been contact.", "")
    in_order = np.lexsort((np.arange(len(what)), happened))
    for rows in blocks_of(len(what)):
        which = in_order[rows]
        place = np.arange(len(what))[rows]
        yield Block(
            {
                "event_ref": words([f"PE{one + 1:07}" for one in place]),
                "crn": world.people.crns(held.person[supervision[which]]),
                "event_number": numbers(held.event[supervision[which]]),
                "happened_on": written(happened[which]),
                "event": what[which],
                "order_ref": ref[which],
                "words": said[which],
                "updated_at": written_at(happened[which] * A_DAY + 800),
            }
        )
