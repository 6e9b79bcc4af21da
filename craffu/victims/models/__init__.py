"""What is recorded of victims; all of it is only ever added to."""

from craffu.victims.models.agreements import AgreementDraft, AgreementVersion, FearedDate
from craffu.victims.models.asking import Answers, Invitation, InvitationStep, LogEntry, NotInvited, Sitting
from craffu.victims.models.contacts import CaseHappening, Contact, NotArrived, Promise, PromiseExcuse, ToldOfHappening
from craffu.victims.models.letters import VictimLetter
from craffu.victims.models.safety import EntitlementSaid, MeasureTold, NeedAnswer, ReferralStep, SafetyMeasure
from craffu.victims.models.surveys import SurveyAnswered, SurveyInvited, SurveyNotAsked
from craffu.victims.models.voice import Advocate, AdvocateEnded, View, ViewAnswered, Withdrawn

__all__ = [
    "Advocate",
    "AdvocateEnded",
    "AgreementDraft",
    "AgreementVersion",
    "Answers",
    "CaseHappening",
    "Contact",
    "EntitlementSaid",
    "FearedDate",
    "Invitation",
    "InvitationStep",
    "LogEntry",
    "MeasureTold",
    "NeedAnswer",
    "NotArrived",
    "NotInvited",
    "Promise",
    "PromiseExcuse",
    "ReferralStep",
    "SafetyMeasure",
    "Sitting",
    "SurveyAnswered",
    "SurveyInvited",
    "SurveyNotAsked",
    "ToldOfHappening",
    "VictimLetter",
    "View",
    "ViewAnswered",
    "Withdrawn",
]
