"""Every address of the API: where it lies, whose it is, what an answer shows, and what can be sent there (T1, T5, T8)."""

from dataclasses import dataclass

from craffu.access.roles import OPS, ROLE_KEYS
from craffu.breaches.permissions import SEE as SEE_BREACHES
from craffu.measures.permissions import SEE as SEE_MEASURES
from craffu.orders.permissions import SEE_A_PART, SEE_ALL
from craffu.prevention.permissions import READ as READS_SCORES
from craffu.scrutiny.recommending.permissions import READ as READS_REGISTER
from craffu.victims.permissions import LOOK_AFTER as LOOKS_AFTER
from craffu.victims.permissions import SEE_A_PART as SEES_A_PART
from craffu.work.queues import QUEUES, roles_of

PEOPLE = frozenset({*OPS, "victim_officer", "response_officer"})
WORKERS = frozenset().union(*map(roles_of, QUEUES))
WHOLE, PART = frozenset(SEE_ALL), frozenset({*SEE_ALL, *SEE_A_PART})
CASES = frozenset({*OPS, "victim_officer"})
ORDER = ("order/O-10001",)
LOOK_AFTER, SEE_HER = frozenset(LOOKS_AFTER), frozenset({*LOOKS_AFTER, *SEES_A_PART})
REVIEW = frozenset(READS_SCORES)
REGISTER, RECOMMENDED = frozenset(READS_REGISTER), ("recommendation/RC-10001",)
HER = ("victim/P-10002", "person/P-10002")


@dataclass(frozen=True)
class Address:
    """Where it lies, whose it is, whether an answer shows records, which of them must be in it, and what can be sent there."""

    path: str
    roles: frozenset[str]
    logs: bool = True
    shows: tuple[str, ...] = ()
    ways: frozenset[str] = frozenset({"get"})


ADDRESSES = {
    "api_openapi": Address("/api/v1/openapi.json", frozenset(ROLE_KEYS), logs=False),
    "api_person_list": Address("/api/v1/people", PEOPLE, shows=("person/P-10001",)),
    "api_person_detail": Address("/api/v1/people/{person}", PEOPLE, shows=("person/P-10001",)),
    "api_case_list": Address("/api/v1/cases", CASES, shows=("case/C-10001",)),
    "api_case_detail": Address("/api/v1/cases/{case}", CASES, shows=("case/C-10001",)),
    "api_order_list": Address("/api/v1/orders", WHOLE, shows=ORDER),
    "api_order_detail": Address("/api/v1/orders/{order}", PART, shows=ORDER),
    "api_order_conditions": Address("/api/v1/orders/{order}/conditions", PART, shows=ORDER),
    "api_order_move": Address("/api/v1/orders/{order}/moves", frozenset(), ways=frozenset({"post"})),
    "api_order_profile": Address("/api/v1/orders/{order}/profiles", frozenset(), ways=frozenset({"post"})),
    "api_person_breaches": Address(
        "/api/v1/people/{person}/breaches", frozenset(SEE_BREACHES), shows=ORDER, ways=frozenset({"get", "post"})
    ),
    "api_breach_detail": Address("/api/v1/breaches/{breach}", frozenset(SEE_BREACHES), shows=ORDER),
    "api_victim_list": Address("/api/v1/victims", LOOK_AFTER, shows=HER),
    "api_victim_detail": Address("/api/v1/victims/{victim}", SEE_HER, shows=HER),
    "api_victim_contacts": Address(
        "/api/v1/victims/{victim}/contacts", LOOK_AFTER, shows=HER, ways=frozenset({"get", "post"})
    ),
    "api_victim_views": Address("/api/v1/victims/{victim}/views", SEE_HER, shows=HER, ways=frozenset({"get", "post"})),
    "api_victim_notice": Address("/api/v1/victims/{victim}/notice?language=cy", LOOK_AFTER, shows=HER),
    "api_priority_list": Address("/api/v1/priority", REVIEW),
    "api_priority_unscored": Address("/api/v1/priority/unscored", REVIEW),
    "api_person_priority": Address("/api/v1/people/{person}/priority", REVIEW, shows=("person/P-10001",)),
    "api_person_plan": Address("/api/v1/people/{person}/plan", REVIEW, shows=("person/P-10001",)),
    "api_plan_action_add": Address("/api/v1/people/{person}/plan/actions", frozenset(), ways=frozenset({"post"})),
    "api_plan_action_close": Address(
        "/api/v1/people/{person}/plan/actions/1/closings", frozenset(), ways=frozenset({"post"})
    ),
    "api_recommendation_list": Address("/api/v1/recommendations", REGISTER, shows=RECOMMENDED),
    "api_recommendation_detail": Address("/api/v1/recommendations/RC-10001", REGISTER, shows=RECOMMENDED),
    "api_recommendation_entry": Address(
        "/api/v1/recommendations/RC-10001/entries", frozenset(), ways=frozenset({"post"})
    ),
    "api_report_list": Address("/api/v1/reports", frozenset({*ROLE_KEYS, ""}), shows=("deep_dive/DD-10001",)),
    "api_report_detail": Address(
        "/api/v1/reports/DD-10001", frozenset({*ROLE_KEYS, ""}), shows=("deep_dive/DD-10001",)
    ),
    "api_due_list": Address("/api/v1/due", WORKERS),
    "api_measure_list": Address("/api/v1/measures", frozenset(SEE_MEASURES)),
    "api_measure_detail": Address("/api/v1/measures/MET11", frozenset(SEE_MEASURES)),
}
READ = {name: one for name, one in ADDRESSES.items() if "get" in one.ways}
