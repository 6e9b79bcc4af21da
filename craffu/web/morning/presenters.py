"""What the page of a morning list shows: three parts, each entry in one of them, and whether the list came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.breaches.lists.rules import Entry, MorningList
from craffu.intake.morning.reading import Morning
from craffu.orders.models import Order
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.morning.words import WHEN
from craffu.web.orders.opening import order_link
from craffu.web.orders.words import kind_words
from craffu.web.people.presenters import name_shown, person_link
from craffu.web.presenters import Params, Text


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list: what it holds, and its table; None where it holds nobody."""

    title: Text
    none: Text
    table: Params | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of a list, everybody in it, and the orders that stand against them. `is_empty`: it came, and nobody is on it."""

    parts: tuple[Part, ...]
    people: tuple[Identity, ...]
    orders: tuple[Order, ...] = ()
    is_empty: bool = False


def shown_of(
    found: Morning, name: MorningList, people: Mapping[int, Identity], standing: Mapping[int, Sequence[Order]]
) -> Shown:
    """`standing` are the orders that stand against each person, by row number. A list that never came has no parts: nothing is
    said of whom it would hold (INT-06).
    """
    if name not in found.came:
        return Shown((), ())

    def of(entries: Iterable[Entry]) -> list[Entry]:
        return [one for one in entries if one.list is name]

    matched = found.matched
    if not any(map(of, (matched.known, matched.for_a_person, matched.unmatched))):
        return Shown((), (), is_empty=True)
    parts = (
        (_("Known to the force"), _("Nobody on this list is known."), of(matched.known)),
        (_("May be somebody known"), _("Nobody on this list waits for a decision about who they are."), of(matched.for_a_person)),
        (_("Not known"), _("Everybody on this list is known, or may be."), of(matched.unmatched)),
    )  # fmt: skip
    named = {
        person.pk: people[person.pk]
        for _title, _none, entries in parts
        for one in entries
        if (person := found.person_of(one))
    }
    return Shown(
        tuple(Part(title, none, _table(title, entries, found, people, standing)) for title, none, entries in parts),
        tuple(named.values()),
        tuple(each for person in named for each in standing.get(person, ())),
    )


def came_words(found: Morning, name: MorningList) -> str:
    """When the list came; where it did not, since when it is awaited. Never as if it were empty (INT-06)."""
    at = found.came.get(name)
    if at is None:
        return _("Not available: this list has never come.")
    if name in found.matched.not_available:
        return _(
            "Not available: this morning’s list has not come. The last came on %(when)s, and what it said stands below."
        ) % {"when": instant_words(at)}
    return _("Came on %(when)s.") % {"when": instant_words(at)}


def _table(
    title: Text,
    entries: list[Entry],
    found: Morning,
    people: Mapping[int, Identity],
    standing: Mapping[int, Sequence[Order]],
) -> Params | None:
    head: list[cells.Heading] = [
        _("Name"),
        _("Person"),
        _("Orders that stand"),
        *(WHEN[one.list] for one in entries[:1]),
    ]
    rows = []
    for one in entries:
        person, at = found.person_of(one), found.lines[one.entry].at
        when = instant_words(at) if isinstance(at, datetime) else day_words(at)
        if person is not None:
            orders = [_order(each) for each in standing.get(person.pk, ())]
            rows.append(
                [
                    cells.words(name_shown(people[person.pk])),
                    cells.link(person_link(person.reference)),
                    cells.lines(orders) if orders else cells.words(_("None that you can see")),
                    cells.words(when),
                ]
            )
    return cells.table(str(title), head, rows, is_hidden=True) if rows else None


def _order(one: Order) -> Text:
    link = cells.link(order_link(one.reference), kind_words(one.kind, is_interim=one.is_interim))
    found: Text = link["html"]
    return found
