"""Parked rows released by a person: whose the row is, is their decision and never a guess of ours (INT-04)."""

from collections.abc import Iterable

from craffu.access.acting import Acting
from craffu.intake.court_results.releasing import release_defendant
from craffu.intake.models import HeldRow
from craffu.intake.permissions import check_can_decide_held
from craffu.intake.policies import check_undecided
from craffu.intake.taking import RowResult


def release(*, by: Acting, rows: Iterable[HeldRow], decision: str, reason: str) -> list[RowResult]:
    """Carry one decision out for several parked rows, each in a transaction of its own, in the order they came.

    Raises Refusal for the first that cannot be released; those before it stay released.
    """
    check_can_decide_held(by)
    results = []
    for row in sorted(rows, key=lambda held: held.pk):
        check_undecided(row)
        results.append(release_defendant(by=by, row=row, decision=decision, reason=reason))
    return results
