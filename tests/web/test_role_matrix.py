"""T1, T8 and T20: every address, for every role and every way of asking, and what each visit leaves in the log.

A page that nobody put into the table fails the tests.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from craffu.access.acting import Acting, acting_system
from craffu.access.emergency.actions import Asked, open_in_emergency
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.rights_requests.actions import NewRequest, record_request
from craffu.access.rights_requests.kinds import Kind, Whose
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.audit.models import Event
from craffu.audit.rules import Verb
from craffu.breaches.models import Breach
from craffu.breaches.permissions import DISCLOSE
from craffu.breaches.permissions import SEE as SEE_BREACHES
from craffu.cases.advice.actions import ask_advice
from craffu.cases.advice.rules import Adviser
from craffu.cases.models import AdviceAsked, Case
from craffu.common import clock
from craffu.intake.models import HeldRow, Run
from craffu.linkage.models import Pair
from craffu.measures.digests.actions import keep_digest
from craffu.measures.permissions import ORDERS_BY, SEE
from craffu.orders.advising.actions import ask_about_order
from craffu.orders.life.states import TABLE
from craffu.orders.models import (
    LetterWritten,
    ListDifference,
    ListsCompared,
    NotificationGiven,
    Order,
    OrderDocument,
    OrderPaper,
    OrderProposal,
    OrderProtects,
    OrderReview,
    OrderTrigger,
    PaperPrinted,
)
from craffu.orders.papers.actions import keep_paper
from craffu.orders.permissions import CONSIDER as DRAFT
from craffu.orders.permissions import (
    FOLLOW_UP,
    GIVE_TERMS,
    MANAGE,
    PRINT,
    READ_REVIEWS,
    REVIEW,
    SCAN,
    SEE_A_PART,
    SEE_ALL,
    WRITE,
)
from craffu.orders.printing.rules import Printed
from craffu.orders.proposing.actions import keep_proposals
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records
from craffu.prevention.models import Meeting, MeetingItem, Plan, PlanConsulted, ScoreChallenged, ScoreStands
from craffu.prevention.permissions import CHAIR, MEET, PLAN
from craffu.prevention.permissions import READ as READ_SCORES
from craffu.prevention.permissions import STATE as STATE_SCORED
from craffu.resourcing.models import Post, VersionAccepted
from craffu.resourcing.permissions import READ_COVERAGE, READ_POSTS
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview
from craffu.scrutiny.initiatives.permissions import KEEP as KEEP_INITIATIVES
from craffu.scrutiny.initiatives.permissions import READ as READ_INITIATIVES
from craffu.scrutiny.interviewing.actions import withdraw_consent
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.models import (
    CaseReview,
    DeepDive,
    Destruction,
    Initiative,
    Interview,
    LiveRisk,
    Panel,
    Recommendation,
    Sample,
    ScrutinyReport,
)
from craffu.scrutiny.recommending.actions import bring_in
from craffu.scrutiny.recommending.shipping import shipped
from craffu.victims.agreements.facts import Terms
from craffu.victims.contacts.actions import promise_contact
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import Advocate, Invitation, Promise, SafetyMeasure, VictimLetter, View
from craffu.web.audit.words import RECORDS
from craffu.work.queues import QUEUES, roles_of
from tests import worlds
from tests.factories.breaches import reported
from tests.factories.court_lists import line, listed
from tests.factories.court_messages import court_message
from tests.factories.deep_dives import answered_by_force, begun
from tests.factories.identities import score
from tests.factories.inbox import came, read
from tests.factories.initiatives import under_way
from tests.factories.interviews import answered, referred
from tests.factories.kept_figures import kept_of
from tests.factories.letters import written, written_of_a_charge
from tests.factories.meetings import called, minuted, proposed
from tests.factories.orders import follow_and_notify, order_of, printed
from tests.factories.panels import sitting
from tests.factories.plans import approved, planned, respondent_of
from tests.factories.priorities import decided_on, scored_by
from tests.factories.reviews import answers, protected, reviewed, victim_of
from tests.factories.samples import judged, some_cases
from tests.factories.staff import one_there
from tests.factories.stories import bail_story, held_back
from tests.factories.victims import AGREED, agreed, send_victim
from tests.factories.voices import spoken
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, taking_in
from tests.worlds import force, world

__all__ = ["force", "world"]
EVERYBODY = frozenset(ROLE_KEYS)
CASE_ROLES = frozenset({*OPS, "victim_officer"})
LOOK_AFTER = frozenset({"victim_officer", "investigator", "supervisor"})
SEE_FIGURES = frozenset({"victim_officer", "supervisor", "coordinator", "analyst", "scrutiny_officer"})
READ_CATALOGUE = CASE_ROLES | {"analyst", "auditor", "scrutiny_officer"}
SAY_WHAT_COURTS_DID = frozenset({"investigator", "orders_team"})
CONSIDER = frozenset({"investigator", "supervisor", "orders_team", "coordinator"})
INTAKE_ROLES = frozenset({"analyst", "link_clerk"})
WORKERS = frozenset().union(*map(roles_of, QUEUES))
SEARCH_ROLES = frozenset({*OPS, "victim_officer", "response_officer", "link_clerk", "auditor"})
AUDITORS = frozenset({"auditor"})
BREAK_GLASS = CASE_ROLES | {"response_officer"}
REVIEWERS = frozenset({"supervisor", "coordinator", "auditor"})
PROFILE_ROLES = frozenset({"supervisor", "analyst", "scrutiny_officer", "commissioner_view"})
# What an allowed POST without its fields answers with: the form again, or a way on.
FORM_AGAIN, WAY_ON, NOT_OFFERED, CHANGED_MEANWHILE, REFUSED = 200, 302, 405, 409, 403
SEEN_ELSEWHERE = 303


@dataclass(frozen=True)
class Page:
    """Who may open an address, what a POST to it answers, and the references in it by the model they belong to.

    `logs` says whether it shows records: then each visit leaves one row in the log, and otherwise none.
    """

    roles: frozenset[str] = EVERYBODY
    post: int = NOT_OFFERED
    parts: dict[str, object] = field(default_factory=dict)
    is_public: bool = False
    get: int = 200
    logs: bool = True
    stranger: int = 200
    ends_session: bool = False
    verb: Verb = Verb.CONSULTATION


# The same on both databases: what PostgreSQL has of its own, the wall, every role meets on every page in T8 below.
ON_ONE_DATABASE = pytest.mark.sqlite

REPORT = frozenset({"response_officer", *OPS, "victim_officer"})
BREACH: dict[str, object] = {"breach": (Breach, {})}
VICTIM: dict[str, object] = {"victim": (Person, {})}
ABOUT_AN_ORDER: dict[str, object] = {
    "order": (AdviceAsked, {"about_order__gt": ""}, "about_order"),
    "number": (AdviceAsked, {"about_order__gt": ""}, "number"),
}
ORDER: dict[str, object] = {"order": (Order, {})}
# A letter to somebody protected has pages of its own, for whoever writes to them.
NO_LETTER: dict[str, object] = {
    "number": (PaperPrinted, {"kind__in": [one.value for one in Printed if one != Printed.LETTER_PROTECTED]}, "pk")
}
HEARD: dict[str, object] = {"record": (OrderProtects, {}, "record")}
REVIEWED: dict[str, object] = {"order": (OrderReview, {}, "order__reference"), "number": (OrderReview, {}, "number")}
# The page map's for P09; whoever clears up what does not agree opens a page of its own.
TRIAGE = frozenset({"investigator", "supervisor", "coordinator", "offender_manager"})
TRIAGE_WORDS = frozenset({"investigator", "supervisor", "orders_team", "offender_manager", "victim_officer"})
TRIAGE_ALL = TRIAGE | TRIAGE_WORDS
SEE_ORDERS = frozenset({*SEE_ALL, *SEE_A_PART})
COMPARE = frozenset({"orders_team", "investigator", "supervisor"})
NOTED_BY = frozenset({*MANAGE, "response_officer"})
INBOX = frozenset({"orders_team", "supervisor"})
LINKERS = frozenset({"link_clerk"})
DOCUMENT: dict[str, object] = {"document": (OrderDocument, {})}
DIFFERENCE: dict[str, object] = {"difference": (ListDifference, {"finding": "made_by_court_not_on_register"})}
SCRUTINY = frozenset({"scrutiny_officer"})
LEADS = frozenset({"workforce_lead"})
PROGRAMME: dict[str, object] = {"number": (VersionAccepted, {}, "pk")}
DIVE: dict[str, object] = {"dive": (DeepDive, {})}
PANEL: dict[str, object] = {"panel": (Panel, {})}
NO_PANEL: dict[str, object] = {"panel": "PL-99999"}
INITIATIVE: dict[str, object] = {"initiative": (Initiative, {})}
READ_RECOMMENDED = SCRUTINY | {"commissioner_view"}
RECOMMENDED: dict[str, object] = {"recommendation": (Recommendation, {})}
INTERVIEWERS = SCRUTINY | {"analyst"}
INTERVIEW: dict[str, object] = {"interview": (Interview, {})}
# Whoever took back that it is kept is asked and quoted no further.
KEPT_INTERVIEW: dict[str, object] = {"interview": (Interview, {"withdrawals": None})}
SAMPLERS = frozenset({"scrutiny_officer", "analyst"})
CASE_REVIEWERS = frozenset({"scrutiny_officer", "volunteer_reviewer"})
SAMPLE: dict[str, object] = {"sample": (Sample, {})}
CASE_REVIEW: dict[str, object] = {"case_review": (CaseReview, {})}
SCORED: dict[str, object] = {"person": (ScoreChallenged, {}, "person__reference")}
PLANNERS = frozenset(PLAN)
PLANNED: dict[str, object] = {"person": (Plan, {}, "record__memberships__person__reference")}
MEETERS = frozenset(MEET)
MEETING: dict[str, object] = {"meeting": (Meeting, {})}
# Minutes that are approved are not approved again: that page is of an open one alone.
OPEN_MEETING: dict[str, object] = {"meeting": (Meeting, {"approved": None})}
# The last item of the last meeting, which is open.
ITEM = MEETING | {"item": (MeetingItem, {}, "number")}
# The meeting before it, whose minutes are approved.
MINUTED: dict[str, object] = {"meeting": "MT-10001"}
RUN_WITH_REJECTS = (Run, {"kind": "court-results"})

PAGES: dict[str, Page] = {
    "help": Page(is_public=True, logs=False),
    "accessibility": Page(is_public=True, logs=False),
    "privacy": Page(is_public=True, logs=False),
    "gallery": Page(is_public=True, logs=False),
    "sign_in": Page(is_public=True, logs=False, get=WAY_ON, post=WAY_ON),
    # Somebody signed in has done these; a stranger is sent to the first step.
    "sign_in_factor": Page(is_public=True, logs=False, get=WAY_ON, post=WAY_ON, stranger=WAY_ON),
    "sign_in_recovery": Page(is_public=True, logs=False, get=WAY_ON, post=WAY_ON, stranger=WAY_ON),
    # Where no identity provider is set these are not there: tests/web/access/test_T17_provider.py.
    "provider_sign_in": Page(is_public=True, logs=False, get=404, stranger=404),
    "provider_back": Page(is_public=True, logs=False, get=404, stranger=404),
    "provider_refused": Page(is_public=True, logs=False, get=404, stranger=404),
    "signed_out": Page(is_public=True, logs=False, get=404, stranger=404),
    "provider_confirm": Page(logs=False, get=404),
    "account_stay": Page(get=NOT_OFFERED, post=FORM_AGAIN, logs=False),
    "account_carry_on": Page(get=WAY_ON, logs=False),
    "sign_out": Page(get=NOT_OFFERED, post=WAY_ON, logs=False, ends_session=True),
    "terms": Page(post=WAY_ON, logs=False),
    "account": Page(logs=False),
    "account_confirm": Page(post=FORM_AGAIN, logs=False),
    "account_factors": Page(logs=False),
    # Who has not proved lately who they are is sent to do so.
    "account_app": Page(get=WAY_ON, post=FORM_AGAIN, logs=False),
    "account_passkey": Page(get=WAY_ON, post=FORM_AGAIN, logs=False),
    "account_codes": Page(get=WAY_ON, post=FORM_AGAIN, logs=False),
    "account_factor_remove": Page(get=WAY_ON, post=FORM_AGAIN, parts={"which": "app"}, logs=False),
    # For the administrator's capability: tests/web/access/test_T17_factors.py.
    "factors_reset": Page(frozenset(), post=FORM_AGAIN, logs=False),
    # Whoever has its address reads it without signing in: tests/web/work/test_calendar.py.
    "calendar_feed": Page(is_public=True, logs=False, get=404, stranger=404, parts={"number": 1, "secret": "none"}),
    "held_keys": Page(logs=False),
    "account_calendar": Page(WORKERS, post=FORM_AGAIN, logs=False),
    "account_password": Page(post=FORM_AGAIN, logs=False),
    "account_sign_out_everywhere": Page(get=NOT_OFFERED, post=WAY_ON, logs=False, ends_session=True),
    # For the administrator's capability and whoever answers for one: tests/web/unattended.
    "service_list": Page(frozenset(), logs=True),
    "service_detail": Page(frozenset(), post=FORM_AGAIN, parts={"service": "svc.absent"}),
    # Whoever looks after accounts approves them: tests/web/tokens.
    "token_list": Page(logs=False),
    "token_new": Page(get=WAY_ON, post=FORM_AGAIN, logs=False),
    "token_end": Page(get=404, post=404, parts={"token": "AT-99999"}, logs=False),
    "tokens_of_force": Page(frozenset()),
    "token_detail": Page(frozenset(), post=FORM_AGAIN, parts={"token": "AT-99999"}),
    # Whoever looks after accounts sets them up: tests/web/webhooks.
    "webhook_list": Page(frozenset()),
    "webhook_new": Page(frozenset(), post=FORM_AGAIN, logs=False),
    "webhook_detail": Page(frozenset(), post=FORM_AGAIN, parts={"webhook": "WH-99999"}),
    "home": Page(),
    "home_section": Page(parts={"section": "due-today"}),
    # Nothing is shown before something is asked: tests/web/search looks at answers.
    "search": Page(SEARCH_ROLES, post=FORM_AGAIN, logs=False),
    "search_hits": Page(SEARCH_ROLES, get=WAY_ON, post=FORM_AGAIN, logs=False),
    "search_answer": Page(SEARCH_ROLES, get=WAY_ON, parts={"answer": "0" * 32}, logs=False),
    "person_list": Page(CASE_ROLES | {"response_officer"}),
    "person_detail": Page(CASE_ROLES | {"response_officer"}, parts={"person": (Person, {})}),
    # A file is asked for with a fresh factor: tests/web/exports takes some.
    "people_export": Page(frozenset({"supervisor", "coordinator"}), get=WAY_ON, post=FORM_AGAIN, logs=False),
    "person_export": Page(frozenset(OPS), get=WAY_ON, post=FORM_AGAIN, parts={"person": (Person, {})}, logs=False),
    "case_list": Page(CASE_ROLES),
    "case_detail": Page(CASE_ROLES, parts={"case": (Case, {})}),
    "case_risk": Page(CASE_ROLES, parts={"case": (Case, {})}),
    "case_risk_assess": Page(frozenset(OPS), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_risk_assessment": Page(CASE_ROLES, parts={"case": (Case, {})}),
    "case_risk_event": Page(frozenset(OPS), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_risk_look": Page(frozenset(OPS), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_risk_observe": Page(frozenset(OPS), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_advice": Page(frozenset(OPS), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_advice_one": Page(
        frozenset(OPS),
        post=FORM_AGAIN,
        parts={"case": (AdviceAsked, {}, "case__reference"), "number": (AdviceAsked, {}, "number")},
    ),
    "order_advice": Page(frozenset(OPS), post=FORM_AGAIN, parts={"order": ABOUT_AN_ORDER["order"]}),
    "order_advice_one": Page(frozenset(OPS), post=FORM_AGAIN, parts=ABOUT_AN_ORDER),
    "order_kinds": Page(READ_CATALOGUE, logs=False),
    "order_kind": Page(READ_CATALOGUE, logs=False, parts={"kind": "SPO"}),
    # For an administrator, who is no role: tests/web/catalogue looks at it.
    "order_kind_edit": Page(frozenset(), post=FORM_AGAIN, logs=False, parts={"kind": "SPO"}),
    "case_proposed": Page(SAY_WHAT_COURTS_DID, parts={"case": (OrderProposal, {}, "case__reference")}),
    "case_proposal": Page(
        SAY_WHAT_COURTS_DID,
        post=FORM_AGAIN,
        parts={"case": (OrderProposal, {}, "case__reference"), "proposal": (OrderProposal, {}, "pk")},
    ),
    "condition_library": Page(READ_CATALOGUE, logs=False),
    "library_condition": Page(READ_CATALOGUE, logs=False, parts={"key": "no-approach"}),
    # For an administrator, who is no role: tests/web/library looks at it.
    "library_condition_edit": Page(frozenset(), post=FORM_AGAIN, logs=False, parts={"key": "no-approach"}),
    "order_library": Page(CONSIDER, parts=ORDER),
    "order_library_take": Page(CONSIDER, post=FORM_AGAIN, parts=ORDER | {"key": "no-approach"}),
    "order_terms_approve": Page(frozenset({"supervisor", "orders_team"}), post=FORM_AGAIN, parts=ORDER),
    "case_consider": Page(CONSIDER, post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_not_pursued": Page(CONSIDER, post=FORM_AGAIN, parts={"case": (Case, {})}),
    "queue_assessments": Page(frozenset(OPS)),
    "queue_second_looks": Page(frozenset(OPS)),
    "order_list": Page(frozenset(SEE_ALL)),
    "order_detail": Page(SEE_ORDERS, parts=ORDER),
    "order_protects": Page(frozenset(CONSIDER), post=FORM_AGAIN, parts=ORDER),
    "order_conditions": Page(SEE_ORDERS, parts=ORDER),
    "order_step": Page(frozenset(TABLE["serve"].who), post=FORM_AGAIN, parts=ORDER | {"move": "serve"}),
    "order_new": Page(frozenset({"orders_team"}), post=FORM_AGAIN, parts={"case": (Case, {}), "move": "receive"}),
    "order_terms": Page(frozenset(DRAFT), post=FORM_AGAIN, parts=ORDER),
    "order_note": Page(frozenset(GIVE_TERMS), post=FORM_AGAIN, parts=ORDER | {"what": "terms-given"}),
    "order_follow_up": Page(frozenset(FOLLOW_UP), parts=ORDER),
    "order_follow_up_new": Page(frozenset(FOLLOW_UP), post=FORM_AGAIN, parts=ORDER),
    "order_trigger": Page(frozenset(FOLLOW_UP), post=FORM_AGAIN, parts=ORDER | {"number": (OrderTrigger, {}, "pk")}),
    "order_notifications": Page(NOTED_BY, parts=ORDER),
    "order_notification_new": Page(NOTED_BY, post=FORM_AGAIN, parts=ORDER),
    "order_notification": Page(NOTED_BY, post=FORM_AGAIN, parts=ORDER | {"number": (NotificationGiven, {}, "pk")}),
    "order_owner": Page(frozenset(MANAGE), post=FORM_AGAIN, parts=ORDER),
    "person_visits": Page(frozenset(OPS), parts={"person": (Person, {})}),
    "person_plan": Page(PLANNERS, parts=PLANNED),
    "plan_new": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "plan_option": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED | {"option": "arrest"}),
    "plan_asked": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED | {"record": (PlanConsulted, {}, "record")}),
    "plan_owner": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "plan_check": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "plan_drop": Page(PLANNERS, get=WAY_ON, post=WAY_ON, parts=PLANNED, logs=False),
    "plan_version": Page(PLANNERS, parts=PLANNED | {"plan": (Plan, {}, "pk"), "number": 1}),
    "plan_approve": Page(frozenset({"supervisor"}), post=FORM_AGAIN, parts=PLANNED | {"number": 1}),
    "plan_action_new": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "plan_action": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED | {"number": 1}),
    "plan_review": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "plan_end": Page(PLANNERS, post=FORM_AGAIN, parts=PLANNED),
    "person_now": Page(frozenset({"response_officer", *OPS}), parts={"person": (Person, {})}),
    "person_breach_new": Page(REPORT, post=FORM_AGAIN, parts={"person": (Person, {})}),
    "breach_reported": Page(REPORT, parts=BREACH),
    "person_breaches": Page(frozenset(SEE_BREACHES), parts={"person": (Person, {})}),
    **dict.fromkeys(
        ("breaches_print", "breaches_answer"),
        Page(frozenset(DISCLOSE), get=WAY_ON, post=FORM_AGAIN, parts={"person": (Person, {})}, logs=False),
    ),
    "breaches_printed": Page(
        frozenset(DISCLOSE), get=WAY_ON, post=FORM_AGAIN, parts={"person": (Person, {}), "number": "1"}, logs=False
    ),
    "meeting_list": Page(MEETERS),
    "meeting_new": Page(MEETERS, post=FORM_AGAIN, logs=False),
    "meeting_detail": Page(MEETERS, parts=MEETING),
    "meeting_members": Page(MEETERS, get=WAY_ON, post=CHANGED_MEANWHILE, parts=MINUTED, logs=False),
    "meeting_chair": Page(MEETERS, post=FORM_AGAIN, parts=MEETING),
    "meeting_call_off": Page(MEETERS, post=FORM_AGAIN, parts=MEETING),
    "meeting_agency": Page(MEETERS, post=FORM_AGAIN, parts=MEETING),
    "meeting_attendance": Page(MEETERS, post=FORM_AGAIN, parts=MEETING),
    "meeting_undertaking": Page(MEETERS, post=CHANGED_MEANWHILE, parts=MINUTED | {"number": 1}),
    "meeting_item": Page(MEETERS, post=FORM_AGAIN, parts=ITEM),
    "meeting_action_new": Page(MEETERS, post=FORM_AGAIN, parts=ITEM),
    "meeting_action": Page(MEETERS, post=FORM_AGAIN, parts=MINUTED | {"item": 1, "number": 1}),
    "meeting_propose": Page(MEETERS, post=FORM_AGAIN, parts=SCORED),
    # Somebody else has the chair.
    "meeting_approve": Page(frozenset(CHAIR), post=REFUSED, parts=OPEN_MEETING),
    "meeting_correct": Page(MEETERS, post=FORM_AGAIN, parts=MEETING),
    # A file leaves only where somebody has just proved a second factor.
    "meeting_print": Page(MEETERS, get=WAY_ON, post=FORM_AGAIN, parts=MINUTED, logs=False),
    "meeting_print_agency": Page(MEETERS, get=WAY_ON, post=FORM_AGAIN, parts=MINUTED | {"agency": 1}, logs=False),
    "meeting_printed": Page(MEETERS, get=WAY_ON, post=FORM_AGAIN, parts=MINUTED | {"number": 1}, logs=False),
    "priority_list": Page(frozenset(READ_SCORES)),
    "person_priority": Page(frozenset(READ_SCORES), post=CHANGED_MEANWHILE, parts=SCORED),
    "cohort_step": Page(frozenset(READ_SCORES), post=FORM_AGAIN, parts=SCORED | {"step": "enter"}),
    "priority_other": Page(frozenset(READ_SCORES), post=FORM_AGAIN, parts=SCORED),
    "priority_agree": Page(frozenset(STATE_SCORED), post=FORM_AGAIN, parts=SCORED),
    "score_challenge": Page(frozenset(READ_SCORES), post=FORM_AGAIN, parts=SCORED),
    "challenge_answer": Page(
        frozenset(STATE_SCORED), post=FORM_AGAIN, parts=SCORED | {"number": (ScoreChallenged, {}, "number")}
    ),
    "order_check_plan": Page(frozenset(OPS), post=FORM_AGAIN, parts=ORDER),
    "order_check_plan_one": Page(frozenset(OPS), post=FORM_AGAIN, parts=ORDER | {"number": "1"}),
    "order_check_new": Page(frozenset(OPS), post=FORM_AGAIN, parts=ORDER),
    "order_checks_away": Page(frozenset(OPS), post=FORM_AGAIN, parts=ORDER),
    "order_review_new": Page(frozenset(REVIEW), post=FORM_AGAIN, parts=ORDER),
    "order_review_heard": Page(frozenset(REVIEW), post=FORM_AGAIN, parts=ORDER | HEARD),
    "order_review_decision": Page(frozenset(REVIEW), post=FORM_AGAIN, parts=ORDER),
    "order_review_check": Page(frozenset(REVIEW), post=FORM_AGAIN, parts=ORDER),
    "order_review_drop": Page(frozenset(REVIEW), get=WAY_ON, post=WAY_ON, parts=ORDER, logs=False),
    "order_review": Page(frozenset(READ_REVIEWS), parts=REVIEWED),
    "order_review_welsh": Page(frozenset(WRITE), post=FORM_AGAIN, parts=REVIEWED),
    "order_review_sign": Page(frozenset({"supervisor"}), post=FORM_AGAIN, parts=REVIEWED),
    "order_review_applied": Page(frozenset(REVIEW), post=FORM_AGAIN, parts=REVIEWED),
    "order_pack": Page(frozenset(DRAFT), post=FORM_AGAIN, parts=ORDER),
    "order_pack_check": Page(frozenset(SCAN), post=FORM_AGAIN, parts=ORDER),
    "order_compare": Page(COMPARE, post=FORM_AGAIN, parts=ORDER),
    "order_correct": Page(COMPARE, post=FORM_AGAIN, parts=ORDER),
    "order_transfer": Page(frozenset({"orders_team", "supervisor", "coordinator"}), post=FORM_AGAIN, parts=ORDER),
    "order_paper_new": Page(COMPARE, post=FORM_AGAIN, parts=ORDER),
    "order_paper": Page(SEE_ORDERS, parts=ORDER | {"number": (OrderPaper, {}, "pk")}),
    "order_inbox": Page(INBOX),
    "order_document_new": Page(INBOX, post=FORM_AGAIN, logs=False),
    "order_document": Page(INBOX, post=FORM_AGAIN, parts=DOCUMENT),
    "order_document_image": Page(INBOX, parts=DOCUMENT),
    "order_document_owner": Page(INBOX, post=FORM_AGAIN, parts=DOCUMENT),
    "order_document_return": Page(INBOX, post=FORM_AGAIN, parts=DOCUMENT),
    "order_document_match_new": Page(INBOX, post=FORM_AGAIN, parts=DOCUMENT),
    "order_document_match": Page(INBOX, post=FORM_AGAIN, parts=DOCUMENT | {"person": (Person, {})}),
    "linkage_pairs": Page(LINKERS),
    "linkage_pair": Page(LINKERS, post=FORM_AGAIN, parts={"pair": (Pair, {})}),
    "linkage_merges": Page(LINKERS, post=FORM_AGAIN, parts={"person": (Person, {})}),
    "order_reconciliation": Page(INBOX, post=WAY_ON),
    "order_comparison": Page(INBOX, parts={"comparison": (ListsCompared, {})}),
    "order_difference": Page(INBOX, post=FORM_AGAIN, parts=DIFFERENCE),
    "order_difference_enter": Page(frozenset({"orders_team"}), post=FORM_AGAIN, parts=DIFFERENCE),
    "order_difference_owner": Page(INBOX, post=FORM_AGAIN, parts=DIFFERENCE),
    "victim_list": Page(LOOK_AFTER),
    "victim_gap": Page(SEE_FIGURES),
    "victim_gap_list": Page(frozenset({"victim_officer", "supervisor"}), parts={"which": "less-safe"}),
    "victim_gap_export": Page(SEE_FIGURES, get=WAY_ON, post=FORM_AGAIN, logs=False),
    "morning_list": Page(frozenset(OPS), parts={"list": "custody"}),
    "breach_triage": Page(TRIAGE, post=FORM_AGAIN, parts=BREACH),
    "breach_answers": Page(TRIAGE, post=WAY_ON, parts=BREACH),
    "breach_again": Page(TRIAGE, post=FORM_AGAIN, parts=BREACH),
    "breach_standpoint_new": Page(TRIAGE_WORDS, post=FORM_AGAIN, parts=BREACH),
    "breach_mismatches": Page(TRIAGE_ALL, parts=BREACH),
    # Whoever it is about: the page says so where the crimes that can be seen make no pattern.
    "stalking_pattern": Page(frozenset({"coordinator", "supervisor"}), post=FORM_AGAIN, parts={"person": (Person, {})}),
    "breach_explain": Page(TRIAGE_ALL, post=FORM_AGAIN, parts=BREACH | {"code": "M1"}),
    # A paper is asked for with a fresh factor: tests/web/orders/test_papers.py takes some.
    "order_card": Page(SEE_ORDERS, get=WAY_ON, post=FORM_AGAIN, parts=ORDER, logs=False),
    "order_papers": Page(frozenset(SEE_ALL), parts=ORDER),
    "order_paper_print": Page(
        frozenset(PRINT), get=WAY_ON, post=FORM_AGAIN, parts=ORDER | {"kind": "bundle"}, logs=False
    ),
    "order_paper_printed": Page(frozenset(PRINT), get=WAY_ON, post=FORM_AGAIN, parts=ORDER | NO_LETTER, logs=False),
    "order_paper_given": Page(frozenset(PRINT), post=FORM_AGAIN, parts=ORDER | NO_LETTER),
    "order_paper_mark": Page(frozenset(PRINT), post=FORM_AGAIN, parts=ORDER | {"number": (OrderPaper, {}, "pk")}),
    # A letter is written with a fresh factor: tests/web/orders/test_letters.py writes some.
    "order_letters": Page(frozenset({*WRITE, *PRINT}), parts=ORDER),
    "order_letter": Page(
        frozenset(WRITE),
        get=WAY_ON,
        post=FORM_AGAIN,
        parts=ORDER | {"about": "terms", "person": (Person, {})},
        logs=False,
    ),
    "order_letter_respondent": Page(
        frozenset(PRINT), get=WAY_ON, post=FORM_AGAIN, parts=ORDER | {"about": "terms"}, logs=False
    ),
    "order_letter_given": Page(
        frozenset(WRITE), post=FORM_AGAIN, parts=ORDER | {"number": (LetterWritten, {}, "printed")}
    ),
    "order_letter_print": Page(
        frozenset(WRITE),
        get=WAY_ON,
        post=FORM_AGAIN,
        parts=ORDER | {"number": (LetterWritten, {}, "printed")},
        logs=False,
    ),
    "print_queue": Page(frozenset(WRITE)),
    "order_text": Page(frozenset(PRINT), post=FORM_AGAIN, parts=ORDER | {"system": "national"}),
    "order_wordings": Page(READ_CATALOGUE, logs=False),
    # For an administrator, who is no role: tests/web/orders/test_papers.py looks at it.
    "order_wording": Page(frozenset(), post=FORM_AGAIN, logs=False, parts={"key": "draft_opening", "spoken": "en"}),
    "victim_detail": Page(LOOK_AFTER | {"offender_manager", "orders_team"}, parts=VICTIM),
    "victim_protected": Page(frozenset({"victim_officer"}), post=FORM_AGAIN, parts=VICTIM),
    "victim_contacts": Page(LOOK_AFTER, parts=VICTIM),
    "victim_contact_new": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_promise_new": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_promise_excuse": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM | {"promise": (Promise, {}, "pk")}),
    "victim_happened": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    # What is not there, or was taken back already, nobody takes back.
    "victim_happened_strike": Page(
        LOOK_AFTER, get=WAY_ON, post=REFUSED, parts=VICTIM | {"happening": "999999"}, logs=False
    ),
    "agreement": Page(LOOK_AFTER, parts=VICTIM),
    "agreement_copy": Page(LOOK_AFTER, parts=VICTIM),
    "agreement_part": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM | {"part": "language"}),
    "agreement_check": Page(LOOK_AFTER, post=CHANGED_MEANWHILE, parts=VICTIM),
    "agreement_unchanged": Page(LOOK_AFTER, get=WAY_ON, post=CHANGED_MEANWHILE, parts=VICTIM, logs=False),
    "agreement_drop": Page(LOOK_AFTER, get=WAY_ON, post=WAY_ON, parts=VICTIM, logs=False),
    "agreement_decline": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "feared_date": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_safety": Page(LOOK_AFTER, parts=VICTIM),
    "victim_need": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_measure": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_measure_told": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM | {"number": (SafetyMeasure, {}, "pk")}),
    "victim_help": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_entitlement": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_views": Page(LOOK_AFTER | {"offender_manager", "orders_team"}, parts=VICTIM),
    "victim_view_notice": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    # Without the notice that comes before, the words are asked for nowhere.
    "victim_view_words": Page(LOOK_AFTER, get=WAY_ON, post=WAY_ON, parts=VICTIM, logs=False),
    "victim_view_answer": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM | {"number": (View, {}, "pk")}),
    "victim_asking": Page(LOOK_AFTER, parts=VICTIM),
    "victim_asking_new": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_letters": Page(LOOK_AFTER, parts=VICTIM),
    # A file leaves only where somebody has just proved a second factor.
    "victim_letter": Page(
        LOOK_AFTER, get=WAY_ON, post=FORM_AGAIN, parts=VICTIM | {"about": "survey", "of": "report"}, logs=False
    ),
    "victim_letter_print": Page(
        LOOK_AFTER, get=WAY_ON, post=FORM_AGAIN, parts=VICTIM | {"number": (VictimLetter, {}, "pk")}, logs=False
    ),
    "victim_letter_given": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM | {"number": (VictimLetter, {}, "pk")}),
    "victim_not_asked": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_asked": Page(LOOK_AFTER, parts=VICTIM | {"number": (Invitation, {}, "pk")}, post=NOT_OFFERED),
    # What is not there nobody ends.
    "victim_asked_end": Page(LOOK_AFTER, get=WAY_ON, post=404, parts=VICTIM | {"number": "999999"}, logs=False),
    "victim_log": Page(LOOK_AFTER, parts=VICTIM),
    "victim_log_notice": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_log_words": Page(LOOK_AFTER, get=WAY_ON, post=WAY_ON, parts=VICTIM, logs=False),
    "victim_withdrawal": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_advocate": Page(LOOK_AFTER, parts=VICTIM),
    "victim_advocate_new": Page(LOOK_AFTER, post=FORM_AGAIN, parts=VICTIM),
    "victim_advocate_end": Page(LOOK_AFTER, post=WAY_ON, parts=VICTIM | {"number": (Advocate, {}, "pk")}),
    "queue": Page(
        frozenset({"investigator", "supervisor", "victim_officer"}), post=FORM_AGAIN, parts={"queue": "promises"}
    ),
    "queue_tasks": Page(frozenset(OPS), post=FORM_AGAIN, parts={"queue": "assessments"}),
    "queue_cover": Page(frozenset({"supervisor"}), post=FORM_AGAIN),
    # For whoever is an advocate: tests/web/victims/test_advocate_pages.py.
    "advocate_promises": Page(frozenset()),
    "advocate_updates": Page(frozenset()),
    "advocate_give_view": Page(frozenset(), post=FORM_AGAIN),
    "advocate_log": Page(frozenset()),
    "advocate_log_notice": Page(frozenset(), post=FORM_AGAIN),
    "advocate_log_words": Page(frozenset(), get=WAY_ON, post=WAY_ON, logs=False),
    # Whoever is asked has no account: tests/functional/test_safe_page.py. What is sent without its key leads back.
    "safe_page": Page(is_public=True, logs=False, post=SEEN_ELSEWHERE),
    "safe_page_read_out": Page(is_public=True, logs=False, post=SEEN_ELSEWHERE),
    "safe_exit": Page(is_public=True, logs=False, get=SEEN_ELSEWHERE, stranger=SEEN_ELSEWHERE),
    "safe_link": Page(
        is_public=True,
        logs=False,
        get=SEEN_ELSEWHERE,
        post=SEEN_ELSEWHERE,
        stranger=SEEN_ELSEWHERE,
        parts={"secret": "A" * 43},
    ),
    "advocate_give_words": Page(frozenset(), get=WAY_ON, post=WAY_ON, logs=False),
    "case_place": Page(frozenset({"supervisor", "coordinator"}), post=FORM_AGAIN, parts={"case": (Case, {})}),
    "case_readers": Page(frozenset({"supervisor", "coordinator"}), post=FORM_AGAIN, parts={"case": (Case, {})}),
    # What is open already is gone to at once: tests/web/restricted looks at what is shut.
    "emergency_open": Page(BREAK_GLASS, get=WAY_ON, post=WAY_ON, parts={"case": (Case, {})}, logs=False),
    "emergency_leave": Page(get=NOT_OFFERED, post=WAY_ON, logs=False),
    "emergency_reviews": Page(REVIEWERS),
    "emergency_review": Page(REVIEWERS, post=FORM_AGAIN, parts={"emergency": "E-10001"}),
    "intake_list": Page(INTAKE_ROLES),
    "intake_new": Page(frozenset({"analyst"}), post=FORM_AGAIN, logs=False),
    "intake_run": Page(INTAKE_ROLES, post=FORM_AGAIN, parts={"run": RUN_WITH_REJECTS}),
    "intake_rejects": Page(INTAKE_ROLES, post=FORM_AGAIN, parts={"run": RUN_WITH_REJECTS}),
    "intake_held": Page(INTAKE_ROLES, post=FORM_AGAIN, parts={"held": (HeldRow, {"why": "parked"})}),
    "orders_dashboard": Page(frozenset(SEE)),
    "digest_newest": Page(frozenset({*SEE, "offender_manager"})),
    # Of a week that none was made for: tests/web/digests reads those that there are.
    "digest_of_week": Page(frozenset({*SEE, "offender_manager"}), get=404, parts={"week": "2020-01-06"}, logs=False),
    "measure_list": Page(frozenset(SEE)),
    "measure_detail": Page(frozenset(SEE), parts={"code": "MET13"}),
    "dashboard_figures": Page(frozenset(SEE), parts={"form": "csv"}, verb=Verb.DISCLOSURE),
    "measure_figures": Page(frozenset(SEE), parts={"code": "MET13", "form": "csv"}, verb=Verb.DISCLOSURE),
    "measure_records": Page(frozenset(ORDERS_BY), parts={"code": "MET13"}),
    "measure_chart": Page(frozenset(SEE), parts={"size": "wide", "chart": "0" * 40}, get=404, logs=False),
    "profile_local": Page(PROFILE_ROLES),
    "profile_national": Page(PROFILE_ROLES),
    "profile_series": Page(PROFILE_ROLES, parts={"series": "prosecutions"}),
    "series_figures": Page(PROFILE_ROLES, parts={"series": "prosecutions", "form": "csv"}),
    "figure_new": Page(frozenset({"analyst"}), post=FORM_AGAIN, logs=False),
    # Nothing of the log is shown before a purpose is chosen: tests/web/audit looks at what comes after.
    "audit": Page(AUDITORS, post=FORM_AGAIN, logs=False),
    "audit_questions": Page(AUDITORS, get=WAY_ON, post=WAY_ON, logs=False),
    "audit_answer": Page(AUDITORS, get=WAY_ON, parts={"answer": "0" * 32}, logs=False),
    "audit_answer_export": Page(AUDITORS, get=WAY_ON, post=WAY_ON, parts={"answer": "0" * 32}, logs=False),
    "audit_unusual": Page(AUDITORS, get=WAY_ON, logs=False),
    "audit_chain": Page(AUDITORS, post=WAY_ON),
    "rights_list": Page(AUDITORS),
    "rights_new": Page(AUDITORS, post=FORM_AGAIN, logs=False),
    "rights_detail": Page(AUDITORS, post=FORM_AGAIN, parts={"rights_request": "RR-10001"}),
    "champion_list": Page(frozenset(READ_COVERAGE)),
    "practice_figures": Page(frozenset(READ_POSTS)),
    "programme_list": Page(LEADS, post=FORM_AGAIN),
    "programme_new": Page(LEADS, post=FORM_AGAIN, logs=False),
    "programme_version": Page(LEADS, parts=PROGRAMME),
    "programme_withdraw": Page(LEADS, post=FORM_AGAIN, parts=PROGRAMME),
    "programme_aim": Page(LEADS, post=FORM_AGAIN, parts=PROGRAMME | {"aim": "data"}),
    "caseload": Page(frozenset(READ_POSTS)),
    "capacity_new": Page(LEADS, post=FORM_AGAIN, logs=False),
    "recruiting": Page(LEADS, post=FORM_AGAIN, parts={"number": (Post, {}, "pk")}),
    "caseload_forecast": Page(frozenset(READ_POSTS)),
    "time_new": Page(LEADS, post=FORM_AGAIN, logs=False),
    "advice_figures": Page(frozenset(READ_POSTS)),
    "advice_notes": Page(REPORT, post=FORM_AGAIN),
    "initiative_list": Page(frozenset(READ_INITIATIVES)),
    "initiative_new": Page(frozenset(KEEP_INITIATIVES), post=FORM_AGAIN, logs=False),
    "initiative_detail": Page(frozenset(READ_INITIATIVES), parts=INITIATIVE),
    "initiative_say": Page(frozenset(KEEP_INITIATIVES), post=FORM_AGAIN, parts=INITIATIVE),
    "panel_list": Page(CASE_REVIEWERS),
    "panel_new": Page(SCRUTINY, post=FORM_AGAIN, logs=False),
    # A panel is there for a volunteer who sits on it, and for no other: tests/web/panels.
    "panel_detail": Page(CASE_REVIEWERS, get=404, parts=NO_PANEL, logs=False),
    "panel_add": Page(SCRUTINY, post=FORM_AGAIN, parts=PANEL | {"what": "member"}),
    "panel_case": Page(CASE_REVIEWERS, get=404, parts=NO_PANEL | {"matter": 1}, logs=False),
    "panel_interest": Page(CASE_REVIEWERS - SCRUTINY, get=404, post=404, parts=NO_PANEL | {"matter": 1}, logs=False),
    "panel_live_risk": Page(CASE_REVIEWERS, get=404, post=404, parts=NO_PANEL | {"matter": 1}, logs=False),
    "panel_verdict": Page(CASE_REVIEWERS, get=404, post=404, parts=NO_PANEL | {"matter": 1}, logs=False),
    "panel_dissent": Page(CASE_REVIEWERS - SCRUTINY, get=404, post=404, parts=NO_PANEL | {"matter": 1}, logs=False),
    "deep_dive_list": Page(INTERVIEWERS),
    "deep_dive_new": Page(SCRUTINY, post=FORM_AGAIN, logs=False),
    "deep_dive_detail": Page(INTERVIEWERS, parts=DIVE),
    "deep_dive_add": Page(INTERVIEWERS, post=FORM_AGAIN, parts=DIVE | {"what": "plan"}),
    "deep_dive_evidence": Page(INTERVIEWERS, post=FORM_AGAIN, parts=DIVE | {"what": "measure"}),
    "deep_dive_finding": Page(INTERVIEWERS, post=FORM_AGAIN, parts=DIVE | {"finding": 1}),
    "deep_dive_claim": Page(INTERVIEWERS, post=FORM_AGAIN, parts=DIVE | {"finding": 1, "claim": 1}),
    "deep_dive_report": Page(READ_RECOMMENDED | {"analyst"}, parts=DIVE),
    # Nothing was read, and so nothing goes out.
    "deep_dive_paper": Page(READ_RECOMMENDED | {"analyst"}, get=WAY_ON, post=CHANGED_MEANWHILE, parts=DIVE, logs=False),
    "deep_dive_send": Page(SCRUTINY, get=WAY_ON, post=CHANGED_MEANWHILE, parts=DIVE, logs=False),
    "deep_dive_publish": Page(SCRUTINY, get=WAY_ON, post=CHANGED_MEANWHILE, parts=DIVE, logs=False),
    "deep_dive_reply": Page(SCRUTINY, post=FORM_AGAIN, parts=DIVE),
    "deep_dive_take_back": Page(SCRUTINY, post=FORM_AGAIN, parts=DIVE),
    "deep_dive_stop": Page(SCRUTINY, post=FORM_AGAIN, parts=DIVE),
    "deep_dive_correction": Page(SCRUTINY, post=FORM_AGAIN, parts=DIVE | {"correction": 1}),
    "standing_answer": Page(READ_RECOMMENDED | {"analyst"}),
    "standing_sign": Page(SCRUTINY, post=FORM_AGAIN),
    "report_list": Page(is_public=True, logs=False),
    # This one is not published: tests/web/deep_dives reads one that is.
    "report_published": Page(is_public=True, get=404, stranger=404, parts=DIVE, logs=False),
    "report_published_paper": Page(is_public=True, get=404, stranger=404, parts=DIVE, logs=False),
    # Whoever has one to do reads that one as well: tests/web/recommendations.
    "recommendation_list": Page(READ_RECOMMENDED, post=FORM_AGAIN),
    "recommendation_detail": Page(READ_RECOMMENDED, parts=RECOMMENDED),
    "recommendation_entry": Page(READ_RECOMMENDED, post=FORM_AGAIN, parts=RECOMMENDED),
    "recommendation_new": Page(SCRUTINY, post=FORM_AGAIN, parts={"report": (ScrutinyReport, {})}, logs=False),
    "scrutiny_report_new": Page(SCRUTINY, post=FORM_AGAIN, logs=False),
    # One is in the register already.
    "recommendation_bring_in": Page(
        SCRUTINY, get=WAY_ON, post=CHANGED_MEANWHILE, parts={"key": "review-2023"}, logs=False
    ),
    "recommendation_progress": Page(is_public=True, logs=False),
    "interview_list": Page(INTERVIEWERS),
    "interview_new": Page(INTERVIEWERS, post=FORM_AGAIN, logs=False),
    # Whoever asked reads their own as well: tests/web/scrutiny.
    "interview_detail": Page(SCRUTINY, parts=INTERVIEW),
    "interview_print": Page(SCRUTINY, parts=INTERVIEW),
    "interview_answer": Page(SCRUTINY, post=FORM_AGAIN, parts=KEPT_INTERVIEW | {"question": "work"}),
    "interview_quote": Page(SCRUTINY, post=FORM_AGAIN, parts=KEPT_INTERVIEW | {"question": "work"}),
    "interview_consent": Page(SCRUTINY, post=FORM_AGAIN, parts=INTERVIEW),
    # Before it is read out, consent is asked for nowhere.
    "interview_consented": Page(SCRUTINY, get=WAY_ON, post=WAY_ON, parts=INTERVIEW, logs=False),
    "interview_withdrawn": Page(SCRUTINY, post=FORM_AGAIN, parts=INTERVIEW),
    # Of this one nothing was taken back.
    "interview_destroy": Page(SCRUTINY, get=WAY_ON, post=CHANGED_MEANWHILE, parts=INTERVIEW, logs=False),
    "boundaries": Page(logs=False),
    "retention_list": Page(AUDITORS),
    "retention_detail": Page(AUDITORS, parts={"person": (Person, {})}),
    "retention_hold": Page(AUDITORS, post=FORM_AGAIN, parts={"person": (Person, {})}),
    "retention_keep": Page(AUDITORS, post=FORM_AGAIN, parts={"person": (Person, {})}),
    "retention_erase": Page(AUDITORS, get=WAY_ON, post=FORM_AGAIN, parts={"person": (Person, {})}, logs=False),
    "destruction_list": Page(AUDITORS),
    "destruction_detail": Page(
        AUDITORS, get=WAY_ON, post=FORM_AGAIN, parts={"destruction": (Destruction, {})}, logs=False
    ),
    "interview_live_risk": Page(SCRUTINY, post=FORM_AGAIN, parts=INTERVIEW),
    "sample_list": Page(SAMPLERS),
    "sample_new": Page(SAMPLERS, post=FORM_AGAIN, logs=False),
    # Every review of this one is in, and there is nothing to freeze, name, replace or give on.
    "sample_detail": Page(SAMPLERS, parts=SAMPLE),
    "sample_freeze": Page(SAMPLERS, get=WAY_ON, post=CHANGED_MEANWHILE, parts=SAMPLE, logs=False),
    "sample_reviewers": Page(SAMPLERS, post=CHANGED_MEANWHILE, parts=SAMPLE),
    "sample_seed": Page(SAMPLERS, post=FORM_AGAIN, parts=SAMPLE),
    "sample_replace": Page(SAMPLERS, get=WAY_ON, post=CHANGED_MEANWHILE, parts=SAMPLE | {"number": 1}, logs=False),
    "sample_give_on": Page(
        SAMPLERS, get=WAY_ON, post=CHANGED_MEANWHILE, parts=SAMPLE | {"number": 1, "place": 1}, logs=False
    ),
    "sample_agreement": Page(SAMPLERS, parts=SAMPLE),
    "sample_adjudicate": Page(
        SCRUTINY, post=FORM_AGAIN, parts=SAMPLE | {"number": 1, "question": "C1", "repeat": "case"}
    ),
    # A review is there for whoever it was given to, and for nobody else of their role: tests/web/samples.
    "case_review_list": Page(CASE_REVIEWERS),
    "case_review": Page(CASE_REVIEWERS, get=404, parts=CASE_REVIEW, logs=False),
    "case_review_section": Page(CASE_REVIEWERS, get=404, post=404, parts=CASE_REVIEW | {"section": "A"}, logs=False),
    **{
        f"case_review_{page}": Page(CASE_REVIEWERS, get=404, post=404, parts=CASE_REVIEW, logs=False)
        for page in ("interest", "submit", "live_risk", "identity")
    },
    "live_risk": Page(frozenset({"supervisor", "coordinator"}), post=FORM_AGAIN, parts={"live_risk": (LiveRisk, {})}),
    # A picture is part of a page that was logged; a name that no page gave has none.
    "victim_gap_chart": Page(SEE_FIGURES, parts={"size": "wide", "chart": "0" * 40}, get=404, logs=False),
    "profile_chart": Page(PROFILE_ROLES, parts={"size": "wide", "chart": "0" * 40}, get=404, logs=False),
}

# References of the right shape that stand for nothing.
ABSENT = {
    "person": "P-999999", "victim": "P-999999", "case": "C-999999", "run": "R-999999", "held": "H-999999",
    "comparison": "LC-999999", "difference": "LD-999999", "document": "D-999999",
    "breach": "B-999999", "emergency": "E-999999", "pair": "L-999999", "order": "O-999999", "rights_request": "RR-999999",
    "interview": "I-999999", "live_risk": "LR-999999", "destruction": "WD-999999",
    "dive": "DD-999999", "panel": "PL-999999", "initiative": "IN-999999", "recommendation": "RC-999999", "report": "RP-999999",
    "meeting": "MT-999999", "sample": "SM-999999", "case_review": "CV-999999",
}  # fmt: skip


def names(resolver: URLResolver | None = None) -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def newest(model: type, filters: dict[str, str], field: str = "reference") -> str:
    rows = model.objects.for_system("a test").filter(**filters).order_by("pk")  # type: ignore[attr-defined]
    return str(rows.values_list(field, flat=True).last())


def address(page: str) -> str:
    """The English address, whatever language the last request left behind."""
    parts = {name: newest(*part) if isinstance(part, tuple) else str(part) for name, part in PAGES[page].parts.items()}
    with translation.override("en"):
        return reverse(page, kwargs=parts)


def open_a_restricted_case(taken: TakeIn, make_user: Callable[..., User]) -> None:
    """A case that is restricted and was opened in an emergency."""
    taken({"1.xml": court_message(ptiurn="63AA0990001", asn="2563AA0990001000001K")})
    restrict(by=acting_user(make_user("supervisor")), kind="case", reference="C-10001", reason="a test")
    two_hours_ago = clock.now() - timedelta(hours=2)
    open_in_emergency(
        by=acting_user(make_user("response_officer"), factor_at=two_hours_ago),
        kind="case",
        reference="C-10001",
        asked=Asked("threat_to_life", "She reports him at the door now", "0" * 32),
        now=two_hours_ago,
    )


def ask_about_oneself(make_user: Callable[..., User]) -> None:
    """Somebody's request about their own data."""
    asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, "P-10001", "All of it, by letter", clock.now().date(), "0" * 32)
    record_request(by=acting_user(make_user("auditor")), asked=asked)


@worlds.kept()
def filled(world: worlds.World) -> None:
    """A register with something behind every address; the newest person is a victim with an agreement and a promise."""
    taken, system, make_user = taking_in(world.system, world.folder), world.system, world.make_user
    ask_about_oneself(make_user)
    open_a_restricted_case(taken, make_user)
    judge_a_sample(system, world.folder, make_user)
    taken(bail_story())
    taken(held_back())
    keep_proposals(by=system, cases=Case.objects.for_system("a test").values_list("pk", flat=True))
    listed(system, world.folder, line(ptiurn="63AA9"))
    look_after_a_victim(system, acting_user(make_user("victim_officer")), world.folder)
    score(system, *SourceRecord.objects.for_system("a test").order_by("id").values_list("pk", flat=True)[:2], 0.8)
    make_an_order(acting_user(make_user("orders_team")), acting_user(make_user("victim_officer")))
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor", username="approver")))
    report_a_breach(acting_user(make_user("response_officer")))
    coordinator = acting_user(make_user("coordinator"))
    scored_by(coordinator, clock.now())
    decided_on(coordinator, clock.now())
    hold_meetings(acting_user(make_user("offender_manager", username="minutes")), coordinator)
    one_there(system, acting_user(make_user("workforce_lead")))
    officer = acting_user(make_user("scrutiny_officer"))
    taken_back = answered(officer)
    withdraw_consent(by=officer, interview=taken_back.reference, uses=frozenset({Use.KEEP}))
    ask_to_destroy_interview(by=officer, interview=taken_back.reference)
    referred(officer, answered(officer, words="Nobody asked us."))
    bring_in(by=officer, shipped=shipped()["review-2023"])
    answered_by_force(officer, begun(officer, acting_system(officer.force, "test")).reference)
    kept_of(officer, clock.now(), {})
    keep_digest(by=officer, now=clock.now())
    under_way(acting_user(make_user("workforce_lead")))
    sitting(officer, [acting_user(make_user("volunteer_reviewer"))])


def judge_a_sample(
    system: Acting, folder: Path, make_user: Callable[..., User], words: str = "Nobody rang back"
) -> None:
    """A dip sample of one case, of which every review is in. Before the others: they are about the newest case."""
    some_cases(system, folder, 1)
    officer, analyst = acting_user(make_user("scrutiny_officer")), acting_user(make_user("analyst"))
    reviewers = [acting_user(make_user("volunteer_reviewer", username=f"reviewer.{name}")) for name in ("a", "b")]
    judged(officer, analyst, reviewers, words)


def agreement(*channels: str) -> Terms:
    return replace(
        AGREED, channels=channels or AGREED.channels, next_revisit_on=str(clock.now().date() + timedelta(days=28))
    )


def make_an_order(by: Acting, officer: Acting) -> None:
    """An order that a court made in the newest case, the paper it stands on, a letter about it, and questions to advisers."""
    order = order_of(by, newest(Case, {}), clock.now())
    ask_about_order(
        by=by, order=order.reference, adviser=Adviser.CHAMPION, question="Is its first condition enforceable?"
    )
    ask_advice(by=by, case=newest(Case, {}), adviser=Adviser.PROSECUTOR, question="Is this enough to charge?")
    read(by, came(by, content=b"%PDF-1.7 sent in as D-10001"))
    keep_paper(by=by, order=order.reference, kind="sealed_order", content=f"%PDF-1.7 sealed {order.reference}".encode())
    agreed(officer, victim_of(officer, order), agreement(*AGREED.channels, "letter"))
    written(officer, order, was_read=True)
    printed(by, order)
    follow_and_notify(by, order)
    refused = answers(protected(by, order), "declined", "renew", declined_on=clock.now().date().isoformat())
    refused = answers(protected(by, order), "declined", "vary", declined_on=clock.now().date().isoformat())
    reviewed(by, order, refused)


def make_a_plan(by: Acting, supervisor: Acting) -> None:
    """A plan that stands, with one action, for whoever the newest order is against."""
    person = respondent_of(by, Order.objects.for_system("a test").order_by("pk").last())
    planned(by, person, by.user)
    approved(supervisor, person)


def hold_meetings(by: Acting, chair: Acting) -> None:
    """A cohort meeting whose minutes are approved, and one to come with somebody on its agenda."""
    minuted(by, chair)
    meeting = called(by, chair, clock.now().date() + timedelta(days=28))
    person = ScoreStands.objects.for_user(by).exclude(value=None).select_related("person").order_by("id").first().person
    proposed(by, meeting, person)


def report_a_breach(by: Acting) -> None:
    """A possible breach of the newest order, as somebody reports it."""
    order = Order.objects.for_system("a test").order_by("pk").last()
    people = people_of_records(by, [order.respondent_id])
    reported(
        by, people[order.respondent_id].reference, clock.now(), order=order.reference, words="He waited at the gate"
    )


def look_after_a_victim(system: Acting, by: Acting, folder: Path) -> None:
    """A victim, the newest person, with an agreement and a promise, and with what they say and need."""
    victim = send_victim(system, folder)
    agreed(by, victim, agreement(*AGREED.channels, "letter"))
    written_of_a_charge(by, victim, clock.now(), was_read=True)
    promise_contact(by=by, victim=victim, due_at=clock.now() + timedelta(days=1))
    spoken(by, victim, newest(Case, {}))
    invite(by=by, victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE))


def test_T1_every_address_is_in_the_matrix() -> None:
    """Those of the API, which answer in JSON, are in a matrix of their own: tests/api/test_T1_T8_api.py."""
    assert sorted(name for name in names() if not name.startswith("api_")) == sorted(PAGES)


@pytest.mark.long
@pytest.mark.rule("SEC-01")
@pytest.mark.rule("SEC-04")
@pytest.mark.parametrize(
    "roles",
    [
        pytest.param(ROLE_KEYS[::2], id="every other"),
        pytest.param(ROLE_KEYS[1::2], id="the others", marks=pytest.mark.postgres_in_deep),
    ],
)
def test_T1_T8_T20_every_role_opens_its_own_pages_each_leaves_exactly_one_row_naming_what_it_shows_and_none_is_kept(
    roles: tuple[str, ...], filled: None, signed_in_client: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    """And a page declared to show no record shows none: the table cannot be used to get out of the log.

    A page that opens without signing in reads no record, and the gallery's references are invented. On PostgreSQL each page is
    opened by one role: what hangs on the role is the same on both, and looked at on both in the deep run.
    """
    in_full = request.config.getoption("--deep")
    by_each = connection.vendor == "sqlite" or in_full
    # What the other half of the roles opens first is asked in each way there.
    elsewhere = {name for name, page in PAGES.items() if first_of(page) not in roles}
    roles = roles if by_each else tuple(ROLE_KEYS)
    where = {name: address(name) for name in PAGES}
    naming: set[str] = set()
    opened: set[str] = set()
    # A form that is not offered is refused before anybody asks who sends it: by the first of each. One that is offered is refused
    # as its page is: for the first role of these that the page is not for, and for each in the deep run.
    refused: set[str] = set()
    posted: set[str] = set()
    let_in = []
    for role in roles:
        client = signed_in_client(role)
        for name, page in PAGES.items():
            if role not in page.roles:
                with_form = name not in refused or (in_full and page.post != NOT_OFFERED)
                let_in += [(role, name)] if lets_in(client, where[name], page, with_form=with_form) else []
                refused.add(name)
                continue
            if name in opened and not by_each:
                continue
            # The Welsh page, and the form that is given again, are looked at for the first role that opens it: what is shown and
            # logged hangs on the role alone, and asks the database as the English one does.
            is_first = name not in opened
            in_each_way = is_first and (in_full or name not in elsewhere)
            shows = shows_somebody(
                client, role, name, where[name],
                in_welsh=by_each and in_each_way, with_form=in_full or not by_each or in_each_way,
            )  # fmt: skip
            naming |= {name} if shows else set()
            opened.add(name)
            if page.post != FORM_AGAIN and (page.post != NOT_OFFERED or name not in posted):
                assert client.post(where[name]).status_code == page.post, (role, name)
                posted.add(name)
            if page.ends_session:
                client = signed_in_client(role)
    assert let_in == []
    # Whoever opens a page first may see nobody on it.
    assert not by_each or {"home", "person_list", "person_detail", "case_list", "case_detail"} <= naming
    # Either half of the roles opens nearly every page.
    assert len(opened) > 0.82 * len(PAGES)


def first_of(page: Page) -> str:
    return next((role for role in ROLE_KEYS if role in page.roles), "")


def lets_in(client: Client, path: str, page: Page, *, with_form: bool) -> bool:
    """Whether a page or its form answers somebody it is not for. What is refused is the same on both databases."""
    if connection.vendor != "sqlite":
        return False
    refused_post = NOT_OFFERED if page.post == NOT_OFFERED else 403
    return client.get(path).status_code != 403 or (with_form and client.post(path).status_code != refused_post)


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-01")
def test_T1_somebody_with_no_role_opens_nothing_that_holds_records(
    filled: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client()
    for name, page in PAGES.items():
        if page.roles != EVERYBODY:
            assert client.get(address(name)).status_code == 403, name


def test_T1_nobody_opens_anything_but_the_public_pages_without_signing_in(
    filled: None, force: Force, client: Client
) -> None:
    for name, page in PAGES.items():
        path = address(name)
        answer = client.get(path)
        if page.is_public:
            assert answer.status_code == page.stranger, name
        else:
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith(reverse("sign_in")), name


@ON_ONE_DATABASE
@pytest.mark.rule("SEC-04")
def test_a_refusal_is_logged_once_with_what_was_asked_for(
    filled: None, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("volunteer_reviewer")
    refused = [name for name, page in PAGES.items() if "volunteer_reviewer" not in page.roles]
    assert len(refused) > 20
    for name in refused:
        before = Event.objects.count()
        assert client.get(address(name)).status_code == 403, name
        rows = list(Event.objects.order_by("id"))[before:]
        assert [row.verb for row in rows] == [Verb.DENIED], name
        assert f"page/{name}" in rows[0].payload
        for part in address(name).split("/"):
            if "-1" in part:
                assert part in rows[0].payload


# What pages name and the log with them; of the others a page is no record of anybody.
KINDS = {letters: kind for letters, kind in RECORDS.items() if letters not in {"RP", "RF", "AT", "WH"}}


def references_in(body: str) -> set[str]:
    """The records a page names, in its own address too, as the log writes them."""
    # Five figures or more, and not part of a longer word: a nonce is drawn from letters, figures and dashes too.
    letters = "|".join(sorted(KINDS, key=len, reverse=True))
    found = re.findall(rf"(?<![\w-])({letters})-(\d{{5,}})(?![\w-])", body)
    return {f"{KINDS[letter]}/{letter}-{number}" for letter, number in found}


def shows_somebody(client: Client, role: str, name: str, path: str, *, in_welsh: bool, with_form: bool) -> bool:
    """Whether a page names a record; that each way of asking for it leaves what it should is asserted here."""
    who, shows, page = client.user.username, False, PAGES[name]  # type: ignore[attr-defined]
    asked = [("GET", path), *([("POST", path)] if with_form and page.post == FORM_AGAIN else [])]
    asked += [("GET", f"/cy{path}")] if in_welsh else []
    for method, at in asked:
        last = Event.objects.order_by("-id").values_list("id", flat=True)[0]
        answer = client.generic(method, at)
        assert answer.status_code == (page.get if method == "GET" else page.post), (role, at)
        if not page.is_public:
            # T20: nothing that somebody signed in was shown stays in a browser's cache or goes along to another site.
            assert "no-store" in answer.headers["Cache-Control"], (method, at)
            assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, (method, at)
        rows = list(Event.objects.filter(id__gt=last))
        wanted = [(page.verb, who, role)] if page.logs else []
        assert [(row.verb, row.actor, row.role) for row in rows] == wanted, (method, at)
        body = answer.content.decode()
        if page.logs:
            # A published series is no record.
            refs = refs_said_by(rows[0])
            logged = {ref for ref in refs if ref.partition("/")[0] in KINDS.values()}
            assert logged == references_in(body), (role, method, at)
        # The page that asks for a fresh factor says where the way leads on: back to the address that was asked for.
        named = references_in(body) - (set() if page.logs else references_in(at))
        if answer.status_code == 200 and not page.is_public and (named or "EXAMPLE" in body):
            assert page.logs, (role, name)
            shows = True
    return shows


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    "name",
    [
        # Every page about a victim is opened by one function: one of them meets the wall of PostgreSQL for all.
        pytest.param(name, marks=ON_ONE_DATABASE) if "victim" in page.parts and name != "victim_detail" else name
        for name, page in PAGES.items()
        if set(page.parts) & set(ABSENT)
    ],
)
def test_T2_another_forces_record_answers_like_one_that_does_not_exist(
    name: str, filled: None, other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    """What the two forces' records say about each other is nothing, to the byte."""
    role = next(
        role
        for role in (
            "supervisor",
            "victim_officer",
            "investigator",
            "analyst",
            "auditor",
            "orders_team",
            "link_clerk",
            "scrutiny_officer",
            "coordinator",
            "volunteer_reviewer",
        )
        if role in PAGES[name].roles
    )
    client = signed_in_client(role, force=other_force)
    part, *others = PAGES[name].parts
    there = address(name)
    whose = PAGES[name].parts[part]
    is_there = newest(*whose) if isinstance(whose, tuple) else str(whose)
    nowhere = there.replace(is_there, ABSENT[part]) if others else reverse(name, kwargs={part: ABSENT[part]})
    for ask in (client.get, client.post):
        foreign, absent = ask(there), ask(nowhere)
        is_offered = ask == client.get or PAGES[name].post != NOT_OFFERED
        assert foreign.status_code == absent.status_code == (404 if is_offered else NOT_OFFERED)
        assert without_what_differs(foreign, part) == without_what_differs(absent, part)
        assert there.rsplit("/", 1)[-1] not in foreign.headers.get("Location", "")


@pytest.mark.rule("SEC-01")
def test_T2_another_forces_ids_in_a_form_or_a_query_answer_like_ones_that_do_not_exist(
    filled: None, other_force: Force, signed_in_client: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    make_user("investigator", force=other_force, username="their.officer")
    client = signed_in_client("supervisor")
    readers = reverse("case_readers", kwargs={"case": newest(Case, {})})
    assert client.post(readers, {"marking": "restricted", "reason": "an informant"}).status_code == WAY_ON
    auditor = signed_in_client("auditor")
    assert auditor.post(reverse("audit"), {"purpose": "lawfulness"}).status_code == WAY_ON
    answers = []
    for name in ("their.officer", "nobody.atall"):
        asked = {"act": "let_in", "username": name, "reason": "needed"}
        answers.append([
            client.post(readers, asked),
            auditor.post(reverse("audit_questions"), {"ask": "seen", "seen-person": name}, follow=True),
            client.get(reverse("home"), {"case": name, "run": name}),
        ])  # fmt: skip
    for theirs, nobodys in zip(*answers, strict=True):
        assert theirs.status_code == nobodys.status_code == 200
        words = [without_what_differs(one, "").replace(name, "") for one, name in
                 ((theirs, "their.officer"), (nobodys, "nobody.atall"))]  # fmt: skip
        assert re.sub(r"/audit/questions/[0-9a-f]{32}", "", words[0]) == re.sub(
            r"/audit/questions/[0-9a-f]{32}", "", words[1]
        )


def without_what_differs(response: object, part: str) -> str:
    """The page without the address that was typed, its random nonce, its form token, and when the session of this moment ends."""
    body = response.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", body)
    body = re.sub(r'data-longest="\d+"|at \d\d:\d\d\b', "", body)
    return re.sub(r"(?:L?[PCRHEOD]|[LBI]|IN|MT|SM|CV)-\d+", "", body)
