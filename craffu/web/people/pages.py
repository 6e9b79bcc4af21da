"""The pages of one person, as the navigation under their header leads to them (page map, header of a person)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.breaches.permissions import check_can_view_breaches
from craffu.cases.permissions import check_can_view_case
from craffu.cases.queries import roles_of_records
from craffu.cases.risk.badge.queries import grade_shown
from craffu.cases.risk.permissions import check_can_view_grade
from craffu.clocks.london import day_of
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_checks
from craffu.people.models import Person
from craffu.people.queries import identity_of, who_and_pnc
from craffu.prevention.permissions import check_can_see_plan, check_can_see_scores
from craffu.web.people.presenters import identity_bar
from craffu.web.presenters import Params
from craffu.web.references import address_of
from craffu.web.risk.presenters import badge


def bar_of(by: Acting, person: Person, records: Sequence[int], now: datetime, known_at: datetime | None) -> Params:
    """The person's header under a page's own title: who they are, and how dangerous they are held to be, as known."""
    said, pnc = who_and_pnc(by, records, known_at)
    badges = []
    if allows(check_can_view_grade, by):
        roles = [one for one in roles_of_records(by, records) if known_at is None or one.known_from <= known_at]
        shown = grade_shown(by, roles, known_at or now, known_at)
        badges = [badge(shown, names_case=allows(check_can_view_case, by))] if shown else []
    bar = identity_bar(identity_of(person, said), pnc, day_of(known_at or now), badges)
    return {**bar, "headingLevel": 2}


def person_pages(by: Acting, person: Person, page: str) -> Params:
    """Those open to the reader; `page` is the one shown."""
    pages = [
        ("person_detail", _("Overview"), True),
        ("person_breaches", _("Breaches"), allows(check_can_view_breaches, by)),
        ("person_priority", _("Risk and priority"), allows(check_can_see_scores, by)),
        ("person_visits", _("Visits and checks"), allows(check_can_view_checks, by)),
        ("person_plan", _("Plan"), allows(check_can_see_plan, by)),
    ]
    return {
        "items": [
            {"text": words, "href": address_of(name, "person", person.reference), "active": name == page}
            for name, words, may in pages
            if may
        ]
    }
