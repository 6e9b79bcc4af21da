"""A view that came by the safe page, from an invitation by code: whoever used it, it is hers until an officer says otherwise."""

from datetime import timedelta
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.common import clock
from craffu.common.languages import Language
from craffu.orders.models import Order
from craffu.victims.answering.actions import answer, open_page, page_of, send
from craffu.victims.answering.facts import Sent
from craffu.victims.answering.kinds import GO_ON
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import View
from tests.factories.reviews import WORDS, victim_of

_SAID: Final = {
    "before": GO_ON, "safe_now": "yes", "contact": "no", "feel": "same", "order": "keep", "reach": "still_safe",
    "readers": GO_ON, "words": WORDS, "tell": "as_agreed",
}  # fmt: skip


def view_by_page(officer: Acting, order: Order) -> tuple[View, int]:
    """The view, of this minute, and the number of the invitation that it came by."""
    at = clock.now() - timedelta(minutes=1)
    made = invite(by=officer, victim=victim_of(officer, order), given=NewInvitation(Purpose.VIEW, Route.CODE), now=at)
    page = acting_system(officer.force, "safe page")
    cookie = open_page(by=page, secret=made.secret, now=at).secret
    while (standing := page_of(page, cookie, at)) is not None and standing.next is not None:
        at += timedelta(seconds=1)
        said = _SAID[standing.next]
        answer(by=page, cookie=cookie, question=standing.next, said=said, language=Language.ENGLISH, now=at)
    send(by=page, cookie=cookie, given=Sent("en"), now=at)
    return View.objects.for_system("a test").get(source_key=str(made.number)), made.number
