"""The fourteen roles and the capabilities given beside them (rules.md, Annex F), as data.

Keys are stable and stored; titles and sentences are for people. Annex F limits every right further by force, area, team and
case: how far a role reaches into its force stands in `access/reach/rules.py`, who is let into a case in `access/restricted`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Right:
    """A role or a capability: `code` is the page map's two letters, empty for a capability."""

    key: str
    code: str
    title: Promise
    may: Promise


ROLES = (
    Right(
        "response_officer",
        "RO",
        _("Response officer"),
        _("Search, read cards of orders in force, record incidents, attempts and service. Never restricted fields."),
    ),
    Right("investigator", "IN", _("Investigator"), _("Open and decide considerations, packs, plans and own cases.")),
    Right(
        "supervisor",
        "SU",
        _("Supervisor"),
        _("Agree high-risk decisions, answer the course-of-conduct question, sign reviews, receive escalations."),
    ),
    Right("coordinator", "CO", _("Stalking coordinator"), _("Advise, triage, re-open, and decide patterns.")),
    Right("offender_manager", "OM", _("Offender manager"), _("Checks, visits, notifications and plans.")),
    Right(
        "orders_team",
        "CT",
        _("Civil orders team"),
        _("Lodge, record hearings, versions, service and renewals; reconcile; compare terms with the sealed order."),
    ),
    Right(
        "victim_officer",
        "VC",
        _("Victim contact officer"),
        _("Agreements, contacts and views; the named right to protected fields."),
    ),
    Right("link_clerk", "LR", _("Linkage reviewer"), _("Linkage review. No casework.")),
    Right("analyst", "AN", _("Analyst"), _("Measures, profiles and intake. No casework.")),
    Right("workforce_lead", "LL", _("Learning and workforce lead"), _("Training, posts and coverage.")),
    Right(
        "auditor",
        "AU",
        _("Auditor"),
        _("Retention, erasure, disclosure log, rights requests and review of emergency access. Never own activity."),
    ),
    Right(
        "scrutiny_officer",
        "SO",
        _("Scrutiny officer"),
        _("Samples, reviews, findings and the standing answer. No live editing."),
    ),
    Right("volunteer_reviewer", "VR", _("Volunteer reviewer"), _("Own case packs, blind. Nothing else.")),
    Right(
        "commissioner_view",
        "CM",
        _("Commissioner"),
        _("Suppressed figures, reports and recommendations."),
    ),
)

CAPABILITIES = (
    Right(
        "authoriser", "", _("Authoriser"), _("Authorise or decline an application. Never own requests or decisions.")
    ),
    Right("court_liaison", "", _("Court liaison"), _("Record results and conditions from the court's own source.")),
    Right(
        "probation_liaison",
        "",
        _("Probation liaison"),
        _("Record licence conditions, breaches and recalls from their source."),
    ),
    Right(
        "advocate",
        "AD",
        _("Advocate"),
        _("Named by the victim: give her view, receive her updates, see promises. Never the suspect's record."),
    ),
    Right("duty_inspector", "", _("Duty inspector"), _("Receive and decide possible breaches past their limit.")),
    Right("administrator", "", _("Administrator"), _("Settings and accounts. No case content.")),
    Right("system", "", _("The system"), _("Facts, watches, expiry and escalation. Decides nothing about a person.")),
)

BY_KEY = {right.key: right for right in (*ROLES, *CAPABILITIES)}
BY_CODE = {right.code: right for right in BY_KEY.values() if right.code}
ROLE_KEYS = tuple(role.key for role in ROLES)

# Who belongs to no force: nobody in it is their supervisor.
OUTSIDERS = frozenset({"advocate", "volunteer_reviewer"})
# The page map's short name for the roles that run cases.
OPS = ("investigator", "supervisor", "coordinator", "offender_manager", "orders_team")
