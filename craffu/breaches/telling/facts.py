"""What a system's word that may be a breach is, before it is stored."""

from enum import StrEnum
from typing import NamedTuple


class Tells(StrEnum):
    """What tells of it. Keys are stored."""

    PROBATION = "probation"
    CONTACT = "contact"
    TAG = "tag"


class TellingRow(NamedTuple):
    """One word. Instants are UTC as text; `record_key` is the sender's own key of the record of whoever it is about: the
    respondent of probation and of a tag, the victim of a contact.
    """

    key: str
    number: int
    said_at: str
    line: int
    record_key: str
    crime: str
    order_ref: str
    happened_at: str
    is_day_only: bool
    decision: str
    in_zone: bool | None
    is_withdrawn: bool
    words: str
