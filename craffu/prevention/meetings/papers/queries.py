"""What is asked before minutes leave: what each agency is given, what of a victim stands in them, what left before (VIC-09)."""

from collections.abc import Collection

from craffu.access.acting import Acting, acting_system
from craffu.cases.victim_queries import victims_beside
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import names_given, records_ever_of, records_now_of, records_of_whoever
from craffu.people.scanning import kinds_found
from craffu.prevention.meetings.papers.rules import names_somebody_else
from craffu.prevention.meetings.queries import Item, MeetingStory
from craffu.prevention.meetings.rules import items_for
from craffu.prevention.models import Meeting, MinutesPrinted
from craffu.victims.leaks.queries import found_of_anybody, values_of


def items_of(story: MeetingStory, agency: int | None) -> list[Item]:
    """The items that the force or an agency is given."""
    if agency is None:
        return list(story.items)
    has = {one.number: one.agencies for one in story.items}
    given = set(items_for(agency, has, story.bound))
    return [one for one in story.items if one.number in given]


def protected_in(by: Acting, items: Collection[Item], text: str) -> dict[str, int]:
    """Which kinds of what is protected stand in a text, and how many: about the victims beside whoever these items are about,
    and of any other victim a whole address, a telephone or an e-mail. What whoever is discussed gave is their own.

    Read as the system reads: whoever prints need not know where somebody lives.
    """
    system = acting_system(by.force, by.actor.name)
    own = _own(system, items)
    hers = _hers(system, items, own)
    found = kinds_found(text, values_of(system, hers))
    return dict.fromkeys(found_of_anybody(system, text, without=own), 1) | found


def names_others(by: Acting, given: Collection[Item], items: Collection[Item], text: str, free: str) -> bool:
    """Whether a name stands in a text about items that a victim beside anybody discussed ever gave, or another discussed did."""
    system = acting_system(by.force, by.actor.name)
    own = _own(system, given)
    everybody = _now(system, {person.pk for one in items for person in one.people})
    beside = sorted({*_hers(system, items, own), *everybody} - set(own))
    names = names_given(system, [*own, *beside])
    return names_somebody_else(
        text, free, {name for record in beside for name in names.get(record, ())},
        {name for record in own for name in names.get(record, ())},
    )  # fmt: skip


def _now(system: Acting, people: Collection[int]) -> list[int]:
    return sorted({record for records in records_now_of(system, people).values() for record in records})


def _own(system: Acting, items: Collection[Item]) -> list[int]:
    """The records of whoever these items are about; of several by now it is not known whose are meant."""
    return _now(system, {one.person.pk for one in items})


def _hers(system: Acting, items: Collection[Item], own: Collection[int]) -> list[int]:
    """The records of the victims beside whoever these items are about, by every record that is or ever was theirs."""
    people = {person.pk for one in items for person in (one.row.person, *one.people)}
    near = records_of_whoever(system, records_ever_of(system, people))
    return sorted(set(records_of_whoever(system, victims_beside(system, near, without=own))) - set(own))


def printed_of(by: Acting, meeting: Meeting) -> list[MinutesPrinted]:
    """The minutes that left, the newest first, without their content. One query."""
    rows = MinutesPrinted.objects.for_user(by).filter(meeting=meeting).select_related("by", "agency")
    return list(rows.defer("content", "words").order_by("-id"))


def find_printed(by: Acting, meeting: Meeting, number: int) -> MinutesPrinted | None:
    """Minutes that left, with their content."""
    rows = MinutesPrinted.objects.for_user(by).filter(meeting=meeting, pk=number)
    found: MinutesPrinted | None = rows.select_related("by", "agency").first()
    return found
