"""Police ranks, which decide who may authorise what (ORD-03): Police Act 1996 s.13; the Metropolitan ranks beside them."""

from enum import StrEnum


class Rank(StrEnum):
    """Police ranks from below; the Metropolitan ranks stand beside those they equal."""

    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    CHIEF_INSPECTOR = "chief_inspector"
    SUPERINTENDENT = "superintendent"
    CHIEF_SUPERINTENDENT = "chief_superintendent"
    COMMANDER = "commander"
    ASSISTANT_CHIEF_CONSTABLE = "assistant_chief_constable"
    DEPUTY_ASSISTANT_COMMISSIONER = "deputy_assistant_commissioner"
    DEPUTY_CHIEF_CONSTABLE = "deputy_chief_constable"
    ASSISTANT_COMMISSIONER = "assistant_commissioner"
    CHIEF_CONSTABLE = "chief_constable"
    DEPUTY_COMMISSIONER = "deputy_commissioner"
    COMMISSIONER = "commissioner"
