"""An order is given to another system in its words, and logged as a disclosure in the same act (SEC-04, SEC-07; ADR 95)."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked, Purpose, lacks
from craffu.access.policies import check_fresh_factor
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import Refusal
from craffu.orders import events
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_order
from craffu.orders.profiles.policies import check_was_made
from craffu.orders.profiles.queries import facts_of
from craffu.orders.profiles.rules import Profile, Told, names_in, told_as

PURPOSES: Final = frozenset({Purpose.COURT, Purpose.PROSECUTION, Purpose.SAFEGUARDING, Purpose.MANAGEMENT})


@action
def give_profile(
    *, by: Acting, order: Order, profile: Profile, asked: Asked, by_token: bool = False, now: datetime | None = None
) -> Told:
    """What leaves, once the log has it: to whom and what for. Raises FactorNotFresh for a session, and Refusal.

    A token proves no factor: a second person approved that it gives orders out, for its days.
    """
    check_can_view_order(by)
    at = now or clock.now()
    if not by_token:
        check_fresh_factor(by, at)
    check_was_made(order)
    if lacks(asked, PURPOSES, factor_is_fresh=True):
        raise Refusal("export_incomplete", _("Say what it is for, in words too, and who will receive it."))
    facts = facts_of(by, order)
    told = told_as(profile, facts)
    people = [*facts.protected, *([facts.respondent.reference] if facts.respondent else [])]
    audit.record(
        kind=events.ORDER_GIVEN_OUT,
        actor=by.actor,
        refs=[f"order/{order.reference}", *(f"person/{one}" for one in people)],
        fields=sorted(names_in(told)),
        purpose=asked.purpose,
        reason=asked.words,
        recipient=asked.told_to,
        request=by.request,
        now=at,
    )
    return told
