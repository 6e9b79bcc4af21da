"""By which scope a token opens each operation, as the description tells it. Each asks for it itself; a test holds both."""

from collections.abc import Mapping
from typing import Final

from craffu.access.tokens.rules import Scope

_OPENS: Final[Mapping[Scope, tuple[str, ...]]] = {
    Scope.READ_PEOPLE: ("person_list", "person_detail"),
    Scope.READ_CASES: ("case_list", "case_detail"),
    Scope.READ_ORDERS: ("order_list", "order_detail", "order_conditions"),
    Scope.MOVE_ORDERS: ("order_move",),
    Scope.GIVE_ORDERS_OUT: ("order_profile",),
    Scope.READ_BREACHES: ("person_breaches", "breach_detail"),
    Scope.REPORT_BREACHES: ("breach_report",),
    Scope.READ_VICTIMS: ("victim_list", "victim_detail", "victim_contacts"),
    Scope.CONTACT_VICTIMS: ("victim_contact",),
    Scope.READ_VIEWS: ("victim_views",),
    Scope.TAKE_VIEWS: ("victim_view", "victim_notice"),
    Scope.READ_SAFETY: ("victim_safety",),
    Scope.KEEP_SAFE: ("victim_measure", "victim_measure_told", "victim_help"),
    Scope.READ_ADVOCATES: ("victim_advocates",),
    Scope.READ_PROMISES: ("promise_list", "update_list"),
    Scope.READ_LETTERS: ("letter_list", "order_letter_list", "victim_letter_list"),
    Scope.CARRY_LETTERS: ("order_letter_step", "victim_letter_step"),
    Scope.READ_PREVENTION: ("priority_list", "priority_unscored", "person_priority", "person_plan"),
    Scope.PLAN: ("plan_action_add", "plan_action_close"),
    Scope.READ_MEETINGS: ("meeting_list", "meeting_detail"),
    Scope.ACT_FOR_MEETINGS: ("meeting_action_close",),
    Scope.READ_SCRUTINY: ("recommendation_list", "recommendation_detail", "report_list", "report_detail"),
    Scope.SAY_OF_RECOMMENDATIONS: ("recommendation_entry",),
    Scope.READ_INITIATIVES: ("initiative_list", "initiative_detail"),
    Scope.READ_CHAMPIONS: ("champion_list",),
    Scope.READ_WORK: ("due_list",),
    Scope.READ_MEASURES: ("measure_list", "measure_detail"),
    Scope.READ_PUBLISHED: ("series_list", "series_detail"),
}
NEEDS: Final = {operation: scope for scope, several in _OPENS.items() for operation in several}
