"""Somebody whom she names to speak for her, before it is stored (VIC-10)."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class NewAdvocate:
    """Who it is, for whom they work, since when she named them and agreed; `username` is their account here, if any."""

    name: str = field(repr=False)
    organisation: str
    named_on: date
    consent_on: date
    username: str = ""
