"""Who may judge on a panel, when it may give its verdict, and who dissents (issue M, item 9; requirements 1.6).

Pure. No rule names a time for training: three years is the project's own decision (ADR 93).
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.scrutiny.panels.kinds import Training, Verdict

TRAINED_FOR_YEARS: Final = 3
LEAST_MEMBERS: Final = 3


class Why(StrEnum):
    """Why a panel gives no verdict, or not this one."""

    TOO_FEW = "too_few_members"
    AWAITED = "members_awaited"
    ALL_SAID_SO = "members_agree"


def counts_until(trained_on: date) -> date:
    """The last day on which training counts."""
    year = trained_on.year + TRAINED_FOR_YEARS
    try:
        return trained_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def lacks(trained: Mapping[Training, date], on: date) -> tuple[Training, ...]:
    """The training that somebody does not have on a day: never done, to come, or too long ago."""
    return tuple(one for one in Training if one not in trained or not trained[one] <= on <= counts_until(trained[one]))


def why_no_verdict(wanted: Verdict, said: Collection[Verdict], members: int) -> Why | None:
    """Each member's own verdict comes before the panel's; where all say the same the panel can agree."""
    if members < LEAST_MEMBERS:
        return Why.TOO_FEW
    if len(said) < members:
        return Why.AWAITED
    if wanted is Verdict.CANNOT_AGREE and len(set(said)) == 1:
        return Why.ALL_SAID_SO
    return None


def differs(of_panel: Verdict, of_member: Verdict) -> bool:
    """Whether a member's own verdict is another than their panel's; where it could not agree nobody's is."""
    return of_panel is not Verdict.CANNOT_AGREE and of_member is not of_panel
