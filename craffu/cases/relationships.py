"""What suspects are to the victim of a case, by the newest word of their source on who was involved in a crime."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole, CaseVersion, InvolvementVersion
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


def relationships_in(
    by: Acting, cases: Collection[int], keys: Collection[str], at: datetime
) -> dict[tuple[int, str, str], str]:
    """By case, and by source and key, of the suspects whose records have these keys. Two queries."""
    told = CaseVersion.objects.for_user(by).filter(case__one_of=frozenset(cases), known_from__lte=at).order_by()
    of = {(source, crime): case for source, crime, case in told.values_list("source", "crime", "case_id").distinct()}
    involved = InvolvementVersion.objects.for_user(by).filter(
        record_key__one_of=frozenset(keys), known_from__lte=at, role=CaseRole.Role.SUSPECT
    )
    found: dict[tuple[int, str, str], str] = {}
    for source, crime, record, said in involved.order_by("said_at", "received_at", "number").values_list(
        "source", "crime", "record_key", "relationship"
    ):
        if said and (source, crime) in of:
            found[of[source, crime], source, record] = said
    return found
