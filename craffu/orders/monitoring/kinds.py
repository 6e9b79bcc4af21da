"""What came of a check, and why a respondent is not there to be checked."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of a check. Keys are stored."""

    DONE = "done"
    ATTEMPTED = "attempted"
    REFUSED = "refused"
    CONCERN = "concern"


class Absent(StrEnum):
    """Why a respondent is not there to be checked. Keys are stored."""

    CUSTODY = "custody"
    HOSPITAL = "hospital"
    ABROAD = "abroad"
