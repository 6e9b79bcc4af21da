"""The limits of the Victims' Code by version: by when, after which event, by whom and from what they run (VIC-05).

Source: Code of Practice for Victims of Crime in England and Wales, 2021, read in secondary sources; a row that none confirmed
is marked and never printed in a letter (CLK-14; rules.md, Annex E).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Entitlement(StrEnum):
    """To which limits of the Code somebody is entitled."""

    ENHANCED = "enhanced"
    STANDARD = "standard"


class CodeEvent(StrEnum):
    """Of what the Code says that a victim is told."""

    REFERRAL_TO_SUPPORT = "referral_to_support"
    DECISION_NOT_TO_INVESTIGATE = "decision_not_to_investigate"
    ARRESTED = "arrested"
    INTERVIEWED_UNDER_CAUTION = "interviewed_under_caution"
    NO_FURTHER_ACTION = "no_further_action"
    BAIL_OR_RUI = "bail_or_rui"
    CHARGE_DECISION = "charge_decision"
    OUT_OF_COURT_DISPOSAL = "out_of_court_disposal"
    HEARING_DETAILS = "hearing_details"
    NEED_TO_GIVE_EVIDENCE = "need_to_give_evidence"
    BAIL_HEARING_OUTCOME = "bail_hearing_outcome"
    VERDICT_OR_SENTENCE = "verdict_or_sentence"
    APPEAL_NOTICE_OR_RESULT = "appeal_notice_or_result"
    VICTIM_CONTACT_SCHEME_REFERRAL = "victim_contact_scheme_referral"
    VICTIM_CONTACT_SCHEME_FIRST_CONTACT = "victim_contact_scheme_first_contact"


class From(StrEnum):
    """The day 0 of a limit; 'receipt' is the day on which witness care receives the news."""

    EVENT = "event"
    RECEIPT = "receipt"
    SENTENCE = "sentence"
    REFERRAL = "referral"


POLICE, POLICE_OR_CPS, WITNESS_CARE = "police", "police / CPS", "witness care"
WITNESS_CARE_OR_POLICE, PROBATION = "witness care / police", "probation"


@dataclass(frozen=True, slots=True)
class Limit:
    """Working days for either entitlement, who tells, from when they run, and whether a source confirms it."""

    standard: int
    enhanced: int
    who: str
    runs_from: From
    is_confirmed: bool = True

    def days(self, entitlement: Entitlement) -> int:
        return self.enhanced if entitlement is Entitlement.ENHANCED else self.standard


@dataclass(frozen=True, slots=True)
class Code:
    """One version of the Code; every limit is printed with it."""

    version: str
    limits: Mapping[CodeEvent, Limit]


CODE_2021: Final = Code(
    "2021",
    MappingProxyType(
        {
            CodeEvent.REFERRAL_TO_SUPPORT: Limit(2, 2, POLICE, From.EVENT),
            CodeEvent.DECISION_NOT_TO_INVESTIGATE: Limit(5, 1, POLICE, From.EVENT),
            CodeEvent.ARRESTED: Limit(5, 1, POLICE, From.EVENT),
            CodeEvent.INTERVIEWED_UNDER_CAUTION: Limit(5, 1, POLICE, From.EVENT),
            CodeEvent.NO_FURTHER_ACTION: Limit(5, 1, POLICE, From.EVENT),
            CodeEvent.BAIL_OR_RUI: Limit(5, 1, POLICE, From.EVENT),
            CodeEvent.CHARGE_DECISION: Limit(5, 1, POLICE_OR_CPS, From.EVENT, is_confirmed=False),
            CodeEvent.OUT_OF_COURT_DISPOSAL: Limit(5, 1, POLICE, From.EVENT, is_confirmed=False),
            CodeEvent.HEARING_DETAILS: Limit(1, 1, WITNESS_CARE, From.RECEIPT),
            CodeEvent.NEED_TO_GIVE_EVIDENCE: Limit(1, 1, WITNESS_CARE, From.RECEIPT),
            CodeEvent.BAIL_HEARING_OUTCOME: Limit(5, 1, WITNESS_CARE, From.RECEIPT),
            CodeEvent.VERDICT_OR_SENTENCE: Limit(1, 1, WITNESS_CARE, From.RECEIPT),
            CodeEvent.APPEAL_NOTICE_OR_RESULT: Limit(1, 1, WITNESS_CARE, From.RECEIPT, is_confirmed=False),
            CodeEvent.VICTIM_CONTACT_SCHEME_REFERRAL: Limit(10, 10, WITNESS_CARE_OR_POLICE, From.SENTENCE),
            CodeEvent.VICTIM_CONTACT_SCHEME_FIRST_CONTACT: Limit(20, 20, PROBATION, From.REFERRAL),
        }
    ),
)
