"""Which parts of Craffu each role sees in the service navigation (the page map, section 1; at most six items).

The table lists only pages that exist. A later page is one more row.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from craffu.access.roles import OPS, ROLE_KEYS
from craffu.web.presenters import Params, Text

MOST_ITEMS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One item: the page it opens, and the roles that have it."""

    text: Text
    page: str
    roles: frozenset[str]


PARTS = (
    Part(_("Today"), "home", frozenset({*ROLE_KEYS, "administrator"})),
    Part(_("Search"), "search", frozenset({"response_officer", *OPS, "victim_officer", "link_clerk", "auditor"})),
    Part(_("People"), "person_list", frozenset({"response_officer", *OPS, "victim_officer"})),
    Part(_("Cases"), "case_list", frozenset({*OPS, "victim_officer"})),
    Part(_("Priority"), "priority_list", frozenset({"offender_manager", "coordinator"})),
    Part(_("Victims"), "victim_list", frozenset({"victim_officer", "investigator", "supervisor"})),
    Part(
        _("Champions"),
        "champion_list",
        frozenset({"response_officer", "offender_manager", "victim_officer", "workforce_lead", "commissioner_view"}),
    ),
    Part(_("Caseload"), "caseload", frozenset({"workforce_lead", "commissioner_view"})),
    Part(
        _("Dashboards"),
        "orders_dashboard",
        frozenset({"supervisor", "scrutiny_officer", "commissioner_view"}),
    ),
    Part(_("Measures"), "measure_list", frozenset({"analyst"})),
    # Whoever reads measures finds it there.
    Part(_("Felt safe"), "victim_gap", frozenset({"coordinator"})),
    Part(_("Orders"), "order_list", frozenset({"orders_team", "investigator"})),
    Part(_("Court inbox"), "order_inbox", frozenset({"orders_team", "court_liaison"})),
    Part(
        _("Profiles"),
        "profile_local",
        frozenset({"supervisor", "analyst", "scrutiny_officer", "commissioner_view"}),
    ),
    Part(_("Recommendations"), "recommendation_list", frozenset({"scrutiny_officer", "commissioner_view"})),
    Part(_("Interviews"), "interview_list", frozenset({"scrutiny_officer", "analyst"})),
    Part(_("Samples"), "sample_list", frozenset({"scrutiny_officer", "analyst"})),
    # A scrutiny officer finds theirs on the page of samples.
    Part(_("My reviews"), "case_review_list", frozenset({"volunteer_reviewer"})),
    Part(_("Panels"), "panel_list", frozenset({"volunteer_reviewer"})),
    Part(_("Promises"), "advocate_promises", frozenset({"advocate"})),
    Part(_("Updates"), "advocate_updates", frozenset({"advocate"})),
    Part(_("Give a view"), "advocate_give_view", frozenset({"advocate"})),
    Part(_("Their log"), "advocate_log", frozenset({"advocate"})),
    Part(_("Emergency access"), "emergency_reviews", frozenset({"auditor"})),
    Part(_("Audit"), "audit", frozenset({"auditor"})),
    Part(_("Rights requests"), "rights_list", frozenset({"auditor"})),
    Part(_("Retention"), "retention_list", frozenset({"auditor"})),
    Part(_("Pairs"), "linkage_pairs", frozenset({"link_clerk"})),
    Part(_("Intake"), "intake_list", frozenset({"analyst", "link_clerk"})),
    Part(_("Kinds of orders"), "order_kinds", frozenset({"administrator"})),
    Part(_("Wording of papers"), "order_wordings", frozenset({"administrator"})),
    Part(_("Service accounts"), "service_list", frozenset({"administrator"})),
    Part(_("API tokens"), "tokens_of_force", frozenset({"administrator"})),
    Part(_("Reset second factors"), "factors_reset", frozenset({"administrator"})),
)


def parts_for(rights: Iterable[str]) -> list[Part]:
    """The parts that somebody with these rights sees, in order."""
    held = frozenset(rights)
    return [part for part in PARTS if part.roles & held][:MOST_ITEMS]


def navigation(rights: Iterable[str], path: str) -> tuple[Params, ...]:
    """The navigation's items for a reader on `path`; the part that the path lies in is marked."""
    parts = [(part, reverse(part.page)) for part in parts_for(rights)]
    inside = [href for part, href in parts if part.page != "home" and f"{path}/".startswith(f"{href.rstrip('/')}/")]
    # Of two parts that the path lies in, one within the other, it is the inner one.
    nearest = max(inside, key=len, default="")
    return tuple(
        {"text": part.text, "href": href, "current": path == href, "active": path != href and href == nearest}
        for part, href in parts
    )
