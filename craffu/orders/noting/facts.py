"""What is noted under an order beside its moves. Keys are stored, and stand in addresses."""

from enum import StrEnum


class Noted(StrEnum):
    """The respondent gave the first notification (CLK-03); a protected person was given the terms in writing, a court was asked
    relax or end the order, of which those are told whom it protects (VIC-06).
    """

    NOTIFIED = "notified"
    TERMS_GIVEN = "terms-given"
    RELAXATION_SOUGHT = "relaxation-sought"
