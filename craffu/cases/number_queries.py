"""By which numbers others know cases: what courts call that of a charge, and of which a crime, a detention or a charge is."""

from collections.abc import Collection

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.cases.models import CaseReference, DetentionVersion, Offence
from craffu.common import lookups  # noqa: F401 (registers `one_of`)

type Detention = tuple[str, str]


def court_numbers_later(by: Acting, offences: Collection[int]) -> Later[dict[int, tuple[str, ...]]]:
    """What courts call the case of each of these offences (PTIURN), where it is open to the reader; to be asked with others.

    One query, and none of no offence.
    """

    def of_each(rows: list[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for offence, number in rows:
            found[offence] = (*found.get(offence, ()), number)
        return found

    return Later(of_each, _court_numbers.later(by, frozenset(offences))) if offences else Later(dict)


@prepared
def _court_numbers(by: Acting, offences: frozenset[int]) -> QuerySet[Offence, tuple[int, str]]:
    rows: QuerySet[Offence] = Offence.objects.for_user(by).filter(
        pk__one_of=offences, case__references__kind=CaseReference.Kind.PTIURN
    )
    return rows.order_by("case__references__id").values_list("pk", "case__references__value")


def cases_of_crimes(by: Acting, crimes: Collection[str]) -> dict[str, str]:
    """The reference of the case of each of these crimes, for those that are known. One query, and none of no crime."""
    if not crimes:
        return {}
    known = CaseReference.objects.for_user(by).filter(kind=CaseReference.Kind.CRIME, value__one_of=frozenset(crimes))
    return dict(known.order_by().values_list("value", "case__reference"))


def cases_of_offences(by: Acting, offences: Collection[int]) -> dict[int, str]:
    """The reference of the case of each of these offences. One query, and none of no offence."""
    if not offences:
        return {}
    rows = Offence.objects.for_user(by).filter(pk__one_of=frozenset(offences))
    return dict(rows.order_by().values_list("pk", "case__reference"))


def crimes_of_detentions(by: Acting, detentions: Collection[Detention]) -> dict[Detention, str]:
    """For which crime each of these detentions, by source and key, is by its newest word. One query, and none of no detention."""
    if not detentions:
        return {}
    # An index holds both.
    sources, keys = sorted({source for source, _ in detentions}), frozenset(key for _, key in detentions)
    rows = DetentionVersion.objects.for_user(by).filter(source__in=sources, key__one_of=keys)
    said = rows.order_by("said_at", "received_at", "number").values_list("source", "key", "crime")
    return {(source, key): crime for source, key, crime in said if (source, key) in detentions}
