"""The steps by which a post that stands empty comes to be filled (R1a)."""

from enum import StrEnum


class RecruitingStep(StrEnum):
    """One step of recruitment to a post. Keys are stored."""

    MONEY_ASKED = "money_asked"
    MONEY_REFUSED = "money_refused"
    AUTHORISED = "authorised"
    ADVERTISED = "advertised"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    VETTED = "vetted"
    START_AGREED = "start_agreed"
    STOPPED = "stopped"
