"""What of a breach stands with another case than its own that is shut to the reader: it is not told (SEC-02).

An incident of a case that is open may have been told of from one that is not: another breach was joined to it, or a detention
that tells of it was put right to be for another crime. That the incident happened is told as before, and not what told of it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from craffu.access.acting import Acting
from craffu.access.reach.queries import shut_to
from craffu.breaches.ledger.kinds import FoundBy
from craffu.breaches.models import Breach, BreachSource, StandpointTaken
from craffu.cases.number_queries import cases_of_crimes, cases_of_offences, crimes_of_detentions
from craffu.common import lookups  # noqa: F401 (registers `one_of`)

_NONE: Final = ""


def open_sources(by: Acting, sources: Mapping[int, tuple[BreachSource, ...]]) -> Mapping[int, tuple[BreachSource, ...]]:
    """Those that stand with no case that is shut to the reader. No query for whoever sees everything, five at most."""
    if by.sees_all:
        return sources
    cases = _cases_of(by.joining(), [one for several in sources.values() for one in several])
    shut = shut_to(by, "case", {case for several in cases.values() for case in several} - {_NONE})
    return {number: tuple(one for one in several if not shut & cases[one.pk]) for number, several in sources.items()}


def without_shut_reasons(by: Acting, words: Mapping[int, tuple[StandpointTaken, ...]]) -> None:
    """What was written of a breach that was joined, and is shut to the reader itself, is taken out; what was decided stays.

    No query for whoever sees everything, two at most.
    """
    taken = {} if by.sees_all else _cases_taken_from(by.joining(), (one for each in words.values() for one in each))
    shut = shut_to(by, "case", set(taken.values()) - {_NONE}) if taken else frozenset()
    for one in (one for several in words.values() for one in several):
        if taken.get(one.taken_from_id or 0, _NONE) in shut:
            one.reason = ""


def _cases_of(by: Acting, sources: Collection[BreachSource]) -> dict[int, set[str]]:
    """The references of the cases with which each of these stands beside that of its breach, by row number."""
    detained = {(one.source, one.key) for one in sources if one.kind == FoundBy.CUSTODY}
    held_for = crimes_of_detentions(by, detained)
    crime_of = {one.pk: one.key for one in sources if one.kind == FoundBy.CRIME}
    crime_of |= {one.pk: held_for.get((one.source, one.key), _NONE) for one in sources if one.kind == FoundBy.CUSTODY}
    of_crime = cases_of_crimes(by, set(crime_of.values()) - {_NONE})
    charges = {one.pk: int(one.key) for one in sources if is_charge(one)}
    of_charge = cases_of_offences(by, set(charges.values()))
    taken = _cases_taken_from(by, sources)
    return {
        one.pk: {
            of_crime.get(crime_of.get(one.pk, _NONE), _NONE),
            of_charge.get(charges.get(one.pk, 0), _NONE),
            taken.get(one.taken_from_id or 0, _NONE),
        }
        for one in sources
    }  # fmt: skip


def is_charge(one: BreachSource) -> bool:
    """Whether a source is a charge at court: its key is the row number of the offence."""
    return one.kind == FoundBy.COURT and one.key.isdecimal()


def _cases_taken_from(by: Acting, rows: Iterable[BreachSource | StandpointTaken]) -> dict[int, str]:
    """The reference of the case of each breach from which something was taken. One query, and none where nothing was."""
    taken = frozenset(one.taken_from_id for one in rows if one.taken_from_id is not None)
    if not taken:
        return {}
    rows_taken = Breach.objects.for_user(by).filter(pk__one_of=taken, case__isnull=False)
    return dict(rows_taken.order_by().values_list("pk", "case__reference"))
