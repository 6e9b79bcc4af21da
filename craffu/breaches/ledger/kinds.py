"""From what a breach is known, and which of the standpoints a word takes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class FoundBy(StrEnum):
    """What first told of an incident. Keys are stored."""

    REPORT = "report"
    CRIME = "crime"
    COURT = "court"
    CUSTODY = "custody"
    PROBATION = "probation"
    CONTACT = "contact"
    CHECK = "check"
    TAG = "tag"
    VICTIM_LOG = "victim_log"


class KnownHow(StrEnum):
    """How whoever reports an incident knows of it. Keys are stored."""

    SEEN = "seen"
    VICTIM_SAYS = "victim_says"
    WITNESS_SAYS = "witness_says"
    MESSAGE = "message"
    TAG_OR_DEVICE = "tag_or_device"
    AGENCY = "agency"
    OTHER = "other"


class Standpoint(StrEnum):
    """From where a breach is told of or decided on; and that whoever it was done to was told. Keys are stored."""

    REPORTED = "reported"
    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    PROBATION = "probation"
    VICTIM_TOLD = "victim_told"


# Whoever tells of these says that an order was broken; the others tell of what happened.
SAID: Final = frozenset({FoundBy.REPORT, FoundBy.COURT, FoundBy.CUSTODY, FoundBy.PROBATION, FoundBy.VICTIM_LOG})
# The standpoints whose last word a breach repeats on its own row, by the name it has there.
STANDING_AS: Final[Mapping[str, Standpoint]] = {
    "police": Standpoint.POLICE,
    "prosecution": Standpoint.PROSECUTION,
    "court": Standpoint.COURT,
    "probation": Standpoint.PROBATION,
    "told": Standpoint.VICTIM_TOLD,
}
