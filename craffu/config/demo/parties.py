"""In which case each order of the invented force lies, against whom it is and whom it protects.

Of the cases that had been reported when an order began it lies in the one that was reported last and is not over: what is done
this month is about what happened lately, and not about a case that closed years ago.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, Min, OuterRef, Subquery

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseRole, CaseStage
from craffu.cases.queries import cases_page, roles_in
from craffu.cases.states import OVER
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records

# More than enough for an order each: nobody is in two.
MOST_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom an order is against and whom it protects, in which case."""

    case: Case
    respondent: SourceRecord
    protected: SourceRecord


class Cases:
    """The cases open to somebody in which one person is suspected and another is the victim, each taken once and nobody twice."""

    def __init__(self, by: Acting) -> None:
        self._by = by
        self._met: set[int] = set()
        roles = CaseRole.objects.for_user(by).filter(case=OuterRef("pk"))
        stages = CaseStage.objects.for_user(by).filter(case=OuterRef("pk")).order_by("-id")
        of_both = cases_page(by).filter(Exists(roles.filter(role="suspect")), Exists(roles.filter(role="victim")))
        self._cases = list(
            of_both.annotate(reported=Min("versions__reported_at"), stage=Subquery(stages.values("stage")[:1]))
            .filter(reported__isnull=False)
            .order_by("-reported", "-id")
        )

    def take(self, began: datetime) -> Parties | None:
        """For an order that began at an instant. None where no case is left."""
        for of in self._in_order(began):
            people = {one.pk for one in people_of_records(self._by, [of.respondent.pk, of.protected.pk]).values()}
            if len(people) == 2 and not people & self._met:
                self._met |= people
                return of
        return None

    def _in_order(self, began: datetime) -> Iterator[Parties]:
        """Those reported by then that are not over, the last first; then those that are over, and those reported since."""
        ordered = sorted(self._cases, key=lambda case: (case.reported > began, case.stage in OVER))
        for case in ordered[:MOST_LOOKED_AT]:
            records = {role.role: role.record for role in reversed(roles_in(self._by, case.pk))}
            yield Parties(case, records["suspect"], records["victim"])
