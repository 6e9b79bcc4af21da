"""What an advocate whom she named and consented to may do, and until when (VIC-10). Never anything of the suspect's record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AdvocateMay(StrEnum):
    """All that an advocate may do, for one named victim."""

    GIVE_HER_VIEW = "give_her_view"
    RECEIVE_HER_UPDATES = "receive_her_updates"
    SEE_PROMISES = "see_promises"


class NotAllowed(StrEnum):
    """Why an advocate may not."""

    ANOTHER_VICTIM = "another_victim"
    NOT_FOR_AN_ADVOCATE = "not_for_an_advocate"
    NOT_NAMED = "not_named_by_her"
    NO_CONSENT = "no_consent"
    CONSENT_ENDED = "consent_ended"


@dataclass(frozen=True, slots=True)
class Advocate:
    """For whom, since when named and consented to, and from which day on no longer; None where that did not happen."""

    victim: str
    named_on: date | None
    consent_on: date | None
    consent_ended_on: date | None = None


def why_not(advocate: Advocate, victim: str, action: str, on: date) -> NotAllowed | None:
    """VIC-10: None where the advocate may. Consent counts from its day; ending it works on the very day."""
    if advocate.victim != victim:
        return NotAllowed.ANOTHER_VICTIM
    if action not in set(AdvocateMay):
        return NotAllowed.NOT_FOR_AN_ADVOCATE
    if advocate.named_on is None or advocate.named_on > on:
        return NotAllowed.NOT_NAMED
    if advocate.consent_on is None or advocate.consent_on > on:
        return NotAllowed.NO_CONSENT
    if advocate.consent_ended_on is not None and advocate.consent_ended_on <= on:
        return NotAllowed.CONSENT_ENDED
    return None
