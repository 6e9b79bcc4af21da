"""Parked rows released by a person: whose the row is, is their decision and never a guess of ours (INT-04)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.intake.court_results.releasing import release_defendant
from craffu.intake.evidence import check_may_compare
from craffu.intake.models import HeldRow
from craffu.intake.permissions import check_can_decide_held
from craffu.intake.policies import check_undecided
from craffu.intake.storing import stored_or_held
from craffu.intake.taking import NOT_STORABLE, RowResult


def release(*, by: Acting, rows: Iterable[HeldRow], decision: str, reason: str) -> list[RowResult]:
    """Carry one decision out for several parked rows, each in a transaction of its own, in the order they came.

    Raises Refusal for the first that cannot be released; those before it stay released.
    """
    check_can_decide_held(by)
    results = []
    for row in sorted(rows, key=lambda held: held.pk):
        check_undecided(row)
        check_may_compare(by, row)
        results.append(_released(by.joining(), row, decision, reason))
    return results


def _released(by: Acting, row: HeldRow, decision: str, reason: str) -> RowResult:
    def refused() -> RowResult:
        raise NotNow(
            NOT_STORABLE,
            _("%(row)s could not be stored and still waits. Tell whoever looks after Craffu.") % {"row": row.reference},
        )

    return stored_or_held(lambda: release_defendant(by=by, row=row, decision=decision, reason=reason), refused)
