"""What is true, beside what the systems say: who is who, what happened, which orders were broken, and how many rows there are."""

import numpy as np

from craffu.config.generate import households
from craffu.config.generate.breaches import also_against, condition_names
from craffu.config.generate.cases import NO, RELATIONSHIPS
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.days import A_DAY, NEVER, written, written_at
from craffu.config.generate.offences import CONDUCTS, column
from craffu.config.generate.orders import CONDITIONS, KINDS, STATUSES
from craffu.config.generate.people import ORIGINS
from craffu.config.generate.records import Described
from craffu.config.generate.tables import MAN, drawn_word, rate, words
from craffu.config.generate.world import ROLES, World
from craffu.config.generate.writing import (
    PLAIN,
    WINDOWS,
    Block,
    Extracts,
    Part,
    blocks_of,
    errors_with_encoding,
    in_windows_1252,
    numbers,
)

SYSTEM = "truth"
POLICE = "police"
_RECORDS = ("system", "table", "key", "person", "errors", "breaks_layout")


_DESCRIPTIONS = (
    "record", "system", "given_name", "family_name", "date_of_birth", "sex", "address", "place", "postcode", "identifier",
    "telephone", "email", "aliases", "person",
)  # fmt: skip


class Records:
    """Whose each record of each system is, which errors were put into it, and all descriptions in one table."""

    def __init__(self, world: World, into: Extracts) -> None:
        self._world = world
        self._records: Part = into.open(SYSTEM, "records", _RECORDS)
        self._descriptions: Part = into.open(SYSTEM, "descriptions", _DESCRIPTIONS)
        self.count = 0
        # Records that no reader of the extracts can take in, by table.
        self.unreadable: dict[str, set[str]] = {}
        # The sex and the day of birth that each record of the police says, in its order.
        self.sexes: list[str] = []
        self.births: list[str] = []

    def add(
        self, system: str, table: str, keys: Words, people: Ints, errors: Words, breaks: Flags | None = None
    ) -> None:
        """Some records of a table."""
        count = len(keys)
        self.count += count
        broken = ["no"] * count if breaks is None else yes_no(breaks)
        self._records.add(
            Block(
                {
                    "system": [system] * count, "table": [table] * count, "key": keys,
                    "person": self._world.people.ids(people), "errors": errors, "breaks_layout": broken,
                }
            )
        )  # fmt: skip

    def add_described(
        self, system: str, table: str, keys: Words, people: Ints, said: Described, *, encoding: str = PLAIN
    ) -> None:
        """The same of records that describe a person, and the descriptions themselves."""
        self.add(system, table, keys, people, errors_with_encoding(said, encoding), said.breaks)
        self.unreadable.setdefault(table, set()).update(keys[said.breaks])
        if system == POLICE:
            self.sexes += said.sex.tolist()
            self.births += said.born.tolist()
        columns: dict[str, Words] = {
            "record": words([f"{table}/{key}" for key in keys]),
            "system": words([system] * len(keys)),
            "given_name": said.forenames,
            "family_name": said.surname,
            "date_of_birth": said.born,
            "person": self._world.people.ids(people),
        }
        parts: dict[str, tuple[str, Words]] = {
            "sex": ("sex", said.sex), "address": ("address", said.address), "place": ("town", said.town),
            "postcode": ("postcode", said.postcode), "identifier": ("pnc", said.pnc),
            "telephone": ("telephone", said.telephone), "email": ("email", said.email), "aliases": ("aliases", said.aliases),
        }  # fmt: skip
        columns |= {name: column for name, (part, column) in parts.items() if part not in said.unsaid}
        if encoding == WINDOWS:
            columns |= {
                name: in_windows_1252(columns[name])
                for name in (*parts, "given_name", "family_name")
                if name in columns
            }
        self._descriptions.add(Block(columns))

    def close(self) -> None:
        self._records.close()
        self._descriptions.close()


def yes_no(flags: Flags) -> list[str]:
    return ["yes" if flag else "no" for flag in flags.tolist()]


def write_people(world: World, into: Extracts) -> None:
    people = world.people
    columns = (
        "person", "role", "forenames", "surname", "later_surname", "surname_changed_on", "date_of_birth", "sex", "origin",
        "language", "alias_forename", "alias_surname", "pnc_id", "household", "household_kind",
    )  # fmt: skip

    def blocks() -> "list[Block]":
        made = []
        for rows in blocks_of(len(people)):
            who = people.everybody[rows]
            changes = people.changed_on[who] < NEVER
            kind = people.kind[who]
            alias_given, alias_family = people.alias_names(who)
            made.append(
                Block(
                    {
                        "person": people.ids(who),
                        "role": ROLES[people.role[who]],
                        "forenames": people.forenames(who),
                        "surname": people.surname_of(people.surname[who], people.other_half[who]),
                        "later_surname": np.where(
                            changes, people.surname_of(people.later_surname[who], people.other_half[who]), ""
                        ),
                        "surname_changed_on": written(people.changed_on[who], changes),
                        "date_of_birth": written(people.born[who]),
                        "sex": np.where(people.sex[who] == MAN, "M", "F"),
                        "origin": words(ORIGINS)[people.origin[who]],
                        "language": np.where(people.welsh[who], "cy", "en"),
                        "alias_forename": alias_given,
                        "alias_surname": alias_family,
                        "pnc_id": np.where(people.has_pnc[who], people.pnc_ids(who), ""),
                        "household": np.where(kind == households.NONE, "", people.ids(who - who % 2)),
                        "household_kind": np.where(kind == households.NONE, "", words(households.KINDS)[kind]),
                    }
                )
            )
        return made

    into.write(SYSTEM, "people", blocks(), columns=columns)


def write_incidents(world: World, into: Extracts) -> int:
    """What happened, reported or not; how many that is."""
    crimes, people = world.crimes, world.people
    keys = column("key")
    columns = (
        "incident", "crime_ref", "suspect", "victim", "relationship", "happened_at", "conduct", "offence", "recorded_as",
        "is_breach_of", "breach",
    )  # fmt: skip
    part = into.open(SYSTEM, "incidents", columns)
    # The last is that of no order.
    called = np.append(world.orders.refs(), "")
    also = also_against(crimes, world.pairs, world.orders)
    numbered, against = crimes.breach.copy(), np.full(len(crimes), NO)
    told = np.flatnonzero(crimes.breach != NO)
    if len(world.breaches):
        against[told] = world.breaches.order[crimes.breach[told]]
    numbered[also.crime], against[also.crime] = len(world.breaches) + np.arange(len(also)), also.order
    for rows in blocks_of(len(crimes)):
        at = np.arange(len(crimes))[rows]
        breach = numbered[at]
        is_breach = breach != NO
        part.add(
            Block(
                {
                    "incident": words([f"I{one + 1:08}" for one in at]),
                    "crime_ref": world.crime_refs(at),
                    "suspect": people.ids(crimes.suspect[at]),
                    "victim": people.ids(crimes.victim[at]),
                    "relationship": words(RELATIONSHIPS)[world.pairs.relationship[crimes.pair[at]]],
                    "happened_at": written_at(crimes.began[at]),
                    "conduct": words(CONDUCTS)[crimes.conduct[at]],
                    "offence": keys[crimes.true_offence[at]],
                    "recorded_as": np.where(crimes.is_incident[at], "incident", keys[crimes.offence[at]]),
                    "is_breach_of": np.where(is_breach, called[against[at]], ""),
                    "breach": np.where(is_breach, breach_refs(np.maximum(breach, 0)), ""),
                }
            )
        )
    silent = _never_told(world)
    for rows in blocks_of(len(silent)):
        at = np.arange(len(silent))[rows]
        pair = silent[rows]
        chance = world.chance.about("unreported")
        day = world.pairs.first_day[pair] + chance.about("day").below(at, 400)
        part.add(
            Block(
                {
                    "incident": words([f"U{one + 1:08}" for one in at]),
                    "suspect": people.ids(world.pairs.suspect[pair]),
                    "victim": people.ids(world.pairs.victim[pair]),
                    "relationship": words(RELATIONSHIPS)[world.pairs.relationship[pair]],
                    "happened_at": written_at(
                        np.minimum(day, world.last_day) * A_DAY + chance.about("hour").below(at, A_DAY)
                    ),
                    "conduct": drawn_conduct(world, at),
                }
            )
        )
    part.close()
    return len(crimes) + len(silent)


def _never_told(world: World) -> Ints:
    count = round(len(world.crimes) * rate("cases.unreported"))
    return world.chance.about("unreported").about("pair").below(np.arange(count), len(world.pairs))


def drawn_conduct(world: World, at: Ints) -> Words:
    return drawn_word(world.chance.about("unreported conduct"), "cases.conduct", at)


def breach_refs(breaches: Ints) -> Words:
    return words([f"B{at + 1:07}" for at in breaches])


def write_orders(world: World, into: Extracts) -> None:
    orders, pairs, people = world.orders, world.pairs, world.people
    columns = (
        "order_ref", "kind", "respondent", "protected", "made_on", "ends_on", "served_on", "varied_on", "discharged_on",
        "listed_as", "lapsed_but_listed_in_force", "years",
    )  # fmt: skip
    listed = STATUSES[orders.status(world.last_day)]
    block = Block(
        {
            "order_ref": orders.refs(),
            "kind": words(KINDS)[orders.kind],
            "respondent": people.ids(pairs.suspect[orders.pair]),
            "protected": people.ids(pairs.victim[orders.pair]),
            "made_on": written(orders.made),
            "ends_on": written(orders.ends, orders.ends < NEVER),
            "served_on": written(orders.served, orders.served < NEVER),
            "varied_on": written(orders.varied, orders.varied < NEVER),
            "discharged_on": written(orders.discharged, orders.discharged < NEVER),
            "listed_as": listed,
            "lapsed_but_listed_in_force": yes_no((listed == "in_force") & (orders.ends <= world.last_day)),
            "years": numbers(orders.years),
        }
    )
    into.write(SYSTEM, "orders", [block], columns=columns)


def write_breaches(world: World, into: Extracts, known: dict[str, Flags]) -> int:
    """`known` says for each system whether its extract lets a reader know of a breach. How many there are.

    First what was set out as an act against an order, then what was reported as something else and was one (`also_against`): of
    those no system says that an order was broken.
    """
    breaches, orders, crimes = world.breaches, world.orders, world.crimes
    columns = (
        "breach", "order_ref", "respondent", "protected", "happened_at", "conditions", "order_in_force", "order_served",
        "crime_ref", *(f"known_to_{system}" for system in known),
    )  # fmt: skip
    of_crime = np.full(len(breaches), NO)
    told = np.flatnonzero(crimes.breach != NO)
    of_crime[crimes.breach[told]] = told
    also = also_against(crimes, world.pairs, orders)
    crime = np.concatenate([of_crime, also.crime])
    order = np.concatenate([breaches.order, also.order])
    at = np.concatenate([breaches.at, crimes.began[also.crime]])
    pair, day = orders.pair[order], at // A_DAY
    block = Block(
        {
            "breach": breach_refs(np.arange(len(order))),
            "order_ref": orders.refs()[order] if len(orders) else words([]),
            "respondent": world.people.ids(world.pairs.suspect[pair]),
            "protected": world.people.ids(world.pairs.victim[pair]),
            "happened_at": written_at(at),
            "conditions": [*condition_names(breaches), *([CONDITIONS[0]] * len(also))],
            "order_in_force": yes_no(day < orders.over[order]),
            "order_served": yes_no(day >= orders.served[order]),
            "crime_ref": np.where(crime == NO, "", world.crime_refs(np.maximum(crime, 0)))
            if len(crimes)
            else words([]),
            **{
                f"known_to_{system}": yes_no(np.concatenate([flags, np.zeros(len(also), dtype=bool)]))
                for system, flags in known.items()
            },
        }
    )
    into.write(SYSTEM, "breaches", [block], columns=columns)
    return len(order)


def write_counts(into: Extracts) -> None:
    """How many rows each file holds, those that repeat another, break the layout on purpose, or put an earlier one right."""
    columns = ("file", "system", "table", "rows", "repeated", "breaks_layout", "corrects")
    files = list(into.files)
    block = Block(
        {
            "file": [file.path for file in files],
            "system": [file.system for file in files],
            "table": [file.table for file in files],
            "rows": [str(file.rows) for file in files],
            "repeated": [str(file.repeated) for file in files],
            "breaks_layout": [str(file.breaks_layout) for file in files],
            "corrects": [str(file.corrects) for file in files],
        }
    )
    into.write(SYSTEM, "counts", [block], columns=columns)
