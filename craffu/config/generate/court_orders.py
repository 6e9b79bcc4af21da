"""The court's lists of civil orders: applications, orders as they stand, and their conditions word for word."""

from collections.abc import Iterator

import numpy as np

from craffu.config.demo.words import PLACES
from craffu.config.generate import households
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.courts import COURT_PLACE_OF_TOWN, case_reference
from craffu.config.generate.days import A_DAY, NEVER, written, written_at, years_of
from craffu.config.generate.orders import CONDITIONS, KINDS, NMO, NO, RESULT_CODES, STATUSES, Orders
from craffu.config.generate.people import People
from craffu.config.generate.records import Tally, describe
from craffu.config.generate.tables import words
from craffu.config.generate.truth import Records
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts, blocks_of

SYSTEM = "court-orders"
_APPLICATIONS_LEAVE_OUT = ("title", "aliases", "sex", "pnc", "address", "town", "postcode", "telephone", "email")
_COURTS = words([place.court.code for place in PLACES])
_WORDS = {
    "contact": "Not to contact {who} directly or indirectly by any means",
    "place": "Not to go to {street}, {town}",
    "publication": "Not to publish anything about {who} on the internet",
    "follow": "Not to follow, watch or record {who}",
    "notify": "To notify the police of any name used and of the home address within three days of service",
}
_VARIED = {"contact": "Not to contact {who} except through a solicitor"}


def place_of_pair(world: World, pair: Ints) -> Ints:
    """The place, with its courts, where the suspect of each pair had their first home."""
    homes = world.people.homes.ids[world.pairs.suspect[pair], 0]
    return COURT_PLACE_OF_TOWN[households.towns_of(world.people.chance.about("addresses"), homes)]


def ptiurns(world: World) -> Words:
    """The case in which each order was made; orders on application have cases of their own, family courts none."""
    orders = world.orders
    made = words([""] * len(orders))
    by_court = np.flatnonzero(orders.prosecution != NO)
    made[by_court] = world.tried.ptiurns()[orders.prosecution[by_court]]
    asked = np.flatnonzero(orders.application != NO)
    made[asked] = application_ptiurns(world)[orders.application[asked]]
    return made


def application_ptiurns(world: World) -> Words:
    """The case of each application by the police, numbered after those of the criminal courts."""
    tried, asked = len(world.tried), world.applications
    return words(
        [
            case_reference(number, year)
            for number, year in enumerate((years_of(asked.lodged) % 100).tolist(), start=tried + 1)
        ]
    )


def write(world: World, into: Extracts, records: Records, tally: Tally) -> None:
    into.write(SYSTEM, "applications", _applications(world, records, tally))
    into.write(SYSTEM, "orders", _orders(world, records, tally))
    into.write(SYSTEM, "conditions", _conditions(world))


def _applications(world: World, records: Records, tally: Tally) -> Iterator[Block]:
    asked = world.applications
    refs = world.orders.refs()
    for rows in blocks_of(len(asked)):
        at = np.arange(len(asked))[rows]
        who = world.pairs.suspect[asked.pair[at]]
        said = describe(world.people, who, asked.lodged[at], SYSTEM, at + 10_000_000, tally, _APPLICATIONS_LEAVE_OUT)
        keys = words([f"APP-{one + 1:06}" for one in at])
        heard = (asked.heard[at] <= world.last_day) & (asked.result[at] != "not_yet_heard")
        records.add_described(SYSTEM, "applications", keys, who, said)
        order = asked.order[at]
        yield Block(
            {
                "application_ref": keys,
                "order_kind": words(KINDS)[asked.kind[at]],
                "action": asked.action[at],
                "order_ref": np.where(order == NO, "", refs[np.maximum(order, 0)])
                if len(refs)
                else words([""] * len(at)),
                "court_code": _COURTS[place_of_pair(world, asked.pair[at])],
                "lodged_on": written(asked.lodged[at]),
                "heard_on": written(asked.heard[at], heard),
                "result": asked.result[at],
                "respondent_forenames": said.forenames,
                "respondent_surname": said.surname,
                "respondent_date_of_birth": said.born,
                "updated_at": written_at(np.where(heard, asked.heard[at], asked.lodged[at]) * A_DAY + 960),
            },
            int(said.breaks.sum()),
        )


def _orders(world: World, records: Records, tally: Tally) -> Iterator[Block]:
    orders, people = world.orders, world.people
    refs, cases = orders.refs(), ptiurns(world)
    status = orders.status(world.last_day)
    for rows in blocks_of(len(orders)):
        at = np.arange(len(orders))[rows]
        who = world.pairs.suspect[orders.pair[at]]
        said = describe(people, who, orders.made[at], SYSTEM, at, tally, ("aliases", "telephone", "email"))
        records.add_described(SYSTEM, "orders", refs[at], who, said)
        last = np.maximum.reduce([orders.made[at], *(_past(days[at], world.last_day) for days in _changes(orders))])
        yield Block(
            {
                "order_ref": refs[at],
                "order_kind": words(KINDS)[orders.kind[at]],
                "court_code": np.where(
                    orders.kind[at] == NMO, "FAMILY", _COURTS[place_of_pair(world, orders.pair[at])]
                ),
                "ptiurn": cases[at],
                "result_code": RESULT_CODES[orders.kind[at]],
                "made_on": written(orders.made[at]),
                "ends_on": written(orders.ends[at], orders.ends[at] < NEVER),
                "until_further_order": np.where(orders.ends[at] < NEVER, "no", "yes"),
                "status": STATUSES[status[at]],
                "varied_on": written(orders.varied[at], orders.varied[at] < NEVER),
                "respondent_title": said.title,
                "respondent_forenames": said.forenames,
                "respondent_surname": said.surname,
                "respondent_date_of_birth": said.born,
                "respondent_sex": said.sex,
                "respondent_address": _one_line(said.address, said.town),
                "respondent_postcode": said.postcode,
                "respondent_pnc_id": said.pnc,
                "protected_person": full_names(people, world.pairs.victim[orders.pair[at]], orders.made[at]),
                "updated_at": written_at(last * A_DAY + 960),
            },
            int(said.breaks.sum()),
        )


def _changes(orders: Orders) -> tuple[Ints, Ints]:
    return orders.varied, orders.discharged


def _past(days: Ints, last_day: int) -> Ints:
    return np.where(days <= last_day, days, 0)


def _one_line(address: Words, town: Words) -> Words:
    return words([", ".join(part for part in parts if part) for parts in zip(address, town, strict=True)])


def full_names(people: People, who: Ints, days: Ints) -> Words:
    made: Words = people.forenames(who) + (" " + people.surnames(who, days))
    return made


def _conditions(world: World) -> Iterator[Block]:
    orders, people = world.orders, world.people
    terms = world.chance.about("breaches", "terms")
    refs = orders.refs()
    for rows in blocks_of(len(orders)):
        at = np.arange(len(orders))[rows]
        held = orders.has_condition(terms, at)
        victim = world.pairs.victim[orders.pair[at]]
        names = full_names(people, victim, orders.made[at])
        homes = people.homes.at(victim, orders.made[at])
        addresses = people.chance.about("addresses")
        streets = households.street_lines(addresses, homes)
        towns = households.TOWNS[households.towns_of(addresses, homes)]
        made: dict[str, list[str]] = {name: [] for name in _COLUMNS}
        days = _written_days(orders, at)
        for place, one in enumerate(at):
            filled = {"who": names[place], "street": streets[place], "town": towns[place]}
            _add(made, refs[one], filled, held[place], {name: column[place] for name, column in days.items()})
        yield Block(dict(made))


_COLUMNS = (
    "order_ref", "condition_number", "version", "condition_kind", "words", "from_on", "to_on", "updated_at",
)  # fmt: skip


def _written_days(orders: Orders, at: Ints) -> dict[str, Words]:
    is_varied = orders.varied[at] < NEVER
    return {
        "made": written(orders.made[at]),
        "varied": written(orders.varied[at], is_varied),
        "before": written(orders.varied[at] - 1, is_varied),
        "made_at": written_at(orders.made[at] * A_DAY + 960),
        "varied_at": written_at(orders.varied[at] * A_DAY + 960, is_varied),
    }


def _add(made: dict[str, list[str]], ref: str, filled: dict[str, str], held: Flags, days: dict[str, str]) -> None:
    """The conditions of one order; contact stands in two versions where the order was varied."""
    number = 0
    for place, name in enumerate(CONDITIONS):
        if not held[place]:
            continue
        number += 1
        kind = "requirement" if name == "notify" else "prohibition"
        ends = days["before"] if name in _VARIED else ""
        row = (ref, str(number), "1", kind, _WORDS[name].format(**filled), days["made"], ends, days["made_at"])
        _append(made, row)
        if name in _VARIED and days["varied"]:
            words_now = _VARIED[name].format(**filled)
            _append(made, (ref, str(number), "2", kind, words_now, days["varied"], "", days["varied_at"]))


def _append(made: dict[str, list[str]], row: tuple[str, ...]) -> None:
    for name, value in zip(_COLUMNS, row, strict=True):
        made[name].append(value)
