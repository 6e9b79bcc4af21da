"""Whether the conduct in a case that a dip sample read was rightly classed (form, DS-A1; R2b).

Pure. Rightly only in part is not rightly. What the file does not tell, or two reviewers see otherwise, is neither.
"""

from collections.abc import Sequence
from typing import Final

from craffu.scrutiny.asking.kinds import Judged

CLASSED: Final = "DS-A1"
_TOLD: Final = {Judged.YES.value: True, Judged.PARTLY.value: False, Judged.NO.value: False}


def rightly(said: Sequence[str], decided: str | None) -> bool | None:
    """By what was decided where reviewers differ, else by what all of them said; None where that tells nothing."""
    if decided is not None:
        return _TOLD.get(decided)
    found = {_TOLD.get(one) for one in said}
    return found.pop() if len(found) == 1 else None
