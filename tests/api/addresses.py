"""Every address of the API: where it lies, whose it is, what an answer shows, and what can be sent there (T1, T5, T8)."""

from dataclasses import dataclass

from craffu.access.roles import OPS, ROLE_KEYS
from craffu.breaches.permissions import SEE as SEE_BREACHES
from craffu.measures.permissions import SEE as SEE_MEASURES
from craffu.orders.permissions import PRINT, SEE_A_PART, SEE_ALL, WRITE
from craffu.prevention.permissions import MEET
from craffu.prevention.permissions import READ as READS_SCORES
from craffu.published.permissions import VIEW_PROFILE
from craffu.resourcing.permissions import READ_COVERAGE
from craffu.scrutiny.initiatives.permissions import READ as READ_INITIATIVES
from craffu.scrutiny.recommending.permissions import READ as READS_REGISTER
from craffu.victims.permissions import LOOK_AFTER as LOOKS_AFTER
from craffu.victims.permissions import SEE_A_PART as SEES_A_PART
from craffu.work.queues import QUEUES, roles_of

# Every role, and who is none of the force.
ASKING = (*ROLE_KEYS, "advocate")
PEOPLE = frozenset({*OPS, "victim_officer", "response_officer"})
WORKERS = frozenset().union(*map(roles_of, QUEUES))
WHOLE, PART = frozenset(SEE_ALL), frozenset({*SEE_ALL, *SEE_A_PART})
CASES = frozenset({*OPS, "victim_officer"})
ORDER = ("order/O-10001",)
LOOK_AFTER, SEE_HER = frozenset(LOOKS_AFTER), frozenset({*LOOKS_AFTER, *SEES_A_PART})
REVIEW = frozenset(READS_SCORES)
REGISTER, RECOMMENDED = frozenset(READS_REGISTER), ("recommendation/RC-10001",)
HER = ("victim/P-10002", "person/P-10002")
MEETING, INITIATIVE = ("meeting/MT-10001",), ("initiative/IN-10001",)


@dataclass(frozen=True)
class Address:
    """Where it lies, whose it is, whether an answer shows records, which of them must be in it, and what can be sent there."""

    path: str
    roles: frozenset[str]
    logs: bool = True
    shows: tuple[str, ...] = ()
    ways: frozenset[str] = frozenset({"get"})


def _written(path: str) -> Address:
    """Where nothing is read."""
    return Address(path, frozenset(), ways=frozenset({"post"}))


ADDRESSES = {
    "api_openapi": Address("/api/v1/openapi.json", frozenset(ASKING), logs=False),
    "api_person_list": Address("/api/v1/people", PEOPLE, shows=("person/P-10001",)),
    "api_person_detail": Address("/api/v1/people/{person}", PEOPLE, shows=("person/P-10001",)),
    "api_case_list": Address("/api/v1/cases", CASES, shows=("case/C-10001",)),
    "api_case_detail": Address("/api/v1/cases/{case}", CASES, shows=("case/C-10001",)),
    "api_order_list": Address("/api/v1/orders", WHOLE, shows=ORDER),
    "api_order_detail": Address("/api/v1/orders/{order}", PART, shows=ORDER),
    "api_order_conditions": Address("/api/v1/orders/{order}/conditions", PART, shows=ORDER),
    "api_order_move": _written("/api/v1/orders/{order}/moves"),
    "api_order_profile": _written("/api/v1/orders/{order}/profiles"),
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
    "api_victim_safety": Address("/api/v1/victims/{victim}/safety", LOOK_AFTER, shows=HER),
    "api_victim_measure": _written("/api/v1/victims/{victim}/safety/measures"),
    "api_victim_measure_told": _written("/api/v1/victims/{victim}/safety/measures/1/tellings"),
    "api_victim_help": _written("/api/v1/victims/{victim}/safety/help"),
    "api_victim_advocates": Address("/api/v1/victims/{victim}/advocates", LOOK_AFTER, shows=HER),
    "api_victim_letter_list": Address("/api/v1/victims/{victim}/letters", LOOK_AFTER, shows=HER),
    "api_victim_letter_step": _written("/api/v1/victims/{victim}/letters/1/steps"),
    "api_promise_list": Address("/api/v1/promises", frozenset({"advocate"})),
    "api_update_list": Address("/api/v1/updates", frozenset({"advocate"})),
    "api_letter_list": Address("/api/v1/letters", frozenset(WRITE)),
    "api_order_letter_list": Address("/api/v1/orders/{order}/letters", frozenset({*WRITE, *PRINT}), shows=ORDER),
    "api_order_letter_step": _written("/api/v1/orders/{order}/letters/1/steps"),
    "api_priority_list": Address("/api/v1/priority", REVIEW),
    "api_priority_unscored": Address("/api/v1/priority/unscored", REVIEW),
    "api_person_priority": Address("/api/v1/people/{person}/priority", REVIEW, shows=("person/P-10001",)),
    "api_person_plan": Address("/api/v1/people/{person}/plan", REVIEW, shows=("person/P-10001",)),
    "api_plan_action_add": _written("/api/v1/people/{person}/plan/actions"),
    "api_plan_action_close": _written("/api/v1/people/{person}/plan/actions/1/closings"),
    "api_meeting_list": Address("/api/v1/meetings", frozenset(MEET), shows=MEETING),
    "api_meeting_detail": Address("/api/v1/meetings/MT-10001", frozenset(MEET), shows=MEETING),
    "api_meeting_action_close": _written("/api/v1/meetings/MT-10001/items/1/actions/1/closings"),
    "api_recommendation_list": Address("/api/v1/recommendations", REGISTER, shows=RECOMMENDED),
    "api_recommendation_detail": Address("/api/v1/recommendations/RC-10001", REGISTER, shows=RECOMMENDED),
    "api_recommendation_entry": _written("/api/v1/recommendations/RC-10001/entries"),
    "api_report_list": Address("/api/v1/reports", frozenset({*ASKING, ""}), shows=("deep_dive/DD-10001",)),
    "api_report_detail": Address("/api/v1/reports/DD-10001", frozenset({*ASKING, ""}), shows=("deep_dive/DD-10001",)),
    "api_initiative_list": Address("/api/v1/initiatives", frozenset(READ_INITIATIVES), shows=INITIATIVE),
    "api_initiative_detail": Address("/api/v1/initiatives/IN-10001", frozenset(READ_INITIATIVES), shows=INITIATIVE),
    "api_champion_list": Address("/api/v1/champions", frozenset(READ_COVERAGE)),
    "api_due_list": Address("/api/v1/due", WORKERS),
    "api_measure_list": Address("/api/v1/measures", frozenset(SEE_MEASURES)),
    "api_measure_detail": Address("/api/v1/measures/MET11", frozenset(SEE_MEASURES)),
    "api_series_list": Address("/api/v1/series", frozenset(VIEW_PROFILE)),
    "api_series_detail": Address("/api/v1/series/recorded-crime?area=EW", frozenset(VIEW_PROFILE)),
}
READ = {name: one for name, one in ADDRESSES.items() if "get" in one.ways}
