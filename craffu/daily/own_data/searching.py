"""What of anybody else stands in an answer to somebody's own request (VIC-09, SEC-11).

Read as the system reads: whoever prepares it need not know where somebody lives. Kinds and numbers are answered, no values.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.models import CaseRole
from craffu.cases.queries import records_in_cases
from craffu.daily.own_data.parts import SUSPECTED, apart, bound_among, records_asked_about
from craffu.orders.models import Order, OrderProtects
from craffu.orders.queries import records_of_orders
from craffu.people.models import Person
from craffu.people.queries import names_given, names_said_last, people_of_records, records_of_whoever
from craffu.people.scanning import kinds_found
from craffu.prevention.meetings.papers.rules import names_somebody_else
from craffu.victims.leaks.queries import found_of_anybody, values_of

NAME: Final = "name"
REFERENCE: Final = "reference"
_PERSON: Final = re.compile(r"\bP-\d+\b", re.ASCII | re.IGNORECASE)
_LINES: Final = re.compile(r"[,;\n]")
_NUMBER: Final = re.compile(r"\S*\d\S*\s*")


@dataclass(frozen=True, slots=True)
class Others:
    """Everybody beside somebody: their records, those of whoever asks, and what is protected about the first.

    `is_hers` where whoever asks is a victim and is suspected of nothing: what is protected about her is not written to her
    either, because whoever asks in her name may be the one from whom she hides.
    """

    records: tuple[int, ...]
    own: tuple[int, ...]
    contacts: tuple[tuple[str, str], ...]
    streets: tuple[tuple[str, str], ...]
    is_hers: bool


def details_of_others(by: Acting, records: Collection[int]) -> Others:
    """Of everybody in the same cases and orders, whatever system said so. A number of queries that does not grow."""
    system = acting_system(by.force, by.actor.name)
    roles = list(
        CaseRole.objects.for_user(system).filter(record__in=records).order_by().values_list("case", "record", "role")
    )
    parts = {role for _case, _record, role in roles}
    is_hers = CaseRole.Role.VICTIM in parts and not parts & set(SUSPECTED)
    beside = records_in_cases(system, {case for case, _record, _role in roles})
    hers = apart(roles, records, bound_among(system, records))
    orders = set(Order.objects.for_user(system).filter(respondent__in=records).order_by().values_list("pk", flat=True))
    named = OrderProtects.objects.for_user(system).filter(record__in=records).order_by()
    orders |= set(named.values_list("order_id", flat=True))
    own = set(records) - hers
    found = {*records_of_whoever(system, (beside | records_of_orders(system, orders)) - set(records)), *hers} - own
    of = sorted(found | own if is_hers else found)
    contacts = tuple(dict.fromkeys(values_of(system, of)))
    return Others(tuple(sorted(found)), tuple(sorted(own)), contacts, tuple(_streets(contacts)), is_hers)


def found_in_answer(by: Acting, person: Person | None, text: str) -> dict[str, int]:
    """The kinds of what may not leave in an answer to this person, and how many of each.

    A name that a record of theirs gave once and gives no more may be somebody else's, and is searched for. Where the register
    does not know who asks, it is searched for a whole contact of any victim and for anybody's reference.
    """
    system = acting_system(by.force, by.actor.name)
    records = records_asked_about(by, person) if person is not None else []
    others = details_of_others(by, records)
    found = kinds_found(text, others.streets) | kinds_found(text, others.contacts)
    anybody = found_of_anybody(system, text, without=() if others.is_hers else others.own)
    found = dict(sorted((dict.fromkeys(anybody, 1) | found).items()))
    given = names_given(system, [*others.own, *others.records])
    ever = {name for names in given.values() for name in names}
    if names_somebody_else(text, text, ever, names_said_last(system, others.own)):
        found[NAME] = 1
    own = {one.reference for one in people_of_records(system, others.own).values()}
    if (
        strangers := {one.upper() for one in _PERSON.findall(text)}
        - own
        - {person.reference if person is not None else ""}
    ):
        found[REFERENCE] = len(strangers)
    return found


def _streets(contacts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of an address its street without the number: near enough to find somebody."""
    for kind, value in contacts:
        for line in _LINES.split(value) if kind == "address" else ():
            street = _NUMBER.sub("", line).strip() if re.search(r"\d", line) else ""
            if len(street.split()) > 1:
                yield kind, street
