"""What is said of keeping somebody's records: steps, holds and erasures, as they are stored (SEC-08, SEC-09)."""

from enum import StrEnum


class Step(StrEnum):
    """One thing that was said of keeping somebody's records. Steps are only added to."""

    OPENED = "opened"
    HOLD_PLACED = "hold_placed"
    HOLD_LIFTED = "hold_lifted"
    KEPT = "kept"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_REFUSED = "erasure_refused"
    ERASED = "erased"


class Authority(StrEnum):
    """By which authority records are held, the hold is lifted, or they are erased: a code, so that the log may say it."""

    COURT = "court"
    INQUIRY = "inquiry"
    DISCLOSURE = "disclosure"
    COMPLAINT = "complaint"
    RIGHTS_REQUEST = "rights_request"
    RETENTION_REVIEW = "retention_review"


# What may hold records, and what may end that: the review itself is no authority for either.
HOLDS = tuple(one for one in Authority if one is not Authority.RETENTION_REVIEW)
# By what records are erased.
ERASES = (Authority.RETENTION_REVIEW, Authority.COURT, Authority.RIGHTS_REQUEST)


class Relevant(StrEnum):
    """What begins the clear period again, newest first: the last of any counts."""

    CASE_REPORTED = "case_reported"
    CASE_STAGE = "case_stage"
    HEARING = "hearing"
    ORDER_MADE = "order_made"
    ORDER_ENDED = "order_ended"
    ORDER_STANDS = "order_stands"
    BREACH = "breach"
    ARREST = "arrest"
    RELEASE = "release"


class Stays(StrEnum):
    """Why something that is about somebody is not erased with them: somebody else's records need it."""

    OTHER_SUSPECT = "other_suspect"
    THEIR_OWN_CASE = "their_own_case"
    PROTECTED = "protected"
    RESPONDENT = "respondent"
