"""The records management system of the police: persons, crimes, who was involved, and how it ended."""

from collections.abc import Iterator

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.cases import COUNTING_RULE_CHANGED, NO, RELATIONSHIPS
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.days import A_DAY, NEVER, written, written_at
from craffu.config.generate.offences import CONDUCTS, OFFENCES, column
from craffu.config.generate.records import Tally, describe
from craffu.config.generate.tables import drawn_word, rate, words
from craffu.config.generate.truth import Records
from craffu.config.generate.world import ROLES, World
from craffu.config.generate.writing import Block, Column, Extracts, blocks_of, numbers

SYSTEM = "police"
_STATIONS = households.COURT_TOWNS


def write(world: World, into: Extracts, records: Records, tally: Tally) -> None:
    into.write(SYSTEM, "persons", _persons(world, into, records, tally))
    into.write(SYSTEM, "crimes", _crimes(world))
    into.write(SYSTEM, "involvements", _involvements(world))
    into.write(SYSTEM, "outcomes", _outcomes(world))


def _persons(world: World, into: Extracts, records: Records, tally: Tally) -> Iterator[Block]:
    people, made = world.people, world.records
    chance, encoding = world.chance.about("police persons"), into.encoding(SYSTEM, "persons")
    for rows in blocks_of(len(made)):
        at = np.arange(len(made))[rows]
        who, day = made.person[rows], made.day[rows]
        said = describe(people, who, day, "police", at, tally)
        refs = made.refs(at)
        columns: dict[str, Column] = {
            "person_ref": refs,
            "title": said.title,
            "forenames": said.forenames,
            "surname": said.surname,
            "aliases": said.aliases,
            "date_of_birth": said.born,
            "sex": said.sex,
            "ethnicity": people.ethnicities(who),
            "pnc_id": said.pnc,
            "cro_number": np.where(people.has_pnc[who] & chance.about("cro").hit(at, 0.5), people.cro_numbers(who), ""),
            "address": said.address,
            "town": said.town,
            "postcode": said.postcode,
            "telephone": said.telephone,
            "email": said.email,
            "language": np.where(chance.about("language").hit(at, 0.7), np.where(people.welsh[who], "cy", "en"), ""),
            "updated_at": written_at(day * A_DAY + 720 + chance.about("minute").below(at, 600)),
        }
        records.add_described(SYSTEM, "persons", refs, who, said, encoding=encoding)
        yield Block(columns, int(said.breaks.sum()))
        # Word for word once more, as where two extracts overlap.
        again = chance.about("repeated").hit(at, rate("records.row_repeated"))
        if again.any():
            repeated = {name: np.asarray(column, dtype=object)[again] for name, column in columns.items()}
            yield Block(repeated, int(said.breaks[again].sum()), int(again.sum()))


def _crimes(world: World) -> Iterator[Block]:
    crimes, chance = world.crimes, world.chance.about("police crimes")
    ptiurn = _ptiurns(world)
    in_order = np.argsort(world.place_of_crime, kind="stable")
    codes, titles, classes = column("cjs_code"), column("title"), column("home_office_class")
    for rows in blocks_of(len(crimes)):
        at = in_order[rows]
        offence = crimes.offence[at]
        code = np.where(chance.about("code missing").hit(at, rate("cases.code_missing")), "", codes[offence])
        homes = world.people.homes.at(crimes.victim[at], crimes.began[at] // A_DAY)
        addresses = world.people.chance.about("addresses")
        place = households.street_lines(addresses, homes)
        town = households.TOWNS[world.towns[at]]
        grade = drawn_word(chance.about("grade"), "cases.risk_grade", at)
        day_to_day = crimes.ended[at] - crimes.began[at] > A_DAY
        yield Block(
            {
                "crime_ref": world.crime_refs(at),
                "recorded_as": np.where(offence == NO, "incident", "crime"),
                "home_office_class": classes[offence],
                "offence_code": code,
                "offence_title": titles[offence],
                "occurred_from": written_at(crimes.began[at]),
                "occurred_to": written_at(crimes.ended[at], day_to_day),
                "reported_at": written_at(crimes.reported[at]),
                "recorded_at": written_at(crimes.recorded[at]),
                "location": words([f"{line}, {where}" for line, where in zip(place, town, strict=True)]),
                "lsoa": households.areas(world.towns[at], addresses, homes),
                "station": stations(world, at),
                "officer": world.officer_of(at),
                "flags": _flags(world, at),
                "risk_grade": grade,
                "risk_graded_at": written_at(
                    crimes.recorded[at] + chance.about("graded").between(at, 30, 900), grade != ""
                ),
                "ptiurn": ptiurn[at],
                "stage": stages_of(world, at),
                "summary": _summaries(world, at),
                "updated_at": written_at(np.minimum(last_change(world, at), (world.last_day + 1) * A_DAY - 1)),
            }
        )


def _ptiurns(world: World) -> Words:
    made = words([""] * len(world.crimes))
    made[world.tried.crime] = world.tried.ptiurns()
    return made


def _flags(world: World, at: Ints) -> Words:
    """stalking, domestic_abuse and repeat_victim; what should be flagged is not always."""
    crimes, chance = world.crimes, world.chance.about("flags")
    seen = ~chance.about("missing").hit(at, rate("cases.flag_missing"))
    stalking = (crimes.conduct[at] == CONDUCTS.index("stalking")) & seen
    # Before the counting rule nobody flagged what was recorded otherwise.
    stalking &= (crimes.reported_on[at] >= COUNTING_RULE_CHANGED) | (crimes.offence[at] == crimes.true_offence[at])
    domestic = world.pairs.intimate[crimes.pair[at]] & ~chance.about("domestic missing").hit(
        at, rate("cases.flag_missing")
    )
    first = np.r_[True, crimes.pair[1:] != crimes.pair[:-1]][at] if len(crimes) else np.zeros(0, dtype=bool)
    repeat = ~first & ~chance.about("repeat missing").hit(at, rate("cases.flag_missing"))
    return words(
        [
            ";".join(name for name, has in (("stalking", s), ("domestic_abuse", d), ("repeat_victim", r)) if has)
            for s, d, r in zip(stalking, domestic, repeat, strict=True)
        ]
    )


def stages_of(world: World, at: Ints) -> Words:
    """The stage of each crime as it stands on the last day."""
    outcomes, crimes = world.outcomes, world.crimes
    pending = words([""] * len(crimes))
    pending[world.tried.crime] = np.where(world.tried.first > world.last_day, "charged", "court")
    decided = np.zeros(len(crimes), dtype=bool)
    decided[world.tried.crime] = world.tried.last <= world.last_day
    stage = np.where(outcomes.first_day[at] < NEVER, "closed", "investigation")
    stage = np.where(outcomes.charged[at] & ~decided[at], pending[at], stage)
    fresh = crimes.reported_on[at] > world.last_day - 5
    stage = np.where(fresh & (stage == "investigation"), "reported", stage)
    return np.where(crimes.is_incident[at], "closed", stage)


def last_change(world: World, at: Ints) -> Ints:
    """When each crime was last changed, and so when it is said to have come to its stage."""
    days = world.outcomes.charged_on[at]
    return np.where(days < NEVER, days * A_DAY + 900, world.crimes.recorded[at] + 60)


_SAID = {
    "stalking": "Follows and watches; waits near home and work; messages from new accounts.",
    "harassment": "Repeated unwanted calls and visits.",
    "malicious_communications": "Sent messages meant to distress.",
    "coercive_control": "Checks telephone and money, forbids seeing family.",
    "assault": "Hit during an argument.",
    "threats": "Said they would kill.",
    "damage": "Damaged the front door.",
    "public_order": "Shouted threats in the street.",
    "breach": "Made contact although told by a court not to.",
}


def _summaries(world: World, at: Ints) -> Words:
    listed = words([_SAID[name] for name in CONDUCTS])
    return listed[world.crimes.conduct[at]]


def _involvements(world: World) -> Iterator[Block]:
    held, crimes = world.involvements, world.crimes
    for rows in blocks_of(len(held.crime)):
        crime, role = held.crime[rows], held.role[rows]
        yield Block(
            {
                "crime_ref": world.crime_refs(crime),
                "person_ref": world.records.refs(held.record[rows]),
                "role": ROLES[role],
                "relationship": relations_told(world, np.arange(len(held.crime))[rows]),
                "updated_at": written_at(crimes.recorded[crime] + 30),
            }
        )


def relations_told(world: World, at: Ints) -> Words:
    """What each of these involvements says of the relationship of a suspect to the victim; empty where it says nothing."""
    held = world.involvements
    relation = words(RELATIONSHIPS)[world.pairs.relationship[world.crimes.pair[held.crime[at]]]]
    told = (held.role[at] == 0) & world.chance.about("police involvements").about("relation told").hit(at, 0.8)
    return np.where(told, relation, "")


def stations(world: World, at: Ints) -> Words:
    """The station that each of these crimes is recorded under."""
    return _STATIONS[world.towns[at]]


def home_office_classes(world: World, at: Ints) -> Words:
    """The class of each of these crimes as it is recorded; empty for an incident."""
    return column("home_office_class")[world.crimes.offence[at]]


def _outcomes(world: World) -> Iterator[Block]:
    outcomes = world.outcomes
    suspects = record_of_suspect(world)
    for number, codes, days in ((1, outcomes.first, outcomes.first_day), (2, outcomes.second, outcomes.second_day)):
        which = np.flatnonzero(days < NEVER)
        for rows in blocks_of(len(which)):
            at = which[rows]
            record = suspects[at]
            named = (record != NO) & (codes[at] == "1")
            yield Block(
                {
                    "crime_ref": world.crime_refs(at),
                    "outcome_number": numbers(np.full(len(at), number)),
                    "outcome_code": codes[at],
                    "decided_on": written(days[at]),
                    "person_ref": np.where(named, world.records.refs(np.maximum(record, 0)), ""),
                    "reason": np.where(codes[at] == "16", "Victim does not support action.", ""),
                    "updated_at": written_at(days[at] * A_DAY + 900),
                }
            )


def record_of_suspect(world: World) -> Ints:
    """The person record that names the suspect of each crime, or -1."""
    return _record_in_role(world, 0)


def record_of_victim(world: World) -> Ints:
    return _record_in_role(world, 1)


def _record_in_role(world: World, role: int) -> Ints:
    held = world.involvements
    made = np.full(len(world.crimes), NO)
    here = held.role == role
    made[held.crime[here]] = held.record[here]
    return made


def crimes_told(world: World) -> Flags:
    """Which breaches stand in the police extract as a breach of an order."""
    made = np.zeros(len(world.breaches), dtype=bool)
    of_order = [place for place, row in enumerate(OFFENCES) if row["conduct"] == "breach"]
    which = world.crimes.breach[np.isin(world.crimes.offence, of_order)]
    made[which[which != NO]] = True
    return made
