"""What was recorded before, during and after each thing that was done, with no claim of a cause (P24; PLN-03)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from craffu.prevention.planning.before_after import Compared
from craffu.prevention.planning.gathering import Done, Followed
from craffu.prevention.planning.rules import Rate
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.orders.opening import order_link
from craffu.web.orders.words import kind_words
from craffu.web.plans.presenters import rows_of
from craffu.web.plans.words import (
    INTERVENTIONS,
)
from craffu.web.presenters import Params


def followed_table(found: Followed) -> Params | None:
    head: list[cells.Heading] = [_("What was done"), _("The year before"), _("Meanwhile"), _("Up to a year after")]
    rows = [
        [
            _done_cell(one),
            cells.words(rate_words(one.compared.before)),
            cells.words(rate_words(one.compared.during)),
            cells.words(_after_words(one.compared)),
        ]
        for one in found.done
    ]
    return cells.table(_("Before, during and after"), head, rows, is_hidden=True) if rows else None


def _done_cell(one: Done) -> Params:
    first = {"first": day_words(one.stretch.first)}
    if one.stretch.until is None:
        since = _("since %(first)s") % first
    else:
        last = one.stretch.until - timedelta(days=1)
        since = _("%(first)s to %(last)s") % {**first, "last": day_words(max(last, one.stretch.first))}
    if one.order is not None:
        named = kind_words(one.order.kind, is_interim=one.order.is_interim)
        return cells.link(order_link(one.order.reference), f" {named}, {since}")
    return cells.lines([str(INTERVENTIONS[one.what]), since])


def rate_words(rate: Rate | None) -> str:
    """Incidents for each year at risk with the exact interval, and of how many in how many days; never nought for no time."""
    if rate is None:
        return _("No time at risk yet")
    said = {
        "rate": f"{rate.a_year:.1f}", "low": f"{rate.low:.1f}", "high": f"{rate.high:.1f}", "events": rate.events,
        "days": f"{rate.days:,}",
    }  # fmt: skip
    return _("%(rate)s a year (%(low)s to %(high)s): %(events)s in %(days)s days at risk") % said


def _after_words(compared: Compared) -> str:
    return rate_words(compared.after) if compared.has_ended else _("Has not ended")


def on_and_off(found: Followed) -> Params:
    return rows_of([
        (_("While an order stood"), cells.words(rate_words(found.on_and_off.on))),
        (_("While none did"), cells.words(rate_words(found.on_and_off.off))),
    ])  # fmt: skip


def unknown_words(found: Followed) -> str:
    """The releases of which nobody says since when they were locked up."""
    if not found.unknown:
        return ""
    days = ", ".join(day_words(one) for one in found.unknown)
    return _(
        "Released on %(days)s, and it is not known since when they were locked up: that time is not taken out."
    ) % {"days": days}
