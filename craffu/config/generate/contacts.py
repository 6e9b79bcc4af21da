"""Contacts with victims that the police wrote down; now and then a victim tells of a breach that is recorded nowhere else."""

from collections.abc import Iterator

import numpy as np

from craffu.config.generate.chance import Flags, Ints
from craffu.config.generate.days import A_DAY, written_at
from craffu.config.generate.police import record_of_victim
from craffu.config.generate.tables import drawn, rate, words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts, blocks_of

_TOLD = "Says that the suspect has been in touch again although an order forbids it."
_ABOUT = words(["update", "safety", "arrest", "bail", "charge", "hearing", "order"])
_CHANNELS = words(["telephone", "visit", "text_message", "email", "letter"])


def write(world: World, into: Extracts) -> Flags:
    """Writes the table, and tells of which breaches its words let a reader know."""
    told, crime = _told(world)
    into.write("police", "contacts", _contacts(world, told, crime))
    known = np.zeros(len(world.breaches), dtype=bool)
    known[told] = True
    return known


def _told(world: World) -> tuple[Ints, Ints]:
    """Breaches told of in a contact, each with the latest crime of the pair that was recorded before."""
    breaches, crimes = world.breaches, world.crimes
    which = np.flatnonzero(breaches.in_words_of_contact & (breaches.day < world.last_day))
    order = np.lexsort((crimes.recorded, crimes.pair))
    keys = crimes.pair[order] * (1 << 32) + crimes.recorded[order]
    place = np.searchsorted(keys, breaches.pair[which] * (1 << 32) + breaches.at[which], side="right") - 1
    crime = order[np.maximum(place, 0)]
    found = (place >= 0) & (crimes.pair[crime] == breaches.pair[which])
    # In a counter-allegation the victim is the other of the two.
    found &= crimes.victim[crime] == world.pairs.victim[breaches.pair[which]]
    return which[found], crime[found]


def _contacts(world: World, told: Ints, told_of: Ints) -> Iterator[Block]:
    crimes, chance = world.crimes, world.chance.about("contacts")
    count = drawn(chance.about("how many"), "contacts.of_a_crime", np.arange(len(crimes)))
    crime = np.repeat(np.arange(len(crimes)), count)
    at = np.arange(len(crime))
    begins = np.repeat(np.cumsum(count) - count, count)
    # Roughly every two weeks, from the day of recording on, in the hours in which people are up.
    day = crimes.recorded[crime] // A_DAY + (at - begins) * 14 + chance.about("days").below(at, 12) + 1
    when = day * A_DAY + chance.about("hour").between(at, 8 * 60, 20 * 60)
    crime = np.concatenate([crime, told_of])
    when = np.concatenate([when, world.breaches.at[told] + 90])
    speaks = np.concatenate([np.zeros(len(at), dtype=bool), np.ones(len(told), dtype=bool)])
    keep = np.flatnonzero(when < (world.last_day + 1) * A_DAY)
    order = keep[np.lexsort((keep, when[keep]))]
    victims = record_of_victim(world)
    for rows in blocks_of(len(order)):
        which = order[rows]
        place = np.arange(len(order))[rows]
        from_victim = speaks[which] | chance.about("direction").hit(which, 0.18)
        reached = from_victim | chance.about("reached").hit(which, rate("contacts.reached"))
        charged = world.outcomes.charged[crime[which]]
        about = _ABOUT[chance.about("about").pick(which, (50, 20, 8, 6, 3, 3, 10))]
        late_stage = np.isin(about, ("charge", "hearing", "bail"))
        yield Block(
            {
                "contact_ref": words([f"VC{one + 1:08}" for one in place]),
                "crime_ref": world.crime_refs(crime[which]),
                "person_ref": world.records.refs(victims[crime[which]]),
                "contacted_at": written_at(when[which]),
                "channel": _CHANNELS[chance.about("channel").pick(which, (60, 12, 14, 10, 4))],
                "direction": np.where(from_victim, "from_victim", "to_victim"),
                "reached": np.where(reached, "yes", "no"),
                "about": np.where(speaks[which], "safety", np.where(late_stage & ~charged, "update", about)),
                "officer": world.officer_of(crime[which]),
                "words": np.where(speaks[which], _TOLD, ""),
                "updated_at": written_at(when[which] + 10),
            }
        )
