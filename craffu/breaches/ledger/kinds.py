"""From what a breach is known, and which of the standpoints a word takes."""

from enum import StrEnum


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
