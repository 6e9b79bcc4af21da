"""Police custody records and releases from prison."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from craffu.config.generate import households, police
from craffu.config.generate.cases import NO
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.courts import PRISON, weeks
from craffu.config.generate.days import A_DAY, written, written_at
from craffu.config.generate.offences import column
from craffu.config.generate.records import Tally, describe
from craffu.config.generate.tables import rate, words
from craffu.config.generate.truth import Records
from craffu.config.generate.world import World
from craffu.config.generate.writing import WITH_MARK, Block, Extracts, blocks_of

SYSTEM = "custody"
_RELEASES_LEAVE_OUT = ("title", "aliases", "town", "telephone", "email")
_PRISONS = words(["HMP Craig Ddu (invented)", "HMP Northbrook (invented)", "HMP Glan Wern (invented)"])


@dataclass(frozen=True, slots=True)
class Detentions:
    """One place for each arrest. `tried` is its prosecution or -1; times in minutes."""

    crime: Ints
    tried: Ints
    arrested: Ints

    def __len__(self) -> int:
        return len(self.crime)


def detentions_of(world: World) -> Detentions:
    """Everybody charged was arrested, and some who were not charged, by time of arrest."""
    crimes, chance = world.crimes, world.chance.about("custody")
    at = np.arange(len(crimes))
    charged = np.full(len(crimes), NO)
    charged[world.tried.crime] = np.arange(len(world.tried))
    others = chance.about("arrested").hit(at, rate("custody.arrested")) & ~crimes.is_incident
    others &= world.outcomes.suspect_known
    for_breach = np.zeros(len(crimes), dtype=bool)
    which = np.flatnonzero(crimes.breach != NO)
    for_breach[which] = world.breaches.arrested[crimes.breach[which]]
    crime = np.flatnonzero((charged != NO) | others | for_breach)
    tried = charged[crime]
    day = np.where(
        tried != NO, world.tried.arrested[np.maximum(tried, 0)] if len(world.tried) else 0, crimes.reported_on[crime]
    )
    minute = np.maximum(day * A_DAY + chance.about("hour").below(crime, A_DAY), crimes.reported[crime] + 30)
    keep = minute < (world.last_day + 1) * A_DAY
    crime, tried, minute = crime[keep], tried[keep], minute[keep]
    order = np.lexsort((crime, minute))
    return Detentions(crime[order], tried[order], minute[order])


def write(world: World, into: Extracts, records: Records, tally: Tally) -> Flags:
    """Writes both tables, and tells which breaches a custody record names the order of."""
    held = detentions_of(world)
    known = names_order(world, held)
    into.write(SYSTEM, "detentions", _detentions(world, held, records, tally), encoding=WITH_MARK)
    into.write(SYSTEM, "releases", _releases(world, records, tally), encoding=WITH_MARK)
    made = np.zeros(len(world.breaches), dtype=bool)
    made[world.crimes.breach[held.crime[known]]] = True
    return made


def names_order(world: World, held: Detentions) -> Flags:
    breach = world.crimes.breach[held.crime]
    if not len(world.breaches):
        return np.zeros(len(held), dtype=bool)
    sure = np.maximum(breach, 0)
    told = police.crimes_told(world)
    made: Flags = (breach != NO) & told[sure] & world.breaches.arrest_names_order[sure]
    return made


def _detentions(world: World, held: Detentions, records: Records, tally: Tally) -> Iterator[Block]:
    chance, crimes, people = world.chance.about("custody"), world.crimes, world.people
    asns = world.tried.asns() if len(world.tried) else words([""])
    codes, orders = column("cjs_code"), world.orders.refs()
    names = names_order(world, held)
    for rows in blocks_of(len(held)):
        at = np.arange(len(held))[rows]
        crime, tried, arrested = held.crime[rows], held.tried[rows], held.arrested[rows]
        who = crimes.suspect[crime]
        said = describe(people, who, arrested // A_DAY, SYSTEM, at, tally, ("email",))
        refs = words([f"DET{one + 1:07}" for one in at])
        records.add_described(SYSTEM, "detentions", refs, who, said)
        released = arrested + chance.about("released").between(at, 120, 1_380)
        charged = tried != NO
        in_custody = charged & (world.tried.in_custody[np.maximum(tried, 0)] if len(world.tried) else charged)
        uncharged = words(["police_bail", "released_under_investigation", "no_further_action"])
        disposal = np.where(
            in_custody,
            "charged_remanded",
            np.where(charged, "charged_bail", uncharged[chance.about("disposal").pick(at, (45, 25, 30))]),
        )
        bailed = disposal == "police_bail"
        asn = np.where(charged, asns[np.maximum(tried, 0)], _own_asns(at, arrested))
        breach = np.maximum(crimes.breach[crime], 0)
        named = orders[world.breaches.order[breach]] if len(world.breaches) else words([""] * len(at))
        yield Block(
            {
                "custody_ref": refs,
                "crime_ref": np.where(chance.about("crime named").hit(at, 0.9), world.crime_refs(crime), ""),
                "title": said.title,
                "forenames": said.forenames,
                "surname": said.surname,
                "aliases": said.aliases,
                "date_of_birth": said.born,
                "sex": said.sex,
                "asn": np.where(chance.about("asn missing").hit(at, 0.04), "", asn),
                "pnc_id": said.pnc,
                "address": words(
                    [", ".join(filter(None, parts)) for parts in zip(said.address, said.town, strict=True)]
                ),
                "postcode": said.postcode,
                "telephone": said.telephone,
                "station": households.COURT_TOWNS[world.towns[crime]],
                "arrested_at": written_at(arrested),
                "offence_code": codes[crimes.offence[crime]],
                "arrested_for_breach_of": np.where(names[rows], named, ""),
                "released_at": written_at(released),
                "disposal": disposal,
                "bail_ends_on": written(arrested // A_DAY + 89, bailed),
                "bail_conditions": np.where(bailed, "Not to contact the complainant directly or indirectly", ""),
                "updated_at": written_at(released + 15),
            },
            int(said.breaks.sum()),
        )


def _own_asns(at: Ints, arrested: Ints) -> Words:
    """Arrest numbers of those who were not charged: of a unit of their own, so that none is anybody else's."""
    years = written(arrested // A_DAY)
    return words([f"{day[2:4]}GAXX01{one + 1:011}X" for one, day in zip(at, years, strict=True)])


def _releases(world: World, records: Records, tally: Tally) -> Iterator[Block]:
    tried, people, chance = world.tried, world.people, world.chance.about("releases")
    which = np.flatnonzero(tried.convicted & (tried.sentence == PRISON))
    for rows in blocks_of(len(which)):
        at = which[rows]
        who = tried.suspect[at]
        served = weeks(world.chance.about("sentences"), tried.number[at]) * 7
        planned = tried.last[at] + served // 2
        out = np.where(chance.about("late").hit(at, 0.08), planned + 3, planned)
        said = describe(
            people, who, np.minimum(planned, world.last_day), SYSTEM, at + 10_000_000, tally, _RELEASES_LEAVE_OUT
        )
        refs = words([f"REL{one + 1:06}" for one in at])
        records.add_described(SYSTEM, "releases", refs, who, said)
        is_out = out <= world.last_day
        yield Block(
            {
                "release_ref": refs,
                "prison_number": people.prison_numbers(who),
                "forenames": said.forenames,
                "surname": said.surname,
                "date_of_birth": said.born,
                "sex": said.sex,
                "pnc_id": said.pnc,
                "prison": _PRISONS[chance.about("prison").below(at, len(_PRISONS))],
                "planned_on": written(planned),
                "released_on": written(out, is_out),
                "licence_ends_on": written(tried.last[at] + served),
                "licence_conditions": words(["Not to contact the victim; to live where approved"] * len(at)),
                "release_postcode": said.postcode,
                "updated_at": written_at(np.where(is_out, out, np.minimum(planned - 30, world.last_day)) * A_DAY + 600),
            },
            int(said.breaks.sum()),
        )
