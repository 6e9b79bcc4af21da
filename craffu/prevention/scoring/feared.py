"""Whose victim is as afraid as anybody can be: a floor, whatever the score (PRI-04)."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.risk.queries import fears_observed
from craffu.cases.risk.rules import is_most_afraid


def most_feared(by: Acting, cases: Collection[int] | None, at: datetime) -> set[str]:
    """Those of these cases, or of all, whose last answer on the victim's own fear, as known at an instant, is the top of the
    scale. As a score names a case: by its row number, in words. One query.
    """
    return {str(case) for case, value in fears_observed(by, cases, at).items() if is_most_afraid(value)}
