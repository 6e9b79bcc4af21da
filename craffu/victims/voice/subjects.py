"""Of what she gives her view, how it reaches us, and who may see it: the words that are stored (VIC-08, VIC-10)."""

from enum import StrEnum


class Subject(StrEnum):
    """What she is asked about."""

    ORDER = "order"
    CONDITIONS = "conditions"
    BAIL = "bail"
    CHARGE = "charge"
    REVIEW = "review"
    OUTCOME = "outcome"
    SAFETY = "safety"


class Route(StrEnum):
    """How her words reached us; through an advocate they count as hers and are marked so."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    WRITTEN = "written"
    ADVOCATE = "advocate"
    PAGE = "page"


class WhyWithdrawn(StrEnum):
    """Why she no longer supports the investigation, as it is counted (DS-C11); empty where nobody said."""

    FEAR = "fear"
    PRESSURE = "pressure"
    DELAY = "delay"
    NOT_BELIEVED = "not_believed"
    WANTS_IT_OVER = "wants_it_over"
    OTHER = "other"


class MaySee(StrEnum):
    """Who may see her words, by her consent, beside those who look after her."""

    PROSECUTION = "prosecution"
    COURT = "court"
    ORDERS_TEAM = "orders_team"
    SCRUTINY = "scrutiny"


# The notice about who may come to read her words, as it stands; a changed notice is a new version.
NOTICE_VERSION = 1
