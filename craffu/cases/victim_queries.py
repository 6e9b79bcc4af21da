"""Which records are a victim's in the cases somebody plays a part in, so that what is said of him names nothing of hers."""

from collections.abc import Collection, Iterable

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole


def victims_beside(by: Acting, records: Iterable[int], *, without: Collection[int] | None = None) -> list[int]:
    """The victims' source records in every case of these records, restricted ones too, without these themselves, or those given.

    Two queries. For comparing only: nothing of them is shown to whoever asks (VIC-09).
    """
    own = list(records)
    roles = CaseRole.objects.for_user(by.joining())
    cases = set(roles.filter(record__in=own).order_by().values_list("case_id", flat=True))
    victims = roles.filter(case__in=cases, role=CaseRole.Role.VICTIM).exclude(
        record__in=own if without is None else without
    )
    return sorted(set(victims.order_by().values_list("record_id", flat=True)))


def victims_in(by: Acting, case: int) -> list[int]:
    """The victims' source records in a case, restricted or not. One query. For comparing only, as with those beside."""
    roles = CaseRole.objects.for_user(by.joining()).filter(case=case, role=CaseRole.Role.VICTIM)
    return sorted(set(roles.order_by().values_list("record_id", flat=True)))
