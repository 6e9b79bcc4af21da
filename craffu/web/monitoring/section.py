"""What an order's own pages say of how it is monitored: its next checks, and whether anybody has said how (P11; MON-02)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.life.states import LIVE, TABLE, OrderStatus
from craffu.orders.monitoring.queries import monitored_stories
from craffu.orders.permissions import check_can_monitor, check_can_view_checks
from craffu.orders.queries import OrderStory
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import people_of_records
from craffu.web.monitoring import presenters
from craffu.web.presenters import Link, Params
from craffu.web.references import address_of

_INTO_FORCE: Final = frozenset(move for move, row in TABLE.items() if row.to == OrderStatus.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Section:
    """The part of an order's page that is about its checks."""

    unplanned: str
    away: list[str]
    nothing_due: str
    due: Params | None
    links: tuple[Link, ...]


def section_of(by: Acting, story: OrderStory, now: datetime) -> Section | None:
    """None for whoever does not see checks, and for an order that is not made or is over."""
    if story.order.status not in LIVE or not allows(check_can_view_checks, by):
        return None
    one = monitored_stories(by, {story.order.pk: story}, now)[story.order.pk]
    may_log = allows(check_can_monitor, by)
    return Section(
        presenters.unplanned_words(len(one.unplanned)),
        [*presenters.away_now([one], day_of(now)), *presenters.heightened_now([one], now)],
        presenters.nothing_due([one], now),
        presenters.due_table([one], now, names_order=False, may_log=may_log),
        tuple(_links(by, story, may_log=may_log)),
    )


def _links(by: Acting, story: OrderStory, *, may_log: bool) -> list[Link]:
    order = story.order.reference
    found = [Link(_("How each condition is monitored"), reverse("order_check_plan", kwargs={"order": order}))]
    if may_log:
        found.append(Link(_("Log a visit or another check"), reverse("order_check_new", kwargs={"order": order})))
        away = _("They are in custody, in hospital or abroad")
        found.append(Link(away, reverse("order_checks_away", kwargs={"order": order})))
    person = people_of_records(by, [story.order.respondent_id]).get(story.order.respondent_id)
    if person is not None and allows(check_can_view_person, by):
        found.append(
            Link(_("Every visit and check of the respondent"), address_of("person_visits", "person", person.reference))
        )
    return found


def unplanned_before(by: Acting, story: OrderStory, move: str) -> str:
    """MON-02: what is said before an order is marked in force of conditions that have no plan. It keeps no order from force."""
    if move not in _INTO_FORCE or not allows(check_can_view_checks, by):
        return ""
    one = monitored_stories(by, {story.order.pk: story}, clock.now())[story.order.pk]
    return presenters.unplanned_words(len(one.unplanned))
