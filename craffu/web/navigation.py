"""Which parts of Craffu each role sees in the service navigation (the page map, section 1; at most six items).

The table lists only pages that exist. A later page is one more row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craffu.access.roles import OPS, ROLE_KEYS
from craffu.web.kept import component
from craffu.web.presenters import Params, Text
from craffu.web.references import Where, where_shown

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

_PARTS = {part.page: part for part in PARTS}


def parts_for(rights: Iterable[str]) -> list[Part]:
    """The parts that somebody with these rights sees, in order."""
    held = frozenset(rights)
    return [part for part in PARTS if part.roles & held][:MOST_ITEMS]


@dataclass(frozen=True, slots=True)
class Menu:
    """The navigation's items, and as they are printed."""

    items: tuple[Params, ...] = ()
    html: str = ""


def navigation(rights: Iterable[str], path: str) -> Menu:
    """The navigation of a reader on `path`; the part that the path lies in is marked."""
    parts, where = tuple(part.page for part in parts_for(rights)), where_shown()
    addresses = _addresses(parts, where)
    inside = [
        href
        for part, href in zip(parts, addresses, strict=True)
        if part != "home" and f"{path}/".startswith(f"{href.rstrip('/')}/")
    ]
    # Of two parts that the path lies in, one within the other, it is the inner one.
    nearest = max(inside, key=len, default="")
    return _menu(parts, path if path in addresses else "", nearest, where)


@lru_cache(maxsize=256)
def _addresses(parts: tuple[str, ...], _where: Where) -> tuple[str, ...]:
    return tuple(reverse(part) for part in parts)


# The parts of each role, and the one of them that somebody is in: nothing else decides what a menu says.
@lru_cache(maxsize=1024)
def _menu(parts: tuple[str, ...], current: str, nearest: str, _where: Where) -> Menu:
    hrefs = [(_PARTS[part].text, reverse(part)) for part in parts]
    items = tuple(
        {"text": text, "href": href, "current": href == current, "active": href != current and href == nearest}
        for text, href in hrefs
    )
    if not items:
        return Menu()
    words = {"navigationLabel": gettext("Parts of Craffu"), "menuButtonText": gettext("Menu")}
    return Menu(items, component("service_navigation", {"navigation": items, **words}))


def header_html(force_name: str) -> str:
    """The name of Craffu, with that of the force whose records are shown, where one is."""
    return _header(force_name, where_shown())


@lru_cache(maxsize=128)
def _header(force_name: str, _where: Where) -> str:
    force = format_html(' <span class="craffu-header__force">{}</span>', force_name) if force_name else ""
    logo = format_html('<span class="craffu-header__product">Craffu</span>{}', force)
    return component("generic_header", {"url": reverse("home"), "logoHtml": logo})
