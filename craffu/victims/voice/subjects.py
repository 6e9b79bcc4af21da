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


class MaySee(StrEnum):
    """Who may see her words, by her consent, beside those who look after her."""

    PROSECUTION = "prosecution"
    COURT = "court"
    ORDERS_TEAM = "orders_team"
    SCRUTINY = "scrutiny"


# The notice about who may come to read her words, as it stands; a changed notice is a new version.
NOTICE_VERSION = 1
