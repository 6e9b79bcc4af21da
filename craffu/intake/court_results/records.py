"""The shaped record of one defendant at one hearing: typed, frozen, with each part's line in the message (INT-02).

Nothing that names a person, a place or a case shows when a record is printed; such values are stored protected.
"""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from craffu.intake.court_results.raw import fold


class AsnStanding(StrEnum):
    """How far an arrest summons number can be used. People are never linked on it alone, whatever its standing."""

    VALID = "valid"
    DUMMY = "dummy"
    MALFORMED = "malformed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the court wrote them, for showing; `folded` is for comparing and searching."""

    given: str = field(repr=False)

    @property
    def folded(self) -> str:
        """Composed letters, no outer spaces, breaks and tabs as one space."""
        return fold(self.given)


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone number and what it is for, in the sender's word (Home, Business, Mobile)."""

    purpose: str
    number: Text


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a result lasts, as the message gives it: amounts with a unit code, or dates, or both."""

    line: int
    value: int | None
    unit: str | None
    secondary_value: int | None
    secondary_unit: str | None
    starts: tuple[date, ...]
    ends: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NextHearing:
    """Where and when the case goes on, and on what bail for this offence."""

    line: int
    court_code: str | None
    hearing_date: date | None
    hearing_time: time | None
    reason: Text | None
    bail_status: str | None


@dataclass(frozen=True, slots=True)
class CourtResult:
    """One result for one offence. `code` is None where the court sent words only. Amounts in pounds."""

    line: int
    code: str | None
    text: Text | None
    qualifiers: tuple[str, ...]
    durations: tuple[Duration, ...]
    amounts: tuple[Decimal, ...]
    penalty_points: int | None
    next_hearing: NextHearing | None


@dataclass(frozen=True, slots=True)
class ChargedOffence:
    """One offence before the court. `sequence` is the court's number: offences drop out, so numbers may be missing.

    `mode_of_trial` has no leading nought, as in the official list. Wording and place may name a victim.
    """

    line: int
    sequence: int | None
    code: str | None
    title: Text | None
    wording: Text | None
    date_code: str | None
    start_date: date | None
    start_time: time | None
    end_date: date | None
    end_time: time | None
    charge_date: date | None
    arrest_date: date | None
    location: Text | None
    initiated_date: date | None
    plea: str | None
    mode_of_trial: str | None
    finding: str | None
    final: bool | None
    conviction_date: date | None
    convicting_court: str | None
    results: tuple[CourtResult, ...]


@dataclass(frozen=True, slots=True)
class DefendantHearing:
    """One person, one case, one hearing. The case is `ptiurn`; one case may have several people, each in a record.

    `court_code` is the place as sent (organisation unit and court room); `psa_code` has four digits. The two signs of
    bail, the person's and each next hearing's, are kept apart: neither overrules the other.
    """

    line: int
    position: int
    content_hash: str
    ptiurn: str = field(repr=False)
    ptiurn_as_given: str = field(repr=False)
    asn: str | None = field(repr=False)
    asn_as_given: str = field(repr=False)
    asn_standing: AsnStanding
    court_code: str | None
    psa_code: str | None
    hearing_date: date
    hearing_time: time | None
    title: Text | None
    given_names: tuple[Text, ...]
    family_name: Text
    birth_date: date | None = field(repr=False)
    gender: str | None
    pnc_id: str | None = field(repr=False)
    address: tuple[Text, ...]
    telephones: tuple[Telephone, ...]
    emails: tuple[Text, ...]
    present: str | None
    bail_status: str | None
    bail_conditions: tuple[str, ...] = field(repr=False)
    bail_conditions_as_given: Text | None
    bail_reason: Text | None
    offences: tuple[ChargedOffence, ...]
