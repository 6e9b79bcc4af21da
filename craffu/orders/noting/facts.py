"""What is noted under an order beside its moves. Keys are stored, and stand in addresses."""

from enum import StrEnum
from typing import Final


class Noted(StrEnum):
    """The respondent gave the first notification (CLK-03). A protected person was given the terms in writing, a court was asked
    to relax or end the order, of which those are told whom it protects; one of them was told of the order, or why not (VIC-06).
    A court refused to change or end it, which is no step in its life (MET26), and is told as what was asked is (VIC-06).
    Another duty to notify the police began or ended, for which this one waits (CLK-05, CLK-06).
    """

    NOTIFIED = "notified"
    TERMS_GIVEN = "terms-given"
    RELAXATION_SOUGHT = "relaxation-sought"
    CHANGE_REFUSED = "change-refused"
    TOLD = "told"
    NOT_TOLD = "not-told"
    SOA_PART_2 = "soa-part-2"
    SOA_PART_2_ENDED = "soa-part-2-ended"
    SPA_9 = "spa-9"
    SPA_9_ENDED = "spa-9-ended"


class Change(StrEnum):
    """What a court can be asked to do with an order that stands. Keys are stored."""

    VARY = "vary"
    RENEW = "renew"
    DISCHARGE = "discharge"


# What is done for somebody whom the order protects.
FOR_SOMEBODY: Final = frozenset({Noted.TERMS_GIVEN, Noted.TOLD, Noted.NOT_TOLD})
# What says that somebody was told of the order, or why not.
TELLS: Final = frozenset({Noted.TOLD, Noted.NOT_TOLD})
# Of another duty to notify the police: it began, or it ended.
OTHER_DUTIES: Final = frozenset({Noted.SOA_PART_2, Noted.SOA_PART_2_ENDED, Noted.SPA_9, Noted.SPA_9_ENDED})
