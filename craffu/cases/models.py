"""Investigations, what courts said in them, and what a force itself recorded: every model of cases, by its own name."""

from craffu.cases.advice.models import AdviceAnswered, AdviceAsked, AdviceFollowed
from craffu.cases.case_models import Case, CaseReference, CaseRole, CaseStage, Offence
from craffu.cases.court_models import ChargeHeard, Hearing, HearingVersion, Outcome, ResultGiven
from craffu.cases.crime_models import CaseOutcome, CaseVersion, InvolvementVersion, RoleWaiting
from craffu.cases.custody.models import DetentionVersion, ReleaseVersion
from craffu.cases.risk.forms.models import RiskAnswers, RiskForm
from craffu.cases.risk.models import RiskAssessment, RiskEvent, RiskFact, RiskObservation, RiskSecondLook

__all__ = [
    "AdviceAnswered",
    "AdviceAsked",
    "AdviceFollowed",
    "Case",
    "CaseOutcome",
    "CaseReference",
    "CaseRole",
    "CaseStage",
    "CaseVersion",
    "ChargeHeard",
    "DetentionVersion",
    "Hearing",
    "HearingVersion",
    "InvolvementVersion",
    "Offence",
    "Outcome",
    "ReleaseVersion",
    "ResultGiven",
    "RiskAnswers",
    "RiskAssessment",
    "RiskEvent",
    "RiskFact",
    "RiskForm",
    "RiskObservation",
    "RiskSecondLook",
    "RoleWaiting",
]
