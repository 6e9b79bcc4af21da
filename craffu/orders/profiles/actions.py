"""An order is given to another system in its words, and logged as a disclosure in the same act (SEC-04, SEC-07; ADR 95)."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked, Purpose, lacks
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import Refusal
from craffu.orders import events
from craffu.orders.life.actions import lock_orders
from craffu.orders.life.policies import check_is_as_seen
from craffu.orders.permissions import check_can_view_order
from craffu.orders.profiles.policies import check_was_made
from craffu.orders.profiles.queries import facts_of
from craffu.orders.profiles.rules import Profile, Told, names_in, told_as
from craffu.orders.queries import find_order

PURPOSES: Final = frozenset({Purpose.COURT, Purpose.PROSECUTION, Purpose.SAFEGUARDING, Purpose.MANAGEMENT})


@action
def give_profile(
    *, by: Acting, order: str, profile: Profile, asked: Asked, seen: int, by_token: bool = False, now: datetime | None = None
) -> Told:  # fmt: skip
    """What leaves, once the log has it: to whom and what for. `seen` is the number of moves that whoever gives it had before
    them. Raises FactorNotFresh for a session, Conflict where it was moved meanwhile, and Refusal.

    A token proves no factor: a second person approved that it gives orders out, for its days.
    """
    check_can_view_order(by)
    at = now or clock.now()
    if not by_token:
        check_fresh_factor(by, at)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    check_is_as_seen(seen, found.moves_made)
    check_was_made(found)
    if lacks(asked, PURPOSES, factor_is_fresh=True):
        raise Refusal("export_incomplete", _("Say what it is for, in words too, and who will receive it."))
    facts = facts_of(by, found)
    told = told_as(profile, facts)
    people = [*facts.protected, *([facts.respondent.reference] if facts.respondent else [])]
    audit.record(
        kind=events.ORDER_GIVEN_OUT,
        actor=by.actor,
        refs=[f"order/{order}", *(f"person/{one}" for one in people)],
        fields=sorted(names_in(told)),
        purpose=asked.purpose,
        reason=asked.words,
        recipient=asked.told_to,
        request=by.request,
        now=at,
    )
    return told
