"""What is searched for before anything leaves to somebody: what is protected about them, about whoever is beside them, and about
any victim at all (VIC-09).

Read as the system reads: whoever writes need not know where somebody lives. Only kinds are answered, never a value.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.models import CaseRole
from craffu.cases.victim_queries import victims_beside
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.homes.finding import doors_in, postcodes_in, tells
from craffu.people.models import RecordedContact
from craffu.people.queries import contacts_of, records_of_whoever, whole_people
from craffu.people.tokens import (
    ADDRESS,
    contact_tokens_to_look_for,
    door_tokens_to_look_for,
    postcode_tokens_to_look_for,
)
from craffu.victims.agreements.queries import terms, versions_of
from craffu.victims.leaks.rules import leaks

_WORD: Final = re.compile(r"\S+")
_PHONE: Final = re.compile(r"\+?\(?\d[\d\s().-]{8,}\d")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
# An address of a stranger is found as it is kept, whatever its commas and capitals: from so many words to so many.
_FEWEST, _MOST = 3, 14


def values_of(system: Acting, records: Sequence[int]) -> list[tuple[str, str]]:
    """What is protected about whoever these records are: every contact ever given, and the safe words agreed."""
    if not records:
        return []
    words = [("safe_word", word) for one in versions_of(system, records) if (word := terms(one).safe_word)]
    return [*contacts_of(system, records), *words]


def found_for(by: Acting, text: str, records: Collection[int]) -> tuple[str, ...]:
    """The kinds of what is protected that stand in a text for whoever these records are; nothing, and it may go to them.

    Their own address is no exception: somebody who lives with them may read what comes. Eight queries at most.
    """
    system = acting_system(by.force, by.actor.name)
    near = records_of_whoever(system, [*records, *victims_beside(system, records)])
    return tuple(dict.fromkeys([*leaks(text, values_of(system, near)), *found_of_anybody(by, text)]))


def found_of_anybody(by: Acting, text: str, *, without: Collection[int] = ()) -> list[str]:
    """Which kinds of contact of any victim stand in a text: an address, a telephone, an e-mail. Four queries at most.

    A school or a workplace of somebody who is in no case with them tells nothing of anybody. `without` are records of somebody
    whose own contacts may stand in it.
    """
    system = acting_system(by.force, by.actor.name)
    asked = {token for kind, value in _candidates(text) for token in contact_tokens_to_look_for(kind, value)}
    rows = RecordedContact.objects.for_user(system).filter(token__one_of=asked).order_by()
    held = dict.fromkeys(rows.values_list("version__record", "kind")) if asked else {}
    held |= dict.fromkeys((record, ADDRESS) for record in _told_of(system, text))
    if not held:
        return []
    # The record that says it need not be the one that says that they are a victim.
    people = whole_people(system, {record for record, _ in held})
    roles = CaseRole.objects.for_user(system.joining()).filter(
        record__one_of=frozenset(people), role=CaseRole.Role.VICTIM
    )
    left_out = {people[record].pk for record in without if record in people}
    victims = {people[record].pk for record in roles.order_by().values_list("record_id", flat=True)}
    return sorted({kind for record, kind in held if record in people and people[record].pk in victims - left_out})


def _told_of(system: Acting, text: str) -> list[int]:
    """The records whose address stands in a text however it is written: found by their tokens, and only these read. One query."""
    doors = {token for door in doors_in(text) for token in door_tokens_to_look_for(door.key)}
    postcodes = {token for one in postcodes_in(text) for token in postcode_tokens_to_look_for(one)}
    if not doors and not postcodes:
        return []
    rows = RecordedContact.objects.for_user(system).order_by()
    by_door, by_postcode = (
        rows.filter(**{f"{column}__one_of": tokens}).values_list("version__record", "value")
        for column, tokens in (("door_token", doors), ("postcode_token", postcodes))
    )
    both = by_door.union(by_postcode, all=True).order_by()
    return [record for record, address in both if tells(text, address)]


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """What in a text could be somebody's contact."""
    yield from (("phone", one) for one in _PHONE.findall(text))
    yield from (("email", one.rstrip(".")) for one in _EMAIL.findall(text))
    words = _WORD.findall(text)
    numbered = [bool(re.search(r"\d", one)) for one in words]
    for at in range(len(words)):
        for length in range(_FEWEST, _MOST + 1):
            # A town alone is nobody's address.
            if at + length <= len(words) and any(numbered[at : at + length]):
                yield "address", " ".join(words[at : at + length])
