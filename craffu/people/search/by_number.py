"""Finding people of the reader's force by a number that a system knows them by, or by the beginning of one (SEC-01)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.people.models import Person, RecordedIdentifier
from craffu.people.numbers import FORMS
from craffu.people.queries import members, whoever_now

MOST_FOUND: Final = 20
# Fewer letters and digits begin too many numbers.
_SHORTEST_BEGINNING: Final = 6
OWN: Final = "reference"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A person, and the number found: its kind (`reference` is our own, or one that is theirs no more) and how the source gives
    it.
    """

    person: int
    reference: str
    kind: str
    number: str = field(repr=False)
    is_part: bool


def people_numbered(by: Acting, numbers: Sequence[str]) -> list[Numbered]:
    """Whoever is known by any of these, numbers in capitals. Four questions at most.

    A reference whose records are another's now finds them: under it nothing stands.
    """
    if not numbers:
        return []
    own = list(Person.objects.for_user(by).filter(reference__in=list(numbers)))
    now = whoever_now(by, own)
    found = [Numbered(one.pk, one.reference, OWN, old.reference, is_part=False) for old in own for one in now[old.pk]]
    versions = _versions(by, numbers)
    whose = members(by).filter(record__versions__in=list(versions)).order_by("person_id")
    rows = whose.values_list("person_id", "person__reference", "record__versions")
    found += [
        Numbered(person, reference, *versions[version]) for person, reference, version in rows if version in versions
    ]
    return list({one.person: one for one in reversed(found)}.values())[::-1][:MOST_FOUND]


def _versions(by: Acting, numbers: Sequence[str]) -> dict[int, tuple[str, str, bool]]:
    """The versions that give these numbers or begin with them: kind, as given, whether only a part was asked for."""
    wanted, beginnings = Q(), {}
    for number in numbers:
        for kind, form in FORMS.items():
            whole = form(number)
            if whole is not None:
                wanted |= Q(kind=kind, normalised=whole)
            elif len(number) >= _SHORTEST_BEGINNING:
                beginnings[kind, number] = number[:-1] + chr(ord(number[-1]) + 1)
                wanted |= Q(kind=kind, normalised__gte=number, normalised__lt=beginnings[kind, number])
    if not wanted:
        return {}
    rows = RecordedIdentifier.objects.for_user(by).filter(wanted).order_by("-id")
    columns = rows.values_list("version_id", "kind", "as_given", "normalised")[: MOST_FOUND * 2]
    found = {}
    for version, kind, given, normalised in columns:
        # The order of letters is the database's; what begins so is ours to say.
        is_part = not any(form(number) == normalised for number in numbers for form in FORMS.values())
        if not is_part or any(normalised.startswith(number) for number in numbers):
            found[version] = (kind, given, is_part)
    return found
