"""What is asked before words of scrutiny leave to be read by anybody (VIC-09).

Read as the system reads: whoever writes need not know where somebody lives. Kinds and places are answered, never a value. A safe
word is not looked for: it is a word like any other, and in a report of many it tells nobody whose it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from craffu.access.acting import Acting, acting_system
from craffu.cases.models import Case
from craffu.cases.queries import records_in_cases
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.models import Order
from craffu.orders.queries import records_of_orders
from craffu.people.naming import Names
from craffu.people.queries import contacts_of, names_given, records_of_whoever
from craffu.people.scanning import kinds_found
from craffu.scrutiny.leaving.rules import Found, names_anybody, under_headings
from craffu.victims.leaks.queries import found_of_anybody


def people_in(by: Acting, references: Collection[str], others: Collection[int] = ()) -> list[int]:
    """The source records of everybody in these cases and orders, of `others`, and of the same people elsewhere. Seven queries."""
    system = acting_system(by.force, by.actor.name).joining()
    among = frozenset(references)
    cases = Case.objects.for_user(system).filter(reference__one_of=among).order_by().values_list("pk", flat=True)
    orders = Order.objects.for_user(system).filter(reference__one_of=among).order_by().values_list("pk", flat=True)
    found = records_in_cases(system, set(cases)) | records_of_orders(system, set(orders))
    return records_of_whoever(system, sorted({*found, *others}))


def contacts_in(by: Acting, text: str, records: Sequence[int] = ()) -> tuple[str, ...]:
    """The kinds of contact that stand in a text: any of these people's, and a whole one of any victim. Four queries at most."""
    system = acting_system(by.force, by.actor.name)
    theirs = contacts_of(system, records) if records else []
    return tuple(sorted({*kinds_found(text, theirs), *found_of_anybody(by, text)}))


def found_in(
    by: Acting, text: Mapping[str, Sequence[Mapping[str, Any]]], records: Sequence[int], signing: Sequence[str],
    titles: Sequence[str] = (),
) -> Found:  # fmt: skip
    """What stands in a report or its titles, in either language.

    Where nothing does the number of queries is the same for each report.
    """
    names = _names(by, records)
    told = [("", "\n".join(titles))]
    told += [(heading, words) for blocks in text.values() for heading, words in under_headings(blocks)]
    whole = _found(by, "\n".join(words for _heading, words in told), records, names, signing)
    if not whole.kinds and not whole.names:
        return whole
    where = [heading for heading, words in told if _holds(_found(by, words, records, names, signing))]
    return Found(whole.kinds, whole.names, tuple(dict.fromkeys(one for one in where if one)))


def _found(by: Acting, words: str, records: Sequence[int], names: Names, signing: Sequence[str]) -> Found:
    return Found(contacts_in(by, words, records), names_anybody(words, names, signing))


def _holds(found: Found) -> bool:
    return bool(found.kinds or found.names)


def _names(by: Acting, records: Collection[int]) -> set[tuple[str, str]]:
    given: Iterable[Collection[tuple[str, str]]] = names_given(acting_system(by.force, by.actor.name), records).values()
    return {name for names in given for name in names}
